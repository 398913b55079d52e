"""The slips of a networking group: referrals, and business that came of them.

A slip of a referral goes from who gave it to who received it. A slip of closed
business is a thank-you, and goes the other way: from who received the referral
to who gave it. A one-to-one with a day is a touch, of mine or, in a book that is
nobody's, between two people. Slips of other kinds (training, visitors) are
counted and left out. ``Inside`` or ``Outside`` and the detail become the note:
the detail is free text, and not always the name of a prospect; a rule
``column prospect "Detail"`` takes it for one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.imports.converted import Closing, Row
from refgraph.schema.text import FieldError, clean, visible

if TYPE_CHECKING:
    from refgraph.imports.cells.field_values import Fields
    from refgraph.imports.cells.named_rows import Entry
    from refgraph.imports.converted import Converted

__all__ = ["convert_slip", "kind_of_slip"]

_MEETING = re.compile(r"\b(?:one|1)[ -]*(?:to|2)[ -]*(?:one|1)\b|\b121\b")
_CLOSED = ("tyfcb", "thank you", "thank-you", "closed business")


def kind_of_slip(text: str) -> str:
    """Tell a referral, closed business and a one-to-one; nothing for any other slip.

    Examples
    --------
    >>> [kind_of_slip(each) for each in ("Referral", "TYFCB", "One to One", "CEU")]
    ['referral', 'closed', 'one-to-one', '']
    """
    word = text.casefold()
    if _MEETING.search(word):
        return "one-to-one"
    if any(sign in word for sign in _CLOSED):
        return "closed"
    return "referral" if "referral" in word else ""


def convert_slip(entry: Entry, fields: Fields, found: Converted, me: str | None) -> None:
    """Convert one slip."""
    texts = entry.texts
    try:
        slip = clean(texts.get("slip", ""))
    except FieldError as error:
        fields.refuse(entry, str(error), error.hint)
        return
    kind = kind_of_slip(slip)
    if kind == "one-to-one" and _take_meeting(entry, fields, found, me):
        return
    if kind in ("", "one-to-one"):
        name = visible(slip, 40).casefold()
        found.left_out[f"of the kind {name}" if name else "without a kind of slip"] += 1
        return
    amount = texts.get("value", "")
    texts["note"] = "; ".join(
        filter(None, (texts.get(name, "").strip() for name in ("inside", "note")))
    )
    if kind == "closed":
        texts["count"] = ""  # a quantity of another thing
        texts["giver"], texts["receiver"] = texts.get("receiver", ""), texts.get("giver", "")
    else:
        texts["value"] = ""  # nothing is closed yet
    values = fields.row(entry, "referrals")
    if values and values["giver"] == values["receiver"]:
        fields.refuse(entry, "a slip cannot go from a person to themselves")
    elif values and kind == "referral":
        if amount.strip(" 0.,$£€"):
            found.notes.append(
                f"{found.path}: line {entry.line}: the amount {visible(amount.strip(), 40)} "
                f"stands on a referral and not on a thank-you; it is left out"
            )
        found.rows["referrals"].append(Row(entry.line, values, entry.told))
    elif values:
        value = values["value"] or None  # nothing, or 0, says only thank you
        names = values["giver"], values["receiver"]
        currency = values["currency"] if value else ""
        found.closings.append(
            Closing(entry.line, *names, values["date"], value, currency, values["note"])
        )


def _take_meeting(entry: Entry, fields: Fields, found: Converted, me: str | None) -> bool:
    """Take a one-to-one as a touch; say whether it is one of this book, and has a day."""
    one, two = (entry.texts.get(side, "").strip() for side in ("giver", "receiver"))
    if not (one and two and entry.texts.get("date", "").strip()) or one == two:
        return False
    if me is not None and me not in (one, two):
        return False
    if me is not None:
        one, two = (two if one == me else one), ""
    texts = {"date": entry.texts["date"], "person": one, "with": two, "kind": "one-to-one"}
    texts["note"] = entry.texts.get("note", "")
    if values := fields.row(type(entry)(entry.line, texts, entry.told), "touches"):
        found.rows["touches"].append(Row(entry.line, values, entry.told))
    return True
