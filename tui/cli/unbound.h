/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui which --unbound: the devices without a driver. */
#ifndef KMT_CLI_UNBOUND_H
#define KMT_CLI_UNBOUND_H

#include "model/why.h"

struct cli;
struct machine;

enum status unbound_show(const struct cli *cli, const struct machine *machine);

#endif
