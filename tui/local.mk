# SPDX-License-Identifier: GPL-2.0-or-later
# The console: one archive a room (two for kernel/: what needs libkmod stands apart).
# A new file is one line here.

bin_PROGRAMS += kmodtui
kmodtui_SOURCES = tui/main.c
# A room stands before the ones it calls.
kmodtui_LDADD = libapp.a libcli.a libview.a libkmodio.a libkernel.a libmodel.a libbase.a \
	$(NCURSES_LIBS) $(KMOD_LIBS) $(LIBUDEV_LIBS) $(LIBCAP_NG_LIBS) $(LIBSECCOMP_LIBS) $(JSON_LIBS) $(LIBS)

noinst_LIBRARIES += libbase.a libmodel.a libkernel.a libkmodio.a libcli.a libview.a libapp.a

libbase_a_SOURCES = \
	tui/base/buf.c tui/base/buf.h \
	tui/base/child.c tui/base/child.h \
	tui/base/leftover.c tui/base/leftover.h \
	tui/base/i18n.h \
	tui/base/parse.c tui/base/parse.h \
	tui/base/strv.c tui/base/strv.h \
	tui/base/text.c tui/base/text.h \
	tui/base/utf8.c tui/base/utf8.h \
	tui/base/util.c tui/base/util.h \
	tui/base/words.c tui/base/words.h \
	tui/base/xalloc.c tui/base/xalloc.h

libmodel_a_SOURCES = \
	tui/model/complete.c tui/model/complete.h \
	tui/model/carrying.c tui/model/carrying.h \
	tui/model/busy.c tui/model/busy.h \
	tui/model/confedit.c tui/model/confedit.h \
	tui/model/deptree.c tui/model/deptree.h \
	tui/model/device.c tui/model/device.h \
	tui/model/finding.c tui/model/finding.h \
	tui/model/fulltext.c tui/model/fulltext.h \
	tui/model/holding.c tui/model/holding.h \
	tui/model/info.c tui/model/info.h \
	tui/model/kerrno.c tui/model/kerrno.h \
	tui/model/learn.c tui/model/learn.h \
	tui/model/logcause.c tui/model/logcause.h \
	tui/model/logfilter.c tui/model/logfilter.h \
	tui/model/logring.c tui/model/logring.h \
	tui/model/logtext.c tui/model/logtext.h \
	tui/model/logtime.c tui/model/logtime.h \
	tui/model/match.c tui/model/match.h \
	tui/model/moddir.c tui/model/moddir.h \
	tui/model/module.c tui/model/module.h \
	tui/model/order.c tui/model/order.h \
	tui/model/param.c tui/model/param.h \
	tui/model/plan.c tui/model/plan.h \
	tui/model/policy.c tui/model/policy.h \
	tui/model/secret.c tui/model/secret.h \
	tui/model/tags.c tui/model/tags.h \
	tui/model/tainting.c tui/model/tainting.h \
	tui/model/settings.c tui/model/settings.h \
	tui/model/splat.c tui/model/splat.h \
	tui/model/errname.c tui/model/errname.h \
	tui/model/fault.c tui/model/fault.h \
	tui/model/textdiff.c tui/model/textdiff.h \
	tui/model/uncounted.c tui/model/uncounted.h \
	tui/model/verdict.c tui/model/verdict.h tui/model/verdict_log.c \
	tui/model/why.c tui/model/why.h

libkernel_a_SOURCES = \
	tui/kernel/autoload.c tui/kernel/autoload.h \
	tui/kernel/bootimage.c tui/kernel/bootimage.h \
	tui/kernel/carry.c tui/kernel/carry.h \
	tui/kernel/carry_console.c \
	tui/kernel/carry_disk.c \
	tui/kernel/carry_network.c \
	tui/kernel/bootclock.c tui/kernel/bootclock.h \
	tui/kernel/conffile.c tui/kernel/conffile.h \
	tui/kernel/cpio.c tui/kernel/cpio.h \
	tui/kernel/devices.c tui/kernel/devices.h \
	tui/kernel/contained.c tui/kernel/contained.h \
	tui/kernel/contained_child.c \
	tui/kernel/contained_filter.c \
	tui/kernel/devnodes.c tui/kernel/devnodes.h \
	tui/kernel/devnodes_known.c \
	tui/kernel/filewatch.c tui/kernel/filewatch.h \
	tui/kernel/gates.c tui/kernel/gates.h \
	tui/kernel/holders.c tui/kernel/holders.h \
	tui/kernel/holders_interfaces.c \
	tui/kernel/holders_read.c \
	tui/kernel/holders_uncounted.c \
	tui/kernel/host.c tui/kernel/host.h \
	tui/kernel/indexcache.c tui/kernel/indexcache.h \
	tui/kernel/journal.c tui/kernel/journal.h \
	tui/kernel/kmsg.c tui/kernel/kmsg.h \
	tui/kernel/kofile.c tui/kernel/kofile.h \
	tui/kernel/modbin.c tui/kernel/modbin.h \
	tui/kernel/modindex.c tui/kernel/modindex.h \
	tui/kernel/modneeds.c tui/kernel/modneeds.h \
	tui/kernel/modopt.c tui/kernel/modopt.h \
	tui/kernel/modprobed.c tui/kernel/modprobed.h \
	tui/kernel/modprobed_cmdline.c \
	tui/kernel/modprobed_read.c \
	tui/kernel/pathlist.c tui/kernel/pathlist.h \
	tui/kernel/paramread.c tui/kernel/paramread.h \
	tui/kernel/pending.c tui/kernel/pending.h \
	tui/kernel/modstats.c tui/kernel/modstats.h \
	tui/kernel/procmods.c tui/kernel/procmods.h \
	tui/kernel/program.c tui/kernel/program.h \
	tui/kernel/regular.c tui/kernel/regular.h \
	tui/kernel/root.c tui/kernel/root.h \
	tui/kernel/session.c tui/kernel/session.h \
	tui/kernel/sysdev.c tui/kernel/sysdev.h \
	tui/kernel/sysmod.c tui/kernel/sysmod.h \
	tui/kernel/uevent.c tui/kernel/uevent.h \
	tui/kernel/unpack.c tui/kernel/unpack.h
libkernel_a_CPPFLAGS = $(AM_CPPFLAGS) $(LIBUDEV_CFLAGS) $(LIBCAP_NG_CFLAGS) $(LIBSECCOMP_CFLAGS)

libkmodio_a_SOURCES = \
	tui/kernel/indexer.c tui/kernel/indexer.h \
	tui/kernel/kmod_answer.c tui/kernel/kmod_answer.h \
	tui/kernel/kmod_deps.c tui/kernel/kmod_deps.h \
	tui/kernel/kmod_fate.c tui/kernel/kmod_fate.h \
	tui/kernel/kmod_file.c tui/kernel/kmod_file.h \
	tui/kernel/kmod_index.c tui/kernel/kmod_index.h \
	tui/kernel/kmod_info.c tui/kernel/kmod_info.h \
	tui/kernel/kmod_named.c \
	tui/kernel/kmod_lib.c tui/kernel/kmod_lib.h \
	tui/kernel/kmod_load.c tui/kernel/kmod_load.h \
	tui/kernel/kmod_private.h \
	tui/kernel/kmod_probe.c \
	tui/kernel/kmod_remote.c tui/kernel/kmod_remote.h \
	tui/kernel/kmod_tree.c tui/kernel/kmod_tree.h \
	tui/kernel/kmod_trust.c tui/kernel/kmod_trust.h \
	tui/kernel/kmod_which.c tui/kernel/kmod_which.h
libkmodio_a_CPPFLAGS = $(AM_CPPFLAGS) $(KMOD_CFLAGS)

libcli_a_SOURCES = \
	tui/cli/act.c tui/cli/act.h \
	tui/cli/assign.c tui/cli/assign.h \
	tui/cli/audit.c tui/cli/audit.h \
	tui/cli/blame.c tui/cli/blame.h \
	tui/cli/care.c tui/cli/care.h \
	tui/cli/care_open.c \
	tui/cli/cli.c tui/cli/cli.h \
	tui/cli/cmd_audit.c \
	tui/cli/cmd_complete.c \
	tui/cli/cmd_holders.c \
	tui/cli/cmd_info.c \
	tui/cli/cmd_journal.c \
	tui/cli/cmd_keep.c \
	tui/cli/cmd_list.c \
	tui/cli/cmd_load.c \
	tui/cli/cmd_log.c \
	tui/cli/cmd_mask.c \
	tui/cli/cmd_params.c \
	tui/cli/cmd_persist.c \
	tui/cli/cmd_reload.c \
	tui/cli/cmd_rollback.c \
	tui/cli/cmd_search.c \
	tui/cli/cmd_set.c \
	tui/cli/cmd_status.c \
	tui/cli/cmd_tree.c \
	tui/cli/cmd_try.c \
	tui/cli/cmd_undo.c \
	tui/cli/cmd_unload.c \
	tui/cli/cmd_unmask.c \
	tui/cli/cmd_watch.c \
	tui/cli/cmd_which.c \
	tui/cli/columns.c tui/cli/columns.h \
	tui/cli/commands.h \
	tui/cli/confchange.c tui/cli/confchange.h \
	tui/cli/facts.c tui/cli/facts.h \
	tui/cli/gatewords.c tui/cli/gatewords.h \
	tui/cli/guard.c tui/cli/guard.h \
	tui/cli/guard_ear.c tui/cli/guard_ear.h \
	tui/cli/heard.c tui/cli/heard.h \
	tui/cli/history.c tui/cli/history.h \
	tui/cli/image.c tui/cli/image.h \
	tui/cli/interrupt.c tui/cli/interrupt.h \
	tui/cli/kept.c tui/cli/kept.h \
	tui/cli/lab.c tui/cli/lab.h \
	tui/cli/logline.c tui/cli/logline.h \
	tui/cli/machine.c tui/cli/machine.h \
	tui/cli/missing.c tui/cli/missing.h \
	tui/cli/mask.c tui/cli/mask.h \
	tui/cli/modprobe.c tui/cli/modprobe.h \
	tui/cli/options.c tui/cli/options.h \
	tui/cli/out.c tui/cli/out.h \
	tui/cli/patience.c tui/cli/patience.h \
	tui/cli/reach.c tui/cli/reach.h \
	tui/cli/record.c tui/cli/record.h \
	tui/cli/roads.c tui/cli/roads.h \
	tui/cli/rollback.c tui/cli/rollback.h \
	tui/cli/say.c tui/cli/say.h \
	tui/cli/step.c tui/cli/step.h \
	tui/cli/swap.c tui/cli/swap.h \
	tui/cli/table.c tui/cli/table.h \
	tui/cli/takeback.c tui/cli/takeback.h \
	tui/cli/unbound.c tui/cli/unbound.h \
	tui/cli/trial.c tui/cli/trial.h tui/cli/trial_log.c tui/cli/trial_with.c \
	tui/cli/workdir.c tui/cli/workdir.h
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)

libview_a_SOURCES = \
	tui/view/draw.c tui/view/draw.h \
	tui/view/footer.c \
	tui/view/header.c \
	tui/view/holders.c \
	tui/view/info.c \
	tui/view/key.c tui/view/key.h \
	tui/view/list.c tui/view/list.h \
	tui/view/log.c \
	tui/view/logrows.c tui/view/logrows.h \
	tui/view/modlog.c \
	tui/view/modules.c \
	tui/view/params.c \
	tui/view/popup.c \
	tui/view/prompt.c tui/view/prompt.h \
	tui/view/screen.c \
	tui/view/stats.c \
	tui/view/term.c tui/view/term.h \
	tui/view/termcrash.c tui/view/termcrash.h \
	tui/view/termtype.c tui/view/termtype.h \
	tui/view/theme.c tui/view/theme.h \
	tui/view/tree.c \
	tui/view/view.h
libview_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)

libapp_a_SOURCES = \
	tui/app/act_care.c \
	tui/app/act_conf.c \
	tui/app/act_devices.c \
	tui/app/act_find.c \
	tui/app/act_journal.c \
	tui/app/act_list.c \
	tui/app/act_log.c \
	tui/app/act_look.c \
	tui/app/act_logsave.c \
	tui/app/act_menu.c \
	tui/app/act_module.c \
	tui/app/act_param.c \
	tui/app/act_path.c \
	tui/app/act_setup.c \
	tui/app/act_tab.c \
	tui/app/act_tags.c \
	tui/app/act_try.c \
	tui/app/act_watch.c \
	tui/app/action.c tui/app/action.h \
	tui/app/app.c tui/app/app.h \
	tui/app/batch.c tui/app/batch.h \
	tui/app/ask.c \
	tui/app/config.c tui/app/config.h \
	tui/app/console.c tui/app/console.h \
	tui/app/details.c \
	tui/app/elevate.c tui/app/elevate.h \
	tui/app/foresee.c tui/app/foresee.h \
	tui/app/frame.c \
	tui/app/index.c \
	tui/app/input.c \
	tui/app/inputs.c tui/app/inputs.h \
	tui/app/job.c tui/app/job.h \
	tui/app/job_child.c \
	tui/app/job_private.h \
	tui/app/journalrow.c tui/app/journalrow.h \
	tui/app/loadwords.c tui/app/loadwords.h \
	tui/app/loop.c \
	tui/app/outcome.c tui/app/outcome.h \
	tui/app/privilege.c tui/app/privilege.h \
	tui/app/recorder.c tui/app/recorder.h \
	tui/app/refresh.c \
	tui/app/reply.c tui/app/reply.h \
	tui/app/report.c \
	tui/app/savefile.c tui/app/savefile.h \
	tui/app/script.c tui/app/script.h \
	tui/app/script_verbs.c \
	tui/app/showplan.c tui/app/showplan.h \
	tui/app/setup.c tui/app/setup.h \
	tui/app/signals.c tui/app/signals.h \
	tui/app/tabs.c \
	tui/app/values.c tui/app/values.h \
	tui/app/watching.c tui/app/watching.h \
	tui/app/written.c tui/app/written.h
libapp_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS) $(LIBCAP_NG_CFLAGS)

# The throwaway machine, beside the programs nobody calls by hand.
dist_pkglibexec_SCRIPTS += tui/lab/lab tui/lab/init tui/lab/try tui/lab/debug-kernel tui/lab/debian
dist_kconfig_DATA = \
	tui/lab/kconfig/base.config \
	tui/lab/kconfig/debug-common.config \
	tui/lab/kconfig/gcov.config \
	tui/lab/kconfig/kasan.config \
	tui/lab/kconfig/kcsan.config \
	tui/lab/kconfig/small.config
kconfigdir = $(pkglibexecdir)/kconfig
