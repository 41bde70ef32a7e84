/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ring behind /dev/kmt_chardev0: requests, mappings, changes of its size.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "chardev_node.h"
#include "chardev_layout.h"

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
	MUST(big.st.size == sizeof(st) && big.st.flags == 0 && big.st.peak >= 5);
	MUST(big.st.used == 5 && big.st.open_written == 5 && big.st.open_read == 0);
	for (n = 0; n < (int)sizeof(big.more); n++)
		MUST(big.more[n] == 0);
	MUST(ioctl(fd, KMT_CHARDEV_CLEAR, &c) == 0 && c.dropped == 5);
	MUST(node_stat(fd).used == 0);
}

/* A program of the first version gets what it knows, and not a byte more. */
static void old_program(void)
{
	int fd = node_full();
	unsigned int size = node_stat(fd).ring_size, i;
	unsigned char room[KMT_CHARDEV_STAT_SIZE0 + 16];
	struct kmt_chardev_stat *st = (void *)room;

	memset(room, 0xff, sizeof(room));
	st->size = KMT_CHARDEV_STAT_SIZE0;
	st->flags = 0;
	MUST(ioctl(fd, KMT_CHARDEV_STAT, st) == 0);
	MUST(st->size == KMT_CHARDEV_STAT_SIZE0);
	MUST(st->used == size && st->open_written == size);
	for (i = KMT_CHARDEV_STAT_SIZE0; i < sizeof(room); i++)
		MUST(room[i] == 0xff);
	node_clear(fd);
	MUST(write(fd, "less", 4) == 4);
	MUST(node_stat(fd).peak >= size);	/* other cases grow the ring */
}

/*
 * CLEAR throws nothing away when its answer can not be written: on a page that may only be
 * read, and when it claims to have more room than its page has.
 */
static void bad_answers(void)
{
	int fd = node_empty();
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct kmt_chardev_clear *c = (void *)page;

	MUST(page != MAP_FAILED && munmap(page + 4096, 4096) == 0);
	MUST(write(fd, "12345", 5) == 5);
	c->size = sizeof(*c);
	MUST(mprotect(page, 4096, PROT_READ) == 0);
	FAILS(ioctl(fd, KMT_CHARDEV_CLEAR, c), EFAULT);
	MUST(mprotect(page, 4096, PROT_READ | PROT_WRITE) == 0);
	c = (void *)(page + 4096 - sizeof(*c));
	c->size = sizeof(*c) + 1;
	FAILS(ioctl(fd, KMT_CHARDEV_CLEAR, c), EFAULT);
	MUST(node_stat(fd).used == 5);
	c->size = sizeof(*c);
	MUST(ioctl(fd, KMT_CHARDEV_CLEAR, c) == 0 && c->dropped == 5);
}

#if defined(__x86_64__)
/* The system call of 32-bit programs, which a 64-bit program may make too. */
static long ioctl32(int fd, unsigned int request, void *low)
{
	long ret;

	__asm__ volatile("int $0x80" : "=a"(ret)
			 : "a"(54), "b"(fd), "c"(request), "d"(low)
			 : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

static void compat(void)
{
	int fd = node_empty();
	union {
		struct kmt_chardev_stat st;
		struct kmt_chardev_clear c;
		int n;
	} *a = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT,
		    -1, 0);

	MUST(a != MAP_FAILED);
	MUST(write(fd, "123", 3) == 3);
	a->st.size = sizeof(a->st);
	MUST(ioctl32(fd, KMT_CHARDEV_STAT, a) == 0);
	MUST(a->st.used == 3 && a->st.open_written == 3 && a->st.peak >= 3);
	MUST(ioctl32(fd, FIONREAD, a) == 0 && a->n == 3);
	a->c.size = sizeof(a->c);
	a->c.flags = 0;
	MUST(ioctl32(fd, KMT_CHARDEV_CLEAR, a) == 0);
	MUST(a->c.size == sizeof(a->c) && a->c.dropped == 3);
	MUST(node_stat(fd).used == 0);
	MUST(ioctl32(fd, _IO(KMT_CHARDEV_MAGIC, 0x7f), a) == -ENOTTY);
}
#else
static void compat(void)
{
}
#endif

static void map_refused(int rw, int ro, size_t size)
{
	FAILS(mmap(NULL, size, PROT_READ, MAP_SHARED, rw, 0), EACCES);
	FAILS(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0), EACCES);
	FAILS(mmap(NULL, size + 4096, PROT_READ, MAP_SHARED, ro, 0), EINVAL);
	FAILS(mmap(NULL, 4096, PROT_READ, MAP_SHARED, ro, size), EINVAL);
	MUST(node_stat(rw).mapped == 0);
}

/* Who writes to a private mapping writes to a copy: neither the ring nor another mapping changes. */
static void map_private(void)
{
	int fd = node_empty();
	size_t size = node_stat(fd).ring_size;
	char *own = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	char *other = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	unsigned int start = node_stat(fd).start;
	char buf[8] = "";

	MUST(own != MAP_FAILED && other != MAP_FAILED && node_stat(fd).mapped == 2);
	MUST(write(fd, "shared", 6) == 6);
	MUST(!memcmp(own + start, "shared", 6) && !memcmp(other + start, "shared", 6));
	memcpy(own + start, "forged", 6);
	MUST(!memcmp(own + start, "forged", 6) && !memcmp(other + start, "shared", 6));
	MUST(read(fd, buf, sizeof(buf)) == 6 && !memcmp(buf, "shared", 6));
	MUST(munmap(own, size) == 0 && munmap(other, size) == 0);
	MUST(node_stat(fd).mapped == 0);
}

/* A mapping that has moved is still one, and there is nothing beyond the ring to grow into. */
static void map_moves(void)
{
	int rw = node_empty(), ro = node_open(O_RDONLY);
	size_t size = node_stat(rw).ring_size;
	char *map = mmap(NULL, size, PROT_READ, MAP_SHARED, ro, 0), *moved;
	char *place = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	MUST(map != MAP_FAILED && place != MAP_FAILED && node_stat(rw).mapped == 1);
	moved = mremap(map, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, place);
	MUST(moved == place && node_stat(rw).mapped == 1);
	MUST(write(rw, "moved", 5) == 5 && !memcmp(moved + node_stat(rw).start, "moved", 5));
	FAILS(mremap(moved, size, 2 * size, MREMAP_MAYMOVE), EFAULT);
	MUST(mremap(moved, size, 4096, 0) == moved && node_stat(rw).mapped == 1);
	FAILS(mremap(moved, 4096, size, MREMAP_MAYMOVE), EFAULT);
	MUST(munmap(moved, 4096) == 0 && node_stat(rw).mapped == 0);
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
	{ "old_program", old_program },
	{ "bad_answers", bad_answers },
	{ "compat", compat },
	{ "map_private", map_private },
	{ "map_moves", map_moves },
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
