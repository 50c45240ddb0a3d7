/* Ends the program at the n-th commit of its SQLite database, seen from outside: loaded before the C library, it counts
 * what the program does to the write-ahead log. In WAL mode with synchronous=FULL a commit is some writes to the log and
 * then one sync of it (https://www.sqlite.org/wal.html); so the first write after a sync begins the next commit, and the
 * sync ends it.
 *
 *   COMMITS_FILE   gets the number of commits so far, as text, after each of them
 *   COMMITS_DIE_AT the number of the commit at which the program ends; 0 or nothing for none
 *   COMMITS_DIE    "before" its first write, or "after" its sync
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int commits;
static int writing;

static int is_log(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 4) return 0;
    path[length] = 0;
    return strcmp(path + length - 4, "-wal") == 0;
}

static int dies(const char *when) {
    const char *number = getenv("COMMITS_DIE_AT"), *wanted = getenv("COMMITS_DIE");
    return number && wanted && atoi(number) == commits && strcmp(wanted, when) == 0;
}

static void written(int file) {
    if (writing || !is_log(file)) return;
    writing = 1;
    commits += 1;
    if (dies("before")) kill(getpid(), SIGKILL);
}

static void synced(int file) {
    if (!is_log(file)) return;
    writing = 0;
    const char *path = getenv("COMMITS_FILE");
    if (path) {
        char text[32];
        int length = snprintf(text, sizeof text, "%-8d\n", commits);
        int target = open(path, O_WRONLY | O_CREAT, 0600);
        if (target >= 0) {
            ssize_t (*plain)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
            if (plain(target, text, length) < 0) abort();
            close(target);
        }
    }
    if (dies("after")) kill(getpid(), SIGKILL);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
    ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    written(file);
    return next(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    ssize_t (*next)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    written(file);
    return next(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length) {
    ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    written(file);
    return next(file, bytes, length);
}

int fsync(int file) {
    int (*next)(int) = dlsym(RTLD_NEXT, "fsync");
    int result = next(file);
    synced(file);
    return result;
}

int fdatasync(int file) {
    int (*next)(int) = dlsym(RTLD_NEXT, "fdatasync");
    int result = next(file);
    synced(file);
    return result;
}
