#!/usr/bin/env python3
"""Regions that can be pasted: `check --explain-region` shows them as rows of a pipe table. The rows of a gap are put into
its table, or into a new one of its decision, with an outcome; the gap is gone, as far as they promise it, and no error or warning is about
them. Those of every other finding make a table that is read without a mistake of writing. Of the rulebooks with mistakes, and of random ones."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import Suite, text  # noqa: E402
from row_books import row_book  # noqa: E402

MANY = 10
MISWRITTEN = {"syntax", "character", "undefined", "duplicate", "type", "outside-domain", "limit"}


def check(suite, folder, name, *arguments):
    return suite.run("check", "--regions", "all", "--notes", *arguments, name, cwd=folder)


def findings_of(suite, folder, name):
    answer = check(suite, folder, name, "--format", "json")
    return json.loads(answer.out)["findings"] if answer.out else []


NOTES = {"outside": ("自己的条件（当、自、至）之内", "own condition (when, from, to)"),
         "alike": ("单凭表", "do not tell some cases"), "costly": ("行代价过大", "would have cost too much")}


class Shown:
    """What the text says of a finding: the pipe table of its rows, or none, and why cases are in none of them."""

    def __init__(self):
        self.block, self.left = [], set()

    def read(self, line):
        if line.startswith("   |"):
            self.block.append(line[3:])
        self.left |= {why for why, words in NOTES.items() if any(word in line for word in words)}


def shown_findings(output):
    found = []
    for line in text(output).split("\n"):
        if re.match(r"\S+:\d+:\d+: ", line):
            found.append(Shown())
        elif found:
            found[-1].read(line)
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
        if "id" in heads:
            cells[heads.index("id")] = f" pasted{len(rows)} "
        rows.append("|" + "|".join(cells) + "|")
    return rows, place


def outcome_of(source, decision):
    found = re.search(r"^(?:判定|decision) " + decision + r"\b[^{]*\{\s*([a-z0-9_]+)", source, re.M)
    return found.group(1)


def pasted(source, finding, block):
    """The rulebook with the rows in the table that has these columns, or in a table of their own; and their ids."""
    rows, place = filled(block, outcome_of(source, finding["decision"]))
    if rows is None:
        return None
    lines = source.split("\n")
    if finding["slug"] == "gap" and block[0] in lines:
        at = lines.index(block[0])
        while at < len(lines) and lines[at].startswith("|"):
            at += 1
        return "\n".join(lines[:at] + rows + lines[at:])
    outcome = "" if place is not None else f" 则 {outcome_of(source, finding['decision'])}"
    return (source + f"\n```rulebook\n表 pasted 用于 {finding['decision']} 命中 唯一 理由 「示例」{outcome} 见下表\n```\n\n" +
            "\n".join(block[:2] + rows) + "\n")


def is_at_fault(after, finding):
    """It names a new row; of a table's own gap, where other rules may have an answer already, it is among the table's rows."""
    rules = after.get("rules", [])
    if finding.get("rules") and after["slug"] == "redundant":
        return False
    among = [rule for rule in rules if not finding.get("rules") or rule.startswith(finding["rules"][0] + ".")]
    return after["severity"] != "note" and among == rules and any(re.search(r"\.pasted\d+$|^pasted\.", rule) for rule in rules)


def check_closed(suite, what, finding, shown, after, still):
    """The gap is gone, or what is left of it is said to be out of the table's reach and gives no row."""
    same = [i for i, f in enumerate(after) if f["slug"] == "gap" and f.get("rules") == finding.get("rules")
            and f["decision"] == finding["decision"]]
    if not shown.left:
        suite.check(not same, what + "\n    the gap is still there")
    elif shown.left == {"outside"}:
        suite.check(len(same) == 1 and not still[same[0]].block and still[same[0]].left == {"outside"},
                    what + "\n    what is left is not all outside the table")


def check_finding(suite, name, language, source, finding, shown):
    what = f"{name} ({language}): {finding['slug']}: {finding['message']}\n" + "\n".join(shown.block)
    text_with_rows = pasted(source, finding, shown.block)
    if not suite.check(text_with_rows is not None, what + "\n    a row is not as wide as the heading"):
        return
    folder = suite.new_folder(f"rows/{name}-{language}-{finding['fingerprint']}")
    (folder / name).write_text(text_with_rows)
    after = findings_of(suite, folder, name)
    wrong = [f for f in after if f["slug"] in MISWRITTEN]
    suite.check(not wrong, what + "\n    the rows cannot be read", "\n".join(f["message"] for f in wrong))
    if finding["slug"] == "gap":
        wrong = [f for f in after if is_at_fault(f, finding)]
        suite.check(not wrong, what + "\n    rows are at fault", "\n".join(f["message"] for f in wrong))
        still = shown_findings(check(suite, folder, name, "--explain-region", "--lang", language).err)
        check_closed(suite, what, finding, shown, after, still)


def check_book(suite, folder, name, gaps):
    source = text((folder / name).read_bytes())
    every = findings_of(suite, folder, name)
    for language in ("zh", "en"):
        if len(every) > MANY:
            continue                       # an example of each cause is shown
        shown = shown_findings(check(suite, folder, name, "--explain-region", "--lang", language).err)
        if not suite.check(len(shown) == len(every), f"{name}: {len(every)} findings, {len(shown)} are shown"):
            return
        for finding, one in zip(every, shown):
            regions = bool(finding.get("regions")) and not finding.get("procedure")
            suite.check(regions == bool(one.block or one.left), f"{name}: {finding['message']}: no rows, and nothing said of it")
            if finding["slug"] == "gap" and language == "zh":
                gaps.append((name, one))
            suite.check("costly" not in one.left, f"{name}: {finding['message']}: given up")
            if "decision" in finding and one.block:
                check_finding(suite, name, language, source, finding, one)


def check_golden(suite, path, gaps):
    source = path.read_bytes()
    if (b"options:" in source and b"--explain-region" not in source) or b".csv" in source or b".txt" in source:
        return
    check_book(suite, path.parent, path.name, gaps)


def check_random(suite, seed, gaps):
    folder, name = suite.new_folder(f"rows/random-{seed}"), f"random{seed}.rulebook.md"
    (folder / name).write_text(row_book(seed))
    wrong = [f["message"] for f in findings_of(suite, folder, name) if f["slug"] in MISWRITTEN]
    suite.check(not wrong, f"{name}: it cannot be read", "\n".join(wrong))
    own = []
    check_book(suite, folder, name, own)
    gaps += own
    if any("alike" in shown.left for _, shown in own):         # a period needs both of its columns; everything else has one
        head = re.search(r"^\| id .*$", row_book(seed), re.M).group(0)
        suite.check(("| 自 |" in head) != ("| 至 |" in head), f"{name}: its columns say all", head)


def configure(parser):
    parser.add_argument("--random", type=int, default=150, help="rulebooks")


def main():
    suite = Suite(__doc__, configure)
    count = suite.options.random
    golden, random = [], []
    suite.each(lambda path: check_golden(suite, path, golden), sorted((HERE / "bad").glob("*.rulebook.md")))
    suite.each(lambda seed: check_random(suite, seed, random), range(count))
    suite.check(len({name for name, shown in golden if shown.block}) > 5, f"gaps closed in {len(golden)} rulebooks only")
    closed = sum(not shown.left for _, shown in random)
    outside = sum("outside" in shown.left for _, shown in random)
    told = sum(bool(shown.left - {"outside"}) for _, shown in random)
    print(f"gaps: {len(golden)} of rulebooks with mistakes; {len(random)} random, of them {closed} closed by their rows, "
          f"{outside} partly outside their table, {told} that the columns do not tell apart")
    suite.check(closed > count // 4 and outside > count // 20, "too few gaps to learn from")
    suite.finish()


if __name__ == "__main__":
    main()
