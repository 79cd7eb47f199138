// SPDX-License-Identifier: Apache-2.0
// All that libjpeg warns of while it reads a file. It is ours because libjpeg reports faults by a jump, which Swift cannot
// take part in, and because libturbojpeg keeps one warning of a file only: docs/decisions/0045-warnings-of-libjpeg.md.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>

/// One warning: its code in jerror.h, libjpeg's words, and what they count.
typedef struct {
    /// The code, one of `JWRN_…`.
    int code;
    /// libjpeg's words, with a closing zero; they live as long as the call that hands them out.
    const char *_Nonnull words;
    /// For `JWRN_EXTRANEOUS_DATA`: how many bytes were passed over.
    int skipped;
    /// How far the file was read, in bytes from its start; at most its length.
    size_t place;
    /// How many of the picture's scans had begun.
    int scans;
} fl_jpeg_warning;

/// Takes one warning; `context` is what `fl_jpeg_warnings` was given.
typedef void (*fl_jpeg_warned)(void *_Nullable context, const fl_jpeg_warning *_Nonnull warning);

/// Reads a file to its end at an eighth of its size and hands out each warning, in order.
///
/// Returns 0, or -1 where libjpeg gives up, with its words in `words`, cut to `capacity` with their closing zero. More than
/// `scan_limit` scans are given up too, as they would take for ever.
int fl_jpeg_warnings(
    const uint8_t *_Nullable bytes,
    size_t count,
    int scan_limit,
    fl_jpeg_warned _Nonnull warned,
    void *_Nullable context,
    char *_Nonnull words,
    size_t capacity
);
