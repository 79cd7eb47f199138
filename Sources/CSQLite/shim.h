// SPDX-License-Identifier: Apache-2.0
// What SQLite offers as a function of any number of arguments, which Swift cannot call; all else comes by GRDB.
#pragma once

extern int sqlite3_config(int option, ...);

/// Has SQLite keep no count of its memory, for which it would take a lock at each allocation. An error code once SQLite
/// has begun to work.
static inline int fl_sqlite_without_memory_statistics(void) {
    const int memory_statistics = 9;  // SQLITE_CONFIG_MEMSTATUS
    return sqlite3_config(memory_statistics, 0);
}
