/* Where the nodes of a process stand and how its flows run.
 *
 * note [lanes and channels] Nodes stand in a grid: a column for each step away from the start (breadth first), rows within
 * the lane of each. Between the columns, and above each row, run channels in which the flows have tracks of their own: out
 * of a node to the right, up or down the channel beside its column, along the channel above the row of the other node, and
 * down into it. So no flow crosses a node, and no two lie on each other unless they come from one node or lead to one.
 * What leads straight to the next column of the same row is a straight line. Sub-processes stand at the end of the lane. */
#include "emit/flow.h"

#include <string.h>

#define MARGIN	    40.0
#define HEADER	    30.0 /* of the pool, of a lane */
#define TASK_WIDTH  140.0
#define TASK_HEIGHT 80.0
#define EVENT_SIZE  36.0
#define GATE_SIZE   50.0
#define BAND	    110.0 /* height of a row without the channel above it */
#define ABOVE	    16.0  /* free space in a channel above its tracks */
#define BELOW	    24.0
#define BESIDE	    20.0 /* in a channel between columns, on both sides */
#define LABELLED    100.0 /* least width of such a channel, where a straight flow has a name */
#define TRACK	    10.0
#define TIMER_STEP  44.0 /* from one timer of a task to the next */
#define BOX_WIDTH   360.0
#define BOX_HEIGHT  132.0
#define BOX_GAP	    20.0
#define LATE_STEP   100.0 /* within a sub-process, from a task down to an end */
#define NO_PLACE    UINT32_MAX

/* One stretch of a flow in a channel. */
struct stretch {
	uint32_t channel, low, high; /* low..high in half steps of the grid */
	uint32_t node;               /* stretches of one node may share a track */
	uint32_t track;
};
typedef VEC(struct stretch) stretches;

struct route {
	bool straight, down;         /* down: from a timer to the end below it */
	uint32_t leaves, along, up;  /* indices of stretches: across, NO_PLACE where there is none */
};

struct layout {
	struct flow *f;
	uint32_t *via;               /* per node: from where it was reached first; NO_PLACE */
	VEC(uint32_t) order;         /* nodes of the grid, breadth first */
	uint32_t columns, rows;
	uint32_t *lane_row;          /* per lane: its first row */
	stretches across, along;     /* in channels beside columns, above rows */
	struct route *routes;        /* per flow */
	uint32_t *across_tracks, *along_tracks; /* per channel */
	bool *named;                 /* per channel beside a column */
	double *column_x, *row_y, *along_y, *across_x;
};

static bool in_grid(const struct flow_node *node)
{
	return node->parent == NONE && node->kind != FLOW_DEADLINE && node->kind != FLOW_LATE && node->kind != FLOW_ALWAYS;
}

static bool is_task(enum flow_kind kind)
{
	return kind == FLOW_TASK;
}

static bool is_gate(enum flow_kind kind)
{
	return kind == FLOW_CHOICE || kind == FLOW_GUARD;
}

static void size_node(struct flow_node *node)
{
	node->width = is_task(node->kind) ? TASK_WIDTH : is_gate(node->kind) ? GATE_SIZE : EVENT_SIZE;
	node->height = is_task(node->kind) ? TASK_HEIGHT : node->width;
}

double flow_letters(const char *text)
{
	double width = 0.0;
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		width += c < 0x80 ? 0.6 : c >= 0xc0 ? 1.0 : 0.0;
	}
	return width;
}

double flow_label_height(const char *name)
{
	return FLOW_LABEL_LINE * (double)(int)(flow_letters(name) / 8.0 + 0.99);
}

/* ---- columns ---- */

static void reach(struct layout *l, uint32_t node, uint32_t column, uint32_t via)
{
	struct flow_node *at = &l->f->nodes.items[node];
	if (!in_grid(at) || at->column != NO_PLACE)
		return;
	at->column = column;
	l->via[node] = via;
	l->columns = column + 1 > l->columns ? column + 1 : l->columns;
	vec_push(l->f->arena, &l->order, node);
}

/* What follows a node: over its flows, those of its timers, and the other end of its link. */
static void follow(struct layout *l, uint32_t node)
{
	const struct flow *f = l->f;
	const struct flow_node *at = &f->nodes.items[node];
	for (size_t i = 0; i < f->edges.count; i++) {
		const struct flow_edge *edge = &f->edges.items[i];
		const struct flow_node *from = &f->nodes.items[edge->from];
		if (edge->from == node || (from->kind == FLOW_DEADLINE && from->host == node))
			reach(l, edge->to, at->column + 1, node);
	}
	for (uint32_t i = 0; i < f->nodes.count && at->kind == FLOW_LINK_FROM; i++) {
		if (f->nodes.items[i].kind == FLOW_LINK_TO && f->nodes.items[i].step == at->step)
			reach(l, i, at->column + 1, node);
	}
}

static void set_columns(struct layout *l)
{
	struct flow *f = l->f;
	size_t done = 0;
	l->via = arena_new_array(f->arena, uint32_t, f->nodes.count + 1);
	for (uint32_t i = 0; i < f->nodes.count; i++) {
		f->nodes.items[i].column = f->nodes.items[i].row = NO_PLACE;
		size_node(&f->nodes.items[i]);
	}
	for (uint32_t i = 0; i < f->nodes.count; i++) {
		reach(l, i, 0, NO_PLACE);    /* the start first; later ones are what nothing leads to */
		for (; done < l->order.count; done++)
			follow(l, l->order.items[done]);
	}
}

/* ---- rows ---- */

static uint32_t lates_of(const struct flow *f, uint32_t node)
{
	uint32_t count = 0;
	for (size_t i = 0; i < f->nodes.count; i++)
		count += f->nodes.items[i].kind == FLOW_LATE && f->nodes.items[i].host == node;
	return count;
}

/* Rows are counted within the lane until all are known. */
static bool is_free(const struct layout *l, uint32_t node, uint32_t first, uint32_t span)
{
	const struct flow_node *at = &l->f->nodes.items[node];
	for (size_t i = 0; i < l->order.count; i++) {
		const struct flow_node *other = &l->f->nodes.items[l->order.items[i]];
		if (other->lane != at->lane || other->column != at->column || other->row == NO_PLACE)
			continue;
		uint32_t others = 1 + lates_of(l->f, l->order.items[i]);
		if (other->row < first + span && first < other->row + others)
			return false;
	}
	return true;
}

/* Beside what it follows, if it can be, else as near as can be. */
static void set_row(struct layout *l, uint32_t node)
{
	struct flow_node *at = &l->f->nodes.items[node];
	const struct flow_node *before = l->via[node] == NO_PLACE ? NULL : &l->f->nodes.items[l->via[node]];
	uint32_t wish = before && before->lane == at->lane ? before->row : 0, span = 1 + lates_of(l->f, node);
	for (uint32_t away = 0;; away++) {
		if (is_free(l, node, wish + away, span)) {
			at->row = wish + away;
			break;
		}
		if (away <= wish && is_free(l, node, wish - away, span)) {
			at->row = wish - away;
			break;
		}
	}
	struct flow_lane *lane = &l->f->lanes[at->lane];
	lane->rows = at->row + span > lane->rows ? at->row + span : lane->rows;
}

static void set_rows(struct layout *l)
{
	struct flow *f = l->f;
	l->lane_row = arena_new_array(f->arena, uint32_t, f->lane_count);
	for (size_t i = 0; i < l->order.count; i++)
		set_row(l, l->order.items[i]);
	for (size_t i = 0; i < f->lane_count; i++) {
		l->lane_row[i] = l->rows;
		l->rows += f->lanes[i].rows;
	}
	for (size_t i = 0; i < l->order.count; i++) {
		struct flow_node *at = &f->nodes.items[l->order.items[i]];
		at->row += l->lane_row[at->lane];
	}
}

/* ---- tracks ---- */

static uint32_t add_stretch(struct layout *l, stretches *of, uint32_t channel, uint32_t a, uint32_t b, uint32_t node)
{
	struct stretch s = { channel, a < b ? a : b, a < b ? b : a, node, NO_PLACE };
	vec_push(l->f->arena, of, s);
	return (uint32_t)of->count - 1;
}

static void route(struct layout *l, size_t index)
{
	struct flow *f = l->f;
	const struct flow_edge *edge = &f->edges.items[index];
	struct route *r = &l->routes[index];
	const struct flow_node *from = &f->nodes.items[edge->from], *to = &f->nodes.items[edge->to];
	bool timer = from->kind == FLOW_DEADLINE;
	const struct flow_node *at = timer && from->parent == NONE ? &f->nodes.items[from->host] : from;
	*r = (struct route){ .leaves = NO_PLACE, .along = NO_PLACE, .up = NO_PLACE };
	r->down = to->kind == FLOW_LATE;
	r->straight = r->down || from->parent != NONE || (!timer && at->row == to->row && to->column == at->column + 1);
	if (r->straight) {
		if (edge->name && !r->down && from->parent == NONE)
			l->named[at->column] = true;
		return;
	}
	uint32_t row = 2 * at->row + 1;
	if (timer) {                         /* first along the channel below the task */
		r->up = add_stretch(l, &l->along, at->row + 1, 2 * at->column, 2 * at->column + 1, edge->from);
		row = 2 * (at->row + 1);
	}
	r->leaves = add_stretch(l, &l->across, at->column, row, 2 * to->row, edge->from);
	r->along = add_stretch(l, &l->along, to->row, 2 * at->column + 1, 2 * to->column, edge->to);
}

static bool collide(const struct stretch *a, const struct stretch *b)
{
	return a->channel == b->channel && a->node != b->node && a->low <= b->high && b->low <= a->high;
}

/* The first track of the channel on which it meets no other. */
static void set_tracks(struct layout *l, stretches *of, uint32_t *tracks)
{
	bool *taken = arena_new_array(l->f->arena, bool, of->count + 1);
	for (size_t i = 0; i < of->count; i++) {
		struct stretch *s = &of->items[i];
		memset(taken, 0, (i + 1) * sizeof *taken);
		for (size_t k = 0; k < i; k++) {
			if (collide(s, &of->items[k]))
				taken[of->items[k].track] = true;
		}
		for (s->track = 0; taken[s->track]; s->track++)
			;
		if (s->track + 1 > tracks[s->channel])
			tracks[s->channel] = s->track + 1;
	}
}

static void set_routes(struct layout *l)
{
	struct flow *f = l->f;
	l->routes = arena_new_array(f->arena, struct route, f->edges.count + 1);
	l->across_tracks = arena_new_array(f->arena, uint32_t, l->columns + 1);
	l->along_tracks = arena_new_array(f->arena, uint32_t, l->rows + 2);
	l->named = arena_new_array(f->arena, bool, l->columns + 1);
	for (size_t i = 0; i < f->edges.count; i++)
		route(l, i);
	set_tracks(l, &l->across, l->across_tracks);
	set_tracks(l, &l->along, l->along_tracks);
}

/* ---- coordinates ---- */

static double box_height(const struct flow *f, uint32_t box)
{
	uint32_t lates = 0;
	for (uint32_t i = 0; i < f->nodes.count; i++)
		lates += f->nodes.items[i].kind == FLOW_LATE && f->nodes.items[i].parent == box;
	return BOX_HEIGHT + (lates > 0 ? 24.0 : 0.0) + lates * LATE_STEP;
}

/* As high as its rows, the highest of its sub-processes and its own name. */
static void measure_lane(const struct layout *l, struct flow_lane *lane, uint32_t index, double rows)
{
	const struct flow *f = l->f;
	double characters = 0.0;
	lane->height = rows + BELOW;
	for (const char *at = lane->name; *at; at++)
		characters += ((unsigned char)*at & 0xc0) != 0x80;
	if (characters * 13.0 + 20.0 > lane->height)
		lane->height = characters * 13.0 + 20.0;
	for (uint32_t i = 0; i < f->nodes.count; i++) {
		if (f->nodes.items[i].kind != FLOW_ALWAYS || f->nodes.items[i].lane != index)
			continue;
		double box = box_height(f, i) + 2 * BOX_GAP;
		lane->height = box > lane->height ? box : lane->height;
	}
}

/* By how much the names in the row reach out of it. */
static double overhang(const struct flow *f, uint32_t row)
{
	double most = 0.0;
	for (size_t i = 0; i < f->nodes.count; i++) {
		const struct flow_node *node = &f->nodes.items[i];
		uint32_t at = node->kind == FLOW_LATE && node->parent == NONE ? f->nodes.items[node->host].row + 1 : node->row;
		if (at != row || !node->name || is_task(node->kind))
			continue;
		double out = node->height / 2 + flow_label_height(node->name) - BAND / 2;
		most = out > most ? out : most;
	}
	return most;
}

static void set_ys(struct layout *l)
{
	struct flow *f = l->f;
	double y = MARGIN;
	uint32_t row = 0;
	l->row_y = arena_new_array(f->arena, double, l->rows + 1);
	l->along_y = arena_new_array(f->arena, double, l->rows + 2);
	for (uint32_t i = 0; i < f->lane_count; i++) {
		struct flow_lane *lane = &f->lanes[i];
		double at = y;
		for (uint32_t k = 0; k < lane->rows; k++, row++) {
			l->along_y[row] = at + ABOVE;
			at += ABOVE + l->along_tracks[row] * TRACK + BELOW;
			l->row_y[row] = at + BAND / 2;
			at += BAND + overhang(f, row);
		}
		if (row == l->rows && lane->rows > 0) {
			l->along_y[row] = at + ABOVE;
			at += l->along_tracks[row] * TRACK;
		}
		lane->y = y;
		measure_lane(l, lane, i, at - y);
		y += lane->height;
	}
	f->y = MARGIN;
	f->height = y - MARGIN;
}

static void set_xs(struct layout *l)
{
	struct flow *f = l->f;
	double x = MARGIN + 2 * HEADER + BESIDE;
	l->column_x = arena_new_array(f->arena, double, l->columns + 1);
	l->across_x = arena_new_array(f->arena, double, l->columns + 1);
	for (uint32_t i = 0; i < l->columns; i++) {
		l->column_x[i] = x + TASK_WIDTH / 2;
		l->across_x[i] = x + TASK_WIDTH + BESIDE;
		double channel = 2 * BESIDE + l->across_tracks[i] * TRACK;
		x += TASK_WIDTH + (l->named[i] && channel < LABELLED ? LABELLED : channel);
	}
	f->x = MARGIN;
	f->width = x - MARGIN + BESIDE;
}

static void centre(struct flow_node *node, double x, double y)
{
	node->x = x - node->width / 2;
	node->y = y - node->height / 2;
}

/* Timers stand on the lower edge of their task, from the right; what follows when they pass, in the rows below. */
static void place_timers(const struct layout *l, uint32_t task)
{
	struct flow *f = l->f;
	const struct flow_node *host = &f->nodes.items[task];
	double x = 0.0;
	uint32_t timers = 0, lates = 0;
	for (size_t i = 0; i < f->nodes.count; i++) {
		struct flow_node *node = &f->nodes.items[i];
		if (node->host != task)
			continue;
		if (node->kind == FLOW_DEADLINE) {
			x = host->x + host->width - 24.0 - timers++ * TIMER_STEP;
			centre(node, x, host->y + host->height);
		} else {
			lates++;
			centre(node, x, host->parent == NONE ? l->row_y[host->row + lates] : host->y + host->height + lates * LATE_STEP);
		}
	}
}

static void place_inside(struct flow *f, uint32_t box)
{
	const struct flow_node *at = &f->nodes.items[box];
	double y = at->y + 72.0;
	for (size_t i = 0; i < f->nodes.count; i++) {
		struct flow_node *node = &f->nodes.items[i];
		if (node->parent != box || node->host != NONE)
			continue;
		centre(node, node->kind == FLOW_TRIGGER ? at->x + 55.0 : is_task(node->kind) ? at->x + 180.0 : at->x + at->width - 55.0, y);
	}
}

/* At the end of their lane, one below the other as far as it is high. */
static void place_boxes(struct flow *f)
{
	double right = f->x + f->width;
	for (uint32_t lane = 0; lane < f->lane_count; lane++) {
		double x = f->x + f->width, y = f->lanes[lane].y + BOX_GAP;
		for (uint32_t i = 0; i < f->nodes.count; i++) {
			struct flow_node *box = &f->nodes.items[i];
			if (box->kind != FLOW_ALWAYS || box->lane != lane)
				continue;
			box->width = BOX_WIDTH;
			box->height = box_height(f, i);
			if (y + box->height + BOX_GAP > f->lanes[lane].y + f->lanes[lane].height + 0.5) {
				y = f->lanes[lane].y + BOX_GAP;
				x += BOX_WIDTH + BOX_GAP;
			}
			box->x = x;
			box->y = y;
			y += box->height + BOX_GAP;
			right = x + BOX_WIDTH + BOX_GAP > right ? x + BOX_WIDTH + BOX_GAP : right;
			place_inside(f, i);
		}
	}
	f->width = right - f->x;
}

/* ---- flows ---- */

static void add_point(struct flow_edge *edge, double x, double y)
{
	edge->points[edge->point_count++] = (struct flow_point){ x, y };
}

static double track_x(const struct layout *l, uint32_t stretch)
{
	const struct stretch *s = &l->across.items[stretch];
	return l->across_x[s->channel] + s->track * TRACK;
}

static double track_y(const struct layout *l, uint32_t stretch)
{
	const struct stretch *s = &l->along.items[stretch];
	return l->along_y[s->channel] + s->track * TRACK;
}

static void draw(struct layout *l, size_t index)
{
	struct flow *f = l->f;
	struct flow_edge *edge = &f->edges.items[index];
	const struct route *r = &l->routes[index];
	const struct flow_node *from = &f->nodes.items[edge->from], *to = &f->nodes.items[edge->to];
	double x = from->x + from->width, y = from->y + from->height / 2;
	if (from->kind == FLOW_DEADLINE) {
		x = from->x + from->width / 2;
		y = from->y + from->height;
	}
	add_point(edge, x, y);
	if (r->straight) {
		add_point(edge, r->down ? to->x + to->width / 2 : to->x, r->down ? to->y : to->y + to->height / 2);
		return;
	}
	if (r->up != NO_PLACE) {
		y = track_y(l, r->up);
		add_point(edge, x, y);
	}
	add_point(edge, track_x(l, r->leaves), y);
	add_point(edge, track_x(l, r->leaves), track_y(l, r->along));
	add_point(edge, to->x + to->width / 2, track_y(l, r->along));
	add_point(edge, to->x + to->width / 2, to->y);
}

void flow_lay(struct flow *f)
{
	struct layout l = { .f = f };
	set_columns(&l);
	set_rows(&l);
	set_routes(&l);
	set_ys(&l);
	set_xs(&l);
	for (size_t i = 0; i < l.order.count; i++) {
		struct flow_node *at = &f->nodes.items[l.order.items[i]];
		centre(at, l.column_x[at->column], l.row_y[at->row]);
	}
	place_boxes(f);
	for (uint32_t i = 0; i < f->nodes.count; i++) {
		if (is_task(f->nodes.items[i].kind))
			place_timers(&l, i);
	}
	for (size_t i = 0; i < f->edges.count; i++)
		draw(&l, i);
}
