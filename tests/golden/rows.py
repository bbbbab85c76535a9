#!/usr/bin/env python3
"""Regions that can be pasted: `check --explain-region` shows them as rows of a pipe table. The rows of a gap are put into
its table, or into a new one of its decision, with an outcome; the gap is gone. Those of every other finding make a table
that is read without a mistake of writing."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import Suite, text  # noqa: E402

MANY = 10
MISWRITTEN = {"syntax", "character", "undefined", "duplicate", "type", "outside-domain", "limit"}


def check(suite, folder, name, *arguments):
    return suite.run("check", "--regions", "all", "--notes", *arguments, name, cwd=folder)


def findings_of(suite, folder, name):
    answer = check(suite, folder, name, "--format", "json")
    return json.loads(answer.out)["findings"] if answer.out else []


def blocks(output):
    """The pipe tables that the findings show, in order: lists of lines."""
    found, block = [], None
    for line in text(output).split("\n"):
        if line in ("   作为表的行：", "   as rows of a table:"):
            block = []
            found.append(block)
        elif block is not None and line.startswith("   |"):
            block.append(line[3:])
        else:
            block = None
    return found


def filled(block, outcome):
    """The rows with the outcome in the column that says it; its place in the heading, or none."""
    heads = [cell.strip() for cell in block[0].strip("|").split("|")]
    place = next((i for i, head in enumerate(heads) if head in ("则", "then")), None)
    rows = []
    for line in block[2:]:
        cells = line[1:-1].split("|")
        if len(cells) != len(heads):
            return None, None
        if place is not None:
            cells[place] = f" {outcome} "
        rows.append("|" + "|".join(cells) + "|")
    return rows, place


def outcome_of(source, decision):
    found = re.search(r"^(?:判定|decision) " + decision + r"\b[^{]*\{\s*([a-z0-9_]+)", source, re.M)
    return found.group(1)


def pasted(source, finding, block):
    """The rulebook with the rows in the finding's table, or in a table of their own."""
    rows, place = filled(block, outcome_of(source, finding["decision"]))
    if rows is None:
        return None
    if finding["slug"] == "gap" and finding.get("rules"):
        lines = source.split("\n")
        at = next(i for i, line in enumerate(lines) if re.match(r"(表|table) " + finding["rules"][0] + r"\b", line))
        at = next(i for i in range(at, len(lines)) if lines[i].startswith("|"))
        while at < len(lines) and lines[at].startswith("|"):
            at += 1
        return "\n".join(lines[:at] + rows + lines[at:])
    outcome = "" if place is not None else f" 则 {outcome_of(source, finding['decision'])}"
    return (source + f"\n```rulebook\n表 pasted 用于 {finding['decision']} 命中 任一 理由 「示例」{outcome} 见下表\n```\n\n" +
            "\n".join(block[:2] + rows) + "\n")


def check_finding(suite, name, language, source, finding, block, gaps):
    what = f"{name} ({language}): {finding['slug']}: {finding['message']}\n" + "\n".join(block)
    text_with_rows = pasted(source, finding, block)
    if not suite.check(text_with_rows is not None, what + "\n    a row is not as wide as the heading"):
        return
    folder = suite.new_folder(f"rows/{name}-{language}-{finding['fingerprint']}")
    (folder / name).write_text(text_with_rows)
    after = findings_of(suite, folder, name)
    wrong = [f for f in after if f["slug"] in MISWRITTEN]
    suite.check(not wrong, what + "\n    the rows cannot be read", "\n".join(f["message"] for f in wrong))
    if finding["slug"] == "gap":
        gaps.add(name)
        same = [f for f in after if f["slug"] == "gap" and f.get("rules") == finding.get("rules")
                and f["decision"] == finding["decision"]]
        suite.check(not same, what + "\n    the gap is still there")


def check_book(suite, path, gaps):
    source = path.read_bytes()
    if (b"options:" in source and b"--explain-region" not in source) or b".csv" in source or b".txt" in source:
        return
    every = findings_of(suite, path.parent, path.name)
    found = [f for f in every if f.get("regions") and not f.get("procedure")]
    for language in ("zh", "en"):
        if len(every) > MANY:
            continue                       # an example of each cause is shown
        shown = blocks(check(suite, path.parent, path.name, "--explain-region", "--lang", language).err)
        if not suite.check(len(shown) == len(found), f"{path.name}: {len(found)} findings with regions, {len(shown)} tables"):
            return
        for finding, block in zip(found, shown):
            if "decision" in finding:
                check_finding(suite, path.name, language, text(source), finding, block, gaps)


def main():
    suite = Suite(__doc__)
    gaps = set()
    suite.each(lambda path: check_book(suite, path, gaps), sorted((HERE / "bad").glob("*.rulebook.md")))
    suite.check(len(gaps) > 5, f"gaps closed in {len(gaps)} rulebooks only")
    print("gaps closed by pasted rows:", len(gaps))
    suite.finish()


if __name__ == "__main__":
    main()
