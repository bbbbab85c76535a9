/* Runs guiju-draw and rsvg-convert, and says what went wrong. */
#include "draw/picture.h"

#include "draw/child.h"
#include "draw/metrics.h"
#include "draw/read_back.h"

#include <stdlib.h>
#include <string.h>

enum { OUTPUT_LIMIT = 32 << 20, STATUS_FONT = 5 };

static bool fail(struct draw_error *error, enum message message, const char *name, const char *zh, const char *en)
{
	*error = (struct draw_error){ .message = message };
	error->args[0] = (struct phrase){ name, NULL };
	error->args[1] = (struct phrase){ zh, en };
	return false;
}

static const char *first_line(struct arena *arena, const char *text, const char *otherwise)
{
	size_t size = strcspn(text, "\n");
	return size ? arena_strndup(arena, text, size) : otherwise;
}

static bool ran_out(const struct child_result *r)
{
	return r->end == CHILD_TIMED_OUT || r->end == CHILD_TOO_MUCH;
}

/* What the end of guiju-draw means; true: it drew. */
static bool judge(struct arena *arena, const struct draw_request *request, unsigned seconds,
		  const struct child_result *r, struct draw_error *error)
{
	if (r->end == CHILD_EXITED && r->status == 0)
		return true;
	if (r->end == CHILD_NOT_STARTED)
		return fail(error, MESSAGE_DRAW_START, request->program, strerror(r->status), NULL);
	if (ran_out(r)) {
		fail(error, MESSAGE_DRAW_LIMIT, request->name, arena_printf(arena, "%u", seconds), NULL);
		error->limit = true;
		return false;
	}
	if (r->end == CHILD_SIGNALLED)
		return fail(error, MESSAGE_DRAW_FAILED, request->name,
			    arena_printf(arena, "guiju-draw: 信号 %d", r->status),
			    arena_printf(arena, "guiju-draw: signal %d", r->status));
	if (r->status == STATUS_FONT)
		return fail(error, MESSAGE_DRAW_FONT, PICTURE_FONT, NULL, NULL);
	return fail(error, MESSAGE_DRAW_FAILED, request->name,
		    first_line(arena, r->errors, arena_printf(arena, "guiju-draw: %d", r->status)), NULL);
}

/* "dot SIZE\n", then so many bytes; NULL: something else. */
static const char *take_part(const char *at, const char *end, const char *word, const char **bytes, size_t *size)
{
	size_t length = strlen(word);
	if ((size_t)(end - at) < length + 2 || memcmp(at, word, length) != 0)
		return NULL;
	char *rest;
	unsigned long long count = strtoull(at + length, &rest, 10);
	if (rest == at + length || *rest != '\n' || count > (unsigned long long)(end - rest - 1))
		return NULL;
	*bytes = rest + 1;
	*size = (size_t)count;
	return rest + 1 + count;
}

static bool take_output(struct arena *arena, const struct child_result *r, struct picture *picture)
{
	const char *end = r->output + r->output_size, *dot, *svg;
	const char *at = take_part(r->output, end, "dot ", &dot, &picture->dot_size);
	at = at ? take_part(at, end, "svg ", &svg, &picture->svg_size) : NULL;
	if (!at || strncmp(at, "page ", 5) != 0)
		return false;
	picture->dot = arena_strndup(arena, dot, picture->dot_size);
	picture->svg = arena_strndup(arena, svg, picture->svg_size);
	picture->fits = strncmp(at, "page a4 ", 8) == 0;
	return true;
}

bool draw_picture(struct arena *arena, const struct draw_request *request, struct picture *picture,
		  struct draw_error *error)
{
	const char *const arguments[] = { "guiju-draw", NULL };
	struct child_job job = { .program = request->program,
				 .arguments = arguments,
				 .input = request->list,
				 .input_size = request->list_size,
				 .output_limit = OUTPUT_LIMIT };
	struct child_result r;
	struct phrase difference;
	job.seconds = request->seconds ? request->seconds : DRAW_SECONDS;
	job.memory = request->memory ? request->memory : DRAW_MEMORY;
	child_run(arena, &job, &r);
	if (!judge(arena, request, job.seconds, &r, error))
		return false;
	if (!take_output(arena, &r, picture))
		return fail(error, MESSAGE_DRAW_FAILED, request->name, "guiju-draw 的输出不完整",
			    "the output of guiju-draw is not whole");
	if (!picture_matches(arena, request->list, request->list_size, picture->dot, picture->dot_size, PICTURE_DOT,
			     &difference) ||
	    !picture_matches(arena, request->list, request->list_size, picture->svg, picture->svg_size, PICTURE_SVG,
			     &difference))
		return fail(error, MESSAGE_DRAW_DIFFERS, request->name, difference.zh, difference.en);
	return true;
}

bool convert_picture(struct arena *arena, const char *name, const char *svg, size_t svg_size,
		     enum picture_format format, const char **bytes, size_t *size, struct draw_error *error)
{
	const char *word = format == PICTURE_PDF ? "pdf" : "png";
	const char *const arguments[] = { "rsvg-convert", "--format", word, "--dpi-x", "144", "--dpi-y", "144", NULL };
	/* resolutions in dots do not concern PDF, where a point stays a point */
	const char *const plain[] = { "rsvg-convert", "--format", word, NULL };
	struct child_job job = { .program = "rsvg-convert",
				 .arguments = format == PICTURE_PDF ? plain : arguments,
				 .input = svg,
				 .input_size = svg_size,
				 .output_limit = OUTPUT_LIMIT,
				 .seconds = DRAW_SECONDS,
				 .memory = 2 * DRAW_MEMORY };
	struct child_result r;
	child_run(arena, &job, &r);
	if (r.end == CHILD_NOT_STARTED)
		return fail(error, MESSAGE_DRAW_START, "rsvg-convert", strerror(r.status), NULL);
	if (r.end != CHILD_EXITED || r.status != 0 || r.output_size == 0) {
		fail(error, MESSAGE_DRAW_CONVERT, name, word, NULL);
		error->args[2] =
			(struct phrase){ first_line(arena, r.errors, arena_printf(arena, "%d", r.status)), NULL };
		error->limit = ran_out(&r);
		return false;
	}
	*bytes = r.output;
	*size = r.output_size;
	return true;
}
