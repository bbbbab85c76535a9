/* Which changes of a table are refused? Every field of every record is given other values, every byte of a string
 * others, and the table is sealed again. Per section and field: how many of the changed tables open, of how many, and a
 * hash of which. A table that opens though it should not need do no harm: only here it is seen.
 *
 *   runtime_changed FOLDER/RULEBOOK…     prints a line for each; changed.txt has them as they shall be */
#include "table_seal.h"
#include "books.h"
#include "guiju.h"

#include <inttypes.h>
#include <stdio.h>

enum { MOST_FIELDS = 64 };

struct tally {
	uint32_t tried, opened, hash;
};

static const char *const names[] = {
#define SECTION(name, size) #name,
	SECTIONS(SECTION)
#undef SECTION
};
static const uint32_t sizes[] = {
#define SECTION(name, size) (size),
	SECTIONS(SECTION)
#undef SECTION
};

/* What no example has: a character of four bytes; a procedure that ends with its states; a calendar and nothing behind
 * it. */
#define BOOK(more) "```rulebook\n规则书 rare「𠮷é」\n事实 b「𠮷」: 是否\n" more "```\n"
static const char *const rare[] = {
	BOOK("程序 wait「等」 理由 「示例」: { calm「静」 起始 终止 }\n"),
	BOOK("日历 pool「馆」 理由 「示例」\n  假定 放假 12日 上班 4日 连休 8日 连班 10日 必休 01-01、05-01 理由 "
	     "「示例」\n"
	     "calendar_year 2026 for pool published_in 「示例」\n  days_off 「元旦」 2026-01-01 to 2026-01-02\n"),
};

static void try_it(struct tally *t, unsigned char *bytes, size_t size)
{
	const struct guiju_table *table;
	table_seal(bytes, size);
	bool opens = guiju_table_open(bytes, size, &table) == GUIJU_OK;
	t->tried++;
	t->opened += opens;
	t->hash = (t->hash ^ (opens ? t->tried : 0)) * 16777619u;
}

static void change_field(struct tally *t, unsigned char *bytes, size_t size, unsigned char *at)
{
	uint32_t was = load_u32(at);
	const uint32_t values[] = { was + 1,  was - 1,	     0,		UINT32_MAX, was ^ 2,
				    was ^ 16, was ^ 1 << 16, was + 100, was * 2 };
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		store_u32(at, values[i]);
		if (values[i] != was)
			try_it(t, bytes, size);
	}
	store_u32(at, was);
}

static void change_byte(struct tally *t, unsigned char *bytes, size_t size, unsigned char *at)
{
	static const unsigned char values[] = { 0,    'a',  0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0,
						0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xf0, 0xf4, 0xf5 };
	unsigned char was = *at;
	for (size_t i = 0; i < sizeof values; i++) {
		*at = values[i];
		if (values[i] != was)
			try_it(t, bytes, size);
	}
	*at = was;
}

static void change_section(const char *book, unsigned section, unsigned char *bytes, size_t size)
{
	struct tally tallies[MOST_FIELDS] = { { 0 } };
	const unsigned char *entry = bytes + HEADER_DIRECTORY + (size_t)DIRECTORY_ENTRY * section;
	unsigned char *first = bytes + load_u32(entry);
	size_t fields = sizes[section] < 4 ? 1 : sizes[section] / 4, all = (size_t)load_u32(entry + 4) * sizes[section];
	for (size_t at = 0; at < all; at += sizes[section] < 4 ? 1 : 4)
		(sizes[section] < 4 ? change_byte : change_field)(&tallies[at / 4 % fields], bytes, size, first + at);
	for (size_t i = 0; i < fields && all > 0; i++)
		printf("%s %s %zu: %" PRIu32 " of %" PRIu32 " %08" PRIx32 "\n", book, names[section], i,
		       tallies[i].opened, tallies[i].tried, tallies[i].hash);
}

static void change_table(const char *book, unsigned char *bytes, size_t size)
{
	for (unsigned section = 0; section < SECTION_COUNT; section++)
		change_section(book, section, bytes, size);
}

int main(int argc, char **argv)
{
	bool good = with_table(NULL, rare[0], change_table) && with_table(NULL, rare[1], change_table);
	for (int i = 1; i < argc; i++)
		good &= with_table(argv[i], NULL, change_table);
	return good ? 0 : 1;
}
