/* Functions of a case, kept as ordered diagrams that share everything they have in common (reduced multi-valued
 * decision diagrams; Bryant 1986, Srinivasan and others 1990). Two functions are equal exactly if their numbers are.
 *
 * A variable has parts 0 … n-1; a function's value is a 64-bit word: 0 and 1 for conditions, a bit for each outcome
 * for decisions, NO_CASE where no case is. Everything is bounded: past the limit every answer is 0 and
 * `exhausted` is set, and the picture says that it is not drawn. */
#ifndef GUIJU_DRAW_DIAGRAM_H
#define GUIJU_DRAW_DIAGRAM_H
#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t function; /* a number of this forest */
enum { ALWAYS_FALSE = 0, ALWAYS_TRUE = 1, NEVER_A_CASE = 2 };
#define NO_CASE	   UINT64_MAX
#define NOT_JOINED UINT32_MAX

struct forest;

/* Variable v has parts[v] parts and, for function_support, bits[v]; `limit`: children of all nodes together. Both are
 * borrowed; the bits may be set later, before the first question about support. */
struct forest *forest_new(struct arena *arena, const uint32_t *parts, const uint64_t *bits, size_t limit);
bool forest_exhausted(const struct forest *f);

function function_constant(struct forest *f, uint64_t value);
/* True where the variable lies in one of the parts given as a bitmap of bytes, one a part. */
function function_in(struct forest *f, uint32_t variable, const unsigned char *chosen);
function function_or(struct forest *f, function a, function b); /* bitwise, of values */
function function_and(struct forest *f, function a, function b);
function function_but_not(struct forest *f, function a, function b);	       /* a and not b, of conditions */
function function_scale(struct forest *f, function condition, uint64_t value); /* value where it holds, else 0 */
function function_is(struct forest *f, function a, uint64_t value);	       /* true where a has the value */
function function_where(struct forest *f, function cases, function a);	       /* a in the cases, NO_CASE elsewhere */
/* The one function that agrees with both wherever they have a case, or NOT_JOINED. */
function function_join(struct forest *f, function a, function b);
function function_exists(struct forest *f, function a, uint32_t variable);
function function_part(struct forest *f, function a, uint32_t variable, uint32_t part); /* with the variable given */

bool function_is_constant(const struct forest *f, function a);
uint64_t function_value(const struct forest *f, function a); /* of a constant */
/* The variables that a depends on, as the sum of their bits in `bits` (forest_new), one word for 64 questions. */
uint64_t function_support(struct forest *f, function a);
/* The bits that some value has, NO_CASE aside. */
uint64_t function_bits(struct forest *f, function a);

#endif
