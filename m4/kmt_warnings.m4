# SPDX-License-Identifier: GPL-2.0-or-later
# The compiler's warnings, the sanitizers and the libraries of the console.

# KMT_WARNINGS
# Sets KMT_CFLAGS and KMT_LDFLAGS: what every program of this tree is built with,
# beside the user's own CFLAGS and LDFLAGS.
AC_DEFUN([KMT_WARNINGS], [
AC_ARG_ENABLE([werror],
	[AS_HELP_STRING([--enable-werror], [a compiler warning is an error])])
AC_ARG_ENABLE([asan],
	[AS_HELP_STRING([--enable-asan], [build with the address and undefined-behaviour sanitizers])])

KMT_CFLAGS="-std=gnu11"
KMT_LDFLAGS=
for kmt_flag in -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
		-Wvla -Wformat-security; do
	AC_MSG_CHECKING([whether $CC takes $kmt_flag])
	kmt_saved=$CFLAGS
	CFLAGS="$CFLAGS -Werror $kmt_flag"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM()],
		[KMT_CFLAGS="$KMT_CFLAGS $kmt_flag"
		 AC_MSG_RESULT([yes])],
		[AC_MSG_RESULT([no])])
	CFLAGS=$kmt_saved
done
AS_IF([test "x$enable_werror" = xyes], [KMT_CFLAGS="$KMT_CFLAGS -Werror"])
AS_IF([test "x$enable_asan" = xyes],
	[kmt_asan="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
	 KMT_CFLAGS="$KMT_CFLAGS $kmt_asan"
	 KMT_LDFLAGS="$KMT_LDFLAGS $kmt_asan"])
AC_SUBST([KMT_CFLAGS])
AC_SUBST([KMT_LDFLAGS])
])

# KMT_NEED(PREFIX, PKG-CONFIG-MODULE, DEBIAN, FEDORA, ARCH)
# A library the console can not be without, and the package that has it.
AC_DEFUN([KMT_NEED], [
PKG_CHECK_MODULES([$1], [$2], [], [kmt_missing="$kmt_missing
    [$2]: Debian and Ubuntu $3, Fedora $4, Arch $5"])
])

# KMT_NEEDS_CHECK
# Ends configure when a library named by KMT_NEED was not found.
AC_DEFUN([KMT_NEEDS_CHECK], [
AS_IF([test -n "$kmt_missing"], [AC_MSG_ERROR([the console needs libraries that were not found.
Install these packages and run configure again:$kmt_missing])])
])

# KMT_WANT(PREFIX, PKG-CONFIG-MODULE, SENTENCE)
# A library that may be missing: HAVE_PREFIX for C and for the makefile, kmt_says_PREFIX for the summary.
AC_DEFUN([KMT_WANT], [
PKG_CHECK_MODULES([$1], [$2],
	[AC_DEFINE([HAVE_$1], [1], [Define to 1 if $2 is there.])
	 kmt_says_$1=yes],
	[kmt_says_$1="no ($3)"])
AM_CONDITIONAL([HAVE_$1], [test "x$kmt_says_$1" = xyes])
])
