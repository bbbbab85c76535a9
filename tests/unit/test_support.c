/* The ground that everything stands on: arenas, growing arrays, maps, writers, digests and files, with failing
 * system calls. */
#include "support/arena.h"
#include "support/digest.h"
#include "support/intern.h"
#include "support/memo.h"
#include "support/io.h"
#include "support/vec.h"
#include "support/writer.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct out_of_memory handler;
static struct arena *arena;
static char folder[64];

static void set_up(void)
{
	arena = arena_new(&handler);
	ck_assert_ptr_nonnull(arena);
	(void)snprintf(folder, sizeof folder, "/tmp/guiju-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *in_folder(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

static void tear_down(void)
{
	struct io_error error;
	const char **names = io_list_folder(&io_system, arena, folder, &error);
	for (; names && *names; names++)
		(void)unlink(in_folder(*names));
	(void)rmdir(folder);
	arena_free(arena);
}

/* ---- memory ---- */

START_TEST(memory_is_zeroed_aligned_and_apart)
{
	unsigned char *before = NULL;
	for (size_t i = 0; i < 3000; i++) {
		unsigned char *p = arena_alloc(arena, i % 97);
		ck_assert_uint_eq((uintptr_t)p % sizeof(max_align_t) % 16, 0);
		ck_assert_ptr_ne(p, before);
		for (size_t k = 0; k < i % 97; k++)
			ck_assert_uint_eq(p[k], 0);
		memset(p, 0xff, i % 97);
		before = p;
	}
}
END_TEST

START_TEST(what_was_given_back_comes_again_zeroed)
{
	(void)arena_alloc(arena, 10);
	struct arena_mark mark = arena_save(arena);
	size_t held = 0;
	for (int round = 0; round < 50; round++) {
		for (int i = 0; i < 100; i++) {
			unsigned char *p = arena_alloc(arena, 1000);
			ck_assert_uint_eq(p[0] | p[999], 0);
			memset(p, 7, 1000);
		}
		(void)arena_alloc(arena, (size_t)3 << 20);
		if (round == 25)
			held = arena_bytes(arena);
		arena_restore(arena, mark);
	}
	ck_assert_uint_le(arena_bytes(arena), held);
	char *after = arena_strdup(arena, "still here");
	ck_assert_str_eq(after, "still here");
}
END_TEST

START_TEST(what_was_taken_last_can_grow)
{
	struct arena_mark mark = arena_save(arena);
	unsigned char *a = arena_alloc(arena, 20);
	ck_assert(arena_resize(arena, a, 20, 100));
	memset(a, 0xff, 100);
	arena_restore(arena, mark);
	ck_assert_ptr_eq(arena_alloc(arena, 100), a);
	for (size_t i = 0; i < 100; i++)
		ck_assert_uint_eq(a[i], 0);
	unsigned char *b = arena_alloc(arena, 40);
	ck_assert(b >= a + 100);
	ck_assert(!arena_resize(arena, a, 100, 200));
	ck_assert(!arena_resize(arena, b, 40, SIZE_MAX));
	ck_assert(!arena_resize(arena, b, 40, 4000));  /* of the first chunk's 4096 */
	ck_assert(arena_resize(arena, b, 40, 41));
}
END_TEST

START_TEST(an_empty_arena_can_be_saved_and_restored)
{
	struct arena_mark mark = arena_save(arena);
	(void)arena_alloc(arena, 5);
	arena_restore(arena, mark);
	ck_assert_ptr_nonnull(arena_alloc(arena, 5));
}
END_TEST

START_TEST(impossible_sizes_jump_to_the_handler)
{
	volatile int jumps = 0;
	if (setjmp(handler.back) == 0)
		(void)arena_alloc_array(arena, SIZE_MAX / 2, 3);
	else
		jumps++;
	if (setjmp(handler.back) == 0)
		(void)arena_alloc(arena, SIZE_MAX - 3);
	else
		jumps++;
	ck_assert_int_eq(jumps, 2);
	ck_assert_ptr_null(arena_try_alloc(arena, SIZE_MAX));
	ck_assert_ptr_nonnull(arena_alloc(arena, 1));
}
END_TEST

/* The linker sends malloc and calloc of this program here. */
static bool no_memory;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

void *__wrap_malloc(size_t size)
{
	return no_memory ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return no_memory ? NULL : __real_calloc(count, size);
}

START_TEST(the_end_of_memory_jumps_or_is_told)
{
	volatile bool jumped = false;
	struct io_error error = { 0 };
	size_t size = 0;
	const char *path = in_folder("a");
	char *large = arena_printf(arena, "%*s", 1 << 20, "x");
	ck_assert(io_write_file(&io_system, arena, path, large, (size_t)1 << 20, &error));
	char *volatile bytes = large;
	no_memory = true;
	struct arena *none = arena_new(&handler);
	if (setjmp(handler.back) == 0) {
		bytes = io_read_file(&io_system, arena, path, SIZE_MAX, &size, &error);
		(void)arena_alloc(arena, (size_t)2 << 20);
	} else {
		jumped = true;
	}
	no_memory = false;
	ck_assert_ptr_null(none);
	ck_assert_ptr_null(bytes);
	ck_assert_int_eq(error.error, ENOMEM);
	ck_assert(jumped);
}
END_TEST

START_TEST(texts_are_copied)
{
	ck_assert_str_eq(arena_strndup(arena, "规矩方圆", 6), "规矩");
	ck_assert_str_eq(arena_printf(arena, "%s-%d", "a", 7), "a-7");
	char *large = arena_printf(arena, "%*s", 100000, "x");
	ck_assert_uint_eq(strlen(large), 100000);
}
END_TEST

START_TEST(a_vec_keeps_what_was_pushed)
{
	VEC(size_t) numbers = { 0 };
	for (size_t i = 0; i < 10000; i++)
		vec_push(arena, &numbers, i * 3);
	ck_assert_uint_eq(numbers.count, 10000);
	for (size_t i = 0; i < 10000; i++)
		ck_assert_uint_eq(numbers.items[i], i * 3);
}
END_TEST

START_TEST(a_map_finds_every_key)
{
	struct map *map = map_new_in(arena);
	ck_assert_int_eq(map_get(map, ""), -1);
	for (int i = 0; i < 5000; i++)
		map_put(map, arena_printf(arena, "事实%d", i), i);
	for (int i = 0; i < 5000; i++)
		ck_assert_int_eq(map_get(map, arena_printf(arena, "事实%d", i)), i);
	ck_assert_int_eq(map_get(map, "事实5000"), -1);
	ck_assert_int_eq(map_put_if_absent(map, "事实7", 1), 7);
	map_put(map, "事实7", 70);
	ck_assert_int_eq(map_get(map, "事实7"), 70);
	ck_assert_int_eq(map_get_part(map, "事实70", strlen("事实7")), 70);
	ck_assert_int_eq(map_get_part(map, "事实7", strlen("事实")), -1);
	ck_assert_int_eq(map_put_if_absent(map, "", 3), 3);
	ck_assert_int_eq(map_get(map, ""), 3);
}
END_TEST

START_TEST(a_memo_finds_what_was_made_of_each_thing)
{
	static char things[5000], made[5000];
	struct memo *memo = memo_new_in(arena);
	ck_assert_ptr_null(memo_get(memo, &things[0]));
	for (size_t i = 0; i < 5000; i += 2)
		memo_put(memo, &things[i], &made[i]);
	for (size_t i = 0; i < 5000; i++)
		ck_assert_ptr_eq(memo_get(memo, &things[i]), i % 2 ? NULL : &made[i]);
}
END_TEST

/* ---- text ---- */

START_TEST(a_writer_ends_with_nul_after_every_call)
{
	struct writer w;
	writer_init(&w, arena);
	ck_assert_str_eq(writer_text(&w), "");
	write_fmt(&w, "%d", 12);
	ck_assert_str_eq(w.bytes, "12");
	for (int i = 0; i < 1000; i++)
		write_char(&w, 'x');
	ck_assert_uint_eq(strlen(w.bytes), 1002);
	write_bytes(&w, "", 0);
	ck_assert_uint_eq(w.size, 1002);
}
END_TEST

START_TEST(a_writer_gives_back_what_it_did_not_need)
{
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "规矩");
	ck_assert_str_eq(writer_text(&w), "规矩");
	char *behind = arena_alloc(arena, 1);
	ck_assert(behind < w.bytes + 64);
	*behind = 'x';
	for (int i = 0; i < 100; i++)
		write_str(&w, "方圆");
	ck_assert_uint_eq(strlen(writer_text(&w)), 101 * strlen("方圆"));
	ck_assert_int_eq(*behind, 'x');
}
END_TEST

START_TEST(numbers_are_written_in_digits)
{
	struct writer w;
	writer_init(&w, arena);
	write_number(&w, 0);
	write_number(&w, -7);
	write_number(&w, INT64_MAX);
	write_number(&w, INT64_MIN);
	ck_assert_str_eq(writer_text(&w), "0-79223372036854775807-9223372036854775808");
}
END_TEST

START_TEST(numbers_are_little_endian)
{
	struct writer w;
	writer_init(&w, arena);
	write_u16(&w, 0x0102);
	write_u32(&w, 0x03040506);
	write_u64(&w, UINT64_C(0x0708090a0b0c0d0e));
	ck_assert_uint_eq(w.size, 14);
	ck_assert_mem_eq(w.bytes, "\x02\x01\x06\x05\x04\x03\x0e\x0d\x0c\x0b\x0a\x09\x08\x07", 14);
}
END_TEST

START_TEST(json_strings_are_escaped)
{
	struct writer w;
	writer_init(&w, arena);
	write_json_string(&w, "规\"\\\n\t\r\b\f\x01\x7f/");
	ck_assert_str_eq(w.bytes, "\"规\\\"\\\\\\n\\t\\r\\b\\f\\u0001\\u007f/\"");
	writer_init(&w, arena);
	write_json_text(&w, "a\0b\xff\xe4\xb8", 6);
	ck_assert_str_eq(w.bytes, "\"a\\u0000b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}
END_TEST

START_TEST(only_well_formed_utf8_counts)
{
	static const struct {
		const char *text;
		size_t size;
	} rows[] = { { "a", 1 },
		     { "\xc2\x80", 2 },
		     { "\xe4\xb8\xad", 3 },
		     { "\xf0\x9f\x98\x80", 4 },
		     { "\xf4\x8f\xbf\xbf", 4 },
		     { "\x80", 0 },
		     { "\xc0\x80", 0 },
		     { "\xc1\xbf", 0 },
		     { "\xe0\x80\x80", 0 },
		     { "\xed\xa0\x80", 0 },
		     { "\xf0\x80\x80\x80", 0 },
		     { "\xf4\x90\x80\x80", 0 },
		     { "\xf5\x80\x80\x80", 0 },
		     { "\xe4\xb8", 0 },
		     { "\xc3", 0 },
		     { "\xf0\x9f\x98", 0 },
		     { "\xe4\xb8x", 0 },
		     { "\xff", 0 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_uint_eq(utf8_sequence_size(rows[i].text, strlen(rows[i].text)), rows[i].size);
}
END_TEST

START_TEST(digests_are_those_of_fips_180)
{
	ck_assert_str_eq(digest_hex(arena, "abc", 3),
			 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	ck_assert_str_eq(digest_hex(arena, "", 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
END_TEST

/* ---- files ---- */

static void expect_file(const char *path, const char *text)
{
	struct io_error error;
	size_t size = 0;
	char *bytes = io_read_file(&io_system, arena, path, SIZE_MAX, &size, &error);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_uint_eq(size, strlen(text));
	ck_assert_str_eq(bytes, text);
}

START_TEST(a_file_is_written_and_read_whole)
{
	struct io_error error;
	const char *path = in_folder("a");
	ck_assert(io_write_file(&io_system, arena, path, "one", 3, &error));
	expect_file(path, "one");
	ck_assert(io_write_file(&io_system, arena, path, "", 0, &error));
	expect_file(path, "");
	char *large = arena_printf(arena, "%*s", 300000, "x");
	ck_assert(io_write_file(&io_system, arena, path, large, 300000, &error));
	expect_file(path, large);
}
END_TEST

START_TEST(a_file_over_its_limit_is_refused)
{
	struct io_error error;
	size_t size;
	const char *path = in_folder("a");
	ck_assert(io_write_file(&io_system, arena, path, "12345", 5, &error));
	ck_assert_ptr_nonnull(io_read_file(&io_system, arena, path, 5, &size, &error));
	ck_assert_uint_eq(size, 5);
	ck_assert_ptr_null(io_read_file(&io_system, arena, path, 4, &size, &error));
	ck_assert(error.too_large);
	ck_assert_uint_eq(error.limit, 4);
	ck_assert_ptr_null(io_read_file(&io_system, arena, path, 0, &size, &error));
}
END_TEST

START_TEST(a_missing_file_says_so)
{
	struct io_error error;
	size_t size;
	ck_assert_ptr_null(io_read_file(&io_system, arena, in_folder("none"), 10, &size, &error));
	ck_assert_int_eq(error.error, ENOENT);
	ck_assert_str_eq(error.doing, "open");
	ck_assert_ptr_null(io_read_file(&io_system, arena, folder, 10, &size, &error));
	ck_assert_int_eq(error.error, EISDIR);
	ck_assert_str_eq(error.doing, "read");
	ck_assert_ptr_null(io_list_folder(&io_system, arena, in_folder("none"), &error));
	ck_assert_int_eq(error.error, ENOENT);
	ck_assert(!io_write_file(&io_system, arena, in_folder("none/x"), "1", 1, &error));
	ck_assert_int_eq(error.error, ENOENT);
}
END_TEST

START_TEST(a_folder_is_listed_in_byte_order)
{
	struct io_error error;
	static const char *const names[] = { "乙", "b", "a", "B", "甲" };
	for (size_t i = 0; i < 5; i++)
		ck_assert(io_write_file(&io_system, arena, in_folder(names[i]), "", 0, &error));
	const char **list = io_list_folder(&io_system, arena, folder, &error);
	ck_assert_str_eq(list[0], "B");
	ck_assert_str_eq(list[1], "a");
	ck_assert_str_eq(list[2], "b");
	ck_assert_str_eq(list[3], "乙");
	ck_assert_str_eq(list[4], "甲");
	ck_assert_ptr_null(list[5]);
	ck_assert(io_is_folder(&io_system, folder));
	ck_assert(!io_is_folder(&io_system, in_folder("a")));
	ck_assert(!io_is_folder(&io_system, in_folder("none")));
}
END_TEST

START_TEST(a_device_is_written_not_replaced)
{
	struct io_error error;
	struct stat st;
	ck_assert(io_write_file(&io_system, arena, "/dev/null", "x", 1, &error));
	ck_assert_int_eq(stat("/dev/null", &st), 0);
	ck_assert(S_ISCHR(st.st_mode));
}
END_TEST

/* ---- failing system calls: the call numbered `fail_at` fails once with `fail_with`, or for ever ---- */

static int calls, fail_at, fail_with;
static bool for_ever;

static bool fails(void)
{
	calls++;
	if (fail_at == 0 || (for_ever ? calls < fail_at : calls != fail_at))
		return false;
	errno = fail_with;
	return true;
}

static int failing_open(const char *path, int flags, mode_t mode)
{
	return fails() ? -1 : io_system.open(path, flags, mode);
}
static ssize_t failing_read(int fd, void *bytes, size_t size)
{
	return fails() ? -1 : io_system.read(fd, bytes, size > 2 ? 2 : size);
}
static ssize_t failing_write(int fd, const void *bytes, size_t size)
{
	return fails() ? -1 : io_system.write(fd, bytes, size > 2 ? 2 : size);
}
static int failing_close(int fd)
{
	int result = io_system.close(fd);
	return fails() ? -1 : result;
}
static int failing_fsync(int fd)
{
	return fails() ? -1 : io_system.fsync(fd);
}
static int failing_rename(const char *from, const char *to)
{
	return fails() ? -1 : io_system.rename(from, to);
}
static int failing_fstat(int fd, struct stat *st)
{
	return fails() ? -1 : io_system.fstat(fd, st);
}

static struct io_ops failing_ops(int at, int with, bool ever)
{
	struct io_ops ops = io_system;
	ops.open = failing_open;
	ops.read = failing_read;
	ops.write = failing_write;
	ops.close = failing_close;
	ops.fsync = failing_fsync;
	ops.rename = failing_rename;
	ops.fstat = failing_fstat;
	calls = 0;
	fail_at = at;
	fail_with = with;
	for_ever = ever;
	return ops;
}

static size_t files_in_folder(void)
{
	struct io_error error;
	size_t count = 0;
	const char **names = io_list_folder(&io_system, arena, folder, &error);
	ck_assert_ptr_nonnull(names);
	while (names[count])
		count++;
	return count;
}

static int open_descriptors(void)
{
	int count = 0;
	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) != -1;
	return count;
}

START_TEST(a_failed_write_leaves_the_old_file_and_nothing_else)
{
	struct io_error error;
	const char *path = in_folder("a");
	int descriptors = open_descriptors();
	for (int at = 1; at < 20; at++) {
		ck_assert(io_write_file(&io_system, arena, path, "old", 3, &error));
		struct io_ops ops = failing_ops(at, ENOSPC, _i != 0);
		bool good = io_write_file(&ops, arena, path, "new text", 8, &error);
		ck_assert_int_eq(open_descriptors(), descriptors);
		ck_assert_uint_eq(files_in_folder(), 1);
		expect_file(path, good ? "new text" : "old");
		if (!good)
			ck_assert_int_eq(error.error, ENOSPC);
	}
}
END_TEST

START_TEST(an_interrupted_call_goes_on)
{
	struct io_error error;
	size_t size;
	const char *path = in_folder("a");
	for (int at = 1; at <= 5; at++) {
		struct io_ops ops = failing_ops(at, EINTR, false);
		ck_assert(io_write_file(&ops, arena, path, "new text", 8, &error));
		expect_file(path, "new text");
		ops = failing_ops(at, EINTR, false);
		char *bytes = io_read_file(&ops, arena, path, 100, &size, &error);
		ck_assert_ptr_nonnull(bytes);
		ck_assert_str_eq(bytes, "new text");
	}
}
END_TEST

START_TEST(a_failed_read_is_an_error_and_leaks_nothing)
{
	struct io_error error;
	size_t size;
	const char *path = in_folder("a");
	int descriptors = open_descriptors();
	ck_assert(io_write_file(&io_system, arena, path, "abcdef", 6, &error));
	for (int at = 1; at < 9; at++) {
		struct io_ops ops = failing_ops(at, EIO, _i != 0);
		char *bytes = io_read_file(&ops, arena, path, 100, &size, &error);
		ck_assert_int_eq(open_descriptors(), descriptors);
		if (bytes)
			ck_assert_str_eq(bytes, "abcdef");
		else
			ck_assert_int_eq(error.error, EIO);
	}
}
END_TEST

static ssize_t write_nothing(int fd, const void *bytes, size_t size)
{
	(void)fd;
	(void)bytes;
	(void)size;
	return 0;
}

START_TEST(a_write_that_never_advances_ends)
{
	struct io_ops ops = io_system;
	ops.write = write_nothing;
	errno = 0;
	ck_assert(!io_write_all(&ops, 1, "x", 1));
	ck_assert_int_eq(errno, ENOSPC);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("support");
	TCase *t = tcase_create("support");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, memory_is_zeroed_aligned_and_apart);
	tcase_add_test(t, what_was_given_back_comes_again_zeroed);
	tcase_add_test(t, what_was_taken_last_can_grow);
	tcase_add_test(t, an_empty_arena_can_be_saved_and_restored);
	tcase_add_test(t, impossible_sizes_jump_to_the_handler);
	tcase_add_test(t, the_end_of_memory_jumps_or_is_told);
	tcase_add_test(t, texts_are_copied);
	tcase_add_test(t, a_vec_keeps_what_was_pushed);
	tcase_add_test(t, a_map_finds_every_key);
	tcase_add_test(t, a_memo_finds_what_was_made_of_each_thing);
	tcase_add_test(t, a_writer_ends_with_nul_after_every_call);
	tcase_add_test(t, a_writer_gives_back_what_it_did_not_need);
	tcase_add_test(t, numbers_are_written_in_digits);
	tcase_add_test(t, numbers_are_little_endian);
	tcase_add_test(t, json_strings_are_escaped);
	tcase_add_test(t, only_well_formed_utf8_counts);
	tcase_add_test(t, digests_are_those_of_fips_180);
	tcase_add_test(t, a_file_is_written_and_read_whole);
	tcase_add_test(t, a_file_over_its_limit_is_refused);
	tcase_add_test(t, a_missing_file_says_so);
	tcase_add_test(t, a_folder_is_listed_in_byte_order);
	tcase_add_test(t, a_device_is_written_not_replaced);
	tcase_add_loop_test(t, a_failed_write_leaves_the_old_file_and_nothing_else, 0, 2);
	tcase_add_test(t, an_interrupted_call_goes_on);
	tcase_add_loop_test(t, a_failed_read_is_an_error_and_leaks_nothing, 0, 2);
	tcase_add_test(t, a_write_that_never_advances_ends);
	suite_add_tcase(s, t);
	return s;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
