/* A file that holds one record: the facts for the guards of a timeline. */
#ifndef GUIJU_DECIDE_ONE_RECORD_H
#define GUIJU_DECIDE_ONE_RECORD_H
#include "decide/facts.h"
#include "support/io.h"

/* A record without facts. */
struct record *record_new_in(struct arena *arena, const struct facts *facts);

enum one_record { ONE_RECORD, ONE_RECORD_WRONG, ONE_RECORD_NOT, ONE_RECORD_UNREAD };

/* Reads the only record of an open file, JSON or CSV, into `out`. ONE_RECORD_WRONG: its error says why; ONE_RECORD_NOT:
 * there is none, or more than one; ONE_RECORD_UNREAD: reading failed, and errno says why. */
enum one_record record_read_one(struct arena *arena, const struct io_ops *io, int fd, const struct facts *facts,
				struct record *out);

#endif
