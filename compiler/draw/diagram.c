/* The forest: one table of nodes in which equal nodes are one, and a cache of what was computed. */
#include "draw/diagram.h"

#include "support/vec.h"

#include <assert.h>
#include <string.h>

#define CONSTANT   UINT32_MAX /* the variable of a constant: after all others */
#define CACHE_SIZE ((size_t)1 << 16)
#define STEP_LIMIT ((uint64_t)20000000)

enum operation { OP_OR_VALUES = 1, OP_AND_VALUES, OP_BUT_NOT, OP_SCALE, OP_IS, OP_WHERE, OP_JOIN, OP_EXISTS, OP_PART };

struct node {
	uint32_t variable;
	uint32_t first; /* of its children; of a constant: index of its value */
};

struct cached {
	uint64_t key; /* operation and first operand */
	uint32_t other, result;
};

struct forest {
	struct arena *arena;
	const uint32_t *parts;
	const uint64_t *bits;
	size_t limit;
	uint64_t steps; /* of apply: a second or two at most */
	bool exhausted;
	VEC(struct node) nodes;
	VEC(function) children;
	VEC(uint64_t) values;
	VEC(function) stack; /* children of nodes being made */
	uint32_t *table;     /* node numbers + 1, open addressing */
	size_t table_size;
	struct cached *cache;
	VEC(uint64_t) supports, sums; /* per node: variables below it, bits of values below it */
};

/* ---- nodes ---- */

static uint64_t mix(uint64_t h, uint64_t value)
{
	h ^= value + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
	return h * 0xff51afd7ed558ccdu;
}

static uint64_t hash_children(uint32_t variable, const function *children, uint32_t count)
{
	uint64_t h = mix(0, variable);
	for (uint32_t i = 0; i < count; i++)
		h = mix(h, children[i]);
	return h ^ (h >> 29);
}

static uint64_t hash_node(const struct forest *f, const struct node *n)
{
	if (n->variable == CONSTANT) {
		uint64_t h = mix(CONSTANT, f->values.items[n->first]);
		return h ^ (h >> 29);
	}
	return hash_children(n->variable, f->children.items + n->first, f->parts[n->variable]);
}

static void grow_table(struct forest *f)
{
	size_t size = f->table_size ? f->table_size * 2 : 1024;
	f->table = arena_new_array(f->arena, uint32_t, size);
	f->table_size = size;
	for (size_t i = 0; i < f->nodes.count; i++) {
		size_t at = hash_node(f, &f->nodes.items[i]) & (size - 1);
		while (f->table[at])
			at = (at + 1) & (size - 1);
		f->table[at] = (uint32_t)i + 1;
	}
}

static function add_node(struct forest *f, size_t at, uint32_t variable, uint32_t first)
{
	struct node n = { variable, first };
	function number = (function)f->nodes.count;
	vec_push(f->arena, &f->nodes, n);
	f->table[at] = number + 1;
	if (f->nodes.count * 2 > f->table_size)
		grow_table(f);
	return number;
}

function function_constant(struct forest *f, uint64_t value)
{
	uint64_t h = mix(CONSTANT, value);
	size_t at = (h ^ (h >> 29)) & (f->table_size - 1);
	for (; f->table[at]; at = (at + 1) & (f->table_size - 1)) {
		const struct node *n = &f->nodes.items[f->table[at] - 1];
		if (n->variable == CONSTANT && f->values.items[n->first] == value)
			return f->table[at] - 1;
	}
	uint32_t first = (uint32_t)f->values.count;
	vec_push(f->arena, &f->values, value);
	return add_node(f, at, CONSTANT, first);
}

/* The node of the variable with the children on top of the stack, which it takes off. */
static function make_node(struct forest *f, uint32_t variable)
{
	uint32_t count = f->parts[variable];
	const function *children = f->stack.items + f->stack.count - count;
	f->stack.count -= count;
	bool same = true;
	for (uint32_t i = 1; i < count && same; i++)
		same = children[i] == children[0];
	if (same)
		return children[0];
	size_t at = hash_children(variable, children, count) & (f->table_size - 1);
	for (; f->table[at]; at = (at + 1) & (f->table_size - 1)) {
		const struct node *n = &f->nodes.items[f->table[at] - 1];
		if (n->variable == variable &&
		    memcmp(f->children.items + n->first, children, count * sizeof *children) == 0)
			return f->table[at] - 1;
	}
	if (f->children.count + count > f->limit) {
		f->exhausted = true;
		return ALWAYS_FALSE;
	}
	uint32_t first = (uint32_t)f->children.count;
	for (uint32_t i = 0; i < count; i++)
		vec_push(f->arena, &f->children, f->stack.items[f->stack.count + i]);
	return add_node(f, at, variable, first);
}

struct forest *forest_new(struct arena *arena, const uint32_t *parts, const uint64_t *bits, size_t limit)
{
	struct forest *f = arena_new_of(arena, struct forest);
	f->arena = arena;
	f->parts = parts;
	f->bits = bits;
	f->limit = limit;
	f->cache = arena_new_array(arena, struct cached, CACHE_SIZE);
	grow_table(f);
	function no = function_constant(f, 0), yes = function_constant(f, 1), never = function_constant(f, NO_CASE);
	assert(no == ALWAYS_FALSE && yes == ALWAYS_TRUE && never == NEVER_A_CASE);
	(void)no, (void)yes, (void)never;
	return f;
}

bool forest_exhausted(const struct forest *f)
{
	return f->exhausted;
}

function function_in(struct forest *f, uint32_t variable, const unsigned char *chosen)
{
	for (uint32_t i = 0; i < f->parts[variable]; i++) {
		function child = chosen[i] ? ALWAYS_TRUE : ALWAYS_FALSE;
		vec_push(f->arena, &f->stack, child);
	}
	return make_node(f, variable);
}

bool function_is_constant(const struct forest *f, function a)
{
	return f->nodes.items[a].variable == CONSTANT;
}

uint64_t function_value(const struct forest *f, function a)
{
	return f->values.items[f->nodes.items[a].first];
}

/* ---- operations ---- */

/* What the operation gives without looking at children; NOT_JOINED - 1: it must look. */
#define MUST_LOOK (UINT32_MAX - 1)

static function join_ends(const struct forest *f, function a, function b)
{
	if (a == b || b == NEVER_A_CASE)
		return a;
	if (a == NEVER_A_CASE)
		return b;
	return function_is_constant(f, a) && function_is_constant(f, b) ? NOT_JOINED : MUST_LOOK;
}

static function ends(struct forest *f, enum operation op, function a, function b)
{
	bool both = function_is_constant(f, a) && function_is_constant(f, b);
	uint64_t x = function_is_constant(f, a) ? function_value(f, a) : 0;
	uint64_t y = function_is_constant(f, b) ? function_value(f, b) : 0;
	switch (op) {
	case OP_OR_VALUES:
		if (a == ALWAYS_FALSE || a == b)
			return b;
		return b == ALWAYS_FALSE ? a : both ? function_constant(f, x | y) : MUST_LOOK;
	case OP_AND_VALUES:
		if (a == ALWAYS_FALSE || b == ALWAYS_FALSE)
			return ALWAYS_FALSE;
		return a == b ? a : both ? function_constant(f, x & y) : MUST_LOOK;
	case OP_BUT_NOT:
		if (a == ALWAYS_FALSE || a == b)
			return ALWAYS_FALSE;
		return b == ALWAYS_FALSE ? a : both ? function_constant(f, x & ~y) : MUST_LOOK;
	case OP_SCALE: /* b: the constant of the value */
		return function_is_constant(f, a) ? (x ? b : ALWAYS_FALSE) : MUST_LOOK;
	case OP_IS: return function_is_constant(f, a) ? (x == y ? ALWAYS_TRUE : ALWAYS_FALSE) : MUST_LOOK;
	case OP_WHERE: return function_is_constant(f, a) ? (x ? b : NEVER_A_CASE) : MUST_LOOK;
	case OP_JOIN: return join_ends(f, a, b);
	default: return function_is_constant(f, a) ? a : MUST_LOOK;
	}
}

static function child_of(const struct forest *f, function a, uint32_t variable, uint32_t part)
{
	const struct node *n = &f->nodes.items[a];
	return n->variable == variable ? f->children.items[n->first + part] : a;
}

static struct cached *cache_slot(struct forest *f, uint64_t key, uint32_t other)
{
	uint64_t h = mix(key, other);
	return &f->cache[(h ^ (h >> 31)) & (CACHE_SIZE - 1)];
}

static function apply(struct forest *f, enum operation op, function a, function b)
{
	function result = ends(f, op, a, b);
	if (result != MUST_LOOK)
		return result;
	f->exhausted = f->exhausted || ++f->steps > STEP_LIMIT;
	if (f->exhausted)
		return ALWAYS_FALSE;
	uint64_t key = (uint64_t)op << 32 | a;
	struct cached *slot = cache_slot(f, key, b);
	if (slot->key == key && slot->other == b)
		return slot->result;
	uint32_t va = f->nodes.items[a].variable, vb = f->nodes.items[b].variable;
	uint32_t variable = va < vb ? va : vb;
	size_t base = f->stack.count;
	for (uint32_t i = 0; i < f->parts[variable]; i++) {
		function child = apply(f, op, child_of(f, a, variable, i), child_of(f, b, variable, i));
		if (child == NOT_JOINED) {
			f->stack.count = base;
			return NOT_JOINED;
		}
		vec_push(f->arena, &f->stack, child);
	}
	result = make_node(f, variable);
	slot = cache_slot(f, key, b);
	*slot = (struct cached){ key, b, result };
	return result;
}

function function_or(struct forest *f, function a, function b)
{
	return a < b ? apply(f, OP_OR_VALUES, a, b) : apply(f, OP_OR_VALUES, b, a);
}

function function_and(struct forest *f, function a, function b)
{
	return a < b ? apply(f, OP_AND_VALUES, a, b) : apply(f, OP_AND_VALUES, b, a);
}

function function_but_not(struct forest *f, function a, function b)
{
	return apply(f, OP_BUT_NOT, a, b);
}

function function_scale(struct forest *f, function condition, uint64_t value)
{
	return apply(f, OP_SCALE, condition, function_constant(f, value));
}

function function_is(struct forest *f, function a, uint64_t value)
{
	return apply(f, OP_IS, a, function_constant(f, value));
}

function function_where(struct forest *f, function cases, function a)
{
	return apply(f, OP_WHERE, cases, a);
}

function function_join(struct forest *f, function a, function b)
{
	return apply(f, OP_JOIN, a, b);
}

/* ---- one variable given, or done away with ---- */

static function without(struct forest *f, enum operation op, function a, uint32_t variable, uint32_t part)
{
	uint32_t at = f->nodes.items[a].variable;
	if (at == CONSTANT || at > variable || f->exhausted)
		return a;
	uint64_t key = (uint64_t)op << 32 | a | (uint64_t)part << 40;
	struct cached *slot = cache_slot(f, key, variable);
	if (slot->key == key && slot->other == variable)
		return slot->result;
	function result = ALWAYS_FALSE;
	if (at == variable && op == OP_PART) {
		result = child_of(f, a, variable, part);
	} else if (at == variable) {
		for (uint32_t i = 0; i < f->parts[at]; i++)
			result = function_or(f, result, child_of(f, a, at, i));
	} else {
		for (uint32_t i = 0; i < f->parts[at]; i++) {
			function child = without(f, op, child_of(f, a, at, i), variable, part);
			vec_push(f->arena, &f->stack, child);
		}
		result = make_node(f, at);
	}
	*cache_slot(f, key, variable) = (struct cached){ key, variable, result };
	return result;
}

function function_exists(struct forest *f, function a, uint32_t variable)
{
	return without(f, OP_EXISTS, a, variable, 0);
}

function function_part(struct forest *f, function a, uint32_t variable, uint32_t part)
{
	return without(f, OP_PART, a, variable, part);
}

/* ---- what a function rests on ---- */

/* Children are made before their parents, so one pass in order of number settles all that are new. */
static void settle(struct forest *f)
{
	for (size_t i = f->supports.count; i < f->nodes.count; i++) {
		const struct node *n = &f->nodes.items[i];
		uint64_t support = 0, values = 0;
		if (n->variable == CONSTANT) {
			values = i == NEVER_A_CASE ? 0 : f->values.items[n->first];
		} else {
			support = f->bits[n->variable];
			for (uint32_t k = 0; k < f->parts[n->variable]; k++) {
				support |= f->supports.items[f->children.items[n->first + k]];
				values |= f->sums.items[f->children.items[n->first + k]];
			}
		}
		vec_push(f->arena, &f->supports, support);
		vec_push(f->arena, &f->sums, values);
	}
}

uint64_t function_support(struct forest *f, function a)
{
	settle(f);
	return f->supports.items[a];
}

uint64_t function_bits(struct forest *f, function a)
{
	settle(f);
	return f->sums.items[a];
}
