"""A workbook is gone through before it is opened: what opening it will ask for is known."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.reading.sheets import ods, xls, xlsb, xlsx
from refgraph.reading.sheets.scan import Unsafe, check_room

if TYPE_CHECKING:
    from refgraph.reading.sheets.scan import Scan

__all__ = ["Scanned", "scan_workbook"]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A workbook that may be opened.

    Attributes
    ----------
    data : bytes
        All of it, so that it can be opened.
    kind : {"xlsx", "xlsb", "ods", "xls"}
        How it is written.
    parts : list of str
        The part of the archive that holds each sheet.
    scans : list of Scan
        What the sheets say of their cells, where all of them are read at once.
    """

    data: bytes
    kind: str
    parts: list[str]
    scans: list[Scan]

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self.parts) or len(self.scans)

    def sheet(self, at: int) -> tuple[Scan, bytes]:
        """Go through one sheet, and give what it is to be read from.

        Raises
        ------
        Unsafe
            It asks for too much, or is no sheet.
        """
        if self.scans:
            return self.scans[at], self.data
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            part = self.parts[at]
            if part not in archive.namelist():
                raise Unsafe
            if self.kind == "xlsx":
                scan, content = xlsx.scan_xlsx(archive, part), self.data
            else:
                scan = xlsb.scan_xlsb(archive, part)
                content = xlsb.with_real_numbers(archive, part)
        check_room(scan.area, len(self.data))
        return scan, content


def scan_workbook(data: bytes, kind: str) -> Scanned:
    """Find the sheets of a workbook, and check what opening it asks for.

    Raises
    ------
    Unsafe
        It is none, is damaged or locked, or asks for too much.
    """
    if kind == "xls":
        scans, cells, packed = xls.scan_xls(data)
        check_room(cells, len(data))
        return Scanned(packed, kind, [], scans)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if kind == "ods":
            scans, cells = ods.scan_ods(archive)
            check_room(cells, len(data))
            return Scanned(data, kind, [], scans)
        way = xlsb if kind == "xlsb" else xlsx
        check_room(way.count_strings(archive), len(data))
        return Scanned(data, kind, way.find_parts(archive), [])
