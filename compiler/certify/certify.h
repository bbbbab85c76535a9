/* The certificate (docs/CERTIFICATE.md): lines that prove for every decision that no case is without an outcome, none has
 * two, and every rule is a reason in some case. It is made to be checked by guiju-checker, which trusts nothing here.
 * needs: a resolved model, without findings of the checks or with   keeps: the model
 * gives: the text; a decision that has findings, that rests on one that has, or for which the budget ends, is left out */
#ifndef GUIJU_CERTIFY_CERTIFY_H
#define GUIJU_CERTIFY_CERTIFY_H
#include "model/model.h"
#include "support/writer.h"

void certify(struct arena *arena, const struct model *model, struct writer *w);

#endif
