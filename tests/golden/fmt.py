#!/usr/bin/env python3
"""Canonical layout: formatting twice is formatting once, --keywords en and back is --keywords zh, and none of them changes
what the parser reads. Over every rulebook of the project that parses."""
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite  # noqa: E402

WAYS = {"plain": [[]], "zh": [["--keywords", "zh"]], "back": [["--keywords", "en"], ["--keywords", "zh"]],
        "en": [["--keywords", "en"]]}


def rulebooks():
    yield from sorted((ROOT / "rulebooks").rglob("*.rulebook.md"))
    for kind in ("good", "bad"):
        yield from sorted((HERE / kind).glob("*.rulebook.md"))
    yield ROOT / "docs/LANGUAGE.md"
    yield ROOT / "docs/LANGUAGE.zh.md"


def dump(suite, path):
    return suite.run("check", "--dump", "ast", path.name, cwd=path.parent)


def copies(suite, index, path):
    made = {}
    for way in WAYS:
        folder = suite.new_folder(f"{index}/{way}")
        for companion in path.parent.iterdir():
            if companion.suffix == ".csv":
                shutil.copy(companion, folder)
        made[way] = folder / path.name
        shutil.copy(path, made[way])
    return made


def check_file(suite, index, path):
    what = str(path.relative_to(ROOT))
    before = dump(suite, path)
    if before.status != 0:
        return suite.check(path.parent.name == "bad", f"{what} does not parse", before)
    made = copies(suite, index, path)
    for way, steps in WAYS.items():
        for step in steps:
            answer = suite.run("fmt", *step, made[way].name, cwd=made[way].parent)
            suite.check(answer.status == 0, f"{what}: fmt {step}", answer)
        suite.same(before.out, dump(suite, made[way]).out, f"{what}: fmt ({way}) changes what is read")
    suite.same(made["zh"].read_bytes(), made["back"].read_bytes(), f"{what}: --keywords en, then zh, is not zh")
    once = made["plain"].read_bytes()
    again = suite.run("fmt", "--check", made["plain"].name, cwd=made["plain"].parent)
    suite.check(again.status == 0, f"{what}: fmt --check after fmt", again)
    suite.run("fmt", made["plain"].name, cwd=made["plain"].parent)
    suite.same(once, made["plain"].read_bytes(), f"{what}: fmt twice is not fmt once")


def main():
    suite = Suite(__doc__)
    suite.each(lambda item: check_file(suite, *item), list(enumerate(rulebooks())))
    suite.finish()


if __name__ == "__main__":
    main()
