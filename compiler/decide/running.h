/* A running case as a record says it: `_procedure`, `_state`, `_past` and `_on` are what `step` takes as --procedure,
 * --state, --past and --on. A record without `_procedure` is none.
 * Names are left as written, since two editions may know different ones. The past is a list of EVENT=DATE (in CSV with
 * a bar between, as a set's members). The day is `_on` or else --on; where neither is given, the day of the last event.
 */
#ifndef GUIJU_DECIDE_RUNNING_H
#define GUIJU_DECIDE_RUNNING_H
#include "decide/facts.h"
#include "decide/named.h"

enum { LIMIT_PAST = 4096 }; /* events of a running case */

struct running_case {
	const char *procedure, *state;
	struct past_event *past; /* by day */
	size_t past_count;
	int64_t day;	/* none of the past is later */
	bool day_given; /* else it is that of the last event */
};

enum running_reading { RUNNING_NONE, RUNNING_CASE, RUNNING_WRONG };

/* Whether it names a procedure, rightly or not. */
bool running_is(const struct record *record, bool json);
/* `json`: the record was read from JSON. `on`: --on, or NULL. RUNNING_WRONG: the record has failed, and says why. Texts
 * live as long as the record. */
enum running_reading running_read(struct record *record, bool json, const int64_t *on, struct running_case *out);

#endif
