/* Made by guiju from the rulebook `parcel`; not to be edited by hand.
 * parcel "Duty on small parcels (invented example)" */
#ifndef GUIJU_RULEBOOK_PARCEL_H
#define GUIJU_RULEBOOK_PARCEL_H
#include "guiju.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table, in parcel.c: for guiju_table_open. */
extern const unsigned char parcel_table[];
extern const size_t parcel_table_size;

/* origin "where the parcel was posted" */
enum parcel_origin {
	PARCEL_ORIGIN_DOMESTIC = 0, /* domestic "inside the customs area" */
	PARCEL_ORIGIN_NEIGHBOUR = 1, /* neighbour "neighbouring country" */
	PARCEL_ORIGIN_OVERSEAS = 2 /* overseas "any other country" */
};

struct parcel_facts {
	int64_t weight; /* weight "weight of the parcel": 0 to 30000 grams */
	enum parcel_origin origin; /* origin "where the parcel was posted" */
};

/* charge "charge" */
enum parcel_charge_outcome {
	PARCEL_CHARGE_OUTCOME_FREE = 0, /* free "free of duty" */
	PARCEL_CHARGE_OUTCOME_REDUCED = 1, /* reduced "reduced rate" */
	PARCEL_CHARGE_OUTCOME_FULL = 2 /* full "full rate" */
};

/* Indices in the table: of facts, and of decisions. */
enum {
	PARCEL_FACT_WEIGHT = 0, /* weight "weight of the parcel" */
	PARCEL_FACT_ORIGIN = 1, /* origin "where the parcel was posted" */
	PARCEL_DECISION_CHARGE = 0, /* charge "charge" */
	PARCEL_FACT_COUNT = 2
};

/* The facts as guiju_decide and guiju_decide_partial take them. */
static inline void parcel_values(const struct parcel_facts *facts, int64_t *values)
{
	values[0] = (int64_t)facts->weight;
	values[1] = (int64_t)facts->origin;
}

/* charge "charge" */
static inline enum guiju_status parcel_decide_charge(const struct guiju_table *table, const struct parcel_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[2];
	parcel_values(facts, values);
	return guiju_decide(table, 0, values, scratch, scratch_size, answer);
}

#ifdef __cplusplus
}
#endif
#endif
