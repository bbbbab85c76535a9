/* Opens a table at every shorter length and with every single bit flipped: none of them may open. The bytes stand at
 * the end of an allocation of their own, so that a sanitizer sees a read past them. */
#include "guiju.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool opens(const unsigned char *bytes, size_t size)
{
	const struct guiju_table *table = NULL;
	unsigned char *copy = malloc(size ? size : 1);
	if (!copy)
		abort();
	if (size)
		memcpy(copy, bytes, size);
	bool opened = guiju_table_open(copy, size, &table) == GUIJU_OK;
	free(copy);
	return opened;
}

static unsigned char *read_all(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	unsigned char *bytes = malloc(1 << 24);
	if (!file || !bytes)
		return NULL;
	*size = fread(bytes, 1, 1 << 24, file);
	fclose(file);
	return bytes;
}

static unsigned long count_opened(unsigned char *bytes, size_t size, size_t step)
{
	unsigned long opened = 0;
	for (size_t n = 0; n < size; n += step)
		opened += opens(bytes, n);
	for (size_t bit = 0; bit < size * 8; bit += step) {
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
		opened += opens(bytes, size);
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	return opened;
}

int main(int argc, char **argv)
{
	size_t size = 0;
	bool every = argc == 3 && strcmp(argv[1], "--every") == 0;
	unsigned char *bytes = argc == 2 + every ? read_all(argv[argc - 1], &size) : NULL;
	if (!bytes || size == 0 || !opens(bytes, size)) {
		fprintf(stderr, "the table itself does not open\n");
		return 1;
	}
	/* all of a small table; of a large one every 7th, which meets every bit of a byte, unless told */
	unsigned long opened = count_opened(bytes, size, size > 16384 && !every ? 7 : 1);
	if (opened)
		fprintf(stderr, "%lu damaged tables opened\n", opened);
	else
		printf("%zu bytes: %s length and bit\n", size, size > 16384 && !every ? "every 7th" : "every");
	free(bytes);
	return opened ? 1 : 0;
}
