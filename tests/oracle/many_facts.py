#!/usr/bin/env python3
"""What is found does not depend on how: a rulebook with thousands of facts more, read only by a rule that never holds, has the
findings of the one without, with the same regions. The sets of cases that regions are taken from otherwise are not made of so many
facts; those found by searching boxes stand in their place."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite  # noqa: E402
from book import Book  # noqa: E402

SETS, MEMBERS = 131, 63                 # 8,253 dimensions; sets of cases are made up to 8,192
SEEDS = (16, 20, 28, 42, 44)            # of those to 45 the ones that such a search decides with 60,000 boxes
SLUGS = ("conflict", "gap", "overlap", "overridden", "redundant", "unreachable", "refuted")


def with_more(source):
    """Each decision gets a rule that never holds and reads all of the sets."""
    facts = [f'fact p{i} "p{i}": set {{ {", ".join(f"q{i}_{k}" for k in range(MEMBERS))} }}' for i in range(SETS)]
    when = " and ".join([f"p{i} is_empty" for i in range(SETS)] + ["p0 contains q0_0"])
    rules = [f"rule never_{did} for {did} because 「示例」\n  when {when}\n  then {outcome}"
             for did, outcome in re.findall(r'^decision (\w+) .*?\{ (\w+)', source, re.M)]
    at = source.index("decision ")
    return source[:at] + "\n".join(facts) + "\n" + source[at:].rstrip().removesuffix("```") + "\n".join([*rules, "```", ""])


def answer(suite, name, source):
    path = suite.folder / f"{name}.rulebook.md"
    path.write_text(source)
    return json.loads(suite.run("check", "--format", "json", "--nodes", "60000", path).out)


def described(found):
    """Of each finding what, of which rules, the case and the regions; counts grow with the facts."""
    return [json.dumps([f["slug"], f.get("rules"), f.get("witness"), [region["when"] for region in f.get("regions", [])]])
            for f in found if f["slug"] in SLUGS]


def check_seed(suite, seed, tally):
    source = Book(seed).text()
    few, many = answer(suite, f"few{seed}", source), answer(suite, f"many{seed}", with_more(source))
    mine = described(few["findings"])
    suite.check(not any(f["slug"] == "not-decided" for told in (few, many) for f in told["findings"]), f"seed {seed}: decided")
    suite.same("\n".join(mine), "\n".join(described(many["findings"])), f"seed {seed}")
    tally["findings"] += len(mine)


def main():
    suite = Suite(__doc__)
    tally = {"findings": 0}
    suite.each(lambda seed: check_seed(suite, seed, tally), SEEDS)
    print(f"{len(SEEDS)} rulebooks, {tally['findings']} findings")
    suite.check(tally["findings"] > 0, "some findings", tally)
    suite.finish()


if __name__ == "__main__":
    main()
