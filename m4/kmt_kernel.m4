# SPDX-License-Identifier: GPL-2.0-or-later
# Which kernel the modules are built for, and whether its tree can build one.

# KMT_KERNEL
# Sets KERNEL_DIR, KERNEL_RELEASE, KMT_KBUILD_ARGS, kmodprefix and the conditional KERNEL.
# Never picks another kernel than the one asked for or the one that runs.
AC_DEFUN([KMT_KERNEL], [
AC_ARG_WITH([kernel],
	[AS_HELP_STRING([--with-kernel=DIR|no],
		[kernel tree to build the modules for; no: build the console only
		 (default: the tree of the running kernel if it is installed)])],
	[], [with_kernel=auto])
AC_ARG_WITH([kmod-prefix],
	[AS_HELP_STRING([--with-kmod-prefix=DIR],
		[install the modules below DIR/lib/modules (default: below /lib/modules)])],
	[], [with_kmod_prefix=])
AC_ARG_VAR([KERNEL_CC], [C compiler for the modules (default: the choice of the kernel tree)])
AC_ARG_VAR([LLVM], [handed to kbuild: build the modules with LLVM])
AC_ARG_VAR([ARCH], [handed to kbuild: architecture of the kernel])
AC_ARG_VAR([CROSS_COMPILE], [handed to kbuild: prefix of the tools])

KMT_KERNEL_FIND
AS_IF([test -n "$KERNEL_DIR"], [KMT_KERNEL_CHECK])
AS_IF([test -n "$KERNEL_DIR"], [KMT_KERNEL_ARGS])

AS_CASE(["$with_kmod_prefix"],
	[yes|no], [with_kmod_prefix=],
	[*[[[:space:]]]*], [AC_MSG_ERROR([--with-kmod-prefix: kbuild can not install below a directory with a blank in its name.])],
	[/], [with_kmod_prefix=])
AC_SUBST([kmodprefix], [$with_kmod_prefix])
AC_SUBST([KERNEL_DIR])
AC_SUBST([KERNEL_RELEASE])
AC_SUBST([KMT_KBUILD_ARGS])
AC_PATH_PROG([DEPMOD], [depmod], [depmod], [$PATH:/usr/sbin:/sbin])
AM_CONDITIONAL([KERNEL], [test -n "$KERNEL_DIR"])
])

# KMT_KERNEL_FIND
# The directory, or the reason why there is none in kmt_kernel_why.
AC_DEFUN([KMT_KERNEL_FIND], [
AC_MSG_CHECKING([for the kernel tree])
KERNEL_DIR=
kmt_running=/lib/modules/`uname -r`/build
AS_CASE([$with_kernel],
	[no], [kmt_kernel_why="--with-kernel=no was given"],
	[auto|yes],
		[AS_IF([test -d "$kmt_running/."],
			[KERNEL_DIR=$kmt_running],
			[kmt_kernel_why="the running kernel has no tree at $kmt_running; --with-kernel=DIR names another"])],
	[KERNEL_DIR=`cd "$with_kernel" 2>/dev/null && pwd`
	 AS_IF([test -z "$KERNEL_DIR"],
		[AC_MSG_RESULT([no])
		 AC_MSG_ERROR([--with-kernel: $with_kernel is not a directory.])])])
AS_IF([test -n "$KERNEL_DIR"], [AC_MSG_RESULT([$KERNEL_DIR])], [AC_MSG_RESULT([none])])
AS_IF([test "x$with_kernel" = xyes && test -z "$KERNEL_DIR"], [AC_MSG_ERROR([$kmt_kernel_why.])])
])

# KMT_KERNEL_REFUSE(REASON)
# A tree that was asked for and does not do ends configure; one that was found leaves the console alone.
AC_DEFUN([KMT_KERNEL_REFUSE], [
kmt_kernel_why="$1"
AS_IF([test "x$with_kernel" != xauto], [AC_MSG_ERROR([$kmt_kernel_why.])])
KERNEL_DIR=
])

# KMT_KERNEL_CHECK
# The files kbuild will want, and names kbuild can work with.
AC_DEFUN([KMT_KERNEL_CHECK], [
AC_MSG_CHECKING([for the release of that kernel])
dnl UTS_RELEASE is what the modules will carry and where they are installed; `make kernelrelease'
dnl of Debian's headers gives another name.
KERNEL_RELEASE=`$SED -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' "$KERNEL_DIR/include/generated/utsrelease.h" 2>/dev/null`
AC_MSG_RESULT([${KERNEL_RELEASE:-unknown}])

kmt_source_dir=`cd "$srcdir" && pwd`
kmt_build_dir=`pwd`
AS_CASE(["$KERNEL_DIR:$kmt_source_dir:$kmt_build_dir"],
	[*[[[:space:]]]*], [KMT_KERNEL_REFUSE([kbuild can not work with a blank in a path ($KERNEL_DIR, $kmt_source_dir, $kmt_build_dir)])])
for kmt_file in include/generated/utsrelease.h include/config/auto.conf Module.symvers scripts/mod/modpost; do
	AS_IF([test -n "$KERNEL_DIR" && test ! -e "$KERNEL_DIR/$kmt_file"],
		[KMT_KERNEL_REFUSE([$KERNEL_DIR has no $kmt_file: it is not a built kernel tree or complete kernel headers])])
done
AS_IF([test -n "$KERNEL_DIR" && ! grep -q '^CONFIG_MODULES=y' "$KERNEL_DIR/include/config/auto.conf"],
	[KMT_KERNEL_REFUSE([the kernel of $KERNEL_DIR is built without loadable modules (CONFIG_MODULES)])])
])

# KMT_KERNEL_ARGS
# What every call of kbuild gets.  The user's CC and CFLAGS are for the console and are not among it.
AC_DEFUN([KMT_KERNEL_ARGS], [
AC_CHECK_PROGS([KMT_MAKE], [gmake make])
AS_IF([$KMT_MAKE --version 2>/dev/null | grep GNU >/dev/null], [],
	[AC_MSG_ERROR([kbuild needs GNU make.])])
AS_IF([test -z "$LLVM" && grep -q '^CONFIG_CC_IS_CLANG=y' "$KERNEL_DIR/include/config/auto.conf"], [LLVM=1])
KMT_KBUILD_ARGS="${KERNEL_CC:+CC='$KERNEL_CC' }${LLVM:+LLVM='$LLVM' }${ARCH:+ARCH='$ARCH' }${CROSS_COMPILE:+CROSS_COMPILE='$CROSS_COMPILE'}"
])

# KMT_KBUILD(DIRECTORY, ARGUMENTS, LOG)
# One run of kbuild over DIRECTORY (absolute), away from what the environment may carry.
AC_DEFUN([KMT_KBUILD],
[(unset KBUILD_OUTPUT KBUILD_EXTMOD KBUILD_SRC O M MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
  eval "$KMT_MAKE -C \"\$KERNEL_DIR\" M=\"$1\" $KMT_KBUILD_ARGS $2") >$3 2>&1])
