/* Periods against each other: what outlives what it serves, what opens too early, what renews itself for ever.
 *
 * note [bounds] A period is compared by the civil days that it can take under any calendar that could be published and
 * from any day on. The bounds are wide but sure: what they decide is so for every calendar. Where they meet, the table's
 * own calendar is asked from every day of eight years; a day found there is the witness, and without one nothing is said
 * to be decided. */
#include "procedure/checks.h"

#define UNBOUNDED 1000000
enum { DAYS_ASKED = 8 * 366 };

struct bounds {
	int64_t least, most;         /* civil days */
};

/* Weekdays that surely are worked among so many days. */
static int64_t surely_worked(int64_t days, const struct calendar_assumption *a)
{
	return days - 2 * (days / 7 + 1) - (int64_t)a->weekdays_off * (days / 365 + 2);
}

static struct bounds working_bounds(const struct procedure_checks *c, uint32_t amount)
{
	const struct calendar_assumption *a = c->p->calendar == NONE ? NULL : &c->model->calendars[c->p->calendar].assumption;
	struct bounds b = { amount, UNBOUNDED };
	if (!a || !a->given)
		return b;
	if (a->rest != UNLIMITED)
		b.most = (int64_t)amount * ((int64_t)a->rest + 1);
	for (int64_t days = amount; a->weekdays_off != UNLIMITED && days < b.most; days++)
		if (surely_worked(days, a) >= amount)
			b.most = days;
	return b;
}

static struct bounds bounds_of(const struct procedure_checks *c, struct period p)
{
	int64_t n = p.amount;
	switch (p.unit) {
	case UNIT_WORKING_DAYS: return working_bounds(c, p.amount);
	case UNIT_DAYS: return (struct bounds){ n, n };
	case UNIT_MONTHS: return (struct bounds){ n * 365 / 12 - 3, n * 366 / 12 + 4 };
	case UNIT_YEARS: return (struct bounds){ n * 365 + (n > 8 ? (n - 8) / 4 : 0), n * 365 + n / 4 + 1 };
	}
	return (struct bounds){ 0, UNBOUNDED };
}

static int64_t months_of(struct period p)
{
	return p.unit == UNIT_YEARS ? (int64_t)p.amount * 12 : p.unit == UNIT_MONTHS ? (int64_t)p.amount : -1;
}

/* Without a calendar there are no working days to count: that is said once, and nothing else. */
static bool lacks_calendar(const struct procedure_checks *c, struct period a, struct period b)
{
	return c->p->calendar == NONE && a.unit != b.unit && (a.unit == UNIT_WORKING_DAYS || b.unit == UNIT_WORKING_DAYS);
}

enum longer { NEVER_LONGER, PERHAPS_LONGER, ALWAYS_LONGER };

static enum longer is_longer(const struct procedure_checks *c, struct period a, struct period b)
{
	if (lacks_calendar(c, a, b))
		return NEVER_LONGER;
	if (a.unit == b.unit)
		return a.amount > b.amount ? ALWAYS_LONGER : NEVER_LONGER;
	if (months_of(a) >= 0 && months_of(b) >= 0)
		return months_of(a) > months_of(b) ? ALWAYS_LONGER : NEVER_LONGER;
	struct bounds x = bounds_of(c, a), y = bounds_of(c, b);
	return x.least > y.most ? ALWAYS_LONGER : x.most <= y.least ? NEVER_LONGER : PERHAPS_LONGER;
}

static bool count(struct procedure_checks *c, int64_t from, struct period p, struct guiju_dates *out)
{
	static const enum guiju_unit units[] = { GUIJU_WORKING_DAYS, GUIJU_DAYS, GUIJU_MONTHS, GUIJU_YEARS };
	return guiju_count(c->table, c->p->calendar, from, false, p.amount, units[p.unit], false, c->scratch,
			   c->scratch_size, out) == GUIJU_OK &&
	       out->latest != GUIJU_NO_DAY;
}

/* A day from which `a` can end after `b` does; GUIJU_NO_DAY: none was found. */
static int64_t longer_from(struct procedure_checks *c, struct period a, struct period b)
{
	int64_t start = c->model->has_effective ? c->model->effective : 20454;
	for (int64_t day = start; day < start + DAYS_ASKED; day++) {
		struct guiju_dates x, y;
		if (count(c, day, a, &x) && count(c, day, b, &y) && x.latest > y.earliest)
			return day;
	}
	return GUIJU_NO_DAY;
}

static bool share_event(const struct starts *a, const struct starts *b)
{
	for (size_t i = 0; i < a->event_count; i++)
		if (has_index(b->events, b->event_count, a->events[i]))
			return true;
	return false;
}

/* ---- the rulebook's own end ---- */

static void check_trial(struct procedure_checks *c, const struct validity *v)
{
	const struct period *trial = c->model->trial;
	if (!trial || v->survives)
		return;
	enum longer longer = is_longer(c, v->period, *trial);
	struct finding *f = report_at(c, FINDING_VALIDITY_OUTLIVES, v->name_span,
				      longer == ALWAYS_LONGER ? MESSAGE_VALIDITY_OUTLIVES : MESSAGE_VALIDITY_MAY_OUTLIVE,
				      v->name.id, &v->attributes);
	name_arg(c, f, 0, &v->name);
	period_arg(c, f, 1, v->period);
	period_arg(c, f, 2, *trial);
	diag_help(c->diag, f, MESSAGE_VALIDITY_OUTLIVES_HELP, NULL, NULL);
}

/* ---- a duty against a validity that begins with it ---- */

static void check_outlives(struct procedure_checks *c, const struct duty *d, const struct validity *v)
{
	int64_t from = GUIJU_NO_DAY;
	if (d->limit.kind != LIMIT_KIND_WITHIN || !share_event(&d->from, &v->from))
		return;
	enum longer longer = is_longer(c, d->limit.period, v->period);
	if (longer == PERHAPS_LONGER)
		from = longer_from(c, d->limit.period, v->period);
	if (longer == NEVER_LONGER)
		return;
	if (longer == PERHAPS_LONGER && from == GUIJU_NO_DAY) {
		report_open(c, d->name_span, &d->name, "期限是否长于所服务的有效期", "whether its deadline outlives the validity that it serves");
		return;
	}
	struct finding *f = report_at(c, FINDING_DEADLINE_OUTLIVES, d->name_span,
				      from == GUIJU_NO_DAY ? MESSAGE_DEADLINE_OUTLIVES : MESSAGE_DEADLINE_OUTLIVES_FROM, d->name.id,
				      &d->attributes);
	name_arg(c, f, 0, &d->name);
	period_arg(c, f, 1, d->limit.period);
	name_arg(c, f, 2, &v->name);
	period_arg(c, f, 3, v->period);
	if (from != GUIJU_NO_DAY)
		diag_arg(c->diag, f, 4, date_text(c->diag->arena, from));
	add_clauses(c, f, &v->attributes);
	diag_place(c->diag, f, v->name_span, v->name.label, v->name.english);
	diag_help(c->diag, f, MESSAGE_DEADLINE_OUTLIVES_HELP, NULL, NULL);
}

/* ---- windows ---- */

/* A window counted back from the end of a validity begins before the validity does; one that closes there is never open. */
static void check_window(struct procedure_checks *c, const struct step *step)
{
	bool last = step->limit.kind == LIMIT_KIND_IN_THE_LAST;
	if (!last && step->limit.kind != LIMIT_KIND_AT_LEAST_BEFORE)
		return;
	const struct validity *v = &c->p->validities[step->limit.validity];
	enum longer longer = is_longer(c, step->limit.period, v->period);
	int64_t from = longer == PERHAPS_LONGER ? longer_from(c, step->limit.period, v->period) : GUIJU_NO_DAY;
	if (longer == NEVER_LONGER)
		return;
	if (longer == PERHAPS_LONGER && from == GUIJU_NO_DAY) {
		report_open(c, step->name_span, &step->name, "时间窗是否早于有效期", "whether its window opens before the validity begins");
		return;
	}
	struct finding *f = report_at(c, last ? FINDING_WINDOW_EARLY : FINDING_DUTY_UNMEETABLE, step->name_span,
				      last ? MESSAGE_WINDOW_EARLY : MESSAGE_WINDOW_NEVER, step->name.id, &step->attributes);
	name_arg(c, f, 0, &step->name);
	period_arg(c, f, 1, step->limit.period);
	name_arg(c, f, 2, &v->name);
	period_arg(c, f, 3, v->period);
	add_clauses(c, f, &v->attributes);
	diag_place(c->diag, f, v->name_span, v->name.label, v->name.english);
	diag_help(c->diag, f, MESSAGE_WINDOW_HELP, NULL, NULL);
}

/* A date before the rulebook takes effect. */
static void check_date(struct procedure_checks *c, const struct limit *limit, const struct name *name, struct span span,
		       const struct attributes *attributes)
{
	if (limit->kind != LIMIT_KIND_BY_DATE || !c->model->has_effective || limit->date >= c->model->effective)
		return;
	struct finding *f = report_at(c, FINDING_DUTY_UNMEETABLE, span, MESSAGE_DATE_PAST, name->id, attributes);
	name_arg(c, f, 0, name);
	diag_arg(c->diag, f, 1, date_text(c->diag->arena, limit->date));
	diag_arg(c->diag, f, 2, date_text(c->diag->arena, c->model->effective));
	diag_help(c->diag, f, MESSAGE_DATE_PAST_HELP, NULL, NULL);
}

/* ---- renewal without a condition ---- */

/* Nobody has to decide and nothing has to be so for this edge to be taken. */
static bool is_unconditional(const struct graph *g, const struct edge *edge)
{
	if (edge->step == NONE)
		return true;
	const struct step *step = &g->p->steps[edge->step];
	return !step->guard && !step->circumstance && !step->attributes.discretion &&
	       (step->limit.kind == LIMIT_KIND_NONE || step->limit.kind == LIMIT_KIND_UNLIMITED);
}

static void check_loops(struct procedure_checks *c)
{
	const struct graph *g = &c->graph;
	const bool *leads = graph_closure(g, is_unconditional);
	uint32_t last = NONE;
	for (size_t i = 0; i < g->edges.count; i++) {
		const struct edge *edge = &g->edges.items[i];
		if (edge->step == NONE || edge->step == last || !is_unconditional(g, edge) || !g->reached[edge->from])
			continue;
		const struct step *step = &c->p->steps[edge->step];
		if (edge->from != edge->to && !leads[edge->to * c->p->state_count + edge->from])
			continue;
		for (size_t k = 0; k < step->restart_count; k++) {
			if (step->restarts[k].kind != CLOCK_VALIDITY)
				continue;
			struct finding *f = report_at(c, FINDING_RENEWAL_LOOP, step->name_span, MESSAGE_RENEWAL_LOOP, step->name.id,
						      &step->attributes);
			name_arg(c, f, 0, &step->name);
			name_arg(c, f, 1, &c->p->validities[step->restarts[k].index].name);
			diag_help(c->diag, f, MESSAGE_RENEWAL_LOOP_HELP, NULL, NULL);
			last = edge->step;
		}
	}
}

void check_times(struct procedure_checks *c)
{
	for (size_t i = 0; i < c->p->validity_count; i++)
		check_trial(c, &c->p->validities[i]);
	for (size_t i = 0; i < c->p->duty_count; i++) {
		const struct duty *d = &c->p->duties[i];
		check_date(c, &d->limit, &d->name, d->name_span, &d->attributes);
		for (size_t k = 0; k < c->p->validity_count; k++)
			check_outlives(c, d, &c->p->validities[k]);
	}
	for (size_t i = 0; i < c->p->step_count; i++) {
		const struct step *step = &c->p->steps[i];
		check_date(c, &step->limit, &step->name, step->name_span, &step->attributes);
		check_window(c, step);
	}
	check_loops(c);
}
