/* Days of the Gregorian calendar, counted from 1970-01-01. */
#include "calendar.h"

struct civil {
	int32_t year;
	uint32_t month, day;
};

static bool is_leap(int32_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

uint32_t days_of_year(int32_t year)
{
	return is_leap(year) ? 366 : 365;
}

static uint32_t days_of_month(int32_t year, uint32_t month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int32_t first_day_of(int32_t year)
{
	int32_t before = year - 1; /* 719162 days lie between 0001-01-01 and 1970-01-01 */
	return 365 * before + before / 4 - before / 100 + before / 400 - 719162;
}

/* The first guess takes all years for equally long. */
int32_t year_of(int32_t day)
{
	int32_t year = (int32_t)((int64_t)(day + 719162) * 400 / 146097) + 1;
	while (first_day_of(year) > day)
		year--;
	while (first_day_of(year + 1) <= day)
		year++;
	return year;
}

int32_t day_of(int32_t year, uint32_t month, uint32_t day)
{
	int32_t at = first_day_of(year) + (int32_t)day - 1;
	for (uint32_t m = 1; m < month; m++)
		at += (int32_t)days_of_month(year, m);
	return at;
}

static struct civil civil_of(int32_t day)
{
	struct civil c;
	c.year = year_of(day);
	c.month = 1;
	uint32_t left = (uint32_t)(day - first_day_of(c.year));
	for (; left >= days_of_month(c.year, c.month); c.month++)
		left -= days_of_month(c.year, c.month);
	c.day = left + 1;
	return c;
}

bool add_months(int32_t day, int32_t months, int32_t *out)
{
	struct civil c = civil_of(day);
	int32_t at = c.year * 12 + (int32_t)c.month - 1 + months;
	int32_t year = at / 12;
	uint32_t month = (uint32_t)(at % 12) + 1;
	if (at < 1900 * 12 || year > 2199)
		return false;
	uint32_t last = days_of_month(year, month);
	*out = day_of(year, month, c.day < last ? c.day : last);
	return true;
}
