"""What a table, and what an XML list, tells of all that both of them say: two artifacts are the same if these are equal. Written from
docs/TABLE_FORMAT.md and docs/ARTIFACTS.md, without a line of the compiler, the runtime or the readers that are tested."""
import datetime
import itertools
import xml.etree.ElementTree as ElementTree

LARGEST = 200000                       # combinations of parts looked at before two conditions count as different

# ---- the table: a letter for each field ----
# t text, n number, w 64 bits; pairs FIRST, COUNT: T list of texts, L list of numbers, P list of pairs of texts, s stretch of a
# section; . a number that only says how the bytes lie
FIELDS = {
    "FACTS": "ttttnnwwss", "BOOK": "tttttt..", "MEMBERS": "ttt", "DECISIONS": "tttsLLLLL....n", "OUTCOMES": "ttt", "RULES": "ttttnnTLP",
    "CONSTRAINTS": "tttn", "CLAUSES": "tt", "CALENDARS": "tttsnnnnnLT", "CALENDAR_YEARS": "ntLL", "ROLES": "ttt", "PROCEDURES": "tttnnnsssssT",
    "STATES": "tttnT", "EVENTS": "tttnnT", "STEPS": "tttnnnnntnnnnntnnnLTT", "DUTIES": "tttnnnnnnntnnntnnnnttTLLLLLLL",
    "VALIDITIES": "tttnnntTLLLLL", "GUARDS": "n",
}
TIME = ("BOOK", "CALENDARS", "CALENDAR_YEARS", "ROLES", "PROCEDURES", "STATES", "EVENTS", "STEPS", "DUTIES", "VALIDITIES")


def record(table, section, index):
    fields, told = list(table.record(section, index)), []
    for letter in FIELDS[section]:
        one = fields.pop(0)
        if letter in "wTLPs":
            two = fields.pop(0)
            one = one if two or letter == "w" else 0  # where nothing is, nobody looks
        if letter == "t":
            told.append(table.string(one))
        elif letter == "n":
            told.append(one)
        elif letter in "ws":
            told.append((one, two))
        elif letter == "L":
            told.append(table.list(one, two))
        elif letter in "TP":
            told.append([table.string(text) for text in table.list(one, two * (2 if letter == "P" else 1))])
    assert not fields
    return told


def sections(table, names):
    return {name: [record(table, name, i) for i in range(table.count[name])] for name in names}


def time_of_table(reader, data):
    """Head, roles, calendars, procedures, and the names of the conditions of steps."""
    table = reader.Table(data)
    told, guards = sections(table, TIME), []
    for step in told["STEPS"]:
        if step[7] == 2**32 - 1:
            continue
        guard = record(table, "DECISIONS", step[7])
        first, count = guard[3]
        guards += [guard[:3], [record(table, "OUTCOMES", first + i) for i in range(count)]]
        for rule in (record(table, "RULES", index) for index in guard[4]):
            guards.append((rule[:4], table.string(table.record("DECISIONS", rule[4])[0]), rule[6], rule[8] != []))
    return told, guards


def condition(terms, owner):
    """The terms of one rule: whether each is one of its exception, and the parts that it allows, by axis."""
    return [(entry % 2, {(kind, of): allowed for kind, of, allowed in box}) for entry, box in terms if entry // 2 == owner]


def same_condition(a, b, owner, a_terms, b_terms):
    one, other = condition(a_terms, owner), condition(b_terms, owner)
    axes = sorted({axis for terms in (one, other) for _, box in terms for axis in box})
    values = []
    for kind, of in axes:
        if kind == 1:
            values.append(range(len(a.decisions[of]["outcomes"])))
            continue
        fact = a.facts[a.dims[of][0]]
        low = 0 if fact.kind == 2 else fact.low
        values.append(sorted({low, *a.cuts[of], *b.cuts[of]}))
    size = 1
    for some in values:
        size *= len(some)
    if size > LARGEST:
        return False

    def holds(reader, terms, case):
        def inside(box):
            for (kind, of), value in zip(axes, case):
                part = value if kind == 1 else sum(cut <= value for cut in reader.cuts[of])
                if (kind, of) in box and part not in box[(kind, of)]:
                    return False
            return True
        return any(inside(box) for negative, box in terms if not negative) and not any(inside(box) for negative, box in terms if negative)
    return all(holds(a, one, case) == holds(b, other, case) for case in itertools.product(*values))


def same_conditions(a, b, count, a_terms, b_terms):
    return a_terms == b_terms and a.cuts == b.cuts or all(same_condition(a, b, i, a_terms, b_terms) for i in range(count))


def same_tables(reader, one, other):
    """What differs of what two tables tell: "" for nothing."""
    try:
        a, b = reader.Reader(one), reader.Reader(other)
        told = [sections(x.table, FIELDS) for x in (a, b)]
    except Exception as error:  # noqa: BLE001
        return repr(error)
    for name in FIELDS:
        if told[0][name] != told[1][name]:
            return name
    for d, e in zip(a.decisions, b.decisions):
        rules = range(len(d["rules"]))
        if any(a.is_over(d, i, k) != b.is_over(e, i, k) for i in rules for k in rules):
            return f"priorities of {d['id']}"
        if not same_conditions(a, b, len(rules), d["terms"], e["terms"]):
            return f"conditions of {d['id']}"
    if not all(same_conditions(a, b, 1, x, y) for x, y in zip(a.constraints, b.constraints)):
        return "constraints"
    return ""


# ---- the XML: what only the list says is left out, and nothing else ----

# Besides: conditions are compared as functions, clauses where something cites them, the edition by its id and label.
ONLY_HERE = {"because", "resolves", "counted", "cell", "entry", "property", "publication", "group", "also_called", "instrument", "standard",
             "convention", "basis", "ambiguity", "document", "edition", "definition", "when", "except", "then"}
PARTS = ("state", "event", "step", "duty", "validity")
LABELLED = {"rulebook", "fact", "value", "decision", "outcome", "constraint", "rule", "row", "default", "role", "calendar", "procedure", *PARTS}
CITING = {"rule", "row", "default", "assumed", "procedure", *PARTS}
SAID_IN_WORDS = {"limit", "every", "lapse"}
TEXTS = {"label", "text", "unit", "notice", "material", "words", "start_in_words", "in_case_of"}
ONLY_HERE_ATTRIBUTES = {"operator", "standard", "group", "enumeration", "complete", "from", "to", "pair", "id of order", "clause of value",
                        "role of discretion", "hit of table"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def is_said_by_both(tag, parent, registered):
    return not (tag in ONLY_HERE or (tag == "duty" and registered) or (tag == "words" and parent not in SAID_IN_WORDS) or
                (tag == "discretion" and parent not in ("fact", "step")) or (tag == "cite" and parent not in CITING) or
                (tag == "text" and parent not in ("rule", "row", "default")) or (tag == "label" and parent not in LABELLED))


def plain(element, parent=None):
    tag = element.tag.split("}")[1]
    attributes = sorted((key, value) for key, value in element.attrib.items()
                        if not {key, f"{key} of {tag}"} & ONLY_HERE_ATTRIBUTES and (key != LANGUAGE or tag == "label") or
                        (key == "to" and tag == "step"))
    if tag == "table":
        attributes.append(("first", element.get("hit") == "first"))
    parts = [plain(part, tag) for part in element
             if is_said_by_both(part.tag.split("}")[1], tag, parent is None)]
    if tag in LABELLED:
        parts = labels(element) + [part for part in parts if part[0] != "label"]
    if tag == "rung":                  # neither order nor repetition means anything
        parts = sorted({repr(part) for part in parts})
    if tag == "step":
        effects = ("restarts", "suspends", "resumes", "ends")
        parts = [part for part in parts if part[0] not in effects] + sorted({repr(part) for part in parts if part[0] in effects})
    if tag == "year":
        parts = sorted(parts, key=lambda part: repr(part) if part[0] == "day" else "")
    return tag, attributes, (element.text or "") if tag in TEXTS else "", parts


def labels(element):
    """Both, what is not given as what it stands for."""
    name = element.get("id")
    if element.tag.endswith("}row"):
        name = name.partition(".")[2]
    given = [(label.get(LANGUAGE), label.text or "") for label in element if label.tag.endswith("}label")]
    return [("label", language, text) for language in ("zh", "en") for text in [t for lang, t in given if lang == language] or [name]] + \
        [("label", *odd) for odd in given if odd[0] not in ("zh", "en")]


def clauses(root):
    """The texts of those that what is told of cites, in order; and the edition."""
    space = root.tag.split("}")[0] + "}"
    cited = set()
    for owner in root.iter():
        if owner.tag.split("}")[1] in CITING and (owner.tag != space + "duty" or owner not in list(root)):
            cited |= {cite.get("clause") for cite in owner.findall(space + "cite")}
    edition = root.find(space + "edition")
    told = [(clause.get("id"), clause.findtext(space + "text") or "") for clause in root.iter(space + "clause") if clause.get("id") in cited]
    return told, None if edition is None else (edition.get("id"), dict((a, b) for _, a, b in labels(edition))["zh"])


class List:
    """An XML list: what it says beside its conditions, and these as functions."""

    def __init__(self, xml):
        self.root = root = ElementTree.fromstring(xml)
        self.space = root.tag.split("}")[0] + "}"
        self.said = plain(root), clauses(root)
        self.definitions = {one.get("id"): one for one in self.all("definition")}
        self.facts = {one.get("id"): one for one in self.all("fact")}
        self.outcomes = {one.get("id"): [outcome.get("id") for outcome in one.findall(self.space + "outcome")] for one in self.all("decision")}
        rules = [one for kind in ("rule", "row", "default", "constraint") for one in self.all(kind)]
        self.owners = rules + [step for procedure in self.all("procedure") for step in procedure.findall(self.space + "step")]

    def all(self, tag):
        return self.root.findall(self.space + tag)

    def domain(self, fact, decision, member):
        if decision:
            return self.outcomes[decision]
        of = self.facts[fact]
        if member or of.get("kind") == "boolean":
            return ["false", "true"]
        if of.get("kind") == "enumeration":
            return [value.get("id") for value in of.findall(self.space + "value")]
        return ordinal(of.get("low")), ordinal(of.get("high"))

    def tests(self, element):
        """The axes that a condition tests, with the numbers at which a test begins or ends."""
        for part in element:
            tag = part.tag[len(self.space):]
            if tag == "test":
                yield ((part.get("fact"), part.get("decision"), part.get("member")),
                       [n for one in part.findall(self.space + "range") for n in (ordinal(one.get("low")), ordinal(one.get("high")) + 1)])
            else:
                yield from self.tests(self.definitions[part.get("definition")] if tag == "use" else part)

    def holds(self, part, case):
        tag = part.tag[len(self.space):]
        parts = [one for one in part if one.tag[len(self.space):] in ("true", "false", "all", "any", "not", "test", "use")]
        if tag == "test":
            value = case[(part.get("fact"), part.get("decision"), part.get("member"))]
            return any(one.get("value") == value for one in part.findall(self.space + "is")) or any(
                ordinal(one.get("low")) <= value <= ordinal(one.get("high")) for one in part.findall(self.space + "range"))
        if tag == "use":
            return self.holds(self.definitions[part.get("definition")].find(self.space + "when"), case)
        if tag in ("true", "false"):
            return tag == "true"
        if tag == "not":
            return not self.holds(parts[0], case)
        return any(self.holds(one, case) for one in parts) if tag == "any" else all(self.holds(one, case) for one in parts)

    def applies(self, owner, case):
        """A rule or step: its condition and not its exception. A constraint: the case is excluded."""
        when, other = owner.find(self.space + "when"), owner.find(self.space + "except")
        then = owner.find(self.space + "then")
        return (when is None or self.holds(when, case)) and not (other is not None and self.holds(other, case)) and not (
            then is not None and self.holds(then, case))

    def __eq__(self, other):
        return self.said == other.said and len(self.owners) == len(other.owners) and all(
            self.same(one, other, two) for one, two in zip(self.owners, other.owners))

    def same(self, owner, other, its):
        axes = {}
        for of, element in ((self, owner), (other, its)):
            for tag in ("when", "except", "then"):
                for part in element.findall(of.space + tag):
                    for axis, numbers in of.tests(part):
                        axes.setdefault(axis, set()).update(numbers)
        values, size = [], 1
        for axis, numbers in axes.items():
            domain = self.domain(*axis)
            if isinstance(domain, tuple):
                domain = sorted({domain[0]} | {n for n in numbers if domain[0] <= n <= domain[1]})
            values.append(domain)
            size *= len(domain)
        return size <= LARGEST and all(self.applies(owner, case) == other.applies(its, case)
                                       for case in (dict(zip(axes, some)) for some in itertools.product(*values)))


def ordinal(text):
    """A number, or the day that it is."""
    return int(text) if "-" not in text[1:] else datetime.date.fromisoformat(text).toordinal()


def time_by_list(xml):
    """Head, roles, calendars, procedures."""
    root = ElementTree.fromstring(xml)
    top = plain(root)
    return labels(root), top[1], clauses(root)[1], [part for part in top[3] if part[0] in ("role", "calendar", "procedure")]
