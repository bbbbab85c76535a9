/* Reading the artifacts back by a second path: what a stranger can do with a folder that `guiju build` made.
 * needs: a folder       keeps: it unchanged
 * gives: every refusal names the file and what differs */
#ifndef GUIJU_VERIFY_VERIFY_H
#define GUIJU_VERIFY_VERIFY_H
#include "diag/diag.h"
#include "emit/emit.h"
#include "support/io.h"

struct refusal {                     /* args[0] is the file; render with render_message */
	enum message message;
	struct phrase args[DIAG_ARGS];
};

struct verification {
	VEC(struct refusal) refusals;
	struct io_error io;          /* io.error != 0: a file could not be read; nothing is said of the rest */
	size_t files;                /* how many were read */
	size_t derived;              /* of the refusals, the last of verify_folder: artifacts that XML and table do not make */
	size_t cases;                /* how many cases XML and table were both asked */
	size_t decisions, proved;    /* by the certificate: verify_proved */
	bool limit;                  /* a named limit ended that: nothing is said of the certificate */
};

/* The artifacts of DIR agree with the manifest and with each other. True: nothing is refused and all was read. */
bool verify_folder(const struct io_ops *io, struct arena *arena, const char *dir, struct verification *v);

/* XML and table hold the same rules in plain form, and the certificate proves what it says of them: asked of the three
 * programs in the folder `programs` (NULL: of PATH), which share nothing with this one. For a folder that verify_folder
 * accepts, or in which it refuses nothing but what is derived; its counts and refusals are kept. */
bool verify_proved(const struct io_ops *io, struct arena *arena, const char *dir, const char *programs,
		   struct verification *v);

/* DIR holds what the rulebook makes: `files` come from emit_make. Pictures are compared by their drawing lists, so
 * their bytes may be NULL. The counts in *v, of verify_folder before, are kept. */
bool verify_made(const struct io_ops *io, struct arena *arena, const char *dir, const emitted_files *files,
		 struct verification *v);

#endif
