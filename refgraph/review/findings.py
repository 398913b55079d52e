"""What stands first and last: the findings, what each column means, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.maps.kind import KINDS
from refgraph.review.names import BESIDE, HANGING
from refgraph.wording import agree, count, join_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refgraph.book.book import Book
    from refgraph.report.summary import Summary
    from refgraph.review.figures import Figure
    from refgraph.review.grid import Grid
    from refgraph.review.part import Part

__all__ = ["ASKED", "findings", "left_out", "terms", "to_decide"]

# The findings in the order in which they are acted on.
_ORDER = (
    *(
        "changes",
        "decided",
        "members",
        "today",
        "owed",
        "refer-first",
        "one-sided",
        "open",
    ),
    *("thanks", "news", "leaks", "connectors", "mutual", "trend", "standing"),
)


#: The parts that ask for a decision.
ASKED = frozenset(
    (
        *("decided", "members", "today", "owed", "news", "thanks"),
        *("one-sided", "refer-first", "connectors", "leaks"),
    )
)


def findings(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Give the leads of the parts, each with the name of its part, the first to act on first.

    Examples
    --------
    >>> from refgraph.review.part import Part
    >>> findings([Part("leaks", "", (), "2 are quiet."), Part("owed", "", (), "You owe 1.")])
    [('You owe 1.', 'owed'), ('2 are quiet.', 'leaks')]
    """
    told = {part.name: part.lead for part in parts if part.lead}
    return [(told[name], name) for name in _ORDER if name in told]


def to_decide(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Give what there is to decide, as questions, each with the name of the part it rests on.

    Examples
    --------
    >>> from refgraph.review.part import Part, Suggestion
    >>> today = (Suggestion("Give again: Ann", "", "", (), ""),)
    >>> to_decide([Part("today", "", (), suggestions=today)])
    [('Who asks Ann what they need to recognise a referral for the others?', 'today')]
    """
    known = {part.name: part for part in parts}
    tables = {name: part.grids for name, part in known.items() if part.grids}
    found = []
    if "decided" in known and known["decided"].lead:
        found.append(("What was decided and is not done: is it moved, or dropped?", "decided"))
    lanes: dict[str, list[str]] = {}
    for each in known["today"].suggestions if "today" in known else ():
        lane, _, name = each.person.partition(": ")
        lanes.setdefault(lane.casefold(), []).append(name)
    asked = [lane for lane in lanes if lane in _QUESTIONS]
    told = {lane: (_QUESTIONS[lane].format(join_names(lanes[lane])), "today") for lane in asked}
    found += [told[lane] for lane in asked if lane != "ask"]
    if "you owe" not in lanes and "owed" in tables:
        found.append((_owing(tables["owed"][0]), "owed"))
    found += [told[lane] for lane in asked if lane == "ask"]  # after what might be given first
    if "bring news" not in lanes and "news" in known and known["news"].lead:
        found.append((_news(tables.get("news", ())), "news"))
    waiting = _down(tables["thanks"][0], "person") if "thanks" in tables else []
    if more := [name for name in waiting if name not in lanes.get("say thanks", ())]:
        found.append((_THANKS.format(_few(more)), "thanks"))
    called = {name for names in lanes.values() for name in names}
    lacking = known["members"].asked_about if "members" in known else ()
    if silent := [name for name in lacking if name not in called]:
        found.append((_LACKING.format(_few(silent)), "members"))
    return [*found, *_of_the_network(known, tables)]


def _of_the_network(
    known: Mapping[str, Part], tables: Mapping[str, Sequence[Grid]]
) -> Iterator[tuple[str, str]]:
    """Ask about pairs, introductions, what hangs on somebody, what leaks, and who meets whom."""
    if "one-sided" in tables:
        giver, receiver, given, back = tables["one-sided"][0].rows[0][:4]
        had = f"who gave them {given} and had {back} from them"
        yield f"What could {receiver} send {giver}, {had}?", "one-sided"
    for each in known["refer-first"].suggestions if "refer-first" in known else ():
        if each.introduce:
            first = each.introduce[0]
            yield f"When do you introduce {each.person} and {first} to each other?", "refer-first"
            break
    for grid in tables.get("connectors", ()):
        if grid.caption == HANGING:
            person, cut_off = grid.rows[0][:2]
            who = "person" if cut_off == "1" else f"{cut_off} people"
            yield _HANG.format(who, person), "connectors"
    if "leaks" in tables:
        column = next(name for name in _LEAKS if _down(tables["leaks"][0], name))
        latest = _down(tables["leaks"][0], column)[:_FEW]
        yield _LEAKS[column].format(join_names(latest)), "leaks"
    if "members" in known:
        yield _PAIRS, "members"


def _owing(grid: Grid) -> str:
    """Ask about the first whom one owes, with what they gave.

    Examples
    --------
    >>> from refgraph.review.grid import Column, Grid
    >>> names = ("who", "gave_you", "you_gave")
    >>> columns = tuple(Column(name, name, False, False) for name in names)
    >>> _owing(Grid("", columns, (("Ann", "2", "0"),), {}))
    'What could you send Ann, who gave you 2 and had 0 from you?'
    """
    told = dict(zip((column.name for column in grid.columns), grid.rows[0], strict=True))
    gave, back = told["gave_you"], told["you_gave"]
    return f"What could you send {grid.rows[0][0]}, who gave you {gave} and had {back} from you?"


def _news(grids: Sequence[Grid]) -> str:
    """Ask about those who wait for news, by name where a table names them."""
    return _NEWS.format(_few(_down(grids[0], "person")) if grids else "those who wait for it")


def _down(grid: Grid, column: str) -> list[str]:
    """Give whom a column of a table names, the first first; nobody if it has no such column."""
    names = [each.name for each in grid.columns]
    at = names.index(column) if column in names else None
    return [] if at is None else list(dict.fromkeys(row[at] for row in grid.rows))


def _few(names: Sequence[str]) -> str:
    """Name the first, and say where there are others.

    Examples
    --------
    >>> _few(["Ann", "Bo", "Cy", "Di"])
    'Ann, Bo, Cy and others'
    """
    return join_names([*names[:_FEW], *(["others"] if len(names) > _FEW else [])])


_FEW = 3  # people whom a question names
_HANG = "Who else gets to know the {} linked to the rest only through {}?"
#: By the column that names whom to ask.
_LEAKS = {
    "receiver": "Which of the referrals without news are asked about, by whom and by when? The "
    "latest went to {}.",
    "person": "Which of the referrals without news do you ask about, and by when? The latest are "
    "with {}.",
}
_THANKS = "When do you thank {}, who had no thanks since their latest referral?"
_LACKING = "Who asks {}, who gave or received nothing so far, what would help them to begin?"
_NEWS = "When do you tell {} what became of their referrals?"
_PAIRS = "Who meets whom in the coming weeks? A plan is proposed by: refgraph pairings BOOK."
_QUESTIONS = {
    "welcome": "Who sees to it that {} meet everybody?",
    "one-to-one": "Who brings {} together with whom they suit?",
    "give again": "Who asks {} what they need to recognise a referral for the others?",
    "say thanks": "When do you thank {}?",
    "bring news": _NEWS,
    "save": "What becomes of the referral with {} that waits: do you ask, call, or close it?",
    "you owe": "What could you send {}, whose referrals are open?",
    "stay close": "When do you call {}?",
    "give first": "What could you give {} first?",
    "ask": "Do you ask {} whom else you could help, or leave it?",
}


def terms(parts: Sequence[Part]) -> list[tuple[Part, list[tuple[str, str]]]]:
    """Explain every column of every table shown, part by part; what was said once is not again."""
    found, known = [], set()
    for part in parts:
        told = dict.fromkeys(
            (column.heading, grid.meanings[column.name])
            for grid in part.grids
            for column in grid.columns
        )
        new = [each for each in told if each not in known]
        known.update(new)
        if new:
            found.append((part, new))
    return found


def left_out(
    book: Book,
    summary: Summary,
    parts: Sequence[Part],
    figures: Mapping[str, Sequence[Figure]],
    *,
    chosen: bool,
) -> list[str]:
    """Say what of the book is not on the page.

    Parameters
    ----------
    book : Book
        The book.
    summary : Summary
        What its report says.
    parts : sequence of Part
        What is on the page.
    figures : mapping of str to list of Figure
        The maps on it.
    chosen : bool
        Whether only some parts were asked for.
    """
    about = summary.book
    said = [summary.withheld] if summary.withheld else []
    if about["since"] or about["until"]:
        ends = [f"from {about['since']}"] if about["since"] else []
        ends += [f"up to {about['until']}"] if about["until"] else []
        said.append(
            f"Only referrals {' '.join(ends)} are counted and drawn; "
            "what settles what is reckoned over the whole record."
        )
    if about["left_out"]:
        verb = agree(about["left_out"], "was")
        said.append(f"{count(about['left_out'], 'row')} {verb} left out, for a fault in them.")
    if undated := about.get("undated"):
        verb = agree(undated, "has")
        said.append(
            f"{count(undated, 'referral')} {verb} no date: "
            "counted, but left out of whatever needs a day."
        )
    if alone := about["people"] - about["tied"]:
        verb = agree(alone, "has")
        said.append(f"{count(alone, 'person')} of the book {verb} no referral counted here.")
    if about["me"] is None and not summary.withheld:
        said.append("Whom somebody owes, and whom to refer first, need a person: --for PERSON.")
    if book.is_incognito:
        said.append("Names are initials; notes, prospects and values are hidden.")
    shown = [figure.kind for some in figures.values() for figure in some]
    names = {kind for part in parts for kind in BESIDE.get(part.name, ())}
    silent = [kind for kind in KINDS if kind in names and kind not in shown]
    if silent:
        said.append(f"Maps not drawn, as they would add little here: {join_names(silent)}.")
    if chosen:
        said.append(f"Only these parts were asked for: {', '.join(part.name for part in parts)}.")
    said += [note for some in figures.values() for figure in some for note in figure.notes]
    return list(dict.fromkeys(said))
