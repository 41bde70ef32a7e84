/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "diff.h"

void chance_init(struct chance *chance, uint64_t seed)
{
	chance->state = seed;
}

/* splitmix64 */
static uint64_t next(struct chance *chance)
{
	uint64_t z = chance->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

size_t chance_below(struct chance *chance, size_t n)
{
	return (size_t)(next(chance) % n);
}

bool chance_is(struct chance *chance, unsigned percent)
{
	return chance_below(chance, 100) < percent;
}

const char *chance_of(struct chance *chance, const struct strv *list)
{
	return list->v[chance_below(chance, list->n)];
}
