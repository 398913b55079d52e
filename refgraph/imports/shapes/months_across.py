"""A table of people with a column for each month: how many came from them, or went to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.date_order import is_month, is_partial, month_of
from refgraph.imports.cells.totals import say_totals, total_rows
from refgraph.imports.column_names import NEEDED
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.ruleset import Rules
from refgraph.imports.rules.turned import direction_in, heading, says
from refgraph.imports.rules.words import TOTALS
from refgraph.names.folded import fold
from refgraph.names.lookup import ME_WORDS
from refgraph.names.spelling import bare as bare_name
from refgraph.names.summary_words import is_summary
from refgraph.schema.text import argument, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["MONTHLY", "split_months"]

_DIRECTION, _PERSON = NEEDED["personal"]
_GIVER, _RECEIVER = NEEDED["referrals"]
#: The columns that such a table is split into.
MONTHLY = (_DIRECTION, _PERSON, "count", NEEDED["statuses"][0], "note")
_FEWEST = 3  # months; one or two may be names
_NOTHING = frozenset(("", "0", "-", "\u2013", "\u2014"))
#: Who is headed so is somebody else; a mere name may be any member's.
_OTHER = re.compile(
    r"\b(partner\w*|contacts?|sources?|colleagues?|friends?|kontakt\w*|kolleg\w*|quelle|partenaires?"
    r"|confreres?|contatt\w|contatos?|contactos?|colleg\w+|fuente|fonte|relaties?|bron)\b"
)
_MEMBER = re.compile(
    r"\b(members?|mitglied(er)?|membres?|miembros?|soci[oa]?s?|leden|lid|membros?)\b"
)
_FISCAL = (
    r"(?:FY|GJ|WJ|exercice|ejercicio|esercizio|boekjaar|fiscal(?: year)?|gesch[aä]ftsjahr"
    r"|ano fiscal|año fiscal|anno fiscale) ?['\u2019]?(?:20)?[0-9]{2}(?:[/-](?:20)?[0-9]{2})?"
)
_TWO_YEARS = re.compile(
    rf"(?<![^\W_]){_FISCAL}|(?<!\d)(?:20[0-9]{{2}}) ?[/-] ?(?:20)?[0-9]{{2}}(?!\d|[/-])",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?:{_FISCAL}[ -]?)?[QT][1-4](?:[ -]?{_FISCAL})?|{_FISCAL}"
    r"|20[0-9]{2} ?[/-] ?(?:20)?[0-9]{2}"
    r"|(?:0?[1-9]|1[0-2])[/-][0-9]{2}|(?:week|wk|kw|woche|semaine|semana|settimana) ?[0-9]{1,2}"
    r"|[^\W\d_]{3,9}\.?[ -]?['\u2019][0-9]{2}|20[0-9]{2}-(0[1-9]|1[0-2])-01( 00:00:00)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WAYS = {_GIVER: "received", _RECEIVER: "given"}
_DECIDE = (*_WAYS, _DIRECTION, "status")


@dataclass(frozen=True, slots=True)
class _Count:
    """One number of the table: of whom, of which month, and how many."""

    line: int
    person: str
    month: str
    number: str


def split_months(
    row: Sequence[str],
    rest: Grid,
    above: Sequence[str],
    told: Mapping[str, str],
    me: str | None = None,
    *,
    named: Collection[str] = (),
) -> tuple[Rules, Grid] | None:
    """Make a row of each number of such a table; None if it is none.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below.
    above : sequence of str
        What stands above it, which may say the direction or the year.
    told : mapping of str to str
        Our columns, and their headers, as somebody says them.
    me : str, optional
        Whose referrals they may be.
    named : collection of str
        Words of a summary that are names here.

    Raises
    ------
    LedgerError
        If nothing says which way the referrals went, or they may be those of a group.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> grid = Grid("a.csv", [["Ann Lee", "2", "", "1"]], [2])
    >>> rules, made = split_months(["Referred by", "Jan", "Feb", "Mar"], grid, ["2025"], {})
    >>> made.rows
    [['received', 'Ann Lee', '2', 'Jan 2025', ''], ['received', 'Ann Lee', '1', 'Mar 2025', '']]
    """
    counts, title, open_ = _across(row, rest, told, named)
    if open_:
        raise open_
    if not counts:
        return None
    said = {bare(header): side for side, header in told.items() if side in _WAYS}
    side = said.get(bare(title)) or next((each for each in _WAYS if says(each, heading(title))), "")
    if not side and (_MEMBER.search(fold(title)) or _names_me(counts, me)):
        raise _of_group(rest, title)
    texts = [*above, rest.title]
    if not told and any(says("value", heading(text)) for text in (*texts, title)):
        return None
    by_title = (
        next(filter(None, map(direction_in, texts)), "") if _OTHER.search(fold(title)) else ""
    )
    way = _WAYS.get(side, by_title)
    if not way:
        raise _asked(rest, title)
    years = {each for text in texts for each in _YEAR.findall(text)}
    year = years.pop() if len(years) == 1 else ""
    notes = [f"{rest.path}: each number is so many referrals {way} in a month, without a day"]
    notes += say_totals(rest.path, rest.lines, rest.rows, total_rows(rest.rows, named))
    months = [*dict.fromkeys(each.month for each in counts if not _YEAR.search(each.month))]
    if year and months and _may_be_two_years(row, texts):
        doubt = "the months may be of two calendar years; each is kept in the note without its year"
        year = ""
        notes.append(f"{rest.path}: {doubt}; write the year too, like {months[0]} 2026")
    columns = {name: ((name,),) for name in MONTHLY}
    made = replace(
        rest,
        rows=[[way, each.person, each.number, *_dated(each.month, year)] for each in counts],
        lines=[each.line for each in counts],
        notes=[*rest.notes, *(note for note in notes if note not in rest.notes)],
        faults={},
        merged={},
    )
    return Rules(name="a tally of referrals by month", kind="personal", columns=columns), made


def _across(
    row: Sequence[str], rest: Grid, told: Mapping[str, str], people_said: Collection[str]
) -> tuple[list[_Count], str, LedgerError | None]:
    """Read months that stand beside each other, and the header of the people."""
    months = [at for at, title in enumerate(row) if _is_month(title)]
    others = [at for at, title in enumerate(row) if at not in months and title.strip()]
    others = [at for at in others if fold(row[at]) not in TOTALS and not is_summary(row[at])]
    named = {bare(header) for side, header in told.items() if side in (*_WAYS, _PERSON)}
    sides = [at for at in others if any(says(each, heading(row[at])) for each in _DECIDE)]
    words = [at for at in others if not all(_is_count(_at(each, at)) for each in rest.rows)]
    ways = [at for at in sides if any(says(each, heading(row[at])) for each in _WAYS)]
    people = [at for at in others if bare(row[at]) in named] or ways or words
    spans = [at for at, title in enumerate(row) if at in months or _SPAN.fullmatch(title.strip())]
    if len(spans) > 1 and ways and (len(months) < _FEWEST or {*spans} - {*months}):
        return [], "", _no_counts(rest, row[spans[0]], "")
    if len(months) < _FEWEST or not people:
        return [], "", None
    at = people[0]
    left = {*total_rows(rest.rows, people_said)}
    rows = [
        (line, [*each, *[""] * (len(row) - len(each))])
        for k, (line, each) in enumerate(zip(rest.lines, rest.rows, strict=True))
        if k not in left and ((at < len(each) and each[at].strip()) or _says_numbers(each, months))
    ]
    if odd := [each[m] for _, each in rows for m in months if not _is_count(each[m])]:
        return [], "", _no_counts(rest, row[months[0]], odd[0]) if ways else None
    titles = [bare(row[month]) for month in months]
    line = rest.lines[0] if rest.lines else 0
    if len({*titles}) < len(titles) or {*sides} - {at}:
        message = "the months stand here twice, or beside more than one column that decides"
        hint = "give each of the two a table of its own"
        return [], "", LedgerError([rest.problem(line, message, hint)])
    places = {line for line, _ in rows}
    for (where, column), (message, hint) in rest.faults.items():
        if where in places and (column in months or column == at):
            return [], "", LedgerError([rest.problem(where, message, hint)])
    made = [
        _Count(line, each[at].strip(), row[month].strip(), number)
        for line, each in rows
        for month in months
        if (number := _whole(each[month])) not in _NOTHING
    ]
    return made, row[at].strip(), None


def _says_numbers(cells: Sequence[str], months: Sequence[int]) -> bool:
    """Tell whether a row counts anything: then it has to say of whom."""
    numbers = (_whole(_at(cells, month)) for month in months)
    return any(number not in _NOTHING for number in numbers)


def _no_counts(rest: Grid, title: str, cell: str) -> LedgerError:
    why = f"{quoted(cell)} is no such number" if cell else "they are not read"
    message = f"columns like {quoted(title.strip())} may count the referrals of a time, and {why}"
    hint = "write whole numbers below three months or more, like Jan 2026, Feb 2026, Mar 2026"
    return LedgerError([rest.problem(rest.lines[0] if rest.lines else 0, message, hint)])


def _may_be_two_years(row: Sequence[str], texts: Sequence[str]) -> bool:
    """Tell whether months go on after a December, or what stands above names a fiscal year."""
    places = [place for title in row if (place := month_of(title))]
    return places != sorted(places) or any(map(_TWO_YEARS.search, texts))


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _is_month(title: str) -> bool:
    return is_month(title) or is_partial(title)


def _whole(cell: str) -> str:
    return cell.strip().removesuffix(".0")


def _is_count(cell: str) -> bool:
    text = _whole(cell)
    return text in _NOTHING or (text.isascii() and text.isdigit() and len(text) < 5)


def _dated(month: str, year: str) -> Iterator[str]:
    """Give the month as a day that is known in part, or in the note where no year is known."""
    if _YEAR.search(month) or not is_month(month):
        yield from (month, "")
    elif year:
        yield from (f"{month} {year}", "")
    else:
        yield from ("", month)


def _names_me(counts: Sequence[_Count], me: str | None) -> bool:
    mine = {*ME_WORDS, bare_name(me or "")} - {""}
    return any(bare_name(each.person) in mine for each in counts)


def _of_group(rest: Grid, title: str) -> LedgerError:
    """Say that the numbers of a group's members name no pair."""
    message = "these are the numbers of each member of a group: they do not say who gave to whom"
    came, went = (argument(f"{side}={title}") for side in _WAYS)
    hint = (
        f"import the slips of the group, or its matrix of who gave to whom; if they are what each "
        f"gave to me: --columns {came}; if what I gave to each: --columns {went}"
    )
    return LedgerError([rest.problem(rest.lines[0] if rest.lines else 0, message, hint)])


def _asked(rest: Grid, title: str) -> LedgerError:
    """Ask which way the referrals went."""
    message = "each number counts the referrals of a month, and nothing says who gave them"
    came, went = (argument(f"{side}={title}") for side in _WAYS)
    hint = (
        f"if they came from whom {quoted(title)} names: --columns {came}; "
        f"if they went to them: --columns {went}"
    )
    return LedgerError([rest.problem(rest.lines[0] if rest.lines else 0, message, hint)])
