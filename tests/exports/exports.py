#!/usr/bin/env python3
"""BPMN and SCXML say what NAME.xml says: every state, event, step and deadline, and nothing else. The BPMN obeys the OMG's
schema and the meta-model of bpmn-moddle; nothing in its diagram covers another thing. The conditions of the SCXML, run as
an engine would, hold exactly where `guiju step` takes the step."""
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite, run, text  # noqa: E402

BOOKS = {"fujian": ROOT / "rulebooks/fujian", "draft": ROOT / "rulebooks/fujian-2026-draft",
         "everything": ROOT / "rulebooks/examples/everything", "language": ROOT / "docs/LANGUAGE.md",
         "every_part": ROOT / "tests/golden/good/procedure_every_part.rulebook.md", "hostile": HERE / "hostile.rulebook.md"}
OURS = "{urn:guiju:rulebook:0.2}"
SC = "{http://www.w3.org/2005/07/scxml}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
MINE = "{urn:guiju:procedure:0.1}"
TIMED = ("within", "by_date", "in_the_last", "at_least_before")
CASES = 40


def configure(parser):
    parser.add_argument("--npm", required=True, help="folder with node_modules/bpmn-moddle")


def ids(element, name, attribute):
    return [child.get(attribute) for child in element.findall(OURS + name)]


class Procedure:
    """What NAME.xml says of one."""

    def __init__(self, element, instrument):
        self.element, self.id = element, element.get("id")
        self.states = [s.get("id") for s in element.findall(OURS + "state")]
        self.initial = next(s.get("id") for s in element.findall(OURS + "state") if s.get("initial"))
        self.final = {s.get("id") for s in element.findall(OURS + "state") if s.get("final")}
        self.steps = {s.get("id"): s for s in element.findall(OURS + "step")}
        self.duties = {d.get("id"): d for d in element.findall(OURS + "duty")}
        self.validities = {v.get("id"): v for v in element.findall(OURS + "validity")}
        self.instrument = instrument

    def ways(self):
        """(state, event, step, target): the same state where it stays."""
        return {(state, step.get("event"), name, step.get("to", state))
                for name, step in self.steps.items() for state in ids(step, "from", "state")}

    def has_timer(self, duty):
        every, limit = duty.find(OURS + "every"), duty.find(OURS + "limit")
        return (every is not None and every.get("amount")) or (limit is not None and limit.get("kind") in TIMED)


# ---- SCXML ----

def event_of(name):
    return name.split(" ")[0].removeprefix("_")


def machine_ways(root):
    ways = set()
    for state in root.findall(SC + "state"):
        for t in state.findall(SC + "transition"):
            if t.get(MINE + "step"):
                ways.add((state.get("id"), event_of(t.get("event")), t.get(MINE + "step"), t.get("target", state.get("id"))))
    return ways


def clock_changes(p, event):
    """What an event does to the clocks, from the duties, validities and steps of NAME.xml."""
    step = next(s for s in p.steps.values() if s.get("event") == event)
    changes = set()
    for name, clock in {**p.duties, **p.validities}.items():
        ends = event in ids(clock, "discharged_by", "event") + ids(clock, "released_by", "event")
        if event in ids(clock, "start", "event") or name in ids(step, "restarts", "clock"):
            changes.add(("start", name))
        elif ends or name in ids(step, "ends", "clock"):
            changes.add(("stop", name))
        changes |= {("suspend", name)} if name in ids(step, "suspends", "clock") else set()
        changes |= {("resume", name)} if name in ids(step, "resumes", "clock") else set()
    return changes


def check_clock_data(suite, p, what, root):
    clocks = json.loads(root.find(f"{SC}datamodel/{SC}data").text)
    suite.check(set(clocks) == set(p.duties) | set(p.validities), f"{what}: clocks", sorted(clocks))
    for name, clock in {**p.duties, **p.validities}.items():
        said, limit, every = clocks.get(name, {}), clock.find(OURS + "limit"), clock.find(OURS + "every")
        source = clock if name in p.validities else limit if limit is not None else {}
        for key in ("amount", "unit"):
            expected = source.get(key)
            suite.check(str(said.get(key)) == str(expected and (int(expected) if key == "amount" else expected)),
                        f"{what}: {name}: {key}", said)
        suite.check(said.get("from") == ids(clock, "start", "event"), f"{what}: {name}: from", said)
        suite.check(said.get("cites") == (" ".join(ids(clock, "cite", "clause")) or None), f"{what}: {name}: cites", said)
        if every is not None and every.get("amount"):
            suite.check(said.get("every_amount") == int(every.get("amount")), f"{what}: {name}: every", said)
        if name in p.duties:
            suite.check(said.get("discharged_by") == ids(clock, "discharged_by", "event"), f"{what}: {name}: discharged", said)
            lapse = clock.find(OURS + "lapse")
            suite.check(said.get("lapse") == (None if lapse is None else lapse.get("kind")), f"{what}: {name}: lapse", said)


def lapse_ways(p):
    """Events and states to which deadlines lead that pass, and the ends of validities."""
    lapses = {name: duty.find(OURS + "lapse") for name, duty in p.duties.items()}
    deemed = collections.defaultdict(set)
    for name, lapse in lapses.items():
        if lapse is not None and lapse.get("kind") == "deemed":
            deemed[lapse.get("event")].add("_due." + name)
    states = {(name, lapse.get("state")) for name, lapse in lapses.items() if lapse is not None and lapse.get("kind") == "to_state"}
    return deemed, states


def check_machine(suite, p, what, root):
    names = [e.get("id") for e in root if e.tag in (SC + "state", SC + "final")]
    suite.check(names == p.states + (["_end"] if "_end" in names else []), f"{what}: states", names)
    suite.check(root.get("initial") == p.initial, f"{what}: initial", root.get("initial"))
    suite.same("\n".join(map(str, sorted(p.ways()))), "\n".join(map(str, sorted(machine_ways(root)))), f"{what}: transitions")
    for e in root.findall(SC + "state") + root.findall(SC + "final"):
        ends = e.tag == SC + "final" or any(t.get("target") == "_end" for t in e.findall(SC + "transition"))
        suite.check(ends == (e.get("id") in p.final | {"_end"}), f"{what}: final: {e.get('id')}")
    deemed, to_state = lapse_ways(p)
    for t in root.iter(SC + "transition"):
        if not t.get(MINE + "step"):
            continue
        step, event = p.steps[t.get(MINE + "step")], event_of(t.get("event"))
        wanted = deemed[event] | ({"_due." + step.get("at_end_of")} if step.get("at_end_of") else set())
        suite.check(set(t.get("event").split(" ")[1:]) == wanted, f"{what}: {event}: by time", t.get("event"))
        limit = step.find(OURS + "limit")
        conditional = (step.find(OURS + "when") is not None or step.find(OURS + "in_case_of") is not None or
                       (limit is not None and limit.get("kind") in TIMED))
        suite.check(bool(t.get("cond")) == conditional, f"{what}: {step.get('id')}: cond", t.get("cond"))
        sent = {(s.get("event"), s.find(SC + "param").get("expr").strip("'")) for s in t.findall(SC + "send")}
        suite.same(str(sorted(clock_changes(p, event))), str(sorted(sent)), f"{what}: {event}: clocks")
        suite.check(all(s.get("type") == "urn:guiju:calendar" for s in t.findall(SC + "send")), f"{what}: {event}: service")
    found = {(s.get("id"), t.get(MINE + "lapse"), t.get("target")) for s in root.findall(SC + "state")
             for t in s.findall(SC + "transition") if t.get(MINE + "lapse")}
    left = {s.get("id") for s in root.findall(SC + "state")}
    suite.check(found == {(s, d, to) for d, to in to_state for s in left if s != to}, f"{what}: lapses", found)
    check_clock_data(suite, p, what, root)


# ---- BPMN ----

def check_flow(suite, p, what, root):
    process = root.find(BPMN + "process")
    elements = {e.get("id"): e for e in process.iter() if e.get("id") and e is not process}
    flows = [e for e in process.iter(BPMN + "sequenceFlow")]
    out = collections.defaultdict(list)
    for flow in flows:
        out[flow.get("sourceRef")].append(flow)
    links = {e.find(BPMN + "linkEventDefinition").get("name"): e.get("id")
             for e in process.iter(BPMN + "intermediateCatchEvent") if e.find(BPMN + "linkEventDefinition") is not None}
    states = {}
    for name, e in elements.items():
        if e.get(MINE + "state"):
            suite.check(e.get(MINE + "state") not in states.values(), f"{what}: a state twice: {name}")
            states[name] = e.get(MINE + "state")
    suite.check(sorted(states.values()) == sorted(p.states), f"{what}: states", sorted(states.values()))
    start = [e for e in process.findall(BPMN + "startEvent")]
    suite.check(len(start) == 1 and states.get(out[start[0].get("id")][0].get("targetRef")) == p.initial, f"{what}: start")
    ways = set()
    for node, state in states.items():
        for flow in out[node]:
            follow(p, elements, out, links, states, flow, state, (), ways)
    for box in process.findall(BPMN + "subProcess"):
        for flow in box.findall(BPMN + "sequenceFlow"):
            if flow.get(MINE + "step"):
                step = p.steps[flow.get(MINE + "step")]
                ways |= {(s, step.get("event"), step.get("id"), s) for s in ids(step, "from", "state")}
    suite.same("\n".join(map(str, sorted(p.ways()))), "\n".join(map(str, sorted(ways))), f"{what}: ways")
    for name in p.final:
        node = next(n for n, s in states.items() if s == name)
        ends = {elements[f.get("targetRef")].tag for f in out[node]} if out[node] else {elements[node].tag}
        suite.check(BPMN + "endEvent" in ends, f"{what}: {name} may end")
    return elements, out, states


def follow(p, elements, out, links, states, flow, state, seen, ways):
    """From a state over tasks, guards and links to the next one; a default flow back is a refusal, no way."""
    step, node = flow.get(MINE + "step"), flow.get("targetRef")
    element = elements[node]
    if step:
        ways.add((state, p.steps[step].get("event"), step, states[node]))
        return
    if node in states or node in seen:
        return
    link = element.find(BPMN + "linkEventDefinition")
    if element.tag == BPMN + "intermediateThrowEvent" and link is not None:
        node = links[link.get("name")]
    for onward in out[node]:
        follow(p, elements, out, links, states, onward, state, (*seen, node), ways)


def check_deadlines(suite, p, what, elements, out, states):
    timers = collections.defaultdict(list)
    for e in elements.values():
        definition = e.find(BPMN + "timerEventDefinition")
        if e.get(MINE + "duty") and definition is not None:
            timers[e.get(MINE + "duty")].append((e, definition[0].text))
    for name, duty in p.duties.items():
        suite.check(bool(timers[name]) == bool(p.has_timer(duty)), f"{what}: a timer for {name}", timers[name])
        limit, every = duty.find(OURS + "limit"), duty.find(OURS + "every")
        for e, said in timers[name]:
            if every is not None and every.get("amount"):
                suite.check(f"every {every.get('amount')} {every.get('unit')}" in said, f"{what}: {name}", said)
            elif limit.get("kind") == "within":
                wanted = f"{limit.get('amount')} {limit.get('unit')} after {' | '.join(ids(duty, 'start', 'event'))}"
                suite.check(said.startswith(wanted), f"{what}: {name}: {wanted}", said)
            if e.tag == BPMN + "boundaryEvent":
                check_late(suite, p, what, duty, e, elements, out, states)


def check_late(suite, p, what, duty, timer, elements, out, states):
    host = elements[timer.get("attachedToRef")]
    suite.check(host.get(MINE + "event") in ids(duty, "discharged_by", "event"), f"{what}: {timer.get('id')} on its task")
    lapse = duty.find(OURS + "lapse")
    kind = None if lapse is None else lapse.get("kind")
    target = out[timer.get("id")][0].get("targetRef")
    leads = kind in ("deemed", "to_state") and "always." not in host.get("id")
    suite.check((timer.get("cancelActivity") == "true") == (target in states) == leads, f"{what}: {timer.get('id')}: {kind}", target)
    if kind == "to_state" and leads:
        suite.check(states.get(target) == lapse.get("state"), f"{what}: {timer.get('id')} to its state", target)


def box(shape):
    b = shape.find(DC + "Bounds")
    return tuple(float(b.get(k)) for k in ("x", "y", "width", "height"))


def apart(a, b):
    return a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]


def within(a, b):
    return b[0] <= a[0] and b[1] <= a[1] and a[0] + a[2] <= b[0] + b[2] and a[1] + a[3] <= b[1] + b[3]


def check_diagram(suite, what, root, elements):
    shapes = {s.get("bpmnElement"): box(s) for s in root.iter(DI + "BPMNShape")}
    lines = {e.get("bpmnElement"): [(float(w.get("x")), float(w.get("y"))) for w in e.findall(WAY)]
             for e in root.iter(DI + "BPMNEdge")}
    process = root.find(BPMN + "process")
    flows = {f.get("id"): f for f in process.iter(BPMN + "sequenceFlow")}
    suite.check(set(lines) == set(flows), f"{what}: each flow is drawn")
    inside = {child.get("id") for sub in process.findall(BPMN + "subProcess") for child in sub}
    lanes = {ref.text: lane.get("id") for lane in process.iter(BPMN + "lane") for ref in lane.findall(BPMN + "flowNodeRef")}
    nodes = {i for i, e in elements.items() if i not in flows and e.tag not in (BPMN + "lane", BPMN + "laneSet")}
    suite.check(nodes | set(lanes.values()) | {"participant"} <= set(shapes), f"{what}: each node is drawn", nodes - set(shapes))
    hosts = {i: e.get("attachedToRef") for i, e in elements.items() if e.get("attachedToRef")}
    for i in nodes - inside:
        suite.check(i in lanes and within(shapes[i], shapes[lanes[i]]), f"{what}: {i} stands in its lane")
    solid = sorted(nodes - set(hosts))
    for n, a in enumerate(solid):
        for b in solid[:n]:
            nested = any(x in inside for x in (a, b)) and any(elements[x].tag == BPMN + "subProcess" for x in (a, b))
            suite.check(nested or apart(shapes[a], shapes[b]), f"{what}: {a} and {b} cover each other")
    top = {f.get("id") for f in process.findall(BPMN + "sequenceFlow")}
    for name, points in lines.items():
        ends = {flows[name].get("sourceRef"), flows[name].get("targetRef")}
        ends |= {hosts[e] for e in ends if e in hosts}
        for (x, y), (u, v) in zip(points, points[1:]):
            suite.check(x == u or y == v, f"{what}: {name} is square")
            line = (min(x, u), min(y, v), abs(u - x) or 0.5, abs(v - y) or 0.5)
            hit = [s for s in solid if s not in ends and s not in inside and
                   not apart(line, shapes[s])]
            suite.check(name not in top or not hit, f"{what}: {name} crosses", hit)


def check_words(suite, p, what, root):
    """Names in Chinese, the clauses in the documentation."""
    said = "\n".join(d.text or "" for d in root.iter(BPMN + "documentation"))
    for part in [*p.steps.values(), *p.duties.values(), *p.validities.values()]:
        label = next((e.text for e in part.findall(OURS + "label") if e.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"), None)
        suite.check(label is None or label in said, f"{what}: {part.get('id')} is named", label)
        for clause in ids(part, "cite", "clause"):
            suite.check(clause in said, f"{what}: {part.get('id')} cites {clause}")


# ---- conditions ----

def questions(suite, p, what, root, table, dice):
    """Guards of the machine beside the answers of `guiju step`, on random facts."""
    asked = []
    script = "".join(s.text or "" for s in root.findall(SC + "script"))
    guarded = [(s.get("id"), t) for s in root.findall(SC + "state") for t in s.findall(SC + "transition")
               if t.get("cond") and p.steps[t.get(MINE + "step")].find(OURS + "when") is not None]
    for state, t in guarded:
        step = p.steps[t.get(MINE + "step")]
        limit = step.find(OURS + "limit")
        if step.find(OURS + "in_case_of") is not None or (limit is not None and limit.get("kind") in TIMED):
            continue
        records = list(random_facts(p.instrument, dice, CASES))
        lines = "\n".join(json.dumps(facts) for facts in records)
        answers = jsons(suite.run("step", "--procedure", p.id, "--state", state, "--event", step.get("event"), "--on", "2026-03-02",
                                  "--facts", "/dev/stdin", table, stdin=lines))
        outcomes = {d.get("id"): [a.get("outcome") for a in jsons(suite.run("decide", "--decision", d.get("id"), table, stdin=lines))]
                    for d in p.instrument.findall(OURS + "decision") if f"decisions.{d.get('id')} " in script + t.get("cond")}
        for i, (facts, answer) in enumerate(zip(records, answers, strict=True)):
            if "error" in answer:
                continue             # a constraint excludes the case
            data = {"facts": facts, "decisions": {d: list_[i] for d, list_ in outcomes.items()}}
            reached = answer["accepted"] and answer["state"] == step.get("to", state)
            asked.append(({"script": script, "condition": t.get("cond"), "data": data}, reached,
                          f"{what}: {step.get('id')} {json.dumps(facts)}"))
    return asked


def jsons(answer):
    return [json.loads(line) for line in text(answer.out).splitlines()]


def random_facts(root, dice, count):
    for _ in range(count):
        facts = {}
        for fact in root.findall(OURS + "fact"):
            kind, name = fact.get("kind"), fact.get("id")
            values = [v.get("id") for v in fact.findall(OURS + "value")]
            if fact.get("applicable_date"):
                facts[name] = "2026-03-02"
            elif kind == "boolean":
                facts[name] = dice.random() < 0.5
            elif kind == "enumeration":
                facts[name] = dice.choice(values)
            elif kind == "set":
                facts[name] = [v for v in values if dice.random() < 0.3]
            elif kind == "integer":
                low, high = int(fact.get("low")), int(fact.get("high"))
                facts[name] = min(high, low + int(10 ** (dice.random() * 7)))
            else:
                facts[name] = "2026-03-02"
        yield facts


def node(suite, *arguments, stdin=""):
    return run(["node", str(HERE / "read.mjs"), *map(str, arguments)], suite.folder, stdin, 120, {**suite.environment})


def check_book(suite, name, book, dice):
    out = suite.folder / name
    made = suite.run("build", "--no-pictures", "-o", out, book)
    if not suite.check(made.status == 0, f"{name}: build", made):
        return [], []
    root = ET.parse(next(p for p in out.glob("*.xml"))).getroot()
    files, asked = [], []
    for element in root.findall(OURS + "procedure"):
        p = Procedure(element, root)
        stem = f"{root.get('id')}.{p.id}"
        machine, process = ET.parse(out / f"{stem}.scxml").getroot(), ET.parse(out / f"{stem}.bpmn").getroot()
        check_machine(suite, p, f"{name} {p.id} SCXML", machine)
        what = f"{name} {p.id} BPMN"
        elements, flows, states = check_flow(suite, p, what, process)
        check_deadlines(suite, p, what, elements, flows, states)
        check_diagram(suite, what, process, elements)
        check_words(suite, p, what, process)
        asked += questions(suite, p, f"{name} {p.id}", machine, out / f"{root.get('id')}.table", dice)
        files.append(out / f"{stem}.bpmn")
    return files, asked


def check_by_others(suite, files, asked):
    npm = pathlib.Path(suite.options.npm).resolve()
    moddle = npm / "node_modules/bpmn-moddle"
    if not suite.check(moddle.is_dir(), f"{moddle} is missing: scripts/test installs it"):
        return
    schema = moddle / "resources/bpmn/xsd/BPMN20.xsd"
    valid = subprocess.run(["xmllint", "--noout", "--schema", schema, *files], capture_output=True, text=True)
    suite.check(valid.returncode == 0, "the OMG's schema", valid.stderr)
    read = node(suite, "moddle", npm, *files)
    if suite.check(read.status == 0, "bpmn-moddle", read):
        for file, warnings in json.loads(read.out).items():
            suite.check(not warnings, f"bpmn-moddle: {file}", warnings)
    answers = node(suite, "conditions", npm, stdin=json.dumps([question for question, _, _ in asked]))
    if suite.check(answers.status == 0, "conditions", answers):
        for got, (question, wanted, what) in zip(json.loads(answers.out), asked, strict=True):
            suite.check(got == wanted, what, question["condition"])
    both = collections.Counter(wanted for _, wanted, _ in asked)
    suite.check(both[True] > 10 and both[False] > 10, "conditions that hold and that do not", both)


def check_refused(suite):
    """verify reads them too: one target, one state, one deadline changed, with the manifest made to agree."""
    import hashlib
    import shutil
    for suffix, old, new in (("scxml", 'target="asked"', 'target="granted"'), ("scxml", '<state id="idle"', '<state id="ended"'),
                             ("bpmn", 'guiju:state="granted"', 'guiju:state="asked"'), ("bpmn", 'guiju:duty="reply"', 'guiju:duty="report"'),
                             ("bpmn", 'guiju:step="ask"', 'guiju:step="asks"'), ("scxml", ' guiju:step="expire"', "")):
        folder = suite.folder / "changed"
        shutil.copytree(suite.folder / "every_part", folder)
        path = folder / f"example.permit.{suffix}"
        before = path.read_bytes()
        path.write_bytes(before.replace(old.encode(), new.encode()))
        manifest = (folder / "manifest.json").read_text()
        entry = re.search(r'"%s", "size": \d+, "sha256": "\w+"' % re.escape(path.name), manifest).group(0)
        after = path.read_bytes()
        manifest = manifest.replace(entry, f'"{path.name}", "size": {len(after)}, "sha256": "{hashlib.sha256(after).hexdigest()}"')
        (folder / "manifest.json").write_text(manifest)
        answer = suite.run("verify", "--lang", "en", folder)
        suite.check(before != after and answer.status == 1 and path.name in text(answer.err), f"verify: {old} as {new}", answer)
        shutil.rmtree(folder)


def main():
    suite = Suite(__doc__, configure)
    dice = random.Random(7)
    files, asked = [], []
    for name, book in BOOKS.items():
        more, questions_ = check_book(suite, name, book, dice)
        files += more
        asked += questions_
    suite.check(len(files) > 8, "procedures", files)
    check_by_others(suite, files, asked)
    check_refused(suite)
    suite.finish()


if __name__ == "__main__":
    main()
