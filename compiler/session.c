/* A session: the texts, the tree that follows them, and the compiler that checked them last. */
#include "session.h"

#include "driver.h"
#include "grammar/again.h"
#include "grammar/parse.h"
#include "regions/regions.h"
#include "session_rules.h"

#include <stdlib.h>
#include <string.h>

struct text {
	char *path, *bytes;              /* bytes end with NUL */
	char *read;                      /* what the tree was made of: bytes, or what they were then; NULL: nothing */
	size_t size;
};

/* Of texts of which there was nothing to say but what they mean. */
struct tree {
	struct arena *nodes, *lists;
	struct kept_book *book;
	struct others others;            /* since when its rows mean the same */
	size_t bytes;                    /* of the nodes when all was read */
};

/* Of rules that were checked. */
struct knowledge {
	struct arena *arena;
	struct known_rules *rules;
	struct keeping keeping;
	size_t bytes;                    /* when it was begun, of one check */
	struct compiler *from;           /* the check that it was found by last */
};

struct session {
	struct options opt;
	struct out_of_memory memory_ends;
	struct text *texts;              /* by path */
	size_t text_count, text_capacity;
	struct tree tree;                /* book NULL: none */
	struct tree answer_tree;         /* of the answer, where it is another */
	struct knowledge knowledge;      /* arena NULL: none */
	struct compiler *checked;        /* the answer */
	bool changed;                    /* since then */
};

/* ---- texts ---- */

static void free_read(struct text *text)
{
	if (text->read != text->bytes)
		free(text->read);
	text->read = NULL;
}

static void text_free(struct text *text)
{
	free_read(text);
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

static void free_tree(struct tree *tree)
{
	arena_free(tree->nodes);
	arena_free(tree->lists);
	*tree = (struct tree){ 0 };
}

static void free_answer(struct session *s)
{
	if (s->checked != s->knowledge.from)
		compiler_free(s->checked);
	free_tree(&s->answer_tree);
	s->checked = NULL;
}

static void free_knowledge(struct session *s)
{
	if (s->knowledge.from != s->checked)
		compiler_free(s->knowledge.from);
	arena_free(s->knowledge.arena);
	s->knowledge = (struct knowledge){ 0 };
}

/* All but the texts. */
static void forget(struct session *s)
{
	free_knowledge(s);
	free_answer(s);
	free_tree(&s->tree);
	for (size_t i = 0; i < s->text_count; i++)
		free_read(&s->texts[i]);
	s->changed = true;
}

static void replace_bytes(struct text *text, char *bytes, size_t size)
{
	if (text->bytes != text->read)
		free(text->bytes);
	text->bytes = bytes;
	text->size = size;
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
	if (!found)
		forget(s);
	replace_bytes(&s->texts[at], copy, size);
	s->changed = true;
	return true;
}

/* ---- checking ---- */

struct checking {
	struct session *session;
	struct compiler *c;
};

static const char *load_text(void *context, const char *name, uint32_t *file, size_t *size)
{
	const struct checking *k = context;
	bool found;
	size_t at = text_place(k->session, name, &found);
	if (!found)
		return NULL;
	const struct text *text = &k->session->texts[at];
	*size = text->size;
	*file = sources_add(k->c->source_arena, &k->c->sources, name, text->bytes, text->size);
	return text->bytes;
}

static struct arena *new_arena(struct session *s)
{
	struct arena *arena = arena_new(&s->memory_ends);
	if (!arena)
		longjmp(s->memory_ends.back, 1);
	return arena;
}

/* The tree is that of the texts now. */
static void note_read(struct session *s)
{
	for (size_t i = 0; i < s->text_count; i++) {
		free_read(&s->texts[i]);
		s->texts[i].read = s->texts[i].bytes;
	}
}

/* What is known of rules holds as long as all else says the same. */
static void note_others(struct session *s, struct compiler *c)
{
	struct tree *tree = &s->tree;
	const struct others now = others_of(c);
	if (others_same(&tree->others, &now))
		return;
	free_knowledge(s);
	tree->others = others_kept(tree->nodes, &now);
	kept_book_tree(tree->book)->made = made_rows_new(tree->nodes);
}

/* note [growth] What a tree held before stays in its arena; when that has doubled, all is read again. */
static bool read_changes(struct session *s, struct compiler *c)
{
	struct tree *tree = &s->tree;
	if (!tree->book || arena_bytes(tree->nodes) > tree->bytes * 2)
		return false;
	struct arena *before = tree->lists;
	struct arena *lists = s->answer_tree.lists = new_arena(s);
	if (!kept_book_read(tree->book, lists, &c->diag)) {
		free_tree(&s->answer_tree);
		return false;
	}
	tree->lists = lists;
	s->answer_tree.lists = NULL;
	arena_free(before);
	return true;
}

static bool read_all(struct session *s, struct compiler *c)
{
	struct tree *tree = &s->answer_tree;
	tree->nodes = new_arena(s);
	tree->book = kept_book_new(tree->nodes, &c->diag, c->files, c->file_count, c->companions);
	tree->bytes = arena_bytes(tree->nodes);
	c->book = kept_book_tree(tree->book);
	if (c->diag.findings.count > 0)
		return !diag_failed(&c->diag);
	free_knowledge(s);               /* its rows are those of the old tree */
	free_tree(&s->tree);
	s->tree = *tree;
	*tree = (struct tree){ 0 };
	return true;
}

static bool read_texts(struct session *s, struct compiler *c)
{
	if (!read_changes(s, c))
		if (!read_all(s, c))
			return false;
	if (s->answer_tree.book)
		return true;
	note_read(s);
	c->book = kept_book_tree(s->tree.book);
	note_others(s, c);
	return true;
}

/* note [growth] */
static const uint64_t *recall(struct session *s, struct compiler *c)
{
	struct knowledge *k = &s->knowledge;
	const uint64_t *ids = NULL;
	if (k->arena && (k->bytes == 0 || arena_bytes(k->arena) <= k->bytes * 2))
		ids = known_rules_ids(k->rules, c);
	if (ids)
		return ids;
	free_knowledge(s);
	k->arena = new_arena(s);
	k->rules = known_rules_new(k->arena);
	k->keeping = (struct keeping){ .arena = k->arena, .kept = kept_new(k->arena) };
	return known_rules_ids(k->rules, c);
}

static void check_rules(struct session *s, struct compiler *c)
{
	if (s->answer_tree.book) {       /* its rows will not be there any more */
		compile_check(c);
		return;
	}
	struct keeping *keeping = &s->knowledge.keeping;
	const uint64_t *ids = recall(s, c);
	keeping->ids = ids;
	c->keeping = keeping;
	compile_check(c);
	c->keeping = NULL;
	if (keeping->ended) {
		free_knowledge(s);
		return;
	}
	if (s->knowledge.from != c)
		compiler_free(s->knowledge.from);
	s->knowledge.from = c;
	if (s->knowledge.bytes == 0)
		s->knowledge.bytes = arena_bytes(s->knowledge.arena);
}

static void check_texts(struct session *s, struct compiler *c)
{
	for (size_t i = 0; i < s->text_count; i++)
		if (compiler_is_rulebook(s->texts[i].path))
			compiler_add_source(c, s->texts[i].path, s->texts[i].bytes, s->texts[i].size);
	if (c->file_count > 0 && read_texts(s, c) && compile_resolve(c))
		check_rules(s, c);
	diag_sort(&c->diag);
}

bool session_check(struct session *s, struct session_answer *out)
{
	if (s->changed || !s->checked) {
		free_answer(s);
		struct compiler *c = s->checked = compiler_new(&io_system, &s->opt);
		if (!c || setjmp(c->memory_ends.back) || setjmp(s->memory_ends.back)) {
			forget(s);
			return false;
		}
		struct checking checking = { s, c };
		const struct csv_loader companions = { load_text, &checking };
		c->companions = &companions;
		c->undigested = true;
		check_texts(s, c);
		c->companions = NULL;
		s->changed = false;
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
