/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child that misbehaves in every way there is: each ends as promised, and nothing else happens. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef HAVE_LIBSECCOMP
#include <seccomp.h>
#endif

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/contained.h"

#define MEBI (1024u * 1024u)

static const char outside[] = "contained.written";

/* ---- what the child does ---- */

static int crash(struct buf *answer)
{
	(void)answer;
	raise(SIGSEGV);
	return 0;
}

static int end(struct buf *answer)
{
	(void)answer;
	_exit(0);
	return 0;
}

static int spin(struct buf *answer)
{
	volatile unsigned n = 0;

	(void)answer;
	for (;;)
		n++;
	return 0;
}

static int eat(struct buf *answer)
{
	size_t i;

	(void)answer;
	for (i = 0; i < 10 * 1024; i++)
		memset(xmalloc(MEBI), 1, MEBI);
	return 0;
}

static int talk(struct buf *answer)
{
	size_t i;

	for (i = 0; i < 1000; i++)
		buf_addstr(answer, "a thousand times the same");
	return 0;
}

/* Not by the rules: bytes that are no answer, without an end. */
static int shout(struct buf *answer)
{
	static const char bytes[4096] = { 'x' };

	(void)answer;
	while (write(3, bytes, sizeof(bytes)) > 0)
		;
	return 0;
}

static int call_fork(struct buf *answer)
{
	pid_t pid = fork();

	(void)answer;
	if (pid == 0)
		_exit(0);
	return pid < 0 ? -errno : 0;
}

static void *do_nothing(void *data)
{
	return data;
}

static int make_thread(struct buf *answer)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, do_nothing, NULL);

	(void)answer;
	return err ? -err : -pthread_join(thread, NULL);
}

static int run_program(struct buf *answer)
{
	char *argv[] = { (char *)"true", NULL };

	(void)answer;
	execv("/bin/true", argv);
	return -errno;
}

static int make_file(struct buf *answer)
{
	(void)answer;
	return open(outside, O_WRONLY | O_CREAT, 0600) < 0 ? -errno : 0;
}

static int cut_file(struct buf *answer)
{
	(void)answer;
	return open("/dev/null", O_RDONLY | O_TRUNC) < 0 ? -errno : 0;
}

static int connect_out(struct buf *answer)
{
	(void)answer;
	return socket(AF_INET, SOCK_DGRAM, 0) < 0 ? -errno : 0;
}

static int send_signal(struct buf *answer)
{
	(void)answer;
	return kill(getppid(), SIGTERM) ? -errno : 0;
}

static int tell_status(struct buf *answer)
{
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t got;

	if (fd < 0)
		return -errno;
	got = read(fd, buf_grow(answer, 4096), 4096);
	close(fd);
	if (got < 0)
		return -errno;
	answer->len += (size_t)got;
	answer->data[answer->len] = '\0';
	return 0;
}

static int tell_descriptors(struct buf *answer)
{
	int fd;

	for (fd = 0; fd < 256; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			buf_printf(answer, "%d ", fd);
	return 0;
}

static int read_given(struct buf *answer)
{
	char bytes[16] = "";

	if (pread(CONTAINED_FD, bytes, sizeof(bytes) - 1, 0) < 0)
		return -errno;
	buf_addstr(answer, bytes);
	return 0;
}

static const struct {
	const char *word;
	int (*act)(struct buf *answer);
} acts[] = {
	{ "crash", crash }, { "end", end }, { "spin", spin }, { "eat", eat }, { "talk", talk },
	{ "shout", shout }, { "fork", call_fork }, { "thread", make_thread },
	{ "program", run_program }, { "file", make_file },
	{ "cut", cut_file }, { "connect", connect_out }, { "signal", send_signal },
	{ "status", tell_status }, { "descriptors", tell_descriptors }, { "given", read_given },
};

static int answer_question(void *data, bool inside, const struct buf *question, struct buf *answer)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(acts); i++)
		if (!strcmp(buf_str(question), acts[i].word))
			return acts[i].act(answer);
	if (!strcmp(buf_str(question), "inside"))
		buf_addstr(answer, inside ? "inside" : "outside");
	else if (!strncmp(buf_str(question), "look ", 5))
		return access(buf_str(question) + 5, F_OK) ? -errno : 0;
	else
		buf_printf(answer, "%s %s", (const char *)data, buf_str(question));
	return 0;
}

/* ---- and what becomes of it ---- */

static struct contained_setup setup_usual(void)
{
	return (struct contained_setup){
		.limits = { .memory = 512 * MEBI, .seconds = 5, .dir = -1 },
		.fd = { -1, -1 }, .timeout_ms = 10000, .answer_max = 8192,
		.answer = answer_question, .data = (void *)"You said",
	};
}

static int ask(struct contained *contained, const char *word, struct buf *answer)
{
	struct buf question = BUF_INIT;
	int err;

	buf_addstr(&question, word);
	buf_reset(answer);
	err = contained_ask(contained, &question, answer);
	buf_release(&question);
	return err;
}

/* One child for one word; what it answered is not looked at. */
static int once(const struct contained_setup *setup, const char *word)
{
	struct contained contained;
	struct buf answer = BUF_INIT;
	int err;

	assert_int_equal(contained_start(&contained, setup), 0);
	err = ask(&contained, word, &answer);
	contained_stop(&contained);
	buf_release(&answer);
	return err;
}

static size_t count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void answers(void **state)
{
	struct contained_setup setup = setup_usual();
	struct contained contained;
	struct buf answer = BUF_INIT;

	(void)state;
	assert_int_equal(contained_start(&contained, &setup), 0);
	assert_int_equal(ask(&contained, "hello", &answer), 0);
	assert_string_equal(buf_str(&answer), "You said hello");
	assert_int_equal(ask(&contained, "", &answer), 0);
	assert_string_equal(buf_str(&answer), "You said ");
	contained_stop(&contained);
	contained_stop(&contained);
	buf_release(&answer);
}

static void survives_a_crash(void **state)
{
	struct contained_setup setup = setup_usual();
	struct contained contained;
	struct buf answer = BUF_INIT;

	(void)state;
	assert_int_equal(contained_start(&contained, &setup), 0);
	assert_int_equal(ask(&contained, "crash", &answer), -EBADMSG);
	assert_int_equal(answer.len, 0);
	assert_int_equal(ask(&contained, "again", &answer), 0);
	assert_string_equal(buf_str(&answer), "You said again");
	assert_int_equal(ask(&contained, "end", &answer), -EBADMSG);
	/* One that died meanwhile is no fault of the next question. */
	assert_int_equal(ask(&contained, "third", &answer), 0);
	kill(contained.pid, SIGKILL);
	waitid(P_PID, (id_t)contained.pid, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	assert_int_equal(ask(&contained, "fourth", &answer), 0);
	contained_stop(&contained);
	buf_release(&answer);
}

static void ends_what_has_no_end(void **state)
{
	struct contained_setup setup = setup_usual();

	(void)state;
	setup.timeout_ms = 200;
	assert_int_equal(once(&setup, "spin"), -ETIMEDOUT);
	setup.timeout_ms = 60000;
	setup.limits.seconds = 1;
	assert_int_equal(once(&setup, "spin"), -ETIMEDOUT);
	assert_int_equal(once(&setup, "talk"), -EFBIG);
	assert_int_equal(once(&setup, "shout"), -EBADMSG);
}

#ifndef __SANITIZE_ADDRESS__	/* which needs more than any bound */
static void bounds_memory(void **state)
{
	struct contained_setup setup = setup_usual();

	(void)state;
	assert_int_equal(once(&setup, "eat"), -ENOMEM);
}
#endif

/* With the filter the call is not there; without it the limits or the rights are in the way. */
static void forbids(void **state)
{
	struct contained_setup setup = setup_usual();

	(void)state;
	unlink(outside);
#ifdef HAVE_LIBSECCOMP
	assert_int_equal(once(&setup, "fork"), -EPERM);
	assert_int_equal(once(&setup, "program"), -EPERM);
	assert_int_equal(once(&setup, "file"), -EPERM);
	assert_int_equal(once(&setup, "cut"), -EPERM);
	assert_int_equal(once(&setup, "connect"), -EPERM);
	assert_int_equal(once(&setup, "signal"), -EPERM);
	assert_int_equal(access(outside, F_OK), -1);
#else
	if (geteuid() == 0)
		assert_int_equal(once(&setup, "fork"), -EAGAIN);
#endif
}

/* What becomes a program has threads, but no other process. */
static void lets_programs_have_threads(void **state)
{
	struct contained_setup setup = setup_usual();

	(void)state;
	setup.limits.program = true;
	assert_int_equal(once(&setup, "thread"), 0);
#ifdef HAVE_LIBSECCOMP
	assert_int_equal(once(&setup, "fork"), -EPERM);
#endif
}

#ifdef HAVE_LIBSECCOMP
/* From here on the kernel is one that was built without filters: it knows neither call. */
static int forget_filters(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int err = filter ? 0 : -ENOMEM;

	if (!err)
		err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
				       SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
	if (!err)
		err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
	if (!err)
		err = seccomp_load(filter);
	seccomp_release(filter);
	return err;
}

/* The other limits hold there all the same. */
static void goes_on_without_filters(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		_exit(forget_filters() ? 2 : contained_filter() ? 1 : 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}
#endif

static void has_no_rights(void **state)
{
	struct contained_setup setup = setup_usual();
	struct contained contained;
	struct buf answer = BUF_INIT;

	(void)state;
	assert_int_equal(contained_start(&contained, &setup), 0);
	assert_int_equal(ask(&contained, "status", &answer), 0);
	assert_non_null(strstr(buf_str(&answer), "\nCapEff:\t0000000000000000\n"));
	assert_non_null(strstr(buf_str(&answer), "\nCapPrm:\t0000000000000000\n"));
	assert_non_null(strstr(buf_str(&answer), "\nNoNewPrivs:\t1\n"));
#ifdef HAVE_LIBSECCOMP
	assert_non_null(strstr(buf_str(&answer), "\nSeccomp:\t2\n"));
#endif
	if (geteuid() == 0)
		assert_non_null(strstr(buf_str(&answer), "\nUid:\t65534\t65534\t65534\t65534\n"));
	assert_int_equal(ask(&contained, "descriptors", &answer), 0);
	assert_string_equal(buf_str(&answer), "0 1 2 3 4 5 ");
	contained_stop(&contained);
	buf_release(&answer);
}

static void has_the_descriptor(void **state)
{
	struct contained_setup setup = setup_usual();
	struct buf answer = BUF_INIT, question = BUF_INIT;

	(void)state;
	setup.fd[0] = open("contained.given", O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(setup.fd[0] >= 0);
	assert_int_equal(write(setup.fd[0], "a given file", 12), 12);
	buf_addstr(&question, "given");
	assert_int_equal(contained_run(&setup, &question, &answer), 0);
	assert_string_equal(buf_str(&answer), "a given file");
	close(setup.fd[0]);
	unlink("contained.given");
	buf_release(&answer);
	buf_release(&question);
}

static void sees_one_directory(void **state)
{
	struct contained_setup setup = setup_usual();
	struct contained contained;
	struct buf answer = BUF_INIT;

	(void)state;
	/* Only root may shut a process in. */
	if (geteuid())
		return;
	assert_true(mkdir("contained.dir", 0755) == 0 || errno == EEXIST);
	setup.limits.dir = open("contained.dir", O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(setup.limits.dir >= 0);
	assert_int_equal(contained_start(&contained, &setup), 0);
	assert_int_equal(ask(&contained, "inside", &answer), 0);
	assert_string_equal(buf_str(&answer), "inside");
	assert_int_equal(ask(&contained, "look /", &answer), 0);
	assert_int_equal(ask(&contained, "look /proc", &answer), -ENOENT);
	assert_int_equal(ask(&contained, "look ../../../../../proc", &answer), -ENOENT);
	contained_stop(&contained);
	close(setup.limits.dir);
	rmdir("contained.dir");
	buf_release(&answer);
}

static int setup_group(void **state)
{
	*state = malloc(sizeof(size_t));
	*(size_t *)*state = count_descriptors();
	return 0;
}

/* The last: no child and no descriptor is left of all of them. */
static void leaves_nothing(void **state)
{
	size_t before = *(size_t *)*state;

	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	assert_int_equal(count_descriptors(), before);
}

static int teardown_group(void **state)
{
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(survives_a_crash),
		cmocka_unit_test(ends_what_has_no_end),
#ifndef __SANITIZE_ADDRESS__
		cmocka_unit_test(bounds_memory),
#endif
		cmocka_unit_test(forbids),
		cmocka_unit_test(lets_programs_have_threads),
#ifdef HAVE_LIBSECCOMP
		cmocka_unit_test(goes_on_without_filters),
#endif
		cmocka_unit_test(has_no_rights),
		cmocka_unit_test(has_the_descriptor),
		cmocka_unit_test(sees_one_directory),
		cmocka_unit_test(leaves_nothing),
	};

	return cmocka_run_group_tests_name("contained", tests, setup_group, teardown_group);
}
