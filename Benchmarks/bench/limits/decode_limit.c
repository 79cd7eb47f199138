// SPDX-License-Identifier: Apache-2.0
// What this machine can decode at best: the files are in memory already, and nothing else is done with them.
//
//   decode-limit grey|planes|rgb NUM/DEN THREADS FILE…
//
// Prints the seconds that decoding every file once took. Each thread has one handle and one buffer for all its files.
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <turbojpeg.h>

enum output { GREY, PLANES, RGB };

struct file {
    unsigned char *bytes;
    unsigned long length;
};

static enum output output;
static tjscalingfactor scale;
static struct file *files;
static int file_count;
static atomic_int next_file;

static void fail(const char *what, const char *why) {
    fprintf(stderr, "decode-limit: %s: %s\n", what, why);
    exit(1);
}

static struct file read_file(const char *path) {
    FILE *stream = fopen(path, "rb");
    if (!stream || fseek(stream, 0, SEEK_END)) fail(path, strerror(errno));
    struct file file = {.length = (unsigned long)ftell(stream)};
    rewind(stream);
    file.bytes = malloc(file.length);
    if (!file.bytes || fread(file.bytes, 1, file.length, stream) != file.length) fail(path, "cannot be read");
    fclose(stream);
    return file;
}

// A buffer of at least this size; what was in it is of no use any more.
static unsigned char *grown(unsigned char *buffer, size_t *size, size_t needed) {
    if (needed <= *size) return buffer;
    free(buffer);
    *size = needed;
    buffer = malloc(needed);
    if (!buffer) fail("malloc", "no memory");
    return buffer;
}

static void *decode_files(void *unused) {
    tjhandle handle = tjInitDecompress();
    if (!handle) fail("tjInitDecompress", tjGetErrorStr());
    unsigned char *buffer = NULL;
    size_t size = 0;
    int index;
    while ((index = atomic_fetch_add(&next_file, 1)) < file_count) {
        struct file file = files[index];
        int width, height, sampling, space;
        if (tjDecompressHeader3(handle, file.bytes, file.length, &width, &height, &sampling, &space))
            fail("header", tjGetErrorStr2(handle));
        width = TJSCALED(width, scale);
        height = TJSCALED(height, scale);
        int status;
        if (output == PLANES) {
            unsigned char *planes[3] = {NULL, NULL, NULL};
            size_t place[3], needed = 0;
            int count = sampling == TJSAMP_GRAY ? 1 : 3;
            for (int plane = 0; plane < count; plane++) {
                place[plane] = needed;
                needed += tjPlaneSizeYUV(plane, width, 0, height, sampling);
            }
            buffer = grown(buffer, &size, needed);
            for (int plane = 0; plane < count; plane++) planes[plane] = buffer + place[plane];
            status = tjDecompressToYUVPlanes(handle, file.bytes, file.length, planes, width, NULL, height, 0);
        } else {
            int format = output == GREY ? TJPF_GRAY : TJPF_RGB;
            buffer = grown(buffer, &size, (size_t)width * height * tjPixelSize[format]);
            status = tjDecompress2(handle, file.bytes, file.length, buffer, width, 0, height, format, 0);
        }
        if (status) fail("decoding", tjGetErrorStr2(handle));
    }
    free(buffer);
    tjDestroy(handle);
    return unused;
}

int main(int argc, char **argv) {
    if (argc < 5 || sscanf(argv[2], "%d/%d", &scale.num, &scale.denom) != 2) {
        fputs("usage: decode-limit grey|planes|rgb NUM/DEN THREADS FILE...\n", stderr);
        return 64;
    }
    output = !strcmp(argv[1], "grey") ? GREY : !strcmp(argv[1], "planes") ? PLANES : RGB;
    int thread_count = atoi(argv[3]);
    file_count = argc - 4;
    files = calloc(file_count, sizeof *files);
    for (int index = 0; index < file_count; index++) files[index] = read_file(argv[4 + index]);

    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pthread_t threads[thread_count];
    for (int index = 0; index < thread_count; index++)
        if (pthread_create(&threads[index], NULL, decode_files, NULL)) fail("pthread_create", strerror(errno));
    for (int index = 0; index < thread_count; index++) pthread_join(threads[index], NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.6f\n", (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9);
    return 0;
}
