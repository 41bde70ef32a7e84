# SPDX-License-Identifier: GPL-2.0-or-later
# The papers.  Manual pages are installed, the rest is in the tarball.

dist_man_MANS += \
	docs/kmodtui.8 \
	docs/kmt_chardev.4 \
	docs/kmt_hello.4 \
	docs/kmt_netsock.4 \
	docs/kmt_params.4 \
	docs/kmt_procfs.4 \
	docs/kmt_timer.4

dist_pkgdata_DATA = docs/schema.json

# Where each shell looks for what it does not know of itself.
bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
dist_zshcompletion_DATA = docs/completions/_kmodtui
dist_fishcompletion_DATA = docs/completions/kmodtui.fish
EXTRA_DIST += docs/completions/kmodtui.bash
install-data-hook: install-bash-completion
install-bash-completion:
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) $(srcdir)/docs/completions/kmodtui.bash '$(DESTDIR)$(bashcompletiondir)/kmodtui'
uninstall-hook: uninstall-bash-completion
uninstall-bash-completion:
	rm -f '$(DESTDIR)$(bashcompletiondir)/kmodtui'
.PHONY: install-bash-completion uninstall-bash-completion

EXTRA_DIST += README docs/ARCHITECTURE docs/HACKING docs/NEWS docs/SCREENS docs/TASKS docs/TUTORIAL docs/exercises
