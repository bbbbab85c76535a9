/* Asks fontconfig for the font of the pictures. It always answers with some font, so the answer is looked at. */
#include "font.h"

#include "draw/metrics.h"

#include <fontconfig/fontconfig.h>
#include <string.h>

static bool is_the_font(FcPattern *font)
{
	FcLangSet *languages;
	FcChar8 *family;
	bool named = false;
	for (int i = 0; FcPatternGetString(font, FC_FAMILY, i, &family) == FcResultMatch; i++)
		named = named || strcmp((const char *)family, PICTURE_FONT) == 0;
	return named && FcPatternGetLangSet(font, FC_LANG, 0, &languages) == FcResultMatch &&
	       FcLangSetHasLang(languages, (const FcChar8 *)"zh-cn") == FcLangEqual;
}

bool font_is_there(void)
{
	FcPattern *wanted = FcPatternCreate();
	if (!wanted)
		return false;
	bool there = false;
	FcResult result;
	if (FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)PICTURE_FONT) &&
	    FcPatternAddString(wanted, FC_LANG, (const FcChar8 *)"zh-cn") &&
	    FcConfigSubstitute(NULL, wanted, FcMatchPattern)) {
		FcDefaultSubstitute(wanted);
		FcPattern *font = FcFontMatch(NULL, wanted, &result);
		there = font && is_the_font(font);
		if (font)
			FcPatternDestroy(font);
	}
	FcPatternDestroy(wanted);
	return there;
}
