#!/usr/bin/env python3
"""Folders of artifacts whose table or XML was changed, and with it everything that would give the change away for less: checksum,
manifest, the array in the C file. 1,000 tables and 1,000 XML lists are refused; what `verify` accepts is shown to tell the same by
readers that share nothing with it (told.py). A difference in a procedure or calendar is quoted; a forged certificate is refused by its
line."""
import hashlib
import importlib.util
import json
import os
import pathlib
import random
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, text  # noqa: E402
import told  # noqa: E402

MUTANTS = int(os.environ.get("GUIJU_MUTANTS", "10000")) // 10
FOLDERS = 4
TIME = ("CALENDARS", "CALENDAR_YEARS", "ROLES", "PROCEDURES", "STATES", "EVENTS", "STEPS", "DUTIES", "VALIDITIES", "GUARDS")


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
        lines = ("\t" + "".join(f"{byte}," for byte in table[at:at + 24]) for at in range(0, len(table), 24))
        c = re.sub(r"= \{[^}]*\}", "= {\n" + "\n".join(lines) + "\n}", self.c)
        forge(folder, f"{self.id}.table", table)
        forge(folder, f"{self.id}.c", c.encode())

    def restore(self, folder):
        forge(folder, f"{self.id}.table", self.table)
        forge(folder, f"{self.id}.c", self.c.encode())
        forge(folder, f"{self.id}.xml", self.xml)
        forge(folder, f"{self.id}.certificate", self.certificate)


def stretches(reader, table):
    """Where the bytes of each section stand."""
    found = {}
    for index, name in enumerate(reader.SECTIONS):
        at, count = (int.from_bytes(table[32 + 8 * index + k:36 + 8 * index + k], "little") for k in (0, 4))
        found[name] = range(at, at + count * reader.SIZES[index])
    return found


def tamper_tables(book, folder, rng, count):
    refused = same = 0
    places = stretches(book.reader, book.table)
    timed = [at for name in TIME for at in places[name]]
    while refused < count:
        table = bytearray(book.table)
        for _ in range(rng.choice((1, 1, 1, 2))):
            at = rng.choice(timed) if timed and rng.random() < .5 else rng.randrange(places["CUTS"].start, len(table))
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
            differs = told.same_tables(book.reader, book.table, table)
            book.suite.check(not differs, f"{book.name}: a changed table is accepted", f"{said}{differs}")
    book.restore(folder)
    return refused, same


ATTRIBUTE = r' (?!xml|digest|format|level|parent|fate|file)([a-z_]+)="([^"]*)"'
LINE = r"^ *<([a-z_]+)(?: [^>]*)?(?:/>|>[^<\n]*</\1>)\n"
CONTENT = r">([^<\n]+)</"


def changed_list(rng, source):
    """One attribute's value, one line or one text."""
    pattern = rng.choice((ATTRIBUTE, ATTRIBUTE, LINE, CONTENT))
    start = source.index(rng.choice(("<fact", "<calendar"))) if "<calendar" in source else source.index("<fact")
    places = list(re.finditer(pattern, source[start:], re.M))
    place = rng.choice(places)
    if pattern == LINE:
        new = rng.choice(("", place.group(0) * 2))
    elif pattern == CONTENT:
        new = f">{place.group(1)[1:]}</" if rng.random() < .5 else f">{place.group(1)}{rng.choice('甲x0 ')}</"
    elif re.fullmatch(r"-?\d+", place.group(2)) and rng.random() < .8:
        new = f' {place.group(1)}="{int(place.group(2)) + rng.choice((1, -1))}"'
    else:
        alike = [m.group(2) for m in places if m.group(1) == place.group(1) or rng.random() < .01]
        new = f' {place.group(1)}="{rng.choice(alike)}"'
    return source[:start + place.start()] + new + source[start + place.end():], place.group(0) + " -> " + new


def tamper_lists(book, folder, rng, count):
    refused = same = 0
    source, before = text(book.xml), told.List(book.xml)
    while refused < count:
        mutant, what = changed_list(rng, source)
        if mutant == source:
            continue
        forge(folder, f"{book.id}.xml", mutant.encode())
        status, said = book.verify(folder, f"{book.name}: a list")
        if status == 1:
            refused += 1
            continue
        same += 1
        book.suite.check(told.List(mutant) == before, f"{book.name}: a changed list is accepted", said + what)
    book.restore(folder)
    return refused, same


# What one part of a procedure or calendar says is changed in the XML or in the table: what is told of it.
XML_CHANGES = (
    ('amount="5" unit="working_days"', 'amount="6" unit="working_days"', "duty rescue.answer_request", "limit_amount 6 working_days"),
    ('amount="5" unit="working_days"', 'amount="5" unit="days"', "duty rescue.answer_request", "limit_amount 5 days"),
    ('<lapse kind="deemed" event="deemed_reopening">', '<lapse kind="deemed" event="settle">', "duty rescue.answer_request", "lapse_to settle"),
    ('<discharged_by event="ask_to_reopen"/>', '<discharged_by event="decide"/>', "duty rescue.inspect_water", "discharged_by decide"),
    ('kind="no_consequence"/>', 'kind="words"><words>罚</words></lapse>', "duty rescue.patrol", "lapse words"),
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
NO_LISTS = (                           # what only the list could say, and what it says of one thing twice
    ('<label xml:lang="zh">停用</label>', '<label xml:lang="fr">停用</label>'),
    ('<label xml:lang="zh">停用</label>', '<label xml:lang="zh">停用</label><label xml:lang="zh">停用</label>'),
    ('outcome="told" table="notices"', 'outcome="told" table="fees"'),
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
    for old, new in NO_LISTS:
        forge(folder, f"{book.id}.xml", text(book.xml).replace(old, new, 1).encode())
        status, said = book.verify(folder, new)
        book.suite.check(status == 1 and old in text(book.xml), f"{new} is refused", said)
        book.restore(folder)
    for section, item, field, value, heading, line in TABLE_CHANGES:
        table = bytearray(book.table)
        size = book.reader.SIZES[book.reader.SECTIONS.index(section)]
        at = stretches(book.reader, table)[section].start + item * size + 4 * field
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
    books.append(Rulebook(suite, reader, ROOT / "rulebooks/examples/everything"))
    procedures_differ(books[-1], books[-1].folders[0])
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
        print(f"{sum(r for r, _ in found)} changed {what} refused, {sum(s for _, s in found)} that tell the same accepted")
        suite.check(sum(r for r, _ in found) >= MUTANTS, f"enough {what}")
    suite.finish()


if __name__ == "__main__":
    main()
