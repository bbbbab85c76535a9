#!/usr/bin/env python3
"""Running cases that `guiju diff --records` cannot step: each is an error with its line, in JSON and CSV, from rulebooks and from
tables, in both languages; the cases around it are stepped; exit status 1. Then damaged files: nothing crashes, the report
is whole, and a damaged table is refused or read, whatever its records say.

running_cases.py --damaged N: as many damaged files of each form (default 60)."""
import json
import pathlib
import random
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "runtime"))
from harness import Suite, text  # noqa: E402
from second_reader import xxh64  # noqa: E402

OLD = """```rulebook
规则书 card「借书证」
约定 期间 开始当日不计入 理由 「示例」
约定 年 止于对应日 理由 「示例」
角色 reader「借书人」
角色 desk「服务台」
事实 member「会员」 "member": 是否
事实 kind「种类」 "kind": 枚举 { year「年证」 "year card"、 day「日证」 "day card" }
日历 cn「日历」
  假定 放假 20日 上班 9日 连休 10日 连班 8日 必休 01-01、10-01 理由 「示例」
年历 2026 用于 cn 载于 「示例通知」
  放假 「元旦」 2026-01-01 至 2026-01-03、「国庆节」 2026-10-01 至 2026-10-07
程序 card「借书证」 "card" 日历 cn 理由 「示例」: { outside「无证」 起始、 asked「已申请」、 holder「持证」、 ended「届满」 终止 }
步骤 apply「申请」 用于 card 由 reader 不限期 自 outside 至 asked 理由 「示例」
步骤 answer「发证」 用于 card 由 desk 自 asked 至 holder 理由 「示例」
  当 member 且 kind 为 year
步骤 renew「续证」 用于 card 由 reader 自 holder 至 原状态 理由 「示例」
  限 term 届满前 1个月 之内
步骤 expire「届满」 用于 card 由 时间 届满 term 自 holder 至 ended 理由 「示例」
有效期 term「有效期」 用于 card 1年 自 answer 理由 「示例」
职责 reply「答复」 用于 card 由 desk 对 reader
  限 5个工作日 自 apply 履行于 answer 逾期 无后果 理由 「示例」
```
"""
NEW = OLD.replace("限 5个工作日", "限 3个工作日").replace("当 member 且 kind 为 year", "当 member").replace("1个月 之内", "2个月 之内")
GOOD = {"_id": "good", "_procedure": "card", "_state": "asked", "_past": ["apply=2026-03-02"], "_on": "2026-03-03", "member": True}
DUE = ("2026-03-09", "2026-03-05")

# what differs from GOOD in JSON and in CSV (None: not in that form), and what both languages say of it
WRONG = [
    ({"_procedure": "cards"}, {"_procedure": "cards"}, "`cards`"),
    ({"_procedure": 7}, None, "`7`"),
    ({"_procedure": ["card"]}, None, "`_procedure`"),
    ({"_state": "askd"}, {"_state": "askd"}, "`asked`"),
    ({"_state": ""}, {"_state": ""}, "`_state`"),
    ({"_state": None}, None, "`_state`"),
    ({"_state": {"id": "asked"}}, None, "`_state`"),
    ({"_past": ["aply=2026-03-02"]}, {"_past": "aply=2026-03-02"}, "`apply`"),
    ({"_past": ["apply=2026-02-30"]}, {"_past": "apply=2026-02-30"}, "apply=2026-02-30"),
    ({"_past": ["apply=1899-12-31"]}, {"_past": "apply=1899-12-31"}, "apply=1899-12-31"),
    ({"_past": ["apply=2026-03-04"]}, {"_past": "apply=2026-03-04"}, "2026-03-03"),
    ({"_past": ["apply"]}, {"_past": "apply"}, "`apply`"),
    ({"_past": [""]}, {"_past": "apply=2026-03-02||"}, "``"),
    ({"_past": "apply=2026-03-02"}, None, "apply=2026-03-02"),
    ({"_past": {"apply": "2026-03-02"}}, None, "_past"),
    ({"_past": [20260302]}, None, "20260302"),
    ({"_past": ["apply=2026-03-02"] * 4097}, {"_past": "|".join(["apply=2026-03-02"] * 4097)}, "4096"),
    ({"_on": "3 March"}, {"_on": "3 March"}, "3 March"),
    ({"_on": "2200-01-01"}, {"_on": "2200-01-01"}, "2200-01-01"),
    ({"_on": 20260303}, None, "20260303"),
    ({"_on": "", "_past": []}, {"_on": "", "_past": ""}, "`_on`"),
    ({"kind": "gold"}, {"kind": "gold"}, "`gold`"),
    ({"member": "maybe"}, {"member": "maybe"}, "`maybe`"),
    ({"height": 3}, None, "`height`"),
]


def configure(parser):
    parser.add_argument("--damaged", type=int, default=60)


def csv_line(case):
    cells = ["|".join(case["_past"]) if isinstance(case["_past"], list) else case["_past"]] + [
        str(case.get(name, "")).lower() if name == "member" else case.get(name, "") for name in ("_on", "member", "kind")]
    return ",".join([case["_id"], case["_procedure"], case["_state"], *cells])


def files(wrong_json, wrong_csv):
    """A good case, the wrong one, a good case: form, text, line of the wrong one."""
    yield "jsonl", "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in (GOOD, {**GOOD, "_id": "wrong", **wrong_json}, GOOD)), 2
    before = "\n" + json.dumps(GOOD, indent=1) + "\n\n"
    yield "json", before + json.dumps({**GOOD, "_id": "wrong", **wrong_json}, indent=1) + json.dumps(GOOD), before.count("\n") + 1
    if wrong_csv is not None:
        lines = ["_id,_procedure,_state,_past,_on,member,kind", csv_line(GOOD), csv_line({**GOOD, "_id": "wrong", **wrong_csv}), csv_line(GOOD)]
        yield "csv", "\n".join(lines) + "\n", 3


def diff(suite, editions, records, *more):
    return suite.run("diff", "--format", "json", "--records", records, *more, *editions)


def check_wrong(suite, pairs, item):
    index, (wrong_json, wrong_csv, word) = item
    for form, content, line in files(wrong_json, wrong_csv):
        path = suite.folder / f"wrong-{index}.{form}"
        path.write_text(content, encoding="utf-8")
        for editions in pairs:
            said = []
            for language in ("zh", "en"):
                answer = diff(suite, editions, path, "--lang", language)
                what = f"{str(wrong_json)[:80]} as {form} in {language}"
                if not suite.check(answer.status == 1 and not answer.err, f"{what}: exit status 1", answer):
                    return
                report = json.loads(answer.out)
                errors = report["errors"]
                suite.check([(e["_id"], e["line"]) for e in errors] == [("wrong", line)], f"{what}: the line", errors)
                suite.check(len(errors) == 1 and word in errors[0]["error"], f"{what}: says {word}", errors)
                duties = [c for case in report["running"] for c in case["changes"] if c["kind"] == "duty"]
                suite.check([(c["old"]["due"], c["new"]["due"]) for c in duties] == [DUE, DUE], f"{what}: the good cases", report["running"])
                said += [e["error"] for e in errors]
            suite.check(len(set(said)) == 2, f"{what}: two languages", said)


# ---- damage ----

PIECES = [b"{", b"}", b"[", b"]", b'"', b",", b"|", b"=", b"\n", b"\\", b"\\u0000", b"\xff", b"null", b"_past", b"9999-99-99", b"=" * 300, b"\0"]


def damage(rng, content):
    content = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(content) + 1)
        choice = rng.randrange(4)
        if choice == 0:
            content[at:at] = rng.choice(PIECES)
        elif choice == 1:
            del content[at:at + rng.randint(1, 12)]
        elif choice == 2 and at < len(content):
            content[at] = rng.randrange(256)
        else:
            content = content[:at] + content[rng.randrange(len(content) + 1):]
    return bytes(content)


def is_silent(answer):
    return not re.search(rb"Sanitizer|runtime error|assert", answer.out + answer.err)


def check_damaged_records(suite, pairs, seed):
    rng = random.Random(seed)
    cases = [dict(GOOD, _id=f"case {i}", _state=rng.choice(["asked", "holder", "无证"]), kind=rng.choice(["year", "day"])) for i in range(4)]
    whole = ("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases) if seed % 2 else
             "_id,_procedure,_state,_past,_on,member,kind\n" + "".join(csv_line(c) + "\n" for c in cases))
    content = damage(rng, whole.encode())
    path = suite.folder / f"damaged-{seed}.records"
    path.write_bytes(content)
    answer = diff(suite, rng.choice(pairs), path)
    if not suite.check(answer.status in (0, 1) and not answer.err and is_silent(answer), f"records {seed}: exit status", answer):
        return
    report = json.loads(answer.out)
    lines = [e["line"] for e in report["errors"]]
    suite.check((answer.status == 1) == bool(lines), f"records {seed}: 1 if and only if a record is an error", lines)
    suite.check(lines == sorted(lines) and all(1 <= n <= content.count(b"\n") + 1 for n in lines), f"records {seed}: lines", lines)


def check_damaged_table(suite, pairs, records, seed):
    rng = random.Random(seed)
    table = bytearray(pathlib.Path(pairs[1][1]).read_bytes())
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(32, len(table))
        table[at] = rng.choice([value for value in (0, 1, 2, 0x7f, 0xff, rng.randrange(256)) if value != table[at]])
    if seed % 4:                                      # else the checksum tells
        table[24:32] = xxh64(bytes(table[:24] + table[32:])).to_bytes(8, "little")
    path = suite.folder / f"damaged-{seed}.table"
    path.write_bytes(table)
    for editions in ((pairs[1][0], path), (path, pairs[1][1])):
        answer = diff(suite, editions, records)
        refused = answer.status == 3 and path.name.encode() in answer.err and not answer.out
        read = answer.status in (0, 1, 4) and bool(answer.out)
        suite.check(is_silent(answer) and (refused or (read and seed % 4)), f"table {seed}: refused or read", answer)


def main():
    suite = Suite(__doc__, configure)
    (suite.folder / "old.rulebook.md").write_text(OLD, encoding="utf-8")
    (suite.folder / "new.rulebook.md").write_text(NEW, encoding="utf-8")
    pairs = [[suite.folder / f"{name}.rulebook.md" for name in ("old", "new")]]
    for name in ("old", "new"):
        suite.run("build", "--no-pictures", "-o", suite.folder / name, suite.folder / f"{name}.rulebook.md")
    pairs.append([suite.folder / name / "card.table" for name in ("old", "new")])
    records = suite.folder / "good.jsonl"
    records.write_text(json.dumps(GOOD) + "\n")
    if suite.check(all(path.exists() for pair in pairs for path in pair), "the tables"):
        suite.each(lambda item: check_wrong(suite, pairs, item), enumerate(WRONG))
        suite.each(lambda seed: check_damaged_records(suite, pairs, seed), range(suite.options.damaged))
        suite.each(lambda seed: check_damaged_table(suite, pairs, records, seed), range(suite.options.damaged))
    suite.finish()


if __name__ == "__main__":
    main()
