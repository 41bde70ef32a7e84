# SPDX-License-Identifier: GPL-2.0-or-later
# The modules.  kbuild builds in the directory it is given, so the sources appear in the build tree
# as links, and kbuild is called there once for all of them.
# A new file is one line here; a new topic is one more line in modules/Kbuild.

kmt_files = \
	modules/Kbuild \
	modules/compat.h \
	modules/chardev/Kbuild \
	modules/chardev/README \
	modules/chardev/file.c \
	modules/chardev/kmt_chardev_main.c \
	modules/chardev/map.c \
	modules/chardev/minor.c \
	modules/chardev/minor.h \
	modules/chardev/request.c \
	modules/chardev/ring.h \
	modules/hello/Kbuild \
	modules/hello/README \
	modules/hello/kmt_hello.c \
	modules/netsock/Kbuild \
	modules/netsock/README \
	modules/netsock/beacon.c \
	modules/netsock/conn.c \
	modules/netsock/datagram.c \
	modules/netsock/endpoint.c \
	modules/netsock/kmt_netsock_main.c \
	modules/netsock/netsock.h \
	modules/netsock/server.c \
	modules/params/Kbuild \
	modules/params/README \
	modules/params/kmt_params.c \
	modules/procfs/Kbuild \
	modules/procfs/README \
	modules/procfs/kmt_procfs.c \
	modules/procfs/tasks.h \
	modules/timer/Kbuild \
	modules/timer/README \
	modules/timer/engine.h \
	modules/timer/kmt_timer.c \
	modules/timer/lateness.h
EXTRA_DIST += $(kmt_files)

# What both the kernel and programs include: installed as <kmt/NAME.h>.
kmtincludedir = $(includedir)/kmt
kmtinclude_HEADERS = $(kmt_headers)
kmt_headers = \
	modules/include/kmt/chardev.h

# Away from the environment and from variables of make's command line: CC=clang or CFLAGS=-O0 are
# meant for the console.  V, W and C are kbuild's own and are handed on.
kmt_kbuild = $(call kmt_kbuild_in,modules)
kmt_kbuild_in = unset KBUILD_OUTPUT KBUILD_EXTMOD KBUILD_SRC O M MAKEOVERRIDES; \
	MAKEFLAGS=$${MAKEFLAGS%%-- *} $(MAKE) -C '$(KERNEL_DIR)' M='$(abs_builddir)/$(1)' \
	$(KMT_KBUILD_ARGS) $(if $(GCOV_PROFILE),GCOV_PROFILE=y) $(if $(V),V='$(V)') $(if $(W),W='$(W)') $(if $(C),C='$(C)') $(if $(CHECK),CHECK='$(CHECK)') \
	$(if $(KCFLAGS),KCFLAGS='$(KCFLAGS)')
kmt_quiet = $(if $(filter 1,$(V)),,--no-print-directory)
kmt_root = $(DESTDIR)$(kmodprefix)
kmt_installed = $(kmt_root)/lib/modules/$(KERNEL_RELEASE)/updates/kmodtui

# Links to the sources, made again when the list of files changes.
modules/.farm: $(srcdir)/modules/local.mk
	$(AM_V_GEN)if test ! $(srcdir) -ef .; then \
	  find modules -type l -exec rm -f {} + ; \
	  for file in $(kmt_files) $(kmt_headers); do \
	    $(MKDIR_P) "$${file%/*}" && ln -s "$(abs_srcdir)/$$file" "$$file" || exit 1; \
	  done; \
	fi
	@: >$@
DISTCLEANFILES += modules/.farm modules/kmt_features.h kmt_features.cache

.PHONY: lint-clean lint-files lint-kbuild lint-modules modules modules-clean modules-install \
	modules-uninstall sign
if KERNEL

ALL_LOCAL += modules
INSTALL_LOCAL += modules-install
UNINSTALL_LOCAL += modules-uninstall
CLEAN_LOCAL += modules-clean

modules: modules/.farm modules/kmt_features.h
	+@$(kmt_kbuild) $(kmt_quiet) modules

# CONFIG_MODULE_SIG_ALL= : the kernel's own key is not here to sign with; see the target sign.
# cmd_depmod= : kbuild would run depmod in some trees and not in others, so that is done (or named) below.
modules-install: modules
	+@$(kmt_kbuild) $(kmt_quiet) INSTALL_MOD_PATH='$(kmt_root)' \
	  MODLIB='$(kmt_root)/lib/modules/$(KERNEL_RELEASE)' \
	  INSTALL_MOD_DIR=updates/kmodtui CONFIG_MODULE_SIG_ALL= cmd_depmod= modules_install
	@if test -z '$(kmt_root)'; then \
	  echo '  DEPMOD  $(KERNEL_RELEASE)'; $(DEPMOD) '$(KERNEL_RELEASE)'; \
	else \
	  echo "The modules are below $(kmt_root): 'depmod -b $(kmt_root) $(KERNEL_RELEASE)' makes modprobe find them."; \
	fi

modules-uninstall:
	@for topic in $(KMT_TOPICS_YES); do \
	  for end in ko ko.gz ko.xz ko.zst; do \
	    file="$(kmt_installed)/$$topic/kmt_$$topic.$$end"; \
	    if test -f "$$file"; then echo "  RM      $$file"; rm -f "$$file"; fi; \
	  done; \
	  rmdir "$(kmt_installed)/$$topic" 2>/dev/null || :; \
	done; \
	rmdir "$(kmt_installed)" "$(kmt_root)/lib/modules/$(KERNEL_RELEASE)/updates" 2>/dev/null || :; \
	if test -z '$(kmt_root)'; then $(DEPMOD) '$(KERNEL_RELEASE)'; fi

# In a build tree of its own the links go too, and with them nothing of ours is left.
modules-clean:
	+@if test -e modules/.farm; then $(kmt_kbuild) $(kmt_quiet) clean; fi
	@if test ! $(srcdir) -ef .; then find modules -type l -exec rm -f {} + ; fi
	@rm -f modules/.farm

# For an editor that asks clangd: how each source is compiled, without the flags that clang does not know.  A kernel since
# 6.13 compiles in the folder of the modules, an older one in its own.
kmt_gcc_only = -mpreferred-stack-boundary=.*|-mindirect-branch.*|-mfunction-return=.*|-mrecord-mcount|-fconserve-stack|$\
	-fno-allow-store-data-races|-fzero-call-used-regs=.*|-ftrivial-auto-var-init=.*|-fmin-function-alignment=.*
compile_commands.json: modules
	$(AM_V_GEN)top=$$(cd $(srcdir) && pwd) && cat modules/*/.*.o.cmd | \
	awk -v only='^($(kmt_gcc_only))$$' -v from='$(abs_builddir)/' -v to="$$top/" -v dir='$(KERNEL_DIR)' ' \
	  /^(saved)?cmd_/ && sub(/^[^:]*:= */, "") && sub(/ *;.*| *$$/, "") && $$NF ~ /[.]c$$/ && $$NF !~ /[.]mod[.]c$$/ { \
	    for (i = 1; i < NF; i++) if ($$i ~ only) $$i = ""; \
	    here = $$NF ~ /^\// ? dir : from "modules"; if (here != dir) $$NF = from "modules/" $$NF; \
	    if (index($$NF, from) == 1) $$NF = to substr($$NF, length(from) + 1); file = $$NF; gsub(/\\/, "&&"); gsub(/"/, "\\\""); \
	    printf "%s\n{\"directory\": \"%s\",\n \"file\": \"%s\",\n \"command\": \"%s\"}", sep, here, file, $$0; sep = "," } \
	  BEGIN { printf "[" } END { print "\n]" }' >$@
CLEANFILES += compile_commands.json

# make sign SIGN_KEY=key.pem SIGN_CERT=certificate.der: before make install.
SIGN_HASH = sha256
sign: modules
	@if test -z '$(SIGN_KEY)' || test -z '$(SIGN_CERT)'; then \
	  echo 'make sign needs SIGN_KEY=FILE (private key) and SIGN_CERT=FILE (X.509 certificate).' >&2; exit 1; \
	fi; \
	for topic in $(KMT_TOPICS_YES); do \
	  module="modules/$$topic/kmt_$$topic.ko"; \
	  if tail -c 28 "$$module" | grep -q 'Module signature appended'; then \
	    echo "$$module is signed already"; \
	  else \
	    echo "  SIGN    $$module"; \
	    '$(KERNEL_DIR)/scripts/sign-file' $(SIGN_HASH) '$(SIGN_KEY)' '$(SIGN_CERT)' "$$module" || exit 1; \
	  fi; \
	done

# Everything that may have an opinion on the modules.  tests/lint/modules.sh is also a test of make check.
lint-modules: modules/kmt_features.h
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/lint/modules.sh

# For that script and its neighbour: a build in links of their own, so that what is built, and tested
# meanwhile, stays.  FARM is where; make lint-kbuild FARM=lint/NAME builds again what has changed.
FARM = lint
lint-kbuild: modules/kmt_features.h
	@test -d $(FARM)/modules || { for file in $(kmt_files) $(kmt_headers); do \
	  $(MKDIR_P) "$(FARM)/$${file%/*}" && ln -s "$(abs_srcdir)/$$file" "$(FARM)/$$file" || exit 1; \
	done; ln -s '$(abs_builddir)/modules/kmt_features.h' $(FARM)/modules/kmt_features.h; }
	+@$(call kmt_kbuild_in,$(FARM)/modules) $(kmt_quiet) modules

# What checkpatch reads.
lint-files:
	@echo $(filter %.c %.h,$(kmt_files) $(kmt_headers))

CLEAN_LOCAL += lint-clean
lint-clean:
	@rm -rf lint

else !KERNEL

modules sign lint-modules lint-kbuild:
	@echo 'No kernel tree was configured, so there are no modules; see --with-kernel of configure.' >&2; exit 1

endif !KERNEL
