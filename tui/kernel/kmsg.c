/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmsg.h"
#include "kernel/root.h"
#include "model/logring.h"

#define PRIORITY_MAX 0x7ff	/* eight bits of facility, three of level */
#define RECORD_FIRST 8192	/* what the kernel itself uses for one record */
#define RECORD_MAX (1u << 20)
#define OVERRUNS_MAX 16
#define RECORDS_FILE "kmsg.records"
#define RECORDS_FILE_MAX (256u << 20)

/* The three numbers in front: "priority,sequence,microseconds,flags...". */
static bool prefix_parse(const char *s, const char *end, struct logrec *out)
{
	uint64_t number[3];
	const char *comma;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(number); i++) {
		comma = s < end ? memchr(s, ',', (size_t)(end - s)) : NULL;
		if (!comma)
			comma = end;
		if (parse_digits(s, comma, &number[i]))
			return false;
		s = comma < end ? comma + 1 : end;
	}
	if (number[0] > PRIORITY_MAX)
		return false;
	out->level = number[0] & 7;
	out->facility = (unsigned)(number[0] >> 3);
	out->seq = number[1];
	out->usec = number[2];
	return true;
}

/* "caller=T123" or "caller=C0" among what stands behind the flags: a task or a processor. */
static void caller_parse(const char *s, const char *end, struct logrec *out)
{
	static const char word[] = "caller=";
	const char *token;
	uint64_t number;
	size_t len;

	while (parse_token(&s, end, ",", &token, &len)) {
		if (len < sizeof(word) + 1 || memcmp(token, word, sizeof(word) - 1))
			continue;
		token += sizeof(word) - 1;
		if ((*token != 'T' && *token != 'C') || parse_digits(token + 1, token + len - sizeof(word) + 1, &number))
			continue;
		out->has_caller = true;
		out->caller = (unsigned)number | (*token == 'C' ? LOGREC_CPU : 0);
	}
}

static char *text_decode(const char *s, size_t len)
{
	char *text = xmalloc(len + 1), *nul;

	memcpy(text, s, len);
	len = parse_unescape(text, len);
	while ((nul = memchr(text, '\0', len)))
		*nul = '?';
	text[len] = '\0';
	return text;
}

/* What stands behind " KEY=" in a line below the record; its length in *len.  NULL: there is none. */
static const char *value_find(const char *s, const char *end, const char *key, size_t *len)
{
	size_t n = strlen(key), line_len;
	const char *line;

	while (parse_line(&s, end, &line, &line_len)) {
		if (line_len <= n + 2 || line[0] != ' ' || memcmp(line + 1, key, n) || line[n + 1] != '=')
			continue;
		*len = line_len - n - 2;
		return line + n + 2;
	}
	return NULL;
}

/* As devices are called: "0000:31:00.0", "1-1:1.0", "nvme0", or as their driver.  A number alone is none. */
static bool is_device(const char *word, size_t len, const char *driver)
{
	static const char marks[] = ":.-_/@!+#";
	size_t i;
	char *copy = xstrndup(word, len);
	bool good = (copy[strcspn(copy, "0123456789")] && copy[strspn(copy, "0123456789")]) ||
		    util_name_equal(copy, driver);

	for (i = 0; i < len && good; i++)
		good = isalnum((unsigned char)word[i]) || strchr(marks, word[i]);
	free(copy);
	return good;
}

/* Behind the device: ": ", or before that the network interface and its states, "eth0 (unregistering)". */
static bool ends_head(const char *s)
{
	if (*s == ' ' && s[1] != '(')
		s += 1 + strcspn(s + 1, " :");
	while (s[0] == ' ' && s[1] == '(' && strchr(s, ')'))
		s = strchr(s, ')') + 1;
	return s[0] == ':' && s[1] == ' ';
}

/*
 * "driver device: " and "driver device interface: ", of dev_err(), netdev_err() and their like.  @device, of @len: as the
 * kernel says it below the record, "+bus:name"; NULL: it says nothing, and the second word has to look like one.
 */
static bool is_driver_head(const char *text, const char *driver, const char *device, size_t len)
{
	const char *second = text + strlen(driver) + 1, *colon;
	size_t n = strcspn(second, " ");

	if (device && *device == '+' && (colon = memchr(device, ':', len))) {
		n = len - (size_t)(colon + 1 - device);
		return !strncmp(second, colon + 1, n) && ends_head(second + n);
	}
	if (n && second[n - 1] == ':')
		n--;
	return n && ends_head(second + n) && (device || is_device(second, n, driver));
}

/* The kernel's own records start "name: ", or as above; user space can not pose as a module. */
static void find_module(struct logrec *rec, const char *below, const char *end)
{
	size_t len = strcspn(rec->text, ": "), device_len = 0;
	bool plain = rec->text[len] == ':' && rec->text[len + 1] == ' ';
	const char *device;
	char *name;

	if (rec->facility || len > MODULE_NAME_MAX || (!plain && rec->text[len] != ' '))
		return;
	name = xstrndup(rec->text, len);
	device = value_find(below, end, "DEVICE", &device_len);
	if (!util_name_valid(name) || (!plain && !is_driver_head(rec->text, name, device, device_len))) {
		free(name);
		return;
	}
	util_name_normalize(name);
	rec->module = name;
	rec->driver = !plain;
}

int kmsg_parse(const char *bytes, size_t len, struct logrec *out)
{
	const char *end, *text;
	struct logrec rec = { 0 };

	if (!len)
		return -EBADMSG;
	end = memchr(bytes, '\n', len);
	if (!end)
		end = bytes + len;
	text = memchr(bytes, ';', (size_t)(end - bytes));
	if (!text || !prefix_parse(bytes, text, &rec))
		return -EBADMSG;
	caller_parse(bytes, text, &rec);
	text++;
	rec.text = text_decode(text, (size_t)(end - text));
	find_module(&rec, end, bytes + len);
	*out = rec;
	return 0;
}

static int open_file(struct kmsg *kmsg, const struct root *root, enum kmsg_from from)
{
	struct buf text = BUF_INIT;
	size_t len;
	int err;

	err = root_read(root, RECORDS_FILE, &text, RECORDS_FILE_MAX);
	if (err) {
		buf_release(&text);
		return err;
	}
	len = text.len;
	kmsg->text = buf_detach(&text);
	kmsg->end = kmsg->text + len;
	kmsg->pos = from == KMSG_NOW ? kmsg->end : kmsg->text;
	return 0;
}

int kmsg_open(struct kmsg *kmsg, const struct root *root, enum kmsg_from from)
{
	memset(kmsg, 0, sizeof(*kmsg));
	kmsg->fd = -1;
	if (!root_is_host(root))
		return open_file(kmsg, root, from);
	kmsg->fd = root_open(root, "dev/kmsg", O_RDONLY | O_NONBLOCK);
	if (kmsg->fd < 0) {
		int err = kmsg->fd;

		kmsg->fd = -1;
		return err;
	}
	if (from == KMSG_NOW)
		lseek(kmsg->fd, 0, SEEK_END);
	kmsg->text = xmalloc(RECORD_FIRST);
	kmsg->end = kmsg->text + RECORD_FIRST;
	return 0;
}

void kmsg_close(struct kmsg *kmsg)
{
	if (kmsg->fd >= 0)
		close(kmsg->fd);
	free(kmsg->text);
	if (kmsg->held)
		logrec_release(kmsg->held);
	free(kmsg->held);
	memset(kmsg, 0, sizeof(*kmsg));
	kmsg->fd = -1;
}

/* False when the buffer is as large as it gets. */
static bool record_grow(struct kmsg *kmsg)
{
	size_t size = (size_t)(kmsg->end - kmsg->text);

	if (size >= RECORD_MAX)
		return false;
	free(kmsg->text);
	kmsg->text = xmalloc(2 * size);
	kmsg->end = kmsg->text + 2 * size;
	return true;
}

/*
 * One record of /dev/kmsg: its bytes, 0, or -errno.  EPIPE tells that records were
 * overwritten: the kernel goes on with the oldest it has, and the number of that one
 * tells how many.
 */
static ssize_t device_next(struct kmsg *kmsg, const char **bytes)
{
	int overruns = 0;
	ssize_t got;

	kmsg->overrun = false;
	for (;;) {
		got = read(kmsg->fd, kmsg->text, (size_t)(kmsg->end - kmsg->text));
		if (got >= 0)
			break;
		/* Who writes faster than one can read must not keep the reader here. */
		if (errno == EPIPE && ++overruns == OVERRUNS_MAX) {
			kmsg->overrun = true;
			return 0;
		}
		if (errno == EPIPE || errno == EINTR || (errno == EINVAL && record_grow(kmsg)))
			continue;
		return errno == EAGAIN ? 0 : -errno;
	}
	*bytes = kmsg->text;
	return got;
}

/* One record of a --root's file: a line, and those behind it that start with a blank. */
static ssize_t file_next(struct kmsg *kmsg, const char **bytes)
{
	const char *start = kmsg->pos, *line;
	size_t len;

	if (!parse_line(&kmsg->pos, kmsg->end, &line, &len))
		return 0;
	while (kmsg->pos < kmsg->end && *kmsg->pos == ' ')
		parse_line(&kmsg->pos, kmsg->end, &line, &len);
	*bytes = start;
	return kmsg->pos - start;
}

/*
 * Numbers that are missing in front of @rec were lost: then the mark comes out and @rec waits.
 * A number that went back (a file put together from several boots) starts anew.
 */
static void sequence_check(struct kmsg *kmsg, struct logrec *rec)
{
	struct logrec mark = { 0 };

	if (kmsg->started && rec->seq > kmsg->next_seq) {
		mark.seq = kmsg->next_seq;
		mark.usec = rec->usec;
		mark.lost = rec->seq - kmsg->next_seq;
	}
	kmsg->started = true;
	kmsg->next_seq = rec->seq + 1;
	if (!mark.lost)
		return;
	kmsg->held = xmalloc(sizeof(*kmsg->held));
	*kmsg->held = *rec;
	*rec = mark;
}

int kmsg_read(struct kmsg *kmsg, struct logrec *out)
{
	const char *bytes = NULL;
	ssize_t n;

	if (kmsg->held) {
		*out = *kmsg->held;
		free(kmsg->held);
		kmsg->held = NULL;
		return 1;
	}
	do {
		n = kmsg->fd < 0 ? file_next(kmsg, &bytes) : device_next(kmsg, &bytes);
		if (n <= 0)
			return (int)n;
	} while (kmsg_parse(bytes, (size_t)n, out));
	sequence_check(kmsg, out);
	return 1;
}
