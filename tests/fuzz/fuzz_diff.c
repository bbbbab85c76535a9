/* Any bytes as a table, read as an edition: compared with itself, and with what it is after one more byte is changed. Its
 * outside is set right first, so that what opens is read.
 * Promised: nothing crashes, and a difference has the same bytes however often it is made. */
#include "diff/print.h"
#include "diff/read_table.h"
#include "fuzz.h"
#include "table_seal.h"

#include <setjmp.h>
#include <string.h>

enum { INPUT_LIMIT = 1 << 16, NODES = 2000, MEMORY = 1 << 26 };

static uint64_t hash_of(const char *text, size_t size)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return hash;
}

/* Of the difference in every form; 0: one of the tables is beyond a model's limits, or memory ended. */
static uint64_t difference(const struct guiju_table *const tables[2])
{
	struct out_of_memory end;
	struct writer w;
	const struct budget budget = { .nodes = NODES, .bytes = MEMORY, .regions_shown = 4 };
	struct arena *volatile arena = arena_new(&end);
	volatile uint64_t hash = 0;
	if (!arena)
		abort();
	if (!setjmp(end.back)) {
		const struct model *models[] = { model_of_table(arena, tables[0]), model_of_table(arena, tables[1]) };
		if (models[0] && models[1]) {
			const struct difference *d = difference_new_in(arena, models[0], models[1], NULL, &budget);
			writer_init(&w, arena);
			diff_write_text(&w, d, NULL, LANGUAGE_ZH);
			diff_write_json(&w, d, NULL, LANGUAGE_EN);
			diff_write_markdown(&w, d, NULL, LANGUAGE_EN);
			hash = hash_of(w.bytes, w.size);
		}
	}
	arena_free(arena);
	return hash;
}

static void compare(const uint8_t *one, const uint8_t *other, size_t size)
{
	const struct guiju_table *tables[2];
	if (guiju_table_open(one, size, &tables[0]) != GUIJU_OK || guiju_table_open(other, size, &tables[1]) != GUIJU_OK)
		return;
	uint64_t first = difference(tables);
	PROMISE(first == difference(tables));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size > INPUT_LIMIT || size <= HEADER_SIZE)
		return 0;
	uint8_t *copy = malloc(size), *changed = malloc(size);
	if (!copy || !changed)
		abort();
	memcpy(copy, bytes, size);
	table_seal(copy, size);
	compare(copy, copy, size);
	uint64_t hash = hash_of((const char *)bytes, size);
	memcpy(changed, copy, size);
	changed[HEADER_SIZE + hash % (size - HEADER_SIZE)] ^= (uint8_t)(1U << hash / size % 8);
	table_seal(changed, size);
	compare(copy, changed, size);
	free(copy);
	free(changed);
	return 0;
}
