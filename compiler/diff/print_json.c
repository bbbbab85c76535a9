/* A difference as JSON: the keys of docs/DIFF.md. Keys that do not apply are left out. */
#include "diff/print.h"

static void write_string_or_null(struct writer *w, const char *key, const char *text)
{
	write_fmt(w, "\"%s\": ", key);
	if (text)
		write_json_string(w, text);
	else
		write_str(w, "null");
}

static void write_reasons(struct writer *w, const struct diff_reasons *reasons);

static void write_rests(struct writer *w, const struct diff_reason *reason)
{
	if (reason->rest_count == 0)
		return;
	write_str(w, ", \"rests_on\": [");
	for (size_t i = 0; i < reason->rest_count; i++) {
		const struct diff_rest *rest = &reason->rests_on[i];
		write_fmt(w, "%s{\"decision\": \"%s\", \"outcome\": \"%s\", \"because\": ", i ? ", " : "", rest->decision->name.id,
			  rest->decision->outcomes[rest->outcome].name.id);
		write_reasons(w, &rest->because);
		write_char(w, '}');
	}
	write_char(w, ']');
}

static void write_reason(struct writer *w, const struct diff_reason *reason)
{
	if (reason->fact) {
		write_fmt(w, "{\"fact\": \"%s\"}", reason->fact->name.id);
		return;
	}
	if (reason->constraint) {
		write_fmt(w, "{\"constraint\": \"%s\"}", reason->constraint->name.id);
		return;
	}
	write_str(w, "{\"rule\": ");
	write_json_string(w, reason->rule->id);
	if (reason->rule->item) {
		write_str(w, ", \"item\": ");
		write_json_string(w, reason->rule->item);
	}
	write_str(w, ", \"cites\": [");
	for (size_t i = 0; i < reason->rule->attributes.cites.count; i++) {
		write_str(w, i ? ", " : "");
		write_json_string(w, reason->rule->attributes.cites.clauses[i]);
	}
	write_char(w, ']');
	write_rests(w, reason);
	write_char(w, '}');
}

static void write_reasons(struct writer *w, const struct diff_reasons *reasons)
{
	write_char(w, '[');
	for (size_t i = 0; i < reasons->count; i++) {
		write_str(w, i ? ", " : "");
		write_reason(w, &reasons->items[i]);
	}
	write_char(w, ']');
}

/* Without an outcome: why. */
static void write_because(struct writer *w, const char *key, const struct diff_pair *pair, int edition,
			  const struct diff_region *region)
{
	const char *reason = diff_status_reason(pair->status[edition]);
	write_fmt(w, ", \"%s\": ", key);
	if (reason) {
		write_fmt(w, "[{\"undecided\": \"%s\"}", reason);
		for (size_t i = 0; i < region->because[edition].count; i++) {
			write_str(w, ", ");
			write_reason(w, &region->because[edition].items[i]);
		}
		write_char(w, ']');
	} else {
		write_reasons(w, &region->because[edition]);
	}
}

static void write_region(struct writer *w, const struct diff_decision *d, const struct diff_pair *pair,
			 const struct diff_region *region)
{
	write_str(w, "{\"when\": {");
	for (size_t i = 0; i < region->when.count; i++)
		write_fmt(w, "%s\"%s\": %s", i ? ", " : "", region->when.items[i].fact_id, region->when.items[i].json);
	write_str(w, "}, ");
	write_string_or_null(w, "old", diff_status_id(d, 0, pair->status[0]));
	write_str(w, ", ");
	write_string_or_null(w, "new", diff_status_id(d, 1, pair->status[1]));
	write_because(w, "old_because", pair, 0, region);
	write_because(w, "new_because", pair, 1, region);
	write_fmt(w, ", \"count\": \"%s\"}", region->count);
}

/* What no listed region holds, per pair: only with a limit on regions. */
static void write_rest(struct writer *w, const struct diff_decision *d)
{
	size_t written = 0;
	for (size_t i = 0; i < d->pair_count; i++) {
		const struct diff_pair *pair = &d->pairs[i];
		if (!pair->rest)
			continue;
		write_str(w, written++ ? ", {" : ", \"rest\": [{");
		write_string_or_null(w, "old", diff_status_id(d, 0, pair->status[0]));
		write_str(w, ", ");
		write_string_or_null(w, "new", diff_status_id(d, 1, pair->status[1]));
		write_fmt(w, ", \"count\": \"%s\"}", pair->rest);
	}
	write_str(w, written ? "]" : "");
}

void diff_write_regions_json(struct writer *w, const struct diff_decision *d)
{
	static const char *const verdicts[] = { "equal", "differs", "not_decided" };
	size_t written = 0;
	write_fmt(w, "\"verdict\": \"%s\", \"regions\": [", verdicts[d->verdict]);
	for (size_t i = 0; i < d->pair_count; i++)
		for (size_t k = 0; k < d->pairs[i].region_count; k++) {
			write_str(w, written++ ? ",\n   " : "\n   ");
			write_region(w, d, &d->pairs[i], &d->pairs[i].regions[k]);
		}
	write_char(w, ']');
	write_rest(w, d);
	write_str(w, ", ");
	write_string_or_null(w, "count", d->count);
}

static void write_decision(struct writer *w, const struct diff_decision *d)
{
	write_fmt(w, "{\"decision\": \"%s\", ", (d->of[1] ? d->of[1] : d->of[0])->name.id);
	diff_write_regions_json(w, d);
	write_char(w, '}');
}

static void write_clauses(struct writer *w, const struct difference *d)
{
	for (size_t i = 0; i < d->clause_count; i++) {
		const struct diff_text *t = &d->clauses[i];
		write_str(w, i ? ",\n  {" : "\n  {");
		write_string_or_null(w, "clause", t->id);
		write_str(w, ", ");
		write_string_or_null(w, "old", t->clause[0] ? t->clause[0]->text : NULL);
		write_str(w, ", ");
		write_string_or_null(w, "new", t->clause[1] ? t->clause[1]->text : NULL);
		write_char(w, '}');
	}
}

static void write_record(struct writer *w, const struct diff_record *r, enum language language)
{
	write_fmt(w, "{\"_id\": %s, \"decision\": \"%s\", ", r->id, r->decision_id);
	write_string_or_null(w, "old", r->old.outcome);
	write_str(w, ", ");
	write_string_or_null(w, "new", r->new_.outcome);
	write_fmt(w, ", \"because\": %s, ", r->new_.because);
	write_string_or_null(w, "must", diff_must(w->arena, r, language));
	write_char(w, '}');
}

void diff_write_json(struct writer *w, const struct difference *d, const struct diff_records *records, enum language language)
{
	const struct model *old = d->editions[0];
	write_str(w, ", \"verdict\": ");
	write_str(w, !diff_decided(d) ? "\"not_decided\"" : diff_equal(d) ? "\"equal\"" : "\"differs\"");
	write_str(w, ", \"old\": {\"rulebook\": ");
	write_json_string(w, old->name.id ? old->name.id : "");
	write_str(w, ", \"edition\": ");
	write_json_string(w, old->edition.id ? old->edition.id : "");
	write_fmt(w, ", \"digest\": \"%s\"}, \"decisions\": [", old->digest);
	for (size_t i = 0; i < d->decision_count; i++) {
		write_str(w, i ? ",\n  " : "\n  ");
		write_decision(w, &d->decisions[i]);
	}
	write_str(w, "]");
	diff_write_procedures_json(w, d);
	write_str(w, ", \"clauses\": [");
	write_clauses(w, d);
	write_str(w, "], \"records\": [");
	for (size_t i = 0; records && i < records->count; i++) {
		write_str(w, i ? ",\n  " : "\n  ");
		write_record(w, &records->items[i], language);
	}
	write_str(w, "]");
	diff_write_running_json(w, records, language);
}
