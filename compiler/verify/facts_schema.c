/* NAME.facts.schema.json against the XML: the same facts in the same order, with the same kinds, bounds and members. */
#include "verify/verifying.h"

#include <string.h>

static bool is_text(const json_t *value, const char *text)
{
	return json_is_string(value) && strcmp(json_string_value(value), text) == 0;
}

static bool has_type(const json_t *schema, const char *type)
{
	const json_t *types = json_object_get(schema, "type");
	return json_array_size(types) == 2 && is_text(json_array_get(types, 0), type) &&
	       is_text(json_array_get(types, 1), "null");
}

/* Ids in order, then labels; null at the end where the fact itself may be unknown. */
static bool has_members(const json_t *names, const struct book_fact *fact, bool null_too)
{
	size_t count = json_array_size(names), at = fact->members.count;
	if (count < at + null_too)
		return false;
	for (size_t i = 0; i < at; i++) {
		if (!is_text(json_array_get(names, i), fact->members.items[i].id))
			return false;
	}
	for (size_t i = 0; i < fact->members.count; i++) {
		const struct book_name *member = &fact->members.items[i];
		if (member->label && strcmp(member->label, member->id) != 0 &&
		    !is_text(json_array_get(names, at++), member->label))
			return false;
	}
	return count == at + null_too && (!null_too || json_is_null(json_array_get(names, at)));
}

static bool has_bounds(const json_t *schema, const struct book_fact *fact)
{
	const json_t *low = json_object_get(schema, "minimum"), *high = json_object_get(schema, "maximum");
	return json_is_integer(low) && json_is_integer(high) && json_integer_value(low) == fact->low &&
	       json_integer_value(high) == fact->high;
}

static bool takes_fact(const json_t *schema, const struct book_fact *fact)
{
	switch (fact->kind) {
	case BOOK_BOOLEAN: return has_type(schema, "boolean");
	case BOOK_INTEGER: return has_type(schema, "integer") && has_bounds(schema, fact);
	case BOOK_DATE: return has_type(schema, "string") && is_text(json_object_get(schema, "format"), "date");
	case BOOK_ENUMERATION: return has_members(json_object_get(schema, "enum"), fact, true);
	case BOOK_SET:
		return has_type(schema, "array") && json_is_true(json_object_get(schema, "uniqueItems")) &&
		       has_members(json_object_get(json_object_get(schema, "items"), "enum"), fact, false);
	}
	return false;
}

static const char *first_difference(json_t *root, const struct book *book)
{
	json_t *properties = json_object_get(root, "properties");
	void *at = json_object_iter(properties);
	if (!is_text(json_object_get(root, "type"), "object") ||
	    !json_is_false(json_object_get(root, "additionalProperties")))
		return "";
	for (size_t i = 0; i < book->facts.count; i++) {
		const struct book_fact *fact = &book->facts.items[i];
		if (!at || strcmp(json_object_iter_key(at), fact->name.id) != 0 ||
		    !takes_fact(json_object_iter_value(at), fact))
			return fact->name.id;
		at = json_object_iter_next(properties, at);
	}
	return at ? "" : NULL;
}

void check_facts_schema(struct verifying *v, const struct loaded *schema, const struct book *book)
{
	json_error_t error;
	v->json = json_loadb(schema->bytes, schema->size, JSON_REJECT_DUPLICATES, &error);
	const char *fact = json_is_object(v->json) ? first_difference(v->json, book) : "";
	json_decref(v->json);
	v->json = NULL;
	if (fact)
		refuse(v, MESSAGE_VERIFY_SCHEMA, schema->listed->name,
		       arena_printf(v->arena, "%s.xml", v->manifest.rulebook), fact);
}
