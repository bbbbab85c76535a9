/* NAME.certificate: what guiju-checker checks against the rules in plain form (docs/CERTIFICATE.md). */
#include "certify/certify.h"
#include "emit/emit.h"

static bool emit(const struct artifacts *a, struct writer *w, const char **error)
{
	(void)error;
	certify(a->arena, a->model, w);
	return true;
}

const struct emitter emit_certificate = { .name = "certificate", .suffix = ".certificate", .emit = emit };
