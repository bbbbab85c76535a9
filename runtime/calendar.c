/* Working days: counted where years are published, bounded where they are not (admissible.c). */
#include "calendar.h"

#define NO_YEAR 0

struct calendar calendar_at(const unsigned char *table, uint32_t index)
{
	struct calendar c;
	c.record = record_at(table, CALENDARS, index);
	c.years = record_at(table, CALENDAR_YEARS, field(c.record, CALENDAR_FIRST_YEAR));
	c.lists = section_start(table, SECTION_LISTS);
	c.low = FIRST_DAY;
	c.high = LAST_DAY;
	return c;
}

static const unsigned char *published_year(const struct calendar *c, int32_t year)
{
	uint32_t low = 0, high = field(c->record, CALENDAR_YEARS_COUNT);
	while (low < high) {
		uint32_t half = low + (high - low) / 2;
		const unsigned char *record = c->years + (size_t)half * SIZE_CALENDAR_YEARS;
		int32_t there = (int32_t)field(record, YEAR_YEAR);
		if (there == year)
			return record;
		low = there < year ? half + 1 : low;
		high = there < year ? high : half;
	}
	return NULL;
}

static bool is_listed(const struct calendar *c, uint32_t first, uint32_t count, uint32_t value)
{
	for (const unsigned char *at = c->lists + 4 * (size_t)first; count > 0; count--, at += 4) {
		if (load_u32(at) == value)
			return true;
	}
	return false;
}

bool calendar_publishes(const struct calendar *c, int32_t year)
{
	return published_year(c, year) != NULL;
}

bool calendar_has(const struct calendar *c, int32_t day)
{
	return day >= c->low && day <= c->high;
}

/* 1970-01-01 was a Thursday. */
bool is_weekend(int32_t day)
{
	return (day + 7 * 5000 + 3) % 7 >= 5;
}

bool is_paused(const struct pauses *pauses, int32_t day)
{
	for (uint32_t i = 0; pauses && i < pauses->count; i++) {
		if (day > pauses->items[i].from && day <= pauses->items[i].to)
			return true;
	}
	return false;
}

int calendar_works(const struct calendar *c, int32_t day)
{
	int32_t year = year_of(day);
	const unsigned char *record = published_year(c, year);
	uint32_t of_year = (uint32_t)(day - first_day_of(year));
	if (!record)
		return -1;
	if (is_weekend(day))
		return is_listed(c, field(record, YEAR_FIRST_MADE_UP), field(record, YEAR_MADE_UP), of_year);
	return !is_listed(c, field(record, YEAR_FIRST_OFF), field(record, YEAR_OFF), of_year);
}

void calendar_count(const struct calendar *calendar, int32_t from, int direction, uint32_t n,
		    const struct pauses *pauses, void *scratch, struct guiju_dates *out)
{
	uint32_t count = 0;
	int works = 0;
	int32_t day = from;
	out->earliest = out->latest = GUIJU_NO_DAY;
	out->exact = true;
	out->unpublished = NO_YEAR;
	for (day += direction; calendar_has(calendar, day); day += direction) {
		works = calendar_works(calendar, day);
		if (works < 0)
			break;
		count += works && !is_paused(pauses, day);
		if (count == n) {
			out->earliest = out->latest = day;
			return;
		}
	}
	if (!calendar_has(calendar, day))
		return;
	out->exact = false;
	out->unpublished = year_of(day);
	if (field(calendar->record, CALENDAR_ASSUMES))
		calendar_bounds(calendar, from, direction, n, pauses, scratch, out);
}
