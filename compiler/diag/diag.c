/* The findings sink: adding, filling, counting and sorting findings. How they look is render.c's business. */
#include "diag/diag.h"

#include "support/digest.h"
#include "support/writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct finding_row {
	const char *slug;
	enum severity severity;
	struct phrase says;
};

static const struct finding_row rows[FINDING_COUNT] = {
#define FINDING(id, slug, severity, zh, en) [FINDING_##id] = { slug, SEVERITY_##severity, { zh, en } },
#include "diag/findings.def"
#undef FINDING
};

const char *finding_slug(enum finding_kind kind)
{
	return rows[kind].slug;
}

enum severity finding_severity(enum finding_kind kind)
{
	return rows[kind].severity;
}

struct phrase finding_summary(enum finding_kind kind)
{
	return rows[kind].says;
}

const char *severity_slug(enum severity severity)
{
	static const char *const slugs[] = { "note", "warning", "error" };
	return slugs[severity];
}

static size_t *counter_of(struct diag *diag, enum severity severity)
{
	if (severity == SEVERITY_ERROR)
		return &diag->errors;
	return severity == SEVERITY_WARNING ? &diag->warnings : &diag->notes;
}

struct finding *diag_add(struct diag *diag, enum finding_kind kind, struct span span, enum message message)
{
	struct finding *f = arena_new_of(diag->arena, struct finding);
	f->kind = kind;
	f->severity = rows[kind].severity;
	f->message = message;
	f->places[0].span = span;
	f->place_count = 1;
	vec_push(diag->arena, &diag->findings, f);
	++*counter_of(diag, f->severity);
	return f;
}

static struct phrase copy_phrase(struct arena *arena, const char *zh, const char *en)
{
	return (struct phrase){ zh ? arena_strdup(arena, zh) : NULL, en ? arena_strdup(arena, en) : NULL };
}

void diag_arg2(struct diag *diag, struct finding *f, size_t index, const char *zh, const char *en)
{
	assert(index < DIAG_ARGS);
	f->args[index] = copy_phrase(diag->arena, zh, en);
}

void diag_arg(struct diag *diag, struct finding *f, size_t index, const char *text)
{
	diag_arg2(diag, f, index, text, NULL);
}

void diag_arg_int(struct diag *diag, struct finding *f, size_t index, int64_t value)
{
	assert(index < DIAG_ARGS);
	f->args[index].zh = arena_printf(diag->arena, "%" PRId64, value);
}

void diag_place(struct diag *diag, struct finding *f, struct span span, const char *zh, const char *en)
{
	if (f->place_count == DIAG_PLACES)
		return;
	f->places[f->place_count++] = (struct label){ span, copy_phrase(diag->arena, zh, en) };
}

void diag_help(struct diag *diag, struct finding *f, enum message help, const char *arg0, const char *arg1)
{
	f->help = help;
	f->help_args[0] = copy_phrase(diag->arena, arg0, NULL);
	f->help_args[1] = copy_phrase(diag->arena, arg1, NULL);
}

void diag_edit(struct diag *diag, struct finding *f, struct span span, const char *text)
{
	struct edit *edits = arena_new_array(diag->arena, struct edit, f->edit_count + 1);
	if (f->edit_count > 0)
		memcpy(edits, f->edits, f->edit_count * sizeof *edits);
	edits[f->edit_count++] = (struct edit){ span, arena_strdup(diag->arena, text) };
	f->edits = edits;
}

void diag_severity(struct diag *diag, struct finding *f, enum severity severity)
{
	--*counter_of(diag, f->severity);
	f->severity = severity;
	++*counter_of(diag, severity);
}

bool diag_failed(const struct diag *diag)
{
	return diag->errors > 0;
}

/* ---- order ---- */

struct entry {
	struct finding *finding;
	size_t added; /* the last word, so that qsort's order is one order */
};

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_lists(const char **a, const char **b)
{
	for (; a && b && *a && *b; a++, b++) {
		int order = strcmp(*a, *b);
		if (order != 0)
			return order;
	}
	return (a && *a) - (b && *b);
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	const struct span *p = &a->finding->places[0].span, *q = &b->finding->places[0].span;
	int order = compare_numbers(p->file, q->file);
	if (order == 0)
		order = compare_numbers(p->start, q->start);
	if (order == 0)
		order = strcmp(rows[a->finding->kind].slug, rows[b->finding->kind].slug);
	if (order == 0)
		order = compare_lists(a->finding->rules, b->finding->rules);
	return order != 0 ? order : compare_numbers(a->added, b->added);
}

static bool is_sorted(const struct diag *diag)
{
	for (size_t i = 0; i + 1 < diag->findings.count; i++) {
		struct entry one = { diag->findings.items[i], i }, next = { diag->findings.items[i + 1], i + 1 };
		if (compare_entries(&one, &next) > 0)
			return false;
	}
	return true;
}

void diag_sort(struct diag *diag)
{
	if (is_sorted(diag))
		return;
	size_t count = diag->findings.count;
	struct entry *entries = arena_new_array(diag->arena, struct entry, count);
	for (size_t i = 0; i < count; i++)
		entries[i] = (struct entry){ diag->findings.items[i], i };
	qsort(entries, count, sizeof *entries, compare_entries);
	for (size_t i = 0; i < count; i++)
		diag->findings.items[i] = entries[i].finding;
}

/* ---- fingerprint ---- */

/* Every text ends with its NUL, every list with one more, so that no two lists give the same bytes. */
static void write_key(struct writer *w, const char *text)
{
	write_bytes(w, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void write_keys(struct writer *w, const char **list)
{
	for (; list && *list; list++)
		write_key(w, *list);
	write_char(w, '\0');
}

const char *finding_fingerprint(struct arena *arena, const struct finding *f)
{
	struct writer w;
	writer_init(&w, arena);
	write_key(&w, rows[f->kind].slug);
	write_key(&w, f->decision ? f->decision : f->procedure);
	write_keys(&w, f->rules);
	write_keys(&w, f->clauses);
	if (!f->decision && !f->rules && !f->clauses) {
		for (size_t i = 0; i < DIAG_ARGS; i++)
			write_key(&w, f->args[i].zh);
	}
	return arena_strndup(arena, digest_hex(arena, w.bytes, w.size), 16);
}
