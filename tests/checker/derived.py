#!/usr/bin/env python3
"""What follows from XML and table (NAME.c, NAME.h, the JSON Schema, BPMN, SCXML) is accepted as it was made, of every rulebook of
the tests, and not otherwise: each number, word, value and line of it is changed, with the manifest made to agree, and `verify` names
the file. Nothing of it is harmless: white space and comments are compared too. A file that nothing makes is refused as well."""
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from folders import forge  # noqa: E402
from harness import ROOT, Suite, text  # noqa: E402

BOOK = """```rulebook
规则书 v「示例」
约定 期间 开始当日不计入 理由 「示例」
角色 office「主管部门」 理由 「示例」
角色 applicant「申请人」 理由 「示例」
事实 sec「涉密」: 是否 理由 「示例」
事实 people「人数」: 整数 0至100 人 理由 「示例」
事实 papers「材料」: 集合 { card「证件」、 photo「照片」 } 理由 「示例」
判定 path「路径」: { free「免予」、 assess「评估」 }
规则 a 用于 path 理由 「示例」 当 sec 且 papers 含 card 且 people 10人以上 则 assess
缺省 free 用于 path 理由 「示例」
程序 permit「许可」 理由 「示例」: { draft「起草」 起始、 filed「已提交」、 granted「已许可」 终止 }
步骤 file「提交」 用于 permit 由 applicant 自 draft 至 filed 当 path 为 free 或 sec
步骤 grant「许可」 用于 permit 由 office 自 filed 至 granted
职责 reply「答复」 用于 permit 由 office 对 applicant 限 5日 自 file 履行于 grant 逾期 无后果
```
"""
DERIVED = ("v.c", "v.h", "v.facts.schema.json", "v.permit.bpmn", "v.permit.scxml")
NAMED = {  # what readers that picked out words once accepted
    "v.permit.scxml": [('"amount": 5', '"amount": 50'), (r'"from": \["file"\]', '"from": []'), ('event="start"', 'event="stop"'),
                       ('guiju:actor="office"', 'guiju:actor="applicant"'), (r'cond="[^"]*"', 'cond="true"')],
    "v.permit.bpmn": [("within 5 days", "within 50 days"), ("5日", "50日"), ("由：主管部门", "由：申请人"), ("of: office", "of: applicant"),
                      (r'sourceRef="[^"]*"', 'sourceRef="x"')],
    "v.h": [(r"facts->sec \? 1 : 0", "facts->sec ? 0 : 1"), (r"\tv_values\(facts, values\);\n", ""), (r"values\[3\];", "values[2];"),
            ("return guiju_decide", "if (0) return guiju_decide")],
    "v.c": [(r"(v_table_size = )\d+", r"\g<1>16"), (r"(extern const unsigned char v_table\[)\d+", r"\g<1>8")],
    "v.facts.schema.json": [("facts:0.1:v", "facts:0.1:w"), ('("type": "object",)', r'\1 "required": ["sec"],'), ('"title": "人数"', '"title": "户数"'),
                            (r'("maximum": 100)', r'\1, "multipleOf": 2'), (r'("uniqueItems": true)', r'\1, "minItems": 1'),
                            (r'"\^_": true', '"^_": false')],
}
VALUES = r'"[^"]*"|(?<=>)[^<\s][^<]*'
PARTS = {  # of the array the bytes are left to checker_folders and unit_verify
    "c": r"\w+|[^\w\s,]", "h": r"\w+|[-?:=<>!*&]", "json": r'"[^"]*"|[\w.]+', "bpmn": VALUES, "scxml": VALUES + r'|\b\w+\b',
}


def another(part):
    """The part with its last digit, letter or character changed: of the same kind, and still as long."""
    place = list(re.finditer(r"\w|[^\"\s]", part))[-1]
    found = place.group(0)
    new = str((int(found) + 1) % 10) if found in "0123456789" else "b" if found == "a" else "a" if re.match(r"\w", found) else "~"
    return part[:place.start()] + new + part[place.end():]


def changes_of(name, content):
    """(what, changed content): the named changes, each part changed, each line left out, white space and comments."""
    for old, new in NAMED[name]:
        yield old, re.sub(old, new, content, count=1)
    end = content.index("= {\n") if name.endswith(".c") else len(content)
    for place in re.finditer(PARTS[name.rsplit(".", 1)[1]], content[:end]):
        if re.search(r"[^\"\s]", place.group(0)):
            yield place.group(0), content[:place.start()] + another(place.group(0)) + content[place.end():]
    for place in re.finditer(r".*\n", content):
        yield f"without {place.group(0)!r}", content[:place.start()] + content[place.end():]
    yield "a blank", content.replace(" ", "  ", 1)
    yield "one line more", content + "\n"
    if not name.endswith("json"):
        yield "a comment", content + ("<!-- of somebody -->\n" if "ml" in content[:5] else "/* of somebody */\n")


def accept_as_made(suite, number, source):
    """A reader that passes over anything of the XML, or a text that XML changes, shows here."""
    folder = suite.folder / f"accepted-{number}"
    if suite.run("build", "--no-pictures", "-o", folder, source).status != 0:
        return False
    answer = suite.run("verify", "--lang", "en", folder)
    return suite.check(answer.status in (0, 4) and not answer.err.count(b" is not what "), f"{source.name} as it was made", answer)


def refuse_foreign(suite, made):
    """Listed in the manifest, with its size and hash, and no artifact: another procedure, a list without a picture."""
    for name in ("v.refund.scxml", "w.h", "graphs/path.list"):
        folder = suite.folder / "foreign"
        shutil.copytree(made, folder)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((made / "v.permit.scxml").read_bytes())
        entry = f' "files": [\n  {{"name": "{name}", "size": 0, "sha256": "{"0" * 64}"}},'
        manifest = (folder / "manifest.json").read_text()
        (folder / "manifest.json").write_text(re.sub(r' "files": \[', entry, manifest))
        forge(folder, name, (folder / name).read_bytes())
        answer = suite.run("verify", "--lang", "en", folder)
        suite.check(answer.status == 1 and f"`{name}`, which manifest.json lists, is no artifact" in text(answer.err), f"{name} is foreign", answer)
        shutil.rmtree(folder)


def configure(parser):
    parser.add_argument("--every", type=int, default=1, help="try every nth change only")


def main():
    suite = Suite(__doc__, configure)
    sources = [path for place in ("golden/good", "regress", "exports") for path in sorted((ROOT / "tests" / place).glob("*.rulebook.md"))]
    accepted = sum(accept_as_made(suite, number, source) for number, source in enumerate(sources))
    suite.check(accepted > 50, "enough rulebooks", accepted)
    made = suite.folder / "made"
    (suite.folder / "v.rulebook.md").write_text(BOOK)
    built = suite.run("build", "--no-pictures", "-o", made, suite.folder / "v.rulebook.md")
    suite.check(built.status == 0, "build", built)
    accepted = suite.run("verify", "--lang", "en", made)
    suite.check(accepted.status == 0, "as it was made", accepted)
    whole = {name: (made / name).read_text() for name in DERIVED}
    changes = {name: list(changes_of(name, whole[name])) for name in DERIVED}
    changes = {name: changes[name][::suite.options.every] for name in DERIVED}
    for name in DERIVED:
        for what, content in changes[name]:
            suite.check(content != whole[name], f"{name}: {what} is there to be changed")
        suite.check(len(changes[name]) > 50 // suite.options.every, f"{name}: enough changes", len(changes[name]))
    refuse_foreign(suite, made)
    workers = 2

    def work(worker):
        """One change of each file at a time: as many refusals as files."""
        folder = suite.folder / f"changed-{worker}"
        shutil.copytree(made, folder)
        for index in range(worker, max(map(len, changes.values())), workers):
            tried = {name: changes[name][index] for name in DERIVED if index < len(changes[name])}
            for name in DERIVED:
                forge(folder, name, tried.get(name, ("", whole[name]))[1].encode())
            answer = suite.run("verify", "--lang", "en", folder)
            said = text(answer.out + answer.err)
            suite.check(answer.status == 1 and "Sanitizer" not in said, f"change {index}: exit status {answer.status}", said)
            for name, (what, _) in tried.items():
                suite.check(f"`{name}` is not what `v.xml` and `v.table` make" in said, f"{name}: {what} is refused", said)

    suite.each(work, range(workers))
    print(", ".join(f"{len(changes[name])} changes of {name}" for name in DERIVED))
    suite.finish()


if __name__ == "__main__":
    main()
