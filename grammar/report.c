/* Messages about syntax. The commonest mistakes are recognised: a missing space, a misspelt word, 且 beside 或, a
 * declaration that is not in column 1, a keyword as a name; everything else says what was expected. */
#include "grammar/report.h"

#include "grammar/tokens.h"

#include <string.h>

struct mistake {
	struct scan *s;
	int kind;                         /* of the unexpected token */
	struct span at;
	const char *text;
	size_t size;
	const struct expected *expected;
	size_t count;
};

static const struct expected *expects(const struct mistake *m, int token)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->expected[i].token == token)
			return &m->expected[i];
	return NULL;
}

static struct diag *sink(const struct mistake *m)
{
	return m->s->builder->diag;
}

static struct finding *report(const struct mistake *m, struct span at, enum message message)
{
	struct finding *f = scan_report(m->s, FINDING_SYNTAX, at, message);
	if (f)
		scan_arg_text(m->s, f, 0, at);
	return f;
}

/* ---- what was expected, as a list ---- */

#define LISTED 7

static void add_listed(struct writer *w, const char *text, bool spelled, bool first, const char *between)
{
	if (!first)
		write_str(w, between);
	write_str(w, spelled ? "`" : "");
	write_str(w, text);
	write_str(w, spelled ? "`" : "");
}

static bool listed_before(const struct mistake *m, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (m->expected[j].zh && strcmp(m->expected[j].zh, m->expected[i].zh) == 0)
			return true;
	return false;
}

/* Names and ends first, then words, so that the cut takes the least telling. */
static const char *list_expected(const struct mistake *m, bool zh)
{
	struct writer w;
	size_t shown = 0;
	bool cut = false;
	writer_init(&w, m->s->arena);
	for (int spelled = 1; spelled >= 0; spelled--)
		for (size_t i = 0; i < m->count; i++) {
			const struct expected *e = &m->expected[i];
			if (!e->zh || e->spelled != spelled || listed_before(m, i))
				continue;
			cut = cut || shown == LISTED;
			if (!cut)
				add_listed(&w, zh ? e->zh : e->en, e->spelled, shown++ == 0, zh ? "、" : ", ");
		}
	if (cut)
		write_str(&w, zh ? "等" : " …");
	return writer_text(&w);
}

static void report_expected(const struct mistake *m)
{
	bool ends = m->kind == T_END || m->kind == 0;
	struct finding *f = report(m, m->at, ends ? MESSAGE_SYNTAX_ENDS : MESSAGE_SYNTAX_EXPECTED);
	if (!f)
		return;
	diag_arg2(sink(m), f, 1, list_expected(m, true), list_expected(m, false));
}

/* ---- spaces ---- */

static size_t character_size(const char *text)
{
	unsigned char c = (unsigned char)*text;
	return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static bool may_come(const struct mistake *m, const char *text, size_t size)
{
	const struct keyword *k = keyword_find(m->s->keywords, text, size);
	return k && expects(m, k->is_bound ? T_PRE_BOUND : k->token);
}

static bool report_space(const struct mistake *m, struct span keyword, uint32_t where, enum message message)
{
	struct finding *f = report(m, keyword, message);
	if (f) {
		diag_help(sink(m), f, MESSAGE_SPACE_HELP, NULL, NULL);
		diag_edit(sink(m), f, (struct span){ m->at.file, where, where }, " ");
	}
	return true;
}

#define GLUED 60 /* bytes of a word that are searched for a keyword */

/* 当掌握人数: a word that opens with a keyword that might stand here. */
static bool glued_to_next(const struct mistake *m)
{
	if ((m->kind != T_WORD && m->kind != T_CLAUSE) || (unsigned char)*m->text < 0x80)
		return false;
	size_t best = 0;
	for (size_t n = character_size(m->text); n < m->size && n < GLUED; n += character_size(m->text + n))
		if (may_come(m, m->text, n))
			best = n;
	uint32_t end = m->at.start + (uint32_t)best;
	return best > 0 && report_space(m, (struct span){ m->at.file, m->at.start, end }, end, MESSAGE_SPACE_AFTER);
}

/* 掌握人数为 是: the word before ends with one. */
static bool glued_to_previous(const struct mistake *m)
{
	/* the end of a declaration is no token of the scanner: the last one stands before it */
	bool ends = m->kind == T_END || m->kind == 0;
	struct span word = ends ? m->s->last_at : m->s->before_at;
	const char *text = scan_text(m->s, word);
	size_t size = word.end - word.start;
	if ((ends ? m->s->last : m->s->before) != T_WORD || size < 4 || size > GLUED || (unsigned char)*text < 0x80)
		return false;
	for (size_t n = character_size(text); n < size; n += character_size(text + n)) {
		struct span keyword = { word.file, word.start + (uint32_t)n, word.end };
		if (may_come(m, text + n, size - n))
			return report_space(m, keyword, keyword.start, MESSAGE_SPACE_BEFORE);
	}
	return false;
}

/* ---- near words ---- */

#define NEAR_MAX 24

/* Edits between two short texts, by code point (Wagner and Fischer). */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
	size_t row[NEAR_MAX * 2], width = 0;
	const char *b_at[NEAR_MAX * 2];
	for (size_t i = 0; i < b_size; i += character_size(b + i))
		b_at[width++] = b + i;
	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	size_t line = 0;
	for (size_t i = 0; i < a_size; i += character_size(a + i)) {
		size_t corner = row[0];
		row[0] = ++line;
		for (size_t j = 0; j < width; j++) {
			size_t n = character_size(a + i), above = row[j + 1];
			size_t swap = corner + (character_size(b_at[j]) != n || memcmp(a + i, b_at[j], n) != 0);
			size_t step = (above < row[j] ? above : row[j]) + 1;
			row[j + 1] = swap < step ? swap : step;
			corner = above;
		}
	}
	return row[width];
}

/* A Chinese word is near when one of two or more characters differs, an English one at two of five letters. */
static bool is_near(const char *word, size_t size, const char *spelling)
{
	size_t n = strlen(spelling);
	bool han = (unsigned char)*spelling >= 0x80;
	if (size > NEAR_MAX || n > NEAR_MAX || han != ((unsigned char)*word >= 0x80) || n < (han ? 6 : 3))
		return false;
	size_t allowed = han || n < 5 ? 1 : 2;
	return distance(word, size, spelling, n) <= allowed;
}

static bool suggest(const struct mistake *m, struct finding *f, const char *word)
{
	if (f) {
		diag_help(sink(m), f, MESSAGE_DID_YOU_MEAN_WORD, word, NULL);
		diag_edit(sink(m), f, m->at, word);
	}
	return true;
}

/* Words that a newcomer writes for one of ours. */
static const char *meant_by(const struct mistake *m)
{
	static const struct {
		const char *written;
		int token;
		const char *meant;
	} words[] = {
		{ "等于", T_IS, "为" }, { "是", T_IS, "为" }, { "不是", T_IS_NOT, "不为" }, { "不等于", T_IS_NOT, "不为" },
		{ "大于", T_PRE_BOUND, "超过" }, { "高于", T_PRE_BOUND, "超过" }, { "小于", T_PRE_BOUND, "不满" },
		{ "不足", T_PRE_BOUND, "不满" }, { "包含", T_CONTAINS, "含" }, { "并且", T_AND, "且" },
		{ "而且", T_AND, "且" }, { "和", T_AND, "且" }, { "或者", T_OR, "或" }, { "如果", T_WHEN, "当" },
		{ "若", T_WHEN, "当" }, { "那么", T_THEN, "则" }, { "不", T_NOT, "非" }, { "equals", T_IS, "is" },
		{ "if", T_WHEN, "when" }, { "has", T_CONTAINS, "contains" }, { "has_no", T_LACKS, "lacks" },
		{ "above", T_PRE_BOUND, "more_than" }, { "below", T_PRE_BOUND, "under" },
		{ "unless", T_EXCEPT, "except" },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i].written) == m->size && memcmp(words[i].written, m->text, m->size) == 0 &&
		    expects(m, words[i].token))
			return words[i].meant;
	return NULL;
}

static struct finding *report_list(const struct mistake *m)
{
	struct finding *f = report(m, m->at, MESSAGE_SYNTAX_EXPECTED);
	if (f)
		diag_arg2(sink(m), f, 1, list_expected(m, true), list_expected(m, false));
	return f;
}

static bool near_word(const struct mistake *m)
{
	const char *meant = meant_by(m);
	if (meant)
		return suggest(m, report_list(m), meant);
	if (m->kind != T_WORD)
		return false;
	for (size_t i = 0; i < m->count; i++) {
		const struct keyword *k = keyword_of_token(m->expected[i].token);
		const char *near = NULL;
		if (k && is_near(m->text, m->size, k->zh))
			near = k->zh;
		else if (k && is_near(m->text, m->size, k->en))
			near = k->en;
		if (near)
			return suggest(m, report_list(m), near);
	}
	return false;
}

/* ---- the beginning of a declaration ---- */

static bool is_first_on_line(const struct mistake *m)
{
	for (const char *c = m->text; c > m->s->text && c[-1] != '\n'; c--)
		if (c[-1] != ' ' && c[-1] != '\t')
			return false;
	return true;
}

static bool no_declaration(const struct mistake *m)
{
	if (!m->s->fence || m->at.start != m->s->first_at.start)
		return false;
	const struct keyword *k = keyword_find(m->s->keywords, m->text, m->size);
	struct finding *f = report(m, m->at, MESSAGE_NO_DECLARATION);
	if (!f)
		return true;
	if (k) {
		diag_help(sink(m), f, MESSAGE_INDENT_HELP, NULL, NULL);
		diag_edit(sink(m), f, (struct span){ m->at.file, m->at.start, m->at.start }, "  ");
		return true;
	}
	for (size_t i = 0; (k = keyword_at(i)); i++)
		if (k->declares && (is_near(m->text, m->size, k->zh) || is_near(m->text, m->size, k->en)))
			return suggest(m, f, (unsigned char)*m->text < 0x80 ? k->en : k->zh);
	diag_help(sink(m), f, MESSAGE_NO_DECLARATION_HELP, NULL, NULL);
	return true;
}

static bool indented_declaration(const struct mistake *m)
{
	const struct keyword *k = keyword_find(m->s->keywords, m->text, m->size);
	if (!m->s->fence || !k || !k->declares || !is_first_on_line(m) || m->at.start == m->s->line_start)
		return false;
	struct finding *f = report(m, m->at, MESSAGE_DECLARATION_INDENTED);
	if (f)
		diag_edit(sink(m), f, (struct span){ m->at.file, m->s->line_start, m->at.start }, "");
	return true;
}

/* ---- other known mistakes ---- */

static bool mixed(const struct mistake *m)
{
	if (!(m->kind == T_AND && expects(m, T_OR)) && !(m->kind == T_OR && expects(m, T_AND)))
		return false;
	struct finding *f = report(m, m->at, MESSAGE_AND_OR_MIXED);
	if (f)
		diag_help(sink(m), f, MESSAGE_AND_OR_MIXED_HELP, NULL, NULL);
	return true;
}

static bool late_attribute(const struct mistake *m)
{
	static const int attributes[] = { T_CITES, T_BECAUSE, T_RESOLVES, T_DISCRETION, T_BASIS, T_FROM, T_TO, T_FOR };
	bool is = false;
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		is = is || m->kind == attributes[i];
	if (!is || !(expects(m, T_THEN) || expects(m, T_AND) || (m->s->decided && expects(m, T_END))))
		return false;
	struct finding *f = report(m, m->at, MESSAGE_ATTRIBUTE_LATE);
	if (f)
		diag_help(sink(m), f, MESSAGE_ATTRIBUTE_LATE_HELP, NULL, NULL);
	return true;
}

/* Words that join parts of a declaration: where one of them stands for a name, the name was left out. */
static bool joins_parts(int token)
{
	static const int joining[] = { T_WHEN, T_EXCEPT, T_THEN, T_AND, T_OR, T_NOT, T_IS, T_IS_NOT, T_IN, T_NOT_IN,
				       T_CITES, T_BECAUSE, T_RESOLVES, T_BASIS, T_FROM, T_TO, T_FOR, T_BY, T_BELOW,
				       T_BEFORE, T_HIT, T_GIVEN, T_SEE, T_IS_EMPTY, T_IS_NOT_EMPTY };
	for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
		if (joining[i] == token)
			return true;
	return false;
}

static bool keyword_as_name(const struct mistake *m)
{
	const struct keyword *k = keyword_find(m->s->keywords, m->text, m->size);
	if (!k || !expects(m, T_WORD) || joins_parts(k->token))
		return false;
	struct finding *f = report(m, m->at, MESSAGE_KEYWORD_AS_NAME);
	if (!f)
		return true;
	diag_arg2(sink(m), f, 1, list_expected(m, true), list_expected(m, false));
	if ((unsigned char)*m->text >= 0x80 && expects(m, T_LABEL)) {
		const char *quoted = arena_printf(m->s->arena, "「%.*s」", (int)m->size, m->text);
		diag_help(sink(m), f, MESSAGE_KEYWORD_QUOTE_HELP, quoted, NULL);
		diag_edit(sink(m), f, m->at, quoted);
	}
	return true;
}

static bool is_ascii_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* See note [two separators]: the mark was read by the word behind it, so that word is the mistake. */
static bool wrong_item(const struct mistake *m)
{
	bool id = m->kind == T_SEP_REF && expects(m, T_SEP) && !expects(m, T_SEP_REF);
	if (!id && !(m->kind == T_SEP && expects(m, T_SEP_REF) && !expects(m, T_SEP)))
		return false;
	const char *end = m->s->text + m->s->size, *word = m->text + m->size, *stop;
	while (word < end && strchr(" \t\r\n", *word))
		word++;
	stop = word;
	while (stop < end && is_ascii_word(*stop))
		stop++;
	while (stop < end && stop - word < GLUED && (unsigned char)*stop >= 0xE4 &&
	       utf8_sequence_size(stop, (size_t)(end - stop)) > 0) /* this text is yet unscanned */
		stop += character_size(stop);
	struct span at = { m->at.file, m->at.start + (uint32_t)(word - m->text), 0 };
	at.end = at.start + (uint32_t)(stop - word);
	struct finding *f = stop > word ? report(m, at, id ? MESSAGE_ID_FORM : MESSAGE_NO_CLAUSE) : NULL;
	if (f && id)
		diag_help(sink(m), f, MESSAGE_ID_FORM_HELP, NULL, NULL);
	return stop > word;
}

/* 当 in column 1: what is said of that line covers the end that it made. */
static bool next_line_is_meant(const struct mistake *m)
{
	struct span next = m->s->held_at;
	if (m->kind != T_END || !m->s->held)
		return false;
	const struct keyword *k = keyword_find(m->s->keywords, scan_text(m->s, next), next.end - next.start);
	return k && !k->declares;
}

/* The known mistakes, the most telling first; each reports it and says so. */
static bool (*const known[])(const struct mistake *m) = {
	no_declaration, mixed, wrong_item, glued_to_next, glued_to_previous, indented_declaration, late_attribute,
	near_word, keyword_as_name,
};

void report_unexpected(struct scan *s, struct span at, const struct expected *expected, size_t count)
{
	struct mistake m = { s, s->last, at, scan_text(s, at), at.end - at.start, expected, count };
	if (!s->builder->diag || m.kind == T_INVALID)
		return;                      /* the scanner has said why */
	if (at.start == at.end)
		m.kind = s->held ? T_END : 0;
	if (next_line_is_meant(&m))
		return;
	bool ends = m.kind == T_END || m.kind == 0;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if ((!ends || known[i] == glued_to_previous) && known[i](&m))
			return;
	report_expected(&m);
}

void report_too_deep(struct scan *s, struct span at)
{
	struct finding *f = scan_report(s, FINDING_LIMIT, at, MESSAGE_LIMIT_DEPTH);
	if (f)
		diag_arg_int(s->builder->diag, f, 0, LIMIT_DEPTH);
}
