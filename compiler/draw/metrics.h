/* How wide a text is, in ems: the advances of Noto Sans CJK SC, of which the pictures are set.
 *
 * note [own metrics]
 * Labels are wrapped before anybody loads a font and boxes are as large on every machine, because the widths are a
 * table here and not the answer of a font library. guiju-draw refuses to draw where that font is missing. */
#ifndef GUIJU_DRAW_METRICS_H
#define GUIJU_DRAW_METRICS_H
#include "draw/list.h"

#define PICTURE_FONT "Noto Sans CJK SC"

/* Thousandths of an em. */
uint32_t text_width(const char *text);
uint32_t character_width(const char *text); /* of the first */

/* ---- measures of a picture, in points before scaling ---- */

#define LABEL_SIZE	 8.0  /* type of answers */
#define LABEL_STEP	 10.0 /* from one line to the next */
#define NODE_PAD_X	 8.0
#define NODE_PAD_Y	 4.0
#define NODE_GAP	 8.0 /* between nodes of a rank */
#define RANK_GAP	 7.0 /* between ranks; twice where answers stand between them */
#define SMALLEST_TYPE	 8.0 /* of all: answers and clauses */
#define SMALLEST_LEGIBLE 7.0 /* after scaling */
#define PAGE_MARGIN	 25.0
#define TITLE_HEIGHT	 40.0
#define FOOT_GAP	 6.0 /* above notes and legend */
#define NOTE_SIZE	 9.0 /* type of notes and legend */
#define NOTE_STEP	 14.0
#define LEGEND_STEP	 15.0
#define LEGEND_AROUND	 36.0 /* swatch and space of an entry */
/* of timelines */
#define DAY_WIDTH    12.0 /* a column */
#define DAY_LINE     11.0 /* of the head: year, month, day, weekday, mark */
#define TICKS_AFTER  8.0  /* left free in a gap, where the month's name before it ends */
#define LANE_HEIGHT  15.0
#define ROW_GAP	     4.0
#define AXIS_LYING   600.0 /* width of all columns on a page that lies, */
#define ROWS_LYING   370.0 /* where rows have this height, */
#define AXIS_UPRIGHT 430.0 /* and on one that stands */

#define A4_SHORT 595.0
#define A4_LONG	 842.0

double line_size(enum line_style style); /* of type */
double line_step(enum line_style style);
void node_extent(const struct drawing_node *node, double *width, double *height);
double column_width(const struct drawing_column *column);
void label_extent(const struct drawing_edge *edge, double *width, double *height);

#endif
