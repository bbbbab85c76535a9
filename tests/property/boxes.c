/* How much a check looks at: per rulebook how many boxes and questions, and a hash of which questions in which order.
 * `--nodes` ends a check after so many boxes, so their number is part of what a user is told; and a check that has
 * become slower, or asks what it need not, shows here though every answer stays right.
 *
 *   property_boxes     prints a line for each of some random rulebooks; boxes.txt has them as they shall be */
#include "driver.h"
#include "edits.h"
#include "plain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_SIZE = 1 << 18, PLAIN = 400, WIDE = 60 };

struct watch {
	struct progress progress;
	size_t ticks;
	uint32_t hash;
};

static struct plain plain;
static char text[TEXT_SIZE];

static void mix(struct watch *w, size_t value)
{
	w->hash = (w->hash ^ (uint32_t)value) * 16777619u;
}

/* Called at every tick, not at every 256th. */
static void watch(void *context, const struct progress *now)
{
	struct watch *w = context;
	w->progress.ticks = 255;
	w->ticks++;
	mix(w, now->at);
	for (const char *word = now->question.en; word && *word; word++)
		mix(w, (unsigned char)*word);
}

static bool look_at(const char *kind, uint64_t seed, size_t size)
{
	static const struct options opt = { .verb = VERB_CHECK, .show_notes = true };
	struct watch w = { .progress = { .show = watch, .context = &w, .ticks = 255 } };
	struct compiler *c = compiler_new(&io_system, &opt);
	if (!c || setjmp(c->memory_ends.back))
		return false;
	compiler_add_text(c, "random.rulebook.md", text, size);
	c->progress = &w.progress;
	bool done = compile_parse(c) && compile_resolve(c);
	if (done)
		(void)compile_check(c);
	c->progress = NULL;
	compiler_free(c);
	printf("%s %" PRIu64 ": %zu %08" PRIx32 "\n", kind, seed, w.ticks, w.hash);
	return done;
}

int main(void)
{
	bool good = true;
	for (uint64_t seed = 1; seed <= PLAIN; seed++)
		if (plain_generate(&plain, seed))
			good &= look_at("plain", seed, plain_print(&plain, 0, text, sizeof text));
	for (uint64_t seed = 1; seed <= WIDE; seed++) {
		struct edited wide = { text, 0, sizeof text };
		wide_print(&wide, seed);
		good &= look_at("wide", seed, wide.size);
	}
	return good ? 0 : 1;
}
