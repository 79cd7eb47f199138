// SPDX-License-Identifier: Apache-2.0
// What the system's C library offers and Swift's Glibc module leaves out.
#pragma once
#include <malloc.h>
#include <spawn.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;
extern int sync_file_range(int descriptor, __off64_t offset, __off64_t count, unsigned flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Has the disk begin with what was written to a file, without waiting for it; -1 and errno if it cannot be told to.
static inline int fl_start_writeback(int descriptor) {
    const unsigned write = 2;  // SYNC_FILE_RANGE_WRITE
    return sync_file_range(descriptor, 0, 0, write);
}

/// Has a program that is started inherit no file from `from` on.
static inline int fl_spawn_closefrom(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

/// This process's environment, as a list that ends with NULL.
static inline char **fl_environment(void) { return environ; }
