/* How much is looked at: of a check how many boxes and questions, with a hash of which questions in which order, and of
 * partial decisions how many boxes. `--nodes` ends either after so many, so their number is part of what a user is
 * told; and what has become slower, or asks what it need not, shows here though every answer stays right.
 *
 *   property_boxes     prints lines for random rulebooks and edited ones; boxes.txt has them as they shall be */
#include "driver.h"
#include "edits.h"
#include "plain.h"
#include "session.h"

#include "guiju.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 18, PLAIN = 400, WIDE = 60, EDITS = 12, SAMPLES = 3, RANKED = 10, RANKED_ROWS = 40 };

struct watch {
	struct progress progress;
	size_t ticks;
	uint32_t hash;
};

static struct plain plain;
static char text[TEXT_SIZE], before[TEXT_SIZE];

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

static struct watch watched;

/* Every check of this program is watched: a session's too, which lets nobody see. */
void __real_check_model(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
			struct verdicts *verdicts);
void __wrap_check_model(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
			struct verdicts *verdicts);

void __wrap_check_model(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
			struct verdicts *verdicts)
{
	struct budget seen = *budget;
	seen.progress = &watched.progress;
	__real_check_model(arena, diag, model, &seen, verdicts);
}

static void start(void)
{
	watched = (struct watch){ .progress = { .show = watch, .context = &watched, .ticks = 255 } };
}

static void tell(void)
{
	printf(", %zu asked, %08" PRIx32 "\n", watched.ticks, watched.hash);
}

static const struct options options = { .verb = VERB_CHECK, .format = FORMAT_JSON, .show_notes = true };

/* ---- partial decisions ---- */

/* The least budget with which the answer is exact: the boxes that deciding looks at. */
static uint64_t least_budget(const struct guiju_table *t, uint32_t decision, const int64_t *values,
			     const uint64_t *known, void *scratch, size_t size)
{
	struct guiju_answer answer;
	uint64_t low = 0, high = 1;  /* too little, enough */
	memset(scratch, 0xa5, size); /* nothing of it may be read before it is written */
	if (guiju_decide_partial(t, decision, values, known, 0, scratch, size, &answer) != GUIJU_OK)
		return 0;
	while (guiju_decide_partial(t, decision, values, known, high, scratch, size, &answer) == GUIJU_OK &&
	       !answer.exact)
		low = high, high *= 2;
	while (low + 1 < high) {
		uint64_t middle = low + (high - low) / 2;
		(void)guiju_decide_partial(t, decision, values, known, middle, scratch, size, &answer);
		*(answer.exact ? &high : &low) = middle;
	}
	return high;
}

/* Of each decision some cases with some of the facts given. */
static void decide_some(const struct guiju_table *t, uint64_t state)
{
	struct guiju_about about;
	struct guiju_fact fact;
	int64_t values[MAX_FACTS] = { 0 };
	size_t size = guiju_partial_scratch_size(t), boxes = 0;
	void *scratch = malloc(size);
	guiju_about(t, &about);
	for (uint32_t i = 0; scratch && i < about.decisions * SAMPLES; i++) {
		uint64_t known = next_random(&state) & next_random(&state);
		for (uint32_t f = 0; f < about.facts; f++)
			if (guiju_fact(t, f, &fact) == GUIJU_OK)
				values[f] = fact.low +
					    (int64_t)(next_random(&state) % ((uint64_t)(fact.high - fact.low) + 1));
		uint64_t least = least_budget(t, i / SAMPLES, values, &known, scratch, size);
		mix(&watched, (size_t)least);
		boxes += least;
	}
	free(scratch);
	printf(", %zu decided", boxes);
}

/* ---- rulebooks ---- */

static bool look_at(const char *kind, uint64_t seed, size_t size)
{
	struct compiler *c = compiler_new(&io_system, &options);
	if (!c || setjmp(c->memory_ends.back))
		return false;
	compiler_add_text(c, "random.rulebook.md", text, size);
	start();
	bool done = compile_parse(c) && compile_resolve(c);
	printf("%s %" PRIu64, kind, seed);
	if (done)
		(void)compile_check(c);
	const struct guiju_table *table;
	if (done && compile_lower(c) && guiju_table_open(c->table->bytes, c->table->size, &table) == GUIJU_OK)
		decide_some(table, seed);
	compiler_free(c);
	tell();
	return done;
}

/* What an edit makes a session look at again. */
static bool look_again(uint64_t seed, struct edited *wide)
{
	struct session *s = session_new(&options);
	struct session_answer answer;
	uint64_t state = seed;
	bool good = s && session_text(s, "random.rulebook.md", wide->text, wide->size) && session_check(s, &answer);
	start();
	for (int i = 0; i < EDITS && good; i++) {
		size_t size = wide->size;
		memcpy(before, text, size + 1);
		(void)edit_text(wide, &state);
		good = session_text(s, "random.rulebook.md", wide->text, wide->size) && session_check(s, &answer);
		if (good && answer.verdicts.count == 0) { /* it does not compile */
			memcpy(text, before, size + 1);
			wide->size = size;
		}
	}
	session_free(s);
	printf("session %" PRIu64, seed);
	tell();
	return good;
}

/* A first-hit table of which a column tests a definition: rows that are no boxes. */
static size_t ranked_print(uint64_t seed)
{
	static const char *const answers[] = { "是", "否", "" };
	uint64_t state = seed;
	size_t size = (size_t)snprintf(text, sizeof text,
				       "```rulebook\n规则书 r「示例」\n版次 1\n事实 n「n」: 整数 0 至 999 理由 「示例」\n事实 m「m」: 整数 0 至 999 理由 「示例」\n"
				       "事实 b「b」: 是否 理由 「示例」\n定义 odd「odd」 理由 「示例」 为 b 或 n 500以上\n判定 d「d」: { o0「o0」、 o1「o1」 }\n"
				       "缺省 o1 用于 d 理由 「示例」\n表 t 用于 d 命中 首中 理由 「示例」 见下表\n```\n\n| n | m | odd | 则 |\n|---|---|---|---|\n");
	for (int i = 0; i < RANKED_ROWS; i++) {
		unsigned n = (unsigned)(next_random(&state) % 500), m = (unsigned)(next_random(&state) % 500);
		size += (size_t)snprintf(text + size, sizeof text - size, "| %u以上%u以下 | %u以上%u以下 | %s | o%u |\n", n, n + 499, m, m + 499,
					 answers[next_random(&state) % 3], (unsigned)(next_random(&state) % 2));
	}
	return size;
}

int main(void)
{
	bool good = true;
	for (uint64_t seed = 1; seed <= RANKED; seed++)
		good &= look_at("ranked", seed, ranked_print(seed));
	for (uint64_t seed = 1; seed <= PLAIN; seed++)
		if (plain_generate(&plain, seed))
			good &= look_at("plain", seed, plain_print(&plain, 0, text, sizeof text));
	for (uint64_t seed = 1; seed <= WIDE; seed++) {
		struct edited wide = { text, 0, sizeof text - 4096 };
		wide_print(&wide, seed);
		good &= look_at("wide", seed, wide.size) && look_again(seed, &wide);
	}
	return good ? 0 : 1;
}
