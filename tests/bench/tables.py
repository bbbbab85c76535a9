"""Makes decision tables of a given size, always the same for the same seed, and writes each as rulebook text (a pipe
table), as the boxes that tests/bench/sweep.c reads, and as SMT-LIB 2 that asks Z3 pair by pair."""
import random
import re

LARGEST = 1000000000


class Table:
    """`domains`: (name, low, high, members or None); `rows`: a box (low, high per fact) and an outcome each."""

    def __init__(self, domains, rows, hit, default=False):
        self.domains, self.rows, self.hit, self.default = domains, rows, hit, default

    # ---- as rulebook text ----

    def cell(self, fact, low, high):
        _, least, most, members = fact
        if (low, high) == (least, most):
            return ""
        if members:
            return members[low] if low == high else f"in {{ {', '.join(members[low:high + 1])} }}"
        if most == 1:
            return "yes" if low else "no"
        if low == high:
            return str(low)
        words = [f"at_least {low}"] if low > least else []
        return " ".join(words + ([f"at_most {high}"] if high < most else []))

    def text(self):
        lines = ["# 示例", "", "```rulebook", 'rulebook bench "bench"']
        for name, low, high, members in self.domains:
            kind = f"enumeration {{ {', '.join(members)} }}" if members else "boolean" if high == 1 else f"integer {low} to {high}"
            lines.append(f'fact {name} "{name}": {kind}')
        lines.append('decision d "d": { o0 "o0", o1 "o1", o2 "o2", o3 "o3" }')
        if self.default:
            lines.append("default o0 for d because 「示例」")
        lines += [f"table t for d hit {self.hit} because 「示例」 below", "```", ""]
        lines += [f"| id | {' | '.join(fact[0] for fact in self.domains)} | then |", "|----" * (len(self.domains) + 2) + "|"]
        for i, (box, outcome) in enumerate(self.rows):
            cells = " | ".join(self.cell(fact, *bounds) for fact, bounds in zip(self.domains, box))
            lines.append(f"| w{i} | {cells} | o{outcome} |")
        return "\n".join([*lines, ""])

    # ---- for the rivals ----

    def boxes(self):
        lines = [f"{len(self.domains)} {len(self.rows)}", " ".join(f"{low} {high}" for _, low, high, _ in self.domains)]
        lines += [" ".join(f"{low} {high}" for low, high in box) for box, _ in self.rows]
        return "\n".join([*lines, ""])

    def smt(self):
        """Domains and rules; a rule is true where its box is."""
        lines = ["(set-logic QF_LIA)"]
        for name, low, high, _ in self.domains:
            lines += [f"(declare-const {name} Int)", f"(assert (<= {low} {name} {high}))"]
        for i, (box, _) in enumerate(self.rows):
            tests = [f"(<= {low} {name} {high})" for (name, least, most, _), (low, high) in zip(self.domains, box) if (low, high) != (least, most)]
            lines.append(f"(define-fun w{i} () Bool (and true {' '.join(tests)}))")
        return lines

    def smt_pairs(self):
        lines = self.smt()
        for i in range(len(self.rows)):
            for k in range(i):
                lines += ["(push 1)", f"(assert (and w{i} w{k}))", "(check-sat)", "(pop 1)"]
        return "\n".join([*lines, ""])

    def smt_gap(self):
        return "\n".join([*self.smt(), f"(assert (not (or false {' '.join(f'w{i}' for i in range(len(self.rows)))})))", "(check-sat)", ""])


def facts(rng, enumerations, integers, booleans):
    made = []
    for i in range(enumerations):
        count = rng.randint(5, 50)
        made.append((f"e{i}", 0, count - 1, [f"e{i}_{m}" for m in range(count)]))
    made += [(f"n{i}", 0, LARGEST, None) for i in range(integers)]
    return made + [(f"b{i}", 0, 1, None) for i in range(booleans)]


def split(rng, domains, count):
    """`count` boxes that fill the whole and do not overlap, by recursive splitting."""
    work, done = [(tuple((low, high) for _, low, high, _ in domains), count)], []
    while work:
        box, left = work.pop()
        wide = [i for i, (low, high) in enumerate(box) if high > low]
        if left == 1 or not wide:
            done.append(box)
            continue
        at = rng.choice(wide)
        low, high = box[at]
        cut = rng.randint(low, high - 1)
        part = rng.randint(1, left - 1) if left < 4 else rng.randint(left // 4, left - left // 4)
        work.append((box[:at] + ((low, cut),) + box[at + 1:], part))
        work.append((box[:at] + ((cut + 1, high),) + box[at + 1:], left - part))
    return done


def complete(count, seed=1):
    """8 facts: 3 enumerations of 5 to 50 members, 3 integers to 10^9, 2 booleans. No gap, no overlap, shuffled."""
    rng = random.Random(seed)
    domains = facts(rng, 3, 3, 2)
    rows = [(box, rng.randrange(4)) for box in split(rng, domains, count)]
    rng.shuffle(rows)
    return Table(domains, rows, "unique")


def overlapping(count, seed=2):
    """12 facts; 30 % of the rows reach over one of their bounds into their neighbours."""
    rng = random.Random(seed)
    domains = facts(rng, 4, 5, 3)
    rows = []
    for box in split(rng, domains, count):
        bounded = [i for i, (_, low, high, _) in enumerate(domains) if box[i] != (low, high)]
        if bounded and rng.random() < 0.3:
            at = rng.choice(bounded)
            (_, least, most, _), (low, high) = domains[at], box[at]
            reach = max(1, (high - low) // 4)
            box = box[:at] + ((max(least, low - reach), min(most, high + reach)),) + box[at + 1:]
        rows.append((box, rng.randrange(4)))
    rng.shuffle(rows)
    return Table(domains, rows, "any")


def prioritised(count, seed=3):
    """12 facts, each row tests two or three of them with wide ranges: all overlap, the first that holds decides."""
    rng = random.Random(seed)
    domains = facts(rng, 4, 5, 3)
    rows = []
    for _ in range(count):
        box = [(low, high) for _, low, high, _ in domains]
        for at in rng.sample(range(len(domains)), rng.randint(2, 3)):
            _, low, high, _ = domains[at]
            a, b = sorted((rng.randint(low, high), rng.randint(low, high)))
            box[at] = (a, b)
        rows.append((tuple(box), rng.randrange(4)))
    return Table(domains, rows, "first", default=True)


def edits(text):
    """(name, text) of edits of one row in the middle of a table's text."""
    lines = text.split("\n")
    rows = [i for i, line in enumerate(lines) if re.match(r"\| w\d+ ", line)]
    at = rows[len(rows) // 2]
    bound = next(i for i in rows[len(rows) // 2:] if "at_most" in lines[i])

    def with_lines(first, last, new):
        return "\n".join(lines[:first] + new + lines[last:])

    yield "an outcome changed", with_lines(at, at + 1, [re.sub(r"o(\d) \|$", lambda m: f"o{(int(m[1]) + 1) % 4} |", lines[at])])
    yield "a bound moved", with_lines(bound, bound + 1, [re.sub(r"at_most (\d+)", lambda m: f"at_most {int(m[1]) - 1}", lines[bound], count=1)])
    yield "a row added", with_lines(at, at, [re.sub(r"^\| w\d+ ", "| extra ", lines[at])])
    yield "a row deleted", with_lines(at, at + 1, [])


def small(seed):
    """A random table of a few rows, with gaps and overlaps, for the rivals to agree on."""
    rng = random.Random(seed)
    domains = facts(rng, 1, 2, 1)
    rows = []
    for box in split(rng, domains, rng.randint(4, 16)):
        chance = rng.random()
        if chance < 0.15 and rows:
            continue
        if chance < 0.4:
            at = rng.randrange(len(domains))
            box = box[:at] + (domains[at][1:3],) + box[at + 1:]
        rows.append((box, rng.randrange(4)))
    rng.shuffle(rows)
    return Table(domains, rows, "unique")
