/* kill -9 at every system call of `guiju build` over a folder of artifacts: it is the old or the new one, never a mixture,
 * and the next build succeeds. The program is stopped at the k-th call by ptrace (Linux) and killed there.
 *
 *   kills FOLDER GUIJU BEFORE AFTER      rulebooks */
#define _DEFAULT_SOURCE 1
#include "folder_hash.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void quiet(void)
{
	int nothing = open("/dev/null", O_WRONLY);
	dup2(nothing, 1);
	dup2(nothing, 2);
}

/* Builds, and kills at the k-th entry to or return from a system call; 0: lets it end. True: it ended by itself, well. */
static bool build(const char *guiju, const char *folder, const char *book, long k)
{
	pid_t child = fork();
	int status;
	if (child == 0) {
		quiet();
		if (k)
			ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execl(guiju, guiju, "build", "--no-pictures", "-o", folder, book, (char *)NULL);
		_exit(127);
	}
	for (long stops = 0; waitpid(child, &status, 0) == child && WIFSTOPPED(status); stops++) {
		if (stops == k)
			kill(child, SIGKILL);
		else
			ptrace(PTRACE_SYSCALL, child, NULL, NULL);
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
	long old_ones = 0, new_ones = 0, failures = 0, k = 1;
	if (argc != 5 || !build(argv[2], argv[1], argv[4], 0))
		return 2;
	uint64_t new = hash_folder(argv[1]);
	if (!build(argv[2], argv[1], argv[3], 0))
		return 2;
	uint64_t old = hash_folder(argv[1]);
	for (bool ended = false; !ended; k++) {
		ended = build(argv[2], argv[1], argv[4], k);
		uint64_t hash = hash_folder(argv[1]);
		old_ones += hash == old;
		new_ones += hash == new;
		if (hash != old && hash != new) {
			printf("killed at stop %ld: a mixture\n", k);
			failures++;
		}
		if (hash != old && !build(argv[2], argv[1], argv[3], 0)) {
			printf("killed at stop %ld: the next build fails\n", k);
			failures++;
		}
	}
	printf("killed at %ld stops: %ld times the old artifacts, %ld times the new; %ld failures\n", k - 2, old_ones, new_ones, failures);
	return failures || old == new || !old_ones || !new_ones ? 1 : 0;
}
