/* Any bytes as records, JSON or CSV, for a rulebook with a fact of every kind.
 * Promised: nothing crashes, and the answers do not depend on how many bytes a read gives at a time. */
#include "decide/decide.h"
#include "driver.h"
#include "fuzz.h"

#include <string.h>

extern const size_t records_rulebook_size;
extern const unsigned char records_rulebook[];

enum { INPUT_LIMIT = 1 << 15 };

/* ---- reading from and writing to memory ---- */

static struct {
	const uint8_t *bytes;
	size_t size, at, step;
	uint64_t hash; /* of all that was written */
} memory;

static ssize_t read_memory(int fd, void *bytes, size_t size)
{
	(void)fd;
	size_t n = memory.size - memory.at;
	n = n < size ? n : size;
	n = n < memory.step ? n : memory.step;
	if (n)
		memcpy(bytes, memory.bytes + memory.at, n);
	memory.at += n;
	return (ssize_t)n;
}

static ssize_t write_memory(int fd, const void *bytes, size_t size)
{
	(void)fd;
	for (size_t i = 0; i < size; i++)
		memory.hash = (memory.hash ^ ((const uint8_t *)bytes)[i]) * UINT64_C(1099511628211);
	return (ssize_t)size;
}

/* ---- the table, made once ---- */

static const struct options options = { .verb = VERB_CHECK, .colour = "never" };
static struct compiler *compiler;
static const struct guiju_table *table;

static void make_table(void)
{
	compiler = compiler_new(&io_system, &options);
	if (!compiler || setjmp(compiler->memory_ends.back))
		abort();
	compiler_add_text(compiler, "records.rulebook.md", (const char *)records_rulebook, records_rulebook_size);
	PROMISE(compile_parse(compiler) && compile_resolve(compiler) && compile_check(compiler) &&
		compile_lower(compiler));
	PROMISE(guiju_table_open(compiler->table->bytes, compiler->table->size, &table) == GUIJU_OK);
}

static uint64_t answers(const uint8_t *bytes, size_t size, size_t step, int *status)
{
	struct out_of_memory end;
	struct io_ops io = io_system;
	io.read = read_memory;
	io.write = write_memory;
	memory.bytes = bytes;
	memory.size = size;
	memory.at = 0;
	memory.step = step;
	memory.hash = UINT64_C(14695981039346656037);
	if (setjmp(end.back))
		return 0;
	struct decide_job job = { .io = &io,
				  .handler = &end,
				  .table = table,
				  .input = 0,
				  .output = 1,
				  .has_on = size % 2 == 0,
				  .on = 20454,
				  .language = size % 3 ? LANGUAGE_EN : LANGUAGE_ZH,
				  .budget = 200 };
	PROMISE(decide_records(&job, status));
	return memory.hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	int whole = -1, pieces = -1;
	if (size > INPUT_LIMIT)
		return 0;
	if (!table)
		make_table();
	uint64_t one = answers(bytes, size, SIZE_MAX, &whole);
	uint64_t other = answers(bytes, size, size % 7 + 1, &pieces);
	PROMISE(one == other && whole == pieces);
	PROMISE(whole == 0 || whole == 1 || whole == 4);
	return 0;
}
