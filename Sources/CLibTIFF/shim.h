// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdarg.h>
#include <stdio.h>
#include <tiffio.h>

/// Bytes of libtiff's words that are kept, with the closing zero.
#define fl_tiff_message_size 256

/// Keeps libtiff's first error of one open file in the caller's buffer; `va_list` does not import.
static inline int fl_tiff_keep_error(TIFF *tiff, void *buffer, const char *module, const char *format, va_list values) {
    char *text = (char *)buffer;
    if (text[0] == 0) {
        vsnprintf(text, fl_tiff_message_size, format, values);
    }
    return 1;
}

/// Swallows a warning: libtiff warns of every unknown tag.
static inline int fl_tiff_drop_warning(TIFF *tiff, void *buffer, const char *module, const char *format, va_list values) {
    return 1;
}

/// Options that report errors of one file into `buffer` of `fl_tiff_message_size` bytes, and to nobody else.
static inline TIFFOpenOptions *fl_tiff_options(char *buffer, tmsize_t largest_allocation) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (options != NULL) {
        TIFFOpenOptionsSetMaxSingleMemAlloc(options, largest_allocation);
        TIFFOpenOptionsSetErrorHandlerExtR(options, fl_tiff_keep_error, buffer);
        TIFFOpenOptionsSetWarningHandlerExtR(options, fl_tiff_drop_warning, buffer);
    }
    return options;
}

/// A field of 32 bits; 0 where it is missing.
static inline uint32_t fl_tiff_field_32(TIFF *tiff, uint32_t tag) {
    uint32_t value = 0;
    return TIFFGetField(tiff, tag, &value) ? value : 0;
}

/// A field of 16 bits, or libtiff's default for it; 0 where it is missing.
static inline uint16_t fl_tiff_field_16(TIFF *tiff, uint32_t tag) {
    uint16_t value = 0;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : 0;
}

/// How many samples beside the colours a pixel has.
static inline uint16_t fl_tiff_extra_samples(TIFF *tiff) {
    uint16_t count = 0;
    uint16_t *kinds = NULL;
    return TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) ? count : 0;
}

/// What one of them is: 0 unspecified, 1 opacity that colours are weighted with, 2 opacity that they are not.
static inline uint16_t fl_tiff_extra_sample(TIFF *tiff, uint16_t index) {
    uint16_t count = 0;
    uint16_t *kinds = NULL;
    if (!TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) || index >= count) return 0;
    return kinds[index];
}

/// How many directories hang below this one.
static inline uint16_t fl_tiff_sub_directories(TIFF *tiff) {
    uint16_t count = 0;
    uint64_t *places = NULL;
    return TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &places) ? count : 0;
}

/// Where one of them stands.
static inline uint64_t fl_tiff_sub_directory(TIFF *tiff, uint16_t index) {
    uint16_t count = 0;
    uint64_t *places = NULL;
    if (!TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &places) || index >= count) return 0;
    return places[index];
}

/// Whether the file says which version of DNG it is.
static inline int fl_tiff_is_dng(TIFF *tiff) {
    uint8_t *version = NULL;
    return TIFFGetField(tiff, TIFFTAG_DNGVERSION, &version);
}

/// The maker of the camera, or nothing; it lives as long as the directory is open.
static inline const char *fl_tiff_make(TIFF *tiff) {
    const char *make = NULL;
    return TIFFGetField(tiff, TIFFTAG_MAKE, &make) && make ? make : "";
}
