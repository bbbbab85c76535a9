#!/usr/bin/env python3
"""Inputs that once went wrong, named by what they did. Every verb that reads a rulebook ends soon and with a status of its
own, in text and in JSON; records (.jsonl, .csv) are decided by tests/e2e/records.rulebook.md."""
import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import Suite  # noqa: E402

VERBS = [["check", "--lang", "zh"], ["check", "--lang", "en", "--notes"], ["check", "--format", "json"], ["check", "--format", "sarif"],
         ["check", "--dump", "tokens"], ["check", "--dump", "ast"], ["check", "--dump", "table"], ["test"], ["trace"],
         ["fmt", "--check"]]


def check(suite, what, answer):
    suite.check(answer.status in (0, 1, 4), f"{what}: status {answer.status}", str(answer)[:3000])
    suite.check(not re.search(rb"Sanitizer|runtime error|Assertion", answer.err), what, str(answer)[:3000])


def main():
    suite = Suite(__doc__)
    for path in sorted(HERE.iterdir()):
        if path.name.endswith(".rulebook.md"):
            copy = shutil.copy(path, suite.folder)
            for verb in VERBS:
                answer = suite.run(*verb, copy, timeout=60)
                check(suite, f"{path.name}: {' '.join(verb)}", answer)
                if "json" in verb or "sarif" in verb:
                    json.loads(answer.out)
        elif path.suffix in (".jsonl", ".csv"):
            book = HERE.parent / "e2e/records.rulebook.md"
            check(suite, path.name, suite.run("decide", "--decision", "entry", "--facts", path, book, timeout=60))
    suite.finish()


if __name__ == "__main__":
    main()
