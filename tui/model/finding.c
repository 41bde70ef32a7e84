/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/fulltext.h"
#include "model/module.h"

static void begin(struct finding *finding)
{
	free(finding->at);
	finding->at = NULL;
	finding->next = 0;
	if (finding->text && finding->text->n && finding->match.text)
		finding->at = xcalloc(finding->text->n, sizeof(*finding->at));
}

void finding_release(struct finding *finding)
{
	match_release(&finding->match);
	free(finding->at);
	*finding = (struct finding)FINDING_INIT;
}

void finding_set(struct finding *finding, const char *pattern)
{
	match_set(&finding->match, pattern);
	begin(finding);
}

void finding_use(struct finding *finding, const struct fulltext *text)
{
	finding->text = text;
	begin(finding);
}

/* The best line of an entry comes first. */
static void look_at(struct finding *finding, size_t entry)
{
	const struct fulltext *text = finding->text;
	const char *line;

	for (line = fulltext_first(text, entry); line; line = fulltext_next(line))
		if (match_text(&finding->match, fulltext_value(line))) {
			finding->at[entry] = (uint32_t)(line - text->bytes.data);
			return;
		}
}

bool finding_busy(const struct finding *finding)
{
	return finding->at && finding->next < finding->text->n;
}

bool finding_go(struct finding *finding, uint64_t until_us)
{
	while (finding_busy(finding)) {
		look_at(finding, finding->next++);
		if (util_now_us() >= until_us)
			break;
	}
	return finding_busy(finding);
}

/* Its entry was looked at. */
static bool is_looked_at(const struct finding *finding, const struct module *module)
{
	return finding->at && module->entry && module->entry - 1 < finding->next;
}

const char *finding_line(const struct finding *finding, const struct module *module)
{
	if (!is_looked_at(finding, module) || !finding->at[module->entry - 1])
		return NULL;
	return finding->text->bytes.data + finding->at[module->entry - 1];
}

bool finding_has(const struct finding *finding, const struct module *module)
{
	if (is_looked_at(finding, module))
		return finding->at[module->entry - 1] || match_users(&finding->match, module);
	return match_module(&finding->match, module);
}
