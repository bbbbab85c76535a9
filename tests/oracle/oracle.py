#!/usr/bin/env python3
"""Z3 as a second oracle: what `guiju check` says of random rulebooks too large to enumerate (book.py) is what Z3 says.
Compared are the existence of every finding, rule by rule and pair by pair, and of each finding shown: its case and every
box of its regions lie inside it, outside all boxes nothing is left (or something, where a rest is counted), and no case
comes before its first.

  oracle.py [--first SEED] [--count N]"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, run, text  # noqa: E402
from book import Book, day_of, smt_and, smt_not, smt_number, smt_or  # noqa: E402

NODES = 3000000                       # boxes that a check may visit: seconds
SLUGS = ("conflict", "gap", "impossible", "unreachable", "redundant", "overlap", "overridden", "refuted")


class Questions:
    """What Z3 is asked of one rulebook, and what it must answer."""

    def __init__(self, book):
        self.lines, self.names, self.expected = book.smt(), [], []

    def ask(self, name, formula, exists):
        self.names.append(name)
        self.expected.append("sat" if exists else "unsat")
        self.lines += ["(push 1)", f"(assert {formula})", "(check-sat)", "(pop 1)"]

    def differing(self, suite):
        """Those that Z3 answers otherwise."""
        answer = run(["z3", "-T:300", "-in"], suite.folder, "\n".join(self.lines), 400)
        told = text(answer.out).split()
        if len(told) != len(self.names):
            return [f"Z3 ended early: {text(answer.out)[-300:]}"]
        return [f"{name}: guiju says {'yes' if mine == 'sat' else 'no'}, Z3 says {other}"
                for name, mine, other in zip(self.names, self.expected, told) if mine != other]


# ---- boxes ----

def value_smt(fact, name, value):
    if fact.kind == "boolean":
        return name if value else smt_not(name)
    return f"(= {name} {smt_number(number_of(fact, value))})"


def number_of(fact, value):
    return day_of(value) if fact.kind == "date" else fact.members.index(value) if fact.kind == "enumeration" else value


def box_smt(facts, when):
    parts = []
    for fid, values in when.items():
        fact = facts[fid]
        if fact.kind == "set":
            parts += [f"{fid}_{fact.members.index(m)}" for m in values["with"]]
            parts += [smt_not(f"{fid}_{fact.members.index(m)}") for m in values["without"]]
        elif fact.kind in ("integer", "date"):
            low, high = (smt_number(number_of(fact, v)) for v in values)
            parts.append(f"(<= {low} {fid} {high})")
        else:
            parts.append(smt_or(value_smt(fact, fid, v) for v in values))
    return smt_and(parts)


def case_smt(facts, case):
    parts = []
    for fid, value in case.items():
        fact = facts[fid]
        if fact.kind == "set":
            parts += [f"{fid}_{i}" if m in value else smt_not(f"{fid}_{i}") for i, m in enumerate(fact.members)]
        else:
            parts.append(value_smt(fact, fid, value))
    return smt_and(parts)


def before_smt(facts, when):
    """A case that comes before the least one of a box, by the facts in order of declaration."""
    less, equal = "false", []
    for fact in facts.values():
        values = when.get(fact.id)
        for i, (name, sort) in enumerate(fact.constants()):
            if sort == "Bool":
                true = fact.members[i] in values["with"] if fact.kind == "set" and values else bool(values) and values[0] is True
                here, at = smt_not(name) if true else "false", name if true else smt_not(name)
            else:
                low = smt_number(number_of(fact, values[0]) if values else fact.low)
                here, at = f"(< {name} {low})", f"(= {name} {low})"
            less = smt_or([less, smt_and([*equal, here])])
            equal.append(at)
    return less


class On:
    """The fact that periods are conditions on."""
    id, kind, low, high, members = "on", "date", -25567, 84005, []

    @staticmethod
    def constants():
        return [("on", "Int")]


def ask_regions(questions, facts, name, finding, inside):
    outside, boxes = smt_not(inside), [box_smt(facts, region["when"]) for region in finding["regions"]]
    left = smt_and([inside, smt_not(smt_or(boxes))])
    wrong = [smt_and([smt_or([*boxes, case_smt(facts, finding["witness"])]), outside]),
             smt_and([inside, before_smt(facts, finding["regions"][0]["when"])])]
    if "rest_count" in finding:
        questions.ask(f"{name}: a case outside its regions", left, True)
    else:
        wrong.append(left)
    questions.ask(f"{name}: a case of its regions or its own that is none, one left out, or one before its first", smt_or(wrong), False)


# ---- the findings of one decision ----

class Checked:
    """One decision: what was found of it, and Z3's questions about it."""

    def __init__(self, questions, facts, decision, findings):
        self.questions, self.facts, self.decision = questions, facts, decision
        self.findings = [f for f in findings if f.get("decision") == decision.id]
        self.rules = {rule.id: rule for rule in decision.rules}
        self.case = f"{decision.id}_case"

    def found(self, slug):
        return [f for f in self.findings if f["slug"] == slug]

    def ask(self, name, formula, exists):
        self.questions.ask(f"{self.decision.id}, {name}", smt_and([self.case, formula]), exists)

    def ask_shown(self, finding, inside):
        name = f"{self.decision.id}, {finding['slug']} {' '.join(finding.get('rules', []))}"
        ask_regions(self.questions, self.facts, name, finding, smt_and([self.case, inside]))

    def gaps(self):
        nothing = smt_not(smt_or(f"holds_{rule.var}" for rule in self.decision.rules))
        for finding in self.found("gap"):
            self.ask_shown(finding, nothing)
        if not self.found("gap"):
            self.ask("a gap", nothing, False)

    def pairs(self, slug, both):
        """`both` gives the formula of a pair that the finding concerns, or None."""
        rules, told = self.decision.rules, set()
        for finding in self.found(slug):
            first, others = self.rules[finding["rules"][0]], [self.rules[rid] for rid in finding["rules"][1:]]
            formulas = [both(first, other) or "false" for other in others]
            self.ask_shown(finding, smt_or(formulas))
            for other, formula in zip(others, formulas):
                told.add(frozenset((first.id, other.id)))
                if len(others) > 1:
                    self.ask(f"{slug} of {first.id} and {other.id}", formula, True)
        left = [both(a, b) for i, a in enumerate(rules) for b in rules[:i] if frozenset((a.id, b.id)) not in told]
        self.ask(f"another {slug}", smt_or(formula for formula in left if formula), False)

    def conflict(self, a, b):
        both = smt_and([f"is_{a.var}", f"is_{b.var}"])
        if a.table and a.table is b.table and a.table.hit != "first":
            concerned = a.table.hit == "unique" or a.outcome != b.outcome
            return smt_and([f"holds_{a.var}", f"holds_{b.var}"]) if concerned else None
        return both if a.outcome != b.outcome else None

    def overlap(self, a, b):
        if a.outcome != b.outcome or a.is_default or b.is_default:
            return None
        if a.table and a.table is b.table and a.table.hit == "unique":
            return None
        return smt_and([f"is_{a.var}", f"is_{b.var}"])

    def each_rule(self):
        """Impossible, unreachable, redundant, overridden: one of the first three at most."""
        told = {slug: {f["rules"][0]: f for f in self.found(slug)} for slug in ("impossible", "unreachable", "redundant", "masked", "overridden")}
        hiding = {rid for f in self.found("masked") for rid in f["rules"]}
        for rule in self.decision.rules:
            impossible = rule.id in told["impossible"]
            self.ask(f"{rule.id} holds", f"holds_{rule.var}", not impossible)
            if impossible:
                continue
            unreachable = rule.id in told["unreachable"]
            self.ask(f"{rule.id} is a reason", f"is_{rule.var}", not unreachable)
            if unreachable:
                self.cover(rule, told["unreachable"][rule.id], self.decision.beats)
                continue
            if rule.id in told["masked"]:
                self.cover(rule, told["masked"][rule.id], self.hides)
            changed = self.questions.book.changed_without(self.decision, rule)
            if rule.id not in hiding:
                self.ask(f"without {rule.id} something changes", changed, rule.id not in told["redundant"])
            if not rule.is_default:
                self.beaters(rule, told["overridden"].get(rule.id))

    @staticmethod
    def hides(row, other):
        """A row of the same table that stands above, or with the hit policy `any` agrees."""
        if row.table is not other.table or row is other:
            return False
        return row.place < other.place if row.table.hit == "first" else row.table.hit == "any" and row.outcome == other.outcome

    def cover(self, rule, finding, may):
        """Wherever `rule` holds one of the rules named does (`may`: such a rule may be named), and each of them is needed."""
        named = [self.rules[rid] for rid in finding["rules"][1:]]
        covers = [f"holds_{b.var}" if may(b, rule) else "false" for b in named]
        left = [smt_and([f"holds_{rule.var}", smt_not(smt_or(c for c in covers if c is not gone))]) for gone in [None, *covers]]
        self.ask(f"{rule.id} is left over by what covers it", left[0], False)
        for b, formula in zip(named, left[1:]):
            self.ask(f"{rule.id} needs {b.id} among what covers it", formula, True)

    def beaters(self, rule, finding):
        """The rules that a finding names hold where `rule` does; no other that beats it does, its table's earlier rows aside."""
        beaters = [b for b in self.decision.rules if self.decision.beats(b, rule)
                   and not (b.table and b.table is rule.table and b.table.hit == "first")]
        named = set(finding["rules"][1:]) if finding else set()
        holding = {b.id: smt_and([f"holds_{rule.var}", f"holds_{b.var}"]) for b in beaters}
        for rid in sorted(named):
            self.ask(f"{rid} beats {rule.id}", holding.get(rid, "false"), True)
        self.ask(f"another rule beats {rule.id}", smt_or(f for rid, f in holding.items() if rid not in named), False)
        if finding:
            self.ask_shown(finding, smt_or(holding.get(rid, "false") for rid in sorted(named)))

    def everything(self):
        self.gaps()
        self.pairs("conflict", self.conflict)
        self.pairs("overlap", self.overlap)
        self.each_rule()


def ask_properties(book, questions, facts, findings):
    for i, (when, decision, outcome) in enumerate(book.properties):
        feeders = {decision} | decision.feeders()
        case = book.cases(decision.facts() | when.facts(), feeders)
        refuted = smt_and([case, when.smt, f"{decision.id}_gets_{outcome}"])
        told = [f for f in findings if f["slug"] == "refuted" and f["rules"] == [f"p{i}"]]
        questions.ask(f"p{i} is refuted", refuted, bool(told))
        for finding in told:
            ask_regions(questions, facts, f"refuted p{i}", finding, refuted)


# ---- one rulebook ----

def is_contradictory(suite, book):
    """The constraints leave no case: the compiler says so once, and no more (tests/unit/test_analysis.c)."""
    questions = Questions(book)
    questions.ask("the constraints", smt_and(f"c{i}" for i in range(len(book.constraints))), True)
    return bool(questions.differing(suite))


def check_counts(suite, seed, findings):
    for f in findings:
        if "regions" in f:
            counted = sum(int(region["count"]) for region in f["regions"]) + int(f.get("rest_count", 0))
            suite.check(str(counted) == f["count"], f"seed {seed}: counts of {f['slug']} {f.get('rules')}", f"{counted}, not {f['count']}")


def check_verdicts(suite, seed, told):
    for verdicts in told["decided"]:
        for topic in ("conflict", "gap", "unreachable", "redundant"):
            found = any(f["slug"] == topic and f.get("decision") == verdicts["decision"] for f in told["findings"])
            suite.check(verdicts[topic] == ("found" if found else "none"), f"seed {seed}: {topic} is {verdicts[topic]}")


def check_seed(suite, seed, tally):
    book = Book(seed)
    if is_contradictory(suite, book):
        tally["contradictory"] += 1
        return
    path = suite.folder / f"medium{seed}.rulebook.md"
    path.write_text(book.text())
    answer = suite.run("check", "--format", "json", "--lang", "en", "--nodes", NODES, path)
    path.unlink()
    told = json.loads(answer.out) if answer.out else {}
    findings = told.get("findings", [])
    if answer.status == 4:
        tally["ended"] += 1
        return
    known = all(f["slug"] in SLUGS or f["severity"] != "error" for f in findings)
    if not suite.check(answer.status in (0, 1) and known and "decided" in told, f"seed {seed}: check ends with {answer.status}", answer):
        return
    facts = {fact.id: fact for fact in book.facts + ([On] if book.has_on() else [])}
    questions = Questions(book)
    questions.book = book
    for decision in book.decisions:
        Checked(questions, facts, decision, findings).everything()
    ask_properties(book, questions, facts, findings)
    for difference in questions.differing(suite):
        suite.check(False, f"seed {seed}: {difference}")
    check_counts(suite, seed, findings)
    check_verdicts(suite, seed, told)
    tally["rulebooks"] += 1
    tally["questions"] += len(questions.names)
    for slug in {f["slug"] for f in findings}:
        tally[slug] = tally.get(slug, 0) + 1


def configure(parser):
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)


def main():
    suite = Suite(__doc__, configure)
    tally = dict.fromkeys(("rulebooks", "contradictory", "ended", "questions", *SLUGS), 0)
    first, count = suite.options.first, suite.options.count
    suite.each(lambda seed: check_seed(suite, seed, tally), range(first, first + count))
    print(f"{tally['rulebooks']} rulebooks ({tally['contradictory']} seeds contradict themselves, {tally['ended']} ended by a budget), "
          f"{tally['questions']} questions to Z3")
    for slug in SLUGS:
        print(f"  {slug:12} in {100 * tally[slug] / max(1, tally['rulebooks']):5.1f} % of rulebooks")
        suite.check(count < 50 or tally[slug] > 0, f"no rulebook has the finding {slug}")
    # The oracle is of what is decided, not of how much: of the few that are hard, some may be left open.
    suite.check(tally["ended"] <= max(1, count // 25), "more than one, and more than one in 25, is ended by a budget", tally["ended"])
    print(f"{len(suite.failures)} disagreements")
    suite.checks += tally["questions"]
    suite.finish()


if __name__ == "__main__":
    main()
