/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ring behind /dev/kmt_chardev0: requests, mappings, changes of its size.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "chardev_node.h"

#define SIZE	"/sys/module/kmt_chardev/parameters/size"

static void requests(void)
{
	int fd = node_empty(), wo = node_open(O_WRONLY), n;
	struct { struct kmt_chardev_stat st; char more[16]; } big;
	struct kmt_chardev_stat st = { .size = sizeof(st) };
	struct kmt_chardev_clear c = { .size = sizeof(c) };

	FAILS(ioctl(fd, _IO(KMT_CHARDEV_MAGIC, 0x7f), &st), ENOTTY);
	FAILS(ioctl(fd, TCGETS, &big), ENOTTY);
	FAILS(ioctl(fd, KMT_CHARDEV_STAT, NULL), EFAULT);
	FAILS(ioctl(fd, FIONREAD, NULL), EFAULT);
	st.size = KMT_CHARDEV_STAT_SIZE0 - 1;
	FAILS(ioctl(fd, KMT_CHARDEV_STAT, &st), EINVAL);
	st.size = 1 << 20;
	FAILS(ioctl(fd, KMT_CHARDEV_STAT, &st), EINVAL);
	st.size = sizeof(st);
	st.flags = 1;
	FAILS(ioctl(fd, KMT_CHARDEV_STAT, &st), EINVAL);
	FAILS(ioctl(wo, KMT_CHARDEV_CLEAR, &c), EBADF);

	MUST(write(fd, "12345", 5) == 5);
	MUST(ioctl(fd, FIONREAD, &n) == 0 && n == 5);
	memset(&big, 0xff, sizeof(big));
	big.st.size = sizeof(big);
	big.st.flags = 0;
	MUST(ioctl(fd, KMT_CHARDEV_STAT, &big) == 0);
	MUST(big.st.size == sizeof(st) && big.st.flags == 0);
	MUST(big.st.used == 5 && big.st.open_written == 5 && big.st.open_read == 0);
	for (n = 0; n < (int)sizeof(big.more); n++)
		MUST(big.more[n] == 0);
	MUST(ioctl(fd, KMT_CHARDEV_CLEAR, &c) == 0 && c.dropped == 5);
	MUST(node_stat(fd).used == 0);
}

/* The system call of 32-bit programs, which a 64-bit program may make too. */
static void compat(void)
{
#if defined(__x86_64__)
	int fd = node_empty();
	long ret;
	struct kmt_chardev_stat *st = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
					   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	MUST(st != MAP_FAILED);
	MUST(write(fd, "123", 3) == 3);
	st->size = sizeof(*st);
	__asm__ volatile("int $0x80" : "=a"(ret)
			 : "a"(54), "b"(fd), "c"(KMT_CHARDEV_STAT), "d"(st)
			 : "memory", "r8", "r9", "r10", "r11");
	MUST(ret == 0 && st->used == 3);
#endif
}

static void map_refused(int rw, int ro, size_t size)
{
	FAILS(mmap(NULL, size, PROT_READ, MAP_SHARED, rw, 0), EACCES);
	FAILS(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0), EACCES);
	FAILS(mmap(NULL, size + 4096, PROT_READ, MAP_SHARED, ro, 0), EINVAL);
	FAILS(mmap(NULL, 4096, PROT_READ, MAP_SHARED, ro, size), EINVAL);
	MUST(node_stat(rw).mapped == 0);
}

static void maps(void)
{
	int rw = node_empty(), ro = node_open(O_RDONLY);
	size_t size = node_stat(rw).ring_size;
	char *map;
	pid_t pid;

	map_refused(rw, ro, size);
	map = mmap(NULL, size, PROT_READ, MAP_SHARED, ro, 0);
	MUST(map != MAP_FAILED);
	MUST(write(rw, "mapped", 6) == 6);
	MUST(!memcmp(map + node_stat(rw).start, "mapped", 6));
	FAILS(mprotect(map, size, PROT_READ | PROT_WRITE), EACCES);
	pid = fork();
	if (!pid)
		_exit(node_stat(rw).mapped != 2 || memcmp(map, "mapped", 6));
	child_ok(pid);
	MUST(node_stat(rw).mapped == 1);
	MUST(munmap(map + 4096, 4096) == 0);	/* two parts are left */
	MUST(node_stat(rw).mapped == 2);
	MUST(munmap(map, size) == 0);
	MUST(node_stat(rw).mapped == 0);
}

static int size_write(const char *text)
{
	int fd = open(SIZE, O_WRONLY), ret, error;

	MUST(fd >= 0);
	ret = write(fd, text, strlen(text));
	error = errno;
	close(fd);
	errno = error;
	return ret < 0 ? -1 : 0;
}

/* A mapping outlives its file, and keeps the memory and the module where they are. */
static void map_holds(void)
{
	int ro = node_open(O_RDONLY);
	size_t size = node_stat(ro).ring_size;
	char *map = mmap(NULL, size, PROT_READ, MAP_SHARED, ro, 0);

	MUST(map != MAP_FAILED);
	close(ro);
	FAILS(size_write("8192"), EBUSY);
	FAILS(syscall(SYS_delete_module, "kmt_chardev", O_NONBLOCK), EAGAIN);
	MUST(munmap(map, size) == 0);
	MUST(size_write("8192") == 0);
	MUST(size_write("65536") == 0);
}

/* Bytes stay through every change of size, and a writer that waits for room gets it. */
static void resizes(void)
{
	int fd = node_empty();
	char buf[6000], got[6000];
	pid_t pid;

	MUST(size_write("8192") == 0);
	memset(buf, 'a', sizeof(buf));
	MUST(write(fd, buf, 6000) == 6000 && read(fd, got, 6000) == 6000);
	MUST(write(fd, buf, 3000) == 3000 && write(fd, "tail", 4) == 4);	/* around the end */
	FAILS(size_write("0"), ERANGE);
	FAILS(size_write("5000"), EINVAL);
	MUST(size_write("4096") == 0);
	MUST(read(fd, got, sizeof(got)) == 3004 && !memcmp(got, buf, 3000));
	MUST(!memcmp(got + 3000, "tail", 4));

	MUST(write(fd, buf, 6000) == 4096);
	pid = fork();
	if (!pid) {
		MUST(fcntl(fd, F_SETFL, 0) == 0);
		_exit(write(fd, buf, 100) != 100);
	}
	usleep(100000);
	MUST(size_write("65536") == 0);
	child_ok(pid);
	FAILS(size_write("4096"), EBUSY);
	MUST(node_stat(fd).used == 4196 && node_stat(fd).ring_size == 65536);
}

static void many(void)
{
	int fds[256], i;

	for (i = 0; i < 256; i++)
		fds[i] = node_open(O_RDONLY);
	FAILS(open(NODE, O_RDONLY), EBUSY);
	for (i = 0; i < 256; i++)
		close(fds[i]);
	close(node_open(O_RDONLY));
}

static const struct probe_case cases[] = {
	{ "requests", requests },
	{ "compat", compat },
	{ "maps", maps },
	{ "map_holds", map_holds },
	{ "resizes", resizes },
	{ "many", many },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	return probe_main(cases, argc, argv);
}
