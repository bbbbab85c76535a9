/* A tree that follows its texts: what did not change is taken over, so that reading again costs what changed.
 *
 * note [again]
 * Texts are compared line by line. Blocks before the first line that differs stay as they are. A table behind it, or
 * around it, keeps its rows, which are moved; of the rows that changed the cells are read. Fences are read again from the
 * first that differs, since they are short and a table is not. What is read anew is read first, and only when nothing is
 * to be reported of it does the tree change: until then it is that of the texts read last. */
#ifndef GUIJU_GRAMMAR_AGAIN_H
#define GUIJU_GRAMMAR_AGAIN_H
#include "ast/ast.h"
#include "diag/diag.h"

struct kept_book;

/* Reads all texts, as parse_book(); tree and what is kept live in the arena, which grows with every reading. The texts
 * must live until they have been read again, or for as long as the tree is used. */
struct kept_book *kept_book_new(struct arena *arena, struct diag *diag, const uint32_t *files, size_t file_count,
				const struct csv_loader *csv);
struct ast_book *kept_book_tree(struct kept_book *kept);

/* Brings the tree to the texts that `diag` has as its sources, the same files in the same order. The lists of blocks are
 * in `scratch`, which must live until the next reading. A rule table's row that did not change keeps its `cells`.
 * false: something would be reported, or the tree rests on more than these texts (取自); the tree is as it was. */
bool kept_book_read(struct kept_book *kept, struct arena *scratch, const struct diag *diag);

#endif
