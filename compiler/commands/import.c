/* guiju import: what others wrote, in the language. `dmn`: a decision model as a rulebook; `csv`: a spreadsheet's table
 * as a pipe table, its cells checked, against a rulebook if one is given. */
#include "commands/command.h"

#include "diag/render.h"
#include "grammar/parse.h"
#include "import/csv_table.h"
#include "import/dmn.h"

#include <string.h>
#include <unistd.h>

/* The file as a source by the name that findings show. */
static bool read_input(struct compiler *c, const char *path, uint32_t *file)
{
	const char *slash = strrchr(path, '/');
	size_t size;
	const char *text = io_read_file(c->io, c->source_arena, path, LIMIT_FILE, &size, &c->io_error);
	if (!text)
		return false;
	*file = sources_add(c->source_arena, &c->sources, arena_strdup(c->source_arena, slash ? slash + 1 : path), text,
			    size);
	return true;
}

static enum exit_status io_failed(struct compiler *c, const struct streams *to)
{
	write_io_error(to->err, &c->io_error, c->opt->language);
	return EXIT_IO;
}

static const char *formatted(struct compiler *c, const char *name, const char *text, size_t *size)
{
	struct sources made = { .items = NULL };
	uint32_t file = sources_add(c->source_arena, &made, name, text, *size);
	return format_source(c->source_arena, &made.items[file], c->opt->keywords ? c->opt->keywords[0] : 'e', size);
}

/* ---- dmn ---- */

/* NULL: what was made is a rulebook, it parses and resolves; other findings are for check. Else the first error: a
 * limit of the language is passed. */
static const struct finding *fault_of(struct compiler *c, const char *name, const char *text, size_t size)
{
	const struct diag before = c->diag;
	c->diag = (struct diag){ .arena = before.arena, .sources = before.sources };
	c->file_count = 0;
	compiler_add_text(c, name, text, size);
	const struct finding *fault = NULL;
	if (!compile_parse(c) || !compile_resolve(c))
		diag_sort(&c->diag);
	for (size_t i = 0; i < c->diag.findings.count && !fault; i++)
		if (c->diag.findings.items[i]->severity == SEVERITY_ERROR)
			fault = c->diag.findings.items[i];
	c->diag = before;
	return fault;
}

/* The decision in whose section the fault is; NULL: in none. */
static struct dmn_node *node_at(const struct dmn_book *book, const char *text, const struct finding *fault)
{
	size_t section = 0;
	size_t at = fault->place_count > 0 ? fault->places[0].span.start : 0;
	for (const char *next = text; (next = strstr(next, "\n## DMN: ")) != NULL && (size_t)(next - text) < at; next++)
		section++;
	return section > 0 ? dmn_node_of(book, &book->decisions.items[section - 1]) : NULL;
}

static struct phrase fault_phrase(struct compiler *c, const struct finding *fault)
{
	struct arena *arena = c->source_arena;
	return (struct phrase){ arena_printf(arena, "写出的内容规则书读不了：%s",
					     finding_text(arena, fault, LANGUAGE_ZH)),
				arena_printf(arena, "what would be written of it is not read as a rulebook: %s",
					     finding_text(arena, fault, LANGUAGE_EN)) };
}

static enum exit_status write_book(struct compiler *c, const struct streams *to, const char *name, const char *text,
				   size_t size)
{
	if (!c->opt->output) {
		write_bytes(to->out, text, size);
		return EXIT_CLEAN;
	}
	const char *path = arena_printf(c->source_arena, "%s/%s", c->opt->output, name);
	(void)c->io->mkdir(c->opt->output, 0777); /* it may be there; if it is no folder, writing says so */
	if (!io_write_file(c->io, c->source_arena, path, text, size, &c->io_error))
		return io_failed(c, to);
	write_fmt(to->out, is_chinese(c) ? "写出 %s\n" : "%s written\n", path);
	return EXIT_CLEAN;
}

static void report_labels(struct compiler *c, uint32_t file, size_t changed)
{
	struct finding *f = diag_add(&c->diag, FINDING_NOT_IMPORTED, (struct span){ file, 0, 0 }, MESSAGE_DMN_LABELS);
	diag_severity(&c->diag, f, SEVERITY_WARNING);
	diag_arg_int(&c->diag, f, 0, (int64_t)changed);
}

static void report_file(struct compiler *c, uint32_t file, enum message message, struct phrase why)
{
	struct finding *f = diag_add(&c->diag, FINDING_NOT_IMPORTED, (struct span){ file, 0, 0 }, message);
	diag_arg2(&c->diag, f, 0, why.zh, why.en);
}

/* A decision that makes the text unreadable is refused, and all is done again without it; each turn refuses one. NULL:
 * no decision is left, or the fault is in none of them, and findings say so. */
static const char *rulebook_of(struct compiler *c, struct dmn_model *model, uint32_t file, const char **name,
			       size_t *size)
{
	const struct diag before = c->diag;
	bool chinese = c->opt->keywords && c->opt->keywords[0] == 'z';
	for (;;) {
		struct dmn_book *book = dmn_resolve(c->source_arena, &c->diag, model);
		if (book->decisions.count == 0) {
			report_file(c, file, MESSAGE_DMN_NOTHING, (struct phrase){ "", "" });
			return NULL;
		}
		if (book->changed > 0)
			report_labels(c, file, book->changed);
		*name = arena_printf(c->source_arena, "%s.rulebook.md", book->name.id);
		const char *text = dmn_write(book, chinese, size);
		text = formatted(c, *name, text, size);
		const struct finding *fault = fault_of(c, *name, text, *size);
		if (!fault)
			return text;
		struct dmn_node *node = node_at(book, text, fault);
		if (!node) {
			report_file(c, file, MESSAGE_DMN_UNREADABLE, fault_phrase(c, fault));
			return NULL;
		}
		node->fault = fault_phrase(c, fault);
		c->diag = before;
	}
}

static enum exit_status import_dmn(struct compiler *c, const struct streams *to)
{
	uint32_t file;
	size_t size;
	if (!read_input(c, c->opt->inputs[1], &file))
		return io_failed(c, to);
	struct dmn_model *model = dmn_read(c->source_arena, &c->diag, file, &c->document);
	if (!model)
		return command_findings(c, to);
	const char *name, *text = rulebook_of(c, model, file, &name, &size);
	enum exit_status status = command_findings(c, to);
	if (!text)
		return status;
	enum exit_status wrote = write_book(c, to, name, text, size);
	return wrote > status ? wrote : status;
}

/* ---- csv ---- */

struct csv_files {
	struct compiler *c;
	uint32_t file; /* the table's */
};

/* The table's own name gives the file that was read; others are companions of the rulebook. */
static const char *load_csv(void *context, const char *name, uint32_t *file, size_t *size)
{
	struct csv_files *files = context;
	if (strcmp(name, CSV_TABLE_NAME) != 0)
		return load_companion(files->c, name, file, size);
	*file = files->file;
	*size = files->c->sources.items[files->file].size;
	return files->c->sources.items[files->file].text;
}

/* As the parser reads the heading; what it finds on the way is found again. */
static bool has_then(struct compiler *c, const struct csv_loader *loader)
{
	const char *head = csv_table_declaration(c->source_arena, "imported", NULL);
	uint32_t file = sources_add(c->source_arena, &c->sources, CSV_TABLE_NAME ".rulebook.md", head, strlen(head));
	struct diag aside = { .arena = c->source_arena, .sources = &c->sources };
	return csv_table_has_then(csv_table_of(parse_book(c->source_arena, &aside, &file, 1, loader)));
}

static const struct decision *decision_wanted(const struct compiler *c)
{
	const struct model *m = c->model;
	for (size_t i = 0; c->opt->decision && i < m->decision_count; i++)
		if (strcmp(m->decisions[i].name.id, c->opt->decision) == 0 ||
		    strcmp(m->decisions[i].name.label, c->opt->decision) == 0)
			return &m->decisions[i];
	return !c->opt->decision && m->decision_count == 1 ? &m->decisions[0] : NULL;
}

/* Only what is said of the table's file: the rulebook's own findings are for check. */
static void keep_findings_of(struct compiler *c, uint32_t file)
{
	struct diag *diag = &c->diag;
	size_t kept = 0;
	diag->errors = diag->warnings = diag->notes = 0;
	for (size_t i = 0; i < diag->findings.count; i++) {
		struct finding *f = diag->findings.items[i];
		if (f->place_count == 0 || f->places[0].span.file != file)
			continue;
		diag->findings.items[kept++] = f;
		diag->errors += f->severity == SEVERITY_ERROR;
		diag->warnings += f->severity == SEVERITY_WARNING;
		diag->notes += f->severity == SEVERITY_NOTE;
	}
	diag->findings.count = kept;
}

/* Reads the rulebook against which cells are checked; false: *status says how it ended. */
static bool load_rulebook(struct compiler *c, const struct streams *to, const struct decision **decision,
			  enum exit_status *status)
{
	static const struct usage_error wanted = { "--decision", "应指明规则书中的一个判定",
						   "a decision of the rulebook is to be named" };
	if (!compiler_load(c, c->opt->rulebook)) {
		*status = io_failed(c, to);
		return false;
	}
	if (!compile_parse(c) || !compile_resolve(c)) {
		*status = command_findings(c, to);
		return false;
	}
	*decision = decision_wanted(c);
	if (!*decision) {
		write_usage_error(to->err, &wanted, c->opt->language);
		*status = EXIT_USAGE;
		return false;
	}
	return true;
}

static enum exit_status write_table(struct compiler *c, const struct streams *to, const struct ast_pipe_table *table)
{
	size_t size;
	const char *text = csv_table_document(c->source_arena, table, &size);
	text = formatted(c, CSV_TABLE_NAME, text, &size);
	text = strstr(text, "\n|") + 1;
	size = strlen(text);
	if (!c->opt->output)
		write_bytes(to->out, text, size);
	else if (!io_write_file(c->io, c->source_arena, c->opt->output, text, size, &c->io_error))
		return io_failed(c, to);
	return EXIT_CLEAN;
}

static enum exit_status import_csv(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	struct csv_files files = { .c = c };
	const struct csv_loader loader = { load_csv, &files };
	const struct decision *decision = NULL;
	if (!read_input(c, c->opt->inputs[1], &files.file))
		return io_failed(c, to);
	if (c->opt->rulebook && !load_rulebook(c, to, &decision, &status))
		return status;
	const char *outcome = decision && !has_then(c, &loader) ? decision->outcomes[0].name.id : NULL;
	const char *head = csv_table_declaration(c->source_arena, decision ? decision->name.id : "imported", outcome);
	compiler_add_text(c, CSV_TABLE_NAME ".rulebook.md", head, strlen(head));
	const struct ast_book *book = parse_book(c->source_arena, &c->diag, c->files, c->file_count, &loader);
	if (decision && !diag_failed(&c->diag))
		(void)resolve_book(c->model_arena, &c->diag, book, &loader, NULL);
	keep_findings_of(c, files.file);
	const struct ast_pipe_table *table = csv_table_of(book);
	if (table)
		csv_table_check(&c->diag, table);
	else
		diag_add(&c->diag, FINDING_SYNTAX, (struct span){ files.file, 0, 0 }, MESSAGE_IMPORT_CSV_EMPTY);
	status = command_findings(c, to);
	if (diag_failed(&c->diag))
		return status;
	enum exit_status wrote = write_table(c, to, table);
	return wrote > status ? wrote : status;
}

enum exit_status command_import(struct compiler *c, const struct streams *to)
{
	return strcmp(c->opt->inputs[0], "dmn") == 0 ? import_dmn(c, to) : import_csv(c, to);
}
