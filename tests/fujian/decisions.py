"""The four decisions of rulebooks/fujian against the plain statements of page.py: around every threshold for every
sub-class, and on a great many random records."""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness  # noqa: E402
import page  # noqa: E402

RULEBOOK = harness.ROOT / "rulebooks" / "fujian"
RANDOM_RECORDS = 6000


def near_bounds(fact):
    """Numbers on both sides of every threshold, and the ends of the domain."""
    near = {0, page.PERSONS}
    for bound in page.THRESHOLDS[fact]:
        near |= {bound - 1, bound, bound + 1}
    return sorted(near)


NUMBERS = {fact: near_bounds(fact) for fact in page.THRESHOLDS}


def random_value(random_numbers, fact):
    kind, domain = page.FACTS[fact]
    if kind == page.BOOLEAN:
        return random_numbers.random() < (0.8 if fact == "registered_in_zone" else 0.15)
    if kind == page.INTEGER:
        return random_numbers.choice(NUMBERS[fact]) if random_numbers.random() < 0.7 else 0
    if kind == page.SET:
        return [member for member in domain if random_numbers.random() < 0.2]
    return random_numbers.choice(domain)


def random_record(random_numbers):
    """A record within the constraints: the list's structure is drawn from the top, the rest by trial."""
    while True:
        r = {fact: random_value(random_numbers, fact) for fact in page.FACTS}
        if random_numbers.random() < 0.7:
            r["sector_standard"], r["necessity"] = "unclear", random_numbers.choice(["none", "none", r["necessity"]])
        fitting = [s for s, sector in page.SCENARIOS.items() if sector == r["sector"]] + ["other"]
        r["scenario"] = random_numbers.choice(fitting)
        fitting = [s for s, scenario in page.SUBCLASSES.items() if scenario == r["scenario"]] + ["other"]
        r["data_subclass"] = random_numbers.choice(fitting)
        if page.allowed(r):
            return r


def systematic_records():
    """Each number near each threshold for each sub-class, in and outside the zone, for operators and others."""
    for subclass in page.FACTS["data_subclass"][1]:
        scenario = page.SUBCLASSES.get(subclass, "other")
        sectors = [page.SCENARIOS[scenario]] if scenario != "other" else ["pharma", "other"]
        for sector in sectors:
            for fact, numbers in NUMBERS.items():
                for number in numbers:
                    for registered in (True, False):
                        for ciio in (False, True):
                            yield dict(page.LEAST, sector=sector, scenario=scenario, data_subclass=subclass,
                                       category="none", registered_in_zone=registered, ciio=ciio, **{fact: number})


def decide(suite, decision, records):
    lines = "".join(json.dumps(dict(r, _id=str(i)), ensure_ascii=False) + "\n" for i, r in enumerate(records))
    done = suite.run("decide", "--decision", decision, RULEBOOK, stdin=lines)
    suite.check(done.status == 0, f"decide {decision} ends with 0", done.err.decode()[:500])
    return [json.loads(line) for line in done.out.decode().splitlines()]


def main():
    suite = harness.Suite(__doc__)
    random_numbers = random.Random(20251225)
    records = list(systematic_records()) + [random_record(random_numbers) for _ in range(RANDOM_RECORDS)]
    suite.check(all(page.allowed(r) for r in records), "every record obeys the constraints")
    for decision, decider in page.DECIDERS.items():
        answers = decide(suite, decision, records)
        suite.check(len(answers) == len(records), f"{decision}: one answer for each record")
        wrong = [(r, a) for r, a in zip(records, answers) if a.get("outcome") != decider(r)]
        suite.check(not wrong, f"{decision}: {len(wrong)} of {len(records)} answers differ",
                    "\n".join(f"{r}\n  {decider(r)}, not {a.get('outcome')}" for r, a in wrong[:3]))
        seen = {a.get("outcome") for a in answers}
        suite.check(seen == set(page.DECISIONS[decision]), f"{decision}: every outcome occurs", sorted(map(str, seen)))
    suite.finish()


if __name__ == "__main__":
    main()
