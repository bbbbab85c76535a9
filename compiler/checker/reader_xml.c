/* guiju-plain-xml: prints the plain form (docs/CERTIFICATE.md) of the NAME.xml on standard input. Written from
 * docs/ARTIFACTS.md; shares no code with the compiler, the other reader or the checker.
 * Exit status: 0; 1 for what is no such document; 4 for one beyond a limit. */
#include <errno.h>
#include <inttypes.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_STEPS (UINT64_C(1) << 32)
enum { LIMIT_ITEMS = 1 << 21, LIMIT_BOXES = 1 << 16, LIMIT_DEPTH = 1 << 11, MEMORY = 1 << 20, SLOTS = 1 << 22 };
enum op { AND, OR, LESS };
enum { NEVER, ALWAYS, NONE = INT32_MAX };	/* diagrams without a node; no axis, no diagram */

struct node { uint32_t axis, first, count; };	/* a question about an axis, answered by edges */
struct edge { int64_t from, child; };		/* from this value on */
struct name { char kind; const struct name *owner; uint32_t place, value; const char *id; const xmlNode *element; };
struct axis { int64_t low, high; };
struct rank { uint32_t order, rung, next; bool ranks_defaults; };
struct rule { const struct name *decision, *outcome, *table; bool is_default; uint32_t when, ranks; const char *id; };
struct test { uint32_t axis; int64_t low, high; };

static uint64_t steps;
static struct node nodes[LIMIT_ITEMS];
static struct edge edges[LIMIT_ITEMS], pending[LIMIT_ITEMS];
static uint32_t slots[SLOTS], node_count = 2, edge_count, pending_count, box_count, depth;
static struct { uint32_t op, a, b, value; } memory[MEMORY]; /* combinations made, the last one in each place */
static struct name names[LIMIT_ITEMS]; /* facts f (place: first axis), members m, decisions d (place: axis), outcomes o, … */
static struct axis axes[LIMIT_ITEMS];
static struct rule rules[LIMIT_ITEMS], *own[LIMIT_ITEMS];
static struct rank ranks[LIMIT_ITEMS];
static uint32_t name_count, axis_count, rule_count, rank_count, order_count, same_until[LIMIT_ITEMS];
static struct test way[LIMIT_DEPTH];

static void need(bool holds, const char *why)
{
	if (holds && ++steps < LIMIT_STEPS)
		return;
	fprintf(stderr, "guiju-plain-xml: %s\n", holds ? "limit" : why);
	exit(holds || strcmp(why, "limit") == 0 ? 4 : 1);
}

/* ---- diagrams: one node for equal questions, so that equal conditions are the same number ---- */

/* The node with the pending edges from `first` on. */
static uint32_t node_with(uint32_t axis, uint32_t first)
{
	uint32_t count = 1;
	for (uint32_t i = first + 1; i < pending_count; i++) /* neighbours with one answer are one edge */
		if (pending[i].child != pending[first + count - 1].child)
			pending[first + count++] = pending[i];
	pending_count = first;
	if (count == 1)
		return (uint32_t)pending[first].child;
	uint64_t hash = axis;
	for (uint32_t i = 0; i < count; i++)
		hash = ((hash ^ (uint64_t)pending[first + i].from) * 0x9e3779b97f4a7c15 + (uint64_t)pending[first + i].child) ^ hash >> 29;
	uint32_t *slot = &slots[hash % SLOTS];
	for (; *slot != 0; slot = slot + 1 < slots + SLOTS ? slot + 1 : slots, steps++)
		if (nodes[*slot].axis == axis && nodes[*slot].count == count &&
		    memcmp(&edges[nodes[*slot].first], &pending[first], count * sizeof *edges) == 0)
			return *slot;
	need(node_count < LIMIT_ITEMS && edge_count + count < LIMIT_ITEMS, "limit");
	nodes[node_count] = (struct node){ axis, edge_count, count };
	memcpy(&edges[edge_count], &pending[first], count * sizeof *edges);
	edge_count += count;
	return *slot = node_count++;
}

static void push(int64_t from, uint32_t child)
{
	need(pending_count < LIMIT_ITEMS, "limit");
	pending[pending_count++] = (struct edge){ from, child };
}

static uint32_t combine(enum op op, uint32_t a, uint32_t b)
{
	if (op == AND ? a == NEVER || b == NEVER : op == LESS && (a == NEVER || b == ALWAYS || a == b))
		return NEVER;
	if (op == LESS ? b == NEVER : a == b || b == (op == AND ? ALWAYS : NEVER) || (op == OR && a == ALWAYS))
		return a;
	if (op != LESS && (a == (op == AND ? ALWAYS : NEVER) || b == ALWAYS))
		return b;
	uint32_t slot = ((a * 31 + b) * 0x9e3779b1 + op) % MEMORY, base = pending_count;
	if (memory[slot].op == op && memory[slot].a == a && memory[slot].b == b && memory[slot].value != 0)
		return memory[slot].value - 1;
	uint32_t x = a > ALWAYS ? nodes[a].axis : NONE, y = b > ALWAYS ? nodes[b].axis : NONE, axis = x < y ? x : y;
	const struct edge *i = &edges[nodes[a].first], *k = &edges[nodes[b].first];
	const struct edge *i_end = i + (x == axis ? nodes[a].count : 0), *k_end = k + (y == axis ? nodes[b].count : 0);
	for (int64_t from = axes[axis].low;; steps++) {
		push(from, combine(op, x == axis ? (uint32_t)i->child : a, y == axis ? (uint32_t)k->child : b));
		bool more_i = i + 1 < i_end, more_k = k + 1 < k_end;
		if (!more_i && !more_k)
			break;
		from = !more_k || (more_i && i[1].from < k[1].from) ? i[1].from : k[1].from;
		i += more_i && i[1].from == from;
		k += more_k && k[1].from == from;
	}
	uint32_t value = node_with(axis, base);
	memory[slot].op = op, memory[slot].a = a, memory[slot].b = b, memory[slot].value = value + 1;
	return value;
}

static uint32_t between(uint32_t axis, int64_t low, int64_t high)
{
	const struct axis *a = &axes[axis];
	uint32_t base = pending_count;
	if (low > high || low > a->high || high < a->low)
		return NEVER;
	if (low > a->low)
		push(a->low, NEVER);
	push(low > a->low ? low : a->low, ALWAYS);
	if (high < a->high)
		push(high + 1, NEVER);
	return node_with(axis, base);
}

/* ---- elements ---- */

/* The first of these siblings that is an element of this name (NULL: any but words); NULL: there is none. */
static const xmlNode *first_of(const xmlNode *e, const char *name)
{
	while (e && (e->type != XML_ELEMENT_NODE || (strcmp((const char *)e->name, name ? name : "words") == 0) == !name))
		e = e->next;
	return e;
}

static bool is(const xmlNode *e, const char *name)
{
	return strcmp((const char *)e->name, name) == 0;
}

/* NULL: there is none. What matters is visible ASCII. */
static const char *attribute(const xmlNode *e, const char *name)
{
	const xmlAttr *a = e->properties;
	while (a && strcmp((const char *)a->name, name) != 0)
		a = a->next;
	const char *value = a && a->children && !a->children->next ? (const char *)a->children->content : NULL;
	for (const char *at = value; at && *at; at++)
		need(*at > ' ' && *at < 127, "an attribute with other than visible ASCII characters");
	return value;
}

static const char *needed(const xmlNode *e, const char *name)
{
	const char *value = attribute(e, name);
	need(value && *value, "an attribute is missing");
	return value;
}

/* An integer, or a day as days since 1970-01-01. */
static int64_t number(const xmlNode *e, const char *name, bool date)
{
	const char *word = needed(e, name);
	char *end;
	errno = 0;
	int64_t n = strtoll(word, &end, 10);
	need(errno == 0 && (*word == '-' || (*word >= '0' && *word <= '9')) && *end == (date ? '-' : '\0'), "no number or day");
	if (!date)
		return n;
	int64_t month = strtoll(end + 1, &end, 10), day = *end == '-' ? strtoll(end + 1, &end, 10) : 0;
	need(*end == '\0' && strlen(word) == 10 && month >= 1 && month <= 12 && day >= 1 && day <= 31, "no day");
	int64_t y = month > 2 ? n : n - 1, of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return 365 * y + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

static struct name *declare(char kind, const struct name *owner, uint32_t place, const xmlNode *e)
{
	need(name_count < LIMIT_ITEMS, "limit");
	names[name_count] = (struct name){ kind, owner, place, NONE, needed(e, "id"), e };
	return &names[name_count++];
}

static struct name *find(char kind, const struct name *owner, const char *id)
{
	uint32_t i = 0;
	while (i < name_count && (names[i].kind != kind || names[i].owner != owner || strcmp(names[i].id, id) != 0))
		i++;
	need(i < name_count, "a name that nothing declares");
	return &names[i];
}

static void add_axis(int64_t low, int64_t high)
{
	need(axis_count < LIMIT_ITEMS && low <= high, "a fact without values, or a decision without outcomes");
	axes[axis_count++] = (struct axis){ low, high };
}

/* A fact with its members, or a decision with its outcomes. */
static void take_axes(const xmlNode *e, char kind, const char *child, char child_kind)
{
	const struct name *name = declare(kind, NULL, axis_count, e);
	uint32_t children = 0;
	const char of = kind == 'd' ? 'e' : *needed(e, "kind");
	for (const xmlNode *m = first_of(e->children, child); m; m = first_of(m->next, child)) {
		declare(child_kind, name, children++, m);
		if (of == 's')
			add_axis(0, 1);
	}
	if (of == 'e' || of == 'b')
		add_axis(0, of == 'b' ? 1 : (int64_t)children - 1);
	else if (of != 's')
		add_axis(number(e, "low", of == 'd'), number(e, "high", of == 'd'));
}

static uint32_t take_test(const xmlNode *e)
{
	const char *decision = attribute(e, "decision"), *member = attribute(e, "member");
	const struct name *of = decision ? find('d', NULL, decision) : find('f', NULL, needed(e, "fact"));
	const char kind = decision ? 'o' : *needed(of->element, "kind");
	uint32_t value = NEVER, axis = of->place + (member ? find('m', of, member)->place : 0);
	for (const xmlNode *v = first_of(e->children, NULL); v; v = first_of(v->next, NULL)) {
		bool range = is(v, "range");
		need(range == (kind == 'i' || kind == 'd') && (kind == 's') == (member != NULL), "a value of another kind");
		const char *word = range ? NULL : needed(v, "value");
		int64_t low = range ? number(v, "low", kind == 'd') : kind == 'o' ? find('o', of, word)->place :
			      kind == 'e' ? find('m', of, word)->place : *word == 't';
		value = combine(OR, value, between(axis, low, range ? number(v, "high", kind == 'd') : low));
	}
	return value;
}

/* A condition, or the conjunction of those within an element. */
static uint32_t take_condition(const xmlNode *e)
{
	need(++depth < LIMIT_DEPTH, "limit");
	bool any = is(e, "any"), use = is(e, "use");
	struct name *definition = use ? find('u', NULL, needed(e, "definition")) : NULL;
	uint32_t value = any || is(e, "false") ? NEVER : ALWAYS;
	if (is(e, "test"))
		value = take_test(e);
	else if (use && definition->value == NONE)
		definition->value = take_condition(first_of(definition->element->children, "when"));
	else
		for (const xmlNode *part = first_of(e->children, NULL); part; part = first_of(part->next, NULL))
			value = combine(any ? OR : AND, value, take_condition(part));
	depth--;
	return use ? definition->value : is(e, "not") ? combine(LESS, ALWAYS, value) : value;
}

static uint32_t condition_in(const xmlNode *e, const char *child, uint32_t otherwise)
{
	const xmlNode *part = first_of(e->children, child);
	return part ? take_condition(part) : otherwise;
}

static void take_rule(const xmlNode *e)
{
	struct rule *rule = &rules[rule_count];
	const char *table = attribute(e, "table");
	need(rule_count < LIMIT_ITEMS && number(e, "number", false) == rule_count++, "rules are not numbered");
	rule->decision = find('d', NULL, needed(e, "decision"));
	rule->outcome = find('o', rule->decision, needed(e, "outcome"));
	rule->table = table ? find('t', NULL, table) : NULL;
	rule->is_default = is(e, "default");
	rule->when = combine(LESS, condition_in(e, "when", ALWAYS), condition_in(e, "except", NEVER));
	rule->ranks = NONE;
	rule->id = needed(e, "id");
}

static void take_order(const xmlNode *e)
{
	uint32_t rung = 0;
	for (const xmlNode *r = first_of(e->children, "rung"); r; r = first_of(r->next, "rung"), rung++)
		for (const xmlNode *m = first_of(r->children, "member"); m; m = first_of(m->next, "member")) {
			int64_t rule = number(m, "number", false);
			need(rule >= 0 && rule < rule_count && rank_count < LIMIT_ITEMS, "a rank without a rule");
			ranks[rank_count] = (struct rank){ order_count, rung, rules[rule].ranks, attribute(e, "ranks_defaults") != NULL };
			rules[rule].ranks = rank_count++;
		}
	order_count++;
}

static void take_element(const xmlNode *e)
{
	if (is(e, "fact") || is(e, "decision"))
		take_axes(e, is(e, "fact") ? 'f' : 'd', is(e, "fact") ? "value" : "outcome", is(e, "fact") ? 'm' : 'o');
	else if (is(e, "table") || is(e, "definition") || is(e, "constraint"))
		(void)declare(is(e, "table") ? 't' : is(e, "definition") ? 'u' : 'c', NULL, 0, e);
	else if (is(e, "rule") || is(e, "row") || is(e, "default"))
		take_rule(e);
	else if (is(e, "order"))
		take_order(e);
}

/* ---- priorities; later orders come first in a rule's ranks ---- */

static bool is_over(const struct rule *a, const struct rule *b)
{
	bool over = false, ranked = false;
	for (uint32_t x = a->ranks, y = b->ranks; x != NONE && y != NONE;) {
		bool both = ranks[x].order == ranks[y].order, later = ranks[x].order > ranks[y].order;
		over = over || (both && ranks[x].rung < ranks[y].rung);
		ranked = ranked || (both && ranks[x].ranks_defaults);
		x = both || later ? ranks[x].next : x;
		y = both || !later ? ranks[y].next : y;
	}
	if (over || (a->table && a->table == b->table && strcmp(needed(a->table->element, "hit"), "first") == 0))
		return over || a < b;
	return !a->is_default && b->is_default && !ranked;
}

/* Whether the same rules are over both and both are over the same, but for their order in a first-hit table. */
static bool is_alike(const struct rule *a, const struct rule *b)
{
	uint32_t x = a->ranks, y = b->ranks;
	while (x != NONE && y != NONE && ranks[x].order == ranks[y].order && ranks[x].rung == ranks[y].rung) {
		x = ranks[x].next;
		y = ranks[y].next;
	}
	return x == NONE && y == NONE && a->table == b->table && a->is_default == b->is_default;
}

/* ---- printing ---- */

static void put_over(uint32_t a, uint32_t count)
{
	uint32_t low = 0, high = 0;
	for (uint32_t b = 0; b <= count; b = same_until[b]) {
		uint32_t from = b < count && is_over(own[a], own[b]) ? b : b < count && is_over(own[a], own[same_until[b] - 1]) ? a + 1 : count + 1;
		if (low < high && from != high)
			printf(low + 1 < high ? "over %u-%u\n" : "over %u\n", low, high - 1);
		low = low < high && from == high ? low : from;
		high = from < same_until[b] ? same_until[b] : from;
	}
}

static void put_boxes(uint32_t root, uint32_t level)
{
	const struct node *node = &nodes[root];
	need(level < LIMIT_DEPTH && (root != ALWAYS || box_count++ < LIMIT_BOXES), "limit");
	fputs(root == ALWAYS ? "box" : "", stdout);
	for (uint32_t i = 0; root == ALWAYS && i < level; i++)
		printf(way[i].low == way[i].high ? " %u:%" PRId64 : " %u:%" PRId64 "-%" PRId64, way[i].axis, way[i].low, way[i].high);
	fputs(root == ALWAYS ? "\n" : "", stdout);
	for (uint32_t i = 0; root > ALWAYS && i < node->count; i++) {
		const struct edge *edge = &edges[node->first + i];
		way[level] = (struct test){ node->axis, edge->from, i + 1 < node->count ? edge[1].from - 1 : axes[node->axis].high };
		put_boxes((uint32_t)edge->child, level + 1);
	}
}

static void put_rules(const struct name *decision)
{
	uint32_t count = 0;
	puts("rules");
	for (uint32_t i = 0; i < rule_count; i++)
		if (rules[i].decision == decision)
			own[count++] = &rules[i];
	same_until[count] = count + 1;
	for (uint32_t i = count; i-- > 0;)
		same_until[i] = i + 1 < count && is_alike(own[i], own[i + 1]) ? same_until[i + 1] : i + 1;
	for (uint32_t i = 0; i < count; i++) {
		printf("rule %u %s\n", own[i]->outcome->place, own[i]->id);
		put_over(i, count);
		box_count = 0;
		put_boxes(own[i]->when, 0);
	}
}

/* A name, and behind that of a fact its axes: those before the next fact's or decision's. */
static void put_name(uint32_t i)
{
	static const char *const words[] = { ['f'] = "fact", ['m'] = "member", ['d'] = "decision", ['o'] = "outcome" };
	bool fact = names[i].kind == 'f';
	printf("%s %s%s%s\n", words[(int)names[i].kind], names[i].id, fact ? " " : "", fact ? needed(names[i].element, "kind") : "");
	uint32_t next = i + 1, axis = names[i].place;
	while (next < name_count && names[next].kind != 'f' && names[next].kind != 'd')
		next++;
	for (; fact && axis < (next < name_count ? names[next].place : axis_count); axis++)
		printf("axis %" PRId64 " %" PRId64 "\n", axes[axis].low, axes[axis].high);
}

int main(void)
{
	xmlDoc *document = xmlReadFd(0, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
	need(root && !document->intSubset && is(root, "rulebook") && strcmp(needed(root, "format"), "0.1") == 0, "no rulebook of format 0.1");
	for (const xmlNode *e = first_of(root->children, NULL); e; e = first_of(e->next, NULL))
		take_element(e);
	puts("guiju-plain 0.1");
	for (uint32_t i = 0; i < name_count; i++)
		if (strchr("fmdo", names[i].kind))
			put_name(i);
	for (uint32_t i = 0; i < name_count; i++)
		if (names[i].kind == 'd')
			put_rules(&names[i]);
	for (uint32_t i = 0; i < name_count; i++)
		if (names[i].kind == 'c') {
			printf("constraint %s\n", names[i].id);
			box_count = 0;
			put_boxes(combine(LESS, condition_in(names[i].element, "when", ALWAYS), condition_in(names[i].element, "then", NEVER)), 0);
		}
	puts("end");
	xmlFreeDoc(document);
	return fflush(stdout) == 0 ? 0 : 3;
}
