#!/usr/bin/env python3
"""Tables with hundreds of different bounds in one fact, against an enumeration of all cells between the bounds: gaps and
conflicts, the count, the first region and the case of each, and that its regions are disjoint and lie inside it. Of `first`
tables also the rows that never decide.

  long_tables.py [--count N]"""
import json
import pathlib
import random
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent), str(pathlib.Path(__file__).resolve().parent.parent / "bench")]
import tables  # noqa: E402
from harness import Suite  # noqa: E402

MOST, KINDS = 99999, 7                   # n: 0 to 99999; k: 8 members; b: yes or no
DOMAINS = [("n", 0, MOST, None), ("k", 0, KINDS, [f"k{i}" for i in range(KINDS + 1)]), ("b", 0, 1, None)]


def table(seed):
    """Stretches of n, each for some members and both or one of yes and no; some are missing, some reach too far."""
    rng = random.Random(seed)
    cuts = sorted(rng.sample(range(1, MOST), rng.randint(70, 220)))
    rows = []
    for low, high in zip([0, *cuts], [*[cut - 1 for cut in cuts], MOST]):
        at, parts = 0, []
        while at <= KINDS:
            end = rng.randint(at, KINDS) if rng.random() < 0.1 else KINDS
            parts.append((at, end))
            at = end + 1
        for part in parts:
            chance = rng.random()
            if chance < 0.01:
                continue
            reach = min(MOST, high + rng.randint(1, 5000)) if chance > 0.97 else high
            answer = (0, 1) if rng.random() < 0.9 else (0, 0)
            rows.append((((low, reach), part, answer), rng.randrange(3)))
            if answer == (0, 0) and chance < 0.95:
                rows.append((((low, high), part, (1, 1)), rng.randrange(3)))
    if rng.random() < 0.7:
        rng.shuffle(rows)
    return tables.Table(DOMAINS, rows, ("any", "unique", "first")[seed % 3])


def cells(rows):
    """(box, numbers of the rows that hold on it), in the order of cases: where nothing changes in between."""
    cuts = sorted({0, MOST + 1} | {box[0][0] for box, _ in rows} | {box[0][1] + 1 for box, _ in rows})
    for low, after in zip(cuts, cuts[1:]):
        near = [(i, box) for i, (box, _) in enumerate(rows) if box[0][0] <= low <= box[0][1]]
        for k in range(KINDS + 1):
            for b in range(2):
                yield ((low, after - 1), k, b), [i for i, box in near if box[1][0] <= k <= box[1][1] and box[2][0] <= b <= box[2][1]]


def first(cell):
    (low, _), k, b = cell
    return {"n": low, "k": f"k{k}", "b": bool(b)}


def cases(found):
    return sum(cell[0][1] - cell[0][0] + 1 for cell in found)


def values(fact, when, every):
    """What a region allows of a fact."""
    if fact not in when:
        return every
    value = when[fact]
    if fact == "n":
        return [tuple(value)]
    return value if isinstance(value, list) else [value]


def inside(region, found):
    """The cells of `found` that the region holds, each whole or not at all; None: it holds something else."""
    when, held, size = region["when"], [], 0
    stretches = values("n", when, [(0, MOST)])
    members, answers = values("k", when, DOMAINS[1][3]), values("b", when, [False, True])
    for cell in found:
        (low, high), k, b = cell
        if f"k{k}" in members and bool(b) in answers:
            for start, end in stretches:
                common = min(high, end) - max(low, start) + 1
                size += max(0, common)
                if common > 0:
                    held.append((cell, max(low, start), min(high, end)))
    return held if size == int(region["count"]) else None


def compare(suite, what, finding, found):
    suite.same(str(cases(found)), finding.get("count", "none"), f"{what}: cases")
    if not suite.check(finding.get("regions"), f"{what}: no regions"):
        return
    when, case = finding["regions"][0]["when"], finding["witness"]
    least = {"n": values("n", when, [(0, MOST)])[0][0], "k": values("k", when, ["k0"])[0], "b": values("b", when, [False])[0]}
    suite.same(json.dumps(first(found[0])), json.dumps(least), f"{what}: the least case of its first region")
    bounds = [end for part in values("n", when, [(0, MOST)]) for end in part if end not in (0, MOST)]
    suite.check(case.get("n") in (bounds or [None]) and case.get("k", least["k"]) == least["k"] and case.get("b", least["b"]) == least["b"],
                f"{what}: its case is not at a bound of the first region", json.dumps(finding))
    listed, total = set(), 0
    for region in finding["regions"]:
        held = inside(region, found)
        if not suite.check(held is not None, f"{what}: a region holds other cases", json.dumps(region)):
            return
        suite.check(not any(part in listed for part in held), f"{what}: regions overlap", json.dumps(region))
        listed.update(held)
        total += int(region["count"])
    suite.same(str(cases(found)), str(total + int(finding.get("rest") or 0)), f"{what}: cases of the regions and the rest")


def check_seed(suite, seed, tally):
    made = table(seed)
    book = suite.folder / f"long{seed}.rulebook.md"
    book.write_text(made.text())
    findings = json.loads(suite.run("check", "--format", "json", book).out)["findings"]
    gap, pairs, decides = [], {}, set()
    for cell, holding in cells(made.rows):
        if not holding:
            gap.append(cell)
        decides.update(holding[:1])
        for at, i in enumerate(holding):
            for k in holding[at + 1:]:
                if made.hit == "unique" or made.rows[i][1] != made.rows[k][1]:
                    pairs.setdefault((i, k), []).append(cell)
    mine = {f["slug"]: f for f in findings if f["slug"] == "gap"}
    suite.check(("gap" in mine) == bool(gap), f"seed {seed}: whether there is a gap")
    if gap and "gap" in mine:
        compare(suite, f"seed {seed}: the gap", mine["gap"], gap)
    if made.hit == "first":
        never = {f"t.w{i}" for i in range(len(made.rows)) if i not in decides}
        said = {f["rules"][0] for f in findings if f["slug"] in ("masked", "unreachable")}
        suite.same(str(sorted(never)), str(sorted(said)), f"seed {seed}: rows that never decide")
        tally["never"] += len(never)
    else:
        told = {tuple(sorted(int(rid.split(".w")[1]) for rid in f["rules"])): f for f in findings if f["slug"] == "conflict"}
        suite.same(str(sorted(pairs)), str(sorted(told)), f"seed {seed}: rows in conflict")
        for pair in pairs.keys() & told.keys():
            compare(suite, f"seed {seed}: rows {pair}", told[pair], pairs[pair])
        tally["conflicts"] += len(pairs)
    tally["gaps"] += bool(gap)
    tally["rows"] += len(made.rows)


def configure(parser):
    parser.add_argument("--count", type=int, default=60)


def main():
    suite = Suite(__doc__, configure)
    tally = dict.fromkeys(("rows", "gaps", "conflicts", "never"), 0)
    count = suite.options.count
    suite.each(lambda seed: check_seed(suite, seed, tally), range(1, count + 1))
    print(f"{count} tables, {tally['rows']} rows: {tally['gaps']} with a gap, {tally['conflicts']} conflicts, "
          f"{tally['never']} rows that never decide")
    suite.check(all(tally.values()), "every kind is found", tally)
    suite.finish()


if __name__ == "__main__":
    main()
