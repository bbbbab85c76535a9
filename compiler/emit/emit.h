/* The artifacts: each one function that prints the model or the table into a writer, listed in emit.c.
 * docs/ARTIFACTS.md says what each of them holds. */
#ifndef GUIJU_EMIT_EMIT_H
#define GUIJU_EMIT_EMIT_H
#include "diag/diag.h"
#include "lower/table.h"
#include "model/procedure.h"
#include "support/io.h"
#include "support/writer.h"

/* Versions of the forms: 0.N until release 1.0; a reader refuses every N but its own by name. */
#define FORMAT_XML "0.2"
#define FORMAT_MANIFEST "0.1"
#define FORMAT_FACTS_SCHEMA "0.1"
#define XML_NAMESPACE "urn:guiju:rulebook:" FORMAT_XML
#define MANIFEST_NAME "manifest.json"
#define XSD_NAME "rulebook.xsd"
#define XSL_NAME "rulebook.xsl"

struct artifacts {                   /* what emitters print from */
	struct arena *arena;
	const struct model *model;
	const struct table *table;
	const struct diag *findings;
};

struct emitter {
	const char *name;            /* "xml" */
	const char *suffix;          /* ".xml": the file is NAME + suffix; NULL: it is `file` */
	const char *file;            /* a fixed name: "rulebook.xsd"; else NULL */
	/* false: the artifact could not be made or did not validate; `error` says why */
	bool (*emit)(const struct artifacts *a, struct writer *w, const char **error);
	bool derived;                /* every byte follows from NAME.xml and NAME.table: verify makes it again */
	/* Instead of `emit`: one file for each procedure, NAME.PROCEDURE + suffix. */
	bool (*emit_procedure)(const struct artifacts *a, const struct procedure *p, struct writer *w, const char **error);
};

extern const struct emitter *const emitters[]; /* NULL-terminated, in order of manifest.json */

struct emitted_file {
	const char *path;            /* relative to DIR: "NAME.xml", "graphs/pathway.svg" */
	const char *bytes;
	size_t size;
	const char *drawing;         /* of a picture: its drawing list, which the manifest names instead of the
	                                picture's bytes; else NULL */
	size_t drawing_size;
};
typedef VEC(struct emitted_file) emitted_files;

/* Why nothing was written: a system call (io.error != 0), or what `message` says. Exit status 3 for both. */
struct emit_error {
	struct io_error io;
	enum message message;
	struct phrase args[DIAG_ARGS];
};

/* Makes every artifact in memory, manifest.json first, pictures last; writes nothing. */
bool emit_make(const struct artifacts *a, const struct emitted_file *pictures, size_t picture_count,
	       emitted_files *files, struct emit_error *error);

/* Those alone that are derived, of a model that may have been read back and then has no rules (verify/book.h). */
bool emit_derived(const struct artifacts *a, emitted_files *files, struct emit_error *error);

/* Writes files (manifest.json among them) as the whole content of DIR, all or nothing: a killed run leaves the old
 * folder or the new one, never a mixture (docs/decisions/0010). */
bool emit_write(const struct io_ops *io, struct arena *arena, const emitted_files *files, const char *dir,
		struct emit_error *error);

/* emit_make, then emit_write. */
bool emit_all(const struct io_ops *io, const struct artifacts *a, const struct emitted_file *pictures,
	      size_t picture_count, const char *dir, struct emit_error *error);

/* The XSD and the XSLT, embedded when the compiler is built. */
extern const unsigned char rulebook_xsd[], rulebook_xsl[];
extern const size_t rulebook_xsd_size, rulebook_xsl_size;

#endif
