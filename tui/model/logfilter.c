/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/logfilter.h"

#include "base/buf.h"
#include "base/i18n.h"
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

size_t logfilter_count(const struct logfilter *filter, const struct logring *ring)
{
	const struct logrec *rec;
	size_t i, n = 0;

	for (i = 0; i < ring->n; i++) {
		rec = logring_get(ring, i);
		n += !rec->lost && logfilter_takes(filter, rec);
	}
	return n;
}

char *logfilter_nothing(const struct logfilter *filter, const struct logring *ring)
{
	struct logfilter all = *filter;
	struct buf out = BUF_INIT;
	bool hidden = false;
	size_t i;

	all.level = 7;
	for (i = 0; i < ring->n && !hidden; i++)
		hidden = logfilter_takes(&all, logring_get(ring, i));
	if (filter->module)
		buf_printf(&out, hidden ? _("The log has no record of %s of this level; + shows more.") :
			   _("The log has no record of %s."), filter->module);
	else
		buf_addstr(&out, hidden ? _("The log has no record of this level; + shows more.") :
			   _("The log has no such record."));
	return buf_detach(&out);
}
