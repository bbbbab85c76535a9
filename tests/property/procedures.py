#!/usr/bin/env python3
"""Random pairs of small procedures with random running cases: what `guiju diff --records` reports of each case is worked out
from the answers of `guiju step` in both editions, and the moves with their regions from steps with every case of facts.

procedures.py --pairs N --seed S"""
import collections
import copy
import csv
import io
import itertools
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

HEAD = """```rulebook
规则书 p「示例」
约定 期间 开始当日不计入 理由 「示例」
约定 月、年 止于对应日 理由 「示例」
{moves}日历 cn「日历」
  假定 放假 20日 上班 9日 连休 10日 连班 8日 必休 01-01、10-01 理由 「示例」
年历 2026 用于 cn 载于 「示例」
  放假 「元旦」 2026-01-01 至 2026-01-03、「春节」 2026-02-15 至 2026-02-23、「国庆节」 2026-10-01 至 2026-10-07
  上班 「春节」 2026-02-14、「国庆节」 2026-10-10
"""
FACTS = {"f0": [False, True], "f1": [False, True], "f2": ["a", "b", "c"]}
UNITS = {"个工作日": 12, "日": 40, "个月": 3, "年": 1}


# ---- editions ----

def some(rng, items, least=1):
    return sorted(rng.sample(items, rng.randint(min(least, len(items)), len(items))))


def period(rng):
    unit = rng.choice(list(UNITS))
    return f"{rng.randint(1, UNITS[unit])}{unit}"


def guard(rng):
    tests = ["f0", "非 f0", "f1", "非 f1", "f2 为 a", "f2 为 b", "f2 不为 a"]
    return rng.choice([None, None, rng.choice(tests), f" {rng.choice(['且', '或'])} ".join(rng.sample(tests, 2))])


def window(rng):
    form = rng.choice(["", "", "", "不限期", "限 v0 届满前 {} 之内", "限 v0 届满前 {} 以前", "限 不迟于 2026-0{}-15"])
    return form.format(rng.randint(3, 9) if "2026" in form else period(rng))


def new_step(rng, event, states):
    return {"event": event, "role": rng.choice("rst"), "from": some(rng, states), "to": rng.choice(states + ["原状态"]),
            "guard": guard(rng), "window": window(rng)}


def new_duty(rng, events):
    return {"role": rng.choice("rst"), "limit": rng.choice(["限 " + period(rng)] * 3 + ["限 无确数 「及时」", "限 不迟于 2026-06-30"]),
            "starts": some(rng, events)[:2], "done": some(rng, events)[:2]}


def new_edition(rng):
    states = [f"s{i}" for i in range(rng.randint(2, 4))]
    events = [f"e{i}" for i in range(rng.randint(2, 4))]
    steps = {event: new_step(rng, event, states) for event in events}
    if rng.random() < 0.6:                            # two steps of one event: its acceptance is a choice
        steps["other"] = dict(new_step(rng, events[0], states), role=steps[events[0]]["role"])
    return {"states": states, "events": events, "steps": steps, "moves": rng.random() < 0.5,
            "members": ["a", "b", "c"], "constraint": rng.random() < 0.2,
            "duties": {f"d{i}": new_duty(rng, events) for i in range(rng.randint(1, 3))},
            "validities": {"v0": {"period": period(rng), "starts": some(rng, events)[:2]}},
            "clocks": [(rng.choice(["中止", "恢复", "重计", "终结"]), rng.choice(events[1:]), "d0") for _ in range(rng.randint(0, 2))]}


def renamed(thing, old, new):
    return json.loads(json.dumps(thing, ensure_ascii=False).replace(f'"{old}"', f'"{new}"'))


def mutated(rng, edition):
    new = copy.deepcopy(edition)
    for _ in range(rng.randint(0, 4)):
        step = new["steps"][rng.choice(list(new["steps"]))]
        duty = new["duties"][rng.choice(list(new["duties"]))]
        what = rng.randrange(13)
        if what == 0:
            step["guard"] = guard(rng)
        elif what == 1:
            step["from"] = some(rng, new["states"])
        elif what == 2:
            step["to"] = rng.choice(new["states"] + ["原状态"])
        elif what == 3:
            step["window"] = window(rng)
        elif what == 4:
            duty["limit"] = "限 " + period(rng)
        elif what == 5:
            duty["role"] = rng.choice("rst")
        elif what == 6:
            duty["done"] = some(rng, new["events"])[:2]
        elif what == 7:
            new["duties"][f"x{rng.randrange(9)}"] = new_duty(rng, new["events"])
        elif what == 8 and len(new["duties"]) > 1 and len(new["duties"]) > len([d for d in new["duties"] if d == "d0"]):
            new["duties"].pop(rng.choice([d for d in new["duties"] if d != "d0"]))
        elif what == 9:
            state = rng.choice(new["states"])
            new = renamed(new, state, state.replace("s", "t"))
        elif what == 10:
            event = rng.choice(new["events"])
            new = renamed(new, event, event.replace("e", "g"))
            new["steps"] = dict(sorted(new["steps"].items()))
        elif what == 11:
            new["validities"]["v0"]["period"] = period(rng)
        elif what == 12:
            new[rng.choice(["moves", "constraint"])] ^= True
    if rng.random() < 0.2:
        new["members"] = ["a", "b"]
    return new


def text_of(edition):
    effects = {}
    for word, event, clock in edition["clocks"]:
        if event in edition["steps"] and sum(s["event"] == event for s in edition["steps"].values()) == 1:
            effects.setdefault(event, {})[word] = clock
    lines = [HEAD.format(moves="约定 期间末日 遇休假日顺延 理由 「示例」\n" if edition["moves"] else "")]
    lines += [f"角色 {role}「{role}」\n" for role in "rst"]
    lines += ["事实 f0「f0」: 是否\n事实 f1「f1」: 是否\n事实 f2「f2」: 枚举 { " + "、 ".join(edition["members"]) + " }\n"]
    if edition["constraint"]:
        lines.append("前提 c0「c0」 理由 「示例」\n  当 f0 则 f1\n")
    lines.append("程序 p「程序」 日历 cn 理由 「示例」: { " + "、 ".join(
        state + ("「起点」 起始 终止" if i == 0 else " 终止") for i, state in enumerate(edition["states"])) + " }\n")
    for name, s in edition["steps"].items():
        via = f" 经 {s['event']}" if s["event"] != name else ""
        lines.append(f"步骤 {name} 用于 p 由 {s['role']}{via} {'不限期 ' if s['window'] == '不限期' else ''}自 {'、 '.join(s['from'])} 至 {s['to']} 理由 「示例」\n")
        if s["window"].startswith("限"):
            lines.append(f"  {s['window']}\n")
        lines += [f"  {word} {clock}\n" for word, clock in effects.get(name, {}).items()]
        if s["guard"]:
            lines.append(f"  当 {s['guard']}\n")
    for name, v in edition["validities"].items():
        lines.append(f"有效期 {name} 用于 p {v['period']} 自 {'、 '.join(v['starts'])}\n")
    for name, d in edition["duties"].items():
        lines.append(f"职责 {name} 用于 p 由 {d['role']}{' 裁量 r' if '无确数' in d['limit'] else ''}\n  {d['limit']} 自 {'、 '.join(d['starts'])} 履行于 {'、 '.join(d['done'])}\n"
                     "  逾期 无后果 理由 「示例」\n")
    return "".join(lines) + "```\n"


# ---- running cases ----

def day(rng):
    return f"{rng.choice([2026, 2026, 2026, 2025, 2027])}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def new_case(rng, number, pair):
    events = sorted({event for edition in pair for event in edition["events"]})
    past = [(rng.choice(events), day(rng)) for _ in range(rng.randint(0, 4))]
    last = max([when for _, when in past], default="2026-01-05")
    case = {"_id": f"case {number}", "_procedure": "p", "_state": rng.choice(sorted({s for edition in pair for s in edition["states"]})),
            "_past": [f"{event}={when}" for event, when in past], "_on": max(last, day(rng))}
    if past and rng.random() < 0.2:
        del case["_on"]
    for fact, values in FACTS.items():
        if rng.random() < 0.7:
            case[fact] = rng.choice(values)
    return case


SEEN = collections.Counter()    # kinds of changes, so that none goes without being looked at
KINDS = {"state", "facts", "duty", "validity", "step", "event"}
MISTAKES = [({"_state": "nowhere"}, "nowhere"), ({"_procedure": "q"}, "q"), ({"_past": ["nothing=2026-01-01"]}, "nothing"),
            ({"_past": ["e0=2026-13-01"]}, "e0=2026-13-01"), ({"_on": "1 May"}, "1 May"), ({"f0": 3}, "f0")]


def as_csv(cases):
    columns = ["_id", "_procedure", "_state", "_past", "_on", *FACTS]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(columns)
    for case in cases:
        rows.writerow(["|".join(case["_past"]) if c == "_past" else str(case.get(c, "")).lower() if c in FACTS else case.get(c, "")
                       for c in columns])
    return out.getvalue()


# ---- what `step` says ----

def names(suite, book):
    """Ids of an edition, as the compiler itself lists them when it finds none."""
    found = []
    for arguments in (["--state", "?"], ["--state", None, "--event", "?"]):
        arguments = [found[0][0] if a is None else a for a in arguments]
        answer = suite.run("step", "--lang", "en", "--procedure", "p", *arguments, "--on", "2026-01-05", book)
        found.append(harness.text(answer.err).strip().rpartition("there are: ")[2].split(", "))
    return found


def step(suite, book, case, past, event=None, facts=None):
    facts = facts if facts is not None else [{f: case[f] for f in FACTS if f in case}]
    path = book.with_name(f"{book.name}.facts.{abs(hash(json.dumps([case, event])))}.json")
    path.write_text("".join(json.dumps(f) + "\n" for f in facts), encoding="utf-8")
    when = case.get("_on") or max(item.split("=")[1] for item in case["_past"])
    more = [word for item in past for word in ("--past", item)] + (["--event", event] if event else [])
    answer = suite.run("step", "--procedure", "p", "--state", case["_state"], "--on", when, "--facts", path, *more, book)
    return [json.loads(line) for line in harness.text(answer.out).splitlines()]


def answers(suite, book, ids, case):
    """kind, id: what must be the same, and what is shown; or None: the edition lacks the state."""
    states, events = ids
    if case["_state"] not in states:
        return None
    past = [item for item in case["_past"] if item.split("=")[0] in events]
    runs = step(suite, book, case, past)[0]
    if "error" in runs:
        return {("facts", "facts"): ("wrong", None)}
    found = {}
    for kind, items in (("duty", runs["duties"]), ("run", runs["runs"])):
        for item in items:
            same = {key: value for key, value in item.items() if key not in ("cites", "unpublished", "overdue")}
            if item["due"] is None and "earliest" not in item and kind == "run":
                same["due"] = "not known"
            found["validity" if item["id"].startswith("v") else "step" if kind == "run" else kind, item["id"]] = (same, item)
    for event in events:
        said = step(suite, book, case, past, event)[0]
        same = ("excluded" if "error" in said else said["state"] if said["accepted"] else
                {False: "refused", None: "unknown"}[said["accepted"]])
        found["event", event] = (same, None if "error" in said else (said["accepted"], said["state"]))
    return found


def expected_changes(old, new):
    if old is None or new is None or ("facts", "facts") in {**old, **new}:
        return None
    refused = {key: "refused" for key in {**old, **new} if key[0] == "event"}
    return {key for key in {**old, **new}
            if old.get(key, (refused.get(key),))[0] != new.get(key, (refused.get(key),))[0]}


# ---- checks ----

def check_case(suite, what, case, both, reported):
    old, new = both
    changes = {(c["kind"], c["id"]): c for c in (reported or {"changes": []})["changes"]}
    wanted = expected_changes(old, new)
    if old is None or new is None:
        wanted = {("state", case["_state"])}
    elif wanted is None:
        wanted = {("facts", "facts")}
    suite.check(set(changes) == wanted, f"{what}: what changes", f"{case}\nreported {sorted(changes)}\nwanted {sorted(wanted)}")
    SEEN.update(kind for kind, _ in changes)
    for key, change in changes.items():
        for name, side in (("old", old), ("new", new)):
            said = (side or {}).get(key)
            if key[0] in ("state", "facts"):
                continue
            if key[0] == "event" and said and said[1] and change[name]:
                suite.same(str(said[1]), str((change[name]["accepted"], change[name]["state"])), f"{what}: {name} of {key}")
            elif key[0] != "event":
                suite.same(str(said and said[1]), str(change[name]), f"{what}: {name} of {key}")


def check_cases(suite, rng, seed, pair, books, ids):
    cases = [new_case(rng, i, pair) for i in range(5)]
    wrong = [{"_id": f"wrong {i}", "_procedure": "p", "_state": pair[0]["states"][0], "_past": [], "_on": "2026-05-04"} for i in range(2)]
    mistakes = rng.sample(MISTAKES, 2)
    for case, (mistake, _) in zip(wrong, mistakes):
        case.update(mistake)
    mixed = [c for group in zip(cases, wrong) for c in group] + cases[2:]
    as_lines = rng.random() < 0.6 or any("f0" in mistake for mistake, _ in mistakes)
    records = books[0].with_name("cases")
    records.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in mixed) if as_lines else as_csv(mixed), encoding="utf-8")
    answer = suite.run("diff", "--format", "json", "--lang", "en", "--records", records, *books)
    if not suite.check(answer.status == 1 and not answer.err, f"seed {seed}: diff", answer):
        return
    report = json.loads(answer.out)
    reported = {case["_id"]: case for case in report["running"]}
    in_neither = set()
    for case in cases:
        both = [answers(suite, book, of, case) for book, of in zip(books, ids)]
        if all(b is not None and ("facts", "facts") in b for b in both):
            in_neither.add(case["_id"])
            continue
        check_case(suite, f"seed {seed}, {case['_id']}", case, both, reported.get(case["_id"]))
    lines = {error["line"]: error["error"] for error in report["errors"] if error["_id"] not in in_neither}
    suite.check(sorted(lines) == [2 + (not as_lines), 4 + (not as_lines)] and
                all(word in lines.get(2 * i + 2 + (not as_lines), "") for i, (_, word) in enumerate(mistakes)), f"seed {seed}: mistakes", report["errors"])
    suite.check(set(reported) <= {c["_id"] for c in cases}, f"seed {seed}: no other case", sorted(reported))


def holds(region, facts):
    return all(facts[fact] in values if isinstance(values, list) else facts[fact] == values for fact, values in region["when"].items())


def check_moves(suite, seed, pair, books, ids, report):
    """Every case of facts, of every event and state of both, where neither days nor constraints matter."""
    windows = {s["event"] for edition in pair for s in edition["steps"].values() if s["window"].startswith("限")}
    combinations = [dict(zip(FACTS, values)) for values in itertools.product(*FACTS.values())]
    moves = {(m["event"], state): m for p in report["procedures"] for m in p["moves"] for state in m["states"]}
    for event in set(ids[0][1]) & set(ids[1][1]) - windows:
        for state in set(ids[0][0]) & set(ids[1][0]):
            case = {"_state": state, "_on": "2026-03-03", "_past": []}
            # what is read in neither edition is no part of a case; what is read in one, the other refuses too
            read = any("f2" in (s["guard"] or "") for edition in pair for s in edition["steps"].values() if s["event"] == event)
            given = [{f: v for f, v in facts.items() if f != "f2" or read} for facts in combinations]
            said = [step(suite, book, case, [], event, given) for book in books]
            told = [[None if "error" in a or a["accepted"] is None else "(refused)" if not a["accepted"] else
                     "(stays)" if a["state"] == state else a["state"] for a in side] for side in said]
            move = moves.get((event, state))
            for i, facts in enumerate(combinations):
                in_regions = [(r["old"], r["new"]) for r in (move or {"regions": []})["regions"] if holds(r, facts)]
                if move is None:                # no guard in either edition, or no step in either
                    suite.check(told[0][i] in (told[0][0], None) and told[1][i] in (told[1][0], None), f"seed {seed}: {event} from {state} is no move")
                elif told[0][i] != told[1][i]:
                    suite.check(in_regions == [(told[0][i], told[1][i])], f"seed {seed}: {event} from {state} with {facts}", (told[0][i], told[1][i], in_regions))
                elif told[0][i] is not None:
                    suite.check(not in_regions, f"seed {seed}: {event} from {state} with {facts} is the same", in_regions)


def check_pair(suite, seed):
    rng = random.Random(seed)
    old = new_edition(rng)
    pair = [old, mutated(rng, old)]
    folder = suite.new_folder(f"pair-{seed}")
    books = [folder / "old.rulebook.md", folder / "new.rulebook.md"]
    for book, edition in zip(books, pair):
        book.write_text(text_of(edition), encoding="utf-8")
    answer = suite.run("diff", "--format", "json", "--regions", "all", *books)
    if not suite.check(answer.status == 0 and not answer.err, f"seed {seed}: the editions", f"{answer}\n{text_of(pair[1])}"):
        return
    ids = [names(suite, book) for book in books]
    check_cases(suite, rng, seed, pair, books, ids)
    if not any(edition["constraint"] for edition in pair):
        check_moves(suite, seed, pair, books, ids, json.loads(answer.out))


def configure(parser):
    parser.add_argument("--pairs", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)


def main():
    suite = harness.Suite(__doc__, configure)
    suite.each(lambda seed: check_pair(suite, seed), range(suite.options.seed, suite.options.seed + suite.options.pairs))
    suite.check(suite.options.pairs < 40 and suite.options.seed != 1 or set(SEEN) == KINDS, "every kind of change is seen", SEEN)
    suite.finish()


if __name__ == "__main__":
    main()
