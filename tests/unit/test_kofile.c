/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "kernel/kofile.h"
#include "kernel/root.h"
#include "tree.h"

#define NAMES "\0.modinfo\0.names"
#define INFO "license=GPL\0parm=a:first"

/* A file of three sections: none, .modinfo, their names. */
struct image {
	Elf64_Ehdr head;
	Elf64_Shdr table[3];
	char names[sizeof(NAMES)], info[sizeof(INFO) - 1];
};

static void image_init(struct image *image)
{
	const int little = 1;

	memset(image, 0, sizeof(*image));
	memcpy(image->head.e_ident, ELFMAG, SELFMAG);
	image->head.e_ident[EI_CLASS] = ELFCLASS64;
	image->head.e_ident[EI_DATA] = *(const char *)&little ? ELFDATA2LSB : ELFDATA2MSB;
	image->head.e_shoff = offsetof(struct image, table);
	image->head.e_shentsize = sizeof(Elf64_Shdr);
	image->head.e_shnum = 3;
	image->head.e_shstrndx = 2;
	memcpy(image->names, NAMES, sizeof(NAMES));
	memcpy(image->info, INFO, sizeof(image->info));
	image->table[1] = (Elf64_Shdr){ .sh_name = 1, .sh_type = SHT_PROGBITS,
		.sh_offset = offsetof(struct image, info), .sh_size = sizeof(image->info) };
	image->table[2] = (Elf64_Shdr){ .sh_name = 10, .sh_type = SHT_STRTAB,
		.sh_offset = offsetof(struct image, names), .sh_size = sizeof(image->names) };
}

/* What reading the first @len bytes of it says. */
static int try_image(const void *bytes, size_t len, struct buf *out)
{
	char path[TREE_PATH];
	struct tree tree;
	struct root root;
	int fd, err;

	tree_init(&tree);
	tree_path(&tree, "x.ko", path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
	assert_int_equal(root_init(&root, tree.dir, "6.1"), 0);
	buf_reset(out);
	err = kofile_read_modinfo(&root, "x.ko", out);
	root_release(&root);
	tree_release(&tree);
	return err;
}

static void the_fields_of_a_file(void **state)
{
	struct buf out = BUF_INIT;
	struct image image;

	(void)state;
	image_init(&image);
	assert_int_equal(try_image(&image, sizeof(image), &out), 0);
	assert_int_equal(out.len, sizeof(INFO));
	assert_memory_equal(out.data, INFO, sizeof(INFO));
	buf_release(&out);
}

static void compressed_files_are_for_others(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(try_image("\3757zXZ\0and so on, and on", 20, &out), -ENOTSUP);
	assert_int_equal(try_image("", 0, &out), -ENOTSUP);
	buf_release(&out);
}

static void every_cut_is_damage(void **state)
{
	struct buf out = BUF_INIT;
	struct image image;
	size_t len;

	(void)state;
	image_init(&image);
	for (len = EI_NIDENT; len < offsetof(struct image, info) + sizeof(image.info); len++)
		assert_int_equal(try_image(&image, len, &out), -ENOEXEC);
	buf_release(&out);
}

/* Each byte of the headers as large as can be: never outside of the file, whatever it says. */
static void every_byte_may_lie(void **state)
{
	unsigned char *bytes;
	struct buf out = BUF_INIT;
	struct image image;
	size_t i;

	(void)state;
	for (i = 0; i < offsetof(struct image, names); i++) {
		image_init(&image);
		bytes = (unsigned char *)&image;
		bytes[i] ^= 0xff;
		try_image(&image, sizeof(image), &out);
	}
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fields_of_a_file),
		cmocka_unit_test(compressed_files_are_for_others),
		cmocka_unit_test(every_cut_is_damage),
		cmocka_unit_test(every_byte_may_lie),
	};

	return cmocka_run_group_tests_name("kofile", tests, NULL, NULL);
}
