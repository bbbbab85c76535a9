/* Days, months, years and working days. Days are counted from 1970-01-01, 1900-01-01 to 2199-12-31. */
#ifndef GUIJU_CALENDAR_H
#define GUIJU_CALENDAR_H
#include "view.h"

#define FIRST_DAY (-25567) /* 1900-01-01 */
#define LAST_DAY  84005	   /* 2199-12-31 */

/* A calendar of a table. `low` and `high` are the first and last day that there are. */
struct calendar {
	const unsigned char *record; /* CALENDARS */
	const unsigned char *years;  /* CALENDAR_YEARS: its own, ascending */
	const unsigned char *lists;  /* LISTS, from its first item */
	int32_t low, high;
};

/* Days after `from` up to and including `to` that do not count. */
struct pause {
	int32_t from, to;
};
struct pauses {
	const struct pause *items; /* ascending, apart */
	uint32_t count;
};

struct calendar calendar_at(const unsigned char *table, uint32_t index);

/* Bytes of scratch memory, aligned to 8, that counting working days takes; 0: it assumes nothing, and takes none. */
size_t calendar_scratch(const struct calendar *calendar);
/* Begins to count by this calendar: the scratch memory keeps what one count found out for the next. */
void calendar_begin(const struct calendar *calendar, void *scratch);

/* The Nth working day after `from` (direction 1) or before it (-1), `from` not counted; n at least 1. See guiju_count.
 * `pauses` may be NULL. After calendar_begin with the same scratch memory. */
void calendar_count(const struct calendar *calendar, int32_t from, int direction, uint32_t n,
		    const struct pauses *pauses, void *scratch, struct guiju_dates *out);
/* Is the day surely worked (1), surely not (0), or in a year that is not published (-1)? */
int calendar_works(const struct calendar *calendar, int32_t day);

/* The earliest and the latest Nth working day over all admissible calendars; of a calendar that assumes something. */
void calendar_bounds(const struct calendar *calendar, int32_t from, int direction, uint32_t n,
		     const struct pauses *pauses, void *scratch, struct guiju_dates *out);
bool calendar_publishes(const struct calendar *calendar, int32_t year);
bool calendar_has(const struct calendar *calendar, int32_t day);
bool is_weekend(int32_t day); /* a Saturday or Sunday */
bool is_paused(const struct pauses *pauses, int32_t day);

/* The corresponding day so many months on (or back): the same day of the month, or the month's last where it has no
 * such day. false: it is not within the days that there are. */
bool add_months(int32_t day, int32_t months, int32_t *out);

int32_t year_of(int32_t day);
int32_t first_day_of(int32_t year);
int32_t day_of(int32_t year, uint32_t month, uint32_t day);
uint32_t days_of_year(int32_t year);

#endif
