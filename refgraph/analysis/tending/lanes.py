"""What there is to do for each person, lane by lane, with what it is worth to do it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.owing import owe
from refgraph.analysis.owing.following import WAIT_DAYS, moves_anyway, past_of, share_helped
from refgraph.analysis.owing.hanging import HANGS, days_of, share_hanging
from refgraph.analysis.owing.leaks import FOLLOWING
from refgraph.analysis.suggesting import introductions
from refgraph.analysis.suggesting.candidates import may_be_referred
from refgraph.analysis.tending import asking, gratitude, news, pipeline, rhythm, set_aside
from refgraph.analysis.tending.worth import (
    HALVES,
    HORIZON,
    WEEK,
    faded,
    fading,
    share_won,
)
from refgraph.book import professional_limits
from refgraph.schema.among_texts import is_one_of, listed
from refgraph.schema.values import LANES

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.book.book import Book

    Lane = Callable[[Book], pd.DataFrame]

__all__ = ["COLUMNS", "WAIT_DAYS", "filled", "lines"]

#: What a lane says of each line: of whom, why, about which referral, by when, for how long
#: (days), the chance that it matters, or what of the person's expectations it is, the share of
#: it that a week costs, and words for it.
COLUMNS = (
    *("person", "reason", "about", "due", "days", "chance", "matters", "week"),
    *("prospect", "direction", "status", "number", "other", "word", "handoff", "brings"),
)
#: The kinds of touch that tell what hangs on a word: any, news, and what no book tells.
_WORDS: dict[str, tuple[str, ...] | None] = {"word": (), "news": ("news",), "thanks": None}
_PRIOR = 5  # closed referrals that the close rate of one handoff is held to that of all by
_EMPTY = {"due": "datetime64[s]"} | dict.fromkeys(
    ("days", "chance", "week", "number", "handoff", "brings"), "float64"
)
_KINDS = dict.fromkeys(("number", "handoff", "chance", "brings"), np.nan) | {
    "due": np.datetime64("NaT", "s")
}


def lines(book: Book) -> pd.DataFrame:
    """Give every line of every lane, of people and referrals that are not set aside.

    Parameters
    ----------
    book : Book
        As its me sees it (:func:`refgraph.analysis.tending.set_aside.seen_by`).

    Returns
    -------
    pandas.DataFrame
        ``lane``, one of :data:`refgraph.schema.values.LANES`, and :data:`COLUMNS`: where
        ``matters`` is blank, ``chance`` is that of one won; with ``comes`` of one that comes;
        else it is a share (NaN for all) of the column that ``matters`` names of
        :func:`refgraph.analysis.tending.worth.expectations`.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> table = lines(book)
    >>> set(table["matters"]) <= {"", "comes", "chance", "added"}
    True
    >>> bool((table["person"] == book.me).any())
    False
    """
    found = [lane(book).assign(lane=name) for name, lane in _FINDERS.items()]
    told = [filled(part) for part in found if len(part)]
    columns = ["lane", *COLUMNS]
    if not told:
        return pd.DataFrame(
            {name: pd.Series([], dtype=_EMPTY.get(name, "str")) for name in columns}
        )
    table = pd.concat([part[columns] for part in told], ignore_index=True)
    table = _with_words(book, table)
    people, ids = set_aside.decided(book)
    person = table["person"].astype(object)  # asked four times
    lonely = table["lane"].isin(_PERSONAL) & is_one_of(person, people)
    aside = is_one_of(person, set_aside.snoozed(book)) | is_one_of(table["about"], ids) | lonely
    known = is_one_of(person, {*listed(book.people.index)} - {book.me})
    return table[known & ~aside].reset_index(drop=True)


def filled(part: pd.DataFrame) -> pd.DataFrame:
    """Give a lane every column, blank where it says nothing.

    Examples
    --------
    >>> filled(pd.DataFrame({"person": ["Ann"]}))["about"].tolist()
    ['']
    """
    blank = {name: _KINDS.get(name, "") for name in COLUMNS if name not in part}
    return part.join(pd.DataFrame(blank, index=part.index))


def _you_owe(book: Book) -> pd.DataFrame:
    """Whose referrals nothing has settled yet, and who had nothing in the last 30 days."""
    if professional_limits.withheld(book):
        return pd.DataFrame()
    whole = book.window()
    table = owe.rank(whole)
    open_rows = owe.open_referrals(whole) > 0
    rows = whole.history[["giver", "receiver", "id"]]
    rows = rows[open_rows & (rows["receiver"] == whole.me)]
    oldest = rows.drop_duplicates("giver").set_index("giver")["id"]
    table = table[~is_one_of(table["person"], set_aside.rests(book))]
    return table[["person"]].assign(
        reason="open",
        about=oldest.reindex(table["person"]).fillna("").to_numpy(),
        days=table["days_open"].astype(float).to_numpy(),
        number=table["open"].to_numpy(),
        matters="added",
        week=WEEK / HORIZON,
    )


def _bring_news(book: Book) -> pd.DataFrame:
    """Whose referral moved, and who was not told since."""
    table = news.owed(book)
    days = table["days"].to_numpy(dtype=float)
    moved = table["moved"].to_numpy().astype("datetime64[s]")
    return table[["person", "status"]].assign(
        reason=table["status"],
        about=table["id"],
        due=moved + np.timedelta64(WEEK, "D"),
        days=days,
        matters="news",
        chance=_renewed(book, table["person"]),
        week=fading(days, HALVES["bring news"]),
        number=_as_many(table["person"]),
        prospect=_prospects(book, table["id"]),
    )


def _say_thanks(book: Book) -> pd.DataFrame:
    """Who is to be thanked, in no order."""
    table = gratitude.unordered(book)
    table = table[table["state"].isin(["due", "late", "never"])]
    days = table["days"].to_numpy(dtype=float)
    receipt = table["reason"] == "receipt"
    found = table[["person", "reason"]].assign(
        about=table["id"],
        due=table["due"].to_numpy().astype("datetime64[s]"),
        days=days,
        status=table["state"],
        # thanks for what came are no means to anything
        matters=receipt.map({True: "thanks", False: "word"}),
        chance=_renewed(book, table["person"]).mask(receipt, 1.0),
        week=fading(days, HALVES["say thanks"]),
        number=_as_many(table["person"]),
        prospect=_prospects(book, table["id"]),
    )
    return _what_was_never_thanked_for_first(found)


def _what_was_never_thanked_for_first(found: pd.DataFrame) -> pd.DataFrame:
    """Let a day to remember be the day to give the thanks that were never given to that person.

    One word answers both. It is worth no less for what waited longer, and says that first.
    """
    year = found["reason"] == "year"
    newest = found[~year].sort_values("days", kind="stable")
    open_ = newest.drop_duplicates("person")
    both = year & is_one_of(found["person"], {*open_["person"]})
    if not both.any():
        return found
    week = found[both].groupby("person")["week"].max().reindex(open_["person"]).to_numpy()
    week = np.fmax(week, open_["week"].to_numpy())
    found.loc[open_.index, "week"] = week
    return found[~both]


def _save(book: Book) -> pd.DataFrame:
    """Referrals under way that are quiet or may be introduced better, and what went badly."""
    if professional_limits.withheld(book):
        table = pipeline.rank(book.window())
        quiet = table["days_quiet"].to_numpy(dtype=float)
        recent = set_aside.lately(book)
        table = table.assign(week=fading(quiet, HALVES["save"]), days=quiet)
        table = table[(table["state"] != "open") & ~is_one_of(table["person"], recent)]
        table = table.rename(columns={"state": "reason"}).sort_values("days", kind="stable")
        return table[["person", "reason", "status", "days", "week"]].assign(chance=0.5)
    table = pipeline.unordered(book.window())[list(pipeline.COLUMNS)]
    quiet = table["days_quiet"].to_numpy(dtype=float)
    whole = share_won(book, str(book.me))
    rates = _rates_won(book, whole)
    won = _looked_up(rates, table, "handoff").fillna(whole)
    past = past_of(book, str(book.me))
    asked, contacted = share_helped(book, str(book.me), past)
    gave, still = table["direction"] == "given", table["state"] == "open"
    spoken, lately = (is_one_of(table["id"], ids) for ids in _followed(book))
    waiting = still & ~gave & (table["status"] == "given") & (quiet >= WAIT_DAYS) & ~spoken
    raising = still & ~waiting & table["raise_to"].notna() & ~lately
    raising &= (table["status"] == "given") | (quiet >= WEEK)  # not the day after a contact
    mine = ~gave & ~raising & (table["status"] == "given")  # to get in touch with the prospect
    helps = mine.map({True: contacted, False: asked}).astype(float)
    # the best of several shares looks better than it is, so each is held to that of all
    better = _looked_up(rates, table, "raise_to") - won
    better = better.clip(lower=0).fillna(0)
    moves = moves_anyway(book, str(book.me), table["status"], quiet, past)
    still_there = np.where(raising, 1.0, 1 - moves)  # where it would not move by itself
    table = table.assign(
        reason=table["state"].mask(raising, "raise").mask(waiting, "waiting"),
        about=table["id"],
        days=quiet,
        # of one that I gave, what a gift adds, as far as this helps it to arrive
        chance=helps * won.mask(gave, 1.0).mask(raising, better) * still_there,
        matters=gave.map({True: "added", False: ""}),
        week=fading(quiet, HALVES["save"]),
        number=table["raise_to"].astype(float),
    )
    left = (np.where(waiting, WAIT_DAYS, set_aside.REST_DAYS) - quiet) * 86400
    due = np.datetime64(book.today, "s") + left.astype("timedelta64[s]")
    table = table.assign(due=due, handoff=table["handoff"].astype(float))
    return pd.concat([table[table["reason"] != "open"], _went_badly(book)])


def _rates_won(book: Book, whole: float) -> dict[tuple[str, int], float]:
    """Give the share won by direction and handoff, held to that of all."""
    return {
        (side, row["handoff"]): _rate(row["won"], row["closed"], _PRIOR, whole)
        for side in ("received", "given")
        for row in pipeline.closing(book.window(), direction=side).to_dict("records")
    }


def _looked_up(
    rates: dict[tuple[str, int], float], table: pd.DataFrame, level: str
) -> pd.Series[float]:
    """Give the rate of each row by its direction and a level of it; NaN where there is none."""
    found = np.full(len(table), np.nan)
    for (side, number), rate in rates.items():
        found[(table["direction"] == side) & (table[level] == number).fillna(False)] = rate
    return pd.Series(found, index=table.index)


def _followed(book: Book) -> tuple[set[str], set[str]]:
    """Name the referrals that there was a word about, and those with one in the last 30 days."""
    touches = book.touches
    touches = touches[touches["kind"].isin(FOLLOWING)]
    recent = book.days_since(touches["date"]) < set_aside.REST_DAYS
    return {*listed(touches["about"])}, {*listed(touches.loc[recent, "about"])}


def _went_badly(book: Book) -> pd.DataFrame:
    """Referrals of mine that were lost of late, and no word since with whom I sent them to."""
    rows = book.window().history
    rows = rows[["giver", "receiver", "prospect", "status", "status_date", "id"]]
    rows = rows[(rows["giver"] == book.me) & (rows["status"] == "lost")]
    days = book.days_since(rows["status_date"])
    rows = rows.assign(days=days)[days < set_aside.REST_DAYS]
    last = book.contacts.groupby("person")["date"].max().reindex(rows["receiver"])
    rows = rows[~(last.to_numpy() >= rows["status_date"].to_numpy())]
    names = {"receiver": "person", "id": "about"}
    table = rows[["receiver", "id", "prospect", "status", "days"]].rename(columns=names)
    return filled(
        table.assign(
            reason="lost",
            direction="given",
            due=rows["status_date"].to_numpy() + np.timedelta64(WEEK, "D"),
            matters="word",
            chance=1.0,
            week=fading(table["days"], HALVES["save"]),
        )
    )


def _stay_close(book: Book) -> pd.DataFrame:
    """Who was not heard of for longer than is usual, or than their cadence says."""
    table = rhythm.contact(book)
    table = table[table["state"].isin(["ideal", "limit"])]
    ideal = table["ideal"].to_numpy(dtype=float)
    days = table["days"].to_numpy(dtype=float)
    last = table["last"].to_numpy().astype("datetime64[s]")
    past = table[["person"]].assign(
        reason=table["state"],
        due=last + (ideal * 86400).astype("timedelta64[s]"),
        days=days,
        number=ideal,
        word=table["cadence"],
        matters="word",
        chance=1.0,
        week=fading(days - ideal, ideal),
    )
    if professional_limits.withheld(book):
        return past
    quiet = rhythm.quiet(book)
    quiet = quiet[~is_one_of(quiet["person"], set_aside.lately(book))]
    usual, now = (quiet[name].to_numpy(dtype=float) for name in ("usual", "now"))
    gone = quiet[["person"]].assign(
        reason="quiet",
        days=now,
        number=usual,
        matters="word",
        chance=1.0,
        week=fading(now - usual, usual),
    )
    return pd.concat([past, gone], ignore_index=True)


def _give_first(book: Book) -> pd.DataFrame:
    """Who never had anything from me, and whom I could introduce to somebody."""
    if professional_limits.withheld(book):
        return pd.DataFrame()
    rows = book.history
    had = {*listed(rows.loc[rows["giver"] == book.me, "receiver"])} | set_aside.rests(book)
    may = {*listed(book.people.index[may_be_referred(book, str(book.me))])} - had
    found: dict[str, dict[str, Any]] = {}
    for one in introductions.possible(book, most=1):
        found.setdefault(one.needs, {"other": one.offers, "word": one.word, "status": "needs"})
        found.setdefault(one.offers, {"other": one.needs, "word": one.word, "status": "offers"})
    people = [name for name in found if name in may]
    table = pd.DataFrame([{"person": name} | found[name] for name in people])
    if table.empty:
        return table
    return table.assign(
        reason="start",
        matters="added",
        week=WEEK / HORIZON,
    )


def _ask(book: Book) -> pd.DataFrame:
    """Who has just been glad, and may be asked, if at all; it does not come again soon."""
    table = asking.moments(book)
    past = asking.outcomes(book)
    theirs = pd.Series(dtype=float)  # nobody has a moment where it is withheld
    if len(table):
        theirs = owe.rank(book.window()).set_index("person")["open"]
    days = table["days"].to_numpy(dtype=float)
    day = table["date"].to_numpy().astype("datetime64[s]")
    return table[["person", "reason", "about"]].assign(
        due=day + np.timedelta64(asking.MOMENT_DAYS, "D"),
        days=days,
        chance=HANGS * _rate(past["led"], past["asks"], 10, 0.1),
        matters="comes",
        week=1.0,
        number=theirs.reindex(table["person"]).fillna(0).to_numpy(dtype=float),
        prospect=_prospects(book, table["about"]),
    )


_IN_ORDER = (_you_owe, _bring_news, _say_thanks, _save, _stay_close, _give_first, _ask)
_FINDERS: dict[str, Lane] = dict(zip(LANES, _IN_ORDER, strict=True))
# The lanes that are about a person and no single referral.
_PERSONAL = ("you owe", "stay close", "give first", "ask")


def _with_words(book: Book, table: pd.DataFrame) -> pd.DataFrame:
    """Say of lines that are a word to somebody which share of what they send hangs on it."""
    chance, matters, days = table["chance"], table["matters"], None
    for name, kinds in _WORDS.items():
        some = matters == name
        if some.any():
            hangs = HANGS
            if kinds is not None and not professional_limits.withheld(book):
                days = days or days_of(book, str(book.me))
                hangs = share_hanging(book, str(book.me), kinds, days)
            chance = chance.mask(some, chance * hangs)
    return table.assign(chance=chance, matters=matters.where(~matters.isin([*_WORDS]), "chance"))


def _renewed(book: Book, people: pd.Series[str]) -> pd.Series[float]:
    """Give the share of an earlier word to each that has faded, which a further one renews."""
    last = book.contacts.groupby("person")["date"].max().reindex(people).astype("datetime64[s]")
    return pd.Series(faded(book.days_since(last)), index=people.index)


def _rate(part: float, whole: float, prior: float, usual: float) -> float:
    """Give a share, held to what is usual as if by ``prior`` more cases."""
    return float((part + prior * usual) / (whole + prior))


def _as_many(people: pd.Series[str]) -> Any:
    """Count how many lines of a lane each person has."""
    return people.groupby(people).transform("size").to_numpy(dtype=float)


def _prospects(book: Book, ids: pd.Series[str]) -> Any:
    """Who was referred in the referrals with these ids; in health nobody is named."""
    rows = book.history[["id", "prospect"]]
    rows = rows[is_one_of(rows["id"], ids)]  # far fewer than there are
    found = rows.drop_duplicates("id").set_index("id")["prospect"].reindex(ids).fillna("")
    return found.to_numpy()
