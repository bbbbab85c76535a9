#!/usr/bin/env python3
"""Everything is said in Chinese and English: the catalogue's messages and the help of every verb."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, text  # noqa: E402

HAN = re.compile("[一-鿿]")
STRING = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'


def string(literals):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)).replace('\\"', '"')


def catalogue():
    for path in sorted((ROOT / "compiler/diag").glob("messages_*.def")):
        for found in re.finditer(r"^MESSAGE\((\w+),\s*" + STRING + r",\s*" + STRING + r"\)", path.read_text(), re.M):
            yield f"{path.name}: {found.group(1)}", string(found.group(2)), string(found.group(3))


def check_message(suite, name, zh, en):
    for language, words in (("zh", zh), ("en", en)):
        suite.check(words and not words.endswith((".", "。")), f"{name} ({language}) ends with a full stop or is empty", words)
    suite.check(sorted(set(re.findall(r"\{\d\}", zh))) == sorted(set(re.findall(r"\{\d\}", en))),
                f"{name}: both languages use the same arguments", f"{zh}\n{en}")
    suite.check(not re.match("[A-Z][a-z]", en), f"{name}: English starts in lower case", en)
    suite.check(not HAN.search(re.sub("`[^`]*`|「[^」]*」", "", en)), f"{name}: Chinese in the English text", en)
    bare = re.sub(r"`[^`]*`|\{\d\}|[A-Z0-9_.…→\W]", "", zh)
    suite.check(HAN.search(zh) or not bare, f"{name}: no Chinese in the Chinese text", zh)


def check_help(suite):
    verbs = re.findall(r'\{ VERB_\w+, "(\w+)"', (ROOT / "compiler/options.c").read_text())
    suite.check(len(verbs) >= 8, "verbs of options.c", verbs)
    for arguments in [["--help"]] + [[verb, "--help"] for verb in verbs]:
        zh, en = (suite.run(*arguments, "--lang", language) for language in ("zh", "en"))
        what = " ".join(arguments)
        suite.check(zh.status == en.status == 0 and not zh.err and not en.err, f"{what}: exit status", zh)
        suite.check(HAN.search(text(zh.out)) and not HAN.search(text(en.out)), f"{what}: its language", en)
        options = [sorted(set(re.findall(r"^ +(--?[a-z-]+)", text(answer.out), re.M))) for answer in (zh, en)]
        suite.check(options[0] == options[1] and options[0], f"{what}: the same options in both languages", options)
    for environment, chinese in (({"LC_ALL": "en_GB.UTF-8"}, False), ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, True),
                                 ({"LC_ALL": "C.UTF-8"}, True)):
        suite.environment = dict(suite.environment, **environment)
        answer = suite.run("--help")
        suite.check(bool(HAN.search(text(answer.out))) == chinese, f"the language of the locale {environment}", answer)


def main():
    suite = Suite(__doc__)
    messages = list(catalogue())
    suite.check(len(messages) > 50, f"only {len(messages)} messages")
    declared = sum(len(re.findall(r"^MESSAGE\(", path.read_text(), re.M))
                   for path in (ROOT / "compiler/diag").glob("messages_*.def"))
    suite.check(declared == len(messages), f"{declared} messages are declared, {len(messages)} are read here")
    for name, zh, en in messages:
        check_message(suite, name, zh, en)
    check_help(suite)
    suite.finish()


if __name__ == "__main__":
    main()
