"""Which columns of a frame say who gave and who got, where none has our names."""

from __future__ import annotations

from typing import Any

from refgraph.reading.frames.cell_text import text_of
from refgraph.schema.text import FieldError
from refgraph.schema.values import DIRECTIONS

__all__ = ["told_columns"]

_MOST_ROWS = 200
_KINDS = ("referrals", "personal")
_DIRECTION = "direction"


def told_columns(frame: Any) -> dict[str, str]:
    """Tell columns by their headers and cells, as an import does; nothing if that is not clear.

    A frame that names but one of the two, so that the other would be me, is not clear here.

    Parameters
    ----------
    frame : DataFrame
        Of pandas, or anything with ``to_pandas()``.

    Returns
    -------
    dict of str to str
        Our column names, and those of the frame.

    Examples
    --------
    >>> import pandas as pd
    >>> told_columns(pd.DataFrame({"Referred By": ["Ann Lee"], "Referred To": ["Bo Park"]}))
    {'giver': 'Referred By', 'receiver': 'Referred To'}
    >>> told_columns(pd.DataFrame({"Name": ["Ann Lee"], "Town": ["Ulm"]}))
    {}
    """
    from refgraph.imports.rules.headers import bare  # noqa: PLC0415  # few frames need it
    from refgraph.imports.rules.infer import infer_rules  # noqa: PLC0415

    table: Any = frame if not hasattr(frame, "to_pandas") else frame.to_pandas()
    titles = [str(title) for title in table.columns]
    if len({*map(bare, titles)}) < len(titles):
        return {}
    some = table.head(_MOST_ROWS)
    rows = [[_shown(cell) for cell in cells] for cells in some.itertuples(index=False, name=None)]
    rules = infer_rules(titles, rows)
    if rules is None or rules.kind not in _KINDS or rules.constants:
        return {}
    named = {bare(title): title for title in titles}
    if _DIRECTION in rules.columns:
        at = titles.index(named[rules.columns[_DIRECTION][0][0]])
        if not {row[at].strip().casefold() for row in rows} <= {*DIRECTIONS}:
            return {}  # of a frame, words of a direction are ours
    return {ours: named[options[0][0]] for ours, options in rules.columns.items()}


def _shown(cell: object) -> str:
    """Write a cell as it will be read; what is refused then, with its place, is blank here."""
    try:
        return text_of(cell)
    except FieldError:
        return ""
