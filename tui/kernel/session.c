/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/session.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/xalloc.h"
#include "kernel/root.h"

#define PARENTS_MAX 64		/* so far up a session is looked for */
#define ENVIRON_MAX (4u << 20)
#define SSH_NAME "SSH_CONNECTION="

/* "client port server port": the third word. */
static void take_connection(struct session *session, const char *value)
{
	const char *pos = value, *end = value + strlen(value), *word;
	size_t len = 0;
	int i;

	for (i = 0; i < 3; i++)
		if (!parse_token(&pos, end, " ", &word, &len))
			return;
	session->address = xstrndup(word, len);
}

static void read_environment(const struct root *root, pid_t pid, struct session *session)
{
	struct buf text = BUF_INIT;
	const char *word;
	char path[64];

	snprintf(path, sizeof(path), "proc/%d/environ", (int)pid);
	root_read(root, path, &text, ENVIRON_MAX);
	for (word = buf_str(&text); !session->address && text.len && word < text.data + text.len;
	     word += strlen(word) + 1)
		if (!strncmp(word, SSH_NAME, strlen(SSH_NAME)))
			take_connection(session, word + strlen(SSH_NAME));
	buf_release(&text);
}

/* "pid (name) state parent group session terminal ...", where the name may have blanks and parentheses. */
static pid_t read_stat(const struct root *root, pid_t pid, struct session *session)
{
	char path[64], *text, *after;
	int parent = 0, terminal = 0;

	snprintf(path, sizeof(path), "proc/%d/stat", (int)pid);
	if (root_read_line(root, path, &text))
		return 0;
	after = strrchr(text, ')');
	if (after && sscanf(after + 1, " %*c %d %*d %*d %d", &parent, &terminal) == 2 && terminal &&
	    !session->terminal) {
		session->terminal = true;
		session->major = ((unsigned)terminal >> 8) & 0xfff;
		session->minor = ((unsigned)terminal & 0xff) | (((unsigned)terminal >> 12) & 0xfff00);
	}
	free(text);
	return parent;
}

static bool same_address(const char *text, const struct sockaddr *address)
{
	unsigned char wanted[16];

	if (!address || inet_pton(address->sa_family, text, wanted) != 1)
		return false;
	if (address->sa_family == AF_INET)
		return !memcmp(wanted, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
	return !memcmp(wanted, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
}

/* A link-local address has its interface behind a '%'. */
static void find_interface(struct session *session)
{
	const char *zone = strchr(session->address, '%');
	struct ifaddrs *all, *each;

	if (zone) {
		session->interface = xstrdup(zone + 1);
		return;
	}
	if (getifaddrs(&all))
		return;
	for (each = all; each && !session->interface; each = each->ifa_next)
		if (each->ifa_addr && (each->ifa_addr->sa_family == AF_INET ||
				       each->ifa_addr->sa_family == AF_INET6) &&
		    same_address(session->address, each->ifa_addr))
			session->interface = xstrdup(each->ifa_name);
	freeifaddrs(all);
}

void session_read(const struct root *root, pid_t pid, struct session *session)
{
	int i;

	memset(session, 0, sizeof(*session));
	for (i = 0; i < PARENTS_MAX && pid > 0; i++) {
		if (!session->address)
			read_environment(root, pid, session);
		pid = read_stat(root, pid, session);
	}
	if (session->address && root_is_host(root))
		find_interface(session);
}

void session_release(struct session *session)
{
	free(session->address);
	free(session->interface);
	memset(session, 0, sizeof(*session));
}
