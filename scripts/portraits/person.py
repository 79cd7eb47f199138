# SPDX-License-Identifier: Apache-2.0
"""Who is drawn: an invented person's looks, chosen by random numbers."""

from .background import tone
from .paint import grown

SKINS = [
    (246, 214, 194),
    (240, 200, 176),
    (232, 188, 158),
    (225, 178, 145),
    (214, 164, 128),
    (200, 148, 110),
    (184, 130, 92),
    (164, 112, 76),
    (142, 94, 62),
    (120, 78, 52),
    (98, 63, 43),
    (78, 50, 36),
]
HAIRS = [
    (28, 24, 24),
    (40, 30, 26),
    (58, 40, 30),
    (80, 54, 36),
    (104, 70, 42),
    (134, 92, 52),
    (168, 124, 72),
    (204, 168, 110),
    (150, 66, 34),
    (176, 88, 46),
]
GREYS = [(120, 116, 114), (168, 166, 164), (206, 204, 202)]
IRISES = [(66, 42, 26), (88, 58, 32), (104, 82, 44), (70, 96, 70), (78, 112, 142), (104, 132, 150), (52, 34, 26)]
SHORT = ["buzz", "short", "parted", "swept", "curly", "receding", "bald", "spiky", "fringe"]
LONG = ["long", "bob", "wavy", "bun", "ponytail", "afro", "fringe-long", "scarf", "curly"]
CLOTHES = ["crew", "vee", "shirt", "tie", "hoodie", "turtleneck", "blazer", "scoop", "stripes"]


class Person:
    """The looks of one person; the same random numbers give the same person."""

    def __init__(self, rng, gender=None, age=None):
        self.gender = rng.randint(0, 1) if gender is None else gender
        self.age = rng.randint(19, 72) if age is None else age
        man = self.gender == 1
        old = max(0.0, min(1.0, (self.age - 40) / 30))
        self.old = old
        self.skin = rng.choice(SKINS)
        dark = SKINS.index(self.skin) > 4
        self.hair = rng.choice(HAIRS[:5] if dark else HAIRS)
        if rng.random() < old * 0.9:
            self.hair = rng.choice(GREYS)
        elif rng.random() < 0.04:
            self.hair = tone(rng, 0.3, 0.7, 0.8)
        self.iris = rng.choice(IRISES[:3] if dark else IRISES)
        self.style = rng.choice(SHORT if man else LONG + SHORT[1:4])
        if man and rng.random() < 0.12:
            self.style = rng.choice(["long", "bun", "afro", "wavy"])
        self.jaw = grown(rng, 0.78, 0.95) if man else grown(rng, 0.70, 0.86)
        self.chin = grown(rng, 0.34, 0.56) if man else grown(rng, 0.28, 0.44)
        self.length = grown(rng, 1.22, 1.5)
        self.cheek = grown(rng, 0.94, 1.04)
        self.eye_gap = grown(rng, 0.37, 0.46)
        self.eye_width = grown(rng, 0.16, 0.23)
        self.eye_open = grown(rng, 0.055, 0.11)
        self.eye_slant = rng.uniform(-0.025, 0.04)
        self.brow = grown(rng, 0.035, 0.085) if man else grown(rng, 0.02, 0.055)
        self.brow_lift = rng.uniform(0.19, 0.28)
        self.brow_arch = rng.uniform(0.0, 0.07)
        self.nose_width = grown(rng, 0.14, 0.27)
        self.nose_length = grown(rng, 0.36, 0.52)
        self.mouth_width = grown(rng, 0.26, 0.42)
        self.lips = grown(rng, 0.05, 0.12)
        self.smile = rng.uniform(-0.03, 0.10)
        self.teeth = self.smile > 0.055 and rng.random() < 0.6
        self.lipstick = not man and rng.random() < 0.35
        self.beard = rng.choice(["none", "none", "stubble", "moustache", "goatee", "full"]) if man else "none"
        if self.style == "scarf":
            self.beard = "none"
        self.glasses = rng.choice(["none", "none", "none", "round", "square", "half", "thick"])
        self.frame = rng.choice([(24, 24, 28), (70, 44, 28), (120, 120, 126), (124, 30, 36), (30, 44, 92)])
        self.freckles = not dark and rng.random() < 0.15
        self.mole = (rng.uniform(-0.6, 0.6), rng.uniform(0.2, 0.9)) if rng.random() < 0.2 else None
        self.earring = not man and rng.random() < 0.4
        self.clothes = rng.choice(CLOTHES)
        self.cloth = tone(rng, 0.08, 0.95, 0.8)
        self.cloth2 = tone(rng, 0.3, 1.0, 0.35)
        self.accent = tone(rng, 0.2, 0.8, 0.9)
        self.shoulders = grown(rng, 1.9, 2.5) if man else grown(rng, 1.55, 2.0)
        self.neck = grown(rng, 0.52, 0.68) if man else grown(rng, 0.42, 0.54)
        self.volume = rng.uniform(0.06, 0.24)
        self.hairline = rng.uniform(-0.98, -0.72)
        self.part = rng.choice([-1, 1]) * rng.uniform(0.2, 0.6)
        self.hair_length = rng.uniform(0.3, 1.8)
        self.yaw = rng.uniform(-0.3, 0.3)
        self.nod = rng.uniform(-0.07, 0.07)
