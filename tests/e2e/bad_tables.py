#!/usr/bin/env python3
"""A table that is cut or changed is refused by `decide`, whatever its length and whichever byte changed: status 3, a
message that names the file, no answer. The library is asked about every length and every bit (table_damage), the program
about the first bytes and a sample of the others."""
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))
import tables  # noqa: E402
from harness import ROOT, Suite, run, text  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
RECORD = b'{"member": false, "age": 30, "card": "none", "items": [], "born": "2000-01-01", "on": "2026-06-01"}\n'
SAMPLE = 60


def configure(parser):
    parser.add_argument("--table-damage", required=True, help="the program table_damage")
    parser.add_argument("--every", action="store_true", help="every bit of a table of 64 KiB too, not every 7th")


def damaged(table):
    """Yields (name, bytes)."""
    size = len(table)
    places = list(range(0, 64)) + [64 + i * (size - 64) // SAMPLE for i in range(SAMPLE)] + [size - 1]
    for at in sorted(set(places)):
        yield f"cut to {at} bytes", table[:at]
        yield f"byte {at} flipped", table[:at] + bytes([table[at] ^ 0xff]) + table[at + 1:]
    yield "a byte behind its end", table + b"\0"
    yield "a text", b"not a table\n" * 100
    yield "zeros", bytes(size)


def check_refused(suite, item):
    index, (what, content) = item
    path = suite.folder / f"damaged-{index}.table"
    path.write_bytes(content)
    for language in ("zh", "en"):
        answer = suite.run("decide", "--decision", "entry", "--lang", language, path, stdin=RECORD)
        said = text(answer.err)
        suite.check(answer.status in (1, 3) and not answer.out, f"{what}: status {answer.status}", answer)
        suite.check(path.name in said and not re.search("Sanitizer|runtime error|assert", said), f"{what}: the message", said)
        suite.check(bool(re.search("[一-鿿]", said)) == (language == "zh"), f"{what}: the language `{language}`", said)


def check_books(suite):
    """The library, over every length and every bit of the tables of all example rulebooks."""
    books = [HERE / "records.rulebook.md"] + sorted((ROOT / "rulebooks/examples").iterdir())
    for book in books:
        out = suite.folder / ("out-" + book.stem)
        made = suite.run("build", "--no-pictures", "-o", out, book)
        suite.check(made.status == 0, f"build {book.name}", made)
        for table in sorted(out.glob("*.table")):
            answer = run([str(pathlib.Path(suite.options.table_damage).resolve()), str(table)], suite.folder, environment=suite.environment)
            suite.check(answer.status == 0, f"{table.name}, every length and every bit", answer)


def check_large(suite):
    """A table of at least 64 KiB."""
    book, out = suite.folder / "large.rulebook.md", suite.folder / "out-large"
    book.write_text(tables.complete(520).text())
    suite.check(suite.run("build", "--no-pictures", "-o", out, book).status == 0, "build of a large table")
    table = out / "bench.table"
    size = table.stat().st_size
    suite.check(size >= 65536, "a large table", size)
    options = ["--every"] if suite.options.every else []
    answer = run([str(pathlib.Path(suite.options.table_damage).resolve()), *options, str(table)], suite.folder, timeout=600, environment=suite.environment)
    suite.check(answer.status == 0, "the large table, every length and every bit", answer)
    print(text(answer.out), end="")


def main():
    suite = Suite(__doc__, configure)
    check_books(suite)
    check_large(suite)
    table = suite.folder / "records.table"
    shutil.copy(suite.folder / "out-records.rulebook" / table.name, table)
    good = suite.run("decide", "--decision", "entry", table, stdin=RECORD)
    suite.check(good.status == 0 and b'"paid"' in good.out, "the table as it was made", good)
    suite.each(lambda item: check_refused(suite, item), list(enumerate(damaged(table.read_bytes()))))
    suite.finish()


if __name__ == "__main__":
    main()
