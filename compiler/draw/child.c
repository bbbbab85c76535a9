/* fork, exec, and a loop that feeds one pipe and empties two. */
#include "draw/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SPACE_IS_LIMITED 0 /* its shadow memory alone is terabytes */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SPACE_IS_LIMITED 0
#endif
#endif
#ifndef ADDRESS_SPACE_IS_LIMITED
#define ADDRESS_SPACE_IS_LIMITED 1
#endif

extern char **environ;

enum { PIPE_CHUNK = 65536, ERRORS_LIMIT = 2000, NOT_STARTED = 127 };

struct pipes {
	int in[2], out[2], err[2], ready[2]; /* ready: closed by exec, or errno through it */
};

/* note [child's bytes] while a child runs nothing is taken from the arena: it jumps when memory ends, and the child and
 * its pipes would be left behind. */
struct buffer {
	char *bytes;
	size_t size, capacity;
};

struct running {
	const struct child_job *job;
	struct child_result *result;
	struct buffer output, errors;
	size_t fed;
	pid_t pid;
	int in, out, err; /* -1: closed */
	struct timespec deadline;
};

/* ---- the child's side ---- */

static void limit(int resource, rlim_t value)
{
	struct rlimit old;
	if (getrlimit(resource, &old) != 0)
		return;
	if (old.rlim_max != RLIM_INFINITY && old.rlim_max < value)
		value = old.rlim_max;
	const struct rlimit now = { value, value };
	(void)setrlimit(resource, &now);
}

/* Nothing that changes what is drawn: no GVBINDIR, no LD_PRELOAD, no locale. The date that PDF files carry is fixed. */
static char **small_environment(struct arena *arena)
{
	static const char *const kept[] = { "PATH",
					    "HOME",
					    "XDG_CACHE_HOME",
					    "XDG_DATA_HOME",
					    "XDG_CONFIG_HOME",
					    "FONTCONFIG_FILE",
					    "FONTCONFIG_PATH",
					    "TMPDIR",
					    NULL };
	static const char *const fixed[] = { "LC_ALL=C.UTF-8", "SOURCE_DATE_EPOCH=0", NULL };
	char **list = arena_new_array(arena, char *, 16);
	size_t count = 0;
	for (size_t i = 0; kept[i]; i++) {
		const char *value = getenv(kept[i]);
		if (value)
			list[count++] = arena_printf(arena, "%s=%s", kept[i], value);
	}
	for (size_t i = 0; fixed[i]; i++)
		list[count++] = arena_strdup(arena, fixed[i]);
	return list;
}

static _Noreturn void become(const struct child_job *job, const struct pipes *p, char **environment, char **arguments)
{
	if (dup2(p->in[0], 0) < 0 || dup2(p->out[1], 1) < 0 || dup2(p->err[1], 2) < 0)
		_exit(NOT_STARTED);
	signal(SIGPIPE, SIG_DFL);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, job->seconds + 1);
	if (ADDRESS_SPACE_IS_LIMITED && job->memory > 0)
		limit(RLIMIT_AS, job->memory);
	environ = environment;
	execvp(job->program, arguments);
	int error = errno;
	while (write(p->ready[1], &error, sizeof error) < 0 && errno == EINTR)
		;
	_exit(NOT_STARTED);
}

/* ---- pipes ---- */

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_all(struct pipes *p)
{
	int *all[] = { p->in, p->out, p->err, p->ready };
	for (size_t i = 0; i < 4; i++) {
		close_one(&all[i][0]);
		close_one(&all[i][1]);
	}
}

static bool open_pipe(int ends[2])
{
	if (pipe(ends) != 0) {
		ends[0] = ends[1] = -1;
		return false;
	}
	/* not inherited: a second child would keep the first one's pipe open */
	(void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return true;
}

static bool open_all(struct pipes *p)
{
	*p = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } };
	return open_pipe(p->in) && open_pipe(p->out) && open_pipe(p->err) && open_pipe(p->ready);
}

/* ---- the parent's side ---- */

static int milliseconds_left(const struct timespec *deadline)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	long long left =
		(long long)(deadline->tv_sec - now.tv_sec) * 1000 + (deadline->tv_nsec - now.tv_nsec) / 1000000;
	return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

static void feed(struct running *r)
{
	size_t left = r->job->input_size - r->fed;
	ssize_t put = left ? write(r->in, r->job->input + r->fed, left < PIPE_CHUNK ? left : PIPE_CHUNK) : 0;
	if (put > 0)
		r->fed += (size_t)put;
	if (r->fed == r->job->input_size || (put < 0 && errno != EINTR && errno != EAGAIN))
		close_one(&r->in);
}

static bool append(struct buffer *b, const char *bytes, size_t size)
{
	if (b->size + size > b->capacity) {
		size_t capacity = 2 * (b->size + size);
		char *larger = realloc(b->bytes, capacity);
		if (!larger)
			return false;
		b->bytes = larger;
		b->capacity = capacity;
	}
	if (size > 0)
		memcpy(b->bytes + b->size, bytes, size);
	b->size += size;
	return true;
}

/* false: more than the limit, or than memory. What is over the limit of errors is thrown away. */
static bool take(int *fd, struct buffer *b, size_t limit, bool refuse)
{
	char bytes[PIPE_CHUNK];
	ssize_t got = read(*fd, bytes, sizeof bytes);
	if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
		close_one(fd);
	if (got <= 0)
		return true;
	size_t room = limit - b->size, size = (size_t)got;
	return append(b, bytes, size < room ? size : room) && (size <= room || !refuse);
}

/* Until the child has closed its output; false: it is to be ended, result->end says why. */
static bool exchange(struct running *r)
{
	while (r->out >= 0 || r->err >= 0) {
		struct pollfd fds[] = { { r->in, POLLOUT, 0 }, { r->out, POLLIN, 0 }, { r->err, POLLIN, 0 } };
		int left = milliseconds_left(&r->deadline);
		int ready = left ? poll(fds, 3, left) : 0;
		if (ready == 0 && milliseconds_left(&r->deadline) == 0) {
			r->result->end = CHILD_TIMED_OUT;
			return false;
		}
		if (ready <= 0)
			continue;
		if (r->in >= 0 && fds[0].revents)
			feed(r);
		if (r->err >= 0 && fds[2].revents)
			take(&r->err, &r->errors, ERRORS_LIMIT, false);
		if (r->out >= 0 && fds[1].revents && !take(&r->out, &r->output, r->job->output_limit, true)) {
			r->result->end = CHILD_TOO_MUCH;
			return false;
		}
	}
	return true;
}

static void wait_for(struct running *r, bool killed)
{
	int status = 0;
	if (killed)
		kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (killed)
		return;
	r->result->end = WIFEXITED(status) ? CHILD_EXITED : CHILD_SIGNALLED;
	r->result->status = WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static bool has_started(int ready, struct child_result *result)
{
	int error;
	ssize_t got;
	do
		got = read(ready, &error, sizeof error);
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof error)
		return true;
	result->end = CHILD_NOT_STARTED;
	result->status = error;
	return false;
}

static void attend(struct running *r, struct pipes *p)
{
	close_one(&p->in[0]);
	close_one(&p->out[1]);
	close_one(&p->err[1]);
	close_one(&p->ready[1]);
	bool started = has_started(p->ready[0], r->result);
	(void)fcntl(p->in[1], F_SETFL, O_NONBLOCK);
	r->in = p->in[1];
	r->out = p->out[0];
	r->err = p->err[0];
	bool whole = started && exchange(r);
	wait_for(r, !whole);
	close_one(&r->in);
	close_one(&r->out);
	close_one(&r->err);
	p->in[1] = p->out[0] = p->err[0] = -1;
}

static char *copy_of(struct arena *arena, const struct buffer *b)
{
	char *copy = arena_try_alloc(arena, b->size + 1);
	if (copy && b->size > 0)
		memcpy(copy, b->bytes, b->size);
	return copy;
}

static void give(struct arena *arena, struct running *r)
{
	r->result->output = copy_of(arena, &r->output);
	r->result->output_size = r->output.size;
	r->result->errors = copy_of(arena, &r->errors);
	free(r->output.bytes);
	free(r->errors.bytes);
	if (!r->result->output || !r->result->errors)
		arena_out_of_memory(arena);
}

void child_run(struct arena *arena, const struct child_job *job, struct child_result *result)
{
	struct running r = { .job = job, .result = result };
	struct pipes p;
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
	char **environment = small_environment(arena);
	char **arguments = (char **)job->arguments;
	*result = (struct child_result){ .end = CHILD_NOT_STARTED };
	clock_gettime(CLOCK_MONOTONIC, &r.deadline);
	r.deadline.tv_sec += job->seconds;
	sigaction(SIGPIPE, &ignore, &old); /* a child that ends early is not our end */
	r.pid = open_all(&p) ? fork() : -1;
	if (r.pid == 0)
		become(job, &p, environment, arguments);
	if (r.pid < 0)
		result->status = errno;
	else
		attend(&r, &p);
	close_all(&p);
	sigaction(SIGPIPE, &old, NULL);
	give(arena, &r);
}
