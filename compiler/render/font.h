/* Is the font there that the pictures are set in? */
#ifndef GUIJU_RENDER_FONT_H
#define GUIJU_RENDER_FONT_H
#include <stdbool.h>

/* True if fontconfig finds PICTURE_FONT itself, and in it simplified Chinese: not whatever it would take instead. */
bool font_is_there(void);

#endif
