/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands that exist; each one is defined in its cmd_<name>.c. */
#ifndef KMT_CLI_COMMANDS_H
#define KMT_CLI_COMMANDS_H

struct command;

extern const struct command cmd_list, cmd_info, cmd_params, cmd_set, cmd_load, cmd_unload,
	cmd_log, cmd_status, cmd_tree, cmd_holders, cmd_which,
	cmd_audit, cmd_search, cmd_journal, cmd_mask, cmd_persist, cmd_reload, cmd_undo, cmd_unmask,
	cmd_complete, cmd_keep, cmd_rollback, cmd_try, cmd_watch;

#endif
