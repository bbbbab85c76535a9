/* The writing of one element, attribute or text, and the pieces that many elements share. */
#include "emit/xml.h"

#include "support/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TEXT(x) ((const xmlChar *)(x))

static void keep(struct xml *x, int result)
{
	if (result < 0)
		x->failed = true;
}

/* The code point that text opens with; *size is its bytes, 0 when it is not UTF-8. */
static uint32_t code_point(const char *text, size_t rest, size_t *size)
{
	static const unsigned char lead_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	*size = utf8_sequence_size(text, rest);
	uint32_t c = (unsigned char)text[0] & lead_bits[*size];
	for (size_t i = 1; i < *size; i++)
		c = c << 6 | ((unsigned char)text[i] & 0x3f);
	return c;
}

static bool is_xml_character(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) ||
	       (c >= 0x10000 && c <= 0x10ffff);
}

static bool is_legal(const char *text)
{
	size_t size = strlen(text);
	for (size_t at = 0, step; at < size; at += step) {
		uint32_t c = code_point(text + at, size - at, &step);
		if (step == 0 || !is_xml_character(c))
			return false;
	}
	return true;
}

static const char *checked(struct xml *x, const char *text)
{
	if (is_legal(text))
		return text;
	x->illegal = true;
	return "";
}

void xml_open(struct xml *x, const char *element)
{
	keep(x, xmlTextWriterStartElement(x->writer, TEXT(element)));
}

void xml_close(struct xml *x)
{
	keep(x, xmlTextWriterEndElement(x->writer));
}

void xml_attribute(struct xml *x, const char *name, const char *text)
{
	if (text)
		keep(x, xmlTextWriterWriteAttribute(x->writer, TEXT(name), TEXT(checked(x, text))));
}

void xml_attribute_int(struct xml *x, const char *name, int64_t value)
{
	char digits[24];
	(void)snprintf(digits, sizeof digits, "%" PRId64, value);
	xml_attribute(x, name, digits);
}

/* Days since 1970-01-01 as a date of the proleptic Gregorian calendar (Howard Hinnant, chrono-compatible low-level
 * date algorithms); model/'s date_text takes arena memory, see note [no arena while writing]. */
void xml_attribute_date(struct xml *x, const char *name, int64_t day)
{
	int64_t z = day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;
	char text[64];
	(void)snprintf(text, sizeof text, "%04" PRId64 "-%02" PRId64 "-%02" PRId64, yoe + era * 400 + (month <= 2),
		       month, doy - (153 * mp + 2) / 5 + 1);
	xml_attribute(x, name, text);
}

void xml_content(struct xml *x, const char *text)
{
	keep(x, xmlTextWriterWriteString(x->writer, TEXT(checked(x, text))));
}

void xml_language(struct xml *x, const char *text)
{
	const char *language = NULL;
	size_t size = strlen(text);
	for (size_t at = 0, step; at < size; at += step) {
		uint32_t c = code_point(text + at, size - at, &step);
		if (step == 0)
			return;
		if ((c >= 0x3040 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff)) {
			language = "zh";
			break;
		}
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			language = "en";
	}
	xml_attribute(x, "xml:lang", language);
}

void xml_text(struct xml *x, const char *element, const char *text)
{
	if (!text)
		return;
	xml_open(x, element);
	xml_language(x, text);
	xml_content(x, text);
	xml_close(x);
}

static void label(struct xml *x, const char *language, const char *text)
{
	xml_open(x, "label");
	xml_attribute(x, "xml:lang", language);
	xml_content(x, text);
	xml_close(x);
}

void xml_labels(struct xml *x, const struct name *name)
{
	if (name->has_label && name->label)
		label(x, "zh", name->label);
	if (name->has_english && name->english)
		label(x, "en", name->english);
}

void xml_attaches(struct xml *x, const struct attributes *attributes)
{
	for (size_t i = 0; i < attributes->cites.count; i++) {
		xml_open(x, "cite");
		xml_attribute(x, "clause", attributes->cites.clauses[i]);
		xml_close(x);
	}
	xml_text(x, "because", attributes->because);
	for (size_t i = 0; i < attributes->resolve_count; i++) {
		xml_open(x, "resolves");
		xml_attribute(x, "ambiguity", attributes->resolves[i]);
		xml_close(x);
	}
	if (attributes->discretion) {
		xml_open(x, "discretion");
		if (attributes->role != NONE)
			xml_attribute(x, "role", x->model->roles[attributes->role].name.id);
		xml_close(x);
	}
	if (attributes->basis) {
		xml_open(x, "counted");
		xml_attribute(x, "basis", attributes->basis);
		xml_close(x);
	}
}

void xml_carried(struct xml *x, const struct text_value *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		xml_open(x, "text");
		xml_attribute(x, "column", texts[i].column);
		xml_language(x, texts[i].text);
		xml_content(x, texts[i].text);
		xml_close(x);
	}
}
