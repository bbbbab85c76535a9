/* Many findings read as few causes: grouping, ranking, and the summary at the end of a text run. */
#include "diag/causes.h"

#include "diag/excerpt.h"

#include <stdlib.h>
#include <string.h>

const char *finding_cause(const struct finding *f)
{
	return f->cause ? f->cause : finding_slug(f->kind);
}

const char *decimal_sum(struct arena *arena, const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b), size = (m > n ? m : n) + 1;
	char *sum = arena_alloc(arena, size + 1);
	int carry = 0;
	sum[size] = '\0';
	for (size_t i = 0; i < size; i++) {
		int digit = carry + (i < m ? a[m - 1 - i] - '0' : 0) + (i < n ? b[n - 1 - i] - '0' : 0);
		sum[size - 1 - i] = (char)('0' + digit % 10);
		carry = digit / 10;
	}
	return sum[0] == '0' && size > 1 ? sum + 1 : sum;
}

/* ---- grouping ---- */

static int by_key(const void *left, const void *right)
{
	const struct cause *a = left, *b = right;
	int order = strcmp(a->key, b->key);
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int compare_decimals(const char *a, const char *b)
{
	size_t m = a ? strlen(a) : 0, n = b ? strlen(b) : 0;
	if (m != n)
		return m < n ? -1 : 1;
	return m ? strcmp(a, b) : 0;
}

static int by_weight(const void *left, const void *right)
{
	const struct cause *a = left, *b = right;
	if (a->first->severity != b->first->severity)
		return a->first->severity < b->first->severity ? 1 : -1;
	int order = compare_decimals(b->cases, a->cases);
	if (order)
		return order;
	if (a->findings != b->findings)
		return a->findings < b->findings ? 1 : -1;
	return (a->place > b->place) - (a->place < b->place);
}

static void join(struct arena *arena, struct cause *into, const struct cause *one)
{
	into->findings += one->findings;
	if (one->cases)
		into->cases = into->cases ? decimal_sum(arena, into->cases, one->cases) : one->cases;
}

cause_list causes_of(struct arena *arena, const struct diag *diag, bool notes)
{
	cause_list list = { 0 };
	size_t kept = 0;
	for (size_t i = 0; i < diag->findings.count; i++) {
		const struct finding *f = diag->findings.items[i];
		if (f->severity != SEVERITY_NOTE || notes)
			vec_push(arena, &list, ((struct cause){ finding_cause(f), f, 1, f->count, i }));
	}
	if (list.count == 0)
		return list;
	qsort(list.items, list.count, sizeof *list.items, by_key);
	for (size_t i = 1; i < list.count; i++) {
		if (strcmp(list.items[kept].key, list.items[i].key) == 0)
			join(arena, &list.items[kept], &list.items[i]);
		else
			list.items[++kept] = list.items[i];
	}
	list.count = kept + 1;
	qsort(list.items, list.count, sizeof *list.items, by_weight);
	return list;
}

/* ---- the summary ---- */

static const char *number(struct writer *w, size_t n)
{
	return arena_printf(w->arena, "%zu", n);
}

static void write_cause(struct writer *w, const struct cause *cause, enum language language)
{
	struct phrase summary = finding_summary(cause->first->kind);
	const char *says = phrase_in(summary, language), *where = phrase_in(cause->first->cause_words, language);
	const char *text = *where ? arena_printf(w->arena, language == LANGUAGE_ZH ? "%s：%s" : "%s: %s", says, where) : says;
	write_str(w, "   ");
	write_visible(w, render_words(w->arena, cause->cases ? MESSAGE_RENDER_CAUSE_CASES : MESSAGE_RENDER_CAUSE, language,
				      number(w, cause->findings), finding_slug(cause->first->kind), text, cause->cases));
	write_char(w, '\n');
}

void render_causes(struct writer *w, const struct diag *diag, const struct render_options *opt)
{
	cause_list list = causes_of(w->arena, diag, opt->notes);
	size_t findings = 0, more = 0;
	bool known = false;
	for (size_t i = 0; i < list.count; i++) {
		findings += list.items[i].findings;
		known |= list.items[i].first->cause != NULL;
	}
	if (findings <= MANY_FINDINGS || list.count == findings || !known)
		return;
	write_fmt(w, "%s\n", render_words(w->arena, MESSAGE_RENDER_CAUSES, opt->language, number(w, findings),
					  number(w, list.count), NULL, NULL));
	for (size_t i = 0; i < list.count; i++) {
		if (i < CAUSES_SHOWN)
			write_cause(w, &list.items[i], opt->language);
		else
			more += list.items[i].findings;
	}
	if (more)
		write_fmt(w, "   %s\n", render_words(w->arena, MESSAGE_RENDER_CAUSES_MORE, opt->language,
						     number(w, list.count - CAUSES_SHOWN), number(w, more), NULL, NULL));
}
