/* Days of the proleptic Gregorian calendar, counted from 1970-01-01, as ISO 8601 text and back. */
#include "model/model.h"

#include <string.h>

struct civil {
	int64_t year, month, day;
};

/* After Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that the leap day is
 * the last day of a year; 400 years are one era of 146,097 days. */
static struct civil civil_of(int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct civil c = { year + era * 400, month < 10 ? month + 3 : month - 9, of_year - (153 * month + 2) / 5 + 1 };
	c.year += c.month <= 2;
	return c;
}

static int64_t days_of(struct civil c)
{
	int64_t year = c.month <= 2 ? c.year - 1 : c.year;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (c.month > 2 ? c.month - 3 : c.month + 9) + 2) / 5 + c.day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

const char *date_text(struct arena *arena, int64_t day)
{
	struct civil c = civil_of(day);
	return arena_printf(arena, "%04lld-%02lld-%02lld", (long long)c.year, (long long)c.month, (long long)c.day);
}

static bool digits(const char *text, size_t count, int64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (text[i] - '0');
	}
	return true;
}

bool date_parse(const char *text, int64_t *day)
{
	struct civil c;
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	if (!digits(text, 4, &c.year) || !digits(text + 5, 2, &c.month) || !digits(text + 8, 2, &c.day))
		return false;
	if (c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31)
		return false;
	int64_t days = days_of(c);
	struct civil back = civil_of(days);
	if (back.month != c.month || back.day != c.day || days < DATE_LOW || days > DATE_HIGH)
		return false;
	*day = days;
	return true;
}
