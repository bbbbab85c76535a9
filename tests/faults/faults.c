/* The whole program with every allocation of our own code and every file operation failing, one after the other: once, and
 * from there on for ever. After each: no crash, no descriptor left behind (memory is for the sanitizer to see, at the end);
 * a refusal, status 3 or a finding, or the very answer of the undisturbed run; and the folder of artifacts as it was or as
 * it is to be, never a mixture.
 *
 *   faults SCRATCH LINES BOOK BOOK…   runs the verbs that need a rulebook alone over every rulebook; build turns one
 *                                     rulebook's folder into the next's, of every third; and the command lines of a file, where it stands */
#define _DEFAULT_SOURCE 1
#include "driver.h"
#include "folder_hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum mode { NEVER, ONCE, EVER };

struct fault {                       /* of memory, or of files */
	enum mode mode;
	long at, calls;
};

static struct fault memory, files;
static uint64_t printed;             /* hash of what was written to descriptors 1 and 2 */
static long injected, answered, refused, failures;

static bool fails(struct fault *f)
{
	f->calls++;
	return f->mode == ONCE ? f->calls == f->at : f->mode == EVER && f->calls >= f->at;
}

/* ---- memory: linked with -Wl,--wrap, which leaves the libraries' own allocations alone ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
	return fails(&memory) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails(&memory) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails(&memory) ? NULL : __real_realloc(old, size);
}

/* ---- files ---- */

#define FAULTY(failed, call)       \
	if (fails(&files)) {       \
		errno = EIO;       \
		return failed;     \
	}                          \
	return call

static int my_open(const char *path, int flags, mode_t mode) { FAULTY(-1, io_system.open(path, flags, mode)); }
static ssize_t my_read(int fd, void *bytes, size_t size) { FAULTY(-1, io_system.read(fd, bytes, size)); }
static int my_fsync(int fd) { FAULTY(-1, fd < 0); }        /* as if done: a machine that goes off is no matter here */
static int my_rename(const char *from, const char *to) { FAULTY(-1, io_system.rename(from, to)); }
static int my_unlink(const char *path) { FAULTY(-1, io_system.unlink(path)); }
static int my_rmdir(const char *path) { FAULTY(-1, io_system.rmdir(path)); }
static int my_mkdir(const char *path, mode_t mode) { FAULTY(-1, io_system.mkdir(path, mode)); }
static int my_fstat(int fd, struct stat *st) { FAULTY(-1, io_system.fstat(fd, st)); }
static int my_stat(const char *path, struct stat *st) { FAULTY(-1, io_system.stat(path, st)); }
static int my_lstat(const char *path, struct stat *st) { FAULTY(-1, io_system.lstat(path, st)); }
static int my_exchange(const char *one, const char *other) { FAULTY(-1, io_system.exchange(one, other)); }
static char *my_realpath(const char *path, char *resolved) { FAULTY(NULL, io_system.realpath(path, resolved)); }
static int my_lock(int fd) { FAULTY(-1, io_system.lock(fd)); }

static ssize_t my_write(int fd, const void *bytes, size_t size)
{
	if (fails(&files)) {
		errno = ENOSPC;
		return -1;
	}
	if (fd > 2)
		return io_system.write(fd, bytes, size);
	printed = hash_bytes(printed, bytes, size);
	return (ssize_t)size;
}

/* A descriptor is closed even when close fails. */
static int my_close(int fd)
{
	int closed = io_system.close(fd);
	FAULTY(-1, closed);
}

static const struct io_ops faulty = {
	.open = my_open, .read = my_read, .write = my_write, .close = my_close, .fsync = my_fsync, .rename = my_rename,
	.unlink = my_unlink, .rmdir = my_rmdir, .mkdir = my_mkdir, .fstat = my_fstat, .stat = my_stat, .lstat = my_lstat,
	.exchange = my_exchange, .realpath = my_realpath, .lock = my_lock,
};

/* ---- what a run leaves ---- */

static int count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int count = 0;
	while (folder && readdir(folder))
		count++;
	if (folder)
		closedir(folder);
	return count;
}

static int run(const struct options *opt)
{
	printed = HASH_START;
	memory.calls = files.calls = 0;
	return (int)driver_run(&faulty, opt);
}

/* ---- one command ---- */

struct command {
	const char *verb, *book;
	struct options opt;
	const char *folder;          /* of the artifacts; NULL: writes none */
	uint64_t old, new;           /* its hash before and after */
	int status;                  /* of the undisturbed run */
	uint64_t printed;
};

static void complain(const struct command *c, const struct fault *f, const char *what, long number)
{
	printf("%s %s, %s %ld failing %s: %s (%ld)\n", c->verb, c->book, f == &memory ? "allocation" : "file operation", f->at,
	       f->mode == ONCE ? "once" : "for ever", what, number);
	failures++;
}

/* `f` is set. */
static void inject(struct command *c, struct fault *f)
{
	int descriptors = count_descriptors();
	int status = run(&c->opt);
	injected++;
	if (status == c->status && printed == c->printed)
		answered++;
	else if (status == EXIT_IO || status == EXIT_WRONG)
		refused++;
	else
		complain(c, f, "the status, or another answer", status);
	if (count_descriptors() != descriptors)
		complain(c, f, "descriptors left open", count_descriptors() - descriptors);
	f->mode = NEVER;
	uint64_t hash = c->folder ? hash_folder(c->folder) : 0;
	if (c->folder && hash != c->old && hash != c->new)
		complain(c, f, "the folder is a mixture", 0);
}

static void try_all(struct command *c, struct fault *f, const struct options *back)
{
	run(&c->opt);
	long calls = f->calls;
	for (long at = 1; at <= calls; at++)
		for (enum mode mode = ONCE; mode <= EVER; mode++) {
			if (back && hash_folder(c->folder) != c->old)
				run(back);
			f->at = at;
			f->mode = mode;
			inject(c, f);
		}
}

enum { WORDS = 24, BUILD_EACH = 3 /* building and verifying take most of the time */ };

static bool parse(struct options *opt, const char *const *words, size_t count)
{
	struct usage_error error;
	char *arguments[WORDS + 1];
	for (size_t i = 0; i < count; i++)
		arguments[i] = (char *)(uintptr_t)words[i];
	arguments[count] = NULL;
	return options_parse(opt, (int)count, arguments, NULL, &error);
}

/* Undisturbed twice: what libraries keep from their first use is no leak. */
static void prepare(struct command *c)
{
	run(&c->opt);
	c->status = run(&c->opt);
	c->printed = printed;
}

static void try_verb(const char *verb, const char *option, const char *book)
{
	const char *words[] = { "guiju", verb, book, option };
	struct command c = { .verb = verb, .book = book };
	if (!parse(&c.opt, words, option ? 4 : 3))
		return;
	prepare(&c);
	try_all(&c, &memory, NULL);
	try_all(&c, &files, NULL);
}

/* One rulebook's folder becomes another's. */
static void try_build(const char *folder, const char *before, const char *book)
{
	const char *one[] = { "guiju", "build", "--no-pictures", "-o", folder, before };
	const char *other[] = { "guiju", "build", "--no-pictures", "-o", folder, book };
	struct command c = { .verb = "build", .book = book, .folder = folder };
	struct options back;
	if (!parse(&back, one, 6) || !parse(&c.opt, other, 6) || run(&back) != EXIT_CLEAN)
		return;
	c.old = hash_folder(folder);
	prepare(&c);
	c.new = hash_folder(folder);
	if (c.status != EXIT_CLEAN)
		return;
	try_all(&c, &memory, &back);
	try_all(&c, &files, &back);
}

/* A command line of words between spaces. false: it is none. */
static bool try_line(char *line)
{
	const char *words[WORDS] = { "guiju" };
	size_t count = 1;
	struct command c = { 0 };
	for (char *end = line; count < WORDS && *(line = end + strspn(end, " \n")); words[count++] = line) {
		end = line + strcspn(line, " \n");
		if (*end)
			*end++ = '\0';
	}
	if (!parse(&c.opt, words, count))
		return false;
	c.verb = words[1];
	c.book = words[count - 1];
	prepare(&c);
	try_all(&c, &memory, NULL);
	try_all(&c, &files, NULL);
	return true;
}

static bool try_lines(const char *path)
{
	char line[512];
	bool good = true;
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	while (good && fgets(line, sizeof line, file))
		good = try_line(line);
	fclose(file);
	return good;
}

static const char *const reading[][2] = {
	{ "check", "--format=json" }, { "check", "--format=sarif" }, { "check", "--notes" }, { "check", "--dump=ast" },
	{ "check", "--dump=model" },  { "check", "--dump=table" },   { "trace", NULL },	   { "trace", "--format=json" },
	{ "test", NULL },	      { "test", "--format=json" },   { "fmt", "--check" },
};

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	for (int i = 3; i < argc; i++) {
		for (size_t k = 0; k < sizeof reading / sizeof *reading; k++)
			try_verb(reading[k][0], reading[k][1], argv[i]);
		if (i % BUILD_EACH != 0)
			continue;
		try_build(argv[1], argv[i == 3 ? argc - 1 : i - 1], argv[i]);
		try_verb("verify", NULL, argv[1]);
	}
	if (!try_lines(argv[2])) {
		printf("%s: it cannot be read, or a line of it is no command line\n", argv[2]);
		failures++;
	}
	printf("%ld faults injected: %ld with the undisturbed answer, %ld refused; %ld failures\n", injected, answered, refused, failures);
	return failures || injected == 0 || refused == 0 ? 1 : 0;
}
