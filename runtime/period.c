/* The ends of periods: working days, days, months, years. */
#include "stepping.h"

static bool is_day(int64_t day)
{
	return day >= FIRST_DAY && day <= LAST_DAY;
}

void one_day(int32_t day, struct guiju_dates *out)
{
	out->earliest = out->latest = is_day(day) ? day : GUIJU_NO_DAY;
	out->exact = true;
	out->unpublished = 0;
}

static void unknown_day(struct guiju_dates *out)
{
	out->earliest = out->latest = GUIJU_NO_DAY;
	out->exact = false;
	out->unpublished = 0;
}

void dates_shift(struct guiju_dates *dates, int32_t days)
{
	int64_t *ends[2];
	ends[0] = &dates->earliest;
	ends[1] = &dates->latest;
	for (int i = 0; i < 2; i++) {
		if (*ends[i] != GUIJU_NO_DAY)
			*ends[i] = is_day(*ends[i] + days) ? *ends[i] + days : GUIJU_NO_DAY;
	}
}

static void civil_end(int32_t from, int direction, const struct period *period, const struct pauses *pauses,
		      struct guiju_dates *out)
{
	int32_t end = from, amount = (int32_t)period->amount * direction;
	bool there = true;
	if (period->unit == GUIJU_DAYS)
		end = from + amount;
	else
		there = add_months(from, period->unit == GUIJU_YEARS ? 12 * amount : amount, &end);
	for (uint32_t i = 0; pauses && i < pauses->count; i++) {
		if (pauses->items[i].from < end)
			end += pauses->items[i].to - pauses->items[i].from;
	}
	one_day(there ? end : LAST_DAY + 1, out);
}

void period_end(const struct counter *counter, int32_t from, int direction, const struct period *period,
		const struct pauses *pauses, struct guiju_dates *out)
{
	if (period->unit == GUIJU_WORKING_DAYS) {
		if (counter->has_calendar)
			calendar_count(&counter->calendar, from, direction, period->amount, pauses, counter->scratch,
				       out);
		else
			unknown_day(out);
		return;
	}
	civil_end(from, direction, period, pauses, out);
	if (!period->moves || out->earliest == GUIJU_NO_DAY)
		return;
	if (counter->has_calendar)
		calendar_count(&counter->calendar, (int32_t)out->earliest - 1, 1, 1, NULL, counter->scratch, out);
	else
		unknown_day(out);
}

void period_end_of(const struct counter *counter, const struct guiju_dates *from, int direction,
		   const struct period *period, struct guiju_dates *out)
{
	struct guiju_dates end;
	unknown_day(out);
	out->exact = from->exact;
	out->unpublished = from->unpublished;
	if (from->earliest != GUIJU_NO_DAY) {
		period_end(counter, (int32_t)from->earliest, direction, period, NULL, &end);
		out->earliest = end.earliest;
		out->exact = out->exact && end.exact;
		out->unpublished = out->unpublished ? out->unpublished : end.unpublished;
	}
	if (from->latest != GUIJU_NO_DAY) {
		period_end(counter, (int32_t)from->latest, direction, period, NULL, &end);
		out->latest = end.latest;
		out->exact = out->exact && end.exact;
		out->unpublished = out->unpublished ? out->unpublished : end.unpublished;
	}
}

static bool counter_of(const struct guiju_table *table, uint32_t calendar, void *scratch, struct counter *counter)
{
	const unsigned char *t = table_bytes(table);
	counter->has_calendar = calendar != NO_INDEX;
	counter->scratch = scratch;
	if (!counter->has_calendar)
		return true;
	if (calendar >= section_count(t, SECTION_CALENDARS))
		return false;
	counter->calendar = calendar_at(t, calendar);
	calendar_begin(&counter->calendar, scratch);
	return true;
}

enum guiju_status guiju_count(const struct guiju_table *table, uint32_t calendar, int64_t from, bool back,
			      uint32_t amount, enum guiju_unit unit, bool moves, void *scratch, size_t scratch_size,
			      struct guiju_dates *out)
{
	struct counter counter;
	struct period period;
	period.amount = amount;
	period.unit = (uint32_t)unit;
	period.moves = moves && !back;
	if (!counter_of(table, calendar, scratch, &counter) || period.unit > GUIJU_YEARS ||
	    (calendar == NO_INDEX && (period.moves || period.unit == GUIJU_WORKING_DAYS)))
		return GUIJU_NO_SUCH;
	if (!is_day(from) || amount == 0 || amount > LIMIT_TABLE_AMOUNT)
		return GUIJU_NOT_A_DAY;
	if (!room_is_enough(scratch, scratch_size, guiju_step_scratch_size(table)))
		return GUIJU_SCRATCH;
	period_end(&counter, (int32_t)from, back ? -1 : 1, &period, NULL, out);
	return GUIJU_OK;
}
