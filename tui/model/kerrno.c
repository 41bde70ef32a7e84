/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/kerrno.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/util.h"

#define FIRST 512

static const char *const names[] = {
	"ERESTARTSYS", "ERESTARTNOINTR", "ERESTARTNOHAND", "ENOIOCTLCMD", "ERESTART_RESTARTBLOCK", "EPROBE_DEFER",
	"EOPENSTALE", "ENOPARAM", NULL, "EBADHANDLE", "ENOTSYNC", "EBADCOOKIE", "ENOTSUPP", "ETOOSMALL", "ESERVERFAULT",
	"EBADTYPE", "EJUKEBOX", "EIOCBQUEUED", "ERECALLCONFLICT", "ENOGRACE",
};

int kerrno_fold(int error)
{
	return (error >= FIRST && error <= FIRST + 2) || error == FIRST + 4 ? EINTR : error;
}

const char *kerrno_words(int error)
{
	size_t at = error >= FIRST ? (size_t)(error - FIRST) : ARRAY_SIZE(names);

	return at < ARRAY_SIZE(names) && names[at] ? names[at] : strerror(error);
}
