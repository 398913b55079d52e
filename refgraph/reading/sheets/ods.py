"""The sheets of an OpenDocument spreadsheet, which all stand in one part of the archive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import MOST_LINES, Scan, Unsafe
from refgraph.reading.sheets.xml import LocalNames, new_parser

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

__all__ = ["scan_ods"]

_MOST_SHEETS = 2_000
_HIDDEN = ("collapse", "filter")
_THROUGH = ("text-line-through-style", "text-line-through-type")
# How the text of a formula names an error where the file does not say that it is one.
_ERROR = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:[0-9]+")


def scan_ods(archive: zipfile.ZipFile) -> tuple[list[Scan], int]:
    """Go through the cells of every sheet, and count those that are held while it is read."""
    return _Content().read(archive)


class _Content:
    """One reading: the sheet, the row and the cell it stands on."""

    def __init__(self) -> None:
        self.scans: list[Scan] = []
        self.names, self.local = LocalNames(), LocalNames()
        self.parser = new_parser(self.start)
        self.parser.EndElementHandler = self.end
        self.line = self.lines = self.at = self.held = self.columns = 0
        self.run = (0, 0, 0, 0)
        self.kind = ""
        self.formula = self.shown = self.error = False
        self.text: list[str] = []
        self.named, self.struck = "", set[str]()
        self.of_texts, self.lined = False, set[str]()  # styles of parts of a text
        self.spans: list[bool] = []
        self.through = self.is_noted = False  # is_noted: in what somebody says of a cell
        self.is_linked = False  # in tables that are kept of other files, behind the sheets
        self.strikes: set[bool] = set()  # whether what is written in a cell is struck

    def read(self, archive: zipfile.ZipFile) -> tuple[list[Scan], int]:
        with archive.open("content.xml") as stream:
            self.parser.ParseFile(stream)
        return self.scans, self.held + sum(scan.area for scan in self.scans)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self.names[name]
        if self.is_linked:
            return
        if local in {"table-cell", "covered-table-cell"}:
            self.cell({self.local[key]: value for key, value in attributes.items()})
            if attributes.get("calcext:value-type") == "error":
                self.error = True
        elif local == "table-row":
            self.line += self.lines
            self.lines = _repeats(attributes.get("table:number-rows-repeated"))
            self.at = 0
            if (how := attributes.get("table:visibility")) in _HIDDEN and self.scans:
                self.scans[-1].hide_lines(self.line + 1, self.lines)
                self.scans[-1].is_filtered |= how == "filter"
        elif local == "table-column":
            columns = _repeats(attributes.get("table:number-columns-repeated"))
            if attributes.get("table:visibility") in _HIDDEN and self.scans:
                self.scans[-1].hidden_columns.append((self.columns, columns))
            self.columns += columns
        elif local == "table":
            self.line = self.lines = self.columns = 0
            self.scans.append(Scan())
            if len(self.scans) > _MOST_SHEETS:
                raise Unsafe
        else:
            self.around(local, attributes)

    def around(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take what stands beside the cells, or in one: styles, and the text of a formula."""
        if local in {"style", "text-properties"}:
            self.style(local, {self.local[key]: value for key, value in attributes.items()})
        elif local == "annotation":
            self.is_noted = True
        elif local == "dde-links":
            self.is_linked = True
        elif local == "span" and self.lined:
            self.spans.append(attributes.get("text:style-name") in self.lined)
        elif local == "p" and self.lined:
            self.shown = True
            self.parser.CharacterDataHandler = self.write
        elif local == "p" and (self.formula or self.error):
            self.shown = True
            self.parser.CharacterDataHandler = self.text.append

    def style(self, local: str, told: Mapping[str, str]) -> None:
        """Take note of a style of cells that strikes them through."""
        if local == "style":
            family = told.get("family")
            self.named = told.get("name", "") if family in {"table-cell", "text"} else ""
            self.of_texts = family == "text"
            styles = self.lined if self.of_texts else self.struck
            if self.named and told.get("parent-style-name") in styles:
                styles.add(self.named)
            return
        lines = [value for key, value in told.items() if key in _THROUGH]
        if self.named and lines:
            styles = self.lined if self.of_texts else self.struck
            (styles.add if {*lines} - {"none"} else styles.discard)(self.named)

    def write(self, text: str) -> None:
        """Take what is written in a cell, and whether it is struck through."""
        if self.formula or self.error:
            self.text.append(text)
        if text.strip() and not self.is_noted:
            self.strikes.add(self.through or any(self.spans))

    def cell(self, told: Mapping[str, str]) -> None:
        """Take note of one cell, which may stand for several."""
        if not self.scans:  # of a change that is tracked, above the sheets
            self.strikes.clear()
            return
        scan, columns = self.scans[-1], _repeats(told.get("number-columns-repeated"))
        self.run = (self.line + 1, self.at, self.lines, columns)
        self.kind = told.get("value-type", "")
        self.formula, self.error = "formula" in told, False
        self.through = told.get("style-name") in self.struck
        self.at += columns
        if self.kind or self.formula:
            scan.place(self.line + 1, self.run[1])
            scan.place(self.line + self.lines, self.at - 1)
            if self.through:
                scan.strike(*self.run)
            self.held += columns
        down = _repeats(told.get("number-rows-spanned"))
        across = _repeats(told.get("number-columns-spanned"))
        if down * across > 1:
            scan.merged.append((self.line + 1, self.run[1], down, across))
        if self.kind == "time":
            scan.durations.append(self.run)

    def end(self, name: str) -> None:
        """Tell what a cell held when it is over."""
        local = self.names[name]
        if self.spans and local == "span":
            self.spans.pop()
        self.is_noted &= local != "annotation"
        self.is_linked &= local != "dde-links"
        if local not in {"table-cell", "covered-table-cell"} or not self.scans:
            return
        self.parser.CharacterDataHandler = None
        text = "".join(self.text).strip()
        self.text.clear()
        if self.error or (self.formula and _ERROR.fullmatch(text)):
            self.scans[-1].errors.append((self.run, text))
        elif self.formula and not self.kind and (text or not self.shown):
            self.scans[-1].unsaved.append(self.run)  # an empty text is a result too
        if True in self.strikes:
            scan = self.scans[-1]
            if False in self.strikes:
                scan.partly.append(self.run)
            else:
                scan.strike(*self.run)
        self.strikes.clear()
        self.formula = self.error = self.shown = False


def _repeats(text: str | None) -> int:
    """Read how many rows or columns one stands for."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 8) or int(text) > MOST_LINES:
        raise Unsafe
    return int(text) or 1
