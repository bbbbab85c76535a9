#!/usr/bin/env python3
"""Timelines show what `guiju step` answers: each row's last days, openings and consequences, for every event that a state
takes, on many days and after many pasts; and the days of the calendar as the rulebook publishes them."""
import datetime
import json
import pathlib
import random
import re
import sys
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite, text  # noqa: E402

BOOKS = ("rulebooks/fujian", "rulebooks/fujian-2026-draft", "rulebooks/examples/everything",
         "tests/golden/good/procedure_every_part.rulebook.md", "tests/golden/good/procedure_english.rulebook.md")
DAYS = [datetime.date.fromisoformat(day) for day in (
    "2026-02-10", "2026-02-14", "2026-02-23", "2026-04-28", "2026-09-28", "2025-12-26", "2026-12-28", "2026-12-31",
    "2024-02-29", "2023-01-20", "2027-06-15", "2029-02-01")]
ADVANCES = [int(n) for n in re.findall(r"\d+", re.search(r"ascii_width\[\] = \{(.*?)\}", (
    ROOT / "compiler/draw/metrics.c").read_text(), re.S)[1])]
SVG = "{http://www.w3.org/2000/svg}"
ONE = datetime.timedelta(days=1)


# ---- the picture ----

def texts(group):
    return [element.text or "" for element in group.iter(SVG + "text")]


def read_picture(path):
    """Rows by id, with the bars of each; and the days by date, with their class."""
    rows, days = {}, {}
    for group in ElementTree.parse(path).iter(SVG + "g"):
        kind, _, word = group.get("class", "").partition(" ")
        if kind == "day":
            days[group.get("data-from")] = word
        elif kind == "node":
            bars = [(rect.get("class"), rect.get("data-from"), rect.get("data-to")) for rect in group.iter(SVG + "rect")]
            rows[group.get("id")] = (bars, "".join(texts(group)))
    return rows, days


def width_of(words, size):
    return sum(size * (ADVANCES[ord(letter) - 32] / 1000 if " " <= letter <= "~" else 1.0) for letter in words)


def check_legible(suite, name, path):
    """It fits on A4 (nearly, with very much in it), the words of a row end before the first day, and those of the calendar's head lie side by side."""
    root = ElementTree.parse(path).getroot()
    width, height = (float(root.get(key).removesuffix("pt")) for key in ("width", "height"))
    grown = 1.0 if name.startswith("fujian") else 1.15  # the paper grows where there are many rows and many days
    suite.check(min(width, height) <= 595.1 * grown and max(width, height) <= 842.1 * grown, f"{name}: {width} × {height}")
    scale = float(re.search(r"scale\(([\d.]+)\)", next(g for g in root.iter(SVG + "g") if g.get("class") == "graph").get("transform"))[1])
    suite.check(scale * 8 >= 7, f"{name}: type of {scale * 8} points")
    heads, first = {}, None
    for group in root.iter(SVG + "g"):
        kind = group.get("class", "").partition(" ")[0]
        if kind in ("day", "gap"):
            left = float(next(group.iter(SVG + "rect")).get("x"))
            first = left if first is None else first
            for element in group.iter(SVG + "text"):
                half = width_of(element.text, 8) / (2 if element.get("text-anchor") else 1)
                start = float(element.get("x")) - (half if element.get("text-anchor") else 0)
                heads.setdefault(element.get("y"), []).append((start, start + width_of(element.text, 8), element.text))
        elif kind == "node":
            for element in group.iter(SVG + "text"):
                end = float(element.get("x")) + width_of(element.text, float(element.get("font-size")))
                suite.check(end <= first + 3, f"{name}: {element.text} reaches into the days")
    for line in heads.values():
        line.sort()
        for one, other in zip(line, line[1:]):
            suite.check(one[1] <= other[0] + 1.5, f"{name}: {one[2]} lies on {other[2]}")


# ---- what it should show ----

class Book:
    """A rulebook: its procedures' states, events and windows, and its calendars, read from its XML."""

    def __init__(self, suite, path):
        self.suite, self.path, self.name = suite, ROOT / path, pathlib.Path(path).name
        out = suite.folder / f"out-{self.name}"
        built = suite.run("build", "--no-pictures", "-o", out, self.path)
        suite.check(built.status == 0, f"build {self.name}", built)
        self.root = ElementTree.parse(next(out.glob("*.xml"))).getroot()
        self.table = next(out.glob("*.table"))  # answers as the rulebook does, and faster
        self.space = self.root.tag.partition("}")[0] + "}"
        self.procedures = {p.get("id"): p for p in self.root.iter(self.space + "procedure")}
        self.count = 0

    def of(self, procedure, kind):
        return [part.get("id") for part in self.procedures[procedure].findall(self.space + kind)]

    def leaving(self, procedure):
        """Each state with each event that some step takes it by."""
        steps = self.procedures[procedure].findall(self.space + "step")
        return sorted({(f.get("state"), s.get("event")) for s in steps for f in s.findall(self.space + "from")})

    def step(self, procedure, state, event, day, past):
        arguments = ["--event", event] if event else []
        answer = self.suite.run("step", "--procedure", procedure, "--state", state, *arguments, "--on", day,
                                *[f"--past={e}={d}" for e, d in past], self.table)
        return json.loads(answer.out)

    def draw(self, procedure, event, day, past, *more):
        self.count += 1
        picture = self.suite.folder / f"{self.name}.{self.count}.svg"
        answer = self.suite.run("graph", "--procedure", procedure, "--from", event, "--on", day,
                                *[f"--past={e}={d}" for e, d in past], "-o", picture, *more, self.path)
        return answer, picture


def wanted_days(item):
    """(class, first, last) of the bars that the answer's day asks for."""
    if item.get("exact") and item["due"]:
        return [("due", item["due"], item["due"])]
    if item.get("earliest"):
        return [("between", item["earliest"], item.get("latest") or "-")]
    return []


def check_item(suite, what, item, row, day):
    bars, words = row
    first = wanted_days(item)
    shown = [bar for bar in bars if bar[0] in ("due", "between")]
    opening = []
    if item.get("opens_latest") and item["opens_latest"] >= str(day):
        opening = [("between", item["opens_earliest"], item["opens_latest"])]
    suite.check(shown[:len(first + opening)] == first + opening, f"{what}: its days", f"{item}\n{bars}")
    for key in ("due", "earliest", "latest", "opens", "opens_earliest", "opens_latest"):
        suite.check(not item.get(key) or item[key] in words, f"{what}: {key} is written", f"{item}\n{words}")
    if item.get("opens") and item["opens"] >= str(day):
        starts = [bar for bar in bars if bar[0] in ("runs", "due") and bar[1] == item["opens"]]
        suite.check(starts, f"{what}: it begins where it opens", f"{item}\n{bars}")
    return shown[len(first + opening):]


def check_turns(suite, book, question, item, later):
    """The later days of a repeated duty are what is told on the day after each last day."""
    procedure, state, event, day, past, name = question
    last = item.get("due") or item.get("latest")
    for bar in later:
        told = book.step(procedure, state, None, datetime.date.fromisoformat(last) + ONE, past + [(event, day)])
        found = [other for other in told["duties"] if other["id"] == item["id"]]
        suite.check(found and wanted_days(found[0]) == [bar], f"{name}: the next turn", f"{bar}\n{told}")
        last = bar[2]


def check_lapse(suite, book, question, item, bars):
    """What happens of itself happens on the day after the last day, and not on that day."""
    procedure, state, event, day, past, name = question
    for bar in bars:
        if bar[0] != "lapse":
            continue
        last = datetime.date.fromisoformat(bar[1]) - ONE
        dues = [other[2] for other in bars if other[0] == "due"]
        suite.check(dues and dues[-1] == str(last), f"{name}: the consequence comes the day after", bars)
        duty = next((d for d in book.procedures[procedure].findall(book.space + "duty") if d.get("id") == item["id"]), None)
        if duty is not None and duty.find(book.space + "lapse").get("kind") == "to_state":
            continue
        events = [e.get("id") for e in book.procedures[procedure].findall(book.space + "event") if e.get("actor") == "time"]
        takes = [[other for other in events
                  if book.step(procedure, state, other, on, past + [(event, day)])["accepted"]] for on in (last, last + ONE)]
        suite.check(set(takes[1]) - set(takes[0]), f"{name}: something happens then", takes)


def check_picture(suite, book, calendar, answer, picture, question):
    procedure, state, event, day, past, name = question
    check_legible(suite, name, picture)
    rows, days = read_picture(picture)
    if answer.get("ended"):  # a repeated duty that was discharged is owed again
        running = book.step(procedure, answer["state"], None, day, past + [(event, day)])["duties"]
        answer["duties"] += [item for item in running if item["id"] in {ended["id"] for ended in answer["ended"]}]
    expected = {f"event.{event}"} | {"duty." + item["id"] for item in answer["duties"]}
    validities = set(book.of(procedure, "validity"))
    kinds = [("validity." if item["id"] in validities else "window.") + item["id"] for item in answer["runs"]]
    suite.check(set(rows) == expected | set(kinds), f"{name}: its rows", f"{answer}\n{sorted(rows)}")
    suite.check(rows[f"event.{event}"][0] == [("event", str(day), str(day))], f"{name}: its event", rows)
    for row, item in [("duty." + item["id"], item) for item in answer["duties"]] + list(zip(kinds, answer["runs"])):
        if row not in rows:
            continue
        later = check_item(suite, f"{name} {row}", item, rows[row], day)
        after = (procedure, answer["state"], event, day, past, f"{name} {row}")
        check_turns(suite, book, after, item, later)
        check_lapse(suite, book, after, item, rows[row][0])
    for date, word in days.items():
        suite.check(calendar(datetime.date.fromisoformat(date)) in (word, None), f"{name}: {date} is {word}")


# ---- the calendar as published ----

def calendar_of(book, procedure):
    name = book.procedures[procedure].get("calendar")
    years, off, made_up = set(), set(), set()
    for calendar in book.root.iter(book.space + "calendar"):
        if calendar.get("id") != name:
            continue
        for year in calendar.iter(book.space + "year"):
            years.add(int(year.get("number")))
            for part in year.iter(book.space + "day"):
                (off if part.get("kind") == "off" else made_up).add(part.get("date"))

    def class_of(day):
        if not name:
            return "worked"
        if day.year not in years:
            return None
        if str(day) in made_up:
            return "made_up"
        return "off" if str(day) in off or day.weekday() >= 5 else "worked"

    return class_of


# ---- questions ----

def random_past(random_, events, day):
    past = [(random_.choice(events), day - datetime.timedelta(days=random_.randrange(1, 1100))) for _ in range(3)]
    return sorted(past, key=lambda item: item[1]) if random_.random() < 0.7 else []


def check_procedure(suite, book, procedure):
    random_ = random.Random(f"{book.name} {procedure}")
    events, calendar = book.of(procedure, "event"), calendar_of(book, procedure)
    asked = 0
    for state, event in book.leaving(procedure):
        for day in random_.sample(DAYS, 1 if "draft" in book.name else 2):
            past = random_past(random_, events, day)
            answer = book.step(procedure, state, event, day, past)
            if not answer["accepted"]:
                continue
            name = f"{book.name} {procedure} {state} {event} {day} {[f'{e}={d}' for e, d in past]}"
            drawn, picture = book.draw(procedure, event, day, past, "--state", state, "--lang", random_.choice(("zh", "en")))
            if suite.check(drawn.status == 0 and not drawn.err, name, drawn):
                check_picture(suite, book, calendar, answer, picture, (procedure, state, event, day, past, name))
                asked += 1
    suite.check(asked >= 3, f"{book.name} {procedure}: only {asked} timelines")


def check_walk(suite, book, procedure):
    """Without --state the past is played from the start: the same picture as with the state that step tells."""
    random_ = random.Random(f"walk {book.name} {procedure}")
    start = next(s.get("id") for s in book.procedures[procedure].iter(book.space + "state") if s.get("initial") == "true")
    state, day, past = start, DAYS[0], []
    for _ in range(6):
        taken = [(event, answer) for left, event in book.leaving(procedure) if left == state
                 for answer in [book.step(procedure, state, event, day, past)] if answer["accepted"]]
        if not taken:
            break
        event, answer = random_.choice(taken)
        played, one = book.draw(procedure, event, day, past)
        given, other = book.draw(procedure, event, day, past, "--state", state)
        if suite.check(played.status == given.status == 0, f"{book.name} {procedure} {past} {event}", f"{played}{given}"):
            suite.same(one.read_bytes(), other.read_bytes(), f"{book.name} {procedure} {past} {event}: with and without --state")
        past, state = past + [(event, day)], answer["state"]
        day += datetime.timedelta(days=random_.randrange(0, 60))


def main():
    suite = Suite(__doc__)
    books = [Book(suite, path) for path in BOOKS]
    jobs = [(book, procedure) for book in books for procedure in book.procedures]
    suite.check(len(jobs) >= 8, "procedures", jobs)
    suite.each(lambda job: check_procedure(suite, *job), jobs)
    suite.each(lambda job: check_walk(suite, *job), jobs)
    suite.finish()


if __name__ == "__main__":
    main()
