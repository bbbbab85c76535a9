"""What docs/FINDINGS.md says of a procedure, found by trying every state, case and path: states, dead ends, conflicts and gaps
of steps, what is left out, and properties; and traces played again by the simulator."""
import datetime
import itertools
import json

import simulate

COMPARED = {"unreachable-state", "dead-end", "undated", "step-conflict", "step-gap", "idle-event", "impossible", "renewal-loop",
            "duty-role", "clock-start", "duty-limit", "duty-end", "duty-lapse", "duty-period", "vague-time", "vague-circumstance",
            "calendar", "duty-unmeetable", "duties-collide"}


class Edge:
    def __init__(self, origin, to, step=None, duty=None):
        self.origin, self.to, self.step, self.duty = origin, to, step, duty
        self.event = step.event if step else None


def pending_after(p, duty, edge, pending):
    """Is the duty pending after the edge? Dates are forgotten: its lapse may come wherever it is pending."""
    if edge.duty:
        return pending and edge.duty is not duty
    does = simulate.effects(p, duty, edge.event)
    if edge.event in duty.starts or "restarts_clock" in does:
        return True
    if duty.lapse == ("event", edge.event):
        return False
    return pending and edge.event not in duty.discharged_by + duty.released_by and "ends_clock" not in does


def may_lapse_after(p, duty, edge, running):
    """Could it lapse after the edge? Of a repeated duty the next period follows, whether the last was served or lapsed."""
    if not (duty.every or duty.vague_every):
        return pending_after(p, duty, edge, running)
    does = simulate.effects(p, duty, edge.event)
    return edge.event in duty.starts or "restarts_clock" in does or (
        running and edge.event not in duty.released_by and "ends_clock" not in does)


class Graph:
    def __init__(self, p):
        self.p = p
        self.possible = {s.id: not s.guard or any(simulate.holds(s.guard, c) for c in simulate.cases(p.facts)) for s in p.steps}
        self.edges = [Edge(o, s.target or o, s) for s in p.steps if self.possible[s.id] for o in s.origins]
        while self.add_lapses():
            pass
        self.reached = {place for place, in self.places(lambda edge, bits: (), ())}

    def places(self, after, first):
        """All (state, …bits) from the start, where `after` gives the bits after an edge."""
        met = {(self.p.start, *first)}
        queue = list(met)
        for place in queue:
            for edge in self.edges:
                if edge.origin == place[0]:
                    there = (edge.to, *after(edge, place[1:]))
                    if there not in met:
                        met.add(there)
                        queue.append(there)
        return met

    def pending(self, duties):
        """A duty that runs of itself is pending from its first event on: before, nobody can be said to have it."""
        return self.places(lambda edge, bits: tuple(pending_after(self.p, d, edge, b) for d, b in zip(duties, bits)),
                           tuple(False for _ in duties))

    def add_lapses(self):
        added = False
        for duty in self.p.duties:
            if duty.lapse[0] != "state":
                continue
            places = self.places(lambda edge, bits, d=duty: (may_lapse_after(self.p, d, edge, bits[0]),), (duty.runs_of_itself(),))
            for state, running in sorted(places):
                if running and not any(e.origin == state and e.duty is duty for e in self.edges):
                    self.edges.append(Edge(state, duty.lapse[1], duty=duty))
                    added = True
        return added

    def leads(self, state, takes=lambda edge: True):
        """States reached from it over at least one edge."""
        met, queue = set(), [state]
        for place in queue:
            for edge in self.edges:
                if edge.origin == place and takes(edge) and edge.to not in met:
                    met.add(edge.to)
                    queue.append(edge.to)
        return met


# ---- states ----

def states(g):
    p, final = g.p, {s.id for s in g.p.states if s.final}
    for state in p.states:
        if state.id not in g.reached:
            yield "unreachable-state", (state.id,)
        if state.no_stay and state.final:
            yield "dead-end", (state.id,)
        on = g.leads(state.id)
        circle = on | {state.id}
        if state.id in g.reached and not circle & final and all(state.id in g.leads(t) for t in circle - {state.id}) and min(circle) == state.id:
            yield "dead-end", (state.id,)
        yield from undated(g, state)


def undated(g, state):
    if state.final or state.id == g.p.start or state.id not in g.reached:
        return
    ways = [e for e in g.edges if e.origin == state.id and e.to != state.id]
    steps = [e.step for e in ways if e.step and g.p.event(e.step.event).actor != "time_passing"]
    actors = {g.p.event(s.event).actor for s in steps}

    def stated(step):
        return step.limit.kind != "none" or step.discretion or any(step.event in d.discharged_by for d in g.p.duties)

    if len(ways) and all(e.step for e in ways) and len(actors) == 1 and actors <= set(g.p.roles) and not any(map(stated, steps)):
        yield "undated", (steps[0].id,)


# ---- guards ----

def read_by(condition):
    return {condition[1]} if condition[0] == "is" else set().union(*map(read_by, condition[1:]))


def event_facts(p, event):
    read = set().union(*(read_by(s.guard) for s in p.steps if s.event == event and s.guard))
    return [f for f in p.facts if f.id in read]


def told_apart(a, b):
    if a.circumstance or b.circumstance:
        return not a.circumstance or not b.circumstance or a.circumstance != b.circumstance
    last, before = (b.limit, a.limit) if a.limit.kind == "at_least_before" else (a.limit, b.limit)
    return ((last.kind, before.kind) == ("in_the_last", "at_least_before") and last.validity == before.validity
            and last.unit == before.unit and last.amount < before.amount)


def guards(g):
    """(slug, steps, the event's cases in which it is so)"""
    p = g.p

    def guard(step, case):
        return not step.guard or simulate.holds(step.guard, case)

    for event in p.events:
        steps = [s for s in p.steps if s.event == event.id]
        facts = event_facts(p, event.id)
        for a, b in itertools.combinations(steps, 2):
            parts = [s for s in p.states if s.id in g.reached and s.id in a.origins and s.id in b.origins
                     and (a.target or s.id) != (b.target or s.id)]
            bad = [c for c in simulate.cases(facts) if guard(a, c) and guard(b, c)]
            if parts and bad and not told_apart(a, b):
                yield "step-conflict", (a.id, b.id), facts, bad
        asked = set()
        for state in p.states:
            here = [s for s in steps if state.id in s.origins]
            key = tuple(s.id for s in here)
            if state.id not in g.reached or len(here) < 2 or key in asked:
                continue
            asked.add(key)
            bad = [c for c in simulate.cases(facts) if not any(guard(s, c) for s in here)]
            if bad and not any(not s.guard or s.circumstance for s in here):
                yield "step-gap", key, facts, bad


# ---- what is left out ----

def left_out(g):
    p, used = g.p, []
    for event in p.events:
        if not any(s.event == event.id for s in p.steps):
            yield "idle-event", (event.id,)
    for step in p.steps:
        if not g.possible[step.id]:
            yield "impossible", (step.id,)
        if p.event(step.event).actor is None:
            yield "duty-role", (step.id,)
        if step.limit.vague and step.limit.vague not in p.declared and not step.discretion:
            yield "vague-time", (step.id,)
        if step.circumstance and not step.discretion:
            yield "vague-circumstance", (step.id,)
        used += [step.id] if step.limit.kind in ("in_the_last", "at_least_before") and step.limit.unit == "working_days" else []
    used += [v.id for v in p.validities if v.unit == "working_days"]
    for duty in p.duties:
        repeated = duty.every or duty.vague_every
        yield from ((slug, (duty.id,)) for slug, wrong in (
            ("duty-role", duty.role is None), ("clock-start", not repeated and not duty.starts and not duty.runs_of_itself()),
            ("duty-limit", not repeated and duty.limit.kind == "none"), ("duty-end", not duty.discharged_by),
            ("duty-period", bool(duty.every) and not duty.anchor and not duty.starts), ("duty-lapse", duty.lapse[0] == "unstated"),
            ("vague-time", bool(duty.words()) and duty.words() not in p.declared and not duty.discretion)) if wrong)
        used += [duty.id] if duty.limit.kind in ("within", "in_the_last", "at_least_before") and duty.limit.unit == "working_days" else []
    if used and not p.calendar:
        yield "calendar", (used[0],)


def loops(g):
    """Validities that renew themselves while nobody decides and nothing has to be so."""
    def free(edge):
        step = edge.step
        return not step or not (step.guard or step.circumstance or step.discretion or step.limit.kind not in ("none", "unlimited"))

    for step in g.p.steps:
        renewed = [n for k, n in g.p.event(step.event).effects if k == "restarts_clock" and n.startswith("v")]
        if any(e.step is step and free(e) and e.origin in g.reached and (e.to == e.origin or e.origin in g.leads(e.to, free)) for e in g.edges):
            yield from (("renewal-loop", (step.id,)) for _ in renewed)


# ---- duties that cannot be met ----

def stuck(g, duties, wanted):
    """Places where all of them are pending, from which no way leads to where none of `wanted` is."""
    def after(edge, bits):
        return tuple(pending_after(g.p, d, edge, b) for d, b in zip(duties, bits))

    places = {(s.id, *bits) for s in g.p.states for bits in itertools.product((False, True), repeat=len(duties))}
    good = {q for q in places if not any(q[1 + i] for i in wanted)}
    while True:
        more = {q for q in places - good for e in g.edges if e.origin == q[0] and (e.to, *after(e, q[1:])) in good}
        if not more:
            return places - good
        good |= more


def unmeetable(g):
    collide = set()
    for a, b in itertools.combinations(g.p.duties, 2):
        if a.role and a.role == b.role and a.discharged_by and b.discharged_by:
            met = {q for q in entered(g, [a, b]) if q[1] and q[2]}
            if met & (stuck(g, [a, b], [0, 1]) - stuck(g, [a, b], [0]) - stuck(g, [a, b], [1])):
                collide |= {a.id, b.id}
                yield "duties-collide", (a.id, b.id)
    for duty in g.p.duties:
        if duty.id not in collide and duty.discharged_by and {q for q in entered(g, [duty]) if q[1]} & stuck(g, [duty], [0]):
            yield "duty-unmeetable", (duty.id,)


def entered(g, duties):
    """Places that an edge leads to."""
    return {(e.to, *(pending_after(g.p, d, e, b) for d, b in zip(duties, q[1:]))) for q in g.pending(duties) for e in g.edges if e.origin == q[0]}


# ---- properties ----

def enters(edge, state):
    return edge.to == state and (edge.origin != edge.to or edge.duty)


def answered(p, event):
    return any(event in d.starts and d.discharged_by and d.limit.kind in ("within", "by_date") and d.lapse[0] != "unstated" for d in p.duties)


def property_bits(a, edge, bits):
    """(has it been violated, what is to be remembered)"""
    happens = edge.event == a.event
    if a.kind == "only_after":
        seen = bits[1] or happens
        return bits[0] or (not seen and enters(edge, a.state)), seen
    if a.kind == "only_through":
        return bits[0] or (bits[1] and not happens and enters(edge, a.state)), edge.to == a.after or (bits[1] and not happens)
    return bits[0] or happens, False


def violates(p, a, path):
    bits = (False, False)
    for edge in path:
        bits = property_bits(a, edge, bits)
    return bits[0] and not (a.kind == "answered" and answered(p, a.event))


def violable(g, a):
    if a.kind == "answered" and answered(g.p, a.event):
        return False
    return any(bits[0] for _, *bits in g.places(lambda edge, bits: property_bits(a, edge, bits), (False, False)))


# ---- traces ----

def replay(p, trace):
    """The edges of a trace, if the simulator takes each of them; else what went wrong."""
    state, past, path, asked = p.start, [], [], datetime.date(2026, 1, 1)
    for move in trace:
        day = datetime.date.fromisoformat(move["on"])
        if "lapse" in move:
            duty = p.clock(move["lapse"])
            sim = simulate.Simulation(p, state, None, asked, past, {})
            run = simulate.follow(sim, duty)
            last = simulate.due(sim, duty, run)
            if run.over or not last or last.latest != day - simulate.ONE_DAY or duty.lapse != ("state", move["state"]):
                return f"{move} does not lapse"
            path.append(Edge(state, move["state"], duty=duty))
        else:
            sim = simulate.Simulation(p, state, move["event"], day, past, move.get("facts", {}))
            answer = sim.answer()
            if not answer["accepted"] or answer["state"] != move["state"]:
                return f"{move}: {answer}"
            past.append((move["event"], day))
            path.append(Edge(state, move["state"], step=sim.leaving(move["event"], state)[0]))
        state, asked = move["state"], day + simulate.ONE_DAY
    return path


# ---- comparing ----

def in_region(facts, region, case):
    for fact in facts:
        allowed = region["when"].get(fact.id)
        value = case[fact.id]
        if allowed is not None and not (allowed[0] <= value <= allowed[1] if fact.kind == "integer" else value in allowed):
            return False
    return True


def compare_regions(trial, g, found):
    for slug, rules, facts, bad in guards(g):
        finding = next((f for f in found if f["slug"] == slug and tuple(f["rules"]) == rules), None)
        if not finding or not facts:
            continue
        trial.wrong(f"{slug} {rules}: count", str(len(bad)), finding["count"])
        for case in simulate.cases(facts):
            inside = sum(in_region(facts, region, case) for region in finding["regions"])
            if inside != (case in bad):
                trial.wrong(f"{slug} {rules}: regions of {case}", int(case in bad), inside)


def compare_properties(trial, g, found, walked):
    for a in g.p.properties:
        said = {f["slug"]: f for f in found if f["slug"] in ("refuted", "not-decided") and f["rules"] == [a.id]}
        trial.wrong(f"property {a.id}: violable", violable(g, a), bool(said))
        trial.met |= set(said) or {"proved"}
        if "refuted" in said:
            path = replay(g.p, said["refuted"]["trace"])
            trial.suite.check(not isinstance(path, str) and violates(g.p, a, path), f"seed {trial.seed}: trace of {a.id}", path)
        elif not said:
            trial.suite.check(not violates(g.p, a, walked), f"seed {trial.seed}: {a.id} is said to hold and a walk violates it",
                              " ".join(f"{e.origin}-{e.event or e.duty.id}->{e.to}" for e in walked))


def compare(trial, walked):
    """walked: the edges of a random walk that the simulator took."""
    status, out = trial.commands.run("check", "--format", "json", "--lang", "en", "--regions", "all", trial.book)
    trial.suite.check(status in (0, 1, 4), f"seed {trial.seed}: check ends with {status}")
    found, g = json.loads(out)["findings"], Graph(trial.p)
    expected = [*states(g), *((slug, rules) for slug, rules, _, _ in guards(g)), *left_out(g), *loops(g), *unmeetable(g)]
    steps = {s.id for s in trial.p.steps}
    got = [(f["slug"], tuple(f["rules"])) for f in found if f["slug"] in COMPARED and not (f["slug"] == "duty-unmeetable" and f["rules"][0] in steps)]
    trial.met |= {slug for slug, _ in expected}
    trial.wrong("findings", sorted(map(list, expected)), sorted(map(list, got)))
    compare_regions(trial, g, found)
    compare_properties(trial, g, found, walked)
    for edge in walked:
        trial.suite.check(edge.to in g.reached, f"seed {trial.seed}: a walk gets to {edge.to}")
    for f in found:
        if f.get("trace") and f["slug"] != "refuted":
            path = replay(trial.p, f["trace"])
            trial.suite.check(not isinstance(path, str), f"seed {trial.seed}: trace of {f['slug']} {f['rules']}", path)
