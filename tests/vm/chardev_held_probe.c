/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is still possible while a program holds the lock of /dev/kmt_chardev3: it writes from
 * a page that does not come until this probe delivers it (userfaultfd). Status 77 where the
 * kernel has no such thing.
 */
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "chardev_node.h"
#include "signals.h"

#define HELD	"/dev/kmt_chardev3"
#define LATE	10		/* bytes that the holder writes in the end */

static int uffd, held;
static char *page;
static pthread_t holder;

static void *holder_run(void *unused)
{
	(void)unused;
	return write(held, page, LATE) == LATE ? page : NULL;
}

static void page_withhold(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	if (uffd < 0 && errno == ENOSYS)
		exit(77);
	MUST(uffd >= 0 && ioctl(uffd, UFFDIO_API, &api) == 0);
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	MUST(page != MAP_FAILED);
	reg.range.start = (unsigned long)page;
	reg.range.len = 4096;
	MUST(ioctl(uffd, UFFDIO_REGISTER, &reg) == 0);
}

/* Returns when the holder waits for his page, and so has the lock. The clock's signals are ours. */
static void lock_hold(const char *waiting)
{
	sigset_t all, before;
	struct uffd_msg msg;

	page_withhold();
	held = open(HELD, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	MUST(held >= 0);
	node_clear(held);
	MUST(write(held, waiting, strlen(waiting)) == (ssize_t)strlen(waiting));
	sigfillset(&all);
	MUST(pthread_sigmask(SIG_SETMASK, &all, &before) == 0);
	MUST(pthread_create(&holder, NULL, holder_run, NULL) == 0);
	MUST(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
	MUST(read(uffd, &msg, sizeof(msg)) == sizeof(msg) && msg.event == UFFD_EVENT_PAGEFAULT);
}

static void lock_let_go(void)
{
	struct uffdio_zeropage zero = { .range = { (unsigned long)page, 4096 } };
	void *done;

	MUST(ioctl(uffd, UFFDIO_ZEROPAGE, &zero) == 0);
	MUST(pthread_join(holder, &done) == 0 && done == page);
}

/* RWF_NOWAIT is never kept waiting; nor is who only asks whether there is something. */
static void nowait(void)
{
	char buf[100] = "";
	struct iovec v = { buf, sizeof(buf) };
	struct pollfd p = { .events = POLLIN | POLLOUT };
	int n;

	lock_hold("there");
	p.fd = held;
	MUST(poll(&p, 1, 0) == 1 && p.revents == (POLLIN | POLLOUT));
	MUST(ioctl(held, FIONREAD, &n) == 0 && n == 5);
	FAILS(preadv2(held, &v, 1, -1, RWF_NOWAIT), EAGAIN);
	FAILS(pwritev2(held, &v, 1, -1, RWF_NOWAIT), EAGAIN);
	lock_let_go();
	MUST(preadv2(held, &v, 1, -1, RWF_NOWAIT) == 5 + LATE && !memcmp(buf, "there", 6));
}

/* A call that waits for the lock, O_NONBLOCK or not, ends with a signal, and nothing is done. */
#define ENDS(call) do { \
	alarm_in(10000, 10000); \
	FAILS(call, EINTR); \
	alarm_in(0, 0); \
} while (0)

static void interrupted(void)
{
	struct kmt_chardev_stat st = { .size = sizeof(st) };
	struct kmt_chardev_clear c = { .size = sizeof(c) };
	char buf[100];

	lock_hold("there");
	signal_counts(SIGALRM, 0);
	ENDS(read(held, buf, sizeof(buf)));
	ENDS(write(held, "x", 1));
	ENDS(ioctl(held, KMT_CHARDEV_STAT, &st));
	ENDS(ioctl(held, KMT_CHARDEV_CLEAR, &c));
	MUST(st.size == sizeof(st) && c.size == sizeof(c));	/* or they could not be restarted */
	lock_let_go();
	MUST(read(held, buf, sizeof(buf)) == 5 + LATE && !memcmp(buf, "there", 5));
}

/* The other rings were locked already; they are as free as before. */
static void resize_interrupted(void)
{
	int fd = node_empty();

	lock_hold("");
	signal_counts(SIGALRM, 0);
	ENDS(size_write("131072"));
	MUST(node_stat(fd).ring_size == 65536);
	MUST(write(fd, "free", 4) == 4);
	lock_let_go();
	node_clear(fd);
	node_clear(held);
}

/* Who resizes, and waits, keeps those waiting who read the statistics. */
static void statistics_interrupted(void)
{
	int fd = open("/proc/kmt_chardev", O_RDONLY | O_CLOEXEC);
	char buf[4096];
	pid_t pid;

	MUST(fd >= 0);
	lock_hold("");
	pid = fork();
	if (!pid)
		_exit(size_write("65536") != 0);
	asleep_wait(pid);
	signal_counts(SIGALRM, 0);
	ENDS(read(fd, buf, sizeof(buf)));
	lock_let_go();
	child_ok(pid);
	MUST(read(fd, buf, sizeof(buf)) > 0 && !strncmp(buf, "minors ", 7));
	node_clear(held);
}

static const struct probe_case cases[] = {
	{ "nowait", nowait },
	{ "interrupted", interrupted },
	{ "resize_interrupted", resize_interrupted },
	{ "statistics_interrupted", statistics_interrupted },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	return probe_main(cases, argc, argv);
}
