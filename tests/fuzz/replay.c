/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plays a corpus back: every file of the directory given as argument, whole and cut
 * short at every byte, goes through the fuzz target this is linked with.  Without an
 * argument the directory is $SRCDIR/tests/fuzz/corpus/TARGET, where the program is fuzz_TARGET.
 * Speaks TAP; a target that finds a fault aborts, which leaves the plan unfulfilled.
 */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

#define PREFIX_MAX 2048		/* longer files are only played whole */

/* A copy that ends where the input ends, so that a sanitizer sees a read behind it. */
static void play(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	CHECK(copy);
	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static uint8_t *load(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t room = 0, got;

	*size = 0;
	if (!file)
		return NULL;
	do {
		room += 65536;
		data = realloc(data, room);
		CHECK(data);
		got = fread(data + *size, 1, room - *size, file);
		*size += got;
	} while (*size == room);
	fclose(file);
	return data;
}

static int play_file(const char *dir, const char *name)
{
	char path[4096];
	uint8_t *data;
	size_t size, n;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >= sizeof(path))
		return -1;
	data = load(path, &size);
	if (!data)
		return -1;
	for (n = 0; n < size && size <= PREFIX_MAX; n++)
		play(data, n);
	play(data, size);
	free(data);
	return 0;
}

static int is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void default_dir(const char *program, char *out, size_t size)
{
	const char *source = getenv("SRCDIR"), *target = strstr(program, "fuzz_");
	const char *next;

	while (target && (next = strstr(target + 1, "fuzz_")))
		target = next;
	snprintf(out, size, "%s/tests/fuzz/corpus/%s", source ? source : ".",
		 target ? target + strlen("fuzz_") : "");
}

int main(int argc, char **argv)
{
	struct dirent **entries;
	char dir[4096];
	int i, n, failed = 0;

	if (argc > 1)
		snprintf(dir, sizeof(dir), "%s", argv[1]);
	else
		default_dir(argv[0], dir, sizeof(dir));
	n = scandir(dir, &entries, is_input, alphasort);
	if (n <= 0) {
		printf("Bail out! no inputs in %s\n", dir);
		return 1;
	}
	printf("1..%d\n", n);
	for (i = 0; i < n; i++) {
		fflush(stdout);
		if (play_file(dir, entries[i]->d_name)) {
			failed = 1;
			printf("not ");
		}
		printf("ok %d - %s\n", i + 1, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return failed;
}
