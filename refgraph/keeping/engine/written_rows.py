"""Rows as they are written, in one text: a text of its own for each would be twice as large."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["WrittenRows"]


class WrittenRows(Sequence[str]):
    r"""Reads as the list of rows does, each without its line end, and equals such a list.

    Parameters
    ----------
    rows : iterable of str
        Each with its line end.

    Attributes
    ----------
    text : str
        All of them.

    Examples
    --------
    >>> rows = WrittenRows(["Ann,Bo\n", "Cy,Di\n"])
    >>> rows.text, rows[1], rows == ["Ann,Bo", "Cy,Di"]
    ('Ann,Bo\nCy,Di\n', 'Cy,Di', True)
    """

    __hash__ = None  # type: ignore[assignment]  # it equals a list, which has none

    def __init__(self, rows: Iterable[str] = ()) -> None:
        ends = array("q", [0])

        def measured() -> Iterator[str]:
            for row in rows:
                ends.append(ends[-1] + len(row))
                yield row

        stream = StringIO(newline="")
        stream.writelines(measured())
        self.text = stream.getvalue()
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        at = range(len(self))[at]
        return self.text[self._ends[at] : self._ends[at + 1]].rstrip("\r\n")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    def __repr__(self) -> str:
        return repr([*self])
