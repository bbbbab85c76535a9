#!/usr/bin/env python3
"""Pictures can be read: in those of the Fujian rulebook no label covers another; nearly each answer lies on its own line, and
a procedure's steps show where their lines begin and end."""
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


def check_procedure(suite, procedure):
    """No label lies on a box, another label or an arrow's head, and of each line the beginning is seen."""
    picture = suite.folder / f"{procedure}.svg"
    answer = suite.run("graph", "--procedure", procedure, "-o", picture, ROOT / "rulebooks/fujian")
    if not suite.check(answer.status == 0, f"graph {procedure}", answer):
        return
    groups = re.findall(r'<g id="[^"]*" class="(node|edge) (.*?)</g>', picture.read_text(), re.S)
    nodes = [box_of(body) for kind, body in groups if kind == "node"]
    edges = [(box_of(body), re.findall(r'<path d="([^"]*)"', body)) for kind, body in groups if kind == "edge"]
    suite.check(len(nodes) > 3 and len(edges) > 4, f"{procedure}: nodes and edges")
    for i, (label, paths) in enumerate(edges):
        for other in nodes + [box for box, _ in edges[:i]]:
            suite.check(not meet(label, other), f"{procedure}: the label at {label} lies on {other}")
        first = next(points(paths[0]))
        suite.check(not holds(label, first), f"{procedure}: the label at {label} hides where its line begins")
        heads = [corner for _, paths in edges for path in paths[1:] for corner in corners(path)]
        suite.check(not any(holds(label, corner) for corner in heads), f"{procedure}: the label at {label} hides an arrow")


def corners(path):
    return [tuple(map(float, p.split(","))) for p in re.findall(r"[\d.-]+,[\d.-]+", path)]


def box_of(body):
    x, y, width, height = map(float, RECT.search(body).groups())
    return x, y, x + width, y + height


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def holds(box, point):
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def main():
    suite = Suite(__doc__)
    for procedure in ("list_making", "list_use", "supervision"):
        check_procedure(suite, procedure)
    for decision in ("governing_regime", "important_data", "list_tier", "pathway"):
        check_picture(suite, decision)
    suite.finish()


if __name__ == "__main__":
    main()
