/* Makes the n-th allocation of our own code fail: programs that include this are linked with
 * -Wl,--wrap=malloc,--wrap=calloc, which leaves the libraries' own allocations alone. */
#ifndef GUIJU_TESTS_FAILING_MEMORY_H
#define GUIJU_TESTS_FAILING_MEMORY_H
#include <stdbool.h>
#include <stddef.h>

static long failing_at;              /* 0: none; counts down to the call that fails */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static bool allocation_fails(void)
{
	return failing_at > 0 && --failing_at == 0;
}

void *__wrap_malloc(size_t size)
{
	return allocation_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return allocation_fails() ? NULL : __real_calloc(count, size);
}

#endif
