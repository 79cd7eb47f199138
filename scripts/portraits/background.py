# SPDX-License-Identifier: Apache-2.0
"""What stands behind a person: painted small and enlarged, as a lens leaves it out of focus."""

import colorsys
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .paint import mix


def tone(rng, low=0.15, high=0.95, rich=0.55):
    red, green, blue = colorsys.hsv_to_rgb(rng.random(), rng.random() * rich, rng.uniform(low, high))
    return int(red * 255), int(green * 255), int(blue * 255)


def gradient(size, rng):
    """Four corners of different colour and light."""
    corners = np.array([tone(rng) for _ in range(4)], dtype=np.uint8).reshape(2, 2, 3)
    return Image.fromarray(corners).resize(size, Image.BICUBIC)


def studio(size, rng):
    """A paper backdrop with a lamp on it."""
    lit, dark = tone(rng, 0.5, 1.0, 0.4), tone(rng, 0.05, 0.45, 0.5)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    reach = rng.uniform(0.35, 0.9) * size[1]
    away = np.hypot(x - rng.random() * size[0], y - rng.uniform(0, 0.8) * size[1]) / reach
    share = np.clip(away, 0, 1)[..., None]
    return Image.fromarray((np.array(lit) * (1 - share) + np.array(dark) * share).astype(np.uint8))


def shelves(size, rng):
    """Books on shelves."""
    image = Image.new("RGB", size, tone(rng, 0.1, 0.5))
    pen = ImageDraw.Draw(image)
    y = -rng.random() * 20
    while y < size[1]:
        high = rng.uniform(0.16, 0.34) * size[1]
        x = -rng.random() * 10
        while x < size[0]:
            wide = rng.uniform(0.025, 0.09) * size[0]
            pen.rectangle((x, y + high * rng.uniform(0.05, 0.35), x + wide, y + high), fill=tone(rng, 0.1, 0.9, 0.8))
            x += wide
        y += high + 3
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(1.2, 3)))


def window(size, rng):
    """A wall with a bright window or a picture on it."""
    image = gradient(size, rng).point(lambda v: int(v * 0.7))
    pen = ImageDraw.Draw(image)
    x, y = rng.uniform(-0.2, 0.6) * size[0], rng.uniform(-0.2, 0.3) * size[1]
    wide, high = rng.uniform(0.4, 0.8) * size[0], rng.uniform(0.4, 0.9) * size[1]
    frame, glass = tone(rng, 0.1, 0.9), tone(rng, 0.8, 1, 0.3)
    pen.rectangle((x, y, x + wide, y + high), fill=frame)
    panes = rng.randint(1, 3)
    for pane in range(panes):
        left = x + 3 + pane * wide / panes
        pen.rectangle((left, y + 4, left + wide / panes - 5, y + high - 4), fill=mix(glass, frame, rng.random() * 0.3))
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(1, 4)))


def lights(size, rng):
    """A street at night, or a garden: discs of light out of focus."""
    image = gradient(size, rng).point(lambda v: int(v * 0.6))
    pen = ImageDraw.Draw(image, "RGBA")
    for _ in range(rng.randint(12, 45)):
        x, y, r = rng.random() * size[0], rng.random() * size[1], rng.uniform(0.02, 0.16) * size[0]
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tone(rng, 0.5, 1, 0.8) + (rng.randint(50, 190),))
    return image.filter(ImageFilter.GaussianBlur(1.5))


def curtain(size, rng):
    """Folds of cloth, upright or leaning."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    lean = rng.uniform(-1.6, 1.6)
    phase = (x + lean * y) / size[0] * rng.uniform(8, 40)
    fold = (np.sin(phase) + 0.6 * np.sin(phase * 0.37 + rng.random() * 6) + 1.6) / 3.2
    share = np.clip(fold, 0, 1)[..., None]
    picture = np.array(tone(rng, 0.05, 0.6)) * (1 - share) + np.array(tone(rng, 0.4, 1)) * share
    return Image.fromarray(picture.astype(np.uint8))


def horizon(size, rng):
    """Sky, hills and a meadow."""
    image = Image.new("RGB", size)
    sky = np.linspace(0, 1, size[1])[:, None, None]
    high, low = np.array(tone(rng, 0.5, 1, 0.7)), np.array(tone(rng, 0.7, 1, 0.3))
    image = Image.fromarray((high * (1 - sky) + low * sky + np.zeros((1, size[0], 1))).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for layer in range(rng.randint(2, 4)):
        base = size[1] * (0.3 + 0.2 * layer + rng.uniform(-0.12, 0.12))
        bend, shift = rng.uniform(1, 5), rng.random() * 6
        rise = size[1] * rng.uniform(0.02, 0.14)
        line = [(x, base + rise * math.sin(x / size[0] * bend + shift)) for x in range(0, size[0] + 4, 4)]
        pen.polygon(line + [(size[0], size[1]), (0, size[1])], fill=tone(rng, 0.15, 0.8, 0.8))
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(1, 3)))


def blocks(size, rng):
    """Walls, doors and furniture: a few large shapes of very different light."""
    image = Image.new("RGB", size, tone(rng))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.randint(3, 9)):
        x, y = rng.uniform(-0.3, 1) * size[0], rng.uniform(-0.3, 1) * size[1]
        wide, high = rng.uniform(0.15, 0.9) * size[0], rng.uniform(0.1, 0.8) * size[1]
        lean = rng.uniform(-0.2, 0.2) * size[0]
        corners = [(x, y), (x + wide, y + lean), (x + wide + lean, y + high), (x + lean, y + high - lean)]
        pen.polygon(corners, fill=tone(rng, 0.05, 1.0, 0.6))
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(1.5, 6)))


KINDS = [gradient, studio, shelves, window, lights, curtain, horizon, blocks]


def background(size, rng):
    """A background of `size` pixels."""
    small = (max(60, size[0] // 4), max(60, size[1] // 4))
    return rng.choice(KINDS)(small, rng).resize(size, Image.BICUBIC)
