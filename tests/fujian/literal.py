"""rulebooks/fujian-literal: the table of findings. For each ambiguity the finding that check reports, the decision, the
clauses, and what decide answers on a case inside. The ids stand here and in the rulebook's README only: the findings
come from the analysis."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness  # noqa: E402
import page  # noqa: E402

RULEBOOK = harness.ROOT / "rulebooks" / "fujian-literal"
AMBIGUITY = re.compile(r"A\d\d")
BY_STANDARD = {"sector_standard": "not_important"}

# Ambiguity, slug, severity, procedure, what the finding is about, its clauses.
IN_PROCEDURES = [
    ("A25", "clock-start", "error", "list_use", "notify_review_result", {"12.1(1)"}),
    ("A26", "duty-lapse", "warning", "list_use", "notify_review_result", {"12.1(1)"}),
    ("A26", "duty-lapse", "warning", "list_use", "issue_opinion", {"12.1(2)#1"}),
    ("A27", "undated", "warning", "list_use", "submit_filing", {"11.1(2)"}),
    ("A28", "clock-start", "error", "list_use", "approval", {"13.1#1"}),
    ("A29", "counting", "warning", "list_use", "approval", {"13.1#1"}),
    ("A30", "dead-end", "error", "list_use", "renewal_requested", {"13.1#2"}),
    ("A31", "validity-outlives", "error", "list_use", "approval", {"13.1#1"}),
    ("A38", "vague-circumstance", "error", "list_use", "find_serious_violation", {"16.1#1"}),
    ("A39", "vague-time", "error", "list_use", "report_incident_to_zone", {"15.1#2"}),
    ("A40", "duty-period", "error", "supervision", "report_half_yearly", {"17.1#1"}),
    ("A40", "vague-time", "error", "supervision", "inspect_regularly", {"17.1#2"}),
    ("A47", "calendar", "error", "list_use", "notify_review_result", {"12.1(1)"}),
]

# Ambiguity, slug, decision, clauses of the finding, the case (what is not said is least), what decide answers on it, and the
# clauses of its reasons. A gap has no reason.
FINDINGS = [
    ("A01", "conflict", "pathway", {"10.1#2", "20.1"}, dict(BY_STANDARD, core_data=True), "conflict", {"10.1#2", "20.1"}),
    ("A01", "conflict", "pathway", {"10.1#2", "U1"}, dict(BY_STANDARD, classified=True), "conflict", {"10.1#2", "U1"}),
    ("A01", "conflict", "pathway", {"10.1#2", "22.1"}, dict(BY_STANDARD, export_controlled=True), "conflict",
     {"10.1#2", "22.1"}),
    ("A01", "conflict", "pathway", {"10.1#2", "22.3"}, dict(BY_STANDARD, treaty_otherwise=True), "conflict",
     {"10.1#2", "22.3"}),
    ("A14", "conflict", "pathway", {"10.1#2", "8.1(1).2"}, {"held_pi": 10_000_000}, "conflict", {"10.1#2", "8.1(1).2"}),
    ("A16", "overridden", "important_data", {"7.1(2)#2", "U2.a"}, dict(BY_STANDARD, held_pi=10_000_000), "not_important",
     {"7.1(2)#2"}),
    ("A18", "conflict", "pathway", {"22.1", "8.1(1).2"},
     {"export_controlled": True, "category": "c39", "matches_reference_rule": True}, "conflict",
     {"22.1", "8.1(1).2", "K13.39"}),
    ("A22", "conflict", "pathway", {"12.1(2)#2", "规定5.1(1)"}, dict(BY_STANDARD, export_spi=10_000, necessity="contract"),
     "conflict", {"12.1(2)#2", "规定5.1(1)"}),
    ("A04", "gap", "important_data", {"U2.a", "U2.b"}, {"held_pi": 9_500_000, "held_spi": 900_000}, "gap", set()),
    ("A13", "gap", "important_data", {"U2.b", "U2.c"}, {"held_spi": 999_999}, "gap", set()),
    ("A17", "gap", "important_data", {"K02.06"}, {"category": "c06"}, "gap", set()),
    ("A17", "gap", "important_data", {"K03.12"}, {"category": "c12"}, "gap", set()),
    ("A24", "gap", "pathway", {"12.1(2)#4"}, dict(BY_STANDARD, registered_in_zone=False), "gap", set()),
    ("A09", "overlap", "important_data", {"U2.c", "U3"},
     {"ciio": True, "held_spi": 100_000, "spi_contains": ["bank_account"]}, "important", {"U2.c", "U3"}),
    ("A20", "overlap", "important_data", {"U2.c", "K09.28"},
     {"category": "c28", "matches_reference_rule": True, "held_spi": 100_000, "spi_contains": ["diagnosis_data"]},
     "important", {"U2.c", "K09.28"}),
    ("A20", "overlap", "important_data", {"U5.a", "U5.b", "K09.29"},
     {"category": "c29", "matches_reference_rule": True, "control_system_data": True}, "important",
     {"U5.a", "U5.b", "K09.29"}),
    ("A21", "impossible", "important_data", {"21.1"}, None, None, None),
]
SEVERITY = {"conflict": "error", "gap": "error", "impossible": "error", "overridden": "note", "overlap": "note"}


def clauses_below(answer):
    """The clauses of the reasons, and of the reasons that they rest on."""
    found = set()
    for reason in answer.get("because", []):
        found |= set(reason.get("cites", []))
        for feeding in reason.get("rests_on", []):
            found |= clauses_below(feeding)
    return found


def check_findings(suite, findings):
    for ambiguity, slug, decision, clauses, _case, _answer, _reasons in FINDINGS:
        own = [f for f in findings if f["slug"] == slug and f.get("decision") == decision]
        fitting = [f for f in own if clauses <= set(f.get("clauses") or [])]
        what = f"{ambiguity}: {slug} of {decision} with {sorted(clauses)}"
        if suite.check(fitting, what, [f.get("clauses") for f in own][:4]):
            suite.check(fitting[0]["severity"] == SEVERITY[slug], f"{what} is of severity {SEVERITY[slug]}")
            if slug != "impossible":
                suite.check(fitting[0].get("witness") and int(fitting[0]["count"]) > 0, f"{what} has a witness and a count")


def check_procedures(suite, findings):
    for ambiguity, slug, severity, procedure, about, clauses in IN_PROCEDURES:
        fitting = [f for f in findings if f["slug"] == slug and f.get("procedure") == procedure and about in f["rules"]]
        what = f"{ambiguity}: {slug} of {about}"
        if suite.check(len(fitting) == 1, what, [f["rules"] for f in findings if f["slug"] == slug]):
            suite.check(fitting[0]["severity"] == severity and clauses <= set(fitting[0]["clauses"]), f"{what}: {severity}, {clauses}",
                        fitting[0])


def check_cases(suite):
    for ambiguity, _slug, decision, _clauses, case, expected, reasons in FINDINGS:
        if case is None:
            continue
        record = dict(page.LEAST, **case)
        suite.check(page.allowed(record), f"{ambiguity}: the case obeys the constraints", record)
        done = suite.run("decide", "--decision", decision, RULEBOOK, stdin=json.dumps(record))
        suite.check(done.status == 0, f"{ambiguity}: decide ends with 0", done)
        answer = json.loads(done.out)
        if expected in ("conflict", "gap"):
            suite.check(answer["outcome"] is None and answer.get("undecided") == expected,
                        f"{ambiguity}: the case is a {expected}", answer)
        else:
            suite.check(answer["outcome"] == expected, f"{ambiguity}: the case is {expected}", answer)
        got = clauses_below(answer)
        suite.check(reasons <= got if reasons else not got, f"{ambiguity}: the reasons cite {sorted(reasons)}", answer)


def check_feeding(suite):
    """A decision above a gap has none either, and says which decision below has none."""
    done = suite.run("decide", "--decision", "pathway", RULEBOOK, stdin=json.dumps(dict(page.LEAST, held_spi=999_999)))
    answer = json.loads(done.out)
    suite.check(answer.get("undecided") in ("feeding", "conflict"), "a gap below is told above", answer)


def check_domain(suite):
    """The last category takes the rest: there is no `none`."""
    done = suite.run("decide", "--decision", "important_data", RULEBOOK, stdin=json.dumps(dict(page.LEAST, category="none")))
    answer = json.loads(done.out)
    suite.check(done.status == 1 and answer.get("error", {}).get("kind") == "domain", "category none is no value", answer)


def check_readme(suite, findings):
    """Every error is mapped by the README: its clauses stand in one row of the table or one line of the list below."""
    text = (RULEBOOK / "README.md").read_text(encoding="utf-8")
    ids = set(AMBIGUITY.findall(text))
    for ambiguity in [row[0] for row in FINDINGS + IN_PROCEDURES]:
        suite.check(ambiguity in ids or any(in_range(ambiguity, text)), f"README: names {ambiguity}")
    lines = [line for line in text.splitlines() if line.startswith(("|", "- "))]
    for finding in findings:
        if finding["severity"] != "error":
            continue
        clauses = set(finding.get("clauses") or [])
        named = [line for line in lines if explains(line, finding, clauses)]
        suite.check(named, f"README: explains {finding['slug']} of {finding.get('rules')} {sorted(clauses)}")


def in_range(ambiguity, text):
    """`A25 至 A31` names what lies between."""
    for first, last in re.findall(r"A(\d\d) 至 A(\d\d)", text):
        yield int(first) <= int(ambiguity[1:]) <= int(last)


# One clause of each side of a conflict is enough to find its line: a rule may cite several.
RULE_CLAUSES = {"ciio_export": "8.1(1).1", "important": "8.1(1).2", "in_list_sa": "8.1(1).2", "in_list_sc": "8.1(2).1",
                "off_list": "10.1#2", "core": "20.1", "export_control": "22.1", "treaty": "22.3", "secrecy": "U1",
                "transit": "规定4", "necessities": "规定5.1", "uncovered": "21.1"}


def explains(line, finding, clauses):
    if finding["slug"] == "gap":
        return "空白" in line and f"`{finding['decision']}`" in line
    if finding.get("procedure"):
        return f"`{finding['slug']}`" in line and any(clause in line for clause in clauses)
    if finding["slug"] == "unaccounted":
        return "unaccounted" in line and all(clause in line for clause in clauses)
    rules = {rule.split(".")[0] for rule in finding["rules"]}
    return all(RULE_CLAUSES[rule] in line for rule in rules)


def main():
    suite = harness.Suite(__doc__)
    for file in sorted(RULEBOOK.glob("*.rulebook.md")):
        found = AMBIGUITY.findall(file.read_text(encoding="utf-8"))
        suite.check(not found, f"{file.name}: no ambiguity id stands in it", found)
    done = suite.run("check", "--format", "json", RULEBOOK)
    suite.check(done.status == 1, "check ends with 1: there are errors", done.err.decode())
    answer = json.loads(done.out)
    suite.check(answer["verdict"] == "findings", "check: the verdict is findings", answer["verdict"])
    suite.check(not [f for f in answer["findings"] if f["slug"] == "not-decided"], "check: everything is decided")
    check_findings(suite, answer["findings"])
    check_procedures(suite, answer["findings"])
    check_cases(suite)
    check_feeding(suite)
    check_domain(suite)
    check_readme(suite, answer["findings"])
    tests = suite.run("test", RULEBOOK)
    suite.check(tests.status == 0, "test: the cases in its gaps and conflicts pass", tests)
    suite.finish()


if __name__ == "__main__":
    main()
