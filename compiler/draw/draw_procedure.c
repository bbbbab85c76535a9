/* The drawing of a procedure: its states, and the steps between them in the colour of who takes them.
 *
 * note [few lines] A step that leaves many states (the end of a validity, a sanction) would cover the picture with lines
 * that all say the same, so it is written into the box to which it leads. A step that leaves the state as it is stands in
 * that state's own box. What duties demand stands on the step that discharges them where it is owed, and below the picture in full. */
#include "diag/render.h"
#include "draw/compose.h"
#include "draw/words.h"
#include "model/procedure.h"

#include <string.h>

enum { MANY_STATES = 4, STATE_EMS = 13000, ITEM_EMS = 17000, STEP_EMS = 10000, CITES_SHOWN = 1 };

struct charter {
	struct arena *arena;
	const struct model *model;
	const struct procedure *p;
	const struct diag *findings;
	const struct pairs *pairs;
	struct drawing *d;
	uint32_t *roles;             /* in order of first use: role, or NONE for time and the world outside */
	size_t role_count;
};

static bool is_found(const struct charter *c, const char *id)
{
	for (size_t i = 0; c->findings && i < c->findings->findings.count; i++) {
		const struct finding *f = c->findings->findings.items[i];
		if (!f->procedure || strcmp(f->procedure, c->p->name.id) != 0 || f->severity != SEVERITY_ERROR)
			continue;
		for (size_t k = 0; f->rules && f->rules[k]; k++)
			if (strcmp(f->rules[k], id) == 0)
				return true;
	}
	return false;
}

/* ---- who ---- */

static enum drawing_class role_class(struct charter *c, const struct step *step)
{
	if (step->actor != ACTOR_ROLE)
		return (enum drawing_class)(CLASS_ROLE0 + ROLE_CLASSES - 1);
	size_t at = 0;
	while (at < c->role_count && c->roles[at] != step->role)
		at++;
	if (at == c->role_count)
		c->roles[c->role_count++] = step->role;
	return (enum drawing_class)(CLASS_ROLE0 + (at < ROLE_CLASSES - 2 ? at : ROLE_CLASSES - 2));
}

/* ---- what a step says ---- */

static bool has(const uint32_t *list, size_t count, uint32_t index)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == index)
			return true;
	return false;
}

/* Whoever is in the state owes the duty: every way into it starts it. */
static bool is_owed_in(const struct charter *c, const struct duty *d, uint32_t state)
{
	for (size_t i = 0; i < c->p->step_count; i++) {
		const struct step *step = &c->p->steps[i];
		if (step->to == state && !has(step->from, step->from_count, state) &&
		    !has(d->from.events, d->from.event_count, step->event))
			return false;
	}
	return !c->p->states[state].start;
}

/* Its own window, or the deadline of the duty that it discharges there; "" where there is none. */
static const char *step_limit(const struct charter *c, const struct step *step, uint32_t state)
{
	if (step->limit.kind != LIMIT_KIND_NONE && step->limit.kind != LIMIT_KIND_UNLIMITED)
		return limit_words(c->arena, c->p, &step->limit).zh;
	for (size_t i = 0; i < c->p->duty_count; i++) {
		const struct duty *d = &c->p->duties[i];
		if (has(d->discharged_by, d->discharge_count, step->event) && d->limit.kind != LIMIT_KIND_NONE &&
		    (state == NONE || is_owed_in(c, d, state)))
			return limit_words(c->arena, c->p, &d->limit).zh;
	}
	return "";
}

static const char *step_cites(const struct charter *c, const struct step *step)
{
	const struct cites *cites = &step->attributes.cites;
	return cites->count ? cites_short(c->arena, cites->clauses, cites->count, CITES_SHOWN) : "";
}

static void step_tips(const struct charter *c, const struct step *step, drawing_texts *out)
{
	const char *who = actor_words(c->model, step->actor, step->role).zh, *limit = step_limit(c, step, NONE);
	const char *guard = step->guard && step->guard->words ? step->guard->words : step->guard ? "有条件" : "";
	const char *tip = arena_printf(c->arena, "%s（%s）：%s%s%s%s%s", step->name.label, step->name.id, who,
				       *limit ? "，" : "", limit, *guard ? "，当" : "", guard);
	vec_push(c->arena, out, tip);
	for (size_t i = 0; i < step->material_count; i++) {
		tip = arena_printf(c->arena, "材料：%s", step->materials[i]);
		vec_push(c->arena, out, tip);
	}
	cites_tips(c->arena, c->model, step->attributes.cites.clauses, step->attributes.cites.count, out);
}

/* ---- boxes ---- */

static void add_item(const struct charter *c, struct drawing_node *node, const char *mark, const struct step *step)
{
	const char *limit = step_limit(c, step, step->to == NONE ? NONE : step->from[0]), *cites = step_cites(c, step);
	const char *text = arena_printf(c->arena, "%s %s%s%s%s%s", mark, step->name.label, *limit ? "，" : "", limit,
					*cites ? " " : "", cites);
	add_wrapped(c->arena, c->pairs, &node->lines, LINE_ITEM, text, ITEM_EMS, 2);
	step_tips(c, step, &node->tips);
}

static bool is_drawn(const struct step *step)
{
	return step->to != NONE && step->from_count < MANY_STATES;
}

static bool stays(const struct step *step, uint32_t state)
{
	return has(step->from, step->from_count, state) && (step->to == NONE || step->to == state);
}

static void add_state(struct charter *c, uint32_t index)
{
	const struct state *state = &c->p->states[index];
	struct drawing_node node = { .class = CLASS_STATE };
	if (is_found(c, state->name.id))
		node.class = CLASS_CONFLICT;
	else if (state->start || state->final)
		node.class = state->start ? CLASS_START : CLASS_FINAL;
	add_wrapped(c->arena, c->pairs, &node.lines, LINE_MAIN, state->name.label, STATE_EMS, 2);
	const char *tip = arena_printf(c->arena, "%s（%s）", state->name.label, state->name.id);
	vec_push(c->arena, &node.tips, tip);
	cites_tips(c->arena, c->model, state->attributes.cites.clauses, state->attributes.cites.count, &node.tips);
	for (size_t i = 0; i < c->p->step_count; i++) {
		const struct step *step = &c->p->steps[i];
		if (stays(step, index))
			add_item(c, &node, "↻", step);
		else if (step->to == index && !is_drawn(step))
			add_item(c, &node, arena_printf(c->arena, "←%zu个状态", step->from_count), step);
	}
	drawing_add_node(c->arena, c->d, arena_printf(c->arena, "state.%s", state->name.id), &node);
}

/* ---- lines ---- */

static void add_words(const struct charter *c, drawing_texts *labels, const char *text)
{
	if (*text)
		text_wrap(c->arena, c->pairs, text, STEP_EMS, 2, labels);
}

static void add_step(struct charter *c, const struct step *step)
{
	enum drawing_class class = role_class(c, step);
	for (size_t i = 0; i < step->from_count && is_drawn(step); i++) {
		if (step->from[i] == step->to)
			continue;
		struct drawing_edge *edge = drawing_add_edge(c->arena, c->d, step->from[i], step->to, class);
		if (is_found(c, step->name.id))
			edge->class = CLASS_RED;
		add_words(c, &edge->labels, step->name.label);
		add_words(c, &edge->labels, step_limit(c, step, step->from[i]));
		add_words(c, &edge->labels, step_cites(c, step));
		step_tips(c, step, &edge->tips);
	}
}

/* ---- below the picture ---- */

/* "，自EVENT、EVENT"; "" where nothing is written. */
static const char *start_words(const struct charter *c, const struct starts *from)
{
	struct writer w;
	writer_init(&w, c->arena);
	if (from->words)
		write_fmt(&w, "，自「%s」", from->words);
	for (size_t i = 0; i < from->event_count; i++)
		write_fmt(&w, "%s%s", i ? "、" : "，自", c->p->events[from->events[i]].name.label);
	return arena_strdup(c->arena, writer_text(&w));
}

static void add_duties(const struct charter *c)
{
	for (size_t i = 0; i < c->p->duty_count; i++) {
		const struct duty *d = &c->p->duties[i];
		const char *limit = d->every.kind == EVERY_PERIOD ?
					    arena_printf(c->arena, "每%s", period_words(c->arena, d->every.period).zh) :
					    limit_words(c->arena, c->p, &d->limit).zh;
		const char *text = arena_printf(c->arena, "职责 %s：%s%s%s%s %s", d->name.label,
						d->role == NONE ? "未写明由谁" : c->model->roles[d->role].name.label,
						*limit ? "，" : "", limit, start_words(c, &d->from),
						cites_short(c->arena, d->attributes.cites.clauses, d->attributes.cites.count, 2));
		drawing_add_note(c->arena, c->d, is_found(c, d->name.id) ? CLASS_RED : CLASS_PLAIN, text);
	}
	for (size_t i = 0; i < c->p->validity_count; i++) {
		const struct validity *v = &c->p->validities[i];
		const char *text = arena_printf(c->arena, "有效期 %s：%s%s %s", v->name.label,
						period_words(c->arena, v->period).zh, start_words(c, &v->from),
						cites_short(c->arena, v->attributes.cites.clauses, v->attributes.cites.count, 2));
		drawing_add_note(c->arena, c->d, is_found(c, v->name.id) ? CLASS_RED : CLASS_PLAIN, text);
	}
}

static void add_findings(const struct charter *c)
{
	for (size_t i = 0; c->findings && i < c->findings->findings.count; i++) {
		const struct finding *f = c->findings->findings.items[i];
		if (f->procedure && strcmp(f->procedure, c->p->name.id) == 0 && f->severity == SEVERITY_ERROR)
			drawing_add_note(c->arena, c->d, CLASS_RED, finding_text(c->arena, f, LANGUAGE_ZH));
	}
}

static void add_legends(const struct charter *c)
{
	drawing_add_legend(c->arena, c->d, CLASS_START, "起始状态");
	drawing_add_legend(c->arena, c->d, CLASS_FINAL, "终止状态");
	drawing_add_legend(c->arena, c->d, CLASS_CONFLICT, "检查有发现的状态");
	for (size_t i = 0; i < c->role_count && i < ROLE_CLASSES - 1; i++)
		drawing_add_legend(c->arena, c->d, (enum drawing_class)(CLASS_ROLE0 + i),
				   i < ROLE_CLASSES - 2 || c->role_count == i + 1 ? c->model->roles[c->roles[i]].name.label : "其他角色");
	drawing_add_legend(c->arena, c->d, (enum drawing_class)(CLASS_ROLE0 + ROLE_CLASSES - 1), "时间、外界");
	drawing_add_legend(c->arena, c->d, CLASS_RED, "检查有发现的步骤");
}

void draw_procedure(struct arena *arena, const struct model *model, const struct diag *findings, uint32_t procedure,
		    picture_lists *out)
{
	struct charter c = { arena, model, &model->procedures[procedure], findings, pairs_of(arena, model), NULL,
			     arena_new_array(arena, uint32_t, model->role_count + 1), 0 };
	const char *id = arena_printf(arena, "procedure.%s", c.p->name.id);
	c.d = drawing_new(arena, model, "procedure", id, c.p->name.label, FLOW_ANY);
	if (c.p->state_count > LIST_NODES - 1)
		return;
	for (uint32_t s = 0; s < c.p->state_count; s++)
		add_state(&c, s);
	for (size_t i = 0; i < c.p->step_count; i++)
		add_step(&c, &c.p->steps[i]);
	add_duties(&c);
	add_findings(&c);
	add_legends(&c);
	drawing_finish(arena, c.d, out);
}
