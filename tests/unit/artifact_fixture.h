/* A rulebook text as a model, for the tests of artifacts. Each test has one arena, freed at its end. */
#ifndef GUIJU_TESTS_ARTIFACT_FIXTURE_H
#define GUIJU_TESTS_ARTIFACT_FIXTURE_H
#include "diag/render.h"
#include "grammar/parse.h"
#include "model/model.h"
#include "support/io.h"
#include "support/writer.h"

#include <check.h>
#include <string.h>

static struct out_of_memory fixture_ends;
static struct arena *arena;
static struct sources fixture_sources;
static const char *fixture_root;

static const char DIGEST[] = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static void fixture_set_up(void)
{
	ck_assert_int_eq(setjmp(fixture_ends.back), 0);
	arena = arena_new(&fixture_ends);
	fixture_sources = (struct sources){ 0 };
}

static void fixture_tear_down(void)
{
	arena_free(arena);
	arena = NULL;
}

static const char *fixture_load(void *context, const char *name, uint32_t *file, size_t *size)
{
	struct io_error error;
	(void)context;
	if (!fixture_root)
		return NULL;
	const char *path = arena_printf(arena, "%s/%s", fixture_root, name);
	const char *text = io_read_file(&io_system, arena, path, LIMIT_FILE, size, &error);
	if (text)
		*file = sources_add(arena, &fixture_sources, name, text, *size);
	return text;
}

static struct model *fixture_resolve(const uint32_t *files, size_t count)
{
	struct diag diag = { .arena = arena, .sources = &fixture_sources };
	const struct csv_loader loader = { fixture_load, NULL };
	struct ast_book *book = parse_book(arena, &diag, files, count, &loader);
	struct model *model = diag_failed(&diag) ? NULL : resolve_book(arena, &diag, book, &loader, DIGEST);
	struct writer w;
	struct render_options options = { .language = LANGUAGE_EN };
	writer_init(&w, arena);
	render_findings(&w, &diag, &options);
	ck_assert_msg(!diag_failed(&diag), "%s", writer_text(&w));
	return model;
}

static inline struct model *model_of_text(const char *text)
{
	uint32_t file = sources_add(arena, &fixture_sources, "test.rulebook.md", text, strlen(text));
	return fixture_resolve(&file, 1);
}

/* The rulebook in a folder; `names` ends with NULL. */
static inline struct model *model_of_folder(const char *root, const char *const *names)
{
	uint32_t files[8];
	size_t count = 0;
	fixture_root = root;
	for (; names[count]; count++) {
		size_t size;
		ck_assert_ptr_nonnull(fixture_load(NULL, names[count], &files[count], &size));
	}
	return fixture_resolve(files, count);
}

/* All kinds of facts, conditions, hit policies, priorities; two feeding levels; periods; a constraint. */
static const char EVERYTHING[] =
	"# Everything\n\n"
	"```rulebook\n"
	"规则书 everything「样样都有」 \"everything\"\n"
	"  制定机关 「某局」\n"
	"版次 2026「二〇二六年版」\n"
	"角色 officer「经办人」\n"
	"疑义 A01「以上是否含本数」 依据 1.1 理由 「含本数」\n"
	"事实 urgent「紧急」 \"urgent\": 是否 依据 1.1\n"
	"事实 place「地方」: 枚举 { east「东」、 west「西」、 south「南 & 北」 } 依据 1.1\n"
	"事实 people「人数」: 整数 0 至 1亿人 依据 1.1\n"
	"事实 papers「材料」: 集合 { card「证件」、 form「表格」、 other「其他」 裁量 officer } 依据 1.1\n"
	"事实 filed「申请日」: 日期 2020-01-01 至 2030-12-31 裁量 officer 依据 1.1\n"
	"前提 east_small「东小」 依据 1.1\n"
	"  当 place 为 east 则 people 500人以下\n"
	"判定 size「规模」: { big「大」、 small「小」 }\n"
	"判定 grade「等级」 \"grade\": { high「高」 \"high\"、 middle「中」、 low「低」 }\n"
	"判定 way「路径」: { fast「快」、 slow「慢」、 none「不办」 }\n"
	"定义 whole「齐全」 依据 1.1 为 papers 含全部 { card、 form }\n"
	"定义 hurried「急办」 依据 1.1 为 urgent 且 whole\n"
	"```\n\n"
	"## 第一条\n\n第一款的文字。\n\n"
	"```rulebook\n"
	"规则 big_many「人多」 用于 size 依据 1.1\n"
	"  当 people 100人以上\n"
	"  则 big\n"
	"缺省 small 用于 size 依据 1.1\n"
	"规则 high_big「大者高」 用于 grade 依据 1.1\n"
	"  当 size 为 big 且 place 属于 { west、 south } 除外 papers 为空\n"
	"  则 high\n"
	"规则 low_east「东者低」 用于 grade 依据 1.1 释疑 A01\n"
	"  当 place 为 east 或 papers 含任一 { other }\n"
	"  则 low\n"
	"规则 middle_dated「某日后」 用于 grade 依据 1.1\n"
	"  当 filed 2025-06-01以上 且 非 urgent\n"
	"  则 middle\n"
	"缺省 middle 用于 grade 依据 1.1\n"
	"次序 grades 用于 grade 依据 1.1：\n"
	"  low_east 先于 high_big 先于 其余\n"
	"表 ways「路径表」 用于 way 命中 首中 见下表\n"
	"```\n\n"
	"| id | 条目 | grade | people | 则 | 依据 | 「备注」 |\n"
	"|----|------|-------|--------|----|------|----------|\n"
	"| top | 1 | high | 1000人以上 | slow | 1.1 | 「甲」\\|乙 <丙> |\n"
	"| any_high | 2 | high |  | fast | 1.1 | 二 |\n"
	"| few | 3 |  | 10人以上不满50人 | none | 1.1 | 三 |\n\n"
	"```rulebook\n"
	"规则 hurry「急办的快」 用于 way 依据 1.1\n"
	"  当 hurried 且 grade 为 low\n"
	"  则 fast\n"
	"规则 stop「停办」 用于 way 依据 1.1 至 2026-12-31\n"
	"  当 place 不为 east 且 people 为 0人\n"
	"  则 none\n"
	"缺省 slow 用于 way 依据 1.1\n"
	"优先 stop 于 hurry 依据 1.1 理由 「停办为先」\n"
	"优先 ways 于 hurry 依据 1.1 理由 「表为先」\n"
	"断言 never「不紧急不快」 依据 1.1\n"
	"  当 非 urgent 则 way 属于 { fast、 slow、 none }\n"
	"公布 list「清单（示例）」 表 ways 依据 1.1\n"
	"  栏 条目、 people 题 「人数」、 「备注」\n"
	"```\n";

#endif
