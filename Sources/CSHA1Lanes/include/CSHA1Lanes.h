// SPDX-License-Identifier: Apache-2.0
// Rounds of PBKDF2 with HMAC-SHA-1 for 16 values at once: each word of SHA-1's state is a vector, each value a lane of it.
// Why it is ours, and what it is held against: docs/decisions/0025-passphrases-in-lanes.md.
#pragma once
#include <stdbool.h>
#include <stdint.h>

/// How many values go through the rounds at once.
enum { fl_sha1_lane_count = 16 };

/// The registers that the lanes lie in.
typedef enum __attribute__((enum_extensibility(closed))) {
    fl_sha1_avx2,
    fl_sha1_avx512,
} fl_sha1_registers;

/// Whether this processor has them.
bool fl_sha1_has(fl_sha1_registers registers);

/// Hashes each value as often as there are rounds, and leaves all values that came of it combined in its place.
///
/// `inner` and `outer` are the states of HMAC's two hashes after its key; word `w` of lane `l` stands in `values` at
/// `w * fl_sha1_lane_count + l`. The processor must have the registers.
void fl_sha1_rounds(
    fl_sha1_registers registers,
    unsigned rounds,
    const uint32_t inner[5],
    const uint32_t outer[5],
    uint32_t values[5 * fl_sha1_lane_count]
);
