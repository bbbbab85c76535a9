/* Parts of both editions, matched by kind and id. */
#include "diff/procedures.h"

#include "support/intern.h"
#include "support/vec.h"
#include "support/writer.h"

#include <string.h>

bool diff_part_is_added(const struct diff_part *part)
{
	return !part->name[0];
}

bool diff_part_is_removed(const struct diff_part *part)
{
	return !part->name[1];
}

static const struct {
	const char *id;
	struct phrase words;
} kinds[PART_KINDS] = {
	[PART_COUNTING] = { "counting", { "约定", "convention" } },
	[PART_CALENDAR] = { "calendar", { "日历", "calendar" } },
	[PART_ROLE] = { "role", { "角色", "role" } },
	[PART_PROCEDURE] = { "procedure", { "程序", "procedure" } },
	[PART_STATE] = { "state", { "状态", "state" } },
	[PART_EVENT] = { "event", { "事件", "event" } },
	[PART_STEP] = { "step", { "步骤", "step" } },
	[PART_DUTY] = { "duty", { "职责", "duty" } },
	[PART_VALIDITY] = { "validity", { "有效期", "validity" } },
	[PART_PROPERTY] = { "property", { "断言", "property" } },
};

const char *diff_part_kind_id(enum part_kind kind)
{
	return kinds[kind].id;
}

struct phrase diff_part_kind_words(enum part_kind kind)
{
	return kinds[kind].words;
}

enum diff_verdict diff_procedure_verdict(const struct diff_procedure *p)
{
	bool differs = !p->of[0] || !p->of[1] || p->part_count > 0, decided = true;
	for (size_t i = 0; i < p->move_count; i++) {
		differs |= p->moves[i].decision.verdict == DIFF_DIFFERS;
		decided &= p->moves[i].decision.verdict != DIFF_NOT_DECIDED;
	}
	return !decided ? DIFF_NOT_DECIDED : differs ? DIFF_DIFFERS : DIFF_EQUAL;
}

/* ---- aspects ---- */

static const struct aspect *aspect_of(const struct part *part, const char *id)
{
	for (size_t i = 0; part && i < part->aspects.count; i++)
		if (strcmp(part->aspects.items[i].id, id) == 0)
			return &part->aspects.items[i];
	return NULL;
}

static bool has_item(const char *list, const char *item, size_t size)
{
	for (const char *at = list; at; at = strstr(at, ", ")) {
		at += at > list ? 2 : 0;
		if (strncmp(at, item, size) == 0 && (!at[size] || at[size] == ','))
			return true;
	}
	return false;
}

/* The items that the other list lacks. */
static const char *items_apart(struct arena *arena, const char *list, const char *other)
{
	struct writer w;
	writer_init(&w, arena);
	while (*list) {
		size_t size = strcspn(list, ",");
		if (!has_item(other, list, size))
			write_fmt(&w, "%s%.*s", w.size ? ", " : "", (int)size, list);
		list += size;
		list += *list ? 2 : 0;
	}
	return writer_text(&w);
}

static void add_aspect(struct arena *arena, struct diff_part *part, const struct aspect *old, const struct aspect *new_)
{
	const struct aspect *any = new_ ? new_ : old;
	struct diff_aspect *out = &part->aspects[part->aspect_count++];
	*out = (struct diff_aspect){ .id = any->id, .name = any->name };
	const struct aspect *const both[] = { old, new_ };
	for (int e = 0; e < 2; e++) {
		if (!both[e])
			continue;
		out->value[e] = both[e]->value;
		out->words[e] = both[e]->words;
		if (any->by_item && both[!e]) {
			out->value[e] = items_apart(arena, both[e]->value, both[!e]->value);
			out->words[e] = (struct phrase){ out->value[e], out->value[e] };
		}
	}
}

static void compare_aspects(struct arena *arena, const struct part *old, const struct part *new_, struct diff_part *out)
{
	size_t most = (old ? old->aspects.count : 0) + (new_ ? new_->aspects.count : 0);
	out->aspects = arena_new_array(arena, struct diff_aspect, most + 1);
	for (size_t i = 0; new_ && i < new_->aspects.count; i++) {
		const struct aspect *is = &new_->aspects.items[i], *was = aspect_of(old, is->id);
		if (!was || strcmp(was->value, is->value) != 0)
			add_aspect(arena, out, was, is);
	}
	for (size_t i = 0; old && i < old->aspects.count; i++)
		if (!aspect_of(new_, old->aspects.items[i].id))
			add_aspect(arena, out, &old->aspects.items[i], NULL);
}

/* ---- parts ---- */

typedef VEC(struct diff_part) part_list;

/* One of the two may be NULL. An event that comes or goes with its own step is told with that. */
static void compare_part(struct arena *arena, const struct part *old, const struct part *new_, part_list *out)
{
	const struct part *any = new_ ? new_ : old;
	const void *const of[] = { old ? old->of : NULL, new_ ? new_->of : NULL };
	struct diff_part part = { .kind = any->kind, .id = any->name->id };
	part.name[0] = old ? old->name : NULL;
	part.name[1] = new_ ? new_->name : NULL;
	part.cites[0] = old ? old->cites : NULL;
	part.cites[1] = new_ ? new_->cites : NULL;
	compare_aspects(arena, old, new_, &part);
	if (part.aspect_count == 0 && ((old && new_) || any->kind == PART_EVENT))
		return;
	part.effect = part_effect(arena, &part, of);
	vec_push(arena, out, part);
}

static const char *key_of(struct arena *arena, const struct part *part)
{
	return arena_printf(arena, "%s %s", kinds[part->kind].id, part->name->id);
}

static void compare_parts(struct arena *arena, const struct parts *old, const struct parts *new_, part_list *out)
{
	struct map *was = map_new_in(arena), *is = map_new_in(arena);
	for (size_t i = 0; i < old->count; i++)
		map_put(was, key_of(arena, &old->items[i]), (int64_t)i);
	for (size_t i = 0; i < new_->count; i++) {
		const char *key = key_of(arena, &new_->items[i]);
		int64_t at = map_get(was, key);
		map_put(is, key, (int64_t)i);
		compare_part(arena, at < 0 ? NULL : &old->items[at], &new_->items[i], out);
	}
	for (size_t i = 0; i < old->count; i++)
		if (map_get(is, key_of(arena, &old->items[i])) < 0)
			compare_part(arena, &old->items[i], NULL, out);
}

static void compare_procedure(struct arena *arena, const struct model *const models[2], struct diff_procedure *p)
{
	struct parts parts[2] = { 0 };
	part_list out = { 0 };
	for (int e = 0; e < 2; e++)
		if (p->of[e])
			parts_of_procedure(arena, models[e], p->of[e], &parts[e]);
	compare_parts(arena, &parts[0], &parts[1], &out);
	p->parts = out.items;
	p->part_count = out.count;
}

static void compare_rulebooks(struct arena *arena, const struct model *const models[2], struct diff_procedures *all)
{
	struct parts parts[2] = { 0 };
	part_list out = { 0 };
	for (int e = 0; e < 2; e++)
		parts_of_model(arena, models[e], &parts[e]);
	compare_parts(arena, &parts[0], &parts[1], &out);
	all->parts = out.items;
	all->part_count = out.count;
}

uint32_t procedure_of_id(const struct model *m, const char *id)
{
	for (uint32_t i = 0; i < m->procedure_count; i++)
		if (strcmp(m->procedures[i].name.id, id) == 0)
			return i;
	return NONE;
}

struct diff_procedures *procedures_difference_in(struct arena *arena, const struct model *old, const struct model *new_)
{
	const struct model *const models[] = { old, new_ };
	struct diff_procedures *all = arena_new_of(arena, struct diff_procedures);
	all->items = arena_new_array(arena, struct diff_procedure, old->procedure_count + new_->procedure_count + 1);
	all->of_tables = !old->sources && !new_->sources;
	compare_rulebooks(arena, models, all);
	for (size_t i = 0; i < new_->procedure_count; i++) {
		uint32_t at = procedure_of_id(old, new_->procedures[i].name.id);
		all->items[all->count].of[0] = at == NONE ? NULL : &old->procedures[at];
		all->items[all->count++].of[1] = &new_->procedures[i];
	}
	for (size_t i = 0; i < old->procedure_count; i++)
		if (procedure_of_id(new_, old->procedures[i].name.id) == NONE)
			all->items[all->count++].of[0] = &old->procedures[i];
	for (size_t i = 0; i < all->count; i++)
		compare_procedure(arena, models, &all->items[i]);
	return all;
}
