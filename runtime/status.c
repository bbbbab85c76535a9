/* Statuses in words, and the format that this library reads. */
#include "format.h"
#include "guiju.h"

const char *guiju_status_text(enum guiju_status status)
{
	switch (status) {
	case GUIJU_OK: return "ok";
	case GUIJU_TRUNCATED: return "the table is cut short";
	case GUIJU_NOT_A_TABLE: return "not a table";
	case GUIJU_OTHER_FORMAT: return "a table of another format version";
	case GUIJU_CHECKSUM: return "the table was changed after it was written";
	case GUIJU_MALFORMED: return "the table is malformed";
	case GUIJU_NO_SUCH: return "no such fact, decision, rule or other item";
	case GUIJU_OUTSIDE_DOMAIN: return "a value is outside its fact's domain";
	case GUIJU_EXCLUDED: return "a constraint rules the case out";
	case GUIJU_SCRATCH: return "the scratch memory is too small or misaligned";
	case GUIJU_NOT_A_DAY: return "a day is not within 1900 to 2199, or the past is not in order";
	}
	return "an unknown status";
}

uint32_t guiju_format_version(void)
{
	return FORMAT_VERSION;
}
