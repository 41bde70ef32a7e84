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
# is an error of the linker.  (replay.c is main() of those that have none, below.)
kmt_unit = \
	tests/unit/test_autoload \
	tests/unit/test_bootclock \
	tests/unit/test_buf \
	tests/unit/test_complete \
	tests/unit/test_carry \
	tests/unit/test_census \
	tests/unit/test_child \
	tests/unit/test_busy \
	tests/unit/test_confedit \
	tests/unit/test_conffile \
	tests/unit/test_config \
	tests/unit/test_contained \
	tests/unit/test_cpio \
	tests/unit/test_deptree \
	tests/unit/test_device \
	tests/unit/test_draw \
	tests/unit/test_finding \
	tests/unit/test_fulltext \
	tests/unit/test_gates \
	tests/unit/test_header \
	tests/unit/test_elevate \
	tests/unit/test_filewatch \
	tests/unit/test_guard_ear \
	tests/unit/test_heard \
	tests/unit/test_holders \
	tests/unit/test_holding \
	tests/unit/test_host \
	tests/unit/test_indexcache \
	tests/unit/test_info \
	tests/unit/test_interrupt \
	tests/unit/test_journal \
	tests/unit/test_journalrow \
	tests/unit/test_key \
	tests/unit/test_kmsg \
	tests/unit/test_kofile \
	tests/unit/test_learn \
	tests/unit/test_list \
	tests/unit/test_log \
	tests/unit/test_logcause \
	tests/unit/test_logring \
	tests/unit/test_match \
	tests/unit/test_modbin \
	tests/unit/test_modindex \
	tests/unit/test_modprobed \
	tests/unit/test_modstats \
	tests/unit/test_modprobe \
	tests/unit/test_module \
	tests/unit/test_options \
	tests/unit/test_outcome \
	tests/unit/test_order \
	tests/unit/test_param \
	tests/unit/test_paramread \
	tests/unit/test_parse \
	tests/unit/test_pathlist \
	tests/unit/test_patience \
	tests/unit/test_pending \
	tests/unit/test_plan \
	tests/unit/test_policy \
	tests/unit/test_procmods \
	tests/unit/test_program \
	tests/unit/test_prompt \
	tests/unit/test_reply \
	tests/unit/test_root \
	tests/unit/test_script \
	tests/unit/test_secret \
	tests/unit/test_settings \
	tests/unit/test_splat \
	tests/unit/test_strv \
	tests/unit/test_sysmod \
	tests/unit/test_tags \
	tests/unit/test_tainting \
	tests/unit/test_text \
	tests/unit/test_textdiff \
	tests/unit/test_theme \
	tests/unit/test_uncounted \
	tests/unit/test_utf8 \
	tests/unit/test_util \
	tests/unit/test_verdict \
	tests/unit/test_why \
	tests/unit/test_words
kmt_unit_headers = \
	tests/unit/screen.h \
	tests/unit/tree.h
EXTRA_DIST += tests/unit/none.sh $(kmt_unit_headers)
# What libkernel.a needs beside the rooms below it.
kmt_kernel_libs = $(LIBUDEV_LIBS) $(LIBCAP_NG_LIBS) $(LIBSECCOMP_LIBS)
LDADD = tests/fuzz/libreplay.a libkernel.a libmodel.a libbase.a $(kmt_kernel_libs) $(CMOCKA_LIBS)
# The command line's options are read without any command.
tests_unit_test_options_LDADD = libcli.a $(LDADD)
tests_unit_test_interrupt_LDADD = libcli.a $(LDADD)
tests_unit_test_elevate_LDADD = libapp.a $(LDADD)
tests_unit_test_guard_ear_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tests_unit_test_guard_ear_LDADD = libcli.a $(LDADD) $(JSON_LIBS)
tests_unit_test_heard_LDADD = libcli.a $(LDADD)
tests_unit_test_modprobe_LDADD = libcli.a $(LDADD)
tests_unit_test_patience_LDADD = libcli.a $(LDADD)
tests_unit_test_key_LDADD = libview.a $(LDADD)
tests_unit_test_list_LDADD = libview.a $(LDADD)
# Drawing needs a screen, if only one in memory.
tests_unit_test_draw_LDADD = libview.a $(LDADD) $(NCURSES_LIBS)
tests_unit_test_header_LDADD = libview.a $(LDADD) $(NCURSES_LIBS)
tests_unit_test_log_LDADD = libview.a $(LDADD) $(NCURSES_LIBS)
tests_unit_test_prompt_LDADD = libview.a $(LDADD) $(NCURSES_LIBS)
tests_unit_test_reply_LDADD = libapp.a $(LDADD) $(JSON_LIBS)
tests_unit_test_config_LDADD = libapp.a $(LDADD)
tests_unit_test_settings_LDADD = libview.a $(LDADD)
# Contrast is counted with powers.
tests_unit_test_theme_LDADD = libview.a $(LDADD) -lm
# The parser of scripts checks the words of each verb, and the verbs drive all of the console.
tests_unit_test_script_LDADD = $(kmodtui_LDADD) $(LDADD)
# What came of an action is said by the console.
tests_unit_test_outcome_LDADD = $(kmodtui_LDADD) $(LDADD)
tests_unit_test_journalrow_LDADD = libapp.a $(LDADD)
tests_fuzz_fuzz_script_LDADD = $(tests_unit_test_script_LDADD)
if HAVE_CMOCKA
check_PROGRAMS += $(kmt_unit)
TESTS += $(kmt_unit)
else
TESTS += tests/unit/none.sh
endif

# What the parsers have been fed: one program per parser, and its corpus played back.  Each defines
# LLVMFuzzerTestOneInput(); main() is in replay.c here and in libFuzzer with make fuzz.
kmt_fuzz = \
	tests/fuzz/fuzz_confedit \
	tests/fuzz/fuzz_cpio \
	tests/fuzz/fuzz_device \
	tests/fuzz/fuzz_fulltext \
	tests/fuzz/fuzz_kmsg \
	tests/fuzz/fuzz_kofile \
	tests/fuzz/fuzz_modbin \
	tests/fuzz/fuzz_modindex \
	tests/fuzz/fuzz_modinfo \
	tests/fuzz/fuzz_modprobed \
	tests/fuzz/fuzz_procmods \
	tests/fuzz/fuzz_script \
	tests/fuzz/fuzz_settings \
	tests/fuzz/fuzz_splat \
	tests/fuzz/fuzz_text \
	tests/fuzz/fuzz_verdict
check_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h
EXTRA_DIST += tests/fuzz/corpus
check_PROGRAMS += $(kmt_fuzz)
TESTS += $(kmt_fuzz)

# The command line and the console on fixture roots: machines in a tar, unpacked in the build tree.
kmt_cli = \
	tests/cli/audit.sh \
	tests/cli/bytes.sh \
	tests/cli/complete.sh \
	tests/cli/crash.sh \
	tests/cli/debian.sh \
	tests/cli/holders.sh \
	tests/cli/hostile.sh \
	tests/cli/index.sh \
	tests/cli/info.sh \
	tests/cli/initramfs.sh \
	tests/cli/journal.sh \
	tests/cli/lab.sh \
	tests/cli/list.sh \
	tests/cli/log.sh \
	tests/cli/logsave.sh \
	tests/cli/mask.sh \
	tests/cli/names.sh \
	tests/cli/options.sh \
	tests/cli/output.sh \
	tests/cli/persist.sh \
	tests/cli/readonly.sh \
	tests/cli/record.sh \
	tests/cli/schema.sh \
	tests/cli/search.sh \
	tests/cli/settings.sh \
	tests/cli/traps.sh \
	tests/cli/tree.sh \
	tests/cli/try.sh \
	tests/cli/watch.sh \
	tests/cli/which.sh
kmt_fixtures = \
	tests/fixtures/bare.tar \
	tests/fixtures/debian-6.1.tar \
	tests/fixtures/hostile.tar \
	tests/fixtures/reports.tar
EXTRA_DIST += $(kmt_cli) $(kmt_fixtures) tests/cli/tap.sh tests/fixtures/capture.sh \
	tests/fixtures/craft.sh
TESTS += $(kmt_cli)

# kmodtui's answers beside those of modprobe, on configurations drawn by chance.
check_PROGRAMS += tests/diff/diff
tests_diff_diff_SOURCES = \
	tests/diff/ask.c \
	tests/diff/chance.c \
	tests/diff/compare.c \
	tests/diff/conf.c \
	tests/diff/diff.c tests/diff/diff.h \
	tests/diff/dump.c \
	tests/diff/exam.c \
	tests/diff/line.c \
	tests/diff/names.c \
	tests/diff/steps.c
tests_diff_diff_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tests_diff_diff_LDADD = $(kmodtui_LDADD)
kmt_diff = \
	tests/diff/diff.sh \
	tests/diff/kinds.sh
EXTRA_DIST += $(kmt_diff) tests/diff/kinds.c tests/diff/kmod-of.sh
TESTS += $(kmt_diff)

# A libkmod as it may become, to be preloaded; and what asks the one that is there.
check_PROGRAMS += tests/diff/probe
tests_diff_probe_CPPFLAGS = $(AM_CPPFLAGS) $(KMOD_CFLAGS)
tests_diff_probe_LDADD = $(KMOD_LIBS)
check_DATA += tests/diff/kinds.so
CLEANFILES += tests/diff/kinds.so
# Without the sanitizers: these want to be the first of all libraries.
tests/diff/kinds.so: tests/diff/kinds.c
	$(AM_V_CCLD)$(MKDIR_P) tests/diff && $(CC) -std=gnu11 -D_GNU_SOURCE $(KMOD_CFLAGS) -Wall -Wextra -g -O2 \
	  -fPIC -shared -o $@ $(srcdir)/tests/diff/kinds.c $(KMOD_LIBS)

# Keys in, screen out.
kmt_screens = \
	tests/screen/ascii.keys tests/screen/ascii.screen \
	tests/screen/bare.keys tests/screen/bare.screen \
	tests/screen/fail.keys tests/screen/fail.screen \
	tests/screen/filter.keys tests/screen/filter.screen \
	tests/screen/filter-best.keys tests/screen/filter-best.screen \
	tests/screen/focus.keys tests/screen/focus.screen \
	tests/screen/help.keys tests/screen/help.screen \
	tests/screen/holders.keys tests/screen/holders.screen \
	tests/screen/hostile.keys tests/screen/hostile.screen \
	tests/screen/index.keys tests/screen/index.screen \
	tests/screen/journal.keys tests/screen/journal.screen \
	tests/screen/learn.keys tests/screen/learn.screen \
	tests/screen/log.keys tests/screen/log.screen \
	tests/screen/look.keys tests/screen/look.screen \
	tests/screen/log-save.keys tests/screen/log-save.screen \
	tests/screen/log-search.keys tests/screen/log-search.screen \
	tests/screen/log-time.keys tests/screen/log-time.screen \
	tests/screen/main.keys tests/screen/main.screen \
	tests/screen/mouse.keys tests/screen/mouse.screen \
	tests/screen/panes.keys tests/screen/panes.screen \
	tests/screen/params.keys tests/screen/params.screen \
	tests/screen/posix.keys tests/screen/posix.screen \
	tests/screen/readonly.keys tests/screen/readonly.screen \
	tests/screen/refuse.keys tests/screen/refuse.screen \
	tests/screen/reports.keys tests/screen/reports.screen \
	tests/screen/resize.keys tests/screen/resize.screen \
	tests/screen/search-filter.keys tests/screen/search-filter.screen \
	tests/screen/search-info.keys tests/screen/search-info.screen \
	tests/screen/search.keys tests/screen/search.screen \
	tests/screen/setup.keys tests/screen/setup.screen \
	tests/screen/setup-readonly.keys tests/screen/setup-readonly.screen \
	tests/screen/sort.keys tests/screen/sort.screen \
	tests/screen/states.keys tests/screen/states.screen \
	tests/screen/stats.keys tests/screen/stats.screen \
	tests/screen/syntax.keys tests/screen/syntax.screen \
	tests/screen/tags-ascii.keys tests/screen/tags-ascii.screen \
	tests/screen/tags.keys tests/screen/tags.screen \
	tests/screen/tree.keys tests/screen/tree.screen \
	tests/screen/try.keys tests/screen/try.screen \
	tests/screen/width.keys tests/screen/width.screen
EXTRA_DIST += $(kmt_screens) tests/screen/census.sh tests/screen/run.sh tests/screen/sizes.sh
TESTS += tests/screen/census.sh tests/screen/run.sh tests/screen/sizes.sh

# The same on a real terminal: what reaches it, and how it is given back.
kmt_terminal = \
	tests/screen/crash \
	tests/screen/pty \
	tests/screen/stream
tests_screen_crash_LDADD = $(kmodtui_LDADD)
tests_screen_pty_LDADD = libbase.a -lutil
tests_screen_stream_LDADD = libbase.a
check_PROGRAMS += $(kmt_terminal)
EXTRA_DIST += tests/screen/terminal.sh
TESTS += tests/screen/terminal.sh

check_DATA += tests/fixtures/.unpacked
CLEAN_LOCAL += fixtures-clean
tests/fixtures/.unpacked: $(kmt_fixtures)
	$(AM_V_GEN)for tar in $(kmt_fixtures); do \
	  dir=$${tar%.tar}; \
	  if test -d $$dir; then chmod -R u+rwX $$dir && rm -rf $$dir; fi; \
	  $(MKDIR_P) $$dir && tar -C $$dir -xf $(srcdir)/$$tar || exit 1; \
	done
	@$(MKDIR_P) tests/fixtures && : >$@

.PHONY: fixtures-clean
fixtures-clean:
	@for tar in $(kmt_fixtures); do \
	  dir=$${tar%.tar}; \
	  if test -d $$dir; then chmod -R u+rwX $$dir && rm -rf $$dir; fi; \
	done; rm -f tests/fixtures/.unpacked

# Inside the throwaway machine: the modules and the console on a real kernel.  The longest come first, so that with
# -j none of them runs alone at the end.
kmt_vm = \
	tests/vm/tutorial.sh \
	tests/vm/try.sh \
	tests/vm/open.sh \
	tests/vm/care.sh \
	tests/vm/cli.sh \
	tests/vm/console-tags.sh \
	tests/vm/console.sh \
	tests/vm/flood.sh \
	tests/vm/gates.sh \
	tests/vm/hangs.sh \
	tests/vm/journal.sh \
	tests/vm/kept.sh \
	tests/vm/kmt_chardev.sh \
	tests/vm/kmt_hello.sh \
	tests/vm/kmt_netsock.sh \
	tests/vm/kmt_netsock_ipv4.sh \
	tests/vm/kmt_params.sh \
	tests/vm/kmt_procfs.sh \
	tests/vm/kmt_timer.sh \
	tests/vm/lab.sh \
	tests/vm/policy.sh \
	tests/vm/privilege.sh \
	tests/vm/schema.sh \
	tests/vm/stress.sh \
	tests/vm/tasks.sh \
	tests/vm/watch.sh
kmt_probes = \
	tests/vm/chardev_held_probe \
	tests/vm/chardev_probe \
	tests/vm/chardev_ring_probe \
	tests/vm/chardev_wake_probe \
	tests/vm/elevate_probe \
	tests/vm/failcall_probe \
	tests/vm/failnth_probe \
	tests/vm/hammer_probe \
	tests/vm/hostile_probe \
	tests/vm/netsock_ns_probe \
	tests/vm/netsock_others_probe \
	tests/vm/netsock_probe \
	tests/vm/overload_probe \
	tests/vm/procfs_probe \
	tests/vm/race_probe
kmt_vm_data = \
	tests/vm/chardev_layout.h \
	tests/vm/chardev_node.h \
	tests/vm/console-fresh.keys \
	tests/vm/console-held.keys \
	tests/vm/console-journal.keys \
	tests/vm/console-care.keys \
	tests/vm/console-flood.keys \
	tests/vm/console-hangs.keys \
	tests/vm/console-build.keys \
	tests/vm/console-more.keys \
	tests/vm/console-open.keys \
	tests/vm/console-path.keys \
	tests/vm/console-persist.keys \
	tests/vm/console-tags.keys \
	tests/vm/console-slow.keys \
	tests/vm/console-privilege.keys \
	tests/vm/console-user.keys \
	tests/vm/console-watch.keys \
	tests/vm/console.keys \
	tests/vm/failnth.h \
	tests/vm/leaks.sh \
	tests/vm/loader.h \
	tests/vm/netsock_client.h \
	tests/vm/netsock_ns.h \
	tests/vm/probe.h \
	tests/vm/signals.h
EXTRA_DIST += $(kmt_vm) $(kmt_vm_data) tests/vm/another.sh tests/vm/guest.sh tests/vm/host.sh tests/vm/together.sh \
	tests/vm/policy-guest.sh tests/vm/run.sh tests/vm/tutorial-guest.sh
check_PROGRAMS += $(kmt_probes)
tests_vm_chardev_held_probe_LDADD = -lpthread
tests_vm_hammer_probe_LDADD = -lpthread
tests_vm_procfs_probe_LDADD = -lpthread
TESTS += $(kmt_vm)

# Modules that misbehave, for the test of try: built in links like those of modules/, never installed.
kmt_bad = \
	tests/vm/bad/kmt_bad_atomic.c \
	tests/vm/bad/kmt_bad_beyond.c \
	tests/vm/bad/kmt_bad_borrower.c \
	tests/vm/bad/kmt_bad_cache.c \
	tests/vm/bad/kmt_bad_console.c \
	tests/vm/bad/kmt_bad_crash.c \
	tests/vm/bad/kmt_bad_free.c \
	tests/vm/bad/kmt_bad_hang.c \
	tests/vm/bad/kmt_bad_hidden.c \
	tests/vm/bad/kmt_bad_large.c \
	tests/vm/bad/kmt_bad_leak.c \
	tests/vm/bad/kmt_bad_left.c \
	tests/vm/bad/kmt_bad_lender.c \
	tests/vm/bad/kmt_bad_mask.c \
	tests/vm/bad/kmt_bad_noexit.c \
	tests/vm/bad/kmt_bad_open.c \
	tests/vm/bad/kmt_bad_page.c \
	tests/vm/bad/kmt_bad_panic.c \
	tests/vm/bad/kmt_bad_places.c \
	tests/vm/bad/kmt_bad_refs.c \
	tests/vm/bad/kmt_bad_refused.c \
	tests/vm/bad/kmt_bad_screen.c \
	tests/vm/bad/kmt_bad_second.c \
	tests/vm/bad/kmt_bad_socket.c \
	tests/vm/bad/kmt_bad_start.c \
	tests/vm/bad/kmt_bad_stay.c \
	tests/vm/bad/kmt_bad_thread.c \
	tests/vm/bad/kmt_bad_timer.c \
	tests/vm/bad/kmt_bad_twice.c \
	tests/vm/bad/kmt_bad_virtual.c \
	tests/vm/bad/kmt_bad_words.c \
	tests/vm/bad/kmt_bad_work.c
EXTRA_DIST += $(kmt_bad) tests/vm/bad/Kbuild tests/vm/try-debian.sh tests/vm/try-planted.sh
.PHONY: bad
bad:
	@$(MKDIR_P) tests/vm/bad
	@for file in $(kmt_bad) tests/vm/bad/Kbuild; do \
	  test -e $$file || ln -s "$(abs_srcdir)/$$file" $$file || exit 1; \
	done
	+@$(call kmt_kbuild_in,tests/vm/bad) $(kmt_quiet) modules

# A copy of the modules, changed by the diff of an exercise: for the test of docs/TUTORIAL.
.PHONY: exercise
exercise:
	+@$(call kmt_kbuild_in,$(DIR)) $(kmt_quiet) modules
CLEAN_LOCAL += exercises-clean
.PHONY: exercises-clean
exercises-clean:
	@rm -rf tests/exercises tests/exercise.log

# The laws of the house.
kmt_lint = \
	tests/lint/dist.sh \
	tests/lint/door.sh \
	tests/lint/editor.sh \
	tests/lint/layers.sh \
	tests/lint/length.sh \
	tests/lint/names.sh \
	tests/lint/print.sh \
	tests/lint/shell.sh \
	tests/lint/skeleton.sh \
	tests/lint/text.sh \
	tests/lint/traps.sh \
	tests/lint/tutorial.sh
kmt_lint_modules = \
	tests/lint/modules.sh \
	tests/lint/rebuild.sh
EXTRA_DIST += $(kmt_lint) $(kmt_lint_modules) tests/TRAPS tests/lint/tap.sh tests/lint/code.awk tests/lint/functions.awk tests/summary.sh

TESTS += $(kmt_lint) $(kmt_lint_modules)

# What make dist would pack, for the test that compares it with git.
check_DATA += tests/dist.list
CLEANFILES += tests/dist.list
tests/dist.list: Makefile
	$(AM_V_GEN)$(MKDIR_P) tests; for file in $(DISTFILES); do \
	  file=$${file#$(srcdir)/}; file=$${file#$(top_srcdir)/}; \
	  if test -d "$(srcdir)/$$file"; then (cd $(srcdir) && find "$$file" -type f); else echo "$$file"; fi; \
	done | sort -u >$@

# The set-up on machines with nothing on them: tests/distro/root.sh tries other releases.
kmt_distro = tests/distro/bookworm.sh
EXTRA_DIST += $(kmt_distro) tests/distro/root.sh

.PHONY: bench check-asan check-debug check-distro check-fast check-others check-summary check-try check-vm fuzz lint planted
check-summary:
	@$(SHELL) $(srcdir)/tests/summary.sh .

# What TESTS= of the command line names, else the default of the target.
kmt_tests = $(if $(findstring command,$(origin TESTS)),$(TESTS),$(1))

# make check-vm [KERNEL=6.12] [TESTS=...]: on the kernel the modules were configured for, or with modules
# for another one, built in a tree of their own.  The console and the probes there are ours.
kmt_vm_other = $(if $(filter $(KERNEL) $(KERNEL).%,$(KERNEL_RELEASE)),,$(KERNEL))
check-vm:
	+@$(MAKE) $(kmt_quiet) $(if $(kmt_vm_other),check-vm-other,check) TESTS='$(call kmt_tests,$(kmt_vm))'

kmt_no_checks = check_PROGRAMS= check_LIBRARIES= check_DATA=
kmt_vm_programs = kmodtui$(EXEEXT) $(kmt_probes:=$(EXEEXT)) tests/screen/pty$(EXEEXT)
.PHONY: check-vm-other
check-vm-other: $(kmt_vm_programs)
	@$(SHELL) $(srcdir)/tests/vm/another.sh '$(abs_srcdir)' '$(KERNEL)' $(kmt_vm_programs)
	+@test ! -f vm-$(KERNEL)/.ready || { cd vm-$(KERNEL) && $(MAKE) $(kmt_quiet) modules && \
	  { $(MAKE) $(kmt_quiet) check-TESTS $(kmt_no_checks) TESTS='$(TESTS)'; status=$$?; \
	    $(SHELL) '$(abs_srcdir)/tests/summary.sh' . && exit $$status; }; }

# What boots no machine.
kmt_fast = $(if $(CMOCKA_LIBS),$(kmt_unit),tests/unit/none.sh) $(kmt_fuzz) $(kmt_cli) tests/screen/run.sh tests/screen/sizes.sh \
	tests/screen/terminal.sh $(kmt_lint) $(kmt_lint_modules)
check-fast:
	+@$(MAKE) $(kmt_quiet) check TESTS='$(call kmt_tests,$(kmt_fast))'

check-distro:
	+@$(MAKE) $(kmt_quiet) check TESTS='$(call kmt_tests,$(kmt_distro))'

# All planted modules, and those that are right several times: an hour and a half; RUNS=1 for less.
check-try: all bad
	@BUILDDIR=. KMODTUI=./kmodtui $(SHELL) '$(srcdir)/tests/vm/try-planted.sh' $(NAMES)

lint:
	+@$(MAKE) $(kmt_quiet) check TESTS='$(call kmt_tests,$(kmt_lint))'

# The tests of the console, in a build tree of their own with the sanitizers; and all the others, without.
kmt_sanitized = $(kmt_unit) $(kmt_fuzz) $(kmt_cli) tests/screen/run.sh tests/screen/sizes.sh
check-asan:
	@$(MKDIR_P) asan
	@test -f asan/Makefile || (cd asan && '$(abs_srcdir)/configure' -q --enable-asan --enable-werror --with-kernel=no)
	+@cd asan && RESIZES=$${RESIZES:-10000} $(MAKE) $(kmt_quiet) check TESTS='$(call kmt_tests,$(kmt_sanitized))'; \
	  status=$$?; $(SHELL) '$(abs_srcdir)/tests/summary.sh' . && exit $$status

check-others:
	+@$(MAKE) $(kmt_quiet) check TESTS='$(filter-out $(kmt_sanitized),$(TESTS))' \
	  check_PROGRAMS='$(filter-out $(kmt_unit:=$(EXEEXT)) $(kmt_fuzz:=$(EXEEXT)),$(check_PROGRAMS))'

# make fuzz [SECONDS=60]: for each target.  What it finds stays below tests/fuzz/found/.
# The script language needs the console it drives.
kmt_fuzz_console = $(patsubst %,$(srcdir)/%,$(filter %.c,$(libapp_a_SOURCES) $(libcli_a_SOURCES) \
	$(libview_a_SOURCES) $(libkmodio_a_SOURCES))) $(NCURSES_LIBS) $(KMOD_LIBS) $(LIBUDEV_LIBS) \
	$(LIBCAP_NG_LIBS) $(JSON_CFLAGS) $(JSON_LIBS) $(LIBS)
fuzz:
	@test -n '$(FUZZ_CC)' || { echo 'make fuzz needs clang, which configure has not found.' >&2; exit 1; }
	@test -n '$(strip $(kmt_fuzz))' || echo 'There is nothing to fuzz yet.'
	@for target in $(kmt_fuzz); do \
	  name=$${target##*/fuzz_}; $(MKDIR_P) tests/fuzz/found/$$name; \
	  echo "  FUZZ    $$name"; \
	  case $$name in script) more='$(kmt_fuzz_console)' ;; *) more= ;; esac; \
	  $(FUZZ_CC) -std=gnu11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	    $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) -o tests/fuzz/libfuzzer_$$name $(srcdir)/$$target.c \
	    $(patsubst %,$(srcdir)/%,$(filter %.c,$(libkernel_a_SOURCES) $(libmodel_a_SOURCES) $(libbase_a_SOURCES))) \
	    $$more $(kmt_kernel_libs) && \
	  tests/fuzz/libfuzzer_$$name -max_total_time=$(or $(SECONDS),60) -print_final_stats=1 \
	    -artifact_prefix=tests/fuzz/found/$$name- tests/fuzz/found/$$name $(srcdir)/tests/fuzz/corpus/$$name || exit 1; \
	done

# Measurements side by side with other programs.
kmt_bench = \
	tests/bench/chardev.sh \
	tests/bench/cursor.sh \
	tests/bench/flood.sh \
	tests/bench/idle.sh \
	tests/bench/index.sh \
	tests/bench/info-vs-modinfo.sh \
	tests/bench/kbuild.sh \
	tests/bench/logline.sh \
	tests/bench/netsock.sh \
	tests/bench/procfs.sh \
	tests/bench/refresh.sh \
	tests/bench/rivals.sh \
	tests/bench/start.sh \
	tests/bench/timer.sh
kmt_bench_programs = \
	tests/bench/echoes \
	tests/bench/spin \
	tests/bench/stopwatch \
	tests/bench/tasks \
	tests/bench/through \
	tests/bench/times \
	tests/bench/trip
EXTRA_PROGRAMS = $(kmt_bench_programs)
CLEANFILES += $(kmt_bench_programs)
tests_bench_echoes_LDADD = libbase.a
tests_bench_tasks_SOURCES = tests/bench/tasks.c tests/bench/median.h
tests_bench_tasks_LDADD = libbase.a
tests_bench_through_LDADD = libbase.a
tests_bench_stopwatch_SOURCES = tests/bench/stopwatch.c tests/bench/median.h
tests_bench_stopwatch_LDADD = libbase.a -lutil
tests_bench_times_SOURCES = tests/bench/times.c tests/bench/median.h
tests_bench_times_LDADD = libbase.a
tests_bench_trip_SOURCES = tests/bench/trip.c tests/bench/median.h
tests_bench_trip_LDADD = libkernel.a libmodel.a libbase.a $(kmt_kernel_libs)
EXTRA_DIST += $(kmt_bench) tests/bench/bench.sh

# A module to measure ours beside, built like those of tests/vm/bad.
kmt_bench_module = tests/bench/hrtimer/kmt_bench_hrtimer.c
EXTRA_DIST += $(kmt_bench_module) tests/bench/hrtimer/Kbuild
.PHONY: bench-module
bench-module:
if KERNEL
	@$(MKDIR_P) tests/bench/hrtimer
	@for file in $(kmt_bench_module) tests/bench/hrtimer/Kbuild; do \
	  test -e $$file || ln -s "$(abs_srcdir)/$$file" $$file || exit 1; \
	done
	+@$(call kmt_kbuild_in,tests/bench/hrtimer) $(kmt_quiet) modules
endif

bench: all $(kmt_bench_programs) bench-module
	@test -n '$(strip $(kmt_bench))' || echo 'There is nothing to measure yet.'
	@$(AM_TESTS_ENVIRONMENT) for script in $(kmt_bench); do \
	  echo "  BENCH   $$script"; $(SHELL) "$(srcdir)/$$script" || test $$? -eq 77 || exit 1; \
	done

# The modules on a debug kernel, which tui/lab/lab debug-kernel builds once for each KIND.
kmt_debug = \
	tests/debug/faults.sh \
	tests/debug/hammer.sh \
	tests/debug/planted.sh \
	tests/debug/try.sh
kmt_debug_more = \
	tests/debug/coverage.sh \
	tests/debug/gcov.sh \
	tests/debug/kcsan.sh \
	tests/debug/races.awk \
	tests/debug/uncovered \
	tests/debug/kconfig/kcov.config \
	tests/debug/kconfig/kobject-release.config \
	tests/debug/kconfig/nomodules.config \
	tests/debug/kconfig/sigforce.config
kmt_planted = \
	tests/debug/planted/kmt_planted_deadlock.c \
	tests/debug/planted/kmt_planted_free.c \
	tests/debug/planted/kmt_planted_leak.c \
	tests/debug/planted/kmt_planted_overflow.c \
	tests/debug/planted/kmt_planted_race.c \
	tests/debug/planted/kmt_planted_sleep.c \
	tests/debug/planted/kmt_planted_timer.c
EXTRA_DIST += $(kmt_debug) $(kmt_debug_more) $(kmt_planted) tests/debug/planted/Kbuild

# Modules with bugs, built where the links are, like those of modules/.
planted:
	@$(MKDIR_P) tests/debug/planted
	@for file in $(kmt_planted) tests/debug/planted/Kbuild; do \
	  test -e $$file || ln -s "$(abs_srcdir)/$$file" $$file || exit 1; \
	done
	+@$(call kmt_kbuild_in,tests/debug/planted) $(kmt_quiet) modules

# make check-debug [KIND=kasan|kcsan|gcov] [TESTS=...]: in a build tree of its own, which has the
# modules; the console and the probes there are ours.  The logs of the kernels stay in its folder save/.
kmt_kind = $(or $(KIND),kasan)
kmt_kind_dir = debug$(patsubst %,-%,$(filter-out kasan,$(kmt_kind)))
kmt_kind_tests_kasan = $(kmt_debug)
kmt_kind_tests_kcsan = tests/debug/hammer.sh tests/debug/planted.sh
kmt_kind_tests_gcov = tests/debug/faults.sh tests/debug/hammer.sh
kmt_kind_options_kasan = --append kasan_multi_shot
kmt_kind_options_kcsan = --add $(abs_srcdir)/tests/debug/kcsan.sh=/kmt/kind.sh
kmt_kind_options_gcov = --add $(abs_srcdir)/tests/debug/gcov.sh=/kmt/kind.sh
kmt_kind_make_gcov = GCOV_PROFILE=y
kmt_debug_tests = $(call kmt_tests,$(kmt_kind_tests_$(kmt_kind)) $(filter tests/vm/kmt_% tests/vm/stress.sh,$(kmt_vm)))
kmt_debug_options = $(kmt_kind_options_$(kmt_kind)) --append acpi=noirq \
	$(foreach file,$(notdir $(kmt_planted:.c=.ko)), \
	  --add $(abs_builddir)/$(kmt_kind_dir)/tests/debug/planted/$(file)=/kmt/planted/$(file))
check-debug: $(kmt_vm_programs)
	@tree=`$(srcdir)/tui/lab/lab debug-kernel tree $(kmt_kind)` || { \
	  echo 'SKIP: this debug kernel is not in the cache; tui/lab/lab debug-kernel build $(kmt_kind) makes it.'; exit 0; }; \
	$(MKDIR_P) $(kmt_kind_dir)/save && cd $(kmt_kind_dir) && \
	{ grep -qsF -- "--with-kernel=$$tree" config.status || '$(abs_srcdir)/configure' -q CC='$(CC)' --with-kernel="$$tree"; }
	+@test ! -f $(kmt_kind_dir)/Makefile || { cd $(kmt_kind_dir) && \
	  for program in $(kmt_vm_programs); do \
	    $(MKDIR_P) `dirname $$program` && ln -sf '$(abs_builddir)'/$$program $$program || exit 1; \
	  done && \
	  $(MAKE) $(kmt_quiet) $(kmt_kind_make_$(kmt_kind)) modules planted && \
	  { VM_TIMEOUT=$${VM_TIMEOUT:-1800} VM_OPTIONS="$(kmt_debug_options) $$VM_OPTIONS" \
	    VM_SAVE='$(abs_builddir)/$(kmt_kind_dir)/save' VM_KIND='$(kmt_kind)' \
	    $(MAKE) $(kmt_quiet) check-TESTS $(kmt_no_checks) TESTS='$(kmt_debug_tests)'; \
	    status=$$?; $(SHELL) '$(abs_srcdir)/tests/summary.sh' . && exit $$status; }; }

# make coverage: which lines of the modules the tests run, in a table; and which they do not.
.PHONY: coverage
coverage:
	@rm -rf debug-gcov/save
	-+@$(MAKE) $(kmt_quiet) KIND=gcov check-debug
	@$(SHELL) $(srcdir)/tests/debug/coverage.sh debug-gcov $(srcdir)/tests/debug/uncovered
