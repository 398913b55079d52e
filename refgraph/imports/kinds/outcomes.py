"""The words and ticks of an outcome become a status of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.imports.rules.words import STATUS_WORDS
from refgraph.names.folded import fold
from refgraph.names.void_marks import is_void_word
from refgraph.schema.values import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.imports.rules.recognise import Layout

__all__ = ["is_void", "settle_outcome"]

# What asks whether a referral is closed, and what says that it is not.
_CLOSED = re.compile(
    r"\b(closed|converted|completed?|done|settled|signed|abgeschlossen|cerrad[oa]|chius[oa]"
    r"|fechad[oa]|afgesloten|conclue?|clos)\b"
)
_NO = frozenset(("no", "n", "nein", "non", "nee", "nao", "not yet"))
_TICKS = frozenset("xX✓✔☑✅👍🟢")
_CROSSES = frozenset("✗✘❌👎🔴☐⬜⏳⌛🕒🟡")


def is_void(texts: Mapping[str, str]) -> bool:
    """Tell whether the outcome of a row says that the row does not count.

    Examples
    --------
    >>> is_void({"status": "Void"}), is_void({"status": "Won"}), is_void({})
    (True, False, False)
    """
    return is_void_word(texts.get("status", ""))


def settle_outcome(texts: dict[str, str], layout: Layout) -> str:
    """Put the status for the word that says it; give a word that says none, which is left out.

    Parameters
    ----------
    texts : dict of str to str
        What stands under each column of ours in a row; it is changed.
    layout : Layout
        Whose header may ask whether a referral is closed: there a tick says that it is, and "no"
        that it is open, which is not lost.
    """
    text = " ".join(texts.get("status", "").replace("\ufe0f", "").split())
    if not text or text.casefold() in STATUSES:
        return ""
    said = STATUS_WORDS.get(fold(text))
    is_open = text in _CROSSES or (said is not None and fold(text) in _NO)
    if (is_open or text in _TICKS) and _asks_closed(layout):
        said = "given" if is_open else "won"
    if not said and (layout.rules.is_own or layout.kind == "statuses"):
        return ""  # refused where it is read
    texts["status"] = said or ""  # what says none is named once for all rows, and refuses none
    return "" if said else text


def _asks_closed(layout: Layout) -> bool:
    """Tell whether the header of the outcome asks whether a referral is closed."""
    titles = [layout.titles[at] for some in layout.columns.get("status", ()) for at in some]
    return layout.line > 0 and any(_CLOSED.search(fold(title)) for title in titles)
