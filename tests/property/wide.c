/* A rulebook whose decision has a table of some dozens of rows: boxes that fill the whole or overlap, under any policy. */
#include "edits.h"

#include "plain.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { DIMS = 4, MOST_ROWS = 80 };

struct wide {
	struct edited *out;
	uint64_t state;
	int low[MOST_ROWS][DIMS], high[MOST_ROWS][DIMS];
	int rows;
	bool complete, ids, second;
	int hit;
};

static const int largest[DIMS] = { 30, 4, 1, 30 };         /* n, e, b, m */

static int below(struct wide *w, int n)
{
	return (int)(next_random(&w->state) % (uint64_t)n);
}

__attribute__((format(printf, 2, 3))) static void put(struct wide *w, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	w->out->size += (size_t)vsnprintf(w->out->text + w->out->size, w->out->capacity - w->out->size, format, args);
	va_end(args);
}

/* ---- boxes ---- */

static void divide(struct wide *w)
{
	memset(w->low[0], 0, sizeof w->low[0]);
	memcpy(w->high[0], largest, sizeof largest);
	int want = 12 + below(w, MOST_ROWS - 12);
	w->rows = 1;
	for (int tries = 0; w->rows < want && tries < 1000; tries++) {
		int i = below(w, w->rows), d = below(w, DIMS), n = w->rows;
		if (w->low[i][d] == w->high[i][d])
			continue;
		int at = w->low[i][d] + 1 + below(w, w->high[i][d] - w->low[i][d]);
		memcpy(w->low[n], w->low[i], sizeof w->low[n]);
		memcpy(w->high[n], w->high[i], sizeof w->high[n]);
		w->high[i][d] = at - 1;
		w->low[n][d] = at;
		w->rows++;
	}
}

static void spoil(struct wide *w)
{
	for (int i = 0; i < w->rows; i++) {
		int d = below(w, DIMS);
		if (below(w, 5) == 0)
			w->low[i][d] = below(w, w->low[i][d] + 1);
		if (below(w, 9) == 0)
			w->high[i][d] = w->low[i][d];
	}
}

/* ---- text ---- */

static void put_number(struct wide *w, int low, int high, int most)
{
	if (low == high)
		put(w, "| %d ", low);
	else if (low == 0)
		put(w, high == most ? "| " : "| %d以下 ", high);
	else if (high == most)
		put(w, "| %d以上 ", low);
	else
		put(w, "| %d以上%d以下 ", low, high);
}

static void put_members(struct wide *w, int low, int high)
{
	put(w, "| ");
	if (low == high)
		put(w, "e%d ", low);
	else if (low > 0 || high < largest[1]) {
		put(w, "属于 { ");
		for (int i = low; i <= high; i++)
			put(w, "e%d%s", i, i < high ? "、" : " } ");
	}
}

static void put_row(struct wide *w, int i)
{
	if (w->ids)
		put(w, "| w%d ", i);
	put_number(w, w->low[i][0], w->high[i][0], largest[0]);
	put_members(w, w->low[i][1], w->high[i][1]);
	put(w, w->low[i][2] == w->high[i][2] ? w->low[i][2] ? "| 是 " : "| 否 " : "| ");
	put_number(w, w->low[i][3], w->high[i][3], largest[3]);
	put(w, "| o%d |\n", below(w, 3));
}

static void put_rules(struct wide *w)
{
	if (below(w, 3) == 0)
		put(w, "缺省 o0 用于 d 理由 「示例」\n");
	for (int i = 0; i < below(w, 4); i++)
		put(w, "规则 p%d 用于 d 理由 「示例」 当 n %d以上 且 非（e 为 e%d 或 m %d以下） 则 o%d\n", i, below(w, 31), below(w, 5),
		    below(w, 31), below(w, 3));
	if (below(w, 3) == 0)
		put(w, "前提 f 理由 「示例」 当 e 为 e%d 则 n %d以上\n", below(w, 5), below(w, 12));
	if (!w->second)
		return;
	put(w, "规则 s1 用于 s 理由 「示例」 当 d 为 o1 且 k 则 some\n规则 s2 用于 s 理由 「示例」 当 n %d以上 则 none\n", below(w, 31));
	put(w, "缺省 some 用于 s 理由 「示例」\n");
	if (below(w, 2))
		put(w, "断言 a 理由 「示例」 当 d 为 o%d 则 s 不为 none\n", below(w, 3));
}

void wide_print(struct edited *out, uint64_t seed)
{
	static const char *const hits[] = { "唯一", "任一", "首中" };
	struct wide w = { .out = out, .state = seed * 977 + 5 };
	out->size = 0;
	w.hit = below(&w, 3);
	w.ids = below(&w, 5) > 0;
	w.second = below(&w, 2);
	divide(&w);
	if (below(&w, 3) > 0)
		spoil(&w);
	put(&w, "# 示例\n\n```rulebook\n规则书 wide「示例」\n事实 n「甲」: 整数 0 至 30\n事实 e「乙」: 枚举 { e0「零」、 e1「一」、 e2「二」、 "
		"e3「三」、 e4「四」 }\n事实 b「丙」: 是否\n事实 m「丁」: 整数 0 至 30\n");
	if (w.second)
		put(&w, "事实 k「戊」: 是否\n判定 s「后」: { some「有」、 none「无」 }\n");
	put(&w, "判定 d「先」: { o0「零」、 o1「一」、 o2「二」 }\n");
	put_rules(&w);
	put(&w, "表 t 用于 d 命中 %s%s 理由 「示例」 见下表\n```\n\n|%s n | e | b | m | 则 |\n|%s---|---|---|---|---|\n", hits[w.hit],
	    below(&w, 2) ? " 完备" : "", w.ids ? " id |" : "", w.ids ? "---|" : "");
	for (int i = 0; i < w.rows; i++)
		put_row(&w, i);
	put(&w, "\n示例之末。\n");
}
