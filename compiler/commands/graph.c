/* guiju graph: one picture; and all pictures of a build. */
#include "commands/command.h"

#include "draw/drawings.h"

bool command_pictures(struct compiler *c, const struct streams *to, emitted_files *out)
{
	(void)c;
	(void)to;
	(void)out;
	return true;
}

enum exit_status command_graph(struct compiler *c, const struct streams *to)
{
	(void)c;
	(void)to;
	return EXIT_IO;
}
