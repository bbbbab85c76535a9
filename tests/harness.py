"""What the Python tests share: where the program is, running it, comparing, and reporting every failure at the end."""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Run:
    """One run of a program: exit status and both streams, as bytes."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return f"exit {self.status}\n{text(self.out)}{text(self.err)}"


class Suite:
    """Collects checks; `finish` prints what failed and gives the exit status."""

    def __init__(self, description, configure=None):
        parser = argparse.ArgumentParser(description=description)
        parser.add_argument("--guiju", default=str(ROOT / "build/release/compiler/guiju"), help="the program under test")
        if configure:
            configure(parser)
        self.options = parser.parse_args()
        self.guiju = str(pathlib.Path(self.options.guiju).resolve())
        self.scratch = tempfile.TemporaryDirectory(prefix="guiju-test-")
        self.folder = pathlib.Path(self.scratch.name)
        self.failures = []
        self.checks = 0
        self.environment = clean_environment(self.guiju)

    def run(self, *arguments, cwd=None, stdin=b"", timeout=120, **more):
        return run([self.guiju, *map(str, arguments)], cwd or self.folder, stdin, timeout, self.environment, **more)

    def new_folder(self, name):
        folder = self.folder / name
        folder.mkdir(parents=True)
        return folder

    def check(self, holds, what, detail=""):
        self.checks += 1
        if not holds:
            self.failures.append(f"{what}\n{indent(str(detail))}" if detail != "" else what)
        return bool(holds)

    def same(self, expected, got, what):
        """Compares texts (or bytes) and keeps their difference."""
        if expected == got:
            return self.check(True, what)
        lines = difflib.unified_diff(text(expected).splitlines(), text(got).splitlines(), "expected", "got", lineterm="")
        return self.check(False, what, "\n".join(lines))

    def each(self, function, items):
        """Calls function for every item, on all cores."""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for future in [pool.submit(function, item) for item in items]:
                future.result()

    def finish(self):
        self.scratch.cleanup()
        for failure in sorted(self.failures):
            print(failure)
        print(f"{self.checks} checks, {len(self.failures)} failed")
        sys.exit(1 if self.failures or not self.checks else 0)


def clean_environment(guiju):
    """Neither colours nor locale of the person who runs the tests; sanitizers must not be silenced."""
    kept = {name: value for name, value in os.environ.items()
            if name in ("HOME", "TMPDIR") or name.endswith("SAN_OPTIONS") or name.startswith("XDG_")}
    kept["PATH"] = os.path.dirname(guiju) + os.pathsep + os.environ.get("PATH", "/usr/bin:/bin")
    kept["LC_ALL"] = "C.UTF-8"
    return kept


def run(arguments, cwd, stdin=b"", timeout=120, environment=None, **more):
    if isinstance(stdin, str):
        stdin = stdin.encode()
    try:
        done = subprocess.run(arguments, cwd=cwd, input=stdin, capture_output=True, timeout=timeout, env=environment, **more)
    except subprocess.TimeoutExpired:
        return Run("timeout", b"", f"no end within {timeout} s\n".encode())
    return Run(done.returncode, done.stdout, done.stderr)


def text(value):
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def indent(value):
    return "\n".join("    " + line for line in value.splitlines())


def bytes_of_folder(folder):
    """Every file below a folder with its bytes: to see that nothing was touched."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*"))
            if path.is_file()}
