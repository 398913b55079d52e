"""Plain lines are split all at once, by columns; odd ones are left to the exact reader.

A line is plain if splitting it at every separator is all there is to do: no quote,
no stray carriage return, the right number of fields. Most files hold nothing else,
and the few odd lines of the others are read one by one.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from refgraph.schema.distinct_values import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["MARK", "Bulk", "odd_lines", "split", "unquoted"]

#: Stands between fields that have lost their quotes, and in no text that is allowed.
MARK = "\x1f"

#: Smaller files are read exactly: it takes no time.
LEAST_BYTES = 1 << 16
#: Larger ones are split by pandas: that takes half the time, and as much room as a large file.
MOST_BYTES = 1 << 24
# With more odd lines than this, nothing is gained.
_MOST_ODD = 0.25
# Bytes of lines that are split at a time: their texts stay in the fastest memory.
_PIECE = 1 << 14
_NEWLINE, _RETURN, _QUOTE = 10, b"\r", b'"'


@dataclass(slots=True)
class Bulk:
    """The records under the header that have as many fields as it.

    Attributes
    ----------
    plain : list of Column
        The fields of plain lines, by columns.
    lines : sequence of int
        The line each record starts on.
    odd : list of list of str
        Records that were read one by one.
    where : ndarray or None
        Which records those are; None without any.
    """

    plain: list[Column]
    lines: Sequence[int]
    odd: list[list[str]] = field(default_factory=list)
    where: NDArray[np.bool_] | None = None
    _found: dict[int, Column] = field(default_factory=dict)

    def column(self, at: int) -> Column:
        """Give one column, a text for each record."""
        if self.where is None:
            return self.plain[at]
        if at not in self._found:
            plain, self.plain[at] = self.plain[at], Column([], self.plain[at].codes[:0])
            place = _places(plain.distinct)
            codes = np.empty(len(self.where), np.int32)
            codes[~self.where] = plain.codes
            codes[self.where] = [place[row[at]] for row in self.odd]
            self._found[at] = _as_they_come(Column(list(place), codes))
        return self._found[at]

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Leave out records."""
        if kept.all():
            return
        self._found = {at: column.where(kept) for at, column in self._found.items()}
        self.lines = array("q", compress(self.lines, kept.tolist()))
        plain = kept if self.where is None else kept[~self.where]
        self.plain = [
            each if at in self._found else each.where(plain) for at, each in enumerate(self.plain)
        ]
        if self.where is None:
            return
        self.odd = [row for row, stays in zip(self.odd, kept[self.where], strict=True) if stays]
        self.where = self.where[kept]


def _places(distinct: Iterable[str] = ()) -> defaultdict[str, int]:
    """Give each text the next number when it is asked for first."""
    place: defaultdict[str, int] = defaultdict()
    place.default_factory = place.__len__
    for text in distinct:
        place[text]
    return place


def _as_they_come(column: Column) -> Column:
    """Put the distinct values in the order of the rows that they stand in."""
    codes, first = np.unique(column.codes, return_index=True)
    order = codes[np.argsort(first)]
    place = np.empty(len(column.distinct), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return Column([column.distinct[code] for code in order.tolist()], place[column.codes])


def odd_lines(
    body: bytes,
    separator: str,
    width: int,
    comment: str | None,
    ends: Callable[[], NDArray[np.intp]],
) -> list[int] | None:
    r"""Find the lines that have to be read exactly, counted from 0; None if they are too many.

    Parameters
    ----------
    body : bytes
        Whole lines of UTF-8.
    separator : str
        What separates the fields: one character.
    width : int
        The number of fields.
    comment : str or None
        Lines that begin with this are odd.
    ends : callable
        Finds where each line ends, behind its newline; asked only if there may be odd ones.

    Examples
    --------
    >>> body = b"Ann,Bo\n" * 3 + b'"Bo",Ann\n'
    >>> odd_lines(body, ",", 2, None, lambda: np.array([7, 14, 21, 30]))
    [3]
    """
    mark, count = separator.encode(), body.count(b"\n")
    begin = comment.encode() if comment else b""
    stray = _QUOTE in body
    if _RETURN in body:
        stray |= body.count(_RETURN) != body.count(b"\r\n")
    if begin:
        stray |= body.startswith(begin) or b"\n" + begin in body
    if not stray and _breaks_often(body):
        pattern = mark * (width - 1) + b"\n"
        if _kept(body, mark) == pattern * count:
            return []
    odd = _search(body, mark, width, begin, ends() - 1)
    return odd.tolist() if len(odd) <= _MOST_ODD * count else None


def unquoted(body: bytes, separator: str, width: int) -> bytes | None:
    r"""Take the quotes off lines whose every field has them, and no other quote anywhere.

    Parameters
    ----------
    body : bytes
        Whole lines of UTF-8.
    separator : str
        What separates the fields: one character.
    width : int
        The number of fields.

    Returns
    -------
    bytes or None
        The lines with :data:`MARK` between the fields; None if they are not all of this kind.

    Examples
    --------
    >>> unquoted(b'"Lee, Ann","Bo"\n', ",", 2)
    b'Lee, Ann\x1fBo\n'
    >>> unquoted(b'"Ann ""A"" Lee","Bo"\n', ",", 2) is None
    True
    """
    end = b'"\r\n' if body.endswith(b'"\r\n') else b'"\n'
    mark = MARK.encode()
    if not (body.startswith(_QUOTE) and body.endswith(end)) or mark in body:
        return None
    # What is left of a quote that stands inside a field shows that there was one.
    inner = body[1 : -len(end)].replace(b'"%b"' % separator.encode(), mark)
    inner = inner.replace(end + _QUOTE, b"\n") + b"\n"
    pattern = mark * (width - 1) + b"\n"
    if _QUOTE in inner or _RETURN in inner or not _breaks_often(inner):
        return None
    return inner if _kept(inner, mark) == pattern * inner.count(b"\n") else None


def _breaks_often(body: bytes) -> bool:
    """Tell whether no line can be too long for the exact reader, without measuring each."""
    step = csv.field_size_limit() // 2
    return all(
        body.find(b"\n", start, start + step) >= 0 for start in range(0, len(body) - step, step)
    )


def _search(
    body: bytes, mark: bytes, width: int, begin: bytes, ends: NDArray[np.intp]
) -> NDArray[np.intp]:
    text = np.frombuffer(body, np.uint8)
    starts = np.r_[0, ends[:-1] + 1]
    marks = np.frombuffer(_kept(body, mark), np.uint8)
    odd = np.diff(np.flatnonzero(marks == _NEWLINE), prepend=-1) != width
    odd |= ends - starts > csv.field_size_limit()
    for sign in (_QUOTE, _RETURN):
        if sign in body:
            places = np.flatnonzero(text == sign[0])
            if sign == _RETURN:  # the last byte is a newline
                places = places[text[places + 1] != _NEWLINE]
            odd[np.searchsorted(ends, places)] = True
    if begin:
        alike = ends - starts >= len(begin)
        for at, byte in enumerate(begin):
            alike[alike] = text[starts[alike] + at] == byte
        odd |= alike
    return np.flatnonzero(odd)


def _kept(body: bytes, mark: bytes) -> bytes:
    """Give the separators and newlines alone."""
    return body.translate(None, bytes({*range(256)} - {mark[0], _NEWLINE}))


def split(
    body: bytes,
    separator: str,
    width: int,
    *,
    first: int,
    odd: list[int],
    ends: Callable[[], NDArray[np.intp]],
    record: Callable[[int], tuple[int, list[str] | None]],
) -> Bulk:
    """Split whole lines into columns.

    Parameters
    ----------
    body : bytes
        Whole lines of UTF-8.
    separator : str
        What separates the fields.
    width : int
        The number of fields.
    first : int
        The number of the first line, from 1.
    odd : list of int
        The lines that have to be read exactly, from 0.
    ends : callable
        Finds where each line ends, behind its newline.
    record : callable
        Told the number of a line, from 0, reads the record that starts on it: gives
        the number of the line behind it, and the record, if it is one of ours.
    """
    if not odd:
        count = body.count(b"\n")
        return Bulk(_columns(body, separator, width), range(first, first + count))
    taken = np.zeros(len(ends()), bool)  # by the exact reader, or behind what it read
    rows, starts, after = [], [], 0
    for line in odd:
        if line < after:
            continue
        after, row = record(line)
        taken[line:after] = True
        if row is not None:
            rows.append(row)
            starts.append(line)
    turns = np.flatnonzero(np.diff(taken.astype(np.int8), prepend=1, append=1))
    bounds = np.r_[0, ends()][turns].reshape(-1, 2).tolist()
    plain = b"".join([body[begin:end] for begin, end in bounds])
    here = ~taken
    here[starts] = True
    where = taken[here]
    lines = array("q", (np.flatnonzero(here) + first).astype(np.int64).tobytes())
    return Bulk(_columns(plain, separator, width), lines, rows, where)


def _columns(body: bytes, separator: str, width: int) -> list[Column]:
    split = _split_once if len(body) <= MOST_BYTES else _split_by_pandas
    return split(body, separator, width)


def _split_once(body: bytes, separator: str, width: int) -> list[Column]:
    """Split whole plain lines, a few at a time; of equal texts only the first is kept."""
    places = [_places() for _ in range(width)]
    codes = [np.empty(body.count(b"\n"), np.int32) for _ in range(width)]
    begin = row = 0
    while begin < len(body):
        end = body.find(b"\n", begin + _PIECE) + 1 or len(body)
        text = body[begin:end].decode().replace("\r\n", "\n").replace("\n", separator)
        cells = text.split(separator)
        after = row + len(cells) // width
        for at, (place, column) in enumerate(zip(places, codes, strict=True)):
            texts = cells[at:-1:width]
            column[row:after] = np.fromiter(map(place.__getitem__, texts), np.int32, len(texts))
        begin, row = end, after
    return [Column(list(place), column) for place, column in zip(places, codes, strict=True)]


def _split_by_pandas(body: bytes, separator: str, width: int) -> list[Column]:
    """Split whole plain lines, however many, in the time that each of them takes."""
    import pandas as pd  # noqa: PLC0415  # 0.3 s and 70 MB, for the largest files only

    frame = pd.read_csv(
        io.BytesIO(body),
        sep=separator,
        header=None,
        names=[str(at) for at in range(width)],
        index_col=False,
        dtype=object,
        na_filter=False,
        skip_blank_lines=False,
        quoting=csv.QUOTE_NONE,
        encoding="utf-8",
    )
    texts = [frame[name].to_numpy() for name in frame]
    del frame
    found = []
    while texts:
        codes, distinct = pd.factorize(texts.pop(0))
        found.append(Column(distinct.tolist(), codes.astype(np.int32)))
    return found
