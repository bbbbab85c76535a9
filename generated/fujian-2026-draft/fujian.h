/* Made by guiju from the rulebook `fujian`; not to be edited by hand.
 * 中国（福建）自由贸易试验区数据出境负面清单管理办法（试行） "Measures for the negative list of data export of the China (Fujian) Pilot Free Trade Zone (Trial)"
 * 数据出境负面清单（2026年修订草案）（示例，全部为虚构） */
#ifndef GUIJU_RULEBOOK_FUJIAN_H
#define GUIJU_RULEBOOK_FUJIAN_H
#include "guiju.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table, in fujian.c: for guiju_table_open. */
extern const unsigned char fujian_table[];
extern const size_t fujian_table_size;

/* 数据类别 "data category" */
enum fujian_category {
	FUJIAN_CATEGORY_C01 = 0, /* 石油、石化和天然气 */
	FUJIAN_CATEGORY_C02 = 1, /* 农产品 */
	FUJIAN_CATEGORY_C03 = 2, /* 地理信息 */
	FUJIAN_CATEGORY_C04 = 3, /* 气象 */
	FUJIAN_CATEGORY_C05 = 4, /* 海洋 */
	FUJIAN_CATEGORY_C06 = 5, /* 环保 */
	FUJIAN_CATEGORY_C07 = 6, /* 水利 */
	FUJIAN_CATEGORY_C08 = 7, /* 钢铁、有色金属 */
	FUJIAN_CATEGORY_C09 = 8, /* 稀土 */
	FUJIAN_CATEGORY_C10 = 9, /* 其他矿产 */
	FUJIAN_CATEGORY_C11 = 10, /* 化学工业 */
	FUJIAN_CATEGORY_C12 = 11, /* 电力 */
	FUJIAN_CATEGORY_C13 = 12, /* 电子信息 */
	FUJIAN_CATEGORY_C14 = 13, /* 民用核设施 */
	FUJIAN_CATEGORY_C15 = 14, /* 工业装备 */
	FUJIAN_CATEGORY_C16 = 15, /* 智能网联汽车 */
	FUJIAN_CATEGORY_C17 = 16, /* 其他工业 */
	FUJIAN_CATEGORY_C18 = 17, /* 国防科技工业 */
	FUJIAN_CATEGORY_C19 = 18, /* 电信 */
	FUJIAN_CATEGORY_C20 = 19, /* 广播电视 */
	FUJIAN_CATEGORY_C21 = 20, /* 网络视听 */
	FUJIAN_CATEGORY_C22 = 21, /* 银行 */
	FUJIAN_CATEGORY_C23 = 22, /* 保险 */
	FUJIAN_CATEGORY_C24 = 23, /* 证券期货 */
	FUJIAN_CATEGORY_C25 = 24, /* 融资租赁 */
	FUJIAN_CATEGORY_C26 = 25, /* 交通 */
	FUJIAN_CATEGORY_C27 = 26, /* 遗传资源 */
	FUJIAN_CATEGORY_C28 = 27, /* 健康医疗 */
	FUJIAN_CATEGORY_C29 = 28, /* 食品 */
	FUJIAN_CATEGORY_C30 = 29, /* 药品 */
	FUJIAN_CATEGORY_C31 = 30, /* 生物安全 */
	FUJIAN_CATEGORY_C32 = 31, /* 疾控数据 */
	FUJIAN_CATEGORY_C33 = 32, /* 物理安全 */
	FUJIAN_CATEGORY_C34 = 33, /* 网络安全 */
	FUJIAN_CATEGORY_C35 = 34, /* 互联网平台服务 */
	FUJIAN_CATEGORY_C36 = 35, /* 人工智能服务 */
	FUJIAN_CATEGORY_C37 = 36, /* 知识产权和重大发现 */
	FUJIAN_CATEGORY_C38 = 37, /* 禁止出口限制出口技术 */
	FUJIAN_CATEGORY_C39 = 38, /* 属于出口管制法管制的相关数据 */
	FUJIAN_CATEGORY_C40 = 39, /* 其他可能影响国家安全的数据 */
	FUJIAN_CATEGORY_NONE = 40 /* 不属于任何类别 */
};

/* 按行业标准规范识别的结果 "result under the sector standard" */
enum fujian_sector_standard {
	FUJIAN_SECTOR_STANDARD_UNCLEAR = 0, /* 无明确判定标准 */
	FUJIAN_SECTOR_STANDARD_IMPORTANT = 1, /* 重要数据 */
	FUJIAN_SECTOR_STANDARD_NOT_IMPORTANT = 2 /* 非重要数据 */
};

/* 敏感个人信息包含 "the sensitive personal information contains" */
#define FUJIAN_SPI_CONTAINS_BANK_ACCOUNT (UINT64_C(1) << 0) /* 个人银行账户 */
#define FUJIAN_SPI_CONTAINS_INSURANCE_ACCOUNT (UINT64_C(1) << 1) /* 个人保险账户 */
#define FUJIAN_SPI_CONTAINS_REGISTERED_ACCOUNT (UINT64_C(1) << 2) /* 个人注册账户 */
#define FUJIAN_SPI_CONTAINS_DIAGNOSIS_DATA (UINT64_C(1) << 3) /* 个人诊疗数据 */
#define FUJIAN_SPI_CONTAINS_SIMILAR (UINT64_C(1) << 4) /* 其他同类数据（等） */

/* 行业、领域 "sector" */
enum fujian_sector {
	FUJIAN_SECTOR_PHARMA = 0, /* 医药 */
	FUJIAN_SECTOR_CONNECTED_VEHICLES = 1, /* 车联网 */
	FUJIAN_SECTOR_RETAIL = 2, /* 零售 */
	FUJIAN_SECTOR_CROSS_BORDER_COMMERCE = 3, /* 跨境电子商务 */
	FUJIAN_SECTOR_AVIATION_MAINTENANCE = 4, /* 航空维修 */
	FUJIAN_SECTOR_OTHER = 5 /* 清单未涉及的行业、领域 */
};

/* 业务场景 "business scenario" */
enum fujian_scenario {
	FUJIAN_SCENARIO_CLINICAL_TRIAL = 0, /* 临床试验 */
	FUJIAN_SCENARIO_PHARMACOVIGILANCE = 1, /* 药物警戒 */
	FUJIAN_SCENARIO_VEHICLE_AFTER_SALES = 2, /* 车辆售后 */
	FUJIAN_SCENARIO_VEHICLE_ROAD_TEST = 3, /* 道路测试 */
	FUJIAN_SCENARIO_MEMBERSHIP = 4, /* 会员管理 */
	FUJIAN_SCENARIO_ORDER_FULFILMENT = 5, /* 订单履行 */
	FUJIAN_SCENARIO_PART_REPAIR = 6, /* 部件维修 */
	FUJIAN_SCENARIO_AIRWORTHINESS = 7, /* 适航管理 */
	FUJIAN_SCENARIO_OTHER = 8 /* 其他场景 */
};

/* 数据子类 "data sub-class" */
enum fujian_data_subclass {
	FUJIAN_DATA_SUBCLASS_SUBJECT_HEALTH = 0, /* 受试者健康信息 */
	FUJIAN_DATA_SUBCLASS_ADVERSE_EVENT = 1, /* 不良反应信息 */
	FUJIAN_DATA_SUBCLASS_OWNER_CONTACT = 2, /* 车主联系信息 */
	FUJIAN_DATA_SUBCLASS_ROAD_TEST_IMAGERY = 3, /* 路测影像 */
	FUJIAN_DATA_SUBCLASS_MEMBER_PROFILE = 4, /* 会员基本信息 */
	FUJIAN_DATA_SUBCLASS_MEMBER_PAYMENT = 5, /* 会员支付信息 */
	FUJIAN_DATA_SUBCLASS_MEMBER_TRANSACTION = 6, /* 会员交易信息 */
	FUJIAN_DATA_SUBCLASS_BUYER_CONTACT = 7, /* 买家联系信息 */
	FUJIAN_DATA_SUBCLASS_TECHNICIAN_RECORD = 8, /* 维修人员记录 */
	FUJIAN_DATA_SUBCLASS_RESTRICTED_DESIGN_RECORD = 9, /* 受限设计记录 */
	FUJIAN_DATA_SUBCLASS_OTHER = 10 /* 其他子类 */
};

/* 必要情形 "necessity" */
enum fujian_necessity {
	FUJIAN_NECESSITY_NONE = 0, /* 无 */
	FUJIAN_NECESSITY_CONTRACT = 1, /* 订立、履行合同 */
	FUJIAN_NECESSITY_HUMAN_RESOURCES = 2, /* 人力资源管理 */
	FUJIAN_NECESSITY_EMERGENCY = 3 /* 紧急情况 */
};

struct fujian_facts {
	bool registered_in_zone; /* 在自贸试验区内登记注册 "registered in the zone" */
	bool ciio; /* 关键信息基础设施运营者 "operator of critical information infrastructure" */
	bool classified; /* 涉密数据 "classified data" */
	bool core_data; /* 国家核心数据 "core data of the State" */
	bool export_controlled; /* 出口管制物项技术资料或技术出口管理事项 "export-controlled technical data" */
	bool treaty_otherwise; /* 国际公约、双多边条约、与港澳台安排另有规定 "treaty or arrangement provides otherwise" */
	enum fujian_category category; /* 数据类别 "data category" */
	bool matches_reference_rule; /* 符合该类别的识别参考规则 "meets the reference rule of its category" */
	enum fujian_sector_standard sector_standard; /* 按行业标准规范识别的结果 "result under the sector standard" */
	int64_t held_pi; /* 掌握的个人信息人数（不含敏感个人信息） "persons whose personal information is held, sensitive excluded": 0 to 2000000000 人 */
	int64_t held_spi; /* 掌握的敏感个人信息人数 "persons whose sensitive personal information is held": 0 to 2000000000 人 */
	uint64_t spi_contains; /* 敏感个人信息包含 "the sensitive personal information contains" */
	bool high_value_sensitive; /* 与行业竞争力、行业生产安全相关的高价值敏感数据 "high-value sensitive data" */
	bool supply_chain_security; /* 涉及国家安全的企业供应链相关数据 "supply-chain data touching national security" */
	bool control_system_data; /* 关系国计民生领域的控制系统参数及控制、运行维护、测试数据 "control-system data" */
	enum fujian_sector sector; /* 行业、领域 "sector" */
	enum fujian_scenario scenario; /* 业务场景 "business scenario" */
	enum fujian_data_subclass data_subclass; /* 数据子类 "data sub-class" */
	int64_t export_pi; /* 累计向境外提供个人信息人数（不含敏感个人信息） "persons whose personal information was exported since 1 January, sensitive excluded": 0 to 2000000000 人 */
	int64_t export_spi; /* 累计向境外提供敏感个人信息人数 "persons whose sensitive personal information was exported since 1 January": 0 to 2000000000 人 */
	bool transit_only; /* 境外收集境内加工再出境 "collected abroad, processed here, exported again" */
	enum fujian_necessity necessity; /* 必要情形 "necessity" */
	bool mechanism_done; /* 已通过安全评估、已备案标准合同或者已通过认证 "assessment passed, contract filed or certification obtained" */
};

/* 适用制度 "governing regime" */
enum fujian_governing_regime_outcome {
	FUJIAN_GOVERNING_REGIME_OUTCOME_SECRECY_RULES = 0, /* 保密规定 "secrecy rules" */
	FUJIAN_GOVERNING_REGIME_OUTCOME_CORE_DATA_RULES = 1, /* 核心数据制度 "core data rules" */
	FUJIAN_GOVERNING_REGIME_OUTCOME_EXPORT_CONTROL_RULES = 2, /* 出口管制规定 "export control rules" */
	FUJIAN_GOVERNING_REGIME_OUTCOME_TREATY_RULES = 3, /* 条约、安排 "treaty rules" */
	FUJIAN_GOVERNING_REGIME_OUTCOME_NATIONAL_RULES = 4, /* 国家规定 "national rules" */
	FUJIAN_GOVERNING_REGIME_OUTCOME_NEGATIVE_LIST = 5 /* 负面清单 "negative list" */
};

/* 重要数据判定 "important data" */
enum fujian_important_data_outcome {
	FUJIAN_IMPORTANT_DATA_OUTCOME_IMPORTANT = 0, /* 重要数据 "important data" */
	FUJIAN_IMPORTANT_DATA_OUTCOME_NOT_IMPORTANT = 1, /* 非重要数据 "not important data" */
	FUJIAN_IMPORTANT_DATA_OUTCOME_NEEDS_DETERMINATION = 2 /* 提请认定 "to be determined" */
};

/* 清单档次 "tier of the list" */
enum fujian_list_tier_outcome {
	FUJIAN_LIST_TIER_OUTCOME_SECURITY_ASSESSMENT = 0, /* 安全评估 "security assessment" */
	FUJIAN_LIST_TIER_OUTCOME_STANDARD_CONTRACT_OR_CERTIFICATION = 1, /* 标准合同或者认证 "standard contract or certification" */
	FUJIAN_LIST_TIER_OUTCOME_OFF_LIST = 2 /* 清单外 "outside the list" */
};

/* 出境路径 "pathway" */
enum fujian_pathway_outcome {
	FUJIAN_PATHWAY_OUTCOME_SEPARATE_REGIME = 0, /* 另行规定 "separate regime" */
	FUJIAN_PATHWAY_OUTCOME_SECURITY_ASSESSMENT = 1, /* 安全评估 "security assessment" */
	FUJIAN_PATHWAY_OUTCOME_STANDARD_CONTRACT_OR_CERTIFICATION = 2, /* 标准合同或者认证 "standard contract or certification" */
	FUJIAN_PATHWAY_OUTCOME_EXEMPT_OFF_LIST = 3, /* 清单外，免予 "exempt, outside the list" */
	FUJIAN_PATHWAY_OUTCOME_EXEMPT_NATIONAL = 4, /* 依国家规定免予 "exempt under national rules" */
	FUJIAN_PATHWAY_OUTCOME_NEEDS_DETERMINATION = 5 /* 提请认定 "to be determined" */
};

/* Indices in the table: of facts, and of decisions. */
enum {
	FUJIAN_FACT_REGISTERED_IN_ZONE = 0, /* 在自贸试验区内登记注册 "registered in the zone" */
	FUJIAN_FACT_CIIO = 1, /* 关键信息基础设施运营者 "operator of critical information infrastructure" */
	FUJIAN_FACT_CLASSIFIED = 2, /* 涉密数据 "classified data" */
	FUJIAN_FACT_CORE_DATA = 3, /* 国家核心数据 "core data of the State" */
	FUJIAN_FACT_EXPORT_CONTROLLED = 4, /* 出口管制物项技术资料或技术出口管理事项 "export-controlled technical data" */
	FUJIAN_FACT_TREATY_OTHERWISE = 5, /* 国际公约、双多边条约、与港澳台安排另有规定 "treaty or arrangement provides otherwise" */
	FUJIAN_FACT_CATEGORY = 6, /* 数据类别 "data category" */
	FUJIAN_FACT_MATCHES_REFERENCE_RULE = 7, /* 符合该类别的识别参考规则 "meets the reference rule of its category" */
	FUJIAN_FACT_SECTOR_STANDARD = 8, /* 按行业标准规范识别的结果 "result under the sector standard" */
	FUJIAN_FACT_HELD_PI = 9, /* 掌握的个人信息人数（不含敏感个人信息） "persons whose personal information is held, sensitive excluded" */
	FUJIAN_FACT_HELD_SPI = 10, /* 掌握的敏感个人信息人数 "persons whose sensitive personal information is held" */
	FUJIAN_FACT_SPI_CONTAINS = 11, /* 敏感个人信息包含 "the sensitive personal information contains" */
	FUJIAN_FACT_HIGH_VALUE_SENSITIVE = 12, /* 与行业竞争力、行业生产安全相关的高价值敏感数据 "high-value sensitive data" */
	FUJIAN_FACT_SUPPLY_CHAIN_SECURITY = 13, /* 涉及国家安全的企业供应链相关数据 "supply-chain data touching national security" */
	FUJIAN_FACT_CONTROL_SYSTEM_DATA = 14, /* 关系国计民生领域的控制系统参数及控制、运行维护、测试数据 "control-system data" */
	FUJIAN_FACT_SECTOR = 15, /* 行业、领域 "sector" */
	FUJIAN_FACT_SCENARIO = 16, /* 业务场景 "business scenario" */
	FUJIAN_FACT_DATA_SUBCLASS = 17, /* 数据子类 "data sub-class" */
	FUJIAN_FACT_EXPORT_PI = 18, /* 累计向境外提供个人信息人数（不含敏感个人信息） "persons whose personal information was exported since 1 January, sensitive excluded" */
	FUJIAN_FACT_EXPORT_SPI = 19, /* 累计向境外提供敏感个人信息人数 "persons whose sensitive personal information was exported since 1 January" */
	FUJIAN_FACT_TRANSIT_ONLY = 20, /* 境外收集境内加工再出境 "collected abroad, processed here, exported again" */
	FUJIAN_FACT_NECESSITY = 21, /* 必要情形 "necessity" */
	FUJIAN_FACT_MECHANISM_DONE = 22, /* 已通过安全评估、已备案标准合同或者已通过认证 "assessment passed, contract filed or certification obtained" */
	FUJIAN_DECISION_GOVERNING_REGIME = 0, /* 适用制度 "governing regime" */
	FUJIAN_DECISION_IMPORTANT_DATA = 1, /* 重要数据判定 "important data" */
	FUJIAN_DECISION_LIST_TIER = 2, /* 清单档次 "tier of the list" */
	FUJIAN_DECISION_PATHWAY = 3, /* 出境路径 "pathway" */
	FUJIAN_FACT_COUNT = 23
};

/* Procedures, and the states and events of each, for guiju_step. */
enum {
	FUJIAN_PROCEDURE_LIST_MAKING = 0, /* 制定负面清单 "making the negative list" */
	FUJIAN_PROCEDURE_LIST_USE = 1, /* 使用负面清单 "using the negative list" */
	FUJIAN_PROCEDURE_SUPERVISION = 2 /* 监督 "supervision" */
};

/* 制定负面清单 "making the negative list" */
enum fujian_list_making_state {
	FUJIAN_LIST_MAKING_STATE_SURVEY = 0, /* 需求调研 */
	FUJIAN_LIST_MAKING_STATE_IDENTIFICATION = 1, /* 重要数据识别 */
	FUJIAN_LIST_MAKING_STATE_SCENARIO_ANALYSIS = 2, /* 业务场景分析 */
	FUJIAN_LIST_MAKING_STATE_REVIEW = 3, /* 论证与征求意见 */
	FUJIAN_LIST_MAKING_STATE_CONSENT_PENDING = 4, /* 待一致同意 */
	FUJIAN_LIST_MAKING_STATE_APPROVAL_PENDING = 5, /* 待批准 */
	FUJIAN_LIST_MAKING_STATE_FILING_PENDING = 6, /* 待国家备案 */
	FUJIAN_LIST_MAKING_STATE_PUBLICATION_PENDING = 7, /* 待发布 */
	FUJIAN_LIST_MAKING_STATE_PUBLISHED_LIST = 8 /* 清单已发布 */
};

/* 制定负面清单 "making the negative list" */
enum fujian_list_making_event {
	FUJIAN_LIST_MAKING_EVENT_FINISH_SURVEY = 0, /* 完成需求调研 */
	FUJIAN_LIST_MAKING_EVENT_FILE_CATALOGUE = 1, /* 重要数据目录备案 */
	FUJIAN_LIST_MAKING_EVENT_FINISH_SCENARIOS = 2, /* 完成业务场景分析 */
	FUJIAN_LIST_MAKING_EVENT_FINISH_REVIEW = 3, /* 完成论证与征求意见 */
	FUJIAN_LIST_MAKING_EVENT_GIVE_CONSENT = 4, /* 行业主管部门一致同意 */
	FUJIAN_LIST_MAKING_EVENT_REFUSE_CONSENT = 5, /* 行业主管部门未一致同意 */
	FUJIAN_LIST_MAKING_EVENT_APPROVE_LIST = 6, /* 批准清单 */
	FUJIAN_LIST_MAKING_EVENT_DECLINE_LIST = 7, /* 不批准清单 */
	FUJIAN_LIST_MAKING_EVENT_FILE_LIST = 8, /* 报国家备案 */
	FUJIAN_LIST_MAKING_EVENT_PUBLISH_LIST = 9, /* 共同发布 */
	FUJIAN_LIST_MAKING_EVENT_REVISE_LIST = 10, /* 启动修订 */
	FUJIAN_LIST_MAKING_EVENT_TAKE_UP_SECTOR = 11, /* 研究制定新的行业清单 */
	FUJIAN_LIST_MAKING_EVENT_ADD_TO_LIST = 12 /* 影响国家安全的出境数据纳入清单 */
};

/* 使用负面清单 "using the negative list" */
enum fujian_list_use_state {
	FUJIAN_LIST_USE_STATE_SELF_ASSESSMENT = 0, /* 自行研判 */
	FUJIAN_LIST_USE_STATE_APPLICATION_SUBMITTED = 1, /* 已提交申请 */
	FUJIAN_LIST_USE_STATE_CORRECTION_PENDING = 2, /* 待补正 */
	FUJIAN_LIST_USE_STATE_APPLICATION_REJECTED = 3, /* 审核未通过 */
	FUJIAN_LIST_USE_STATE_APPLICATION_APPROVED = 4, /* 审核通过 */
	FUJIAN_LIST_USE_STATE_FILING_SUBMITTED = 5, /* 已提交备案 */
	FUJIAN_LIST_USE_STATE_OPINION_IN_LIST = 6, /* 清单内意见 */
	FUJIAN_LIST_USE_STATE_OPINION_OFF_LIST = 7, /* 清单外意见 */
	FUJIAN_LIST_USE_STATE_OPINION_NOT_APPLICABLE = 8, /* 不适用意见 */
	FUJIAN_LIST_USE_STATE_EXPORTING = 9, /* 出境中 */
	FUJIAN_LIST_USE_STATE_SUSPENDED = 10, /* 暂停 */
	FUJIAN_LIST_USE_STATE_TERMINATED = 11, /* 终止出境 */
	FUJIAN_LIST_USE_STATE_RENEWAL_REQUESTED = 12, /* 已申请延长 */
	FUJIAN_LIST_USE_STATE_EXPIRED = 13 /* 有效期届满 */
};

/* 使用负面清单 "using the negative list" */
enum fujian_list_use_event {
	FUJIAN_LIST_USE_EVENT_GIVE_OPINION = 0, /* 出具意见 "gives the opinion" */
	FUJIAN_LIST_USE_EVENT_SUBMIT_APPLICATION = 1, /* 提交申请 */
	FUJIAN_LIST_USE_EVENT_SUBMIT_FILING = 2, /* 提交备案 */
	FUJIAN_LIST_USE_EVENT_START_EXPORT = 3, /* 开始出境 */
	FUJIAN_LIST_USE_EVENT_APPROVE_APPLICATION = 4, /* 审核通过 */
	FUJIAN_LIST_USE_EVENT_REJECT_APPLICATION = 5, /* 审核不通过 */
	FUJIAN_LIST_USE_EVENT_REQUEST_CORRECTION = 6, /* 告知补正 */
	FUJIAN_LIST_USE_EVENT_SUBMIT_CORRECTION = 7, /* 提交补正材料 */
	FUJIAN_LIST_USE_EVENT_EXPIRE = 8, /* 有效期届满 */
	FUJIAN_LIST_USE_EVENT_REQUEST_RENEWAL = 9, /* 申请延长有效期 */
	FUJIAN_LIST_USE_EVENT_GRANT_RENEWAL = 10, /* 准予延长 */
	FUJIAN_LIST_USE_EVENT_REFUSE_RENEWAL = 11, /* 不予延长 */
	FUJIAN_LIST_USE_EVENT_REPORT_MAJOR_CHANGE = 12, /* 确属重大变更 */
	FUJIAN_LIST_USE_EVENT_REGISTER_MINOR_CHANGE = 13, /* 登记变更 */
	FUJIAN_LIST_USE_EVENT_INCIDENT_OCCURS = 14, /* 发生安全事件或者风险增大 */
	FUJIAN_LIST_USE_EVENT_REPORT_INCIDENT = 15, /* 报告安全事件 */
	FUJIAN_LIST_USE_EVENT_SUBMIT_INCIDENT_ACCOUNT = 16, /* 提交书面处置报告 */
	FUJIAN_LIST_USE_EVENT_FIND_VIOLATION = 17, /* 责令暂停并限期整改 */
	FUJIAN_LIST_USE_EVENT_COMPLETE_RECTIFICATION = 18, /* 整改完成 */
	FUJIAN_LIST_USE_EVENT_FIND_SERIOUS_VIOLATION = 19 /* 情节严重，终止出境 */
};

/* 监督 "supervision" */
enum fujian_supervision_state {
	FUJIAN_SUPERVISION_STATE_ROUTINE = 0, /* 日常监督 */
	FUJIAN_SUPERVISION_STATE_SPOT_CHECKING = 1, /* 抽验中 */
	FUJIAN_SUPERVISION_STATE_VIOLATION_FOUND = 2, /* 发现违规 */
	FUJIAN_SUPERVISION_STATE_RISK_FOUND = 3 /* 发现较大风险 */
};

/* 监督 "supervision" */
enum fujian_supervision_event {
	FUJIAN_SUPERVISION_EVENT_RECEIVE_INCIDENT_REPORT = 0, /* 收到安全事件报告 */
	FUJIAN_SUPERVISION_EVENT_PASS_ON_INCIDENT = 1, /* 上报安全事件 */
	FUJIAN_SUPERVISION_EVENT_BEGIN_SPOT_CHECK = 2, /* 组织抽验 */
	FUJIAN_SUPERVISION_EVENT_PASS_SPOT_CHECK = 3, /* 抽验一致 */
	FUJIAN_SUPERVISION_EVENT_FAIL_SPOT_CHECK = 4, /* 抽验发现违规 */
	FUJIAN_SUPERVISION_EVENT_ORDER_SUSPENSION = 5, /* 作出暂停、整改决定 */
	FUJIAN_SUPERVISION_EVENT_ORDER_TERMINATION = 6, /* 作出终止出境、重点监管决定 */
	FUJIAN_SUPERVISION_EVENT_PASS_ON_TERMINATION = 7, /* 上报终止情况 */
	FUJIAN_SUPERVISION_EVENT_SUBMIT_HALF_YEAR_REPORT = 8, /* 报送半年情况 */
	FUJIAN_SUPERVISION_EVENT_INSPECT_JOINTLY = 9, /* 联合检查评估 */
	FUJIAN_SUPERVISION_EVENT_FIND_MAJOR_RISK = 10, /* 发现较大安全风险 */
	FUJIAN_SUPERVISION_EVENT_REMOVE_RISK = 11, /* 采取补救措施，消除隐患 */
	FUJIAN_SUPERVISION_EVENT_REQUEST_UPDATE = 12 /* 提请更新清单 */
};

/* The facts as guiju_decide and guiju_decide_partial take them. */
static inline void fujian_values(const struct fujian_facts *facts, int64_t *values)
{
	values[0] = facts->registered_in_zone ? 1 : 0;
	values[1] = facts->ciio ? 1 : 0;
	values[2] = facts->classified ? 1 : 0;
	values[3] = facts->core_data ? 1 : 0;
	values[4] = facts->export_controlled ? 1 : 0;
	values[5] = facts->treaty_otherwise ? 1 : 0;
	values[6] = (int64_t)facts->category;
	values[7] = facts->matches_reference_rule ? 1 : 0;
	values[8] = (int64_t)facts->sector_standard;
	values[9] = (int64_t)facts->held_pi;
	values[10] = (int64_t)facts->held_spi;
	values[11] = (int64_t)facts->spi_contains;
	values[12] = facts->high_value_sensitive ? 1 : 0;
	values[13] = facts->supply_chain_security ? 1 : 0;
	values[14] = facts->control_system_data ? 1 : 0;
	values[15] = (int64_t)facts->sector;
	values[16] = (int64_t)facts->scenario;
	values[17] = (int64_t)facts->data_subclass;
	values[18] = (int64_t)facts->export_pi;
	values[19] = (int64_t)facts->export_spi;
	values[20] = facts->transit_only ? 1 : 0;
	values[21] = (int64_t)facts->necessity;
	values[22] = facts->mechanism_done ? 1 : 0;
}

/* 适用制度 "governing regime" */
static inline enum guiju_status fujian_decide_governing_regime(const struct guiju_table *table, const struct fujian_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[23];
	fujian_values(facts, values);
	return guiju_decide(table, 0, values, scratch, scratch_size, answer);
}

/* 重要数据判定 "important data" */
static inline enum guiju_status fujian_decide_important_data(const struct guiju_table *table, const struct fujian_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[23];
	fujian_values(facts, values);
	return guiju_decide(table, 1, values, scratch, scratch_size, answer);
}

/* 清单档次 "tier of the list" */
static inline enum guiju_status fujian_decide_list_tier(const struct guiju_table *table, const struct fujian_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[23];
	fujian_values(facts, values);
	return guiju_decide(table, 2, values, scratch, scratch_size, answer);
}

/* 出境路径 "pathway" */
static inline enum guiju_status fujian_decide_pathway(const struct guiju_table *table, const struct fujian_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[23];
	fujian_values(facts, values);
	return guiju_decide(table, 3, values, scratch, scratch_size, answer);
}

#ifdef __cplusplus
}
#endif
#endif
