"""Which styles of an .xlsx strike a cell through, and which of the texts that its cells share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.reading.sheets.xml import LocalNames, new_parser

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Mapping

__all__ = ["is_on", "struck_styles", "struck_texts"]

_OFF = frozenset(("0", "false", "none", "off"))
_PARTS = frozenset(("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))
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
