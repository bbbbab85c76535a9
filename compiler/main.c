/* guiju: the command line program. */
#include "driver.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const char *locale_name(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct options opt;
	struct usage_error error;
	signal(SIGPIPE, SIG_IGN);             /* a closed pipe is a failed write: exit 3 */
	if (options_parse(&opt, argc, argv, locale_name(), &error))
		return (int)driver_run(&io_system, &opt);
	struct out_of_memory memory_ends;
	if (setjmp(memory_ends.back))
		return EXIT_IO;
	struct arena *arena = arena_new(&memory_ends);
	if (!arena)
		return EXIT_IO;
	struct writer w;
	writer_init(&w, arena);
	write_usage_error(&w, &error, opt.language);
	io_write_all(&io_system, 2, writer_text(&w), w.size);
	arena_free(arena);
	return EXIT_USAGE;
}
