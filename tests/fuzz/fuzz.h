/* What the harnesses share. Each defines LLVMFuzzerTestOneInput; libFuzzer calls it with made-up inputs, replay.c with
 * the committed ones. A broken promise ends in abort(), which both report with the input. */
#ifndef GUIJU_FUZZ_H
#define GUIJU_FUZZ_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define PROMISE(holds)                                                                      \
	do {                                                                                \
		if (!(holds)) {                                                             \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #holds); \
			abort();                                                            \
		}                                                                           \
	} while (0)

#endif
