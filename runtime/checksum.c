/* The table's checksum: XXH64 (Yann Collet, xxHash specification 0.1.1), seed 0, four lanes that run at memory speed.
 * It finds accidents; that nobody tampered is the manifest's SHA-256 to say. */
#include "format.h"

#define PRIME1 UINT64_C(0x9E3779B185EBCA87)
#define PRIME2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define PRIME3 UINT64_C(0x165667B19E3779F9)
#define PRIME4 UINT64_C(0x85EBCA77C2B2AE63)
#define PRIME5 UINT64_C(0x27D4EB2F165667C5)

static uint64_t rotate(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

static uint64_t mix_word(uint64_t lane, uint64_t word)
{
	return rotate(lane + word * PRIME2, 31) * PRIME1;
}

static uint64_t merge_lane(uint64_t hash, uint64_t lane)
{
	return (hash ^ mix_word(0, lane)) * PRIME1 + PRIME4;
}

/* The table is hashed as two stretches: the bytes before the checksum are one stripe of 24 and what follows it starts
 * at 32. `word` 3 of the first stripe is therefore the first word behind the checksum. */
struct stretch {
	const unsigned char *bytes;
	size_t size; /* without the checksum's eight bytes */
};

static const unsigned char *byte_at(const struct stretch *s, size_t at)
{
	return s->bytes + (at < HEADER_CHECKSUM ? at : at + 8);
}

static uint64_t hash_stripes(const struct stretch *s, size_t *at)
{
	uint64_t a = PRIME1 + PRIME2, b = PRIME2, c = 0, d = UINT64_C(0) - PRIME1;
	for (*at = 0; s->size - *at >= 32; *at += 32) {
		const unsigned char *first = byte_at(s, *at), *last = byte_at(s, *at + 24);
		a = mix_word(a, load_u64(first));
		b = mix_word(b, load_u64(first + 8));
		c = mix_word(c, load_u64(first + 16));
		d = mix_word(d, load_u64(last));
	}
	uint64_t hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
	return merge_lane(merge_lane(merge_lane(merge_lane(hash, a), b), c), d);
}

uint64_t table_checksum(const unsigned char *bytes, size_t size)
{
	struct stretch s = { bytes, size - 8 };
	size_t at = 0;
	uint64_t hash = s.size >= 32 ? hash_stripes(&s, &at) : PRIME5;
	hash += (uint64_t)s.size;
	for (; s.size - at >= 8; at += 8)
		hash = rotate(hash ^ mix_word(0, load_u64(byte_at(&s, at))), 27) * PRIME1 + PRIME4;
	if (s.size - at >= 4) {
		hash = rotate(hash ^ load_u32(byte_at(&s, at)) * PRIME1, 23) * PRIME2 + PRIME3;
		at += 4;
	}
	for (; at < s.size; at++)
		hash = rotate(hash ^ *byte_at(&s, at) * PRIME5, 11) * PRIME1;
	hash = (hash ^ hash >> 33) * PRIME2;
	hash = (hash ^ hash >> 29) * PRIME3;
	return hash ^ hash >> 32;
}
