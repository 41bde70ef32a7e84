/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "model/why.h"

/* What is unusual about the host. */
enum host { FREE, DISABLED, LOCKED, CONTAINED, USER, NO_CAP, CAGED, RESTRICTED, NO_MODULES, HOSTS };

static struct policy policy_of(enum host host)
{
	struct policy policy = {
		.modules = host == NO_MODULES ? POLICY_NO : POLICY_YES, .sig_enforce = POLICY_NO,
		.lockdown = (char *)(host == LOCKED ? "integrity" : "none"),
		.modules_disabled = host == DISABLED ? POLICY_YES : POLICY_NO,
		.dmesg_restrict = host == RESTRICTED ? POLICY_YES : POLICY_NO,
		.container = host == CONTAINED || host == CAGED ? POLICY_YES : POLICY_NO,
		.live = true, .cap_sys_module = true, .cap_syslog = true, .root = true,
	};

	if (host == USER || host == NO_CAP || host == CAGED || host == RESTRICTED) {
		policy.cap_sys_module = false;
		policy.cap_syslog = false;
		policy.root = host != USER && host != RESTRICTED;
	}
	return policy;
}

#define SYMBOL "kmt_x: Unknown symbol kmt_queue (err -2)"
#define VERSION "kmt_x: disagrees about version of symbol printk"
#define VALUE "kmt_timer: `-5' invalid for parameter `period_ms'"
#define LONG_VALUE "kmt_x: `aaaa' too large for parameter `name'"

static const struct {
	enum why_action action;
	int error;
	enum host host;
	const char *log;	/* a record, or NULL */
	enum status status;
	const char *words;	/* that the sentence must hold */
} cases[] = {
	/* errnos that the kernel keeps to itself */
	{ WHY_LOAD, 517, FREE, "x: no clock", STATUS_FAILED, "not there yet, such as a GPIO" },
	{ WHY_SET, 517, FREE, NULL, STATUS_FAILED, "not there yet, such as a GPIO" },
	{ WHY_LOAD, 524, FREE, NULL, STATUS_FAILED, "does not support" },
	{ WHY_LOAD, 512, FREE, NULL, STATUS_FAILED, "interrupted" },
	{ WHY_SET, 516, FREE, NULL, STATUS_FAILED, "interrupted" },
	{ WHY_LOAD, 515, FREE, NULL, STATUS_FAILED, "\"ENOIOCTLCMD\"" },
	{ WHY_LOAD, 518, FREE, NULL, STATUS_FAILED, "\"EOPENSTALE\"" },
	{ WHY_UNLOAD, 530, FREE, NULL, STATUS_FAILED, "\"ERECALLCONFLICT\"" },
	/* EPERM told apart */
	{ WHY_LOAD, EPERM, DISABLED, NULL, STATUS_REFUSED, "modules_disabled" },
	{ WHY_LOAD, EPERM, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_LOAD, EPERM, NO_CAP, NULL, STATUS_DENIED, "CAP_SYS_MODULE" },
	{ WHY_LOAD, EPERM, CAGED, NULL, STATUS_DENIED, "container" },
	{ WHY_LOAD, EPERM, CONTAINED, NULL, STATUS_DENIED, "container" },
	{ WHY_LOAD, EPERM, LOCKED, NULL, STATUS_REFUSED, "locked down (integrity)" },
	{ WHY_LOAD, EPERM, LOCKED, VALUE, STATUS_REFUSED, "interrupts of hardware" },
	{ WHY_LOAD, EPERM, FREE, "avc: denied", STATUS_DENIED, "\"avc: denied\"" },
	{ WHY_UNLOAD, EPERM, DISABLED, NULL, STATUS_REFUSED, "modules_disabled" },
	{ WHY_UNLOAD, EPERM, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_UNLOAD, EPERM, CONTAINED, NULL, STATUS_DENIED, "container" },
	{ WHY_UNLOAD, EPERM, LOCKED, NULL, STATUS_DENIED, "security policy" },
	{ WHY_SET, EPERM, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_SET, EPERM, LOCKED, NULL, STATUS_REFUSED, "locked down (integrity)" },
	{ WHY_SET, EPERM, CONTAINED, NULL, STATUS_DENIED, "container" },
	{ WHY_SET, EPERM, FREE, NULL, STATUS_DENIED, "even for root" },
	{ WHY_SET, EPERM, DISABLED, NULL, STATUS_DENIED, "even for root" },
	{ WHY_READ, EPERM, RESTRICTED, NULL, STATUS_DENIED, "dmesg_restrict" },
	{ WHY_READ, EPERM, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_LOAD, EACCES, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_UNLOAD, EACCES, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_SET, EACCES, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_SET, EACCES, FREE, NULL, STATUS_DENIED, "when loading" },
	{ WHY_READ, EACCES, USER, NULL, STATUS_DENIED, "sudo" },
	{ WHY_SET, EROFS, CONTAINED, NULL, STATUS_DENIED, "read-only" },
	{ WHY_LOAD, EROFS, FREE, NULL, STATUS_DENIED, "read-only" },
	/* signature and format */
	{ WHY_LOAD, EKEYREJECTED, FREE, NULL, STATUS_REFUSED, "sign it" },
	{ WHY_LOAD, ENOKEY, FREE, NULL, STATUS_REFUSED, "mokutil" },
	{ WHY_LOAD, ENODATA, FREE, NULL, STATUS_REFUSED, "no signature" },
	{ WHY_LOAD, ENOPKG, FREE, NULL, STATUS_REFUSED, "hash" },
	{ WHY_LOAD, EBADMSG, FREE, NULL, STATUS_REFUSED, "damaged" },
	{ WHY_LOAD, ENOEXEC, FREE, NULL, STATUS_REFUSED, "no module for this kernel" },
	{ WHY_READ, ENOEXEC, FREE, NULL, STATUS_REFUSED, "no kernel module" },
	{ WHY_LOAD, ENOENT, FREE, SYMBOL, STATUS_REFUSED, SYMBOL },
	{ WHY_LOAD, EINVAL, FREE, "x: Unknown symbol f (err -22)", STATUS_REFUSED, "exactly this" },
	{ WHY_LOAD, EINVAL, FREE, VERSION, STATUS_REFUSED, VERSION },
	{ WHY_UNLOAD, ENOSYS, FREE, NULL, STATUS_REFUSED, "without the unloading" },
	{ WHY_LOAD, ENOSYS, FREE, NULL, STATUS_REFUSED, "without loadable modules" },
	{ WHY_LOAD, ENOENT, NO_MODULES, NULL, STATUS_REFUSED, "no loadable modules" },
	/* not there, there already */
	{ WHY_LOAD, ENOENT, FREE, NULL, STATUS_NOT_FOUND, "depmod" },
	{ WHY_LOAD, ENOENT, FREE, "x: Unknown parameter `y'", STATUS_USAGE, "no such parameter" },
	{ WHY_UNLOAD, ENOENT, FREE, NULL, STATUS_DONE, "not loaded" },
	{ WHY_SET, ENOENT, FREE, NULL, STATUS_NOT_FOUND, "parameter" },
	{ WHY_READ, ENOENT, FREE, NULL, STATUS_NOT_FOUND, "check the name" },
	{ WHY_LOAD, ENOTDIR, FREE, NULL, STATUS_NOT_FOUND, "path" },
	{ WHY_READ, EISDIR, FREE, NULL, STATUS_NOT_FOUND, "directory" },
	{ WHY_READ, ELOOP, FREE, NULL, STATUS_FAILED, "circle" },
	{ WHY_LOAD, EEXIST, FREE, NULL, STATUS_DONE, "already loaded" },
	{ WHY_LOAD, EEXIST, FREE, SYMBOL, STATUS_DONE, "already loaded" },
	/* in use, too slow */
	{ WHY_UNLOAD, EBUSY, FREE, NULL, STATUS_BUSY, "made to stay" },
	{ WHY_UNLOAD, EAGAIN, FREE, NULL, STATUS_BUSY, "open file" },
	{ WHY_UNLOAD, EWOULDBLOCK, FREE, NULL, STATUS_BUSY, "open file" },
	{ WHY_LOAD, EBUSY, FREE, NULL, STATUS_BUSY, "taken by another" },
	{ WHY_LOAD, ETXTBSY, FREE, NULL, STATUS_BUSY, "being written" },
	{ WHY_SET, EBUSY, FREE, NULL, STATUS_BUSY, "busy" },
	{ WHY_READ, EBUSY, FREE, NULL, STATUS_BUSY, "in use" },
	{ WHY_LOAD, EAGAIN, FREE, NULL, STATUS_BUSY, "try again" },
	{ WHY_SET, ETIMEDOUT, FREE, NULL, STATUS_BUSY, "may still go on" },
	{ WHY_UNLOAD, ETIMEDOUT, FREE, NULL, STATUS_BUSY, "may still go on" },
	{ WHY_LOAD, EINTR, FREE, NULL, STATUS_FAILED, "interrupted" },
	/* what was given with it */
	{ WHY_LOAD, EINVAL, FREE, VALUE, STATUS_USAGE, VALUE },
	{ WHY_LOAD, EINVAL, FREE, "x: cpu 9 is not there", STATUS_FAILED, "cpu 9 is not there" },
	{ WHY_LOAD, EINVAL, FREE, NULL, STATUS_FAILED, "init function" },
	{ WHY_SET, EINVAL, FREE, NULL, STATUS_USAGE, "does not take this value" },
	{ WHY_LOAD, ERANGE, FREE, VALUE, STATUS_USAGE, "out of the range" },
	{ WHY_SET, ERANGE, FREE, NULL, STATUS_USAGE, "out of the range" },
	{ WHY_LOAD, ENOSPC, FREE, LONG_VALUE, STATUS_USAGE, "too long" },
	{ WHY_LOAD, ENOSPC, FREE, NULL, STATUS_FAILED, "No space" },
	{ WHY_SET, ENOSPC, FREE, NULL, STATUS_USAGE, "too long" },
	{ WHY_LOAD, E2BIG, FREE, NULL, STATUS_USAGE, "too long" },
	{ WHY_LOAD, ENOTSUP, FREE, NULL, STATUS_FAILED, "install line" },
	{ WHY_SET, EOPNOTSUPP, FREE, NULL, STATUS_FAILED, "while it is loaded" },
	/* the machine */
	{ WHY_LOAD, ENODEV, FREE, "kmt_x: no device", STATUS_FAILED, "\"kmt_x: no device\"" },
	{ WHY_LOAD, ENXIO, FREE, NULL, STATUS_FAILED, "no such device" },
	{ WHY_SET, ENODEV, FREE, NULL, STATUS_FAILED, "device" },
	{ WHY_LOAD, ENOMEM, FREE, NULL, STATUS_FAILED, "memory" },
	{ WHY_READ, EFBIG, FREE, NULL, STATUS_REFUSED, "too large" },
	{ WHY_READ, EBADMSG, FREE, NULL, STATUS_REFUSED, "crashed" },
	{ WHY_LOAD, ELIBACC, FREE, NULL, STATUS_FAILED, "unpack" },
	{ WHY_READ, EIO, FREE, NULL, STATUS_FAILED, "disk" },
	/* whatever else */
	{ WHY_LOAD, EPROTO, FREE, "more", STATUS_FAILED, "Protocol error\": the kernel log may" },
	{ WHY_UNLOAD, EPROTO, FREE, NULL, STATUS_FAILED, "not unloaded" },
	{ WHY_SET, EPROTO, FREE, NULL, STATUS_FAILED, "not set" },
	{ WHY_READ, EPROTO, FREE, NULL, STATUS_FAILED, "can not be read" },
	{ WHY_LOAD, 4711, FREE, NULL, STATUS_FAILED, "4711" },
};

static void every_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct policy policy = policy_of(cases[i].host);
		struct why_case c = {
			.action = cases[i].action, .error = cases[i].error, .log = cases[i].log,
		};
		char *sentence = why_sentence(&c, &policy);

		if (!strstr(sentence, cases[i].words))
			fail_msg("case %zu, \"%s\" is not in: %s", i, cases[i].words, sentence);
		if (why_status(&c, &policy) != cases[i].status)
			fail_msg("case %zu, status %d: %s", i, why_status(&c, &policy), sentence);
		free(sentence);
	}
}

static void check(const struct why_case *c, enum status status, const char *expected)
{
	struct policy policy = policy_of(FREE);
	char *sentence = why_sentence(c, &policy);

	assert_string_equal(sentence, expected);
	assert_int_equal(why_status(c, &policy), status);
	free(sentence);
}

static void both_vermagics(void **state)
{
	struct why_case c = {
		.action = WHY_LOAD, .error = ENOEXEC, .vermagic = "5.10.0 SMP mod_unload ",
		.kernel_vermagic = "6.1.0 SMP preempt mod_unload ",
	};
	struct policy policy = policy_of(FREE);
	char *sentence;

	(void)state;
	check(&c, STATUS_REFUSED, "The module was built for another kernel: it says "
	      "\"5.10.0 SMP mod_unload \", this kernel says \"6.1.0 SMP preempt mod_unload \".  "
	      "Build or install it for this kernel.");
	c.vermagic = c.kernel_vermagic;		/* the same: that is not the reason */
	sentence = why_sentence(&c, &policy);
	assert_null(strstr(sentence, "6.1.0"));
	assert_int_equal(why_status(&c, &policy), STATUS_REFUSED);
	free(sentence);
}

static void names_the_users(void **state)
{
	struct why_case c = { .action = WHY_UNLOAD, .error = EAGAIN, .users = "kvm_amd, vhost" };

	(void)state;
	check(&c, STATUS_BUSY, "It is in use by kvm_amd, vhost: unload that first, or unload it "
	      "together with its users.");
	c.error = EBUSY;
	check(&c, STATUS_BUSY, "It is in use by kvm_amd, vhost: unload that first, or unload it "
	      "together with its users.");
	c.users = "";
	c.error = EAGAIN;
	check(&c, STATUS_BUSY, "It is in use by an open file, a mount, a device or the kernel: "
	      "stop what uses it, and try again.");
}

/* What the log says is quoted where it helps, and only there. */
static void quotes_the_log(void **state)
{
	struct why_case c = {
		.action = WHY_SET, .error = EINVAL, .log = "kmt_timer: 0 ms is no period",
	};

	(void)state;
	check(&c, STATUS_USAGE, "The module does not take this value: see the parameter's type and "
	      "description. The kernel log says: \"kmt_timer: 0 ms is no period\"");
	c.action = WHY_LOAD;
	c.error = EEXIST;
	check(&c, STATUS_DONE, "It is already loaded: there was nothing to do.");
	c.error = ENOMEM;
	c.log = "";
	check(&c, STATUS_FAILED, "The kernel has not enough memory for this: free some, and try "
	      "again.");
}

/* Every errno, tried with everything, on every host: a whole sentence and a status. */
static void always_a_sentence(void **state)
{
	(void)state;
	for (int i = 0; i < (WHY_READ + 1) * HOSTS * 200; i++) {
		struct why_case c = { .action = (enum why_action)(i % 4), .error = i / 4 % 200 };
		struct policy policy = policy_of((enum host)(i / 800));
		char *sentence = why_sentence(&c, &policy);

		assert_true(isupper((unsigned char)sentence[0]));
		assert_int_equal(sentence[strlen(sentence) - 1], '.');
		assert_true(why_status(&c, &policy) <= STATUS_REFUSED);
		free(sentence);
	}
}

static void what_took_too_long(void **state)
{
	struct policy policy = policy_of(FREE);
	struct why_case why = { .action = WHY_UNLOAD, .error = ETIMEDOUT };
	static const char *const words[] = {
		[WHY_IN_TIME] = "may still go on", [WHY_STOPPED] = "was stopped", [WHY_HANGS] = "still hangs",
	};
	char *sentence;

	(void)state;
	for (why.late = WHY_IN_TIME; why.late <= WHY_HANGS; why.late++) {
		sentence = why_sentence(&why, &policy);
		assert_non_null(strstr(sentence, words[why.late]));
		assert_int_equal(why_status(&why, &policy), STATUS_BUSY);
		free(sentence);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_took_too_long),
		cmocka_unit_test(every_case),
		cmocka_unit_test(both_vermagics),
		cmocka_unit_test(names_the_users),
		cmocka_unit_test(quotes_the_log),
		cmocka_unit_test(always_a_sentence),
	};

	return cmocka_run_group_tests_name("why", tests, NULL, NULL);
}
