/* Identifiers of emitted C: ids of a rulebook are lower-case ASCII, so only words of the language and each other are in
 * the way. */
#include "emit/c_names.h"

#include <string.h>

/* C11 and C++17, the operators that C++ spells out, macros of <stdbool.h>, and what compilers define for their system
 * outside of strict modes. */
static const char *const claimed[] = {
	"alignas",
	"alignof",
	"and",
	"and_eq",
	"asm",
	"auto",
	"bitand",
	"bitor",
	"bool",
	"break",
	"case",
	"catch",
	"char",
	"char16_t",
	"char32_t",
	"class",
	"compl",
	"const",
	"const_cast",
	"constexpr",
	"continue",
	"decltype",
	"default",
	"delete",
	"do",
	"double",
	"dynamic_cast",
	"else",
	"enum",
	"explicit",
	"export",
	"extern",
	"false",
	"float",
	"for",
	"friend",
	"goto",
	"i386",
	"if",
	"inline",
	"int",
	"linux",
	"long",
	"mutable",
	"namespace",
	"new",
	"noexcept",
	"not",
	"not_eq",
	"nullptr",
	"operator",
	"or",
	"or_eq",
	"private",
	"protected",
	"public",
	"register",
	"reinterpret_cast",
	"restrict",
	"return",
	"short",
	"signed",
	"sizeof",
	"static",
	"static_assert",
	"static_cast",
	"struct",
	"switch",
	"template",
	"this",
	"thread_local",
	"throw",
	"true",
	"try",
	"typedef",
	"typeid",
	"typename",
	"typeof",
	"union",
	"unix",
	"unsigned",
	"using",
	"virtual",
	"void",
	"volatile",
	"wchar_t",
	"while",
	"xor",
	"xor_eq",
};

void c_names_init(struct c_names *names, struct arena *arena)
{
	names->arena = arena;
	names->taken = map_new_in(arena);
}

static bool take(struct c_names *names, const char *name)
{
	int64_t next = (int64_t)map_count(names->taken);
	return map_put_if_absent(names->taken, name, next) == next;
}

static const char *take_free(struct c_names *names, const char *name)
{
	const char *tried = name;
	for (unsigned n = 2; !take(names, tried); n++)
		tried = arena_printf(names->arena, "%s_%u", name, n);
	return tried;
}

const char *c_name(struct c_names *names, bool capitals, const char *prefix, const char *middle, const char *rest)
{
	char *name = arena_printf(names->arena, "%s_%s%s%s", prefix, middle, rest ? "_" : "", rest ? rest : "");
	for (char *at = name; capitals && *at; at++)
		*at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
	return take_free(names, name);
}

const char *c_member(struct c_names *members, const char *id)
{
	for (size_t i = 0; i < sizeof claimed / sizeof *claimed; i++) {
		if (strcmp(claimed[i], id) == 0)
			id = arena_printf(members->arena, "%s_", id);
	}
	return take_free(members, id);
}

void write_c_comment_text(struct writer *w, const char *text)
{
	for (; *text; text++) {
		write_char(w, *text == '\n' || *text == '\\' ? ' ' : *text);
		if ((text[0] == '*' && text[1] == '/') || (text[0] == '/' && text[1] == '*') ||
		    (text[0] == '?' && text[1] == '?'))
			write_char(w, ' ');
	}
}

void write_c_first_line(struct writer *w, const char *rulebook)
{
	write_fmt(w, "/* Made by guiju from the rulebook `%s`; not to be edited by hand.\n", rulebook);
}
