/* What the symbols of the grammar are called in messages, and what bison asks when a text is not in it. A part of
 * rulebook.y: only there are its symbols known. */
#ifndef GUIJU_GRAMMAR_SYMBOLS_H
#define GUIJU_GRAMMAR_SYMBOLS_H
#include "grammar/report.h"

static const struct expected symbols[YYNTOKENS] = {
#define DECLARATION(name, zh, en) [YYSYMBOL_##name] = { zh, en, T_##name, true },
#define KEYWORD(name, zh, en) [YYSYMBOL_##name] = { zh, en, T_##name, true },
#include "grammar/keywords.def"
	[YYSYMBOL_YYEOF] = { "格子结束", "the end of the cell", 0, false },
	[YYSYMBOL_END] = { "声明结束", "the end of the declaration", T_END, false },
	[YYSYMBOL_OPEN] = { "（", "(", T_OPEN, true },
	[YYSYMBOL_CLOSE] = { "）", ")", T_CLOSE, true },
	[YYSYMBOL_BEGIN] = { "{", "{", T_BEGIN, true },
	[YYSYMBOL_END_OF_SET] = { "}", "}", T_END_OF_SET, true },
	[YYSYMBOL_COLON] = { "：", ":", T_COLON, true },
	[YYSYMBOL_SEMICOLON] = { "；", ";", T_SEMICOLON, true },
	[YYSYMBOL_SEP] = { "、", ",", T_SEP, true },
	[YYSYMBOL_SEP_REF] = { "、", ",", T_SEP_REF, true },
	[YYSYMBOL_STOP] = { "。", ".", T_STOP, true },
	[YYSYMBOL_ITEM] = { "（一）", "(1)", T_ITEM, true },
	[YYSYMBOL_WORD] = { "名称", "a name", T_WORD, false },
	[YYSYMBOL_LABEL] = { "「…」", "\"…\"", T_LABEL, false },
	[YYSYMBOL_STRING] = { "「…」", "\"…\"", T_LABEL, false },
	[YYSYMBOL_CLAUSE] = { "条款号", "a clause", T_CLAUSE, false },
	[YYSYMBOL_UNIT] = { "单位", "a unit", T_UNIT, false },
	[YYSYMBOL_PATH] = { "文件名", "a file name", T_PATH, false },
	[YYSYMBOL_NUMBER] = { "数字", "a number", T_NUMBER, false },
	[YYSYMBOL_MONTH_DAY] = { "月日", "a month and day", T_MONTH_DAY, false },
	[YYSYMBOL_DATE] = { "日期", "a date", T_DATE, false },
	[YYSYMBOL_PRE_BOUND] = { "不满、超过等", "at_least, under and the like", T_PRE_BOUND, false },
	[YYSYMBOL_POST_BOUND] = { "以上、以下等", "以上 or 以下", T_POST_BOUND, false },
};

static int yyreport_syntax_error(const yypcontext_t *context, struct scan *s, struct ast_builder *b)
{
	yysymbol_kind_t kinds[YYNTOKENS];
	struct expected expected[YYNTOKENS];
	int n = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
	for (int i = 0; i < n; i++)
		expected[i] = symbols[kinds[i]];
	(void)b;
	report_unexpected(s, *yypcontext_location(context), expected, n < 0 ? 0 : (size_t)n);
	return 0;
}

static void rulebook_error(const struct span *at, struct scan *s, struct ast_builder *b, const char *message)
{
	(void)b;
	(void)message;               /* bison says here only that its stack is full */
	report_too_deep(s, *at);
}

#endif
