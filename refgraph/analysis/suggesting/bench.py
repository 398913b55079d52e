"""The bench: whom I would refer, how they do, and where nobody sits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.statistics.integers import nullable
from refgraph.analysis.suggesting.phrasebook import Phrasebook
from refgraph.analysis.suggesting.track_record import (
    CLOSED,
    RATINGS,
    rating,
    standing,
    standing_range,
)
from refgraph.book import professional_limits
from refgraph.errors import UnknownProfessionError
from refgraph.names.near import like_a_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "CLOSED",
    "COLUMNS",
    "PROFESSIONS",
    "RATINGS",
    "by_person",
    "by_profession",
    "rating",
    "standing",
]

COLUMNS = (
    *("person", "profession", "standing", "rating", *RATINGS),
    *("sent", "won", "lost", "open", "share", "known_since", "evidence_days"),
    *("offers", "contacted", "met", "last_referral", "last_touch"),
    *("standing_low", "standing_high"),
)
PROFESSIONS = (
    *("profession", "on_bench", "best", "standing", "needed", "sent", "won", "lost"),
    *("most_sent_to", "share", "state", "people", "needed_by", "offered_by"),
    *("standing_low", "standing_high"),
)


# What is not told of a book of health: how many had been sent to whom, and what became of them.
_SENT = ("sent", "won", "lost", "open", "share", "contacted", "met", "most_sent_to")
_UNKNOWN = {"standing_low": np.nan, "standing_high": np.nan}


def by_person(
    book: Book, person: str | None = None, *, profession: str | None = None
) -> pd.DataFrame:
    """Everybody on the bench, by profession and standing.

    On the bench is who has a profession or an offer, is rated or had a referral from me,
    and is neither a prospect, nor marked ``do_not_refer``, nor me.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals that are counted; who is on the bench, their
        standing and their dates are of the whole record.
    person : str, optional
        Whose bench it is; the book's me if not given. Without either, it is everybody's:
        what anyone sent counts. The ratings are those of the book.
    profession : str, optional
        Only who has such a profession or offer, by words; see
        :class:`refgraph.analysis.suggesting.phrasebook.Phrasebook`.

    Returns
    -------
    pandas.DataFrame
        ``person``, ``profession`` (their first offer where they have none), ``standing``,
        ``rating`` (mean of the four), the four ratings; ``sent`` to them, of which
        ``won``, ``lost`` and ``open``; ``share`` of all that was sent to anyone of this
        profession (NaN if nothing); ``known_since``, ``evidence_days`` (since the last
        referral with them or touch); ``offers``; of the open ones ``contacted`` and
        ``met``; ``last_referral``, ``last_touch``; ``standing_low``, ``standing_high``
        (see :func:`refgraph.analysis.suggesting.track_record.standing_range`). With the profile
        ``health`` nothing of what was sent: on the bench is who had a referral from or to me, and
        the standing is that of the ratings.

    Raises
    ------
    UnknownProfessionError
        No profession, offer or need in the book is like it.

    Examples
    --------
    >>> from refgraph import Book
    >>> by_person(Book.sample(), profession="broker")["person"].tolist()
    ['Dov Reuven', 'Ben Castle']
    """
    whose = book.whose(person)
    people, phrasebook = book.people, Phrasebook(book.settings.synonyms)
    asked = None if profession is None else _asked(book, profession, phrasebook)
    trade = _trades(people)
    meant = [phrasebook.meaning(one) for one in trade]
    sent = _sent(book, whose)
    within: Counter[tuple[str, ...]] = Counter()
    for key, number in zip(meant, sent["sent"].tolist(), strict=True):
        within[key] += number
    base = np.array([within[key] or np.nan for key in meant], dtype=float)
    last = _last(book, whose)
    ages = np.stack([book.days_since(last[name]) for name in ("last_referral", "last_touch")])
    with np.errstate(invalid="ignore"):
        evidence = np.fmin(*ages)
    table = pd.DataFrame(
        {
            "person": people.index.to_series(index=people.index),
            "profession": pd.Series(trade, index=people.index, dtype="str"),
            "standing": standing(book),
            "rating": rating(book),
            **{name: people[name] for name in RATINGS},
            **{name: sent[name] for name in ("sent", "won", "lost", "open")},
            "share": sent["sent"].to_numpy() / base,
            "known_since": people["since"],
            "evidence_days": nullable(evidence),
            "offers": people["offers"],
            **{name: sent[name] for name in ("contacted", "met")},
            **last,
            **standing_range(book),
        },
        columns=list(COLUMNS),
    )
    table = table[_on_bench(book, whose)]
    if asked is not None:
        offered = _offered(people.loc[table.index])
        table = table[np.array([_matches(trades, asked) for trades in offered], dtype=bool)]
    spelled = table["profession"].map(str.casefold)
    order = np.lexsort((-table["standing"].to_numpy(), pd.factorize(spelled, sort=True)[0]))
    table = table.iloc[order].reset_index(drop=True)  # of equals, by name: as people are
    return _told(book, table)


def by_profession(book: Book, person: str | None = None) -> pd.DataFrame:
    """Every profession on the bench or missing there, with what is sent to whom.

    A row is a profession somebody on the bench has or something was sent to; or a need
    that nobody else on the bench answers. Needs of me and of people marked
    ``do_not_refer`` do not count, nor what me offers.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals that are counted.
    person : str, optional
        Whose bench it is; the book's me if not given. Without either, what anyone sent
        counts.

    Returns
    -------
    pandas.DataFrame
        Those with nobody first, then those with one person; of these the most needed,
        then the most sent to, then by name. ``profession``; ``on_bench`` (people),
        ``best`` of them and their ``standing``; ``needed`` (people who need what they
        offer), ``sent``, ``won``, ``lost`` (to anyone of the profession), ``most_sent_to``
        and their ``share`` of it; ``state`` (``nobody``, ``one person`` or blank);
        ``people``, ``needed_by`` and, where nobody is on the bench, ``offered_by``: who has
        it as a profession or an offer and is neither rated nor had a referral, unless it
        is they alone who need it (lists); ``standing_low``, ``standing_high`` of the best.
        With the profile ``health`` nothing of what was sent.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = by_profession(Book.sample())
    >>> table.loc[table["state"] == "nobody", "profession"].tolist()
    ['websites', 'contracts']
    """
    whose = book.whose(person)
    phrasebook = Phrasebook(book.settings.synonyms)
    here = by_person(book, person)
    sent = _sent(book, whose)
    people = book.people
    trade = dict(zip(map(str, people.index), _trades(people), strict=True))
    seated = dict(zip(here["person"], here["standing"], strict=True))
    ends = {
        name: dict(zip(_UNKNOWN, between, strict=True))
        for name, *between in zip(here["person"], *(here[end] for end in _UNKNOWN), strict=True)
    }
    going = {str(name): number for name, number in sent["sent"].items() if number}
    closed = {name: dict(zip(trade, sent[name].tolist(), strict=True)) for name in CLOSED}
    rows: dict[tuple[str, ...], list[str]] = {}  # meaning of a profession to its people
    for name, said in trade.items():
        if (name in seated or name in going) and phrasebook.meaning(said):
            rows.setdefault(phrasebook.meaning(said), []).append(name)
    needed, unanswered = _needs(book, whose, list(seated), phrasebook)
    offering = _unrated(book, whose, seated)
    others = phrasebook.index(offering)
    found = []
    for meaning in dict.fromkeys([*rows, *unanswered]):
        some = rows.get(meaning, [])
        spelled = Counter(trade[name] for name in some) or Counter(unanswered[meaning].values())
        bench = sorted(
            (name for name in some if name in seated), key=lambda one: (-seated[one], one)
        )
        most = min(
            (name for name in some if name in going), key=lambda one: (-going[one], one), default=""
        )
        total = sum(going.get(name, 0) for name in some)
        wanting = {one for name in bench for one in needed.get(name, ())}
        wanting |= set(unanswered.get(meaning, ()))
        profession = min(spelled, key=lambda said: (-spelled[said], said))
        alike = () if bench else others.near(profession)
        offers = {one for offer in alike for one in offering[offer]}
        found.append(
            {
                "profession": profession,
                "on_bench": len(bench),
                "best": bench[0] if bench else "",
                "standing": seated[bench[0]] if bench else np.nan,
                "needed": len(wanting),
                "sent": total,
                **{name: sum(closed[name][one] for one in some) for name in CLOSED},
                "most_sent_to": most,
                "share": going[most] / total if total else np.nan,
                "state": ("nobody", "one person", "")[min(len(bench), 2)],
                "people": bench,
                "needed_by": sorted(wanting),
                "offered_by": sorted(offers - wanting if len(wanting) == 1 else offers),
                **(ends[bench[0]] if bench else _UNKNOWN),
            }
        )
    found.sort(
        key=lambda row: (min(row["on_bench"], 2), -row["needed"], -row["sent"], row["profession"])
    )
    return _told(book, _typed(found))


def _told(book: Book, table: pd.DataFrame) -> pd.DataFrame:
    if not professional_limits.withheld(book):
        return professional_limits.beside(book, table)
    return table.drop(columns=[name for name in _SENT if name in table])


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    kinds = {
        **dict.fromkeys(("profession", "best", "most_sent_to", "state"), "str"),
        **dict.fromkeys(("on_bench", "needed", "sent", *CLOSED), "int64"),
        **dict.fromkeys(("standing", "share", *_UNKNOWN), "float64"),
        **dict.fromkeys(("people", "needed_by", "offered_by"), "object"),
    }
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kinds[name]) for name in PROFESSIONS}
    )


def _needs(
    book: Book, whose: str | None, seated: list[str], phrasebook: Phrasebook
) -> tuple[dict[str, set[str]], dict[tuple[str, ...], dict[str, str]]]:
    """Who needs what each person on the bench offers; and which needs nobody there answers."""
    people = book.people[~book.people["do_not_refer"] & (book.people.index != whose)]
    offered: dict[str, list[str]] = {}
    named = seated if whose is None else [*seated, whose]
    for name, said in zip(named, _offered(book.people.loc[named]), strict=True):
        for one in said:
            offered.setdefault(one, []).append(name)
    index = phrasebook.index(offered)
    needed: dict[str, set[str]] = {}
    unanswered: dict[tuple[str, ...], dict[str, str]] = {}
    for name, needs in zip(map(str, people.index), people["needs"], strict=True):
        for need in needs:
            answering = {one for offer in index.near(need) for one in offered[offer]} - {name}
            for one in answering:
                needed.setdefault(one, set()).add(name)
            if not answering and phrasebook.meaning(need):
                unanswered.setdefault(phrasebook.meaning(need), {}).setdefault(name, need)
    return needed, unanswered


def _on_bench(book: Book, whose: str | None) -> NDArray[np.bool_]:
    rated = book.people[list(RATINGS)].notna().any(axis=1).to_numpy()
    had = _sent(book.window(), whose)["sent"].to_numpy() > 0
    seated: NDArray[np.bool_] = _able(book, whose) & (rated | had)
    return seated


def _able(book: Book, whose: str | None) -> NDArray[np.bool_]:
    """Tell who would be on the bench, were they rated."""
    people = book.people
    trained = (people["profession"] != "").to_numpy()
    trained = trained | people["offers"].map(bool).to_numpy(dtype=bool)
    suited = (people["role"] != "prospect").to_numpy() & ~people["do_not_refer"].to_numpy()
    able: NDArray[np.bool_] = trained & suited & (people.index != whose)
    return able


def _unrated(book: Book, whose: str | None, seated: Iterable[str]) -> dict[str, list[str]]:
    """Name who offers each thing without being on the bench."""
    rest = book.people[_able(book, whose) & ~book.people.index.isin([*seated])]
    offering: dict[str, list[str]] = {}
    for name, said in zip(map(str, rest.index), _offered(rest), strict=True):
        for one in said:
            offering.setdefault(one, []).append(name)
    return offering


def _sent(book: Book, whose: str | None) -> pd.DataFrame:
    """Count what each person had from ``whose``, or from anyone, and what became of it."""
    giver, receiver = book.ends
    chosen = book.in_window
    if whose is not None:
        chosen = chosen & (giver == book.places([whose])[0])
    status = book.column("status").to_numpy()
    count = book.column("count").to_numpy()

    def total(rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        found = np.zeros(len(book.people), dtype=np.int64)
        np.add.at(found, receiver[rows], count[rows])
        return found

    by_status = {name: total(chosen & (status == name)) for name in (*CLOSED, "contacted", "met")}
    every = total(chosen)
    left = every - by_status["won"] - by_status["lost"]
    return pd.DataFrame({"sent": every, **by_status, "open": left}, index=book.people.index)


def _last(book: Book, whose: str | None) -> dict[str, pd.Series[Any]]:
    """Day of the last referral with each person, and of the last touch."""
    rows = book.window().select("giver", "receiver", "date")
    rows = rows[rows["date"].notna()]
    sides = [rows[["giver", "receiver", "date"]].set_axis(["person", "other", "date"], axis=1)]
    sides += [rows[["receiver", "giver", "date"]].set_axis(["person", "other", "date"], axis=1)]
    both = pd.concat(sides)
    if whose is not None:
        both = both[both["other"] == whose]
    mine = whose is not None and whose == book.me  # touches are those of me
    touches = book.contacts if mine else book.contacts.iloc[:0]
    found = {"last_referral": both, "last_touch": touches[touches["date"].notna()]}
    return {
        name: some.groupby("person")["date"]
        .max()
        .reindex(book.people.index)
        .astype("datetime64[s]")
        for name, some in found.items()
    }


def _trades(people: pd.DataFrame) -> list[str]:
    """Profession of each person, or the first offer of who has none."""
    pairs = zip(people["profession"], people["offers"], strict=True)
    return [str(profession or next(iter(offers), "")) for profession, offers in pairs]


def _offered(people: pd.DataFrame) -> list[list[str]]:
    pairs = zip(people["profession"], people["offers"], strict=True)
    return [[*offers, *filter(None, [profession])] for profession, offers in pairs]


def _matches(trades: Iterable[str], asked: dict[str, float]) -> bool:
    return any(one in asked for one in trades)


def _asked(book: Book, profession: str, phrasebook: Phrasebook) -> dict[str, float]:
    """Professions, offers and needs of the book that are like the one asked for."""
    said = [one for trades in _offered(book.people) for one in trades]
    said += [need for needs in book.people["needs"] for need in needs]
    found = phrasebook.index(said).near(profession)
    if not found:
        raise UnknownProfessionError(profession, like_a_word(profession, sorted(said)))
    return found
