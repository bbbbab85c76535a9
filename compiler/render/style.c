/* Muted colours that stay apart in print and for the colour-blind: every class also differs in words or shape. */
#include "style.h"

static const struct look looks[CLASS_COUNT] = {
	[CLASS_QUESTION] = { "#f4f6f9", "#7d8ea3", INK, 0.9, NULL, CORNER_ROUND },
	[CLASS_DECISION] = { "#e6ecf5", "#4f6d94", INK, 1.3, NULL, CORNER_ROUND },
	[CLASS_OUTCOME0] = { "#f6dfcf", "#b5754c", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME1] = { "#f5edc9", "#a08a3a", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME2] = { "#dcebd7", "#5f9256", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME3] = { "#d3e9ea", "#44888d", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME4] = { "#dde2f4", "#6272b0", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME5] = { "#eadff0", "#8b66a3", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME6] = { "#f0dfe6", "#a8657f", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_OUTCOME7] = { "#e4e4e0", "#7c7c72", INK, 1.0, NULL, CORNER_PILL },
	[CLASS_GAP] = { "#fdeaea", "#c62828", "#a31515", 1.6, "4 2.5", CORNER_PILL },
	[CLASS_CONFLICT] = { "#fbd9d9", "#c62828", "#a31515", 1.8, NULL, CORNER_PILL },
	[CLASS_PAGE] = { "#ffffff", "#7d8ea3", INK, 0.9, "4 2.5", CORNER_SQUARE },
	[CLASS_OMITTED] = { "#ffffff", "#c62828", "#a31515", 0.9, "1.5 2", CORNER_SQUARE },
	[CLASS_FACT] = { "#f4f6f9", "#7d8ea3", INK, 0.9, NULL, CORNER_ROUND },
	[CLASS_GROUP] = { "#e6ecf5", "#4f6d94", INK, 1.1, NULL, CORNER_ROUND },
	[CLASS_MEMBER] = { "#ffffff", "#9aa7b5", INK, 0.8, NULL, CORNER_ROUND },
	[CLASS_STATE] = { "#f4f6f9", "#7d8ea3", INK, 0.9, NULL, CORNER_ROUND },
	[CLASS_START] = { "#e6ecf5", "#4f6d94", INK, 1.6, NULL, CORNER_ROUND },
	[CLASS_FINAL] = { "#e4e4e0", "#5f5f57", INK, 1.6, NULL, CORNER_PILL },
	[CLASS_ROLE0] = { "#ffffff", "#3f6ea8", "#2b527f", 1.2, NULL, CORNER_SQUARE },
	[CLASS_ROLE1] = { "#ffffff", "#2f8a5b", "#1f6741", 1.2, NULL, CORNER_SQUARE },
	[CLASS_ROLE2] = { "#ffffff", "#8b66a3", "#68487d", 1.2, NULL, CORNER_SQUARE },
	[CLASS_ROLE3] = { "#ffffff", "#a0662d", "#7a4b1c", 1.2, NULL, CORNER_SQUARE },
	[CLASS_ROLE4] = { "#ffffff", "#44888d", "#2d666a", 1.2, NULL, CORNER_SQUARE },
	[CLASS_ROLE5] = { "#ffffff", "#7c7c72", "#5c5c54", 1.2, "3 2", CORNER_SQUARE },
	[CLASS_PLAIN] = { "#ffffff", EDGE_INK, INK, 0.9, NULL, CORNER_ROUND },
	[CLASS_WORKED] = { "#ffffff", "#dfe4ea", INK, 0.4, NULL, CORNER_SQUARE },
	[CLASS_OFF] = { "#e4e8ec", "#dfe4ea", "#7c8791", 0.4, NULL, CORNER_SQUARE },
	[CLASS_MADE_UP] = { "#fbeebf", "#dfe4ea", INK, 0.4, NULL, CORNER_SQUARE },
	[CLASS_UNKNOWN] = { "#f3eef8", "#dfe4ea", INK, 0.4, NULL, CORNER_SQUARE },
	[CLASS_EVENT] = { "#26323d", "#26323d", INK, 0.9, NULL, CORNER_SQUARE },
	[CLASS_RUNS] = { "#c3c9cf", "#66727d", INK, 0.9, NULL, CORNER_SQUARE },
	[CLASS_BETWEEN] = { "#ffffff", "#66727d", INK, 0.9, "2.5 1.5", CORNER_SQUARE },
	[CLASS_DUE] = { "#66727d", "#66727d", INK, 0.9, NULL, CORNER_SQUARE },
	[CLASS_LAPSE] = { "#ffffff", "#26323d", INK, 0.9, NULL, CORNER_SQUARE },
	[CLASS_RED] = { "#fdeaea", "#c62828", "#a31515", 1.3, NULL, CORNER_ROUND },
};

const struct look *look_of(enum drawing_class class)
{
	return &looks[class];
}

const char *edge_ink(enum drawing_class class)
{
	return looks[class].stroke;
}

const char *edge_words_ink(enum drawing_class class)
{
	return class == CLASS_PLAIN ? "#46535f" : looks[class].ink;
}
