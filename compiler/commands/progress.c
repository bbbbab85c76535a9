/* What is under way, on one line of the terminal that standard error is: from half a second on, rewritten in place, and
 * erased before anything else is written. No terminal, or an answer that is not text: no line. */
#include "commands/command.h"

#include "diag/excerpt.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { QUIET = 500, PAUSE = 100 };             /* milliseconds before the first line, and between two */
enum { USUAL_COLUMNS = 80 };

struct line {
	struct progress progress;
	const struct compiler *c;
	uint64_t next;               /* milliseconds: not before */
	bool is_there;               /* on the terminal */
};

static const char erase_rest[] = "\x1b[K", erase_all[] = "\r\x1b[K";

static uint64_t milliseconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* One that knows how to erase the rest of a line. */
static bool is_terminal(void)
{
	const char *kind = getenv("TERM");
	return isatty(2) && kind && *kind && strcmp(kind, "dumb") != 0;
}

/* One column less than there are: a full line would begin another one. */
static size_t columns(void)
{
	struct winsize size;
	return (ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : USUAL_COLUMNS) - 1u;
}

/* Bytes of the text that fit. */
static size_t fitting(const char *text, size_t width)
{
	size_t fit = 0, column = 0;
	while (text[fit]) {
		size_t bytes = utf8_sequence_size(text + fit, strnlen(text + fit, 4));
		column += display_width(text + fit, bytes ? bytes : 1, column);
		if (column > width)
			break;
		fit += bytes ? bytes : 1;
	}
	return fit;
}

static void show(void *context, const struct progress *now)
{
	struct line *line = context;
	struct arena *arena = line->c->source_arena;
	if (milliseconds_now() < line->next)
		return;
	struct phrase at = { arena_printf(arena, "%zu", now->at), NULL }, of = { arena_printf(arena, "%zu", now->of), NULL };
	const struct phrase args[DIAG_ARGS] = { now->subject, { now->table, NULL }, now->question, at, of };
	struct writer w;
	writer_init(&w, arena);
	write_visible(&w, render_message(arena, now->message, args, line->c->opt->language));
	const char *text = writer_text(&w);
	const char *bytes = arena_printf(arena, "\r%.*s%s", (int)fitting(text, columns()), text, erase_rest);
	line->is_there |= io_write_all(line->c->io, 2, bytes, strlen(bytes));
	line->next = milliseconds_now() + PAUSE;
}

void progress_start(struct compiler *c)
{
	enum verb verb = c->opt->verb;
	bool is_text = c->opt->format == FORMAT_TEXT || c->opt->format == FORMAT_MARKDOWN;
	if (!is_text || (verb != VERB_CHECK && verb != VERB_BUILD && verb != VERB_DIFF) || !is_terminal())
		return;
	struct line *line = arena_new_of(c->source_arena, struct line);
	*line = (struct line){ .progress = { .show = show, .context = line }, .c = c, .next = milliseconds_now() + QUIET };
	c->progress = &line->progress;
}

/* Of a run that memory ended, too: needs none. */
void progress_end(struct compiler *c)
{
	struct line *line = c->progress ? c->progress->context : NULL;
	if (!line || !line->is_there)
		return;
	line->is_there = false;
	(void)io_write_all(c->io, 2, erase_all, sizeof erase_all - 1);
}
