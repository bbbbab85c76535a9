/* Start tags, end tags, attributes and texts, each escaped. */
#include "emit/markup.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* Characters that XML 1.0 cannot hold become U+FFFD; NAME.xml, made before, has refused them. Blanks of attributes and
 * carriage returns are written as references, since readers would change them. */
static void write_escaped(struct writer *w, const char *text, bool attribute)
{
	size_t start = w->size;
	for (size_t size = strlen(text), at = 0, step; at < size; at += step) {
		if (attribute && w->size - start > MARKUP_ATTRIBUTE) {
			write_str(w, "…");
			return;
		}
		step = utf8_sequence_size(text + at, size - at);
		unsigned char c = (unsigned char)text[at];
		bool blank = c == '\t' || c == '\n' || c == '\r';
		bool noncharacter = step == 3 && memcmp(text + at, "\xef\xbf", 2) == 0 && (unsigned char)text[at + 2] >= 0xbe;
		if (step == 0 || noncharacter || (c < 0x20 && !blank))
			write_str(w, "\xef\xbf\xbd");
		else if (c == '&' || c == '<' || c == '>')
			write_str(w, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
		else if (c == '\r' || (attribute && (blank || c == '"')))
			write_fmt(w, "&#%u;", c);
		else
			write_bytes(w, text + at, step);
		step = step ? step : 1;
	}
}

void markup_begin(struct markup *m, struct writer *w, const char *rulebook)
{
	*m = (struct markup){ .w = w };
	write_fmt(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		     "<!-- made by guiju of the rulebook %s, not edited by hand -->\n", rulebook);
}

static void end_tag_of_start(struct markup *m)
{
	if (m->in_tag)
		write_str(m->w, ">");
	m->in_tag = false;
}

static void new_line(struct markup *m)
{
	static const char blanks[] = "                ";
	if (m->depth > 0)
		write_fmt(m->w, "\n%.*s", (int)m->depth, blanks);
}

void markup_open(struct markup *m, const char *element)
{
	assert(m->depth < MARKUP_DEPTH && !m->has_text);
	end_tag_of_start(m);
	new_line(m);
	write_fmt(m->w, "<%s", element);
	m->open[m->depth++] = element;
	m->in_tag = true;
}

void markup_close(struct markup *m)
{
	assert(m->depth > 0);
	const char *element = m->open[--m->depth];
	if (m->in_tag) {
		write_str(m->w, "/>");
	} else {
		if (!m->has_text)
			new_line(m);
		if (!m->has_text && m->depth == 0)
			write_char(m->w, '\n');
		write_fmt(m->w, "</%s>", element);
	}
	m->in_tag = m->has_text = false;
	if (m->depth == 0)
		write_char(m->w, '\n');
}

void markup_attribute(struct markup *m, const char *name, const char *text)
{
	if (!text)
		return;
	assert(m->in_tag);
	write_fmt(m->w, " %s=\"", name);
	write_escaped(m->w, text, true);
	write_char(m->w, '"');
}

void markup_number(struct markup *m, const char *name, int64_t value)
{
	assert(m->in_tag);
	write_fmt(m->w, " %s=\"%" PRId64 "\"", name, value);
}

void markup_text(struct markup *m, const char *text)
{
	end_tag_of_start(m);
	m->has_text = true;
	write_escaped(m->w, text, false);
}

void markup_element(struct markup *m, const char *element, const char *text)
{
	if (!text)
		return;
	markup_open(m, element);
	markup_text(m, text);
	markup_close(m);
}
