/* guiju-draw: reads a drawing list from standard input and writes its DOT and its SVG to standard output, each after a
 * line "dot SIZE" or "svg SIZE", then a line that says how it was laid out. It is started by guiju, which trusts
 * nothing of it: see draw/picture.h and draw/read_back.h. It is the only program that loads Graphviz.
 *
 * Exit status: 0 drawn; 2 not a drawing list; 3 no memory, or input or output failed; 4 Graphviz failed; 5 no font. */
#include "draw/list.h"
#include "draw/metrics.h"
#include "font.h"
#include "layout.h"
#include "style.h"
#include "svg.h"
#include "timeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum status { STATUS_DRAWN = 0, STATUS_BAD_LIST = 2, STATUS_SYSTEM = 3, STATUS_LAYOUT = 4, STATUS_FONT = 5 };

static enum status say(enum status status, const char *what)
{
	fprintf(stderr, "guiju-draw: %s\n", what);
	return status;
}

/* All of standard input, but no more than one byte over the limit. */
static bool read_input(char *bytes, size_t limit, size_t *size)
{
	*size = 0;
	while (*size < limit) {
		ssize_t got = read(0, bytes + *size, limit - *size);
		if (got == 0)
			return true;
		if (got < 0 && errno != EINTR)
			return false;
		*size += got > 0 ? (size_t)got : 0;
	}
	return true;
}

static bool write_output(const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t put = write(1, bytes, size);
		if (put < 0 && errno != EINTR)
			return false;
		bytes += put > 0 ? put : 0;
		size -= put > 0 ? (size_t)put : 0;
	}
	return true;
}

struct choice {
	struct layout layout;
	struct page page;
	bool lying;
};

/* Upright before lying and the list's own flow before the other, unless the type gets a tenth larger. */
static void consider(struct choice *best, const struct drawing *d, const struct layout *layout, bool lying, bool *has)
{
	struct page page = page_for(d, layout, lying);
	bool better = page.fits != best->page.fits ? page.fits
						   : page.a4_scale > best->page.a4_scale * (page.fits ? 1.1 : 1.02);
	if (*has && !better)
		return;
	*best = (struct choice){ *layout, page, lying };
	*has = true;
}

/* Both flows, if the list leaves it open, and both ways of holding the page. */
static bool try_flows(struct graph *graph, const struct drawing *d, const struct gaps *gaps, struct choice *best,
		      bool *has)
{
	for (int turn = 0; turn < (d->flow == FLOW_ANY ? 2 : 1); turn++) {
		bool right = (d->flow == FLOW_RIGHT) != (turn == 1);
		struct layout layout;
		if (!graph_layout(graph, right, gaps, &layout))
			return false;
		consider(best, d, &layout, false, has);
		consider(best, d, &layout, true, has);
	}
	return true;
}

/* Looser first, as long as it fits. In a procedure's picture lines are short, and their words would hide them. */
static bool choose(struct graph *graph, const struct drawing *d, struct choice *best)
{
	static const struct gaps gaps[] = { { 2.0, 3.0 }, { 1.5, 2.0 }, { 1.0, 1.0 }, { 0.6, 0.6 } };
	bool has = false;
	for (size_t i = strcmp(d->kind, "procedure") == 0 ? 0 : 2; i < sizeof gaps / sizeof *gaps; i++) {
		if (!try_flows(graph, d, &gaps[i], best, &has))
			return false;
		if (best->page.fits)
			break;
	}
	return true;
}

static bool lay_days(struct arena *arena, const struct drawing *d, struct choice *best)
{
	struct layout layout;
	bool has = false;
	timeline_lay(arena, d, &layout);
	consider(best, d, &layout, false, &has);
	consider(best, d, &layout, true, &has);
	return true;
}

static enum status draw(struct arena *arena, const struct drawing *d)
{
	struct graph *graph = graph_new(arena, d);
	if (!graph)
		return say(STATUS_LAYOUT, "the graph could not be built");
	size_t dot_size;
	struct choice choice = { 0 };
	const char *dot = graph_dot(graph, &dot_size);
	bool laid = dot && (drawing_is_timeline(d) ? lay_days(arena, d, &choice) : choose(graph, d, &choice));
	graph_free(graph);
	if (!laid)
		return say(STATUS_LAYOUT, "the graph could not be laid out");
	if (!drawing_is_timeline(d))
		labels_place(arena, d, &choice.layout);
	struct writer svg, out;
	writer_init(&svg, arena);
	writer_init(&out, arena);
	svg_write(&svg, d, &choice.layout, &choice.page);
	write_fmt(&out, "dot %zu\n", dot_size);
	write_bytes(&out, dot, dot_size);
	write_fmt(&out, "svg %zu\n", svg.size);
	write_bytes(&out, svg.bytes, svg.size);
	write_fmt(&out, "page %s %s %s %.2f\n", choice.page.fits ? "a4" : "larger", choice.lying ? "lying" : "upright",
		  choice.layout.right ? "right" : "down", choice.page.scale * SMALLEST_TYPE);
	return write_output(out.bytes, out.size) ? STATUS_DRAWN : say(STATUS_SYSTEM, "standard output failed");
}

static enum status run(struct arena *arena)
{
	size_t size, line;
	const char *error;
	char *bytes = arena_alloc(arena, LIST_BYTES + 2);
	if (!read_input(bytes, LIST_BYTES + 1, &size))
		return say(STATUS_SYSTEM, "standard input failed");
	const struct drawing *d = list_read(arena, bytes, size, &error, &line);
	if (!d) {
		fprintf(stderr, "guiju-draw: line %zu of the list: %s\n", line, error);
		return STATUS_BAD_LIST;
	}
	if (!font_is_there())
		return say(STATUS_FONT, "the font " PICTURE_FONT " is not installed");
	return draw(arena, d);
}

#if defined(__SANITIZE_ADDRESS__)
#define CHECKS_LEAKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECKS_LEAKS 1
#endif
#endif
#ifdef CHECKS_LEAKS
/* Graphviz and fontconfig keep what they once took; that is not ours to report, and the process ends here. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

int main(void)
{
	struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	if (!arena || setjmp(memory_ends.back))
		return (int)say(STATUS_SYSTEM, "out of memory");
	enum status status = run(arena);
	arena_free(arena);
	return (int)status;
}
