/* A session: the texts, and the compiler that checked them last. */
#include "session.h"

#include "driver.h"
#include "grammar/parse.h"

#include <stdlib.h>
#include <string.h>

struct text {
	char *path, *bytes;              /* bytes end with NUL */
	size_t size;
};

struct session {
	struct options opt;
	struct text *texts;              /* by path */
	size_t text_count, text_capacity;
	struct compiler *checked;        /* what the texts were found to be; NULL: not checked since they changed */
};

/* ---- texts ---- */

static void text_free(struct text *text)
{
	free(text->path);
	free(text->bytes);
}

/* The place of the path, or where it would stand. */
static size_t text_place(const struct session *s, const char *path, bool *found)
{
	size_t i = 0;
	while (i < s->text_count && strcmp(s->texts[i].path, path) < 0)
		i++;
	*found = i < s->text_count && strcmp(s->texts[i].path, path) == 0;
	return i;
}

static void remove_text(struct session *s, size_t at)
{
	text_free(&s->texts[at]);
	s->text_count--;
	memmove(&s->texts[at], &s->texts[at + 1], (s->text_count - at) * sizeof *s->texts);
}

static bool reserve_text(struct session *s)
{
	if (s->text_count < s->text_capacity)
		return true;
	size_t capacity = s->text_capacity * 2 + 4;
	struct text *more = calloc(capacity, sizeof *more);
	if (!more)
		return false;
	if (s->text_count)
		memcpy(more, s->texts, s->text_count * sizeof *more);
	free(s->texts);
	s->texts = more;
	s->text_capacity = capacity;
	return true;
}

static bool insert_text(struct session *s, size_t at, const char *path)
{
	struct text text = { .path = malloc(strlen(path) + 1) };
	if (!text.path || !reserve_text(s)) {
		free(text.path);
		return false;
	}
	memcpy(text.path, path, strlen(path) + 1);
	memmove(&s->texts[at + 1], &s->texts[at], (s->text_count - at) * sizeof *s->texts);
	s->texts[at] = text;
	s->text_count++;
	return true;
}

static char *copy_bytes(const char *bytes, size_t size)
{
	char *copy = malloc(size + 1);
	if (!copy)
		return NULL;
	if (size)
		memcpy(copy, bytes, size);
	copy[size] = '\0';
	return copy;
}

static void forget(struct session *s)
{
	compiler_free(s->checked);
	s->checked = NULL;
}

bool session_text(struct session *s, const char *path, const char *bytes, size_t size)
{
	bool found;
	size_t at = text_place(s, path, &found);
	if (!bytes && !found)
		return true;
	if (!bytes) {
		forget(s);
		remove_text(s, at);
		return true;
	}
	if (size > LIMIT_FILE)
		return false;
	if (found && s->texts[at].size == size && memcmp(s->texts[at].bytes, bytes, size) == 0)
		return true;
	char *copy = copy_bytes(bytes, size);
	if (!copy || (!found && !insert_text(s, at, path))) {
		free(copy);
		return false;
	}
	forget(s);
	free(s->texts[at].bytes);
	s->texts[at].bytes = copy;
	s->texts[at].size = size;
	return true;
}

/* ---- checking ---- */

static const char *load_text(void *context, const char *name, uint32_t *file, size_t *size)
{
	const struct session *s = context;
	bool found;
	size_t at = text_place(s, name, &found);
	if (!found)
		return NULL;
	struct compiler *c = s->checked;
	*size = s->texts[at].size;
	*file = sources_add(c->source_arena, &c->sources, name, s->texts[at].bytes, *size);
	return s->texts[at].bytes;
}

static void check_texts(struct session *s, struct compiler *c)
{
	for (size_t i = 0; i < s->text_count; i++)
		if (compiler_is_rulebook(s->texts[i].path))
			compiler_add_source(c, s->texts[i].path, s->texts[i].bytes, s->texts[i].size);
	if (c->file_count > 0 && compile_parse(c) && compile_resolve(c))
		compile_check(c);
	diag_sort(&c->diag);
}

bool session_check(struct session *s, struct session_answer *out)
{
	const struct csv_loader companions = { load_text, s };
	if (!s->checked) {
		s->checked = compiler_new(&io_system, &s->opt);
		if (!s->checked || setjmp(s->checked->memory_ends.back)) {
			forget(s);
			return false;
		}
		s->checked->companions = &companions;
		check_texts(s, s->checked);
		s->checked->companions = NULL;
	}
	*out = (struct session_answer){ &s->checked->diag, s->checked->model, s->checked->verdicts };
	return true;
}

/* ---- the session ---- */

struct session *session_new(const struct options *opt)
{
	struct session *s = calloc(1, sizeof *s);
	if (s)
		s->opt = *opt;
	return s;
}

void session_free(struct session *s)
{
	if (!s)
		return;
	forget(s);
	while (s->text_count > 0)
		remove_text(s, s->text_count - 1);
	free(s->texts);
	free(s);
}
