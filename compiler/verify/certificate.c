/* The certificate, checked by programs that share nothing with this one: of the XML and of the table one reader each
 * makes the same time form, and one each the same plain form, and guiju-checker accepts the certificate for that. */
#include "draw/child.h"
#include "verify/verifying.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CHECK_SECONDS = 600, PLAIN_LIMIT = 1 << 28, PROGRAM_LIMIT_REACHED = 4 };
#define CHECK_MEMORY ((size_t)4 << 30)

struct plain {
	const char *bytes;
	size_t size;
};

/* Runs a program beside guiju; false: it could not be started, or ended otherwise than by itself. */
static bool run(struct verifying *v, const char *programs, const char *name, const struct plain *input,
		struct child_result *result)
{
	const char *const arguments[] = { name, NULL };
	struct child_job job = { .program = programs ? arena_printf(v->arena, "%s/%s", programs, name) : name,
				 .arguments = arguments,
				 .input = input->bytes,
				 .input_size = input->size,
				 .output_limit = PLAIN_LIMIT,
				 .seconds = CHECK_SECONDS,
				 .memory = CHECK_MEMORY };
	child_run(v->arena, &job, result);
	if (result->end == CHILD_EXITED)
		return true;
	if (result->end == CHILD_TIMED_OUT || result->end == CHILD_TOO_MUCH) {
		v->v->limit = true;
		return false;
	}
	v->v->io = (struct io_error){ .doing = "run",
				      .path = job.program,
				      .error = result->end == CHILD_NOT_STARTED ? result->status : EIO };
	return false;
}

static const char *first_line(struct verifying *v, const char *text)
{
	return arena_strndup(v->arena, text, strcspn(text, "\n"));
}

static bool make_plain(struct verifying *v, const char *programs, const char *name, const struct loaded *file,
		       struct plain *plain)
{
	struct child_result result;
	const struct plain input = { file->bytes, file->size };
	if (!run(v, programs, name, &input, &result))
		return false;
	if (result.status == PROGRAM_LIMIT_REACHED)
		v->v->limit = true;
	else if (result.status != 0)
		refuse(v, MESSAGE_VERIFY_SECOND_READER, file->listed->name, first_line(v, result.errors));
	*plain = (struct plain){ result.output, result.output_size };
	return result.status == 0;
}

/* How many bytes are the same; SIZE_MAX: all. */
static size_t same_bytes(const struct plain *one, const struct plain *other, size_t *line)
{
	size_t i = 0;
	*line = 1;
	for (; i < one->size && i < other->size && one->bytes[i] == other->bytes[i]; i++)
		*line += one->bytes[i] == '\n';
	return i == one->size && i == other->size ? SIZE_MAX : i;
}

/* The same rules, in plain form. */
static bool are_same_rules(struct verifying *v, const struct loaded *xml, const struct plain *one,
			   const struct loaded *table, const struct plain *other)
{
	size_t line;
	if (same_bytes(one, other, &line) == SIZE_MAX)
		return true;
	refuse(v, MESSAGE_VERIFY_PLAIN, xml->listed->name, table->listed->name, arena_printf(v->arena, "%zu", line));
	return false;
}

static size_t line_start(const struct plain *form, size_t at)
{
	while (at > 0 && form->bytes[at - 1] != '\n')
		at--;
	return at;
}

/* The line that byte `at` stands in, without the space that says that it is about what is named above. */
static const char *line_of(struct verifying *v, const struct plain *form, size_t at)
{
	size_t start = line_start(form, at);
	return first_line(v, form->bytes + start + (form->bytes[start] == ' '));
}

/* The same calendars and procedures, in time form; what differs is said under the name that stands above it. */
static bool are_same_times(struct verifying *v, const struct loaded *xml, const struct plain *one,
			   const struct loaded *table, const struct plain *other)
{
	size_t line, at = same_bytes(one, other, &line);
	if (at == SIZE_MAX)
		return true;
	size_t name = line_start(one, at);
	while (name > 0 && one->bytes[name] == ' ')
		name = line_start(one, name - 1);
	refuse(v, MESSAGE_VERIFY_DIFFERS, table->listed->name, xml->listed->name, line_of(v, one, name),
	       line_of(v, one, at), line_of(v, other, at));
	return false;
}

/* "certificate:LINE: why", or "N of M decisions proved". */
static void judge(struct verifying *v, const struct loaded *certificate, const struct child_result *result)
{
	char *rest = NULL;
	const char *line = strchr(result->output, ':');
	if (result->status == 0 || result->status == PROGRAM_LIMIT_REACHED) {
		v->v->proved = strtoul(result->output, &rest, 10);
		v->v->decisions = strncmp(rest, " of ", 4) == 0 ? strtoul(rest + 4, NULL, 10) : 0;
		return;
	}
	size_t digits = line ? strspn(line + 1, "0123456789") : 0;
	refuse(v, MESSAGE_VERIFY_CERTIFICATE, certificate->listed->name,
	       line ? arena_strndup(v->arena, line + 1, digits) : "?",
	       line && line[1 + digits] == ':' ? first_line(v, line + digits + 2 + strspn(line + digits + 2, " "))
					       : "?");
}

void check_certificate(struct verifying *v, const char *programs, const struct loaded *xml, const struct loaded *table,
		       const struct loaded *certificate)
{
	struct plain from_xml, from_table;
	struct child_result result;
	if (!make_plain(v, programs, "guiju-time-xml", xml, &from_xml) ||
	    !make_plain(v, programs, "guiju-time-table", table, &from_table) ||
	    !are_same_times(v, xml, &from_xml, table, &from_table) ||
	    !make_plain(v, programs, "guiju-plain-xml", xml, &from_xml) ||
	    !make_plain(v, programs, "guiju-plain-table", table, &from_table) ||
	    !are_same_rules(v, xml, &from_xml, table, &from_table))
		return;
	struct plain both = { .size = from_xml.size + certificate->size };
	char *bytes = arena_alloc(v->arena, both.size + 1);
	memcpy(bytes, from_xml.bytes, from_xml.size);
	memcpy(bytes + from_xml.size, certificate->bytes, certificate->size);
	both.bytes = bytes;
	if (run(v, programs, "guiju-checker", &both, &result))
		judge(v, certificate, &result);
}
