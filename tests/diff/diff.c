/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *	diff LABEL KEEP stock			every module, on the configuration that is there
 *	diff LABEL KEEP SEED STEP CONFIGS NAMES	NAMES questions on each of CONFIGS drawn configurations, of the
 *						seeds SEED, SEED + STEP ...
 *
 * Cases in TAP, without the plan; differences as comments and, with the whole configuration, in files below KEEP.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "diff.h"

#define SHOWN_MAX 6	/* differing configurations that the log has in full */
#define STOCK_BATCH 50

static const char *const kinds[KIND_COUNT] = {
	[KIND_PLAN] = "load --dry-run as modprobe -n -v",
	[KIND_STATUS] = "the status of load --dry-run",
	[KIND_RESOLVE] = "which as modprobe -R",
	[KIND_COMMAND] = "audit, command, as modprobe -n -v",
	[KIND_ALIAS] = "audit, alias, as modprobe -b -n -v",
	[KIND_OPTIONS] = "params as modprobe -c",
};

static void show_comment(const char *text)
{
	const char *end;

	for (; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		printf("# %.*s\n", (int)(end - text), text);
	}
}

static void keep_report(const char *keep, const char *label, uint64_t seed, const struct buf *report)
{
	struct buf text = BUF_INIT;
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s-%llu", keep, label, (unsigned long long)seed);
	file = fopen(path, "we");
	if (!file) {
		printf("# %s: %s\n", path, strerror(errno));
		return;
	}
	conf_show(&text);
	fwrite(report->data, 1, report->len, file);
	fwrite(text.data, 1, text.len, file);
	fclose(file);
	buf_release(&text);
}

static void run_one(struct compare *compare, const struct conf *conf, const char *label, const char *keep,
		    uint64_t seed)
{
	static unsigned shown;
	struct buf report = BUF_INIT;

	compare->report = &report;
	compare_all(compare, conf);
	if (report.len) {
		keep_report(keep, label, seed, &report);
		if (shown++ < SHOWN_MAX) {
			printf("# SEED=%llu CONFIGS=1\n", (unsigned long long)seed);
			show_comment(buf_str(&report));
		}
	}
	buf_release(&report);
}

static void report_kinds(const struct compare *compare, const char *label)
{
	size_t i;

	for (i = 0; i < KIND_COUNT; i++)
		if (compare->asked[i])
			printf("%s - %s of %s: %lu questions, %lu differences\n", compare->wrong[i] ? "not ok" : "ok",
			       kinds[i], label, compare->asked[i], compare->wrong[i]);
}

static void run_stock(struct compare *compare, char **argv)
{
	struct conf conf;
	size_t i;

	for (i = 0; i < compare->names->modules.n; i += STOCK_BATCH) {
		conf_stock(&conf, compare->names, i, STOCK_BATCH);
		run_one(compare, &conf, argv[1], argv[2], i);
		conf_release(&conf);
	}
}

static void run_drawn(struct compare *compare, char **argv)
{
	uint64_t seed = strtoull(argv[3], NULL, 10), step = strtoull(argv[4], NULL, 10), i;
	uint64_t configs = strtoull(argv[5], NULL, 10);
	size_t names = strtoul(argv[6], NULL, 10);
	struct conf conf;

	for (i = 0; i < configs; i++, seed += step) {
		conf_make(&conf, compare->names, seed, names);
		run_one(compare, &conf, argv[1], argv[2], seed);
		conf_release(&conf);
	}
}

int main(int argc, char **argv)
{
	struct names names;
	struct compare compare = { .names = &names };

	if (argc != 4 && argc != 7) {
		fprintf(stderr, "diff LABEL KEEP stock | diff LABEL KEEP SEED STEP CONFIGS NAMES\n");
		return 2;
	}
	names_read(&names);
	if (argc == 4)
		run_stock(&compare, argv);
	else
		run_drawn(&compare, argv);
	report_kinds(&compare, argv[1]);
	names_release(&names);
	return 0;
}
