/* The command line. Adding an option is one row of `rows`, adding a verb one row of `verbs`. */
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define OF(verb) (1u << (unsigned)(verb))
#define EVERY (~0u)

struct verb_row {
	enum verb verb;
	const char *name, *operands;
	size_t least, most;   /* operands */
	const char *zh, *en;
};

static const struct verb_row verbs[] = {
	{ VERB_CHECK, "check", "RULEBOOK…", 1, INPUTS_MAX, "检查重叠、空白和引文，不写文件", "look for overlaps, gaps and drifted quotations; writes nothing" },
	{ VERB_BUILD, "build", "-o DIR RULEBOOK", 1, 1, "检查后写出全部产物，要么全部、要么不写", "check, then write every artifact into DIR, all or nothing" },
	{ VERB_GRAPH, "graph", "-o FILE RULEBOOK", 1, 1, "画一张图（.svg .png .pdf .dot）", "draw one graph (.svg .png .pdf .dot)" },
	{ VERB_DECIDE, "decide", "--decision D RULEBOOK|TABLE", 1, 1, "对记录（JSON、CSV）作出判定", "decide records (JSON, JSON Lines, CSV)" },
	{ VERB_STEP, "step", "--procedure P --state S [--event E] --on DATE RULEBOOK|TABLE", 1, 1, "程序走一步：下一状态、职责、到期日；没有事件时：当日的职责、到期日", "take a step of a procedure: next state, duties, due dates; without an event: what runs on the day" },
	{ VERB_TEST, "test", "RULEBOOK", 1, 1, "运行规则书中的案例，报告覆盖情况", "run the cases of the rulebook and report what they cover" },
	{ VERB_TRACE, "trace", "RULEBOOK", 1, 1, "逐条交代：每一条款由什么实施", "the account of every clause" },
	{ VERB_EXPLAIN, "explain", "SLUG", 0, 1, "说明一种发现，附正反例", "the long text of a finding, with a bad and a mended example" },
	{ VERB_DIFF, "diff", "OLD NEW", 2, 2, "两个版次之间谁的结论改变", "what changes for whom between two editions" },
	{ VERB_VERIFY, "verify", "DIR", 1, 1, "核对产物彼此一致、与清单一致", "check that artifacts agree with each other and with the manifest" },
	{ VERB_FMT, "fmt", "RULEBOOK…", 1, INPUTS_MAX, "整理为规范写法", "rewrite in canonical layout" },
	{ VERB_IMPORT, "import", "dmn|csv FILE", 2, 2, "把 DMN 决策模型作成规则书，或者把电子表格作成管道表", "a DMN decision model as a rulebook, or a spreadsheet's table as a pipe table" },
};

enum option_kind { TEXT, TEXTS, NUMBER, MILLISECONDS, BYTES, FLAG, LANGUAGE_NAME, FORMAT_NAME };

struct option_row {
	const char *name;
	enum option_kind kind;
	size_t offset;        /* of the member of struct options */
	unsigned verbs;
	const char *value;    /* how its value is called in help, or NULL */
	const char *allowed;  /* "a|b|c", or NULL */
	const char *zh, *en;
};

#define AT(member) offsetof(struct options, member)

static const struct option_row rows[] = {
	{ "-o", TEXT, AT(output), OF(VERB_BUILD) | OF(VERB_GRAPH) | OF(VERB_IMPORT), "PATH", NULL, "写到哪里", "where to write" },
	{ "--decision", TEXT, AT(decision), OF(VERB_DECIDE) | OF(VERB_GRAPH) | OF(VERB_DIFF) | OF(VERB_IMPORT), "D", NULL, "哪一个判定", "which decision" },
	{ "--requirements", FLAG, AT(requirements), OF(VERB_GRAPH), NULL, NULL, "画出哪些事实和判定供给哪些判定", "which facts and decisions feed which" },
	{ "--domain", TEXT, AT(domain), OF(VERB_GRAPH), "FACT", NULL, "画出一个枚举的层级", "an enumeration's levels" },
	{ "--procedure", TEXT, AT(procedure), OF(VERB_STEP) | OF(VERB_GRAPH), "P", NULL, "哪一个程序", "which procedure" },
	{ "--from", TEXT, AT(from), OF(VERB_GRAPH), "EVENT", NULL, "与 --procedure、--on 同用：画出此事件之后何时何事到期", "with --procedure and --on: draw what is due when after this event" },
	{ "--state", TEXT, AT(state), OF(VERB_STEP) | OF(VERB_GRAPH), "S", NULL, "现在的状态（graph 缺省：自起始状态经 --past 所至）", "the state it is in (graph, by default: where --past leads from the start)" },
	{ "--event", TEXT, AT(event), OF(VERB_STEP), "E", NULL, "发生的事件（缺省：没有）", "the event that happens (default: none)" },
	{ "--past", TEXTS, AT(past), OF(VERB_STEP) | OF(VERB_GRAPH), "EVENT=DATE", NULL, "此前的事件（可重复）", "an earlier event (repeatable)" },
	{ "--facts", TEXT, AT(facts), OF(VERB_DECIDE) | OF(VERB_STEP) | OF(VERB_GRAPH), "FILE", NULL, "从文件读记录（缺省：decide 读标准输入，step、graph 不读）", "read records from FILE (default: standard input; step, graph: none)" },
	{ "--records", TEXT, AT(records), OF(VERB_DIFF), "FILE", NULL, "重新判定已有的申报，重走在办的事项，列出改变的", "decide filings and step running cases again, list those that change" },
	{ "--on", TEXT, AT(on), OF(VERB_DECIDE) | OF(VERB_STEP) | OF(VERB_DIFF) | OF(VERB_GRAPH), "DATE", NULL, "适用日；step、graph：事件发生之日", "the applicable date; of step and graph: the day of the event" },
	{ "--rulebook", TEXT, AT(rulebook), OF(VERB_VERIFY) | OF(VERB_IMPORT), "R", NULL, "并对照这部规则书核对", "also check against this rulebook" },
	{ "--check", FLAG, AT(check_only), OF(VERB_FMT), NULL, NULL, "只报告哪些文件不合规范写法", "only tell which files differ" },
	{ "--keywords", TEXT, AT(keywords), OF(VERB_FMT) | OF(VERB_IMPORT), "zh|en", "zh|en", "关键词用中文或者英文", "keywords in Chinese or English" },
	{ "--no-pictures", FLAG, AT(no_pictures), OF(VERB_BUILD), NULL, NULL, "不画图", "without pictures" },
	{ "--regions", TEXT, AT(regions), OF(VERB_CHECK) | OF(VERB_DIFF), "all", "all", "列出全部区域", "list every region" },
	{ "--explain-region", FLAG, AT(explain_region), OF(VERB_CHECK), NULL, NULL, "并把区域写成可以贴进表中的行", "also show regions as rows that can be pasted into a table" },
	{ "--notes", FLAG, AT(show_notes), OF(VERB_CHECK) | OF(VERB_BUILD), NULL, NULL, "逐条显示提示（缺省：只计数）", "show each note (default: count them)" },
	{ "--time", MILLISECONDS, AT(milliseconds), OF(VERB_CHECK) | OF(VERB_BUILD) | OF(VERB_GRAPH) | OF(VERB_DIFF), "SECONDS", NULL, "检查的时间限额", "budget of the checks" },
	{ "--memory", BYTES, AT(bytes), OF(VERB_CHECK) | OF(VERB_BUILD) | OF(VERB_GRAPH) | OF(VERB_DIFF), "MIB", NULL, "检查的内存限额", "budget of the checks" },
	{ "--nodes", NUMBER, AT(nodes), OF(VERB_CHECK) | OF(VERB_BUILD) | OF(VERB_GRAPH) | OF(VERB_DECIDE) | OF(VERB_STEP) | OF(VERB_DIFF), "N", NULL, "搜索的步数限额", "budget of the searches, in boxes" },
	{ "--dump", TEXT, AT(dump), OF(VERB_CHECK), "STAGE", "tokens|ast|model|table", "显示一个阶段的结果", "show what a stage made" },
	{ "--format", FORMAT_NAME, AT(format), OF(VERB_CHECK) | OF(VERB_BUILD) | OF(VERB_TEST) | OF(VERB_TRACE) | OF(VERB_VERIFY) | OF(VERB_DIFF), "FORMAT", "text|json|sarif|markdown", "输出格式（sarif 只用于 check，markdown 只用于 diff）", "output format (sarif: check only; markdown: diff only)" },
	{ "--lang", LANGUAGE_NAME, AT(language), EVERY, "zh|en", "zh|en", "消息的语言", "language of messages" },
	{ "--color", TEXT, AT(colour), EVERY, "WHEN", "auto|always|never", "颜色", "colour" },
};

static const struct verb_row *find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static const struct verb_row *verb_row(enum verb verb)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (verbs[i].verb == verb)
			return &verbs[i];
	return NULL;
}

static const struct option_row *find_option(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strlen(rows[i].name) == length && strncmp(rows[i].name, name, length) == 0)
			return &rows[i];
	return NULL;
}

static bool fail(struct usage_error *error, const char *word, const char *zh, const char *en)
{
	*error = (struct usage_error){ word, zh, en };
	return false;
}

static bool is_allowed(const char *allowed, const char *value)
{
	size_t length = strlen(value);
	for (const char *p = allowed; *p; p += *p == '|') {
		size_t n = strcspn(p, "|");
		if (n == length && strncmp(p, value, n) == 0)
			return true;
		p += n;
	}
	return false;
}

static bool parse_count(const char *value, uint64_t factor, uint64_t *out)
{
	char *end;
	errno = 0;
	if (value[0] < '0' || value[0] > '9')
		return false;
	unsigned long long n = strtoull(value, &end, 10);
	if (errno || *end || n == 0 || n > UINT64_MAX / factor)
		return false;
	*out = n * factor;
	return true;
}

static bool set_option(struct options *opt, const struct option_row *row, const char *value, struct usage_error *error)
{
	void *member = (char *)opt + row->offset;
	if (row->allowed && !is_allowed(row->allowed, value))
		return fail(error, value, row->allowed, row->allowed);
	switch (row->kind) {
	case TEXT:
		*(const char **)member = value;
		return true;
	case TEXTS:
		if (opt->past_count == PAST_MAX)
			return fail(error, value, "--past 太多", "too many of --past");
		opt->past[opt->past_count++] = value;
		return true;
	case LANGUAGE_NAME:
		*(enum language *)member = value[0] == 'z' ? LANGUAGE_ZH : LANGUAGE_EN;
		return true;
	case FORMAT_NAME:
		*(enum output_format *)member = value[0] == 't' ? FORMAT_TEXT :
						value[0] == 'j' ? FORMAT_JSON :
						value[0] == 's' ? FORMAT_SARIF : FORMAT_MARKDOWN;
		return true;
	case NUMBER:
	case MILLISECONDS:
	case BYTES:
		if (parse_count(value, row->kind == NUMBER ? 1 : row->kind == MILLISECONDS ? 1000 : 1024 * 1024, member))
			return true;
		return fail(error, value, "应为正整数", "a positive whole number is wanted");
	case FLAG:
		break;
	}
	*(bool *)member = true;
	return true;
}

static bool parse_option(struct options *opt, int argc, char **argv, int *i, struct usage_error *error)
{
	const char *word = argv[*i];
	size_t length = strcspn(word, "=");
	const struct option_row *row = find_option(word, length);
	if (!row || !(row->verbs & OF(opt->verb)))
		return fail(error, word, row ? "这个选项不属于这个动词" : "没有这个选项", row ? "this verb has no such option" : "no such option");
	if (row->kind == FLAG)
		return word[length] ? fail(error, word, "这个选项不带值", "this option takes no value") : set_option(opt, row, "", error);
	if (word[length] == '=')
		return set_option(opt, row, word + length + 1, error);
	if (++*i >= argc)
		return fail(error, word, "缺少值", "its value is missing");
	return set_option(opt, row, argv[*i], error);
}

/* --procedure, --from and --on are of one timeline; --state, --past and --facts are of nothing else. */
static bool check_timeline(const struct options *opt, struct usage_error *error)
{
	if (opt->from && !opt->procedure)
		return fail(error, "--procedure", "缺少这个选项", "this option is missing");
	if (opt->from && !opt->on)
		return fail(error, "--on", "缺少这个选项", "this option is missing");
	const char *only = opt->on ? "--on" : opt->state ? "--state" : opt->facts ? "--facts" : opt->past_count ? "--past" : NULL;
	if (!opt->from && only)
		return fail(error, only, "须与 --from 同用", "it goes with --from");
	return true;
}

static bool check_operands(const struct options *opt, struct usage_error *error)
{
	const struct verb_row *row = verb_row(opt->verb);
	if (opt->input_count < row->least || opt->input_count > row->most)
		return fail(error, row->name, "操作数的个数不对", "the number of operands is wrong");
	if ((opt->verb == VERB_BUILD || opt->verb == VERB_GRAPH) && !opt->output)
		return fail(error, "-o", "缺少 -o", "-o is missing");
	if (opt->verb == VERB_DECIDE && !opt->decision)
		return fail(error, "--decision", "缺少 --decision", "--decision is missing");
	if (opt->verb == VERB_IMPORT && strcmp(opt->inputs[0], "dmn") != 0 && strcmp(opt->inputs[0], "csv") != 0)
		return fail(error, opt->inputs[0], "可以导入的是 dmn、csv", "what can be imported is dmn, csv");
	if (opt->verb == VERB_STEP) {
		const char *const needed[] = { "--procedure", opt->procedure, "--state", opt->state, "--on", opt->on };
		for (size_t i = 0; i < sizeof needed / sizeof *needed; i += 2) {
			if (!needed[i + 1])
				return fail(error, needed[i], "缺少这个选项", "this option is missing");
		}
	}
	if (opt->verb == VERB_GRAPH && !check_timeline(opt, error))
		return false;
	if (opt->format == FORMAT_SARIF && opt->verb != VERB_CHECK)
		return fail(error, "sarif", "sarif 只用于 check", "sarif is for check only");
	if (opt->format == FORMAT_MARKDOWN && opt->verb != VERB_DIFF)
		return fail(error, "markdown", "markdown 只用于 diff", "markdown is for diff only");
	return true;
}

bool options_parse(struct options *opt, int argc, char **argv, const char *locale, struct usage_error *error)
{
	*opt = (struct options){ .executable = argc > 0 ? argv[0] : "guiju", .colour = "auto" };
	opt->language = locale && strncmp(locale, "en", 2) == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
	for (int i = 1; i < argc; i++)    /* --lang first: it rules the language of every other complaint */
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			opt->language = strcmp(argv[i + 1], "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
	if (argc < 2)
		return fail(error, "", "缺少动词", "a verb is missing");
	const char *word = argv[1];
	if (strcmp(word, "--version") == 0) {
		opt->verb = VERB_VERSION;
		return true;
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
		opt->verb = VERB_HELP;
		return true;
	}
	const struct verb_row *row = find_verb(word);
	if (!row)
		return fail(error, word, "没有这个动词", "no such verb");
	opt->verb = row->verb;
	bool only_operands = false;
	for (int i = 2; i < argc; i++) {
		if (!only_operands && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
			opt->help_of = opt->verb;
			opt->verb = VERB_HELP;
			return true;
		}
		if (!only_operands && strcmp(argv[i], "--version") == 0) {
			opt->verb = VERB_VERSION;
			return true;
		}
		if (!only_operands && strcmp(argv[i], "--") == 0) {
			only_operands = true;
		} else if (!only_operands && argv[i][0] == '-' && argv[i][1]) {
			if (!parse_option(opt, argc, argv, &i, error))
				return false;
		} else if (opt->input_count == INPUTS_MAX) {
			return fail(error, argv[i], "操作数太多", "too many operands");
		} else {
			opt->inputs[opt->input_count++] = argv[i];
		}
	}
	return check_operands(opt, error);
}

static void help_option(struct writer *w, const struct option_row *row, bool zh)
{
	char left[40];
	size_t n = 0;
	for (const char *p = row->name; *p && n < 30; p++)
		left[n++] = *p;
	if (row->value)
		left[n++] = ' ';
	for (const char *p = row->value ? row->value : ""; *p && n < 38; p++)
		left[n++] = *p;
	left[n] = '\0';
	write_fmt(w, "  %-22s %s%s%s%s\n", left, zh ? row->zh : row->en, row->allowed ? (zh ? "：" : ": ") : "",
		  row->allowed ? row->allowed : "", "");
}

static void help_exit_status(struct writer *w, bool zh)
{
	write_str(w, zh ? "\n退出状态：0 完成且无错误；1 有错误；2 用法错误；3 文件读写失败；4 限额用尽、没有全部判明\n"
			: "\nexit status: 0 done, nothing wrong; 1 something is wrong; 2 wrong usage; 3 a file could not be read or "
			  "written; 4 a budget ended something\n");
}

void options_help(struct writer *w, const struct options *opt)
{
	bool zh = opt->language == LANGUAGE_ZH;
	const struct verb_row *of = verb_row(opt->help_of);
	if (of) {
		write_fmt(w, "guiju %s %s\n%s\n\n", of->name, of->operands, zh ? of->zh : of->en);
	} else {
		write_fmt(w, "guiju %s\n\n", zh ? "动词 [选项] 规则书…     规矩：法规编译器" : "VERB [OPTIONS] RULEBOOK…     a compiler for regulation");
		for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
			write_fmt(w, "  %-9s %s\n", verbs[i].name, zh ? verbs[i].zh : verbs[i].en);
		write_char(w, '\n');
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (of ? (rows[i].verbs & OF(of->verb)) != 0 : rows[i].verbs == EVERY)
			help_option(w, &rows[i], zh);
	if (!of)
		write_str(w, zh ? "  --help, --version      每个动词都有\n" : "  --help, --version      of every verb\n");
	help_exit_status(w, zh);
}
