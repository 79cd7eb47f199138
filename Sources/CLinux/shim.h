// SPDX-License-Identifier: Apache-2.0
// What the system's C library offers and Swift's Glibc module leaves out.
#pragma once
#include <malloc.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Waits until all that was written to the file system of `descriptor` is on the disk; -1 and errno if it cannot be.
static inline int fl_syncfs(int descriptor) { return (int)syscall(SYS_syncfs, descriptor); }

/// Has a program that is started inherit no file from `from` on.
static inline int fl_spawn_closefrom(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

/// This process's environment, as a list that ends with NULL.
static inline char **fl_environment(void) { return environ; }
