"""Plain forms and certificates read once more, and judged by looking at every case: slow, small, and without a line of the
checker. What a certificate claims of a leaf must be true of every case in it; what it proves must be true of the book."""
import itertools

LIMIT_CASES = 300


class Malformed(Exception):
    pass


class Book:
    """The plain form: axes, decisions with rules, constraints."""

    def __init__(self, text):
        self.axes, self.outcomes, self.rules, self.constraints = [], [], [], []
        target = None
        decision = -1
        for line in text.splitlines():
            word, *rest = line.split(" ")
            if word == "axis":
                self.axes.append((int(rest[0]), int(rest[1])))
            elif word == "decision":
                self.outcomes.append(0)
                self.rules.append([])
            elif word == "outcome":
                self.outcomes[-1] += 1
            elif word == "rules":
                decision += 1
            elif word == "rule":
                target = {"outcome": int(rest[0]), "over": set(), "boxes": []}
                self.rules[decision].append(target)
            elif word == "over":
                low, _, high = rest[0].partition("-")
                target["over"] |= set(range(int(low), int(high or low) + 1))
            elif word == "constraint":
                target = {"boxes": []}
                self.constraints.append(target)
            elif word == "guard":
                break                   # compared, not proved; nothing else follows
            elif word == "box":
                target["boxes"].append([box_test(test) for test in rest])
        self.dims = len(self.axes)
        self.values = self.representatives()

    def representatives(self):
        """Per fact axis one value of every stretch that no rule or constraint tells apart."""
        starts = [{low} for low, _ in self.axes]
        for owner in [rule for rules in self.rules for rule in rules] + self.constraints:
            for axis, low, high in itertools.chain.from_iterable(owner["boxes"]):
                if axis < self.dims:
                    starts[axis] |= {low} | ({high + 1} if high < self.axes[axis][1] else set())
        return [sorted(one) for one in starts]

    def also(self, bounds):
        """The same with more values: (axis, value)."""
        values = [set(one) for one in self.values]
        for axis, value in bounds:
            if axis < self.dims and self.axes[axis][0] <= value <= self.axes[axis][1]:
                values[axis].add(value)
        return [sorted(one) for one in values]

    def size(self):
        size = 1
        for one in self.values:
            size *= len(one)
        return size

    def named(self, decision):
        """Decisions that its rules test."""
        return {axis - self.dims for rule in self.rules[decision] for box in rule["boxes"] for axis, _, _ in box if axis >= self.dims}

    def case(self, values):
        """Per decision its reasons, and its outcome or None; None: a constraint excludes the case."""
        if any(holds(constraint["boxes"], values, self.dims, {}) for constraint in self.constraints):
            return None
        outcomes, reasons = {}, {}
        left = list(range(len(self.rules)))
        while left:
            ready = [d for d in left if not self.named(d) & set(left)]
            if not ready:                 # a changed book: what feeds itself has neither outcome nor reason
                outcomes.update(dict.fromkeys(left)), reasons.update(dict.fromkeys(left))
                break
            for d in ready:
                left.remove(d)
                if any(outcomes[feed] is None for feed in self.named(d)):
                    outcomes[d], reasons[d] = None, None
                    continue
                rules = self.rules[d]
                hold = [i for i, rule in enumerate(rules) if holds(rule["boxes"], values, self.dims, outcomes)]
                reasons[d] = [i for i in hold if not any(i in rules[k]["over"] and rules[k]["outcome"] != rules[i]["outcome"] for k in hold)]
                found = {rules[i]["outcome"] for i in reasons[d]}
                outcomes[d] = found.pop() if len(found) == 1 else None
        return values, outcomes, reasons

    def cases(self, bounds=()):
        return [case for case in map(self.case, itertools.product(*self.also(bounds))) if case]

    def truth(self, cases):
        """The decisions of which it is true that no case has a gap or conflict and every rule is somewhere a reason."""
        true = set()
        for d, rules in enumerate(self.rules):
            own = [case for case in cases if case[2][d] is not None]
            whole = len(own) == len(cases) and all(case[1][d] is not None for case in own)
            if whole and {i for case in own for i in case[2][d]} == set(range(len(rules))):
                true.add(d)
        return true


def box_test(test):
    axis, _, stretch = test.partition(":")
    at = stretch.find("-", 1)
    low, high = (stretch[:at], stretch[at + 1:]) if at > 0 else (stretch, stretch)
    return int(axis), int(low), int(high)


def holds(boxes, values, dims, outcomes):
    return any(all(low <= (values[axis] if axis < dims else outcomes[axis - dims]) <= high for axis, low, high in box)
               for box in boxes)


class Certificate:
    """Walks a certificate and asks of every claim whether it is true of every case that it speaks of."""

    def __init__(self, book, text):
        self.book = book
        self.lines = text.split("\n")
        self.at = 0
        self.proved = set()
        self.cases = book.cases(self.bounds())

    def bounds(self):
        for line in self.lines:
            if "<" in line:
                axis, _, value = line.partition("<")
                if axis.isdigit() and value.lstrip("-").isdigit() and len(value) < 20:
                    yield int(axis), int(value)
            elif line.startswith("case "):
                for test in line.split(" ")[1:]:
                    axis, _, value = test.partition(":")
                    if axis.isdigit() and value.lstrip("-").isdigit() and len(value) < 20:
                        yield int(axis), int(value)

    def need(self, holds_, why):
        if not holds_:
            raise Malformed(f"line {self.at}: {why}")

    def take(self):
        self.need(self.at < len(self.lines), "it ends too early")
        self.at += 1
        return self.lines[self.at - 1]

    def number(self, text, bound):
        self.need(text.isdigit() and str(int(text)) == text and int(text) < bound, f"no number: {text}")
        return int(text)

    def is_true(self):
        self.need(self.take() == "guiju-certificate 0.1", "another first line")
        line = self.take()
        while line != "end":
            self.need(line.startswith("decision "), "a decision is missing")
            line = self.decision(self.number(line[9:], len(self.book.rules)))
        self.need(self.lines[self.at:] == [""], "something stands behind the end")
        return self.proved

    def decision(self, d):
        rules = self.book.rules[d]
        self.need(d not in self.proved, "a decision twice")
        word, *order = self.take().split(" ")
        self.need(word == "order" and sorted(map(str, range(len(rules)))) == sorted(order), "no order of all rules")
        place = {int(rule): i for i, rule in enumerate(order)}
        for a, rule in enumerate(rules):
            for b in rule["over"]:
                self.need(rules[b]["outcome"] == rule["outcome"] or place[a] < place[b], "the order is not one")
        self.shown, done = set(), set()
        line = self.take()
        while line.startswith("tree") or line.startswith("case"):
            if line.startswith("tree"):
                self.need(line in ("tree", "tree cover", "tree settle", "tree cover settle"), "no tree")
                claims = set(line.split(" ")[1:])
                self.node(d, claims, {})
                done |= claims
            else:
                self.case(d, line)
            line = self.take()
        self.need(done == {"cover", "settle"} and self.shown == set(range(len(rules))), "something is not shown")
        self.proved.add(d)
        return line

    def inside(self, node):
        def is_in(case):
            return all((case[0][axis] if axis < self.book.dims else case[1][axis - self.book.dims]) is not None and
                       low <= (case[0][axis] if axis < self.book.dims else case[1][axis - self.book.dims]) <= high
                       for axis, (low, high) in node.items())
        return [case for case in self.cases if is_in(case)]

    def node(self, d, claims, node):
        line = self.take()
        if line[:1].isdigit():
            axis, sign, value = line.partition("<")
            axis = self.number(axis, self.book.dims + len(self.book.rules))
            all_ = self.book.axes[axis] if axis < self.book.dims else (0, self.book.outcomes[axis - self.book.dims] - 1)
            low, high = node.get(axis, all_)
            self.need(sign == "<" and value.lstrip("-").isdigit() and str(int(value)) == value, "no cut")
            self.need(low < int(value) <= high, "a side is empty")
            self.need(axis < self.book.dims or axis - self.book.dims in self.proved, "not proved")
            self.node(d, claims, {**node, axis: (low, int(value) - 1)})
            self.node(d, claims, {**node, axis: (int(value), high)})
            return
        self.leaf(d, claims, line, self.inside(node))

    def leaf(self, d, claims, line, cases):
        rules = self.book.rules[d]
        if line == "x":
            self.need(not cases, "there is a case")
        elif line.startswith("v"):
            self.need(self.number(line[1:], len(self.book.rules)) in self.proved and not cases, "there is a case")
        else:
            first, *shown = line.split("!")
            self.need(first in ("", "~") or first.startswith("="), "no leaf")
            self.need(first or shown, "no leaf")
            if first.startswith("="):
                self.holds(d, self.number(first[1:], len(rules)), cases)
            self.need("cover" not in claims or first.startswith("=") or (shown and first == ""), "nothing covers")
            for rule in shown:
                self.show(d, self.number(rule, len(rules)), cases)
            if "settle" in claims:
                self.need(all(len({rules[i]["outcome"] for i in case[2][d] or []}) < 2 for case in cases), "a conflict")

    def holds(self, d, rule, cases):
        self.need(all(holds(self.book.rules[d][rule]["boxes"], case[0], self.book.dims, case[1]) for case in cases), "it does not hold")

    def show(self, d, rule, cases):
        self.need(rule not in self.shown and cases and all(rule in (case[2][d] or []) for case in cases), "no reason")
        self.shown.add(rule)

    def case(self, d, line):
        node = {axis: (low, low) for axis, (low, _) in enumerate(self.book.axes)}
        self.need(line[:5].rstrip() == "case" and not line.endswith(" "), "no case")
        for test in line[5:].split(" ") if len(line) > 4 else []:
            axis, _, value = test.partition(":")
            axis = self.number(axis, self.book.dims)
            self.need(value.lstrip("-").isdigit() and str(int(value)) == value, "no value")
            self.need(self.book.axes[axis][0] <= int(value) <= self.book.axes[axis][1], "no value of the fact")
            node[axis] = (int(value), int(value))
        self.leaf(d, {"cover"}, self.take(), self.inside(node))
