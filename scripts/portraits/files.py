# SPDX-License-Identifier: Apache-2.0
"""Saves pictures in every format and variant that people hand in, whole or broken."""

import io
import os
import struct
import subprocess
import tempfile
import zlib

import numpy as np
from PIL import Image

MAX_SIDE, MAX_BYTES = 1280, 524288
# What to do to an upright picture so that the EXIF orientation turns it upright again.
TURNED = {
    1: None,
    2: Image.FLIP_LEFT_RIGHT,
    3: Image.ROTATE_180,
    4: Image.FLIP_TOP_BOTTOM,
    5: Image.TRANSPOSE,
    6: Image.ROTATE_90,
    7: Image.TRANSVERSE,
    8: Image.ROTATE_270,
}


class Saved:
    """The bytes of a file, and whether a device takes them as they are."""

    def __init__(self, data, size, plain):
        self.data = data
        self.fits = plain and max(size) <= MAX_SIDE and len(data) <= MAX_BYTES


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(image, quality=88, orientation=None, progressive=False, subsampling="4:2:0", mode="RGB"):
    """A JPEG; `orientation` is written into EXIF and the pixels are turned to match."""
    options = {"quality": quality, "progressive": progressive}
    if mode != "L":
        options["subsampling"] = subsampling
    if orientation is not None:
        exif = Image.Exif()
        exif[0x010F], exif[0x0110], exif[0x0112] = "Drawn", "draw_portraits.py", orientation
        options["exif"] = exif.tobytes()
        if TURNED[orientation] is not None:
            image = image.transpose(TURNED[orientation])
    data = saved(image.convert(mode) if mode != image.mode else image, "JPEG", **options)
    return Saved(data, image.size, orientation in (None, 1) and mode != "CMYK")


def jpeg_near(image, target):
    """The best JPEG of at most `target` bytes."""
    low, high = 30, 97
    while low < high:
        middle = (low + high + 1) // 2
        if len(jpeg(image, quality=middle).data) <= target:
            low = middle
        else:
            high = middle - 1
    return jpeg(image, quality=low)


def with_comment(data, text):
    """A JPEG with a comment segment right after its start marker; the picture stays the same."""
    note = text.encode()
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + data[2:]


def png(image, variant="rgb"):
    """A PNG: `rgb`, `palette`, `grey`, `grey16`, `rgb16` or `rgba`."""
    level = {"compress_level": 3}
    if variant == "palette":
        return Saved(saved(image.quantize(256), "PNG", **level), image.size, True)
    if variant == "grey":
        return Saved(saved(image.convert("L"), "PNG", **level), image.size, True)
    if variant == "rgba":
        clear = Image.new("L", image.size, 255)
        edge = max(4, image.width // 12)
        clear.paste(Image.linear_gradient("L").resize((image.width, edge)), (0, 0))
        return Saved(saved(Image.merge("RGBA", [*image.split(), clear]), "PNG", **level), image.size, False)
    if variant in ("grey16", "rgb16"):
        return Saved(png16(image, grey=variant == "grey16"), image.size, False)
    return Saved(saved(image, "PNG", **level), image.size, True)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png16(image, grey):
    """A PNG of 16 bit a channel, written by hand as Pillow does not write colour ones."""
    deep = np.asarray(image.convert("L") if grey else image).astype(">u2") * 257
    rows = deep.reshape(image.height, -1).view(np.uint8)
    lines = np.hstack([np.zeros((image.height, 1), np.uint8), rows]).tobytes()
    header = struct.pack(">IIBBBBB", image.width, image.height, 16, 0 if grey else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 1)) + chunk(b"IEND", b"")


def bmp(image, variant="rgb"):
    picture = image.quantize(256) if variant == "palette" else image
    return Saved(saved(picture, "BMP"), image.size, True)


def tiff(image, compression=None):
    """A TIFF: not compressed, `lzw` or `deflate`."""
    options = {"compression": {"lzw": "tiff_lzw", "deflate": "tiff_adobe_deflate"}[compression]} if compression else {}
    return Saved(saved(image, "TIFF", **options), image.size, True)


def webp(image, quality=85):
    return Saved(saved(image, "WEBP", quality=quality, method=1), image.size, False)


def heic(image, quality=60):
    """A HEIC file as phones write it, through libheif's own encoder."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "in.png"), os.path.join(folder, "out.heic")
        image.save(source, compress_level=1)
        run = subprocess.run(["heif-enc", "-q", str(quality), "-o", target, source], capture_output=True, check=False)
        if run.returncode != 0:
            raise RuntimeError("heif-enc (Debian: libheif-examples) failed: " + run.stderr.decode(errors="replace"))
        with open(target, "rb") as file:
            return Saved(file.read(), image.size, False)


def png_bomb(side=20000):
    """A PNG of a few bytes that claims 400 million pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")
    )


def jpeg_bomb(side=20000):
    """A small JPEG whose frame header claims 400 million pixels."""
    data = bytearray(saved(Image.new("RGB", (64, 64), (90, 120, 80)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", side, side)
    return bytes(data)
