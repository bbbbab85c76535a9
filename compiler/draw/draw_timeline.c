/* The drawing of a timeline: what is due when after an event, a row each, under those who owe it. */
#include "draw/compose.h"
#include "draw/timeline.h"
#include "draw/words.h"

enum { WORDS_EMS = 16000, CITES_SHOWN = 2, DAYS_SHOWN = 3, NOBODY = NONE - 1 /* lane of what comes with time */ };

struct sketch {
	struct timeline *t;
	struct drawing *d;
	const struct pairs *pairs;
	bool zh;
	uint32_t *roles; /* lanes, in the order in which they are drawn */
	size_t role_count;
};

static const char *pick(const struct sketch *s, struct phrase phrase)
{
	return s->zh || !phrase.en ? phrase.zh : phrase.en;
}

static const char *name_of(const struct sketch *s, const struct name *name)
{
	return s->zh ? name->label : name->english;
}

/* ---- what an item is ---- */

static const struct name *item_name(const struct sketch *s, const struct timeline_item *item)
{
	const struct procedure *p = s->t->p;
	switch (item->kind) {
	case ITEM_DUTY: return &p->duties[item->index].name;
	case ITEM_VALIDITY: return &p->validities[item->index].name;
	case ITEM_WINDOW: break;
	}
	return &p->steps[item->index].name;
}

static const struct attributes *item_attributes(const struct sketch *s, const struct timeline_item *item)
{
	const struct procedure *p = s->t->p;
	switch (item->kind) {
	case ITEM_DUTY: return &p->duties[item->index].attributes;
	case ITEM_VALIDITY: return &p->validities[item->index].attributes;
	case ITEM_WINDOW: break;
	}
	return &p->steps[item->index].attributes;
}

static uint32_t item_role(const struct sketch *s, const struct timeline_item *item)
{
	const struct procedure *p = s->t->p;
	if (item->kind == ITEM_VALIDITY)
		return NOBODY;
	if (item->kind == ITEM_DUTY)
		return p->duties[item->index].role;
	return p->steps[item->index].actor == ACTOR_ROLE ? p->steps[item->index].role : NOBODY;
}

/* ---- days in words ---- */

static const char *day_words(const struct sketch *s, int64_t day)
{
	return arena_printf(s->t->arena, s->zh ? "%s（%s）" : "%s (%s)", date_text(s->t->arena, day),
			    weekday_words(s->t, day));
}

/* A day, or the days between which it is. */
static const char *dates_words(const struct sketch *s, const struct guiju_dates *dates)
{
	struct arena *arena = s->t->arena;
	const char *first = date_text(arena, dates->earliest);
	if (dates->exact)
		return day_words(s, dates->earliest);
	if (!is_day_known(dates->latest))
		return arena_printf(arena, s->zh ? "%s以后" : "%s or later", first);
	return arena_printf(arena, s->zh ? "%s至%s之间" : "between %s and %s", first, date_text(arena, dates->latest));
}

static const char *turns_words(const struct sketch *s, const struct timeline_item *item)
{
	struct writer w;
	writer_init(&w, s->t->arena);
	for (size_t i = 0; i < item->dues.count && i < DAYS_SHOWN; i++)
		write_fmt(&w, "%s%s", i ? s->zh ? "、" : ", " : "", dates_words(s, &item->dues.items[i]));
	return writer_text(&w);
}

static bool is_bounded(const struct guiju_dates *dates)
{
	return is_day_known(dates->earliest) || !dates->exact;
}

static const char *window_words(const struct sketch *s, const struct timeline_item *item)
{
	const char *closes = dates_words(s, &item->dues.items[0]);
	if (!is_bounded(&item->opens))
		return arena_printf(s->t->arena, s->zh ? "%s止" : "closes %s", closes);
	return arena_printf(s->t->arena, s->zh ? "%s起，%s止" : "opens %s, closes %s", dates_words(s, &item->opens),
			    closes);
}

static const char *when_words(const struct sketch *s, const struct timeline_item *item)
{
	if (item->suspended)
		return s->zh ? "中止中，末日未定" : "suspended: no last day yet";
	if (item->dues.count == 0)
		return s->zh ? "没有确定的末日" : "no certain last day";
	if (item->kind == ITEM_WINDOW)
		return window_words(s, item);
	const char *late = item->overdue ? s->zh ? "，已逾期" : ", overdue" : "";
	const char *until = item->dues.items[0].exact ? s->zh ? "至" : item->kind == ITEM_DUTY ? "by " : "until " : "";
	const char *force = item->kind == ITEM_DUTY ? "" : s->zh ? "有效" : "in force ";
	return arena_printf(s->t->arena, "%s%s%s%s", force, until, turns_words(s, item), late);
}

/* ---- how it is limited, and what follows ---- */

static const char *expiry_words(const struct sketch *s, uint32_t validity)
{
	const struct procedure *p = s->t->p;
	for (size_t i = 0; i < p->step_count; i++)
		if (p->steps[i].expiry_of == validity)
			return arena_printf(s->t->arena, s->zh ? "次日%s" : "then: %s", name_of(s, &p->steps[i].name));
	return "";
}

static const char *limit_of(const struct sketch *s, const struct timeline_item *item)
{
	struct arena *arena = s->t->arena;
	const struct procedure *p = s->t->p;
	if (item->kind == ITEM_WINDOW)
		return pick(s, limit_words(arena, p, &p->steps[item->index].limit));
	if (item->kind == ITEM_DUTY) {
		const struct duty *duty = &p->duties[item->index];
		const char *limit = pick(s, duty_due_words(arena, p, duty));
		const char *lapse = pick(s, lapse_words(arena, p, &duty->lapse));
		return arena_printf(arena, s->zh ? "%s%s逾期：%s" : "%s%sif late: %s", limit,
				    *limit ? s->zh ? "，" : "; " : "", lapse);
	}
	const char *period = pick(s, period_words(arena, p->validities[item->index].period));
	const char *expiry = item->lapses ? expiry_words(s, item->index) : "";
	return arena_printf(arena, "%s%s%s", period, *expiry ? s->zh ? "，" : "; " : "", expiry);
}

/* The first year that is not published and on which a day of the item depends; 0: none. */
static int32_t open_year(const struct timeline_item *item)
{
	int32_t year = item->kind == ITEM_WINDOW ? item->opens.unpublished : 0;
	for (size_t i = 0; i < item->dues.count && !year; i++)
		year = item->dues.items[i].unpublished;
	return year;
}

static const char *with_year(const struct sketch *s, const char *text, int32_t year)
{
	if (!year)
		return text;
	return arena_printf(s->t->arena, s->zh ? "%s%s%d年未公布" : "%s%s%d not published", text, s->zh ? "；" : "; ",
			    (int)year);
}

static void add_words(const struct sketch *s, struct drawing_node *node, enum line_style style, const char *text,
		      size_t lines)
{
	if (*text)
		add_wrapped(s->t->arena, s->pairs, &node->lines, style, text, WORDS_EMS, lines);
}

static void add_minor(const struct sketch *s, struct drawing_node *node, const char *text,
		      const struct attributes *attributes)
{
	const char *cites = cites_short(s->t->arena, attributes->cites.clauses, attributes->cites.count, CITES_SHOWN);
	add_words(s, node, LINE_MINOR, arena_printf(s->t->arena, "%s%s%s", cites, *text && *cites ? "　" : "", text),
		  4);
}

static void add_tips(const struct sketch *s, struct drawing_node *node, const struct name *name,
		     const struct attributes *attributes)
{
	const char *tip = arena_printf(s->t->arena, s->zh ? "%s（%s）" : "%s (%s)", name_of(s, name), name->id);
	vec_push(s->t->arena, &node->tips, tip);
	if (s->zh)
		cites_tips(s->t->arena, s->t->model, attributes->cites.clauses, attributes->cites.count, &node->tips);
}

/* ---- bars ---- */

static void add_bar(const struct sketch *s, struct drawing_node *node, enum drawing_class class, int64_t first,
		    int64_t last)
{
	struct arena *arena = s->t->arena;
	struct drawing_bar bar = { class, is_day_known(first) ? date_text(arena, first) : NULL,
				   is_day_known(last) ? date_text(arena, last) : NULL };
	if (is_day_known(first) && is_day_known(last) && first > last)
		return;
	vec_push(arena, &node->bars, bar);
}

/* From the day on which it begins to count until its last day. */
static void add_due(const struct sketch *s, struct drawing_node *node, int64_t first, const struct guiju_dates *due)
{
	if (!is_day_known(due->earliest)) {
		add_bar(s, node, CLASS_RUNS, first, GUIJU_NO_DAY);
		return;
	}
	add_bar(s, node, CLASS_RUNS, first, due->earliest);
	if (due->exact)
		add_bar(s, node, CLASS_DUE, due->earliest, due->earliest);
	else
		add_bar(s, node, CLASS_BETWEEN, due->earliest, due->latest);
}

/* The day from which a window is surely open, if that is still to come. */
static int64_t opening(const struct sketch *s, const struct timeline_item *item)
{
	return is_bounded(&item->opens) && item->opens.latest >= s->t->move->day ? item->opens.latest : GUIJU_NO_DAY;
}

static void add_bars(const struct sketch *s, struct drawing_node *node, const struct timeline_item *item)
{
	int64_t first = item->started ? s->t->move->day + 1 : GUIJU_NO_DAY;
	if (item->kind == ITEM_WINDOW)
		first = opening(s, item);
	if (item->dues.count == 0)
		add_bar(s, node, CLASS_RUNS, first, GUIJU_NO_DAY);
	for (size_t i = 0; i < item->dues.count; i++) {
		const struct guiju_dates *due = &item->dues.items[i];
		add_due(s, node, first, due);
		if (item->kind == ITEM_WINDOW && is_day_known(first) && !item->opens.exact)
			add_bar(s, node, CLASS_BETWEEN, item->opens.earliest, first); /* over the bar of what runs */
		if (!due->exact || !is_day_known(due->latest))
			return;
		first = due->latest + 1;
	}
	if (item->lapses && item->dues.count > 0)
		add_bar(s, node, CLASS_LAPSE, first, first);
}

/* ---- rows ---- */

static enum drawing_class lane_class(const struct sketch *s, uint32_t role)
{
	size_t at = 0, named = 0;
	for (; at < s->role_count && s->roles[at] != role; at++)
		named += s->roles[at] < NOBODY;
	if (role >= NOBODY)
		return (enum drawing_class)(CLASS_ROLE0 + ROLE_CLASSES - 1);
	return (enum drawing_class)(CLASS_ROLE0 + (named < ROLE_CLASSES - 2 ? named : ROLE_CLASSES - 2));
}

static void add_lane(const struct sketch *s, uint32_t role)
{
	enum actor_kind actor = role == NOBODY ? ACTOR_TIME : role == NONE ? ACTOR_NONE : ACTOR_ROLE;
	struct drawing_lane lane = { lane_class(s, role), pick(s, actor_words(s->t->model, actor, role)),
				     (uint32_t)s->d->nodes.count };
	vec_push(s->t->arena, &s->d->lanes, lane);
}

static void add_item(const struct sketch *s, const struct timeline_item *item)
{
	static const char *const kinds[] = { "duty", "validity", "window" };
	const struct name *name = item_name(s, item);
	struct drawing_node node = { .class = lane_class(s, item_role(s, item)) };
	add_words(s, &node, LINE_MAIN, name_of(s, name), 2);
	add_words(s, &node, LINE_ITEM, when_words(s, item), 3);
	add_minor(s, &node, with_year(s, limit_of(s, item), open_year(item)), item_attributes(s, item));
	add_tips(s, &node, name, item_attributes(s, item));
	add_bars(s, &node, item);
	drawing_add_node(s->t->arena, s->d, arena_printf(s->t->arena, "%s.%s", kinds[item->kind], name->id), &node);
}

static void add_event(const struct sketch *s)
{
	const struct timeline *t = s->t;
	const struct event *event = &t->p->events[t->move->event];
	const char *before = name_of(s, &t->p->states[t->move->state].name),
		   *after = name_of(s, &t->p->states[t->state].name);
	struct drawing_node node = { .class = CLASS_EVENT };
	add_words(s, &node, LINE_MAIN, name_of(s, &event->name), 2);
	add_words(s, &node, LINE_ITEM, day_words(s, t->move->day), 1);
	add_words(s, &node, LINE_MINOR,
		  t->move->state == t->state ? before : arena_printf(t->arena, "%s → %s", before, after), 2);
	add_tips(s, &node, &event->name, &event->attributes);
	add_bar(s, &node, CLASS_EVENT, t->move->day, t->move->day);
	drawing_add_node(t->arena, s->d, arena_printf(t->arena, "event.%s", event->name.id), &node);
}

/* ---- order ---- */

static int64_t first_day(const struct timeline_item *item)
{
	return item->dues.count ? item->dues.items[0].earliest : INT64_MAX;
}

/* By their first last day; what has none comes last, all else as the rulebook has it. */
static void sort_items(struct timeline *t)
{
	for (size_t i = 1; i < t->items.count; i++) {
		struct timeline_item item = t->items.items[i];
		size_t at = i;
		for (; at > 0 && first_day(&t->items.items[at - 1]) > first_day(&item); at--)
			t->items.items[at] = t->items.items[at - 1];
		t->items.items[at] = item;
	}
}

static void find_lanes(struct sketch *s)
{
	s->roles = arena_new_array(s->t->arena, uint32_t, s->t->items.count + 1);
	for (size_t i = 0; i < s->t->items.count; i++) {
		uint32_t role = item_role(s, &s->t->items.items[i]);
		size_t at = 0;
		while (at < s->role_count && s->roles[at] != role)
			at++;
		if (at == s->role_count)
			s->roles[s->role_count++] = role;
	}
}

static void add_rows(const struct sketch *s)
{
	add_event(s);
	for (size_t lane = 0; lane < s->role_count; lane++) {
		add_lane(s, s->roles[lane]);
		for (size_t i = 0; i < s->t->items.count; i++)
			if (item_role(s, &s->t->items.items[i]) == s->roles[lane])
				add_item(s, &s->t->items.items[i]);
	}
}

/* ---- below the picture ---- */

static void add_past(const struct sketch *s)
{
	struct writer w;
	writer_init(&w, s->t->arena);
	write_str(&w, s->zh ? "此前：" : "before: ");
	for (uint32_t i = 0; i < s->t->move->past_count; i++)
		write_fmt(&w, "%s%s %s", i ? s->zh ? "、" : ", " : "",
			  name_of(s, &s->t->p->events[s->t->move->past[i].event].name),
			  date_text(s->t->arena, s->t->move->past[i].day));
	if (s->t->move->past_count)
		drawing_add_note(s->t->arena, s->d, CLASS_PLAIN, writer_text(&w));
}

static void add_ended(const struct sketch *s)
{
	struct writer w;
	writer_init(&w, s->t->arena);
	for (size_t i = 0; i < s->t->ended.count; i++) {
		const struct guiju_clock *clock = &s->t->ended.items[i];
		const struct name *name =
			clock->is_duty ? &s->t->p->duties[clock->index].name : &s->t->p->validities[clock->index].name;
		if (!clock->due_known || !is_day_known(clock->due.earliest))
			continue;
		write_fmt(&w, s->zh ? "%s%s（末日%s）" : "%s%s (last day: %s)", w.size ? s->zh ? "、" : ", " : "",
			  name_of(s, name), dates_words(s, &clock->due));
	}
	if (w.size)
		drawing_add_note(
			s->t->arena, s->d, CLASS_PLAIN,
			arena_printf(s->t->arena, s->zh ? "随之终结：%s" : "ended by it: %s", writer_text(&w)));
}

static void note_year(int32_t year, int32_t *years, size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		if (years[i] == year)
			return;
	years[(*count)++] = year;
}

static size_t unpublished_years(const struct sketch *s, int32_t *years)
{
	size_t count = 0;
	for (size_t i = 0; i < s->t->items.count; i++)
		if (open_year(&s->t->items.items[i]))
			note_year(open_year(&s->t->items.items[i]), years, &count);
	return count;
}

static void write_limit(const struct sketch *s, struct writer *w, uint32_t limit, const char *zh, const char *en)
{
	if (limit != UNLIMITED)
		write_fmt(w, s->zh ? zh : en, limit);
}

static void write_assumption(const struct sketch *s, struct writer *w, const struct calendar *calendar)
{
	const struct calendar_assumption *a = &calendar->assumption;
	write_fmt(w, s->zh ? "，按「%s」的假定：" : "; what \"%s\" assumes:", name_of(s, &calendar->name));
	write_limit(s, w, a->weekdays_off, "周一至周五放假至多%u日；", " at most %u Mondays to Fridays off;");
	write_limit(s, w, a->made_up, "周六、周日上班至多%u日；", " at most %u Saturdays and Sundays worked;");
	write_limit(s, w, a->rest, "连休至多%u日；", " no rest over %u days;");
	write_limit(s, w, a->work, "连续上班至多%u日；", " no more than %u days of work in a row;");
	for (size_t i = 0; i < a->always_off_count; i++)
		write_fmt(w, s->zh ? "%s%u月%u日" : "%s%02u-%02u",
			  i	  ? s->zh ? "、" : ", "
			  : s->zh ? "每年放假："
				  : " always off: ",
			  (unsigned)a->always_off[i].month, (unsigned)a->always_off[i].day);
	const struct attributes *by = a->attributes.resolve_count ? &a->attributes : &calendar->attributes;
	for (size_t i = 0; i < by->resolve_count; i++)
		write_fmt(w, "%s%s", i ? s->zh ? "、" : ", " : s->zh ? "；释疑" : "; settles ", by->resolves[i]);
}

static void add_assumption(const struct sketch *s)
{
	struct writer w;
	int32_t *years = arena_new_array(s->t->arena, int32_t, s->t->items.count + 1);
	size_t count = unpublished_years(s, years);
	writer_init(&w, s->t->arena);
	for (size_t i = 0; i < count; i++)
		write_fmt(&w, "%s%d", i ? s->zh ? "、" : ", " : "", (int)years[i]);
	if (count == 0 || s->t->p->calendar == NONE)
		return;
	const struct calendar *calendar = &s->t->model->calendars[s->t->p->calendar];
	write_str(&w, s->zh ? "年的放假安排没有公布：末日在最早与最迟之间"
			    : ": days off are not published, so days lie between the earliest and the latest");
	if (calendar->assumption.given)
		write_assumption(s, &w, calendar);
	drawing_add_note(s->t->arena, s->d, CLASS_PLAIN, writer_text(&w));
}

static void add_notes(const struct sketch *s)
{
	if (s->t->items.count == 0)
		drawing_add_note(s->t->arena, s->d, CLASS_PLAIN,
				 s->zh ? "此后没有期限、有效期或者窗口" : "nothing is due after it");
	add_past(s);
	add_ended(s);
	add_assumption(s);
}

static void add_legends(const struct sketch *s)
{
	static const struct {
		enum drawing_class class;
		struct phrase words;
	} keys[] = {
		{ CLASS_RUNS, { "期间（当日不计入）", "runs (its first day is not counted)" } },
		{ CLASS_DUE, { "末日", "last day" } },
		{ CLASS_BETWEEN, { "最早至最迟", "earliest to latest" } },
		{ CLASS_LAPSE, { "次日发生", "happens the day after" } },
		{ CLASS_OFF, { "放假、周末（休：放假）", "off (H: holiday)" } },
		{ CLASS_MADE_UP, { "调休上班（班）", "made up (W)" } },
		{ CLASS_UNKNOWN, { "没有公布（?）", "not published (?)" } },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		drawing_add_legend(s->t->arena, s->d, keys[i].class, pick(s, keys[i].words));
}

/* ---- the whole ---- */

static void set_head(const struct sketch *s)
{
	const struct model *m = s->t->model;
	const struct procedure *p = s->t->p;
	const char *event = name_of(s, &p->events[s->t->move->event].name),
		   *day = date_text(s->t->arena, s->t->move->day);
	s->d->title = arena_printf(s->t->arena, s->zh ? "%s：%s %s之后" : "%s: after %s on %s", name_of(s, &p->name),
				   s->zh ? day : event, s->zh ? event : day);
	if (s->zh)
		return;
	bool edition = m->edition.id && m->edition.id[0];
	s->d->language = "en";
	s->d->subtitle = arena_printf(s->t->arena, "%s%s%s", m->name.english, edition ? ", edition " : "",
				      edition ? m->edition.id : "");
	if (s->d->notes.count > 0)
		s->d->notes.items[0].text = m->edition.has_english ? m->edition.english : m->edition.label;
}

void draw_timeline(struct arena *arena, const struct model *model, const struct guiju_table *table,
		   const struct guiju_move *move, enum language language, picture_lists *out)
{
	struct timeline t = { .arena = arena,
			      .model = model,
			      .table = table,
			      .p = &model->procedures[move->procedure],
			      .move = move,
			      .language = language };
	struct sketch s = { .t = &t, .pairs = pairs_of(arena, model), .zh = language == LANGUAGE_ZH };
	s.d = drawing_new(arena, model, "timeline", arena_printf(arena, "timeline.%s", t.p->name.id), t.p->name.label,
			  FLOW_RIGHT);
	timeline_ask(&t);
	sort_items(&t);
	find_lanes(&s);
	set_head(&s);
	add_rows(&s);
	timeline_axis(&t, s.d);
	add_notes(&s);
	add_legends(&s);
	drawing_finish(arena, s.d, out);
}
