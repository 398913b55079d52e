"""Rows as they are written, in one text: a text of its own for each would be twice as large."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["WrittenRows"]

_AS_IT_IS = "surrogatepass"  # what no file can hold is refused where it is encoded for one


class WrittenRows(Sequence[str]):
    r"""Reads as the list of rows does, each without its line end, and equals such a list.

    Parameters
    ----------
    rows : iterable of str
        Each with its line end.

    Examples
    --------
    >>> rows = WrittenRows(["Ann,Bo\n", "Cy,Di\n"])
    >>> rows.text, rows[1], rows == ["Ann,Bo", "Cy,Di"]
    ('Ann,Bo\nCy,Di\n', 'Cy,Di', True)
    """

    __hash__ = None  # type: ignore[assignment]  # it equals a list, which has none

    def __init__(self, rows: Iterable[str] = ()) -> None:
        ends = array("q", [0])

        def measured() -> Iterator[bytes]:
            for row in rows:
                data = row.encode("utf-8", _AS_IT_IS)
                ends.append(ends[-1] + len(data))
                yield data

        stream = BytesIO()
        stream.writelines(measured())
        self._data: bytes | memoryview = stream.getvalue()
        self._ends = ends

    @property
    def text(self) -> str:
        """All of them."""
        return str(self._data, "utf-8", _AS_IT_IS)

    def stand_in(self, file: bytes) -> None:
        """Hold no bytes of their own where a file ends with the same: it is as large again."""
        if file.endswith(self._data):
            self._data = memoryview(file)[len(file) - len(self._data) :]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        at = range(len(self))[at]
        row = self._data[self._ends[at] : self._ends[at + 1]]
        return str(row, "utf-8", _AS_IT_IS).rstrip("\r\n")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    def __repr__(self) -> str:
        return repr([*self])
