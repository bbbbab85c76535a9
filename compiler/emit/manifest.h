/* manifest.json: what a folder of artifacts holds. Written last in thought and first on disk: a folder without a
 * whole manifest is no folder of artifacts. */
#ifndef GUIJU_EMIT_MANIFEST_H
#define GUIJU_EMIT_MANIFEST_H
#include "emit/emit.h"

enum {
	LIMIT_MANIFEST = 16 << 20,   /* bytes */
	LIMIT_ARTIFACT = 1 << 30     /* bytes of one artifact */
};

struct manifest_file {
	const char *name;            /* "NAME.xml", "graphs/pathway.svg" */
	bool picture;
	int64_t size;                /* not of pictures */
	const char *sha256;          /* 64 digits: of the bytes, of a picture of its drawing list */
};
struct manifest {
	const char *rulebook, *edition, *digest;
	struct manifest_file *files;
	size_t count;
};

void manifest_write(struct writer *w, const struct artifacts *a, const emitted_files *files);
/* Strict: the format version, every key and every name are as manifest_write makes them. False: `why` names the key
 * that is not. Not strict: the names alone, of any version: which files a folder of an older guiju holds. */
bool manifest_read(struct arena *arena, const char *bytes, size_t size, bool strict, struct manifest *manifest,
		   const char **why);
bool manifest_lists(const struct manifest *manifest, const char *name);
/* FILE or FOLDER/FILE of ASCII letters, digits, `_`, `-`, `.`, no part beginning with `.`: stays in its folder. */
bool manifest_name_is_safe(const char *name);

#endif
