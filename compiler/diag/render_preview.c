/* What a finding's edits change, in words. */
#include "diag/render.h"

#include <string.h>

enum { REGIONS_PREVIEWED = 8, REGIONS_OF_CAUSE = 3 };

static void add_line(struct writer *w, const struct preview_change *change, const char *when, const char *count,
		     enum language language)
{
	write_fmt(w, "%s%s", w->size ? "\n" : "",
		  render_words(w->arena, MESSAGE_RENDER_PREVIEW, language, when, count, phrase_in(change->old, language),
			       phrase_in(change->new_, language)));
}

/* Just the regions that the finding shows, and all of them. */
static bool are_those_above(const struct finding *f, const struct preview_change *change)
{
	if (f->region_count != change->region_count || f->preview->count > 1 || !f->count || strcmp(f->count, change->count) != 0)
		return false;
	for (size_t i = 0; i < f->region_count; i++) {
		const struct case_words *a = &f->regions[i].when, *b = &change->regions[i].when;
		if (a->count != b->count)
			return false;
		for (size_t k = 0; k < a->count; k++)
			if (a->items[k].fact != b->items[k].fact || strcmp(a->items[k].json, b->items[k].json) != 0)
				return false;
	}
	return true;
}

static const char *words_of(struct writer *w, enum message message, enum language language)
{
	return render_words(w->arena, message, language, NULL, NULL, NULL, NULL);
}

static void add_change(struct writer *w, const struct finding *f, const struct preview_change *change, enum language language)
{
	size_t most = f->mends ? REGIONS_OF_CAUSE : REGIONS_PREVIEWED, listed = change->region_count < most ? change->region_count : most;
	if (are_those_above(f, change)) {
		add_line(w, change, words_of(w, MESSAGE_RENDER_PREVIEW_ABOVE, language), change->count, language);
		return;
	}
	for (size_t i = 0; i < listed; i++)
		add_line(w, change, render_case(w->arena, &change->regions[i].when, language), change->regions[i].count, language);
	if (change->rest_count || listed < change->region_count)
		add_line(w, change, words_of(w, MESSAGE_RENDER_PREVIEW_ALL, language), change->count, language);
}

const char *finding_preview(struct arena *arena, const struct finding *f, enum language language)
{
	struct writer w;
	writer_init(&w, arena);
	if (!f->preview)
		return "";
	for (size_t i = 0; i < f->preview->count; i++)
		add_change(&w, f, &f->preview->items[i], language);
	if (f->preview->count == 0)
		write_str(&w, words_of(&w, f->preview->total ? MESSAGE_RENDER_PREVIEW_NONE : MESSAGE_RENDER_PREVIEW_OPEN, language));
	return writer_text(&w);
}
