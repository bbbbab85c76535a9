/* Runs a child program with something to read, and takes what it writes: under limits of time, memory and size, so that
 * a library that fails, hangs or crashes costs one picture and not the compiler. */
#ifndef GUIJU_DRAW_CHILD_H
#define GUIJU_DRAW_CHILD_H
#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct child_job {
	const char *program;	      /* a path, or a name that PATH has */
	const char *const *arguments; /* NULL-terminated; the first is the program's name */
	const char *input;
	size_t input_size;
	size_t output_limit; /* bytes */
	unsigned seconds;    /* of wall clock and of processor */
	size_t memory;	     /* bytes of address space; 0: no limit */
};

enum child_end { CHILD_EXITED, CHILD_SIGNALLED, CHILD_TIMED_OUT, CHILD_TOO_MUCH, CHILD_NOT_STARTED };

struct child_result {
	enum child_end end;
	int status;   /* exit status, signal, or errno */
	char *output; /* in the arena, NUL-terminated */
	size_t output_size;
	char *errors; /* the first lines of its standard error */
};

/* The child sees of the environment only where programs and fonts are. */
void child_run(struct arena *arena, const struct child_job *job, struct child_result *result);

#endif
