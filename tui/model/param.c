/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/param.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/info.h"

#define CHARP_MAX 1024		/* bytes param_set_charp() of the kernel takes */

void paramlist_release(struct paramlist *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->v[i].name);
		free(list->v[i].type);
		free(list->v[i].description);
		free(list->v[i].value);
		free(list->v[i].configured);
		free(list->v[i].cmdline);
	}
	free(list->v);
	memset(list, 0, sizeof(*list));
}

struct param *paramlist_find(const struct paramlist *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (util_name_equal(list->v[i].name, name))
			return &list->v[i];
	return NULL;
}

struct param *paramlist_get(struct paramlist *list, const char *name, size_t len)
{
	char *copy = xstrndup(name, len);
	struct param *param = paramlist_find(list, copy);

	if (param) {
		free(copy);
		return param;
	}
	if (list->n == list->size) {
		list->size = list->size ? list->size * 2 : 8;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	param = &list->v[list->n++];
	memset(param, 0, sizeof(*param));
	param->name = copy;
	return param;
}

/* "name:text": makes the parameter and sets its field at @offset, unless an earlier line did. */
static void declare(struct paramlist *list, const char *line, size_t offset)
{
	size_t len = strcspn(line, ":");
	struct param *param;
	char **field;

	if (len == 0)
		return;
	param = paramlist_get(list, line, len);
	field = (char **)((char *)param + offset);
	if (line[len] == ':' && !*field)
		*field = xstrdup(line + len + 1);
}

void paramlist_declare(struct paramlist *list, const struct info *info)
{
	for (size_t i = 0; i < info->n; i++) {
		const struct info_field *field = &info->fields[i];

		if (strcmp(field->key, "parm") == 0)
			declare(list, field->value, offsetof(struct param, description));
		else if (strcmp(field->key, "parmtype") == 0)
			declare(list, field->value, offsetof(struct param, type));
	}
}

bool param_writable(const struct param *param)
{
	return param->in_sysfs && (param->mode & 0222);
}

/* A type of the kernel and how a value of it is read. */
struct type {
	const char *name;
	int (*check)(const struct type *type, const char *value);
	/* The sentence for a value that does not pass. */
	void (*explain)(const struct type *type, const char *name, bool array, struct buf *out);
	long long min;
	unsigned long long max;
};

/* Any whole number that a type can not hold is out of range, a negative one too. */
static int check_number(const struct type *type, const char *value)
{
	long long number;
	unsigned long long large;
	int error = parse_signed(value, &number);

	if (error == -EINVAL)
		return -EINVAL;
	if (*value == '-')
		return error || type->min == 0 || number < type->min ? -ERANGE : 0;
	error = parse_unsigned(value, &large);
	return error || large > type->max ? -ERANGE : 0;
}

static void explain_number(const struct type *type, const char *name, bool array, struct buf *out)
{
	if (array)
		buf_printf(out, _("%s takes whole numbers from %lld to %llu with commas between."),
			   name, type->min, type->max);
	else
		buf_printf(out, _("%s takes a whole number from %lld to %llu."),
			   name, type->min, type->max);
}

static int check_word(const struct type *type, const char *value)
{
	bool ignored;

	(void)type;
	return parse_bool(value, &ignored);
}

static void explain_word(const struct type *type, const char *name, bool array, struct buf *out)
{
	(void)type;
	if (array)
		buf_printf(out, _("%s takes words out of 1, 0, y, n, t, f, on and off with commas "
				  "between."), name);
	else
		buf_printf(out, _("%s takes one of 1, 0, y, n, t, f, on and off."), name);
}

static int check_string(const struct type *type, const char *value)
{
	return strlen(value) > type->max ? -ERANGE : 0;
}

static void explain_string(const struct type *type, const char *name, bool array, struct buf *out)
{
	if (array)
		buf_printf(out, _("%s takes texts of at most %llu bytes each with commas between."),
			   name, type->max);
	else
		buf_printf(out, _("%s takes a text of at most %llu bytes."), name, type->max);
}

static const struct type types[] = {
	{ "bool", check_word, explain_word, 0, 0 },
	{ "invbool", check_word, explain_word, 0, 0 },
	{ "bint", check_word, explain_word, 0, 0 },
	{ "byte", check_number, explain_number, 0, UINT8_MAX },
	{ "short", check_number, explain_number, INT16_MIN, INT16_MAX },
	{ "ushort", check_number, explain_number, 0, UINT16_MAX },
	{ "int", check_number, explain_number, INT32_MIN, INT32_MAX },
	{ "uint", check_number, explain_number, 0, UINT32_MAX },
	{ "hexint", check_number, explain_number, 0, UINT32_MAX },
	{ "long", check_number, explain_number, LONG_MIN, LONG_MAX },
	{ "ulong", check_number, explain_number, 0, ULONG_MAX },
	{ "ullong", check_number, explain_number, 0, ULLONG_MAX },
	{ "charp", check_string, explain_string, 0, CHARP_MAX },
	/* What a string of the module's own holds only the module knows. */
	{ "string", check_string, explain_string, 0, ULLONG_MAX },
};

#define ARRAY_OF "array of "

/* The type declared as @declared, or of the elements of that array; NULL: not known here. */
static const struct type *find_type(const char *declared, bool *array)
{
	size_t prefix = strlen(ARRAY_OF);

	*array = declared && strncmp(declared, ARRAY_OF, prefix) == 0;
	if (*array)
		declared += prefix;
	for (size_t i = 0; declared && i < ARRAY_SIZE(types); i++)
		if (strcmp(declared, types[i].name) == 0)
			return &types[i];
	return NULL;
}

/* As the kernel splits it: at every comma, so that "" is one empty element. */
static int check_elements(const struct type *type, const char *value)
{
	int error = 0;

	while (!error) {
		size_t len = strcspn(value, ",");
		char *element = xstrndup(value, len);

		error = type->check(type, element);
		free(element);
		if (!value[len])
			break;
		value += len + 1;
	}
	return error;
}

int param_check(const struct param *param, const char *value, char **why)
{
	struct buf sentence = BUF_INIT;
	const struct type *type;
	bool array;
	int error;

	if (strchr(value, '\n')) {
		buf_printf(&sentence, _("%s can not take a text with a line break."), param->name);
		*why = buf_detach(&sentence);
		return -EINVAL;
	}
	type = find_type(param->type, &array);
	if (!type)
		return 0;
	error = array ? check_elements(type, value) : type->check(type, value);
	if (error) {
		type->explain(type, param->name, array, &sentence);
		*why = buf_detach(&sentence);
	}
	return error;
}
