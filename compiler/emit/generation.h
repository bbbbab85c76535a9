/* One whole folder of artifacts, by the paths of what it holds: to write it, and to remove it and nothing else. */
#ifndef GUIJU_EMIT_GENERATION_H
#define GUIJU_EMIT_GENERATION_H
#include "support/arena.h"
#include "support/io.h"
#include "support/vec.h"

struct generation {
	const char *root, *manifest;     /* paths */
	VEC(const char *) files;         /* without the manifest */
	VEC(const char *) folders;
	bool has_manifest;
};

/* Why generation_find gave nothing. */
struct generation_check {
	const char *foreign;             /* a path that no manifest lists; NULL: io says what failed */
	struct io_error io;
};

void generation_init(struct arena *arena, const char *root, struct generation *g);
void generation_add(struct arena *arena, struct generation *g, const char *name); /* FILE or FOLDER/FILE */

/* What the folder `at` holds, by the paths that it will have when the folder is called `root`. False where it holds
 * anything that its manifest does not list, or cannot be read. */
bool generation_find(const struct io_ops *io, struct arena *arena, const char *at, const char *root,
		     struct generation *g, struct generation_check *check);

/* Removes it, the manifest last, so that what is left by a killed run is still known. What is not there is no error.
 * NULL, or, with errno, the path that could not be removed; tries everything else all the same. */
const char *generation_remove(const struct io_ops *io, const struct generation *g);

#endif
