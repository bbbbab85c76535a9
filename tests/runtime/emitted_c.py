#!/usr/bin/env python3
"""NAME.c and NAME.h compile without a warning as C99, C11 and C++17, and the calls in the header give the answers of the
table. Names that C or C++ claim, and names that would collide, are told apart."""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, run, text  # noqa: E402

WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-pedantic", "-Werror"]
COMPILERS = [("gcc", ["-std=c99"]), ("gcc", ["-std=c11"]), ("gcc", ["-std=gnu17"]), ("clang", ["-std=c99"]),
             ("clang", ["-std=c11"]), ("g++", ["-x", "c++", "-std=c++17"]), ("g++", ["-x", "c++", "-std=gnu++20"]),
             ("clang++", ["-x", "c++", "-std=c++17"])]

# Ids that C, C++ or their compilers claim; a_b of c and a of b_c; labels that would end a
# comment or be a trigraph.
AWKWARD = """```rulebook
规则书 awkward「名称（*/ /* ??/）」
事实 int「整型」: 是否
事实 class「类别」: 枚举 { new「新」、 delete「删」 }
事实 linux「系统」: 整数 -5 至 5
事实 a「甲」: 枚举 { b_c「乙丙」、 d「丁」 }
事实 a_b「甲乙」: 集合 { c「丙」、 e「戊」 }
事实 facts「事实」: 枚举 { one「一」、 two「二」 }
事实 template「样板」: 日期
判定 union「联合」: { good「好」、 nope「否」 }
判定 values「值」: { b_c「乙丙」、 d「丁」 }
规则 r「规则」 用于 union 理由 「例」
  当 int 且 class 为 delete 且 linux 0以上 且 a_b 含 e
  则 good
缺省 nope 用于 union 理由 「例」
规则 s「规则二」 用于 values 理由 「例」
  当 a 为 d 且 facts 为 two 且 template at_least 2026-01-01
  则 d
缺省 b_c 用于 values 理由 「例」
```
"""
PROGRAM = """#include "awkward.h"
#include <stdlib.h>
#include <stdio.h>
int main(void)
{
	const struct guiju_table *table;
	struct awkward_facts facts;
	struct guiju_answer answer;
	if (guiju_table_open(awkward_table, awkward_table_size, &table) != GUIJU_OK)
		return 1;
	size_t size = guiju_scratch_size(table);
	void *scratch = malloc(size);
	facts.int_ = true;
	facts.class_ = AWKWARD_CLASS_DELETE;
	facts.linux_ = 3;
	facts.a = AWKWARD_A_D;
	facts.a_b = AWKWARD_A_B_E;
	facts.facts = AWKWARD_FACTS_TWO;
	facts.template_ = 20454;
	if (awkward_decide_union(table, &facts, scratch, size, &answer) != GUIJU_OK)
		return 2;
	printf("%d %d", answer.outcome == AWKWARD_UNION_OUTCOME_GOOD, answer.verdict == GUIJU_DECIDED);
	facts.class_ = AWKWARD_CLASS_NEW;
	if (awkward_decide_union(table, &facts, scratch, size, &answer) != GUIJU_OK)
		return 3;
	printf(" %d", answer.outcome == AWKWARD_UNION_OUTCOME_NOPE);
	if (awkward_decide_values(table, &facts, scratch, size, &answer) != GUIJU_OK)
		return 4;
	printf(" %d", answer.outcome == AWKWARD_VALUES_OUTCOME_D);
	facts.template_ = 20453;
	if (awkward_decide_values(table, &facts, scratch, size, &answer) != GUIJU_OK)
		return 5;
	printf(" %d\\n", answer.outcome == AWKWARD_VALUES_OUTCOME_B_C);
	free(scratch);
	return 0;
}
"""


def build(suite, book, name):
    folder = suite.folder / ("out-" + name)
    made = suite.run("build", "--no-pictures", "-o", folder, book)
    suite.check(made.status == 0, f"{name}: builds", made)
    return folder


def check_compilers(suite, folder, name):
    use = folder.parent / f"{name}-use.c"
    use.write_text(f'#include "{name}.h"\nint nothing(void);\nint nothing(void)\n{{\n\treturn 0;\n}}\n')
    for number, (compiler, flags) in enumerate(COMPILERS):
        if not shutil.which(compiler):
            continue
        for source in (folder / f"{name}.c", use):
            made = run([compiler, *flags, *WARNINGS, f"-I{ROOT}/runtime/include", f"-I{folder}", "-c", str(source),
                        "-o", str(folder.parent / f"{name}-{number}.o")], suite.folder)
            suite.check(made.status == 0, f"{name}: {compiler} {flags[-1]} takes {source.name} without a warning", made)


def check_first_lines(suite, folder, name):
    for suffix in ("c", "h"):
        first = (folder / f"{name}.{suffix}").read_text().splitlines()[0]
        suite.check(name in first and "not to be edited" in first, f"{name}.{suffix}: the first line", first)


def check_calls(suite, folder):
    program = suite.folder / "calls.c"
    program.write_text(PROGRAM)
    sources = [str(path) for path in sorted((ROOT / "runtime").glob("*.c"))]
    made = run(["gcc", "-std=c11", "-fsanitize=address,undefined", f"-I{ROOT}/runtime/include", f"-I{ROOT}/runtime", f"-I{folder}",
                str(program), str(folder / "awkward.c"), *sources, "-o", str(suite.folder / "calls")], suite.folder)
    if suite.check(made.status == 0, "the program of the calls compiles", made):
        answer = run([str(suite.folder / "calls")], suite.folder)
        suite.same("1 1 1 1 1\n", text(answer.out), "the calls of the header answer like the table")


def main():
    suite = Suite(__doc__)
    awkward = suite.folder / "awkward.rulebook.md"
    awkward.write_text(AWKWARD)
    books = [awkward, ROOT / "rulebooks/fujian", *sorted((ROOT / "rulebooks/examples").iterdir())]
    for book in books:
        name = book.name.split(".")[0]
        folder = build(suite, book, name)
        if (folder / f"{name}.h").exists():
            check_first_lines(suite, folder, name)
            check_compilers(suite, folder, name)
    if (suite.folder / "out-awkward/awkward.h").exists():
        check_calls(suite, suite.folder / "out-awkward")
    suite.finish()


main()
