/* Names and bytes of all files below a folder as one number. */
#ifndef GUIJU_TESTS_FOLDER_HASH_H
#define GUIJU_TESTS_FOLDER_HASH_H
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)        /* FNV-1a */
{
	const unsigned char *b = bytes;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ b[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* In no order (a sum); 0: there is none. */
static uint64_t hash_folder(const char *path)
{
	DIR *folder = opendir(path);
	uint64_t sum = 0;
	for (const struct dirent *entry; folder && (entry = readdir(folder));) {
		char inner[4096], bytes[1 << 16];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		uint64_t hash = hash_bytes(HASH_START, entry->d_name, strlen(entry->d_name));
		FILE *file = entry->d_type == DT_DIR ? NULL : fopen(inner, "rb");
		for (size_t got; file && (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
			hash = hash_bytes(hash, bytes, got);
		if (file)
			fclose(file);
		sum += entry->d_type == DT_DIR ? hash ^ hash_folder(inner) : hash;
	}
	if (folder)
		closedir(folder);
	return sum;
}

#endif
