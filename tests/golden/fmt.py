#!/usr/bin/env python3
"""Canonical layout, over every rulebook of the project that parses: formatting twice is formatting once, --keywords en and
back is --keywords zh, and none of them changes what is read. Of the many small ones here the last is seen by the harness
fuzz_rulebook, which reads them all in one process."""
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite, text  # noqa: E402

WAYS = {"plain": [[]], "zh": [["--keywords", "zh"]], "back": [["--keywords", "en"], ["--keywords", "zh"]],
        "en": [["--keywords", "en"]]}


def parses(path):
    """What no parser reads, be it for a table in a file that is missing, cannot be formatted."""
    return not re.search("^// expects: (syntax|character|limit)|取自 missing", text(path.read_bytes()), re.M)


def rulebooks():
    for kind in ("good", "bad"):
        yield from filter(parses, sorted((HERE / kind).glob("*.rulebook.md")))
    yield from sorted((ROOT / "rulebooks").rglob("*.rulebook.md"))
    yield ROOT / "docs/LANGUAGE.md"
    yield ROOT / "docs/LANGUAGE.zh.md"


def copies(suite, way, originals):
    folder = suite.new_folder(way)
    for companion in {path for original in originals for path in original.parent.glob("*.csv")}:
        shutil.copy(companion, folder)
    return [pathlib.Path(shutil.copy(path, folder / f"{index}-{path.name}")) for index, path in enumerate(originals)]


def fmt(suite, paths, *options):
    """At most 256 operands a run."""
    names = [path.name for path in paths]
    for start in range(0, len(names), 200):
        answer = suite.run("fmt", "--lang", "en", *options, *names[start:start + 200], cwd=paths[0].parent)
        suite.check(answer.status == 0 and not answer.out and not answer.err, f"fmt {' '.join(options)}", answer)


def dump(suite, path):
    return suite.run("check", "--dump", "ast", path.name, cwd=path.parent)


def main():
    suite = Suite(__doc__)
    originals = list(rulebooks())
    suite.check(len(originals) > 100, f"{len(originals)} rulebooks")
    made = {}
    for way, steps in WAYS.items():
        made[way] = copies(suite, way, originals)
        for step in steps:
            fmt(suite, made[way], *step)
    once = [path.read_bytes() for path in made["plain"]]
    fmt(suite, made["plain"], "--check")
    fmt(suite, made["plain"])
    for index, original in enumerate(originals):
        what = str(original.relative_to(ROOT))
        suite.same(once[index], made["plain"][index].read_bytes(), f"{what}: fmt twice is not fmt once")
        suite.same(made["zh"][index].read_bytes(), made["back"][index].read_bytes(), f"{what}: --keywords en, then zh, is not zh")
        if original.is_relative_to(HERE):
            continue
        before = dump(suite, original)
        suite.check(before.status == 0 and before.out, f"{what} does not parse", before)
        for way in WAYS:
            suite.same(before.out, dump(suite, made[way][index]).out, f"{what}: fmt ({way}) changes what is read")
    suite.finish()


if __name__ == "__main__":
    main()
