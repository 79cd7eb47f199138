#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# simplejpeg 1.9.0, told not to be strict (strict=False: "recoverable errors" shall pass), takes a JPEG that has lost the
# second half of its data, and refuses one of which nothing is lost but whose JFIF header gives a revision to come (2.01).
#
# Both make libjpeg-turbo warn. strict=False is honoured where the pixels are decoded, and not where the header is read
# before that: there libturbojpeg returns -1 for a mere warning too, and the caller must ask tjGetErrorCode.
# Why it matters: the revision is one byte that decoders do not go by; Pillow reads the file to the last pixel. Whoever
# passes strict=False to be lenient with what cameras write gets the opposite: sound photos refused, broken ones stored
# with a grey half. A warning of libjpeg has to be judged for what it means, not by where it was raised.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
    simplejpeg==1.9.0 pillow==12.0.0 numpy==2.3.5
"$folder/python/bin/python" - <<'PYTHON'
import io
import sys

import numpy
import simplejpeg
from PIL import Image

rows, columns = numpy.mgrid[0:256, 0:256]
drawing = numpy.dstack([rows, columns, (rows * columns) // 256]).astype(numpy.uint8)
drawing[64:192, 64:192] = (rows[64:192, 64:192, None] * 37 + columns[64:192, 64:192, None] * 91) % 256
file = io.BytesIO()
Image.fromarray(drawing).save(file, "JPEG", quality=90)
sound = file.getvalue()
assert sound[6:11] == b"JFIF\0"
revised = sound[:11] + b"\x02" + sound[12:]
halved = sound[: len(sound) // 2] + b"\xff\xd9"


def simple(data, strict):
    try:
        picture = simplejpeg.decode_jpeg(data, strict=strict)
        return f"read, {(picture[-8:] == 128).mean():.0%} of the last rows made up in grey"
    except ValueError as error:
        return f"refused: {error}"


pixels = [numpy.asarray(Image.open(io.BytesIO(data)).convert("RGB")) for data in (sound, revised)]
print("Pillow: the same pixels with the revision 2.01:", bool((pixels[0] == pixels[1]).all()))
seen = {}
for name, data in (("sound", sound), ("revision 2.01", revised), ("half of its data", halved)):
    for strict in (True, False):
        seen[name, strict] = simple(data, strict)
        print(f"simplejpeg, strict={strict}, {name}: {seen[name, strict]}")
same = (
    (pixels[0] == pixels[1]).all()
    and seen["sound", False].startswith("read, 0%")
    and seen["revision 2.01", False].startswith("refused")
    and seen["half of its data", True].startswith("refused")
    and seen["half of its data", False].startswith("read, 100%")
)
sys.exit(0 if same else "this has changed")
PYTHON
