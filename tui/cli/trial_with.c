/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Modules of the same project that the module on trial depends on; the kernel does not ship them. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/trial.h"
#include "cli/workdir.h"

#define WITH_MAX 64
#define SUBDIR "with"

void trial_with_release(struct trial_with *with)
{
	strv_release(&with->files);
	strv_release(&with->names);
	strv_release(&with->depends);
}

static bool has_name(const struct trial *trial, const char *name)
{
	size_t i;

	for (i = 0; i < trial->with.names.n; i++)
		if (util_name_equal(trial->with.names.v[i], name))
			return true;
	return util_name_equal(trial->facts.name, name);
}

static enum status add(struct trial *trial, const char *path)
{
	struct facts facts = FACTS_INIT;
	const char *depends;
	char *sentence = NULL;
	enum status status;

	status = facts_read(&facts, &trial->cli->root, path, &sentence);
	if (!status && !facts.n_infos)
		status = facts_info_failure(facts.info_error, &sentence);
	if (status) {
		out_error(status, path, "%s", sentence);
	} else if (trial->with.files.n == WITH_MAX) {
		status = out_error(STATUS_USAGE, path, _("The module needs more than %d others; try takes no more."), WITH_MAX);
	} else if (!has_name(trial, facts.name)) {
		depends = info_find(&facts.infos[0], "depends");
		strv_push(&trial->with.files, path);
		strv_push(&trial->with.names, facts.name);
		strv_push(&trial->with.depends, depends ? depends : "");
	}
	free(sentence);
	facts_release(&facts);
	return status;
}

static enum status add_given(struct trial *trial, const char *given)
{
	enum status status = STATUS_NOT_FOUND;
	char *path = realpath(given, NULL);
	struct stat st;

	if (!path || stat(path, &st))
		out_error(status, given, _("The file given with --with cannot be read: %s."), strerror(errno));
	else if (!S_ISREG(st.st_mode) || !util_module_stem(path))
		out_error(status, given, _("--with takes the file of a module, like build/foo.ko."));
	else
		status = add(trial, path);
	free(path);
	return status;
}

enum status trial_with_given(struct trial *trial)
{
	const struct words *given = &trial->cli->options->with;
	enum status status = STATUS_DONE;
	size_t i;

	for (i = 0; i < given->n && !status; i++)
		status = add_given(trial, given->v[i]);
	return status;
}

/* ---- what lies in the same directory ------------------------------------------------------- */

static bool is_named(const char *file, const char *name)
{
	size_t stem = util_module_stem(file);
	char *own = xstrndup(file, stem);
	bool same = stem && util_name_equal(own, name);

	free(own);
	return same;
}

/* The file of module @name in the directory of @path; a new string, or NULL.  One that is not packed comes first. */
static char *beside(const char *path, const char *name)
{
	char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path)), *best = NULL;
	DIR *dir = opendir(*folder ? folder : "/");
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (!is_named(entry->d_name, name) || (best && strlen(best) <= strlen(entry->d_name)))
			continue;
		free(best);
		best = xstrdup(entry->d_name);
	}
	if (dir)
		closedir(dir);
	if (best) {
		char *whole = say("%s/%s", folder, best);

		free(best);
		best = whole;
	}
	free(folder);
	return best;
}

static enum status add_needed(struct trial *trial, const char *path, const char *depends)
{
	enum status status = STATUS_DONE;
	char *name, *file;
	size_t len;

	/* A kernel's own modules find each other by its index. */
	if (strstr(path, "/lib/modules/"))
		return STATUS_DONE;
	for (; *depends && !status; depends += len + (depends[len] == ',')) {
		len = strcspn(depends, ",");
		name = xstrndup(depends, len);
		file = has_name(trial, name) ? NULL : beside(path, name);
		if (file)
			status = add(trial, file);
		free(file);
		free(name);
	}
	return status;
}

enum status trial_with_beside(struct trial *trial)
{
	const char *own = trial->built ? trial->built : trial->file;
	const char *depends = info_find(&trial->facts.infos[0], "depends");
	enum status status = add_needed(trial, own, depends ? depends : "");
	char *path, *needs;
	size_t i;

	/* The list grows while it is gone through. */
	for (i = 0; i < trial->with.files.n && !status; i++) {
		path = xstrdup(trial->with.files.v[i]);
		needs = xstrdup(trial->with.depends.v[i]);
		status = add_needed(trial, path, needs);
		free(path);
		free(needs);
	}
	return status;
}

/* ---- into the machine ---------------------------------------------------------------------- */

static int link_one(const struct trial *trial, const char *folder, size_t i)
{
	const char *base = strrchr(trial->with.files.v[i], '/') + 1;
	char *name = say("%s%s", trial->with.names.v[i], base + util_module_stem(base));
	char *link = workdir_link(folder, name, trial->with.files.v[i]);
	int err = link ? 0 : -errno;

	free(link);
	free(name);
	return err;
}

int trial_with_arguments(const struct trial *trial, struct strv *arguments)
{
	char *folder, *names, *word;
	int err = 0;
	size_t i;

	if (!trial->with.files.n)
		return 0;
	folder = say("%s/" SUBDIR, trial->dir);
	if (mkdir(folder, 0700))
		err = -errno;
	for (i = 0; i < trial->with.files.n && !err; i++)
		err = link_one(trial, folder, i);
	names = strv_join(&trial->with.names, " ");
	word = say("KMT_WITH=%s", names);
	strv_push(arguments, "--modules");
	strv_push(arguments, folder);
	strv_push(arguments, "--env");
	strv_push(arguments, word);
	free(word);
	free(names);
	free(folder);
	return err;
}
