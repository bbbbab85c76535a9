/* What the parts of verify share: the folder being read, and where refusals go. */
#ifndef GUIJU_VERIFY_VERIFYING_H
#define GUIJU_VERIFY_VERIFYING_H
#include "emit/manifest.h"
#include "guiju.h"
#include "verify/book.h"
#include "verify/verify.h"

enum { LIMIT_REFUSALS = 100 };

struct loaded {                      /* a file of the manifest */
	const struct manifest_file *listed;
	const char *bytes;           /* NULL: it could not be had, and that is reported */
	size_t size;
};

struct verifying {
	const struct io_ops *io;
	struct arena *arena;         /* of its own: see verify.c, note [what is held] */
	const char *dir;
	struct verification *v;
	struct manifest manifest;
	struct loaded *files;
	struct _xmlTextReader *reader; /* held */
};

/* Says that a file is refused: refuse(v, message, file, …), the words after it are {1}, {2}, … */
#define refuse(v, message, ...) refuse_with((v), (message), (const char *const[]){ __VA_ARGS__, NULL }, NULL)
/* The same with a last word in both languages. */
#define refuse_for(v, message, why, ...) refuse_with((v), (message), (const char *const[]){ __VA_ARGS__, NULL }, &(why))
void refuse_with(struct verifying *v, enum message message, const char *const *words, const struct phrase *last);

/* The file NAME + suffix, or, without suffix, the file `name`; NULL, reported, when it is not there. */
const struct loaded *need_file(struct verifying *v, const char *name, const char *suffix);

/* Lines are counted from 1. */
size_t first_different_line(const char *one, size_t one_size, const char *other, size_t other_size);

/* agree.c: XML and table say the same of facts, decisions, rules, constraints, clauses. True: they do, and cases can be
 * put to both. */
bool check_same_things(struct verifying *v, const struct book *book, const char *xml, const struct guiju_table *table,
		       const char *file);
/* answers.c: XML and table give the same answers with the same reasons. */
void check_same_answers(struct verifying *v, const struct book *book, const char *xml,
			const struct guiju_table *table, const char *file);
/* derived.c: the artifacts that follow from XML and table are what these two make. */
void check_derived(struct verifying *v, const struct book *book, const struct loaded *xml, const struct loaded *table);
/* Certificate and plain forms, by the programs of a folder (NULL: of PATH). */
void check_certificate(struct verifying *v, const char *programs, const struct loaded *xml, const struct loaded *table,
		       const struct loaded *certificate);
/* Pictures show what their drawing lists say. */
void check_pictures(struct verifying *v);

#endif
