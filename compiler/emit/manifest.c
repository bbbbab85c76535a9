/* manifest.json: writing it, and reading what an earlier build wrote. */
#include "emit/manifest.h"

#include "guiju.h"
#include "support/digest.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* The runtime counts releases in the high half of its version and changes before release 1.0 in the low one. */
enum { VERSION_SIZE = 16 };
static void table_version(char text[VERSION_SIZE])
{
	uint32_t version = guiju_format_version();
	(void)snprintf(text, VERSION_SIZE, "%u.%u", version >> 16 & 0xffffu, version & 0xffffu);
}

/* ---- writing ---- */

static void write_member(struct writer *w, const char *key, const char *text)
{
	write_fmt(w, "\"%s\": ", key);
	write_json_string(w, text ? text : "");
}

/* A picture's bytes depend on Graphviz and the font, so the manifest holds what it shows, not how it looks. */
static void write_file(struct writer *w, struct arena *arena, const struct emitted_file *file)
{
	write_str(w, "\n  {");
	write_member(w, "name", file->path);
	if (file->drawing) {
		write_fmt(w, ", \"drawing\": \"sha256:%s\"}", digest_hex(arena, file->drawing, file->drawing_size));
		return;
	}
	write_fmt(w, ", \"size\": %zu, \"sha256\": \"%s\"}", file->size, digest_hex(arena, file->bytes, file->size));
}

void manifest_write(struct writer *w, const struct artifacts *a, const emitted_files *files)
{
	const struct model *m = a->model;
	char table[VERSION_SIZE];
	table_version(table);
	write_str(w, "{\n \"manifest\": \"" FORMAT_MANIFEST "\",\n \"xml\": \"" FORMAT_XML
		     "\",\n \"facts_schema\": \"" FORMAT_FACTS_SCHEMA "\",\n ");
	write_fmt(w, "\"table\": \"%s\",\n ", table);
	write_member(w, "rulebook", m->name.id);
	write_str(w, ",\n ");
	write_member(w, "edition", m->edition.id);
	write_str(w, ",\n ");
	write_member(w, "digest", m->digest);
	write_str(w, ",\n \"files\": [");
	for (size_t i = 0; i < files->count; i++) {
		write_str(w, i > 0 ? "," : "");
		write_file(w, a->arena, &files->items[i]);
	}
	write_str(w, "\n ]\n}\n");
}

/* ---- reading ---- */

/* What is taken from the JSON is copied with arena_try_alloc, so that the tree can be released when memory ends. */
struct reading {
	struct arena *arena;
	bool strict, no_memory;
	const char *why;
};

static bool refuse(struct reading *r, const char *why)
{
	if (!r->why)
		r->why = why;
	return false;
}

static bool copy(struct reading *r, const json_t *text, const char **out, const char *why)
{
	if (!json_is_string(text))
		return refuse(r, why);
	size_t size = json_string_length(text);
	char *bytes = arena_try_alloc(r->arena, size + 1);
	r->no_memory = !bytes;
	if (!bytes)
		return false;
	memcpy(bytes, json_string_value(text), size);
	*out = bytes;
	return true;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       c == '.';
}

bool manifest_name_is_safe(const char *name)
{
	size_t slashes = 0;
	for (const char *at = name; *at; at++) {
		bool opens_part = at == name || at[-1] == '/';
		if (*at == '/' ? opens_part || ++slashes > 1 : !is_name_byte(*at) || (opens_part && *at == '.'))
			return false;
	}
	size_t size = strlen(name);
	return size > 0 && name[size - 1] != '/';
}

static bool is_hex_digest(const char *text)
{
	return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static bool read_picture(struct reading *r, json_t *entry, struct manifest_file *file)
{
	static const char why[] = "files: drawing";
	const char *text;
	if (!copy(r, json_object_get(entry, "drawing"), &text, why))
		return false;
	if (strncmp(text, "sha256:", 7) != 0 || !is_hex_digest(text + 7) || json_object_size(entry) != 2)
		return refuse(r, why);
	file->picture = true;
	file->sha256 = text + 7;
	return true;
}

static bool read_file(struct reading *r, json_t *entry, struct manifest_file *file)
{
	if (!copy(r, json_object_get(entry, "name"), &file->name, "files: name"))
		return false;
	if (!manifest_name_is_safe(file->name) || strcmp(file->name, MANIFEST_NAME) == 0)
		return refuse(r, "files: name");
	if (!r->strict)
		return true;
	if (json_object_get(entry, "drawing"))
		return read_picture(r, entry, file);
	const json_t *size = json_object_get(entry, "size");
	if (!json_is_integer(size) || json_integer_value(size) < 0 || json_object_size(entry) != 3)
		return refuse(r, "files: size");
	file->size = json_integer_value(size);
	if (!copy(r, json_object_get(entry, "sha256"), &file->sha256, "files: sha256"))
		return false;
	return is_hex_digest(file->sha256) || refuse(r, "files: sha256");
}

static bool read_files(struct reading *r, const json_t *files, struct manifest *manifest)
{
	if (!json_is_array(files))
		return refuse(r, "files");
	manifest->files = arena_try_alloc(r->arena, (json_array_size(files) + 1) * sizeof *manifest->files);
	r->no_memory = !manifest->files;
	if (!manifest->files)
		return false;
	for (size_t i = 0; i < json_array_size(files); i++) {
		struct manifest_file *file = &manifest->files[i];
		if (!read_file(r, json_array_get(files, i), file))
			return false;
		if (r->strict && manifest_lists(manifest, file->name))
			return refuse(r, "files: name");
		manifest->count++;
	}
	return true;
}

static bool has_version(const json_t *root, const char *key, const char *version)
{
	const char *text = json_string_value(json_object_get(root, key));
	return text && strcmp(text, version) == 0;
}

static bool read_head(struct reading *r, const json_t *root, struct manifest *manifest)
{
	if (!has_version(root, "manifest", FORMAT_MANIFEST))
		return refuse(r, "manifest " FORMAT_MANIFEST);
	char table[VERSION_SIZE];
	table_version(table);
	if (!has_version(root, "xml", FORMAT_XML) || !has_version(root, "facts_schema", FORMAT_FACTS_SCHEMA))
		return refuse(r, "xml " FORMAT_XML ", facts_schema " FORMAT_FACTS_SCHEMA);
	if (!has_version(root, "table", table))
		return refuse(r, "table");
	if (json_object_size(root) != 8)
		return refuse(r, "{ }");
	return copy(r, json_object_get(root, "rulebook"), &manifest->rulebook, "rulebook") &&
	       copy(r, json_object_get(root, "edition"), &manifest->edition, "edition") &&
	       copy(r, json_object_get(root, "digest"), &manifest->digest, "digest");
}

bool manifest_read(struct arena *arena, const char *bytes, size_t size, bool strict, struct manifest *manifest,
		   const char **why)
{
	struct reading r = { .arena = arena, .strict = strict };
	*manifest = (struct manifest){ 0 };
	json_error_t error;
	json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
	bool good = json_is_object(root) || refuse(&r, "JSON");
	good = good && (!strict || read_head(&r, root, manifest)) &&
	       read_files(&r, json_object_get(root, "files"), manifest);
	json_decref(root);
	if (r.no_memory)
		arena_out_of_memory(arena);
	*why = r.why;
	return good;
}

bool manifest_lists(const struct manifest *manifest, const char *name)
{
	for (size_t i = 0; i < manifest->count; i++) {
		if (strcmp(manifest->files[i].name, name) == 0)
			return true;
	}
	return false;
}
