#!/usr/bin/env python3
"""`guiju diff` of tables with hundreds of rows that do not meet, of which many changed: how many cases change is a sum of
volumes, reckoned here. Where it looks, and with which rows, is found by sets of bits of so-many boxes at a time."""
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "bench")]
import tables  # noqa: E402
from harness import Suite  # noqa: E402

ROWS, CHANGED = 400, 150


def volume(box):
    cases = 1
    for low, high in box:
        cases *= high - low + 1
    return cases


def moved(table, rng):
    """Rows that end a little earlier in one number: what they leave is a gap. Gives the table and the cases in it."""
    rows, gap = list(table.rows), 0
    numbers = [i for i, (_, _, high, members) in enumerate(table.domains) if not members and high > 1]
    for at in rng.sample(range(len(rows)), CHANGED):
        box, outcome = rows[at]
        fact = rng.choice(numbers)
        low, high = box[fact]
        less = min(rng.randint(1, 1000), high - low)
        rows[at] = (box[:fact] + ((low, high - less),) + box[fact + 1:], outcome)
        gap += volume(box) // (high - low + 1) * less
    return tables.Table(table.domains, rows, table.hit), gap


def answered_otherwise(table, rng):
    rows, cases = list(table.rows), 0
    for at in rng.sample(range(len(rows)), CHANGED):
        box, outcome = rows[at]
        rows[at] = (box, (outcome + rng.randint(1, 3)) % 4)
        cases += volume(box)
    return tables.Table(table.domains, rows, table.hit), cases


def check(suite, what, old, new, cases):
    answer = suite.run("diff", "--format", "json", old, new)
    if not suite.check(answer.status == 0, what, answer):
        return
    (decision,) = json.loads(answer.out)["decisions"]
    suite.same(str(cases), decision["count"], what)


def main():
    suite = Suite(__doc__)
    folder = suite.new_folder("rows")
    for seed in (1, 2, 3):
        rng = random.Random(seed)
        table = tables.complete(ROWS, seed)
        old = folder / f"{seed}.rulebook.md"
        old.write_text(table.text())
        for change in (moved, answered_otherwise):
            edited, cases = change(table, rng)
            new = folder / f"{seed}_{change.__name__}.rulebook.md"
            new.write_text(edited.text())
            check(suite, f"seed {seed}: {change.__name__}", old, new, cases)
            check(suite, f"seed {seed}: {change.__name__}, the other way", new, old, cases)
    suite.finish()


if __name__ == "__main__":
    main()
