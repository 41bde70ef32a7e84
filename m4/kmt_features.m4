# SPDX-License-Identifier: GPL-2.0-or-later
# What the kernel's API looks like: probes instead of version numbers, because distributions
# bring newer functions back into older kernels.

# KMT_PROBE(NAME, QUESTION, INCLUDES, BODY)
# One probe, KMT_HAVE_NAME: BODY compiles inside a function of a module.
AC_DEFUN([KMT_PROBE], [
kmt_probes="$kmt_probes $1"
AS_VAR_SET([kmt_question_$1], ["$2"])
cat >conftest.kmt/$1.c <<'_KMT_EOF'
#include <linux/module.h>
$3
void kmt_probe_$1(void);
void kmt_probe_$1(void)
{
$4
}
MODULE_LICENSE("GPL");
_KMT_EOF
])

# KMT_PROBES
# All of them.  A new one is one entry here and one shim in modules/compat.h.
AC_DEFUN([KMT_PROBES], [
KMT_PROBE([TIMER_DELETE_SYNC], [timer_delete_sync() is there],
	[#include <linux/timer.h>],
	[	struct timer_list t = { };

	timer_delete_sync(&t);])
KMT_PROBE([TIMER_SHUTDOWN_SYNC], [timer_shutdown_sync() is there],
	[#include <linux/timer.h>],
	[	struct timer_list t = { };

	timer_shutdown_sync(&t);])
KMT_PROBE([TIMER_CONTAINER_OF], [timer_container_of() is there],
	[#include <linux/timer.h>],
	[	struct { struct timer_list t; } *p = NULL;

	p = timer_container_of(p, &p->t, t);
	(void)p;])
KMT_PROBE([WQ_PERCPU], [a queue is told to be per CPU],
	[#include <linux/workqueue.h>],
	[	(void)alloc_workqueue("kmt", WQ_PERCPU, 1);])
KMT_PROBE([HRTIMER_SETUP], [hrtimer_setup() is there],
	[#include <linux/hrtimer.h>],
	[	struct hrtimer t;

	hrtimer_setup(&t, NULL, CLOCK_MONOTONIC, HRTIMER_MODE_REL);])
KMT_PROBE([CLASS_CREATE_NAME], [class_create() takes the name alone],
	[#include <linux/device.h>],
	[	(void)class_create("kmt");])
KMT_PROBE([SOCKADDR_UNSIZED], [kernel_bind() takes a struct sockaddr_unsized],
	[#include <linux/net.h>],
	[	(void)kernel_bind(NULL, (struct sockaddr_unsized *)NULL, 0);])
KMT_PROBE([SK_USE_TASK_FRAG], [a socket can be told to keep off the task's page],
	[#include <net/sock.h>],
	[	struct sock *sk = NULL;

	sk->sk_use_task_frag = false;])
])

# KMT_FEATURES
# Writes modules/kmt_features.h.  The answers are kept in kmt_features.cache, keyed by the kernel's
# tree, release, configuration, compiler and the probes themselves.
AC_DEFUN([KMT_FEATURES], [
AS_IF([test -n "$KERNEL_DIR"], [
	rm -rf conftest.kmt
	mkdir conftest.kmt
	kmt_probes=
	KMT_PROBES
	KMT_FEATURES_KEY
	kmt_answers=`$SED -n "s/^$kmt_key://p" kmt_features.cache 2>/dev/null`
	AS_IF([test -z "$kmt_answers"], [KMT_FEATURES_ASK])
	KMT_FEATURES_TELL
	rm -rf conftest.kmt])
])

AC_DEFUN([KMT_FEATURES_KEY], [
kmt_key=`{ echo "$KERNEL_DIR $KERNEL_RELEASE $KMT_KBUILD_ARGS"
	AS_IF([test -n "$LLVM"], [${KERNEL_CC:-clang} --version], [${KERNEL_CC:-${CROSS_COMPILE}gcc} --version]) 2>/dev/null | $SED 1q
	cat "$KERNEL_DIR/include/config/auto.conf" conftest.kmt/*.c; } | cksum | tr ' ' -`
])

# KMT_FEATURES_ASK
# First a module without content, modpost included: if that fails, every probe would only say "no".
AC_DEFUN([KMT_FEATURES_ASK], [
AC_MSG_CHECKING([whether that tree builds a module])
mkdir conftest.kmt/first
cat >conftest.kmt/first/first.c <<'_KMT_EOF'
#include <linux/module.h>
MODULE_DESCRIPTION("nothing");
MODULE_LICENSE("GPL");
_KMT_EOF
echo 'obj-m := first.o' >conftest.kmt/first/Kbuild
kmt_here=`pwd`
KMT_KBUILD([$kmt_here/conftest.kmt/first], [modules], [conftest.kmt/first.log])
AS_IF([test -f conftest.kmt/first/first.ko],
	[AC_MSG_RESULT([yes])],
	[AC_MSG_RESULT([no])
	 $SED 's/^/    /' conftest.kmt/first.log >&2
	 $SED 's/^/| /' conftest.kmt/first.log >&AS_MESSAGE_LOG_FD
	 rm -rf conftest.kmt
	 AC_MSG_ERROR([$KERNEL_DIR can not build a module; its own words are above.
--with-kernel=DIR names another tree, --with-kernel=no builds the console only.])])
dnl One run for all probes: -k, because a probe that does not compile is an answer.
{ printf 'obj-m :='
  for kmt_probe in $kmt_probes; do printf ' %s.o' "$kmt_probe"; done
  echo; } >conftest.kmt/Kbuild
KMT_KBUILD([$kmt_here/conftest.kmt], [-k KBUILD_MODPOST_NOFINAL=yes modules], [conftest.kmt/probes.log])
$SED 's/^/| /' conftest.kmt/probes.log >&AS_MESSAGE_LOG_FD
kmt_answers=
for kmt_probe in $kmt_probes; do
	AS_IF([test -f "conftest.kmt/$kmt_probe.o"],
		[kmt_answers="$kmt_answers $kmt_probe=yes"],
		[kmt_answers="$kmt_answers $kmt_probe=no"])
done
echo "$kmt_key:$kmt_answers" >kmt_features.cache
])

# KMT_FEATURES_TELL
# The header is replaced only when it changes: the modules depend on it.
AC_DEFUN([KMT_FEATURES_TELL], [
AS_MKDIR_P([modules])
{
echo "/* SPDX-License-Identifier: GPL-2.0-or-later */"
echo "/* What configure found in $KERNEL_RELEASE. */"
for kmt_answer in $kmt_answers; do
	kmt_probe=${kmt_answer%=*}
	AS_VAR_COPY([kmt_question], [kmt_question_$kmt_probe])
	AC_MSG_CHECKING([whether $kmt_question])
	AS_CASE([$kmt_answer],
		[*=yes], [AC_MSG_RESULT([yes])
			echo "@%:@define KMT_HAVE_$kmt_probe 1"],
		[AC_MSG_RESULT([no])
			echo "/* no KMT_HAVE_$kmt_probe */"])
done
} >conftest.kmt/features.h
AS_IF([cmp -s conftest.kmt/features.h modules/kmt_features.h], [],
	[cp conftest.kmt/features.h modules/kmt_features.h])
])

# KMT_TOPICS
# Reads modules/Kbuild, the list of topics, and sorts them into those this kernel can have
# (KMT_TOPICS_YES) and a table for the summary.
AC_DEFUN([KMT_TOPICS], [
AC_SUBST([KMT_TOPICS_YES])
kmt_table=
AS_IF([test -n "$KERNEL_DIR"], [
	for kmt_line in `$SED -n 's/[[ 	]]//g; /^obj-.*+=[[a-z]]*\/$/p' "$srcdir/modules/Kbuild"`; do
		kmt_topic=`echo "$kmt_line" | $SED 's/.*+=//; s/\/$//'`
		kmt_lacks=
		for kmt_config in `echo "$kmt_line" | tr -c 'A-Z0-9_\n' ' ' | tr ' ' '\n' | grep '^CONFIG_'`; do
			AS_IF([grep -q "^$kmt_config=[[ym]]" "$KERNEL_DIR/include/config/auto.conf"], [],
				[kmt_lacks="$kmt_lacks $kmt_config"])
		done
		AS_IF([test -n "$kmt_lacks"],
			[kmt_row=`printf '  kmt_%-12s no   the kernel is built without%s' "$kmt_topic" "$kmt_lacks"`],
			[kmt_row=`printf '  kmt_%-12s yes' "$kmt_topic"`
			 KMT_TOPICS_YES="$KMT_TOPICS_YES $kmt_topic"])
		kmt_table="$kmt_table
$kmt_row"
	done])
])

# KMT_SUMMARY
AC_DEFUN([KMT_SUMMARY], [
cat <<_KMT_EOF

kmodtui $PACKAGE_VERSION

  console          yes, installed in $prefix/bin
  libudev          $kmt_says_LIBUDEV
  libcap-ng        $kmt_says_LIBCAP_NG
  libseccomp       $kmt_says_LIBSECCOMP
  cmocka           $kmt_says_CMOCKA
  clang, for fuzz  ${FUZZ_CC:-no}

_KMT_EOF
AS_IF([test -n "$KERNEL_DIR"],
	[cat <<_KMT_EOF
  modules for      $KERNEL_RELEASE
  kernel tree      $KERNEL_DIR
  installed in     $kmodprefix/lib/modules/$KERNEL_RELEASE/updates/kmodtui
$kmt_table

_KMT_EOF
],
	[cat <<_KMT_EOF
  modules          none, the console only: $kmt_kernel_why

_KMT_EOF
])
])
