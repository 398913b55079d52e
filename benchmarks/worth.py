"""How much of the best possible gain the first ten of a list bring, where the truth is known.

Usage: python benchmarks/worth.py [--kinds KIND ...] [--seeds N] [--futures N] [--jobs N]

What one more gift adds is found by living each world once more with it (see futures.py). Of a
rule counts the sum of what its first ten add above the mean of everybody whom I may refer,
over that of the best ten, summed over the books of a kind and the people they are looked at
from; with the middle 95 % of books drawn anew. Equal scores share what they add. 0 is
drawing names, 1 the best possible. Kinds in which effects hardly vary (the best ten add less
than 0.05 above the mean, or everybody would return the same) and worlds without any are shown
and left out of the mean. Then for how many the truth lies between ``added_low`` and
``added_high``, and what is expected on the mean beside what is true; and for how many between
``anyway_low`` and ``anyway_high``, of all and where more than 0.3 is expected. What truly comes
anyway is what comes if nothing more is given; what is sent unasked is known on the mean, so that
rare referrals have no error of the futures (see futures.py).

Where everybody has the same effect, or none has any (``alike``, ``hubs``, the worlds without
any), the truth lies in all ranges of a book or in none, and 0 cannot lie below a range: there the
share is 1 and ought to be. Where people of whom nothing is known are of a few sorts, each more
than a fortieth of all (``sure_things``), a range of 95 % holds all of them too.

In ``pairs`` no rule can reach much: a rank by Bayes' rule that knows all of that world but each
pair's own chance brings 0.13 of the best possible gain (0.10 to 0.16, 30 views of 15 books).
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np
import pandas as pd
from futures import worth
from lives import live
from rules import NAMES, scores
from worlds import ALIKE, KINDS, NULL

TOP = 10
VARY = 0.05  # what the best ten add above the mean, or effects hardly vary
MUCH = 0.3  # referrals that are expected anyway
VIEWS = 2  # of a book that is nobody's own
OWN = ("adviser", "sure_things")  # books of one's own: one view, so twice as many of them
DRAWS = 1000
CEILING = "(the truth where I gave)"  # and the mean elsewhere: no rule, but what pairs can tell


class Seen(NamedTuple):
    """A book seen from one person: gains above the mean, and what was told of everybody."""

    kind: str
    seed: int
    gains: dict[str, float]  # of each rule, and of the best
    people: pd.DataFrame  # true and told, a row for each


def look(kind: str, seed: int, futures: int) -> list[Seen]:
    """Score everybody in one book, from each of its points of view."""
    lived = live(kind, seed=seed, views=VIEWS)
    names = [lived.names[view] for view in lived.views]
    found = []
    for view, (table, told) in zip(lived.views, scores(lived.book, names), strict=True):
        true = worth(lived, view, futures=futures)
        truth = pd.DataFrame(true._asdict(), index=lived.names).add_prefix("true_")
        people = told.join(truth, validate="one_to_one")
        gift = people["true_added"].to_numpy()
        gains = {rule: _gain(table[rule].to_numpy(), gift) for rule in table}
        given = {to for _, giver, to in lived.events if giver == view}
        known = people.index.isin([lived.names[to] for to in given])
        gains[CEILING] = _gain(np.where(known, gift, gift.mean()), gift)
        found.append(Seen(kind, seed, gains | {"best": _gain(gift, gift)}, people))
    return found


def _gain(score: np.ndarray, true: np.ndarray) -> float:
    """Give what the first ten add above the mean; equal scores share the places left."""
    edge = np.sort(score)[-min(TOP, len(score))]
    above, level = score > edge, score == edge
    left = min(TOP, len(score)) - above.sum()
    return float((true[above] - true.mean()).sum() + left * (true[level].mean() - true.mean()))


def shares(seen: list[Seen]) -> pd.DataFrame:
    """Share of the best possible gain by each rule, with the middle 95 % over books drawn anew."""
    rules = [name for name in (*NAMES, CEILING) if name in seen[0].gains]
    gains = pd.DataFrame([one.gains for one in seen], index=[one.seed for one in seen])
    by_book = gains.groupby(level=0).sum()
    rng = np.random.default_rng(0)
    drawn = by_book.to_numpy()[rng.integers(len(by_book), size=(DRAWS, len(by_book)))].sum(axis=1)
    anew = pd.DataFrame(drawn, columns=by_book.columns)
    low, high = anew[rules].div(anew["best"], axis=0).quantile([0.025, 0.975]).to_numpy()
    return pd.DataFrame(
        {"share": by_book[rules].sum() / by_book["best"].sum(), "low": low, "high": high}
    )


def beside(seen: list[Seen]) -> dict[str, float]:
    """Give what is told on the mean beside what is true, and how often the truth is in between."""
    every = pd.concat([one.people for one in seen])
    true, error = every["true_added"], every["true_added_error"]
    low, high = every["added_low"], every["added_high"]
    return {
        "people": len(every),
        "covered": float(((low <= true) & (true <= high)).mean()),
        "below low": float((true < low).mean()),
        "above high": float((true > high).mean()),
        "width": float((high - low).mean()),
        "added": float(every["added"].mean()),
        "true": float(true.mean()),
        "anyway": float(every["anyway"].mean()),
        "true anyway": float(every["true_anyway"].mean()),
        "error": float(np.sqrt((error**2).mean())),
        "best above mean": float(np.mean([one.gains["best"] for one in seen]) / TOP),
    }


def anyway(seen: list[Seen]) -> dict[str, float]:
    """Give how often what truly comes anyway is in its range, of all and where much is expected."""
    every = pd.concat([one.people for one in seen]).dropna(subset=["anyway_high"])
    found = {}
    for where, some in (("", every), (f", over {MUCH}", every[every["anyway"] > MUCH])):
        true = some["true_anyway"]
        found[f"people{where}"] = len(some)
        found[f"covered{where}"] = float(
            true.between(some["anyway_low"], some["anyway_high"]).mean()
        )
        found[f"below low{where}"] = float((true < some["anyway_low"]).mean())
        found[f"above high{where}"] = float((true > some["anyway_high"]).mean())
    return found


def _row(name: str, found: pd.Series) -> str:
    return f"  {name:24} {found['share']:6.2f}   {found['low']:5.2f} to {found['high']:5.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--seeds", type=int, default=3, help="books of a kind")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--futures", type=int, default=300, help="lived for each gift")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    chosen = parser.parse_args()
    started = time.perf_counter()
    found, told, ranges = {}, {}, {}
    with ProcessPoolExecutor(chosen.jobs) as pool:
        waiting = {
            kind: [
                pool.submit(look, kind, chosen.first + at, chosen.futures)
                for at in range(chosen.seeds * (2 if kind in OWN else 1))
            ]
            for kind in chosen.kinds
        }
        for kind, books in waiting.items():
            seen = [one for book in books for one in book.result()]
            told[kind], ranges[kind] = beside(seen), anyway(seen)
            says = " ".join((KINDS[kind].__doc__ or "").split())
            print(f"\n{kind}: {says} {len(books)} books, {len(seen)} views.", flush=True)
            if kind in NULL:
                continue
            found[kind] = shares(seen)
            for name, row in found[kind].iterrows():
                print(_row(str(name), row), flush=True)
    summary({kind: found[kind]["share"] for kind in found}, pd.DataFrame(told).T)
    print(f"\nThe range of what comes anyway\n{_shown(pd.DataFrame(ranges).T, 3)}")
    print(f"({time.perf_counter() - started:.0f} s)")


def summary(share: dict[str, pd.Series], told: pd.DataFrame) -> None:
    """Print the share of every rule in every kind, their means, and how true the ranges are."""
    table = pd.DataFrame(share)
    vary = [kind for kind in table if kind not in ALIKE and told["best above mean"][kind] >= VARY]
    table["mean"], table["least"] = table[vary].mean(axis=1), table[vary].min(axis=1)
    table = table.sort_values("mean", ascending=False, kind="stable")
    print(f"\nShare of the best possible gain\n{_shown(table, 2)}")
    rest = [kind for kind in told.index if kind not in vary]
    print(f"Left out of the mean, as effects hardly vary: {', '.join(rest) or 'none'}.")
    print(f"\nTold and true, a mean over people\n{_shown(told, 3)}")


def _shown(table: pd.DataFrame, digits: int) -> str:
    return table.to_string(float_format=f"{{:.{digits}f}}".format, na_rep="-")


if __name__ == "__main__":
    main()
