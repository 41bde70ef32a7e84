/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libkmod.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/contained.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/regular.h"
#include "kernel/unpack.h"

#define MEBI ((size_t)1 << 20)
#define FILE_MAX_BYTES (512 * MEBI)	/* a large one with all of its debugging records */
#define UNPACKED_MAX (256 * MEBI)
#define MEMORY_MAX (512 * MEBI)		/* of the child, beside the file */
#define ANSWER_MAX (16 * MEBI)
#define TIMEOUT_MS 10000
#define SECONDS 10

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8u
#endif

/* What a module's file begins with. */
static const struct kind {
	const char *bytes, *unpacker;
	size_t len;
} kinds[] = {
	{ "\177ELF", NULL, 4 },
	{ "\375" "7zXZ", "xz", 5 },
	{ "\050\265\057\375", "zstd", 4 },
	{ "\037\213", "gzip", 2 },
};

/* A regular file that may be a module by its size. */
static int open_module(const char *path, size_t *size)
{
	int fd = regular_open(path, size), err;

	if (fd < 0)
		return fd;
	/* /proc says it of all that it makes up. */
	err = !*size ? -ENOEXEC : *size > FILE_MAX_BYTES ? -EFBIG : 0;
	if (!err)
		return fd;
	close(fd);
	return err;
}

static const struct kind *find_kind(int fd)
{
	char bytes[8];
	ssize_t got = pread(fd, bytes, sizeof(bytes), 0);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (got >= (ssize_t)kinds[i].len && !memcmp(bytes, kinds[i].bytes, kinds[i].len))
			return &kinds[i];
	return NULL;
}

static int new_copy(void)
{
	int fd = memfd_create("module", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);

	/* Older kernels do not know the last flag. */
	if (fd < 0 && errno == EINVAL)
		fd = memfd_create("module", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	return fd < 0 ? -errno : fd;
}

/* From here on it can not be changed.  The kernel loads from no descriptor that is open for writing; @fd is closed. */
static int seal_copy(int fd)
{
	int sealed = -EPERM;

	if (!fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL))
		sealed = regular_again(fd);
	close(fd);
	return sealed;
}

/* The kernel copies: the bytes do not even pass through this process. */
static int copy_file(int from, size_t size)
{
	int to = new_copy();
	ssize_t done;

	if (to < 0)
		return to;
	while (size) {
		done = sendfile(to, from, NULL, size);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			close(to);
			return done < 0 && errno != EINVAL ? -errno : -ENOEXEC;
		}
		size -= (size_t)done;
	}
	return seal_copy(to);
}

/* ---- in the child ---- */

static int answer_info(void *data, bool inside, const struct buf *question, struct buf *answer)
{
	static const char *const no_paths[] = { NULL };
	struct kmod_lib lib = { .contained = true };
	struct kmod_module *module = NULL;
	struct info info = INFO_INIT;
	char path[64];
	int err;

	(void)data;
	(void)inside;
	(void)question;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", CONTAINED_FD);
	err = kmod_lib_begin(&lib, "/dev/null", no_paths);
	if (!err)
		err = kmod_module_new_from_path(lib.ctx, path, &module);
	if (!err)
		err = kmod_info_fill(&lib, module, &info);
	if (!err)
		info_write(&info, answer);
	info_release(&info);
	kmod_module_unref(module);
	kmod_lib_end(&lib);
	/* It is there, whatever is missing in it. */
	return err == -ENOENT ? -ENOEXEC : err;
}

/* ---- in the parent ---- */

static struct contained_setup setup_for(int fd, size_t size)
{
	return (struct contained_setup){
		.limits = { .memory = MEMORY_MAX + size, .seconds = SECONDS, .dir = -1 },
		.fd = { fd, -1 }, .timeout_ms = TIMEOUT_MS, .answer_max = ANSWER_MAX,
		.answer = answer_info,
	};
}

static int read_info(struct kmod_file *file, size_t size)
{
	struct contained_setup setup = setup_for(file->fd, size);
	struct buf answer = BUF_INIT;
	const char *pos;
	int err;

	err = contained_run(&setup, NULL, &answer);
	pos = buf_str(&answer);
	if (!err)
		err = info_parse(&pos, pos + answer.len, &file->info);
	buf_release(&answer);
	return err;
}

/* The name of the file up to its first dot, as the kernel spells names. */
static char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	char *name = xstrndup(base, strcspn(base, "."));

	util_name_normalize(name);
	return name;
}

static char *absolute(const char *path)
{
	struct buf out = BUF_INIT;
	char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);

	if (here)
		buf_printf(&out, "%s/", here);
	buf_addstr(&out, path);
	free(here);
	return buf_detach(&out);
}

/* The child knows a number only: the names are given here. */
static void name_info(struct kmod_file *file)
{
	const char *inside = info_find(&file->info, "name");

	free(file->info.name);
	free(file->info.path);
	file->info.path = absolute(file->path);
	file->info.name = inside && util_name_valid(inside) ? xstrdup(inside) : name_of(file->path);
	util_name_normalize(file->info.name);
}

int kmod_file_open(const struct kmod_file *file)
{
	struct contained_setup setup = setup_for(file->fd, 0);
	struct buf none = BUF_INIT;
	int to, err;

	if (!file->unpacker)
		return regular_again(file->fd);
	to = new_copy();
	if (to < 0)
		return to;
	setup.limits.program = true;
	setup.limits.file_size = UNPACKED_MAX;
	setup.fd[1] = to;
	setup.answer = unpack_answer;
	setup.data = (void *)file->unpacker;
	err = lseek(file->fd, 0, SEEK_SET) < 0 ? -errno : contained_run(&setup, NULL, &none);
	buf_release(&none);
	if (err) {
		close(to);
		return err;
	}
	return seal_copy(to);
}

/* libkmod was built without what this file is packed with. */
static int unpack(struct kmod_file *file)
{
	int fd = kmod_file_open(file);

	if (fd < 0)
		return fd;
	close(file->fd);
	file->fd = fd;
	file->unpacker = NULL;
	return 0;
}

static int read_file(struct kmod_file *file)
{
	const struct kind *kind;
	size_t size;
	int fd, err;

	fd = open_module(file->path, &size);
	if (fd < 0)
		return fd;
	kind = find_kind(fd);
	file->fd = kind ? copy_file(fd, size) : -ENOEXEC;
	close(fd);
	if (file->fd < 0)
		return file->fd;
	file->unpacker = kind->unpacker;
	err = read_info(file, size);
	if (err == -ENOEXEC && file->unpacker && !unpack(file))
		err = read_info(file, UNPACKED_MAX);
	if (!err)
		name_info(file);
	return err;
}

int kmod_file_get(struct kmod_lib *lib, const char *path, const struct kmod_file **out)
{
	struct kmod_files *files = &lib->files;
	struct kmod_file *file = NULL;
	size_t i;

	for (i = 0; i < files->n && !file; i++)
		if (!strcmp(files->v[i]->path, path))
			file = files->v[i];
	if (!file) {
		if (files->n == files->size) {
			files->size = files->size ? 2 * files->size : 4;
			files->v = xrealloc(files->v, files->size, sizeof(*files->v));
		}
		file = files->v[files->n++] = xcalloc(1, sizeof(*file));
		file->path = xstrdup(path);
		file->fd = -1;
		file->error = read_file(file);
	}
	*out = file;
	return file->error;
}

void kmod_file_release(struct kmod_files *files)
{
	size_t i;

	for (i = 0; i < files->n; i++) {
		if (files->v[i]->fd >= 0)
			close(files->v[i]->fd);
		info_release(&files->v[i]->info);
		free(files->v[i]->path);
		free(files->v[i]);
	}
	free(files->v);
	memset(files, 0, sizeof(*files));
}
