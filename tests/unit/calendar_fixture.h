/* A calendar as bytes of a table, made by hand: records and lists as docs/TABLE_FORMAT.md lays them out. */
#ifndef CALENDAR_FIXTURE_H
#define CALENDAR_FIXTURE_H
#include "calendar.h"

#include <stdlib.h>
#include <string.h>

enum { MADE_YEARS = 12, MADE_ITEMS = 600 };

struct made_calendar {
	unsigned char record[SIZE_CALENDARS], years[MADE_YEARS * SIZE_CALENDAR_YEARS], lists[4 * MADE_ITEMS];
	uint32_t year_count, item_count;
	struct calendar calendar;
};

static void put_u32(unsigned char *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> (8 * i));
}

static void made_item(struct made_calendar *m, uint32_t value)
{
	put_u32(m->lists + (size_t)4 * m->item_count++, value);
}

/* Limits of the years that are not published; UINT32_MAX: none. */
static void made_limits(struct made_calendar *m, uint32_t off, uint32_t made_up, uint32_t rest, uint32_t work)
{
	put_u32(m->record + 4 * CALENDAR_ASSUMES, 1);
	put_u32(m->record + 4 * CALENDAR_WEEKDAYS_OFF, off);
	put_u32(m->record + 4 * CALENDAR_DAYS_MADE_UP, made_up);
	put_u32(m->record + 4 * CALENDAR_REST, rest);
	put_u32(m->record + 4 * CALENDAR_WORK, work);
}

static void made_begin(struct made_calendar *m)
{
	memset(m, 0, sizeof *m);
	m->calendar = (struct calendar){ m->record, m->years, m->lists, FIRST_DAY, LAST_DAY };
}

static void made_always_off(struct made_calendar *m, uint32_t month, uint32_t day)
{
	if (m->record[4 * CALENDAR_ALWAYS_OFF] == 0)
		put_u32(m->record + 4 * CALENDAR_FIRST_ALWAYS_OFF, m->item_count);
	m->record[4 * CALENDAR_ALWAYS_OFF]++;
	made_item(m, 100 * month + day);
}

/* The next year: days off, then made up, each counted from its first day. */
static void made_year(struct made_calendar *m, int32_t year, const int32_t *off, uint32_t offs, const int32_t *made_up,
		      uint32_t made_ups)
{
	unsigned char *at = m->years + (size_t)m->year_count++ * SIZE_CALENDAR_YEARS;
	put_u32(at + 4 * YEAR_YEAR, (uint32_t)year);
	put_u32(at + 4 * YEAR_FIRST_OFF, m->item_count);
	put_u32(at + 4 * YEAR_OFF, offs);
	for (uint32_t i = 0; i < offs; i++)
		made_item(m, (uint32_t)(off[i] - first_day_of(year)));
	put_u32(at + 4 * YEAR_FIRST_MADE_UP, m->item_count);
	put_u32(at + 4 * YEAR_MADE_UP, made_ups);
	for (uint32_t i = 0; i < made_ups; i++)
		made_item(m, (uint32_t)(made_up[i] - first_day_of(year)));
	put_u32(m->record + 4 * CALENDAR_YEARS_COUNT, m->year_count);
}

static struct guiju_dates made_count(const struct made_calendar *m, int32_t from, int direction, uint32_t n,
				     const struct pauses *pauses)
{
	struct guiju_dates out;
	void *scratch = malloc(calendar_scratch(&m->calendar) + 1);
	calendar_begin(&m->calendar, scratch);
	calendar_count(&m->calendar, from, direction, n, pauses, scratch, &out);
	free(scratch);
	return out;
}

#endif
