"""What the columns of a table mean that no layout knows: told by their headers and their cells.

A header is read in seven languages (`words`), and what it promises must be borne out by the
cells: days are dates, amounts are amounts, a direction has the words of both ways. A table is
recognised only where it says who referred: giver and receiver, or a direction and a person, or
one of the two, with who was referred; the other is me.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.imports.rules.column import Column, columns_of, is_day
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.ruleset import INFERRED, Rules
from refgraph.imports.rules.turned import tells_of_them
from refgraph.imports.rules.words import NEGATIVE_DATES
from refgraph.names.folded import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from refgraph.imports.rules.ruleset import Alternatives

__all__ = ["could_be_header", "infer_rules", "lacks_person", "missing_columns", "open_values"]

_ME = "me"
_FULL_NAME = ("first name", "last name")
# What was earned; what was paid for the thing itself, or is hoped for; what is a part of a sum.
_FEE = re.compile(
    r"\b(fees?|commissions?|gci|income|earned|earnings|honorar\w*|\w*provision\w*|vergutung|erlos"
    r"|courtage|comision\w*|ingresos|comiss\w+|provvigion\w*|onorari\w*|courtagevergoeding)\b"
)
_PRICE = re.compile(
    r"\b(\w*preis|prix|precio|prezzo|prijs|preco|price|sales?|deal|contract|purchase|loan|volume"
    r"|list|listing|property|house|home|est|estimate\w*|expected|potential|projected|asking"
    r"|vente|venta|vendita|verkoop\w*|verkaufs?\w*|venda|mortgage|policy|premium)\b"
)
_SHARE = re.compile(r"%|\b(percent\w*|rate|split|prozent|satz|pourcentage|porcentaje)\b")
_CLIENT = re.compile(r"client|customer|patient|kund|mandant|klant|pacient|pazient")
_TO_WHOM = re.compile(r"\bwhom?\b|^wem$|\bwen$|\bqui$|\bquien$|\bchi$|\bwie$|\bquem$")
# The first column of a table of records, beside a column of whom each is about.
_MERE_NAME = re.compile(r"^(full )?(name|nom|nombre|nome|naam|person|who)$")
_REFERS = re.compile(r"refer|recommend|introduc|empf|recomm|segnal|consigl|verw|aanbev|indic")


def could_be_header(row: Sequence[str]) -> bool:
    """Tell whether a row may be the header of a table of referrals, by its words alone."""
    columns = columns_of(row, ())
    if len(columns) < 2 or any(any(map(str.isdigit, column.title)) for column in columns):
        return False
    firm = [role for role in ("giver", "receiver") if any(each.says(role) for each in columns)]
    others = [
        role
        for role in ("person", "prospect", "direction", "date", "status", "value")
        if any(each.says(role) for each in columns)
    ]
    if all(any(each.says(role) for each in columns) for role in ("who", "whom")):
        return True
    return len(firm) == 2 or (bool(firm) and bool(others)) or {"person", "direction"} <= {*others}


def infer_rules(
    row: Sequence[str],
    rows: Sequence[Sequence[str]],
    me: str | None = None,
    direction: str = "",
) -> Rules | None:
    """Tell from a header and the rows below what the columns mean; None if that is not clear.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rows : sequence of sequence of str
        What stands below.
    me : str, optional
        Whose referrals they are.
    direction : str
        What the name of the sheet or the file says of all of them, if anything.

    Examples
    --------
    >>> rules = infer_rules(
    ...     ["Who", "In/Out", "Client"], [["Ann Lee", "OUT", "Cy"], ["Bo", "IN", ""]]
    ... )
    >>> rules.kind, sorted(rules.columns)
    ('personal', ['direction', 'person', 'prospect'])
    >>> infer_rules(["Payee", "Amount"], [["Power Co", "5.00"]]) is None
    True
    """
    columns = columns_of(row, rows)
    if len(columns) < 2 or any(each.title[:1].isdigit() for each in columns):
        return None
    taken = _Taken(columns)
    kind, constants = _sides(taken, me)
    if not kind and direction and _prospect_beside(taken):
        kind, constants = "personal", {"direction": direction}
    if not kind or not (rows or could_be_header(row)):
        return None
    if kind == "contacts" and (
        taken.take_full_name("person") or taken.take("person", _prospect(taken))
    ):
        constants = {"role": "prospect"}
        taken.take("email", taken.first("email"))
        if not any(each.says("value") or each.says("status") for each in columns):
            taken.take("profession", taken.first("profession"))
    _others(taken, {"prospect"} if kind == "contacts" else set())
    return Rules(
        name=INFERRED,
        kind=kind,
        columns=taken.mapped(),
        constants=constants,
    )


def missing_columns(
    row: Sequence[str], rows: Sequence[Sequence[str]], known: Iterable[str], used: Iterable[int]
) -> dict[str, Alternatives]:
    """Find columns that a layout does not know, where header and cells say what they are.

    Parameters
    ----------
    row, rows : sequences
        The header, and what stands below.
    known : iterable of str
        Our columns that are found already.
    used : iterable of int
        The places that are read already.
    """
    there = {*used}
    taken = _Taken([each for each in columns_of(row, rows) if each.at not in there])
    _others(taken, {*known})
    return taken.mapped()


class _Taken:
    """The columns of a table, and what each has been taken as."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        self.roles: dict[str, Column] = {}
        self.joined: dict[str, tuple[Column, ...]] = {}

    def free(self) -> list[Column]:
        there = {each.at for each in self.roles.values()}
        there |= {each.at for some in self.joined.values() for each in some}
        return [each for each in self.columns if each.at not in there]

    def take(self, role: str, column: Column | None) -> bool:
        if column is not None:
            self.roles[role] = column
        return column is not None

    def take_full_name(self, role: str) -> bool:
        """Take first and last name in two columns for one, if both are there."""
        named = {each.header: each for each in self.free()}
        parts = [named.get(header) for header in _FULL_NAME]
        there = tuple(each for each in parts if each is not None)
        if len(there) < len(_FULL_NAME):
            return False
        self.joined[role] = there
        return True

    def first(self, *roles: str) -> Column | None:
        """Give the first free column whose header says the first of the roles that any says."""
        for role in roles:
            for column in self.free():
                if column.says(role):
                    return column
        return None

    def mapped(self) -> dict[str, Alternatives]:
        found = {role: ((bare(each.title),),) for role, each in self.roles.items()}
        parts = {
            role: (tuple(bare(one.title) for one in some),) for role, some in self.joined.items()
        }
        return {**found, **parts}


def _sides(taken: _Taken, me: str | None) -> tuple[str, dict[str, str]]:
    """Find the columns that say who gave and who got; the kind of table, and what is constant."""
    giver, receiver = _side(taken, "giver"), _side(taken, "receiver")
    if giver is None:
        giver, receiver = _who_to_whom(taken, receiver)
    if giver and receiver:
        taken.take("giver", giver)
        taken.take("receiver", receiver)
        return "referrals", _blank_sides(giver, receiver, taken)
    direction = _direction(taken)
    if direction is not None and not (giver and receiver):
        taken.take("direction", direction)
        person = giver or receiver or _partner(taken) or taken.first("weak_giver")
        person = person or _known_client(taken)
        if taken.take("person", person):
            return "personal", {}
        return "", {}
    return _one_side(taken, giver, receiver, me)


def _one_side(
    taken: _Taken, giver: Column | None, receiver: Column | None, me: str | None
) -> tuple[str, dict[str, str]]:
    """Read a table that names one of the two: the other is me, or the owner of the row."""
    giver = giver or (None if receiver else taken.first("weak_giver"))
    if giver is not None:
        taken.take("referrer", giver)
        owner = taken.first("owner")
        if owner is not None and {*map(fold, owner.cells)} - {fold(me or ""), _ME}:
            if not (owner.is_names and giver.is_names):
                return "", {}
            del taken.roles["referrer"]
            taken.take("giver", giver)
            taken.take("receiver", owner)
            return "referrals", {}
        named = {each.header for each in taken.columns}
        if _prospect(taken) or named.issuperset(_FULL_NAME) or _REFERS.search(giver.header):
            return "contacts", {}
        return "", {}
    if receiver is None and any(each.says("prospect") for each in taken.columns):
        receiver = taken.first("weak_receiver")
    if receiver is not None:
        taken.take("person", receiver)
        if _prospect(taken) or _REFERS.search(receiver.header):
            return "personal", {"direction": "given"}
    return "", {}


def _side(taken: _Taken, role: str) -> Column | None:
    """Find the column of one side: of two headers that say it, the one that holds names."""
    found = [each for each in taken.columns if each.says(role) and not each.is_dates]
    found = [each for each in found if not (each.directions or each.is_amounts or each.is_yes_no)]
    named = [each for each in found if each.is_names]
    return next(iter(named or found), None)


def _who_to_whom(taken: _Taken, receiver: Column | None) -> tuple[Column | None, Column | None]:
    """Take a column headed Who, or Your name, as who gave, where another one says to whom."""
    to_whom = receiver or taken.first("whom")
    who = next((each for each in taken.free() if each.says("who") and each.is_names), None)
    if who is None or to_whom is None or not to_whom.is_names:
        return None, receiver
    is_asked = not who.says("person") or _TO_WHOM.search(to_whom.header) is not None
    return (who, to_whom) if is_asked else (None, receiver)


def _partner(taken: _Taken) -> Column | None:
    """Find who gave or got: of two columns of persons, the one that is no mere name."""
    found = [
        each
        for each in taken.free()
        if each.says("person") and not (each.is_dates or each.is_amounts or each.is_yes_no)
    ]
    if not any(each.says("prospect") for each in taken.free()):
        found.sort(key=lambda each: bool(_MERE_NAME.search(each.header)))
    return next(iter(found), taken.first("person"))


def _blank_sides(giver: Column, receiver: Column, taken: _Taken) -> dict[str, str]:
    """Say that a blank side is me where each row fills one of the two."""
    longest = max((len(each.cells) for each in taken.columns), default=0)
    filled = giver.filled + receiver.filled
    return {"giver": _ME, "receiver": _ME} if filled <= longest * 1.05 else {}


def _direction(taken: _Taken) -> Column | None:
    """Find the column whose cells say a direction: both, or one under a header that says so."""
    for column in taken.columns:
        if tells_of_them(column.title):
            continue
        both = len(column.directions) == 2
        if column.directions and (column.says("direction") or (both and not column.says("status"))):
            return column
    return None


def _prospect_beside(taken: _Taken) -> bool:
    """Take a person, where another column says who was referred."""
    taken.take("person", taken.first("person"))
    if "person" in taken.roles and _prospect(taken) is not None:
        return True
    taken.roles.clear()
    return False


def _prospect(taken: _Taken) -> Column | None:
    """Find who was referred."""
    for role in ("prospect", "weak_prospect", "person", "deal"):
        for column in taken.free():
            if column.says(role) and not (column.is_dates or column.is_amounts or column.is_yes_no):
                return column
    return None


def _known_client(taken: _Taken) -> Column | None:
    """Find who gave or got: of two columns that may say who was referred, that of clients."""
    found = [
        each
        for each in taken.free()
        if (each.says("prospect") or each.says("weak_prospect")) and each.is_names
    ]
    clients = [each for each in found if _CLIENT.search(each.header)]
    return clients[0] if len(found) == 2 and len(clients) == 1 else None


def lacks_person(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table says directions, and of none of its columns that it names somebody.

    Examples
    --------
    >>> lacks_person(["Way", "Client"], [["OUT", "Cy"], ["IN", "Di"]])
    True
    """
    taken = _Taken(columns_of(row, rows))
    return _direction(taken) is not None and not _sides(taken, None)[0]


def _others(taken: _Taken, known: set[str]) -> None:
    """Find what else the columns say, but for what is known already."""
    is_contact = "person" in known and "direction" not in known
    if not is_contact and not {"prospect", "referrer"} & known:
        taken.take("prospect", _prospect(taken))
    free = taken.free
    finders: dict[str, Callable[[], Column | None]] = {
        "date": lambda: _best_date(free()),
        "status": lambda: _first(
            free(), "status", lambda each: not (each.is_dates or each.is_amounts)
        ),
        "value": lambda: next(iter(_values(free())), None),
        "count": lambda: _first(free(), "count", lambda each: each.is_counts),
        "currency": lambda: _first(free(), "currency", lambda _: True),
        "note": lambda: _first(free(), "note", lambda _: True),
    }
    for role, find in finders.items():
        if role not in known:
            taken.take(role, find())


def _first(columns: Iterable[Column], role: str, holds: Callable[[Column], bool]) -> Column | None:
    return next((each for each in columns if each.says(role) and each.cells and holds(each)), None)


def _values(columns: Iterable[Column]) -> list[Column]:
    """Give the columns that may be what a referral was worth: a fee before an amount or a price.

    More than one is given only where none of them says more than the other that it is.
    """
    found = [
        each
        for each in columns
        if (each.says("value") or each.says("weak_value"))
        and each.is_amounts
        and not _SHARE.search(each.header)
    ]
    fees = [each for each in found if _FEE.search(each.header)]
    plain = [each for each in found if each.says("value") and not _PRICE.search(each.header)]
    return fees[:1] or [each for each in plain if bare(each.title) == "value"] or plain or found[:1]


def open_values(
    row: Sequence[str], rows: Sequence[Sequence[str]], value: int, used: Iterable[int]
) -> list[str]:
    """Name the columns each of which may be the value as well as the one that was taken.

    Parameters
    ----------
    row, rows : sequences
        The header, and what stands below.
    value : int
        The place of the column that was taken.
    used : iterable of int
        The places that are read.

    Examples
    --------
    >>> open_values(["Amount", "Worth"], [["5.00", "7.00"]], 0, {0})
    ['Amount', 'Worth']
    >>> open_values(["Price", "Fee"], [["500", "7.00"]], 1, {1})
    []
    """
    others = {*used} - {value}
    found = _values(each for each in columns_of(row, rows) if each.at not in others)
    titles = [each.title.strip() for each in found]
    return titles if len(titles) > 1 and value in [each.at for each in found] else []


def _best_date(columns: Sequence[Column]) -> Column | None:
    """Find the day of the referral among columns of days."""
    days = [each for each in columns if any(map(is_day, each.cells))]
    dates = [each for each in days if each.says("date")]
    dates = dates or [each for each in days if each.says("weak_date") and each.is_dates]
    dates = [each for each in dates if each.is_dates] or dates  # what is none is refused, not lost
    meant = [each for each in dates if not NEGATIVE_DATES.search(each.header)]
    about = [each for each in meant if _REFERS.search(each.header)]
    return next(iter(about or meant), None)
