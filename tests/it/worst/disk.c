/* Lets the disk under a SQLite database fail, seen from outside: loaded before the C library, it refuses what the program
 * writes to the database and its log for as long as a file says so.
 *
 *   DISK_FAULT  the file; while it is there, writes fail with the error number in it (28 ENOSPC, 30 EROFS)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_database(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, ".db") != NULL;
}

/* The error that writing to this file meets now, or 0. */
static int fault(int file) {
    const char *path = getenv("DISK_FAULT");
    if (!path || access(path, F_OK) != 0 || !is_database(file)) return 0;
    char text[16] = {0};
    int source = open(path, O_RDONLY);
    if (source < 0) return 0;
    ssize_t length = read(source, text, sizeof text - 1);
    close(source);
    return length > 0 ? atoi(text) : 0;
}

#define REFUSES(file)               \
    do {                            \
        int error = fault(file);    \
        if (error) {                \
            errno = error;          \
            return -1;              \
        }                           \
    } while (0)

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
    ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    REFUSES(file);
    return next(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    ssize_t (*next)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    REFUSES(file);
    return next(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length) {
    ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    REFUSES(file);
    return next(file, bytes, length);
}
