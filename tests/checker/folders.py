#!/usr/bin/env python3
"""Folders of artifacts whose table or XML was changed, and with it everything that would give the change away for less: checksum,
manifest, the array in the C file. 1,000 tables and 1,000 XML lists are refused; what `verify` accepts is shown to be the same function
by readers that share nothing with it: the second reader of tables, and ElementTree. A forged certificate is refused by its line."""
import hashlib
import importlib.util
import json
import os
import pathlib
import random
import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, text  # noqa: E402

MUTANTS = int(os.environ.get("GUIJU_MUTANTS", "10000")) // 10
FOLDERS = 4
SILENT = {"label", "because", "words", "text", "cell", "cite", "unit", "clause", "document", "account", "resolves", "entry",
          "property", "publication", "group"}


def second_reader():
    spec = importlib.util.spec_from_file_location("second_reader", ROOT / "tests/runtime/second_reader.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seal(reader, table):
    """Another checksum, so that it is not the first thing that is wrong."""
    table = bytearray(table)
    table[24:32] = reader.xxh64(bytes(table[:24] + table[32:])).to_bytes(8, "little")
    return bytes(table)


def forge(folder, name, content):
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    before = (folder / "manifest.json").read_text()
    for file in manifest["files"]:
        if file["name"] == name:
            before = before.replace(file["sha256"], hashlib.sha256(content).hexdigest())
            before = re.sub(rf'("name": "{re.escape(name)}", "size": )\d+', rf"\g<1>{len(content)}", before)
    (folder / "manifest.json").write_text(before)


class Rulebook:
    def __init__(self, suite, reader, source):
        self.suite, self.reader = suite, reader
        self.name = source.name.split(".")[0]
        self.folders = []
        for index in range(FOLDERS):
            folder = suite.folder / f"{self.name}-{index}"
            built = suite.run("build", "--no-pictures", "-o", folder, source)
            suite.check(built.status == 0, f"build {self.name}", built)
            self.folders.append(folder)
        self.id = next(self.folders[0].glob("*.table")).stem
        self.table = (self.folders[0] / f"{self.id}.table").read_bytes()
        self.xml = (self.folders[0] / f"{self.id}.xml").read_bytes()
        self.c = (self.folders[0] / f"{self.id}.c").read_text()
        self.certificate = (self.folders[0] / f"{self.id}.certificate").read_bytes()
        accepted = suite.run("verify", "--lang", "en", self.folders[0])
        suite.check(accepted.status == 0, f"{self.name} as it was made", accepted)

    def verify(self, folder, what):
        answer = self.suite.run("verify", "--lang", "en", folder)
        said = text(answer.out + answer.err)
        self.suite.check(answer.status in (0, 1, 4) and "Sanitizer" not in said and "Assertion" not in said, f"{what}: ends by itself", said)
        return answer.status, said

    def write_table(self, folder, table):
        numbers = ",".join(map(str, table)) + ","
        c = re.sub(r"= \{[^}]*\}", "= {\n" + numbers + "\n}", self.c)
        forge(folder, f"{self.id}.table", table)
        forge(folder, f"{self.id}.c", c.encode())

    def restore(self, folder):
        forge(folder, f"{self.id}.table", self.table)
        forge(folder, f"{self.id}.c", self.c.encode())
        forge(folder, f"{self.id}.xml", self.xml)
        forge(folder, f"{self.id}.certificate", self.certificate)


def rules_of(xml):
    """What an XML list says of decisions: everything but the texts."""
    def plain(element):
        tag = element.tag.split("}")[1]
        attributes = sorted((key, value) for key, value in element.attrib.items() if key not in ("operator", "item", "standard", "clause", "group")
                            and (tag, key) != ("order", "id"))
        parts = [plain(part) for part in element if part.tag.split("}")[1] not in SILENT]
        if tag in ("test", "any", "all", "rung"):  # neither order nor repetition means anything
            parts = sorted({repr(part) for part in parts})
        return tag, attributes, parts
    return plain(ElementTree.fromstring(xml))


NAMED = {"FACTS", "MEMBERS", "DECISIONS", "OUTCOMES", "RULES", "CONSTRAINTS"}  # id, label, english come first


def section_of(reader, table, name):
    index = reader.SECTIONS.index(name)
    at, count = (int.from_bytes(table[32 + 8 * index + k:36 + 8 * index + k], "little") for k in (0, 4))
    size = reader.SIZES[index]
    return [table[at + i * size:at + (i + 1) * size] for i in range(count)]


def named_bytes(reader, table):
    """Where the ids stand in STRING_BYTES: labels differ where the XML has none to compare them with."""
    ends = [int.from_bytes(end, "little") for end in section_of(reader, table, "STRING_ENDS")]
    found = set()
    for name in NAMED:
        for record in section_of(reader, table, name):
            string = int.from_bytes(record[:4], "little")
            found |= set(range(ends[string - 1] if string else 0, ends[string]))
    return found


def same_table(reader, one, other):
    """The names of the sections in which the second reader finds other bytes, where the format gives them a meaning."""
    try:
        a, b = reader.Reader(one), reader.Reader(other)
    except Exception as error:  # noqa: BLE001
        return repr(error)
    meaningless = {"BLOCKS", "BOOK"}  # what bits mean is compared here; BOOK's texts are verify's, its numbers are sizes
    differ = [] if (a.decisions, a.constraints) == (b.decisions, b.constraints) else ["boxes"]
    ids = named_bytes(reader, one)
    for index, section in enumerate(reader.SECTIONS):
        at, count = (int.from_bytes(one[32 + 8 * index + k:36 + 8 * index + k], "little") for k in (0, 4))
        end = at + count * reader.SIZES[index]
        if one[at:end] != other[at:end] and section not in meaningless:
            size = reader.SIZES[index]
            for i, (x, y) in enumerate(zip(one[at:end], other[at:end])):
                label = section in NAMED and 4 <= i % size < 12 or section == "STRING_BYTES" and i not in ids
                if x != y and not label:
                    differ.append((section, i, x, y))
    return differ


def tamper_tables(book, folder, rng, count):
    refused = same = 0
    while refused < count:
        table = bytearray(book.table)
        for _ in range(rng.choice((1, 1, 1, 2))):
            at = rng.randrange(32 + 8 * len(book.reader.SECTIONS), len(table))
            table[at] = rng.choice((table[at] ^ 1 << rng.randrange(8), (table[at] + 1) % 256, 0))
        table = seal(book.reader, table)
        if table == book.table:
            continue
        book.write_table(folder, table)
        status, said = book.verify(folder, f"{book.name}: a table")
        if status == 1:
            refused += 1
        else:
            same += 1
            differ = same_table(book.reader, book.table, table)
            book.suite.check(not differ, f"{book.name}: a changed table is accepted", f"{said}{differ}")
    book.restore(folder)
    return refused, same


def tamper_lists(book, folder, rng, count):
    """One attribute's value, or one element, of the rules."""
    refused = same = 0
    source = text(book.xml)
    start = source.index("<fact")
    places = [m for m in re.finditer(r' (id|kind|low|high|decision|outcome|table|fact|member|value|number|hit|rule|definition)="([^"]*)"|'
                                     r"^ *<(is|range|true|rung|member)[^>]*/>\n", source, re.M) if m.start() > start]
    values = sorted({m.group(2) for m in places if m.group(2)})
    while refused < count:
        place = rng.choice(places)
        if place.group(1):
            value = place.group(2)
            other = str(int(value) + rng.choice((1, -1))) if re.fullmatch(r"-?\d+", value) and rng.random() < .8 else rng.choice(values)
            new = f' {place.group(1)}="{other}"'
        else:
            new = rng.choice(("", place.group(0) * 2))
        mutant = (source[:place.start()] + new + source[place.end():]).encode()
        if mutant == book.xml:
            continue
        forge(folder, f"{book.id}.xml", mutant)
        status, said = book.verify(folder, f"{book.name}: a list")
        if status == 1:
            refused += 1
            continue
        same += 1
        book.suite.check(rules_of(mutant) == rules_of(book.xml), f"{book.name}: a changed list is accepted", said + str(place) + new)
    book.restore(folder)
    return refused, same


# What one part of a procedure or calendar says is changed in the XML or in the table: what is told of it.
XML_CHANGES = (
    ('amount="5" unit="working_days"', 'amount="6" unit="working_days"', "duty rescue.answer_request", "limit_amount 6 working_days"),
    ('amount="5" unit="working_days"', 'amount="5" unit="days"', "duty rescue.answer_request", "limit_amount 5 days"),
    ('<lapse kind="deemed" event="deemed_reopening">', '<lapse kind="deemed" event="settle">', "duty rescue.answer_request", "lapse_to settle"),
    ('<discharged_by event="ask_to_reopen"/>', '<discharged_by event="decide"/>', "duty rescue.inspect_water", "discharged_by decide"),
    ('kind="no_consequence"', 'kind="words"', "duty rescue.patrol", "lapse words"),
    ('beginning_on="--01-01"', 'beginning_on="--07-01"', "duty rescue.count_swimmers", "beginning_on --07-01"),
    ('id="closing" amount="3"', 'id="closing" amount="4"', "validity rescue.closing", "amount 4 months"),
    (' survives="true"', "", "validity rescue.closing", "flags "),
    ('id="danger" no_stay="true"', 'id="danger"', "state rescue.danger", "flags "),
    ('停用</label>', '关停</label>', "state rescue.closed", "label 关停"),
    ('<event id="settle" role="director">', '<event id="settle" role="lifeguard">', "event rescue.settle", "role lifeguard"),
    ('>地点</material>', '>地址</material>', "step rescue.report_danger", "material 地址"),
    ('   <and_the_like role="director"/>\n', "", "step rescue.report_danger", "flags "),
    (' last_day_moves="true"', "", "procedure rescue", "flags "),
    (' made_up="4"', ' made_up="5"', "calendar pool_days", "made_up 5"),
    ('date="--05-01"', 'date="--05-02"', "calendar pool_days", "always_off --05-02"),
    ('date="2026-02-14" kind="made_up"', 'date="2026-02-15" kind="made_up"', "year pool_days.2026", "made_up 2026-02-15"),
    ('>开馆公告（虚构）<', '>开馆公告<', "year pool_days.2026", "notice 开馆公告"),
    ('2026年版（示例', '2025年版（示例', "rulebook everything", "edition_label 2025年版（示例，虚构）"),
)
TABLE_CHANGES = (                      # section, item, field, value
    ("DUTIES", 2, 6, 6, "duty rescue.answer_request", "limit_amount 6 working_days"),
    ("DUTIES", 3, 17, 0, "duty rescue.patrol", "lapse none"),
    ("VALIDITIES", 0, 3, 4, "validity rescue.closing", "amount 4 months"),
    ("STATES", 1, 3, 0, "state rescue.danger", "flags "),
    ("EVENTS", 0, 4, 0, "event rescue.decide", "role swimmer"),
    ("STEPS", 1, 17, 2**32 - 1, "step rescue.report_danger", "and_the_like_role -"),
    ("PROCEDURES", 0, 5, 0, "procedure rescue", "flags "),
    ("CALENDARS", 0, 7, 5, "calendar pool_days", "made_up 5"),
    ("CALENDAR_YEARS", 0, 0, 2027, "year pool_days.2026", "year pool_days.2027"),
)


def procedures_differ(book, folder):
    def refused(heading, line):
        status, said = book.verify(folder, f"{heading}: {line}")
        book.suite.check(status == 1 and f"({heading})" in said and f"`{line}`" in said, f"{heading} {line} is told", said)
        book.restore(folder)

    for old, new, heading, line in XML_CHANGES:
        xml = text(book.xml)
        at = xml.index(old, xml.index("<calendar") if "年版" not in old else 0)
        forge(folder, f"{book.id}.xml", (xml[:at] + new + xml[at + len(old):]).encode())
        refused(heading, line)
    for section, item, field, value, heading, line in TABLE_CHANGES:
        table = bytearray(book.table)
        index = book.reader.SECTIONS.index(section)
        at = int.from_bytes(table[32 + 8 * index:36 + 8 * index], "little") + item * book.reader.SIZES[index] + 4 * field
        table[at:at + 4] = value.to_bytes(4, "little")
        book.write_table(folder, seal(book.reader, table))
        refused(heading, line)


def forged_certificate(book, folder):
    lines = book.certificate.split(b"\n")
    for at, line in enumerate(lines):
        if not re.match(rb"[=!]\d", line):
            continue
        forge(folder, f"{book.id}.certificate", b"\n".join(lines[:at] + [b"~"] + lines[at + 1:]))
        status, said = book.verify(folder, "a certificate")
        book.suite.check(status == 1 and f"{book.id}.certificate`, line {at + 1}:" in said, f"{book.name}: line {at + 1} is named", said)
        break
    forge(folder, f"{book.id}.certificate", b"guiju-certificate 0.1\nend\n")
    status, said = book.verify(folder, "an empty certificate")
    book.suite.check(status == 4 and " 0 are proved" in said, f"{book.name}: an empty certificate proves nothing", said)
    book.restore(folder)


def main():
    suite = Suite(__doc__)
    reader = second_reader()
    sources = [ROOT / "rulebooks/examples/parcel", ROOT / "tests/e2e/records.rulebook.md"]
    books = [Rulebook(suite, reader, source) for source in sources]
    everything = Rulebook(suite, reader, ROOT / "rulebooks/examples/everything")
    procedures_differ(everything, everything.folders[0])
    for book in books:
        forged_certificate(book, book.folders[0])
    jobs = [(book, index) for book in books for index in range(FOLDERS)]
    each = -(-MUTANTS // len(jobs))
    tables, lists = [], []

    def work(job):
        book, index = job
        rng = random.Random(f"{book.name} {index}")
        tables.append(tamper_tables(book, book.folders[index], rng, each))
        lists.append(tamper_lists(book, book.folders[index], rng, each))

    suite.each(work, jobs)
    for what, found in (("tables", tables), ("lists", lists)):
        print(f"{sum(r for r, _ in found)} changed {what} refused, {sum(s for _, s in found)} the same function all the same")
        suite.check(sum(r for r, _ in found) >= MUTANTS, f"enough {what}")
    suite.finish()


if __name__ == "__main__":
    main()
