#!/usr/bin/env python3
"""The checker and its readers on certificates of real and random rulebooks. True ones pass. Of 10,000 that were tampered with each is
refused, or it still claims nothing that is false: that is then found by looking at every case (naive.py). What is proved is true of
the book, also when it is the book that was changed. Of 1,000 tables and 1,000 lists whose procedures or calendars were changed the
readers print another form, or the same is told (told.py). Truncation, depth and sizes are survived. All five programs stay small, and
read the versions that the compiler writes."""
import os
import pathlib
import random
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, run, text  # noqa: E402
import folders  # noqa: E402
import naive  # noqa: E402
import told  # noqa: E402

MUTANTS = int(os.environ.get("GUIJU_MUTANTS", "10000"))
SEEDS = 400
LIMITS = {"checker.c": 400, "reader_table.c": 300, "reader_xml.c": 300, "time_table.c": 300, "time_xml.c": 300}
LIBC = {"inttypes.h", "stdbool.h", "stdint.h", "stdio.h", "stdlib.h", "string.h"}


def configure(parser):
    parser.add_argument("--books", required=True, help="the program that makes artifacts of random rulebooks")
    parser.add_argument("--part", type=int, default=1, help="of the mutants one in so many")


class Checking:
    def __init__(self, suite):
        self.suite = suite
        self.folder = pathlib.Path(suite.guiju).parent
        self.accepted = self.refused = 0

    def program(self, name, stdin):
        answer = run([str(self.folder / name)], self.suite.folder, stdin, 60, self.suite.environment)
        self.suite.check(answer.status in (0, 1, 4) and b"Sanitizer" not in answer.err, f"{name} ends by itself", answer)
        return answer

    def proved(self, plain, certificate):
        """How many decisions are proved; None: refused."""
        answer = self.program("guiju-checker", plain + certificate)
        found = re.match(rb"(\d+) of \d+ decisions proved\n$", answer.out)
        if answer.status == 1:
            self.suite.check(re.match(rb"(plain|certificate):\d+: .", answer.out), "a refusal names its line", answer)
            return None
        return int(found.group(1)) if self.suite.check(found, "an answer", answer) else None


def small_programs(suite):
    for name, limit in LIMITS.items():
        source = (ROOT / "compiler/checker" / name).read_text()
        lines = source.count("\n")
        suite.check(lines <= limit, f"{name} has at most {limit} lines", lines)
        suite.check(max(map(len, source.split("\n"))) <= 150, f"{name}: lines that can be read")
        for header in re.findall(r'#include ["<](.*)[">]', source):
            suite.check(header in LIBC or (name.endswith("_xml.c") and header.startswith("libxml/")), f"{name} includes {header}")


def formats(suite):
    """The readers share no header with the compiler: what they expect is compared with what it writes."""
    header = (ROOT / "runtime/format.h").read_text()
    version = int(re.search(r"#define FORMAT_VERSION (\d+)u", header).group(1))
    sections = len(re.findall(r"^\tSECTION\([A-Z_]+, \d+\)", header, re.M))
    xml = re.search(r'#define FORMAT_XML "(.*)"', (ROOT / "compiler/emit/emit.h").read_text()).group(1)
    for name in LIMITS:
        source = (ROOT / "compiler/checker" / name).read_text()
        if name.endswith("_table.c"):
            magic = rf"GUIJU\x1a\n\{version:o}\0\0\0\x{sections:02x}\0\0\0"
            suite.check(magic in source and f'"no table 0.{version}"' in source, f"{name} reads tables 0.{version}")
        if name.endswith("_xml.c"):
            suite.check(f'"{xml}") == 0, "no rulebook {xml}"' in source, f"{name} reads XML {xml}")


def real(checking):
    suite = checking.suite
    for path in sorted((ROOT / "generated").rglob("*.certificate")):
        xml, table = (path.with_suffix(suffix).read_bytes() for suffix in (".xml", ".table"))
        one, other = checking.program("guiju-plain-xml", xml), checking.program("guiju-plain-table", table)
        suite.same(one.out, other.out, f"{path.stem}: plain forms")
        times = checking.program("guiju-time-xml", xml), checking.program("guiju-time-table", table)
        suite.same(times[0].out, times[1].out, f"{path.stem}: time forms")
        suite.check(times[0].out.endswith(b"\nend\n"), f"{path.stem}: a whole time form", times[0])
        decisions = one.out.count(b"\ndecision ")
        suite.check(checking.proved(one.out, path.read_bytes()) == decisions > 0, f"{path.stem}: everything is proved")
        truncated(checking, one.out, path.read_bytes()) if path.stem == "parcel" else None


def truncated(checking, plain, certificate):
    for size in range(len(certificate)):
        checking.suite.check(checking.proved(plain, certificate[:size]) is None, f"cut after {size} bytes")
    for size in range(0, len(plain), 7):
        checking.suite.check(checking.proved(plain[:size], certificate) is None, f"plain form cut after {size} bytes")


def hostile(checking):
    head = b"guiju-plain 0.2\nfact f integer\naxis 0 9000000000\ndecision d\noutcome a\noutcome b\nrules d\nrule 0 r\nbox\nend\n"
    start = b"guiju-certificate 0.1\ndecision 0\norder 0\ntree cover settle\n"
    deep = b"".join(b"0<%d\n=0\n" % i for i in range(1, 200001))
    for what, certificate in {
            "depth": start + deep + b"=0\nend\n", "a large number": start + b"0<99999999999999999999999999\n",
            "an axis that is none": start + b"9<1\n", "bytes": bytes(range(256)) * 100, "nothing": b"", "NUL": start + b"=0\0\n",
            "spaces": start + b"=0 \n!0\nend\n", "a rule too many": start + b"=1\n", "behind the end": start + b"!0\nend\nend\n",
            "an empty side": start + b"0<0\n=0\n!0\nend\n", "twice": start + b"!0!0\nend\n"}.items():
        checking.suite.check(checking.proved(head, certificate) is None, f"hostile: {what}")
    checking.suite.check(checking.proved(head, start + b"!0\nend\n") == 1, "and the true one passes")
    own = head.replace(b"box\n", b"box 1:0-1\n")
    checking.suite.check(checking.proved(own, start + b"!0\nend\n") is None, "hostile: a decision that feeds itself")
    for name in ("guiju-plain-xml", "guiju-plain-table", "guiju-time-xml", "guiju-time-table"):
        for what, content in {"nothing": b"", "bytes": bytes(range(256)) * 50, "depth": b"<a>" * 5000,
                              "another root": b"<?xml version='1.0'?><rulebook/>"}.items():
            checking.suite.check(checking.program(name, content).status in (1, 4), f"{name}: {what}")


def tampered_times(checking, name, count):
    """Calendars and procedures of tables and lists changed in a byte or word: where the time form stays the same nothing is told
    otherwise, by readers that share nothing with it."""
    reader = folders.second_reader()
    path = next((ROOT / "generated").rglob(f"{name}.table"))
    table, source = path.read_bytes(), path.with_suffix(".xml").read_text()
    forms = [checking.program(f"guiju-time-{kind}", content).out for kind, content in (("table", table), ("xml", source.encode()))]
    before = told.time_of_table(reader, table), told.time_by_list(source)
    places = folders.stretches(reader, table)
    timed = [at for section in (*folders.TIME, "LISTS") for at in places[section]]
    rng = random.Random(name)
    changed = [0, 0]
    while min(changed) < count:
        mutant = bytearray(table)
        at = rng.choice(timed)
        mutant[at] = rng.choice((mutant[at] ^ 1 << rng.randrange(8), (mutant[at] + 1) % 256, 0, 255))
        mutant = folders.seal(reader, mutant)
        answer = checking.program("guiju-time-table", mutant)
        if answer.status != 0 or answer.out != forms[0]:
            changed[0] += 1
        else:
            checking.suite.check(told.time_of_table(reader, mutant) == before[0], f"{name}: byte {at} of the table is told", mutant[at])
        mutant, what = folders.changed_list(rng, source)
        answer = checking.program("guiju-time-xml", mutant.encode())
        if answer.status != 0 or answer.out != forms[1]:
            changed[1] += 1
        else:
            checking.suite.check(told.time_by_list(mutant) == before[1], f"{name}: what the list says is told", what)
    print(f"{name}: {changed[0]} changed tables and {changed[1]} changed lists have another time form or none")


def mutate(rng, content, numbers):
    """One small change of text."""
    lines = content.split(b"\n")
    at = rng.randrange(max(1, len(lines) - 1))
    kind = rng.randrange(8)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[rng.randrange(len(lines))])
    elif kind == 2 and at + 1 < len(lines):
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    elif kind <= 5:
        found = list(re.finditer(rb"\d+", lines[at]))
        if found:
            one = rng.choice(found)
            value = rng.choice([int(one.group()) + 1, max(0, int(one.group()) - 1), rng.choice(numbers)])
            lines[at] = lines[at][:one.start()] + b"%d" % value + lines[at][one.end():]
    else:
        line = bytearray(lines[at] or b" ")
        place = rng.randrange(len(line))
        line[place:place + rng.randrange(2)] = bytes([rng.choice(b"0123456789!=~xv<: -cdet\n\r\t")])
        lines[at] = bytes(line)
    return b"\n".join(lines)


class RandomBook:
    def __init__(self, checking, folder, seed):
        xml, table, self.certificate, clean = ((folder / f"{seed}.{suffix}").read_bytes()
                                               for suffix in ("xml", "table", "certificate", "clean"))
        suite, self.seed = checking.suite, seed
        self.plain = checking.program("guiju-plain-xml", xml).out
        suite.same(self.plain, checking.program("guiju-plain-table", table).out, f"seed {seed}: plain forms")
        self.book = naive.Book(text(self.plain))
        self.clean = {int(line) for line in clean.split()}
        self.proved = checking.proved(self.plain, self.certificate)
        self.is_small = self.book.size() <= naive.LIMIT_CASES
        claimed = {int(d) for d in re.findall(rb"^decision (\d+)$", self.certificate, re.M)}
        suite.check(self.proved == len(claimed) and claimed >= self.clean, f"seed {seed}: what is clean is proved", (claimed, self.clean))
        if self.is_small:
            suite.check(claimed <= self.book.truth(self.book.cases()), f"seed {seed}: what is proved is true")


def tamper(checking, one, count):
    """Certificates changed; then, less often, the book."""
    rng = random.Random(one.seed)
    numbers = [int(n) for n in re.findall(rb"\d+", one.certificate)] + [0, 1, 2]
    refused = accepted = 0
    while refused < count:
        mutant = mutate(rng, one.certificate, numbers)
        if mutant == one.certificate:
            continue
        if checking.proved(one.plain, mutant) is None:
            refused += 1
            continue
        accepted += 1
        try:
            naive.Certificate(one.book, text(mutant)).is_true()
        except (naive.Malformed, RecursionError) as false:
            checking.suite.check(False, f"seed {one.seed}: a false certificate is accepted: {false}", text(mutant))
            return refused, accepted
    claimed = {int(d) for d in re.findall(rb"^decision (\d+)$", one.certificate, re.M)}
    for _ in range(max(3, count // 20)):
        plain = mutate(rng, one.plain, numbers)
        proved = checking.proved(plain, one.certificate)
        if not proved:
            continue
        try:
            book = naive.Book(text(plain))
            good = book.size() > naive.LIMIT_CASES or claimed <= book.truth(book.cases())
        except (ValueError, IndexError, KeyError, TypeError) as error:
            good, book = False, error
        checking.suite.check(good, f"seed {one.seed}: something false of a changed book is proved", f"{text(plain)}\n{claimed} {book}")
    return refused, accepted


def main():
    suite = Suite(__doc__, configure)
    checking = Checking(suite)
    mutants = -(-MUTANTS // suite.options.part)
    small_programs(suite)
    formats(suite)
    real(checking)
    hostile(checking)
    suite.each(lambda name: tampered_times(checking, name, -(-mutants // 20)), ("everything", "fujian"))
    folder = suite.new_folder("books")
    subprocess.run([suite.options.books, str(folder), "1", str(SEEDS)], check=True)
    seeds = sorted(int(path.stem) for path in folder.glob("*.xml"))
    books = [RandomBook(checking, folder, seed) for seed in seeds]
    proved = [book for book in books if book.proved]
    used = [book for book in proved if book.is_small]
    suite.check(len(used) >= 20, "enough random rulebooks of which something is proved", len(used))
    each = -(-mutants // max(1, len(used)))
    results = []
    suite.each(lambda book: results.append(tamper(checking, book, each)), used)
    print(f"{len(books)} random rulebooks, {sum(book.proved or 0 for book in books)} decisions proved; of their certificates "
          f"{sum(r for r, _ in results)} mutants refused, {sum(a for _, a in results)} true all the same")
    suite.check(sum(r for r, _ in results) >= mutants, "enough mutants")
    suite.finish()


if __name__ == "__main__":
    main()
