/* NAME.facts.schema.json: the JSON Schema (2020-12) of one record that `guiju decide` takes. Every fact may be absent
 * or null, which is unknown; names that begin with `_` are copied to the answer; members go by id or label. */
#include "emit/emit.h"

#include <inttypes.h>
#include <string.h>

static void write_key(struct writer *w, const char *key, const char *text)
{
	if (!text)
		return;
	write_fmt(w, ", \"%s\": ", key);
	write_json_string(w, text);
}

static void write_titles(struct writer *w, const struct name *name)
{
	write_key(w, "title", name->has_label ? name->label : NULL);
	write_key(w, "description", name->has_english ? name->english : NULL);
}

/* Ids first, then the labels that are no id: JSON Schema wants the values of an enum to differ. */
static void write_member_names(struct writer *w, const struct fact *fact, bool null_too)
{
	write_str(w, "[");
	for (size_t i = 0; i < fact->member_count; i++) {
		write_str(w, i > 0 ? ", " : "");
		write_json_string(w, fact->members[i].name.id);
	}
	for (size_t i = 0; i < fact->member_count; i++) {
		const struct name *name = &fact->members[i].name;
		if (!name->has_label || strcmp(name->label, name->id) == 0)
			continue;
		write_str(w, ", ");
		write_json_string(w, name->label);
	}
	write_str(w, null_too ? ", null]" : "]");
}

static void write_type(struct writer *w, const struct fact *fact)
{
	switch (fact->kind) {
	case FACT_BOOLEAN: write_str(w, "\"type\": [\"boolean\", \"null\"]"); break;
	case FACT_INTEGER:
		write_fmt(w, "\"type\": [\"integer\", \"null\"], \"minimum\": %" PRId64 ", \"maximum\": %" PRId64,
			  fact->low, fact->high);
		break;
	case FACT_DATE:
		write_str(w, "\"type\": [\"string\", \"null\"], \"format\": \"date\", "
			     "\"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"");
		break;
	case FACT_ENUMERATION:
		write_str(w, "\"enum\": ");
		write_member_names(w, fact, true);
		break;
	case FACT_SET:
		write_str(w, "\"type\": [\"array\", \"null\"], \"uniqueItems\": true, \"items\": {\"enum\": ");
		write_member_names(w, fact, false);
		write_str(w, "}");
		break;
	}
}

static bool emit(const struct artifacts *a, struct writer *w, const char **error)
{
	(void)error;
	const struct model *m = a->model;
	write_str(w,
		  "{\n \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n \"$id\": \"urn:guiju:facts:");
	write_str(w, FORMAT_FACTS_SCHEMA ":");
	write_str(w, m->name.id);
	write_str(w, "\"");
	write_titles(w, &m->name);
	write_str(w, ",\n \"type\": \"object\",\n \"properties\": {");
	for (size_t i = 0; i < m->fact_count; i++) {
		const struct fact *fact = &m->facts[i];
		write_str(w, i > 0 ? ",\n  " : "\n  ");
		write_json_string(w, fact->name.id);
		write_str(w, ": {");
		write_type(w, fact);
		write_titles(w, &fact->name);
		write_str(w, "}");
	}
	write_str(w, "\n },\n \"patternProperties\": {\"^_\": true},\n \"additionalProperties\": false\n}\n");
	return true;
}

const struct emitter emit_schema = { .name = "facts-schema", .suffix = ".facts.schema.json", .emit = emit, .derived = true };
