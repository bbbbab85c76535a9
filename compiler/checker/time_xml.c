/* guiju-time-xml: prints the time form (docs/CERTIFICATE.md) of the NAME.xml on standard input: its names, roles, calendars
 * and procedures, but for the conditions of steps. Written from docs/ARTIFACTS.md; shares no code with the compiler, the
 * other readers or the checker. Exit status: 1 no such document, 4 one beyond a limit. */
#include <inttypes.h>
#include <libxml/hash.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#define LIMIT_STEPS (UINT64_C(1) << 32)
#define EACH(child, element, word) for (xmlNode *child = (element)->children; child; child = child->next) if (is(child, word))
static uint64_t steps;
static xmlHashTable *first_steps; /* of events, by id and procedure */

static void need(bool holds, const char *why)
{
	if (holds && ++steps < LIMIT_STEPS)
		return;
	fprintf(stderr, "guiju-time-xml: %s\n", holds ? "limit" : why);
	exit(holds || strcmp(why, "limit") == 0 ? 4 : 1);
}

static bool is(const xmlNode *e, const char *name)
{
	need(true, "");
	return e->type == XML_ELEMENT_NODE && strcmp((const char *)e->name, name) == 0;
}

static xmlNode *child_of(const xmlNode *e, const char *name)
{
	xmlNode *found = NULL;
	EACH(child, e, name) {
		need(found == NULL, "an element stands twice");
		found = child;
	}
	return found;
}

/* "" where there is none, and where there is no element. */
static const char *attribute(const xmlNode *e, const char *name)
{
	const xmlAttr *a = e ? xmlHasProp(e, BAD_CAST name) : NULL;
	need(!a || !a->children || !a->children->next, "an attribute that is not plain");
	return a && a->children ? (const char *)a->children->content : "";
}

static const char *or_none(const char *text)
{
	return *text ? text : "-";
}

/* A newline as \n, a backslash as \\: a text is one line. */
static void put_line(const char *word, const char *text)
{
	printf(" %s ", word);
	for (; *text; text++, steps++) {
		if (*text == '\n' || *text == '\\')
			putchar('\\');
		putchar(*text == '\n' ? 'n' : *text);
	}
	putchar('\n');
}

static void put_content(const char *word, const xmlNode *e)
{
	xmlChar *text = e ? xmlNodeGetContent(e) : NULL;
	put_line(word, text ? (const char *)text : "");
	xmlFree(text);
}

/* A label that is not given is the id. */
static void put_label(const char *word, const xmlNode *e, const char *language)
{
	const xmlNode *found = NULL;
	for (const xmlNode *label = e ? e->children : NULL; label; label = label->next) {
		bool own = is(label, "label") && strcmp(attribute(label, "lang"), language) == 0;
		need(!own || !found, "two labels of one language");
		found = own ? label : found;
	}
	if (found)
		put_content(word, found);
	else
		put_line(word, attribute(e, "id"));
}

static void put_thing(const char *word, const char *owner, const xmlNode *e)
{
	printf(*owner ? "%s %s.%s\n" : "%s %s%s\n", word, owner, attribute(e, "id"));
	put_label("label", e, "zh");
	put_label("english", e, "en");
}

/* A line for each child: an attribute of it, or without one its content. */
static void put_each(const char *word, const xmlNode *e, const char *child, const char *name)
{
	for (xmlNode *one = e ? e->children : NULL; one; one = one->next)
		if (is(one, child) && name)
			put_line(word, attribute(one, name));
		else if (is(one, child))
			put_content(word, one);
}

/* Those of three that the element has, as an attribute or a child. */
static void put_flags(const xmlNode *e, const char *first, const char *second, const char *third)
{
	const char *const words[] = { first, second, third };
	printf(" flags ");
	for (int i = 0, before = 0; i < 3 && words[i]; i++)
		if (strcmp(attribute(e, words[i]), "true") == 0 || child_of(e, words[i]))
			before = printf(before ? " %s" : "%s", words[i]);
	putchar('\n');
}

static void put_days(const xmlNode *year, const char *kind)
{
	EACH(one, year, "day")
		if (strcmp(attribute(one, "kind"), kind) == 0)
			put_line(kind, attribute(one, "date"));
}

static void put_calendar(const xmlNode *e)
{
	static const char *const limits[] = { "days_off", "made_up", "longest_rest", "longest_work" };
	const xmlNode *assumed = child_of(e, "assumed");
	put_thing("calendar", "", e);
	put_line("assumed", assumed ? "true" : "");
	for (int i = 0; i < 4; i++)
		put_line(limits[i], or_none(attribute(assumed, limits[i])));
	put_each("always_off", assumed, "always_off", "date");
	put_each("cite", assumed, "cite", "clause");
	EACH(year, e, "year") {
		printf("year %s.%s\n", attribute(e, "id"), attribute(year, "number"));
		put_content("notice", child_of(year, "notice"));
		put_days(year, "off");
		put_days(year, "made_up");
	}
}

static void put_amount(const char *word, const xmlNode *e)
{
	bool given = *attribute(e, "amount") != '\0';
	printf(given ? " %s %s %s\n" : " %s -\n", word, attribute(e, "amount"), attribute(e, "unit"));
}

static void put_limit(const xmlNode *e)
{
	const xmlNode *limit = child_of(e, "limit");
	put_line("limit", limit ? attribute(limit, "kind") : "none");
	put_amount("limit_amount", limit);
	put_line("limit_validity", or_none(attribute(limit, "validity")));
	put_line("limit_date", or_none(attribute(limit, "date")));
	put_content("limit_words", limit ? child_of(limit, "words") : NULL);
}

static void put_actor(const xmlNode *e)
{
	put_line("actor", *attribute(e, "actor") ? attribute(e, "actor") : *attribute(e, "role") ? "role" : "none");
	put_line("role", or_none(attribute(e, "role")));
}

/* Events whose steps do something to a clock, each once, where its first step stands. Steps of one event do the same. */
static void put_effects(const char *word, const xmlNode *procedure, const char *clock, const char *effect)
{
	EACH(step, procedure, "step") {
		const xmlNode *first = xmlHashLookup2(first_steps, BAD_CAST attribute(step, "event"), BAD_CAST attribute(procedure, "id"));
		bool does = false, first_does = false;
		EACH(one, step, effect)
			does = does || strcmp(attribute(one, "clock"), clock) == 0;
		EACH(one, first, effect)
			first_does = first_does || strcmp(attribute(one, "clock"), clock) == 0;
		need(does == first_does, "two steps of one event do different things to a clock");
		if (does && step == first)
			put_line(word, attribute(step, "event"));
	}
}

static void put_clock(const xmlNode *procedure, const xmlNode *e)
{
	static const char *const effects[][2] = { { "restart", "restarts" }, { "suspend", "suspends" }, { "resume", "resumes" }, { "end", "ends" } };
	put_each("start", e, "start", "event");
	for (int i = 0; i < 4; i++)
		put_effects(effects[i][0], procedure, attribute(e, "id"), effects[i][1]);
	put_each("discharged_by", e, "discharged_by", "event");
	put_each("released_by", e, "released_by", "event");
}

static void put_step(const xmlNode *procedure, const xmlNode *e)
{
	const xmlNode *like = child_of(e, "and_the_like");
	put_line("event", attribute(e, "event"));
	put_actor(e);
	put_line("to", or_none(attribute(e, "to")));
	printf(child_of(e, "when") ? " guard %s.%s\n" : " guard -\n", attribute(procedure, "id"), attribute(e, "id"));
	put_content("in_case_of", child_of(e, "in_case_of"));
	put_limit(e);
	put_line("at_end_of", or_none(attribute(e, "at_end_of")));
	put_flags(e, "discretion", "and_the_like", NULL);
	put_line("and_the_like_role", or_none(attribute(like, "role")));
	put_each("from", e, "from", "state");
}

static void put_duty(const xmlNode *e)
{
	const xmlNode *every = child_of(e, "every"), *words = every ? child_of(every, "words") : NULL, *lapse = child_of(e, "lapse");
	const char *beginning = attribute(every, "beginning_on"), *event = attribute(lapse, "event");
	bool started = false;
	EACH(start, e, "start")
		started = true;
	put_line("role", or_none(attribute(e, "role")));
	put_line("toward", or_none(attribute(e, "toward")));
	put_limit(e);
	put_line("every", words ? "words" : every ? "period" : "not");
	put_amount("every_amount", every);
	put_content("every_words", words);
	put_line("anchor", *beginning ? "date" : every && started ? "event" : "none");
	put_line("beginning_on", or_none(beginning));
	put_line("lapse", lapse ? attribute(lapse, "kind") : "none");
	put_line("lapse_to", or_none(*event ? event : attribute(lapse, "state")));
	put_content("lapse_words", lapse ? child_of(lapse, "words") : NULL);
}

/* The condition of a step is a decision with two outcomes and two rules. */
static void put_guard(const char *of, const xmlNode *step)
{
	const char *id = attribute(step, "id");
	for (int i = 0; i < 5; i++) {
		printf(i == 0 ? "guard %s.%s\n" : i == 1 ? "outcome %s.%s.fails\n label fails\n english fails\n" :
		       i == 2 ? "outcome %s.%s.holds\n label holds\n english holds\n" : i == 3 ? "rule %s.%s\n" : "rule %s.%s.default\n", of, id);
		if (i == 1 || i == 2)
			continue;
		put_label("label", step, "zh");
		put_label("english", step, "en");
		if (i >= 3 && printf(" item \n decision %s.%s\n texts -\n", of, id) > 0)
			put_each("cite", step, "cite", "clause");
	}
}

static void put_part(const xmlNode *procedure, const xmlNode *e)
{
	if (is(e, "state"))
		put_flags(e, "initial", "final", "no_stay");
	else if (is(e, "event"))
		put_actor(e);
	else if (is(e, "step"))
		put_step(procedure, e);
	else if (is(e, "duty"))
		put_duty(e);
	if (is(e, "validity")) {
		put_amount("amount", e);
		put_flags(e, "survives", NULL, NULL);
	}
	if (is(e, "duty") || is(e, "validity"))
		put_content("start_in_words", child_of(e, "start_in_words"));
	put_each("cite", e, "cite", "clause");
	if (is(e, "step"))
		put_each("material", e, "material", NULL);
	if (is(e, "duty") || is(e, "validity"))
		put_clock(procedure, e);
}

static void put_procedure(xmlNode *e)
{
	static const char *const parts[] = { "state", "event", "step", "duty", "validity" };
	const xmlNode *start = NULL;
	EACH(step, e, "step")
		xmlHashAddEntry2(first_steps, BAD_CAST attribute(step, "event"), BAD_CAST attribute(e, "id"), step); /* the first stays */
	EACH(state, e, "state")
		start = *attribute(state, "initial") && !start ? state : start;
	put_thing("procedure", "", e);
	put_line("calendar", or_none(attribute(e, "calendar")));
	put_line("start", or_none(attribute(start, "id")));
	put_flags(e, "last_day_moves", NULL, NULL);
	put_each("cite", e, "cite", "clause");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		EACH(part, e, parts[i]) {
			put_thing(parts[i], attribute(e, "id"), part);
			put_part(e, part);
			EACH(when, part, "when")
				put_guard(attribute(e, "id"), part);
		}
}

int main(void)
{
	xmlNode *root = xmlDocGetRootElement(xmlReadFd(0, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE));
	need(root && !root->doc->intSubset && is(root, "rulebook") && strcmp(attribute(root, "format"), "0.2") == 0, "no rulebook 0.2");
	first_steps = xmlHashCreate(1 << 10);
	puts("guiju-time 0.1");
	put_thing("rulebook", "", root);
	put_line("edition", attribute(child_of(root, "edition"), "id"));
	put_label("edition_label", child_of(root, "edition"), "zh");
	put_line("digest", attribute(root, "digest"));
	EACH(role, root, "role")
		put_thing("role", "", role);
	EACH(calendar, root, "calendar")
		put_calendar(calendar);
	EACH(procedure, root, "procedure")
		put_procedure(procedure);
	return puts("end") >= 0 && fflush(stdout) == 0 ? 0 : 3;
}
