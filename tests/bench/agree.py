#!/usr/bin/env python3
"""The rivals of the benchmark agree with `guiju check` on random tables: which rows overlap (the sweep, each against each,
Z3 pair by pair) and how many cases are missing (the sweep; Z3: whether any)."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, run, text  # noqa: E402
import tables  # noqa: E402

COUNT = 300


def configure(parser):
    parser.add_argument("--sweep", required=True, help="the program sweep")


def ask_sweep(suite, path, *options):
    """Pairs of rows, and the number of missing cases."""
    answer = run([str(pathlib.Path(suite.options.sweep).resolve()), *options, str(path)], suite.folder, environment=suite.environment)
    suite.check(answer.status == 0, f"sweep {path.name}", answer)
    *lines, missing = text(answer.out).splitlines()
    return {tuple(map(int, line.split())) for line in lines}, missing.split()[1]


def ask_z3(suite, lines):
    return text(run(["z3", "-in"], suite.folder, lines).out).split()


def unread(table):
    """Values of the facts that no row tests: of these the compiler does not speak."""
    product = 1
    for at, (_, low, high, _) in enumerate(table.domains):
        if all(box[at] == (low, high) for box, _ in table.rows):
            product *= high - low + 1
    return product


def check_seed(suite, seed, tally):
    table = tables.small(seed)
    book, boxes = suite.folder / f"small{seed}.rulebook.md", suite.folder / f"small{seed}.boxes"
    book.write_text(table.text())
    boxes.write_text(table.boxes())
    findings = json.loads(suite.run("check", "--format", "json", book).out)["findings"]
    conflicts = [[int(rid.split(".w")[1]) for rid in f["rules"]] for f in findings if f["slug"] == "conflict"]
    mine = {(min(pair), max(pair)) for pair in conflicts}
    missing = str(int(next((f["count"] for f in findings if f["slug"] == "gap"), 0)) * unread(table))
    swept, counted = ask_sweep(suite, boxes)
    compared, _ = ask_sweep(suite, boxes, "--pairs")
    told = iter(ask_z3(suite, table.smt_pairs()))
    solved = {(k, i) for i in range(len(table.rows)) for k in range(i) if next(told) == "sat"}
    gap = ask_z3(suite, table.smt_gap()) == ["sat"]
    suite.same(str(sorted(mine)), str(sorted(swept)), f"seed {seed}: overlapping rows, the sweep")
    suite.same(str(sorted(mine)), str(sorted(compared)), f"seed {seed}: overlapping rows, each against each")
    suite.same(str(sorted(mine)), str(sorted(solved)), f"seed {seed}: overlapping rows, Z3")
    suite.same(missing, counted, f"seed {seed}: missing cases, the sweep")
    suite.check(gap == (missing != "0"), f"seed {seed}: missing cases, Z3")
    tally["overlapping"] += bool(mine)
    tally["missing"] += missing != "0"


def main():
    suite = Suite(__doc__, configure)
    tally = dict.fromkeys(("overlapping", "missing"), 0)
    suite.each(lambda seed: check_seed(suite, seed, tally), range(1, COUNT + 1))
    print(f"{COUNT} tables, {tally['overlapping']} with overlapping rows, {tally['missing']} with missing cases")
    suite.check(0 < tally["overlapping"] < COUNT and 0 < tally["missing"] < COUNT, "both kinds of table", tally)
    suite.finish()


if __name__ == "__main__":
    main()
