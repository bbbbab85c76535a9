/* Command lines from standard input, one a line, words apart by tabs, run one after the other as the program does; after
 * the output of each a line of the record separator and its exit status. So that tests with thousands of command lines
 * need not start the program thousands of times. */
#include "driver.h"

#include <stdio.h>
#include <string.h>

enum { LINE_LIMIT = 1 << 16, WORDS_LIMIT = 1024 };

static int run_line(char *line)
{
	char name[] = "guiju";
	char *words[WORDS_LIMIT] = { name };
	int count = 1;
	struct options opt;
	struct usage_error error;
	for (char *end = line; count < WORDS_LIMIT - 1 && *(line = end + strspn(end, "\t\n")); words[count++] = line) {
		end = line + strcspn(line, "\t\n");
		if (*end)
			*end++ = '\0';
	}
	if (!options_parse(&opt, count, words, NULL, &error))
		return EXIT_USAGE;
	return (int)driver_run(&io_system, &opt);
}

int main(void)
{
	static char line[LINE_LIMIT];
	while (fgets(line, sizeof line, stdin)) {
		int status = run_line(line);
		if (printf("\x1e%d\n", status) < 0 || fflush(stdout) != 0)
			return 1;
	}
	return 0;
}
