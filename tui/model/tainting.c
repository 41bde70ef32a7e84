/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/tainting.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "model/info.h"

/* Bits of the taint mask (include/linux/panic.h of the kernel). */
enum {
	TAINTING_PROPRIETARY = 0,
	TAINTING_STAGING = 10,
	TAINTING_OUT_OF_TREE = 12,
	TAINTING_UNSIGNED = 13,
	TAINTING_TEST = 18
};

static const struct { int bit; const char *text; } sentences[] = {
	{ TAINTING_PROPRIETARY, N_("%s has a licence that is not free: loading it marks the kernel with the letter P.") },
	{ TAINTING_STAGING, N_("%s comes from the staging area, not yet finished: loading it marks the kernel with the letter C.") },
	{ TAINTING_OUT_OF_TREE,
	  N_("%s was built outside of the kernel's source tree: loading it marks the kernel with the letter O.") },
	{ TAINTING_UNSIGNED, N_("%s has no signature: loading it marks the kernel with the letter E.") },
	{ TAINTING_TEST, N_("%s is a test that runs inside the kernel: loading it marks the kernel with the letter N.") },
};

/* license_is_gpl_compatible() of the kernel. */
static bool is_free(const char *license)
{
	static const char *const free_ones[] = {
		"GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(free_ones); i++)
		if (!strcmp(license, free_ones[i]))
			return true;
	return false;
}

unsigned long long tainting_of(const struct info *info, bool signatures)
{
	const char *license = info_find(info, "license");
	unsigned long long bits = 0;

	if (!license || !is_free(license))
		bits |= 1ull << TAINTING_PROPRIETARY;
	if (info_find(info, "staging"))
		bits |= 1ull << TAINTING_STAGING;
	if (!info_find(info, "intree"))
		bits |= 1ull << TAINTING_OUT_OF_TREE;
	if (signatures && !info_find(info, "sig_id") && !info_find(info, "signature"))
		bits |= 1ull << TAINTING_UNSIGNED;
	if (info_find(info, "test"))
		bits |= 1ull << TAINTING_TEST;
	return bits;
}

char *tainting_sentence(int bit, const char *module)
{
	struct buf text = BUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sentences); i++)
		if (sentences[i].bit == bit)
			buf_printf(&text, _(sentences[i].text), module);
	return buf_detach(&text);
}
