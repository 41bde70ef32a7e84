/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "diff.h"

void exam_add(struct exam *exam, const char *name, const char *words)
{
	struct buf question = BUF_INIT;

	strv_push(&exam->names, name);
	buf_printf(&question, "%s%s", words, name);
	strv_push(&exam->questions, buf_str(&question));
	buf_release(&question);
}

void exam_theirs(struct exam *exam, const char *options)
{
	exam->theirs = xcalloc(exam->names.n + 1, sizeof(*exam->theirs));
	if (exam->names.n)
		ask_modprobe(options, &exam->names, exam->theirs);
}

void exam_ours(struct exam *exams, size_t n)
{
	struct strv questions = STRV_INIT;
	struct answer *answers, *pos;
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < exams[i].questions.n; k++)
			strv_push(&questions, exams[i].questions.v[k]);
	answers = pos = xcalloc(questions.n + 1, sizeof(*answers));
	ask_kmodtui(&questions, answers);
	for (i = 0; i < n; i++) {
		exams[i].ours = xcalloc(exams[i].names.n + 1, sizeof(*answers));
		memcpy(exams[i].ours, pos, exams[i].questions.n * sizeof(*answers));
		pos += exams[i].questions.n;
	}
	free(answers);
	strv_release(&questions);
}

void exam_release(struct exam *exam)
{
	size_t i;

	for (i = 0; exam->theirs && i < exam->names.n; i++)
		answer_release(&exam->theirs[i]);
	for (i = 0; exam->ours && i < exam->names.n; i++)
		answer_release(&exam->ours[i]);
	free(exam->theirs);
	free(exam->ours);
	strv_release(&exam->names);
	strv_release(&exam->questions);
}
