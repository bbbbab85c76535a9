#!/usr/bin/env python3
"""The tutorials: their files are saved, their commands run, and what these print is what stands there.

A line with nothing but `NAME.rulebook.md`, then a block: that file. A block ```console: `$ command`, then its output (standard
output, then error, long lines cut with …). tutorial.py --renew writes the outputs; reading the difference is your job."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite, run, text  # noqa: E402

WIDTH = 150
BLOCK = re.compile(r"^(?:`(?P<name>[\w.-]+)`\n)?(?P<fence>`{3,})(?P<tag>\w+)\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)


def configure(parser):
    parser.add_argument("--renew", action="store_true", help="write the outputs")


def shown(answer):
    lines = (text(answer.out) + text(answer.err)).splitlines()
    return [line if len(line) <= WIDTH else line[:WIDTH] + "…" for line in lines] + ([f"exit {answer.status}"] if answer.status else [])


def play(suite, folder, body):
    played = []
    for line in body.splitlines():
        if line.startswith("$ "):
            played += [line] + shown(run(["sh", "-c", line[2:]], folder, b"", 120, suite.environment))
    return "".join(line + "\n" for line in played)


def check(suite, path):
    source = path.read_text(encoding="utf-8")
    folder = suite.new_folder(path.name)
    (folder / "rulebooks").symlink_to(ROOT / "rulebooks")
    commands = []

    def replay(block):
        if block["tag"] == "console":
            commands.append(block["body"])
            return block.group(0).replace(block["body"], play(suite, folder, block["body"]))
        if block["name"]:
            (folder / block["name"]).write_text(block["body"], encoding="utf-8")
        return block.group(0)

    played = BLOCK.sub(replay, source)
    suite.check(len(commands) >= 5 and (folder / "rate.svg").exists(), f"{path.name}: its commands and the picture")
    if suite.options.renew:
        path.write_text(played, encoding="utf-8")
    suite.same(path.read_text(encoding="utf-8"), played, f"docs/{path.name}")
    return len(commands)


def main():
    suite = Suite(__doc__, configure)
    counts = {check(suite, ROOT / "docs" / name) for name in ("tutorial.en.md", "tutorial.zh.md")}
    suite.check(len(counts) == 1, "both tutorials have as many blocks of commands", counts)
    suite.finish()


if __name__ == "__main__":
    main()
