#!/usr/bin/env python3
"""One mistake reads as one cause: tables of hundreds of rows with a mistake that is found hundreds of times. Their findings
have one cause, which names the row, the bound or the rows that are responsible; several mistakes have several causes; no
order of the rows changes them; the text shows every cause and loses no count."""
import collections
import json
import pathlib
import random
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE), str(HERE.parent / "golden")]
import edits  # noqa: E402
import tables_with_mistakes as tables  # noqa: E402
from harness import Suite, text  # noqa: E402

RANDOM = 120                                # tables

# what, the table, findings at least, the causes of several findings: key and what their message must say in both languages
ONE_MISTAKE = [
    ("wide", tables.bound_ten_times_too_large(800), 250, [("row: path: t.r81", "`t.r81`")]),
    ("threshold", tables.both_sides_have_the_threshold(500), 500, [("bound: path: t: held: 10, 10", "10")]),
    ("threshold-english", tables.both_sides_have_the_threshold(60, True), 60, [("bound: path: t: held: 10, 10", "10")]),
    ("pasted", tables.block_pasted_twice(250, 400, 300), 300, [("repeat: path: t.r401, t.r1001", "`t.r1300`")]),
    ("pasted-first", tables.block_pasted_twice(60, 100, 80, "首中"), 80, [("repeat: path: t.r101, t.r241", "`t.r320`")]),
    ("pasted-any", tables.block_pasted_twice(60, 100, 80, "任一"), 80, [("repeat: path: t.r101, t.r241", "`t.r320`")]),
    ("first", tables.default_row_first(1000, "首中"), 4000, [("row: path: t.r1", "`t.r1`")]),
    ("first-unique", tables.default_row_first(250, "唯一"), 1000, [("row: path: t.r1", "`t.r1`")]),
    ("empty", tables.kind_left_empty(400), 399, [("row: path: t.r802", "`t.r802`")]),
]


def check(suite, name, source, *arguments):
    folder = suite.folder / name
    folder.mkdir(exist_ok=True)
    (folder / "t.rulebook.md").write_text(source)
    return suite.run("check", *arguments, "t.rulebook.md", cwd=folder)


def answer(suite, name, source, language="en"):
    return json.loads(check(suite, name, source, "--format", "json", "--lang", language).out)


def causes_of(found):
    return {cause["cause"]: cause for cause in found.get("causes", []) if cause["severity"] != "note"}


def found_none(slug):
    return f"`guiju explain {slug}`"


def check_json(suite, name, found, findings):
    """Every finding names its cause, and the edit that this one has; the causes count their findings."""
    heavy = [f for f in found["findings"] if f["severity"] != "note"]
    suite.check(len(heavy) >= findings, f"{name}: {len(heavy)} findings, expected {findings}")
    for cause in found["causes"]:
        own = [f for f in found["findings"] if f.get("cause") == cause["cause"]]
        suite.check(len(own) == cause["findings"], f"{name}: {cause['cause']} counts {cause['findings']} findings, has {len(own)}")
        for f in own:
            if f["severity"] != "note" and not f.get("edits"):
                words = cause["help"] if cause.get("edits") else found_none(f["slug"])
                suite.check(words in f["help"], f"{name}: {cause['cause']}: a finding that does not say `{words}`", f["help"])
        if "cases" in cause:
            kind = next(f["slug"] for f in own if f["severity"] == cause["severity"] and f.get("count"))
            cases = sum(int(f["count"]) for f in own if f["slug"] == kind)
            suite.check(cases == int(cause["cases"]), f"{name}: {cause['cause']}: {cause['cases']} cases, its findings {cases}")


def check_text(suite, name, source, causes):
    """Causes in order, an example each; what is shown and what is not is everything."""
    for language, head, example, more in (("zh", "原因", "例如：", r"还有 (\d+) 个发现没有显示"),
                                          ("en", "cause", "for instance:", r"findings not shown: (\d+)")):
        said = text(check(suite, name, source, "--lang", language).err)
        total = int(re.search(r"^(\d+) 个发现|^findings: (\d+)", said).group(1) or re.search(r"^findings: (\d+)", said).group(1))
        shown = len(re.findall(r"^t\.rulebook\.md:\d+:\d+: ", said, re.M))
        rest = re.search(more, said)
        suite.check(shown + int(rest.group(1) if rest else 0) == total, f"{name} ({language}): a finding is lost", said[-800:])
        suite.check(len(re.findall(rf"^{head} \d+", said, re.M)) >= len(causes), f"{name} ({language}): not every cause is named", said)
        suite.check(said.count(example) >= len(causes), f"{name} ({language}): a cause without an example", said)
        suite.check(said.count("\n") < 150, f"{name} ({language}): {said.count(chr(10))} lines")


def check_one(suite, name, table, findings, causes):
    source = table.text()
    for language in ("zh", "en"):
        found = answer(suite, name, source, language)
        check_json(suite, name, found, findings)
        several = causes_of(found)
        suite.check(set(several) == {key for key, _ in causes}, f"{name}: the causes", "\n".join(several))
        for key, words in causes:
            said = several.get(key, {"message": ""})["message"]
            suite.check(words in said, f"{name} ({language}): `{words}` is not named", said)
    check_text(suite, name, source, causes)


def check_ids(suite):
    """Rows pasted with their ids: one cause, and the ids that are twice by chance another."""
    table = tables.block_pasted_twice(20, 20, 30)
    table.ids[80:] = table.ids[20:50]
    table.ids[79] = table.ids[3]
    causes = answer(suite, "ids", table.text())["causes"]
    suite.check([(c["cause"], c["findings"]) for c in causes] == [("duplicate: t: 60", 30)], "ids pasted: the causes", causes)
    said = text(check(suite, "ids", table.text(), "--lang", "zh").err)
    suite.check("原因 1（30 × duplicate）" in said and "`t.r4` 声明了两次" in said, "ids pasted", said)


def check_gaps(suite):
    """However many rows forgot it: one gap, one region, and the help names what was forgotten."""
    for name, table, zh, en in (("forgotten", tables.member_forgotten(500), "种类为第250类", "kind is k250"),
                                ("hole", tables.no_side_has_the_threshold(500), "人数为10人", "held is 10 persons")):
        for language, words in (("zh", zh), ("en", en)):
            gaps = [f for f in answer(suite, name, table.text(), language)["findings"] if f["slug"] == "gap"]
            suite.check(len(gaps) == 1 and len(gaps[0]["regions"]) == 1, f"{name}: one gap of one region", gaps)
            suite.check(words in gaps[0]["help"] and "此外" not in gaps[0]["help"], f"{name}: `{words}` is not named", gaps[0]["help"])
    both = tables.member_forgotten(20)
    del both.rows[4]
    gap = next(f for f in answer(suite, "both", both.text(), "zh")["findings"] if f["slug"] == "gap")
    suite.check("种类为第10类" in gap["help"] and "此外还有空白" in gap["help"], "a member forgotten, and a row", gap["help"])


def check_five(suite):
    table = tables.five_mistakes(200)
    source = table.text()
    found = answer(suite, "five", source)
    check_json(suite, "five", found, 660)
    several = causes_of(found)
    wanted = {"bound: path: t: held: 50, 50", f"row: path: t.{table.ids[-2]}", f"row: path: t.{table.ids[-1]}",
              f"repeat: path: t.r401, t.r{len(table.rows) - 51}"}
    suite.check(wanted == set(several), "five mistakes: the causes", "\n".join(several))
    suite.check(any(f["slug"] == "gap" for f in found["findings"]), "five mistakes: no gap")
    alone = [f["cause"] for f in found["findings"] if f["severity"] != "note" and f.get("cause") not in several]
    suite.check(len(several) + len(alone) <= 10, "five mistakes: more than ten causes", "\n".join(alone))
    check_text(suite, "five", source, several)


def check_order(suite):
    """Rows in another order: the same causes, with as many findings."""
    rng = random.Random(1)
    for name, table in (("wide", tables.bound_ten_times_too_large(200)), ("threshold", tables.both_sides_have_the_threshold(60)),
                        ("empty", tables.kind_left_empty(60))):
        order = list(range(len(table.rows)))
        rng.shuffle(order)
        one, other = ({key: (c["findings"], c.get("cases")) for key, c in causes_of(answer(suite, name, source)).items()}
                      for source in (table.text(), table.text(order)))
        suite.check(one and one == other, f"{name}: the order of rows changes the causes", f"{one}\n{other}")


# ---- the edits that mend them ----

# small enough for guiju diff to compare all of it; whether what changes must have been worked out
MENDED = [
    ("wide", tables.bound_ten_times_too_large(200), True),
    ("threshold", tables.both_sides_have_the_threshold(40), True),
    ("threshold-english", tables.both_sides_have_the_threshold(40, True), True),
    ("pasted", tables.block_pasted_twice(40, 60, 50), True),
    ("first", tables.default_row_first(40, "首中"), False),
    ("first-gap", tables.default_row_first(40, "首中", 7), False),
    ("first-unique", tables.default_row_first(40, "唯一"), True),
    ("empty", tables.kind_left_empty(60), True),
    ("five", tables.five_mistakes(40), True),
]


def pairs_of(findings):
    """Rules in conflict: a rule and rows of a table are one finding, of which some rows may end."""
    return {frozenset((f["rules"][0], other)) for f in findings if f["slug"] == "conflict" for other in f["rules"][1:]}


def gaps_of(findings):
    """How many cases each has; which clauses it lies between may change."""
    return {(f["decision"], *f.get("rules", [])): f["count"] for f in findings if f["slug"] == "gap"}


def check_edit(suite, name, source, found, cause, previewed):
    """The edits of the cause end as many of its findings as it says, bring no error but of what rests on the decision, and
    change what was previewed. An edit that is not previewed changes outcomes: then nothing rests on it."""
    what = f"{name}: {cause['cause']}: {cause['help']}"
    mended = edits.apply_edits(source.encode(), cause["edits"]).decode()
    after = answer(suite, name + "-mended", mended)
    own = {f["fingerprint"] for f in found["findings"] if f.get("cause") == cause["cause"] and f["severity"] != "note"}
    left = own & {f["fingerprint"] for f in after["findings"]}
    suite.check(len(own) - len(left) >= cause["mends"] > 0, f"{what}\n    {cause['mends']} findings are to end, {len(own) - len(left)} do")
    known = {f["fingerprint"] for f in found["findings"]} | pairs_of(found["findings"]) | set(gaps_of(found["findings"]).items())
    new = [f["message"] for f in after["findings"] if f["severity"] == "error" and f["fingerprint"] not in known
           and not (f["slug"] == "conflict" and pairs_of([f]) <= known)
           and not (f["slug"] == "gap" and set(gaps_of([f]).items()) <= known)
           and (f.get("decision") != "next" or "preview" not in cause)]
    suite.check(not new, what + "\n    new errors", "\n".join(new))
    preview = cause.get("preview")
    if not suite.check(preview or not previewed, what + "\n    no preview") or not preview:
        return
    folder = suite.folder / (name + "-mended")
    (folder / "old.rulebook.md").write_text(source)
    changed = json.loads(suite.run("diff", "--format", "json", "--decision", "path", "old.rulebook.md", "t.rulebook.md", cwd=folder).out)
    suite.same(changed["decisions"][0]["count"], preview["count"], what + "\n    cases that diff finds, that were previewed")
    for outcome in {r["new"] for r in preview["regions"]} | {r["new"] for r in changed["decisions"][0]["regions"]}:
        one, other = (sorted(str((r["when"], r["count"])) for r in regions if r["new"] == outcome)
                      for regions in (preview["regions"], changed["decisions"][0]["regions"]))
        suite.check(one == other, what + f"\n    diff finds other regions that become {outcome}", (one, other))


def check_mended(suite, name, table, previewed):
    source = table.text()
    found = answer(suite, name + "-small", source)
    causes = causes_of(found)
    suite.check(causes, f"{name}: no cause")
    for cause in causes.values():
        if suite.check(cause.get("edits"), f"{name}: {cause['cause']}: no edit", cause["message"]):
            check_edit(suite, f"{name}-{list(causes).index(cause['cause'])}", source, found, cause, previewed)


def check_random(suite, seed, tally):
    """Whatever the table, what is said of its causes is true."""
    source = tables.random_table(random.Random(seed)).text()
    found = answer(suite, f"random-{seed}", source)
    if found.get("causes"):
        check_json(suite, f"random-{seed}", found, 0)
    for i, cause in enumerate(causes_of(found).values()):
        tally[cause["cause"].split(":")[0]] += 1
        if cause.get("edits"):
            tally["edits"] += 1
            check_edit(suite, f"random-{seed}-{i}", source, found, cause, False)


def main():
    suite = Suite(__doc__)
    suite.each(lambda one: check_one(suite, *one), ONE_MISTAKE)
    suite.each(lambda one: check_mended(suite, *one), MENDED)
    tally = collections.Counter()
    suite.each(lambda seed: check_random(suite, seed, tally), range(RANDOM))
    print(dict(tally))
    for kind in ("row", "bound", "repeat", "edits"):
        suite.check(tally[kind] > 5, f"random tables: {tally[kind]} × {kind}")
    check_ids(suite)
    check_gaps(suite)
    check_five(suite)
    check_order(suite)
    suite.finish()


if __name__ == "__main__":
    main()
