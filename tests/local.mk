# SPDX-License-Identifier: GPL-2.0-or-later
# The tests.  They all speak TAP, whatever they are written in; make check runs them in parallel
# with -j, make check-summary counts their cases.  A new test is one line here.

TEST_EXTENSIONS = .sh
kmt_tap = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(kmt_tap)
SH_LOG_DRIVER = $(kmt_tap)
# A script ends with status 1 when a case failed, which TAP has told already.
AM_SH_LOG_DRIVER_FLAGS = --ignore-exit
SH_LOG_COMPILER = $(SHELL) $(srcdir)/tests/vm/run.sh
AM_TESTS_ENVIRONMENT = \
	KMODTUI='$(abs_builddir)/kmodtui$(EXEEXT)'; export KMODTUI; \
	FIXTURES='$(abs_builddir)/tests/fixtures'; export FIXTURES; \
	KMODULES='$(kmt_modules_dir)'; export KMODULES; \
	LAB='$(abs_srcdir)/tui/lab/lab'; export LAB; \
	SRCDIR='$(abs_srcdir)'; export SRCDIR; \
	BUILDDIR='$(abs_builddir)'; export BUILDDIR; \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT;
if KERNEL
kmt_modules_dir = $(abs_builddir)/modules
else
kmt_modules_dir =
endif

# One program per file under test, linked without curses and libkmod: a leak between the rooms
# is an error of the linker.
kmt_unit = \
	tests/unit/test_buf \
	tests/unit/test_host \
	tests/unit/test_kmsg \
	tests/unit/test_modindex \
	tests/unit/test_modprobed \
	tests/unit/test_parse \
	tests/unit/test_procmods \
	tests/unit/test_root \
	tests/unit/test_strv \
	tests/unit/test_sysmod \
	tests/unit/test_text \
	tests/unit/test_util
kmt_unit_headers = tests/unit/tree.h
EXTRA_DIST += tests/unit/none.sh $(kmt_unit_headers)
LDADD = libkernel.a libmodel.a libbase.a $(LIBUDEV_LIBS) $(CMOCKA_LIBS)
if HAVE_CMOCKA
check_PROGRAMS += $(kmt_unit)
TESTS += $(kmt_unit)
else
TESTS += tests/unit/none.sh
endif

# Inside the throwaway machine: the modules and the console on a real kernel.
kmt_vm = \
	tests/vm/kmt_hello.sh \
	tests/vm/kmt_params.sh \
	tests/vm/kmt_timer.sh
kmt_probes =
EXTRA_DIST += $(kmt_vm) tests/vm/guest.sh tests/vm/run.sh
check_PROGRAMS += $(kmt_probes)
TESTS += $(kmt_vm)

# The laws of the house.
kmt_lint = \
	tests/lint/dist.sh \
	tests/lint/door.sh \
	tests/lint/layers.sh \
	tests/lint/length.sh \
	tests/lint/names.sh \
	tests/lint/print.sh \
	tests/lint/shell.sh \
	tests/lint/skeleton.sh \
	tests/lint/text.sh
EXTRA_DIST += $(kmt_lint) tests/lint/tap.sh tests/lint/code.awk tests/lint/functions.awk tests/summary.sh

TESTS += $(kmt_lint)

# What make dist would pack, for the test that compares it with git.
check_DATA += tests/dist.list
CLEANFILES += tests/dist.list
tests/dist.list: Makefile
	$(AM_V_GEN)$(MKDIR_P) tests; for file in $(DISTFILES); do \
	  file=$${file#$(srcdir)/}; file=$${file#$(top_srcdir)/}; \
	  if test -d "$(srcdir)/$$file"; then (cd $(srcdir) && find "$$file" -type f); else echo "$$file"; fi; \
	done | sort -u >$@

.PHONY: check-summary check-vm lint
check-summary:
	@$(SHELL) $(srcdir)/tests/summary.sh .

# make check-vm [KERNEL=RELEASE] [TESTS=...]
check-vm:
	+@$(MAKE) $(kmt_quiet) check TESTS='$(if $(findstring command,$(origin TESTS)),$(TESTS),$(kmt_vm))'

lint:
	+@$(MAKE) $(kmt_quiet) check TESTS='$(kmt_lint)'
