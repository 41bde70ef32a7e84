/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls that a program in its right mind does not make: bad pointers and absurd sizes, at a file of
 * a module. Each call fails, or moves no more than lies in memory that is there.
 *
 *	hostile_probe FILE...
 *
 * Ends with a line of figures.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "probe.h"

#define PAGE	4096
#define EDGE	16	/* bytes that are there before a page that is not */

struct target {
	const char *path;
	int fd;
	unsigned long calls;
	unsigned long moved;	/* calls that moved something */
};

static char *edge;	/* EDGE good bytes, then nothing */
static char *closed;	/* a page without any right */
static char *fixed;	/* one that may only be read */

struct place {
	const char *name;
	uintptr_t at;
	long reads;	/* how many bytes of it the kernel may read */
	long writes;	/* and write */
};

static struct place places[] = {
	{ "null", 0, 0, 0 },
	{ "first page", 8, 0, 0 },
	{ "edge", 0, EDGE, EDGE },
	{ "closed", 0, 0, 0 },
	{ "fixed", 0, PAGE, 0 },
	{ "kernel", 0xffffffff81000000, 0, 0 },
	{ "between", 0x0000800000000000, 0, 0 },
	{ "end", UINTPTR_MAX - 8, 0, 0 },
};

static const size_t sizes[] = {
	1, EDGE + 1, PAGE - 1, PAGE, PAGE + 1, 1 << 20, INT_MAX, (size_t)INT_MAX + 1, UINT_MAX,
	LONG_MAX, SIZE_MAX,
};

static char *page_new(int right)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	MUST(p != MAP_FAILED);
	memset(p, 'h', 2 * PAGE);
	MUST(munmap(p + PAGE, PAGE) == 0);
	MUST(mprotect(p, PAGE, right) == 0);
	return p;
}

static void places_make(void)
{
	edge = page_new(PROT_READ | PROT_WRITE) + PAGE - EDGE;
	closed = page_new(PROT_NONE);
	fixed = page_new(PROT_READ);
	places[2].at = (uintptr_t)edge;
	places[3].at = (uintptr_t)closed;
	places[4].at = (uintptr_t)fixed;
}

static void result_check(struct target *t, const struct place *p, size_t size, long ret, long most)
{
	static const int errors[] = {
		EFAULT, EINVAL, EAGAIN, EIO, EBADF, ESPIPE, EOVERFLOW, EPERM, ENOSPC, ERANGE,
	};
	size_t i;

	t->calls++;
	t->moved += ret > 0;
	if (ret >= 0 && ret <= most)
		return;
	for (i = 0; ret < 0 && i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errno == errors[i])
			return;
	printf("%s: %s, size %zu: %ld, errno %d\n", t->path, p->name, size, ret, errno);
	exit(1);
}

/* By system call: the C library would look at pointers itself. */
static void bytes_move(struct target *t, const struct place *p, size_t size)
{
	struct iovec v[2] = { { (void *)p->at, size }, { edge, EDGE } };

	result_check(t, p, size, syscall(SYS_read, t->fd, p->at, size), p->writes);
	result_check(t, p, size, syscall(SYS_write, t->fd, p->at, size), p->reads);
	result_check(t, p, size, syscall(SYS_pread64, t->fd, p->at, size, 0L), p->writes);
	result_check(t, p, size, syscall(SYS_pread64, t->fd, p->at, size, LONG_MAX), p->writes);
	result_check(t, p, size, syscall(SYS_readv, t->fd, v, 2), p->writes + EDGE);
	result_check(t, p, size, syscall(SYS_writev, t->fd, v, 2), p->reads + EDGE);
	result_check(t, p, size, syscall(SYS_readv, t->fd, p->at, 1), 0);
	result_check(t, p, size, syscall(SYS_writev, t->fd, p->at, size), 0);
}

/* No request has such a number, or such a structure. */
static void requests_make(struct target *t, const struct place *p)
{
	unsigned int group, nr;

	for (group = 0; group < 256; group += 1 + (group % 3))
		for (nr = 0; nr < 4; nr++)
			if (syscall(SYS_ioctl, t->fd, _IO(group, nr), p->at) < 0)
				MUST(errno == ENOTTY || errno == EFAULT || errno == EINVAL ||
				     errno == EBADF || errno == ENOMEM);
	t->calls += 4 * 171;
}

static void maps_make(struct target *t)
{
	static const long offsets[] = { 0, 1L << 20, 1L << 40, LONG_MAX & -PAGE, -PAGE };
	size_t i, j;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (j = 0; j < sizeof(offsets) / sizeof(offsets[0]); j++) {
			long at = syscall(SYS_mmap, NULL, sizes[i], PROT_READ, MAP_SHARED, t->fd,
					  offsets[j]);

			MUST(at == -1 || sizes[i] <= 4 << 20);
			if (at != -1)
				MUST(syscall(SYS_munmap, at, sizes[i]) == 0);
			t->calls++;
		}
}

static void target_run(struct target *t, int flags)
{
	size_t i, j;

	t->fd = open(t->path, flags | O_NONBLOCK | O_CLOEXEC);
	if (t->fd < 0) {
		MUST(errno == EACCES || errno == EPERM || errno == EINVAL);
		return;
	}
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		for (j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++)
			bytes_move(t, &places[i], sizes[j]);
		requests_make(t, &places[i]);
	}
	maps_make(t);
	close(t->fd);
}

int main(int argc, char **argv)
{
	int i;

	places_make();
	for (i = 1; i < argc; i++) {
		struct target t = { .path = argv[i] };

		target_run(&t, O_RDONLY);
		target_run(&t, O_WRONLY);
		target_run(&t, O_RDWR);
		printf("%s: %lu calls, %lu moved something\n", t.path, t.calls, t.moved);
		MUST(t.calls > 0);
	}
	return argc < 2 ? 2 : 0;
}
