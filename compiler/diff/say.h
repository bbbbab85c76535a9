/* What the files share that say something of a part: names of aspects, canonical values, words. Not for other folders. */
#ifndef GUIJU_DIFF_SAY_H
#define GUIJU_DIFF_SAY_H
#include "diff/procedures.h"
#include "support/vec.h"

enum aspect_kind {
	ASPECT_LABEL, ASPECT_ENGLISH, ASPECT_CITES, ASPECT_START, ASPECT_FINAL, ASPECT_NO_STAY, ASPECT_CALENDAR, ASPECT_BEGINS, ASPECT_BY,
	ASPECT_TOWARD, ASPECT_EVENT, ASPECT_FROM, ASPECT_TO, ASPECT_GUARD, ASPECT_CIRCUMSTANCE, ASPECT_LIMIT, ASPECT_EXPIRY, ASPECT_DISCRETION,
	ASPECT_MATERIALS, ASPECT_OPEN, ASPECT_EVERY, ASPECT_SINCE, ASPECT_DISCHARGED, ASPECT_RELEASED, ASPECT_RESTARTED, ASPECT_SUSPENDED,
	ASPECT_RESUMED, ASPECT_ENDED, ASPECT_LAPSE, ASPECT_PERIOD, ASPECT_SURVIVES, ASPECT_SAYS, ASPECT_START_DAY, ASPECT_CORRESPONDING,
	ASPECT_MOVES, ASPECT_VAGUE, ASPECT_TRIAL, ASPECT_EFFECTIVE, ASPECT_WEEKDAYS_OFF, ASPECT_MADE_UP, ASPECT_REST, ASPECT_WORK,
	ASPECT_ALWAYS_OFF
};
const char *aspect_id(enum aspect_kind kind);

struct saying {
	struct arena *arena;
	const struct model *m;
	const struct procedure *p;
	struct part *part;           /* the one at hand */
	struct parts *out;
};

/* One more part, of which is said what follows. */
void part_begin(struct saying *s, enum part_kind kind, const struct name *name, const struct cites *cites, const void *of);
void say_names(struct saying *s);
void say_cites(struct saying *s);

/* Nothing is said where there is nothing to say: no text, false, an empty list. */
void say(struct saying *s, enum aspect_kind kind, const char *value, struct phrase words);
void say_same(struct saying *s, enum aspect_kind kind, const char *text);
void say_yes(struct saying *s, enum aspect_kind kind, bool is);
void say_name(struct saying *s, enum aspect_kind kind, const struct name *name);
void say_events(struct saying *s, enum aspect_kind kind, const uint32_t *list, size_t count);
void say_texts(struct saying *s, enum aspect_kind kind, const char *const *texts, size_t count);
void say_period(struct saying *s, enum aspect_kind kind, struct period period);

struct item {                        /* one thing of a list, or a list as one */
	const char *value;
	struct phrase words;
};
struct item item_of_states(struct saying *s, const uint32_t *list, size_t count);
struct item item_of_events(struct saying *s, const uint32_t *list, size_t count);
void say_list(struct saying *s, enum aspect_kind kind, struct item *items, size_t count);

#endif
