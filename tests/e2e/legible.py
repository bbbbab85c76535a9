#!/usr/bin/env python3
"""Pictures can be read: in those of the Fujian rulebook no label covers another, and nearly each lies on its own line."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from harness import ROOT, Suite  # noqa: E402

RECT = re.compile(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"')


def points(path):
    """The Bézier curves of a path, sampled."""
    numbers = [tuple(map(float, p.split(","))) for p in re.findall(r"[\d.-]+,[\d.-]+", path)]
    for i in range(0, len(numbers) - 3, 3):
        a, b, c, d = numbers[i:i + 4]
        for k in range(41):
            t, u = k / 40, 1 - k / 40
            yield tuple(u**3 * a[j] + 3 * u * u * t * b[j] + 3 * u * t * t * c[j] + t**3 * d[j] for j in (0, 1))


def check_picture(suite, decision):
    picture = suite.folder / f"{decision}.svg"
    answer = suite.run("graph", "--decision", decision, "-o", picture, ROOT / "rulebooks/fujian")
    if not suite.check(answer.status == 0, f"graph {decision}", answer):
        return
    boxes, on_line = [], 0
    for edge in re.findall(r'<g id="[^"]*" class="edge .*?</g>', picture.read_text(), re.S):
        found = RECT.search(edge)
        if not found:
            continue
        x, y, width, height = map(float, found.groups())
        boxes.append((x, y, x + width, y + height))
        path = re.search(r'<path d="([^"]*)"', edge).group(1)
        on_line += any(x <= px <= x + width and y <= py <= y + height for px, py in points(path))
    suite.check(boxes, f"{decision}: labels")
    suite.check(on_line * 10 >= len(boxes) * 9, f"{decision}: {on_line} of {len(boxes)} labels lie on their lines")
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            suite.check(apart, f"{decision}: the labels at {a} and {b} cover each other")


def main():
    suite = Suite(__doc__)
    for decision in ("governing_regime", "important_data", "list_tier", "pathway"):
        check_picture(suite, decision)
    suite.finish()


if __name__ == "__main__":
    main()
