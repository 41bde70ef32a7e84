/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One table: the first row that fits what was tried, the errno and the circumstances gives the
 * sentence and the exit status.  A row that tells errors apart stands above the plain one.
 */
#include "model/why.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "model/kerrno.h"

#define LOAD (1u << WHY_LOAD)
#define UNLOAD (1u << WHY_UNLOAD)
#define SET (1u << WHY_SET)
#define READ (1u << WHY_READ)
#define CHANGE (LOAD | UNLOAD | SET)
#define ANY (CHANGE | READ)

struct row {
	unsigned actions;
	int error;		/* 0: any */
	bool (*when)(const struct why_case *c, const struct policy *policy);	/* NULL: always */
	enum status status;
	bool quote;		/* the log record says more than we can */
	void (*build)(const struct why_case *c, const struct policy *policy, struct buf *out);
	const char *text;	/* N_(); NULL: build makes it */
};

static bool disabled(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return policy->modules_disabled == POLICY_YES;
}

static bool no_modules(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return policy->modules == POLICY_NO;
}

static bool container(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return policy->container == POLICY_YES;
}

static bool powerless(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return !policy->cap_sys_module;
}

static bool powerless_container(const struct why_case *c, const struct policy *policy)
{
	return powerless(c, policy) && container(c, policy);
}

static bool root(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return policy->root;
}

static bool powerless_root(const struct why_case *c, const struct policy *policy)
{
	return powerless(c, policy) && root(c, policy);
}

static bool locked_down(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return policy->lockdown && strcmp(policy->lockdown, "none") != 0;
}

static bool log_hidden(const struct why_case *c, const struct policy *policy)
{
	(void)c;
	return policy->dmesg_restrict == POLICY_YES && !policy->cap_syslog;
}

static bool log_has(const struct why_case *c, const char *words)
{
	return c->log && strcasestr(c->log, words);
}

static bool unknown_symbol(const struct why_case *c, const struct policy *policy)
{
	(void)policy;
	return log_has(c, "unknown symbol");
}

static bool other_symbol(const struct why_case *c, const struct policy *policy)
{
	(void)policy;
	return log_has(c, "disagrees about version of symbol");
}

static bool bad_parameter(const struct why_case *c, const struct policy *policy)
{
	(void)policy;
	return log_has(c, "for parameter") || log_has(c, "unknown parameter");
}

static bool locked_parameter(const struct why_case *c, const struct policy *policy)
{
	return locked_down(c, policy) && bad_parameter(c, policy);
}

static bool other_vermagic(const struct why_case *c, const struct policy *policy)
{
	(void)policy;
	return c->vermagic && c->kernel_vermagic && strcmp(c->vermagic, c->kernel_vermagic) != 0;
}

static bool users_known(const struct why_case *c, const struct policy *policy)
{
	(void)policy;
	return c->users && *c->users;
}

static void say_lockdown(const struct why_case *c, const struct policy *policy, struct buf *out)
{
	(void)c;
	buf_printf(out, _("The kernel is locked down (%s) and takes only modules signed with a "
			  "key it trusts: sign the module, or start without lockdown (Secure "
			  "Boot)."), policy->lockdown);
}

static void say_lockdown_set(const struct why_case *c, const struct policy *policy, struct buf *out)
{
	(void)c;
	buf_printf(out, _("The kernel is locked down (%s) and keeps this parameter as it is: start "
			  "without lockdown (Secure Boot) to change it."), policy->lockdown);
}

static void say_vermagic(const struct why_case *c, const struct policy *policy, struct buf *out)
{
	(void)policy;
	buf_printf(out, _("The module was built for another kernel: it says \"%s\", this kernel "
			  "says \"%s\".  Build or install it for this kernel."),
		   c->vermagic, c->kernel_vermagic);
}

static void say_users(const struct why_case *c, const struct policy *policy, struct buf *out)
{
	(void)policy;
	buf_printf(out, _("It is in use by %s: unload that first, or unload it together with its "
			  "users."), c->users);
}

/* What no row knows better: the answer as it is. */
static void say_answer(const struct why_case *c, const struct policy *policy, struct buf *out)
{
	static const char *const texts[] = {
		[WHY_LOAD] = N_("It was not loaded, the kernel or the module answered \"%s\": the kernel log may tell more."),
		[WHY_UNLOAD] = N_("It was not unloaded, the kernel answered \"%s\": the kernel log may tell more."),
		[WHY_SET] = N_("The parameter was not set, the module answered \"%s\": see its value and the kernel log."),
		[WHY_READ] = N_("It can not be read, the answer is \"%s\": check the file and the disk it is on."),
	};

	(void)policy;
	buf_printf(out, _(texts[c->action]), kerrno_words(c->error));
}

static void say_late(const struct why_case *c, const struct policy *policy, struct buf *out)
{
	static const char *const texts[] = {
		[WHY_IN_TIME] = N_("There was no answer in time, and it may still go on: look before trying again."),
		[WHY_STOPPED] = N_("It was not done in the time given and was stopped: look at what is there now "
				   "before trying again, with a longer time-out."),
		[WHY_HANGS] = N_("It has not come back in the time given and still hangs in the kernel, where it "
				 "can not be killed: leave it alone, and look at what is there later."),
	};

	(void)policy;
	buf_addstr(out, _(texts[c->late]));
}

static const struct row rows[] = {
	/* no right to */
	{ LOAD | UNLOAD, EPERM, disabled, STATUS_REFUSED, false, NULL,
	  N_("The kernel was told to load and unload nothing more (kernel.modules_disabled is 1): only the next start of the machine changes that.") },
	{ LOAD | UNLOAD, EPERM, powerless_container, STATUS_DENIED, false, NULL,
	  N_("This is a container that may not change the kernel's modules: do it on the host.") },
	{ LOAD | UNLOAD, EPERM, powerless_root, STATUS_DENIED, false, NULL,
	  N_("Root may not change modules here, the capability CAP_SYS_MODULE was taken "
	     "away: do it from a shell that has it.") },
	{ LOAD | UNLOAD, EPERM, powerless, STATUS_DENIED, false, NULL,
	  N_("You may not change the kernel's modules: run this as root or with sudo.") },
	{ LOAD, EPERM, locked_parameter, STATUS_REFUSED, true, NULL,
	  N_("The kernel is locked down and takes no addresses or interrupts of hardware as parameters: load it without them.") },
	{ LOAD, EPERM, locked_down, STATUS_REFUSED, false, say_lockdown, NULL },
	{ SET, EPERM, locked_down, STATUS_REFUSED, false, say_lockdown_set, NULL },
	{ LOAD | UNLOAD, EPERM, container, STATUS_DENIED, false, NULL,
	  N_("The kernel does not let this container change its modules: do it on the host.") },
	{ SET, EPERM, container, STATUS_DENIED, false, NULL,
	  N_("The kernel does not let this container change the parameter: do it on the host.") },
	{ LOAD | UNLOAD, EPERM, NULL, STATUS_DENIED, true, NULL,
	  N_("The kernel refused although you have the right to change modules: a security "
	     "policy (SELinux, AppArmor) or the module itself forbids it, see the kernel log.") },
	{ READ, EPERM, log_hidden, STATUS_DENIED, false, NULL,
	  N_("The kernel log is for root only here (kernel.dmesg_restrict is 1): run this as root or with sudo.") },
	{ SET, EPERM, root, STATUS_DENIED, true, NULL,
	  N_("The module or a security policy does not allow this change, even for root: see the kernel log.") },
	{ SET, EPERM, NULL, STATUS_DENIED, false, NULL,
	  N_("You may not change this parameter: run this as root or with sudo.") },
	{ READ, EPERM, NULL, STATUS_DENIED, false, NULL,
	  N_("You may not read this: run this as root or with sudo.") },
	{ SET, EACCES, root, STATUS_DENIED, false, NULL,
	  N_("This parameter can not be written while the module is loaded: give it when loading the module.") },
	{ SET, EACCES, NULL, STATUS_DENIED, false, NULL,
	  N_("You may not write this parameter: run this as root or with sudo, if it can be written at all.") },
	{ LOAD, EACCES, NULL, STATUS_DENIED, false, NULL,
	  N_("The module's file may not be read, or a security policy forbids to load it: "
	     "check the rights of the file, and run this as root or with sudo.") },
	{ ANY, EACCES, NULL, STATUS_DENIED, false, NULL,
	  N_("The rights of the file do not allow this: run this as root or with sudo.") },
	{ ANY, EROFS, NULL, STATUS_DENIED, false, NULL,
	  N_("The file system is read-only here, as /sys is in most containers: do it on the "
	     "host, or mount it for writing.") },

	/* not a module this kernel takes */
	{ LOAD, EKEYREJECTED, NULL, STATUS_REFUSED, false, NULL,
	  N_("The kernel takes only modules signed with a key it trusts, and this one is not: "
	     "sign it with such a key, or add its key to the machine's (mokutil --import).") },
	{ LOAD, ENOKEY, NULL, STATUS_REFUSED, false, NULL,
	  N_("The module is signed with a key this kernel does not have: add that key to the "
	     "machine's (mokutil --import), or sign the module with a key it has.") },
	{ LOAD, ENODATA, NULL, STATUS_REFUSED, false, NULL,
	  N_("The module has no signature, and this kernel wants one: sign it with a key the "
	     "kernel trusts.") },
	{ LOAD, ENOPKG, NULL, STATUS_REFUSED, false, NULL,
	  N_("The module's signature uses a method this kernel does not know: sign it again "
	     "with another hash algorithm, such as sha256.") },
	{ LOAD, EBADMSG, NULL, STATUS_REFUSED, false, NULL,
	  N_("The module's signature is damaged, the file was changed after it was signed: "
	     "install it again, or sign it again.") },
	{ LOAD, ENOEXEC, other_vermagic, STATUS_REFUSED, false, say_vermagic, NULL },
	{ LOAD, ENOEXEC, NULL, STATUS_REFUSED, true, NULL,
	  N_("This is no module for this kernel: the file is damaged, or it was built for "
	     "another kernel or processor.  Build or install it again for this kernel.") },
	{ READ, ENOEXEC, NULL, STATUS_REFUSED, false, NULL,
	  N_("This file is no kernel module, or it is damaged: check which file it is, and install it again.") },
	{ READ, EBADMSG, NULL, STATUS_REFUSED, false, NULL,
	  N_("The file is damaged, or made to do harm: the process that read it crashed, or was "
	     "stopped.  Nothing else happened; find out where the file comes from.") },
	{ LOAD, ELIBACC, NULL, STATUS_FAILED, false, NULL,
	  N_("The file is packed: install the program that unpacks it (xz, zstd or gzip).") },
	{ LOAD, ENOENT, unknown_symbol, STATUS_REFUSED, true, NULL,
	  N_("The module needs a symbol that neither the kernel nor a loaded module has: "
	     "load the module that has it first, or run depmod and load by name.  Some "
	     "symbols are for GPL modules only.") },
	{ LOAD, EINVAL, unknown_symbol, STATUS_REFUSED, true, NULL,
	  N_("The module needs a symbol in a form this kernel does not have: build the "
	     "module for exactly this kernel.") },
	{ LOAD, EINVAL, other_symbol, STATUS_REFUSED, true, NULL,
	  N_("The module was built against another version of a symbol: build it for exactly "
	     "this kernel.") },
	{ UNLOAD, ENOSYS, NULL, STATUS_REFUSED, false, NULL,
	  N_("This kernel was built without the unloading of modules: only the next start of "
	     "the machine removes it.") },
	{ LOAD, ENOSYS, NULL, STATUS_REFUSED, false, NULL,
	  N_("This kernel was built without loadable modules: start one that has them.") },

	/* not there */
	{ LOAD, ENOENT, no_modules, STATUS_REFUSED, false, NULL,
	  N_("This kernel has no loadable modules: start one that has them.") },
	{ LOAD, ENOENT, bad_parameter, STATUS_USAGE, true, NULL,
	  N_("The module has no such parameter: see which ones it has.") },
	{ LOAD, ENOENT, NULL, STATUS_NOT_FOUND, false, NULL,
	  N_("There is no such module or file: check the name, and run depmod if the module "
	     "was installed just now.") },
	{ UNLOAD, ENOENT, NULL, STATUS_DONE, false, NULL,
	  N_("It is not loaded: there was nothing to do.") },
	{ SET, ENOENT, NULL, STATUS_NOT_FOUND, false, NULL,
	  N_("There is no such parameter now: the module is not loaded, or it does not show "
	     "this parameter in /sys/module.  Give it when loading the module.") },
	{ READ, ENOENT, NULL, STATUS_NOT_FOUND, false, NULL,
	  N_("There is no such module or file: check the name.") },
	{ LOAD | READ, ENOTDIR, NULL, STATUS_NOT_FOUND, false, NULL,
	  N_("A part of the path is no directory: check the path.") },
	{ LOAD | READ, EISDIR, NULL, STATUS_NOT_FOUND, false, NULL,
	  N_("This is a directory: name a module or a file.") },
	{ LOAD | READ, ELOOP, NULL, STATUS_FAILED, false, NULL,
	  N_("The names lead in a circle, of links or of modules that need each other: run "
	     "depmod, and check the links.") },

	/* already there, in use, too slow */
	{ LOAD, EEXIST, NULL, STATUS_DONE, false, NULL,
	  N_("It is already loaded: there was nothing to do.") },
	{ UNLOAD, EBUSY, users_known, STATUS_BUSY, false, say_users, NULL },
	{ UNLOAD, EAGAIN, users_known, STATUS_BUSY, false, say_users, NULL },
	{ UNLOAD, EBUSY, NULL, STATUS_BUSY, false, NULL,
	  N_("It is just being loaded or unloaded, or it is made to stay: try again in a "
	     "moment, and if it still refuses, only the next start of the machine removes it.") },
	{ UNLOAD, EAGAIN, NULL, STATUS_BUSY, false, NULL,
	  N_("It is in use by an open file, a mount, a device or the kernel: stop what uses "
	     "it, and try again.") },
	{ LOAD, EBUSY, NULL, STATUS_BUSY, true, NULL,
	  N_("Something the module needs is taken by another one, or it is just being loaded "
	     "or unloaded: try again in a moment.") },
	{ LOAD, ETXTBSY, NULL, STATUS_BUSY, false, NULL,
	  N_("The module's file is being written: try again when that is finished.") },
	{ SET, EBUSY, NULL, STATUS_BUSY, true, NULL,
	  N_("The module is busy and does not take the value now: stop what uses it, and try "
	     "again.") },
	{ ANY, EBUSY, NULL, STATUS_BUSY, true, NULL,
	  N_("It is in use: try again in a moment.") },
	{ ANY, EAGAIN, NULL, STATUS_BUSY, true, NULL,
	  N_("It can not be done just now: try again in a moment.") },
	{ ANY, ETIMEDOUT, NULL, STATUS_BUSY, true, say_late, NULL },
	{ ANY, EINTR, NULL, STATUS_FAILED, false, NULL,
	  N_("It was interrupted: look at the state of the module, and try again.") },

	/* what was given with it */
	{ LOAD, EINVAL, bad_parameter, STATUS_USAGE, true, NULL,
	  N_("A parameter has a value the module does not take: see its type and description.") },
	{ LOAD, EINVAL, NULL, STATUS_FAILED, true, NULL,
	  N_("A parameter has a value the module does not take, or its init function refused "
	     "to start: check the parameters, and see the kernel log.") },
	{ SET, EINVAL, NULL, STATUS_USAGE, true, NULL,
	  N_("The module does not take this value: see the parameter's type and description.") },
	{ LOAD | SET, ERANGE, NULL, STATUS_USAGE, true, NULL,
	  N_("The value is out of the range the parameter takes: see its type and description.") },
	{ LOAD, ENOSPC, bad_parameter, STATUS_USAGE, true, NULL,
	  N_("The value is too long for the parameter: give a shorter one.") },
	{ SET, ENOSPC, NULL, STATUS_USAGE, true, NULL,
	  N_("The value is too long for the parameter: give a shorter one.") },
	{ LOAD | SET, E2BIG, NULL, STATUS_USAGE, false, NULL,
	  N_("The parameters are too long for the kernel: give fewer or shorter ones.") },
	{ LOAD, ENOTSUP, NULL, STATUS_FAILED, false, NULL,
	  N_("An install line of modprobe.d names a command to run instead of loading it, and "
	     "that was not run: read the line, and run modprobe yourself if it is what you "
	     "want.") },
	{ SET, ENOTSUP, NULL, STATUS_FAILED, true, NULL,
	  N_("The module does not allow this change while it is loaded: give the value when "
	     "loading it.") },

	/* the machine */
	{ LOAD, ENODEV, NULL, STATUS_FAILED, true, NULL,
	  N_("The module found no device of its kind on this machine and did not stay: "
	     "nothing is wrong unless the device should be there.") },
	{ LOAD, ENXIO, NULL, STATUS_FAILED, true, NULL,
	  N_("The module found no such device or address on this machine and did not stay: "
	     "check its parameters, and that the device is there.") },
	{ SET, ENODEV, NULL, STATUS_FAILED, true, NULL,
	  N_("The device behind this parameter is not there: check that it is connected.") },
	{ LOAD | SET, KERRNO_PROBE_DEFER, NULL, STATUS_FAILED, true, NULL,
	  N_("The module waits for something that is not there yet, such as a GPIO, a clock, a regulator or another driver: "
	     "load the driver of that, and try again.") },
	{ LOAD | SET, KERRNO_NOTSUPP, NULL, STATUS_FAILED, true, NULL,
	  N_("The module asked for something that this kernel or this machine does not support: check the parameters, and see "
	     "the kernel log.") },
	{ ANY, ENOMEM, NULL, STATUS_FAILED, true, NULL,
	  N_("The kernel has not enough memory for this: free some, and try again.") },
	{ ANY, EFBIG, NULL, STATUS_REFUSED, false, NULL,
	  N_("The file is too large to be what it should be: check which file it is.") },
	{ ANY, EIO, NULL, STATUS_FAILED, true, NULL,
	  N_("Reading or writing failed: check the kernel log, and the disk or device behind "
	     "it.") },
	{ ANY, 0, NULL, STATUS_FAILED, true, say_answer, NULL },
};

static const struct row *find(const struct why_case *c, const struct policy *policy)
{
	const struct row *row = rows;
	int error = kerrno_fold(c->error);

	/* The last row fits everything, so there is always one. */
	while (!(row->actions & (1u << c->action)) || (row->error && row->error != error) ||
	       (row->when && !row->when(c, policy)))
		row++;
	return row;
}

char *why_sentence(const struct why_case *c, const struct policy *policy)
{
	const struct row *row = find(c, policy);
	struct buf out = BUF_INIT;

	if (row->build)
		row->build(c, policy, &out);
	else
		buf_addstr(&out, _(row->text));
	if (row->quote && c->log && *c->log) {
		buf_addch(&out, ' ');
		buf_printf(&out, _("The kernel log says: \"%s\""), c->log);
	}
	return buf_detach(&out);
}

enum status why_status(const struct why_case *c, const struct policy *policy)
{
	return find(c, policy)->status;
}
