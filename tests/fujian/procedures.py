"""The procedures of rulebooks/fujian: the fixed ids, nothing left open, and the calendar that the State Council published.
Those of rulebooks/fujian-literal leave open what the text leaves open. What is written here was read off the measures."""
import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

RULEBOOK = harness.ROOT / "rulebooks" / "fujian"
LITERAL = harness.ROOT / "rulebooks" / "fujian-literal"
NAMESPACE = "{urn:guiju:rulebook:0.2}"

STATES = ["self_assessment", "application_submitted", "application_rejected", "application_approved", "filing_submitted",
          "opinion_in_list", "opinion_off_list", "opinion_not_applicable", "exporting", "suspended", "terminated",
          "renewal_requested", "expired"]
EVENTS = {"submit_application": "processor", "approve_application": "zone_body", "reject_application": "zone_body",
          "submit_filing": "processor", "give_opinion": "zone_body", "start_export": "processor",
          "register_minor_change": "processor", "report_major_change": "processor", "incident_occurs": None,
          "report_incident": "processor", "find_violation": "zone_body", "find_serious_violation": "zone_body",
          "complete_rectification": "processor", "request_renewal": "processor", "grant_renewal": "zone_body",
          "refuse_renewal": "zone_body", "expire": None}
DUTIES = {  # role, limit, starts, discharged by
    "notify_review_result": ("zone_body", ("within", "5", "working_days"), {"submit_application"},
                             {"approve_application", "reject_application"}),
    "issue_opinion": ("zone_body", ("within", "5", "working_days"), {"submit_filing"}, {"give_opinion"}),
    "report_incident_to_zone": ("processor", ("unquantified", None, None), {"incident_occurs"}, {"report_incident"}),
}
MATERIALS = {
    "submit_application": ["注册所在地", "所属行业", "经营情况", "近2年受到行政处罚和有关主管监管部门调查及整改情况"],
    "submit_filing": ["数据出境业务场景", "出境数据目录", "出境数据规模", "境外接收方", "出境数据适用负面清单的理由",
                      "适用负面清单中的数据子类"],
}
EXPIRES = {"application_approved", "filing_submitted", "opinion_in_list", "opinion_off_list", "exporting", "suspended",
           "renewal_requested"}
OF_PROCEDURES = {"A25", "A26", "A27", "A28", "A29", "A30", "A31", "A32", "A38", "A39", "A40", "A41", "A47"}


def ids(element, tag, attribute):
    return {child.get(attribute) for child in element.findall(NAMESPACE + tag)}


def named(procedure, tag):
    return {child.get("id"): child for child in procedure.findall(NAMESPACE + tag)}


def check_list_use(suite, procedure):
    states, events = named(procedure, "state"), named(procedure, "event")
    suite.check(list(states) == STATES, "the states of list_use", list(states))
    suite.check([s for s in states if states[s].get("initial")] == ["self_assessment"], "the initial state")
    for event, role in EVENTS.items():
        suite.check(event in events and events[event].get("role") == role, f"event {event} by {role}")
    suite.check(set(events) == set(EVENTS), "no other events", set(events) ^ set(EVENTS))
    duties = named(procedure, "duty")
    for duty, (role, limit, starts, discharged) in DUTIES.items():
        own = duties.get(duty)
        if not suite.check(own is not None, f"duty {duty}"):
            continue
        written = own.find(NAMESPACE + "limit")
        suite.check(own.get("role") == role, f"{duty}: by {role}")
        suite.check((written.get("kind"), written.get("amount"), written.get("unit")) == limit, f"{duty}: its deadline")
        suite.check(ids(own, "start", "event") == starts, f"{duty}: its start")
        suite.check(ids(own, "discharged_by", "event") == discharged, f"{duty}: what discharges it")
    steps = named(procedure, "step")
    for step, materials in MATERIALS.items():
        written = [material.text for material in steps[step].findall(NAMESPACE + "material")]
        suite.check(written == materials, f"{step}: its materials", written)
        suite.check(steps[step].find(NAMESPACE + "and_the_like") is not None, f"{step}: its list is open")
    suite.check(ids(steps["expire"], "from", "state") == EXPIRES, "which states expire")
    suite.check(ids(steps["submit_application"], "from", "state") == {"self_assessment", "application_rejected", "expired"},
                "where an application is possible")
    check_validity(suite, procedure, steps)


def check_validity(suite, procedure, steps):
    validity = named(procedure, "validity")["approval"]
    suite.check((validity.get("amount"), validity.get("unit")) == ("3", "years"), "valid for three years")
    suite.check(ids(validity, "start", "event") == {"approve_application"}, "valid from the approval")
    suite.check(ids(steps["grant_renewal"], "restarts", "clock") == {"approval"}, "a renewal restarts the three years")
    window = steps["request_renewal"].find(NAMESPACE + "limit")
    suite.check((window.get("kind"), window.get("amount"), window.get("unit"), window.get("validity")) ==
                ("in_the_last", "60", "working_days", "approval"), "the window of a renewal")
    leaves = {step: ids(steps[step], "from", "state") for step in steps if steps[step].get("event") == "start_export"}
    suite.check(leaves == {"start_export": {"opinion_off_list"}, "start_export_in_list": {"opinion_in_list"}},
                "what export leaves", leaves)
    suite.check(steps["start_export_in_list"].find(f".//{NAMESPACE}test[@fact='mechanism_done']") is not None,
                "export in the list needs mechanism_done")


def check_nothing_open(suite, procedure):
    """Every duty has a role, a deadline or a repetition, an end and a lapse; vague words are somebody's discretion."""
    name = procedure.get("id")
    suite.check(procedure.get("calendar") == "cn", f"{name}: its calendar")
    for own in procedure.findall(NAMESPACE + "duty"):
        what = f"{name}.{own.get('id')}"
        vague = own.find(f"{NAMESPACE}limit/{NAMESPACE}words") is not None or \
            own.find(f"{NAMESPACE}every/{NAMESPACE}words") is not None
        suite.check(own.get("role"), f"{what}: a role")
        suite.check(any(own.find(NAMESPACE + part) is not None for part in ("limit", "every")), f"{what}: a deadline")
        suite.check(own.find(NAMESPACE + "discharged_by") is not None, f"{what}: an end")
        suite.check(own.find(NAMESPACE + "lapse") is not None, f"{what}: a lapse")
        suite.check(not vague or own.find(NAMESPACE + "discretion") is not None, f"{what}: whose discretion")
    for own in procedure.findall(NAMESPACE + "step"):
        what = f"{name}.{own.get('id')}"
        suite.check(own.get("role") or own.get("actor"), f"{what}: an actor")
        suite.check(own.find(NAMESPACE + "cite") is not None, f"{what}: a clause")
        suite.check(own.find(NAMESPACE + "in_case_of") is None or own.find(NAMESPACE + "discretion") is not None,
                    f"{what}: whose discretion")


def check_calendar(suite, root):
    """The blocks a year say what the list of days says, day by day."""
    written = {day.get("date"): day.get("kind") for day in root.iter(NAMESPACE + "day")}
    kinds = {"holiday": "off", "makeup": "made_up"}
    with open(RULEBOOK / "source" / "cn-workdays.csv", encoding="utf-8") as file:
        listed = {row["date"]: kinds[row["kind"]] for row in csv.DictReader(file)}
    suite.check(written == listed and len(listed) > 100, "the calendar is the list", sorted(set(written.items()) ^ set(listed.items())))
    notices = {year.get("number"): year.findtext(NAMESPACE + "notice") for year in root.iter(NAMESPACE + "year")}
    suite.check(sorted(notices) == ["2023", "2024", "2025", "2026"], "the published years", notices)
    for number, notice in notices.items():
        suite.check(notice and number in notice, f"{number}: the notice it comes from", notice)
    assumed = root.find(f"{NAMESPACE}calendar/{NAMESPACE}assumed")
    limits = [assumed.get(name) for name in ("days_off", "made_up", "longest_rest", "longest_work")]
    suite.check(limits == ["20", "9", "10", "8"], "what is assumed of other years", limits)
    suite.check(assumed.findtext(NAMESPACE + "because"), "why it is assumed")
    suite.check(ids(assumed, "always_off", "date") == {"--01-01", "--10-01"}, "what is always off")


def check_ambiguities(suite, root):
    resolved = {one.get("ambiguity") for part in ("calendar", "procedure", "convention")
                for element in root.findall(NAMESPACE + part) for one in element.iter(NAMESPACE + "resolves")}
    suite.check(OF_PROCEDURES <= resolved, "each ambiguity of the procedures is resolved in them", OF_PROCEDURES - resolved)


def check_literal(suite):
    """Where the text says nothing, nothing is written, so that the checks can say so."""
    dump = suite.run("check", "--dump", "model", LITERAL).out.decode()
    lines = {match[1]: line for line in dump.splitlines() if (match := re.match(r"  (?:step|duty|validity) (\w+)", line))}
    duties = [line for line in dump.splitlines() if line.startswith("  duty ")]
    for what, holds in {
            "A25: no start": " from " not in lines["notify_review_result"],
            "A26: no lapse": all(line.split(" lapse ")[1].startswith("unstated") for line in duties),
            "A27: no limit is stated": "unlimited" not in lines["submit_filing"],
            "A28: a day that no event is": "from 「适用申请审核意见出具之日」" in lines["approval"],
            "A29: no convention of counting": "counting" not in dump.split("procedure ")[0],
            "A30: nobody decides on a renewal": not any(" from renewal_requested" in line for line in lines.values()),
            "A31: it does not say that it survives": not lines["approval"].endswith("survives"),
            "A38: serious violations in words": "in case of 「情节严重」" in lines["find_serious_violation"]
                                               and "ends" not in lines["find_serious_violation"],
            "A39: at the first moment": "vague 「第一时间」" in lines["report_incident_to_zone"],
            "A40: half-yearly from no day": "every 6 months" in lines["report_half_yearly"]
                                            and "beginning" not in lines["report_half_yearly"],
            "A47: no calendar": not re.search(r"^calendar |^procedure .* calendar ", dump, re.M)}.items():
        suite.check(holds, f"literal, {what}")
    trace = json.loads(suite.run("trace", "--format", "json", LITERAL).out)["totals"]
    suite.check(trace["pending"] == 0, "literal: no clause waits for a procedure", trace)


def main():
    suite = harness.Suite(__doc__)
    built = suite.folder / "built"
    done = suite.run("build", "--no-pictures", "-o", built, RULEBOOK)
    if suite.check(done.status == 0, "build ends with 0", done):
        root = ElementTree.parse(built / "fujian.xml").getroot()
        procedures = named(root, "procedure")
        suite.check(set(procedures) == {"list_use", "list_making", "supervision"}, "the procedures", list(procedures))
        check_list_use(suite, procedures["list_use"])
        for procedure in procedures.values():
            check_nothing_open(suite, procedure)
        check_calendar(suite, root)
        check_ambiguities(suite, root)
    check_literal(suite)
    suite.finish()


if __name__ == "__main__":
    main()
