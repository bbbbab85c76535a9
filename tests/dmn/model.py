"""A plain reader and decider of DMN decision tables, written from the DMN specification and not from guiju's importer, to
judge what `guiju import dmn` makes. Numbers are fractions, dates are dates, null is None."""
import datetime
import fractions
import re
import xml.etree.ElementTree as ElementTree

TOKEN = re.compile(r'\s*(date\("[^"]*"\)|@"[^"]*"|"(?:[^"\\]|\\.)*"|-?(?:\d+(?:\.\d+)?|\.\d+)(?!\w)|\.\.|<=|>=|!=|[<>=\[\](),-]|\w+)')


def tokens(text):
    found, at = [], 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        found.append(match.group(1))
        at = match.end()
    return found


def constant(token):
    if token.startswith("date(") or token.startswith("@"):
        return datetime.date.fromisoformat(token.split('"')[1])
    if token.startswith('"'):
        return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "u" and len(m[1]) == 5 else m[1], token[1:-1])
    words = {"true": True, "false": False, "null": None}
    return words[token] if token in words else fractions.Fraction(token)


def comparable(a, b):
    return type(a) is type(b) and not isinstance(a, (bool, str)) and a is not None


class Cell:
    """One cell of conditions. A test gives True, False or None (FEEL's null)."""

    def __init__(self, text):
        self.constants, self.tests = [], []
        rest = tokens(text)
        self.any = rest in ([], ["-"])
        self.negated = rest[:1] == ["not"]
        if self.negated:
            rest = rest[2:-1]
        while rest and not self.any:
            self.tests.append(self.test(rest))
            if rest:
                assert rest.pop(0) == ","

    def value(self, rest):
        self.constants.append(constant(rest.pop(0)))
        return self.constants[-1]

    def test(self, rest):
        if rest[0] in ("<", "<=", ">", ">="):
            mark, bound = rest.pop(0), self.value(rest)
            order = {"<": lambda v: v < bound, "<=": lambda v: v <= bound, ">": lambda v: v > bound, ">=": lambda v: v >= bound}[mark]
            return lambda v: order(v) if comparable(v, bound) else None
        if rest[0] in ("[", "(", "]"):
            closed_low, low = rest.pop(0) == "[", self.value(rest)
            assert rest.pop(0) == ".."
            high = self.value(rest)
            closed_high = rest.pop(0) == "]"
            return lambda v: ((v > low or (closed_low and v == low)) and (v < high or (closed_high and v == high))
                              if comparable(v, low) else None)
        other = rest[0] == "!="
        if rest[0] in ("!=", "="):
            rest.pop(0)
        wanted = self.value(rest)
        return lambda v: (type(v) is type(wanted) and v == wanted) != other

    def holds(self, value):
        answers = [test(value) for test in self.tests]
        if self.any:
            return True
        some = True if True in answers else None if None in answers else False
        return some is True if not self.negated else some is False


def spaced(text):
    return " ".join(text.split())


class Table:
    def __init__(self, element, ns, lists):
        def text(of, path):
            found = of.find("/".join(ns + part for part in path.split("/")))
            return None if found is None else " ".join("".join(found.itertext()).split()) if path.startswith("inputE") else "".join(found.itertext()).strip()
        self.hit = element.get("hitPolicy", "UNIQUE")
        self.aggregation = element.get("aggregation")
        self.inputs = [text(i, "inputExpression/text") for i in element.findall(ns + "input")]
        self.allowed = [Cell(text(i, "inputValues/text") or "-") for i in element.findall(ns + "input")]
        outputs = element.findall(ns + "output")
        self.outputs = [spaced(o.get("name") or "") or None for o in outputs]
        self.listed = [[constant(t) for t in tokens(text(o, "outputValues/text") or lists.get(o.get("typeRef")) or "") if t != ","] for o in outputs]
        self.fallback = [text(o, "defaultOutputEntry/text") for o in outputs]
        self.rules = [([Cell("".join(c.itertext()).strip()) for c in rule.findall(ns + "inputEntry")],
                       [constant("".join(c.itertext()).strip()) for c in rule.findall(ns + "outputEntry")])
                      for rule in element.findall(ns + "rule")]

    def matching(self, values):
        return [out for cells, out in self.rules if all(cell.holds(v) for cell, v in zip(cells, values))]


CONFLICT, GAP, FEEDING = "conflict", "gap", "feeding"


def decide_column(table, matched, column):
    """What a single-hit table answers for one output: a value in a list, or CONFLICT, GAP."""
    if not matched:
        fallback = table.fallback[column]
        return GAP if fallback is None else [constant(fallback)]
    if table.hit == "FIRST":
        matched = matched[:1]
    if table.hit == "PRIORITY":
        ordered = [i for i, listed in enumerate(table.listed) if listed]
        rank = lambda out: [table.listed[i].index(out[i]) for i in ordered]
        matched = [out for out in matched if rank(out) == min(map(rank, matched))]
    if table.aggregation in ("MIN", "MAX"):
        return [(min if table.aggregation == "MIN" else max)(out[0] for out in matched)]
    answers = {(type(out[column]).__name__, out[column]) for out in matched}
    return CONFLICT if len(answers) > 1 else [matched[0][column]]


def decide_result(table, matched, result):
    """Whether a result is in the list that a table of several hits gives."""
    fallback = [constant(f) if f is not None else None for f in table.fallback]
    if not matched and any(f is not None for f in table.fallback):
        return fallback == result
    return result in matched


def lists_of_types(root, ns):
    """What each item definition that is a typeRef of others, and of a built-in type at the end, lists: the first of them that does."""
    types = {t.get("name"): t for t in root.findall(ns + "itemDefinition")}
    def first(name, depth=0):
        allowed = types[name].find(f"{ns}allowedValues/{ns}text") if name in types else None
        base = types[name].find(ns + "typeRef") if name in types else None
        return allowed.text if allowed is not None else first(base.text, depth + 1) if base is not None and depth < 32 else None
    return {name: first(name) for name in types}


class Model:
    def __init__(self, path):
        root = ElementTree.parse(path).getroot()
        ns = root.tag.split("}")[0] + "}"
        self.tables, self.constants, self.nodes = {}, {}, []
        lists = lists_of_types(root, ns)
        for node in [*root.findall(ns + "inputData"), *root.findall(ns + "decision")]:
            variable = node.find(ns + "variable")
            name = spaced(node.get("name"))
            self.nodes.append((node.get("id"), name, name if variable is None else spaced(variable.get("name"))))
        for decision in root.findall(ns + "decision"):
            table, literal = decision.find(ns + "decisionTable"), decision.find(f"{ns}literalExpression/{ns}text")
            try:
                if table is not None:
                    self.tables[spaced(decision.get("name"))] = Table(table, ns, lists)
                    self.tables[spaced(decision.get("name"))].required = \
                        {r.get("href").rpartition("#")[2] for of in decision.findall(ns + "informationRequirement") for r in of}
                elif literal is not None:
                    self.constants[spaced(decision.get("name"))] = constant(literal.text.strip())
            except (KeyError, ValueError, AssertionError, AttributeError, IndexError):
                continue      # not of this plain subset; the tests name the models for which that is so
        for table in self.tables.values():
            self.resolve(table)

    def resolve(self, table):
        """Each input as the name of the node for which its text stands: one that is required, or its output, or else any."""
        required = [node for node in self.nodes if node[0] in table.required]
        outputs = [(name, output) for _, name, _ in required if name in self.tables for output in self.tables[name].outputs]
        for i, text in enumerate(table.inputs):
            found = [node[1] for part in (2, 1, 0) for node in required if node[part] == spaced(text)]
            found += [f"{name}.{output}" if len(self.tables[name].outputs) > 1 else name for name, output in outputs if output == spaced(text)]
            found += [node[1] for part in (2, 1, 0) for node in self.nodes if node[part] == spaced(text)]
            table.inputs[i] = found[0] if found else re.sub(r" ?\. ?", ".", spaced(text))

    def values_of(self, name):
        """The constants with which an input is compared, over all tables."""
        return [value for table in self.tables.values() for i, wanted in enumerate(table.inputs) if wanted == name
                for cell in [table.allowed[i], *(cells[i] for cells, _ in table.rules)] for value in cell.constants]
