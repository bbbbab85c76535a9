"""Random rulebooks of medium size, too large to enumerate: 10 to 14 facts with numbers up to two thousand million, 10 to 40
rules in up to three decisions that feed each other, tables, priorities, constraints, properties, periods. A rulebook is
written twice: as text for the compiler, and as SMT-LIB 2 for Z3."""
import datetime
import random

EPOCH = datetime.date(1970, 1, 1)
ON = (-25567, 84005)                  # the days of `on`: 1900-01-01 to 2199-12-31
NUMBERS = (0, 1, 99, 100, 1000, 9999, 10000, 99999, 100000, 1000000, 1000001, 10000000, 100000000, 1999999999, 2000000000)


def date_of(day):
    return (EPOCH + datetime.timedelta(days=day)).isoformat()


def day_of(date):
    return (datetime.date.fromisoformat(date) - EPOCH).days


# ---- SMT-LIB 2 ----

def smt_and(parts):
    parts = list(parts)
    return parts[0] if len(parts) == 1 else f"(and {' '.join(parts)})" if parts else "true"


def smt_or(parts):
    parts = list(parts)
    return parts[0] if len(parts) == 1 else f"(or {' '.join(parts)})" if parts else "false"


def smt_not(part):
    return f"(not {part})"


def smt_number(value):
    return str(value) if value >= 0 else f"(- {-value})"


class Fact:
    def __init__(self, rng, index):
        self.id, self.kind = f"f{index}", rng.choice(("boolean", "enumeration", "set", "integer", "integer", "date"))
        self.low, self.high, self.members, self.groups = 0, 1, [], {}
        if self.kind in ("enumeration", "set"):
            self.members = [f"m{index}_{i}" for i in range(rng.randint(2, 12 if self.kind == "enumeration" else 4))]
            self.high = len(self.members) - 1
        if self.kind == "enumeration" and len(self.members) > 3 and rng.random() < 0.4:
            half = len(self.members) // 2
            self.groups = {f"g{index}_0": list(range(half)), f"g{index}_1": list(range(half, len(self.members)))}
        if self.kind == "integer":
            self.low, self.high = rng.choice((0, 0, 0, 1, -5)), rng.choice((9, 200, 1000000, 2000000000, 2000000000))
        if self.kind == "date":
            self.low, self.high = 18262, rng.choice((18300, 20000, 30000))

    def text(self):
        names = ", ".join(self.members)
        if self.groups:
            names = ", ".join(f"{name} \"{name}\" {{ {', '.join(self.members[m] for m in group)} }}" for name, group in self.groups.items())
        write = date_of if self.kind == "date" else str
        tail = f" {{ {names} }}" if self.members else "" if self.kind == "boolean" else f" {write(self.low)} to {write(self.high)}"
        return f'fact {self.id} "{self.id}": {self.kind}{tail}'

    def constants(self):
        """The SMT constants of the fact, with their sort, in order."""
        if self.kind == "set":
            return [(f"{self.id}_{i}", "Bool") for i in range(len(self.members))]
        return [(self.id, "Bool" if self.kind == "boolean" else "Int")]

    def bounds(self):
        return [f"(<= {smt_number(self.low)} {self.id} {self.high})"] if self.kind not in ("boolean", "set") else []


# ---- conditions ----

class Test:
    """One fact compared with constants: its words behind the fact's name, and its SMT."""

    def __init__(self, rng, fact):
        self.fact, self.negated = fact, False
        getattr(self, fact.kind)(rng, fact)

    def boolean(self, rng, fact):
        self.negated = rng.random() < 0.4
        self.words, self.smt = "", smt_not(fact.id) if self.negated else fact.id

    def enumeration(self, rng, fact):
        chosen = sorted(rng.sample(range(len(fact.members)), rng.randint(1, len(fact.members) - 1)))
        names = [fact.members[m] for m in chosen]
        if fact.groups and rng.random() < 0.3:
            name = rng.choice(list(fact.groups))
            names, chosen = [name], fact.groups[name]
        within = rng.random() < 0.7
        single = len(chosen) == 1 and names[0] in fact.members
        verb = ("is" if within else "is_not") if single else "in" if within else "not_in"
        self.words = f"{verb} {names[0]}" if single else f"{verb} {{ {', '.join(names)} }}"
        self.smt = smt_or(f"(= {fact.id} {m})" for m in chosen)
        self.smt = self.smt if within else smt_not(self.smt)

    def set(self, rng, fact):
        chosen = rng.sample(range(len(fact.members)), rng.randint(1, len(fact.members)))
        names, bits = ", ".join(fact.members[m] for m in chosen), [f"{fact.id}_{m}" for m in chosen]
        every = [name for name, _ in fact.constants()]
        self.words, self.smt = rng.choice((
            (f"contains {fact.members[chosen[0]]}", bits[0]), (f"lacks {fact.members[chosen[0]]}", smt_not(bits[0])),
            (f"contains_any {{ {names} }}", smt_or(bits)), (f"contains_all {{ {names} }}", smt_and(bits)),
            ("is_empty", smt_not(smt_or(every))), ("is_not_empty", smt_or(every))))

    def number(self, rng, fact, write, values):
        values = [v for v in values if fact.low < v < fact.high] or [fact.low, fact.high]
        a, b = sorted((rng.choice(values), rng.choice(values)))
        low, high = rng.choice(((True, False), (False, True), (True, True)))
        if a == b and low and high:
            self.words, self.smt = f"is {write(a)}", f"(= {fact.id} {smt_number(a)})"
            return
        strict_low, strict_high = rng.random() < 0.4, rng.random() < 0.4 and b > a + 1
        words, parts = [], []
        if low:
            words.append(f"{'more_than' if strict_low else 'at_least'} {write(a)}")
            parts.append(f"({'>' if strict_low else '>='} {fact.id} {smt_number(a)})")
        if high:
            words.append(f"{'under' if strict_high else 'at_most'} {write(b)}")
            parts.append(f"({'<' if strict_high else '<='} {fact.id} {smt_number(b)})")
        self.words, self.smt = " ".join(words), smt_and(parts)

    def integer(self, rng, fact):
        near = rng.randint(fact.low, fact.high)
        self.number(rng, fact, str, [*NUMBERS, near, near + 1, fact.low + 1, fact.high - 1])

    def date(self, rng, fact):
        self.number(rng, fact, date_of, [rng.randint(fact.low, fact.high), fact.low + 1, fact.low + 10, fact.low + 30])

    def text(self):
        return f"not {self.fact.id}" if self.negated else f"{self.fact.id} {self.words}".strip()

    def cell(self):
        return ("no" if self.negated else "yes") if self.fact.kind == "boolean" else self.words.removeprefix("is ")

    def facts(self):
        return {self.fact.id}

    def decisions(self):
        return set()


class Named:
    """A feeding decision has one of some outcomes."""

    def __init__(self, rng, decision):
        self.decision, count = decision, len(decision.outcomes)
        chosen = sorted(rng.sample(range(count), rng.randint(1, count - 1)))
        self.smt = smt_or(f"{decision.id}_gets_{o}" for o in chosen)
        single = len(chosen) == 1
        names = ", ".join(decision.outcomes[o] for o in chosen)
        self.words = f"is {names}" if single else f"in {{ {names} }}"

    def text(self):
        return f"{self.decision.id} {self.words}"

    def facts(self):
        return self.decision.facts()

    def decisions(self):
        return {self.decision} | self.decision.feeders()


class Joined:
    def __init__(self, op, parts):
        self.op, self.parts = op, parts
        self.smt = f"({op} {' '.join(part.smt for part in parts)})"

    def text(self):
        return f" {self.op} ".join(f"({p.text()})" if isinstance(p, Joined) else p.text() for p in self.parts)

    def facts(self):
        return set().union(*(part.facts() for part in self.parts))

    def decisions(self):
        return set().union(*(part.decisions() for part in self.parts))


def condition(rng, book, feeders, tests, depth=1):
    """A conjunction of tests of different facts, some of them of feeding decisions or in turn disjunctions."""
    parts = []
    for fact in rng.sample(book.facts, min(tests, len(book.facts))):
        chance = rng.random()
        if feeders and chance < 0.25:
            parts.append(Named(rng, rng.choice(feeders)))
        elif depth and chance > 0.85:
            parts.append(Joined("or", [condition(rng, book, feeders, rng.randint(1, 2), 0), Test(rng, fact)]))
        else:
            parts.append(Test(rng, fact))
    return parts[0] if len(parts) == 1 else Joined("and", parts)


# ---- rules ----

class Rule:
    def __init__(self, rid, decision, outcome, when=None, excepted=None, table=None, period=None):
        self.id, self.decision, self.outcome, self.when, self.excepted = rid, decision, outcome, when, excepted
        self.table, self.period, self.is_default = table, period, rid.endswith(".default")
        self.var = rid.replace(".", "_")

    def parts(self):
        return [part for part in (self.when, self.excepted) if part]

    def smt(self):
        parts = [self.when.smt] if self.when else []
        parts += [smt_not(self.excepted.smt)] if self.excepted else []
        parts += [f"(<= {self.period[0]} on {self.period[1]})"] if self.period else []
        return smt_and(parts)

    def text(self):
        outcome, decision = self.decision.outcomes[self.outcome], self.decision.id
        period = f" from {date_of(self.period[0])} to {date_of(self.period[1])}" if self.period else ""
        if self.is_default:
            return f"default {outcome} for {decision} because 「示例」"
        excepted = f" except {self.excepted.text()}" if self.excepted else ""
        return f"rule {self.id} for {decision} because 「示例」{period}\n  when {self.when.text()}{excepted}\n  then {outcome}"


class Table:
    def __init__(self, rng, book, decision, index):
        self.id, self.hit = f"t{index}", rng.choice(("unique", "any", "first"))
        self.columns = rng.sample(book.facts, 3)
        self.rows = []
        for i in range(rng.randint(3, 7)):
            cells = [Test(rng, fact) if rng.random() < 0.8 else None for fact in self.columns]
            tests = [cell for cell in cells if cell]
            when = (tests[0] if len(tests) == 1 else Joined("and", tests)) if tests else None
            row = Rule(f"{self.id}.w{i}", decision, rng.randrange(len(decision.outcomes)), when, table=self)
            row.cells, row.place = cells, i
            self.rows.append(row)

    def text(self):
        decision = self.rows[0].decision
        lines = [f"table {self.id} for {decision.id} hit {self.hit} because 「示例」 below", "```", "",
                 f"| id | {' | '.join(fact.id for fact in self.columns)} | then |", "|----" * (len(self.columns) + 2) + "|"]
        for i, row in enumerate(self.rows):
            cells = " | ".join(cell.cell() if cell else "" for cell in row.cells)
            lines.append(f"| w{i} | {cells} | {decision.outcomes[row.outcome]} |")
        return "\n".join([*lines, "", "```rulebook"])


class Decision:
    def __init__(self, rng, index):
        self.id = f"d{index}"
        self.outcomes = [f"o{index}_{i}" for i in range(rng.randint(2, 4))]
        self.rules, self.tables, self.orders = [], [], []

    def feeders(self):
        return set().union(*(part.decisions() for rule in self.rules for part in rule.parts()), set())

    def facts(self):
        facts = set().union(*(part.facts() for rule in self.rules for part in rule.parts()), set())
        return facts | ({"on"} if any(rule.period for rule in self.rules) else set())

    def beats(self, a, b):
        """`a` prevails over `b` where both hold."""
        if a.outcome == b.outcome or a is b:
            return False
        if b.is_default:
            return not a.is_default
        if a.table and a.table is b.table and a.table.hit == "first":
            return a.place < b.place
        return any(order.get(a.id, 99) < order.get(b.id, -1) for order in self.orders)


class Book:
    def __init__(self, seed):
        rng = self.rng = random.Random(seed)
        self.facts = [Fact(rng, i) for i in range(rng.randint(10, 14))]
        self.decisions, self.orders = [], []
        total = rng.randint(10, 40)
        levels = rng.choice((1, 2, 2, 3))
        self.periods = rng.random() < 0.2
        for i in range(levels):
            self.make_decision(i, max(3, total // levels))
        self.constraints = [(self.some_condition(1), self.some_condition(1)) for _ in range(rng.randint(0, 3))]
        self.properties = []
        for _ in range(rng.randint(0, 2)):
            decision = rng.choice(self.decisions)
            self.properties.append((self.some_condition(rng.randint(1, 2)), decision, rng.randrange(len(decision.outcomes))))

    def some_condition(self, tests):
        return condition(self.rng, self, [], tests, 0)

    def make_decision(self, index, count):
        rng, feeders = self.rng, list(self.decisions)
        decision = Decision(rng, index)
        style = rng.choice((2, 3, 4))                     # tests a rule: few overlap much
        while len(decision.rules) < count:
            if len(decision.rules) > 2 and rng.random() < 0.08:
                decision.rules.append(self.narrower(decision, rng.choice(decision.rules)))
                continue
            if not decision.tables and rng.random() < 0.06:
                decision.tables.append(Table(rng, self, decision, index))
                decision.rules += decision.tables[-1].rows
                continue
            excepted = condition(rng, self, feeders, 1, 0) if rng.random() < 0.15 else None
            period = tuple(sorted(rng.sample((20454, 20600, 20601, 20819, 21000), 2))) if self.periods and rng.random() < 0.3 else None
            when = condition(rng, self, feeders, rng.randint(1, style))
            decision.rules.append(Rule(f"r{index}_{len(decision.rules)}", decision, rng.randrange(len(decision.outcomes)), when, excepted,
                                       period=period))
        if rng.random() < 0.6:
            decision.rules.append(Rule(f"{decision.id}.default", decision, rng.randrange(len(decision.outcomes))))
        self.make_orders(decision)
        self.decisions.append(decision)

    def narrower(self, decision, rule):
        """A rule that holds only where another does: redundant, beaten for good, or in conflict with it."""
        rng = self.rng
        more = condition(rng, self, [], rng.randint(1, 2), 0)
        when = Joined("and", [rule.when, more]) if rule.when else more
        return Rule(f"r{decision.id[1:]}_{len(decision.rules)}", decision, rng.choice((rule.outcome, rng.randrange(len(decision.outcomes)))), when)

    def make_orders(self, decision):
        """Ladders over random rules; all agree with one order, so that none makes a circle."""
        rng = self.rng
        units = [rule.id for rule in decision.rules if not rule.table and not rule.is_default] + [table.id for table in decision.tables]
        rows = {table.id: [row.id for row in table.rows] for table in decision.tables}
        rng.shuffle(units)
        for _ in range(rng.randint(0, 3)):
            if len(units) < 2:
                return
            named, rest = sorted(rng.sample(range(len(units)), rng.randint(2, len(units)))), rng.random() < 0.3
            if rest:
                named = list(range(rng.randint(1, len(units) - 1)))
            rungs, order = [[]], {}
            for place in named:
                if rungs[-1] and rng.random() < 0.6:
                    rungs.append([])
                rungs[-1].append(units[place])
            if len(rungs) == 1 and not rest:
                continue
            for height, rung in enumerate(rungs + ([[u for i, u in enumerate(units) if i not in named]] if rest else [])):
                order.update((rid, height) for unit in rung for rid in rows.get(unit, [unit]))
            decision.orders.append(order)
            words = [f"{{ {', '.join(rung)} }}" if len(rung) > 1 else rung[0] for rung in rungs] + (["rest"] if rest else [])
            self.orders.append(f"order l{len(self.orders)} for {decision.id} because 「示例」: {' before '.join(words)}")

    # ---- written ----

    def text(self):
        lines = ["# 示例", "", "```rulebook", 'rulebook medium "medium"', *(fact.text() for fact in self.facts)]
        lines += [f'decision {d.id} "{d.id}": {{ {", ".join(f"{o} {chr(34)}{o}{chr(34)}" for o in d.outcomes)} }}' for d in self.decisions]
        for decision in self.decisions:
            lines += [rule.text() for rule in decision.rules if not rule.table]
            lines += [table.text() for table in decision.tables]
        lines += self.orders
        for i, (when, then) in enumerate(self.constraints):
            lines.append(f"assume c{i} because 「示例」\n  when {when.text()} then {then.text()}")
        for i, (when, decision, outcome) in enumerate(self.properties):
            lines.append(f"assert p{i} because 「示例」\n  when {when.text()} then {decision.id} is_not {decision.outcomes[outcome]}")
        return "\n".join([*lines, "```", ""])

    def has_on(self):
        return any(rule.period for decision in self.decisions for rule in decision.rules)

    def smt(self):
        """Constants, what holds, what is a reason, and which outcome each decision gets."""
        lines, bounds = ["(set-logic QF_LIA)"], []
        for fact in self.facts:
            lines += [f"(declare-const {name} {sort})" for name, sort in fact.constants()]
            bounds += fact.bounds()
        if self.has_on():
            lines.append("(declare-const on Int)")
            bounds.append(f"(<= {smt_number(ON[0])} on {ON[1]})")
        lines.append(f"(assert {smt_and(bounds)})")
        for i, (when, then) in enumerate(self.constraints):
            lines.append(f"(define-fun c{i} () Bool (=> {when.smt} {then.smt}))")
        for decision in self.decisions:
            lines += self.smt_decision(decision)
        return lines

    def smt_decision(self, decision):
        rules, lines = decision.rules, []
        for rule in rules:
            lines.append(f"(define-fun holds_{rule.var} () Bool {rule.smt()})")
        for rule in rules:
            beaters = [f"holds_{b.var}" for b in rules if decision.beats(b, rule)]
            lines.append(f"(define-fun is_{rule.var} () Bool {smt_and([f'holds_{rule.var}', smt_not(smt_or(beaters))])})")
        for outcome in range(len(decision.outcomes)):
            lines.append(f"(define-fun {decision.id}_gets_{outcome} () Bool {smt_or(f'is_{r.var}' for r in rules if r.outcome == outcome)})")
        gets = [f"{decision.id}_gets_{o}" for o in range(len(decision.outcomes))]
        lines.append(f"(define-fun {decision.id}_single () Bool {exactly_one(gets)})")
        lines.append(f"(define-fun {decision.id}_case () Bool {self.cases(decision.facts(), decision.feeders())})")
        return lines

    def cases(self, facts, feeders):
        """Constraints that are tied to the facts, and one outcome for each feeding decision."""
        parts = [f"c{i}" for i in self.tied(facts)]
        return smt_and(parts + [f"{d.id}_single" for d in self.decisions if d in feeders])

    def tied(self, facts):
        facts, tied = set(facts), []
        while True:
            more = [i for i, pair in enumerate(self.constraints) if i not in tied and facts & (pair[0].facts() | pair[1].facts())]
            if not more:
                return tied
            tied += more
            for i in more:
                facts |= self.constraints[i][0].facts() | self.constraints[i][1].facts()

    def changed_without(self, decision, gone):
        """The answer of the decision is another one without the rule `gone`; a conflict stays a conflict."""
        before, after = [], []
        for outcome in range(len(decision.outcomes)):
            reasons = []
            for rule in decision.rules:
                if rule.outcome == outcome and rule is not gone:
                    beaters = [f"holds_{b.var}" for b in decision.rules if b is not gone and decision.beats(b, rule)]
                    reasons.append(smt_and([f"holds_{rule.var}", smt_not(smt_or(beaters))]))
            before.append(f"{decision.id}_gets_{outcome}")
            after.append(smt_or(reasons))
        same = smt_and(f"(= {x} {y})" for x, y in zip(before, after))
        return smt_not(smt_or([same, smt_and([several(before), several(after)])]))


def several(flags):
    return smt_or(smt_and([a, b]) for i, a in enumerate(flags) for b in flags[:i])


def exactly_one(flags):
    return smt_and([smt_or(flags), smt_not(several(flags))])
