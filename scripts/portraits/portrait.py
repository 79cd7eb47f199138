# SPDX-License-Identifier: Apache-2.0
"""A whole picture of a person, as a camera would give it."""

import math

import numpy as np
from PIL import Image, ImageEnhance

from .background import background
from .face import draw_person
from .paint import GRAIN, Painter, stream
from .person import Person


def portrait(key, size, gender=None, age=None, people=1, from_behind=False, finish=1.5):
    """Draws the portrait that belongs to `key`.

    `people` puts several side by side; `from_behind` shows no face. `finish` is how many pixels are
    drawn for one of the picture's, where the picture is small enough.
    """
    rng = stream("portrait", key)
    scale = min(finish, 760 / min(size))
    drawn = (max(60, int(size[0] * scale)), max(60, int(size[1] * scale)))
    image = background(drawn, rng)
    short = min(drawn[0], drawn[1] * 0.8)
    for index in range(people):
        person = Person(rng, gender, age)
        unit = short * rng.uniform(0.155, 0.255) * (0.62 if people > 1 else 1)
        middle = rng.uniform(0.36, 0.64) if people == 1 else (index + 0.5) / people
        centre = (drawn[0] * middle, drawn[1] * rng.uniform(0.34, 0.50))
        light = (rng.choice([-1, 1]) * rng.uniform(0.3, 1.3), rng.uniform(-0.9, 0.2))
        painter = Painter(image, centre, unit, math.radians(rng.gauss(0, 4.5)), light, rng)
        draw_person(painter, person, from_behind)
    return developed(image, size, rng)


def developed(image, size, rng):
    """Gives the drawing light, colour cast and vignette, scales it, and lays a sensor's grain over it."""
    lamp = rng.uniform(0.78, 1.22)
    casts = [lamp * rng.uniform(0.92, 1.08) for _ in range(3)]
    bend = rng.uniform(0.85, 1.2)
    tables = []
    for cast in casts:
        tables += [min(255, int(255 * (v / 255) ** bend * cast)) for v in range(256)]
    saturation, dark = rng.uniform(0.7, 1.25), rng.random() < 0.4
    # Colours are worked on where there are fewer pixels.
    shrinks = size[0] < image.width
    if shrinks:
        image = image.resize(size, Image.BICUBIC)
    image = ImageEnhance.Color(image.point(tables)).enhance(saturation)
    if dark:
        image = vignetted(image, rng)
    if image.size != size:
        image = image.resize(size, Image.BICUBIC)
    return GRAIN.over(image, rng.uniform(1.5, 6.0), rng)


def vignetted(image, rng):
    y, x = np.mgrid[-1:1:32j, -1:1:32j]
    shade = 255 * (1 - rng.uniform(0.15, 0.45) * np.clip(x * x + y * y - 0.3, 0, 1.5) / 1.5)
    mask = Image.fromarray(shade.astype(np.uint8)).resize(image.size, Image.BICUBIC)
    return Image.composite(image, Image.new("RGB", image.size), mask)
