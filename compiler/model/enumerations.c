/* Members: of 枚举 as a declaration of its own, and of facts, inline, by 见 NAME, and 加 further ones.
 *
 * A two-level enumeration lists its groups inline and its members in a table (column 上级), or the members of a group
 * inside it. Members of a group stand together, in the order of the groups; members without one come last. */
#include "model/resolve.h"

#include <string.h>

struct leaf { /* a member as written, and its group */
	const struct ast_member *ast;
	uint32_t group;
};

struct level { /* what is being put together */
	VEC(struct leaf) leaves;
	VEC(const struct ast_member *) groups;
	struct scope groups_scope;
};

static void find_groups(struct resolver *r, const struct ast_decl *decl, struct level *level)
{
	size_t rows = decl->table ? decl->table->rows.count : 0;
	size_t written = decl->members.count > rows ? decl->members.count - rows : 0;
	scope_init(r, &level->groups_scope);
	for (size_t i = 0; i < written; i++) {
		const struct ast_member *m = &decl->members.items[i];
		bool group = m->members.count || (decl->two_level && rows && !m->parent.text);
		if (!group)
			continue;
		scope_add(r, &level->groups_scope, THING_MEMBER, &m->name, (uint32_t)level->groups.count, true);
		vec_push(r->arena, &level->groups, m);
	}
}

static void add_leaf(struct resolver *r, struct level *level, const struct ast_member *ast, uint32_t group)
{
	struct leaf leaf = { ast, group };
	vec_push(r->arena, &level->leaves, leaf);
}

static void find_leaves(struct resolver *r, const struct ast_decl *decl, struct level *level)
{
	size_t group = 0;
	for (size_t i = 0; i < decl->members.count; i++) {
		const struct ast_member *m = &decl->members.items[i];
		if (group < level->groups.count && level->groups.items[group] == m) {
			for (size_t k = 0; k < m->members.count; k++)
				add_leaf(r, level, (const struct ast_member *)m->members.items + k, (uint32_t)group);
			group++;
			continue;
		}
		uint32_t parent = NONE;
		if (m->parent.text && *m->parent.text)
			parent = scope_look_up(r, &level->groups_scope, THING_MEMBER, &m->parent);
		add_leaf(r, level, m, parent);
	}
}

/* ---- one member ---- */

static void copy_texts(struct resolver *r, const struct ast_decl *decl, const struct ast_member *ast, struct member *m)
{
	size_t at = 0;
	m->texts = arena_new_array(r->arena, struct text_value, ast->texts.count + 1);
	for (size_t c = 0; decl->table && c < decl->table->column_count && at < ast->texts.count; c++) {
		if (decl->table->columns[c].kind != AST_COLUMN_TEXT)
			continue;
		const char *text = ast->texts.items[at++].text;
		m->texts[m->text_count++] = (struct text_value){ decl->table->columns[c].name.text, text ? text : "" };
	}
}

static const char *standard_of(struct resolver *r, const struct ast_word *word)
{
	if (!word->text || !*word->text)
		return NULL;
	uint32_t found = scope_look_up(r, &r->standards, THING_STANDARD, word);
	return found == NONE ? word->text : r->model->standards.items[found].name.id;
}

static void make_member(struct resolver *r, const struct ast_decl *decl, const struct leaf *leaf, struct member *m)
{
	m->name = name_of(r, &leaf->ast->name);
	m->span = name_span(&leaf->ast->name, decl->span);
	m->group = leaf->group;
	attributes_resolve(r, &leaf->ast->attributes, &m->attributes);
	m->clause = leaf->ast->clause.text;
	m->standard = standard_of(r, &leaf->ast->standard);
	copy_texts(r, decl, leaf->ast, m);
}

/* ---- all of them ---- */

static void make_members(struct resolver *r, const struct ast_decl *decl, const struct level *level,
			 struct enumeration *out)
{
	size_t first_group = out->group_count;
	for (size_t g = 0; g <= level->groups.count; g++) {
		bool loose = g == level->groups.count;
		uint32_t start = (uint32_t)out->member_count;
		for (size_t i = 0; i < level->leaves.count; i++) {
			const struct leaf *leaf = &level->leaves.items[i];
			if (leaf->group != (loose ? NONE : g))
				continue;
			struct member *m = &out->members[out->member_count];
			make_member(r, decl, leaf, m);
			if (!loose)
				m->group += (uint32_t)first_group;
			scope_add(r, &out->scope, THING_MEMBER, &leaf->ast->name, (uint32_t)out->member_count++, true);
		}
		if (loose)
			break;
		const struct ast_member *ast = level->groups.items[g];
		struct group *group = &out->groups[out->group_count];
		*group = (struct group){ .name = name_of(r, &ast->name),
					 .span = name_span(&ast->name, decl->span),
					 .first = start,
					 .count = (uint32_t)out->member_count - start };
		scope_add(r, &out->scope, THING_MEMBER, &ast->name, GROUP_BIT + (uint32_t)out->group_count++, false);
	}
}

static void grow_members(struct resolver *r, struct enumeration *out, size_t members, size_t groups)
{
	struct member *all = arena_new_array(r->arena, struct member, out->member_count + members + 1);
	struct group *all_groups = arena_new_array(r->arena, struct group, out->group_count + groups + 1);
	if (out->member_count)
		memcpy(all, out->members, out->member_count * sizeof *all);
	if (out->group_count)
		memcpy(all_groups, out->groups, out->group_count * sizeof *all_groups);
	out->members = all;
	out->groups = all_groups;
}

static void add_members(struct resolver *r, const struct ast_decl *decl, const char *by, struct enumeration *out)
{
	struct level level = { 0 };
	find_groups(r, decl, &level);
	find_leaves(r, decl, &level);
	if (out->member_count + level.leaves.count > LIMIT_MEMBERS) {
		report_limit(r, name_span(&decl->name, decl->keyword), "枚举的取值", "members of an enumeration",
			     LIMIT_MEMBERS, by);
		out->broken = true;
		return;
	}
	grow_members(r, out, level.leaves.count, level.groups.count);
	make_members(r, decl, &level, out);
}

void enumerations_resolve(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_ENUMERATION)
		count++;
	r->enumeration_list = arena_new_array(r->arena, struct enumeration, count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct ast_decl *decl = r->decls.items[i].decl;
		if (decl->kind != AST_ENUMERATION)
			continue;
		r->order = (uint32_t)i;
		uint32_t index = (uint32_t)r->enumeration_count++;
		struct enumeration *e = &r->enumeration_list[index];
		struct attributes attributes;
		e->decl = decl;
		e->broken = decl->broken;
		scope_init(r, &e->scope);
		scope_add(r, &r->enumerations, THING_ENUMERATION, &decl->name, index, true);
		attributes_resolve(r, &decl->attributes, &attributes);
		for (size_t c = 0; decl->table && c < decl->table->column_count; c++)
			column_fits(r, &decl->table->columns[c], HEADING_MEMBERS);
		add_members(r, decl, name_of(r, &decl->name).id, e);
	}
}

/* ---- members of facts ---- */

/* A fact's own scope, since 加 gives it members that the enumeration does not have. */
static void copy_scope(struct resolver *r, const struct scope *from, struct scope *to)
{
	scope_init(r, to);
	for (size_t i = 0; i < from->words.count; i++) {
		vec_push(r->arena, &to->words, from->words.items[i]);
		map_put(to->map, from->words.items[i].text, (int64_t)i);
	}
}

static void take_enumeration(struct resolver *r, struct fact *fact, const struct ast_decl *decl,
			     struct enumeration *out)
{
	uint32_t index = scope_look_up(r, &r->enumerations, THING_ENUMERATION, &decl->see);
	if (index == NONE) {
		out->broken = true;
		return;
	}
	struct enumeration *e = &r->enumeration_list[index];
	e->used = true;
	fact->enumeration = name_of(r, &e->decl->name).id;
	out->members = e->members;
	out->member_count = e->member_count;
	out->groups = e->groups;
	out->group_count = e->group_count;
	out->broken = e->broken;
	copy_scope(r, &e->scope, &out->scope);
}

void members_declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl)
{
	struct enumeration own = { 0 };
	uint32_t index = fact_index(r, fact);
	scope_init(r, &own.scope);
	if (decl->see.text)
		take_enumeration(r, fact, decl, &own);
	add_members(r, decl, fact->name.id, &own);
	fact->members = own.members;
	fact->member_count = own.member_count;
	fact->groups = own.groups;
	fact->group_count = own.group_count;
	r->members[index] = own.scope;
	if (own.broken)
		r->fact_broken[index] = true;
	if (!fact->member_count && !own.broken) {
		report(r, FINDING_TYPE, fact->span, MESSAGE_NO_MEMBERS, fact->name.id, NULL);
		r->fact_broken[index] = true;
	}
}

/* "`sector` has no value `x`": an unknown value is outside the fact's domain. */
static void report_member(struct resolver *r, const struct fact *fact, const struct ast_word *word, uint32_t found)
{
	const struct scope *scope = &r->members[fact_index(r, fact)];
	if (found == AMBIGUOUS) {
		report_ambiguous(r, THING_MEMBER, word);
		return;
	}
	struct finding *f =
		report(r, FINDING_UNDEFINED, word->span, MESSAGE_UNDEFINED_MEMBER, word->text, fact->name.id);
	diag_arg2(r->diag, f, 2, fact->name.label, fact->name.english);
	suggest(r, f, &scope, 1, word);
}

uint32_t member_look_up(struct resolver *r, const struct fact *fact, const struct ast_word *word, uint32_t *count)
{
	uint32_t index = fact_index(r, fact);
	*count = 1;
	if (!word->text)
		return NONE;
	uint32_t found = scope_find(&r->members[index], word->text);
	if (found == NONE || found == AMBIGUOUS) {
		if (!r->fact_broken[index])
			report_member(r, fact, word, found);
		return NONE;
	}
	if (found < GROUP_BIT)
		return found;
	const struct group *group = &fact->groups[found - GROUP_BIT];
	*count = group->count;
	return group->first;
}
