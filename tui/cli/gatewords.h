/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel itself refuses, as gates of an audit. */
#ifndef KMT_CLI_GATEWORDS_H
#define KMT_CLI_GATEWORDS_H

#include "model/policy.h"

struct audit;
struct gates;
struct info;
struct module;
struct roads;

/* Whether somebody answers the kernel's own requests; *why says why not, NULL if so; the caller frees. */
enum policy_tristate gatewords_request(const struct gates *gates, char **why);
/* Adds the gates of @module; @info: its fields, NULL if they are not known. */
void gatewords_add(const struct audit *audit, const struct module *module, const struct info *info,
		   struct roads *roads);

#endif
