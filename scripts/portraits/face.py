# SPDX-License-Identifier: Apache-2.0
"""Draws a person: clothes, head, features, hair, glasses, in that order."""

import numpy as np

from . import clothes, hair
from .paint import ellipse, mirrored, mix, smooth

LINE = (60, 30, 24)


def outline(person):
    """The head without hair, ears and neck."""
    points = mirrored(
        [
            (0, -1.30),
            (0.50, -1.22),
            (0.86, -0.90),
            (person.cheek, -0.30),
            (person.cheek * 0.98, 0.22),
            (person.jaw, person.length * 0.62),
            (person.chin, person.length * 0.93),
            (0, person.length),
        ]
    )
    points[:, 0] += person.yaw * 0.14 * np.clip(points[:, 1], 0, 2)
    return smooth(points)


def turned(person, points):
    """Features follow the turn of the head as if it were a cylinder."""
    points = np.asarray(points, dtype=float).copy()
    angle = np.arcsin(np.clip(points[:, 0] / 1.05, -0.98, 0.98)) + person.yaw
    points[:, 0] = np.sin(angle) * 1.05
    points[:, 1] += person.nod
    return points


def draw_person(painter, person, from_behind=False):
    """Draws one person; from behind there is no face to see."""
    hair.behind(painter, person)
    clothes.dress(painter, person)
    head(painter, person)
    if from_behind:
        hair.from_behind(painter, person)
        return
    eyes(painter, person)
    nose(painter, person)
    mouth(painter, person)
    details(painter, person)
    beard(painter, person)
    brows(painter, person)
    hair.front(painter, person)
    glasses(painter, person)


def head(painter, person):
    dark = mix(person.skin, LINE, 0.4)
    for side in (-1, 1):
        x, slim = side * (person.cheek + 0.02) - person.yaw * 0.12, 0.13 - side * person.yaw * 0.22
        painter.region([ellipse(x, 0.12, max(0.05, slim), 0.25)], person.skin, depth=80, reach=0.1)
        painter.line(smooth([(x - side * 0.02, -0.02), (x + side * 0.06, 0.1), (x, 0.27)], closed=False), dark, 0.02)
        if person.earring:
            painter.fill(ellipse(x + side * 0.01, 0.44, 0.05, 0.07, 12), person.accent)
    painter.region([outline(person)], person.skin, depth=95, reach=0.34, side=24)
    warm = mix(person.skin, (205, 70, 60), 0.45)
    for side in (-1, 1):
        ((x, y),) = turned(person, [(side * 0.55, 0.42)])
        painter.spot(x, y, 0.32, 0.26, warm, 0.42)
        ((x, y),) = turned(person, [(side * person.eye_gap, -0.04)])
        painter.spot(x, y, 0.30, 0.20, mix(person.skin, (70, 30, 25), 0.40), 0.55)
    light = mix(person.skin, (255, 248, 236), 0.5)
    ((x, y),) = turned(person, [(painter.light[0] * 0.3, -0.66)])
    painter.spot(x, y, 0.5, 0.3, light, 0.45)
    ((x, y),) = turned(person, [(0, person.length * 0.9)])
    painter.spot(x, y, 0.2, 0.13, light, 0.35)


def eyes(painter, person):
    gap, wide, high = person.eye_gap, person.eye_width, person.eye_open
    look = person.yaw * 0.12
    for side in (-1, 1):
        inner, outer, slant = gap - wide, gap + wide, person.eye_slant
        corners = [
            (inner, 0.02),
            (gap - wide * 0.45, -high * 0.85),
            (gap + wide * 0.1, -high),
            (gap + wide * 0.65, -high * 0.55 - slant),
            (outer, -slant),
        ]
        lower = [
            (gap + wide * 0.5, high * 0.55 - slant * 0.5),
            (gap - wide * 0.1, high * 0.8),
            (gap - wide * 0.6, high * 0.5),
        ]
        upper_line = turned(person, smooth([(side * x, y) for x, y in corners], closed=False))
        lower_line = turned(
            person, smooth([(side * x, y) for x, y in [corners[-1]] + lower + [corners[0]]], closed=False)
        )
        almond = np.vstack([upper_line, lower_line])
        painter.fill(almond, mix((238, 234, 230), person.skin, 0.12))
        middle = turned(person, [(side * gap, 0)])[0] + (look, -0.005)
        clip = lambda disc: clipped(disc, upper_line, lower_line)
        size = max(0.092, wide * 0.5)
        painter.fill(clip(ellipse(*middle, size, size)), mix(person.iris, (0, 0, 0), 0.45))
        painter.fill(clip(ellipse(*middle, size * 0.86, size * 0.86)), person.iris)
        painter.fill(
            clip(ellipse(*(middle + (0, size * 0.3)), size * 0.55, size * 0.45)),
            mix(person.iris, (255, 255, 255), 0.18),
        )
        painter.fill(clip(ellipse(*middle, size * 0.42, size * 0.42)), (14, 10, 10))
        glint = middle + (painter.light[0] * 0.035 - 0.01, -0.035)
        painter.fill(ellipse(*glint, 0.022, 0.022, 10), (250, 250, 250))
        painter.line(upper_line, mix(LINE, (0, 0, 0), 0.5), 0.035 if person.gender else 0.05)
        painter.line(lower_line, mix(person.skin, LINE, 0.45), 0.014)
        crease = upper_line + (0, -0.055)
        painter.line(crease[2:-1], mix(person.skin, LINE, 0.42), 0.018)
        if person.old > 0.2:
            bag = lower_line[3:-3] + (0, 0.075)
            painter.line(bag, mix(person.skin, LINE, 0.12 + 0.25 * person.old), 0.02)


def clipped(disc, upper, lower):
    """A disc with what the lids cover taken away."""
    disc = disc.copy()
    for lid, bound in ((upper, np.maximum), (lower, np.minimum)):
        order = np.argsort(lid[:, 0])
        disc[:, 1] = bound(disc[:, 1], np.interp(disc[:, 0], lid[order, 0], lid[order, 1]))
    return disc


def brows(painter, person):
    colour = mix(person.hair, person.skin, 0.18) if person.style != "scarf" else mix((40, 30, 26), person.skin, 0.2)
    for side in (-1, 1):
        gap, lift, arch, thick = person.eye_gap, person.brow_lift, person.brow_arch, person.brow
        top = [
            (gap - 0.24, -lift),
            (gap, -lift - 0.05 - arch),
            (gap + 0.20, -lift - 0.04 - arch * 0.6),
            (gap + 0.29, -lift + 0.04),
        ]
        under = [
            (gap + 0.18, -lift - arch * 0.5 + thick * 0.5),
            (gap, -lift - 0.04 - arch + thick),
            (gap - 0.24, -lift + thick * 1.1),
        ]
        shape = turned(person, smooth([(side * x, y) for x, y in top + under], steps=4))
        painter.fill(shape, colour)
        for _ in range(14):
            x = painter.rng.uniform(gap - 0.22, gap + 0.22)
            y = -lift - 0.03 - arch * 0.6 + thick * painter.rng.random()
            hairs = turned(person, [(side * x, y + 0.02), (side * (x + 0.05), y - 0.03)])
            painter.line(hairs, mix(colour, (0, 0, 0), painter.rng.uniform(0, 0.4)), 0.012)


def nose(painter, person):
    wide, tip = person.nose_width, person.nose_length
    lean = person.yaw * 0.5
    shadow, light = mix(person.skin, (60, 24, 16), 0.38), mix(person.skin, (255, 250, 240), 0.6)
    far = -1 if painter.light[0] > 0 else 1
    painter.spot(lean * 0.6 + far * 0.13 + person.yaw * 0.6, tip * 0.45 + person.nod, 0.13, 0.34, shadow, 0.55)
    painter.spot(lean + person.yaw * 0.6, tip + 0.13 + person.nod, wide * 1.3, 0.09, shadow, 0.7)
    painter.spot(lean + person.yaw * 0.6 - far * 0.02, tip * 0.4 + person.nod, 0.075, 0.34, light, 0.5)
    painter.spot(lean + person.yaw * 0.6, tip - 0.03 + person.nod, 0.13, 0.11, light, 0.6)
    line = mix(person.skin, LINE, 0.62)
    for side in (-1, 1):
        wing = [(side * wide * 0.75, tip - 0.11), (side * wide * 1.02, tip - 0.01), (side * wide * 0.72, tip + 0.055)]
        painter.line(turned(person, smooth(wing, closed=False)) + (lean * 0.5, 0), line, 0.022)
        painter.fill(
            turned(person, ellipse(side * wide * 0.45, tip + 0.035, wide * 0.23, 0.028, 14)) + (lean * 0.6, 0),
            mix(line, (20, 6, 4), 0.5),
        )


def mouth(painter, person):
    wide, lips, smile = person.mouth_width, person.lips, person.smile
    y = person.nose_length + (person.length - person.nose_length) * 0.40
    red = (176, 40, 52) if person.lipstick else (176, 82, 78)
    colour = mix(person.skin, red, 0.72 if person.lipstick else 0.48)
    left, right = (-wide, y - smile), (wide, y - smile)
    line = smooth(
        [left, (-wide * 0.5, y + smile * 0.3), (0, y + smile * 0.6), (wide * 0.5, y + smile * 0.3), right], closed=False
    )
    upper = smooth(
        [
            left,
            (-wide * 0.45, y - lips * 0.62),
            (-0.06, y - lips * 0.9),
            (0, y - lips * 0.72),
            (0.06, y - lips * 0.9),
            (wide * 0.45, y - lips * 0.62),
            right,
        ],
        closed=False,
    )
    open_by = 0.09 if person.teeth else 0.0
    under_line = line + np.column_stack([np.zeros(len(line)), open_by * (1 - (line[:, 0] / wide) ** 2)])
    lower = smooth(
        [
            right,
            (wide * 0.5, y + lips * 0.9 + smile * 0.3 + open_by),
            (0, y + lips * 1.25 + smile * 0.6 + open_by),
            (-wide * 0.5, y + lips * 0.9 + smile * 0.3 + open_by),
            left,
        ],
        closed=False,
    )
    shape = lambda *parts: turned(person, np.vstack(parts))
    painter.spot(
        *turned(person, [(0, y + lips * 1.6 + open_by)])[0], wide * 0.8, 0.07, mix(person.skin, (70, 30, 20), 0.5), 0.6
    )
    if person.teeth:
        painter.fill(shape(line, under_line[::-1]), (238, 232, 222))
    painter.fill(shape(upper, line[::-1]), mix(colour, (60, 10, 16), 0.22))
    painter.fill(shape(under_line, lower), colour)
    painter.spot(
        *turned(person, [(0, y + lips * 0.75 + open_by)])[0],
        wide * 0.4,
        lips * 0.4,
        mix(colour, (255, 235, 230), 0.5),
        0.6
    )
    painter.line(turned(person, line), mix(colour, (50, 8, 10), 0.7), 0.022)
    for side in (-1, 1):
        painter.spot(
            *turned(person, [(side * (wide + 0.03), y - smile)])[0],
            0.06,
            0.05,
            mix(person.skin, (60, 20, 16), 0.5),
            0.6
        )


def details(painter, person):
    dark = mix(person.skin, LINE, 0.20 + 0.25 * person.old)
    mouth_y = person.nose_length + (person.length - person.nose_length) * 0.40
    if person.old > 0.15 or person.smile > 0.05:
        for side in (-1, 1):
            fold = [
                (side * 0.27, person.nose_length),
                (side * 0.41, person.nose_length + 0.2),
                (side * 0.44, mouth_y - 0.02),
            ]
            painter.line(turned(person, smooth(fold, closed=False)), dark, 0.02)
    if person.old > 0.35:
        for row in range(2 + (person.old > 0.7)):
            y = -0.58 - row * 0.13
            painter.line(
                turned(person, smooth([(-0.5, y + 0.02), (-0.1, y - 0.02), (0.5, y + 0.02)], closed=False)), dark, 0.014
            )
        for side in (-1, 1):
            for fan in (-0.08, 0.0, 0.08):
                crow = [(side * 0.68, fan * 0.5), (side * 0.82, fan * 1.4)]
                painter.line(turned(person, crow), dark, 0.012)
    if person.freckles:
        for _ in range(46):
            x, y = painter.rng.gauss(0, 0.36), painter.rng.gauss(0.32, 0.12)
            painter.fill(turned(person, ellipse(x, y, 0.013, 0.013, 6)), mix(person.skin, (150, 84, 50), 0.5))
    if person.mole:
        painter.fill(turned(person, ellipse(*person.mole, 0.028, 0.026, 10)), mix(person.skin, (50, 24, 14), 0.75))


def beard(painter, person):
    if person.beard == "none":
        return
    mouth_y = person.nose_length + (person.length - person.nose_length) * 0.40
    colour = mix(person.hair, person.skin, 0.12)
    if person.beard == "stubble":
        for x, y, rx, ry in (
            (0, person.length * 0.92, 0.5, 0.25),
            (-0.62, 0.75, 0.3, 0.4),
            (0.62, 0.75, 0.3, 0.4),
            (0, mouth_y - 0.2, 0.34, 0.1),
        ):
            painter.spot(*turned(person, [(x, y)])[0], rx, ry, mix(person.skin, person.hair, 0.6), 0.5)
        return
    upper = smooth(
        [
            (-person.mouth_width - 0.07, mouth_y + 0.02),
            (-0.2, mouth_y - 0.19),
            (0, mouth_y - 0.16),
            (0.2, mouth_y - 0.19),
            (person.mouth_width + 0.07, mouth_y + 0.02),
            (0.16, mouth_y - 0.08),
            (0, mouth_y - 0.06),
            (-0.16, mouth_y - 0.08),
        ]
    )
    lines = [
        [(x, y), (x * 1.06, y + 0.16)]
        for x, y in ((painter.rng.uniform(-1, 1), painter.rng.uniform(0.2, 1.6)) for _ in range(220))
    ]
    bristle = painter.strands(lines, 0.018, spread=46)
    shift = person.yaw * 0.14
    if person.beard == "full":
        jaw = [
            (0.99, 0.15),
            (0.95, 0.55),
            (person.jaw + 0.04, person.length * 0.68),
            (person.chin + 0.1, person.length + 0.06),
            (0, person.length + 0.16),
        ]
        inner = [
            (0.84, 0.25),
            (0.66, 0.55),
            (person.mouth_width + 0.12, mouth_y - 0.2),
            (person.mouth_width + 0.06, mouth_y + 0.13),
            (0.14, mouth_y + 0.22),
            (0, mouth_y + 0.2),
        ]
        left = [(-x, y) for x, y in jaw[-2::-1]]
        back = [(-x, y) for x, y in inner[:-1]]
        whole = smooth(jaw + left + back + inner[::-1]) + (shift, 0)
        painter.region([whole], colour, depth=50, reach=0.12, texture=bristle)
    if person.beard == "goatee":
        tuft = smooth(
            mirrored(
                [
                    (0, mouth_y + 0.2),
                    (0.2, mouth_y + 0.22),
                    (0.3, person.length * 0.92),
                    (0.16, person.length + 0.1),
                    (0, person.length + 0.13),
                ]
            )
        )
        painter.region([tuft + (shift, 0)], colour, depth=50, reach=0.1, texture=bristle)
    painter.region([turned(person, upper)], colour, depth=40, reach=0.08, texture=bristle)


def glasses(painter, person):
    if person.glasses == "none":
        return
    gap = max(person.eye_gap, 0.41)
    wide, high = (0.31, 0.27) if person.glasses == "round" else (0.35, 0.22)
    thick = {"round": 0.028, "square": 0.045, "half": 0.03, "thick": 0.075}[person.glasses]
    colour = person.frame
    for side in (-1, 1):
        if person.glasses == "round":
            rim = ellipse(side * gap, 0.05, wide, high)
        else:
            rim = smooth(
                [
                    (side * (gap + dx * wide), 0.04 + dy * high)
                    for dx, dy in (
                        (-0.92, -0.9),
                        (0.1, -1.0),
                        (1.0, -0.95),
                        (1.02, 0.1),
                        (0.7, 0.98),
                        (-0.5, 1.0),
                        (-0.92, 0.3),
                    )
                ]
            )
        rim = turned(person, rim)
        middle = rim.mean(0)
        painter.spot(middle[0] - 0.1, middle[1] - 0.08, 0.13, 0.09, (255, 255, 255), 0.22)
        if person.glasses == "half":
            above = rim[rim[:, 1] < middle[1] + 0.02]
            painter.line(above[np.argsort(above[:, 0])], colour, thick * 1.6)
        else:
            painter.line(np.vstack([rim, rim[:2]]), colour, thick)
        temple = turned(person, [(side * (gap + wide), -0.05), (side * 1.0, -0.05)])
        painter.line(temple, colour, thick)
    painter.line(
        turned(person, smooth([(-gap + wide * 0.9, 0.0), (0, -0.06), (gap - wide * 0.9, 0.0)], closed=False)),
        colour,
        thick,
    )
