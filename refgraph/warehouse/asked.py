"""A question to a record in place: an expression of Ibis, and the frame that it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.graph.referral_rows import NEVER
from refgraph.warehouse.place import quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["EPOCH", "NO_DAY", "Asked", "days_of", "fetch", "sent"]

#: Stands for no day among days as whole numbers: before every day there is.
NO_DAY = -(2**31)
#: 1970-01-01, from which days are counted here, as Python counts it.
EPOCH = 719_163
_SECONDS = 86_400


def fetch(path: str, table: Any) -> dict[str, NDArray[Any]]:
    """Carry out an expression of whole numbers where the rows are, and take over its columns.

    Parameters
    ----------
    path : str
        Where, for messages.
    table : ibis.Table
        No value of which is missing.
    """
    with quiet(path):
        found = table.to_pyarrow()
    return {
        name: np.asarray(found.column(name).to_numpy(), dtype=np.int64)
        for name in found.column_names
    }


def sent(columns: Mapping[str, Sequence[int] | Sequence[str]]) -> Any:
    """Give a small table that an engine is sent, of whole numbers and texts.

    Examples
    --------
    >>> from pytest import importorskip
    >>> _ = importorskip("ibis", reason="no Ibis here")
    >>> sent({"place": [0], "name": ["Ann"]}).columns
    ('place', 'name')
    """
    arrow = import_module("pyarrow")
    kinds = {str: arrow.string(), int: arrow.int64()}
    arrays = {
        name: arrow.array(values, kinds[type(values[0])] if len(values) else arrow.int64())
        for name, values in columns.items()
    }
    return import_module("ibis").memtable(arrow.table(arrays))


def days_of(days: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Give days as frames hold them; no day is NaT.

    Examples
    --------
    >>> days_of(np.array([20_000, NO_DAY])).tolist()[0].year
    2024
    """
    moments = np.where(days == NO_DAY, NEVER, days * _SECONDS)
    return moments.astype("datetime64[s]")


@dataclass(frozen=True)
class Asked:
    """A question, not yet carried out.

    Attributes
    ----------
    path : str
        Where it is carried out, for messages.
    coded : ibis.Table
        What is computed there: whole numbers, people as positions among everybody.
    told : ibis.Table
        The same with names, to be used in further expressions or written to a table.
    read : callable
        Makes of the columns of ``coded`` the answer that a book in memory gives.
    """

    path: str
    coded: Any
    told: Any
    read: Callable[[Mapping[str, NDArray[Any]]], Any]

    @property
    def expression(self) -> Any:
        """The answer with names, as a table of Ibis that nothing has carried out."""
        return self.told

    def execute(self) -> Any:
        """Carry it out where the rows are, and give the answer of a book in memory.

        Returns
        -------
        pandas.DataFrame or pandas.Series
            Equal to that of the same question to a :class:`refgraph.Book`, in values, types
            and order.
        """
        return self.read(fetch(self.path, self.coded))

    def to_pandas(self) -> pd.DataFrame | pd.Series[Any]:
        """Give what :meth:`execute` does, by the name that tables have for it."""
        found: pd.DataFrame | pd.Series[Any] = self.execute()
        return found
