/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/learn.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/words.h"

/* Words that mean something of their own; behind that command, or NULL: as the first word. */
static const struct {
	const char *command, *word, *text;
} words[] = {
	{ NULL, "modprobe", N_("loads a module, and before it what it needs") },
	{ "modprobe", "-a", N_("all names that follow are modules; else only the first one is") },
	{ "modprobe", "-r", N_("unloads instead, and then what is not needed any more") },
	{ NULL, "rmmod", N_("unloads exactly these modules, in this order") },
	{ NULL, "insmod", N_("loads this one file; no configuration is read, nothing else is loaded") },
	{ NULL, "depmod", N_("writes the index of all modules anew, which modprobe looks names up in") },
	{ NULL, "echo", N_("prints what follows; the > behind it says where to") },
	{ NULL, "tee", N_("writes what it reads to a file; with sudo before it, as root") },
	{ NULL, "sudo", N_("runs what follows as root") },
	{ NULL, "kmodtui", N_("this program, with a command instead of the console") },
	{ "kmodtui", "load", N_("loads a module, and before it what it needs") },
	{ "kmodtui", "unload", N_("unloads a module") },
	{ "kmodtui", "reload", N_("unloads a module and its users, and loads them again with the parameters they had") },
	{ "kmodtui", "set", N_("writes a parameter and reads it back") },
	{ "kmodtui", "persist", N_("keeps a setting for ever, in a file of kmodtui") },
	{ "kmodtui", "mask", N_("keeps modules from being loaded by name, need or alias") },
	{ "kmodtui", "unmask", N_("takes the mask away") },
	{ "kmodtui", "undo", N_("takes an action of the journal back") },
	{ "kmodtui", "--boot", N_("about loading it at boot: a line of modules-load.d") },
	{ "kmodtui", "--remove", N_("takes the setting out again") },
	{ "kmodtui", "--users", N_("what uses the module goes first") },
	{ "kmodtui", "--dry-run", N_("only the plan; nothing is changed") },
	{ NULL, "options", N_("modprobe.d: parameters a module gets at every load by modprobe") },
	{ NULL, "install", N_("modprobe.d: run this command instead of loading the module") },
	{ NULL, "blacklist", N_("modprobe.d: no alias stands for this module; its name still does") },
	{ NULL, "softdep", N_("modprobe.d: load other modules before or after it, if they are there") },
	{ NULL, "alias", N_("modprobe.d: another name of a module") },
	{ "install", "/bin/false", N_("a command that does nothing and fails: so nothing is loaded") },
};

static const char *find(const char *command, const char *word)
{
	bool first = !command || !strcmp(command, "sudo");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(words[i].word, word))
			continue;
		if (words[i].command ? command && !strcmp(words[i].command, command) : first)
			return _(words[i].text);
	}
	return NULL;
}

static bool starts(const char *word, const char *with)
{
	return !strncmp(word, with, strlen(with));
}

/* By its shape what the table does not have. */
static const char *guess(const char *command, const char *word)
{
	if (starts(word, ">/sys/module/") || starts(word, "/sys/module/"))
		return _("the file by which the kernel shows this parameter, and takes a new value");
	if (strchr(word, '/') && strstr(word, ".ko"))
		return _("the file of the module");
	if (strchr(word, '=') && word[0] != '=')
		return _("the module gets this value for this parameter");
	if (!strcmp(command, "echo"))
		return _("the new value");
	if (word[0] == '-')
		return _("an option");
	if (word[strspn(word, "0123456789")] == '\0')
		return _("the number of an action in the journal, 1 the last one");
	return util_name_valid(word) ? _("the name of a module") : NULL;
}

static void push_once(struct strv *lines, const char *word, const char *text)
{
	struct buf line = BUF_INIT;
	bool there = false;
	size_t i;

	buf_printf(&line, "%s: %s", word, text);
	for (i = 0; i < lines->n && !there; i++)
		there = !strcmp(lines->v[i], buf_str(&line));
	if (!there)
		strv_push(lines, buf_str(&line));
	buf_release(&line);
}

void learn_explain(const char *line, struct strv *lines)
{
	struct strv split = STRV_INIT;
	const char *command = NULL, *text;
	size_t i;

	if (words_split(line, &split))
		return;
	for (i = 0; i < split.n; i++) {
		text = find(command, split.v[i]);
		/* Behind sudo stands another command. */
		if (!command || !strcmp(command, "sudo"))
			command = text ? split.v[i] : "";
		else if (!text)
			text = guess(command, split.v[i]);
		if (text)
			push_once(lines, split.v[i], text);
	}
	strv_release(&split);
}
