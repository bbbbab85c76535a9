/* guiju graph: one picture, also of a rulebook with findings, in red; the timeline of a procedure; and all pictures of a build. */
#include "commands/command.h"
#include "commands/timeline.h"

#include "draw/drawings.h"
#include "draw/picture.h"
#include "model/procedure.h"

#include <string.h>
#include <unistd.h>

#define OF_DECISION "decision."

const char *command_programs(struct compiler *c)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	const char *self = n > 0 ? arena_strndup(c->model_arena, path, (size_t)n) : c->opt->executable;
	const char *slash = strrchr(self, '/');
	return slash ? arena_printf(c->model_arena, "%.*s", (int)(slash - self), self) : NULL;
}

static const char *draw_program(struct compiler *c)
{
	const char *folder = command_programs(c);
	return folder ? arena_printf(c->model_arena, "%s/guiju-draw", folder) : "guiju-draw";
}

static bool draw_list(struct compiler *c, const struct streams *to, const struct picture_list *list,
		      struct picture *picture, enum exit_status *status)
{
	const struct draw_request request = { .program = draw_program(c), .name = list->id, .list = list->bytes,
					      .list_size = list->size };
	struct draw_error error = { 0 };
	if (draw_picture(c->model_arena, &request, picture, &error))
		return true;
	write_fmt(to->err, "guiju: %s\n", render_message(c->model_arena, error.message, error.args, c->opt->language));
	*status = error.limit ? EXIT_NOT_DECIDED : EXIT_IO;
	return false;
}

/* A decision's picture is named after it; the others say what they show. */
static const char *file_stem(const char *id)
{
	size_t n = sizeof OF_DECISION - 1;
	return strncmp(id, OF_DECISION, n) == 0 && strcmp(id + n, "requirements") != 0 ? id + n : id;
}

void command_picture_lists(struct compiler *c, emitted_files *out)
{
	static const char *const endings[] = { "svg", "dot" };
	picture_lists lists = { 0 };
	draw_everything(c->model_arena, c->model, &c->diag, &lists);
	for (size_t i = 0; i < lists.count; i++)
		for (size_t k = 0; k < 2; k++) {
			const struct picture_list *list = &lists.items[i];
			const char *path = arena_printf(c->model_arena, "graphs/%s.%s", file_stem(list->id), endings[k]);
			struct emitted_file file = { path, NULL, 0, list->bytes, list->size };
			vec_push(c->model_arena, out, file);
		}
}

/* Each list is drawn once and gives an SVG and a DOT. */
bool command_pictures(struct compiler *c, const struct streams *to, emitted_files *out)
{
	enum exit_status status;
	command_picture_lists(c, out);
	for (size_t i = 0; i < out->count; i += 2) {
		struct emitted_file *svg = &out->items[i], *dot = &out->items[i + 1];
		const struct picture_list list = { svg->path, svg->drawing, svg->drawing_size };
		struct picture p;
		if (!draw_list(c, to, &list, &p, &status))
			return false;
		svg->bytes = p.svg;
		svg->size = p.svg_size;
		dot->bytes = p.dot;
		dot->size = p.dot_size;
	}
	return true;
}

/* ---- one graph ---- */

static bool unknown(struct compiler *c, const struct streams *to, const char *word, const char *zh, const char *en)
{
	write_usage_error(to->err, &(struct usage_error){ word, zh, en }, c->opt->language);
	return false;
}

static bool choose_lists(struct compiler *c, const struct streams *to, picture_lists *lists)
{
	const struct options *opt = c->opt;
	if ((opt->decision != NULL) + (opt->procedure != NULL) + (opt->domain != NULL) + opt->requirements != 1)
		return unknown(c, to, "graph", "须给出 --decision、--procedure、--requirements、--domain 之一",
			       "one of --decision, --procedure, --requirements, --domain is wanted");
	if (opt->requirements) {
		draw_requirements(c->model_arena, c->model, &c->diag, lists);
		return true;
	}
	const char *name = opt->decision ? opt->decision : opt->procedure ? opt->procedure : opt->domain;
	uint32_t index = opt->decision	? model_decision(c->model, name) :
			 opt->procedure ? model_procedure(c->model, name) :
					  model_fact(c->model, name);
	if (index == NONE)
		return unknown(c, to, name, "规则书中没有这个名称", "the rulebook has no such name");
	if (opt->decision)
		draw_decision(c->model_arena, c->model, &c->diag, index, lists);
	else if (opt->procedure)
		draw_procedure(c->model_arena, c->model, &c->diag, index, lists);
	else
		draw_domain(c->model_arena, c->model, index, lists);
	return lists->count > 0 || unknown(c, to, name, "不是枚举或者集合", "is no enumeration and no set");
}

/* The first page is FILE, the others have their number before the ending. */
static const char *page_file(struct compiler *c, const char *ending, size_t page)
{
	size_t n = (size_t)(ending - c->opt->output);
	return page == 0 ? c->opt->output : arena_printf(c->model_arena, "%.*s.%zu%s", (int)n, c->opt->output, page + 1, ending);
}

static bool write_page(struct compiler *c, const struct streams *to, const struct picture_list *list, const char *file,
		       const char *ending, enum exit_status *status)
{
	struct picture p;
	struct draw_error error = { 0 };
	if (!draw_list(c, to, list, &p, status))
		return false;
	const char *bytes = p.svg;
	size_t size = p.svg_size;
	if (strcmp(ending, ".dot") == 0) {
		bytes = p.dot;
		size = p.dot_size;
	} else if (strcmp(ending, ".svg") != 0 &&
		   !convert_picture(c->model_arena, list->id, p.svg, p.svg_size,
				    strcmp(ending, ".png") == 0 ? PICTURE_PNG : PICTURE_PDF, &bytes, &size, &error)) {
		write_fmt(to->err, "guiju: %s\n", render_message(c->model_arena, error.message, error.args, c->opt->language));
		*status = EXIT_IO;
		return false;
	}
	if (io_write_file(c->io, c->model_arena, file, bytes, size, &c->io_error))
		return true;
	write_io_error(to->err, &c->io_error, c->opt->language);
	*status = EXIT_IO;
	return false;
}

static enum exit_status graph_lists(struct compiler *c, const struct streams *to, picture_lists *lists)
{
	enum exit_status status = EXIT_CLEAN;
	if (!command_model(c, to, &status))
		return status;
	compile_check(c);
	return choose_lists(c, to, lists) ? EXIT_CLEAN : EXIT_USAGE;
}

enum exit_status command_graph(struct compiler *c, const struct streams *to)
{
	static const char *const endings[] = { ".svg", ".png", ".pdf", ".dot" };
	enum exit_status status = EXIT_CLEAN;
	const char *ending = strrchr(c->opt->output, '.');
	bool known = false;
	for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
		known |= strcmp(ending, endings[i]) == 0;
	if (!known) {
		unknown(c, to, c->opt->output, "应以 .svg、.png、.pdf 或 .dot 结尾", "should end in .svg, .png, .pdf or .dot");
		return EXIT_USAGE;
	}
	picture_lists lists = { 0 };
	status = c->opt->from ? command_timeline(c, to, &lists) : graph_lists(c, to, &lists);
	if (status != EXIT_CLEAN)
		return status;
	for (size_t i = 0; i < lists.count; i++)
		if (!write_page(c, to, &lists.items[i], page_file(c, ending, i), ending, &status))
			return status;
	return EXIT_CLEAN;
}
