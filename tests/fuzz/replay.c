/* Gives every file of the folders named to the harness: in ordinary builds the committed corpus is one test. */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	uint8_t *bytes = NULL;
	*size = 0;
	for (size_t n = 1; n > 0; *size += n) {
		uint8_t *more = realloc(bytes, *size + 65536);
		if (!more)
			abort();
		bytes = more;
		n = fread(bytes + *size, 1, 65536, file);
	}
	fclose(file);
	/* exactly as long as the input, so that a sanitizer sees a read past its end */
	uint8_t *exact = realloc(bytes, *size ? *size : 1);
	return exact ? exact : bytes;
}

static unsigned long replay_folder(const char *folder)
{
	unsigned long count = 0;
	DIR *dir = opendir(folder);
	if (!dir) {
		perror(folder);
		exit(1);
	}
	for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		char path[4096];
		size_t size = 0;
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		uint8_t *bytes = read_file(path, &size);
		if (!bytes)
			continue;
		fprintf(stderr, "%s\n", path);
		LLVMFuzzerTestOneInput(bytes, size);
		free(bytes);
		count++;
	}
	closedir(dir);
	return count;
}

int main(int argc, char **argv)
{
	unsigned long count = 0;
	for (int i = 1; i < argc; i++)
		count += replay_folder(argv[i]);
	printf("%lu inputs replayed\n", count);
	return count == 0;
}
