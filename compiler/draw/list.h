/* A drawing list: a picture before anybody has laid it out. Nodes, edges and labels in order, as plain lines, so that
 * the same rulebook gives the same bytes on every machine (docs/DRAWING.md has the format).
 *
 * compiler/draw/ writes lists, guiju-draw reads one and draws it, and read_back.h compares the picture with it. */
#ifndef GUIJU_DRAW_LIST_H
#define GUIJU_DRAW_LIST_H
#include "support/arena.h"
#include "support/vec.h"
#include "support/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Limits of one list; a list beyond them is refused. */
enum {
	LIST_BYTES = 1 << 20,
	LIST_NODES = 200,
	LIST_EDGES = 2000,
	LIST_LINES = 64, /* of one node's or edge's label */
	LIST_TIPS = 64,	 /* lines of one tooltip */
	LIST_LEGENDS = 24,
	LIST_NOTES = 24,
	LIST_COLUMNS = 400, /* of a timeline's calendar */
	LIST_TICKS = 12,    /* of a gap in it */
	LIST_LANES = 40,
	LIST_BARS = 40,		/* of a node */
	LIST_TEXT = 1200,	/* bytes of one text */
	LIST_ID = 300,		/* bytes of one id */
	DRAWING_PAGE_NODES = 40 /* nodes of one page that a person can still read */
};

/* How a thing looks; the colours are guiju-draw's. DRAWING_CLASS(ID, "word") */
#define DRAWING_CLASSES(X)      \
	X(QUESTION, "question") \
	X(DECISION, "decision") \
	X(OUTCOME0, "outcome0") \
	X(OUTCOME1, "outcome1") \
	X(OUTCOME2, "outcome2") \
	X(OUTCOME3, "outcome3") \
	X(OUTCOME4, "outcome4") \
	X(OUTCOME5, "outcome5") \
	X(OUTCOME6, "outcome6") \
	X(OUTCOME7, "outcome7") \
	X(GAP, "gap")           \
	X(CONFLICT, "conflict") \
	X(PAGE, "page")         \
	X(OMITTED, "omitted")   \
	X(FACT, "fact")         \
	X(GROUP, "group")       \
	X(MEMBER, "member")     \
	X(STATE, "state")       \
	X(START, "start")       \
	X(FINAL, "final")       \
	X(ROLE0, "role0")       \
	X(ROLE1, "role1")       \
	X(ROLE2, "role2")       \
	X(ROLE3, "role3")       \
	X(ROLE4, "role4")       \
	X(ROLE5, "role5")       \
	X(PLAIN, "plain")       \
	X(RED, "red")           \
	X(WORKED, "worked")     \
	X(OFF, "off")           \
	X(MADE_UP, "made_up")   \
	X(UNKNOWN, "unknown")   \
	X(EVENT, "event")       \
	X(RUNS, "runs")         \
	X(BETWEEN, "between")   \
	X(DUE, "due")           \
	X(LAPSE, "lapse")

enum drawing_class {
#define DRAWING_CLASS_ID(id, word) CLASS_##id,
	DRAWING_CLASSES(DRAWING_CLASS_ID)
#undef DRAWING_CLASS_ID
		CLASS_COUNT
};
enum { OUTCOME_CLASSES = 8, ROLE_CLASSES = 6 };

enum line_style {
	LINE_MAIN,  /* centred, the node's own words */
	LINE_MINOR, /* centred, small and grey: clauses */
	LINE_ITEM   /* left-aligned: one entry of a list in the node */
};

struct drawing_line {
	enum line_style style;
	const char *text;
};
typedef VEC(struct drawing_line) drawing_lines;
typedef VEC(const char *) drawing_texts;

/* A stretch of a timeline's calendar; NULL: it begins before its first day, or does not end with its last. */
struct drawing_bar {
	enum drawing_class class; /* event, runs, between, due, lapse */
	const char *first, *last; /* ids of days */
};

struct drawing_node {
	const char *id; /* [A-Za-z][A-Za-z0-9_.-]*: the SVG's id, stable over editions */
	enum drawing_class class;
	drawing_lines lines;
	drawing_texts tips; /* lines of the tooltip */
	VEC(struct drawing_bar) bars;
};

struct drawing_edge {
	uint32_t from, to; /* nodes */
	enum drawing_class class;
	drawing_texts labels; /* lines */
	drawing_texts tips;
};

struct drawing_key { /* of the legend, and a note below the picture */
	enum drawing_class class;
	const char *text;
};

enum day_text { DAY_YEAR, DAY_MONTH, DAY_NUMBER, DAY_WEEKDAY, DAY_MARK, DAY_TEXTS };

struct drawing_column {		      /* of a timeline's calendar: a day, or a gap where days are left out */
	const char *id;		      /* 2026-02-10; of a gap its first day */
	const char *last;	      /* of a gap; NULL: a day */
	enum drawing_class class;     /* worked, off, made_up, unknown */
	const char *texts[DAY_TEXTS]; /* "": nothing; of a gap only DAY_NUMBER: how many days */
	drawing_texts ticks;	      /* of a gap: the months or years that begin in it */
	drawing_texts tips;
};
typedef VEC(struct drawing_column) drawing_columns;

struct drawing_lane { /* a heading over the nodes from `node` on */
	enum drawing_class class;
	const char *text;
	uint32_t node;
};

enum drawing_flow { FLOW_DOWN, FLOW_RIGHT, FLOW_ANY };

struct drawing {
	const char *kind;     /* decision, requirements, domain, procedure, timeline */
	const char *id;	      /* the file's name: pathway, pathway.2, requirements, category */
	const char *language; /* zh, en */
	const char *title, *subtitle;
	enum drawing_flow flow;
	drawing_columns columns; /* of a timeline, else none */
	VEC(struct drawing_lane) lanes;
	VEC(struct drawing_node) nodes;
	VEC(struct drawing_edge) edges;
	VEC(struct drawing_key) legends;
	VEC(struct drawing_key) notes;
};

const char *drawing_class_word(enum drawing_class class);
bool drawing_is_timeline(const struct drawing *drawing);
/* The column that a day is; a NULL day is the first column, or with `last` the last one. */
size_t drawing_column_of(const struct drawing *drawing, const char *day, bool last);

/* Writes the list. Control characters in texts become spaces, texts over LIST_TEXT are cut with `…`. */
void list_write(struct writer *w, const struct drawing *drawing);

/* Reads a list that may be anything. NULL: *error says why, with the line number in *line. */
struct drawing *list_read(struct arena *arena, const char *bytes, size_t size, const char **error, size_t *line);

#endif
