/* guiju-plain-xml: prints the plain form (docs/CERTIFICATE.md) of the NAME.xml on standard input. Written from
 * docs/ARTIFACTS.md; shares no code with the compiler, the other reader or the checker. Exit status: 1 no such document,
 * 4 one beyond a limit. */
#include <inttypes.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#define LIMIT_STEPS (UINT64_C(1) << 33)
enum { LIMIT_ITEMS = 1 << 22, LIMIT_TEXT = 1 << 24, LIMIT_DEPTH = 1 << 11, NONE = INT32_MAX };
enum truth { FALSE, TRUE, OPEN };
/* What an element (by its _private) is to a condition: & all parts, | any, ! not all, u a definition, r values of an axis. */
struct role { char kind; uint32_t axis; int64_t low, high; const xmlNode *definition; };
struct name { char kind; const struct name *owner; uint32_t place; const char *id; const xmlNode *element; };
struct axis { int64_t low, high, value; bool known; };
struct rank { uint32_t order, rung, next; bool ranks_defaults; }; /* of a rule in an order, the last order first */
struct rule { const struct name *decision, *outcome, *table; bool is_default, first_hit; uint32_t ranks; const xmlNode *element; };
static uint64_t steps;
static struct role roles[LIMIT_ITEMS];
static struct name names[LIMIT_ITEMS]; /* facts f (place: first axis), members m, decisions d (place: axis), outcomes o, … */
static struct axis axes[LIMIT_ITEMS];
static struct rule rules[LIMIT_ITEMS], *own[LIMIT_ITEMS];
static struct rank ranks[LIMIT_ITEMS];
static uint32_t role_count, name_count, axis_count, rule_count, rank_count, order_count, depth;

static void need(bool holds, const char *why)
{
	if (holds && ++steps < LIMIT_STEPS)
		return;
	fprintf(stderr, "guiju-plain-xml: %s\n", holds ? "limit" : why);
	exit(holds || strcmp(why, "limit") == 0 ? 4 : 1);
}

static bool is(const xmlNode *e, const char *name)
{
	return e->type == XML_ELEMENT_NODE && strcmp((const char *)e->name, name) == 0;
}

/* The first of these siblings of this name; NULL: there is none. */
static xmlNode *first_of(xmlNode *e, const char *name)
{
	while (e && !is(e, name))
		e = e->next;
	return e;
}

/* NULL: there is none. What matters is visible ASCII. */
static const char *attribute(const xmlNode *e, const char *name, bool needed)
{
	const xmlAttr *a = xmlHasNsProp(e, BAD_CAST name, NULL);
	const char *value = a && a->children && !a->children->next ? (const char *)a->children->content : NULL;
	need(!needed || (value && *value), "an attribute is missing");
	for (const char *at = value; at && *at; at++)
		need(*at > ' ' && *at < 127, "an attribute with other than visible ASCII characters");
	return value;
}

/* An integer, or a day as days since 1970-01-01. */
static int64_t number(const xmlNode *e, const char *name, bool date)
{
	const char *word = attribute(e, name, true);
	char *end;
	int64_t n = strtoll(word, &end, 10), month = date && *end == '-' ? strtoll(end + 1, &end, 10) : 0;
	int64_t day = date && *end == '-' ? strtoll(end + 1, &end, 10) : 0;
	need(n > INT64_MIN && n < INT64_MAX && *word != '+' && *end == '\0', "no number or day");
	need(!date || (strlen(word) == 10 && month >= 1 && month <= 12 && day >= 1 && day <= 31), "no day");
	if (!date)
		return n;
	int64_t year = month > 2 ? n : n - 1, day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return 365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

static struct name *declare(char kind, const struct name *owner, uint32_t place, const xmlNode *e)
{
	need(name_count < LIMIT_ITEMS, "limit");
	names[name_count] = (struct name){ kind, owner, place, attribute(e, "id", true), e };
	return &names[name_count++];
}

static const struct name *find(char kind, const struct name *owner, const char *id)
{
	uint32_t i = 0;
	while (i < name_count && (names[i].kind != kind || names[i].owner != owner || strcmp(names[i].id, id) != 0))
		i++;
	need(i < name_count, "a name that nothing declares");
	return &names[i];
}

static void add_axis(int64_t low, int64_t high)
{
	need(axis_count < LIMIT_ITEMS && low <= high && high < INT64_MAX, "a fact without values, or a decision without outcomes");
	axes[axis_count++] = (struct axis){ low, high, low, false };
}

static void take_axes(const xmlNode *e, char kind, const char *child, const char *word)
{
	const struct name *name = declare(kind, NULL, axis_count, e);
	const char *of = kind == 'd' ? "e" : attribute(e, "kind", true);
	uint32_t count = 0;
	printf(kind == 'f' ? "fact %s %s\n" : "decision %s\n", name->id, of);
	for (xmlNode *m = first_of(e->children, child); m; m = first_of(m->next, child)) {
		printf("%s %s\n", word, declare(*word, name, count++, m)->id);
		if (*of == 's')
			add_axis(0, 1);
	}
	if (*of == 'd' || *of == 'i')
		add_axis(number(e, "low", *of == 'd'), number(e, "high", *of == 'd'));
	else if (*of != 's')
		add_axis(0, *of == 'b' ? 1 : (int64_t)count - 1);
	for (uint32_t i = name->place; i < axis_count && kind == 'f'; i++)
		printf("axis %" PRId64 " %" PRId64 "\n", axes[i].low, axes[i].high);
}

static void take_value(const xmlNode *e, struct role *role)
{
	const xmlNode *test = e->parent;
	const char *decision = attribute(test, "decision", false), *member = attribute(test, "member", false);
	const struct name *of = decision ? find('d', NULL, decision) : find('f', NULL, attribute(test, "fact", true));
	const char kind = decision ? 'o' : *attribute(of->element, "kind", true);
	const bool date = kind == 'd', range = date || kind == 'i', named = kind == 'o' || kind == 'e';
	need(is(e, range ? "range" : "is") && (kind == 's') == (member != NULL), "a value of another kind");
	role->axis = of->place + (member ? find('m', of, member)->place : 0);
	role->low = range ? number(e, "low", date) : !named ? *attribute(e, "value", true) == 't' :
		    find(kind == 'o' ? 'o' : 'm', of, attribute(e, "value", true))->place;
	role->high = range ? number(e, "high", date) : role->low;
}

static const struct role *role_of(xmlNode *e)
{
	static const char *const words[] = { "&when", "&all", "!except", "!then", "!not", "|any", "|test", "uuse", "ris", "rrange", "&true", "|false" };
	if (e->_private)
		return e->_private;
	need(role_count < LIMIT_ITEMS, "limit");
	struct role *role = &roles[role_count++];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		role->kind = is(e, words[i] + 1) ? *words[i] : role->kind;
	if (role->kind == 'r')
		take_value(e, role);
	if (role->kind == 'u')
		role->definition = find('u', NULL, attribute(e, "definition", true))->element;
	return e->_private = role;
}

/* An element's condition where axes are known. *axis: the first on which it still depends; *next: where `of` may change it. */
static enum truth truth_of(const xmlNode *e, char kind, uint32_t *axis, uint32_t of, int64_t *next)
{
	enum truth all = kind == '|' ? FALSE : TRUE, ends = kind == '|' ? TRUE : FALSE;
	uint32_t first = NONE;
	need(++depth < LIMIT_DEPTH, "limit");
	for (xmlNode *part = e->children; part; part = part->next) {
		const struct role *r = role_of(part);
		const struct axis *a = &axes[r->axis];
		enum truth one = all; /* what is no condition changes nothing */
		if (r->kind == 'r') {
			int64_t change = r->low > a->value ? r->low : r->high + 1;
			if (r->axis == of && change > a->value && change < *next)
				*next = change;
			first = !a->known && r->axis < first ? r->axis : first;
			one = !a->known ? OPEN : r->low <= a->value && a->value <= r->high ? TRUE : FALSE;
		} else if (r->kind != '\0') {
			one = truth_of(r->kind == 'u' ? r->definition : part, r->kind == 'u' ? '&' : r->kind, &first, of, next);
		}
		all = all == ends || one == ends ? ends : all == OPEN || one == OPEN ? OPEN : all;
	}
	depth--;
	*axis = all == OPEN && first < *axis ? first : *axis;
	return kind != '!' || all == OPEN ? all : all == TRUE ? FALSE : TRUE;
}

static void put_lines(xmlBuffer *out, uint32_t axis, int64_t low, int64_t high, const xmlBuffer *lines)
{
	char stretch[80];
	int size = snprintf(stretch, sizeof stretch, low == high ? " %u:%" PRId64 : " %u:%" PRId64 "-%" PRId64, axis, low, high);
	for (const xmlChar *line = xmlBufferContent(lines), *end; *line; line = end + 1, steps += 100) {
		end = (const xmlChar *)strchr((const char *)line, '\n');
		need(xmlBufferLength(out) < LIMIT_TEXT && xmlBufferAdd(out, BAD_CAST stretch, size) == 0, "limit");
		need(xmlBufferAdd(out, line, (int)(end - line) + 1) == 0, "limit");
	}
}

/* The boxes in which an element's condition holds, each a line. Stretches are as long as the same lines are behind them. */
static xmlBuffer *boxes(const xmlNode *e)
{
	uint32_t axis = NONE, any = NONE;
	xmlBuffer *out = xmlBufferCreate(), *last = NULL;
	int64_t none = 0, from, next;
	enum truth truth = truth_of(e, '&', &axis, NONE, &none);
	need(out != NULL && (truth != TRUE || xmlBufferCat(out, (const xmlChar *)"\n") == 0), "limit");
	if (truth != OPEN)
		return out;
	struct axis *a = &axes[axis];
	a->known = true;
	for (a->value = from = a->low; a->value <= a->high; a->value = next) {
		next = a->high + 1;
		(void)truth_of(e, '&', &any, axis, &next);
		xmlBuffer *behind = boxes(e);
		if (last && strcmp((const char *)xmlBufferContent(last), (const char *)xmlBufferContent(behind)) != 0) {
			put_lines(out, axis, from, a->value - 1, last);
			from = a->value;
		}
		xmlBufferFree(last);
		last = behind;
	}
	a->known = false;
	if (from > a->low)
		put_lines(out, axis, from, a->high, last);
	xmlBufferFree(from > a->low ? last : out);
	return from > a->low ? out : last;
}

static void put_boxes(const xmlNode *e)
{
	xmlBuffer *text = boxes(e);
	for (const char *line = (const char *)xmlBufferContent(text); *line; line = strchr(line, '\n') + 1)
		printf("box%.*s\n", (int)strcspn(line, "\n"), line);
	xmlBufferFree(text);
}

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
	if (over || (a->first_hit && a->table == b->table))
		return over || a < b;
	return !a->is_default && b->is_default && !ranked;
}

static void put_rules(const struct name *decision)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < rule_count; i++)
		if (rules[i].decision == decision)
			own[count++] = &rules[i];
	puts("rules");
	for (uint32_t i = 0; i < count; i++) {
		printf("rule %u %s\n", own[i]->outcome->place, attribute(own[i]->element, "id", true));
		for (uint32_t b = 0, from = count; b <= count; b++) {
			bool over = b < count && is_over(own[i], own[b]);
			if (!over && from < count)
				printf(from + 1 < b ? "over %u-%u\n" : "over %u\n", from, b - 1);
			from = !over ? count : from < count ? from : b;
		}
		put_boxes(own[i]->element);
	}
}

static void take_rule(const xmlNode *e)
{
	const struct name *table = attribute(e, "table", false) ? find('t', NULL, attribute(e, "table", true)) : NULL;
	need(rule_count < LIMIT_ITEMS && number(e, "number", false) == rule_count, "rules are not numbered");
	const struct name *decision = find('d', NULL, attribute(e, "decision", true));
	const struct name *outcome = find('o', decision, attribute(e, "outcome", true));
	bool first_hit = table && strcmp(attribute(table->element, "hit", true), "first") == 0;
	rules[rule_count++] = (struct rule){ decision, outcome, table, is(e, "default"), first_hit, NONE, e };
}

static void take_order(const xmlNode *e)
{
	uint32_t rung = 0;
	for (xmlNode *r = first_of(e->children, "rung"); r; r = first_of(r->next, "rung"), rung++)
		for (xmlNode *m = first_of(r->children, "member"); m; m = first_of(m->next, "member")) {
			int64_t rule = number(m, "number", false);
			need(rule >= 0 && rule < rule_count && rank_count < LIMIT_ITEMS, "a rank without a rule");
			ranks[rank_count] = (struct rank){ order_count, rung, rules[rule].ranks, attribute(e, "ranks_defaults", false) != NULL };
			rules[rule].ranks = rank_count++;
		}
	order_count++;
}

int main(void)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE | XML_PARSE_NOBLANKS;
	xmlDoc *document = xmlReadFd(0, NULL, "UTF-8", options);
	const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
	need(root && !document->intSubset && is(root, "rulebook") && strcmp(attribute(root, "format", true), "0.1") == 0, "no rulebook 0.1");
	puts("guiju-plain 0.1");
	for (const xmlNode *e = root ? root->children : NULL; e; e = e->next)
		if (is(e, "fact") || is(e, "decision"))
			take_axes(e, (char)*e->name, is(e, "fact") ? "value" : "outcome", is(e, "fact") ? "member" : "outcome");
		else if (is(e, "table") || is(e, "definition") || is(e, "constraint"))
			declare(is(e, "table") ? 't' : is(e, "definition") ? 'u' : 'c', NULL, 0, e);
		else if (is(e, "rule") || is(e, "row") || is(e, "default"))
			take_rule(e);
		else if (is(e, "order"))
			take_order(e);
	for (uint32_t i = 0; i < name_count; i++)
		if (names[i].kind == 'd')
			put_rules(&names[i]);
	for (uint32_t i = 0; i < name_count; i++)
		if (names[i].kind == 'c' && printf("constraint %s\n", names[i].id) > 0)
			put_boxes(names[i].element);
	xmlFreeDoc(document);
	return puts("end") >= 0 && fflush(stdout) == 0 ? 0 : 3;
}
