#!/usr/bin/env python3
"""A second reader of the table, written from docs/TABLE_FORMAT.md alone: it opens the tables of the example rulebooks, checks
their checksums with an XXH64 of its own, and decides random cases like the library does."""
import json
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, text  # noqa: E402

SECTIONS = ("CUTS BLOCKS FACTS BOOK MEMBERS DIMS DECISIONS OUTCOMES RULES CONSTRAINTS FORMS AXES OVER CLAUSES LISTS "
            "STRING_ENDS STRING_BYTES CALENDARS CALENDAR_YEARS ROLES PROCEDURES STATES EVENTS STEPS DUTIES VALIDITIES "
            "GUARDS").split()
SIZES = (8, 8, 56, 32, 12, 16, 80, 12, 48, 16, 28, 16, 12, 8, 4, 4, 1, 56, 24, 12, 72, 24, 28, 96, 148, 76, 4)
BOOLEAN, ENUMERATION, SET, INTEGER, DATE = range(5)
M64 = (1 << 64) - 1
P1, P2, P3, P4, P5 = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)
CASES = 120


def rotate(x, by):
    return (x << by | x >> (64 - by)) & M64


def mix(lane, word):
    return rotate((lane + word * P2) & M64, 31) * P1 & M64


def xxh64(data):
    lanes = [(P1 + P2) & M64, P2, 0, -P1 & M64]
    at = 0
    if len(data) < 32:
        value = P5
    else:
        while len(data) - at >= 32:
            lanes = [mix(lane, word) for lane, word in zip(lanes, struct.unpack_from("<4Q", data, at))]
            at += 32
        value = sum(rotate(lane, by) for lane, by in zip(lanes, (1, 7, 12, 18))) & M64
        for lane in lanes:
            value = ((value ^ mix(0, lane)) * P1 + P4) & M64
    value = (value + len(data)) & M64
    while len(data) - at >= 8:
        value = (rotate(value ^ mix(0, struct.unpack_from("<Q", data, at)[0]), 27) * P1 + P4) & M64
        at += 8
    if len(data) - at >= 4:
        value = (rotate(value ^ struct.unpack_from("<I", data, at)[0] * P1 & M64, 23) * P2 + P3) & M64
        at += 4
    for byte in data[at:]:
        value = rotate(value ^ byte * P5 & M64, 11) * P1 & M64
    value = (value ^ value >> 33) * P2 & M64
    value = (value ^ value >> 29) * P3 & M64
    return value ^ value >> 32


class Table:
    def __init__(self, data):
        magic, self.version, sections, total, checksum = struct.unpack_from("<8sIIQQ", data)
        assert magic == b"\x89GUIJU\x1a\n" and self.version == 2 and sections == 27 and total == len(data)
        assert checksum == xxh64(data[:24] + data[32:])
        self.data, self.start, self.count = data, {}, {}
        at = 32 + 8 * 27
        for i, name in enumerate(SECTIONS):
            self.start[name], self.count[name] = struct.unpack_from("<II", data, 32 + 8 * i)
            assert self.start[name] == at
            at += SIZES[i] * self.count[name]
        assert at == total

    def record(self, section, index):
        size = SIZES[SECTIONS.index(section)]
        return struct.unpack_from(f"<{size // 4}I", self.data, self.start[section] + index * size)

    def numbers(self, section, kind, first, count):
        return struct.unpack_from(f"<{count}{kind}", self.data, self.start[section] + first * struct.calcsize("<" + kind))

    def list(self, first, count):
        return self.numbers("LISTS", "I", first, count)

    def string(self, n):
        ends = self.numbers("STRING_ENDS", "I", 0, self.count["STRING_ENDS"])
        begin = ends[n - 1] if n else 0
        base = self.start["STRING_BYTES"]
        return self.data[base + begin:base + ends[n] - 1].decode()


class Fact:
    def __init__(self, table, index):
        fields = table.record("FACTS", index)
        self.id, self.kind = table.string(fields[0]), fields[4]
        self.low, self.high = struct.unpack("<qq", struct.pack("<4I", *fields[6:10]))
        self.members = [table.string(table.record("MEMBERS", fields[10] + i)[0]) for i in range(fields[11])]
        self.dims = range(fields[12], fields[12] + fields[13])


class Reader:
    """The whole rulebook in plain form: parts, boxes, priorities, feeding."""

    def __init__(self, data):
        self.table = table = Table(data)
        self.facts = [Fact(table, i) for i in range(table.count["FACTS"])]
        self.dims = [table.record("DIMS", i) for i in range(table.count["DIMS"])]
        self.cuts = [table.numbers("CUTS", "q", dim[2], dim[3]) for dim in self.dims]
        self.rules = [table.record("RULES", i) for i in range(table.count["RULES"])]
        self.rule_ids = [table.string(rule[0]) for rule in self.rules]
        self.decisions = [self.read_decision(table.record("DECISIONS", i)) for i in range(table.count["DECISIONS"])]
        self.constraints = [self.read_form(table.record("CONSTRAINTS", i)[3])
                            for i in range(table.count["CONSTRAINTS"])]
        self.constraint_ids = [table.string(table.record("CONSTRAINTS", i)[0])
                               for i in range(table.count["CONSTRAINTS"])]

    def read_decision(self, f):
        table = self.table
        assert f[18] == 1
        rules, classes = table.list(f[5], f[6]), table.list(f[15], f[6])
        starts = table.list(f[17], f[16] + 1)
        over = [[table.record("OVER", i) for i in range(starts[c], starts[c + 1])] for c in range(f[16])]
        return {"id": table.string(f[0]), "rules": rules, "classes": classes, "over": over,
                "outcomes": [table.string(table.record("OUTCOMES", f[3] + i)[0]) for i in range(f[4])],
                "order": table.list(f[9], f[10]), "dims": table.list(f[11], f[12]),
                "constraints": table.list(f[13], f[14]), "terms": self.read_form(f[19])}

    def read_form(self, index):
        """Each term: its entry, and per axis the set of parts that it allows."""
        table = self.table
        first_axis, axes, first_term, terms, words, first_word, blocks = table.record("FORMS", index)
        columns = -(-terms // (64 * words))
        boxes = [(entry, []) for entry in table.list(first_term, terms)]
        for a in range(first_axis, first_axis + axes):
            kind, of, parts, first_row = table.record("AXES", a)
            allowed = [set() for _ in range(terms)]
            for part in range(parts):
                row = table.list(first_row + part * columns, columns)
                bits = [table.numbers("BLOCKS", "Q", first_word + block * words, words) for block in row]
                for t in range(terms):
                    k = t % (64 * words)
                    if bits[t // (64 * words)][k // 64] >> (k % 64) & 1:
                        allowed[t].add(part)
            for t in range(terms):
                boxes[t][1].append((kind, of, allowed[t]))
        return boxes

    def parts(self, values):
        found = []
        for dim, cuts in zip(self.dims, self.cuts):
            fact = self.facts[dim[0]]
            value = values[dim[0]] >> dim[1] & 1 if fact.kind == SET else values[dim[0]]
            found.append(sum(cut <= value for cut in cuts))
        return found

    @staticmethod
    def holds(box, parts, outcomes):
        return all((parts[of] if kind == 0 else outcomes[of]) in allowed for kind, of, allowed in box)

    def is_over(self, d, a, b):
        for first, last, mode in d["over"][d["classes"][a]]:
            if first <= d["classes"][b] <= last:
                return mode == 0 or a < b
        return False

    def reasons(self, d, parts, outcomes):
        held = {entry for entry, box in d["terms"] if self.holds(box, parts, outcomes)}
        rules = [r for r in range(len(d["rules"])) if 2 * r in held and 2 * r + 1 not in held]
        outcome = {r: self.rules[d["rules"][r]][5] for r in rules}
        return {d["rules"][r]: outcome[r] for r in rules
                if not any(outcome[s] != outcome[r] and self.is_over(d, s, r) for s in rules)}

    def decide(self, index, values):
        """(outcome id, reasons), or ("excluded", constraint)."""
        d, parts, outcomes = self.decisions[index], self.parts(values), {}
        for constraint in d["constraints"]:
            if any(self.holds(box, parts, {}) for _, box in self.constraints[constraint]):
                return "excluded", self.constraint_ids[constraint]
        for feeding in (*d["order"], index):
            reasons = self.reasons(self.decisions[feeding], parts, outcomes)
            found = set(reasons.values())
            assert len(found) == 1
            outcomes[feeding] = found.pop()
        return d["outcomes"][outcomes[index]], [self.rule_ids[r] for r in sorted(reasons)]


def random_values(reader, rng):
    """Near the cuts, where a mistake would show; sets and flags with few members, so that constraints leave some."""
    values = []
    for fact in reader.facts:
        if fact.kind == SET:
            values.append(sum(1 << i for i in range(len(fact.members)) if rng.random() < 0.3))
            continue
        marks = [fact.low, fact.high]
        for cut in reader.cuts[fact.dims[0]]:
            marks += [cut - 1, cut]
        values.append(rng.choice(marks) if rng.random() < 0.8 else rng.randint(fact.low, fact.high))
    return values


def as_json(fact, value):
    if fact.kind == BOOLEAN:
        return bool(value)
    if fact.kind == ENUMERATION:
        return fact.members[value]
    if fact.kind == SET:
        return [m for i, m in enumerate(fact.members) if value >> i & 1]
    if fact.kind == DATE:
        import datetime
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=value)).isoformat()
    return value


def check_decision(suite, reader, path, index, rng):
    cases = [random_values(reader, rng) for _ in range(CASES)]
    records = "".join(json.dumps({f.id: as_json(f, v) for f, v in zip(reader.facts, case)}) + "\n" for case in cases)
    answer = suite.run("decide", "--decision", reader.decisions[index]["id"], path, stdin=records)
    lines = [json.loads(line) for line in text(answer.out).splitlines()]
    suite.check(len(lines) == len(cases), f"{path.name} {reader.decisions[index]['id']}: an answer per case", answer)
    for case, line in zip(cases, lines):
        expected = reader.decide(index, case)
        if "error" in line:
            got = ("excluded", line["error"].get("constraint"))
            agree = expected[0] == "excluded" and (got[1] is None or got[1] == expected[1])
        else:
            got = (line["outcome"], [reason["rule"] for reason in line["because"]])
            agree = got == expected
        suite.check(agree, f"{path.name} {reader.decisions[index]['id']}: the readers agree", f"{case}\n{expected}\n{line}")


def check_book(suite, book):
    folder = suite.folder / ("out-" + book.name)
    made = suite.run("build", "--no-pictures", "-o", folder, book)
    for path in folder.glob("*.table"):
        reader = Reader(path.read_bytes())
        rng = random.Random(20260301)
        for index in range(len(reader.decisions) - reader.table.count["GUARDS"]):
            check_decision(suite, reader, path, index, rng)
        return
    suite.check(False, f"{book.name}: builds", made)


def main():
    suite = Suite(__doc__)
    for book in [ROOT / "rulebooks/fujian", *sorted((ROOT / "rulebooks/examples").iterdir())]:
        check_book(suite, book)
    suite.finish()


if __name__ == "__main__":
    main()
