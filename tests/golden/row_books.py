"""Random rulebooks whose tables have gaps: all hit policies, columns of facts, of feeding decisions, of definitions and of
days, tables with a condition or a period of their own, and rules beside the table. The same seed gives the same text."""
import random

FACTS = """事实 b0「甲」: 是否
事实 b1「乙」: 是否
事实 e「丙」: 枚举 { x「东」、 y「西」、 z「南」 }
事实 s「丁」: 集合 { p「前」、 q「后」 }
事实 n「戊」: 整数 0 至 100人
"""


def test_of(rng, fact):
    """A condition on the fact, without its name."""
    if fact in ("b0", "b1", "d"):
        return rng.choice(["是", "否"])
    if fact == "e":
        return rng.choice(["x", "y", "不为 z", "属于 { y、 z }"])
    if fact == "s":
        return rng.choice(["含 p", "不含 q", "为空", "含全部 { p、 q }", "含任一 { p、 q }"])
    if fact == "n":
        return rng.choice(["不满20人", "50人以上", "20人以上不满50人", "超过70人"])
    return rng.choice(["lo", "hi", "不为 mid", "属于 { lo、 mid }"])


def condition(rng, facts):
    tests = []
    for fact in rng.sample(facts, min(len(facts), rng.randint(1, 2))):
        test = test_of(rng, fact)
        tests.append(("" if test == "是" else "非 ") + fact if test in ("是", "否") else
                     f"{fact} 为 {test}" if test.isascii() else f"{fact} {test}")
    return rng.choice([" 且 ", " 或 "]).join(tests)


def cell_of(rng, column):
    if column in ("自", "至"):
        return rng.choice(["", f"2025-0{rng.randint(1, 4)}-01" if column == "自" else f"2025-0{rng.randint(5, 9)}-01"])
    return "" if rng.random() < 0.4 else test_of(rng, column)


def table(rng, columns):
    head = f"表 u「各行」 用于 path 命中 {rng.choice(['唯一', '任一', '首中'])}{rng.choice(['', ' 完备'])} 理由 「示例」"
    if rng.random() < 0.2:
        head += " 自 2025-03-01 至 2025-08-01"
    if rng.random() < 0.4:
        head += f" 当 {condition(rng, ['b0', 'e', 's', 'n', 'k'])}"
    rows = ["| id | " + " | ".join(columns) + " | 则 |", "|---|" + "---|" * (len(columns) + 1)]
    for i in range(rng.randint(1, 4)):
        rows.append(f"| r{i} | " + " | ".join(cell_of(rng, column) for column in columns) + " | free |")
    return head + " 见下表\n```\n\n" + "\n".join(rows) + "\n"


def row_book(seed):
    rng = random.Random(seed)
    facts = ["b0", "b1", "e", "s", "n"]
    columns = rng.sample(facts, rng.randint(1, 3))
    columns += [name for name, share in (("k", 0.6), ("j", 0.2), ("d", 0.3), ("自", 0.2), ("至", 0.2)) if rng.random() < share]
    rng.shuffle(columns)
    rules = f"定义 d 为 {condition(rng, facts)}\n"
    for decision in ("k", "j"):
        rules += f"判定 {decision}: {{ lo、 mid、 hi }}\n"
        for i, outcome in enumerate(rng.sample(["lo", "mid"], 2)):
            rules += f"规则 {decision}{i} 用于 {decision} 理由 「示例」 当 {condition(rng, facts)} 则 {outcome}\n"
        rules += f"优先 {decision}0 于 {decision}1 理由 「示例」\n缺省 hi 用于 {decision} 理由 「示例」\n"
    if rng.random() < 0.3:
        rules += f"规则 beside 用于 path 理由 「示例」 当 {condition(rng, facts)} 则 free\n"
    return ("```rulebook\n规则书 random「示例」\n" + FACTS + "判定 path「路径」: { free「免予」 }\n" + rules + table(rng, columns))
