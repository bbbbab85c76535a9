/* 枚举: one of its members; a group of a two-level enumeration stands for its leaves in conditions. */
#include "model/resolve.h"

static void declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl)
{
	members_declare(r, fact, decl);
	fact->low = 0;
	fact->high = fact->member_count ? (int64_t)fact->member_count - 1 : 0;
}

static bool read(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out, uint32_t *count)
{
	if (v->kind != AST_VALUE_WORD) {
		value_type_error(r, v->span, fact);
		return false;
	}
	uint32_t member = member_look_up(r, fact, &v->word, count);
	*out = member;
	return member != NONE;
}

static bool value(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out)
{
	uint32_t count = 1;
	if (!read(r, fact, v, out, &count))
		return false;
	if (scope_find(&r->members[fact_index(r, fact)], v->word.text) < GROUP_BIT)
		return true;
	report(r, FINDING_TYPE, v->span, MESSAGE_GROUP_IS_NO_VALUE, v->word.text, fact->name.id);
	return false;
}

static struct cond *test(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	if (is_value_test(ast->test))
		return test_of_values(r, fact, ast, read);
	cond_type_error(r, ast, fact);
	return NULL;
}

/* ---- in words ---- */

static void json(struct writer *w, const struct fact *fact, int64_t value_)
{
	write_json_string(w, fact->members[value_].name.id);
}

static struct phrase words(struct arena *arena, const struct fact *fact, int64_t value_)
{
	(void)arena;
	return member_phrase(&fact->members[value_]);
}

/* The members of some ranges, a group by its own name where all of it is there. */
static struct phrase list_members(struct arena *arena, const struct fact *fact, const struct ranges *ranges,
				  size_t *count)
{
	struct phrase *items = arena_new_array(arena, struct phrase, fact->member_count + 1);
	*count = 0;
	for (size_t i = 0; i < ranges->count; i++)
		for (int64_t m = ranges->items[i].low; m <= ranges->items[i].high; m++) {
			uint32_t group = fact->members[m].group;
			const struct group *g = group == NONE ? NULL : &fact->groups[group];
			if (g && g->count > 1 && m == g->first && m + g->count - 1 <= ranges->items[i].high) {
				items[(*count)++] = (struct phrase){ g->name.label, g->name.english };
				m += g->count - 1;
			} else {
				items[(*count)++] = member_phrase(&fact->members[m]);
			}
		}
	return phrase_list(arena, items, *count, "、", ", ");
}

/* What takes fewer names: the members, or those that are left out. */
struct shorter {
	struct phrase list;
	size_t count;
	bool left_out;
};

static struct shorter shorter_list(struct arena *arena, const struct fact *fact, const struct ranges *ranges)
{
	struct shorter in = { .left_out = false }, out = { .left_out = true };
	struct ranges rest = ranges_complement(arena, ranges, fact->low, fact->high);
	in.list = list_members(arena, fact, ranges, &in.count);
	out.list = list_members(arena, fact, &rest, &out.count);
	return in.count > 2 && out.count && out.count < in.count ? out : in;
}

static struct phrase ranges_words(struct arena *arena, const struct fact *fact, const struct ranges *ranges)
{
	struct phrase none = { "", "" };
	if (!ranges->count)
		return (struct phrase){ "没有取值", "no value" };
	if (is_whole_domain(fact, ranges))
		return (struct phrase){ "任何取值", "any value" };
	struct shorter shorter = shorter_list(arena, fact, ranges);
	return shorter.left_out ? phrase_printf(arena, "%s以外%s", "other than %s%s", shorter.list, none)
				: shorter.list;
}

static struct phrase statement(struct arena *arena, const struct fact *fact, uint32_t member,
			       const struct ranges *ranges)
{
	struct phrase name = { fact->name.label, fact->name.english };
	(void)member;
	if (!ranges->count || is_whole_domain(fact, ranges))
		return phrase_printf(arena, "%s为%s", "%s is %s", name, ranges_words(arena, fact, ranges));
	struct shorter s = shorter_list(arena, fact, ranges);
	if (s.left_out)
		return s.count == 1 ? phrase_printf(arena, "%s不为%s", "%s is not %s", name, s.list)
				    : phrase_printf(arena, "%s不属于 { %s }", "%s is none of { %s }", name, s.list);
	return s.count == 1 ? phrase_printf(arena, "%s为%s", "%s is %s", name, s.list)
			    : phrase_printf(arena, "%s属于 { %s }", "%s is one of { %s }", name, s.list);
}

const struct domain domain_enumeration = {
	.kind = FACT_ENUMERATION,
	.name = { "枚举", "enumeration" },
	.tests = { "为、不为、属于 { }、不属于 { }", "is, is_not, in { }, not_in { }" },
	.values = { "一个取值的名称", "the name of a member" },
	.declare = declare,
	.test = test,
	.value = value,
	.json = json,
	.words = words,
	.ranges_words = ranges_words,
	.statement = statement,
};
