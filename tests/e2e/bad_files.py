#!/usr/bin/env python3
"""Files that are missing, unreadable or not what they should be: a clear message in both languages, the right exit status,
soon, and artifacts that were there before are untouched."""
import os
import pathlib
import re
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, bytes_of_folder, text  # noqa: E402

GOOD = """```rulebook
规则书 example「示例」
事实 registered「已登记」: 是否
判定 path「路径」: { free「免予」、 assess「评估」 }
规则 a 用于 path 理由 「示例」
  当 registered 则 free
缺省 assess 用于 path 理由 「示例」
```
"""
NOBODY = 65534
MIB = 1024 * 1024


def book(folder, name, content):
    path = folder / (name + ".rulebook.md")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def with_condition(condition):
    return GOOD.replace("registered 则", condition + " 则")


def files_that_cannot_be_read(folder):
    """Yields (name, path, what the message must say)."""
    yield "missing file", folder / "absent.rulebook.md", "No such file"
    (folder / "folder.rulebook.md").mkdir()
    yield "empty folder in place of a file", folder / "folder.rulebook.md", ".rulebook.md"
    (folder / "dangling.rulebook.md").symlink_to("nowhere")
    yield "dangling link", folder / "dangling.rulebook.md", "No such file"
    (folder / "loop.rulebook.md").symlink_to("loop.rulebook.md")
    yield "link to itself", folder / "loop.rulebook.md", "symbolic links"
    yield "name too long", folder / ("n" * 300 + ".rulebook.md"), "too long"
    plain = book(folder, "plain", GOOD)
    yield "file in place of a folder", plain / "x.rulebook.md", "Not a directory"
    (folder / "no-rulebook").mkdir()
    (folder / "no-rulebook/notes.md").write_text("# notes\n")
    yield "folder without rulebook", folder / "no-rulebook", ".rulebook.md"
    (folder / "broken").mkdir()
    (folder / "broken/one.rulebook.md").symlink_to("nowhere")
    yield "folder with a rulebook that cannot be read", folder / "broken", "No such file"
    with open(folder / "large.rulebook.md", "wb") as large:
        large.truncate(64 * MIB + 1)
    yield "file over the limit", folder / "large.rulebook.md", str(64 * MIB)


def texts_that_are_wrong(folder):
    """Yields (name, path, slug of the finding, what the message must say)."""
    good = GOOD.encode()
    yield "invalid UTF-8", book(folder, "utf8", good + b"\n\xc3\x28\n"), "character", "UTF-8"
    yield "overlong UTF-8", book(folder, "overlong", good + b"\n\xc0\xaf\n"), "character", "UTF-8"
    yield "surrogate", book(folder, "surrogate", good + b"\n\xed\xa0\x80\n"), "character", "UTF-8"
    yield "UTF-8 cut at the end", book(folder, "cut", good + b"\n\xe8\xa7"), "character", "UTF-8"
    yield "UTF-16", book(folder, "utf16", GOOD.encode("utf-16")), "character", "UTF-8"
    yield "NUL in a fence", book(folder, "nul", good.replace(b"\xe5\xbd\x93", b"\0")), "character", "U+0000"
    yield "NUL in prose", book(folder, "nul-prose", good + b"\nab\0c\n"), "character", "U+0000"
    yield "only NULs", book(folder, "nuls", b"\0" * 100_000), "character", "U+0000"
    yield "brackets nested a million deep", book(folder, "deep", with_condition("(" * MIB + "registered" + ")" * MIB)), "limit", "256"
    yield "brackets never closed", book(folder, "open", with_condition("(" * MIB + "registered")), "limit", "256"
    yield "negations a million deep", book(folder, "not", with_condition("非 " * MIB + "registered")), "limit", "256"
    yield "lists a million deep", book(folder, "lists", with_condition("下列之一：（一）" * (MIB // 4) + "registered")), "limit", "256"
    yield "members nested a million deep", book(folder, "members", GOOD.replace("是否", "枚举 " + "{ a" * MIB)), None, None
    yield "quotation marks a million deep", book(folder, "quotes", GOOD.replace("「示例」", "「" * MIB + "」" * MIB, 1)), None, None


def check_messages(suite, what, answers, status, words):
    for language, answer in answers.items():
        said = text(answer.err)
        suite.check(answer.status == status, f"{what}: exit status {answer.status}, should be {status}", said[:2000])
        suite.check(not re.search(r"Sanitizer|runtime error|assert", said), f"{what}: crashed", said[:4000])
        suite.check(said.strip() and len(said) < 1_000_000, f"{what}: {len(said)} bytes of message")
        if words:
            suite.check(words in said, f"{what}: the message does not say `{words}`", said[:2000])
        has_han = re.search(r"[一-鿿]", said.splitlines()[0].split("：")[-1] if language == "en" else said)
        suite.check(bool(has_han) == (language == "zh"), f"{what}: not in the language `{language}`", said[:500])


def refuse(suite, what, path, status, words, out, arguments=()):
    """Runs check in both languages and build onto existing artifacts."""
    begun = time.monotonic()
    answers = {language: suite.run("check", "--lang", language, path) for language in ("zh", "en")}
    check_messages(suite, what, answers, status, words)
    before = bytes_of_folder(out)
    built = suite.run("build", "--no-pictures", "-o", out, path)
    suite.check(built.status == status, f"{what}: build ends with {built.status}, should be {status}", text(built.err)[:500])
    suite.check(bytes_of_folder(out) == before, f"{what}: build touched the existing artifacts")
    suite.check(time.monotonic() - begun < 120, f"{what}: took {time.monotonic() - begun:.0f} s")


def not_allowed_to_read(suite, folder, out):
    """As nobody, since for root every file is readable; the program is copied to where nobody may run it."""
    book(folder, "private", GOOD).chmod(0)
    program = shutil.copy(suite.guiju, folder / "guiju")
    for place in (suite.folder, folder):
        place.chmod(0o755)
    as_nobody = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
    suite.guiju, kept = str(program), suite.guiju
    answer = suite.run("check", "--lang", "en", folder / "private.rulebook.md", **as_nobody)
    suite.check(answer.status == 3 and b"Permission denied" in answer.err, "a file without permission", answer)
    suite.guiju = kept


def long_line(suite, folder, out):
    """100 MB in one line is over the limit of a file; 60 MiB in one line are not, and are read without complaint."""
    path = book(folder, "long", b"")
    with open(path, "wb") as file:
        for _ in range(100):
            file.write("字".encode() * 333_334)
    refuse(suite, "a line of 100 MB", path, 3, str(64 * MIB), out)
    path.write_bytes(GOOD.encode() + "字".encode() * (8 * MIB) + b"\n")
    answer = suite.run("check", "--lang", "en", path)
    suite.check(answer.status == 0, "a line of 24 MiB of prose", text(answer.err)[:500])
    path.write_bytes(with_condition("registered // " + "x" * (8 * MIB)).replace(" 则 free", "\n  则 free").encode())
    answer = suite.run("check", "--lang", "en", path)
    suite.check(answer.status == 0, "a comment of 8 MiB", text(answer.err)[:500])
    path.write_bytes(with_condition("registered " * (MIB // 2)).encode())
    refuse(suite, "a condition of 6 MiB in one line", path, 1, None, out)


def many_findings(suite, folder):
    """A thousand are shown, the others are counted."""
    rules = "".join(f"规则 r{i} 用于 path 理由 「示例」 当 registered 则 nothing\n" for i in range(1100))
    path = book(folder, "many", GOOD.replace("缺省", rules + "缺省"))
    said = text(suite.run("check", "--lang", "en", path).err)
    suite.check(said.count("error[undefined]") == 1000, "findings shown", said[-500:])
    suite.check("findings not shown: 100" in said and "errors: 1100" in said, "findings counted", said[-500:])


def main():
    suite = Suite(__doc__)
    folder, out = suite.new_folder("input"), suite.folder / "out"
    made = suite.run("build", "--no-pictures", "-o", out, book(folder, "good", GOOD))
    suite.check(made.status == 0 and bytes_of_folder(out), "build of a good rulebook", made)
    for what, path, words in files_that_cannot_be_read(folder):
        refuse(suite, what, path, 3, words, out)
    for what, path, slug, words in texts_that_are_wrong(folder):
        refuse(suite, what, path, 1, f"[{slug}]" if slug else None, out)
        if words:
            said = text(suite.run("check", "--lang", "en", path).err)
            suite.check(words in said, f"{what}: the message does not say `{words}`", said[:1000])
    not_allowed_to_read(suite, folder, out)
    long_line(suite, folder, out)
    many_findings(suite, folder)
    suite.finish()


if __name__ == "__main__":
    main()
