/* The tokens that layout adds: a declaration ends before the next line that begins in column 1. */
#include "grammar/tokens.h"

#include <string.h>

int rulebook_lex(union RULEBOOK_STYPE *value, struct span *at, struct scan *s);

static bool is_table_mark(const struct scan *s, int kind, struct span at)
{
	return kind == T_INVALID && *scan_text(s, at) == '|';
}

/* A quotation that does not end hides what is quoted and what is not. */
static bool is_open_quote(const struct scan *s, int kind, struct span at)
{
	const char *text = scan_text(s, at);
	return kind == T_INVALID && (*text == '"' || (at.end - at.start >= 3 && memcmp(text, "「", 3) == 0));
}

static bool hides_the_rest(const struct scan *s, int kind, struct span at)
{
	return is_table_mark(s, kind, at) || is_open_quote(s, kind, at);
}

/* Closing brackets and stray table rows in column 1 go on with what is open. */
static bool begins_declaration(const struct scan *s, int kind, struct span at)
{
	return s->fence && at.start == s->line_start && kind != T_END_OF_SET && kind != T_CLOSE &&
	       !is_table_mark(s, kind, at);
}

/* The rest of the declaration is not read. */
static int over_limit(struct scan *s, struct span at, enum message message, int64_t limit)
{
	struct finding *f = scan_report(s, FINDING_LIMIT, at, message);
	if (f)
		diag_arg_int(s->builder->diag, f, 0, limit);
	s->skipping = true;
	return T_INVALID;
}

static int too_deep(struct scan *s, struct span at)
{
	return over_limit(s, at, MESSAGE_LIMIT_DEPTH, LIMIT_DEPTH);
}

/* See note [nesting]. */
static int count_nesting(struct scan *s, int kind, struct span at)
{
	switch (kind) {
	case T_NOT:
		s->denials++;
		return ++s->depth > LIMIT_DEPTH ? too_deep(s, at) : kind;
	case T_OPEN:
	case T_BEGIN:
	case T_ANY_OF:
	case T_ALL_OF:
		if (++s->depth > LIMIT_DEPTH)
			return too_deep(s, at);
		s->denied[s->brackets++] = s->denials;
		s->denials = 0;
		return kind;
	case T_CLOSE:
	case T_END_OF_SET:
	case T_STOP:
		s->depth -= s->denials;
		s->denials = 0;
		if (s->brackets > 0)
			s->depth -= 1 + s->denied[--s->brackets];
		return kind;
	default:
		s->depth -= s->denials;
		s->denials = 0;
		return kind;
	}
}

static int give(struct scan *s, int kind, struct span at)
{
	s->before = s->last;
	s->before_at = s->last_at;
	s->last = kind;
	s->last_at = at;
	s->decided = s->decided || kind == T_WHEN || kind == T_THEN;
	return kind;
}

static void open_declaration(struct scan *s, int kind, struct span at)
{
	s->open = true;
	s->skipping = hides_the_rest(s, kind, at);
	s->decided = false;
	s->first_at = at;
	s->depth = s->denials = 0;
	s->brackets = s->tokens = 0;
}

/* A fence that does not begin in column 1: what is indented there goes on with nothing. */
static int indented_start(struct scan *s, struct span at)
{
	open_declaration(s, T_INVALID, at);
	s->skipping = true;
	struct finding *f = scan_report(s, FINDING_SYNTAX, at, MESSAGE_DECLARATION_INDENTED);
	if (f) {
		scan_arg_text(s, f, 0, at);
		diag_edit(s->builder->diag, f, (struct span){ at.file, s->line_start, at.start }, "");
	}
	return give(s, T_INVALID, at);
}

static int end_of_text(struct scan *s, struct span *at)
{
	*at = (struct span){ s->file, s->last_at.end, s->last_at.end };
	if (!s->open)
		return 0;
	s->open = false;
	return T_END;
}

static int first_token(struct scan *s, struct span *at)
{
	int kind = s->first;
	s->first = 0;
	*at = s->last_at;
	return kind;
}

static int held_token(struct scan *s, union RULEBOOK_STYPE *value, struct span *at)
{
	int kind = s->held;
	s->held = 0;
	*at = s->held_at;
	value->word = s->held_word;
	open_declaration(s, kind, *at);
	return give(s, kind, *at);
}

int rulebook_lex(union RULEBOOK_STYPE *value, struct span *at, struct scan *s)
{
	if (s->first)
		return first_token(s, at);
	if (s->held)
		return held_token(s, value, at);
	for (;;) {
		int kind = scan_raw_next(value, at, s->raw);
		if (kind == 0)
			return end_of_text(s, at);
		if (begins_declaration(s, kind, *at)) {
			if (!s->open) {
				open_declaration(s, kind, *at);
				return give(s, kind, *at);
			}
			s->held = kind;
			s->held_at = *at;
			s->held_word = value->word;
			s->open = false;
			*at = (struct span){ s->file, s->last_at.end, s->last_at.end };
			return T_END;
		}
		if (s->fence && !s->open)
			return indented_start(s, *at);
		if (s->skipping)
			continue;
		s->skipping = hides_the_rest(s, kind, *at);
		if (++s->tokens > LIMIT_TOKENS)
			return give(s, over_limit(s, *at, MESSAGE_LIMIT_TOKENS, LIMIT_TOKENS), *at);
		return give(s, count_nesting(s, kind, *at), *at);
	}
}
