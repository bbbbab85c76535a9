/* guiju-plain-xml: prints the plain form (docs/CERTIFICATE.md) of the NAME.xml on standard input. Written from docs/ARTIFACTS.md;
 * shares no code with the compiler, the other readers or the checker. Exit status: 1 no such document, 4 one beyond a limit. */
#include <inttypes.h>
#include <libxml/hash.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#define LIMIT_STEPS (UINT64_C(1) << 33)
#define IS(e, word) ((e)->type == XML_ELEMENT_NODE && strcmp((const char *)(e)->name, word) == 0)
#define EACH(child, element, word) for (xmlNode *child = (element)->children; child; child = child->next) if (IS(child, word))
enum { LIMIT_ITEMS = 1 << 22, LIMIT_TEXT = 1 << 24, LIMIT_DEPTH = 1 << 11, NONE = INT32_MAX };
enum truth { FALSE, TRUE, OPEN };
/* What an element (by its _private) is to a condition: & all parts, | any, ! not all, t runs of values; its definition is `whole`. */
struct role { char kind; uint32_t axis, first, end; const xmlNode *whole; };
struct run { int64_t low, high; };
struct name { char kind; uint32_t place; const char *id; const xmlNode *element; };
struct rank { uint32_t order, rung, next, ranks_defaults; }; /* of a rule in an order, the last order first; neighbours share it */
struct rule { const struct name *decision, *outcome, *table; bool first_hit; uint32_t ranks; const xmlNode *element; };
static uint64_t steps;
static xmlHashTable *declared;
static struct role roles[LIMIT_ITEMS];
static struct run runs[LIMIT_ITEMS];
static struct name names[LIMIT_ITEMS], defaults; /* facts f (place: first axis), members m, decisions d (place: axis), … */
static struct axis { int64_t low, high, value; bool known; } axes[LIMIT_ITEMS];
static struct rule rules[LIMIT_ITEMS], *own[LIMIT_ITEMS];
static struct rank ranks[LIMIT_ITEMS];
static uint32_t until[LIMIT_ITEMS + 1]; /* from i on, own rules are alike: another is over all of them, none, or those behind it */
static uint32_t role_count, run_count, name_count, axis_count, rule_count, rank_count, order_count, depth;

static void need(bool holds, const char *why)
{
	if (holds && ++steps < LIMIT_STEPS)
		return;
	fprintf(stderr, "guiju-plain-xml: %s\n", holds ? "limit" : why);
	exit(holds || strcmp(why, "limit") == 0 ? 4 : 1);
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
	bool is_day = strlen(word) == 10 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
	need(n > INT64_MIN && n < INT64_MAX && *word != '+' && *end == '\0' && (is_day || !date), "no number or day");
	int64_t year = month > 2 ? n : n - 1, day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return date ? 365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719468 : n;
}

static struct name *declare(const char *kind, const struct name *owner, uint32_t place, const xmlNode *e)
{
	struct name *name = &names[name_count];
	need(name_count++ < LIMIT_ITEMS, "limit");
	*name = (struct name){ *kind, place, attribute(e, "id", true), e };
	need(xmlHashAddEntry3(declared, BAD_CAST name->id, BAD_CAST kind, owner ? BAD_CAST owner->id : NULL, name) == 0, "an id stands twice");
	return name;
}

static const struct name *find(const char *kind, const struct name *owner, const char *id)
{
	const struct name *name = xmlHashLookup3(declared, BAD_CAST id, BAD_CAST kind, owner ? BAD_CAST owner->id : NULL);
	need(name != NULL, "a name that nothing declares");
	return name;
}

static void take_axes(const xmlNode *e, const char *kind, const char *child, const char *word)
{
	const struct name *name = declare(kind, NULL, axis_count, e);
	const char *of = *kind == 'd' ? "e" : attribute(e, "kind", true);
	const bool date = *of == 'd', range = date || *of == 'i';
	uint32_t count = 0;
	printf(*kind == 'f' ? "fact %s %s\n" : "decision %s\n", name->id, of);
	EACH(m, e, child)
		printf("%s %s\n", word, declare(*kind == 'f' ? "m" : "o", name, count++, m)->id);
	int64_t low = range ? number(e, "low", date) : 0, high = range ? number(e, "high", date) : *of == 'e' ? (int64_t)count - 1 : 1;
	for (uint32_t i = 0; i < (*of == 's' ? count : 1); i++) {
		need(axis_count < LIMIT_ITEMS && low <= high, "a fact without values, or a decision without outcomes");
		axes[axis_count++] = (struct axis){ low, high, low, false };
		if (*kind == 'f')
			printf("axis %" PRId64 " %" PRId64 "\n", low, high);
	}
}

/* Neighbouring values are one run: where it ends the test's truth changes, but for others of its runs. */
static void take_test(const xmlNode *test, struct role *role)
{
	const char *decision = attribute(test, "decision", false), *member = attribute(test, "member", false);
	const struct name *of = decision ? find("d", NULL, decision) : find("f", NULL, attribute(test, "fact", true));
	const char kind = decision ? 'o' : *attribute(of->element, "kind", true);
	const bool date = kind == 'd', range = date || kind == 'i', named = kind == 'o' || kind == 'e';
	need((kind == 's') == (member != NULL), "a test of another kind");
	role->axis = of->place + (member ? find("m", of, member)->place : 0);
	role->first = run_count;
	EACH(e, test, range ? "is" : "range")
		need(false, "a value of another kind");
	EACH(e, test, range ? "range" : "is") {
		int64_t low = range ? number(e, "low", date) : !named ? *attribute(e, "value", true) == 't' :
			      find(kind == 'o' ? "o" : "m", of, attribute(e, "value", true))->place;
		int64_t high = range ? number(e, "high", date) : low;
		bool joins = run_count > role->first && runs[run_count - 1].high + 1 == low;
		need(low <= high && run_count < LIMIT_ITEMS, low > high ? "a range without values" : "limit");
		runs[run_count - joins] = (struct run){ joins ? runs[run_count - 1].low : low, high };
		run_count += !joins;
	}
	role->end = run_count;
}

static const struct role *role_of(xmlNode *e)
{
	static const char *const words[] = { "&when", "&all", "!except", "!then", "!not", "|any", "ttest", "&use", "&true", "|false" };
	if (e->_private)
		return e->_private;
	need(role_count < LIMIT_ITEMS, "limit");
	struct role *role = &roles[role_count++];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		role->kind = IS(e, words[i] + 1) ? *words[i] : role->kind;
	if (role->kind == 't')
		take_test(e, role);
	role->whole = IS(e, "use") ? find("u", NULL, attribute(e, "definition", true))->element : e;
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
		enum truth one = r->kind == '\0' || r->kind == 't' ? all : truth_of(r->whole, r->kind, &first, of, next);
		if (r->kind == 't') {
			one = a->known ? FALSE : OPEN;
			first = !a->known && r->axis < first ? r->axis : first;
			for (uint32_t i = r->first; i < r->end && a->known; i++, steps++) {
				int64_t change = runs[i].low > a->value ? runs[i].low : runs[i].high + 1;
				*next = r->axis == of && change > a->value && change < *next ? change : *next;
				one = runs[i].low <= a->value && a->value <= runs[i].high ? TRUE : one;
			}
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
		need(xmlBufferLength(out) < LIMIT_TEXT && xmlBufferAdd(out, BAD_CAST stretch, size) == 0 &&
		     xmlBufferAdd(out, line, (int)(end - line) + 1) == 0, "limit");
	}
}

/* The boxes in which an element's condition holds, each a line. Stretches are as long as the same lines are behind them. */
static xmlBuffer *boxes(const xmlNode *e, uint32_t of, int64_t *change)
{
	uint32_t axis = NONE;
	xmlBuffer *out = xmlBufferCreate(), *last = NULL;
	int64_t from, next;
	enum truth truth = truth_of(e, '&', &axis, of, change);
	need(out != NULL && (truth != TRUE || xmlBufferCat(out, (const xmlChar *)"\n") == 0), "limit");
	if (truth != OPEN)
		return out;
	struct axis *a = &axes[axis];
	a->known = true;
	for (a->value = from = a->low; a->value <= a->high; a->value = next) {
		next = a->high + 1;
		xmlBuffer *behind = boxes(e, axis, &next);
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
	xmlBuffer *text = boxes(e, NONE, &(int64_t){ 0 });
	for (const char *line = (const char *)xmlBufferContent(text); *line; line = strchr(line, '\n') + 1)
		printf("box%.*s\n", (int)strcspn(line, "\n"), line);
	xmlBufferFree(text);
}

static bool is_over(const struct rule *a, const struct rule *b)
{
	bool over = false, ranked = false;
	for (uint32_t x = a->ranks, y = b->ranks; x != NONE && y != NONE; steps++) {
		bool both = ranks[x].order == ranks[y].order, later = ranks[x].order > ranks[y].order;
		over = over || (both && ranks[x].rung < ranks[y].rung);
		ranked = ranked || (both && ranks[x].ranks_defaults);
		x = both || later ? ranks[x].next : x;
		y = both || !later ? ranks[y].next : y;
	}
	return over || (a->first_hit && a->table == b->table ? a < b : a->table != &defaults && b->table == &defaults && !ranked);
}

static void put_rules(const struct name *decision)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < rule_count; i++)
		if (rules[i].decision == decision)
			own[count++] = &rules[i];
	for (uint32_t i = count + 1; i-- > 0;)
		until[i] = i + 1 < count && own[i]->ranks == own[i + 1]->ranks && own[i]->table == own[i + 1]->table ? until[i + 1] : i + 1;
	printf("rules %s\n", decision->id);
	for (uint32_t a = 0; a < count; a++) {
		printf("rule %u %s\n", own[a]->outcome->place, attribute(own[a]->element, "id", true));
		for (uint32_t b = 0, low = 0; b <= count; b = until[b]) {
			bool over = b < count && is_over(own[a], own[b]), behind = b < count && is_over(own[a], own[until[b] - 1]);
			if (low < b && !over)
				printf(low + 1 < b ? "over %u-%u\n" : "over %u\n", low, b - 1);
			low = over ? low < b ? low : b : behind ? a + 1 : until[b];
		}
		put_boxes(own[a]->element);
	}
}

static void take_rule(const xmlNode *e)
{
	const struct name *table = IS(e, "row") ? find("t", NULL, attribute(e, "table", true)) : IS(e, "default") ? &defaults : NULL;
	need(rule_count < LIMIT_ITEMS && number(e, "number", false) == rule_count, "rules are not numbered");
	const struct name *decision = find("d", NULL, attribute(e, "decision", true)), *outcome = find("o", decision, attribute(e, "outcome", true));
	rules[rule_count++] = (struct rule){ decision, outcome, table, IS(e, "row") && !strcmp(attribute(table->element, "hit", true), "first"), NONE, e };
}

static void put_guard(const char *of, const char *id, const xmlNode *when)
{
	printf("guard %s.%s\nrule 1 %s.%s\nover 1\n", of, id, of, id);
	put_boxes(when);
	printf("rule 0 %s.%s.default\nbox\n", of, id);
}

static void take_order(const xmlNode *e)
{
	uint32_t rung = 0, order = order_count++;
	for (xmlNode *r = e->children; r; r = r->next, rung += r && IS(r, "rung"))
		EACH(m, r, "member") {
			int64_t rule = number(m, "number", false);
			need(rule >= 0 && rule < rule_count && rank_count < LIMIT_ITEMS, "a rank without a rule");
			struct rank rank = { order, rung, rules[rule].ranks, attribute(e, "ranks_defaults", false) != NULL };
			if (rank_count == 0 || memcmp(&ranks[rank_count - 1], &rank, sizeof rank) != 0)
				ranks[rank_count++] = rank;
			rules[rule].ranks = rank_count - 1;
		}
}

int main(void)
{
	static xmlParserCtxt *parser;
	need((parser = xmlNewParserCtxt()) != NULL && (declared = xmlHashCreate(1 << 10)) != NULL, "limit");
	parser->sax->characters = parser->sax->ignorableWhitespace = NULL; /* no text means anything here */
	const xmlNode *root = parser->_private = xmlDocGetRootElement(xmlCtxtReadFd(parser, 0, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE | XML_PARSE_COMPACT));
	need(root && !root->doc->intSubset && IS(root, "rulebook") && strcmp(attribute(root, "format", true), "0.2") == 0, "no rulebook 0.2");
	puts("guiju-plain 0.2");
	for (const xmlNode *e = root ? root->children : NULL; e; e = e->next)
		if (IS(e, "fact") || IS(e, "decision"))
			take_axes(e, IS(e, "fact") ? "f" : "d", IS(e, "fact") ? "value" : "outcome", IS(e, "fact") ? "member" : "outcome");
		else if (IS(e, "table") || IS(e, "definition") || IS(e, "constraint"))
			declare(IS(e, "table") ? "t" : IS(e, "definition") ? "u" : "c", NULL, 0, e);
		else if (IS(e, "rule") || IS(e, "row") || IS(e, "default"))
			take_rule(e);
		else if (IS(e, "order"))
			take_order(e);
	for (uint32_t i = 0; i < name_count; i++)
		if (names[i].kind == 'd')
			put_rules(&names[i]);
		else if (names[i].kind == 'c' && printf("constraint %s\n", names[i].id) > 0)
			put_boxes(names[i].element);
	for (const xmlNode *e = root ? root->children : NULL; e; e = e->next)
		EACH(step, e, "step") EACH(when, step, "when")
			put_guard(attribute(e, "id", true), attribute(step, "id", true), when);
	return puts("end") >= 0 && fflush(stdout) == 0 ? 0 : 3;
}
