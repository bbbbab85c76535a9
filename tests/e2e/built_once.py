#!/usr/bin/env python3
"""Regulators revise the list, the runtime stays: a program that was built once gives another answer after an item is
revised and only the table is made again. Neither the program nor the library changes meanwhile."""
import hashlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Suite, run, text  # noqa: E402

BOOK = """```rulebook
规则书 list「清单（示例，虚构）」
事实 held「人数」: 整数 0 至 20亿人
事实 kind「种类」: 枚举 { map「地图」、 photo「照片」 }
判定 path「路径」: { free「免予」、 assess「评估」 }
表 items「清单」 用于 path 命中 唯一 理由 「示例」 见下表
```

| id     | 条目 | kind | held | 则 |
|--------|------|------|------|----|
%s

```rulebook
缺省 free 用于 path 理由 「清单之外」
```
"""
FIRST = "| maps   | 1    | 地图 | 10万人以上 | 评估 |"
REVISED = "| maps   | 1    | 地图 | 100万人以上 | 评估 |\n| photos | 2    | 照片 | 5万人以上 | 评估 |"


def configure(parser):
    parser.add_argument("--program", required=True, help="decide_once")


def decide(suite, held, kind):
    answer = run([suite.options.program, "out/list.table", "path", f"held={held}", f"kind={kind}"], suite.folder,
                 environment=suite.environment)
    suite.check(answer.status == 0, "the program runs", answer)
    return text(answer.out).strip()


def publish(suite, items):
    path = suite.folder / "list.rulebook.md"
    path.write_text(BOOK % items)
    built = suite.run("build", "--no-pictures", "-o", "out", path.name)
    suite.check(built.status == 0, "build", built)


def main():
    suite = Suite(__doc__, configure)
    program = pathlib.Path(suite.options.program).resolve()
    suite.options.program = str(program)
    before = hashlib.sha256(program.read_bytes()).hexdigest()
    publish(suite, FIRST)
    suite.same("assess items.maps", decide(suite, 100_000, 0), "100,000 on maps, first list")
    suite.same("free path.default", decide(suite, 99_999, 0), "99,999 on maps, first list")
    suite.same("free path.default", decide(suite, 50_000, 1), "50,000 on photos, first list")
    publish(suite, REVISED)
    suite.same("free path.default", decide(suite, 100_000, 0), "100,000 on maps, revised list")
    suite.same("assess items.maps", decide(suite, 1_000_000, 0), "1,000,000 on maps, revised list")
    suite.same("assess items.photos", decide(suite, 50_000, 1), "50,000 on photos, revised list")
    suite.check(hashlib.sha256(program.read_bytes()).hexdigest() == before, "the program is the same")
    suite.finish()


if __name__ == "__main__":
    main()
