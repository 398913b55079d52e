"""How far two colours are apart, in normal sight and in three kinds of colour blindness."""

from __future__ import annotations

import math

import numpy as np

__all__ = ["SIGHT", "ciede2000", "contrast", "lab", "linear"]

# Severity 1 of Machado, Oliveira, Fernandes (2009), IEEE Trans. Vis. Comput. Graph. 15, 1291.
SIGHT = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(color):
    c = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(color, sight="normal"):
    xyz = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear(color), 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one, two):
    """Sharma, Wu, Dalal (2005), Color Research and Application 30, 21, equations 2 to 22."""
    (light, a, b), (light_2, a_2, b_2) = one, two
    mean = (math.hypot(a, b) + math.hypot(a_2, b_2)) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a, a_2 = (1 + g) * a, (1 + g) * a_2
    chroma, chroma_2 = math.hypot(a, b), math.hypot(a_2, b_2)
    hue, hue_2 = (math.degrees(math.atan2(y, x)) % 360 for x, y in ((a, b), (a_2, b_2)))
    grey = chroma * chroma_2 == 0
    turn = 0 if grey else (hue_2 - hue + 180) % 360 - 180
    round_about = 2 * math.sqrt(chroma * chroma_2) * math.sin(math.radians(turn / 2))
    h = hue + hue_2 if grey else (hue + turn / 2) % 360
    l, c = (light + light_2) / 2, (chroma + chroma_2) / 2  # noqa: E741
    t = (
        1
        - 0.17 * math.cos(math.radians(h - 30))
        + 0.24 * math.cos(math.radians(2 * h))
        + 0.32 * math.cos(math.radians(3 * h + 6))
        - 0.20 * math.cos(math.radians(4 * h - 63))
    )
    x = (light_2 - light) / (1 + 0.015 * (l - 50) ** 2 / math.sqrt(20 + (l - 50) ** 2))
    y = (chroma_2 - chroma) / (1 + 0.045 * c)
    z = round_about / (1 + 0.015 * c * t)
    turned = math.sin(math.radians(60 * math.exp(-(((h - 275) / 25) ** 2))))
    tilt = -2 * math.sqrt(c**7 / (c**7 + 25**7)) * turned
    return math.sqrt(x * x + y * y + z * z + tilt * y * z)


def contrast(one, two):
    low, high = sorted(float(linear(color) @ TO_XYZ[1]) for color in (one, two))
    return (high + 0.05) / (low + 0.05)
