/* Opening: any bytes may come. Header, sections, checksum and strings here; the records in verify.c. What passes both
 * is read ever after without a check. */
#include "verify.h"

static const unsigned char magic[MAGIC_SIZE] = { 0x89, 'G', 'U', 'I', 'J', 'U', 0x1a, '\n' };

static const uint32_t item_sizes[SECTION_COUNT] = {
#define SECTION(name, size) (size),
	SECTIONS(SECTION)
#undef SECTION
};

static enum guiju_status check_header(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size && i < MAGIC_SIZE; i++) {
		if (bytes[i] != magic[i])
			return GUIJU_NOT_A_TABLE;
	}
	if (size < HEADER_DIRECTORY)
		return GUIJU_TRUNCATED;
	if (load_u32(bytes + HEADER_VERSION) != FORMAT_VERSION)
		return GUIJU_OTHER_FORMAT;
	if (load_u64(bytes + HEADER_TOTAL) > size)
		return GUIJU_TRUNCATED;
	if (load_u64(bytes + HEADER_TOTAL) < size || size < HEADER_SIZE || size > UINT32_MAX ||
	    load_u32(bytes + HEADER_SECTIONS) != SECTION_COUNT)
		return GUIJU_MALFORMED;
	return GUIJU_OK;
}

/* The sections follow the header and each other without a gap, to the last byte. */
static bool sections_fit(const unsigned char *bytes, size_t size)
{
	uint64_t at = HEADER_SIZE;
	for (unsigned i = 0; i < SECTION_COUNT; i++) {
		const unsigned char *entry = bytes + HEADER_DIRECTORY + (size_t)DIRECTORY_ENTRY * i;
		if (load_u32(entry) != at)
			return false;
		at += (uint64_t)load_u32(entry + 4) * item_sizes[i];
		if (at > size)
			return false;
	}
	return at == size;
}

/* ---- strings ---- */

static bool continues(const unsigned char *at, unsigned count)
{
	for (unsigned i = 1; i <= count; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return false;
	}
	return true;
}

/* Bytes of the character at `at`, of which `left` may be read; 0: none (RFC 3629; no surrogates, nothing overlong). */
static unsigned character_size(const unsigned char *at, size_t left)
{
	unsigned char lead = at[0];
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return left >= 2 && continues(at, 1) ? 2 : 0;
	if (lead >= 0xe0 && lead < 0xf0) {
		if (left < 3 || !continues(at, 2))
			return 0;
		return (lead == 0xe0 && at[1] < 0xa0) || (lead == 0xed && at[1] > 0x9f) ? 0 : 3;
	}
	if (lead >= 0xf0 && lead < 0xf5) {
		if (left < 4 || !continues(at, 3))
			return 0;
		return (lead == 0xf0 && at[1] < 0x90) || (lead == 0xf4 && at[1] > 0x8f) ? 0 : 4;
	}
	return 0;
}

/* Is [start, end) one string: characters without NUL, then NUL? */
static bool string_is_whole(const unsigned char *bytes, uint32_t start, uint32_t end)
{
	while (start < end) {
		unsigned size = character_size(bytes + start, end - start);
		if (size == 0)
			return false;
		if (bytes[start] == 0)
			return start + 1 == end;
		start += size;
	}
	return false;
}

static bool strings_are_whole(const unsigned char *table)
{
	const unsigned char *bytes = section_start(table, SECTION_STRING_BYTES);
	const unsigned char *ends = section_start(table, SECTION_STRING_ENDS);
	uint32_t count = section_count(table, SECTION_STRING_ENDS), size = section_count(table, SECTION_STRING_BYTES);
	uint32_t start = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t end = load_u32(ends + 4 * (size_t)i);
		if (end > size || !string_is_whole(bytes, start, end))
			return false;
		start = end;
	}
	return start == size;
}

enum guiju_status guiju_table_open(const void *bytes, size_t size, const struct guiju_table **table)
{
	const unsigned char *t = (const unsigned char *)bytes;
	if (!bytes || size == 0)
		return GUIJU_TRUNCATED;
	enum guiju_status status = check_header(t, size);
	if (status != GUIJU_OK)
		return status;
	if (!sections_fit(t, size))
		return GUIJU_MALFORMED;
	if (load_u64(t + HEADER_CHECKSUM) != table_checksum(t, size))
		return GUIJU_CHECKSUM;
	if (!strings_are_whole(t) || !records_are_sound(t))
		return GUIJU_MALFORMED;
	*table = (const struct guiju_table *)bytes;
	return GUIJU_OK;
}
