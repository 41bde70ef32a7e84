/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "diff.h"
#include "model/why.h"

#define ALIASES_MAX 6	/* of a module that are tried one by one */
#define EVERY 4		/* of so many modules one is also a question for audit, and one for which */

static void tell_list(struct buf *out, const char *who, const struct strv *list)
{
	size_t i;

	buf_printf(out, "  %s%s\n", who, list->n ? "" : ": nothing");
	for (i = 0; i < list->n; i++)
		buf_printf(out, "    %s\n", list->v[i]);
}

static void count(struct compare *compare, enum kind kind, bool same)
{
	compare->asked[kind]++;
	compare->wrong[kind] += !same;
}

static struct json_object *array_of(struct json_object *object, const char *name)
{
	struct json_object *array = NULL;

	if (!object || !json_object_object_get_ex(object, name, &array) ||
	    json_object_get_type(array) != json_type_array)
		return NULL;
	return array;
}

static const char *member(struct json_object *object, const char *name)
{
	struct json_object *value;

	return json_object_object_get_ex(object, name, &value) ? json_object_get_string(value) : NULL;
}

static void push_once(struct strv *list, const char *name)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (!strcmp(list->v[i], name))
			return;
	strv_push(list, name);
}

static void read_names(struct strv *list, const char *out)
{
	char *copy = xstrdup(out), *save, *line;
	struct buf name = BUF_INIT;

	for (line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		buf_reset(&name);
		steps_escape(&name, line);
		push_once(list, buf_str(&name));
	}
	buf_release(&name);
	free(copy);
}

static bool is_live(const struct compare *compare, const char *name)
{
	size_t i;

	for (i = 0; i < compare->conf->live.n; i++)
		if (util_name_equal(compare->conf->live.v[i], name))
			return true;
	return false;
}

static bool same_plan(const struct answer *theirs, const struct answer *ours, struct strv *modprobe, struct strv *kmodtui)
{
	steps_modprobe(modprobe, theirs->out);
	steps_kmodtui(kmodtui, ours->out);
	return steps_same(modprobe, kmodtui);
}

/*
 * modprobe ends with 0 also when it loads nothing because all of an alias' modules are blacklisted.  kmodtui says so,
 * and fails.
 */
static bool same_status(const struct answer *theirs, const struct answer *ours)
{
	if (!theirs->status && !*theirs->out && (ours->status == STATUS_FAILED || ours->status == STATUS_NOT_FOUND))
		return true;
	return !theirs->status == !ours->status;
}

/*
 * kmod 30 goes through the soft dependencies of a name that no module has, whose dry run is a success; without it, modprobe
 * fails at that name.  kmodtui does not begin.
 */
static bool is_nobody(const struct compare *compare, const char *what, const struct answer *theirs,
		      const struct answer *ours)
{
	struct exam exam = { 0 };
	struct strv names = STRV_INIT;
	bool nobody = !theirs->status && ours->status == STATUS_NOT_FOUND;
	size_t i;

	if (nobody) {
		strv_push(&exam.names, what);
		exam_theirs(&exam, "-R");
		read_names(&names, exam.theirs[0].out);
	}
	for (i = 0; i < names.n && nobody; i++)
		nobody = !names_has(compare->names, names.v[i]);
	nobody = nobody && names.n;
	strv_release(&names);
	exam_release(&exam);
	return nobody;
}

static void compare_load(struct compare *compare, const char *what, const struct answer *theirs,
			 const struct answer *ours)
{
	struct strv modprobe = STRV_INIT, kmodtui = STRV_INIT;
	bool nobody = is_nobody(compare, what, theirs, ours);
	bool same = same_plan(theirs, ours, &modprobe, &kmodtui) || nobody;

	count(compare, KIND_PLAN, same);
	if (!same) {
		buf_printf(compare->report, "load %s\n", what);
		tell_list(compare->report, "modprobe -n -v", &modprobe);
		tell_list(compare->report, "kmodtui load --dry-run", &kmodtui);
	}
	same = same_status(theirs, ours) || nobody;
	count(compare, KIND_STATUS, same);
	if (!same)
		buf_printf(compare->report, "load %s\n  modprobe's status %d\n  kmodtui's status %d %s\n", what,
			   theirs->status, ours->status, ours->err);
	strv_release(&modprobe);
	strv_release(&kmodtui);
}

/* What audit says of a way: "true", "false", "null"; "none" when it has no such way. */
static const char *way_open(struct json_object *audit, const char *name)
{
	struct json_object *ways = array_of(audit, "roads"), *way, *open;
	const char *text;
	size_t i;

	if (!ways)
		ways = array_of(audit, "paths");
	for (i = 0; ways && i < json_object_array_length(ways); i++) {
		way = json_object_array_get_idx(ways, i);
		text = member(way, "road");
		if (!text)
			text = member(way, "path");
		if (!text || strcmp(text, name))
			continue;
		if (!json_object_object_get_ex(way, "open", &open) || !open)
			return "null";
		return json_object_get_boolean(open) ? "true" : "false";
	}
	return "none";
}

/* Adds what fits the aliases of @module, the configuration's first; true when that is all of them. */
static bool push_examples(const struct compare *compare, const char *module, struct exam *exam)
{
	const struct strv *aliases[] = { &compare->dump.aliases, &compare->names->aliases };
	const struct strv *owners[] = { &compare->dump.targets, &compare->names->owners };
	size_t i, k, n = 0;
	char *example;

	for (k = 0; k < ARRAY_SIZE(aliases); k++) {
		for (i = 0; i < aliases[k]->n; i++) {
			if (!util_name_equal(owners[k]->v[i], module))
				continue;
			if (n++ == ALIASES_MAX)
				return false;
			example = dump_example(aliases[k]->v[i]);
			strv_push(&exam->names, example);
			free(example);
		}
	}
	return true;
}

/*
 * Whether modprobe comes to @module only behind a command: whether that leaves what the module needs is not for its
 * dry run to say, and audit says so.
 */
static bool behind_command(const struct strv *steps, const char *module)
{
	struct strv before = { steps->v, 0, 0 };

	while (before.n < steps->n && !steps_load(&before, module))
		if (!strncmp(steps->v[before.n++], "install ", 8))
			return true;
	return false;
}

/* Whether @answer, of modprobe -R, is @module and no other, which might need it. */
static bool is_alone(const struct answer *answer, const char *module)
{
	size_t len = strlen(module);

	return !strncmp(answer->out, module, len) && !strcmp(answer->out + len, "\n");
}

/*
 * Whether one of the aliases from @from to @end loads @module when udev asks: it, or NULL.  Aliases of several
 * modules do not count; then *all becomes false.
 */
static const char *alias_loading(const struct exam *aliases, const struct exam *resolved, size_t from, size_t end,
				 const char *module, bool *all)
{
	struct strv steps = STRV_INIT;
	bool loads = false;

	for (; from < end && !loads; from++) {
		if (!is_alone(&resolved->theirs[from], module)) {
			*all = false;
			continue;
		}
		steps_modprobe(&steps, aliases->theirs[from].out);
		loads = steps_load(&steps, module);
		if (loads && behind_command(&steps, module))
			loads = *all = false;
		strv_release(&steps);
	}
	return loads ? aliases->names.v[from - 1] : NULL;
}

static void compare_alias(struct compare *compare, const char *module, const char *by, const struct answer *ours)
{
	struct json_object *audit = json_tokener_parse(ours->out);
	const char *devices = way_open(audit, "alias"), *kernel = way_open(audit, "request");
	const char *open = strcmp(devices, "true") ? kernel : devices;
	bool same = !by == !!strcmp(open, "true");

	count(compare, KIND_ALIAS, same);
	if (!same)
		buf_printf(compare->report, "audit %s: alias: modprobe -b -n -v %s, kmodtui says %s\n", module,
			   by ? by : "loads it by none of its aliases", open);
	json_object_put(audit);
}

static void compare_audit(struct compare *compare, const char *module, const struct answer *theirs,
			  const struct answer *ours)
{
	struct json_object *audit = json_tokener_parse(ours->out);
	const char *open = way_open(audit, "command");
	struct strv steps = STRV_INIT;
	bool same;

	steps_modprobe(&steps, theirs->out);
	same = steps_load(&steps, module) == !strcmp(open, "true") || behind_command(&steps, module);
	count(compare, KIND_COMMAND, same);
	if (!same) {
		buf_printf(compare->report, "audit %s: command: kmodtui says %s%s\n", module, open, ours->err);
		tell_list(compare->report, "modprobe -n -v", &steps);
	}
	json_object_put(audit);
	strv_release(&steps);
}

static void read_which(struct strv *list, const char *out)
{
	struct json_object *object = json_tokener_parse(out), *modules = array_of(object, "modules");
	const char *name;
	size_t i;

	for (i = 0; modules && i < json_object_array_length(modules); i++) {
		name = member(json_object_array_get_idx(modules, i), "name");
		push_once(list, name ? name : "?");
	}
	json_object_put(object);
}

static bool same_lists(const struct strv *a, const struct strv *b)
{
	size_t i;

	for (i = 0; i < a->n && i < b->n && !strcmp(a->v[i], b->v[i]); i++)
		;
	return i == a->n && i == b->n;
}

static void compare_resolve(struct compare *compare, const char *alias, const struct answer *theirs,
			    const struct answer *ours)
{
	struct strv modprobe = STRV_INIT, kmodtui = STRV_INIT;
	bool same;

	read_names(&modprobe, theirs->out);
	read_which(&kmodtui, ours->out);
	same = same_lists(&modprobe, &kmodtui) && !theirs->status == !ours->status;
	count(compare, KIND_RESOLVE, same);
	if (!same) {
		buf_printf(compare->report, "which %s: status %d of modprobe, %d of kmodtui\n", alias, theirs->status,
			   ours->status);
		tell_list(compare->report, "modprobe -R", &modprobe);
		tell_list(compare->report, "kmodtui which", &kmodtui);
	}
	strv_release(&modprobe);
	strv_release(&kmodtui);
}

/* Several blanks where a line begins matter only within a quote that the line before left open. */
static bool same_value(const char *a, const char *b)
{
	while (*a && *a == *b) {
		if (*a == ' ') {
			a += strspn(a, " ");
			b += strspn(b, " ");
		} else {
			a++;
			b++;
		}
	}
	return *a == *b;
}

static void compare_param(struct compare *compare, const char *module, struct json_object *row)
{
	const char *name = member(row, "name"), *value = member(row, "cmdline");
	char *wanted = dump_value(&compare->dump, module, name);
	bool same;

	if (!value)
		value = member(row, "configured");
	/* kmod up to 32 adds this byte where a file ends in a backslash. */
	if (wanted && strchr(wanted, '\xff'))
		same = true;
	else
		same = wanted && value ? same_value(wanted, value) : !wanted == !value;
	count(compare, KIND_OPTIONS, same);
	if (!same)
		buf_printf(compare->report, "params %s: %s: %s%s by modprobe -c, %s%s by kmodtui\n", module, name,
			   wanted ? "=" : "nothing", wanted ? wanted : "", value ? "=" : "nothing", value ? value : "");
	free(wanted);
}

static void compare_options(struct compare *compare, const char *module, const struct answer *ours)
{
	struct json_object *object = json_tokener_parse(ours->out), *params = array_of(object, "params");
	size_t i;

	for (i = 0; params && i < json_object_array_length(params); i++)
		compare_param(compare, module, json_object_array_get_idx(params, i));
	if (!params) {
		count(compare, KIND_OPTIONS, false);
		buf_printf(compare->report, "params %s: status %d %s\n", module, ours->status, ours->err);
	}
	json_object_put(object);
}

/* The exams of one configuration. */
enum { LOADS, AUDITS, RESOLVES, OPTIONS, EXAMS };

/* Of one in EVERY modules it is asked whether it can be loaded at all, and by which aliases. */
static void add_audit(struct compare *compare, const char *what, struct exam *audits)
{
	char *module = xstrdup(what);

	util_name_normalize(module);
	if (names_has(compare->names, module) && !is_live(compare, module))
		exam_add(audits, module, "--json audit ");
	free(module);
}

static void fill(struct compare *compare, const struct conf *conf, struct exam *exams)
{
	size_t i;

	for (i = 0; i < conf->asked.n; i++) {
		exam_add(&exams[LOADS], conf->asked.v[i], "--json load --dry-run --run-install ");
		if (i % EVERY == 0)
			add_audit(compare, conf->asked.v[i], &exams[AUDITS]);
		if (i % EVERY == 1)
			exam_add(&exams[RESOLVES], conf->asked.v[i], "--json which ");
	}
	for (i = 0; i < conf->given.n && i < EVERY; i++)
		exam_add(&exams[RESOLVES], conf->given.v[i], "--json which ");
	for (i = 0; i < conf->tuned.n; i++)
		if (!i || strcmp(conf->tuned.v[i], conf->tuned.v[i - 1]))
			exam_add(&exams[OPTIONS], conf->tuned.v[i], "--json params ");
}

/* modprobe's answer for a module, which may have been asked for with dashes. */
static const struct answer *load_of(const struct exam *loads, const char *module)
{
	size_t i;

	for (i = 0; !util_name_equal(loads->names.v[i], module); i++)
		;
	return &loads->theirs[i];
}

static void compare_audits(struct compare *compare, const struct exam *exams)
{
	const struct exam *audits = &exams[AUDITS];
	bool *all = xcalloc(audits->names.n + 1, sizeof(*all));
	size_t *ends = xcalloc(audits->names.n + 1, sizeof(*ends)), i, from;
	struct exam aliases = { 0 }, resolved = { 0 };
	const char *by;

	for (i = 0; i < audits->names.n; i++) {
		compare_audit(compare, audits->names.v[i], load_of(&exams[LOADS], audits->names.v[i]), &audits->ours[i]);
		all[i] = push_examples(compare, audits->names.v[i], &aliases);
		ends[i] = aliases.names.n;
	}
	for (i = 0; i < aliases.names.n; i++)
		strv_push(&resolved.names, aliases.names.v[i]);
	exam_theirs(&aliases, "-b -n -v");
	exam_theirs(&resolved, "-R");
	for (i = 0, from = 0; i < audits->names.n; from = ends[i++]) {
		by = alias_loading(&aliases, &resolved, from, ends[i], audits->names.v[i], &all[i]);
		if (by || all[i])
			compare_alias(compare, audits->names.v[i], by, &audits->ours[i]);
	}
	exam_release(&aliases);
	exam_release(&resolved);
	free(all);
	free(ends);
}

void compare_all(struct compare *compare, const struct conf *conf)
{
	struct exam exams[EXAMS] = { 0 }, *exam;
	size_t i;

	compare->conf = conf;
	dump_read(&compare->dump);
	fill(compare, conf, exams);
	exam_ours(exams, EXAMS);
	exam_theirs(&exams[LOADS], "-n -v");
	exam_theirs(&exams[RESOLVES], "-R");
	exam = &exams[LOADS];
	for (i = 0; i < exam->names.n; i++)
		compare_load(compare, exam->names.v[i], &exam->theirs[i], &exam->ours[i]);
	compare_audits(compare, exams);
	exam = &exams[RESOLVES];
	for (i = 0; i < exam->names.n; i++)
		compare_resolve(compare, exam->names.v[i], &exam->theirs[i], &exam->ours[i]);
	exam = &exams[OPTIONS];
	for (i = 0; i < exam->names.n; i++)
		compare_options(compare, exam->names.v[i], &exam->ours[i]);
	for (i = 0; i < EXAMS; i++)
		exam_release(&exams[i]);
	dump_release(&compare->dump);
}
