/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The system calls a parser needs; all others fail with EPERM. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "kernel/contained.h"

#ifdef HAVE_LIBSECCOMP
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/util.h"

/* With any arguments.  Nothing here makes a process, a socket, a name in the file system or a signal. */
static const int calls[] = {
	SCMP_SYS(access), SCMP_SYS(brk), SCMP_SYS(clock_gettime), SCMP_SYS(close), SCMP_SYS(dup),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(fcntl),
	SCMP_SYS(fcntl64), SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(fstatat64), SCMP_SYS(futex),
	SCMP_SYS(getcwd), SCMP_SYS(getdents), SCMP_SYS(getdents64), SCMP_SYS(getegid), SCMP_SYS(geteuid),
	SCMP_SYS(getgid), SCMP_SYS(getpid), SCMP_SYS(getrandom), SCMP_SYS(getrlimit), SCMP_SYS(gettid),
	SCMP_SYS(gettimeofday), SCMP_SYS(getuid), SCMP_SYS(lseek), SCMP_SYS(lstat), SCMP_SYS(lstat64),
	SCMP_SYS(madvise), SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect), SCMP_SYS(mremap),
	SCMP_SYS(munmap), SCMP_SYS(newfstatat), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(pread64),
	SCMP_SYS(read), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(readv), SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg), SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sched_yield), SCMP_SYS(sendmsg), SCMP_SYS(sendto),
	SCMP_SYS(sigaltstack), SCMP_SYS(stat), SCMP_SYS(stat64), SCMP_SYS(statx), SCMP_SYS(uname),
	SCMP_SYS(write), SCMP_SYS(writev),
};

/* A file can be opened, but not so that it changes. */
static int allow_reading(scmp_filter_ctx filter)
{
	const scmp_datum_t flags = O_ACCMODE | O_CREAT | O_TRUNC;
	int err;

	err = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
			       SCMP_A2(SCMP_CMP_MASKED_EQ, flags, O_RDONLY));
	if (err >= 0)
		err = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
				       SCMP_A1(SCMP_CMP_MASKED_EQ, flags, O_RDONLY));
	/* abort() is a signal to oneself. */
	if (err >= 0)
		err = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	return err;
}

/* A kernel that has filters misses this one; one built without them, as for debugging, does not know the mode. */
static bool kernel_filters(void)
{
	return !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) || errno != EINVAL;
}

static int load_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int err = filter ? 0 : -ENOMEM;
	size_t i;

	/* A call that this architecture does not have is none to allow. */
	for (i = 0; i < ARRAY_SIZE(calls) && err >= 0; i++)
		if (calls[i] >= 0)
			err = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	if (err >= 0)
		err = allow_reading(filter);
	if (err >= 0)
		err = seccomp_load(filter);
	seccomp_release(filter);
	return err < 0 ? err : 0;
}

int contained_filter(void)
{
	return kernel_filters() ? load_filter() : 0;
}

/* The flags of clone() come second there. */
#ifdef __s390x__
#define CLONE_FLAGS SCMP_A1
#else
#define CLONE_FLAGS SCMP_A0
#endif

/* clone3() keeps its flags where no filter sees them; a libc that is told there is none takes clone(). */
static int load_program_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	const int forks[] = { SCMP_SYS(fork), SCMP_SYS(vfork) };
	int err = filter ? 0 : -ENOMEM;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forks) && err >= 0; i++)
		if (forks[i] >= 0)
			err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forks[i], 0);
	if (err >= 0)
		err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
				       CLONE_FLAGS(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	if (err >= 0)
		err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	if (err >= 0)
		err = seccomp_load(filter);
	seccomp_release(filter);
	return err < 0 ? err : 0;
}

int contained_filter_program(void)
{
	return kernel_filters() ? load_program_filter() : 0;
}
#else
int contained_filter_program(void)
{
	return 0;
}

int contained_filter(void)
{
	return 0;
}
#endif
