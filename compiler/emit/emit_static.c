/* rulebook.xsd, which NAME.xml obeys, and rulebook.xsl, which draws its published list: the same for every rulebook. */
#include "emit/emit.h"

static bool emit_schema_text(const struct artifacts *a, struct writer *w, const char **error)
{
	(void)a;
	(void)error;
	write_bytes(w, rulebook_xsd, rulebook_xsd_size);
	return true;
}

static bool emit_style_text(const struct artifacts *a, struct writer *w, const char **error)
{
	(void)a;
	(void)error;
	write_bytes(w, rulebook_xsl, rulebook_xsl_size);
	return true;
}

const struct emitter emit_xsd = { .name = "xsd", .file = XSD_NAME, .emit = emit_schema_text };
const struct emitter emit_xsl = { .name = "xsl", .file = XSL_NAME, .emit = emit_style_text };
