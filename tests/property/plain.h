/* Plain rules: the generator's own form of a random rulebook, and the naive decider's findings about it. Nothing here
 * shares code with the compiler; everything is enumerated, one case after the other. */
#ifndef GUIJU_PROPERTY_PLAIN_H
#define GUIJU_PROPERTY_PLAIN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_FACTS = 8, MAX_DIMS = 20, MAX_POINTS = 64, MAX_RULES = 40, MAX_DECISIONS = 4, MAX_OUTCOMES = 4, MAX_CASES = 20000,
       MAX_PERIOD = 40, MAX_CONSTRAINTS = 3, MAX_PROPERTIES = 3, MAX_TABLES = 2, MAX_NODES = 4000, MAX_FINDINGS = 600,
       MAX_REGIONS = 8 };

enum plain_kind { PLAIN_BOOLEAN, PLAIN_ENUMERATION, PLAIN_SET, PLAIN_INTEGER, PLAIN_DATE };

struct plain_fact {
	char id[16];
	enum plain_kind kind;
	int members;              /* enumeration, set */
	int groups;               /* 0: one level; else members are split between groups g0, g1 */
	int group_of[8];
	int64_t low, high;        /* integer, date (days) */
	bool unit;
	bool is_on;
};

/* One dimension of the case space: a fact, or one member of a set. Its points are single values, or stretches of
 * days of `on` between which no rule distinguishes. */
struct plain_dim {
	int fact, member;
	int points;
	int64_t low[MAX_POINTS], high[MAX_POINTS];
};

enum plain_op { P_AND, P_OR, P_NOT, P_BOOL, P_IS, P_IS_NOT, P_IN, P_NOT_IN, P_BOUNDS, P_CONTAINS, P_LACKS, P_ANY, P_ALL,
		P_EMPTY, P_NOT_EMPTY, P_DECISION_IS, P_DECISION_IS_NOT, P_DECISION_IN, P_PERIOD };

struct plain_cond {
	enum plain_op op;
	int left, right;          /* nodes; of P_NOT: left */
	int fact;
	int decision;
	uint64_t mask;            /* members or outcomes named */
	int group;                /* P_IN of one group by its name: its number + 1 */
	bool has_low, has_high;   /* P_BOUNDS, P_PERIOD: low <= value <= high as meant */
	int64_t low, high;
	bool low_strict, high_strict; /* written with 超过 and 不满 of the neighbouring number */
};

struct plain_rule {
	char id[40];              /* as findings name it */
	char name[16];
	int decision, outcome;
	int when, except;         /* nodes, or -1 */
	bool is_default;
	int table, row;           /* -1: none */
	bool has_from, has_to;
	int64_t from, to;
	int cells[MAX_FACTS];     /* rows: a node per fact, or -1 */
	bool own_outcome;         /* rows: 则 in a column */
};

struct plain_table {
	char name[16];
	int decision;
	int hit;                  /* 0 unique, 1 any, 2 first */
	bool complete;
	int when;                 /* node or -1 */
	int outcome;              /* for all rows, or -1 */
	int first_rule, rows;
	bool columns[MAX_FACTS];
};

struct plain_decision {
	char id[16];
	int outcomes;
};

struct plain_ladder {
	int decision;
	int rungs;
	int rung_of[MAX_RULES];   /* per rule, or -1 */
	bool pair;
	int pair_high, pair_low;  /* rules of a pair */
	int rest;                 /* rung of 其余, or -1 */
	int default_rung;         /* or -1 */
	bool named[MAX_RULES];    /* named by its own name or its table's */
};

struct plain_property {
	char id[16];
	bool monotone;
	int when;                 /* node or -1 */
	int decision;
	uint64_t outcomes;        /* implication: the decision lies in these */
	bool negated;             /* written with 不为 of one outcome */
	int fact;                 /* monotone */
	int rank[MAX_OUTCOMES];   /* -1: not ranked */
};

struct plain {
	struct plain_fact facts[MAX_FACTS];
	int fact_count;
	struct plain_cond nodes[MAX_NODES];
	int node_count;
	struct plain_decision decisions[MAX_DECISIONS];
	int decision_count;
	struct plain_rule rules[MAX_RULES];
	int rule_count;
	struct plain_table tables[MAX_TABLES];
	int table_count;
	struct plain_ladder ladders[6];
	int ladder_count;
	int constraints[MAX_CONSTRAINTS][2]; /* when (or -1), then: nodes */
	int constraint_count;
	struct plain_property properties[MAX_PROPERTIES];
	int property_count;
	bool has_on;
	int clauses;              /* of a text before the rules, each cited by one of them at least; 0: no text, and reasons instead */
};

/* ---- what the naive decider finds ---- */

struct plain_region {
	char when[1024];          /* "fact=json;fact=json;" in order of declaration */
	uint64_t points[MAX_DIMS];  /* per dimension of the space: bits of its points */
	char count[32];
};
struct plain_finding {
	const char *slug;
	char decision[16];
	char rules[1200];          /* ids, sorted, joined by a space */
	char count[32];           /* "" where findings of this kind have none */
	struct plain_region regions[MAX_REGIONS];
	int region_count;
	char rest[32];            /* cases outside the regions listed, "" when none */
	char witness[1024];
};

struct plain_findings {
	struct plain_finding items[MAX_FINDINGS];
	int count;
	bool too_many;            /* more than fit: the rulebook is skipped and counted */
};

/* The random rulebook of a seed; false: its cases exceed MAX_CASES (try another seed). */
bool plain_generate(struct plain *p, uint64_t seed);
/* Its text, in the language of docs/LANGUAGE.md. Order of declarations is shuffled by `shuffle` (0: as generated). */
size_t plain_print(const struct plain *p, uint64_t shuffle, char *text, size_t capacity);

void naive_findings(const struct plain *p, struct plain_findings *out);

/* ---- deciding ---- */

enum naive_verdict { NAIVE_DECIDED, NAIVE_OPEN, NAIVE_GAP, NAIVE_CONFLICT, NAIVE_FEEDING, NAIVE_EXCLUDED };
struct naive_answer {
	enum naive_verdict verdict;
	int outcome;
	uint64_t reasons;         /* rules; in every completion that gets the outcome */
	uint64_t maybe;
	uint64_t possible;
	int ask[MAX_FACTS];
	int ask_count;
};
/* values per fact (a set: bits); unknown[f]: not given. */
void naive_decide(const struct plain *p, int decision, const int64_t *values, const bool *unknown,
		  struct naive_answer *out);

/* Dimensions of a decision's cases in order; for on: stretches. Shared by naive.c and the runner's sampling. */
struct naive_space {
	struct plain_dim dims[MAX_DIMS];
	int dim_count;
	bool facts[MAX_FACTS];
	size_t cases;
};
/* The constraints together leave no case (or have too many to tell): the compiler then says so once, and nothing of the
 * decisions; tests/unit/test_analysis.c has that. */
bool naive_contradiction(const struct plain *p);
void naive_space_of(const struct plain *p, int decision, struct naive_space *out);

/* Canonical regions of the cases in[]: count, regions and rest of *f; in[] is used up. false: there are none. */
bool naive_regions(const struct plain *p, const struct naive_space *s, const int64_t *weight, bool *in, struct plain_finding *f);

static inline uint64_t next_random(uint64_t *state)  /* splitmix64, Steele et al. 2014 */
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

#endif
