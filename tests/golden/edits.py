#!/usr/bin/env python3
"""Help that can be applied: where a finding suggests edits, they are made to a copy of the source. The finding is then
gone, no error is there that was not there before, but of what rests on the finding's decision, and `guiju diff` finds the
changes that were previewed. Where there are none, an error's help says what to do in words."""
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import Suite, text  # noqa: E402


def findings_of(suite, folder, name, options):
    answer = suite.run("check", "--format", "json", "--lang", "en", *options, name, cwd=folder)
    try:
        return json.loads(answer.out)["findings"]
    except ValueError as error:
        suite.check(False, f"{name}: no JSON ({error})", answer)
        return None


def offset(lines, position):
    """Bytes before a place that is given in lines and columns from 1, columns in code points."""
    line = lines[position["line"] - 1]
    return sum(map(len, lines[:position["line"] - 1])) + len(text(line)[:position["column"] - 1].encode())


def apply_edits(source, edits):
    lines = source.splitlines(keepends=True) + [b""]
    changes = sorted(((offset(lines, e["start"]), offset(lines, e["end"]), e["text"]) for e in edits), reverse=True)
    for start, end, new in changes:
        source = source[:start] + new.encode() + source[end:]
    return source


def keys(findings, severity=None):
    return {f["fingerprint"] for f in findings if severity in (None, f["severity"])}


def rests_on(other, finding):
    """A case that gets an outcome may be a gap in another decision, and against an assertion."""
    return "decision" in finding and (other["slug"] == "refuted" or other.get("decision", finding["decision"]) != finding["decision"])


def mend(suite, path, index, finding, before, options):
    folder = suite.new_folder(f"{path.name}-{index}")
    for companion in path.parent.iterdir():
        if companion.suffix == ".csv" or (companion.suffix == ".txt" and companion.suffixes == [".txt"]):
            shutil.copy(companion, folder)
    by_file = {}
    for edit in finding["edits"]:
        by_file.setdefault(edit["file"], []).append(edit)
    shutil.copy(path, folder)
    for name, edits in by_file.items():
        (folder / name).write_bytes(apply_edits((path.parent / name).read_bytes(), edits))
    after = findings_of(suite, folder, path.name, options)
    if after is None:
        return
    what = f"{path.name}: {finding['slug']}: {finding['message']}\n    edits: {json.dumps(finding['edits'], ensure_ascii=False)}"
    suite.check(finding["fingerprint"] not in keys(after), what + "\n    the finding is still there")
    same_as_diff(suite, path, folder, finding, what)
    new = [f for f in after if f["severity"] == "error" and f["fingerprint"] not in keys(before) and not rests_on(f, finding)]
    if finding["slug"] == "mergeable":       # errors of a row that went are those of the row that it became
        errors = [sum(f["severity"] == "error" for f in findings) for findings in (before, after)]
        new = new if errors[1] > errors[0] else []
    suite.check(not new, what + "\n    new errors", "\n".join(f["slug"] + ": " + f["message"] for f in new))


def same_as_diff(suite, path, folder, finding, what):
    """Regions with their old and new answers and counts, of the finding's decision."""
    preview = finding.get("preview")
    if not preview:
        return
    answer = suite.run("diff", "--format", "json", "--decision", finding["decision"], path, folder / path.name)
    found = json.loads(answer.out)["decisions"][0]
    suite.same(found["count"], preview["count"], what + "\n    cases that diff finds, that were previewed")
    changes = [(r["when"], r["old"], r["old_because"][0].get("undecided") if r["old_because"] else None, r["new"], r["count"])
               for r in found["regions"]]
    previewed = [(r["when"], r["old"], r.get("undecided"), r["new"], r["count"]) for r in preview["regions"]]
    suite.check(sorted(map(str, changes)) == sorted(map(str, previewed)), what + "\n    diff finds other regions", (changes, previewed))


def check_file(suite, path, edited):
    options = [word for line in path.read_bytes().splitlines() if line.startswith(b"// options: ")
               for word in text(line).split()[2:]]
    before = findings_of(suite, path.parent, path.name, options)
    for index, finding in enumerate(before or []):
        if finding.get("edits"):
            edited.add(finding["slug"])
            if "decision" in finding:
                suite.check("preview" in finding, f"{path.name}: {finding['slug']}: an edit without a preview", finding["message"])
            mend(suite, path, index, finding, before, options)


def main():
    suite = Suite(__doc__)
    edited = set()
    suite.each(lambda path: check_file(suite, path, edited), sorted((HERE / "bad").glob("*.rulebook.md")))
    for slug in ("conflict", "gap", "undefined", "syntax", "type"):
        suite.check(slug in edited, f"no finding `{slug}` suggests an edit")
    print("edits suggested and applied for:", ", ".join(sorted(edited)))
    suite.finish()


if __name__ == "__main__":
    main()
