/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/logline.h"

#include <json.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/out.h"
#include "model/logring.h"
#include "model/logtext.h"

void logline_print(const struct logrec *rec, int indent, const int64_t *wall)
{
	struct buf head = BUF_INIT;

	if (rec->lost) {
		out_printf(_("%*s%llu messages lost\n"), indent, "",
			   (unsigned long long)rec->lost);
		return;
	}
	logtext_head(rec, wall, &head);
	out_printf("%*s%s", indent, "", buf_str(&head));
	out_text(rec->text ? rec->text : "", indent + 22);
	out_printf("\n");
	buf_release(&head);
}

void logline_fill(struct json_object *object, const struct logrec *rec, const int64_t *wall)
{
	struct buf time = BUF_INIT;

	if (rec->lost) {
		json_object_object_add(object, "lost", json_object_new_int64((int64_t)rec->lost));
		return;
	}
	json_object_object_add(object, "seq", json_object_new_int64((int64_t)rec->seq));
	json_object_object_add(object, "usec", json_object_new_int64((int64_t)rec->usec));
	if (wall) {
		logtext_wall(*wall + (int64_t)rec->usec, &time);
		json_object_object_add(object, "time", json_object_new_string(buf_str(&time)));
		buf_release(&time);
	}
	json_object_object_add(object, "level", out_json_string(logrec_level_name(rec->level)));
	json_object_object_add(object, "facility", out_json_string(logtext_facility(rec->facility)));
	json_object_object_add(object, "module", out_json_string(rec->module));
	json_object_object_add(object, "text", out_json_string(rec->text));
}
