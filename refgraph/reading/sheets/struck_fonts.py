"""Which styles of an .xlsx strike a cell through, and which of the texts that cells share."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import Unsafe
from refgraph.reading.sheets.xml import LocalNames, new_parser

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["is_on", "struck_records", "struck_styles", "struck_texts"]

_OFF = frozenset(("0", "false", "none", "off"))
_PARTS = frozenset(("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))
_WIDE, _MORE, _RUNS = 0x01, 0x04, 0x08
_RUN = struct.Struct("<2H")  # from which letter on, and which font
_TEXTS, _STRIKE = "xl/sharedStrings.xml", b"strike"


def is_on(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element that says yes by being there is not told to say no.

    Examples
    --------
    >>> is_on({}), is_on({"val": "1"}), is_on({"val": "0"})
    (True, True, False)
    """
    return attributes.get("val", "1").lower() not in _OFF


def struck_styles(archive: zipfile.ZipFile, parts: Iterable[str]) -> frozenset[str]:
    """Give the styles of cells, as cells name them, whose font is struck through.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The workbook, of which it is known how far it unfolds.
    parts : iterable of str
        What the workbook is made of.
    """
    part = next((each for each in parts if each.endswith("styles.xml")), "")
    if part not in archive.namelist():
        return frozenset()
    reading = _Styles()
    with archive.open(part) as stream:
        new_parser(reading.start).ParseFile(stream)
    return frozenset(reading.styles)


class _Styles:
    """One reading: the part it stands in, and how many fonts and styles there were."""

    def __init__(self) -> None:
        self.names = LocalNames()
        self.part = ""
        self.fonts = self.count = 0
        self.struck: set[str] = set()
        self.styles: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self.names[name]
        if local in _PARTS:
            self.part = local
        elif self.part == "fonts":
            self.fonts += local == "font"
            if local == "strike" and is_on(attributes):
                self.struck.add(str(self.fonts - 1))
        elif self.part == "cellXfs" and local == "xf":
            if attributes.get("fontId", "0") in self.struck:
                self.styles.add(str(self.count))
            self.count += 1


def struck_texts(archive: zipfile.ZipFile) -> tuple[frozenset[str], frozenset[str]]:
    """Give the texts that cells share, by their number: those struck through, whole and in part."""
    if _TEXTS not in archive.namelist() or not _says_strike(archive):
        return frozenset(), frozenset()
    reading = _Texts()
    with archive.open(_TEXTS) as stream:
        parser = new_parser(reading.start)
        parser.EndElementHandler = reading.end
        parser.CharacterDataHandler = reading.read
        parser.ParseFile(stream)
    return frozenset(reading.struck), frozenset(reading.partly)


def _says_strike(archive: zipfile.ZipFile) -> bool:
    """Tell whether the word stands in the shared texts at all, as it does in few files."""
    last = b""
    with archive.open(_TEXTS) as stream:
        while piece := stream.read(1 << 20):
            if _STRIKE in last + piece:
                return True
            last = piece[-len(_STRIKE) :]
    return False


class _Texts:
    """One reading: the text it stands in, and whether some and all of it is struck so far."""

    def __init__(self) -> None:
        self.names = LocalNames()
        self.at = -1
        self.strikes = self.inside = self.some = self.whole = False
        self.struck: set[str] = set()
        self.partly: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self.names[name]
        if local == "si":
            self.at, self.some, self.whole, self.strikes = self.at + 1, False, True, False
        elif local == "r":
            self.strikes = False
        elif local == "strike":
            self.strikes = is_on(attributes)
        elif local == "t":
            self.inside = True

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "t":
            self.inside = False
        elif local == "si" and self.some:
            (self.struck if self.whole else self.partly).add(str(self.at))

    def read(self, text: str) -> None:
        if self.inside and text.strip():
            self.some, self.whole = self.some or self.strikes, self.whole and self.strikes


def struck_records(parts: Sequence[bytes], fonts: Sequence[bool]) -> dict[int, bool]:
    """Give the texts that have fonts of their own some of which strike through.

    Parameters
    ----------
    parts : sequence of bytes
        The record of shared texts, and those that go on with it.
    fonts : sequence of bool
        Whether each font strikes through.

    Returns
    -------
    dict of int to bool
        By the number of a text, whether all of it is struck through.

    Raises
    ------
    Unsafe
        The texts are cut off.

    Examples
    --------
    >>> text = struct.pack("<2I", 1, 1) + struct.pack("<HBH", 2, 8, 1) + b"ab" + _RUN.pack(1, 1)
    >>> struck_records([text], [False, True]), struck_records([text], [False, False])
    ({0: False}, {})
    """
    reading = _Records(parts)
    (many,) = struct.unpack("<4xI", reading.take(8))
    found = {}
    for number in range(many):
        length, flags = struct.unpack("<HB", reading.take(3))
        runs = struct.unpack("<H", reading.take(2))[0] if flags & _RUNS else 0
        more = struct.unpack("<I", reading.take(4))[0] if flags & _MORE else 0
        text = reading.letters(length, is_wide=bool(flags & _WIDE))
        told = [_RUN.unpack(reading.take(_RUN.size)) for _ in range(runs)]
        reading.take(more)
        if any(_strikes(fonts, font) for _, font in told):
            ends = [*(begin for begin, _ in told[1:]), length]
            pieces = [(text[: told[0][0]], False)]
            pieces += [
                (text[begin:end], _strikes(fonts, font))
                for (begin, font), end in zip(told, ends, strict=True)
            ]
            strikes = {is_struck for piece, is_struck in pieces if piece.strip()}
            if True in strikes:
                found[number] = strikes == {True}
    return found


def _strikes(fonts: Sequence[bool], font: int) -> bool:
    return font < len(fonts) and fonts[font]


class _Records:
    """One reading: the part it stands in, and how far it is."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts, self.part, self.at = parts, 0, 0

    def take(self, many: int) -> bytes:
        """Give so many bytes, from the parts that follow too."""
        found = b""
        while len(found) < many:
            piece = self._piece(many - len(found))
            found += piece
        return found

    def letters(self, many: int, *, is_wide: bool) -> str:
        """Give so many letters; a part that goes on with them says first how wide they are.

        A letter of two units counts as two, as it does in the runs.
        """
        units: list[str] = []
        while len(units) < many:
            if self.part < len(self.parts) and self.at >= len(self.parts[self.part]):
                is_wide = bool(self.take(1)[0] & _WIDE)
            width = 1 + is_wide
            piece = self._piece((many - len(units)) * width)
            if len(piece) % width:
                raise Unsafe
            units += map(
                chr, struct.unpack(f"<{len(piece) // width}{'H' if is_wide else 'B'}", piece)
            )
        return "".join(units)

    def _piece(self, most: int) -> bytes:
        """Give bytes of one part, some at least."""
        while self.part < len(self.parts) and self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
        if self.part >= len(self.parts):
            raise Unsafe
        piece = self.parts[self.part][self.at : self.at + most]
        self.at += len(piece)
        return piece
