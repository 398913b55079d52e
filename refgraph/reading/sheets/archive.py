"""A workbook is a zip archive: what it says of itself is checked before it is opened.

A small archive can unfold to any size. Its own claims are held against fixed limits,
and then every part is unfolded once and counted, because claims can lie.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from refgraph.reading.files.encodings import unreadable
from refgraph.reading.sheets.compound_file import ZIP
from refgraph.reading.sheets.scan import Unsafe
from refgraph.reading.sheets.xls import LOCKED, UNLOCK
from refgraph.reading.sheets.xlsx import targets_of
from refgraph.reading.sheets.xml import declares_type, refuse_type

if TYPE_CHECKING:
    from refgraph.errors import LedgerError

__all__ = ["check_archive", "is_archive", "refused"]

_MOST_MEMBERS, _MOST_BYTES, _MOST_RATIO = 1_000, 100_000_000, 200
_SAVE = "save the sheet as CSV, UTF-8"
_KINDS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a zip archive, as every workbook is but an old one."""
    return data.startswith(ZIP)


def refused(path: str, error: Unsafe | None = None) -> LedgerError:
    """Build the error of a workbook that is not opened; one of which no more is said is damaged."""
    if error is not None and error.message:
        return unreadable(path, error.message, error.hint)
    hint = f"open it in a spreadsheet and save it again, or {_SAVE}"
    return unreadable(path, "this workbook is damaged, or not made by a spreadsheet", hint)


def check_archive(path: str, data: bytes) -> str:
    """Refuse an archive that is no workbook, is damaged, or unfolds too far.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Returns
    -------
    {"xlsx", "xlsb", "ods"}
        What it is.

    Raises
    ------
    LedgerError
        It has more than 1,000 parts, unfolds to more than 100 MB or to more than 200
        times its size, is damaged, is locked, declares XML entities, or holds something else.
    """
    wrong, kind = None, ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wrong = _claims(path, archive, len(data))
            if wrong is None:
                kind = _kind(archive)
                wrong = _unfolded(path, archive)
    except Unsafe as error:
        wrong = refused(path, error)
    except Exception:  # noqa: BLE001  # zipfile lets through the errors of every decompressor
        wrong = refused(path)
    if wrong:
        raise wrong
    return kind


def _claims(path: str, archive: zipfile.ZipFile, size: int) -> LedgerError | None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        return _bomb(path, f"holds {len(members):,} parts, more than {_MOST_MEMBERS:,}")
    if len({member.filename.casefold() for member in members}) < len(members):
        return refused(path)  # which of two parts is read is anybody's guess
    claimed = sum(member.file_size for member in members)
    if claimed > min(_MOST_BYTES, _MOST_RATIO * size):
        return _bomb(path, f"unfolds from {size:,} to {claimed:,} bytes")
    return None


def _bomb(path: str, what: str) -> LedgerError:
    return unreadable(path, f"this workbook {what}, and is not opened", _SAVE)


def _kind(archive: zipfile.ZipFile) -> str:
    """Tell what an archive is by the part that no other kind has."""
    names = set(archive.namelist())
    kinds = [kind for part, kind in _KINDS.items() if part in names]
    if kinds != ["ods"] and len(kinds) == 1:
        if "_rels/.rels" in names and not targets_of(archive, "_rels/.rels") & _KINDS.keys():
            raise Unsafe
        return kinds[0]
    if "mimetype" in names and b"opendocument" in (told := archive.open("mimetype").read(100)):
        if b"opendocument.spreadsheet" not in told or kinds != ["ods"]:
            message = "this is an OpenDocument file, and no spreadsheet"
            raise Unsafe(message, f"open it and {_SAVE}")
        if b":encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unsafe(LOCKED, UNLOCK)
        return "ods"
    message = "this is a zip archive, not a table"
    raise Unsafe(message, "unpack it and name the table")


def _unfolded(path: str, archive: zipfile.ZipFile) -> LedgerError | None:
    left = _MOST_BYTES
    for member in archive.infolist():
        with archive.open(member) as stream:
            begun = False
            while piece := stream.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    return _bomb(path, f"unfolds to more than {_MOST_BYTES:,} bytes")
                if not begun and member.filename.endswith((".xml", ".rels")):
                    if declares_type(piece):
                        refuse_type()
                    begun = True
    return None
