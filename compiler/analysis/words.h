/* Regions and single cases in words and in JSON: per fact its values, facts that may have any value left out. */
#ifndef GUIJU_ANALYSIS_WORDS_H
#define GUIJU_ANALYSIS_WORDS_H
#include "diag/diag.h"
#include "model/model.h"
#include "regions/regions.h"

struct case_words witness_words(struct diag *diag, const struct model *model, const struct region_list *list,
				const struct region *region);
struct case_words region_words(struct diag *diag, const struct model *model, const struct region_list *list,
			       const struct region *region);
/* The least case, with the facts that matter. */
struct case_words least_words(struct diag *diag, const struct model *model, const struct region_list *list);

struct finding_region *regions_told(struct diag *diag, const struct model *model, const struct region_list *list);
/* Witness, regions and count of a list, as the finding's. */
void finding_set_regions(struct diag *diag, const struct model *model, struct finding *f, const struct region_list *list);

#endif
