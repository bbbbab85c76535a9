/* The loop over records: read one, decide it, write its answer, forget it. */
#include "decide/decide.h"

#include "decide/answer.h"
#include "decide/reader.h"
#include "decide/records.h"
#include "decide/stepper.h"
#include "support/writer.h"

#include <errno.h>
#include <string.h>

#define FLUSH_SIZE ((size_t)1 << 16)
#define WINDOW	   (DECIDE_RECORD_LIMIT + ((size_t)1 << 16))

struct session {
	struct decide_job *job;
	struct arena *arena;	    /* of the whole run */
	struct arena *record_arena; /* of one record */
	struct reader reader;
	struct writer out;
	bool write_failed;
	struct facts *facts;
	struct answerer *answerer;
	struct stepper *stepper; /* of a step */
	struct record record;
	size_t errors;
};

static bool flush(void *context)
{
	struct session *s = context;
	if (s->write_failed || !io_write_all(s->job->io, s->job->output, writer_text(&s->out), s->out.size)) {
		if (!s->write_failed)
			s->job->error = (struct io_error){ .error = errno, .doing = "write" };
		s->write_failed = true;
	}
	s->out.size = 0;
	return !s->write_failed;
}

static void start(struct session *s)
{
	struct decide_job *job = s->job;
	writer_init(&s->out, s->arena);
	reader_init(&s->reader, s->arena, job->io, job->input, WINDOW);
	s->reader.before_read = flush;
	s->reader.context = s;
	s->facts = facts_new_in(s->arena, job->table);
	s->answerer = answerer_new_in(s->arena, job->table, s->facts);
	s->answerer->budget = job->budget;
	s->answerer->language = job->language;
	if (job->move)
		s->stepper = stepper_new_in(s->arena, s->answerer, job->move);
	uint32_t count = facts_count(s->facts);
	s->record.arena = s->record_arena;
	s->record.values = arena_new_array(s->arena, int64_t, count);
	s->record.known = arena_new_array(s->arena, uint64_t, count / 64 + 1);
	s->record.named = arena_new_array(s->arena, uint64_t, count / 64 + 1);
}

static void forget_record(struct session *s, struct arena_mark mark)
{
	size_t size = (facts_count(s->facts) / 64 + 1) * sizeof(uint64_t);
	struct record *r = &s->record;
	memset(r->known, 0, size);
	memset(r->named, 0, size);
	r->failed = false;
	r->copied.items = NULL;
	r->copied.count = r->copied.capacity = 0;
	answerer_forget(s->answerer);
	arena_restore(s->record_arena, mark);
}

typedef void (*answer_writer)(struct answerer *, struct writer *, struct record *, uint32_t, const struct decided *);

static void give_answer(struct session *s, answer_writer write)
{
	if (s->job->has_on)
		record_set_on(&s->record, s->facts, s->job->on);
	if (s->job->move) {
		s->errors += !answer_step(s->stepper, &s->out, &s->record);
		if (s->out.size >= FLUSH_SIZE)
			(void)flush(s);
		return;
	}
	const struct decided *d = answer_record(s->answerer, &s->record, s->job->decision);
	s->errors += d == NULL;
	write(s->answerer, &s->out, &s->record, s->job->decision, d);
	if (s->out.size >= FLUSH_SIZE)
		(void)flush(s);
}

static void decide_json(struct session *s)
{
	struct raw_record raw;
	struct arena_mark mark = arena_save(s->record_arena);
	while (!s->write_failed && reader_next(&s->reader, json_extent, &raw)) {
		if (json_record(&s->record, s->facts, &raw))
			give_answer(s, answer_write_json);
		forget_record(s, mark);
	}
}

static void write_csv_header(struct session *s, const struct csv_header *header)
{
	for (size_t i = 0; i < header->count; i++) {
		if (header->items[i].copied) {
			write_csv_cell(&s->out, header->items[i].name);
			write_char(&s->out, ',');
		}
	}
	write_str(&s->out, "outcome,label,rules,cites,possible,ask,undecided,error\n");
}

static void decide_csv(struct session *s)
{
	struct raw_record raw;
	size_t records = 0;
	if (!reader_next(&s->reader, csv_extent, &raw))
		return;
	struct csv_header *header = csv_header_new_in(s->arena, s->facts, &raw);
	struct arena_mark mark = arena_save(s->record_arena);
	if (!s->job->move) /* the answers of steps are JSON */
		write_csv_header(s, header);
	while (!s->write_failed && reader_next(&s->reader, csv_extent, &raw)) {
		if (csv_record(&s->record, s->facts, header, &raw)) {
			give_answer(s, answer_write_csv);
			records++;
		}
		forget_record(s, mark);
	}
	if (!header->failed || records > 0 || s->write_failed)
		return;
	/* No record can carry the header's error, and silence would pass for success. */
	(void)record_fail(&s->record, header->error.kind, header->error.message);
	s->record.error = header->error;
	give_answer(s, answer_write_csv);
}

/* The first byte that is not white space tells the form. What stands before it is passed over. */
bool records_are_json(struct reader *r)
{
	for (;;) {
		if (r->end - r->start >= 3 && memcmp(r->bytes + r->start, "\xef\xbb\xbf", 3) == 0)
			r->start += 3;
		while (r->start < r->end && strchr(" \t\r\n", r->bytes[r->start]) && r->bytes[r->start])
			r->lines_passed += r->bytes[r->start++] == '\n';
		bool sure = r->start < r->end && (r->bytes[r->start] != '\xef' || r->end - r->start >= 3);
		if (sure || !reader_fill(r))
			return r->start < r->end && r->bytes[r->start] == '{';
	}
}

static void run(struct session *s)
{
	start(s);
	if (s->job->no_input)
		give_answer(s, answer_write_json);
	else if (records_are_json(&s->reader))
		decide_json(s);
	else
		decide_csv(s);
	(void)flush(s);
}

bool decide_records(struct decide_job *job, int *exit_status)
{
	struct out_of_memory handler;
	struct session session = { .job = job };
	session.arena = arena_new(&handler);
	session.record_arena = arena_new(&handler);
	bool memory = session.arena && session.record_arena && setjmp(handler.back) == 0;
	if (memory) {
		run(&session);
		*exit_status = session.answerer->inexact ? 4 : session.errors > 0 ? 1 : 0;
	}
	arena_free(session.arena);
	arena_free(session.record_arena);
	if (!memory)
		longjmp(job->handler->back, 1);
	if (session.reader.error != 0)
		job->error = (struct io_error){ .error = session.reader.error, .doing = "read" };
	return session.reader.error == 0 && !session.write_failed;
}
