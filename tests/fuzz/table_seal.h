/* Makes the outside of a changed table fit again: magic, version, sizes, offsets of sections, checksum. Without it
 * every made-up table would be refused for these alone. */
#ifndef GUIJU_FUZZ_TABLE_SEAL_H
#define GUIJU_FUZZ_TABLE_SEAL_H
#include "format.h"

#include <string.h>

static void store_u32(unsigned char *at, uint64_t value)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

static void store_u64(unsigned char *at, uint64_t value)
{
	store_u32(at, value & UINT32_MAX);
	store_u32(at + 4, value >> 32);
}

/* Each section follows the one before it; a count beyond the end is cut, and the last section takes what is left. */
static void seal_sections(unsigned char *bytes, size_t size)
{
	static const uint32_t item_sizes[SECTION_COUNT] = {
#define SECTION(name, item) (item),
		SECTIONS(SECTION)
#undef SECTION
	};
	uint64_t at = HEADER_SIZE;
	for (unsigned i = 0; i < SECTION_COUNT; i++) {
		unsigned char *entry = bytes + HEADER_DIRECTORY + (size_t)DIRECTORY_ENTRY * i;
		uint64_t room = (size - at) / item_sizes[i], count = load_u32(entry + 4);
		if (count > room || i == SECTION_COUNT - 1)
			count = room;
		store_u32(entry, at);
		store_u32(entry + 4, count);
		at += count * item_sizes[i];
	}
}

static void table_seal(unsigned char *bytes, size_t size)
{
	if (size < HEADER_SIZE)
		return;
	memcpy(bytes, MAGIC, MAGIC_SIZE);
	store_u32(bytes + HEADER_VERSION, FORMAT_VERSION);
	store_u32(bytes + HEADER_SECTIONS, SECTION_COUNT);
	store_u64(bytes + HEADER_TOTAL, size);
	seal_sections(bytes, size);
	store_u64(bytes + HEADER_CHECKSUM, table_checksum(bytes, size));
}

#endif
