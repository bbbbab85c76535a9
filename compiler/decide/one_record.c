/* Reads a file of one record, with the readers that read files of many. */
#include "decide/one_record.h"

#include "decide/decide.h"
#include "decide/records.h"

#include <errno.h>

#define WINDOW (DECIDE_RECORD_LIMIT + ((size_t)1 << 16))

struct record *record_new_in(struct arena *arena, const struct facts *facts)
{
	uint32_t count = facts_count(facts);
	struct record *record = arena_new_of(arena, struct record);
	record->arena = arena;
	record->values = arena_new_array(arena, int64_t, count + 1u);
	record->known = arena_new_array(arena, uint64_t, count / 64 + 1);
	record->named = arena_new_array(arena, uint64_t, count / 64 + 1);
	return record;
}

static size_t read_json(struct reader *reader, const struct facts *facts, struct record *out)
{
	struct raw_record raw;
	size_t count = 0;
	while (count < 2 && reader_next(reader, json_extent, &raw))
		count += json_record(count == 0 ? out : record_new_in(out->arena, facts), facts, &raw);
	return count;
}

static size_t read_csv(struct reader *reader, const struct facts *facts, struct record *out)
{
	struct raw_record raw;
	size_t count = 0;
	if (!reader_next(reader, csv_extent, &raw))
		return 0;
	const struct csv_header *header = csv_header_new_in(out->arena, facts, &raw);
	while (count < 2 && reader_next(reader, csv_extent, &raw))
		count += csv_record(count == 0 ? out : record_new_in(out->arena, facts), facts, header, &raw);
	return count;
}

enum one_record record_read_one(struct arena *arena, const struct io_ops *io, int fd, const struct facts *facts,
				struct record *out)
{
	struct reader reader;
	reader_init(&reader, arena, io, fd, WINDOW);
	size_t count = records_are_json(&reader) ? read_json(&reader, facts, out) : read_csv(&reader, facts, out);
	if (reader.error) {
		errno = reader.error;
		return ONE_RECORD_UNREAD;
	}
	return count != 1 ? ONE_RECORD_NOT : out->failed ? ONE_RECORD_WRONG : ONE_RECORD;
}
