/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/leftover.h"

#include <stddef.h>
#include <sys/wait.h>

#include "base/xalloc.h"

static struct {
	pid_t *v;
	size_t n, size;
} left;

void leftover_reap(void)
{
	size_t i = 0;

	while (i < left.n) {
		if (!waitpid(left.v[i], NULL, WNOHANG))
			i++;
		else
			left.v[i] = left.v[--left.n];
	}
}

void leftover_add(pid_t pid)
{
	leftover_reap();
	if (left.n == left.size) {
		left.size = left.size ? 2 * left.size : 8;
		left.v = xrealloc(left.v, left.size, sizeof(*left.v));
	}
	left.v[left.n++] = pid;
	leftover_reap();
}
