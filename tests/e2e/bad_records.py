#!/usr/bin/env python3
"""Records that cannot be decided, in JSON and CSV, from the rulebook and from the table: an error for each, of the right
kind, with the fact, the value and what is allowed; the records around it are answered; exit status 1."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, text  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
GOOD = {"_id": "good", "member": True, "age": 30, "card": "year", "items": [], "born": "2000-01-01", "on": "2026-06-01"}

# name, the fact as JSON (a piece of text, so that anything can be said), the CSV cell, kind, fact
WRONG = [
    ("unknown fact", '"height": 3', ("height", "3"), "name", "height"),
    ("unknown fact by label", '"身高": 3', ("身高", "3"), "name", "身高"),
    ("boolean as number", '"member": 1', ("member", "1"), "type", "member"),
    ("boolean as text", '"member": "maybe"', ("member", "maybe"), "type", "member"),
    ("number as text", '"age": "many"', ("age", "many"), "type", "age"),
    ("number with a point", '"age": 30.0', ("age", "30.0"), "type", "age"),
    ("number with an exponent", '"age": 3e1', ("age", "3e1"), "type", "age"),
    ("number with a sign", '"age": "+30"', ("age", "+30"), "type", "age"),
    ("number in words", '"age": "三十"', ("age", "三十"), "type", "age"),
    ("number beyond int64", '"age": 99999999999999999999', ("age", "99999999999999999999"), ("domain", "type"), "age"),
    ("number below", '"age": -3', ("age", "-3"), "domain", "age"),
    ("number above", '"age": 151', ("age", "151"), "domain", "age"),
    ("number as list", '"age": [30]', ("age", "{30}"), "type", "age"),
    ("member unknown", '"card": "gold"', ("card", "gold"), "domain", "card"),
    ("group as member", '"card": "paid"', ("card", "paid"), "domain", "card"),
    ("member as number", '"card": 1', ("card", "1"), ("type", "domain"), "card"),
    ("set with an unknown member", '"items": ["map", "gold"]', ("items", "map|gold"), "domain", "items"),
    ("date that does not exist", '"born": "2025-02-29"', ("born", "2025-02-29"), ("type", "domain"), "born"),
    ("date out of its range", '"born": "1800-01-01"', ("born", "1800-01-01"), "domain", "born"),
    ("date in words", '"born": "2025年1月1日"', ("born", "2025年1月1日"), "type", "born"),
    ("date as number", '"born": 20250101', ("born", "20250101"), "type", "born"),
    ("fact by label, wrong value", '"年龄": 151', ("年龄", "151"), "domain", "age"),
]


def json_record(piece):
    kept = {key: value for key, value in GOOD.items() if f'"{key}"' not in piece and not (key == "age" and "年龄" in piece)}
    return json.dumps(kept, ensure_ascii=False)[:-1] + ", " + piece + "}"


def csv_text(name, cell):
    given = {"_id": "good", "member": "true", "age": "30", "card": "year", "items": "{}", "born": "2000-01-01", "on": "2026-06-01"}
    own = "age" if name == "年龄" else name
    columns = [column for column in given if column != own] + [name]
    good = [given.get(own if column == name else column, "") for column in columns]
    wrong = good[:-1] + [cell]
    return "\n".join(",".join(row) for row in (columns, good, wrong, good)) + "\n"


def decide(suite, source, records):
    path = suite.folder / "records.in"
    path.write_text(records)
    return suite.run("decide", "--decision", "entry", "--lang", "en", "--facts", path, source)


def both(suite, what, book, table, records):
    """Answers of rulebook and table, which are the same bytes."""
    answer, other = decide(suite, book, records), decide(suite, table, records)
    suite.check((answer.status, answer.out) == (other.status, other.out), f"{what}: rulebook and table differ",
                f"{answer}\n{other}")
    suite.check(not re.search(rb"Sanitizer|runtime error|assert", answer.err + other.err), f"{what}: crashed", answer)
    return answer


def check_error(suite, what, error, kind, fact):
    kinds = kind if isinstance(kind, tuple) else (kind,)
    suite.check(error.get("kind") in kinds, f"{what}: kind is {error.get('kind')}, should be {kind}", error)
    suite.check(error.get("fact") == fact, f"{what}: fact is {error.get('fact')}, should be {fact}", error)
    suite.check(error.get("message") and not error["message"].endswith("."), f"{what}: message", error)
    if error.get("kind") in ("domain", "type"):
        suite.check("value" in error and "allowed" in error, f"{what}: value and what is allowed", error)


def check_json(suite, book, table):
    for what, piece, _, kind, fact in WRONG:
        lines = [json.dumps(GOOD, ensure_ascii=False), json_record(piece), json.dumps(GOOD, ensure_ascii=False)]
        answer = both(suite, f"JSON, {what}", book, table, "\n".join(lines) + "\n")
        suite.check(answer.status == 1, f"JSON, {what}: exit status", answer)
        answers = [json.loads(line) for line in text(answer.out).splitlines()]
        if not suite.check(len(answers) == 3, f"JSON, {what}: one answer a record", answer):
            continue
        suite.check(answers[0] == answers[2] and answers[0].get("outcome") == "free", f"JSON, {what}: the others", answer)
        if suite.check("error" in answers[1], f"JSON, {what}: an error", answer):
            check_error(suite, f"JSON, {what}", answers[1]["error"], kind, fact)


def check_csv(suite, book, table):
    for what, _, (name, cell), kind, fact in WRONG:
        if kind == "name":
            continue                      # a heading, not a record: see headings()
        answer = both(suite, f"CSV, {what}", book, table, csv_text(name, cell))
        rows = text(answer.out).splitlines()
        suite.check(answer.status == 1, f"CSV, {what}: exit status", answer)
        if suite.check(len(rows) == 4, f"CSV, {what}: a heading and one answer a record", answer):
            suite.check(rows[1] == rows[3] and "free" in rows[1], f"CSV, {what}: the others", answer)
            kinds = kind if isinstance(kind, tuple) else (kind,)
            suite.check(any(k in rows[2] for k in kinds) and "free" not in rows[2], f"CSV, {what}: an error", answer)


def objects(suite, book, table):
    """What is wrong with a whole record; the ones after it are still answered."""
    good = json.dumps(GOOD, ensure_ascii=False)
    for what, record, kind in [
            ("fact twice", good[:-1] + ', "age": 30}', "duplicate"),
            ("fact twice, by id and label", good[:-1] + ', "年龄": 30}', "duplicate"),
            ("excluded", good.replace("30", "17"), "excluded"),
            ("not closed", good[:-1], "type"), ("not an object", "[1, 2]", "type"), ("a number", "7", "type"),
            ("no value", '{"age": }', "type"), ("text after it", good + " x", "type"),
            ("deep", '{"_x": ' + "[" * 100_000 + "]" * 100_000 + "}", "type"),
            ("long name", '{"' + "n" * 100_000 + '": 1}', "name")]:
        answer = both(suite, f"JSON, {what}", book, table, "\n".join([good, record, good]) + "\n")
        answers = text(answer.out).splitlines()
        suite.check(answer.status == 1, f"JSON, {what}: exit status", str(answer)[:1000])
        errors = [json.loads(line)["error"] for line in answers if '"error"' in line]
        suite.check(errors and errors[0]["kind"] == kind, f"JSON, {what}: an error of kind {kind}", str(answer)[:1000])
        suite.check(len(answers) >= 3 and '"free"' in answers[0] and '"free"' in answers[-1], f"JSON, {what}: the others",
                    str(answer)[:1000])
    excluded = both(suite, "excluded", book, table, good.replace("30", "17"))
    suite.check(b"grown" in excluded.out, "excluded names the constraint", excluded)


def rows(suite, book, table):
    head, good = "_id,member,age,card,items,born,on", "good,true,30,year,{},2000-01-01,2026-06-01"
    for what, row in [("excluded", good.replace("30", "17")), ("too many cells", good + ",x"), ("too few cells", "bad,true"),
                      ("quote inside a cell", good.replace("year", 'ye"ar')), ("text after a quote", good.replace("year", '"year"x'))]:
        answer = both(suite, f"CSV, {what}", book, table, "\n".join([head, good, row, good]) + "\n")
        answers = text(answer.out).splitlines()
        suite.check(answer.status == 1, f"CSV, {what}: exit status", answer)
        suite.check(len(answers) == 4 and answers[1] == answers[3] and "free" in answers[1] and "free" not in answers[2],
                    f"CSV, {what}: an error, and the others", answer)
    for what, heading in [("unknown", head.replace("age", "height")), ("twice", head.replace("age", "member")),
                          ("twice, by label", head.replace("age", "会员")), ("empty", head.replace("age", ""))]:
        answer = both(suite, f"CSV, heading {what}", book, table, f"{heading}\n{good}\n{good}\n")
        suite.check(answer.status == 1 and b"free" not in answer.out, f"CSV, heading {what}: an error", answer)


def odd_inputs(suite, book, table):
    good = json.dumps(GOOD, ensure_ascii=False)
    for what, records, status in [("nothing", "", 0), ("white space", " \n\n", 0), ("a heading only", "age,card\n", 0),
                                  ("byte order mark and CSV", "\ufeffage\n3\n", 0), ("many lines", "{\n" * 10_000, 1),
                                  ("one object on many lines", good.replace(",", ",\n"), 0),
                                  ("objects without line ends", good + good, 0), ("NUL", good + "\n\0\n", 1)]:
        answer = both(suite, what, book, table, records)
        suite.check(answer.status == status, f"{what}: exit status {answer.status}, should be {status}", str(answer)[:1500])
    missing = suite.run("decide", "--decision", "entry", "--lang", "en", "--facts", suite.folder / "absent", table)
    suite.check(missing.status == 3 and b"absent" in missing.err, "no such file of records", missing)
    unknown = suite.run("decide", "--decision", "entrance", "--lang", "en", table)
    suite.check(unknown.status == 2 and b"entrance" in unknown.err, "no such decision", unknown)


def main():
    suite = Suite(__doc__)
    book, out = HERE / "records.rulebook.md", suite.folder / "out"
    made = suite.run("build", "--no-pictures", "-o", out, book)
    if suite.check(made.status == 0, "build", made):
        table = out / "records.table"
        check_json(suite, book, table)
        check_csv(suite, book, table)
        objects(suite, book, table)
        rows(suite, book, table)
        odd_inputs(suite, book, table)
    suite.finish()


if __name__ == "__main__":
    main()
