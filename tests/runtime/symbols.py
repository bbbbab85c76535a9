#!/usr/bin/env python3
"""The runtime needs nothing of its surroundings but memcpy, memcmp and memset (which compilers put in place of loops), shows
the symbols of symbols.txt and no other, keeps nothing between calls, and stays small. It compiles as C11 and as C++17."""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import ROOT, Suite, run, text  # noqa: E402

ALLOWED = {"memcpy", "memcmp", "memset"}
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-pedantic", "-Werror"]
CORE_LIMIT, LIMIT = 16 * 1024, 48 * 1024  # bytes, -Os: opening and deciding; with unknown facts, steps and calendars
PARTIAL = {"ask", "box", "depend", "partial", "search"}  # files that only deciding with unknown facts needs
TIME = {"about_time", "admissible", "calendar", "clocks", "dates", "period", "step", "verify_time"}  # … and only procedures
COMPILERS = [("gcc", ["-std=c11"]), ("clang", ["-std=c11"]), ("g++", ["-x", "c++", "-std=c++17"]),
             ("clang++", ["-x", "c++", "-std=c++17"])]


def compile_all(suite, compiler, flags, level):
    """One relocatable object of the whole runtime."""
    folder = suite.new_folder(f"{compiler}{level}")
    objects = []
    for source in sorted((ROOT / "runtime").glob("*.c")):
        target = folder / (source.stem + ".o")
        made = run([compiler, *flags, *WARNINGS, level, "-fPIC", "-fvisibility=hidden", f"-I{ROOT}/runtime",
                    f"-I{ROOT}/runtime/include", "-c", str(source), "-o", str(target)], folder)
        suite.check(made.status == 0, f"{compiler} {level}: {source.name} compiles without a warning", made)
        objects.append(str(target))
    whole = folder / "whole.o"
    run(["ld", "-r", "-o", str(whole), *objects], folder)
    return whole


def symbols(suite, whole, *options):
    listed = run(["nm", *options, str(whole)], suite.folder)
    return [line.split() for line in text(listed.out).splitlines() if line.strip()]


def check_object(suite, item):
    compiler, flags, level = item
    if not shutil.which(compiler):
        return
    whole = compile_all(suite, compiler, flags, level)
    what = f"{compiler} {level}"
    missing = {line[-1] for line in symbols(suite, whole, "--undefined-only")} - {"_GLOBAL_OFFSET_TABLE_"}
    suite.check(missing <= ALLOWED, f"{what}: nothing but {sorted(ALLOWED)} is undefined", sorted(missing - ALLOWED))
    kinds = {line[-2] for line in symbols(suite, whole, "--defined-only")}
    suite.check(not kinds & set("BbDCGgSs"), f"{what}: no data that can be written", sorted(kinds))
    check_exports(suite, compiler, whole, what)
    if compiler == "gcc" and level == "-Os":
        check_size(suite, whole.parent)


def code_size(suite, objects):
    """Machine code and constants, without tables for debuggers and exceptions."""
    total = 0
    for path in objects:
        for line in text(run(["size", "-A", str(path)], suite.folder).out).splitlines():
            fields = line.split()
            if fields and fields[0].startswith((".text", ".rodata")):
                total += int(fields[1])
    return total


def check_size(suite, folder):
    objects = [path for path in folder.glob("*.o") if path.stem != "whole"]
    core = code_size(suite, [path for path in objects if path.stem not in PARTIAL | TIME])
    suite.check(core <= CORE_LIMIT, f"opening and deciding take at most {CORE_LIMIT} bytes of code", core)
    suite.check(code_size(suite, objects) <= LIMIT, f"the runtime takes at most {LIMIT} bytes of code",
                code_size(suite, objects))


def check_exports(suite, compiler, whole, what):
    library = whole.with_suffix(".so")
    run([compiler, "-shared", "-nostdlib", "-o", str(library), str(whole)], suite.folder)
    shown = [line[-1] for line in symbols(suite, library, "-D", "--defined-only")]
    expected = (pathlib.Path(__file__).parent / "symbols.txt").read_text().split()
    suite.same("\n".join(expected), "\n".join(sorted(shown)), f"{what}: the symbols shown are those of symbols.txt")


def main():
    suite = Suite(__doc__)
    suite.each(lambda item: check_object(suite, item),
               [(compiler, flags, level) for compiler, flags in COMPILERS for level in ("-O2", "-Os", "-O3")])
    suite.finish()


main()
