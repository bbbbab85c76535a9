#!/usr/bin/env python3
"""`build` writes all or nothing: on a full disk, in a folder where it may not write, beside foreign files, and when it is
killed at any time, the old artifacts or the new ones are there, never a mixture, and `verify` accepts them."""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, bytes_of_folder, run, text  # noqa: E402

BOOK = """```rulebook
规则书 example「示例」
事实 held「人数」: 整数 0 至 100人
判定 path「路径」: { free「免予」、 assess「评估」 }
表 rows「行」 用于 path 命中 唯一 完备 理由 「示例」 见下表
```

| id | held | 则 | 「说明」 |
|----|------|----|----------|
%s| last | %d人以上 | assess | %s |
"""
NOBODY = 65534


def configure(parser):
    parser.add_argument("--kills", type=int, default=60, help="how many builds to kill")


def write_books(folder):
    """Two editions of one rulebook, with large tables, so that writing takes a while."""
    paths = []
    for edition in ("first", "second"):
        rows = "".join(f"| r{i} | {i}人以上不满{i + 1}人 | free | {edition * 40} |\n" for i in range(80))
        path = folder / edition / "example.rulebook.md"
        path.parent.mkdir()
        path.write_text(BOOK % (rows, 80, edition))
        paths.append(path)
    return paths


def build(suite, book, out, *options, **more):
    return suite.run("build", "--no-pictures", "--lang", "en", *options, "-o", out, book, **more)


def refused(suite, what, answer, out, before, status=3, words=None):
    said = text(answer.err)
    suite.check(answer.status == status, f"{what}: exit status {answer.status}, should be {status}", said)
    suite.check(said.strip() and "Sanitizer" not in said, f"{what}: a message", said)
    suite.check(words is None or words in said, f"{what}: the message says `{words}`", said)
    suite.check(bytes_of_folder(out) == before, f"{what}: the existing artifacts were touched")


def full_disk(suite, old, book, out):
    """Files may not grow over a limit: the write that passes it fails, as on a full disk. SIGXFSZ is ignored first."""
    before = bytes_of_folder(out)
    sizes = sorted(len(content) for content in before.values())
    largest = sizes[-1]
    for blocks in sorted({0, 1, 2, 4, largest // 1024 // 2, (largest - 1) // 1024}):
        limited = ["sh", "-c", f"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"", "sh", suite.guiju,
                   "build", "--no-pictures", "--lang", "en", "-o", str(out), str(book)]
        answer = run(limited, suite.folder, environment=suite.environment)
        if suite.check(answer.status == 3, f"files of at most {blocks} blocks: exit status {answer.status}", answer):
            refused(suite, f"files of at most {blocks} blocks", answer, out, before, words="File too large")
        fresh = suite.folder / f"fresh-{blocks}"
        limited[-2] = str(fresh)
        run(limited, suite.folder, environment=suite.environment)
        suite.check(not fresh.exists(), f"files of at most {blocks} blocks: nothing appears under a new name")
    leftovers(suite, "full disk", out)
    with open("/dev/full", "wb") as full:
        for verb in (["check", "--format", "json", old], ["test", old], ["trace", old], ["explain", "gap"], ["--help"]):
            done = subprocess.run([suite.guiju, *map(str, verb)], stdout=full, stderr=subprocess.PIPE, env=suite.environment)
            suite.check(done.returncode == 3, f"{verb[0]} onto a full disk: exit status {done.returncode}", text(done.stderr))
        done = subprocess.run([suite.guiju, "decide", "--decision", "path", str(old)], input=b'{"held": 3}\n', stdout=full,
                              stderr=subprocess.PIPE, env=suite.environment)
        suite.check(done.returncode == 3 and done.stderr, f"decide onto a full disk: exit status {done.returncode}")


def leftovers(suite, what, out):
    """What a build that ended left beside the folder; its own name is `.NAME.guiju-new`."""
    strange = [p.name for p in out.parent.iterdir() if p.name.startswith("." + out.name) and p.name != f".{out.name}.guiju-new"]
    suite.check(not strange, f"{what}: strange files beside the folder", strange)


def read_only(suite, book, out):
    before = bytes_of_folder(out)
    for place in ("/proc/guiju-out", "/sys/guiju-out", "/proc/self/guiju-out"):
        refused(suite, f"build into {place}", build(suite, book, place), out, before, words="/proc" if "proc" in place else "/sys")
    refused(suite, "build into a folder of a folder that is none", build(suite, book, suite.folder / "absent/out"), out, before)
    plain = suite.folder / "plain"
    plain.write_text("mine\n")
    refused(suite, "build into a file", build(suite, book, plain), out, before)
    refused(suite, "build below a file", build(suite, book, plain / "out"), out, before)
    suite.check(plain.read_text() == "mine\n", "the file is untouched")
    closed_folder(suite, book, out)


def closed_folder(suite, book, out):
    """Without permission to write; root has it always, so it is asked as nobody."""
    for place in (suite.folder, book.parent.parent, book.parent):
        place.chmod(0o755)
    program = shutil.copy(suite.guiju, suite.folder / "guiju")
    closed = suite.new_folder("closed")
    kept = closed / "out"
    shutil.copytree(out, kept)
    closed.chmod(0o555)
    before = bytes_of_folder(kept)
    as_nobody = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
    suite.guiju, own = str(program), suite.guiju
    refused(suite, "build in a folder without permission", build(suite, book, kept, **as_nobody), kept, before, words="denied")
    refused(suite, "a new folder without permission", build(suite, book, closed / "new", **as_nobody), kept, before, words="denied")
    suite.guiju = own
    closed.chmod(0o755)


def foreign(suite, book, out):
    mixed = suite.folder / "mixed"
    shutil.copytree(out, mixed)
    (mixed / "thesis.txt").write_text("mine\n")
    before = bytes_of_folder(mixed)
    refused(suite, "a folder with a file of somebody else", build(suite, book, mixed), mixed, before, words="thesis.txt")
    here = suite.new_folder("here")
    refused(suite, "the current folder", build(suite, book, ".", cwd=here), here, {})


def killed(suite, books, out):
    """Alternates two editions; each build is killed at a random time up to a little over its length."""
    whole = {}
    begun = time.monotonic()
    for book in books:
        target = suite.folder / ("whole-" + book.parent.name)
        suite.check(build(suite, book, target).status == 0, "build")
        whole[book] = bytes_of_folder(target)
    length = (time.monotonic() - begun) / len(books)
    dice = random.Random(1)
    seen = set()
    for round_ in range(suite.options.kills):
        book = books[round_ % 2]
        started = subprocess.Popen([suite.guiju, "build", "--no-pictures", "-o", str(out), str(book)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=suite.environment)
        time.sleep(dice.random() * length * 1.1)
        started.send_signal(signal.SIGKILL)
        started.wait()
        now = bytes_of_folder(out)
        match = [i for i, one in enumerate(books) if whole[one] == now]
        if not suite.check(len(match) == 1, f"kill {round_}: neither the old artifacts nor the new", sorted(now)):
            break
        seen.add((round_ % 2, match[0]))
        if round_ % 10 == 0:
            verified = suite.run("verify", out)
            suite.check(verified.status == 0, f"kill {round_}: verify", verified)
    print("builds killed:", suite.options.kills, "- seen (edition built, edition found):", sorted(seen))
    leftovers(suite, "killed builds", out)
    suite.check(build(suite, books[0], out).status == 0 and bytes_of_folder(out) == whole[books[0]], "a build after them")
    verified = suite.run("verify", "--rulebook", books[0], out)
    suite.check(verified.status == 0, "verify after them", verified)
    suite.check([p.name for p in out.parent.iterdir()] == [out.name], "nothing is left beside", sorted(os.listdir(out.parent)))


def main():
    suite = Suite(__doc__, configure)
    old, new = books = write_books(suite.new_folder("books"))
    out = suite.new_folder("parent") / "out"
    made = build(suite, old, out)
    if suite.check(made.status == 0 and bytes_of_folder(out), "build", made):
        full_disk(suite, old, new, out)
        read_only(suite, new, out)
        foreign(suite, new, out)
        killed(suite, books, out)
    suite.finish()


if __name__ == "__main__":
    main()
