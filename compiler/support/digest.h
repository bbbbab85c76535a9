/* SHA-256 (FIPS 180-4) through libcrypto. */
#ifndef GUIJU_SUPPORT_DIGEST_H
#define GUIJU_SUPPORT_DIGEST_H
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The digest as 64 lower-case hexadecimal digits, in the arena. */
const char *digest_hex(struct arena *arena, const void *bytes, size_t size);
/* false: libcrypto had no memory. */
bool digest_raw(const void *bytes, size_t size, unsigned char out[32]);

#endif
