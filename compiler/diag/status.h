/* The runtime's statuses in both languages. */
#ifndef GUIJU_DIAG_STATUS_H
#define GUIJU_DIAG_STATUS_H
#include "diag/diag.h"

#include "guiju.h"

/* Both texts are static; the English one is guiju_status_text(). */
struct phrase status_phrase(enum guiju_status status);

#endif
