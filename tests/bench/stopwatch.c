/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A terminal with a stop-watch: runs a full-screen program on a terminal of its own and measures
 * from outside, by what reaches the terminal, so any program can be put beside any other.
 *
 *	stopwatch start SIZE RUNS TEXT COMMAND...	until TEXT is on the screen the first time
 *	stopwatch idle SIZE SECONDS COMMAND...		what it costs to do nothing
 *	stopwatch keys SIZE COUNT KEY COMMAND...	until the screen answers a key
 *	stopwatch early SIZE COUNT KEY COMMAND...	the same from the first screen on, not waiting
 *							for what it does in the background
 *	stopwatch log SIZE COUNT COMMAND...		until a kernel log record is on the screen
 *	stopwatch kernel SIZE COUNT FILE NAME PARAMETER COMMAND...
 *							the same, with a record of the kernel's own:
 *							the module of that file says its parameter
 *	stopwatch module SIZE COUNT FILE NAME TEXT COMMAND...
 *							until TEXT comes, after the module of that
 *							file was loaded; KEYS are typed before
 *	stopwatch flood SIZE COUNT COMMAND...		until the console answers a key while so many
 *							records are written to the kernel's log
 *
 * SIZE is COLUMNSxROWS.  One line of figures comes out:
 *	start	median in us; median CPU in us until it rests; median peak memory in KiB, without its children; the
 *		quickest in us, which on a busy machine is nearest to the truth
 *	idle	CPU in us; seconds; children; how often it woke up; CPU of ended children in us
 *	keys	median in us; the 99th percentile; CPU in us for each key
 *	log	median in us; the longest
 *	kernel, module	the same; "never" when it did not come in five seconds
 *	flood	median in us; the 99th percentile; keys; what the console says of the log at the end;
 *		records the kernel counted; memory in KiB before; and after; seconds of writing; the
 *		median before it
 *
 * From the environment: READY, a text of the first full screen (F10); REST, how many seconds a program gets
 * to come to rest that never does: it is measured as it is then.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "median.h"

#define QUIET_MS 10		/* a screen that says nothing for so long has been drawn */
#define GIVE_UP_MS 20000
#define REST_MS 300000		/* an emulated machine reads many files slowly */
#define MARK_LEN 12

struct session {
	pid_t pid;
	int fd;
	char seen[1 << 16];	/* the newest output; a text is looked for here */
	size_t n;
};

static struct session session;
static struct winsize window;

static unsigned long long number(uint64_t n)
{
	return (unsigned long long)n;
}

static void session_start(char **argv)
{
	session.n = 0;
	session.pid = forkpty(&session.fd, NULL, NULL, &window);
	if (session.pid < 0) {
		perror("stopwatch: forkpty");
		exit(1);
	}
	if (session.pid)
		return;
	setenv("TERM", "xterm", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	execvp(argv[0], argv);
	_exit(127);
}

static void session_end(void)
{
	kill(session.pid, SIGTERM);
	while (waitpid(session.pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(session.fd);
}

static uint64_t cpu_us(pid_t pid)
{
	struct timespec t = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &t))
		return 0;
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* CPU of the program alone, without its children. */
static uint64_t session_cpu_us(void)
{
	return cpu_us(session.pid);
}

/* Keeps the newest half when the buffer is full. */
static void make_room(void)
{
	size_t half = sizeof(session.seen) / 2;

	if (session.n < half)
		return;
	memmove(session.seen, session.seen + session.n - half / 2, half / 2);
	session.n = half / 2;
}

/* Waits for output so long: 1 there was some, 0 none, -1 the program has ended. */
static int session_read(int ms)
{
	struct pollfd fd = { session.fd, POLLIN, 0 };
	ssize_t got;

	if (poll(&fd, 1, ms) <= 0)
		return 0;
	make_room();
	got = read(session.fd, session.seen + session.n, sizeof(session.seen) / 2);
	if (got <= 0)
		return -1;
	session.n += (size_t)got;
	return 1;
}

static void need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "stopwatch: %s\n", what);
	kill(session.pid, SIGKILL);
	exit(1);
}

/* When @text had come. */
static uint64_t await_text(const char *text)
{
	uint64_t end = util_now_ms() + GIVE_UP_MS;

	while (!memmem(session.seen, session.n, text, strlen(text))) {
		need(session_read(GIVE_UP_MS) > 0, "the program ended or said nothing");
		need(util_now_ms() < end, "what should come to the screen did not");
	}
	return util_now_us();
}

/* The number behind @key in the program's status. */
static uint64_t proc_number(const char *file, const char *key)
{
	char path[64], text[8192], *at;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)session.pid, file);
	f = fopen(path, "r");
	n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
	text[n] = '\0';
	if (f)
		fclose(f);
	at = strstr(text, key);
	return at ? strtoull(at + strlen(key), NULL, 10) : 0;
}

/* The pids of its children, blanks between them. */
static void children_list(char *text, size_t size)
{
	char path[64];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)session.pid, (int)session.pid);
	f = fopen(path, "r");
	n = f ? fread(text, 1, size - 1, f) : 0;
	text[n] = '\0';
	if (f)
		fclose(f);
}

/* CPU of the program and of the children it has now. */
static uint64_t family_cpu_us(void)
{
	uint64_t sum = cpu_us(session.pid);
	char text[8192], *word, *save;

	children_list(text, sizeof(text));
	for (word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save))
		sum += cpu_us((pid_t)atoi(word));
	return sum;
}

/* Until it neither writes nor computes any more, nor does a child of its. */
static void settle(void)
{
	const char *rest = getenv("REST");
	uint64_t end = util_now_ms() + (rest ? strtoull(rest, NULL, 10) * 1000 : REST_MS), cpu;

	do {
		cpu = family_cpu_us();
		while (session_read(300) > 0 && util_now_ms() < end)
			;
		need(rest || util_now_ms() < end, "the program does not come to rest");
		/* One that ended makes it less. */
	} while (family_cpu_us() - cpu > 3000 && util_now_ms() < end);
	session.n = 0;
}

static int measure_start(int n, char **argv)
{
	uint64_t *wall = xcalloc((size_t)n, sizeof(*wall)), *cpu = xcalloc((size_t)n, sizeof(*cpu));
	uint64_t *rss = xcalloc((size_t)n, sizeof(*rss)), start;
	int i;

	for (i = 0; i < n; i++) {
		start = util_now_us();
		session_start(argv + 1);
		wall[i] = await_text(argv[0]) - start;
		settle();
		cpu[i] = session_cpu_us();
		rss[i] = proc_number("status", "\nVmHWM:");
		session_end();
	}
	printf("%llu %llu %llu %llu\n", number(median(wall, (size_t)n)), number(median(cpu, (size_t)n)),
	       number(median(rss, (size_t)n)), number(percentile(wall, (size_t)n, 0)));
	free(wall);
	free(cpu);
	free(rss);
	return 0;
}

/* Children that have come and gone leave their page faults behind in the 11th field of stat. */
static uint64_t children(void)
{
	char path[64], text[1024], *at;
	uint64_t now = 0, faults = 0;
	char list[8192], *word, *save;
	FILE *f;

	children_list(list, sizeof(list));
	for (word = strtok_r(list, " ", &save); word; word = strtok_r(NULL, " ", &save))
		now++;
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)session.pid);
	f = fopen(path, "r");
	if (f && fgets(text, sizeof(text), f) && (at = strrchr(text, ')')))
		sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %llu", (unsigned long long *)&faults);
	if (f)
		fclose(f);
	return now + (faults > 0);
}

/* CPU of the children that were waited for: the kernel counts it in ticks of 1/100 s. */
static uint64_t children_cpu_us(void)
{
	unsigned long user = 0, kernel = 0;
	char path[64], text[1024], *at;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)session.pid);
	f = fopen(path, "r");
	if (f && fgets(text, sizeof(text), f) && (at = strrchr(text, ')')))
		sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
	if (f)
		fclose(f);
	return (user + kernel) * 10000;
}

static uint64_t wakeups(void)
{
	return proc_number("status", "\nvoluntary_ctxt_switches:");
}

static int measure_idle(int seconds, char **argv)
{
	uint64_t cpu, theirs, woke, end;

	session_start(argv);
	settle();
	woke = wakeups();
	cpu = session_cpu_us();
	theirs = children_cpu_us();
	for (end = util_now_ms() + (uint64_t)seconds * 1000; util_now_ms() < end;)
		need(session_read((int)(end - util_now_ms())) >= 0, "the program ended");
	printf("%llu %d %llu %llu %llu\n", number(session_cpu_us() - cpu), seconds, number(children()),
	       number(wakeups() - woke), number(children_cpu_us() - theirs));
	session_end();
	return 0;
}

static const char *ready(void)
{
	const char *text = getenv("READY");

	return text ? text : "F10";
}

static uint64_t press(const char *key)
{
	uint64_t start = util_now_us(), last;

	need(write(session.fd, key, strlen(key)) > 0, "the terminal takes no key");
	need(session_read(2000) > 0, "the screen does not answer a key");
	do {
		last = util_now_us();
	} while (session_read(QUIET_MS) > 0);
	return last - start;
}

static int measure_keys(int n, char **argv, bool rest)
{
	uint64_t *wall = xcalloc((size_t)n, sizeof(*wall)), cpu;
	const char *key = argv[0];
	int i;

	session_start(argv + 1);
	await_text(ready());
	if (rest)
		settle();
	cpu = session_cpu_us();
	for (i = 0; i < n; i++)
		wall[i] = press(key);
	cpu = session_cpu_us() - cpu;
	printf("%llu %llu %llu\n", number(median(wall, (size_t)n)),
	       number(percentile(wall, (size_t)n, 99)), number(cpu / (unsigned)n));
	session_end();
	free(wall);
	return 0;
}

/* No two in a row share a letter at any place, so that a screen has to send all of it. */
static void make_mark(char mark[MARK_LEN + 1], int i)
{
	int k;

	for (k = 0; k < MARK_LEN; k++)
		mark[k] = (char)('A' + (i + 2 * k) % 26);
	mark[MARK_LEN] = '\0';
}

/* So long, and not in step with anything the program does once a second. */
static void pass(int ms)
{
	uint64_t end = util_now_ms() + (uint64_t)ms;

	while (util_now_ms() < end)
		session_read(10);
}

static uint64_t log_once(int kmsg, int i)
{
	char mark[MARK_LEN + 1], record[64];
	uint64_t start;

	make_mark(mark, i);
	snprintf(record, sizeof(record), "<4>bench: %s\n", mark);
	session.n = 0;
	start = util_now_us();
	need(write(kmsg, record, strlen(record)) > 0, "the kernel's log takes no record");
	return await_text(mark) - start;
}

static int measure_log(int n, char **argv)
{
	uint64_t *wall = xcalloc((size_t)n, sizeof(*wall));
	int kmsg = open("/dev/kmsg", O_WRONLY), i;

	session_start(argv);
	need(kmsg >= 0, "the kernel's log can not be opened");
	settle();
	for (i = 0; i < n; i++) {
		wall[i] = log_once(kmsg, i);
		pass(100 + i * 37 % 90);
	}
	printf("%llu %llu\n", number(median(wall, (size_t)n)), number(percentile(wall, (size_t)n, 100)));
	session_end();
	close(kmsg);
	free(wall);
	return 0;
}

/* Whether @text comes within so long. */
static bool comes(const char *text, int ms)
{
	uint64_t end = util_now_ms() + (uint64_t)ms;

	while (!memmem(session.seen, session.n, text, strlen(text))) {
		if (util_now_ms() >= end)
			return false;
		need(session_read(10) >= 0, "the program ended");
	}
	return true;
}

static void type_keys(const char *keys)
{
	if (!keys)
		return;
	need(write(session.fd, keys, strlen(keys)) > 0, "the terminal takes no key");
	settle();
}

/* Loads @file and waits for @text.  In us; 0: never. */
static uint64_t load_once(char **argv, const char *params, const char *text, int i)
{
	uint64_t start, end;
	bool came;
	int fd = open(argv[0], O_RDONLY);

	session.n = 0;
	start = util_now_us();
	need(fd >= 0 && !syscall(SYS_finit_module, fd, params, 0), "the module can not be loaded");
	close(fd);
	came = comes(text, 5000);
	end = util_now_us();
	need(!syscall(SYS_delete_module, argv[1], O_NONBLOCK), "the module can not be unloaded");
	pass(1200 + i * 37 % 90);
	return came ? end - start : 0;
}

/* argv: FILE NAME TEXT */
static uint64_t module_once(char **argv, int i)
{
	return load_once(argv, "", argv[2], i);
}

/* argv: FILE NAME PARAMETER */
static uint64_t kernel_once(char **argv, int i)
{
	char mark[MARK_LEN + 1], params[64];

	make_mark(mark, i);
	snprintf(params, sizeof(params), "%s=%s", argv[2], mark);
	return load_once(argv, params, mark, i);
}

static int measure_load(int n, char **argv, uint64_t (*once)(char **argv, int i))
{
	uint64_t *wall = xcalloc((size_t)n, sizeof(*wall));
	bool never = false;
	int i;

	session_start(argv + 3);
	await_text(ready());
	settle();
	type_keys(getenv("KEYS"));
	for (i = 0; i < n && !never; i++)
		never = !(wall[i] = once(argv, i));
	if (never)
		puts("never never");
	else
		printf("%llu %llu\n", number(median(wall, (size_t)n)),
		       number(percentile(wall, (size_t)n, 100)));
	session_end();
	free(wall);
	return 0;
}

#define FLOOD_KEYS 100000
#define CALM_KEYS 21

/* The writer, as fast as the kernel takes it. */
static pid_t flood_start(int kmsg, int n)
{
	pid_t pid = fork();
	char text[64];
	int i;

	if (pid)
		return pid;
	for (i = 0; i < n; i++) {
		int len = snprintf(text, sizeof(text), "<14>flood: %d of %d\n", i + 1, n);

		if (write(kmsg, text, (size_t)len) != len)
			_exit(1);
	}
	_exit(0);
}

/* Help opens and closes; what counts is until it is there. */
static uint64_t flood_key(void)
{
	uint64_t start, took;

	session.n = 0;
	start = util_now_us();
	need(write(session.fd, "?", 1) > 0, "the terminal takes no key");
	took = await_text("Esc closes") - start;
	need(write(session.fd, "q", 1) > 0, "the terminal takes no key");
	for (start = util_now_ms() + 50; util_now_ms() < start;)
		session_read(10);
	return took;
}

/* The kernel's number of the oldest record it has, or of the newest. */
static uint64_t flood_number(bool newest)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	unsigned long long seq = 0;
	char text[8192];
	ssize_t got;

	while ((got = read(fd, text, sizeof(text) - 1)) > 0 || (got < 0 && errno == EPIPE)) {
		text[MAX(got, 0)] = '\0';
		sscanf(text, "%*u,%llu", &seq);
		if (!newest && got > 0)
			break;
	}
	close(fd);
	return seq;
}

/* "the last 10000 of 1000123 records, 456 lost" as it stands at the foot of the log. */
static void flood_told(unsigned long long *told, unsigned long long *lost)
{
	char *at, *end = session.seen + session.n;

	settle();
	need(write(session.fd, "\f", 1) > 0, "the terminal takes no key");
	while (session_read(500) > 0)
		;
	at = memmem(session.seen, session.n, "the last ", 9);
	need(at && end - at > 60, "the foot of the log was not found");
	*end = '\0';
	need(sscanf(at, "the last %*u of %llu records, %llu lost", told, lost) == 2,
	     "the foot of the log has other words");
}

static int measure_flood(int n, char **argv)
{
	uint64_t *wall = xcalloc(FLOOD_KEYS, sizeof(*wall)), before, after, first, start, calm;
	int kmsg = open("/dev/kmsg", O_WRONLY), status = 0;
	unsigned long long told = 0, lost = 0;
	size_t keys = 0;
	pid_t writer;

	need(kmsg >= 0, "the kernel's log can not be opened");
	first = flood_number(false);
	session_start(argv);
	settle();
	while (keys < CALM_KEYS)
		wall[keys++] = flood_key();
	calm = median(wall, keys);
	keys = 0;
	before = proc_number("status", "\nVmRSS:");
	start = util_now_ms();
	writer = flood_start(kmsg, n);
	while (!waitpid(writer, &status, WNOHANG) && keys < FLOOD_KEYS)
		wall[keys++] = flood_key();
	start = util_now_ms() - start;
	need(!status, "the kernel's log took not all");
	flood_told(&told, &lost);
	after = proc_number("status", "\nVmRSS:");
	printf("%llu %llu %zu %llu %llu %llu %llu %llu %llu %llu\n", number(median(wall, keys)),
	       number(percentile(wall, keys, 99)), keys, told, lost, number(flood_number(true) + 1 - first),
	       number(before), number(after), number(start / 1000), number(calm));
	session_end();
	close(kmsg);
	free(wall);
	return 0;
}

int main(int argc, char **argv)
{
	int n = argc > 4 ? atoi(argv[3]) : 0;

	if (n <= 0 || sscanf(argv[2], "%hux%hu", &window.ws_col, &window.ws_row) != 2)
		return 2;
	if (!strcmp(argv[1], "idle"))
		return measure_idle(n, argv + 4);
	if (!strcmp(argv[1], "flood"))
		return measure_flood(n, argv + 4);
	if (!strcmp(argv[1], "log"))
		return measure_log(n, argv + 4);
	if (argc < 6)
		return 2;
	if (!strcmp(argv[1], "start"))
		return measure_start(n, argv + 4);
	if (!strcmp(argv[1], "keys"))
		return measure_keys(n, argv + 4, true);
	if (!strcmp(argv[1], "module") && argc > 7)
		return measure_load(n, argv + 4, module_once);
	if (!strcmp(argv[1], "kernel") && argc > 7)
		return measure_load(n, argv + 4, kernel_once);
	if (!strcmp(argv[1], "early"))
		return measure_keys(n, argv + 4, false);
	return 2;
}
