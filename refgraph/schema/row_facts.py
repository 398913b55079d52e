"""When a row of the book was, which it is and whom it is about, and how many rows count as.

Asked here by whoever needs the answer and not the column. Rows are a table, the columns of
one, or one row, as in :mod:`refgraph.schema.row_ends`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "DAY_AND_COUNT",
    "counts_of",
    "date_of",
    "dated_rows",
    "days_of",
    "id_of",
    "person_of",
    "referrals_by",
    "referrals_in",
    "undated_referrals",
]

#: The columns that tell when how many referrals were, for :meth:`refgraph.Book.select`.
DAY_AND_COUNT = ("date", "count")


def date_of(rows: Any) -> Any:
    """Give when a row was, None or NaT where nothing says so; the column of them of a table.

    Examples
    --------
    >>> date_of({"date": None, "person": "Ann Lee", "kind": "call"}) is None
    True
    >>> date_of({"giver": "Ann Lee", "receiver": "Bo Park"}) is None
    True
    """
    return rows.get("date") if isinstance(rows, Mapping) else rows["date"]


def id_of(rows: Any) -> Any:
    """Give what is called the referral of a row; the column of them of a table.

    Examples
    --------
    >>> id_of({"date": None, "id": "r1", "status": "won"})
    'r1'
    """
    return rows["id"]


def person_of(rows: Any) -> Any:
    """Give whom a row is about that is about one person; the column of them of a table.

    Examples
    --------
    >>> person_of({"date": None, "person": "Ann Lee", "kind": "call"})
    'Ann Lee'
    """
    return rows["person"]


def days_of(rows: pd.DataFrame) -> NDArray[np.datetime64]:
    """Give the days of a frame's rows without their hours, NaT where there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> days_of(pd.DataFrame({"date": pd.to_datetime(["2026-03-02 17:30", None])})).tolist()
    [datetime.date(2026, 3, 2), None]
    """
    return date_of(rows).to_numpy().astype("datetime64[D]")  # type: ignore[no-any-return]


def dated_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of a frame that have a day.

    Examples
    --------
    >>> import pandas as pd
    >>> len(dated_rows(pd.DataFrame({"date": pd.to_datetime(["2026-03-02", None])})))
    1
    """
    dated: pd.DataFrame = rows[date_of(rows).notna()]
    return dated


def counts_of(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Give how many referrals each row of a frame stands for.

    Examples
    --------
    >>> import pandas as pd
    >>> counts_of(pd.DataFrame({"count": [1, 2]})).tolist()
    [1.0, 2.0]
    """
    return rows["count"].to_numpy(dtype=float)


def referrals_in(rows: pd.DataFrame) -> int:
    """Count the referrals that the rows of a frame stand for.

    Examples
    --------
    >>> import pandas as pd
    >>> referrals_in(pd.DataFrame({"count": [1, 2]}))
    3
    """
    return int(rows["count"].sum())


def undated_referrals(rows: pd.DataFrame) -> int:
    """Count the referrals of a frame that have no day.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2026-03-02", None])
    >>> undated_referrals(pd.DataFrame({"date": days, "count": [1, 2]}))
    2
    """
    return referrals_in(rows[date_of(rows).isna()])


def referrals_by(rows: pd.DataFrame, what: str) -> pd.Series:
    """Count the referrals of a frame for each of what a column says.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"receiver": ["Bo", "Cy", "Bo"], "count": [1, 2, 3]})
    >>> referrals_by(rows, "receiver").to_dict()
    {'Bo': 4, 'Cy': 2}
    """
    return rows.groupby(what)["count"].sum()
