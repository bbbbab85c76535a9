/* Many findings read as few causes: grouping and ranking, as text and JSON. */
#include "diag/causes.h"

#include "diag/excerpt.h"

#include <stdlib.h>
#include <string.h>

enum { CAUSES_NAMED = 100 }; /* beyond CAUSES_SHOWN only in one line each */

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

/* The most severe of each cause first, and these in order. */
static int by_key(const void *left, const void *right)
{
	const struct cause *a = left, *b = right;
	int order = a->key == b->key ? 0 : strcmp(a->key, b->key);
	if (order == 0 && a->first->severity != b->first->severity)
		return a->first->severity < b->first->severity ? 1 : -1;
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* note [rank] Of causes equally severe a gap comes first: it is one finding however much it leaves open, so that the
 * number of findings, by which the others stand, says nothing of it. */
static int by_weight(const void *left, const void *right)
{
	const struct cause *a = left, *b = right;
	bool gap = a->first->kind == FINDING_GAP, other_gap = b->first->kind == FINDING_GAP;
	if (a->first->severity != b->first->severity)
		return a->first->severity < b->first->severity ? 1 : -1;
	if (gap != other_gap)
		return gap ? -1 : 1;
	if (a->findings != b->findings)
		return a->findings < b->findings ? 1 : -1;
	return (a->place > b->place) - (a->place < b->place);
}

/* Findings of one kind count alike; a sum that lacks one of them would be wrong. */
static void join(struct arena *arena, struct cause *into, const struct cause *one)
{
	into->findings += one->findings;
	if (into->first->kind == one->first->kind)
		into->cases = into->cases && one->cases ? decimal_sum(arena, into->cases, one->cases) : NULL;
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

/* ---- what is said of one ---- */

static const char *number(struct arena *arena, size_t n)
{
	return arena_printf(arena, "%zu", n);
}

const char *cause_text(struct arena *arena, const struct cause *cause, enum language language)
{
	const struct finding *f = cause->first;
	if (f->behind)
		return finding_text(arena, f->behind, language);
	const char *says = phrase_in(finding_summary(f->kind), language), *where = phrase_in(f->cause_words, language);
	return *where ? arena_printf(arena, language == LANGUAGE_ZH ? "%s：%s" : "%s: %s", says, where) : says;
}

static bool is_of(const struct cause *cause, const struct finding *f, bool notes)
{
	return (f->severity != SEVERITY_NOTE || notes) && strcmp(finding_cause(f), cause->key) == 0;
}

/* "189 × conflict, 63 × redundant" */
static const char *kinds_of(struct arena *arena, const struct diag *diag, const struct cause *cause,
			    const struct render_options *opt)
{
	size_t counts[FINDING_COUNT] = { 0 };
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < diag->findings.count; i++)
		counts[diag->findings.items[i]->kind] += is_of(cause, diag->findings.items[i], opt->notes);
	const char *comma = opt->language == LANGUAGE_ZH ? "、" : ", ";
	for (size_t kind = 0; kind < FINDING_COUNT; kind++)
		if (counts[kind])
			write_fmt(&w, "%s%zu × %s", w.size ? comma : "", counts[kind],
				  finding_slug((enum finding_kind)kind));
	return writer_text(&w);
}

/* ---- as text ---- */

static void write_message(struct writer *w, const struct render_options *opt, enum message message, const char *arg0,
			  const char *arg1, const char *arg2, const char *arg3)
{
	write_visible(w, render_words(w->arena, message, opt->language, arg0, arg1, arg2, arg3));
	write_char(w, '\n');
}

static void write_cause(struct writer *w, const struct diag *diag, const struct cause *cause, size_t at,
			const struct render_options *opt)
{
	struct arena *arena = w->arena;
	const struct finding *behind = cause->first->behind;
	const char *kinds = kinds_of(arena, diag, cause, opt), *place = number(arena, at + 1);
	write_char(w, '\n');
	if (cause->findings == 1) {
		write_message(w, opt, MESSAGE_RENDER_CAUSE_ALONE, place, NULL, NULL, NULL);
		return;
	}
	write_message(w, opt, MESSAGE_RENDER_CAUSE, place, kinds, cause_text(arena, cause, opt->language), NULL);
	if (cause->cases)
		write_message(w, opt, MESSAGE_RENDER_CAUSE_CASES, finding_slug(cause->first->kind), cause->cases, NULL,
			      NULL);
	if (behind && behind->help != MESSAGE_NONE)
		render_help(w, behind, opt);
}

/* Findings whose cause nobody knows are all of it: each is shown. */
static size_t write_findings(struct writer *w, struct diag *diag, const struct cause *cause,
			     const struct render_options *opt, size_t most)
{
	struct render_options example = *opt;
	size_t shown = 0;
	example.no_help = cause->findings > 1 && cause->first->behind && cause->first->behind->help != MESSAGE_NONE;
	if (cause->first->cause) {
		if (cause->findings > 1)
			write_message(w, opt, MESSAGE_RENDER_EXAMPLE, NULL, NULL, NULL, NULL);
		render_finding(w, diag, cause->first, &example);
		return 1;
	}
	for (size_t i = cause->place; i < diag->findings.count && shown < most; i++)
		if (is_of(cause, diag->findings.items[i], opt->notes)) {
			render_finding(w, diag, diag->findings.items[i], opt);
			shown++;
		}
	return shown;
}

/* Causes beyond those that are worked out: a line each. */
static size_t write_others(struct writer *w, struct diag *diag, const cause_list *list,
			   const struct render_options *opt, size_t most)
{
	size_t shown = 0, findings = 0;
	for (size_t i = CAUSES_SHOWN; i < list->count; i++)
		findings += list->items[i].findings;
	if (list->count <= CAUSES_SHOWN)
		return 0;
	write_char(w, '\n');
	write_message(w, opt, MESSAGE_RENDER_CAUSES_MORE, number(w->arena, list->count - CAUSES_SHOWN),
		      number(w->arena, findings), NULL, NULL);
	for (size_t i = CAUSES_SHOWN; i < list->count; i++) {
		const struct cause *cause = &list->items[i];
		if (!cause->first->cause) {
			shown += write_findings(w, diag, cause, opt, most - shown);
		} else if (i < CAUSES_NAMED) {
			render_header(w, diag, cause->first, opt);
			shown++;
		}
	}
	return shown;
}

static size_t findings_of(const cause_list *list)
{
	size_t findings = 0;
	for (size_t i = 0; i < list->count; i++)
		findings += list->items[i].findings;
	return findings;
}

bool reads_as_causes(const cause_list *list)
{
	bool known = false;
	for (size_t i = 0; i < list->count; i++)
		known |= list->items[i].first->cause && list->items[i].findings > 1;
	return known && findings_of(list) > MANY_FINDINGS;
}

bool render_causes(struct writer *w, struct diag *diag, const struct render_options *opt, size_t *shown)
{
	cause_list list = causes_of(w->arena, diag, opt->notes);
	size_t most = opt->limit ? opt->limit : SIZE_MAX;
	if (!reads_as_causes(&list))
		return false;
	write_message(w, opt, MESSAGE_RENDER_CAUSES, number(w->arena, findings_of(&list)), number(w->arena, list.count), NULL,
		      NULL);
	*shown = 0;
	for (size_t i = 0; i < list.count && i < CAUSES_SHOWN; i++) {
		write_cause(w, diag, &list.items[i], i, opt);
		*shown += write_findings(w, diag, &list.items[i], opt, most - *shown);
	}
	*shown += write_others(w, diag, &list, opt, most - *shown);
	write_char(w, '\n');
	return true;
}

/* ---- as JSON ---- */

static void write_text(struct writer *w, const char *key, const char *text)
{
	if (!text)
		return;
	write_fmt(w, ", \"%s\": ", key);
	write_json_string(w, text);
}

void render_causes_json(struct writer *w, struct diag *diag, enum language language)
{
	cause_list list = causes_of(w->arena, diag, true);
	size_t written = 0;
	for (size_t i = 0; i < list.count; i++) {
		const struct cause *cause = &list.items[i];
		const struct finding *behind = cause->first->behind;
		if (!cause->first->cause || cause->findings < 2)
			continue;
		write_str(w, written++ ? ",\n {\"cause\": " : ", \"causes\": [\n {\"cause\": ");
		write_json_string(w, cause->key);
		write_text(w, "severity", severity_slug(cause->first->severity));
		write_text(w, "message", cause_text(w->arena, cause, language));
		write_fmt(w, ", \"findings\": %zu", cause->findings);
		write_text(w, "cases", cause->cases);
		if (behind && behind->help != MESSAGE_NONE)
			render_help_json(w, diag, behind, language);
		write_char(w, '}');
	}
	if (written)
		write_char(w, ']');
}
