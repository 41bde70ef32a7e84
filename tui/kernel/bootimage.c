/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/bootimage.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/cpio.h"
#include "kernel/root.h"
#include "kernel/unpack.h"

#define PIECE (64u << 10)
#define UNPACKED_MAX ((uint64_t)BOOTIMAGE_MIB << 20)
#define NAMES_MAX (16u << 20)		/* bytes of all modules' names */
#define CONF_MAX (4u << 20)		/* bytes of all configuration files */
#define CONF_FILES_MAX 1000

/* A configuration file of the image. */
struct conf_copy {
	char *path;
	const char *name;		/* the end of path */
	struct buf text;
};

struct reading {
	struct bootimage *image;
	struct cpio cpio;
	char *modules;			/* "lib/modules/6.1.0/" */
	struct conf_copy *confs;
	size_t n, current;		/* current: whose bytes come */
	size_t names, texts;		/* bytes kept */
	uint64_t bytes, until;
	int error;			/* of what is kept */
};

/* ---- where it is ---- */

static char *with_kernel(const char *format, const char *kernel)
{
	const char *mark = strstr(format, "%s");
	struct buf out = BUF_INIT;

	if (!mark)
		return xstrdup(format);
	buf_add(&out, format, (size_t)(mark - format));
	buf_printf(&out, "%s%s", kernel, mark + 2);
	return buf_detach(&out);
}

static void find_image(struct bootimage *image, const struct root *root)
{
	static const struct {
		const char *path, *command;	/* their %s, if any, is the kernel */
	} images[] = {
		{ "boot/initrd.img-%s", "update-initramfs -u -k %s" },
		{ "boot/initramfs-%s.img", "dracut --force --kver %s" },
		{ "boot/initrd-%s", "dracut --force --kver %s" },
		{ "boot/initramfs-linux.img", "mkinitcpio -P" },
	};
	unsigned mode;
	char *path;
	size_t i;

	memset(image, 0, sizeof(*image));
	for (i = 0; *root->kernel && !image->path && i < ARRAY_SIZE(images); i++) {
		path = with_kernel(images[i].path, root->kernel);
		if (root_mode(root, path, &mode)) {
			free(path);
			continue;
		}
		image->path = path;
		image->command = with_kernel(images[i].command, root->kernel);
	}
}

/* ---- what of it is kept ---- */

static bool has_suffix(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return n >= m && !strcmp(name + n - m, suffix);
}

static bool is_conf(const char *path)
{
	static const char *const directories[] = {
		"etc/modprobe.d/", "lib/modprobe.d/", "run/modprobe.d/", "usr/lib/modprobe.d/",
		"usr/local/lib/modprobe.d/",
	};
	const char *name = strrchr(path, '/');
	size_t i;

	for (i = 0; name && has_suffix(name, ".conf") && i < ARRAY_SIZE(directories); i++)
		if (strlen(directories[i]) == (size_t)(name + 1 - path) &&
		    !strncmp(path, directories[i], strlen(directories[i])))
			return true;
	return false;
}

/* One of the same path in a later archive takes the place of the first one. */
static bool conf_begin(struct reading *reading, const char *path, size_t size)
{
	size_t i = 0;

	reading->texts += size;
	while (i < reading->n && strcmp(reading->confs[i].path, path))
		i++;
	if (i == CONF_FILES_MAX || reading->texts > CONF_MAX) {
		reading->error = -E2BIG;
		return false;
	}
	reading->current = i;
	if (i < reading->n) {
		buf_reset(&reading->confs[i].text);
		return true;
	}
	reading->confs = xrealloc(reading->confs, ++reading->n, sizeof(*reading->confs));
	reading->confs[i] = (struct conf_copy){ .path = xstrdup(path), .text = BUF_INIT };
	reading->confs[i].name = strrchr(reading->confs[i].path, '/') + 1;
	return true;
}

static bool entry(void *data, const char *name, uint32_t size)
{
	struct reading *reading = data;
	const char *path = name + strspn(name, "./"), *module;

	if (is_conf(path))
		return conf_begin(reading, path, size);
	module = util_module_stem(path) ? path + (strncmp(path, "usr/", 4) ? 0 : 4) : NULL;
	if (!module || strncmp(module, reading->modules, strlen(reading->modules)))
		return false;
	module += strlen(reading->modules);
	reading->names += strlen(module);
	if (reading->names > NAMES_MAX)
		reading->error = -E2BIG;
	else
		strv_push(&reading->image->modules, module);
	return false;
}

static void entry_bytes(void *data, const unsigned char *bytes, size_t n)
{
	struct reading *reading = data;

	buf_add(&reading->confs[reading->current].text, bytes, n);
}

static int conf_compare(const void *a, const void *b)
{
	const struct conf_copy *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->path, right->path);
}

/* In modprobe's order; etc comes first, and hides a file of the same name elsewhere. */
static void confs_end(struct reading *reading)
{
	struct conf_copy *conf;
	size_t i;

	if (reading->n)
		qsort(reading->confs, reading->n, sizeof(*reading->confs), conf_compare);
	for (i = 0; i < reading->n; i++) {
		conf = &reading->confs[i];
		if (!i || strcmp(conf->name, conf[-1].name))
			modprobed_parse(&reading->image->conf, conf->path, buf_str(&conf->text),
					conf->text.len);
	}
	for (i = 0; i < reading->n; i++) {
		free(reading->confs[i].path);
		buf_release(&reading->confs[i].text);
	}
	free(reading->confs);
}

/* ---- reading it ---- */

static int feed(struct reading *reading, const unsigned char *bytes, size_t n, size_t *used)
{
	int err;

	err = cpio_feed(&reading->cpio, bytes, n, used);
	reading->bytes += *used;
	if (!err)
		err = reading->error;
	if (!err && reading->bytes > UNPACKED_MAX)
		err = -EFBIG;
	if (!err && util_now_ms() > reading->until)
		err = -ETIMEDOUT;
	return err;
}

/* What is unpacked has no second package in it. */
static int feed_unpacked(void *data, const unsigned char *bytes, size_t n)
{
	size_t used;
	int err;

	err = feed(data, bytes, n, &used);
	return err > 0 ? -EBADMSG : err;
}

/* 1: what is packed begins at *offset; 0: there is no more. */
static int read_plain(struct reading *reading, int fd, off_t *offset)
{
	unsigned char *piece = xmalloc(PIECE);
	size_t used;
	ssize_t got;
	int err = 0;

	do {
		got = pread(fd, piece, PIECE, *offset);
		if (got < 0)
			err = errno == EINTR ? 0 : -errno;
		if (got <= 0)
			continue;
		err = feed(reading, piece, (size_t)got, &used);
		*offset += (off_t)used;
	} while (!err && got);
	free(piece);
	return err;
}

static int read_packed(struct reading *reading, int fd, off_t offset)
{
	struct unpack_sink sink = { feed_unpacked, reading, reading->until };
	unsigned char head[8];
	ssize_t got;

	got = pread(fd, head, sizeof(head), offset);
	if (got < 0 || lseek(fd, offset, SEEK_SET) < 0)
		return -errno;
	reading->image->program = unpack_program(head, (size_t)got);
	if (!reading->image->program)
		return -ENOTSUP;
	return unpack_stream(fd, reading->image->program, &sink);
}

static int read_image(struct reading *reading, const struct root *root)
{
	int fd = root_open(root, reading->image->path, O_RDONLY | O_NONBLOCK | O_NOCTTY), err;
	off_t offset = 0;
	struct stat st;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st))
		err = -errno;
	else if (!S_ISREG(st.st_mode))
		err = -EINVAL;
	else if (!st.st_size)
		err = -ENODATA;
	else
		err = read_plain(reading, fd, &offset);
	if (err == 1)
		err = read_packed(reading, fd, offset);
	close(fd);
	if (!err && !cpio_complete(&reading->cpio))
		err = -EBADMSG;
	return err;
}

void bootimage_read(struct bootimage *image, const struct root *root)
{
	struct reading reading = { .image = image };
	struct cpio_reader reader = { entry, entry_bytes, &reading };

	find_image(image, root);
	if (!image->path)
		return;
	cpio_init(&reading.cpio, &reader);
	reading.modules = with_kernel("lib/modules/%s/", root->kernel);
	reading.until = util_now_ms() + BOOTIMAGE_SECONDS * 1000;
	image->error = read_image(&reading, root);
	confs_end(&reading);
	free(reading.modules);
}

void bootimage_release(struct bootimage *image)
{
	free(image->path);
	free(image->command);
	strv_release(&image->modules);
	modprobed_release(&image->conf);
	memset(image, 0, sizeof(*image));
}

/* ---- what it holds ---- */

const char *bootimage_module(const struct bootimage *image, const char *name)
{
	const char *found = NULL, *base;
	char *own;
	size_t i;

	for (i = 0; i < image->modules.n && !found; i++) {
		base = strrchr(image->modules.v[i], '/');
		base = base ? base + 1 : image->modules.v[i];
		own = xstrndup(base, strcspn(base, "."));
		if (util_name_equal(own, name))
			found = image->modules.v[i];
		free(own);
	}
	return found;
}

const struct modprobed_line *bootimage_line(const struct bootimage *image, const char *name)
{
	const struct modprobed_line *line, *found = NULL;
	char *own = xstrdup(name);
	size_t i;

	util_name_normalize(own);
	for (i = 0; i < image->conf.n && !found; i++) {
		line = &image->conf.v[i];
		if (!fnmatch(line->name, own, 0) ||
		    (line->kind == MODPROBED_ALIAS && util_name_equal(line->rest, own)))
			found = line;
	}
	free(own);
	return found;
}
