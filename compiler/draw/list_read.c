/* Reads a drawing list that may hold anything: every count and length has a limit, every text is checked. */
#include "draw/list.h"

#include "support/intern.h"

#include <string.h>

struct list_reader {
	struct arena *arena;
	struct drawing *d;
	struct map *ids, *pairs;
	const char *error;
	struct map *days;
	drawing_texts *tips; /* of the node, edge or day that was read last */
	bool in_edge;	     /* that is an edge */
	bool ended;
};

#define FIELDS 8

struct record {
	char *fields[FIELDS];
	size_t count;
};

static bool fail(struct list_reader *r, const char *error)
{
	if (!r->error)
		r->error = error;
	return false;
}

static int word_index(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

static bool class_of(struct list_reader *r, const char *word, enum drawing_class *class)
{
	for (int i = 0; i < CLASS_COUNT; i++) {
		if (strcmp(drawing_class_word((enum drawing_class)i), word) == 0) {
			*class = (enum drawing_class)i;
			return true;
		}
	}
	return fail(r, "unknown class");
}

/* Ids go into XML ids, DOT and file names, so they hold nothing that these would quote, and no `--`. */
static bool id_is_plain(const char *id)
{
	size_t size = strlen(id);
	if (size == 0 || size > LIST_ID || !((id[0] >= 'a' && id[0] <= 'z') || (id[0] >= 'A' && id[0] <= 'Z')))
		return false;
	static const char *const words[] = { "graph", "node", "edge", "digraph", "subgraph", "strict" };
	if (word_index(words, sizeof words / sizeof *words, id) >= 0)
		return false; /* words of DOT */
	return strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == size &&
	       !strstr(id, "--");
}

/* Well-formed UTF-8 of characters that XML 1.0 allows. */
static bool text_is_clean(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		size_t step = utf8_sequence_size(text + at, size - at);
		unsigned char c = (unsigned char)text[at];
		if (step == 0 || (step == 1 && (c < 0x20 || c == 0x7f) && c != '\t'))
			return false;
		if (step == 3 && c == 0xef && (unsigned char)text[at + 1] == 0xbf &&
		    (unsigned char)text[at + 2] >= 0xbe)
			return false; /* U+FFFE, U+FFFF */
		at += step;
	}
	return true;
}

static bool needs(struct list_reader *r, const struct record *record, size_t count)
{
	if (record->count == count)
		return true;
	fail(r, "wrong number of fields");
	return false;
}

/* ---- one function per record ---- */

static bool read_kind(struct list_reader *r, const struct record *record)
{
	static const char *const kinds[] = { "decision", "requirements", "domain", "procedure", "timeline" };
	if (!needs(r, record, 2))
		return false;
	int kind = word_index(kinds, 5, record->fields[1]);
	if (kind < 0 || r->d->kind)
		return fail(r, "unknown or second kind");
	r->d->kind = kinds[kind];
	return true;
}

static bool read_id(struct list_reader *r, const struct record *record)
{
	if (!needs(r, record, 2))
		return false;
	if (r->d->id || !id_is_plain(record->fields[1]))
		return fail(r, "bad or second id");
	r->d->id = record->fields[1];
	return true;
}

static bool read_title(struct list_reader *r, const struct record *record)
{
	if (!needs(r, record, 2))
		return false;
	const char **to = record->fields[0][0] == 't' ? &r->d->title : &r->d->subtitle;
	if (*to)
		return fail(r, "second title");
	*to = record->fields[1];
	return true;
}

static bool read_language(struct list_reader *r, const struct record *record)
{
	static const char *const languages[] = { "zh", "en" };
	if (!needs(r, record, 2))
		return false;
	int language = word_index(languages, 2, record->fields[1]);
	if (language < 0 || r->d->language)
		return fail(r, "unknown or second language");
	r->d->language = languages[language];
	return true;
}

static bool read_flow(struct list_reader *r, const struct record *record)
{
	static const char *const flows[] = { "down", "right", "any" };
	if (!needs(r, record, 2))
		return false;
	int flow = word_index(flows, 3, record->fields[1]);
	if (flow < 0)
		return fail(r, "unknown flow");
	r->d->flow = (enum drawing_flow)flow;
	return true;
}

static bool read_node(struct list_reader *r, const struct record *record)
{
	struct drawing_node node = { 0 };
	if (!needs(r, record, 3) || !class_of(r, record->fields[2], &node.class))
		return false;
	node.id = record->fields[1];
	if (!id_is_plain(node.id) || map_get(r->ids, node.id) >= 0)
		return fail(r, "bad or repeated node id");
	if (r->d->nodes.count == LIST_NODES)
		return fail(r, "too many nodes");
	if (r->d->edges.count > 0)
		return fail(r, "a node after an edge");
	map_put(r->ids, node.id, (int64_t)r->d->nodes.count);
	vec_push(r->arena, &r->d->nodes, node);
	r->tips = &r->d->nodes.items[r->d->nodes.count - 1].tips;
	r->in_edge = false;
	return true;
}

static bool read_line(struct list_reader *r, const struct record *record)
{
	static const char *const styles[] = { "main", "minor", "item" };
	if (!needs(r, record, 3))
		return false;
	int style = word_index(styles, 3, record->fields[1]);
	if (style < 0 || r->in_edge || r->d->nodes.count == 0)
		return fail(r, "a line of no style or no node");
	struct drawing_node *node = &r->d->nodes.items[r->d->nodes.count - 1];
	if (node->lines.count == LIST_LINES)
		return fail(r, "too many lines");
	struct drawing_line line = { (enum line_style)style, record->fields[2] };
	vec_push(r->arena, &node->lines, line);
	return true;
}

static bool read_edge(struct list_reader *r, const struct record *record)
{
	struct drawing_edge edge = { 0 };
	if (!needs(r, record, 4) || !class_of(r, record->fields[3], &edge.class))
		return false;
	int64_t from = map_get(r->ids, record->fields[1]);
	int64_t to = map_get(r->ids, record->fields[2]);
	if (from < 0 || to < 0)
		return fail(r, "an edge of an unknown node");
	if (r->d->edges.count == LIST_EDGES)
		return fail(r, "too many edges");
	const char *pair = arena_printf(r->arena, "%s %s", record->fields[1], record->fields[2]);
	if (map_get(r->pairs, pair) >= 0)
		return fail(r, "a second edge between two nodes");
	map_put(r->pairs, pair, 1);
	edge.from = (uint32_t)from;
	edge.to = (uint32_t)to;
	vec_push(r->arena, &r->d->edges, edge);
	r->tips = &r->d->edges.items[r->d->edges.count - 1].tips;
	r->in_edge = true;
	return true;
}

static bool push_text(struct list_reader *r, drawing_texts *texts, const char *text, size_t limit)
{
	if (texts->count >= limit)
		return fail(r, "too many lines");
	vec_push(r->arena, texts, text);
	return true;
}

static bool read_label(struct list_reader *r, const struct record *record)
{
	if (!needs(r, record, 2))
		return false;
	if (!r->in_edge)
		return fail(r, "a label of no edge");
	return push_text(r, &r->d->edges.items[r->d->edges.count - 1].labels, record->fields[1], LIST_LINES);
}

static bool read_tip(struct list_reader *r, const struct record *record)
{
	if (!needs(r, record, 2))
		return false;
	if (!r->tips)
		return fail(r, "a tip of nothing");
	return push_text(r, r->tips, record->fields[1], LIST_TIPS);
}

static bool read_key(struct list_reader *r, const struct record *record)
{
	struct drawing_key key = { 0 };
	if (!needs(r, record, 3) || !class_of(r, record->fields[1], &key.class))
		return false;
	key.text = record->fields[2];
	bool legend = record->fields[0][0] == 'l';
	if ((legend ? r->d->legends.count : r->d->notes.count) >= (legend ? LIST_LEGENDS : LIST_NOTES))
		return fail(r, "too many legends or notes");
	if (legend)
		vec_push(r->arena, &r->d->legends, key);
	else
		vec_push(r->arena, &r->d->notes, key);
	return true;
}

/* ---- of timelines ---- */

/* Days are known by their texts and not counted: 2026-02-10. */
static bool is_day(const char *text)
{
	return strlen(text) == 10 && strspn(text, "0123456789-") == 10 && text[4] == '-' && text[7] == '-';
}

static bool push_column(struct list_reader *r, const struct drawing_column *column)
{
	const struct drawing *d = r->d;
	if (!d->kind || !drawing_is_timeline(d) || d->nodes.count > 0)
		return fail(r, "a day after a node, or not of a timeline");
	if (!is_day(column->id) || (column->last && !is_day(column->last)) || map_get(r->days, column->id) >= 0)
		return fail(r, "bad or repeated day");
	if (d->columns.count == LIST_COLUMNS)
		return fail(r, "too many days");
	if (!column->last)
		map_put(r->days, column->id, (int64_t)d->columns.count);
	vec_push(r->arena, &r->d->columns, *column);
	r->tips = &r->d->columns.items[d->columns.count - 1].tips;
	return true;
}

static bool read_day(struct list_reader *r, const struct record *record)
{
	struct drawing_column column = { 0 };
	if (!needs(r, record, 3 + DAY_TEXTS) || !class_of(r, record->fields[2], &column.class))
		return false;
	column.id = record->fields[1];
	for (size_t i = 0; i < DAY_TEXTS; i++)
		column.texts[i] = record->fields[3 + i];
	return push_column(r, &column);
}

static bool read_gap(struct list_reader *r, const struct record *record)
{
	struct drawing_column column = { .class = CLASS_PLAIN };
	if (!needs(r, record, 4))
		return false;
	for (size_t i = 0; i < DAY_TEXTS; i++)
		column.texts[i] = "";
	column.id = record->fields[1];
	column.last = record->fields[2];
	column.texts[DAY_NUMBER] = record->fields[3];
	return push_column(r, &column);
}

static bool read_tick(struct list_reader *r, const struct record *record)
{
	if (!needs(r, record, 2))
		return false;
	struct drawing_column *column = r->d->columns.count ? &r->d->columns.items[r->d->columns.count - 1] : NULL;
	if (!column || !column->last)
		return fail(r, "a tick of no gap");
	return push_text(r, &column->ticks, record->fields[1], LIST_TICKS);
}

static bool read_lane(struct list_reader *r, const struct record *record)
{
	struct drawing_lane lane = { .node = (uint32_t)r->d->nodes.count };
	if (!needs(r, record, 3) || !class_of(r, record->fields[1], &lane.class))
		return false;
	if (r->d->columns.count == 0 || r->d->lanes.count == LIST_LANES)
		return fail(r, "a lane without days, or too many lanes");
	lane.text = record->fields[2];
	vec_push(r->arena, &r->d->lanes, lane);
	return true;
}

/* The column of a bar's end; `-` is the calendar's own. */
static bool read_bar_end(struct list_reader *r, const char *text, const char **day, size_t *at)
{
	int64_t found = map_get(r->days, text);
	if (strcmp(text, "-") == 0)
		return true;
	if (found < 0)
		return fail(r, "a bar of a day that is not shown");
	*day = text;
	*at = (size_t)found;
	return true;
}

static bool read_bar(struct list_reader *r, const struct record *record)
{
	struct drawing_bar bar = { 0 };
	size_t first = 0, last = r->d->columns.count;
	if (!needs(r, record, 4) || !class_of(r, record->fields[1], &bar.class) ||
	    !read_bar_end(r, record->fields[2], &bar.first, &first) ||
	    !read_bar_end(r, record->fields[3], &bar.last, &last))
		return false;
	struct drawing_node *node = r->d->nodes.count ? &r->d->nodes.items[r->d->nodes.count - 1] : NULL;
	if (!node || r->d->columns.count == 0 || first > last || node->bars.count == LIST_BARS)
		return fail(r, "a bar of no node, backwards, or too many");
	vec_push(r->arena, &node->bars, bar);
	return true;
}

static bool read_end(struct list_reader *r, const struct record *record)
{
	if (!needs(r, record, 3))
		return false;
	const char *nodes = arena_printf(r->arena, "%zu", r->d->nodes.count);
	const char *edges = arena_printf(r->arena, "%zu", r->d->edges.count);
	if (r->d->lanes.count > 0 && r->d->lanes.items[r->d->lanes.count - 1].node == r->d->nodes.count)
		return fail(r, "a lane without nodes");
	if (strcmp(nodes, record->fields[1]) != 0 || strcmp(edges, record->fields[2]) != 0)
		return fail(r, "the counts at the end differ");
	r->ended = true;
	return true;
}

static bool read_record(struct list_reader *r, const struct record *record)
{
	static const struct {
		const char *word;
		bool (*read)(struct list_reader *, const struct record *);
	} readers[] = {
		{ "kind", read_kind },	       { "id", read_id },      { "title", read_title },
		{ "subtitle", read_title },    { "flow", read_flow },  { "node", read_node },
		{ "line", read_line },	       { "edge", read_edge },  { "label", read_label },
		{ "tip", read_tip },	       { "legend", read_key }, { "note", read_key },
		{ "language", read_language }, { "day", read_day },    { "gap", read_gap },
		{ "tick", read_tick },	       { "lane", read_lane },  { "bar", read_bar },
		{ "end", read_end },
	};
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (strcmp(readers[i].word, record->fields[0]) == 0)
			return readers[i].read(r, record);
	return fail(r, "unknown record");
}

/* ---- lines ---- */

static bool split_line(struct list_reader *r, const char *text, size_t size, struct record *record)
{
	if (!text_is_clean(text, size))
		return fail(r, "not UTF-8, or a control character");
	char *field = arena_strndup(r->arena, text, size);
	record->count = 0;
	do { /* even an empty line has one field */
		if (record->count == FIELDS)
			return fail(r, "too many fields");
		char *tab = strchr(field, '\t');
		if (tab)
			*tab = '\0';
		if (strlen(field) > LIST_TEXT)
			return fail(r, "too long a text");
		record->fields[record->count++] = field;
		field = tab ? tab + 1 : NULL;
	} while (field);
	return true;
}

static const char first_line[] = "guiju-drawing\t0.2\n";

static bool read_lines(struct list_reader *r, const char *bytes, size_t size, size_t *line)
{
	size_t first = sizeof first_line - 1;
	*line = 1;
	if (size > LIST_BYTES)
		return fail(r, "too large a list");
	if (size < first || memcmp(bytes, first_line, first) != 0)
		return fail(r, "not a drawing list of version 0.2");
	for (size_t at = first; at < size;) {
		++*line;
		const char *end = memchr(bytes + at, '\n', size - at);
		if (!end || r->ended)
			return fail(r, r->ended ? "lines after the end" : "no line feed at the end");
		struct record record;
		size_t length = (size_t)(end - (bytes + at));
		if (!split_line(r, bytes + at, length, &record) || !read_record(r, &record))
			return false;
		at += length + 1;
	}
	return true;
}

struct drawing *list_read(struct arena *arena, const char *bytes, size_t size, const char **error, size_t *line)
{
	struct list_reader r = { .arena = arena, .d = arena_new_of(arena, struct drawing), .ids = map_new_in(arena) };
	r.pairs = map_new_in(arena);
	r.days = map_new_in(arena);
	if (read_lines(&r, bytes, size, line)) {
		if (!r.ended)
			fail(&r, "no end");
		else if (!r.d->kind || !r.d->id || !r.d->language || !r.d->title || !r.d->subtitle)
			fail(&r, "no kind, id, language, title or subtitle");
		else if (drawing_is_timeline(r.d) && (r.d->columns.count == 0 || r.d->edges.count > 0))
			fail(&r, "a timeline without days, or with edges");
	}
	*error = r.error;
	return r.error ? NULL : r.d;
}
