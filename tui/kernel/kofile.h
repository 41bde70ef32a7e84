/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fields of a module's file without anything else of it: what a search through all modules has
 * time for.
 */
#ifndef KMT_KERNEL_KOFILE_H
#define KMT_KERNEL_KOFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct root;

/* A part of a file. */
struct kofile_part {
	uint64_t offset, size;
};

/* The headers of an ELF file: where the table of sections lies, and which one holds their names. */
struct kofile {
	bool wide;			/* 64 bits */
	struct kofile_part table;
	unsigned entry_size, names;
};

/*
 * Pure: the first bytes of a file.  -ENOTSUP: not an ELF file of this machine's byte order (compressed, most
 * likely); -ENOEXEC: damaged.
 */
int kofile_parse(const unsigned char *head, size_t len, struct kofile *file);
/* Pure: section @index of the table.  -ENOEXEC: there is none. */
int kofile_section(const struct kofile *file, const unsigned char *table, size_t len, size_t index,
		   struct kofile_part *part);
/* Pure: the section .modinfo by the bytes of all names.  -ENOEXEC: there is none. */
int kofile_find(const struct kofile *file, const unsigned char *table, size_t len,
		const struct buf *names, struct kofile_part *part);

/* Pure: the table of symbols and the names in it.  -ENOEXEC: there is none. */
int kofile_symbols(const struct kofile *file, const unsigned char *table, size_t len,
		   struct kofile_part *symbols, struct kofile_part *names);
/*
 * Pure: the name by which the kernel knows the function that init_module stands for, by the bytes of both; it is
 * within @names.  NULL: the file has no such function.
 */
const char *kofile_init(const struct kofile *file, const struct buf *symbols, const struct buf *names);
/* The same of the open file @fd; *name is the caller's.  -ENODATA: it has no init function; -ENOTSUP: packed; -errno. */
int kofile_read_init(int fd, char **name);

/*
 * Appends the strings "key=value" of .modinfo, each with a NUL behind it, of the file at @path below @root.
 * As kofile_parse(); -errno.
 */
int kofile_read_modinfo(const struct root *root, const char *path, struct buf *out);

#endif
