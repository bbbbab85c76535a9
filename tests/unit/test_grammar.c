/* The front end: every declaration form in both languages, mistakes and their places, recovery. */
#include "grammar_fixture.h"

/* ---- forms: each parses, and says the same in either language ---- */

static const char *const forms[] = {
	("规则书 r「名」 \"name\" 依据 1.1\n  英文 「Name」\n  制定机关 「甲」、「乙」 依据 7.1(5)\n  解释机关 「甲」 会同 「乙」\n"
	"  法律依据 网络安全法、条例 依据 1.1\n  公布 2025-12-25\n  施行 2025-12-25 依据 24.1 释疑 A31\n  试行 2年\n  废止 2030-01-01"),
	"rulebook r \"name\" published 2025-12-25 effective 2025-12-25 cites 24.1 trial 2年",
	"版次 2025「2025年版」 属于 r 公布 2025-12-25",
	"约定 以上、以下、以内、届满 含本数 依据 民法典1259 释疑 A02",
	"约定 不满、超过、以外 不含本数 依据 民法典1259",
	"convention at_least, up_to inclusive",
	"约定 期间 开始当日不计入 依据 民法典201",
	"约定 年月 止于对应日 依据 民法典202",
	"法规 规定「流动规定」 文号 「令第16号」 施行 2024-03-22 效力 上位",
	"标准 ydt4981「指南」 编号 「YD/T 4981-2024」 关系 采用 释疑 A19",
	"standard s \"guide\" relation refers_to",
	"疑义 A04「是否相加」 依据 U2.a、U2.b 理由 「分项计数，不相加」",
	"口径 held「掌握」 理由 「评估日存量」 释疑 A03、A05",
	"角色 body「片区实施机构」 又称 「自贸片区」、「各自贸片区」 裁量 departments 依据 5.1#1 释疑 A37",
	"原文 source/measures.txt",
	"原文 「source/the text.txt」",
	"编号 U",
	"条款 12.1(2)#3 引 「出境数据在负面清单外的…安全有序流动。」 释疑 A43",
	"clause U2.a quotes \"the first limb\"",
	"宣示 1.1、3.1(1) 理由 「立法目的」 释疑 A01",
	"裁量 22.4 由 departments 理由 「须有决定」 释疑 A35",
	"程序条款 7.1(3)、7.1(4) 见 list_making",
	"职责 body 「出台指南」 依据 5.1#2",
	"事实 a「甲」 \"a\": 是否 依据 U3 裁量 body",
	"事实 a: 是否 裁量 依据 U1",
	"事实 a 依据 1.1： 枚举 { x「子」 \"x\" 释疑 A06、A07、 y「丑」 裁量 body 释疑 A08、 z } 依据 7.1(2)#2",
	"事实 a: 枚举 { g「组」 { x、 y }, h { z } }",
	"事实 a: 枚举 见 categories 加 none「不属于任何类别」、 other 依据 1.1",
	"事实 a: 集合 { x, y }",
	"事实 a: 整数 0 至 20亿人 口径 held 依据 U2.a",
	"fact a: integer 0 to 2,000,000,000 persons basis held",
	"事实 a: 整数 -5 至 1亿2000万元",
	"事实 a: 整数",
	"事实 a: 日期 2025-01-01 至 2030-12-31 依据 1.1",
	"事实 a: 日期",
	"枚举 e {\n  a「甲」\n}",
	"事实 a「甲（乙）、《丙》「丁」·戊-1」: 是否",
	"事实 a「温度～」: 是否",
	"规则 r 用于 d 当 〇々 且 𠀀𠀁 且 「甲（乙）、《丙》「丁」·戊-1」 则 x",
	"规则 r 用于 d 依据 gdpr7.1、gdpr7#1、gdpr7(2)、规定7、 // 注\n  　U1 则 x",
	"规则 r 用于 d 当 n 9223372036854775807 以上 且 m 不满-5 则 x",
	"枚举 t「类别」 两级 { k「一」, l「二」 } 依据 7.1",
	"判定 d「路径」 \"path\": { x「子」 \"x\", y「丑」 } 依据 1.1",
	"定义 e「甲」 依据 7.1(2)#2 释疑 A10\n  为 a 为 b 且 c 依据 1.1",
	"规则 r「甲」 用于 d 释疑 A01 依据 10.1#2、12.1(2)#3 理由 「乙」 自 2025-01-01 至 2026-12-31 当 「甲」 为 负面清单 除外 b 则 x",
	"rule r \"name\" for d cites 10.1#2, 12.1(2)#3\n  when a is b and c is not_in_force\n  then x",
	"规则 r 用于 d 依据 规定7.1(2)、U2、K03.16、民法典1259 则 x",
	"规则 r 用于 d 依据 7.1（2）＃1、8．1 当 a 则 x",
	"规则 r 用于 d 当 非 a 且 ( b 或 非 非 c ) 且 a 属于 { x、 y } 且 b 不属于 g 则 x",
	"规则 r 用于 d 当 a 10万人以上不满100万人 且 b 超过3 且 c 不少于5 且 e 少于 10 人 且 f 10 人 以下 则 x",
	"规则 r 用于 d 当 a at_least 100,000 persons 或 b at_least 1 under 10,000 persons 或 c more_than 5 则 x",
	"规则 r 用于 d 当 a 含 x 且 a 不含 y 且 a 含任一 { x、 y } 且 a 含全部 { x } 且 a 为空 且 b 非空 且 c 为 空 且 a 为 { x } 则 x",
	"规则 r 用于 d 当 on 2025-01-01 以上 不满 2026-01-01 且 on 不为 2025-06-01 则 x",
	"规则 r 用于 d 当 b 且 下列之一：\n  （一）a 10万人以上；\n  （二）c 且 下列全部：(1) a; (2) b.。\n  则 x",
	"缺省 x 用于 d 依据 10.1#2 当 a 除外 b",
	"缺省 「清单外」 用于 d 依据 10.1#2",
	"default x for d because \"else\"",
	"次序 o 用于 d 依据 规定7.2 理由 「上位法」：\n  { a、b } 先于 c 先于 缺省 先于 其余",
	"order o for d: rest before a",
	"优先 a 于 b 依据 规定7.1(2) 理由 「从严」",
	"prefer { a, b } over rest for d",
	"前提 p「甲」 依据 8.1 理由 「乙」\n  当 a 属于 { x } 则 b 为 y 依据 8.1",
	"断言 p「甲」 依据 1.1 释疑 A01\n  当 a 或 b 则 d 不为 x",
	"断言 p 则 d 不属于 { x、 y }",
	"断言 p「甲」 依据 规定7.1(2)\n  d 随 a、b 不降 序 { x、 y } 低于 z 低于 w",
	"assert p when a then d as b never_falls ranking x below_rank y",
	"基准 b「甲」\n  a 是、 c 否、 n 0、 s 空、 t { x、 y }、 e 为 x、 f 2025-01-01",
	"baseline b a no, n 100 persons, e \"label\"",
	"案例 「甲」 基准 b 设 a 为 x 且 c 为 是 则 d 为 y 依据 K03.13",
	"案例 k「甲」 依据 1.1 基准 b 则 d 冲突 { x、 y } 且 e 空白 且 f 冲突",
	"case \"a\" baseline b given a is x, c yes then d is y resolves A14",
	"公布 p「清单」 表 t 依据 7.1(5)\n  栏 条目、 scenario 题 「业务场景」、 「数据类别」、 则、 依据、 标准 题 「标准」",
};

START_TEST(every_form_parses)
{
	struct parsed p = { .csv = NULL };
	parse_fence_text(&p, forms[_i]);
	ck_assert_str_eq(parsed_findings(&p), "");
	ck_assert(!parsed_decl(&p, 0)->broken);
	parsed_close(&p);
}
END_TEST

/* Canonical, then in the other language and back: the tree stays, and the layout is a fixed point. */
static void check_round_trip(const char *text, char keywords)
{
	struct parsed before = { .csv = NULL }, after = { .csv = NULL };
	size_t size, again_size;
	parse_text(&before, text);
	const char *formatted = format_source(before.arena, &before.sources.items[0], keywords, &size);
	parse_bytes(&after, formatted, size);
	ck_assert_str_eq(parsed_findings(&after), "");
	ck_assert_str_eq(parsed_dump(&before), parsed_dump(&after));
	const char *again = format_source(after.arena, &after.sources.items[0], keywords, &again_size);
	ck_assert_str_eq(again, formatted);
	parsed_close(&before);
	parsed_close(&after);
}

START_TEST(every_form_survives_its_layout)
{
	char *text = in_fence(forms[_i]);
	check_round_trip(text, 'k');
	check_round_trip(text, 'z');
	check_round_trip(text, 'e');
	free(text);
}
END_TEST

START_TEST(both_languages_give_one_tree)
{
	struct parsed zh = { .csv = NULL }, en = { .csv = NULL };
	parse_fence_text(&zh, "规则 off_list 用于 pathway 依据 10.1#2、12.1(2)#3\n"
			      "  当 regime 为 negative_list 且 ( n 10万以上不满100万 或 非 b )\n  则 exempt");
	parse_fence_text(&en, "rule off_list for pathway cites 10.1#2, 12.1(2)#3\n"
			      "  when regime is negative_list and ( n at_least 100,000 under 1,000,000 or not b )\n"
			      "  then exempt");
	ck_assert_str_eq(parsed_findings(&en), "");
	ck_assert_str_eq(parsed_dump(&zh), parsed_dump(&en));
	ck_assert_str_eq(parsed_dump(&zh), "file\n"
					   "  fence\n"
					   "    rule alone\n"
					   "      id off_list\n"
					   "      cites 10.1#2\n"
					   "      cites 12.1(2)#3\n"
					   "      decision pathway\n"
					   "      when and\n"
					   "        part is\n"
					   "          subject regime\n"
					   "          value negative_list\n"
					   "        part or\n"
					   "          part bounds\n"
					   "            subject n\n"
					   "            at_least\n"
					   "              value 100000\n"
					   "            less_than\n"
					   "              value 1000000\n"
					   "          part not\n"
					   "            part holds\n"
					   "              subject b\n"
					   "      then exempt\n");
	parsed_close(&zh);
	parsed_close(&en);
}
END_TEST

/* ---- mistakes ---- */

struct mistake {
	const char *text;        /* inside of a fence */
	const char *findings;
	bool mended;             /* the edits make a text without findings */
};

static const struct mistake mistakes[] = {
	{ "规则 a 用于 d\n  当掌握人数 为 是\n  则 x", "syntax 3:3 SPACE_AFTER", true },
	{ "规则 a 用于 d\n  当 掌握人数为 是\n  则 x", "syntax 3:9 SPACE_BEFORE", true },
	{ "规则 a 用于 d 当 n 10万人以上则 x", "syntax 2:21 SPACE_BEFORE", true },
	{ "事实 n: 整数 0 至 10人依据 1.1", "syntax 2:17 SPACE_BEFORE", true },
	{ "规则 a 用于 d 当 a 且 b 或 c 则 x", "syntax 2:19 AND_OR_MIXED", false },
	{ "规贝 a 用于 d 当 a 则 x", "syntax 2:1 NO_DECLARATION", true },
	{ "rulle a for d when a then x", "syntax 2:1 NO_DECLARATION", true },
	{ "规则 a 用于 d\n当 a 则 x", "syntax 3:1 NO_DECLARATION", true },
	{ "规则 a 用于 d 当 a 则 x\n  规则 b 用于 d 当 a 则 x", "syntax 3:3 DECLARATION_INDENTED", true },
	{ "  规则 b 用于 d 当 a 则 x", "syntax 2:3 DECLARATION_INDENTED", true },
	{ "规则 a 用于 d 当 a 依据 1.1 则 x", "syntax 2:15 ATTRIBUTE_LATE", false },
	{ "规则 a 用于 d 当 a 则 x 依据 1.1", "syntax 2:19 ATTRIBUTE_LATE", false },
	{ "规则 Big 用于 d 当 a 则 x", "syntax 2:4 ID_FORM", false },
	{ "判定 d: { a、 B、 c }", "syntax 2:12 ID_FORM", false },
	{ "宣示 1.1、foo 理由 「甲」", "syntax 2:8 NO_CLAUSE", false },
	{ "规则 set 用于 d 当 a 则 x", "syntax 2:4 KEYWORD_AS_NAME", false },
	{ "规则 r 用于 d 当 a 为 公布 则 x", "syntax 2:17 KEYWORD_AS_NAME", true },
	{ "规则 r 用于 d 当 a 等于 b 则 x", "syntax 2:15 SYNTAX_EXPECTED", true },
	{ "规则 r 用于 d 当 a 是 b 则 x", "syntax 2:15 SYNTAX_EXPECTED", true },
	{ "事实 g: 整 0 至 10", "syntax 2:7 SYNTAX_EXPECTED", true },
	{ "规则 r 用于 d 当 a 则", "syntax 2:16 SYNTAX_ENDS", false },
	{ "规则 r 用于 d 当 ( a 则 x", "syntax 2:17 SYNTAX_EXPECTED", false },
	{ "规则 r「未完 用于 d", "syntax 2:5 QUOTE_OPEN", false },
	{ "rule r \"open for d", "syntax 2:8 QUOTE_OPEN", false },
	{ "规则 r 用于 d 自 2025-02-29 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "规则 r 用于 d 自 2025-1-1 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "程序 p「x」: { a 起始、 b、 }", "syntax 2:21 SYNTAX_EXPECTED", false },
	{ "程序 p { a 起始 }", "syntax 2:6 SYNTAX_EXPECTED", false },
	{ "步骤 s 用于 p 由 z 由 y 自 a 至 b", "syntax 2:15 PART_TWICE", false },
	{ "步骤 s 用于 p 由 z 自 a 至 b 限 v 届满前 5个工作日", "syntax 2:36 SYNTAX_ENDS", false },
	{ "步骤 s 用于 p 由 z 自 a 至 b 限 v 届满前 5个工作日之内", "syntax 2:36 SPACE_BEFORE", true },
	{ "步骤 S 用于 p 自 a 至 b", "syntax 2:4 ID_FORM", false },
	{ "年历 c 2026 放假 2026-01-01", "syntax 2:4 SYNTAX_EXPECTED", false },
	{ "日历 c 假定 必休 02-29", "syntax 2:12 NO_MONTH_DAY", false },
	{ "日历 c 假定 放假 20日 放假 9日", "syntax 2:19 PART_TWICE", false },
	{ "有效期 v 3年 4年", "syntax 2:10 PART_TWICE", false },
	{ "职责 r", "syntax 2:4 DUTY_SAYS_NOTHING", false },
	{ "职责 r 用于 p 由 外界", "syntax 2:13 KEYWORD_AS_NAME", true },
	{ "职责 d 用于 p 逾期 无后果 由 r", "syntax 2:18 SYNTAX_EXPECTED", false },
	{ "断言 r「甲」 用于 p\n  x 之后 y", "syntax 3:9 SYNTAX_ENDS", false },
	{ "案例 「甲」 程序 p 自 s 则 x", "syntax 2:17 SYNTAX_EXPECTED", false },
	{ "案例 「甲」 程序 p 自 s 依次 2026-01-05 e 则 x 且 y", "syntax 2:39 PART_TWICE", false },
	{ "表 t 用于 d 则 x\n| a |\n|---|\n| b |", "syntax 3:1 TABLE_IN_FENCE", false },
	{ "表 t 用于 d 则 x 见下表", "syntax 2:14 TABLE_MISSING", false },
	{ "规则 r 用于 d 当 a < 5 则 x", "character 2:15 CHARACTER_UNUSED", false },
	{ "规则 r 用于 d 当 ⼀ 则 x", "character 2:13 CHARACTER_LOOKALIKE", true },
	{ "规则 r 用于 d 当 ａbc 则 x", "character 2:13 CHARACTER_LOOKALIKE", true },
	{ "事实 a「第⼀次」: 是否", "character 2:7 CHARACTER_LOOKALIKE", true },
	{ "规则 r 用于 d 当 「甲，乙」 则 x", "character 2:15 CHARACTER_IN_LABEL", false },
	{ "规则 r 用于 d 当 n 大于 5 则 x", "syntax 2:15 SYNTAX_EXPECTED", true },
	{ "rule r for d if a then x", "syntax 2:14 SYNTAX_EXPECTED", true },
	{ "rule r for d whenn a then x", "syntax 2:14 SYNTAX_EXPECTED", true },
	{ "规则 r 用于 d 当掌握1人 则 x", "syntax 2:11 SPACE_AFTER", false },
	{ "次序 o 用于 d： 甲 先于 乙先于 丙", "syntax 2:18 SPACE_BEFORE", true },
	{ "规则 r 用于 d 当 a 为 甲则", "syntax 2:18 SPACE_BEFORE", false },
	{ "规则 r 用于 d 当 “甲” 则 x", "character 2:13 CHARACTER_UNUSED\ncharacter 2:15 CHARACTER_UNUSED", false },
	{ "规则 r 用于 d 当 a 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十 则 x", "syntax 2:15 SYNTAX_EXPECTED", false },
	{ "宣示 1.1、甲 理由 「乙」", "syntax 2:8 NO_CLAUSE", false },
	{ "宣示 1.1、、 理由 「乙」", "syntax 2:7 SYNTAX_EXPECTED", false },
	{ "事实 a: 枚举 { x、 }", "syntax 2:15 SYNTAX_EXPECTED", false },
	{ "规则 r 用于 d 自 0000-01-01 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "规则 r 用于 d 自 2100-02-29 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "规则 r 用于 d 自 2024-04-31 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "规则 r 用于 d 自 2024-00-01 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "规则 r 用于 d 自 2024-01-00 当 a 则 x", "syntax 2:13 NO_DATE", false },
	{ "事实 a: 整数 0 至 1亿99999999999999999万", "limit 2:14 LIMIT_NUMBER", false },
	{ "事实 a: 整数 0 至 1亿999999999999999万", "limit 2:14 LIMIT_NUMBER", false },
	{ "事实 a「温度℃」: 是否", "character 2:8 CHARACTER_LOOKALIKE", true },
	{ "事实 a「第Ⅳ类」: 是否", "character 2:7 CHARACTER_LOOKALIKE", true },
	{ "规则 r 用于 d 当 「ａ」 则 x", "character 2:14 CHARACTER_LOOKALIKE", true },
	{ "规则 r 用于 d 当 é 则 x", "character 2:13 CHARACTER_UNUSED", false },
	{ "规则 r 用于 「甲：乙」 当 a 则 x", "character 2:11 CHARACTER_IN_LABEL", false },
	{ "规则 r 用于 d 当 a 则 「甲\"」", "character 2:19 CHARACTER_IN_LABEL", false },
	{ "甲 乙", "syntax 2:1 NO_DECLARATION", false },
	{ "规则 r 用于 d 当 a 则 x }", "syntax 2:19 SYNTAX_EXPECTED", false },
	{ "规则 r 用于 d 当 n 9223372036854775808 以上 则 x", "limit 2:15 LIMIT_NUMBER", false },
	{ "规则 r 用于 d 当 n 922337203685478亿 以上 则 x", "limit 2:15 LIMIT_NUMBER", false },
};

START_TEST(mistake_is_found_where_it_is)
{
	const struct mistake *m = &mistakes[_i];
	struct parsed p = { .csv = NULL }, again = { .csv = NULL };
	parse_fence_text(&p, m->text);
	ck_assert_str_eq(parsed_findings(&p), m->findings);
	parse_text(&again, parsed_mended(&p));
	ck_assert_int_eq(!diag_failed(&again.diag), m->mended);
	parsed_close(&p);
	parsed_close(&again);
}
END_TEST

START_TEST(one_run_reports_every_mistake)
{
	struct parsed p = { .csv = NULL };
	parse_fence_text(&p, "规则 a 用于 d 当 ( 则 x\n"
			     "规则 b 用于 d 当 a 则 x\n"
			     "规则 c 用于 d 当 a 则\n"
			     "事实 f 是否\n"
			     "\n"
			     "规则 e「乙」 用于 d 当 a 则 x\n"
			     "规则 「」「」");
	ck_assert_str_eq(parsed_findings(&p), "syntax 2:15 SYNTAX_EXPECTED\n"
					      "syntax 4:16 SYNTAX_ENDS\n"
					      "syntax 5:6 SYNTAX_EXPECTED\n"
					      "syntax 8:4 SYNTAX_EXPECTED");
	ck_assert(parsed_decl(&p, 0)->broken);
	ck_assert_str_eq(parsed_decl(&p, 0)->name.id.text, "a");
	ck_assert(!parsed_decl(&p, 1)->broken);
	ck_assert(!parsed_decl(&p, 4)->broken);
	ck_assert_str_eq(parsed_decl(&p, 4)->name.label.text, "乙");
	parsed_close(&p);
}
END_TEST

START_TEST(fence_that_does_not_close_is_found)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, "# a\n```rulebook\n规则 a 用于 d 则 x\n");
	ck_assert_str_eq(parsed_findings(&p), "syntax 2:1 FENCE_OPEN");
	ck_assert_str_eq(parsed_decl(&p, 0)->name.id.text, "a");
	parsed_close(&p);
}
END_TEST

/* ---- values ---- */

START_TEST(numbers_and_dates_have_their_values)
{
	struct parsed p = { .csv = NULL };
	parse_fence_text(&p, "事实 a: 整数 -1,000 至 1亿2,000万元\n事实 b: 整数 0 至 3万亿\n"
			     "事实 c: 日期 1970-01-01 至 2024-02-29\n事实 e: 日期 1969-12-31 至 2000-03-01");
	ck_assert_str_eq(parsed_findings(&p), "");
	ck_assert_int_eq(parsed_decl(&p, 0)->low.value, -1000);
	ck_assert_int_eq(parsed_decl(&p, 0)->high.value, 120000000);
	ck_assert_str_eq(parsed_decl(&p, 0)->high.unit, "元");
	ck_assert_int_eq(parsed_decl(&p, 1)->high.value, 3000000000000);
	ck_assert_int_eq(parsed_decl(&p, 2)->date_low.day, 0);
	ck_assert_int_eq(parsed_decl(&p, 2)->date_high.day, 19782);
	ck_assert_int_eq(parsed_decl(&p, 3)->date_low.day, -1);
	ck_assert_int_eq(parsed_decl(&p, 3)->date_high.day, 11017);
	parsed_close(&p);
}
END_TEST

START_TEST(clause_ids_are_half_width)
{
	struct parsed p = { .csv = NULL };
	parse_fence_text(&p, "宣示 7.1（2）＃1、规定7．1(2)、U2.c、K03.16、民法典1259、数据安全法21.2、9 理由 「甲」");
	static const char *const ids[] = { "7.1(2)#1", "规定7.1(2)", "U2.c", "K03.16", "民法典1259", "数据安全法21.2", "9" };
	ck_assert_str_eq(parsed_findings(&p), "");
	ck_assert_uint_eq(parsed_decl(&p, 0)->clauses.count, 7);
	for (size_t i = 0; i < 7; i++)
		ck_assert_str_eq(parsed_decl(&p, 0)->clauses.items[i].text, ids[i]);
	parsed_close(&p);
}
END_TEST

START_TEST(spans_are_those_of_the_source)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, "正文\n\n```rulebook\n// 注\n规则 a「甲」 用于 d\n  当 n 10万人以上\n  则 x   // 完\n\n```\n");
	const struct ast_decl *decl = parsed_decl(&p, 0);
	const char *text = p.sources.items[0].text;
	ck_assert_str_eq(arena_strndup(p.arena, text + decl->span.start, decl->span.end - decl->span.start),
			 "规则 a「甲」 用于 d\n  当 n 10万人以上\n  则 x");
	struct span at = decl->when->bounds[0].span;
	ck_assert_str_eq(arena_strndup(p.arena, text + at.start, at.end - at.start), "10万人以上");
	at = decl->when->bounds[0].value.number.unit_span;
	ck_assert_str_eq(arena_strndup(p.arena, text + at.start, at.end - at.start), "人");
	at = decl->name.span;
	ck_assert_str_eq(arena_strndup(p.arena, text + at.start, at.end - at.start), "a「甲」");
	parsed_close(&p);
}
END_TEST

START_TEST(tokens_are_listed)
{
	struct parsed p = { .csv = NULL };
	struct writer w;
	parse_fence_text(&p, "规则 a 当 n 10万人以上不满5\n宣示 1.1");
	writer_init(&w, p.arena);
	dump_tokens(&w, &p.sources.items[0]);
	ck_assert_str_eq(writer_text(&w), "2:1 rule 规则\n2:4 WORD a\n2:6 when 当\n2:8 WORD n\n2:10 NUMBER 10万\n"
					  "2:13 UNIT 人\n2:14 POST_BOUND 以上\n2:16 PRE_BOUND 不满\n2:18 NUMBER 5\n"
					  "2:19 END \n3:1 declaratory 宣示\n3:4 CLAUSE 1.1\n3:7 END \n");
	parsed_close(&p);
}
END_TEST

/* ---- blocks ---- */

START_TEST(blocks_are_split)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, "# 题 #\r\n\r\n  第一条 甲　\n```text\n规则 不是\n```\n~~~rulebook\n宣示 1.1\n~~~\n"
		       "#无\n\n| a |\n|---|\n| b |\n");
	ck_assert_str_eq(parsed_findings(&p), "");
	ck_assert_str_eq(parsed_dump(&p), "file\n"
					  "  heading 1\n"
					  "    text \"题\"\n"
					  "  line \"第一条 甲\"\n"
					  "  other\n"
					  "  fence\n"
					  "    declaratory\n"
					  "      clause 1.1\n"
					  "  line \"#无\"\n"
					  "  table 1\n");
	parsed_close(&p);
}
END_TEST

START_TEST(a_rule_is_alone_in_its_fence)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, "```rulebook\n定义 e 为 a\n规则 a 用于 d 则 x\n```\n"
		       "```rulebook\n规则 b 用于 d 则 x\n缺省 x 用于 d\n```\n");
	ck_assert(!parsed_decl(&p, 0)->alone_in_fence);
	ck_assert(parsed_decl(&p, 1)->alone_in_fence);
	ck_assert(!parsed_decl(&p, 2)->alone_in_fence);
	ck_assert_uint_eq(parsed_decl(&p, 2)->block, 1);
	parsed_close(&p);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("grammar");
	TCase *tcase = tcase_create("forms");
	tcase_add_loop_test(tcase, every_form_parses, 0, sizeof forms / sizeof *forms);
	tcase_add_loop_test(tcase, every_form_survives_its_layout, 0, sizeof forms / sizeof *forms);
	tcase_add_test(tcase, both_languages_give_one_tree);
	tcase_add_loop_test(tcase, mistake_is_found_where_it_is, 0, sizeof mistakes / sizeof *mistakes);
	tcase_add_test(tcase, one_run_reports_every_mistake);
	tcase_add_test(tcase, fence_that_does_not_close_is_found);
	tcase_add_test(tcase, numbers_and_dates_have_their_values);
	tcase_add_test(tcase, clause_ids_are_half_width);
	tcase_add_test(tcase, spans_are_those_of_the_source);
	tcase_add_test(tcase, tokens_are_listed);
	tcase_add_test(tcase, blocks_are_split);
	tcase_add_test(tcase, a_rule_is_alone_in_its_fence);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
