"""rulebooks/fujian: clean, complete, covered by its cases, accounted for to the last unit, and marked as an example."""
import json
import pathlib
import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness  # noqa: E402
import page  # noqa: E402

RULEBOOK = harness.ROOT / "rulebooks" / "fujian"
UNITS = pathlib.Path(__file__).resolve().parent / "expected_units.txt"
MARK = "示例，阈值为虚构"
NAMESPACE = "{urn:guiju:rulebook:0.2}"
LEAST_CASES = 120
MYRIADS = {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def read_json(suite, what, *arguments):
    done = suite.run(*arguments)
    suite.check(done.status == 0, f"{what} ends with 0", done)
    try:
        return json.loads(done.out)
    except ValueError as mistake:
        suite.check(False, f"{what} is JSON", mistake)
        return {}


def check_clean(suite):
    answer = read_json(suite, "check", "check", "--format", "json", RULEBOOK)
    suite.check(answer.get("verdict") == "clean", "check: the verdict is clean", answer.get("verdict"))
    bad = [f for f in answer.get("findings", []) if f["severity"] != "note"]
    suite.check(not bad, "check: neither error nor warning", json.dumps(bad[:3], ensure_ascii=False))
    decided = {d["decision"]: d for d in answer.get("decided", [])}
    suite.check(list(decided) == list(page.DECISIONS), "check: all four decisions are decided", list(decided))
    for decision, questions in decided.items():
        for question in ("conflict", "gap", "unreachable", "redundant"):
            suite.check(questions[question] == "none", f"{decision}: no {question}", questions[question])


# ---- cases and coverage ----

def pipe_tables(text):
    """Every pipe table as a list of rows, each a dictionary by heading."""
    rows = []
    for line in text.splitlines() + [""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif rows:
            yield [dict(zip(rows[0], row)) for row in rows[2:]]
            rows = []


def number(cell):
    found = re.fullmatch(r"(\d+)([千万亿]?)", cell)
    return int(found[1]) * MYRIADS[found[2]] if found else None


def check_thresholds(suite, cases):
    """Each threshold of each counted fact is tried one below, at it and one above."""
    for fact, thresholds in page.THRESHOLDS.items():
        tried = {number(case.get(fact, "")) for case in cases} | {0}
        for threshold in sorted(thresholds):
            for value in (threshold - 1, threshold, threshold + 1):
                suite.check(value in tried, f"{fact}: a case with {value}")


def check_case_table(suite):
    text = (RULEBOOK / "cases.rulebook.md").read_text(encoding="utf-8")
    cases = [case for table in pipe_tables(text) for case in table if "案例" in case]
    suite.check(len(cases) >= LEAST_CASES, f"at least {LEAST_CASES} cases", len(cases))
    suite.check(all(case.get("依据") for case in cases), "every case cites a clause")
    check_thresholds(suite, cases)
    for category in page.CATEGORIES:
        suite.check(any(case.get("category") == category for case in cases), f"a case of {category}")
    for item, (subclass, fact, low, high, _tier) in page.ITEMS.items():
        own = [case for case in cases if case.get("data_subclass") == subclass]
        tried = {number(case.get(fact, "")) for case in own} if fact else set()
        for bound in (low, high) if fact else ():
            for value in (bound - 1, bound, bound + 1) if bound else ():
                suite.check(value in tried, f"item {item}: a case with {fact} {value}")
        suite.check(own, f"item {item}: a case")


def check_tests(suite):
    answer = read_json(suite, "test", "test", "--format", "json", RULEBOOK)
    cases = answer.get("cases", [])
    suite.check(len({(case["name"], case["clause"]) for case in cases}) >= LEAST_CASES, "test runs the cases", len(cases))
    failing = [case["name"] for case in cases if not case["passed"]]
    suite.check(not failing, "every case passes", failing)
    suite.check(all(case["clause"] for case in cases), "every case names its clause")
    coverage = answer.get("coverage", {})
    for part in ("rules", "rows", "bounds", "clauses"):
        hit, whole = coverage.get(part, (0, 0))
        suite.check(hit == whole > 0, f"coverage of {part} is full", (hit, whole))


# ---- the account of the text ----

def check_trace(suite):
    answer = read_json(suite, "trace", "trace", "--format", "json", RULEBOOK)
    clauses, totals = answer.get("clauses", []), answer.get("totals", {})
    fates = ("implemented", "discretion", "no_effect", "pending")
    suite.check(sum(totals.get(fate, 0) for fate in fates) == totals.get("clauses") == len(clauses),
                "every unit has a fate", totals)
    suite.check(totals.get("unaccounted") == totals.get("pending") == 0, "no unit is open", totals)
    for fate in fates:
        own = sum(clause["fate"] == fate for clause in clauses)
        suite.check(own == totals.get(fate), f"{fate} is counted right", (own, totals.get(fate)))
    expected = UNITS.read_text(encoding="utf-8").split()
    got = [clause["clause"] for clause in clauses]
    suite.check(sorted(got) == sorted(expected), "the units are those of the source",
                (set(expected) - set(got), set(got) - set(expected)))
    for clause in clauses:
        explained = {"implemented": clause["by"], "discretion": clause["role"] and clause["reason"],
                     "no_effect": clause["reason"], "pending": clause["reason"]}
        suite.check(explained.get(clause["fate"]), f"{clause['clause']}: says by what, whom or why", clause)


def check_trace_text(suite):
    expected = UNITS.read_text(encoding="utf-8").split()
    words = {"zh": ("已实施", "宣示", "裁量"), "en": ("implemented", "no effect", "discretion")}
    for language, fates in words.items():
        text = suite.run("trace", "--lang", language, RULEBOOK).out.decode()
        listed = {line.split()[0] for line in text.splitlines() if line.strip()}
        suite.check(set(expected) <= listed, f"trace in {language} lists every unit", set(expected) - listed)
        for fate in fates:
            suite.check(fate in text, f"trace in {language} says {fate}")


def check_prose(suite):
    """A rulebook whose text departs from its source by one character is found out, wherever it is."""
    literal = harness.ROOT / "rulebooks" / "fujian-literal"
    source = pathlib.Path("source") / "fujian-measures.txt"
    suite.same((RULEBOOK / source).read_bytes(), (literal / source).read_bytes(), "both rulebooks have one source")
    text = (RULEBOOK / "measures.rulebook.md").read_text(encoding="utf-8")
    for i, phrase in enumerate(("提供负面清单咨询服务", "属于国家核心数据，实行更加严格", "自发布之日起施行，试行期两年",
                                "4.福建自贸试验区企业在研发设计", "我国独特掌握的稀土开采")):
        folder = suite.folder / f"drift-{i}"
        shutil.copytree(RULEBOOK, folder)
        if not suite.check(phrase in text, f"the text has {phrase}"):
            continue
        at = text.index(phrase)
        changed = text[:at] + phrase[:-1] + "某" + text[at + len(phrase):]
        (folder / "measures.rulebook.md").write_text(changed, encoding="utf-8")
        findings = json.loads(suite.run("check", "--format", "json", folder).out)["findings"]
        found = [f for f in findings if f["slug"] == "quote-drift" and f["severity"] == "error"]
        line = text[:at].count("\n") + 1
        suite.check(any(place["line"] == line for f in found for place in f["places"]),
                    f"a changed character in {phrase} is quote-drift at line {line}", found)


def check_ambiguities(suite):
    """The register has every ambiguity, and each is resolved somewhere in the rules."""
    register, resolved = set(), set()
    for file in ("measures.rulebook.md", "list.rulebook.md"):
        for line in (RULEBOOK / file).read_text(encoding="utf-8").splitlines():
            if line.startswith("疑义 "):
                register.add(line.split("「")[0].split()[1])
            elif not line.startswith("//"):
                resolved |= set(re.findall(r"A\d\d", line))
    whole = {f"A{number:02}" for number in range(1, 49)}
    suite.check(register == whole, "the register has every ambiguity", register ^ whole)
    suite.check(resolved <= register, "every resolution is of a registered ambiguity", resolved - register)
    suite.check(register <= resolved, "every registered ambiguity is resolved somewhere", register - resolved)


# ---- fixed ids and artifacts ----

def check_xml_facts(suite, root):
    facts = {fact.get("id"): fact for fact in root.findall(f"{NAMESPACE}fact")}
    suite.check(list(facts) == list(page.FACTS), "XML: the facts and their order", list(facts))
    for name, (kind, domain) in page.FACTS.items():
        fact = facts.get(name)
        if fact is None:
            continue
        suite.check(fact.get("kind") == kind, f"XML: {name} is of kind {kind}", fact.get("kind"))
        if kind == page.INTEGER:
            suite.check((fact.get("low"), fact.get("high")) == ("0", str(domain)), f"XML: the domain of {name}")
        values = [value.get("id") for value in fact.iter(f"{NAMESPACE}value")]
        suite.check(values == (domain if kind in (page.ENUMERATION, page.SET) else []), f"XML: the members of {name}", values)
        languages = {label.get("{http://www.w3.org/XML/1998/namespace}lang") for label in fact.findall(f"{NAMESPACE}label")}
        suite.check({"zh", "en"} <= languages, f"XML: {name} has labels in Chinese and English", languages)
        left = fact.find(f"{NAMESPACE}discretion") is not None
        suite.check(left == (name in page.DISCRETION), f"XML: {name} is{'' if left else ' not'} left to discretion")


def check_xml(suite, built):
    root = ElementTree.parse(built / "fujian.xml").getroot()
    check_xml_facts(suite, root)
    decisions = {one.get("id"): [o.get("id") for o in one.findall(f"{NAMESPACE}outcome")]
                 for one in root.findall(f"{NAMESPACE}decision")}
    suite.same(json.dumps(page.DECISIONS, indent=1), json.dumps(decisions, indent=1), "XML: decisions and outcomes in order")
    category = next(fact for fact in root.findall(f"{NAMESPACE}fact") if fact.get("id") == "category")
    groups = [group.get("id") for group in category.iter(f"{NAMESPACE}group")]
    suite.check(groups == [f"k{n:02}" for n in range(1, 14)], "XML: 13 categories of the first level", groups)
    homeless = [value.get("id") for value in category.iter(f"{NAMESPACE}value") if value.get("group") not in groups]
    suite.check(homeless == ["none"], "XML: each category stands under one of the first level", homeless)


def check_schema(suite, built):
    schema = json.loads((built / "fujian.facts.schema.json").read_text(encoding="utf-8"))["properties"]
    suite.check(list(schema) == list(page.FACTS), "schema: the facts and their order", list(schema))
    for name, (kind, domain) in page.FACTS.items():
        own = schema.get(name, {})
        if kind == page.BOOLEAN:
            suite.check("boolean" in own.get("type", []), f"schema: {name} is boolean", own)
        elif kind == page.INTEGER:
            suite.check((own.get("minimum"), own.get("maximum")) == (0, domain), f"schema: the domain of {name}", own)
        else:
            members = (own.get("items", {}) if kind == page.SET else own).get("enum", [])
            suite.check(members[:len(domain)] == domain, f"schema: the members of {name}", members)


def check_table(suite, built):
    """The table answers by the fixed ids, alone."""
    table = (built / "fujian.table").read_bytes()
    for name, (_kind, domain) in page.FACTS.items():
        for one in [name] + (domain if isinstance(domain, list) else []):
            suite.check(one.encode() in table, f"table: has {one}")
    record = json.dumps(dict(page.LEAST, category="none"))
    for decision, outcomes in page.DECISIONS.items():
        for outcome in outcomes:
            suite.check(outcome.encode() in table, f"table: {decision} has {outcome}")
        got = suite.run("decide", "--decision", decision, built / "fujian.table", stdin=record)
        same = suite.run("decide", "--decision", decision, RULEBOOK, stdin=record)
        suite.check(got.status == 0 and got.out == same.out, f"table: {decision} is decided as by the rulebook", got)


def check_marks(suite, built):
    """What is invented says so, in the list and in everything that is published from it."""
    text = (RULEBOOK / "list.rulebook.md").read_text(encoding="utf-8")
    items = [row for table in pipe_tables(text) for row in table if "「备注」" in row]
    suite.check(len(items) == len(page.ITEMS) + len(page.IMPORTANT_ITEMS), "the list has its items", len(items))
    for row in items:
        suite.check(row["「备注」"].startswith("示例"), f"item {row['条目']} says that it is an example", row)
    for name in ("fujian.xml", "fujian.h", "fujian.table"):
        suite.check(MARK.encode() in (built / name).read_bytes(), f"{name} says {MARK}")


def main():
    suite = harness.Suite(__doc__)
    check_clean(suite)
    check_tests(suite)
    check_case_table(suite)
    check_trace(suite)
    check_trace_text(suite)
    check_prose(suite)
    check_ambiguities(suite)
    built = suite.folder / "built"
    done = suite.run("build", "--no-pictures", "-o", built, RULEBOOK)
    if suite.check(done.status == 0, "build ends with 0", done):
        check_xml(suite, built)
        check_schema(suite, built)
        check_table(suite, built)
        check_marks(suite, built)
    suite.finish()


if __name__ == "__main__":
    main()
