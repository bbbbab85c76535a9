"""Random small procedures, as objects for the simulator and as the text of a rulebook."""
import datetime
import random

VAGUE = ["soon", "promptly"]


class Thing:
    def __init__(self, **values):
        self.__dict__.update(values)


class Clock(Thing):
    def runs_of_itself(self):
        return not self.starts and (bool(self.anchor) if self.every else self.limit.kind == "by_date")

    def words(self):
        return self.limit.vague or self.vague_every


class Procedure(Thing):
    id = "p"

    def clock(self, name):
        return next(c for c in self.duties + self.validities if c.id == name)

    def event(self, name):
        return next(e for e in self.events if e.id == name)


def some(rng, items, least=1, most=2):
    items = list(items)
    return [items[i] for i in sorted(rng.sample(range(len(items)), min(len(items), rng.randint(least, most))))]


# ---- facts and conditions ----

def make_facts(rng):
    facts = []
    for i in range(rng.randint(0, 3)):
        kind = rng.choice(["boolean", "enumeration", "integer"])
        values = {"boolean": [False, True], "enumeration": [f"m{k}" for k in range(rng.randint(2, 3))],
                  "integer": list(range(rng.randint(2, 5)))}[kind]
        facts.append(Thing(id=f"f{i}", kind=kind, values=values))
    return facts


def fact_text(fact):
    domain = {"boolean": "boolean", "enumeration": "enumeration { " + ", ".join(map(str, fact.values)) + " }",
              "integer": f"integer 0 to {fact.values[-1]} items"}[fact.kind]
    return f"fact {fact.id}: {domain} because \"x\""


def make_condition(rng, facts, depth=2):
    if depth and rng.random() < 0.5:
        kind = rng.choice(["and", "or", "not"])
        return (kind, *(make_condition(rng, facts, depth - 1) for _ in range(1 if kind == "not" else 2)))
    fact = rng.choice(facts)
    return ("is", fact.id, set(some(rng, fact.values, 1, len(fact.values) - (rng.random() < 0.9))), fact)


def condition_text(condition):
    kind = condition[0]
    if kind == "not":
        return f"not ( {condition_text(condition[1])} )"
    if kind in ("and", "or"):
        return f"( {condition_text(condition[1])} ) {kind} ( {condition_text(condition[2])} )"
    _, name, values, fact = condition
    if fact.kind == "boolean":
        return f"{name} or not {name}" if len(values) == 2 else name if True in values else f"not {name}"
    if fact.kind == "enumeration":
        return f"{name} in {{ {', '.join(v for v in fact.values if v in values)} }}"
    return " or ".join(f"( {name} at_least {v} items and {name} at_most {v} items )" for v in sorted(values))


# ---- calendars ----

def make_calendar(rng):
    if rng.random() < 0.15:
        return None
    years = {}
    for year in (2026, 2027, 2028):
        if rng.random() < 0.7:
            first = datetime.date(year, 1, 1)
            days = [first + datetime.timedelta(rng.randrange(365)) for _ in range(rng.randint(0, 14))]
            start = datetime.date(year, rng.randint(1, 12), rng.randint(1, 20))
            days += [start + datetime.timedelta(i) for i in range(rng.randint(0, 9))]
            years[year] = Thing(off={d for d in days if d.weekday() < 5}, made_up={d for d in days if d.weekday() >= 5})
    assumed, always = rng.random() < 0.7, []
    if assumed:
        always = sorted({(rng.randint(1, 12), rng.randint(1, 28)) for _ in range(rng.randint(0, 2))})
    return Thing(years=years, assumed=assumed, always=always, most_off=len(always) + rng.randint(0, 3), most_made_up=rng.randint(0, 2))


def calendar_text(calendar):
    if not calendar:
        return []
    lines = ["calendar c"]
    if calendar.assumed:
        always = ", ".join(f"{m:02}-{d:02}" for m, d in calendar.always)
        lines.append(f"  assumed_unless_published days_off {calendar.most_off} days made_up {calendar.most_made_up} days"
                     + (f" always_off {always}" if always else "") + " because \"x\"")
    for number, year in calendar.years.items():
        lines.append(f"calendar_year {number} for c published_in \"n\"")
        for word, days in (("days_off", year.off), ("made_up", year.made_up)):
            if days:
                lines.append(f"  {word} \"h\" " + ", ".join(d.isoformat() for d in sorted(days)))
    return lines


# ---- procedures ----

def make_limit(rng, p, of_duty):
    kinds = ["none", "unlimited", "vague", "by_date"] + ["in_the_last", "at_least_before"] * 2 * bool(p.validities)
    kind = rng.choice(kinds + ["within"] * 8 if of_duty else kinds + ["none"] * 3)
    limit = Thing(kind=kind, amount=None, unit=None, date=None, validity=None, vague=None)
    if kind == "vague":
        limit.vague = rng.choice(VAGUE)
    elif kind == "by_date":
        limit.date = datetime.date(2026, 1, 1) + datetime.timedelta(rng.randint(0, 400))
    elif kind not in ("none", "unlimited"):
        limit.unit = rng.choice(["working_days", "days", "months"])
        limit.amount = rng.randint(1, 2 if limit.unit == "months" else 30)
        if kind != "within":
            limit.validity = rng.choice(p.validities).id
    return limit


def limit_text(limit):
    return {"none": lambda: "", "unlimited": lambda: " no_time_limit", "vague": lambda: f" time_limit unquantified \"{limit.vague}\"",
            "by_date": lambda: f" time_limit no_later_than {limit.date}",
            "within": lambda: f" time_limit {limit.amount} {limit.unit}"}.get(
                limit.kind, lambda: f" time_limit {limit.validity} before_end {limit.amount} {limit.unit} {limit.kind}")()


def make_duty(rng, p, number, careless):
    def left_out():
        return rng.random() < (0.15 if careless else 0)

    events = [e.id for e in p.events]
    duty = Clock(id=f"d{number}", is_duty=True, role=None if left_out() else rng.choice(p.roles), discretion=rng.random() < 0.5,
                 limit=make_limit(rng, p, True), starts=[] if left_out() else some(rng, events), every=None, anchor=None, vague_every=None,
                 discharged_by=[] if left_out() else some(rng, events), released_by=some(rng, events, 0, 1))
    if duty.limit.kind == "by_date" and rng.random() < 0.5:
        duty.starts = []
    shape = rng.random()
    if shape < 0.2:
        unit = rng.choice(["days", "months"])
        duty.every = (rng.randint(5, 60) if unit == "days" else rng.randint(1, 12), unit)
        if rng.random() < 0.5:
            duty.anchor = (rng.randint(1, 12), rng.randint(1, 28))
            duty.starts = duty.starts if rng.random() < 0.3 else []
        if duty.limit.kind != "within":
            duty.limit = Thing(kind="none", vague=None)
    elif shape < 0.25:
        duty.vague_every, duty.limit = rng.choice(VAGUE), Thing(kind="none", vague=None)
    duty.lapse = rng.choice([("none",), ("words", "w"), ("state", rng.choice(p.states).id), ("event", rng.choice(events)), ("event", events[-1]), ("event", events[-1])])
    if left_out():
        duty.lapse = ("unstated",)
    return duty


def duty_text(duty):
    every = f" every {duty.every[0]} {duty.every[1]}" if duty.every else f" every unquantified \"{duty.vague_every}\"" if duty.vague_every else ""
    lapse = {"none": " if_late no_consequence", "words": " if_late \"w\"", "unstated": "", "state": f" if_late to {duty.lapse[-1]}",
             "event": f" if_late deemed {duty.lapse[-1]}"}[duty.lapse[0]]
    return (f"duty {duty.id} for p" + (f" by {duty.role}" if duty.role else "") + (" discretion r0" if duty.discretion else "")
            + limit_text(duty.limit) + every + (f" beginning_on {duty.anchor[0]:02}-{duty.anchor[1]:02}" if duty.anchor else "")
            + listed("from", duty.starts) + listed("discharged_by", duty.discharged_by) + listed("released_by", duty.released_by) + lapse)


def listed(word, names):
    return f" {word} {', '.join(names)}" if names else ""


def make_events(rng, p, careless):
    for event in p.events:
        event.actor = rng.choice(p.roles + p.roles + ["circumstances", "time_passing"])
        if event is p.events[-1] and rng.random() < 0.6:
            event.actor = "time_passing"
        event.expiry_of = None
        if careless and rng.random() < 0.1:
            event.actor = None
        clocks = [c.id for c in p.duties + p.validities]
        kinds = some(rng, ["restarts_clock", "suspends_clock", "resumes_clock", "ends_clock"], 0, 1)
        event.effects = [(kind, name) for kind in kinds for name in some(rng, clocks, 1, 2)] if clocks else []
        if event.actor == "time_passing":
            deemed = any(d.lapse == ("event", event.id) for d in p.duties)
            if p.validities and (not deemed or rng.random() < 0.3):
                event.expiry_of = rng.choice(p.validities).id
            elif not deemed:
                event.actor = rng.choice(p.roles)


def make_steps(rng, p, careless):
    steps = []
    for event in p.events:
        for _ in range(rng.choice([0, 1, 1, 2, 2, 3] if careless else [1, 1, 2, 2, 3])):
            target = rng.choice([s.id for s in p.states] + [None])
            limit = Thing(kind="none", vague=None) if event.actor == "time_passing" else make_limit(rng, p, False)
            steps.append(Thing(id=f"t{len(steps)}", event=event.id, origins=some(rng, [s.id for s in p.states], 1, 2), target=target,
                               guard=make_condition(rng, p.facts) if p.facts and rng.random() < 0.5 else None, limit=limit,
                               discretion=rng.random() < 0.6, circumstance=rng.choice([None, None, None, "grave", "light"])))
        if not steps or steps[-1].event != event.id:
            event.actor, event.expiry_of, event.effects = None, None, []
    return steps


def step_text(p, step):
    event = p.event(step.event)
    effects = "".join(listed(kind, [n for k, n in event.effects if k == kind]) for kind in dict(event.effects))
    return (f"step {step.id} for p" + (f" by {event.actor}" if event.actor else "") + (f" at_end_of {event.expiry_of}" if event.expiry_of else "")
            + (" discretion r0" if step.discretion else "") + f" on_event {event.id} from {', '.join(step.origins)} to "
            + (step.target or "same_state") + (f" in_case_of \"{step.circumstance}\"" if step.circumstance else "")
            + limit_text(step.limit) + effects + (f"\n  when {condition_text(step.guard)}" if step.guard else ""))


def make_properties(rng, p):
    states, events = [s.id for s in p.states], [e.id for e in p.events]
    out = []
    for number in range(rng.randint(0, 3)):
        kind = rng.choice(["only_after", "only_through", "answered"])
        out.append(Thing(id=f"a{number}", kind=kind, state=rng.choice(states), after=rng.choice(states), event=rng.choice(events)))
    return out


def property_text(a):
    return {"only_after": f"assert {a.id} for p\n  {a.state} only_after {a.event}",
            "only_through": f"assert {a.id} for p\n  {a.after} afterwards {a.state} only_through {a.event}",
            "answered": f"assert {a.id} for p\n  every {a.event} answered_or_lapse_stated"}[a.kind]


def make(seed):
    """A procedure and the text of its rulebook. Every other one leaves things out."""
    rng = random.Random(seed)
    careless = seed % 2 == 1
    p = Procedure(facts=make_facts(rng), calendar=make_calendar(rng), moves=rng.random() < 0.5, roles=["r0", "r1"],
                  declared=some(rng, VAGUE, 0, 2), duties=[], validities=[], properties=[])
    p.states = [Thing(id=f"s{i}", final=rng.random() < 0.3, no_stay=rng.random() < 0.05) for i in range(rng.randint(2, 5))]
    p.start = rng.choice(p.states).id
    p.events = [Thing(id=f"e{i}") for i in range(rng.randint(2, 5))]
    p.validities = [Clock(id=f"v{i}", is_duty=False, unit=(unit := rng.choice(["days", "months", "working_days"])),
                          amount=rng.randint(1, 6) * (1 if unit == "months" else 15), every=None, anchor=None,
                          starts=some(rng, [e.id for e in p.events])) for i in range(rng.randint(0, 2))]
    p.duties = [make_duty(rng, p, i, careless) for i in range(rng.randint(0, 3))]
    make_events(rng, p, careless)
    p.steps = make_steps(rng, p, careless)
    p.properties = make_properties(rng, p)
    return p


def text(p):
    states = ", ".join(s.id + (" initial_state" if s.id == p.start else "") + (" final_state" if s.final else "")
                       + (" no_stay" if s.no_stay else "") for s in p.states)
    lines = ["rulebook example", "convention periods start_day_excluded because \"x\"",
             "convention months, years end_on_corresponding_day because \"x\""]
    lines += ["convention last_day moves_to_a_working_day because \"x\""] if p.moves else []
    lines += [f"convention {', '.join(p.declared)} unquantified because \"x\""] if p.declared else []
    lines += [f"role {role} \"{role}\"" for role in p.roles] + [fact_text(f) for f in p.facts] + calendar_text(p.calendar)
    lines += [f"procedure p{' calendar c' if p.calendar else ''}: {{ {states} }}"]
    lines += [f"event {e.id} for p" for e in p.events] + [step_text(p, s) for s in p.steps]
    lines += [f"validity {v.id} for p {v.amount} {v.unit}{listed('from', v.starts)} survives" for v in p.validities]
    lines += [duty_text(d) for d in p.duties] + [property_text(a) for a in p.properties]
    return "```rulebook\n" + "\n".join(lines) + "\n```\n"
