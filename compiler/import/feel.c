/* Literals and unary tests, by recursive descent. */
#include "import/feel.h"

#include "model/model.h"
#include "support/writer.h"

#include <string.h>
#include <utf8proc.h>

struct feel {
	struct arena *arena;
	const char *at;
	struct phrase *why;
};

static bool refuse(struct feel *f, const char *zh, const char *en)
{
	*f->why = (struct phrase){ zh, en };
	return false;
}

static bool refuse_expression(struct feel *f)
{
	return refuse(f, "这里只能写常数、比较、区间、列表和 not(…)",
		      "only constants, comparisons, intervals, lists and not(…) can stand here");
}

/* ---- characters ---- */

static void skip_blanks(struct feel *f)
{
	while (*f->at && strchr(" \t\r\n", *f->at))
		f->at++;
}

static bool take(struct feel *f, const char *mark)
{
	size_t size = strlen(mark);
	skip_blanks(f);
	if (strncmp(f->at, mark, size) != 0)
		return false;
	f->at += size;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_part(char c)
{
	return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* A whole word, so that `trueish` is none. */
static bool take_word(struct feel *f, const char *word)
{
	size_t size = strlen(word);
	skip_blanks(f);
	if (strncmp(f->at, word, size) != 0 || is_name_part(f->at[size]))
		return false;
	f->at += size;
	return true;
}

/* DMN 1.5, clause 10.3.1.2, rules 61 and 62. */
static bool is_white_space(utf8proc_int32_t c)
{
	return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
	       (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
	       c == 0x3000 || c == 0xFEFF;
}

const char *feel_name(struct arena *arena, const char *text)
{
	struct writer w;
	writer_init(&w, arena);
	bool blank = false;
	for (size_t n; *text; text += n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		n = size > 0 ? (size_t)size : 1;
		if (is_white_space(c)) {
			blank = w.size > 0;
			continue;
		}
		if (blank)
			write_char(&w, ' ');
		blank = false;
		write_bytes(&w, text, n);
	}
	return writer_text(&w);
}

static bool is_beside_point(const char *name, size_t i)
{
	return name[i] == ' ' && (name[i + 1] == '.' || (i > 0 && name[i - 1] == '.'));
}

const char *feel_path(struct arena *arena, const char *text)
{
	const char *name = feel_name(arena, text);
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; name[i]; i++)
		if (!is_beside_point(name, i))
			write_char(&w, name[i]);
	return writer_text(&w);
}

const char *feel_after(const char *path, const char *name)
{
	for (size_t i = 0; name[i]; i++)
		if (!is_beside_point(name, i) && *path++ != name[i])
			return NULL;
	return *path == '\0' || *path == '.' ? path : NULL;
}

/* ---- literals ---- */

static bool add_digit(struct feel *f, struct feel_value *out, int *digits, char c)
{
	*digits += *digits > 0 || c != '0';
	if (*digits > LIMIT_FEEL_DIGITS)
		return refuse(f, "数字超过 15 位", "a number of more than 15 digits");
	out->number = out->number * 10 + (c - '0');
	return true;
}

static bool read_number(struct feel *f, struct feel_value *out)
{
	int digits = 0;
	bool negative = take(f, "-"), some = false;
	skip_blanks(f);
	for (; is_digit(*f->at); some = true)
		if (!add_digit(f, out, &digits, *f->at++))
			return false;
	if (*f->at == '.' && is_digit(f->at[1])) {
		f->at++;
		for (; is_digit(*f->at); out->scale++, some = true)
			if (out->scale == LIMIT_FEEL_DIGITS || !add_digit(f, out, &digits, *f->at++))
				return refuse(f, "数字超过 15 位", "a number of more than 15 digits");
	}
	if (!some || is_name_part(*f->at))
		return refuse_expression(f);
	while (out->scale > 0 && out->number % 10 == 0) {
		out->number /= 10;
		out->scale--;
	}
	out->number = negative ? -out->number : out->number;
	out->kind = FEEL_NUMBER;
	return true;
}

static int hexadecimal(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *found = c ? strchr(digits, c) : NULL;
	return found ? (int)((found - digits) % 16) : -1;
}

/* \uXXXX and \UXXXXXX */
static bool read_code_point(struct feel *f, struct writer *w, int count)
{
	utf8proc_int32_t point = 0;
	utf8proc_uint8_t bytes[4];
	for (int i = 0; i < count; i++, f->at++) {
		int digit = hexadecimal(*f->at);
		if (digit < 0)
			return refuse(f, "字符串中的转义写错了", "a wrong escape in a string");
		point = point * 16 + digit;
	}
	if (point == 0 || !utf8proc_codepoint_valid(point))
		return refuse(f, "字符串中的转义写错了", "a wrong escape in a string");
	write_bytes(w, bytes, (size_t)utf8proc_encode_char(point, bytes));
	return true;
}

static bool read_escape(struct feel *f, struct writer *w)
{
	static const char letters[] = "ntr\"\\'", meanings[] = "\n\t\r\"\\'";
	char c = *f->at;
	const char *found = c ? strchr(letters, c) : NULL;
	f->at += c != '\0';
	if (found)
		write_char(w, meanings[found - letters]);
	else if (c == 'u' || c == 'U')
		return read_code_point(f, w, c == 'u' ? 4 : 6);
	else
		return refuse(f, "字符串中的转义写错了", "a wrong escape in a string");
	return true;
}

static bool read_string(struct feel *f, struct feel_value *out)
{
	struct writer w;
	writer_init(&w, f->arena);
	if (!take(f, "\""))
		return refuse_expression(f);
	while (*f->at != '"') {
		if (!*f->at)
			return refuse(f, "字符串没有结束", "a string that does not end");
		if (*f->at != '\\') {
			write_char(&w, *f->at++);
			continue;
		}
		f->at++;
		if (!read_escape(f, &w))
			return false;
	}
	f->at++;
	out->kind = FEEL_STRING;
	out->text = writer_text(&w);
	return true;
}

/* `date("…")` or `@"…"`: days only. */
static bool read_date(struct feel *f, struct feel_value *out, bool call)
{
	if ((call && !take(f, "(")) || !read_string(f, out) || (call && !take(f, ")")))
		return refuse_expression(f);
	out->kind = FEEL_DATE;
	if (date_parse(out->text, &out->number))
		return true;
	return refuse(f, "日期只能是 1900 至 2199 年的 YYYY-MM-DD", "a date is YYYY-MM-DD of the years 1900 to 2199");
}

static bool read_literal(struct feel *f, struct feel_value *out)
{
	*out = (struct feel_value){ .kind = FEEL_NULL };
	if (take_word(f, "null"))
		return true;
	out->number = take_word(f, "true");
	if (out->number || take_word(f, "false")) {
		out->kind = FEEL_BOOLEAN;
		return true;
	}
	if (take_word(f, "date"))
		return read_date(f, out, true);
	if (take(f, "@"))
		return read_date(f, out, false);
	skip_blanks(f);
	return *f->at == '"' ? read_string(f, out) : read_number(f, out);
}

/* ---- tests ---- */

static bool is_ordered(enum feel_kind kind)
{
	return kind == FEEL_NUMBER || kind == FEEL_DATE;
}

static bool check_order(struct feel *f, const struct feel_value *value)
{
	return is_ordered(value->kind) ||
	       refuse(f, "只有数字和日期可以比较大小", "only numbers and dates can be compared by size");
}

static bool read_comparison(struct feel *f, struct feel_test *test, bool *read)
{
	static const struct {
		const char *mark;
		bool low, high, open;
	} marks[] = { { "<=", false, true, false },
		      { ">=", true, false, false },
		      { "<", false, true, true },
		      { ">", true, false, true } };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (!take(f, marks[i].mark))
			continue;
		*read = true;
		*test = (struct feel_test){ .op = FEEL_RANGE,
					    .has_low = marks[i].low,
					    .has_high = marks[i].high,
					    .low_open = marks[i].open,
					    .high_open = marks[i].open };
		struct feel_value *value = marks[i].low ? &test->low : &test->high;
		return read_literal(f, value) && check_order(f, value);
	}
	return true;
}

static bool read_interval(struct feel *f, struct feel_test *test, bool low_open)
{
	*test = (struct feel_test){ .op = FEEL_RANGE, .has_low = true, .has_high = true, .low_open = low_open };
	if (!read_literal(f, &test->low) || !check_order(f, &test->low))
		return false;
	if (!take(f, "..") || !read_literal(f, &test->high))
		return refuse_expression(f);
	if (test->low.kind != test->high.kind)
		return refuse(f, "区间两端的种类不同", "the ends of an interval are of different kinds");
	test->high_open = take(f, ")") || take(f, "[");
	return test->high_open || take(f, "]") || refuse_expression(f);
}

static bool read_test(struct feel *f, struct feel_test *test)
{
	bool read = false, good = read_comparison(f, test, &read);
	if (read || !good)
		return good;
	if (take(f, "["))
		return read_interval(f, test, false);
	if (take(f, "(") || take(f, "]"))
		return read_interval(f, test, true);
	*test = (struct feel_test){ .op = take(f, "!=") ? FEEL_NOT_EQUAL : FEEL_EQUAL };
	if (test->op == FEEL_EQUAL)
		(void)take(f, "=");
	return read_literal(f, &test->low);
}

static bool ends(struct feel *f)
{
	skip_blanks(f);
	return !*f->at || refuse_expression(f);
}

bool feel_unary_tests(struct arena *arena, const char *text, struct feel_tests *out, struct phrase *why)
{
	struct feel f = { arena, text, why };
	*out = (struct feel_tests){ .any = false };
	skip_blanks(&f);
	const char *start = f.at;
	if (take(&f, "-") && (skip_blanks(&f), !*f.at)) {
		out->any = true;
		return true;
	}
	f.at = start;
	if (!*f.at) {
		out->any = true; /* an empty cell: as `-` */
		return true;
	}
	out->negated = take_word(&f, "not");
	if (out->negated && !take(&f, "("))
		return refuse_expression(&f);
	do {
		struct feel_test test;
		if (!read_test(&f, &test))
			return false;
		vec_push(arena, &out->items, test);
	} while (take(&f, ","));
	if (out->negated && !take(&f, ")"))
		return refuse_expression(&f);
	return ends(&f);
}

bool feel_literal(struct arena *arena, const char *text, struct feel_value *out, struct phrase *why)
{
	struct feel f = { arena, text, why };
	if (read_literal(&f, out) && (skip_blanks(&f), !*f.at))
		return true;
	return refuse(&f, "这里只能写一个常数", "only a constant can stand here");
}

/* ---- meaning ---- */

bool feel_same(const struct feel_value *a, const struct feel_value *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == FEEL_STRING)
		return strcmp(a->text, b->text) == 0;
	return a->number == b->number && a->scale == b->scale;
}

static int64_t scaled(const struct feel_value *value, int scale)
{
	int64_t number = value->number;
	for (int at = value->scale; at < scale; at++)
		number *= 10;
	return number;
}

bool feel_is_comparable(const struct feel_value *value)
{
	static const int64_t whole = 100000000000, most = 1000000000000000; /* 10^11, and at four decimals */
	if (value->kind != FEEL_NUMBER)
		return true;
	if (value->scale > LIMIT_FEEL_DECIMALS || value->number > most || value->number < -most)
		return false;
	return value->scale > 0 || (value->number <= whole && value->number >= -whole);
}

bool feel_scaled(const struct feel_value *value, int scale, int64_t *out)
{
	*out = value->kind == FEEL_NUMBER ? scaled(value, scale) : value->number;
	return value->kind != FEEL_NUMBER || value->scale <= scale;
}

static bool in_range(const struct feel_test *test, const struct feel_value *value, int scale)
{
	int64_t at, low, high;
	enum feel_kind kind = test->has_low ? test->low.kind : test->high.kind;
	if (value->kind != kind || !feel_scaled(value, scale, &at))
		return false;
	if (test->has_low && (!feel_scaled(&test->low, scale, &low) || at < low || (test->low_open && at == low)))
		return false;
	return !test->has_high ||
	       (feel_scaled(&test->high, scale, &high) && at <= high && !(test->high_open && at == high));
}

bool feel_test_holds(const struct feel_test *test, const struct feel_value *value, int scale)
{
	if (test->op == FEEL_RANGE)
		return in_range(test, value, scale);
	return feel_same(&test->low, value) == (test->op == FEEL_EQUAL);
}

bool feel_holds(const struct feel_tests *tests, const struct feel_value *value, int scale)
{
	bool some = false;
	for (size_t i = 0; i < tests->items.count && !tests->any; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (tests->negated && test->op == FEEL_RANGE && value->kind == FEEL_NULL)
			return false; /* the comparison is null, and so is its negation */
		some = some || feel_test_holds(test, value, scale);
	}
	return tests->any || some != tests->negated;
}

/* ---- words ---- */

static const char *decimal(struct arena *arena, const struct feel_value *value)
{
	int64_t unit = 1, n = value->number < 0 ? -value->number : value->number;
	for (int i = 0; i < value->scale; i++)
		unit *= 10;
	if (value->scale == 0)
		return arena_printf(arena, "%lld", (long long)value->number);
	return arena_printf(arena, "%s%lld.%0*lld", value->number < 0 ? "-" : "", (long long)(n / unit), value->scale,
			    (long long)(n % unit));
}

const char *feel_words(struct arena *arena, const struct feel_value *value)
{
	switch (value->kind) {
	case FEEL_STRING: return value->text;
	case FEEL_NUMBER: return decimal(arena, value);
	case FEEL_BOOLEAN: return value->number ? "true" : "false";
	case FEEL_DATE: return date_text(arena, value->number);
	case FEEL_NULL:
	case FEEL_ANY_KIND: break;
	}
	return "null";
}

struct phrase feel_kind_words(enum feel_kind kind)
{
	static const struct phrase words[] = {
		[FEEL_NULL] = { "null", "null" },     [FEEL_STRING] = { "字符串", "string" },
		[FEEL_NUMBER] = { "数字", "number" }, [FEEL_BOOLEAN] = { "布尔值", "boolean" },
		[FEEL_DATE] = { "日期", "date" },     [FEEL_ANY_KIND] = { "任何种类", "any kind" },
	};
	return words[kind];
}
