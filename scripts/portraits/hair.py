# SPDX-License-Identifier: Apache-2.0
"""Hair, and what covers it."""

import math

import numpy as np

from .paint import ellipse, mirrored, mix, smooth

LONG = {"long", "wavy", "fringe-long", "ponytail", "bob"}


def behind(painter, person):
    """What hangs behind neck and shoulders."""
    lift = person.volume
    if person.style == "scarf":
        drape = smooth(
            mirrored(
                [
                    (0, -1.5),
                    (0.8, -1.3),
                    (1.22, -0.5),
                    (1.2, 0.6),
                    (1.5, person.length + 0.5),
                    (1.35, person.length + 1.3),
                    (0, person.length + 1.5),
                ]
            )
        )
        painter.region([drape], mix(person.accent, (0, 0, 0), 0.25), depth=70)
        return
    if person.style == "afro":
        painter.region(
            [cloud(painter, 0, -0.45, 1.5 + lift, 1.42 + lift)], person.hair, depth=80, texture=curls(painter, 900, 1.9)
        )
        return
    if person.style == "bun":
        painter.region(
            [ellipse(person.part * 0.2, -1.6 - lift, 0.48, 0.42)],
            person.hair,
            depth=90,
            texture=combed(painter, person, 0.4),
        )
    if person.style not in LONG:
        return
    low = {"bob": person.length * 0.9, "ponytail": 0.6}.get(person.style, person.length + person.hair_length)
    wide = 1.12 + lift
    side = [
        (0, -1.4),
        (0.8, -1.25),
        (wide, -0.5),
        (wide + 0.08, 0.4),
        (wide + 0.1, low * 0.7),
        (wide - 0.1, low),
        (0.5, low + 0.1),
        (0, low),
    ]
    shape = smooth(mirrored(side))
    if person.style == "wavy":
        shape[:, 0] += 0.09 * np.sin(shape[:, 1] * 6) * np.sign(shape[:, 0])
    painter.region([shape], mix(person.hair, (0, 0, 0), 0.15), depth=70, texture=combed(painter, person, low))
    if person.style == "ponytail":
        tail = smooth([(0.9, -0.9), (1.45, -0.6), (1.6, 0.3), (1.35, 1.4), (1.25, 0.5), (1.1, -0.1)])
        tail[:, 0] *= math.copysign(1, person.part)
        painter.region([tail], person.hair, depth=80, reach=0.15, texture=combed(painter, person, 1.4))


def combed(painter, person, low):
    """Strands that leave the parting, follow the skull and then hang down."""
    lines = []
    part = math.asin(max(-0.9, min(0.9, person.part * 0.6)))
    wave = 0.05 if person.style in ("wavy", "long") else 0.0
    for _ in range(190):
        shell, side = painter.rng.uniform(0.72, 1.3), painter.rng.choice([-1, 1])
        start, end = part + painter.rng.uniform(-0.1, 0.1), side * 1.62
        angles = [start + (end - start) * step / 6 for step in range(7)]
        line = [(shell * math.sin(a), -1.32 * shell * math.cos(a) * 0.98) for a in angles]
        if low > 0:
            x = line[-1][0]
            swing = painter.rng.uniform(-0.12, 0.12)
            line += [
                (x + swing * t + wave * math.sin(9 * t + shell * 9), t * (low + 0.2)) for t in (0.25, 0.5, 0.75, 1.0)
            ]
        lines.append(line)
    return painter.strands(lines, 0.026, spread=44)


def curls(painter, count, reach):
    lines = []
    for _ in range(count):
        x, y = painter.rng.uniform(-reach, reach), painter.rng.uniform(-2.1, 1.2)
        r, turn = painter.rng.uniform(0.04, 0.1), painter.rng.random() * 6
        lines.append([(x + r * math.cos(turn + a), y + r * math.sin(turn + a)) for a in (0, 1, 2, 3, 4)])
    return painter.strands(lines, 0.03, spread=52)


def bristles(painter, count=420):
    lines = []
    for _ in range(count):
        x, y = painter.rng.uniform(-1.2, 1.2), painter.rng.uniform(-1.7, 0.3)
        lines.append([(x, y), (x + x * 0.07, y - 0.1)])
    return painter.strands(lines, 0.02, spread=40)


def cloud(painter, x, y, rx, ry, bumps=26):
    """A rounded shape with a curly edge."""
    points = []
    for step in range(bumps * 2):
        angle, swell = step / bumps * math.pi, 1.0 + (0.045 if step % 2 else -0.025) * painter.rng.uniform(0.6, 1.5)
        points.append((x + rx * swell * math.cos(angle), y + ry * swell * math.sin(angle)))
    return smooth(points, steps=3)


def front(painter, person):
    """What lies on the head and frames the face."""
    STYLES.get(person.style, cap)(painter, person)


def crown(person, lift, burn=0.1):
    """The outer edge of the hair, from the left temple over the top to the right one."""
    return [
        (-1.02, burn),
        (-1.06 - lift * 0.5, -0.45),
        (-0.88 - lift * 0.4, -1.05 - lift * 0.4),
        (-0.42, -1.36 - lift),
        (0.1, -1.42 - lift),
        (0.6, -1.27 - lift * 0.8),
        (0.92 + lift * 0.4, -0.95 - lift * 0.3),
        (1.06 + lift * 0.5, -0.42),
        (1.02, burn),
    ]


def cap(painter, person):
    """Short hair over the skull; the hairline depends on the style."""
    line, part = person.hairline, person.part
    lift = {"buzz": 0.0, "receding": 0.02, "curly": 0.16, "spiky": 0.12}.get(person.style, person.volume)
    edge = {
        "receding": [
            (0.9, -0.2),
            (0.86, -0.62),
            (0.55, -1.1),
            (0.15, line - 0.12),
            (-0.2, line - 0.1),
            (-0.58, -1.08),
            (-0.86, -0.62),
            (-0.9, -0.2),
        ],
        "parted": [
            (0.9, -0.2),
            (0.85, -0.55),
            (part + 0.35, line + 0.06),
            (part, line - 0.18),
            (part - 0.4, line + 0.05),
            (-0.85, -0.55),
            (-0.9, -0.2),
        ],
        "swept": [
            (0.92, -0.2),
            (0.84, -0.7),
            (0.5, line - 0.16),
            (0, line - 0.2),
            (-0.5, line - 0.12),
            (-0.84, -0.68),
            (-0.92, -0.2),
        ],
        "fringe": [
            (0.92, -0.15),
            (0.8, -0.45),
            (0.45, -0.42),
            (0.1, -0.5),
            (-0.3, -0.4),
            (-0.8, -0.46),
            (-0.92, -0.15),
        ],
        "fringe-long": [
            (0.92, 0.0),
            (0.82, -0.4),
            (0.4, -0.38),
            (0, -0.36),
            (-0.4, -0.38),
            (-0.82, -0.4),
            (-0.92, 0.0),
        ],
    }.get(
        person.style,
        [(0.92, -0.15), (0.86, -0.6), (0.5, line), (0, line - 0.06), (-0.5, line), (-0.86, -0.6), (-0.92, -0.15)],
    )
    burn = 0.35 if person.style in LONG else 0.12
    outer = crown(person, lift, burn)
    if person.style == "curly":
        outer = [
            (x * (1.04 + 0.05 * (i % 2)), y * (1.03 + 0.05 * (i % 2)))
            for i, (x, y) in enumerate(smooth(outer, closed=False, steps=3))
        ]
    if person.style == "spiky":
        outer = [
            (x * (1.0 + 0.07 * (i % 2)), y * (1.0 + 0.1 * (i % 2)))
            for i, (x, y) in enumerate(smooth(outer, closed=False, steps=3))
        ]
    shape = np.vstack([smooth(outer, closed=False, steps=4), smooth(edge, closed=False, steps=5)]) + (
        person.yaw * 0.1,
        0,
    )
    texture = {"buzz": bristles, "receding": bristles, "spiky": bristles}.get(person.style)
    if person.style in ("curly", "afro"):
        weave = curls(painter, 420, 1.3)
    else:
        weave = texture(painter) if texture else combed(painter, person, 0)
    painter.spot(person.yaw * 0.1, person.hairline + 0.05, 0.85, 0.22, mix(person.skin, (40, 20, 14), 0.45), 0.45)
    colour = mix(person.hair, person.skin, 0.35) if person.style == "buzz" else person.hair
    painter.region([shape], colour, depth=70, reach=0.22, side=34, texture=weave, contrast=1.25)


def locks(painter, person):
    """Long hair: the cap, and locks that fall beside the cheeks."""
    low = {"bob": person.length * 0.85, "ponytail": 0.2}.get(person.style, person.length + person.hair_length * 0.8)
    if person.style != "ponytail":
        for side in (-1, 1):
            lock = smooth(
                [
                    (side * 0.75, -1.0),
                    (side * (1.12 + person.volume), -0.4),
                    (side * (1.2 + person.volume), low * 0.6),
                    (side * (1.05 + person.volume * 0.5), low),
                    (side * 0.88, low * 0.75),
                    (side * 0.9, 0.3),
                    (side * 0.88, -0.3),
                ]
            )
            if person.style == "wavy":
                lock[:, 0] += 0.07 * np.sin(lock[:, 1] * 6)
            painter.region(
                [lock + (person.yaw * 0.08, 0)],
                person.hair,
                depth=75,
                reach=0.14,
                texture=combed(painter, person, low),
                contrast=1.2,
            )
    cap(painter, person)


def bald(painter, person):
    """A bare scalp that shines."""
    x, y = (painter.light[0] * 0.35, -1.0)
    painter.spot(x, y, 0.36, 0.18, mix(person.skin, (255, 250, 244), 0.75), 0.7)


def scarf(painter, person):
    """A headscarf around the face."""
    outer = smooth(
        mirrored(
            [
                (0, -1.52),
                (0.72, -1.36),
                (1.14, -0.7),
                (1.18, 0.2),
                (1.02, person.length * 0.85),
                (0.75, person.length + 0.3),
                (1.1, person.length + 0.9),
                (0, person.length + 1.15),
            ]
        )
    )
    opening = smooth(
        mirrored(
            [
                (0, -0.92),
                (0.5, -0.84),
                (0.82, -0.45),
                (0.88, 0.15),
                (0.74, person.length * 0.6),
                (0.4, person.length * 0.93),
                (0, person.length + 0.02),
            ]
        )
    )
    waves = [
        smooth(
            [(-1.1, y), (0, y + 0.25 + 0.2 * painter.rng.random()), (1.1, y + painter.rng.uniform(-0.2, 0.2))],
            closed=False,
        )
        for y in np.arange(person.length, person.length + 1.2, 0.12)
    ]
    waves += [smooth([(-1.0, -0.4 - s), (0, -1.05 - s), (1.0, -0.4 - s)], closed=False) for s in (0.1, 0.22, 0.32)]
    painter.region(
        [outer + (person.yaw * 0.08, 0)],
        person.accent,
        depth=90,
        reach=0.2,
        side=34,
        texture=painter.strands(waves, 0.035, spread=26),
        holes=[opening + (person.yaw * 0.14, 0)],
    )


def from_behind(painter, person):
    """The back of the head."""
    shape = smooth(mirrored([(0, -1.5), (0.66, -1.36), (1.08, -0.7), (1.1, 0.2), (0.92, 0.85), (0.55, 1.15), (0, 1.2)]))
    painter.region(
        [shape], person.hair, depth=85, reach=0.3, side=36, texture=combed(painter, person, 1.0), contrast=1.2
    )


STYLES = {
    "bald": bald,
    "scarf": scarf,
    "long": locks,
    "wavy": locks,
    "bob": locks,
    "ponytail": locks,
    "fringe-long": locks,
}
