#!/usr/bin/env python3
"""Same rulebook, same bytes: artifacts do not depend on place, time, language or how often they are made; rulebook and
table decide every record alike, byte for byte, in JSON and in CSV, and take every step of a procedure alike."""
import csv
import io
import json
import pathlib
import random
import shutil
import sys
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, bytes_of_folder, text  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
RECORDS = 90
STEPS = 20
SEEN = set()          # what steps were answered, over all rulebooks
LARGE = "fujian"
BOOKS = [ROOT / "rulebooks" / LARGE, *sorted((ROOT / "rulebooks/examples").iterdir()), HERE / "records.rulebook.md",
         ROOT / "docs/LANGUAGE.md", ROOT / "docs/LANGUAGE.zh.md"]


def build(suite, book, name):
    out = suite.folder / f"{name}-1"
    made = suite.run("build", "--no-pictures", "--lang", "zh", "-o", out, book)
    return out if suite.check(made.status == 0, f"build {name}", made) else None


def build_again(suite, book, name, first):
    """A copy elsewhere, in another language, onto the artifacts of the first."""
    second = suite.folder / f"{name}-2"
    elsewhere = suite.folder / f"{name}-copy"
    copy = shutil.copytree(book, elsewhere) if book.is_dir() else shutil.copy(book, suite.folder)
    shutil.copytree(first, second)
    made = suite.run("build", "--no-pictures", "--lang", "en", "-o", second.name, copy)
    suite.check(made.status == 0, f"build {name} again", made)
    one, two = bytes_of_folder(first), bytes_of_folder(second)
    suite.check(one == two, f"{name}: other bytes the second time",
                [path for path in sorted(set(one) | set(two)) if one.get(path) != two.get(path)])
    for path, content in one.items():
        for private in (str(suite.folder), str(ROOT)):
            suite.check(private.encode() not in content, f"{name}: {path} holds a path of this machine")


def random_value(dice, schema):
    if "enum" in schema:
        return dice.choice([value for value in schema["enum"] if value is not None])
    kind = schema["type"][0]
    if kind == "boolean":
        return dice.random() < 0.5
    if kind == "array":
        members = schema["items"]["enum"]
        return dice.sample(members, dice.choice([0, 0, 1, 1, 2, len(members)]) % (len(members) + 1))
    if kind == "integer":
        low, high = schema["minimum"], schema["maximum"]
        round_numbers = [low, high] + [n * 10 ** e + d for n in (1, 5) for e in range(9) for d in (-1, 0, 1)]
        return min(high, max(low, dice.choice(round_numbers + [dice.randint(low, high)])))
    return f"{dice.choice([2024, 2025, 2026, 2027])}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"


def random_records(dice, properties):
    """A third complete, a third with one fact unknown, a third with several."""
    for index in range(RECORDS):
        record = {name: random_value(dice, schema) for name, schema in properties.items()}
        for name in dice.sample(sorted(record), min(len(record), [0, 1, dice.randint(1, 6)][index % 3])):
            record[name] = None
        yield {"_id": str(index), **record}


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(value) or "{}" if isinstance(value, list) else str(value)


def as_csv(records):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(records[0])
    writer.writerows([cell(value) for value in record.values()] for record in records)
    return out.getvalue()


def decide_alike(suite, book, name, built):
    schema = json.loads(next(built.glob("*.facts.schema.json")).read_text())
    table = next(built.glob("*.table"))
    dice = random.Random(name)
    records = list(random_records(dice, schema["properties"]))
    forms = {"JSON Lines": "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "CSV": as_csv(records)}
    for sample in sorted(book.glob("sample*")) if book.is_dir() else []:
        forms[sample.name] = sample.read_text()
    decisions = [row["decision"] for row in json.loads(suite.run("check", "--format", "json", book).out)["decided"]]
    suite.check(decisions, f"{name}: decisions")
    for decision in decisions:
        for form, given in forms.items():
            one, two = (suite.run("decide", "--decision", decision, source, stdin=given) for source in (book, table))
            what = f"{name}, {decision}, {form}"
            suite.same(one.out, two.out, f"{what}: rulebook and table")
            suite.check(one.status == two.status and one.status in (0, 1), f"{what}: status {one.status}, {two.status}",
                        text(one.err))
            lines = text(one.out).splitlines()
            suite.check(len(lines) >= len(records) or form.startswith("sample"), f"{what}: {len(lines)} answers", text(one.err))
            if form.startswith("sample"):
                suite.check(one.status == 0, f"{what}: every sample is answered", text(one.out)[:2000])


def random_day(dice):
    return f"{dice.choice([2025, 2026, 2027])}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"


def step_alike(suite, book, name, built):
    """Any event in any state, after any earlier ones, with known and unknown facts."""
    table = next(built.glob("*.table"))
    schema = json.loads(next(built.glob("*.facts.schema.json")).read_text())
    dice = random.Random(name)
    facts = suite.folder / f"{name}-facts.json"
    facts.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in random_records(dice, schema["properties"])))
    procedures = ElementTree.parse(next(built.glob("*.xml"))).getroot().findall(".//{*}procedure")
    for procedure in procedures:
        states, events = ([part.get("id") for part in procedure.findall("{*}" + kind)] for kind in ("state", "event"))
        for _ in range(STEPS):
            days = sorted(random_day(dice) for _ in range(dice.randint(1, 4)))
            past = [word for day in days[:-1] for word in ("--past", f"{dice.choice(events)}={day}")]
            move = ["--procedure", procedure.get("id"), "--state", dice.choice(states), "--event", dice.choice(events),
                    "--on", days[-1], *past, "--facts", facts]
            one, two = (suite.run("step", *move, source) for source in (book, table))
            suite.same(one.out, two.out, f"{name}, {move}: rulebook and table")
            suite.check(one.status == two.status and one.status in (0, 1), f"{name}, {move}: status {one.status}, {two.status}",
                        text(one.err))
            SEEN.update({str(json.loads(line).get("accepted", "error")) for line in text(one.out).splitlines()})


def check_book(suite, book):
    name = book.name.removesuffix(".md").removesuffix(".rulebook")
    built = build(suite, book, name)
    if built:
        if book.name != LARGE:            # scripts/generate --check makes that one again
            build_again(suite, book, name, built)
        decide_alike(suite, book, name, built)
        step_alike(suite, book, name, built)


def main():
    suite = Suite(__doc__)
    suite.environment = dict(suite.environment, TZ="Asia/Shanghai", USER="somebody")
    suite.each(lambda book: check_book(suite, book), BOOKS)
    suite.check({"True", "False", "None"} <= SEEN, f"steps are taken, refused and open, not only {SEEN}")
    suite.finish()


if __name__ == "__main__":
    main()
