/* Made by guiju from the rulebook `everything`; not to be edited by hand.
 * 游泳馆开放规定（示例，虚构） "Opening rules of a swimming pool (invented example)"
 * 2026年版（示例，虚构） */
#ifndef GUIJU_RULEBOOK_EVERYTHING_H
#define GUIJU_RULEBOOK_EVERYTHING_H
#include "guiju.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table, in everything.c: for guiju_table_open. */
extern const unsigned char everything_table[];
extern const size_t everything_table_size;

/* 器具 */
#define EVERYTHING_EQUIPMENT_FINS (UINT64_C(1) << 0) /* 脚蹼 */
#define EVERYTHING_EQUIPMENT_BOARD (UINT64_C(1) << 1) /* 浮板 */
#define EVERYTHING_EQUIPMENT_SNORKEL (UINT64_C(1) << 2) /* 呼吸管 */
#define EVERYTHING_EQUIPMENT_SIMILAR (UINT64_C(1) << 3) /* 其他器具 */

/* card "kind of card" */
enum everything_card {
	EVERYTHING_CARD_SINGLE = 0, /* single "single visit" */
	EVERYTHING_CARD_YEAR = 1, /* 年卡 "year card" */
	EVERYTHING_CARD_NONE = 2 /* 无 "none" */
};

/* 项目 */
enum everything_sport {
	EVERYTHING_SPORT_SWIMMING = 0, /* 游泳 */
	EVERYTHING_SPORT_DIVING = 1, /* 跳水 */
	EVERYTHING_SPORT_GYM = 2, /* 健身 */
	EVERYTHING_SPORT_NONE = 3 /* 其他项目 */
};

struct everything_facts {
	int64_t age; /* 年龄 "age": 0 to 150 岁 */
	int64_t companion; /* companion "age of the companion, 0 for none": 0 to 150 岁 */
	bool permitted; /* 馆长准许 */
	uint64_t equipment; /* 器具 */
	int64_t water; /* 水温: 0 to 60 度 */
	int64_t day; /* 入场日: days since 1970-01-01 */
	enum everything_card card; /* card "kind of card" */
	enum everything_sport sport; /* 项目 */
	int64_t on; /* 适用日 "applicable date": days since 1970-01-01 */
};

/* 泳道 "lane" */
enum everything_lane_outcome {
	EVERYTHING_LANE_OUTCOME_SLOW = 0, /* 慢速道 "slow lane" */
	EVERYTHING_LANE_OUTCOME_TRAINING = 1, /* 训练道 */
	EVERYTHING_LANE_OUTCOME_OPEN = 2 /* 普通道 */
};

/* 入场 */
enum everything_admission_outcome {
	EVERYTHING_ADMISSION_OUTCOME_REFUSED = 0, /* 不得入场 */
	EVERYTHING_ADMISSION_OUTCOME_ACCOMPANIED = 1, /* 陪同入场 */
	EVERYTHING_ADMISSION_OUTCOME_ADMITTED = 2 /* 入场 */
};

/* 票价 */
enum everything_fee_outcome {
	EVERYTHING_FEE_OUTCOME_FREE = 0, /* 免费 */
	EVERYTHING_FEE_OUTCOME_HALF = 1, /* 半价 */
	EVERYTHING_FEE_OUTCOME_FULL = 2 /* 全价 */
};

/* 柜 */
enum everything_locker_outcome {
	EVERYTHING_LOCKER_OUTCOME_SMALL = 0, /* 小柜 */
	EVERYTHING_LOCKER_OUTCOME_LARGE = 1, /* 大柜 */
	EVERYTHING_LOCKER_OUTCOME_NONE = 2 /* 无柜 */
};

/* 告知 */
enum everything_notice_outcome {
	EVERYTHING_NOTICE_OUTCOME_TOLD = 0, /* 告知 */
	EVERYTHING_NOTICE_OUTCOME_NOT_TOLD = 1 /* 不告知 */
};

/* Indices in the table: of facts, and of decisions. */
enum {
	EVERYTHING_FACT_AGE = 0, /* 年龄 "age" */
	EVERYTHING_FACT_COMPANION = 1, /* companion "age of the companion, 0 for none" */
	EVERYTHING_FACT_PERMITTED = 2, /* 馆长准许 */
	EVERYTHING_FACT_EQUIPMENT = 3, /* 器具 */
	EVERYTHING_FACT_WATER = 4, /* 水温 */
	EVERYTHING_FACT_DAY = 5, /* 入场日 */
	EVERYTHING_FACT_CARD = 6, /* card "kind of card" */
	EVERYTHING_FACT_SPORT = 7, /* 项目 */
	EVERYTHING_FACT_ON = 8, /* 适用日 "applicable date" */
	EVERYTHING_DECISION_LANE = 0, /* 泳道 "lane" */
	EVERYTHING_DECISION_ADMISSION = 1, /* 入场 */
	EVERYTHING_DECISION_FEE = 2, /* 票价 */
	EVERYTHING_DECISION_LOCKER = 3, /* 柜 */
	EVERYTHING_DECISION_NOTICE = 4, /* 告知 */
	EVERYTHING_FACT_COUNT = 9
};

/* Procedures, and the states and events of each, for guiju_step. */
enum {
	EVERYTHING_PROCEDURE_RESCUE = 0 /* 险情处理 "handling of dangers" */
};

/* 险情处理 "handling of dangers" */
enum everything_rescue_state {
	EVERYTHING_RESCUE_STATE_CALM = 0, /* 正常 */
	EVERYTHING_RESCUE_STATE_DANGER = 1, /* 险情 */
	EVERYTHING_RESCUE_STATE_CLOSED = 2, /* 停用 */
	EVERYTHING_RESCUE_STATE_REOPENING = 3, /* 待重开 */
	EVERYTHING_RESCUE_STATE_SHUT_DOWN = 4 /* 关闭 */
};

/* 险情处理 "handling of dangers" */
enum everything_rescue_event {
	EVERYTHING_RESCUE_EVENT_DECIDE = 0, /* decide "decides on reopening" */
	EVERYTHING_RESCUE_EVENT_DANGER_ARISES = 1, /* 出现险情 */
	EVERYTHING_RESCUE_EVENT_REPORT_DANGER = 2, /* 报告险情 */
	EVERYTHING_RESCUE_EVENT_ASK_TO_REOPEN = 3, /* ask_to_reopen */
	EVERYTHING_RESCUE_EVENT_EMPTY_POOL = 4, /* 放水 */
	EVERYTHING_RESCUE_EVENT_FILL_POOL = 5, /* 注水 */
	EVERYTHING_RESCUE_EVENT_SETTLE = 6, /* 认可处理 */
	EVERYTHING_RESCUE_EVENT_ACCEPT = 7, /* accept */
	EVERYTHING_RESCUE_EVENT_END_OF_CLOSING = 8, /* 停用期满 */
	EVERYTHING_RESCUE_EVENT_DEEMED_REOPENING = 9 /* 视为同意重开 */
};

/* The facts as guiju_decide and guiju_decide_partial take them. */
static inline void everything_values(const struct everything_facts *facts, int64_t *values)
{
	values[0] = (int64_t)facts->age;
	values[1] = (int64_t)facts->companion;
	values[2] = facts->permitted ? 1 : 0;
	values[3] = (int64_t)facts->equipment;
	values[4] = (int64_t)facts->water;
	values[5] = (int64_t)facts->day;
	values[6] = (int64_t)facts->card;
	values[7] = (int64_t)facts->sport;
	values[8] = (int64_t)facts->on;
}

/* 泳道 "lane" */
static inline enum guiju_status everything_decide_lane(const struct guiju_table *table, const struct everything_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[9];
	everything_values(facts, values);
	return guiju_decide(table, 0, values, scratch, scratch_size, answer);
}

/* 入场 */
static inline enum guiju_status everything_decide_admission(const struct guiju_table *table, const struct everything_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[9];
	everything_values(facts, values);
	return guiju_decide(table, 1, values, scratch, scratch_size, answer);
}

/* 票价 */
static inline enum guiju_status everything_decide_fee(const struct guiju_table *table, const struct everything_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[9];
	everything_values(facts, values);
	return guiju_decide(table, 2, values, scratch, scratch_size, answer);
}

/* 柜 */
static inline enum guiju_status everything_decide_locker(const struct guiju_table *table, const struct everything_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[9];
	everything_values(facts, values);
	return guiju_decide(table, 3, values, scratch, scratch_size, answer);
}

/* 告知 */
static inline enum guiju_status everything_decide_notice(const struct guiju_table *table, const struct everything_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[9];
	everything_values(facts, values);
	return guiju_decide(table, 4, values, scratch, scratch_size, answer);
}

#ifdef __cplusplus
}
#endif
#endif
