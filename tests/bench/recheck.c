/* A session over one rulebook and then over others, one after the other, as an editor would have it. callgrind counts what
 * check_first() takes, or check_again().
 *
 *   recheck BOOK EDITED…      prints milliseconds of each check and how much was found */
#define _POSIX_C_SOURCE 200809L
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static char *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	if (!file || fseek(file, 0, SEEK_END) != 0)
		return NULL;
	*size = (size_t)ftell(file);
	rewind(file);
	bytes = malloc(*size + 1);
	if (bytes && fread(bytes, 1, *size, file) != *size) {
		free(bytes);
		bytes = NULL;
	}
	fclose(file);
	return bytes;
}

static bool check(struct session *s, const char *bytes, size_t size)
{
	struct session_answer answer;
	struct timespec from, to;
	clock_gettime(CLOCK_MONOTONIC, &from);
	if (!session_text(s, "t.rulebook.md", bytes, size) || !session_check(s, &answer))
		return false;
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("%.3f ms, %zu errors, %zu warnings, %zu notes\n",
	       (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6, answer.diag->errors,
	       answer.diag->warnings, answer.diag->notes);
	return true;
}

__attribute__((noinline)) bool check_first(struct session *s, const char *bytes, size_t size);
bool check_first(struct session *s, const char *bytes, size_t size)
{
	return check(s, bytes, size);
}

__attribute__((noinline)) bool check_again(struct session *s, const char *bytes, size_t size);
bool check_again(struct session *s, const char *bytes, size_t size)
{
	return check(s, bytes, size);
}

int main(int argc, char **argv)
{
	static const struct options opt = { .verb = VERB_CHECK };
	struct session *s = session_new(&opt);
	for (int i = 1; s && i < argc; i++) {
		size_t size;
		char *bytes = read_file(argv[i], &size);
		if (!bytes || !(i == 1 ? check_first : check_again)(s, bytes, size))
			return 1;
		free(bytes);
	}
	session_free(s);
	return s ? 0 : 1;
}
