"""A plain reading of docs/LANGUAGE.md (Calendars, Procedures) and decisions 0041 and 0045 to 0048: what one move of a
procedure answers. Days are counted one by one; conditions are tried on every case. It shares nothing with the program."""
import datetime
import itertools

NO, PERHAPS, YES = 0, 1, 2
ONE_DAY = datetime.timedelta(1)


class Days:
    """The day on which something ends: known, or between two days, either of which may be unknown (None)."""

    def __init__(self, earliest, latest, exact=True, unpublished=0):
        self.earliest, self.latest, self.exact, self.unpublished = earliest, latest, exact, unpublished

    def moved(self, days):
        shift = datetime.timedelta(days)
        return Days(self.earliest and self.earliest + shift, self.latest and self.latest + shift, self.exact, self.unpublished)

    def bounds(self):
        return bool(self.earliest or self.latest or not self.exact)

    def known(self):
        return self.exact and self.earliest is not None


NEVER = Days(None, None)


def one(day):
    return Days(day, day)


def reached(day, when):
    """Is the day at or after one that may not be known?"""
    if when.earliest and day < when.earliest:
        return NO
    return YES if when.earliest and when.latest and day >= when.latest else PERHAPS


# ---- calendars ----

def weekend(day):
    return day.weekday() >= 5


def works(calendar, day):
    """True, False, or None where the year is not published."""
    year = calendar.years.get(day.year)
    if year is None:
        return None
    return day in year.made_up if weekend(day) else day not in year.off


def always_off(calendar, day):
    return (day.month, day.day) in calendar.always


def guessed(calendar, day, spent, soonest):
    """Whether the calendar that gets there soonest (or last) works on a day of a year that is not published. Only numbers of
    days a year are limited here, so it uses up what it may as early as it can."""
    if always_off(calendar, day):
        return False
    if weekend(day):
        if not soonest or spent.get((day.year, "up"), 0) == calendar.most_made_up:
            return False
        spent[day.year, "up"] = spent.get((day.year, "up"), 0) + 1
        return True
    fixed = sum(not weekend(datetime.date(day.year, m, d)) for m, d in calendar.always)
    if soonest or spent.get((day.year, "off"), 0) + fixed >= calendar.most_off:
        return True
    spent[day.year, "off"] = spent.get((day.year, "off"), 0) + 1
    return False


def working_day(calendar, start, direction, amount, pauses):
    """The Nth working day after the start, which is not counted."""
    ends, unpublished = {}, 0
    for soonest in (True, False):
        day, left, spent, unpublished = start, amount, {}, 0
        while left:
            day += direction * ONE_DAY
            paused = any(a < day <= b for a, b in pauses)
            here = works(calendar, day)
            if here is None:
                unpublished = unpublished or day.year
                if not calendar.assumed:
                    return Days(None, None, False, unpublished)
                here = not paused and guessed(calendar, day, spent, soonest)
            left -= here and not paused
        ends[soonest] = day
    earliest, latest = (ends[True], ends[False]) if direction > 0 else (ends[False], ends[True])
    return Days(earliest, latest, not unpublished, unpublished)


def months_on(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for of_month in range(day.day, 0, -1):
        try:
            return datetime.date(year, month + 1, of_month)
        except ValueError:
            pass
    raise AssertionError


def counted(calendar, start, direction, amount, unit, moves=False, pauses=()):
    if unit == "working_days":
        return working_day(calendar, start, direction, amount, pauses) if calendar else Days(None, None, False)
    if unit == "days":
        end = start + direction * amount * ONE_DAY
    else:
        end = months_on(start, direction * amount * (12 if unit == "years" else 1))
    paused = 0                      # days that are not counted push the end on, and more of them may lie before it then
    while sum((min(b, end + paused * ONE_DAY) - a).days for a, b in pauses if a < end + paused * ONE_DAY) > paused:
        paused += 1
    end += paused * ONE_DAY
    if not moves:
        return one(end)
    return working_day(calendar, end - ONE_DAY, 1, 1, ()) if calendar else Days(None, None, False)


def counted_from(calendar, start, direction, amount, unit):
    """From a day that may itself be an interval."""
    early = counted(calendar, start.earliest, direction, amount, unit) if start.earliest else NEVER
    late = counted(calendar, start.latest, direction, amount, unit) if start.latest else NEVER
    return Days(early.earliest, late.latest, start.exact and early.exact and late.exact,
                start.unpublished or early.unpublished or late.unpublished)


# ---- clocks ----

class Run:
    """Since when a clock runs, by the days of events alone."""

    def __init__(self):
        self.start = self.suspended = None
        self.given = self.over = self.started = self.discharged = self.released = False
        self.pauses = []


def effects(procedure, clock, event):
    found = next((e for e in procedure.events if e.id == event), None)
    return {kind for kind, name in (found.effects if found else ()) if name == clock.id}


def follow(sim, clock):
    run, duty = Run(), clock.is_duty
    if duty and clock.runs_of_itself():
        run.given, run.start = True, datetime.date.min
    for event, day, own in sim.happened():
        does = effects(sim.procedure, clock, event)
        begins = event in clock.starts or "restarts_clock" in does
        if duty and clock.every and event in clock.discharged_by:
            run.discharged = own
        elif duty and event in clock.discharged_by:
            end_run(run, own, "discharged")
        elif "ends_clock" in does or (duty and event in clock.released_by):
            end_run(run, own, "released")
        if begins:
            run = Run()
            run.given, run.start, run.started = True, day, own
        if "suspends_clock" in does and run.given and not run.over and run.suspended is None:
            run.suspended = day
        if "resumes_clock" in does and run.suspended is not None:
            run.pauses.append((run.suspended, day))
            run.suspended = None
    return run


def end_run(run, own, how):
    if own and not run.over:
        setattr(run, how, True)
    run.over, run.suspended = True, None


def validity_end(sim, name):
    """(run, last day): None where it is not known or there is none."""
    clock = sim.procedure.clock(name)
    run = follow(sim, clock)
    return run, None if run.over else due(sim, clock, run)


def due(sim, clock, run):
    """The last day, or None where it has no number or is not known."""
    if not run.given or run.suspended is not None:
        return None
    if not clock.is_duty:
        return counted(sim.calendar, run.start, 1, clock.amount, clock.unit, False, run.pauses)
    if clock.every:
        return repeated_due(sim, clock, run)
    limit = clock.limit
    if limit.kind == "within":
        return counted(sim.calendar, run.start, 1, limit.amount, limit.unit, sim.moves, run.pauses)
    if limit.kind == "by_date":
        return one(limit.date)
    if limit.kind in ("in_the_last", "at_least_before"):
        _, end = validity_end(sim, limit.validity)
        if end is None:
            return None
        return end.moved(-1) if limit.kind == "in_the_last" else counted_from(sim.calendar, end, -1, limit.amount, limit.unit)
    return None


def periods(clock, run, day):
    """Of a repeated duty, from well before the day on: the day before each period, and its last day."""
    if clock.anchor:
        for year in range(day.year - 2, day.year + 10):
            begin, stop = datetime.date(year, *clock.anchor), datetime.date(year + 1, *clock.anchor)
            before, k = begin - ONE_DAY, 1
            while before < stop - ONE_DAY:
                last = min(turn(begin, begin - ONE_DAY, clock, k), stop - ONE_DAY)
                yield before, last
                before, k = last, k + 1
    else:
        before = run.start
        for k in itertools.count(1):
            last = turn(run.start, run.start, clock, k)
            yield before, last
            before = last


def turn(begin, base, clock, k):
    amount, unit = clock.every
    if unit == "days":
        return base + k * amount * ONE_DAY
    return months_on(begin, k * amount * (12 if unit == "years" else 1)) - (begin - base)


def grace(sim, clock, last):
    if clock.limit.kind != "within":
        return one(last)
    return counted(sim.calendar, last, 1, clock.limit.amount, clock.limit.unit, sim.moves)


def serves(sim, clock, run, day, served):
    """The period that a discharge on this day serves: the one before if its grace runs and it is not served, else the one in
    which the day lies or, that being served, the next."""
    before, last = next(p for p in periods(clock, run, day) if p[0] < day <= p[1] or (day <= p[1] and p[0] == run.start))
    if before > run.start and (served is None or before > served):
        late = grace(sim, clock, before)
        if late.latest and late.latest >= day:
            return before, late
    last = next(p[1] for p in periods(clock, run, day) if p[1] >= last and (served is None or p[1] > served))
    return last, grace(sim, clock, last)


def repeated_due(sim, clock, run):
    served = None
    if not clock.anchor and not clock.starts:
        return None
    for event, day, own in sim.happened():
        if not own and event in clock.discharged_by and day >= run.start:
            served, _ = serves(sim, clock, run, day, served)
    return serves(sim, clock, run, sim.day, served)[1]


# ---- guards ----

def holds(condition, case):
    kind = condition[0]
    if kind == "and":
        return all(holds(c, case) for c in condition[1:])
    if kind == "or":
        return any(holds(c, case) for c in condition[1:])
    if kind == "not":
        return not holds(condition[1], case)
    return case[condition[1]] in condition[2]


def cases(facts, known=None):
    known = known or {}
    for values in itertools.product(*([known[f.id]] if f.id in known else f.values for f in facts)):
        yield {f.id: v for f, v in zip(facts, values)}


def judge_guard(sim, step):
    """Does it hold; and the facts to ask for."""
    if not step.guard:
        return YES, []
    facts = sim.procedure.facts
    possible = {holds(step.guard, case) for case in cases(facts, sim.facts)}
    if len(possible) == 1:
        return (YES if True in possible else NO), []
    asked = []
    for place, fact in enumerate(facts):
        if fact.id in sim.facts:
            continue
        left = [len({holds(step.guard, c) for c in cases(facts, {**sim.facts, fact.id: v})}) for v in fact.values]
        alone = any(len({holds(step.guard, {**c, fact.id: v}) for v in fact.values}) > 1 for c in cases(facts, sim.facts))
        if min(left) < 2 or alone:
            asked.append((max(left), place, fact.id))
    return PERHAPS, [fact for _, _, fact in sorted(asked)]


# ---- windows ----

class Window:
    def __init__(self, opens=NEVER, closes=NEVER, verdict=None, ask=()):
        self.opens, self.closes, self.ask, self.open = opens, closes, list(ask), verdict

    def judge(self, day):
        self.open = reached(day, self.opens) if self.opens.bounds() else YES
        if self.open != NO and self.closes.bounds():
            beyond = reached(day - ONE_DAY, self.closes)
            self.open = NO if beyond == YES else PERHAPS if beyond == PERHAPS else self.open
        return self


def of_validity(sim, name):
    """The last day of a validity, or the window of one that has none."""
    run, end = validity_end(sim, name)
    if end is not None:
        return end, None
    return None, Window(verdict=NO if run.given and run.over else PERHAPS, ask=() if run.given else sim.procedure.clock(name).starts)


def lapse_window(sim, event):
    """Time makes the event happen where a duty's last day has passed: whichever of them. Told is the one of which most is known."""
    best, ask = None, []
    for duty in sim.procedure.duties:
        if duty.lapse != ("event", event):
            continue
        run = follow(sim, duty)
        if run.given and run.over:
            window = Window(verdict=NO)
        elif not run.given:
            window = Window(verdict=PERHAPS)
            ask += [e for e in duty.starts if e not in ask]
        else:
            last = due(sim, duty, run)
            window = Window(verdict=PERHAPS) if last is None else Window(last.moved(1)).judge(sim.day)
        key = (window.open, window.opens.bounds())
        best = window if best is None or key > (best.open, best.opens.bounds()) else best
    best = best or Window(verdict=YES)
    best.ask = ask if best.open == PERHAPS else []
    return best


def window_of(sim, step):
    limit, opens = step.limit, NEVER
    event = sim.procedure.event(step.event)
    if event.expiry_of:
        end, other = of_validity(sim, event.expiry_of)
        if other:
            return other
        opens = end.moved(1)
    elif event.actor == "time_passing":
        return lapse_window(sim, step.event)
    if limit.kind == "by_date":
        return Window(opens, one(limit.date)).judge(sim.day)
    if limit.kind in ("in_the_last", "at_least_before"):
        end, other = of_validity(sim, limit.validity)
        if other:
            other.opens = opens
            return other
        before = counted_from(sim.calendar, end, -1, limit.amount, limit.unit)
        window = Window(opens, before) if limit.kind == "at_least_before" else Window(before, end.moved(-1))
        return window.judge(sim.day)
    return Window(opens).judge(sim.day)


# ---- one move ----

class Simulation:
    def __init__(self, procedure, state, event, day, past, facts):
        self.procedure, self.state, self.event, self.day, self.facts = procedure, state, event, day, facts
        self.past = sorted(past, key=lambda p: p[1])
        self.calendar, self.moves, self.moved = procedure.calendar, procedure.moves, False

    def happened(self):
        return [(e, d, False) for e, d in self.past] + ([(self.event, self.day, True)] if self.moved else [])

    def leaving(self, event, state):
        return [s for s in self.procedure.steps if s.event == event and state in s.origins]

    def answer(self):
        answer = {"procedure": self.procedure.id}
        state = self.state
        if self.event is not None:
            yes, perhaps, causes, ask = self.judge()
            after = {s.target or self.state for s in yes + perhaps}
            self.moved = bool(yes) and len(after) == 1
            state = after.pop() if self.moved else state
            answer["accepted"] = True if self.moved else None if yes or perhaps else False
            if not self.moved:
                answer["because"] = self.because(causes, answer["accepted"])
            if answer["accepted"] is None:
                answer["ask"] = ask
        answer["state"] = state
        self.tell(answer, state)
        return answer

    def judge(self):
        yes, perhaps, causes, facts, events = [], [], [], [], []
        for step in self.leaving(self.event, self.state):
            window = window_of(self, step)
            verdict, asked = (NO, []) if window.open == NO else judge_guard(self, step)
            causes.append((step, window, window.open != NO and verdict == NO, verdict))
            if window.open != NO and verdict != NO:
                (yes if window.open == verdict == YES else perhaps).append(step)
            facts += [f for f in asked if f not in facts]
            events += [e for e in window.ask if e not in events]
        return yes, perhaps, causes, facts + events

    def because(self, causes, accepted):
        if accepted is False and not causes:
            return [{"rule": s.id, "from": s.origins} for s in self.procedure.steps if s.event == self.event]
        out = []
        for step, window, guard_false, verdict in causes:
            if accepted is None and (window.open == NO or verdict == NO):
                continue
            entry = {"rule": step.id, **({"guard": False} if guard_false else {})}
            tell_bound(entry, "opens", window.opens)
            tell_bound(entry, "closes", window.closes)
            out.append(entry)
        return out

    def tell(self, answer, state):
        duties, ended, runs = [], [], []
        for clock in self.procedure.duties + self.procedure.validities:
            run = follow(self, clock)
            over = run.discharged or run.released
            if (not run.given or run.over) and not over:
                continue
            last = due(self, clock, run)
            overdue = bool(last and last.latest and last.latest < self.day)
            gone = over and not run.started
            if overdue and not clock.is_duty and not gone and not run.started:
                continue
            (ended if gone else duties if clock.is_duty else runs).append(tell_clock(clock, run, last, overdue, gone))
        for step in self.procedure.steps:
            if state in step.origins and step.limit.kind in ("by_date", "in_the_last", "at_least_before"):
                window = window_of(self, step)
                if window.closes.bounds() and reached(self.day - ONE_DAY, window.closes) != YES:
                    entry = {"id": step.id}
                    tell_bound(entry, "opens", window.opens)
                    tell_due(entry, window.closes)
                    runs.append(entry)
        answer["duties"], answer["runs"] = duties, runs
        if ended:
            answer["ended"] = ended


def iso(day):
    return day and day.isoformat()


def tell_due(entry, days):
    entry["due"], entry["exact"] = (iso(days.earliest), True) if days.known() else (None, False)
    if not days.known():
        entry["earliest"], entry["latest"] = iso(days.earliest), iso(days.latest)
        if days.unpublished:
            entry["unpublished"] = days.unpublished


def tell_bound(entry, key, days):
    if not days.bounds():
        return
    entry[key] = iso(days.earliest) if days.known() else None
    if not days.known():
        entry[key + "_earliest"], entry[key + "_latest"] = iso(days.earliest), iso(days.latest)
        if days.unpublished:
            entry["unpublished"] = days.unpublished


def tell_clock(clock, run, last, overdue, gone):
    entry = {"id": clock.id}
    if clock.is_duty and clock.role:
        entry["role"] = clock.role
    if gone:
        entry["fate"] = "discharged" if run.discharged else "released"
    if last is None:
        entry["due"] = None
        if clock.is_duty and clock.words():
            entry["words"] = clock.words()
    else:
        tell_due(entry, last)
    if run.suspended is not None:
        entry["suspended"] = True
    if overdue:
        entry["overdue"] = True
    return entry
