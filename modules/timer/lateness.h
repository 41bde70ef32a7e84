/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How late something ran, per CPU: counters that an interrupt may write and a
 * process may read, without a lock. A power of two of microseconds is a bucket:
 * below 1, below 2, below 4 ... and the last one takes the rest.
 */
#ifndef KMT_TIMER_LATENESS_H
#define KMT_TIMER_LATENESS_H

#include <linux/bitops.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/u64_stats_sync.h>

#define LATENESS_BUCKETS	24

/* On one CPU. One context of that CPU writes it, so that two writes never meet. */
struct lateness {
	struct u64_stats_sync sync;
	u64_stats_t expiries;
	u64_stats_t early;	/* expiries before the time asked for; not in the sum */
	u64_stats_t missed;	/* periods that passed without an expiry */
	u64_stats_t sum_ns;
	u64_stats_t max_ns;
	u64_stats_t bucket[LATENESS_BUCKETS];
};

/* A copy of it, or the sum of several without the buckets. */
struct lateness_copy {
	u64 expiries;
	u64 early;
	u64 missed;
	u64 sum_ns;
	u64 max_ns;
	u64 bucket[LATENESS_BUCKETS];
};

static inline struct lateness __percpu *lateness_new(void)
{
	struct lateness __percpu *late = alloc_percpu(struct lateness);
	int cpu;

	if (late)
		for_each_possible_cpu(cpu)
			u64_stats_init(&per_cpu_ptr(late, cpu)->sync);
	return late;
}

static inline unsigned int lateness_bucket(s64 late_ns)
{
	return min(fls64(div_u64(late_ns, NSEC_PER_USEC)), LATENESS_BUCKETS - 1);
}

static inline void lateness_count(struct lateness *l, s64 late_ns, u64 missed)
{
	u64_stats_update_begin(&l->sync);
	u64_stats_inc(&l->expiries);
	u64_stats_add(&l->missed, missed);
	if (late_ns < 0) {
		u64_stats_inc(&l->early);
	} else {
		u64_stats_add(&l->sum_ns, late_ns);
		if (late_ns > u64_stats_read(&l->max_ns))
			u64_stats_set(&l->max_ns, late_ns);
		u64_stats_inc(&l->bucket[lateness_bucket(late_ns)]);
	}
	u64_stats_update_end(&l->sync);
}

/* The bound of a bucket in microseconds: an upper one, but a lower one for the last. */
static inline unsigned int lateness_bound(unsigned int i)
{
	return 1U << min_t(unsigned int, i, LATENESS_BUCKETS - 2);
}

static inline void lateness_read(struct lateness_copy *to, const struct lateness *l)
{
	unsigned int start, i;

	do {
		start = u64_stats_fetch_begin(&l->sync);
		to->expiries = u64_stats_read(&l->expiries);
		to->early = u64_stats_read(&l->early);
		to->missed = u64_stats_read(&l->missed);
		to->sum_ns = u64_stats_read(&l->sum_ns);
		to->max_ns = u64_stats_read(&l->max_ns);
		for (i = 0; i < LATENESS_BUCKETS; i++)
			to->bucket[i] = u64_stats_read(&l->bucket[i]);
	} while (u64_stats_fetch_retry(&l->sync, start));
}

static inline void lateness_sum(struct lateness_copy *sum, struct lateness __percpu *late)
{
	struct lateness_copy one;
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		lateness_read(&one, per_cpu_ptr(late, cpu));
		sum->expiries += one.expiries;
		sum->early += one.early;
		sum->missed += one.missed;
		sum->sum_ns += one.sum_ns;
		sum->max_ns = max(sum->max_ns, one.max_ns);
	}
}

/* Lines of a statistics file; every key begins with a name. */
static inline void lateness_show(struct seq_file *m, const char *name,
				 struct lateness __percpu *late)
{
	struct lateness_copy sum;
	u64 in_time;

	lateness_sum(&sum, late);
	in_time = sum.expiries - sum.early;
	seq_printf(m, "%s_expiries %llu\n", name, sum.expiries);
	seq_printf(m, "%s_early %llu\n", name, sum.early);
	seq_printf(m, "%s_missed %llu\n", name, sum.missed);
	seq_printf(m, "%s_late_avg_ns %llu\n", name,
		   in_time ? div64_u64(sum.sum_ns, in_time) : 0);
	seq_printf(m, "%s_late_max_ns %llu\n", name, sum.max_ns);
}

static inline void lateness_show_cpu(struct seq_file *m, const char *name, int cpu,
				     const struct lateness *l, bool buckets)
{
	struct lateness_copy one;
	unsigned int i;

	lateness_read(&one, l);
	if (!one.expiries)
		return;
	seq_printf(m, "%s_cpu%d_expiries %llu\n", name, cpu, one.expiries);
	seq_printf(m, "%s_cpu%d_late_max_ns %llu\n", name, cpu, one.max_ns);
	for (i = 0; buckets && i < LATENESS_BUCKETS; i++)
		if (one.bucket[i])
			seq_printf(m, "%s_cpu%d_late_%s%u_us %llu\n", name, cpu,
				   i < LATENESS_BUCKETS - 1 ? "below_" : "from_",
				   lateness_bound(i), one.bucket[i]);
}

#endif /* KMT_TIMER_LATENESS_H */
