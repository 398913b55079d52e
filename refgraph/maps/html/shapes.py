"""What is painted on a page, as plain numbers: shapes, their colours, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import to_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from refgraph.maps.scenes.marks import Layer

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["TENTHS", "Palette", "boxes", "packed", "to_dict"]

TENTHS = 10  # coordinates are whole tenths of a pixel


class Palette:
    """The colours and the dashes of a page, each once.

    Examples
    --------
    >>> palette = Palette()
    >>> palette.number((1.0, 1.0, 1.0, 1.0)), palette.number("none"), palette.number("#ffffff")
    (0, -1, 0)
    >>> palette.colors
    ['#ffffff']
    """

    def __init__(self) -> None:
        self.colors: list[str] = []
        self.dashes: list[tuple[float, ...]] = [()]
        self._known: dict[Any, int] = {}

    def number(self, color: Any) -> int:
        """Give the number of a colour; -1 if nothing of it can be seen."""
        if color not in self._known:
            self._known[color] = self._take(to_hex(color, keep_alpha=True))
        return self._known[color]

    def dash(self, lengths: tuple[float, ...]) -> int:
        """Give the number of some dashes; 0 for an unbroken line."""
        if lengths not in self.dashes:
            self.dashes.append(lengths)
        return self.dashes.index(lengths)

    def _take(self, text: str) -> int:
        if text.endswith("00"):
            return -1
        text = text.removesuffix("ff")
        if text not in self.colors:
            self.colors.append(text)
        return self.colors.index(text)


def boxes(layer: Layer) -> tuple[Floats, Floats]:
    """Give the lower and the upper corners of the boxes about the shapes of a layer."""
    low, high = np.empty((len(layer.codes), 2)), np.empty((len(layer.codes), 2))
    for code, places, stack in _alike(layer.codes, layer.points):
        if code == "O":
            low[places], high[places] = stack[:, 0] - stack[:, 1], stack[:, 0] + stack[:, 1]
        else:
            low[places], high[places] = stack.min(axis=1), stack.max(axis=1)
    return low, high


def to_dict(
    layer: Layer, picks: list[int], person: Ints, tie: Ints, palette: Palette
) -> dict[str, Any]:
    """Give the picked shapes of a layer as plain numbers.

    Returns
    -------
    dict
        ``code``, ``at`` (tenths of a pixel, each point after the first as its distance from the
        one before), ``fill`` and ``line`` (numbers of the palette), ``width`` (pixels), ``dash``
        (number of the palette; left out where all lines are unbroken), ``person`` and ``tie``
        (owners, each as its distance from the one before), ``kind`` if the layer has one. What is
        the same for all shapes of a
        layer is given once.
    """
    fills, lines = (
        [palette.number(color) for color in colors] or [-1]
        for colors in (layer.style.fills, layer.style.lines)
    )
    widths = [round(width, 2) for width in layer.style.widths]
    numbers = packed(layer.codes, layer.points)
    dashes = [
        palette.dash(tuple(round(length, 2) for length in lengths))
        for lengths in layer.style.dashes
    ]
    found: dict[str, Any] = {
        "code": _once([layer.codes[k] for k in picks]),
        "at": [numbers[k] for k in picks],
        "fill": _once([fills[k % len(fills)] for k in picks]),
        "line": _once([lines[k % len(lines)] for k in picks]),
        "width": _once([widths[k % len(widths)] for k in picks]),
    }
    if any(dashes):
        found["dash"] = _once([dashes[k % len(dashes)] for k in picks])
    if layer.kind:
        found["kind"] = layer.kind
    for name, whose in (("person", person[picks]), ("tie", tie[picks])):
        if (whose != -1).any():
            found[name] = np.diff(whose, prepend=0).tolist()
    return found


def packed(codes: list[str], points: list[Floats]) -> list[list[int]]:
    """Give points as whole tenths of a pixel, each as its distance from the one before.

    Examples
    --------
    >>> packed(["P"], [np.array([[1.0, 2.0], [1.5, 2.0], [1.0, 1.0]])])
    [[10, 20, 5, 0, -5, -10]]
    """
    found: list[list[int]] = [[]] * len(codes)
    for code, places, stack in _alike(codes, points):
        whole = np.round(stack * TENTHS).astype(np.int64)
        if code == "O":
            rows = whole.reshape(len(whole), -1)[:, :3]
        else:
            whole[:, 1:] -= whole[:, :-1].copy()
            rows = whole.reshape(len(whole), -1)
        for k, row in zip(places, rows.tolist(), strict=True):
            found[k] = row
    return found


def _alike(codes: list[str], points: list[Floats]) -> Iterator[tuple[str, list[int], Floats]]:
    """Stack shapes of the same code and the same number of points."""
    groups: dict[tuple[str, int], list[int]] = {}
    for k, (code, each) in enumerate(zip(codes, points, strict=True)):
        groups.setdefault((code, len(each)), []).append(k)
    for (code, _), places in groups.items():
        yield code, places, np.array([points[k] for k in places])


def _once(values: list[Any]) -> Any:
    """Give one value that stands for all, or all of them."""
    return values[0] if all(value == values[0] for value in values) else values
