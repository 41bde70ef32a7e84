/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/kept.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/history.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/kmod_deps.h"
#include "kernel/kmod_info.h"
#include "kernel/paramread.h"
#include "kernel/sysmod.h"
#include "model/info.h"
#include "model/param.h"
#include "model/plan.h"
#include "model/secret.h"

static bool names_have(const struct strv *names, const char *name)
{
	size_t i, len;
	char *other;
	bool same = false;

	for (i = 0; names && i < names->n && !same; i++) {
		len = strcspn(names->v[i], "=");
		other = xstrndup(names->v[i], len);
		same = util_name_equal(other, name);
		free(other);
	}
	return same;
}

/*
 * A charp that points nowhere is shown as "(null)".  Of anything but a text "" says that there is no value, as of an
 * array nobody has set: the kernel would refuse it.
 */
static bool is_unset(const struct param *param)
{
	bool text = param->type && (!strcmp(param->type, "charp") || !strcmp(param->type, "string"));

	return param->value && (!strcmp(param->value, "(null)") || (!*param->value && !text));
}

static bool can_be_given(const char *value)
{
	return !strpbrk(value, "\"\n\v\f\r");
}

/* The word "@name=..." of @options, without its quotes; NULL: there is none.  The caller frees. */
static char *value_in(const char *options, const char *name)
{
	size_t len, eq;
	char *word, *value = NULL;

	for (; options && *options && !value; options += len + (options[len] == ' ')) {
		len = step_word(options);
		eq = strcspn(options, "=");
		word = xstrndup(options, MIN(eq, len));
		if (eq < len && util_name_equal(word, name)) {
			const char *start = options + eq + 1, *end = options + len;

			if (end - start >= 2 && *start == '"' && end[-1] == '"') {
				start++;
				end--;
			}
			value = xstrndup(start, (size_t)(end - start));
		}
		free(word);
	}
	return value;
}

static void give(struct buf *out, const char *name, const char *value)
{
	char *spelled = step_spell(name, value);

	buf_printf(out, "%s%s", out->len ? " " : "", spelled);
	free(spelled);
}

/*
 * One whose value can not be seen.  When the journal has this very load and the parameter is fixed since, its
 * words are the value, and no word is the value of a fresh load.
 */
static void keep_hidden(struct kept *kept, struct buf *out, const struct param *param, const struct history_load *load)
{
	char *value = value_in(load->options, param->name);

	if (!load->known || param->in_sysfs || (value && secret_is_masked(value)))
		strv_push(&kept->lost, param->name);
	else if (value)
		give(out, param->name, value);
	free(value);
}

static void keep_param(struct kept *kept, struct buf *out, const struct param *param, const struct history_load *load)
{
	if (param->wait == PARAM_SILENT && !param->value && (param->mode & 0444))
		strv_push(&kept->silent, param->name);
	else if (!param->value)
		keep_hidden(kept, out, param, load);
	else if (is_unset(param))
		return;
	else if (can_be_given(param->value))
		give(out, param->name, param->value);
	else
		strv_push(&kept->lost, param->name);
}

/* From the file it came from, else from the one of its name. */
static void declare(struct kmod_lib *lib, const char *name, const char *file, struct paramlist *params)
{
	struct info *infos = NULL;
	size_t i, n = 0;

	if (!lib)
		return;
	if (!file || kmod_info_read(lib, file, &infos, &n))
		kmod_info_read(lib, name, &infos, &n);
	if (n)
		paramlist_declare(params, &infos[0]);
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
}

static char *file_of(const struct history_load *load)
{
	return load->file && access(load->file, R_OK) == 0 ? xstrdup(load->file) : NULL;
}

char *kept_file(struct cli *cli, const char *name)
{
	struct history_load load;
	char *instance, *file;

	sysmod_instance(&cli->root, name, &instance);
	history_find_load(&load, name, instance);
	file = file_of(&load);
	history_release_load(&load);
	free(instance);
	return file;
}

void kept_read(struct kept *kept, struct cli *cli, struct kmod_lib *lib, const char *name,
	       const struct strv *without)
{
	struct paramlist params = PARAMLIST_INIT;
	struct history_load load;
	struct buf out = BUF_INIT;
	size_t i;

	*kept = (struct kept){ .lost = STRV_INIT };
	sysmod_instance(&cli->root, name, &kept->instance);
	sysmod_build(&cli->root, name, &kept->build);
	history_find_load(&load, name, kept->instance);
	kept->file = file_of(&load);
	declare(lib, name, kept->file, &params);
	paramread_values(&cli->root, name, &params, FACTS_WAIT_MS);
	for (i = 0; i < params.n; i++)
		if (!names_have(without, params.v[i].name))
			keep_param(kept, &out, &params.v[i], &load);
	kept->options = buf_detach(&out);
	strv_sort(&kept->lost);
	paramlist_release(&params);
	history_release_load(&load);
}

void kept_release(struct kept *kept)
{
	free(kept->options);
	free(kept->file);
	free(kept->build);
	free(kept->instance);
	strv_release(&kept->lost);
	strv_release(&kept->silent);
}

char *kept_unmask(const char *options, struct strv *lost)
{
	struct buf out = BUF_INIT;
	char *word;
	size_t len;

	for (; *options; options += len + (options[len] == ' ')) {
		len = step_word(options);
		word = xstrndup(options, len);
		if (secret_is_masked(word))
			strv_pushn(lost, word, strcspn(word, "="));
		else
			buf_printf(&out, "%s%s", out.len ? " " : "", word);
		free(word);
	}
	return buf_detach(&out);
}

/* "a", "a and b", "a, b and c".  The caller frees. */
static char *join(const struct strv *names)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i + 1 < names->n; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", names->v[i]);
	if (!out.len)
		return xstrdup(names->v[0]);
	buf_addch(&out, ' ');
	buf_printf(&out, _("and %s"), names->v[names->n - 1]);
	return buf_detach(&out);
}

char *kept_sentence(const struct strv *lost)
{
	char *names, *sentence;

	if (!lost || !lost->n)
		return NULL;
	names = join(lost);
	sentence = lost->n == 1 ?
		   say(_("The kernel does not show %s: it has the value of a fresh load."), names) :
		   say(_("The kernel does not show %s: they have the value of a fresh load."), names);
	free(names);
	return sentence;
}

static char *install_sentence(const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->n; i++)
		if (plan->v[i].verb == PLAN_INSTALL_COMMAND && !plan->v[i].soft)
			return say(_("%s could not be loaded again: modprobe.d has \"%s\" run instead. Nothing was unloaded."),
				   plan->v[i].name, plan->v[i].detail);
	return NULL;
}

enum status kept_check(struct kmod_lib *lib, const char *name, const char *file, char **sentence)
{
	struct modlist none = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	enum status status = STATUS_FAILED;
	int err;

	if (!file && !facts_comes_back(lib, name))
		err = -ENOENT;
	else
		err = kmod_deps_plan_load(lib, file ? file : name, NULL, &none, &plan);
	if (err && file) {
		*sentence = say(_("%s could not be loaded again from %s, where it came from: %s. Nothing was unloaded."),
				name, file, strerror(-err));
	} else if (err) {
		status = STATUS_NOT_FOUND;
		*sentence = say(_("%s could not be loaded again: there is no file of it below the module directory. Nothing was unloaded."),
				name);
	} else {
		*sentence = install_sentence(&plan);
		status = *sentence ? STATUS_FAILED : STATUS_DONE;
	}
	plan_release(&plan);
	return status;
}
