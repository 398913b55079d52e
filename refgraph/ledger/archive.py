"""A workbook is a zip archive: what it says of itself is checked before it is opened.

A small archive can unfold to any size. Its own claims are held against fixed limits,
and then every part is unfolded once and counted, because claims can lie.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from refgraph.ledger.encodings import unreadable

if TYPE_CHECKING:
    from refgraph.errors import LedgerError

__all__ = ["check_archive", "damaged", "is_archive"]

_MOST_MEMBERS, _MOST_BYTES, _MOST_RATIO = 1_000, 100_000_000, 200
_SAVE = "save the sheet as CSV, UTF-8"


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a zip archive, as every workbook is."""
    return data.startswith(b"PK\x03\x04")


def damaged(path: str) -> LedgerError:
    """Build the error of a workbook that cannot be read."""
    hint = f"open it in a spreadsheet and save it again, or {_SAVE}"
    return unreadable(path, "this workbook is damaged, or not made by a spreadsheet", hint)


def check_archive(path: str, data: bytes) -> None:
    """Refuse an archive that is no workbook, is damaged, or unfolds too far.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Raises
    ------
    LedgerError
        It has more than 1,000 parts, unfolds to more than 100 MB or to more than 200
        times its size, is damaged, or holds something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wrong = _claims(path, archive, len(data)) or _contents(path, archive)
            wrong = wrong or _unfolded(path, archive)
    except Exception:  # noqa: BLE001  # zipfile lets through the errors of every decompressor
        wrong = damaged(path)
    if wrong:
        raise wrong


def _claims(path: str, archive: zipfile.ZipFile, size: int) -> LedgerError | None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        return _bomb(path, f"holds {len(members):,} parts, more than {_MOST_MEMBERS:,}")
    claimed = sum(member.file_size for member in members)
    if claimed > min(_MOST_BYTES, _MOST_RATIO * size):
        return _bomb(path, f"unfolds from {size:,} to {claimed:,} bytes")
    return None


def _bomb(path: str, what: str) -> LedgerError:
    return unreadable(path, f"this workbook {what}, and is not opened", _SAVE)


def _contents(path: str, archive: zipfile.ZipFile) -> LedgerError | None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return None
    if "mimetype" in names and b"opendocument" in archive.open("mimetype").read(100):
        return unreadable(path, "this is an OpenDocument file", f"save it as .xlsx, or {_SAVE}")
    if "xl/workbook.bin" in names:
        message = "this is a binary Excel workbook (.xlsb)"
        return unreadable(path, message, f"save it as .xlsx, or {_SAVE}")
    return unreadable(path, "this is a zip archive, not a table", "unpack it and name the table")


def _unfolded(path: str, archive: zipfile.ZipFile) -> LedgerError | None:
    left = _MOST_BYTES
    for member in archive.infolist():
        with archive.open(member) as stream:
            while piece := stream.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    return _bomb(path, f"unfolds to more than {_MOST_BYTES:,} bytes")
    return None
