#!/usr/bin/env python3
"""`verify` is what a stranger can do: artifacts as they were made are accepted; one changed, missing or foreign file is
refused and named. A picture's bytes depend on the machine; it is refused when a node, an edge or a label differs."""
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, run, text  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
PLACES = 8


def verify(suite, folder, what, statuses, name=None):
    answer = suite.run("verify", "--lang", "en", folder)
    said = text(answer.out + answer.err)
    suite.check(answer.status in statuses, f"{what}: exit status {answer.status}", said)
    suite.check(not re.search("Sanitizer|runtime error|Assertion", said), f"{what}: crashed", said)
    suite.check(name is None or name in said, f"{what}: `{name}` is not named", said)


def change(folder, suite, name, content, what, statuses):
    path = folder / name
    kept = path.read_bytes()
    path.write_bytes(content)
    verify(suite, folder, what, statuses, pathlib.Path(name).name if statuses == (1,) else None)
    path.write_bytes(kept)


def tamper(suite, made, name):
    """Bytes changed in many places of one file; cut; emptied."""
    folder = suite.folder / ("tampered-" + name.replace("/", "-"))
    shutil.copytree(made, folder)
    content = (folder / name).read_bytes()
    picture = name.startswith("graphs/") and not name.endswith(".list")
    for index in range(PLACES):
        at = index * (len(content) - 1) // (PLACES - 1)
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1:]
        change(folder, suite, name, changed, f"{name}, byte {at} changed", (0, 1) if picture else (1,))
    change(folder, suite, name, content[:len(content) // 2], f"{name}, cut", (1,))
    change(folder, suite, name, b"", f"{name}, emptied", (1,))
    change(folder, suite, name, content + b"\n<!-- more -->\n", f"{name}, lengthened", (0, 1) if picture else (1,))
    (folder / name).unlink()
    verify(suite, folder, f"{name}, missing", (1,), pathlib.Path(name).name)


def labels(suite, made):
    """The words of a picture are the drawing list's."""
    for path in sorted((made / "graphs").glob("*entry.svg")) + sorted((made / "graphs").glob("*entry.dot")):
        folder = suite.folder / ("label-" + path.name)
        shutil.copytree(made, folder)
        content = path.read_text()
        suite.check("不得入场" in content, f"{path.name} shows the outcome")
        changed = folder / "graphs" / path.name
        changed.write_text(content.replace("不得入场", "准予入场"))
        verify(suite, folder, f"{path.name}, another label", (1,), path.name)


def alone(suite, made):
    """Without the programs that stand beside guiju nothing is accepted, and the one that could not be run is named."""
    folder = suite.folder / "alone"
    folder.mkdir()
    shutil.copy2(suite.guiju, folder / "guiju")
    answer = run([str(folder / "guiju"), "verify", "--lang", "en", str(made)], suite.folder, b"", 60, suite.environment)
    said = text(answer.out + answer.err)
    suite.check(answer.status == 3 and re.search(r"alone/guiju-\S+: run failed: No such file", said), "guiju alone", said)


def main():
    suite = Suite(__doc__)
    made = suite.folder / "made"
    built = suite.run("build", "-o", made, HERE / "records.rulebook.md")
    if suite.check(built.status == 0, "build", built):
        verify(suite, made, "as it was made", (0,))
        names = [str(path.relative_to(made)) for path in sorted(made.rglob("*")) if path.is_file()]
        suite.check(len(names) > 10, "artifacts", names)
        suite.each(lambda name: tamper(suite, made, name), names)
        labels(suite, made)
        alone(suite, made)
        (made / "thesis.txt").write_text("mine\n")
        verify(suite, made, "a file of somebody else", (1,), "thesis.txt")
    suite.finish()


if __name__ == "__main__":
    main()
