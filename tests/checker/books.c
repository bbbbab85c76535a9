/* Artifacts of random rulebooks, with findings or without, for tests that know nothing of the compiler:
 *
 *   books FOLDER FIRST COUNT     SEED.table, SEED.xml, SEED.certificate, and in SEED.clean the numbers of the decisions
 *                                that have no error finding and rest on none that has */
#include "driver.h"
#include "emit/emit.h"
#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 18 };

static struct plain plain;
static char text[TEXT_SIZE];

static void write_file(const char *folder, uint64_t seed, const char *suffix, const void *bytes, size_t size)
{
	char path[4096];
	(void)snprintf(path, sizeof path, "%s/%llu.%s", folder, (unsigned long long)seed, suffix);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, size, f) != size || fclose(f) != 0) {
		perror(path);
		exit(2);
	}
}

static bool is_clean(const struct compiler *c, uint32_t decision)
{
	const struct decision *d = &c->model->decisions[decision];
	for (size_t i = 0; i < c->diag.findings.count; i++) {
		const struct finding *f = c->diag.findings.items[i];
		if (f->severity == SEVERITY_ERROR && f->kind != FINDING_REFUTED && (!f->decision || strcmp(f->decision, d->name.id) == 0))
			return false;
	}
	for (size_t i = 0; i < d->feed_count; i++) {
		if (!is_clean(c, d->feeds[i]))
			return false;
	}
	return true;
}

static void write_clean(const char *folder, uint64_t seed, const struct compiler *c)
{
	struct writer w;
	writer_init(&w, c->model_arena);
	for (uint32_t i = 0; i < c->model->decision_count; i++) {
		if (is_clean(c, i))
			write_fmt(&w, "%u\n", i);
	}
	write_file(folder, seed, "clean", writer_text(&w), w.size);
}

static void write_artifacts(const char *folder, uint64_t seed, struct compiler *c)
{
	const struct artifacts a = { c->model_arena, c->model, c->table, &c->diag };
	for (const struct emitter *const *emitter = emitters; *emitter; emitter++) {
		const char *why = "";
		struct writer w;
		bool wanted = strcmp((*emitter)->name, "table") == 0 || strcmp((*emitter)->name, "xml") == 0 ||
			      strcmp((*emitter)->name, "certificate") == 0;
		if (!wanted)
			continue;
		writer_init(&w, c->model_arena);
		if (!(*emitter)->emit(&a, &w, &why)) {
			(void)fprintf(stderr, "seed %llu: %s: %s\n", (unsigned long long)seed, (*emitter)->name, why);
			exit(2);
		}
		write_file(folder, seed, (*emitter)->name, w.bytes, w.size);
	}
}

static void make(const char *folder, uint64_t seed)
{
	static const struct options opt = { .verb = VERB_BUILD };
	if (!plain_generate(&plain, seed) || naive_contradiction(&plain))
		return;
	size_t size = plain_print(&plain, 0, text, sizeof text);
	struct compiler *c = compiler_new(&io_system, &opt);
	if (!c || setjmp(c->memory_ends.back))
		exit(3);
	compiler_add_text(c, "random.rulebook.md", text, size);
	if (!compile_parse(c) || !compile_resolve(c))
		exit(2);
	(void)compile_check(c);
	if (!compile_lower(c))
		exit(2);
	write_artifacts(folder, seed, c);
	write_clean(folder, seed, c);
	compiler_free(c);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	uint64_t first = strtoull(argv[2], NULL, 10), count = strtoull(argv[3], NULL, 10);
	for (uint64_t seed = first; seed < first + count; seed++)
		make(argv[1], seed);
	return 0;
}
