#!/usr/bin/env python3
"""What a terminal shows while a check lasts: one line in the reader's language, from half a second on, never wider than the
terminal, erased before the findings; no byte of it without a terminal, in JSON, or of a quick check."""
import fcntl
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import termios
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, text  # noqa: E402

LONG = ("--time", "1")                 # the search below has no end within it
WORDS = {"zh": r"正在(检查判定 `甲`：|读规则书|核对名称和引文)", "en": r"(checking decision `alpha`: |reading the rulebook|looking up)"}


def hard(changed=""):
    """Random clauses of three of 100 booleans, so many that hardly a case is left: to find one takes long."""
    rng = random.Random(7)
    lines = ["rulebook hard \"难\"", *(f'fact b{i} "b{i}": boolean' for i in range(100)), 'decision alpha「甲」: { one "one" }']
    for i in range(426):
        clause = " and ".join(rng.choice(("", "not ")) + f"b{b}" for b in rng.sample(range(100), 3))
        lines.append(f"rule r{i} for alpha because 「示例」\n  when {clause}{changed}\n  then one")
    return "# 示例\n\n```rulebook\n" + "\n".join(lines) + "\n```\n"


EASY = '# 示例\n\n```rulebook\nrulebook easy "易"\nfact b "b": boolean\ndecision d "d": { one "one" }\ndefault one for d because 「示例」\n```\n'


def on_terminal(suite, columns, *arguments, **environment):
    """Runs with standard error on a terminal of so many columns; gives what standard output and the terminal were given."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    settings = termios.tcgetattr(slave)
    settings[1] &= ~termios.OPOST      # bytes as they were written
    termios.tcsetattr(slave, termios.TCSANOW, settings)
    with subprocess.Popen([suite.guiju, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=slave,
                          env={**suite.environment, "TERM": "xterm", "NO_COLOR": "1", **environment}) as child:
        os.close(slave)
        shown = bytearray()
        while True:
            try:
                some = os.read(master, 65536)
            except OSError:            # the other end is closed
                some = b""
            if not some:
                break
            shown += some
        out = child.stdout.read()
    os.close(master)
    return text(out), text(bytes(shown))


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_line(suite, book, language, columns):
    """Gives what follows the line."""
    _, shown = on_terminal(suite, columns, "check", *LONG, "--lang", language, book)
    *lines, rest = ("\r" + shown).split("\r")
    suite.check(lines[:2] == ["", ""] and len(lines) > 3, f"{language}: a line is shown", shown)
    suite.check(all(line.endswith("\x1b[K") and "\n" not in line for line in lines[2:]), f"{language}: it is rewritten", shown)
    suite.check(all(width(line.removesuffix("\x1b[K")) < columns for line in lines), f"{language}: it fits {columns}", shown)
    suite.check(columns < 80 or all(re.match(WORDS[language], line) for line in lines[2:]), f"{language}: its words", shown)
    suite.check(rest.startswith("\x1b[K") and "not-decided" in rest, f"{language}: it is erased before the findings", shown)
    return rest.removeprefix("\x1b[K")


def main():
    suite = Suite(__doc__)
    book, easy = suite.folder / "hard.rulebook.md", suite.folder / "easy.rulebook.md"
    book.write_text(hard(), "utf-8")
    easy.write_text(EASY, "utf-8")
    quiet = suite.run("check", *LONG, "--lang", "zh", book)
    suite.check(b"\r" not in quiet.err + quiet.out, "progress without a terminal", quiet)
    for columns in (80, 23):
        suite.same(text(quiet.err), check_line(suite, book, "zh", columns), "the findings are those without a terminal")
    check_line(suite, book, "en", 80)
    json, shown = on_terminal(suite, 80, "check", *LONG, "--format", "json", book)
    suite.check(shown == "" and json.startswith("{"), "JSON: nothing is shown", shown)
    suite.check("\r" not in on_terminal(suite, 80, "check", easy)[1], "a quick check shows nothing")
    suite.check("\r" not in on_terminal(suite, 80, "check", *LONG, book, TERM="dumb")[1], "a terminal that cannot erase")
    old = suite.folder / "old.rulebook.md"
    old.write_text(hard(" and b0"), "utf-8")
    for arguments in (("build", *LONG, "-o", suite.folder / "out", book), ("diff", *LONG, old, book)):
        _, shown = on_terminal(suite, 80, *arguments, "--lang", "en")
        suite.check(re.search("\r(checking|comparing) [^\r]*\x1b\\[K\r\x1b\\[K[^\r]*$", shown), f"{arguments[0]} shows it too", shown)
    suite.finish()


if __name__ == "__main__":
    main()
