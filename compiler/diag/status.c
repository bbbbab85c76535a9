#include "diag/status.h"

struct phrase status_phrase(enum guiju_status status)
{
	static const char *const chinese[] = {
		[GUIJU_OK] = "正常",
		[GUIJU_TRUNCATED] = "判定表不完整，后面缺了一截",
		[GUIJU_NOT_A_TABLE] = "不是判定表",
		[GUIJU_OTHER_FORMAT] = "判定表是另一版本的格式",
		[GUIJU_CHECKSUM] = "判定表写出之后被改动过",
		[GUIJU_MALFORMED] = "判定表的结构有错",
		[GUIJU_NO_SUCH] = "没有这个事实、判定、规则或其他项目",
		[GUIJU_OUTSIDE_DOMAIN] = "有值在事实的取值范围之外",
		[GUIJU_EXCLUDED] = "约束排除了这一情形",
		[GUIJU_SCRATCH] = "工作内存太小或者没有对齐",
		[GUIJU_NOT_A_DAY] = "日期不在 1900 至 2199 年之内，或者已发生的事次序颠倒",
	};
	size_t at = (size_t)status;
	return (struct phrase){ at < sizeof chinese / sizeof *chinese ? chinese[at] : "未知的状态",
				guiju_status_text(status) };
}
