/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/logfilter.h"

#include "base/util.h"
#include "model/logring.h"

static bool is_of(const struct logrec *rec, const struct logfilter *filter)
{
	const struct splat *splat = logrec_splat(rec);

	if (splat && splat->module && util_name_equal(splat->module, filter->module))
		return true;
	return logrec_is_of(rec, filter->module, filter->drivers);
}

bool logfilter_takes(const struct logfilter *filter, const struct logrec *rec)
{
	const struct splat *splat = logrec_splat(rec);

	if (rec->lost)
		return true;
	if ((splat ? splat->level : rec->level) > filter->level)
		return false;
	if (rec->seq < filter->since || (filter->kernel_only && rec->facility))
		return false;
	return !filter->module || is_of(rec, filter);
}

bool logfilter_shows(const struct logfilter *filter, const struct logrec *rec)
{
	const struct splat *splat = logrec_splat(rec);

	if (splat && !splat->unfolded && !logrec_is_head(rec))
		return false;
	return logfilter_takes(filter, rec);
}
