"""What an import shows of its plan: the rows as tables of a book, and the tally."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from refgraph.imports.column_names import TABLES
from refgraph.reading.files.writer import cell
from refgraph.schema.columns import hidden_in_health
from refgraph.schema.values import COLLEAGUES
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.imports.plan import Plan

__all__ = ["as_ledger", "tally"]

_NOUNS = {
    "people": "person",
    "referrals": "referral",
    "touches": "touch",
    "statuses": "change of status",
}

# The columns that are shown even where they are blank: enough to know the table again.
_SHOWN = {
    "people": ("person", "note"),
    "referrals": ("date", "giver", "receiver"),
    "touches": ("date", "person", "kind"),
    "statuses": ("date", "id", "status"),
}


def as_ledger(plan: Plan, *, hides: bool = False) -> str:
    r"""Give the new rows as tables of a book, one under another; they can be imported again.

    Parameters
    ----------
    plan : Plan
        What is new.
    hides : bool
        Whether to leave out who was referred, values, ids, notes and addresses of who may be a
        patient.

    Examples
    --------
    >>> from refgraph.imports.plan import Plan
    >>> plan = Plan("export.csv")
    >>> plan.rows["referrals"] = [{"giver": "Lee, Ann", "receiver": "Bo", "note": "roof"}]
    >>> as_ledger(plan)
    'date,giver,receiver,note\n,"Lee, Ann",Bo,roof\n'
    >>> tally(plan, partial=False)
    '1 new (1 referral), 0 already there, 0 refused'
    """
    stream = io.StringIO()
    for table, columns in TABLES.items():
        rows = plan.rows[table]
        if not rows and not plan.there[table]:
            continue
        filled = {name for row in rows for name in row}
        shown = [name for name in columns if name in _SHOWN[table] or name in filled]
        if hides:
            shown = [name for name in shown if name not in hidden_in_health(table)]
        if stream.tell():
            stream.write("\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(shown)
        if hides and table == "people":
            rows = [row if row.get("role") in COLLEAGUES else row | {"email": ""} for row in rows]
        writer.writerows([cell(row.get(name)) for name in shown] for row in rows)
    return stream.getvalue()


def tally(plan: Plan, *, partial: bool) -> str:
    """Count in one line what was new, there already and refused.

    Parameters
    ----------
    plan : Plan
        What was found.
    partial : bool
        Whether the rows that are not refused are taken.
    """
    kinds = [count(len(rows), _NOUNS[table]) for table, rows in plan.rows.items() if rows]
    of = f" ({', '.join(kinds)})" if kinds else ""
    parts = [f"{plan.new:,} new{of}", f"{plan.there.total():,} already there"]
    if plan.refused:
        parts.append(f"{plan.refused:,} refused (see above)")
    else:
        parts.append("0 refused")
    if plan.listed.unplaced:
        parts.append(f"{plan.listed.unplaced:,} not placed (see above)")
    if out := plan.left_out.total():
        reasons = sorted(plan.left_out.items())
        why = ", ".join(f"{count:,} {reason}" for reason, count in reasons)
        why = reasons[0][0] if len(reasons) == 1 else why
        parts.append(f"{out:,} left out ({why})")
    end = ""
    if plan.refused and not partial:
        end = "; nothing is written: correct them, or take the others with --partial"
    return ", ".join(parts) + end
