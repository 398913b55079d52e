"""Shades of one colour, for more and less: from the palest that can be seen to a deep one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["shades"]

_CONTRAST = 3.0  # of the palest shade against the paper
_DEEP = 0.45  # of ink in the deepest
_PALE = np.arange(0.3, 1.0, 0.02).tolist()  # shares of colour that are tried for the palest


def shades(color: str, number: int) -> list[str]:
    """Give shades of a colour from the palest that can be seen on the paper to a deep one.

    Examples
    --------
    >>> shades("#5f3f94", 1)
    ['#5f3f94']
    >>> shades("#000000", 2)
    ['#949494', '#0c0d0f']
    """
    if number == 1:
        return [color]
    paler = (_mixed(theme.PAPER, color, share) for share in _PALE)
    pale = next((mixed for mixed in paler if _contrast(mixed) >= _CONTRAST), color)
    deep = _mixed(color, theme.INK, _DEEP)
    return [_mixed(pale, deep, k / (number - 1)) for k in range(number)]


def _channels(color: str) -> Floats:
    return np.frombuffer(bytes.fromhex(color[1:]), dtype=np.uint8).astype(float)


def _mixed(one: str, other: str, share: float) -> str:
    mixed = (1 - share) * _channels(one) + share * _channels(other)
    return "#" + "".join(f"{round(each):02x}" for each in mixed.tolist())


def _contrast(color: str) -> float:
    """Give the contrast of a colour with the paper (WCAG 2.2)."""
    light = []
    for each in (color, theme.PAPER):
        part = _channels(each) / 255
        even = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
        light.append(float(even @ (0.2126, 0.7152, 0.0722)) + 0.05)
    return max(light) / min(light)
