// SPDX-License-Identifier: Apache-2.0
// What the system's C library offers and Swift's Glibc module leaves out.
#pragma once
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Waits until all that was written to the file system of `descriptor` is on the disk; -1 and errno if it cannot be.
static inline int fl_syncfs(int descriptor) { return (int)syscall(SYS_syncfs, descriptor); }
