// SPDX-License-Identifier: Apache-2.0
#include "CJPEGWarnings.h"
#include <setjmp.h>
#include <string.h>

/// What libjpeg's callbacks find beside the decompressor; each base struct must come first.
typedef struct {
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf way_out;
    const uint8_t *bytes;
    size_t count;
    int scan_limit;
    fl_jpeg_warned warned;
    void *context;
    char words[JMSG_LENGTH_MAX];
} reading;

static reading *reading_of(j_common_ptr info) { return (reading *)info->err; }

static void give_up(j_common_ptr info) {
    reading *self = reading_of(info);
    self->errors.format_message(info, self->words);
    longjmp(self->way_out, 1);
}

static void stop_endless_scans(j_common_ptr info) {
    reading *self = reading_of(info);
    if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > self->scan_limit) {
        snprintf(self->words, sizeof self->words, "Progressive JPEG image has more than %d scans", self->scan_limit);
        longjmp(self->way_out, 1);
    }
}

static void hand_out(j_common_ptr info, int level) {
    // Levels from 0 on only trace what is read.
    if (level >= 0) return;
    reading *self = reading_of(info);
    j_decompress_ptr decompressor = (j_decompress_ptr)info;
    self->errors.format_message(info, self->words);
    // Where the file ends early, libjpeg reads an end marker of its own that lies elsewhere.
    size_t place = self->count;
    const uint8_t *next = decompressor->src ? decompressor->src->next_input_byte : NULL;
    if (next >= self->bytes && next <= self->bytes + self->count) place = (size_t)(next - self->bytes);
    fl_jpeg_warning warning = {
        .code = self->errors.msg_code,
        .words = self->words,
        .skipped = self->errors.msg_code == JWRN_EXTRANEOUS_DATA ? self->errors.msg_parm.i[0] : 0,
        .place = place,
        .scans = decompressor->input_scan_number,
    };
    self->warned(self->context, &warning);
}

static void say_nothing(j_common_ptr info) { (void)info; }

int fl_jpeg_warnings(
    const uint8_t *bytes,
    size_t count,
    int scan_limit,
    fl_jpeg_warned warned,
    void *context,
    char *words,
    size_t capacity
) {
    struct jpeg_decompress_struct info;
    reading self = {
        .bytes = bytes, .count = count, .scan_limit = scan_limit, .warned = warned, .context = context,
    };
    memset(&info, 0, sizeof info);
    info.err = jpeg_std_error(&self.errors);
    self.errors.error_exit = give_up;
    self.errors.emit_message = hand_out;
    self.errors.output_message = say_nothing;
    if (setjmp(self.way_out)) {
        jpeg_destroy_decompress(&info);
        snprintf(words, capacity, "%s", self.words);
        return -1;
    }
    jpeg_create_decompress(&info);
    self.progress.progress_monitor = stop_endless_scans;
    info.progress = &self.progress;
    jpeg_mem_src(&info, bytes, count);
    jpeg_read_header(&info, TRUE);
    // No colour is converted and nothing is smoothed: only what the file holds is of interest.
    info.out_color_space = info.jpeg_color_space;
    info.do_fancy_upsampling = FALSE;
    info.scale_num = 1;
    info.scale_denom = 8;
    jpeg_start_decompress(&info);
    JSAMPARRAY row = (*info.mem->alloc_sarray)(
        (j_common_ptr)&info, JPOOL_IMAGE, info.output_width * (JDIMENSION)info.output_components, 1
    );
    while (info.output_scanline < info.output_height) jpeg_read_scanlines(&info, row, 1);
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return 0;
}
