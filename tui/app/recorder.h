/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --record: what a person does at the console, written down in the language of --script, so that
 * --replay shows it again and --script tests it.
 */
#ifndef KMT_APP_RECORDER_H
#define KMT_APP_RECORDER_H

struct console;
struct input;
struct recorder;

/*
 * Makes @file, for its owner alone; one that is there already is left alone.  -EEXIST; -errno.
 * recorder_close() returns -errno when not all of it could be written.
 */
int recorder_open(const char *file, struct recorder **out);
int recorder_close(struct recorder *recorder);
/* Before the event is handled.  What is typed into a prompt is written when it is done, secrets masked. */
void recorder_input(struct console *console, const struct input *input);
/* The screen has another size now. */
void recorder_resized(struct console *console);

#endif
