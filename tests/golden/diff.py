#!/usr/bin/env python3
"""`guiju diff`: every rulebook is equal to itself, also to the table made of it; the invented revision of the Fujian list
and measures against them, in every form, with its sample of filings and running cases.

diff.py --renew writes the answers in diff/ instead; reading the difference before it is committed is your job."""
import csv
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite, text  # noqa: E402

BOOKS = ["fujian", "fujian-2026-draft", "fujian-literal", "examples/everything", "examples/library", "examples/parcel"]
CLEAN = [book for book in BOOKS if book != "fujian-literal"]
RECORDS = ROOT / "rulebooks/fujian-2026-draft/records.csv"
FORMS = {"text.zh.txt": ["--lang", "zh"], "text.en.txt": ["--lang", "en"], "json": ["--lang", "zh", "--format", "json", "--decision", "list_tier"],
         "note.zh.md": ["--lang", "zh", "--format", "markdown"], "note.en.md": ["--lang", "en", "--format", "markdown"]}


def configure(parser):
    parser.add_argument("--renew", action="store_true", help="write the answers")


def is_equal_to(suite, book, other, what):
    answer = suite.run("diff", "--format", "json", ROOT / "rulebooks" / book, other)
    suite.check(answer.status == 0 and json.loads(answer.out)["verdict"] == "equal", what, answer)
    decisions = json.loads(answer.out or b"{}").get("decisions", [])
    suite.check(decisions and all(d["verdict"] == "equal" and d["count"] == "0" and not d["regions"] for d in decisions), what, answer)


def check_self(suite, book):
    is_equal_to(suite, book, ROOT / "rulebooks" / book, f"{book} is equal to itself")
    if book in CLEAN:
        folder = suite.new_folder("table-" + book.replace("/", "-"))
        suite.run("build", "--no-pictures", "-o", folder / "out", ROOT / "rulebooks" / book)
        tables = sorted((folder / "out").glob("*.table"))
        if suite.check(len(tables) == 1, f"{book}: one table"):
            is_equal_to(suite, book, tables[0], f"{book} is equal to its table")


def check_draft(suite, form):
    answer = suite.run("diff", *FORMS[form], "--records", RECORDS, ROOT / "rulebooks/fujian", ROOT / "rulebooks/fujian-2026-draft")
    suite.check(answer.status == 0 and not answer.err, f"the revision, {form}", answer)
    path = HERE / "diff" / form
    answer.out = re.sub(rb"sha256:[0-9a-f]{64}", b"sha256:...", answer.out)      # any edit of the rulebooks would change it
    if suite.options.renew:
        path.write_bytes(answer.out)
    if suite.check(path.exists(), f"diff/{form} is missing: look at the answer, then diff.py --renew"):
        suite.same(path.read_bytes(), answer.out, str(path.relative_to(ROOT)))


def whole_difference(suite):
    return json.loads(suite.run("diff", "--format", "json", "--records", RECORDS, ROOT / "rulebooks/fujian",
                                ROOT / "rulebooks/fujian-2026-draft").out)


def check_counts(suite, difference):
    """Regions, what no listed region holds, and the whole; one list for each pair of outcomes."""
    for decision in difference["decisions"]:
        name = decision["decision"]
        counted = sum(int(region["count"]) for region in decision["regions"] + decision.get("rest", []))
        suite.check(counted == int(decision["count"]), f"{name}: the counts add up", f"{counted} {decision['count']}")
        pairs = [(region["old"], region["new"]) for region in decision["regions"]]
        suite.check(all(old != new for old, new in pairs), f"{name}: every region is a change", pairs)
        suite.check(len([i for i, pair in enumerate(pairs) if i == 0 or pairs[i - 1] != pair]) == len(set(pairs)),
                    f"{name}: one list for each pair", pairs)


def check_all_regions(suite, difference):
    """Hundreds of regions are no more work than their count: searched for one by one they took far more boxes than these."""
    answer = suite.run("diff", "--regions", "all", "--nodes", "200000", "--decision", "important_data", "--format", "json",
                       ROOT / "rulebooks/fujian", ROOT / "rulebooks/fujian-2026-draft")
    if not suite.check(answer.status == 0, "all regions of a decision", answer):
        return
    (whole,) = json.loads(answer.out)["decisions"]
    (some,) = [d for d in difference["decisions"] if d["decision"] == "important_data"]
    suite.check("rest" not in whole and len(whole["regions"]) > 500, "all regions of a decision", len(whole["regions"]))
    suite.check(sum(int(region["count"]) for region in whole["regions"]) == int(some["count"]), "all regions: the count", some["count"])
    for region in some["regions"]:
        suite.check(region in whole["regions"], "all regions hold those shown, with the same reasons", region)


def check_records(suite, difference):
    """Old and new answers of the records are those of `decide`."""
    changed = {r["_id"]: r for r in difference["records"]}
    answers = []
    for book in ("fujian", "fujian-2026-draft"):
        out = text(suite.run("decide", "--decision", "pathway", "--facts", RECORDS, ROOT / "rulebooks" / book).out).splitlines()
        answers.append({row["_id"]: row["outcome"] for row in csv.DictReader(out)})
    for record, was in answers[0].items():
        now = answers[1][record]
        suite.check((record in changed) == (was != now), f"{record}: listed if and only if it changes", (was, now))
        if record in changed:
            suite.same(f"{was} {now}", f"{changed[record]['old'] or ''} {changed[record]['new'] or ''}", f"{record}: as decide says")


def check_trace(suite):
    """Also the amended measures account for every clause."""
    totals = [json.loads(suite.run("trace", "--format", "json", ROOT / "rulebooks" / book).out)["totals"]
              for book in ("fujian", "fujian-2026-draft")]
    suite.check(totals[0] == totals[1] and totals[1].get("unaccounted", 0) == 0 and totals[1].get("pending", 0) == 0, "the revision's trace", totals)


def main():
    suite = Suite(__doc__, configure)
    for book in BOOKS:
        check_self(suite, book)
    for form in FORMS:
        check_draft(suite, form)
    difference = whole_difference(suite)
    check_counts(suite, difference)
    check_all_regions(suite, difference)
    check_records(suite, difference)
    check_trace(suite)
    suite.finish()


if __name__ == "__main__":
    main()
