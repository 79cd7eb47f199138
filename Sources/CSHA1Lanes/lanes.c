// SPDX-License-Identifier: Apache-2.0
#include "CSHA1Lanes.h"

#if defined(__x86_64__)

typedef uint32_t lanes __attribute__((vector_size(4 * fl_sha1_lane_count), aligned(4), may_alias));

#define ROTATED(value, bits) (((value) << (bits)) | ((value) >> (32 - (bits))))

// SHA-1's compression (FIPS 180-4, 6.1.2) of the one block that follows HMAC's key: a value of 20 bytes, the bit that
// ends the text, and its length, with the key's block, in bits.
static inline __attribute__((always_inline)) void compress(const uint32_t start[5], lanes value[5]) {
    const lanes none = {0};
    lanes words[16];
    for (int i = 0; i < 5; i++) words[i] = value[i];
    words[5] = none + 0x80000000;
    for (int i = 6; i < 15; i++) words[i] = none;
    words[15] = none + (64 + 20) * 8;

    lanes a = none + start[0], b = none + start[1], c = none + start[2], d = none + start[3], e = none + start[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 80; i++) {
        lanes *word = &words[i & 15];
        if (i >= 16) {
            const lanes mixed = words[(i + 13) & 15] ^ words[(i + 8) & 15] ^ words[(i + 2) & 15] ^ *word;
            *word = ROTATED(mixed, 1);
        }
        lanes chosen;
        uint32_t constant;
        if (i < 20) {
            chosen = (b & c) | (~b & d);
            constant = 0x5a827999;
        } else if (i < 40) {
            chosen = b ^ c ^ d;
            constant = 0x6ed9eba1;
        } else if (i < 60) {
            chosen = (b & c) | (b & d) | (c & d);
            constant = 0x8f1bbcdc;
        } else {
            chosen = b ^ c ^ d;
            constant = 0xca62c1d6;
        }
        // What is known first is added first: the next step waits for `a`.
        const lanes next = ROTATED(a, 5) + (chosen + (e + (*word + constant)));
        e = d;
        d = c;
        c = ROTATED(b, 30);
        b = a;
        a = next;
    }
    value[0] = a + start[0];
    value[1] = b + start[1];
    value[2] = c + start[2];
    value[3] = d + start[3];
    value[4] = e + start[4];
}

static inline __attribute__((always_inline)) void
repeat(unsigned rounds, const uint32_t inner[5], const uint32_t outer[5], uint32_t values[5 * fl_sha1_lane_count]) {
    lanes *const combined = (lanes *)values;
    lanes value[5];
    for (int i = 0; i < 5; i++) value[i] = combined[i];
    for (unsigned round = 0; round < rounds; round++) {
        compress(inner, value);
        compress(outer, value);
        for (int i = 0; i < 5; i++) combined[i] ^= value[i];
    }
}

__attribute__((target("avx2"))) static void
repeat_avx2(unsigned rounds, const uint32_t inner[5], const uint32_t outer[5], uint32_t values[5 * fl_sha1_lane_count]) {
    repeat(rounds, inner, outer, values);
}

__attribute__((target("avx512f"), min_vector_width(512))) static void
repeat_avx512(unsigned rounds, const uint32_t inner[5], const uint32_t outer[5], uint32_t values[5 * fl_sha1_lane_count]) {
    repeat(rounds, inner, outer, values);
}

#endif

bool fl_sha1_has(fl_sha1_registers registers) {
#if defined(__x86_64__)
    switch (registers) {
    case fl_sha1_avx2: return __builtin_cpu_supports("avx2");
    case fl_sha1_avx512: return __builtin_cpu_supports("avx512f");
    }
#endif
    return false;
}

void fl_sha1_rounds(
    fl_sha1_registers registers,
    unsigned rounds,
    const uint32_t inner[5],
    const uint32_t outer[5],
    uint32_t values[5 * fl_sha1_lane_count]
) {
#if defined(__x86_64__)
    switch (registers) {
    case fl_sha1_avx2: return repeat_avx2(rounds, inner, outer, values);
    case fl_sha1_avx512: return repeat_avx512(rounds, inner, outer, values);
    }
#endif
    __builtin_trap();
}
