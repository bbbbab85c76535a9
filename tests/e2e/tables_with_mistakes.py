"""Tables of many rows with one mistake each, as people make them, and what lies behind their findings."""

OUTCOMES = ("free", "file", "assess")
BANDS = ((None, 10), (10, 50), (50, 200), (200, None))


def cell(low, high, english=False, low_word="以上", high_word="不满"):
    if english:
        return " ".join([f"at_least {low}"] * (low is not None) + [f"under {high}"] * (high is not None))
    upper = "" if high is None else f"不满{high}人" if high_word == "不满" else f"{high}人{high_word}"
    return (f"{low}人{low_word}" if low is not None else "") + upper


def by_kind(kinds, bands=BANDS, english=False):
    """Every kind by itself: rows of (kind, bounds, outcome). No gap, no overlap."""
    return [[f"k{k}", cell(low, high, english), OUTCOMES[(k + i) % 3]]
            for k in range(1, kinds + 1) for i, (low, high) in enumerate(bands)]


class Table:
    def __init__(self, kinds, rows, policy="唯一", english=False):
        self.kinds, self.rows, self.policy, self.english = kinds, rows, policy, english
        self.beside, self.clauses = [], 0                  # rules; paragraphs of a text, cited by the rows in turn
        self.ids = [f"r{i + 1}" for i in range(len(rows))]

    def head(self):
        members = [f"k{k}" for k in range(1, self.kinds + 1)]
        if self.english:
            return ['rulebook example "example"', f'fact kind "kind": enumeration {{ {", ".join(members)} }}',
                    'fact held "held": integer 0 to 2000000000', 'decision path "path": { free, file, assess }',
                    f'table t "list" for path hit {self.policy} because "example" below']
        labelled = "、 ".join(f"{m}「第{m[1:]}类」" for m in members)
        return ["规则书 example「示例」", f"事实 kind「种类」: 枚举 {{ {labelled} }}", "事实 held「人数」: 整数 0 至 20亿人",
                "判定 path「路径」: { free「免予」、 file「备案」、 assess「评估」 }",
                *self.beside, f"表 t「清单」 用于 path 命中 {self.policy} 理由 「示例」 见下表"]

    def text(self, order=None):
        cites = " 依据 |" if self.clauses else ""
        lines = ["### 第一条", ""] * bool(self.clauses) + ["照此办理。", ""] * self.clauses
        lines += ["```rulebook", *self.head(), "```", "", f"| id | kind | held | {'then' if self.english else '则'} |{cites}",
                  "|---|---|---|---|" + "---|" * bool(cites)]
        for i in order or range(len(self.rows)):
            clause = f" 1.{1 + i % self.clauses} |" if self.clauses else ""
            lines.append(f"| {self.ids[i]} | " + " | ".join(self.rows[i]) + " |" + clause)
        return "\n".join(lines) + "\n"


# ---- one mistake each; the numbers of findings grow with the table ----

def bound_ten_times_too_large(rows):
    """One list of bands, of which one reaches up ten times as far as it should."""
    table = [[f"k{i % 2 + 1}", cell(i // 2 * 10, i // 2 * 10 + 10), OUTCOMES[i % 3]] for i in range(rows)]
    table[-1][1], table[-2][1] = (cell(int(row[1].split("人")[0]), None) for row in table[-1:-3:-1])
    at = rows // 10
    table[at][1] = cell(at // 2 * 10, (at // 2 * 10 + 10) * 10)
    return Table(2, table)


def both_sides_have_the_threshold(kinds, english=False):
    """10以下 and 10以上 where 不满10 is meant, for every kind."""
    rows = []
    for k in range(1, kinds + 1):
        low, high = ("at_most 10", "at_least 10") if english else ("10人以下", "10人以上")
        rows += [[f"k{k}", low, "free"], [f"k{k}", high, "assess"]]
    return Table(kinds, rows, "unique" if english else "唯一", english)


def block_pasted_twice(kinds, first, count, policy="唯一"):
    rows = by_kind(kinds)
    return Table(kinds, rows + [list(row) for row in rows[first:first + count]], policy)


def default_row_first(kinds, policy, missing=None):
    return Table(kinds, [["", "", "assess"], *(row for row in by_kind(kinds) if row[0] != f"k{missing}")], policy)


def member_forgotten(kinds):
    return Table(kinds, [row for row in by_kind(kinds) if row[0] != f"k{kinds // 2}"])


def no_side_has_the_threshold(kinds):
    """不满10 and 超过10, for every kind."""
    return Table(kinds, [row for k in range(1, kinds + 1) for row in ([f"k{k}", "不满10人", "free"], [f"k{k}", "超过10人", "file"])])


def kind_left_empty(kinds):
    rows = by_kind(kinds)
    rows[len(rows) // 2 + 1][0] = ""
    return Table(kinds, rows)


def five_mistakes(kinds):
    """A kind left empty, a threshold on both sides for some kinds, a block pasted twice, a row of no condition, and a
    member that no row but these two names."""
    rows = [row for row in by_kind(kinds) if row[0] != "k1"]
    for row in rows[:kinds]:
        row[1] = row[1].replace("不满50人", "50人以下")
    rows += [list(row) for row in rows[2 * kinds:2 * kinds + kinds // 4]]
    rows.append(["", "10人以上不满50人", "free"])
    rows.append(["", "300人以上", "file"])
    return Table(kinds, rows)


def random_table(rng):
    """A partition of some kinds, and mistakes: bounds moved, kinds left out, rows written twice, in any policy; perhaps declared
    complete, with rules beside it, a decision that rests on it, or a text that its rows cite."""
    kinds = rng.randint(2, 5)
    rows = []
    for k in range(1, kinds + 1):
        cuts = sorted(rng.sample((5, 10, 20, 30, 50, 80), rng.randint(1, 4)))
        rows += [[f"k{k}", cell(low, high), rng.choice(OUTCOMES)] for low, high in zip([None, *cuts], [*cuts, None])]
    for _ in range(rng.randint(1, 6)):
        row = rng.choice(rows)
        mistake = rng.randrange(7)
        if mistake == 0:
            row[0] = rng.choice(["", "{ k1、 k2 }", f"不为 k{kinds}"])
        elif mistake == 1:
            row[1] = rng.choice(["", "10人以上", "30人以下", "5人以上不满50人", "20人以下", "80人以上"])
        elif mistake == 2:
            row[1] = row[1].replace("不满", "") + ("以下" if "不满" in row[1] else "")
        elif mistake == 3:
            at = rng.randrange(len(rows))
            rows[rng.randint(0, len(rows)):0] = [list(other) for other in rows[at:at + rng.randint(1, 4)]]
        elif mistake == 4:
            rows.remove(row)
        elif mistake == 5:
            bound = rng.choice(("5", "10", "20", "30", "50", "80"))
            for other in rows:
                other[1] = other[1].replace(f"不满{bound}人", f"{bound}人以下")
        else:
            row[2] = rng.choice(OUTCOMES)
    table = Table(kinds, rows, rng.choice(["唯一", "任一", "首中"]))
    table.policy += rng.choice(["", " 完备"])
    for i in range(rng.choice((0, 1, 2))):
        test = rng.choice(["", f"kind 为 k{rng.randint(1, kinds)} 且 "]) + "held " + rng.choice(["不满20人", "10人以上", "30人以上不满80人"])
        table.beside.append(f"规则 b{i} 用于 path 理由 「示例」 当 {test} 则 {rng.choice(OUTCOMES)}")
    if rng.random() < 0.4:
        table.beside += ["判定 next「下一步」: { on「进行」、 off「终止」 }", f"规则 n 用于 next 理由 「示例」 当 path 不为 {rng.choice(OUTCOMES)} 则 on"]
    if rng.random() < 0.4:
        table.clauses = rng.randint(1, len(rows))
    return table
