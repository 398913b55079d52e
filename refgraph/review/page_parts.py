"""Every part of the page, in order, from the report and the questions it stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.suggesting.reason import INTRODUCE
from refgraph.report.page import named_sections
from refgraph.report.questions.chains import CHAINS
from refgraph.report.questions.connecting import CONNECTORS, RECIPROCITY
from refgraph.report.questions.owing import OWE
from refgraph.report.questions.tending import TREND
from refgraph.report.sections import network, suggested
from refgraph.report.sections.section import FEW, joined, rest
from refgraph.report.sections.standing import owing
from refgraph.report.tending.today_text import NOTHING
from refgraph.report.views import text_table
from refgraph.review import changed
from refgraph.review.chapter_parts import groups, members_part
from refgraph.review.grid import grid_of
from refgraph.review.meanings import LEAKS, MEASURES, NEWS, ONE_SIDED, PLAIN, THANKS
from refgraph.review.names import HANGING, NAMES
from refgraph.review.part import Part, Suggestion
from refgraph.wording import count, ended, join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.report.sections.section import Section
    from refgraph.report.summary import Summary
    from refgraph.review.grid import Grid

__all__ = ["parts_of"]

_SAMPLES, _FEWER = 1000, 200  # random networks; drawing them takes seconds where ties are many
_MANY = 600  # ties
_NAMED = 4  # people that a finding names
_PERIODS = 8  # quarters
_BAND = (
    "Chance is each day with a referral put on another day of the record, with all that passed on "
    "it."
)
# What a verdict says once it stands alone.
_VERDICTS = {"Chance has no say": "Whether it is mutual beyond chance cannot be told"}
# From the names of columns in the report to those of the command's table.
_OWE = {"gave_you": "gave_me", "you_gave": "i_gave"}
_OPEN = {"giver": "person", "receiver": "me", "given": "gave_me", "given_back": "i_gave"}


def parts_of(
    book: Book,
    summary: Summary,
    chosen: frozenset[str] = frozenset(),
    compared: Comparison | None = None,
) -> list[Part]:
    """Give the parts of a book's page in reading order.

    Parameters
    ----------
    book : Book
        The book, in its window.
    summary : Summary
        What its report says.
    chosen : frozenset of str
        The names of the parts to make; all if empty.
    compared : Comparison, optional
        What changed since a day; nothing is said of that without it.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> book = Book.sample()
    >>> [part.name for part in parts_of(book, summarize(book), frozenset({"owed", "leaks"}))]
    ['owed', 'leaks']
    """
    known = named_sections(summary)
    made: list[Part | None] = []
    if compared is not None and (not chosen or "changes" in chosen):
        made.append(changed.changes(summary, compared))
    if not chosen or "decided" in chosen:
        made.append(changed.decided(book, summary, None if compared is None else compared.day))
    made += [
        make(book, summary, known.get(name))
        for name, make in _MAKERS.items()
        if not chosen or name in chosen
    ]
    return [part for part in made if part is not None]


def _plain(
    name: str,
    meanings: Mapping[str, str],
    lead: Callable[[Summary, Section], str],
    renamed: Mapping[str, str] | None = None,
) -> Callable[[Book, Summary, Section | None], Part | None]:
    """Make a part of a section of the report, as it is."""

    def make(_: Book, summary: Summary, section: Section | None) -> Part | None:
        if section is None:
            return None
        table = section.table
        grids = () if table is None else (grid_of(table, section.title, meanings, renamed),)
        return Part(
            name,
            section.title,
            _paragraphs(section),
            lead(summary, section),
            grids=grids,
            note=section.note,
        )

    return make


def _paragraphs(section: Section) -> tuple[str, ...]:
    return tuple(section.told.splitlines())


def _first(_: Summary, section: Section) -> str:
    """Give the first sentence, up to where it says how to read the rows."""
    return f"{section.sentences[0].removesuffix('.').partition('. ')[0]}."


def _owing(summary: Summary, _: Section) -> str:
    said = owing(summary.position)[0]
    if summary.owe.empty:
        return said
    first = summary.owe.head(_NAMED - 1)
    named = [f"{row.person} ({row.open:,})" for row in first.itertuples()]
    return joined(said, f"Longest open: {join_names(named)}.")


def _unthanked(summary: Summary, section: Section) -> str:
    """Name the first of those who have not been thanked."""
    said = _first(summary, section)
    if section.table is None or "person" not in section.table:
        return said
    names = [str(name) for name in section.table["person"]]
    if len(names) <= _NAMED:
        return f"{said.removesuffix('.')}: {join_names(names)}."
    return joined(said, f"The latest: {join_names(names[: _NAMED - 1])}.")


def _one_sided(_: Summary, section: Section) -> str:
    if section.table is None:
        return ""
    row = section.table.iloc[0]
    gave = f"{row['giver']} gave {row['receiver']} {count(row['given'], 'referral')}"
    return f"{gave} and had {row['given_back']:,} from them: the most one-sided pair."


def _network(summary: Summary, section: Section) -> str:
    return section.sentences[0] if summary.book["me"] is None else ""


def _most_open(summary: Summary, _: Section) -> str:
    if summary.owe.empty or pd.isna(summary.owe["days_open"].iloc[0]):
        return ""
    row = summary.owe.iloc[0]
    open_ = count(row["open"], "referral")
    whose = f"{open_} of {row['person']} to {row['me']}"
    return f"Without one back for longest: {row['days_open']:,} days, {whose}."


def _news(summary: Summary, section: Section) -> str:
    return "" if summary.news.empty else _first(summary, section)


def _today(_: Book, summary: Summary, section: Section | None) -> Part | None:
    """Say what is worth doing today, each with why."""
    if section is None:
        return None
    items = tuple(Suggestion(who, "", "", (), why) for who, why in section.items)
    lanes: dict[str, list[str]] = {}
    for who, _why in section.items:
        lane, name = who.split(": ", 1)
        lanes.setdefault(lane.lower(), []).append(name)
    told = "; ".join(f"{lane} ({', '.join(names)})" for lane, names in lanes.items())
    if not section.items:
        lead = ""
    elif summary.today["can_wait"].all():
        lead = f"{NOTHING} It can wait a week: {told}."
    else:
        lead = f"Today: {told}."
    return Part(
        "today", section.title, _paragraphs(section), lead, suggestions=items, note=section.note
    )


def _refer_first(_: Book, summary: Summary, section: Section | None) -> Part | None:
    if section is None or summary.book["me"] is None:
        return None
    if summary.refer_first.empty:
        return Part("refer-first", section.title, _paragraphs(section), note=section.note)
    rows: list[Any] = list(suggested.shown(summary).itertuples())
    chosen = tuple(
        Suggestion(
            str(row.person),
            str(row.role or ""),
            suggested.SAYS[row.kind],
            tuple(row.introduce),
            *_introduction(str(row.because)),
        )
        for row in rows
    )
    told = next((each for each in chosen if each.introduce), None)
    lead = ended(f"Refer first: {', '.join(each.person for each in chosen[:_NAMED])}")
    if told is not None:
        made = f"An introduction to make: {told.person} and {told.introduce[0]}"
        lead = joined(lead, ended(made))
    lead = joined(lead, suggested.most_expected(summary.refer_first))
    return Part(
        "refer-first",
        section.title,
        _paragraphs(section),
        lead,
        suggestions=chosen,
        note=section.note,
    )


def _introduction(because: str) -> tuple[str, str]:
    """Take the introduction to make, with its reasons, out of the sentence that tells why.

    Examples
    --------
    >>> _introduction("Gave you 1; introduce to them Bo (needs wills). It adds 0.6 referrals.")
    ('Gave you 1. It adds 0.6 referrals.', 'Bo (needs wills)')
    >>> _introduction("Gave you 1. It adds 0.6 referrals.")
    ('Gave you 1. It adds 0.6 referrals.', '')
    """
    before, found, after = because.rpartition(f"; {INTRODUCE} ")
    told, _, adds = after.rpartition(". ")
    return (f"{before}. {adds}", told) if found else (because, "")


def _connectors(book: Book, summary: Summary, section: Section | None) -> Part | None:
    if section is None:
        return None
    question = CONNECTORS
    if section.table is None:
        return Part("connectors", section.title, _paragraphs(section), note=section.note)
    grids = [grid_of(section.table, "Who links the others", question.meanings)]
    lead = f"{section.table['person'].iloc[0]} comes first of those who link the others."
    note = section.note
    hanging, told = network.hanging_table(book)
    if len(hanging):
        most, command = summary.most(FEW), summary.command("connectors", "--parts", "--all")
        own = summary.book["me"] is not None
        title = "What hangs on whom among the others" if own else HANGING
        grids.append(grid_of(hanging.head(most), title, question.meanings))
        left = rest(hanging, command, most)
        note = joined(note, f"Of what hangs on whom, {left}" if left else "")
        if not own:  # else they have me
            people = count(hanging["cut_off"].iloc[0], "person")
            lead += f" Without {hanging['person'].iloc[0]}, {people} would be cut off."
    return Part(
        "connectors",
        section.title,
        (*_paragraphs(section), " ".join(told)),
        lead,
        grids=tuple(grids),
        note=note,
    )


def _chains(book: Book, summary: Summary, _: Section | None) -> Part | None:
    """Say who started what, in the book of somebody."""
    if summary.withheld:
        return None
    question = CHAINS["--by root"]
    answer = question(book)
    if answer.table.empty:
        return None
    others = answer.table[answer.table["root"] != summary.book["me"]]
    shown = others.head(summary.most(FEW))
    if shown["value"].isna().all():  # no book without amounts asks what a currency is
        shown = shown.drop(columns=["currency", "value", "won_value"])
    left = rest(others, summary.command("chains"), summary.most(FEW))
    return Part(
        "chains",
        "Who started what",
        tuple(answer.said.splitlines()),
        grids=(grid_of(shown, "Who started most", question.meanings),),
        note=joined(left, summary.conditions),
    )


def _mutual(book: Book, summary: Summary, section: Section | None) -> Part | None:
    if section is None or not summary.mutual:
        return None
    question = RECIPROCITY
    ties = book.graph().number_of_edges()
    answer = question(book, test=True, samples=_SAMPLES if ties <= _MANY else _FEWER)
    table = answer.table
    shown = table[table["measure"].isin(answer.first) & table["value"].notna()]
    verdict, *more = answer.said.splitlines()
    return Part(
        "mutual",
        "Is it mutual, or chance?",
        (*_paragraphs(section), verdict, *more),
        joined(  # what the verdict is about stands in it, and none of its numbers here
            f"{summary.mutual[0].partition(';')[0].removesuffix('.')}.",
            ended(_alone(verdict.partition(":")[0])),
        ),
        grids=(_in_words(grid_of(shown, "Mutual or chance", {**question.meanings, **MEASURES})),),
    )


def _alone(verdict: str) -> str:
    """Give a verdict as it reads without what explains it.

    Examples
    --------
    >>> _alone("Chance has no say among the others in this book")
    'Whether it is mutual beyond chance cannot be told among the others in this book'
    """
    for start, instead in _VERDICTS.items():
        if verdict.startswith(start):
            return f"{instead}{verdict.removeprefix(start)}"
    return verdict


def _trend(book: Book, summary: Summary, _: Section | None) -> Part | None:
    """Say how it went from quarter to quarter: with numbers of one person, of others on the map."""
    if summary.withheld:
        return None
    title, me = "How it went over time", summary.book["me"]
    if me is None:
        command = summary.command("trend", "--for PERSON")
        return Part("trend", title, (f"All of the network, by month; of one member: {command}.",))
    answer = TREND(book, me)
    if answer.table.empty:
        return Part("trend", title, (answer.said,))
    table = answer.table.drop(columns=list(answer.aside))
    most = summary.most(_PERIODS)
    left = rest(table, summary.command("trend"), most)
    grid = grid_of(table.tail(most), "By quarter", TREND.meanings)
    first = f"{answer.said.partition('. ')[0].removesuffix('.')}."
    lead = f"By quarter, {first[0].lower()}{first[1:]}" if _is_told(table) else ""
    return Part("trend", title, (answer.said, _BAND), lead, grids=(grid,), note=left)


def _is_told(table: pd.DataFrame) -> bool:
    """Tell whether one of the last two periods is beyond chance."""
    return bool((table["beyond"].tail(2) != "").any())


def _in_words(grid: Grid) -> Grid:
    """Call the measures of a table by what they say."""
    told = {text_table.heading(name): text for name, text in PLAIN.items()}
    return replace(grid, rows=tuple((told.get(row[0], row[0]), *row[1:]) for row in grid.rows))


_MAKERS: dict[str, Callable[[Any, Any, Any], Part | None]] = dict(
    zip(
        NAMES[2:],
        (
            _plain("standing", {}, _network),
            members_part,
            _today,
            _plain("owed", OWE.meanings, _owing, _OWE),
            _plain("one-sided", ONE_SIDED, _one_sided),
            _plain("open", OWE.meanings, _most_open, _OPEN),
            _refer_first,
            _connectors,
            groups,
            _chains,
            _mutual,
            _plain("leaks", LEAKS, _first),
            _plain("news", NEWS, _news),
            _plain("thanks", THANKS, _unthanked),
            _trend,
        ),
        strict=True,
    )
)
