#!/usr/bin/env python3
"""The documents do what they say: FINDINGS.md's bad and mended rulebooks, LANGUAGE.md in both languages (each a rulebook
with cases), and the READMEs' rulebook of ten lines and step of a procedure with their commands."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite, run, text  # noqa: E402

RANK = {"note": 0, "warning": 1, "error": 2}


def examples(section):
    """Yields (bad or mended, options, text of a whole file) of a section of FINDINGS.md; a model in XML is imported."""
    for found in re.finditer(r"^(bad|mended):([^\n]*)\n(`{3,})(\w+)\n(.*?)^\3$", section, re.M | re.S):
        kind, options, _, tag, body = found.groups()
        yield kind, options.split(), body if tag in ("markdown", "xml") else f"```rulebook\n{body}```\n"


def check_import(suite, slug, kind, body, path):
    path.write_text(body)
    answer = suite.run("import", "dmn", path, "--lang", "en")
    found = f"error[{slug}]" in text(answer.err)
    suite.check(found == (kind == "bad") and answer.status == int(found), f"FINDINGS.md, {slug}, {kind}", answer)


def check_example(suite, slug, kind, options, body):
    what = f"FINDINGS.md, {slug}, {kind}"
    folder = suite.new_folder(f"findings/{slug}-{kind}")
    if body.startswith("<"):
        return check_import(suite, slug, kind, body, folder / "example.dmn")
    (folder / "example.rulebook.md").write_text(body)
    answer = suite.run("check", "--format", "json", "--lang", "en", *options, "example.rulebook.md", cwd=folder)
    try:
        findings = json.loads(answer.out)["findings"]
    except ValueError as error:
        return suite.check(False, f"{what}: no JSON ({error})", answer)
    listing = "\n".join(f"{f['severity']}[{f['slug']}]: {f['message']}" for f in findings)
    own = [f for f in findings if f["slug"] == slug]
    suite.check(len(own) == (1 if kind == "bad" else 0), f"{what}: {len(own)} findings of its kind", listing)
    if kind == "mended":
        worst = [f for f in findings if f["severity"] == "error"]
        return suite.check(not worst, f"{what}: errors", listing)
    heavier = [f for f in findings if own and f["slug"] != slug and RANK[f["severity"]] > RANK[own[0]["severity"]]]
    suite.check(not heavier, f"{what}: more severe findings", listing)


def check_headings(suite):
    """The languages' lists of fixed headings are the grammar's."""
    places = {"LANGUAGE.md": {"RULES": "rules", "MEMBERS": "enumerations", "CASES": "cases"},
              "LANGUAGE.zh.md": {"RULES": "规则", "MEMBERS": "枚举", "CASES": "案例"}}
    rows = re.findall(r'^HEADING\(\w+, *"(.+?)", *"(.+?)", *([A-Z |]+)\)', (ROOT / "compiler/ast/headings.def").read_text(), re.M)
    suite.check(len(rows) > 10, "headings.def is not read")
    for name, words in places.items():
        listed = re.findall(r"^\| `(\S+?)`(?: `(\w+)`)? +\| ([^|]+?) +\|", (ROOT / "docs" / name).read_text(), re.M)
        told = sorted((zh, en or zh, tuple(re.split("[, 、]+", where))) for zh, en, where in listed)
        meant = sorted((zh, en, tuple(words[where] for where in wheres.split(" | "))) for zh, en, wheres in rows)
        suite.same("\n".join(map(str, meant)), "\n".join(map(str, told)), f"{name}: its fixed headings are the grammar's")


def check_findings(suite):
    document = (ROOT / "docs/FINDINGS.md").read_text()
    sections = re.split(r"^## ", document, flags=re.M)[1:]
    rows = re.findall(r'^FINDING\(\w+,\s*"([\w-]+)"', (ROOT / "compiler/diag/findings.def").read_text(), re.M)
    suite.same("\n".join(sorted(rows)), "\n".join(sorted(s.split("\n")[0].strip() for s in sections)),
               "FINDINGS.md has one section per row of findings.def")
    for section in sections:
        slug = section.split("\n")[0].strip()
        found = list(examples(section))
        suite.check([e[0] for e in found] == ["bad", "mended"], f"FINDINGS.md, {slug}: one bad, one mended example")
        for kind, options, body in found:
            check_example(suite, slug, kind, options, body)
        explained = suite.run("explain", slug)
        suite.check(explained.status == 0 and slug in text(explained.out), f"explain {slug}", explained)


def check_language(suite, name):
    for verb in ("check", "test"):
        for language in ("zh", "en"):
            answer = suite.run(verb, "--lang", language, str(ROOT / "docs" / name))
            suite.check(answer.status == 0, f"{verb} docs/{name}", answer)
    answer = suite.run("check", "--format", "json", str(ROOT / "docs" / name))
    found = json.loads(answer.out or b"{}").get("findings", [])
    suite.check(answer.out and not [f for f in found if f["severity"] != "note"], f"docs/{name} is not clean", answer)


def shape(suite, name):
    """What a rulebook declares: kinds and ids of facts, decisions and so on."""
    source = (ROOT / "docs" / name).read_text()
    fences = re.findall(r"^```rulebook\n(.*?)^```", source, re.M | re.S)
    ids = re.findall(r"^(?:fact|事实|decision|判定|rule|规则|table|表|define|定义|order|次序|assert|断言) ([a-z_0-9]+)",
                     "".join(fences), re.M)
    suite.check(len(ids) > 15, f"docs/{name}: declarations")
    return "\n".join(ids)


def check_readme(suite, name, verb):
    source = (ROOT / name).read_text()
    book = re.search(r"^````markdown\n(.*?)^````", source, re.M | re.S)
    prefer = re.search(r"`(" + verb + " [^`]*)`", source[book.end():]) if book else None
    commands = [block for block in re.findall(r"^```sh\n(.*?)^```", source, re.M | re.S) if "parcel" in block]
    if not suite.check(book and prefer and len(commands) == 1, f"{name}: the rulebook of ten lines, its line and its commands"):
        return
    folder = suite.new_folder(name)
    path = folder / "parcel.rulebook.md"
    path.write_text(book.group(1))
    lines = [line for line in book.group(1).splitlines() if line and not line.startswith("```")]
    suite.check(len(lines) <= 12, f"{name}: {len(lines)} lines are not ten")
    answer = suite.run("check", "--format", "json", path.name, cwd=folder)
    errors = [f for f in json.loads(answer.out)["findings"] if f["severity"] == "error"]
    suite.check([(f["slug"], sorted(f["rules"])) for f in errors] == [("conflict", ["near", "small"])],
                f"{name}: `small` and `near` collide", answer)
    suite.check(errors and errors[0].get("witness") and "small" in errors[0].get("help", ""),
                f"{name}: the conflict names the case and the line to add", answer)
    path.write_text(book.group(1).rstrip("\n").removesuffix("```") + prefer.group(1) + "\n```\n")
    mended = suite.run("check", path.name, cwd=folder)
    suite.check(mended.status == 0, f"{name}: clean with the line added", mended)
    built = run(["sh", "-ec", commands[0]], folder, b"", 120, suite.environment)
    suite.check(built.status == 0 and b'"outcome": "reduced"' in built.out and b'"near"' in built.out,
                f"{name}: its commands answer `reduced`, by `near`", built)


def check_readme_step(suite, name):
    source = (ROOT / name).read_text()
    found = re.search(r"^```sh\n(guiju step .*)\n```\n(.*)", source, re.M)
    day = re.search(r"\d{4}-\d{2}-\d{2}", found.group(2)) if found else None
    if not suite.check(day, f"{name}: a step, and the day that it answers"):
        return
    answer = suite.run(*found.group(1).split()[1:], cwd=ROOT)
    duties = json.loads(answer.out)["duties"] if answer.status == 0 else []
    suite.check([(d["due"], d["cites"]) for d in duties] == [(day.group(), ["12.1(2)#1"])], f"{name}: its step answers {day.group()}", answer)


def main():
    suite = Suite(__doc__)
    check_findings(suite)
    check_headings(suite)
    for name in ("LANGUAGE.md", "LANGUAGE.zh.md"):
        check_language(suite, name)
    suite.same(shape(suite, "LANGUAGE.md"), shape(suite, "LANGUAGE.zh.md"), "both LANGUAGE documents declare the same")
    check_readme(suite, "README.md", "prefer")
    check_readme(suite, "README.zh.md", "优先")
    check_readme_step(suite, "README.md")
    check_readme_step(suite, "README.zh.md")
    suite.finish()


if __name__ == "__main__":
    main()
