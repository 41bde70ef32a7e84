/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kofile.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "kernel/root.h"

/* Modules have some dozen sections and some kilobytes of fields; more is no module. */
#define TABLE_MAX (4u << 20)
#define NAMES_MAX (4u << 20)
#define MODINFO_MAX (16u << 20)
#define SYMBOLS_MAX (64u << 20)
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

/* The section, with its type, and the one it is linked to. */
static unsigned section_type(const struct kofile *file, const unsigned char *entry, unsigned *link)
{
	Elf64_Shdr wide;
	Elf32_Shdr narrow;

	if (file->wide) {
		memcpy(&wide, entry, sizeof(wide));
		*link = wide.sh_link;
		return wide.sh_type;
	}
	memcpy(&narrow, entry, sizeof(narrow));
	*link = narrow.sh_link;
	return narrow.sh_type;
}

int kofile_symbols(const struct kofile *file, const unsigned char *table, size_t len,
		   struct kofile_part *symbols, struct kofile_part *names)
{
	size_t i, n = len / file->entry_size;
	unsigned link;

	for (i = 0; i < n; i++)
		if (section_type(file, table + i * file->entry_size, &link) == SHT_SYMTAB)
			return kofile_section(file, table, len, i, symbols) ||
			       kofile_section(file, table, len, link, names) ? -ENOEXEC : 0;
	return -ENOEXEC;
}

struct symbol {
	const char *name;	/* "" for one without */
	unsigned section;
	uint64_t value;
};

static size_t symbol_size(const struct kofile *file)
{
	return file->wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
}

static void symbol_get(const struct kofile *file, const char *entry, const struct buf *names, struct symbol *symbol)
{
	uint64_t name;
	Elf64_Sym wide;
	Elf32_Sym narrow;

	if (file->wide) {
		memcpy(&wide, entry, sizeof(wide));
		name = wide.st_name;
		*symbol = (struct symbol){ "", wide.st_shndx, wide.st_value };
	} else {
		memcpy(&narrow, entry, sizeof(narrow));
		name = narrow.st_name;
		*symbol = (struct symbol){ "", narrow.st_shndx, narrow.st_value };
	}
	/* The last name may have lost its end. */
	if (name < names->len && memchr(names->data + name, '\0', names->len - name))
		symbol->name = names->data + name;
}

/* What the kernel passes over when it looks for the name of an address. */
static bool is_label(const char *name)
{
	return !*name || *name == '$' || (name[0] == '.' && name[1] == 'L');
}

/* init_module is a second name; of several the kernel knows an address by the first in the table. */
const char *kofile_init(const struct kofile *file, const struct buf *symbols, const struct buf *names)
{
	size_t size = symbol_size(file), n = symbols->len / size, i;
	struct symbol wanted = { "", SHN_UNDEF, 0 }, symbol;

	for (i = 0; i < n && wanted.section == SHN_UNDEF; i++) {
		symbol_get(file, symbols->data + i * size, names, &symbol);
		if (!strcmp(symbol.name, "init_module"))
			wanted = symbol;
	}
	for (i = 0; i < n && wanted.section != SHN_UNDEF; i++) {
		symbol_get(file, symbols->data + i * size, names, &symbol);
		if (symbol.section == wanted.section && symbol.value == wanted.value && !is_label(symbol.name))
			return symbol.name;
	}
	return NULL;
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

/* The headers, and the table of sections. */
static int read_table(int fd, struct kofile *file, struct buf *table)
{
	unsigned char head[sizeof(Elf64_Ehdr)];
	ssize_t got;
	int err;

	got = pread(fd, head, sizeof(head), 0);
	if (got < 0)
		return -errno;
	err = kofile_parse(head, (size_t)got, file);
	return err ? err : read_part(fd, &file->table, TABLE_MAX, table);
}

static int read_modinfo(int fd, struct buf *out)
{
	struct buf table = BUF_INIT, names = BUF_INIT;
	struct kofile_part part;
	struct kofile file;
	int err;

	err = read_table(fd, &file, &table);
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

int kofile_read_init(int fd, char **name)
{
	struct buf table = BUF_INIT, symbols = BUF_INIT, names = BUF_INIT;
	struct kofile_part symbols_part, names_part;
	const char *found = NULL;
	struct kofile file;
	int err;

	err = read_table(fd, &file, &table);
	if (!err)
		err = kofile_symbols(&file, (unsigned char *)table.data, table.len, &symbols_part, &names_part);
	if (!err)
		err = read_part(fd, &symbols_part, SYMBOLS_MAX, &symbols);
	if (!err)
		err = read_part(fd, &names_part, SYMBOLS_MAX, &names);
	if (!err)
		found = kofile_init(&file, &symbols, &names);
	if (found)
		*name = xstrdup(found);
	buf_release(&table);
	buf_release(&symbols);
	buf_release(&names);
	return err || found ? err : -ENODATA;
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
