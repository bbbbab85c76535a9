#!/usr/bin/env python3
"""Budgets end a check: `--nodes`, `--memory`, `--time`. Whatever ends it, exit 4, what is not decided is said in both languages
and in JSON, and what was found before is in the full run's findings, with nothing in it that is not so there. Memory is
measured in bytes held, time by what a run without an end does within the test's own patience."""
import json
import os
import pathlib
import random
import resource
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, run, text  # noqa: E402

TOPICS = ("conflict", "gap", "unreachable", "redundant")
NODES = (1, 10, 100, 300, 1000, 3000, 10000, 30000)
MEMORY = (1, 4, 16)                    # MiB
MANY = ("--nodes", "300000")           # with them it holds more than the most of these
MEBIBYTE = 1 << 20


def crossing(facts, rules, outcomes):
    """Random clauses of three booleans each, to several outcomes by turns: each may meet any other."""
    rng = random.Random(7)
    lines = ["rulebook crossing \"交叉\"", *(f'fact b{i} "b{i}": boolean' for i in range(facts))]
    lines.append(f'decision alpha「甲」: {{ {", ".join(f"{o} {chr(34)}{o}{chr(34)}" for o in outcomes)} }}')
    for i in range(rules):
        clause = " and ".join(rng.choice(("", "not ")) + f"b{b}" for b in rng.sample(range(facts), 3))
        lines.append(f"rule r{i} for alpha because 「示例」\n  when {clause}\n  then {outcomes[i % len(outcomes)]}")
    return "# 示例\n\n```rulebook\n" + "\n".join(lines) + "\n```\n"


def wide(sets, members=60):
    """A fact for each member of each set is a dimension: more than sets of cases are drawn for."""
    names = [(f"s{i}", f"s{i}m{k}") for i in range(sets) for k in range(members)]
    lines = ['规则书 wide「宽」', *(f'事实 s{i}「s{i}」: 集合 {{ {"、 ".join(m for s, m in names if s == f"s{i}")} }}' for i in range(sets))]
    every, none = ("\n  且 ".join(f"{s} {word} {m}" for s, m in names) for word in ("含", "不含"))
    lines += ["判定 alpha「甲」: { one「一」、 two「二」 }", f"规则 r1 用于 alpha 理由「示例」\n  当 {every}\n  则 one",
              f"规则 r2 用于 alpha 理由「示例」\n  当 ({every}) 或 ({none})\n  则 two"]
    return "# 示例\n\n```rulebook\n" + "\n".join(lines) + "\n```\n"


def check(suite, path, *arguments):
    """The run in JSON."""
    answer = suite.run("check", "--format", "json", *arguments, path)
    return answer.status, json.loads(answer.out)


def of(findings):
    return {(f["slug"], *f.get("rules", [])): f for f in findings if f["slug"] != "not-decided"}


def compare(suite, what, status, told, full):
    """A run that a budget may have ended, with the full one. Gives whether it was ended."""
    ended = [f for f in told["findings"] if f["slug"] == "not-decided"]
    suite.check(status == (4 if ended else 1), f"{what}: exit {status}")
    suite.check((told["verdict"] == "not_decided") == bool(ended), f"{what}: the verdict is {told['verdict']}")
    verdicts, truth = told["decided"][0], full["decided"][0]
    for topic in TOPICS:
        suite.check(verdicts[topic] in (truth[topic], "not_decided"), f"{what}: {topic} is {verdicts[topic]}, in truth {truth[topic]}")
    suite.check(ended or verdicts == truth, f"{what}: not all is decided, and no finding says so")
    known = of(full["findings"])
    for key, finding in of(told["findings"]).items():
        whole = known.get(key)
        if not suite.check(whole, f"{what}: {key} is not among the findings of the full run"):
            continue
        for field in ("severity", "count"):
            suite.check(finding.get(field) in (None, whole.get(field)), f"{what}: {field} of {key}", finding)
        # Without a region it is not known which facts may have any value: all are told.
        case = finding.get("witness", whole.get("witness", {}))
        suite.check(all(case.get(fact) == value for fact, value in whole.get("witness", {}).items()), f"{what}: witness of {key}", finding)
        regions = finding.get("regions") or []
        suite.check(regions == whole["regions"][:len(regions)], f"{what}: regions of {key}", finding)
    return bool(ended)


def in_words(suite, path, budget):
    for language, said in (("zh", "限额用尽，`甲` 没有判明：冲突"), ("en", "a budget ended the analysis of `alpha`: not decided are conflicts")):
        answer = suite.run("check", "--lang", language, *budget, path)
        shown = text(answer.out) + text(answer.err)
        suite.check(answer.status == 4 and said in shown, f"{budget} in {language}", answer)
        suite.check(("未判明" if language == "zh" else "NOT DECIDED") in shown.splitlines()[-1], f"{budget} in {language}: the last line", answer)


def peak(suite, path, *arguments):
    """Bytes held at most by a check."""
    with subprocess.Popen([suite.guiju, "check", *arguments, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          env=suite.environment) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_maxrss * 1024


def main():
    suite = Suite(__doc__)
    path = suite.folder / "crossing.rulebook.md"
    path.write_text(crossing(26, 34, ("one", "two", "three")))
    status, full = check(suite, path)
    suite.check(status == 1 and len(full["findings"]) > 50, "the full run", full["decided"])
    ended = found = 0
    for nodes in NODES:
        status, told = check(suite, path, "--nodes", nodes)
        ended += compare(suite, f"--nodes {nodes}", status, told, full)
        found += bool(of(told["findings"]))
    suite.check(ended > 3 and found > 1, f"{ended} of {len(NODES)} runs are ended, {found} of them with findings")
    for limit in MEMORY:
        status, told = check(suite, path, "--memory", limit)
        ended = compare(suite, f"--memory {limit}", status, told, full)
        suite.check(ended or limit > 1, "--memory 1 ends nothing")

    endless = suite.folder / "endless.rulebook.md"
    endless.write_text(crossing(100, 426, ("one",)))
    for budget in (("--nodes", "1"), ("--time", "1")):
        suite.check(suite.run("check", *budget, endless).status == 4, f"{budget} does not end a check that has no end")
    in_words(suite, path, ("--nodes", "1"))
    endless.write_text(wide(150))
    answer = run([suite.guiju, "check", "--time", "2", str(endless)], suite.folder, b"", 120, suite.environment,
                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_STACK, (MEBIBYTE, resource.RLIM_INFINITY)))
    suite.check(answer.status == 4, "9,000 dimensions go deep into the stack", answer)
    large = suite.folder / "large.rulebook.md"
    large.write_text(crossing(40, 60, ("one", "two", "three")))
    _, before = peak(suite, large, "--nodes", "1")
    suite.check(peak(suite, large, *MANY)[1] > before + 2 * MEMORY[-1] * MEBIBYTE, "the large check needs no memory")
    for limit in MEMORY:
        status, most = peak(suite, large, *MANY, "--memory", str(limit))
        suite.check(status == 4, f"--memory {limit}: exit {status}")
        suite.check(most <= before + 2 * limit * MEBIBYTE, f"--memory {limit}: {most} bytes, {before} before")
    suite.finish()


if __name__ == "__main__":
    main()
