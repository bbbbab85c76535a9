/* `guiju verify`: a folder of artifacts against its manifest and against itself.
 *
 * note [what is held]
 * libxml2's reader is a library object. Verifying works in an arena of its own, whose end of memory comes back to
 * verify_guarded(), which releases the reader before it passes the news on. */
#include "verify/verify.h"

#include "diag/status.h"
#include "emit/xml_validate.h"
#include "support/digest.h"
#include "verify/verifying.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

void refuse_with(struct verifying *v, enum message message, const char *const *words, const struct phrase *last)
{
	struct refusal refusal = { .message = message };
	if (v->v->refusals.count >= LIMIT_REFUSALS)
		return;
	size_t count = 0;
	for (; count < DIAG_ARGS && words[count]; count++)
		refusal.args[count].zh = words[count];
	if (last && count < DIAG_ARGS)
		refusal.args[count] = *last;
	vec_push(v->arena, &v->v->refusals, refusal);
}

/* ---- the folder ---- */

static const char *path_of(struct verifying *v, const char *name)
{
	return arena_printf(v->arena, "%s/%s", v->dir, name);
}

static const char *number_text(struct verifying *v, int64_t n)
{
	return arena_printf(v->arena, "%" PRId64, n);
}

static const char *read_named(struct verifying *v, const char *name, size_t limit, size_t *size)
{
	struct io_error error = { 0 };
	const char *bytes = io_read_file(v->io, v->arena, path_of(v, name), limit, size, &error);
	if (!bytes && (error.error == ENOENT || error.error == EISDIR))
		refuse(v, MESSAGE_VERIFY_MISSING, name);
	else if (!bytes && v->v->io.error == 0)
		v->v->io = error;
	return bytes;
}

static bool read_manifest(struct verifying *v)
{
	size_t size;
	const char *why;
	if (!io_list_folder(v->io, v->arena, v->dir, &v->v->io))
		return false; /* no folder is no refusal */
	const char *bytes = read_named(v, MANIFEST_NAME, LIMIT_MANIFEST, &size);
	if (!bytes)
		return false;
	if (!manifest_read(v->arena, bytes, size, true, &v->manifest, &why)) {
		refuse(v, MESSAGE_VERIFY_MANIFEST, MANIFEST_NAME, why);
		return false;
	}
	return true;
}

static bool is_folder_of_files(const struct verifying *v, const char *folder)
{
	size_t size = strlen(folder);
	for (size_t i = 0; i < v->manifest.count; i++) {
		const char *name = v->manifest.files[i].name;
		if (strncmp(name, folder, size) == 0 && name[size] == '/')
			return true;
	}
	return false;
}

/* Everything below `folder` (NULL: the whole) stands in the manifest. */
static bool find_extra(struct verifying *v, const char *folder)
{
	const char *path = folder ? path_of(v, folder) : v->dir;
	const char **names = io_list_folder(v->io, v->arena, path, &v->v->io);
	if (!names)
		return false;
	for (; *names; names++) {
		const char *name = folder ? arena_printf(v->arena, "%s/%s", folder, *names) : *names;
		if (strcmp(name, MANIFEST_NAME) == 0 || manifest_lists(&v->manifest, name))
			continue;
		if (folder || !is_folder_of_files(v, name))
			refuse(v, MESSAGE_VERIFY_EXTRA, name);
		else if (!find_extra(v, name))
			return false;
	}
	return true;
}

static void check_hash(struct verifying *v, const struct loaded *file)
{
	const struct manifest_file *listed = file->listed;
	if (listed->picture)
		return;
	if (listed->size != (int64_t)file->size)
		refuse(v, MESSAGE_VERIFY_SIZE, listed->name, number_text(v, (int64_t)file->size),
		       number_text(v, listed->size));
	else if (strcmp(digest_hex(v->arena, file->bytes, file->size), listed->sha256) != 0)
		refuse(v, MESSAGE_VERIFY_HASH, listed->name);
}

static bool load_files(struct verifying *v)
{
	v->files = arena_new_array(v->arena, struct loaded, v->manifest.count + 1);
	for (size_t i = 0; i < v->manifest.count; i++) {
		struct loaded *file = &v->files[i];
		file->listed = &v->manifest.files[i];
		file->bytes = read_named(v, file->listed->name, LIMIT_ARTIFACT, &file->size);
		if (file->bytes)
			check_hash(v, file);
		else if (v->v->io.error != 0)
			return false;
		v->v->files += file->bytes != NULL;
	}
	return true;
}

const struct loaded *need_file(struct verifying *v, const char *name, const char *suffix)
{
	const char *wanted = suffix ? arena_printf(v->arena, "%s%s", v->manifest.rulebook, suffix) : name;
	for (size_t i = 0; i < v->manifest.count; i++) {
		if (strcmp(v->files[i].listed->name, wanted) == 0)
			return v->files[i].bytes && !v->files[i].listed->picture ? &v->files[i] : NULL;
	}
	refuse(v, MESSAGE_VERIFY_MISSING, wanted);
	return NULL;
}

/* ---- one artifact at a time ---- */

static void check_static(struct verifying *v, const char *name, const unsigned char *bytes, size_t size)
{
	const struct loaded *file = need_file(v, name, NULL);
	if (file && (file->size != size || memcmp(file->bytes, bytes, size) != 0))
		refuse(v, MESSAGE_VERIFY_OTHER_FORM, name);
}

static const struct guiju_table *open_table(struct verifying *v, const struct loaded *file)
{
	const struct guiju_table *table;
	if (!file)
		return NULL;
	enum guiju_status status = guiju_table_open(file->bytes, file->size, &table);
	if (status == GUIJU_OK)
		return table;
	struct phrase why = status_phrase(status);
	refuse_for(v, MESSAGE_VERIFY_TABLE, why, file->listed->name);
	return NULL;
}

static bool refuse_book(struct verifying *v, const struct loaded *file, const struct book_fault *fault)
{
	static const enum message messages[] = {
		[FAULT_UNKNOWN] = MESSAGE_VERIFY_XML_UNKNOWN, [FAULT_TWICE] = MESSAGE_VERIFY_XML_TWICE,
		[FAULT_NUMBER] = MESSAGE_VERIFY_XML_NUMBER,   [FAULT_SHAPE] = MESSAGE_VERIFY_XML_SHAPE,
		[FAULT_MANY] = MESSAGE_VERIFY_XML_MANY,	      [FAULT_CIRCLE] = MESSAGE_VERIFY_XML_CIRCLE,
	};
	refuse(v, messages[fault->kind], file->listed->name, fault->name, number_text(v, fault->line));
	return false;
}

static bool open_book(struct verifying *v, const struct loaded *file, struct book *book)
{
	char why[XML_WHY_SIZE];
	struct book_fault fault;
	if (!file)
		return false;
	if (!xml_is_valid(file->bytes, file->size, why)) {
		refuse(v, MESSAGE_VERIFY_XML, file->listed->name, arena_strdup(v->arena, why));
		return false;
	}
	if (!book_read(v->arena, file->bytes, file->size, &v->reader, book, &fault) || !book_resolve(book, &fault))
		return refuse_book(v, file, &fault);
	return true;
}

static void check_head(struct verifying *v, const struct loaded *xml, const struct book *book)
{
	const char *const heads[][3] = {
		{ "rulebook", v->manifest.rulebook, book->name.id },
		{ "edition", v->manifest.edition, book->edition.id },
		{ "digest", v->manifest.digest, book->digest },
	};
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(heads[i][1], heads[i][2]) != 0)
			refuse(v, MESSAGE_VERIFY_DIFFERS, MANIFEST_NAME, xml->listed->name, heads[i][0], heads[i][2],
			       heads[i][1]);
	}
}

static void check_folder(struct verifying *v)
{
	if (!read_manifest(v) || !find_extra(v, NULL) || !load_files(v))
		return;
	struct book book;
	const struct loaded *xml = need_file(v, NULL, ".xml"), *table = need_file(v, NULL, ".table");
	(void)need_file(v, NULL, ".certificate"); /* what it says is verify_proved's to ask */
	check_static(v, XSD_NAME, rulebook_xsd, rulebook_xsd_size);
	check_static(v, XSL_NAME, rulebook_xsl, rulebook_xsl_size);
	check_pictures(v);
	const struct guiju_table *opened = open_table(v, table);
	if (!open_book(v, xml, &book))
		return;
	check_head(v, xml, &book);
	if (!opened || !check_same_things(v, &book, xml->listed->name, opened, table->listed->name))
		return;
	check_same_answers(v, &book, xml->listed->name, opened, table->listed->name);
	if (v->v->refusals.count == 0)
		check_derived(v, &book, xml, table);
}

static void check_proof(struct verifying *v, const char *programs)
{
	size_t refused = v->v->refusals.count;
	if (!read_manifest(v) || !load_files(v))
		return;
	const struct loaded *xml = need_file(v, NULL, ".xml"), *table = need_file(v, NULL, ".table");
	const struct loaded *certificate = need_file(v, NULL, ".certificate");
	if (xml && table && certificate && v->v->refusals.count == refused)
		check_certificate(v, programs, xml, table, certificate);
}

/* ---- what the rulebook makes ---- */

size_t first_different_line(const char *one, size_t one_size, const char *other, size_t other_size)
{
	size_t line = 1;
	for (size_t i = 0; i < one_size && i < other_size && one[i] == other[i]; i++)
		line += one[i] == '\n';
	return line;
}

static void check_remade(struct verifying *v, const emitted_files *made)
{
	for (size_t i = 0; i < made->count && v->v->io.error == 0; i++) {
		const struct emitted_file *file = &made->items[i];
		size_t size;
		const char *bytes = read_named(v, file->path, LIMIT_ARTIFACT, &size);
		if (!bytes || file->drawing || (size == file->size && memcmp(bytes, file->bytes, size) == 0))
			continue;
		size_t line = first_different_line(bytes, size, file->bytes, file->size);
		refuse(v, MESSAGE_VERIFY_REMADE, file->path, number_text(v, (int64_t)line));
	}
}

/* ---- the whole ---- */

/* Texts that the caller keeps leave the arena of the work. False: memory ended. */
static bool keep_text(struct arena *arena, const char **text)
{
	size_t size = *text ? strlen(*text) + 1 : 0;
	char *copy = size > 0 ? arena_try_alloc(arena, size) : NULL;
	if (copy)
		memcpy(copy, *text, size);
	bool kept = copy || size == 0;
	*text = copy;
	return kept;
}

static bool keep_refusals(struct arena *arena, struct verification *v)
{
	struct refusal *kept = arena_try_alloc(arena, (v->refusals.count + 1) * sizeof *kept);
	if (!kept || !keep_text(arena, &v->io.path))
		return false;
	for (size_t i = 0; i < v->refusals.count; i++) {
		kept[i] = v->refusals.items[i];
		for (size_t k = 0; k < DIAG_ARGS; k++) {
			if (!keep_text(arena, &kept[i].args[k].zh) || !keep_text(arena, &kept[i].args[k].en))
				return false;
		}
	}
	v->refusals.items = kept;
	v->refusals.capacity = v->refusals.count;
	return true;
}

static void release(struct verifying *v)
{
	if (v->reader)
		xmlFreeTextReader(v->reader);
	arena_free(v->arena);
}

struct question { /* one of the three */
	bool folder, proof;
	const char *programs;
	const emitted_files *made;
};

/* See note [what is held]. */
static bool verify_guarded(const struct io_ops *io, struct arena *arena, const char *dir, const struct question *ask,
			   struct verification *result)
{
	struct out_of_memory ends;
	struct verifying *v = arena_new_of(arena, struct verifying);
	if (ask->folder)
		*result = (struct verification){ 0 };
	result->refusals.count = ask->proof ? result->refusals.count : 0;
	result->refusals.capacity = result->refusals.count;
	result->io = (struct io_error){ 0 };
	size_t files = result->files;
	*v = (struct verifying){ .io = io, .dir = dir, .v = result, .arena = arena_new(&ends) };
	if (!v->arena)
		arena_out_of_memory(arena);
	if (setjmp(ends.back) != 0) {
		release(v);
		arena_out_of_memory(arena);
	}
	if (ask->made)
		check_remade(v, ask->made);
	else if (ask->proof)
		check_proof(v, ask->programs);
	else
		check_folder(v);
	result->files = ask->folder ? result->files : files;
	bool kept = keep_refusals(arena, result);
	release(v);
	if (!kept)
		arena_out_of_memory(arena);
	return result->refusals.count == 0 && result->io.error == 0;
}

bool verify_folder(const struct io_ops *io, struct arena *arena, const char *dir, struct verification *v)
{
	return verify_guarded(io, arena, dir, &(struct question){ .folder = true }, v);
}

bool verify_made(const struct io_ops *io, struct arena *arena, const char *dir, const emitted_files *files,
		 struct verification *v)
{
	return verify_guarded(io, arena, dir, &(struct question){ .made = files }, v);
}

bool verify_proved(const struct io_ops *io, struct arena *arena, const char *dir, const char *programs,
		   struct verification *v)
{
	return verify_guarded(io, arena, dir, &(struct question){ .proof = true, .programs = programs }, v);
}
