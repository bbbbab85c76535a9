/* Writing a folder of artifacts: whole or not at all, whatever fails and whenever it is killed. */
#include "emit/emit.h"
#include "emit/manifest.h"
#include "failing_memory.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct out_of_memory ends;
static struct arena *arena;
static char base[64];
static char start[4096];
static const char *dir;
static emitted_files old_files, new_files;

/* ---- two sets of files ---- */

static void make_set(emitted_files *files, const char *edition, const struct emitted_file *listed, size_t count)
{
	struct model model = { 0 };
	struct artifacts a = { .arena = arena, .model = &model };
	emitted_files all = { 0 };
	struct writer w;
	model.name.id = "demo";
	model.edition.id = edition;
	model.digest = "sha256:00";
	for (size_t i = 0; i < count; i++)
		vec_push(arena, &all, listed[i]);
	writer_init(&w, arena);
	manifest_write(&w, &a, &all);
	struct emitted_file manifest = { .path = MANIFEST_NAME, .bytes = writer_text(&w), .size = w.size };
	vec_push(arena, files, manifest);
	for (size_t i = 0; i < count; i++)
		vec_push(arena, files, listed[i]);
}

static void set_up(void)
{
	static const struct emitted_file before[] = {
		{ .path = "demo.c", .bytes = "old", .size = 3 },
		{ .path = "gone.xml", .bytes = "<old/>", .size = 6 },
		{ .path = "graphs/d.svg", .bytes = "<svg/>", .size = 6, .drawing = "x", .drawing_size = 1 },
		{ .path = "graphs/gone.dot", .bytes = "dot", .size = 3 },
		{ .path = "lost/x", .bytes = "x", .size = 1 },
	};
	static const struct emitted_file after[] = {
		{ .path = "demo.c", .bytes = "new!", .size = 4 },
		{ .path = "demo.xml", .bytes = "<new/>", .size = 6 },
		{ .path = "graphs/d.svg", .bytes = "<svg>new</svg>", .size = 14, .drawing = "y", .drawing_size = 1 },
	};
	ck_assert_ptr_nonnull(getcwd(start, sizeof start));
	ck_assert_int_eq(setjmp(ends.back), 0);
	arena = arena_new(&ends);
	(void)snprintf(base, sizeof base, "/tmp/guiju-emit-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(base));
	dir = arena_printf(arena, "%s/out", base);
	make_set(&old_files, "1", before, 5);
	make_set(&new_files, "2", after, 3);
}

/* A shell command with one path in it. */
static void run(const char *command, const char *path)
{
	const char *at = strstr(command, "%s");
	ck_assert_int_eq(system(arena_printf(arena, "%.*s%s%s", (int)(at - command), command, path, at + 2)), 0);
}

static void tear_down(void)
{
	ck_assert_int_eq(chdir(start), 0);
	run("rm -rf '%s'", base);
	arena_free(arena);
	arena = NULL;
}

/* ---- what a folder holds ---- */

/* Every file below path, with its content, in order. */
static void add_folder(struct writer *w, const char *path, const char *prefix)
{
	struct io_error error = { 0 };
	const char **names = io_list_folder(&io_system, arena, path, &error);
	ck_assert_ptr_nonnull(names);
	for (; *names; names++) {
		const char *inner = arena_printf(arena, "%s/%s", path, *names);
		const char *name = arena_printf(arena, "%s%s", prefix, *names);
		size_t size;
		if (io_is_folder(&io_system, inner)) {
			add_folder(w, inner, arena_printf(arena, "%s/", name));
			continue;
		}
		const char *bytes = io_read_file(&io_system, arena, inner, 1 << 20, &size, &error);
		ck_assert_ptr_nonnull(bytes);
		write_fmt(w, "%s=%s;", name, bytes);
	}
}

static const char *snapshot(const char *path)
{
	struct writer w;
	writer_init(&w, arena);
	if (!io_is_folder(&io_system, path))
		return "none";
	add_folder(&w, path, "");
	return writer_text(&w);
}

static int compare_files(const void *one, const void *other)
{
	return strcmp(((const struct emitted_file *)one)->path, ((const struct emitted_file *)other)->path);
}

static const char *expected(const emitted_files *files)
{
	struct writer w;
	struct emitted_file sorted[16];
	memcpy(sorted, files->items, files->count * sizeof *sorted);
	qsort(sorted, files->count, sizeof *sorted, compare_files);
	writer_init(&w, arena);
	for (size_t i = 0; i < files->count; i++)
		write_fmt(&w, "%s=%s;", sorted[i].path, sorted[i].bytes);
	return writer_text(&w);
}

static bool holds(const emitted_files *files)
{
	return strcmp(snapshot(dir), expected(files)) == 0;
}

static bool is_clean(void)
{
	struct io_error error;
	const char **names = io_list_folder(&io_system, arena, base, &error);
	return !names[0] || (strcmp(names[0], "out") == 0 && !names[1]);
}

/* Flushing is what takes time, and nobody pulls the plug here. */
static int no_flush(int fd)
{
	(void)fd;
	return 0;
}

static void write_files(const emitted_files *files)
{
	struct emit_error error;
	struct io_ops quick = io_system;
	quick.fsync = no_flush;
	ck_assert(emit_write(&quick, arena, files, dir, &error));
	ck_assert(holds(files));
	ck_assert(is_clean());
}

/* ---- calls that fail or kill ---- */

enum mode { MODE_ONCE, MODE_EVER, MODE_KILL_BEFORE, MODE_KILL_AFTER };
static struct {
	enum mode mode;
	long at, calls;
	int error;
} fault;

/* True: this call is to fail, with errno set. */
static bool fails(void)
{
	long call = fault.calls++;
	if (fault.mode == MODE_KILL_BEFORE && call == fault.at)
		_exit(77);
	if (fault.mode == MODE_ONCE ? call != fault.at : fault.mode != MODE_EVER || call < fault.at)
		return false;
	errno = fault.error;
	return true;
}

static void done(void)
{
	if (fault.mode == MODE_KILL_AFTER && fault.calls - 1 == fault.at)
		_exit(77);
}

#define WRAPPED(type, failure, call)     \
	do {                             \
		if (fails())             \
			return failure;  \
		type result = call;      \
		int saved = errno;       \
		done();                  \
		errno = saved;           \
		return result;           \
	} while (0)

static int my_open(const char *path, int flags, mode_t mode) { WRAPPED(int, -1, io_system.open(path, flags, mode)); }
static ssize_t my_read(int fd, void *b, size_t n) { WRAPPED(ssize_t, -1, io_system.read(fd, b, n)); }
/* Five bytes at a time: short writes are allowed. */
static ssize_t my_write(int fd, const void *b, size_t n)
{
	WRAPPED(ssize_t, -1, io_system.write(fd, b, n > 5 ? 5 : n));
}
static int my_fsync(int fd) { WRAPPED(int, -1, no_flush(fd)); }
static int my_rename(const char *a, const char *b) { WRAPPED(int, -1, io_system.rename(a, b)); }
static int my_exchange(const char *a, const char *b) { WRAPPED(int, -1, io_system.exchange(a, b)); }
static int my_unlink(const char *path) { WRAPPED(int, -1, io_system.unlink(path)); }
static int my_rmdir(const char *path) { WRAPPED(int, -1, io_system.rmdir(path)); }
static int my_mkdir(const char *path, mode_t mode) { WRAPPED(int, -1, io_system.mkdir(path, mode)); }
static int my_fstat(int fd, struct stat *st) { WRAPPED(int, -1, io_system.fstat(fd, st)); }
static int my_stat(const char *path, struct stat *st) { WRAPPED(int, -1, io_system.stat(path, st)); }
static int my_lstat(const char *path, struct stat *st) { WRAPPED(int, -1, io_system.lstat(path, st)); }
static char *my_realpath(const char *path, char *r) { WRAPPED(char *, NULL, io_system.realpath(path, r)); }
static int my_lock(int fd) { WRAPPED(int, -1, io_system.lock(fd)); }

/* A close that fails has closed all the same, as on Linux. */
static int my_close(int fd)
{
	bool failing = fails();
	int saved = errno, result = io_system.close(fd);
	if (failing) {
		errno = saved;
		return -1;
	}
	done();
	return result;
}

static const struct io_ops faulty = {
	.open = my_open, .read = my_read, .write = my_write, .close = my_close, .fsync = my_fsync, .rename = my_rename,
	.unlink = my_unlink, .rmdir = my_rmdir, .mkdir = my_mkdir, .fstat = my_fstat, .stat = my_stat, .lstat = my_lstat,
	.exchange = my_exchange, .realpath = my_realpath, .lock = my_lock,
};

static bool write_with_fault(enum mode mode, long at, int error, struct emit_error *why)
{
	fault.mode = mode;
	fault.at = at;
	fault.calls = 0;
	fault.error = error;
	return emit_write(&faulty, arena, &new_files, dir, why);
}

/* ---- tests ---- */

START_TEST(writes_and_replaces)
{
	write_files(&old_files);
	write_files(&old_files);
	write_files(&new_files);
	dir = arena_printf(arena, "%s/out///", base);
	write_files(&old_files);
}
END_TEST

START_TEST(takes_an_empty_folder)
{
	run("mkdir '%s'", dir);
	write_files(&new_files);
}
END_TEST

START_TEST(follows_a_link)
{
	struct stat st;
	write_files(&old_files);
	const char *link_path = arena_printf(arena, "%s/link", base);
	ck_assert_int_eq(symlink("out", link_path), 0);
	struct emit_error error;
	ck_assert(emit_write(&io_system, arena, &new_files, link_path, &error));
	ck_assert(holds(&new_files));
	ck_assert_int_eq(lstat(link_path, &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

static void expect_refusal(const char *path, enum message message, const char *named)
{
	struct emit_error error;
	const char *before = snapshot(base);
	ck_assert(!emit_write(&io_system, arena, &new_files, path, &error));
	ck_assert_int_eq(error.io.error, 0);
	ck_assert_int_eq(error.message, message);
	ck_assert_ptr_nonnull(strstr(error.args[0].zh, named));
	ck_assert_str_eq(before, snapshot(base));
}

START_TEST(refuses_what_it_did_not_write)
{
	write_files(&old_files);
	run("touch '%s/mine.txt'", dir);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/mine.txt");
	run("rm '%s/mine.txt'", dir);
	run("touch '%s/graphs/mine.svg'", dir);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/graphs/mine.svg");
	run("rm '%s/graphs/mine.svg'", dir);
	run("mkdir '%s/graphs/deep'", dir);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/graphs/deep");
	run("rmdir '%s/graphs/deep'", dir);
	run("mkdir '%s/deep'", dir);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/deep");
	run("rmdir '%s/deep'", dir);
	write_files(&new_files);
	run("echo '{' > '%s/manifest.json'", dir);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/demo.c");
}
END_TEST

START_TEST(refuses_folders_without_manifest)
{
	run("mkdir '%s'", dir);
	run("touch '%s/notes.md'", dir);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/notes.md");
	run("rm -r '%s'", dir);
	run("touch '%s'", dir);
	expect_refusal(dir, MESSAGE_EMIT_NOT_A_FOLDER, "/out");
}
END_TEST

START_TEST(refuses_the_current_folder)
{
	write_files(&old_files);
	ck_assert_int_eq(chdir(dir), 0);
	expect_refusal(".", MESSAGE_EMIT_CURRENT_FOLDER, "/out");
}
END_TEST

START_TEST(says_which_folder_is_not_there)
{
	struct emit_error error;
	ck_assert(!emit_write(&io_system, arena, &new_files, arena_printf(arena, "%s/a/b", base), &error));
	ck_assert_int_eq(error.io.error, ENOENT);
	ck_assert_ptr_nonnull(strstr(error.io.path, "/a"));
}
END_TEST

START_TEST(refuses_a_manifest_that_leads_elsewhere)
{
	static const char *const names[] = { "../x", "/etc/x", "a/../x", "a/b/c", "", "a//b", "a/", "./a", ".x", "a b" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		ck_assert_msg(!manifest_name_is_safe(names[i]), "%s", names[i]);
	ck_assert(manifest_name_is_safe("graphs/a.b-c_1.svg"));
	write_files(&old_files);
	const char *text = "{\"files\": [{\"name\": \"../precious\"}]}";
	struct io_error io;
	ck_assert(io_write_file(&io_system, arena, arena_printf(arena, "%s/manifest.json", dir), text, strlen(text), &io));
	run("touch '%s/precious'", base);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, "/demo.c");
}
END_TEST

START_TEST(removes_what_a_killed_build_left)
{
	write_files(&old_files);
	run("mkdir '%s/.out.guiju-new'", base);
	run("printf '{\"mani' > '%s/.out.guiju-new/manifest.json'", base);
	write_files(&new_files);
	run("mkdir '%s/.out.guiju-new'", base);
	run("touch '%s/.out.guiju-new/mine'", base);
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, ".out.guiju-new/mine");
}
END_TEST

START_TEST(a_read_only_place_changes_nothing)
{
	struct emit_error error;
	write_files(&old_files);
	for (int round = 0; round < 2; round++) {
		/* a superuser is not held back by permissions: the call itself says so */
		ck_assert(!write_with_fault(MODE_EVER, round == 0 ? 9 : 12, EROFS, &error));
		ck_assert(holds(&old_files));
	}
	write_files(&new_files);
}
END_TEST

static const int errors[] = { ENOSPC, EROFS, EIO };

static void expect_old_or_new(const char *before, bool written, const struct emit_error *error, long call)
{
	const char *after = snapshot(dir);
	bool is_new = strcmp(after, expected(&new_files)) == 0;
	ck_assert_msg(is_new || strcmp(after, before) == 0, "call %ld: %s", call, after);
	bool in_place = written || error->message == MESSAGE_EMIT_OLD_LEFT || error->message == MESSAGE_EMIT_NOT_FLUSHED;
	ck_assert_msg(in_place == is_new, "call %ld", call);
	if (!written)
		ck_assert_msg(error->io.error != 0 || error->message != MESSAGE_NONE, "call %ld: no reason", call);
}

START_TEST(any_call_may_fail)
{
	bool first = _i < 2;
	enum mode mode = _i % 2 == 0 ? MODE_ONCE : MODE_EVER;
	size_t kinds = mode == MODE_ONCE ? sizeof errors / sizeof *errors : 1;
	for (size_t e = 0; e < kinds; e++) {
		for (long at = 0;; at++) {
			struct emit_error error;
			if (first)
				run("rm -rf '%s'", dir);
			else
				write_files(&old_files);
			const char *before = snapshot(dir);
			bool written = write_with_fault(mode, at, errors[e], &error);
			bool reached = fault.calls > at;
			expect_old_or_new(before, written, &error, at);
			if (mode == MODE_ONCE && error.message != MESSAGE_EMIT_OLD_LEFT && !written)
				ck_assert_msg(is_clean() || error.io.error == errors[e], "call %ld leaves files", at);
			write_files(&new_files);
			if (!reached)
				break;
			ck_assert_int_lt(at, 1000);
		}
	}
}
END_TEST

START_TEST(may_be_killed_at_any_call)
{
	bool first = _i < 2;
	enum mode mode = _i % 2 == 0 ? MODE_KILL_BEFORE : MODE_KILL_AFTER;
	for (long at = 0;; at++) {
		int status;
		struct emit_error error;
		if (first)
			run("rm -rf '%s'", dir);
		else
			write_files(&old_files);
		const char *before = snapshot(dir);
		pid_t child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0)
			_exit(write_with_fault(mode, at, 0, &error) ? 0 : 1);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert(WIFEXITED(status));
		const char *after = snapshot(dir);
		ck_assert_msg(strcmp(after, before) == 0 || strcmp(after, expected(&new_files)) == 0, "call %ld: %s", at, after);
		write_files(&new_files);
		if (WEXITSTATUS(status) != 77)
			break;
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

/* Between the check and the exchange another program writes into the folder. */
static int exchange_late(const char *one, const char *other)
{
	run("touch '%s/late'", other);
	return io_system.exchange(one, other);
}

START_TEST(a_foreign_file_that_comes_late_survives)
{
	struct emit_error error;
	struct io_ops late = io_system;
	late.exchange = exchange_late;
	write_files(&old_files);
	ck_assert(!emit_write(&late, arena, &new_files, dir, &error));
	ck_assert_int_eq(error.message, MESSAGE_EMIT_OLD_LEFT);
	ck_assert(holds(&new_files));
	expect_refusal(dir, MESSAGE_EMIT_FOREIGN_FILE, ".out.guiju-new/late");
}
END_TEST

START_TEST(memory_may_end_anywhere)
{
	for (volatile long at = 1;; at++) {
		struct out_of_memory short_ends;
		struct arena *short_lived = arena_new(&short_ends);
		volatile bool written = false;
		write_files(&old_files);
		if (setjmp(short_ends.back) == 0) {
			struct emit_error error;
			failing_at = at;
			written = emit_write(&io_system, short_lived, &new_files, dir, &error);
		}
		failing_at = 0;
		arena_free(short_lived);
		ck_assert(holds(written ? &new_files : &old_files));
		ck_assert(is_clean());
		if (written)
			break;
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

START_TEST(two_builds_take_turns)
{
	for (int i = 0; i < 15; i++) {
		pid_t children[4];
		int status;
		for (int k = 0; k < 4; k++) {
			struct emit_error error;
			children[k] = fork();
			if (children[k] == 0)
				_exit(emit_write(&io_system, arena, k % 2 ? &new_files : &old_files, dir, &error) ? 0 : 1);
		}
		for (int k = 0; k < 4; k++) {
			ck_assert_int_eq(waitpid(children[k], &status, 0), children[k]);
			ck_assert_int_eq(WEXITSTATUS(status), 0);
		}
		ck_assert(holds(&old_files) || holds(&new_files));
		ck_assert(is_clean());
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("emit_write");
	TCase *plain = tcase_create("plain"), *faults = tcase_create("faults");
	tcase_add_checked_fixture(plain, set_up, tear_down);
	tcase_add_checked_fixture(faults, set_up, tear_down);
	tcase_set_timeout(plain, 60);
	tcase_set_timeout(faults, 300);
	tcase_add_test(plain, writes_and_replaces);
	tcase_add_test(plain, takes_an_empty_folder);
	tcase_add_test(plain, follows_a_link);
	tcase_add_test(plain, refuses_what_it_did_not_write);
	tcase_add_test(plain, refuses_folders_without_manifest);
	tcase_add_test(plain, refuses_the_current_folder);
	tcase_add_test(plain, says_which_folder_is_not_there);
	tcase_add_test(plain, refuses_a_manifest_that_leads_elsewhere);
	tcase_add_test(plain, removes_what_a_killed_build_left);
	tcase_add_test(plain, a_read_only_place_changes_nothing);
	tcase_add_test(plain, a_foreign_file_that_comes_late_survives);
	tcase_add_test(plain, memory_may_end_anywhere);
	tcase_add_test(plain, two_builds_take_turns);
	tcase_add_loop_test(faults, any_call_may_fail, 0, 4);
	tcase_add_loop_test(faults, may_be_killed_at_any_call, 0, 4);
	suite_add_tcase(suite, plain);
	suite_add_tcase(suite, faults);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
