/* Units that have a name in each of the compiler's two languages. Any other word is a unit too, by its own name. */
#include "model/resolve.h"

#include <string.h>

static const struct {
	const char *zh, *en;
} units[] = {
	{ "人", "persons" },	{ "元", "yuan" },	 { "件", "items" }, { "条", "records" }, { "次", "times" },
	{ "户", "households" }, { "家", "enterprises" }, { "天", "days" },  { "月", "months" },	 { "年", "years" },
};

static size_t unit_row(const char *unit)
{
	size_t count = sizeof units / sizeof *units;
	for (size_t i = 0; i < count; i++)
		if (strcmp(units[i].zh, unit) == 0 || strcmp(units[i].en, unit) == 0)
			return i;
	return count;
}

bool same_unit(const char *a, const char *b)
{
	size_t row = unit_row(a);
	return strcmp(a, b) == 0 || (row < sizeof units / sizeof *units && row == unit_row(b));
}

const char *unit_english(const char *unit)
{
	size_t row = unit_row(unit);
	return row < sizeof units / sizeof *units ? units[row].en : unit;
}

const char *unit_chinese(const char *unit)
{
	size_t row = unit_row(unit);
	return row < sizeof units / sizeof *units ? units[row].zh : unit;
}
