# SPDX-License-Identifier: Apache-2.0
"""Paint for portraits: smooth outlines, shaded regions, soft spots, grain."""

import math
import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SPOT = ImageChops.invert(Image.radial_gradient("L"))


def smooth(points, closed=True, steps=6):
    """Points on a Catmull-Rom curve through `points`."""
    p = np.asarray(points, dtype=float)
    if closed:
        before, after, beyond = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
        start = p
    else:
        q = np.vstack([p[:1], p, p[-1:]])
        before, start, after, beyond = q[:-3], q[1:-2], q[2:-1], q[3:]
    t = (np.arange(steps) / steps)[None, :, None]
    before, start, after, beyond = (a[:, None, :] for a in (before, start, after, beyond))
    curve = 0.5 * (
        2 * start
        + (after - before) * t
        + (2 * before - 5 * start + 4 * after - beyond) * t**2
        + (3 * start - before - 3 * after + beyond) * t**3
    )
    curve = curve.reshape(-1, 2)
    return curve if closed else np.vstack([curve, p[-1:]])


def ellipse(x, y, rx, ry, steps=28):
    angle = np.linspace(0, 2 * math.pi, steps, endpoint=False)
    return np.column_stack([x + rx * np.cos(angle), y + ry * np.sin(angle)])


def mirrored(half):
    """The whole outline of which `half` is the right side, from top to bottom."""
    half = np.asarray(half, dtype=float)
    left = half[::-1] * (-1, 1)
    return np.vstack([half, left[(np.abs(left[:, 0]) > 1e-9)]])


def mix(a, b, share):
    return tuple(int(round(x + (y - x) * share)) for x, y in zip(a, b))


def ramp(colour, contrast=1.0):
    """Tables from a shade (128 is `colour` itself) to red, green and blue."""
    dark = tuple(c * f for c, f in zip(colour, (0.30, 0.24, 0.24)))
    light = tuple(c + (255 - c) * 0.75 for c in colour)
    shade = (np.arange(256) - 128) / 128.0 * contrast
    tables = []
    for base, low, high in zip(colour, dark, light):
        values = np.where(shade < 0, base + (base - low) * shade, base + (high - base) * shade)
        tables.append(np.clip(values, 0, 255).astype(np.uint8).tolist())
    return tables


class Painter:
    """Paints in face units: 1 is half the width of the face, y points down, (0, 0) lies between the eyes."""

    def __init__(self, image, centre, unit, tilt, light, rng):
        self.image = image
        self.draw = ImageDraw.Draw(image)
        self.centre, self.unit = centre, unit
        self.turn = np.array([[math.cos(tilt), math.sin(tilt)], [-math.sin(tilt), math.cos(tilt)]])
        self.light = light
        self.rng = rng

    def pixels(self, points):
        return np.asarray(points, dtype=float) @ self.turn * self.unit + self.centre

    def box(self, outlines):
        every = np.vstack(outlines)
        low, high = np.floor(every.min(0)) - 2, np.ceil(every.max(0)) + 3
        left, top = max(0, int(low[0])), max(0, int(low[1]))
        right, bottom = min(self.image.width, int(high[0])), min(self.image.height, int(high[1]))
        return (left, top, right, bottom) if right - left > 8 and bottom - top > 8 else None

    def region(self, outlines, colour, depth=60, reach=0.3, side=26, texture=None, holes=(), contrast=1.0):
        """Fills outlines with a colour that is darker towards the edges and away from the light."""
        outlines = [self.pixels(o) for o in outlines]
        box = self.box(outlines)
        if box is None:
            return
        size = (box[2] - box[0], box[3] - box[1])
        corner = np.array(box[:2])
        mask = Image.new("L", size)
        pen = ImageDraw.Draw(mask)
        for outline in outlines:
            pen.polygon([tuple(p) for p in outline - corner], fill=255)
        for hole in holes:
            pen.polygon([tuple(p) for p in self.pixels(hole) - corner], fill=0)
        small = mask.resize((max(2, size[0] // 4), max(2, size[1] // 4)), Image.BOX)
        inside = np.asarray(small.filter(ImageFilter.GaussianBlur(self.unit * reach / 4)), dtype=np.float32)
        across = np.linspace(-1, 1, inside.shape[1], dtype=np.float32)[None, :] * self.light[0]
        down = np.linspace(-1, 1, inside.shape[0], dtype=np.float32)[:, None] * self.light[1]
        shade = 134 + (inside - 225) * (depth / 255.0) * 1.6 + (across + down) * side
        shade = Image.fromarray(np.clip(shade, 0, 255).astype(np.uint8)).resize(size, Image.BILINEAR)
        if texture is not None:
            shade = ImageChops.add(shade, texture(size, corner), 1, -128)
        layer = Image.merge("RGB", [shade.point(table) for table in ramp(colour, contrast)])
        self.image.paste(layer, box[:2], mask)

    def fill(self, points, colour):
        self.draw.polygon([tuple(p) for p in self.pixels(points)], fill=colour)

    def line(self, points, colour, width):
        thick = max(1, int(round(width * self.unit)))
        points = [tuple(p) for p in self.pixels(points)]
        self.draw.line(points, fill=colour, width=thick, joint="curve")

    def spot(self, x, y, rx, ry, colour, strength):
        """A soft patch of colour, strongest in its middle."""
        middle = self.pixels([(x, y)])[0]
        width, height = max(2, int(2.6 * rx * self.unit)), max(2, int(2.6 * ry * self.unit))
        mask = SPOT.resize((width, height), Image.BILINEAR)
        mask = mask.point([int(max(0, v - 75) / 180 * 255 * strength) for v in range(256)])
        self.image.paste(colour, (int(middle[0] - width / 2), int(middle[1] - height / 2)), mask)

    def strands(self, lines, width, spread=0, level=128):
        """A texture of lines in face units: `level` of 128 leaves the colour, `spread` makes the lines differ."""

        def texture(size, corner):
            image = Image.new("L", size, 128)
            pen = ImageDraw.Draw(image)
            thick = max(1, int(round(width * self.unit)))
            places = (self.pixels([point for line in lines for point in line]) - corner).tolist()
            end = 0
            for line in lines:
                start, end = end, end + len(line)
                value = level + int(self.rng.uniform(-spread, spread))
                pen.line([coordinate for place in places[start:end] for coordinate in place], fill=value, width=thick)
            return image

        return texture


class Grain:
    """Noise of a camera, and weave for clothes, cut from one field that is made once."""

    SIDE = 1024

    def __init__(self, seed=20260101):
        numbers = np.random.default_rng(seed)
        field = numbers.normal(0, 1, (self.SIDE, self.SIDE)).astype(np.float32)
        # A camera's noise is not quite independent from pixel to pixel.
        field = field * 0.8 + 0.35 * (np.roll(field, 1, 0) + np.roll(field, 1, 1))
        self.field = field
        self.levels = {}

    def layer(self, size, strength, rng):
        key = max(1, int(strength * 2))
        if key not in self.levels:
            tile = np.clip(128 + self.field * key / 2.0, 0, 255).astype(np.uint8)
            self.levels[key] = Image.fromarray(tile)
        tile = self.levels[key]
        layer = Image.new("L", size)
        x0, y0 = rng.randrange(self.SIDE), rng.randrange(self.SIDE)
        for y in range(-y0, size[1], self.SIDE):
            for x in range(-x0, size[0], self.SIDE):
                layer.paste(tile, (x, y))
        return layer

    def over(self, image, strength, rng):
        """The picture with the noise of a sensor on it."""
        size = image.size
        shared = self.layer(size, strength, rng)
        own = self.layer(size, strength * 0.5, rng)
        red, green, blue = image.split()
        return Image.merge(
            "RGB",
            [
                ImageChops.add(ImageChops.add(red, shared, 1, -128), own, 1, -128),
                ImageChops.add(green, shared, 1, -128),
                ImageChops.add(ImageChops.add(blue, shared, 1, -128), ImageChops.offset(own, 17, 31), 1, -128),
            ],
        )


GRAIN = Grain()


def grown(rng, low, high):
    """A number between two bounds, mostly near the middle."""
    return low + (high - low) * (rng.random() + rng.random()) / 2


def stream(*key):
    """Random numbers that depend on nothing but `key`."""
    return random.Random("/".join(str(part) for part in key))
