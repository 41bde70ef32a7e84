/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small things every room uses. */
#ifndef KMT_BASE_UTIL_H
#define KMT_BASE_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* The longest module name the kernel takes: MODULE_NAME_LEN is 64 - sizeof(long), NUL included. */
#define MODULE_NAME_MAX 55

/*
 * @s is a module name: 1 to MODULE_NAME_MAX of [A-Za-z0-9_-].  Names with '/' or other
 * characters never reach libkmod (CVE-2014-9645 of another modprobe).
 */
bool util_name_valid(const char *s);

/*
 * @s can be the name of a loaded module: 1 to MODULE_NAME_MAX visible bytes of ASCII without '/' and ','.  The kernel takes
 * more than util_name_valid() does, kpatch_4.18.0_240 for one; such a name may stand in a path below /sys/module.
 */
bool util_name_live(const char *s);

/* Two module names are one name: '-' and '_' are the same, case is not. */
bool util_name_equal(const char *a, const char *b);

/* Order of names with '-' taken as '_': <0, 0, >0. */
int util_name_compare(const char *a, const char *b);

/* Turns every '-' of @s into '_', in place. */
void util_name_normalize(char *s);
/* The length of a module's file name without ".ko", ".ko.gz", ".ko.xz" or ".ko.zst"; 0: it is no such name. */
size_t util_module_stem(const char *name);

/* Milliseconds and microseconds of CLOCK_MONOTONIC. */
uint64_t util_now_ms(void);
uint64_t util_now_us(void);

#endif
