"""A compound file, in which an old Excel workbook is packed: its streams by their names."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import Unsafe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["MAGIC", "ZIP", "pack_stream", "read_streams"]

#: How one begins, and how a zip archive does, in which a newer workbook is packed.
MAGIC, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_NONE = 0xFFFFFFFA  # sectors from here on are none
_TINY, _ENTRY = 64, 128
_ROOT, _STREAM = 5, 2
# How a file is written anew: in sectors of this size, whose table the header has room for.
_SECTOR, _PARTS = 4096, 109
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def read_streams(data: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """Give the streams of a compound file: whole if they are wanted, else without content.

    Raises
    ------
    Unsafe
        It is damaged: a chain of its sectors leads in a circle, or out of it.
    """
    try:
        return _read(data, wanted)
    except (struct.error, UnicodeDecodeError):
        raise Unsafe from None


def _read(data: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    size = 1 << struct.unpack_from("<H", data, 30)[0] % 16
    (directory,) = struct.unpack_from("<I", data, 48)
    cutoff, tiny_table = struct.unpack_from("<2I", data, 56)
    table = _table(data, size)
    entries = _joined(data, table, directory, size, size)
    root, tiny_links = b"", _numbers(_joined(data, table, tiny_table, size, size))
    found: dict[str, bytes] = {}
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        start, long = struct.unpack_from("<2I", entries, at + 116)
        name = entries[at : at + max(0, min(64, length) - 2)].decode("utf-16-le")
        if kind == _ROOT:
            root = _joined(data, table, start, size, size)
        elif kind == _STREAM and name not in wanted:
            found.setdefault(name, b"")
        elif kind == _STREAM and name not in found:
            if long < cutoff:
                whole = _joined(root, tiny_links, start, _TINY, 0)
            else:
                whole = _joined(data, table, start, size, size)
            found[name] = whole[:long]
    return found


def _table(data: bytes, size: int) -> Sequence[int]:
    """Read the table that leads from each sector to the next one of its chain."""
    parts = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _NONE:  # the list of the parts of the table goes on there
        *some, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        parts += some
        if 4 * len(parts) > len(data) + 4 * 109:
            raise Unsafe
    kept = [part for part in parts if part < _NONE]
    if len(kept) * size > len(data):
        raise Unsafe
    return _numbers(b"".join(data[(part + 1) * size : (part + 2) * size] for part in kept))


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _joined(data: bytes, links: Sequence[int], sector: int, size: int, header: int) -> bytes:
    """Join the sectors of a chain, each of which stands in the file once."""
    pieces: list[bytes] = []
    while sector < _NONE:
        begin = header + sector * size
        if sector >= len(links) or begin >= len(data) or len(pieces) > len(links):
            raise Unsafe
        pieces.append(data[begin : begin + size])
        sector = links[sector]
    return b"".join(pieces)


def pack_stream(name: str, content: bytes) -> bytes:
    """Write a compound file that holds one stream, in the plainest way there is.

    Raises
    ------
    Unsafe
        It is longer than such a file holds.

    Examples
    --------
    >>> read_streams(pack_stream("Workbook", bytes(5000)), {"Workbook"}) == {
    ...     "Workbook": bytes(5000)
    ... }
    True
    """
    content = content.ljust(_SECTOR, b"\0")  # a shorter one would be tiny
    count = -(-len(content) // _SECTOR)
    each = _SECTOR // 4
    parts = -(-(count + 2) // (each - 1))
    if parts > _PARTS:
        raise Unsafe
    links = [*range(1, count), _END, _END, *[_TABLE] * parts]  # stream, directory, table
    links += [_FREE] * (parts * each - len(links))
    header = MAGIC + b"\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, parts, count, 0, _SECTOR, _END, 0, _END, 0)
    header += struct.pack(
        f"<{_PARTS}I", *range(count + 1, count + 1 + parts), *[_FREE] * (_PARTS - parts)
    )
    directory = _entry("Root Entry", _ROOT, 1, 0, 0) + _entry(name, _STREAM, _FREE, 0, len(content))
    directory += 2 * _entry("", 0, _FREE, 0, 0)
    pieces = [header, content, directory, struct.pack(f"<{len(links)}I", *links)]
    return b"".join(piece.ljust(-(-len(piece) // _SECTOR) * _SECTOR, b"\0") for piece in pieces)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    length = len(letters) + 2 if name else 0
    links = (_FREE, _FREE, child)
    return struct.pack("<64sHBB3I36xIQ", letters, length, kind, 1, *links, start, size)
