#!/usr/bin/env python3
"""Help that can be applied: where a finding suggests edits, they are made to a copy of the source. The finding is then
gone, and no error is there that was not there before. Where there are none, an error's help says what to do in words."""
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
    new = [f for f in after if f["severity"] == "error" and f["fingerprint"] not in keys(before)]
    suite.check(not new, what + "\n    new errors", "\n".join(f["slug"] + ": " + f["message"] for f in new))


def check_file(suite, path, edited):
    options = [word for line in path.read_bytes().splitlines() if line.startswith(b"// options: ")
               for word in text(line).split()[2:]]
    before = findings_of(suite, path.parent, path.name, options)
    for index, finding in enumerate(before or []):
        if finding.get("edits"):
            edited.add(finding["slug"])
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
