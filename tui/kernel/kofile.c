/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kofile.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "kernel/root.h"

/* Modules have some dozen sections and some kilobytes of fields; more is no module. */
#define TABLE_MAX (4u << 20)
#define NAMES_MAX (4u << 20)
#define MODINFO_MAX (16u << 20)
#define SECTION ".modinfo"

int kofile_parse(const unsigned char *head, size_t len, struct kofile *file)
{
	const unsigned char order = __BYTE_ORDER == __LITTLE_ENDIAN ? ELFDATA2LSB : ELFDATA2MSB;
	unsigned count;
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;

	if (len < EI_NIDENT || memcmp(head, ELFMAG, SELFMAG) || head[EI_DATA] != order)
		return -ENOTSUP;
	file->wide = head[EI_CLASS] == ELFCLASS64;
	if (len < (file->wide ? sizeof(wide) : sizeof(narrow)))
		return -ENOEXEC;
	if (file->wide) {
		memcpy(&wide, head, sizeof(wide));
		*file = (struct kofile){ true, { wide.e_shoff, 0 }, wide.e_shentsize, wide.e_shstrndx };
		count = wide.e_shnum;
	} else {
		memcpy(&narrow, head, sizeof(narrow));
		*file = (struct kofile){ false, { narrow.e_shoff, 0 }, narrow.e_shentsize,
					 narrow.e_shstrndx };
		count = narrow.e_shnum;
	}
	if (file->entry_size < (file->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr)) || !count)
		return -ENOEXEC;
	file->table.size = (uint64_t)count * file->entry_size;
	return file->table.size > TABLE_MAX ? -ENOEXEC : 0;
}

/* The name of the section is an offset among the names. */
static bool section_get(const struct kofile *file, const unsigned char *entry, struct kofile_part *part,
			uint64_t *name)
{
	Elf64_Shdr wide;
	Elf32_Shdr narrow;

	if (file->wide) {
		memcpy(&wide, entry, sizeof(wide));
		*part = (struct kofile_part){ wide.sh_offset, wide.sh_size };
		*name = wide.sh_name;
		return wide.sh_type != SHT_NOBITS;
	}
	memcpy(&narrow, entry, sizeof(narrow));
	*part = (struct kofile_part){ narrow.sh_offset, narrow.sh_size };
	*name = narrow.sh_name;
	return narrow.sh_type != SHT_NOBITS;
}

int kofile_section(const struct kofile *file, const unsigned char *table, size_t len, size_t index,
		   struct kofile_part *part)
{
	uint64_t name;

	if (index >= len / file->entry_size)
		return -ENOEXEC;
	return section_get(file, table + index * file->entry_size, part, &name) ? 0 : -ENOEXEC;
}

int kofile_find(const struct kofile *file, const unsigned char *table, size_t len,
		const struct buf *names, struct kofile_part *part)
{
	size_t i, n = len / file->entry_size;
	uint64_t name;

	for (i = 0; i < n; i++)
		if (section_get(file, table + i * file->entry_size, part, &name) &&
		    names->len >= sizeof(SECTION) && name <= names->len - sizeof(SECTION) &&
		    !memcmp(names->data + name, SECTION, sizeof(SECTION)))
			return 0;
	return -ENOEXEC;
}

/* The whole part or nothing. */
static int read_part(int fd, const struct kofile_part *part, size_t max, struct buf *out)
{
	size_t done = 0;
	ssize_t got;
	char *to;

	if (part->size > max || part->offset > INT64_MAX - part->size)
		return -ENOEXEC;
	to = buf_grow(out, part->size);
	while (done < part->size) {
		got = pread(fd, to + done, part->size - done, (off_t)(part->offset + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : -ENOEXEC;
		done += (size_t)got;
	}
	out->len += done;
	out->data[out->len] = '\0';
	return 0;
}

static int read_modinfo(int fd, struct buf *out)
{
	struct buf table = BUF_INIT, names = BUF_INIT;
	unsigned char head[sizeof(Elf64_Ehdr)];
	struct kofile_part part;
	struct kofile file;
	ssize_t got;
	int err;

	got = pread(fd, head, sizeof(head), 0);
	if (got < 0)
		return -errno;
	err = kofile_parse(head, (size_t)got, &file);
	if (!err)
		err = read_part(fd, &file.table, TABLE_MAX, &table);
	if (!err)
		err = kofile_section(&file, (unsigned char *)table.data, table.len, file.names, &part);
	if (!err)
		err = read_part(fd, &part, NAMES_MAX, &names);
	if (!err)
		err = kofile_find(&file, (unsigned char *)table.data, table.len, &names, &part);
	if (!err)
		err = read_part(fd, &part, MODINFO_MAX, out);
	buf_release(&table);
	buf_release(&names);
	return err;
}

int kofile_read_modinfo(const struct root *root, const char *path, struct buf *out)
{
	int fd, err;

	fd = root_open(root, path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return fd;
	err = read_modinfo(fd, out);
	close(fd);
	/* The last string may have lost its end. */
	if (!err)
		buf_addch(out, '\0');
	return err;
}
