# SPDX-License-Identifier: Apache-2.0
"""Shoulders, neck and what is worn on them."""

import numpy as np

from .paint import ellipse, mirrored, mix, smooth

NECKLINES = {"vee": 0.75, "scoop": 0.55, "crew": 0.12, "stripes": 0.12}


def dress(painter, person):
    """Draws everything below the head."""
    wide, collar, bottom = person.shoulders, person.length + 0.26, person.length + 7
    torso = smooth(
        mirrored(
            [
                (0, collar + 0.1),
                (person.neck * 0.95, collar - 0.06),
                (person.neck + 0.3, collar + 0.12),
                (wide * 0.72, collar + 0.36),
                (wide * 0.98, collar + 0.75),
                (wide * 1.12, collar + 2.0),
                (wide * 1.2, bottom),
                (0, bottom),
            ]
        )
    )
    weave = stripes if person.clothes == "stripes" else folds
    painter.region([torso], person.cloth, depth=80, reach=0.5, side=34, texture=weave(painter, collar))
    low = NECKLINES.get(person.clothes, 0.1)
    throat = smooth(
        mirrored(
            [
                (0, 0.5),
                (person.neck, 0.6),
                (person.neck * 0.97, collar - 0.25),
                (person.neck + 0.12, collar),
                (person.neck * (0.55 if person.clothes == "vee" else 0.8), collar + 0.1 + low * 0.6),
                (0, collar + 0.16 + low),
            ]
        )
    )
    painter.region([throat], person.skin, depth=75, reach=0.25, side=24)
    shade = mix(person.skin, (46, 18, 12), 0.55)
    painter.spot(person.yaw * 0.2 - painter.light[0] * 0.15, person.length + 0.02, person.neck * 1.2, 0.34, shade, 0.8)
    WORN.get(person.clothes, plain)(painter, person, collar, low)


def folds(painter, collar):
    lines = []
    for _ in range(30):
        x, y = painter.rng.uniform(-2.4, 2.4), collar + painter.rng.uniform(0.3, 3)
        lean = painter.rng.uniform(-0.5, 0.5)
        lines.append(smooth([(x, y), (x + lean, y + 0.5), (x + lean * 1.2, y + 1.2)], closed=False))
    return painter.strands(lines, 0.05, spread=13)


def stripes(painter, collar):
    wave = painter.rng.uniform(0.18, 0.4)
    lines = [
        [(-3, y + 0.25), (-1.4, y), (0, y + 0.16), (1.4, y), (3, y + 0.25)]
        for y in np.arange(collar - 0.5, collar + 6, wave)
    ]
    return painter.strands(lines, wave * 0.45, level=painter.rng.choice([62, 200]))


def plain(painter, person, collar, low):
    edge = mix(person.cloth, (0, 0, 0), 0.35)
    hem = smooth(
        [
            (-person.neck - 0.14, collar - 0.02),
            (-person.neck * 0.75, collar + 0.12 + low * 0.6),
            (0, collar + 0.18 + low),
            (person.neck * 0.75, collar + 0.12 + low * 0.6),
            (person.neck + 0.14, collar - 0.02),
        ],
        closed=False,
    )
    painter.line(hem, edge, 0.05)


def vee(painter, person, collar, low):
    edge = mix(person.cloth, (255, 255, 255), 0.25)
    painter.line(
        [(-person.neck - 0.14, collar - 0.04), (0, collar + 0.2 + low), (person.neck + 0.14, collar - 0.04)], edge, 0.07
    )


def shirt(painter, person, collar, low):
    for side in (-1, 1):
        flap = [
            (side * (person.neck + 0.05), collar - 0.28),
            (side * (person.neck + 0.32), collar + 0.12),
            (side * 0.28, collar + 0.62),
            (0, collar + 0.2),
        ]
        painter.region([np.array(flap)], mix(person.cloth, (255, 255, 255), 0.22), depth=60, reach=0.1)
        painter.line(flap[1:], mix(person.cloth, (0, 0, 0), 0.35), 0.02)
    painter.line([(0, collar + 0.3), (0.02, collar + 6)], mix(person.cloth, (0, 0, 0), 0.3), 0.025)
    for row in range(8):
        painter.fill(
            ellipse(0.05, collar + 0.75 + row * 0.6, 0.045, 0.045, 12), mix(person.cloth, (255, 255, 255), 0.6)
        )


def tie(painter, person, collar, low):
    painter.region(
        [
            np.array(
                [
                    (-0.13, collar + 0.22),
                    (0.13, collar + 0.22),
                    (0.3, collar + 3.2),
                    (0, collar + 3.6),
                    (-0.3, collar + 3.2),
                ]
            )
        ],
        person.accent,
        depth=60,
        reach=0.1,
        texture=stripes(painter, collar),
    )
    shirt_collar(painter, person, collar)
    painter.region(
        [np.array([(-0.17, collar + 0.16), (0.17, collar + 0.16), (0.11, collar + 0.42), (-0.11, collar + 0.42)])],
        person.accent,
        depth=50,
        reach=0.1,
    )


def shirt_collar(painter, person, collar):
    for side in (-1, 1):
        flap = [
            (side * (person.neck + 0.05), collar - 0.28),
            (side * (person.neck + 0.34), collar + 0.14),
            (side * 0.36, collar + 0.6),
            (side * 0.02, collar + 0.2),
        ]
        painter.region([np.array(flap)], mix(person.cloth2, (255, 255, 255), 0.4), depth=60, reach=0.1)


def blazer(painter, person, collar, low):
    painter.region(
        [
            np.array(
                [
                    (-person.neck - 0.1, collar - 0.05),
                    (person.neck + 0.1, collar - 0.05),
                    (0.1, collar + 3.4),
                    (-0.1, collar + 3.4),
                ]
            )
        ],
        person.cloth2,
        depth=40,
        reach=0.2,
    )
    painter.region(
        [smooth(mirrored([(0, 0.9), (person.neck * 0.95, 1.0), (person.neck * 0.9, collar - 0.1), (0, collar + 0.3)]))],
        person.skin,
        depth=60,
    )
    painter.spot(
        person.yaw * 0.2, person.length + 0.02, person.neck * 1.2, 0.34, mix(person.skin, (46, 18, 12), 0.55), 0.8
    )
    for side in (-1, 1):
        lapel = [
            (side * (person.neck + 0.02), collar - 0.22),
            (side * (person.neck + 0.42), collar + 0.25),
            (side * 0.82, collar + 1.35),
            (side * 0.62, collar + 1.45),
            (side * 0.72, collar + 1.7),
            (side * 0.08, collar + 3.2),
            (side * 0.16, collar + 1.6),
        ]
        painter.region([np.array(lapel)], mix(person.cloth, (0, 0, 0), 0.18), depth=60, reach=0.1)
        painter.line(lapel[2:6], mix(person.cloth, (0, 0, 0), 0.5), 0.02)


def hoodie(painter, person, collar, low):
    for side in (-1, 1):
        hood = smooth(
            [
                (side * person.neck * 0.9, collar - 0.45),
                (side * (person.neck + 0.5), collar - 0.2),
                (side * (person.neck + 0.55), collar + 0.3),
                (side * 0.35, collar + 0.85),
                (side * 0.02, collar + 0.5),
                (side * person.neck * 0.75, collar + 0.15),
            ]
        )
        painter.region([hood], mix(person.cloth, (255, 255, 255), 0.08), depth=95, reach=0.14)
        painter.line(
            [(side * 0.2, collar + 0.65), (side * 0.24, collar + 1.7)], mix(person.cloth, (255, 255, 255), 0.7), 0.035
        )


def turtleneck(painter, person, collar, low):
    roll = smooth(
        mirrored(
            [
                (0, collar - 0.18),
                (person.neck * 0.8, collar - 0.26),
                (person.neck + 0.08, collar - 0.2),
                (person.neck + 0.16, collar + 0.16),
                (person.neck * 0.7, collar + 0.32),
                (0, collar + 0.36),
            ]
        )
    )
    ribs = painter.strands([[(x, collar - 0.5), (x, collar + 0.6)] for x in np.arange(-1, 1, 0.09)], 0.03, level=96)
    painter.region([roll], person.cloth, depth=95, reach=0.14, texture=ribs)


WORN = {"vee": vee, "shirt": shirt, "tie": tie, "blazer": blazer, "hoodie": hoodie, "turtleneck": turtleneck}
