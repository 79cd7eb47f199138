// SPDX-License-Identifier: Apache-2.0
// libheif, loaded when it is first needed: with the decoders that it brings along it would take a third of the time in
// which a program starts, and most runs see no HEIF file (docs/decisions/0022-start-up.md).
#pragma once
#include <dlfcn.h>
#include <libheif/heif.h>

// What is used of libheif: fl_heif has a pointer to each function, without its prefix.
#define FL_HEIF_FUNCTIONS(each) \
    each(init) \
    each(context_alloc) \
    each(context_free) \
    each(context_read_from_memory_without_copy) \
    each(context_get_primary_image_handle) \
    each(image_handle_release) \
    each(image_handle_get_width) \
    each(image_handle_get_height) \
    each(image_handle_get_luma_bits_per_pixel) \
    each(image_handle_has_alpha_channel) \
    each(image_handle_is_premultiplied_alpha) \
    each(decoding_options_alloc) \
    each(decoding_options_free) \
    each(decode_image) \
    each(image_release) \
    each(image_get_decoding_warnings) \
    each(image_get_plane_readonly) \
    each(image_get_width) \
    each(image_get_height)

struct fl_heif {
#define FL_HEIF_POINTER(name) __typeof__(heif_##name) *_Nonnull name;
    FL_HEIF_FUNCTIONS(FL_HEIF_POINTER)
#undef FL_HEIF_POINTER
};

/// Loads libheif for the rest of the process.
///
/// Returns NULL, or the system's words about what is missing; `heif` is complete only then.
static inline const char *_Nullable fl_heif_load(struct fl_heif *_Nonnull heif) {
    void *library = dlopen("libheif.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define FL_HEIF_FIND(name) \
    if (!(heif->name = (__typeof__(heif->name))dlsym(library, "heif_" #name))) return dlerror();
    FL_HEIF_FUNCTIONS(FL_HEIF_FIND)
#undef FL_HEIF_FIND
    return NULL;
}
