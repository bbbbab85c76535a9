#!/usr/bin/env python3
"""Adversarial families whose exact answer is known by construction: pinwheels (any cut divides a rule; one hole),
staircases (k gaps), random 3-SAT (a gap is a model of the formula; how many, by truth tables; of 60 variables Z3 says
whether), 60 booleans. Each is asked without a budget where that ends soon, and with budgets (`--nodes`) that end it: then
exit 4, `not-decided`, the same bytes each time, and what was decided is true."""
import itertools
import json
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, text  # noqa: E402

BUDGETS = (1, 10, 100, 1000, 10000)
NONE = {"conflict": "none", "gap": "none", "unreachable": "none", "redundant": "none"}


class Family:
    """A rulebook and what is true of it: per topic of `decided` the verdict, the number of cases in the gap (None: not
    known), all regions of the gap in order (None: not known), and whether a case is a gap (`holds`)."""

    def __init__(self, name, lines, truth, gaps=None, regions=None, holds=None, whole=True):
        self.name, self.truth, self.gaps, self.regions, self.holds, self.whole = name, truth, gaps, regions, holds, whole
        self.text = "# 示例\n\n```rulebook\n" + "\n".join(lines) + "\n```\n"


def head(facts):
    return ["rulebook family \"family\"", *facts, "decision d \"d\": { one \"one\", two \"two\" }"]


def integers(names, high):
    return [f'fact {name} "{name}": integer 0 to {high}' for name in names]


def booleans(count):
    return [f'fact b{i} "b{i}": boolean' for i in range(count)]


def rule(index, condition, outcome="one"):
    return f"rule r{index} for d because 「示例」\n  when {condition}\n  then {outcome}"


def within(box):
    return " and ".join(f"{fact} at_least {low} at_most {high}" for fact, (low, high) in box.items())


# ---- pinwheels ----

def pinwheel(size, depth):
    """Four rectangles round a smaller square, that again; gives them and the hole."""
    boxes, a, b = [], 0, size - 1
    for _ in range(depth):
        boxes += [((a, a), (a, b - 1)), ((a, b - 1), (b, b)), ((b, b), (a + 1, b)), ((a + 1, b), (a, a))]
        a, b = a + 1, b - 1
    return boxes, (a, b)


def pinwheels(side, depth, filled):
    """side × side pinwheels beside each other, each with a hole of 5 × 5."""
    size, rules, holes = 2 * depth + 5, [], []
    boxes, hole = pinwheel(size, depth)
    for i, k in itertools.product(range(side), range(side)):
        def moved(x, y, i=i, k=k):
            return {"x": [i * size + x[0], i * size + x[1]], "y": [k * size + y[0], k * size + y[1]]}
        holes.append(moved(hole, hole))
        rules += [moved(x, y) for x, y in boxes] + ([holes[-1]] if filled else [])
    lines = head(integers("xy", side * size - 1)) + [rule(i, within(box)) for i, box in enumerate(rules)]
    name = f"{side} x {side} pinwheels of depth {depth}{', filled' if filled else ''}"
    truth = dict(NONE, gap="none" if filled else "found")
    return Family(name, lines, truth, 0 if filled else 25 * side * side, [] if filled else holes)


def pinwheel_of_blocks():
    """Six blocks of 1 × 2 × 2 and two corner cubes round the middle cube (the Slothouber-Graatsma packing)."""
    third = 500000000
    blocks = [((0, 0), (0, 0), (0, 0)), ((2, 2), (2, 2), (2, 2)), ((0, 1), (1, 2), (0, 0)), ((1, 2), (0, 1), (2, 2)),
              ((1, 2), (0, 0), (0, 1)), ((2, 2), (1, 2), (0, 1)), ((0, 1), (2, 2), (1, 2)), ((0, 0), (0, 1), (1, 2))]
    lines = head(integers("xyz", 3 * third - 1))
    for i, block in enumerate(blocks):
        lines.append(rule(i, within({f: (a * third, (b + 1) * third - 1) for f, (a, b) in zip("xyz", block)})))
    middle = [third, 2 * third - 1]
    return Family("a pinwheel of blocks", lines, dict(NONE, gap="found"), third ** 3, [dict.fromkeys("xyz", middle)])


# ---- staircases ----

def broken_stairs(steps):
    """Below and above step i everything is decided, on it nothing: k gaps, each one line high."""
    width, lines, regions = 7, head(integers("xy", 7 * steps - 1)), []
    for i in range(steps):
        x = [width * i, width * i + width - 1]
        lines += [rule(2 * i, within({"x": x, "y": (0, width * i)})), rule(2 * i + 1, within({"x": x, "y": (width * i + 2, width * steps - 1)}))]
        regions.append({"x": x, "y": [width * i + 1, width * i + 1]})
    return Family(f"broken stairs of {steps}", lines, dict(NONE, gap="found"), steps * width, regions)


def overlapping_stairs(steps):
    """Rule i takes x up to step i and y up to what is left: all overlap, each is needed, above them the sky."""
    width, high, regions = 1000, 1000 * (steps + 1) - 1, []
    lines = head(integers("xy", high))
    for i in range(steps):
        lines.append(rule(i, f"x under {width * (i + 1)} and y under {width * (steps - i)}"))
        regions.append({"x": [width * i, high], "y": [width * (steps - i), width * (steps - i + 1) - 1]})
    regions[0]["y"][1] = high
    regions.append({"x": [width * steps, high], "y": [0, width - 1]})
    del regions[0]["x"]
    gaps = width * width * ((steps + 1) ** 2 - steps * (steps + 1) // 2)
    return Family(f"overlapping stairs of {steps}", lines, dict(NONE, gap="found"), gaps, regions)


# ---- 3-SAT ----

def clauses_of(rng, variables, count):
    return [[(v, rng.random() < 0.5) for v in sorted(rng.sample(range(variables), 3))] for _ in range(count)]


def violated(clause):
    return " and ".join(f"not b{v}" if positive else f"b{v}" for v, positive in clause)


def models_of(variables, clauses):
    """How many assignments satisfy all clauses: a truth table is an integer of 2^variables bits."""
    size = 1 << variables
    every = (1 << size) - 1
    tables = []
    for v in range(variables):
        block = ((1 << (1 << v)) - 1) << (1 << v)
        for doubled in range(v + 1, variables):
            block |= block << (1 << doubled)
        tables.append(block)
    left = every
    for clause in clauses:
        some = 0
        for v, positive in clause:
            some |= tables[v] if positive else every ^ tables[v]
        left &= some
    return bin(left).count("1")


def satisfies(clauses):
    return lambda case: all(any(case.get(f"b{v}", False) == positive for v, positive in clause) for clause in clauses)


def small_sat(rng, variables, ratio, index):
    """A rule a clause, all to one outcome."""
    clauses = clauses_of(rng, variables, int(variables * ratio))
    clauses = [clause for i, clause in enumerate(clauses) if clause not in clauses[:i]]
    models = models_of(variables, clauses)
    lines = head(booleans(variables)) + [rule(i, violated(clause)) for i, clause in enumerate(clauses)]
    truth = {"conflict": "none", "gap": "found" if models else "none", "unreachable": "none"}
    name = f"3-SAT {index}: {variables} variables, {len(clauses)} clauses, {models} models"
    return Family(name, lines, truth, models, None, satisfies(clauses))


def z3_satisfiable(variables, clauses):
    lines = [f"(declare-const b{v} Bool)" for v in range(variables)]
    for clause in clauses:
        lines.append("(assert (or " + " ".join(f"b{v}" if p else f"(not b{v})" for v, p in clause) + "))")
    answer = subprocess.run(["z3", "-in"], input="\n".join(lines + ["(check-sat)"]), capture_output=True, text=True, check=True)
    return {"sat": True, "unsat": False}[answer.stdout.strip()]


def wide_sat(rng, variables, count):
    """A rule a clause, so many that hardly a case is left, if any."""
    clauses = clauses_of(rng, variables, count)
    satisfiable = z3_satisfiable(variables, clauses)
    lines = head(booleans(variables)) + [rule(i, violated(clause)) for i, clause in enumerate(clauses)]
    truth = {"conflict": "none", "gap": "found" if satisfiable else "none", "unreachable": "none"}
    name = f"{variables} booleans, {count} clauses, {'' if satisfiable else 'not '}satisfiable"
    return Family(name, lines, truth, None if satisfiable else 0, None, satisfies(clauses))


def large_sat(rng, variables, ratio, index):
    """All clauses in one rule; another rule contradicts it in one case, which is found first."""
    clauses = clauses_of(rng, variables, int(variables * ratio))
    satisfiable = z3_satisfiable(variables, clauses)
    lines = head(booleans(variables) + integers("x", 9))
    lines.append(rule(0, "\n    or ".join(f"({violated(clause)})" for clause in clauses)))
    lines.append(rule(1, f"x is 3 and ({violated(clauses[0])})", "two"))
    truth = {"conflict": "found", "gap": "found" if satisfiable else "none", "unreachable": "none", "redundant": "none"}
    name = f"3-SAT {index}: {variables} variables, {len(clauses)} clauses, {'' if satisfiable else 'not '}satisfiable"
    return Family(name, lines, truth, None if satisfiable else 0, None, satisfies(clauses), whole=False)


# ---- 60 booleans ----

def pairs_of_booleans(pairs, whole):
    """Rule i: both of pair i are true. The gap has 3^pairs cases."""
    lines = head(booleans(2 * pairs)) + [rule(i, f"b{2 * i} and b{2 * i + 1}") for i in range(pairs)]
    return Family(f"{pairs} pairs of booleans", lines, dict(NONE, gap="found"), 3 ** pairs, None,
                  lambda case: not any(case.get(f"b{2 * i}", False) and case.get(f"b{2 * i + 1}", False) for i in range(pairs)), whole)


def tied_booleans(count, whole):
    """Each differs from the one before, by constraints: two cases of 2^count, one of them decided."""
    lines = head(booleans(count))
    for i in range(1, count):
        lines.append(f"assume c{i} because 「示例」\n  when b{i - 1} then not b{i}")
        lines.append(f"assume e{i} because 「示例」\n  when not b{i - 1} then b{i}")
    lines.append(rule(0, " and ".join(f"b{i}" if i % 2 else f"not b{i}" for i in range(count))))
    return Family(f"{count} tied booleans", lines, dict(NONE, gap="found"), 1, None, lambda case: case["b0"], whole)


def all_but_one(count):
    """Rule i: boolean i is true. Only where all are false nothing holds."""
    lines = head(booleans(count)) + [rule(i, f"b{i}") for i in range(count)]
    return Family(f"all but one of {count} booleans", lines, dict(NONE, gap="found"), 1, [{f"b{i}": [False] for i in range(count)}])


def families():
    rng = random.Random(20260101)
    for side, depth, filled in ((1, 1, False), (1, 40, False), (1, 40, True), (4, 3, False), (6, 2, True)):
        yield pinwheels(side, depth, filled)
    yield pinwheel_of_blocks()
    for steps in (2, 8, 60):
        yield broken_stairs(steps)
        yield overlapping_stairs(steps)
    for index in range(24):
        yield small_sat(rng, 10 + index % 3 * 5, (3.0, 4.26, 6.0, 8.0)[index // 3 % 4], index)
    for index in range(8):
        yield large_sat(rng, 60, (4.26, 5.0)[index % 2], index)
    for count in (255, 300):
        yield wide_sat(rng, 60, count)
    yield pairs_of_booleans(6, True)
    yield pairs_of_booleans(30, False)
    yield tied_booleans(20, True)
    yield tied_booleans(60, False)
    yield all_but_one(60)


# ---- asking ----

def check_answer(suite, family, what, answer, budget):
    """What was decided is what is true; what was not is said, with exit 4. Gives whether all was decided."""
    try:
        told = json.loads(answer.out)
    except ValueError as error:
        return suite.check(False, f"{what}: no JSON ({error})", answer)
    verdicts, findings = told["decided"][0], told["findings"]
    for topic, truth in family.truth.items():
        suite.check(verdicts[topic] in (truth, "not_decided"), f"{what}: {topic} is {verdicts[topic]}, in truth {truth}")
    ended = any(f["slug"] == "not-decided" for f in findings)
    found = any(f["severity"] == "error" and f["slug"] != "not-decided" for f in findings)
    suite.check(answer.status == (4 if ended else 1 if found else 0), f"{what}: exit {answer.status}", findings)
    suite.check(ended or "not_decided" not in verdicts.values(), f"{what}: not decided, and no finding says so", verdicts)
    suite.check(not ended or budget or not family.whole, f"{what}: a budget of its own ended it")
    suite.check((told["verdict"] == "not_decided") == ended, f"{what}: the verdict is {told['verdict']}")
    for gap in (f for f in findings if f["slug"] == "gap"):
        check_gap(suite, family, what, gap, ended)
    return not ended


def check_gap(suite, family, what, gap, ended):
    if gap.get("count") is not None or not ended:
        suite.check(family.gaps is None or gap.get("count") == str(family.gaps), f"{what}: {gap.get('count')} cases, in truth {family.gaps}")
    suite.check(ended or "witness" in gap, f"{what}: a gap without a case")
    if family.holds and "witness" in gap:
        suite.check(family.holds(gap["witness"]), f"{what}: the witness is no gap", gap["witness"])
    shown = [region["when"] for region in gap.get("regions", [])]
    if family.regions is not None:
        suite.check(shown == family.regions[:len(shown)], f"{what}: the regions", f"{shown}\nin truth\n{family.regions}")
        suite.check(ended or len(shown) == len(family.regions), f"{what}: {len(shown)} regions of {len(family.regions)}")


def ask(suite, family, tally):
    path = suite.folder / f"{family.name.replace(' ', '_').replace(':', '').replace(',', '')}.rulebook.md"
    path.write_text(family.text)
    arguments = ["check", "--format", "json", "--regions", "all"]
    tally["families"] += 1
    if family.whole:
        answer = suite.run(*arguments, path)
        tally["asked"] += 1
        tally["decided"] += check_answer(suite, family, family.name, answer, None)
    for budget in BUDGETS:
        runs = [suite.run(*arguments, "--nodes", budget, path) for _ in range(2)]
        what = f"{family.name}, --nodes {budget}"
        suite.same(text(runs[0].out), text(runs[1].out), f"{what}: asked twice")
        tally["asked"] += 1
        whole = check_answer(suite, family, what, runs[0], budget)
        tally["decided" if whole else "ended"] += 1


def main():
    suite = Suite(__doc__)
    tally = dict.fromkeys(("families", "asked", "decided", "ended"), 0)
    suite.each(lambda family: ask(suite, family, tally), list(families()))
    print(f"{tally['families']} families, asked {tally['asked']} times: {tally['decided']} decided, {tally['ended']} ended by a budget")
    suite.check(tally["decided"] > 0 and tally["ended"] > 0, "some asked are decided and some ended", tally)
    suite.finish()


if __name__ == "__main__":
    main()
