"""How wide a text is, and how a name is shortened so that it is still somebody's own."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from refgraph.maps.drawing.fonts import BASE, follows
from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.maps.drawing.fonts import Fonts

__all__ = ["Ruler"]

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_DOT = "·"  # between the parts of a subtitle
_LINES, _BOLDER = 3, 1.16  # of a heading at most; how much wider bold letters are
_SHARES = (0.4, 0.6, 0.25, 0.75, 0.1, 0.9)  # other places to cut a name at


@lru_cache(maxsize=20_000)  # for the next map of the same book too
def _set(text: str, families: tuple[str, ...], px: float, bold: bool) -> tuple[float, float, float]:  # noqa: FBT001
    """Set a text and give its width, ascent and descent."""
    size, weight = px * 72 / theme.DPI, "bold" if bold else "normal"
    face = FontProperties(family=list(families), size=size, weight=weight)
    width, height, descent = _renderer().get_text_width_height_descent(text, face, ismath=False)  # type: ignore[no-untyped-call]
    return float(width), max(height - descent, 0.78 * px), max(descent, 0.24 * px)


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(8, 8, theme.DPI)  # type: ignore[no-untyped-call]


class Ruler:
    """Measures and shortens text as the Agg renderer will set it.

    Parameters
    ----------
    fonts : Fonts
        To write with.
    people : iterable of str
        Everybody whose name may be on the page, so that no two are drawn as the same text.
    """

    def __init__(self, fonts: Fonts, people: Iterable[str] = ()) -> None:
        self.fonts = fonts
        self._everyone: dict[str, None] = dict.fromkeys(people)
        self._number: dict[str, int] = {}
        self.size = lru_cache(maxsize=None)(self._size)
        self._apart = lru_cache(maxsize=None)(self._told_apart)

    def families(self, *, bold: bool = False) -> list[str]:
        """Give the families to draw with; the fallbacks have no bold, and bold text needs none."""
        return [BASE] if bold else list(self.fonts.families)

    def _size(self, text: str, px: float, bold: bool = False) -> tuple[float, float, float]:  # noqa: FBT001, FBT002
        """Give width, ascent and descent; a line is never lower than Latin letters need."""
        bold = bold and self.fonts.is_plain(text)
        families = tuple(self.families(bold=bold))
        return _set(self.fonts.drawable(text) or " ", families, px, bold)

    def fit(self, text: str, px: float, room: float, *, bold: bool = False) -> str:
        """Shorten `text` in its middle until it is at most `room` pixels wide."""
        return self._cut(text, px, room, bold, 0.5)

    def names(
        self, people: Iterable[str], px: float, room: float | Mapping[str, float], *,
        bold: bool = False,
    ) -> dict[str, str]:  # fmt: skip
        """Give the names as drawn; `room` is how wide a name may be, for all or for each."""
        people = list(people)
        self._everyone |= dict.fromkeys(people)
        wide = dict.fromkeys(people, room) if isinstance(room, float | int) else room
        return {person: self.name(person, px, wide[person], bold=bold) for person in people}

    def name(self, person: str, px: float, room: float, *, bold: bool = False) -> str:
        """Give one name as drawn: if it must be shortened, unlike every other name on the page.

        Names that would shorten to the same text are cut elsewhere, so that what tells them apart
        is kept. Where that cannot be, they get a number, the same all over the page.
        """
        text = self.fit(person, px, room, bold=bold)
        front, cut, back = text.partition(ELLIPSIS)
        if not cut or text == self.fonts.drawable(person):
            return text
        alike = [
            other
            for other, drawn in ((other, self.fonts.drawable(other)) for other in self._everyone)
            if drawn.startswith(front) and drawn.endswith(back)
            if self.fit(other, px, room, bold=bold) == text
        ]
        if len(alike) < 2:
            return text
        return self._apart(tuple(sorted({person, *alike})), px, room, bold)[person]

    def _told_apart(
        self, alike: tuple[str, ...], px: float, room: float, bold: bool  # noqa: FBT001
    ) -> dict[str, str]:  # fmt: skip
        """Shorten names that are the same at both ends."""
        for share in _SHARES:
            texts = [self._cut(person, px, room, bold, share) for person in alike]
            if len(set(texts)) == len(texts):
                return dict(zip(alike, texts, strict=True))
        drawn = [self.fonts.drawable(person) for person in alike]
        same = 0
        while len({text[: same + 1] for text in drawn}) == 1:
            same += 1
        tails = [text[same:] for text in drawn]  # begin with what differs
        for front in (6, 3):
            kept = drawn[0][:front].rstrip() + ELLIPSIS
            left = room - self.size(kept, px, bold)[0]
            texts = [kept + self._cut(tail, px, left, bold, 0.8) for tail in tails]
            fits = all(self.size(text, px, bold)[0] <= room for text in texts)
            if fits and len(set(texts)) == len(texts):
                return dict(zip(alike, texts, strict=True))
        return {person: self._numbered(person, alike, px, room, bold) for person in alike}

    def _numbered(
        self, person: str, alike: tuple[str, ...], px: float, room: float, bold: bool  # noqa: FBT001
    ) -> str:  # fmt: skip
        taken = {self._number[other] for other in alike if other in self._number}
        for other in alike:
            if other not in self._number:
                self._number[other] = max(taken, default=0) + 1
                taken.add(self._number[other])
        mark = f" ({self._number[person]})"
        return self._cut(person, px, room - self.size(mark, px, bold)[0], bold, 0.5) + mark

    def _cut(self, text: str, px: float, room: float, bold: bool, share: float) -> str:  # noqa: FBT001
        """Shorten `text` where a `share` of what is kept lies before the cut."""
        text = self.fonts.drawable(text)
        if self.size(text, px, bold)[0] <= room:
            return text
        keep, low, high = ELLIPSIS, 1, len(text) - 1
        while low <= high:
            middle = (low + high) // 2
            last = int(middle * (1 - share))
            front, back = text[: middle - last], text[len(text) - last :]
            while back and follows(back[0]):  # not without its letter
                back = back[1:]
            candidate = f"{front.rstrip()}{ELLIPSIS}{back.lstrip()}"
            if self.size(candidate, px, bold)[0] <= room:
                keep, low = candidate, middle + 1
            else:
                high = middle - 1
        return keep

    def halves(self, text: str, px: float, room: float, *, bold: bool = False) -> list[str]:
        """Break a name into two lines about as wide, each whole in `room` pixels; else none."""
        ends = [k for k, letter in enumerate(text) if letter in " -"]  # a hyphen stays on its line
        pairs = [[text[: k + 1].rstrip(), text[k + 1 :].lstrip()] for k in ends]
        pairs = [pair for pair in pairs if all(pair)]
        if not pairs or self.fonts.drawable(text) != text:
            return []
        wide = [max(self.size(half, px, bold)[0] for half in pair) for pair in pairs]
        best = wide.index(min(wide))
        return pairs[best] if wide[best] <= room else []

    def heading(self, text: str, room: float) -> tuple[float, list[str]]:
        """Give a size for a heading, and its lines: one, or up to three small ones."""
        px = theme.TITLE
        while px > theme.STRONG and self.size(text, px, True)[0] > room:
            px -= 1
        lines = [text]
        while px > theme.FAINT and any(self.size(line, px, True)[0] > room for line in lines):
            px -= 1
            lines = self.wrap(text, px, room / _BOLDER)
            lines = lines if len(lines) <= _LINES or px == theme.FAINT else [text]
        kept = [*lines[: _LINES - 1], " ".join(lines[_LINES - 1 :])] if lines[_LINES:] else lines
        return px, [self.fit(line, px, room, bold=True) for line in kept]

    def wrap(self, text: str, px: float, room: float) -> list[str]:
        """Break `text` at spaces into lines at most `room` pixels wide.

        It is broken between the parts of a sentence of counts, if that takes no more lines.
        """
        lines = self._filled(text.split(), px, room)
        if len(lines) < 2 or _DOT not in text:
            return lines
        parts = [" ".join(part.split()) for part in text.split(_DOT)]
        between = [f"{part} {_DOT}" for part in parts[:-1]] + parts[-1:]
        if max(self.size(part, px)[0] for part in between) > room:
            return lines
        whole = self._filled(between, px, room)
        if len(whole) > len(lines):
            return lines
        return [line.removesuffix(_DOT).rstrip() for line in whole]

    def _filled(self, words: list[str], px: float, room: float) -> list[str]:
        """Fill lines with words, in turn."""
        lines: list[str] = []
        # more than a space takes, so that a line is measured only when nearly full
        space = 0.5 * px
        used = 0.0
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            used += space + self.size(word, px)[0]
            if lines and (used <= room or self.size(longer, px)[0] <= room):
                lines[-1] = longer
            else:
                lines.append(self.fit(word, px, room))
                used = self.size(word, px)[0]
        return lines
