#!/usr/bin/env python3
"""Random procedures, simulated a second time: `guiju step` and the findings about procedures must agree with simulate.py and
findings.py. sim.py --count N tries N procedures, --first SEED begins with another; a seed alone shows what it is."""
import datetime
import json
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import findings  # noqa: E402
import generate  # noqa: E402
import simulate  # noqa: E402
from harness import ROOT, Suite  # noqa: E402

MOVES, LONE_MOVES = 8, 4
ENOUGH = 150                        # procedures, among which everything that is compared should have come up


def configure(parser):
    parser.add_argument("--commands", default=str(ROOT / "build/release/tests/sim/sim_commands"), help="runs many command lines")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")


class Commands:
    """One process that runs all command lines."""

    def __init__(self, suite):
        self.process = subprocess.Popen([suite.options.commands], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, cwd=suite.folder, env=suite.environment)

    def run(self, *words):
        self.process.stdin.write(("\t".join(map(str, words)) + "\n").encode())
        self.process.stdin.flush()
        out = []
        for line in self.process.stdout:
            if b"\x1e" in line:
                before, _, status = line.partition(b"\x1e")
                return int(status), (b"".join(out) + before).decode()
            out.append(line)
        raise EOFError


def without_cites(value):
    if isinstance(value, dict):
        return {k: without_cites(v) for k, v in value.items() if k != "cites"}
    return [without_cites(v) for v in value] if isinstance(value, list) else value


class Trial:
    def __init__(self, suite, commands, seed):
        self.suite, self.commands, self.seed = suite, commands, seed
        self.rng = random.Random(-1 - seed)
        self.met = set()            # what came up
        self.p = generate.make(seed)
        self.book = suite.folder / "p.rulebook.md"
        self.book.write_text(generate.text(self.p))

    def wrong(self, what, expected, got):
        self.suite.same(json.dumps(expected, indent=1, sort_keys=True), json.dumps(got, indent=1, sort_keys=True), f"seed {self.seed}: {what}")

    def step(self, state, event, day, past, facts):
        """Both answers to one move."""
        written = self.suite.folder / "facts.json"
        written.write_text(json.dumps(facts))
        words = ["step", "--procedure", "p", "--state", state, "--on", day, "--facts", written]
        words += ["--event", event] if event else []
        for name, on in past:
            words += ["--past", f"{name}={on}"]
        status, out = self.commands.run(*words, self.book)
        expected = simulate.Simulation(self.p, state, event, day, past, facts).answer()
        got = without_cites(json.loads(out)) if status == 0 else f"status {status}"
        self.met |= {f"accepted {expected.get('accepted', 'nothing')}"} | {key for key in ("opens_earliest", "suspended", "overdue", "fate", "guard")
                                                                          if f'"{key}"' in out}
        if self.suite.check(expected == got, f"seed {self.seed}: {' '.join(map(str, words[4:]))} with {facts}"):
            return expected
        self.suite.failures.pop()
        self.wrong(" ".join(map(str, words[4:])) + f" with {facts}", expected, got)
        return expected

    def some_facts(self):
        return {f.id: self.rng.choice(f.values) for f in self.p.facts if self.rng.random() < 0.85}

    def walk(self):
        """From the start, day by day; what is taken is the past of what follows. Gives the edges taken."""
        day = datetime.date(2026, 1, 1) + datetime.timedelta(self.rng.randint(0, 500))
        state, past, edges, over = self.p.start, [], [], set()
        for _ in range(MOVES):
            leaving = [s.event for s in self.p.steps if state in s.origins] or [e.id for e in self.p.events]
            event = self.rng.choice(leaving + leaving + [e.id for e in self.p.events] + [None])
            answer = self.step(state, event, day, past, self.some_facts())
            if event and answer["accepted"]:
                edges.append(findings.Edge(state, answer["state"], step=next(s for s in self.p.steps if s.event == event)))
                past, state = past + [(event, day)], answer["state"]
            day += datetime.timedelta(self.rng.choice([0, 1, 2, 5, 10, 20, 31, 60]))
            lapsed = self.lapsed(answer, day, over)
            if lapsed and self.rng.random() < 0.5:
                edges.append(findings.Edge(state, lapsed.lapse[1], duty=lapsed))
                state = lapsed.lapse[1]
        return edges

    def lapsed(self, answer, day, over):
        """A duty that leads to a state now that its last day is past, which it does once."""
        for entry in answer["duties"]:
            duty = self.p.clock(entry["id"])
            if duty.lapse[0] == "state" and entry.get("exact") and entry["due"] < day.isoformat() and (duty.id, entry["due"]) not in over:
                over.add((duty.id, entry["due"]))
                return duty
        return None

    def lone_moves(self):
        """Any past, whether possible or not."""
        for _ in range(LONE_MOVES):
            day = datetime.date(2026, 1, 1) + datetime.timedelta(self.rng.randint(0, 900))
            past = [(self.rng.choice(self.p.events).id, day - datetime.timedelta(self.rng.randint(0, 90))) for _ in range(self.rng.randint(0, 5))]
            past.sort(key=lambda e: e[1])
            self.step(self.rng.choice(self.p.states).id, self.rng.choice([e.id for e in self.p.events] + [None]), day, past, self.some_facts())

    def run(self):
        edges = self.walk()
        self.lone_moves()
        findings.compare(self, edges)


def main():
    suite = Suite(__doc__, configure)
    commands, met = Commands(suite), set()
    for seed in range(suite.options.first, suite.options.first + suite.options.count):
        trial = Trial(suite, commands, seed)
        trial.run()
        met |= trial.met
    wanted = findings.COMPARED | {"refuted", "not-decided", "proved", "opens_earliest", "suspended", "overdue", "fate", "guard", "accepted True",
                                  "accepted False", "accepted None", "accepted nothing"}
    suite.check(suite.options.count < ENOUGH or met >= wanted, "what never came up", sorted(wanted - met))
    commands.process.stdin.close()
    commands.process.wait()
    suite.finish()


if __name__ == "__main__":
    main()
