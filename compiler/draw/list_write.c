/* Writes a drawing as its list: one record a line, fields parted by tabs. */
#include "draw/list.h"

#include <string.h>

static const char *const class_words[] = {
#define DRAWING_CLASS_WORD(id, word) word,
	DRAWING_CLASSES(DRAWING_CLASS_WORD)
#undef DRAWING_CLASS_WORD
};
static const char *const flow_words[] = { "down", "right", "any" };
static const char *const style_words[] = { "main", "minor", "item" };

const char *drawing_class_word(enum drawing_class class)
{
	return class_words[class];
}

bool drawing_is_timeline(const struct drawing *drawing)
{
	return strcmp(drawing->kind, "timeline") == 0;
}

size_t drawing_column_of(const struct drawing *drawing, const char *day, bool last)
{
	size_t count = drawing->columns.count;
	for (size_t i = 0; i < count && day; i++)
		if (!drawing->columns.items[i].last && strcmp(drawing->columns.items[i].id, day) == 0)
			return i;
	return last ? count - 1 : 0;
}

/* Texts come from rulebooks: a tab would begin a field and a line feed a record. */
static void write_text(struct writer *w, const char *text)
{
	size_t size = strlen(text);
	bool cut = size > LIST_TEXT;
	size_t limit = cut ? LIST_TEXT - strlen("…") : size;
	for (size_t at = 0; at < size;) {
		size_t step = utf8_sequence_size(text + at, size - at);
		if (at + (step ? step : 1) > limit)
			break;
		if (step == 0 || (step == 1 && ((unsigned char)text[at] < 0x20 || text[at] == 0x7f)))
			write_char(w, ' ');
		else
			write_bytes(w, text + at, step);
		at += step ? step : 1;
	}
	if (cut)
		write_str(w, "…");
}

static void write_record(struct writer *w, const char *record, const char *word, const char *text)
{
	write_fmt(w, "%s\t", record);
	if (word)
		write_fmt(w, "%s\t", word);
	write_text(w, text);
	write_char(w, '\n');
}

static void write_texts(struct writer *w, const char *record, const drawing_texts *texts, size_t limit)
{
	for (size_t i = 0; i < texts->count && i < limit; i++)
		write_record(w, record, NULL, texts->items[i]);
}

static void write_node(struct writer *w, const struct drawing_node *node)
{
	write_fmt(w, "node\t%s\t%s\n", node->id, class_words[node->class]);
	for (size_t i = 0; i < node->lines.count && i < LIST_LINES; i++)
		write_record(w, "line", style_words[node->lines.items[i].style], node->lines.items[i].text);
	write_texts(w, "tip", &node->tips, LIST_TIPS);
	for (size_t i = 0; i < node->bars.count && i < LIST_BARS; i++) {
		const struct drawing_bar *bar = &node->bars.items[i];
		write_fmt(w, "bar\t%s\t%s\t%s\n", class_words[bar->class], bar->first ? bar->first : "-",
			  bar->last ? bar->last : "-");
	}
}

static void write_column(struct writer *w, const struct drawing_column *column)
{
	if (column->last) {
		write_fmt(w, "gap\t%s\t%s\t%s\n", column->id, column->last, column->texts[DAY_NUMBER]);
		write_texts(w, "tick", &column->ticks, LIST_TICKS);
	} else {
		write_fmt(w, "day\t%s\t%s", column->id, class_words[column->class]);
		for (size_t i = 0; i < DAY_TEXTS; i++)
			write_fmt(w, "\t%s", column->texts[i]);
		write_char(w, '\n');
	}
	write_texts(w, "tip", &column->tips, LIST_TIPS);
}

static void write_edge(struct writer *w, const struct drawing *d, const struct drawing_edge *edge)
{
	write_fmt(w, "edge\t%s\t%s\t%s\n", d->nodes.items[edge->from].id, d->nodes.items[edge->to].id,
		  class_words[edge->class]);
	write_texts(w, "label", &edge->labels, LIST_LINES);
	write_texts(w, "tip", &edge->tips, LIST_TIPS);
}

void list_write(struct writer *w, const struct drawing *d)
{
	write_str(w, "guiju-drawing\t0.2\n");
	write_fmt(w, "kind\t%s\nid\t%s\n", d->kind, d->id);
	write_fmt(w, "language\t%s\n", d->language);
	write_record(w, "title", NULL, d->title);
	write_record(w, "subtitle", NULL, d->subtitle);
	write_fmt(w, "flow\t%s\n", flow_words[d->flow]);
	for (size_t i = 0; i < d->columns.count; i++)
		write_column(w, &d->columns.items[i]);
	for (size_t i = 0, lane = 0; i < d->nodes.count; i++) {
		for (; lane < d->lanes.count && d->lanes.items[lane].node == i; lane++)
			write_record(w, "lane", class_words[d->lanes.items[lane].class], d->lanes.items[lane].text);
		write_node(w, &d->nodes.items[i]);
	}
	for (size_t i = 0; i < d->edges.count; i++)
		write_edge(w, d, &d->edges.items[i]);
	for (size_t i = 0; i < d->legends.count; i++)
		write_record(w, "legend", class_words[d->legends.items[i].class], d->legends.items[i].text);
	for (size_t i = 0; i < d->notes.count; i++)
		write_record(w, "note", class_words[d->notes.items[i].class], d->notes.items[i].text);
	write_fmt(w, "end\t%zu\t%zu\n", d->nodes.count, d->edges.count);
}
