# SPDX-License-Identifier: Apache-2.0
"""Draws photos of nobody that cost a decoder what real photos cost.

How long a JPEG takes depends on its detail, so each photo is put together of what a camera sees: surroundings whose
spectrum falls with the frequency as that of natural scenes does, the sharp edges of a face, and the noise of a sensor.
Surroundings and noise are windows of two large periodic fields that are made once; every photo takes other windows.
"""

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

FIELD_SIDE = 4096

# The spread of the surroundings in the planes Y, Cb and Cr.
SCENE_SPREAD = (24.0, 8.0, 8.0)


@dataclass(frozen=True)
class Fields:
    """The periodic fields, each repeated once in both directions so that a window never wraps around."""

    scene: np.ndarray
    noise: np.ndarray

    @staticmethod
    def make(seed: int, lens: float) -> "Fields":
        """A lens gives up at so many waves a pixel."""
        generator = np.random.default_rng(seed)
        noise = generator.standard_normal((FIELD_SIDE, FIELD_SIDE), dtype=np.float32)
        spectrum = np.fft.rfft2(noise)
        down = np.fft.fftfreq(FIELD_SIDE)[:, None]
        across = np.fft.rfftfreq(FIELD_SIDE)[None, :]
        frequency = np.hypot(down, across)
        frequency[0, 0] = np.inf
        scene = np.fft.irfft2(spectrum / frequency * np.exp(-((frequency / lens) ** 2)))
        return Fields(_repeated(scene), _repeated(generator.standard_normal(scene.shape, dtype=np.float32)))


def _repeated(field: np.ndarray) -> np.ndarray:
    """In 1/32 of the standard deviation, which fits a byte up to ±4 deviations."""
    bytes_ = np.clip(np.rint(field / field.std() * 32), -127, 127).astype(np.int8)
    return np.tile(bytes_, (2, 2))


def _window(field: np.ndarray, size: tuple[int, int], spread: float, chance: random.Random) -> np.ndarray:
    """A part of a field that no other photo is likely to take, perhaps mirrored."""
    width, height = size
    left, top = chance.randrange(FIELD_SIDE), chance.randrange(FIELD_SIDE)
    part = field[top : top + height, left : left + width]
    part = part[:: chance.choice((1, -1)), :: chance.choice((1, -1))]
    # A field counts in 1/32; so that 16 bits do, the spread is rounded to 1/8 and may be up to 32.
    return (part.astype(np.int16) * round(spread * 8)) >> 8


def _figure(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Shoulders, hair and a face in the middle, as (Y, Cb, Cr)."""
    width, height = size
    unit = min(width, height) / 100
    middle = width / 2 + chance.uniform(-3, 3) * unit
    eyes = height * 0.45 + chance.uniform(-3, 3) * unit

    def colour(light: tuple[int, int], blue: tuple[int, int], red: tuple[int, int]) -> tuple[int, int, int]:
        return chance.randint(*light), chance.randint(*blue), chance.randint(*red)

    backdrop = colour((150, 200), (110, 140), (110, 140))
    skin = colour((125, 185), (100, 118), (142, 158))
    hair = colour((25, 65), (112, 128), (124, 140))
    clothes = colour((50, 170), (100, 160), (100, 160))
    lips = (skin[0] - 35, skin[1], skin[2] + 18)

    picture = Image.new("YCbCr", size, backdrop)
    draw = ImageDraw.Draw(picture)

    def oval(x: float, y: float, across: float, down: float, fill: tuple[int, int, int]) -> None:
        centre = middle + x * unit, eyes + y * unit
        draw.ellipse(
            (
                centre[0] - across * unit,
                centre[1] - down * unit,
                centre[0] + across * unit,
                centre[1] + down * unit,
            ),
            fill=fill,
        )

    face_width, face_height = chance.uniform(18, 22), chance.uniform(26, 30)
    hair_length = chance.uniform(24, 40)
    oval(0, 72, chance.uniform(36, 44), 36, clothes)
    oval(0, hair_length - 28, face_width + chance.uniform(3, 7), hair_length, hair)
    oval(0, 28, 9, 16, skin)
    oval(0, 6, face_width, face_height, skin)
    gap = chance.uniform(8, 10)
    for side in (-1, 1):
        oval(side * gap, 0, 4.2, chance.uniform(1.8, 2.6), (225, 128, 128))
        oval(side * gap, 0, 1.9, 1.9, (28, 128, 128))
        brow = eyes - chance.uniform(5, 7) * unit
        draw.line(
            [
                (middle + side * (gap - 5) * unit, brow),
                (middle + side * (gap + 5) * unit, brow + chance.uniform(-1, 2) * unit),
            ],
            fill=hair,
            width=max(1, round(1.6 * unit)),
        )
    draw.line([(middle, eyes + 2 * unit), (middle - 2 * unit, eyes + 12 * unit)], fill=lips, width=max(1, round(unit)))
    oval(0, 20, chance.uniform(6, 9), chance.uniform(1.5, 3), lips)
    return picture


def _light(size: tuple[int, int], chance: random.Random) -> np.ndarray:
    """Light that falls in unevenly: what makes two pictures differ even when they are seen small."""
    coarse = np.array([[chance.randint(96, 160) for _ in range(5)] for _ in range(5)], dtype=np.uint8)
    smooth = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(smooth, dtype=np.int16) - 128


def draw(fields: Fields, size: tuple[int, int], noise: float, seed: str) -> Image.Image:
    """One photo, with so much noise of the sensor in its plane Y; the same seed draws the same one."""
    chance = random.Random(seed)
    planes = np.asarray(_figure(size, chance)).astype(np.int16)
    planes[:, :, 0] += _light(size, chance)
    for plane in range(3):
        planes[:, :, plane] += _window(fields.scene, size, SCENE_SPREAD[plane], chance)
        if plane == 0:
            planes[:, :, plane] += _window(fields.noise, size, noise, chance)
    return Image.fromarray(np.clip(planes, 0, 255).astype(np.uint8), "YCbCr")
