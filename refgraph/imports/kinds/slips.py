"""The slips of a networking group: referrals, and business that came of them.

A slip of a referral goes from who gave it to who received it. A slip of closed
business is a thank-you, and goes the other way: from who received the referral
to who gave it. Slips of other kinds (one to ones, training, visitors) are
counted and left out. ``Inside`` or ``Outside`` and the detail become the note:
the detail is free text, and not always the name of a prospect; a rule
``column prospect "Detail"`` takes it for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.converted import Closing, Row
from refgraph.schema.text import FieldError, clean, visible

if TYPE_CHECKING:
    from refgraph.imports.cells.field_values import Fields
    from refgraph.imports.cells.named_rows import Entry
    from refgraph.imports.converted import Converted

__all__ = ["convert_slip", "kind_of_slip"]

_CLOSED = ("tyfcb", "thank you", "thank-you", "closed business")


def kind_of_slip(text: str) -> str:
    """Tell a referral from closed business; nothing for any other slip.

    Examples
    --------
    >>> kind_of_slip("Referral"), kind_of_slip("TYFCB"), kind_of_slip("One to One")
    ('referral', 'closed', '')
    """
    word = text.casefold()
    if any(sign in word for sign in _CLOSED):
        return "closed"
    return "referral" if "referral" in word else ""


def convert_slip(entry: Entry, fields: Fields, found: Converted) -> None:
    """Convert one slip."""
    texts = entry.texts
    try:
        slip = clean(texts.get("slip", ""))
    except FieldError as error:
        fields.refuse(entry, str(error), error.hint)
        return
    kind = kind_of_slip(slip)
    if not kind:
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
