/* What must be safe before libxml2 sees a document: no DOCTYPE (so no entities), short start tags, little depth.
 * The same pass notes where each start tag begins, so that findings name exact places. */
#include "import/dmn.h"

#include "support/writer.h"

#include <string.h>

struct guard {
	struct arena *arena;
	struct diag *diag;
	uint32_t file;
	const char *start, *at, *end;
	dmn_tags *tags;
	size_t depth;
	uint32_t open[LIMIT_DMN_DEPTH]; /* the tags of the elements that have not ended */
};

static bool refuse(const struct guard *g, enum finding_kind kind, size_t size, struct phrase what)
{
	uint32_t from = (uint32_t)(g->at - g->start);
	struct span at = { g->file, from, from + (uint32_t)size };
	struct finding *f = diag_add(g->diag, kind, at, MESSAGE_DMN_XML);
	diag_arg2(g->diag, f, 0, what.zh, what.en);
	return false;
}

static bool opens_with(const struct guard *g, const char *text)
{
	size_t size = strlen(text);
	return (size_t)(g->end - g->at) >= size && memcmp(g->at, text, size) == 0;
}

/* Goes behind the next `close`. */
static bool skip_to(struct guard *g, const char *open, const char *close)
{
	const char *from = g->at;
	for (g->at += strlen(open); g->at < g->end; g->at++) {
		if (opens_with(g, close)) {
			g->at += strlen(close);
			return true;
		}
	}
	g->at = from;
	return refuse(g, FINDING_SYNTAX, strlen(open), (struct phrase){ "没有结束", "it does not end" });
}

/* A start tag, end tag or empty element; `>` inside quotes does not end it. */
static bool skip_tag(struct guard *g)
{
	const char *from = g->at;
	char quote = '\0';
	size_t attributes = 0;
	for (g->at++; g->at < g->end && (quote || *g->at != '>'); g->at++) {
		attributes += *g->at == '=' && !quote;
		if (g->at - from > LIMIT_DMN_TAG || attributes > LIMIT_DMN_ATTRIBUTES) {
			g->at = from;
			return refuse(g, FINDING_LIMIT, 1,
				      (struct phrase){ "标签超过 65536 字节或者 256 个属性",
						       "a tag of more than 65536 bytes or 256 attributes" });
		}
		if (quote ? *g->at == quote : *g->at == '"' || *g->at == '\'')
			quote = quote ? '\0' : *g->at;
	}
	bool closed = g->at < g->end, closes = from + 1 < g->end && from[1] == '/', empty = closed && g->at[-1] == '/';
	const char *behind = closed ? g->at + 1 : g->at;
	g->at = from;
	if (!closed)
		return refuse(g, FINDING_SYNTAX, 1, (struct phrase){ "没有结束", "it does not end" });
	if (closes)
		g->depth -= g->depth > 0;
	else
		vec_push(g->arena, g->tags, (uint32_t)(from - g->start));
	if (!closes && !empty) {
		if (g->depth == LIMIT_DMN_DEPTH)
			return refuse(g, FINDING_LIMIT, 1,
				      (struct phrase){ "元素嵌套超过 128 层", "elements nested more than 128 deep" });
		g->open[g->depth++] = (uint32_t)(from - g->start);
	}
	g->at = behind;
	return true;
}

static bool skip_markup(struct guard *g)
{
	if (opens_with(g, "<?"))
		return skip_to(g, "<?", "?>");
	if (opens_with(g, "<!--"))
		return skip_to(g, "<!--", "-->");
	if (opens_with(g, "<![CDATA["))
		return skip_to(g, "<![CDATA[", "]]>");
	if (opens_with(g, "<!"))
		return refuse(
			g, FINDING_SYNTAX, 2,
			(struct phrase){ "不接受 DOCTYPE 等声明", "no DOCTYPE or other declaration is accepted" });
	return skip_tag(g);
}

/* UTF-8 throughout: libxml2 would read UTF-16 where this pass reads bytes. */
static bool check_encoding(struct guard *g)
{
	for (const char *p = g->at; p < g->end;) {
		size_t size = *p ? utf8_sequence_size(p, (size_t)(g->end - p)) : 0;
		if (size == 0) {
			g->at = p;
			return refuse(g, FINDING_CHARACTER, 1, (struct phrase){ "不是 UTF-8", "not UTF-8" });
		}
		p += size;
	}
	return true;
}

bool dmn_guard(struct arena *arena, struct diag *diag, uint32_t file, dmn_tags *tags, uint32_t *open)
{
	const struct source *source = &diag->sources->items[file];
	struct guard g = { arena, diag, file, source->text, source->text, source->text + source->size, tags, 0, { 0 } };
	if (source->size > LIMIT_DMN_SIZE)
		return refuse(&g, FINDING_LIMIT, 0, (struct phrase){ "文件超过 16 MiB", "a file of more than 16 MiB" });
	if (!check_encoding(&g))
		return false;
	while ((g.at = memchr(g.at, '<', (size_t)(g.end - g.at))) != NULL)
		if (!skip_markup(&g))
			return false;
	*open = g.depth > 0 ? g.open[g.depth - 1] : NO_TAG;
	return true;
}
