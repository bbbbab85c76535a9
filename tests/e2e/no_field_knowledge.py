#!/usr/bin/env python3
"""Nothing in the compiler, its grammar or the runtime knows about one rulebook: no id, label or name that the rulebooks
declare stands in their sources, comments included. Words of the language itself are no knowledge."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite  # noqa: E402

FOLDERS = ("compiler", "runtime", "grammar")
ALWAYS = {"Fujian", "fujian", "福建", "自贸", "数据出境", "负面清单", "个人信息", "重要数据", "personal information",
          "negative list", "data export"}


def declared():
    """Ids of two words or more and labels of four characters or more: shorter ones are words that anybody may use."""
    words = set(ALWAYS)
    for path in (ROOT / "rulebooks/fujian").glob("*.rulebook.md"):
        text = path.read_text()
        for fence in re.findall(r"^```rulebook\n(.*?)^```", text, re.M | re.S):
            words |= {i for i in re.findall(r"\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)「", fence) if len(i) > 9}
            words |= set(re.findall(r"[a-z0-9_]+「([一-鿿]{4,12})」", fence))
    return words


def keywords():
    text = "".join((ROOT / path).read_text() for path in ("grammar/keywords.def", "compiler/ast/headings.def"))
    return set(re.findall(r'"([^"]+)"', text))


def main():
    suite = Suite(__doc__)
    words = sorted(declared() - keywords())
    suite.check(len(words) > 100, f"only {len(words)} words are declared by the rulebook")
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    suite.check(len(files) > 50, f"only {len(files)} files")
    for path in files:
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for word in words:
                if word in line:
                    suite.check(False, f"{path.relative_to(ROOT)}:{number}: `{word}`: {line.strip()}")
    suite.finish()


if __name__ == "__main__":
    main()
