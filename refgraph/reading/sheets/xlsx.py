"""The sheets of an .xlsx: which part of the archive each is, and what its cells hold."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import MOST_LINES, Scan, Unsafe
from refgraph.reading.sheets.struck_fonts import is_on, struck_styles, struck_texts
from refgraph.reading.sheets.xml import LocalNames, new_parser

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

__all__ = ["column_of", "count_strings", "find_parts", "part_of_links", "scan_xlsx", "targets_of"]

_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_STRING = re.compile(rb"si\s*/?>")
_MOST_SHEETS = 2_000
_TRUE = ("1", "true")


def find_parts(archive: zipfile.ZipFile) -> list[str]:
    """Give the part of the archive that holds each sheet, in the order of the sheets."""
    found: list[str] = []
    names = LocalNames()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if names[name] == "sheet":
            links = (value for key, value in attributes.items() if key.endswith(":id"))
            found.append(next(links, ""))
            if len(found) > _MOST_SHEETS:
                raise Unsafe

    with archive.open("xl/workbook.xml") as stream:
        new_parser(start).ParseFile(stream)
    links = part_of_links(archive, "xl/_rels/workbook.xml.rels")
    return [links.get(link, "") for link in found]


def targets_of(archive: zipfile.ZipFile, part: str) -> set[str]:
    """Read which parts of the archive one part names."""
    return set(part_of_links(archive, part, "").values())


def part_of_links(archive: zipfile.ZipFile, part: str, folder: str = "xl") -> dict[str, str]:
    """Read the links of a part: from each id to the part of the archive it names."""
    found: dict[str, str] = {}
    names = LocalNames()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if names[name] == "Relationship":
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")
            if len(found) > _MOST_SHEETS:
                raise Unsafe

    with archive.open(part) as stream:
        new_parser(start).ParseFile(stream)
    return found


def count_strings(archive: zipfile.ZipFile) -> int:
    """Count the texts that the sheets share."""
    part, count = "xl/sharedStrings.xml", 0
    if part in archive.namelist():
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                count += sum(1 for _ in _STRING.finditer(piece))
    return count


def column_of(letters: str) -> int:
    """Give the position of a column from its letters.

    Examples
    --------
    >>> column_of("A"), column_of("AB")
    (0, 27)
    """
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - 64
    return place - 1


def scan_xlsx(archive: zipfile.ZipFile, part: str) -> Scan:
    """Go through the cells of one sheet."""
    parts = part_of_links(archive, "xl/_rels/workbook.xml.rels").values()
    return _Sheet(struck_styles(archive, parts), *struck_texts(archive)).read(archive, part)


class _Sheet:
    """One reading: the cell it stands on, and what was found."""

    def __init__(
        self, styles: frozenset[str], texts: frozenset[str], partly: frozenset[str]
    ) -> None:
        self.scan = Scan()
        self.styles, self.texts, self.partly = styles, texts, partly
        self.strikes = False  # of the run of letters that it stands in
        self.runs: set[bool] = set()  # whether those of a cell are struck through
        self.names = LocalNames()
        self.columns: dict[str, int] = {}
        self.parser = new_parser(self.start)
        self.digits = ""
        self.row = self.line = 0
        self.at = -1
        self.kind = ""
        self.watched = self.numbered = False
        self.text: list[str] = []

    def read(self, archive: zipfile.ZipFile, part: str) -> Scan:
        with archive.open(part) as stream:
            self.parser.ParseFile(stream)
        if self.watched:
            self.finish()
        return self.scan

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self.names[name]
        if local == "c":
            if self.watched:
                self.finish()
            self.begin(attributes)
        elif local in {"v", "is"}:
            self.scan.place(self.line, self.at)
            if self.watched:
                self.parser.CharacterDataHandler = self.text.append
        elif local == "row":
            if self.watched:
                self.finish()
            text = attributes.get("r")
            self.row = int(text) if text else self.row + 1
            if self.row > MOST_LINES:
                raise Unsafe
            self.digits, self.at = str(self.row), -1
            self.scan.hide_lines(self.row, attributes.get("hidden") in _TRUE)
        elif local == "f":  # a text that is empty is a result too
            self.watched = self.watched or self.kind != "str"
        else:
            self.around(local, attributes)

    def begin(self, attributes: Mapping[str, str]) -> None:
        """Go to the cell that begins here."""
        self.move(attributes.get("r"))
        self.kind = attributes.get("t", "n")
        self.watched = self.kind == "e"
        if self.runs:
            self.runs, self.strikes = set(), False
        if self.styles or self.texts or self.partly:
            self.see_struck(attributes.get("s"))

    def see_struck(self, style: str | None) -> None:
        """Take note of a cell whose style is struck through, or whose text may be."""
        if style in self.styles:
            self.scan.strike(self.line, self.at)
        elif (self.texts or self.partly) and self.kind == "s":
            self.watched = self.numbered = True

    def move(self, ref: str | None) -> None:
        """Go to a cell: the one that is named, or the next one."""
        self.line = self.row
        if ref is None:
            self.at += 1
            return
        letters = ref.removesuffix(self.digits)
        at = self.columns.get(letters)
        if at is None:
            found = _CELL.fullmatch(ref)
            if found is None:
                raise Unsafe
            self.line, at = int(found[2]), column_of(found[1])
            if letters == found[1]:
                self.columns[letters] = at
        self.at = at

    def finish(self) -> None:
        """Tell what the cell before this one held."""
        self.parser.CharacterDataHandler = None
        text, self.watched = "".join(self.text).strip(), False
        self.text.clear()
        run = (self.line, self.at, 1, 1)
        if self.numbered:
            self.numbered = False
            if text in self.texts:
                self.scan.strike(self.line, self.at)
            elif text in self.partly:
                self.scan.partly.append(run)
            return
        if self.kind == "inlineStr":
            if self.runs == {True}:
                self.scan.strike(self.line, self.at)
            else:
                self.scan.partly.append(run)
            return
        if self.kind == "e":
            self.scan.errors.append((run, text))
        elif not text:
            self.scan.unsaved.append(run)

    def around(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take note of what is said beside the cells: what is merged, filtered, not shown."""
        if self.kind == "inlineStr" and local in {"r", "strike", "t"}:
            self.run(local, attributes)
        elif local == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif local == "filterColumn":
            self.scan.is_filtered = True
        elif local == "col" and attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.scan.hidden_columns.append((int(first) - 1, int(last) - int(first) + 1))

    def run(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take note of whether a run of letters, in a cell that holds them itself, is struck."""
        if local != "t":
            self.strikes = local == "strike" and is_on(attributes)
            return
        if self.strikes or self.runs:
            self.watched = True
        self.runs.add(self.strikes)

    def merge(self, ref: str) -> None:
        corners = [_CELL.fullmatch(corner) for corner in ref.split(":")]
        if len(corners) == 2 and (first := corners[0]) and (last := corners[1]):
            top, left = int(first[2]), column_of(first[1])
            run = (top, left, int(last[2]) - top + 1, column_of(last[1]) - left + 1)
            self.scan.merged.append(run)
