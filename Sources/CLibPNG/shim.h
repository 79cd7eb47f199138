// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <png.h>

/// `PNG_FORMAT_RGB` is an expression of macros, which does not import.
static const png_uint_32 fl_png_format_rgb = PNG_FORMAT_RGB;

/// `PNG_IMAGE_FAILED` is a function-like macro, which does not import.
static inline int fl_png_failed(const png_image *image) {
    return PNG_IMAGE_FAILED(*image);
}
