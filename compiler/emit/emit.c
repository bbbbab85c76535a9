/* The list of artifacts, and their making in memory: a new artifact is one file emit_NAME.c and one line here. */
#include "emit/emit.h"

#include "emit/manifest.h"

#include <string.h>

extern const struct emitter emit_c, emit_header, emit_binary, emit_xml, emit_xsd, emit_xsl, emit_schema,
	emit_certificate, emit_bpmn, emit_scxml;

const struct emitter *const emitters[] = {
	&emit_c, &emit_header, &emit_binary, &emit_xml, &emit_xsd, &emit_xsl, &emit_schema, &emit_certificate,
	&emit_bpmn, &emit_scxml, NULL,
};

static const char *file_name(const struct artifacts *a, const struct emitter *emitter, const struct procedure *p)
{
	if (emitter->file)
		return emitter->file;
	if (p)
		return arena_printf(a->arena, "%s.%s%s", a->model->name.id, p->name.id, emitter->suffix);
	return arena_printf(a->arena, "%s%s", a->model->name.id, emitter->suffix);
}

/* p: the procedure of which it is made, or NULL. */
static bool make(const struct artifacts *a, const struct emitter *emitter, const struct procedure *p,
		 emitted_files *files, struct emit_error *error)
{
	struct writer w;
	const char *why = "";
	writer_init(&w, a->arena);
	struct emitted_file file = { .path = file_name(a, emitter, p) };
	if (p ? !emitter->emit_procedure(a, p, &w, &why) : !emitter->emit(a, &w, &why)) {
		*error = (struct emit_error){ .message = MESSAGE_EMIT_INVALID };
		error->args[0].zh = file.path;
		error->args[1].zh = why;
		return false;
	}
	file.bytes = writer_text(&w);
	file.size = w.size;
	vec_push(a->arena, files, file);
	return true;
}

static bool make_all(const struct artifacts *a, const struct emitter *emitter, emitted_files *files, struct emit_error *error)
{
	if (!emitter->emit_procedure)
		return make(a, emitter, NULL, files, error);
	for (size_t i = 0; i < a->model->procedure_count; i++) {
		if (!make(a, emitter, &a->model->procedures[i], files, error))
			return false;
	}
	return true;
}

bool emit_derived(const struct artifacts *a, emitted_files *files, struct emit_error *error)
{
	*files = (emitted_files){ 0 };
	for (const struct emitter *const *emitter = emitters; *emitter; emitter++) {
		if ((*emitter)->derived && !make_all(a, *emitter, files, error))
			return false;
	}
	return true;
}

/* The drawing list stands beside its pictures, graphs/ID.list beside graphs/ID.svg, for whoever compares them. */
static void add_picture(struct arena *arena, emitted_files *listed, const struct emitted_file *picture)
{
	const char *dot = strrchr(picture->path, '.');
	int stem = dot ? (int)(dot - picture->path) : (int)strlen(picture->path);
	const char *path = arena_printf(arena, "%.*s.list", stem, picture->path);
	bool is_there = false;
	for (size_t i = 0; i < listed->count; i++)
		is_there = is_there || strcmp(listed->items[i].path, path) == 0;
	if (picture->drawing && !is_there) {
		struct emitted_file list = { .path = path, .bytes = picture->drawing, .size = picture->drawing_size };
		vec_push(arena, listed, list);
	}
	vec_push(arena, listed, *picture);
}

bool emit_make(const struct artifacts *a, const struct emitted_file *pictures, size_t picture_count,
	       emitted_files *files, struct emit_error *error)
{
	emitted_files listed = { 0 };
	if (!a->model->name.id || a->model->name.id[0] == '\0') {
		*error = (struct emit_error){ .message = MESSAGE_EMIT_NO_NAME };
		return false;
	}
	for (const struct emitter *const *emitter = emitters; *emitter; emitter++) {
		if (!make_all(a, *emitter, &listed, error))
			return false;
	}
	for (size_t i = 0; i < picture_count; i++)
		add_picture(a->arena, &listed, &pictures[i]);
	struct writer w;
	writer_init(&w, a->arena);
	manifest_write(&w, a, &listed);
	struct emitted_file manifest = { .path = MANIFEST_NAME, .bytes = writer_text(&w), .size = w.size };
	*files = (emitted_files){ 0 };
	vec_push(a->arena, files, manifest);
	for (size_t i = 0; i < listed.count; i++)
		vec_push(a->arena, files, listed.items[i]);
	return true;
}

bool emit_all(const struct io_ops *io, const struct artifacts *a, const struct emitted_file *pictures,
	      size_t picture_count, const char *dir, struct emit_error *error)
{
	emitted_files files;
	return emit_make(a, pictures, picture_count, &files, error) && emit_write(io, a->arena, &files, dir, error);
}
