"""The card: how to recognise a referral for me, for handing to the people who refer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from refgraph.analysis.statistics import share_interval
from refgraph.analysis.suggesting.track_record import CLOSED
from refgraph.book import professional_limits
from refgraph.book.incognito import HIDDEN
from refgraph.errors import OptionError, RefgraphError, UnknownPersonError
from refgraph.report.sections.section import joined
from refgraph.report.views.text_table import escape, wrap
from refgraph.schema.row_ends import received_by
from refgraph.schema.row_facts import counts_of, referrals_by
from refgraph.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.book.book import Book

__all__ = ["ENOUGH", "HOW", "Card", "Way", "as_dict", "line", "markdown", "of", "text"]

#: How to introduce somebody, by the level of the handoff.
HOW = (
    'Least of all, tell them to "use my name": then it is left to them to call.',
    "Give me their number, and tell them to expect my call.",
    "Send one e-mail to both of us.",
    "Tell them yourself why you would send them to me.",
    "Call them before I do, and arrange that we meet.",
    "Introduce us in person, the three of us together.",
)
ENOUGH = 5  #: closed referrals of a kind, from which on it is said how many worked out
_ALIKE = "The counts do not tell all of these ways apart: another may be as good."
_AGAINST = "The counts speak against this order: {} did better so far."
_TWO = 2  # ways to compare, at least
_WIDTH = 46  # of the rule under the title, at most


@dataclass(frozen=True, slots=True)
class Way:
    """One way to introduce somebody, and how often it worked.

    Attributes
    ----------
    handoff : int
        Its level, 5 the best.
    how : str
        What to do.
    referrals, won : int or None
        Received so, and of these won; None where none is closed, and everywhere where fewer than
        two ways have `ENOUGH` that are: it would be compared with nothing.
    closed, open : int or None
        Of the referrals, those won or lost, and those of which it is not known yet.
    low, high : float or None
        The 95 % interval of won / closed, a row being one case
        (:func:`refgraph.analysis.statistics.share_interval.of_clusters`).
    """

    handoff: int
    how: str
    referrals: int | None = None
    won: int | None = None
    closed: int | None = None
    open: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def told(self) -> str:
        """What to do, and how often something came of it; nothing open counts as failed."""
        if self.won is None or self.closed is None or self.low is None or self.high is None:
            return self.how
        range_of = f"range {percent(self.low)} to {percent(self.high)}"
        is_open = f"; {self.open:,} under way" if self.open else ""
        return (
            f"{self.how} So far, {self.won:,} of {self.closed:,} closed worked out "
            f"({range_of}{is_open})."
        )


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card; nobody is named on it but me.

    Attributes
    ----------
    me, profession : str
        Whose card it is.
    offers : tuple of str
        What I help with.
    accepting : bool
        Whether I take new referrals; if not, the card asks for none.
    looking_for, they_say : tuple of str
        Whom I would like to meet, and what they say when they need me.
    words : tuple of str
        Words to listen for: what I offer, and the synonyms of it.
    introduce : tuple of Way
        How to introduce us, by the level of the handoff, the highest first.
    conditions : str
        Under which conditions the book's profession allows it, or nothing.

    Notes
    -----
    A card that asks for nothing has none of the last five.
    """

    me: str
    profession: str
    offers: tuple[str, ...]
    accepting: bool
    looking_for: tuple[str, ...]
    they_say: tuple[str, ...]
    words: tuple[str, ...]
    introduce: tuple[Way, ...]
    conditions: str = ""


def of(book: Book, person: str | None = None) -> Card:
    """Make the card of the person whose book it is.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Whose card; the book's me if not given.

    Returns
    -------
    Card
        From ``refgraph.toml`` (``looking_for``, ``they_say``, ``accepting``,
        ``synonyms``), the person's row in ``people.csv`` and what became of the
        referrals they received.

    Raises
    ------
    NoMeError
        Nobody is asked about.
    OptionError
        ``refgraph.toml`` is about somebody else.
    RefgraphError
        ``refgraph.toml`` does not say whom they are looking for.

    Examples
    --------
    >>> from refgraph import Book
    >>> of(Book.sample()).looking_for
    ('people who change jobs and have an old pension',)
    """
    whose = book.asked(person, "The card")
    owner = _owner(book)
    if owner not in (None, whose):
        msg = (
            f"There is no card for {whose}: looking_for in refgraph.toml says whom {owner} "
            "would like to meet."
        )
        raise OptionError(msg)
    settings = book.settings
    if settings.accepting and not settings.looking_for:
        msg = (
            "The card says whom you would like to meet, and refgraph.toml does not. Add a line "
            'to it, like: looking_for = ["couples who retire next year"]'
        )
        raise RefgraphError(msg)
    row = book.people.loc[whose]
    profession, offers = str(row["profession"]), tuple(row["offers"])
    if not settings.accepting:
        return Card(whose, profession, offers, False, (), (), (), ())
    return Card(
        me=whose,
        profession=profession,
        offers=offers,
        accepting=True,
        looking_for=professional_limits.without_prospects(book, settings.looking_for),
        they_say=professional_limits.without_prospects(book, settings.they_say),
        words=offers if book.is_incognito else _words(offers, settings.synonyms),
        introduce=_ways(book, whose),
        conditions=professional_limits.conditions(book),
    )


def _owner(book: Book) -> str | None:
    """Say whom refgraph.toml is about."""
    name = book.settings.me
    if name is None:
        return book.me
    try:
        return book.person(name)
    except UnknownPersonError:
        return name


def _words(offers: Iterable[str], synonyms: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Name what is offered, and whatever else it is called."""
    words: dict[str, str] = {}
    for offer in offers:
        alike = [
            [word, *others]
            for word, others in synonyms.items()
            if offer.casefold() in map(str.casefold, (word, *others))
        ]
        for word in [offer, *(each for group in alike for each in group)]:
            words.setdefault(word.casefold(), word)
    return tuple(words.values())


def _ways(book: Book, whose: str) -> tuple[Way, ...]:
    """Say how to introduce somebody, with what became of those who were introduced so."""
    rows = book.history
    got = rows[received_by(rows, whose) & rows["handoff"].notna()]
    made, won, lost = (
        referrals_by(some, "handoff")
        for some in (got, got[got["status"] == "won"], got[got["status"] == "lost"])
    )
    closed = won.add(lost, fill_value=0)
    enough = closed[closed >= ENOUGH]
    ways = []
    for level in reversed(range(len(HOW))):
        if not closed.get(level, 0) or len(enough) < _TWO:
            ways.append(Way(level, HOW[level]))
            continue
        rows = got[(got["handoff"] == level) & got["status"].isin(CLOSED)]
        number = counts_of(rows)
        ends = share_interval.of_clusters(number * (rows["status"] == "won").to_numpy(), number)[1:]
        low, high = (round(end, 12) for end in ends)
        total, done, good = int(made[level]), int(closed[level]), int(won.get(level, 0))
        ways.append(Way(level, HOW[level], total, good, done, total - done, low, high))
    return tuple(ways)


def text(card: Card) -> str:
    """Lay the card out as text.

    Examples
    --------
    >>> from refgraph import Book
    >>> print(text(of(Book.sample())).splitlines()[0])
    How to recognise a referral for Robin Hale
    """
    title, parts = _parts(card)
    lines = [title, "-" * min(len(title), _WIDTH), ""]
    for heading, points, numbered in parts:
        lines += [heading] if heading else []
        for number, point in enumerate(points, 1):
            mark = f"{number}. " if numbered else "- "
            lines.append(
                wrap(point, "     ").replace("     ", f"  {mark}", 1) if heading else wrap(point)
            )
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def line(card: Card) -> str:
    """Give the answer to "How is business?": never "busy", but whom to think of.

    Examples
    --------
    >>> from refgraph import Book
    >>> line(of(Book.sample()))[:47]
    'Well, thank you. I would love to meet people wh'
    """
    if not card.accepting:
        return (
            "Well, thank you: full for the moment. I will tell you when I can look after new "
            "people."
        )
    said = f"Well, thank you. I would love to meet {card.looking_for[0]}."
    heard = f" When you hear {_spoken(card.they_say[0])}, think of me." if card.they_say else ""
    return f"{said}{heard}"


def markdown(card: Card) -> str:
    """Lay the card out as Markdown; no character of a name or a setting is markup.

    Examples
    --------
    >>> from refgraph import Book
    >>> print(markdown(of(Book.sample())).splitlines()[0])
    # How to recognise a referral for Robin Hale
    """
    title, parts = _parts(card)
    lines = [f"# {escape(title)}", ""]
    for heading, points, numbered in parts:
        lines += [f"## {heading}", ""] if heading else []
        for number, point in enumerate(points, 1):
            mark = f"{number}. " if numbered else "- "
            lines.append(f"{mark if heading else ''}{escape(point)}")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def as_dict(card: Card) -> dict[str, Any]:
    """Give the card as plain values, for JSON.

    Examples
    --------
    >>> from refgraph import Book
    >>> as_dict(of(Book.sample()))["introduce"][0]["handoff"]
    5
    """
    told = asdict(card)
    return told if card.conditions else {name: told[name] for name in told if name != "conditions"}


def _parts(card: Card) -> tuple[str, list[tuple[str, list[str], bool]]]:
    """Give the title, and each part with its heading, its points and whether they are numbered."""
    profession = card.profession and f", {card.profession}"
    helps = f"I help with {_series(card.offers)}." if card.offers else ""
    about = ("", [joined(f"{card.me}{profession}.", helps)], False)
    known = [about] if profession or helps else []
    if not card.accepting:
        now = (
            "I am not taking new referrals right now, so please send nobody my way for the moment."
        )
        later = "Thank you for thinking of me. I will tell you when I can look after new people."
        return f"{card.me} is not taking new referrals right now", [
            *known,
            ("", [joined(now, later)], False),
        ]
    listen = [_spoken(sentence) for sentence in card.they_say]
    if card.words and (len(card.words) > len(card.offers) or not listen):
        listen.append(f"{'Or they' if listen else 'They'} speak of {_series(card.words, 'or')}.")
    *best, least = (way.told for way in card.introduce)
    unsure = _doubts(card.introduce)
    return f"How to recognise a referral for {card.me}", [
        *known,
        ("Whom I would like to meet", list(card.looking_for), False),
        *([("What they say when they need it", listen, False)] if listen else []),
        ("How to introduce us, the way I believe best first", best, True),
        *(("", [each], False) for each in (least, *unsure)),
        ("", ["Thank you for thinking of me. I will tell you what becomes of it."], False),
        *([("", [card.conditions], False)] if card.conditions else []),
    ]


def _doubts(ways: Iterable[Way]) -> tuple[str, ...]:
    """Say where the counts bear out another order of the ways than this, or none."""
    known = [
        (way, (way.won / way.closed, way.low, way.high))
        for way in ways
        if way.won is not None and way.closed and way.low is not None and way.high is not None
    ]
    if not known:
        return ()
    apart = [  # the higher level stands first
        (lower, *share_interval.between(low, high))
        for (_, high), (lower, low) in combinations(known, 2)
    ]
    if better := next((lower for lower, _, _, far in apart if far < 0), None):
        return (_AGAINST.format(f'"{better.how.rstrip(".")}"'),)
    return () if all(near > 0 for _, _, near, _ in apart) else (_ALIKE,)


def _spoken(sentence: str) -> str:
    """Put a sentence in quotation marks, once."""
    already = len(sentence) > 1 and {sentence[0], sentence[-1]} <= {*'"“”„«»'}
    already = already or sentence == HIDDEN
    return sentence if already else f'"{sentence}"'


def _series(words: Iterable[str], last: str = "and") -> str:
    *others, end = words
    return f"{', '.join(others)} {last} {end}" if others else end
