/* SHA-256 through libcrypto's EVP. */
#include "support/digest.h"

#include "support/arena.h"

#include <openssl/evp.h>

bool digest_raw(const void *bytes, size_t size, unsigned char out[32])
{
	return EVP_Digest(bytes, size, out, NULL, EVP_sha256(), NULL) == 1;
}

const char *digest_hex(struct arena *arena, const void *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char raw[32];
	if (!digest_raw(bytes, size, raw))
		arena_out_of_memory(arena);
	char *text = arena_alloc(arena, 65);
	for (size_t i = 0; i < 32; i++) {
		text[2 * i] = digits[raw[i] >> 4];
		text[2 * i + 1] = digits[raw[i] & 15];
	}
	return text;
}
