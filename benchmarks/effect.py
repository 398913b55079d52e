"""Does `effect` tell the truth? It is asked about invented books whose true effect is known.

``python benchmarks/effect.py [WORLD ...] [--seeds N] [--first SEED] [--jobs N]`` lives each world
as often as there are seeds, and prints how often it spoke, what it said, how often the interval
held the truth and how often it excluded 0, and which controls failed. The truth is what a gift
adds to the chance that anything comes within the horizon: with chance q of a return for its sake,
q (1 - anyway).
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph import Book
from refgraph.analysis.returning import effect
from refgraph.analysis.returning.negative_controls import NAMES
from refgraph.analysis.returning.risk_difference import compared
from refgraph.analysis.returning.target_trial import emulate

if TYPE_CHECKING:
    from numpy.typing import NDArray

HORIZON = 180
_FIRST = date(2021, 1, 4)
_YEAR = 365


@dataclass(frozen=True)
class World:
    """One adviser and their partners, lived day by day."""

    says: str
    effect: float = 0.0  # chance of a return for the sake of a gift
    reply: float = 0.0  # chance that I give after I received
    given: float = 1.0  # referrals a year to a partner, unasked
    received: float = 0.6  # and from them
    spread: float = 0.0  # of the logarithm of both among partners
    alike: float = 0.0  # correlation of the two
    swing: str = ""  # how activity comes and goes: "drift" or "spells"
    warm: float = 0.0  # power of that activity which my giving follows
    follow: float = 0.0  # by how much a recent receipt raises my giving
    late: bool = False  # partners join over the years
    season: float = 0.0  # of what is received; of what is given too, if seasonal
    seasonal: float = 0.0
    period: float = 1.0  # of the season, in years
    patient: bool = False  # I rarely give twice within nine months
    people: int = 60
    years: int = 5


FINE = {
    "nothing": World("true 0, nothing else"),
    "nothing, I answer": World("true 0, I answer people", reply=0.4, given=0.9),
    "nothing, unlike": World("partners differ", reply=0.4, spread=0.8, alike=0.7, given=1.2),
    "nothing, drift": World("their activity drifts", reply=0.4, spread=0.4, swing="drift"),
    "nothing, spells": World("it comes and goes", reply=0.4, spread=0.4, swing="spells"),
    "nothing, season": World("and has a season", reply=0.4, season=0.8),
    "nothing, my season": World("or only I have one", reply=0.4, seasonal=0.9, period=2.5),
    "nothing, late": World("partners join late", reply=0.4, late=True, given=1.8),
    "nothing, patient": World("I wait after giving", reply=0.4, patient=True, given=1.2),
    "a tenth": World("true 0.1", effect=0.1, reply=0.4),
    "three tenths": World("true 0.3", effect=0.3),
    "three, I answer": World("true 0.3, I answer", effect=0.3, reply=0.4),
    "three, unlike": World(
        "and partners differ", effect=0.3, reply=0.4, spread=0.8, alike=0.7, given=1.2
    ),
    "three, spells": World("and come and go", effect=0.3, reply=0.4, swing="spells", given=1.1),
    "adds 0.3": World("q (1 - anyway) is 0.3", effect=0.4),
    "adds 0.3, I answer": World("and I answer", effect=0.4, reply=0.4),
    "adds 0.3, unlike": World(
        "and partners differ", effect=0.4, reply=0.4, spread=0.8, alike=0.7, given=1.2
    ),
    "adds 0.3, spells": World("and come and go", effect=0.4, reply=0.4, swing="spells", given=1.1),
}
CONFOUNDED = {
    "follows receipts": World("I give whom I had from", reply=0.4, follow=5.0, given=0.5),
    "and drift": World("and they drift", reply=0.4, follow=5.0, given=0.5, swing="drift"),
    "warm drift": World("I give where it is warm", reply=0.4, swing="drift", warm=1.0, given=1.3),
    "warm spells": World("and warmth is spells", reply=0.4, swing="spells", warm=1.0, given=1.3),
    "good years": World(
        "my good years are theirs", reply=0.4, season=0.9, seasonal=0.9, period=2.5
    ),
}


def live(world: World, seed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give, for each day and partner, whether I gave and whether I received."""
    rng = np.random.default_rng([seed, 77])
    days, people = _YEAR * world.years, world.people
    one = rng.standard_normal(people)
    other = world.alike * one + np.sqrt(1 - world.alike**2) * rng.standard_normal(people)
    level = world.spread**2 / 2
    give = world.given / _YEAR * np.exp(world.spread * one - level)
    come = world.received / _YEAR * np.exp(world.spread * other - level)
    begin = rng.integers(0, int(0.6 * days), people) if world.late else np.zeros(people, dtype=int)
    activity = _activity(world, days, rng)
    wave = np.sin(2 * np.pi * np.arange(days) / (_YEAR * world.period))
    chance = rng.random((2, days, people))
    gave, got = np.zeros((2, days + 2 * HORIZON, people), dtype=bool)
    recent, last = np.zeros(people), np.full(people, -_YEAR)
    for day in range(days):
        there = day >= begin
        wish = give * activity[day] ** world.warm * (1 + world.follow * recent)
        wish = wish * (1 + world.seasonal * wave[day])
        if world.patient:
            wish = wish * np.where(day - last < 270, 0.2, 1.5)
        gave[day] |= (chance[0, day] < wish) & there
        got[day] |= (chance[1, day] < come * activity[day] * (1 + world.season * wave[day])) & there
        recent = recent * np.exp(-1 / _YEAR) + got[day]
        last[gave[day]] = day
        for partner in np.flatnonzero(gave[day]):
            if rng.random() < world.effect:
                got[day + _delay(rng, 35.0), partner] = True
        for partner in np.flatnonzero(got[day]):
            if rng.random() < world.reply:
                gave[day + _delay(rng, 20.0), partner] = True
    return gave[:days], got[:days]


def _delay(rng: np.random.Generator, scale: float) -> int:
    while (days := 1 + int(rng.gamma(2.0, scale))) > HORIZON:
        pass
    return days


def _activity(world: World, days: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Give how active each partner is on each day, 1 on average."""
    people = world.people
    if world.swing == "drift":
        keep = np.exp(-1 / _YEAR)
        state = rng.standard_normal(people)
        rows = np.empty((days, people))
        for day in range(days):
            rows[day] = np.exp(state - 0.5)
            state = keep * state + np.sqrt(1 - keep**2) * rng.standard_normal(people)
        return rows
    if world.swing == "spells":
        turns = rng.random((days, people)) < 1 / _YEAR
        turns[0] = rng.random(people) < 0.5
        return np.where(turns.cumsum(axis=0) % 2 == 1, 1.8, 0.2)
    return np.ones((days, people))


def book_of(gave: NDArray[np.bool_], got: NDArray[np.bool_]) -> Book:
    """Write what was lived into a folder and read it as any book is read."""
    rows = [
        (int(day), "Me", f"P{partner:03}") if mine else (int(day), f"P{partner:03}", "Me")
        for which, mine in ((gave, True), (got, False))
        for day, partner in np.argwhere(which)
    ]
    with TemporaryDirectory() as folder:
        with (Path(folder) / "referrals.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("date", "giver", "receiver"))
            writer.writerows((_FIRST + timedelta(days=day), *pair) for day, *pair in sorted(rows))
        return Book.read(folder, me="Me", today=_FIRST + timedelta(days=len(gave) - 1))


def ask(task: tuple[str, int]) -> dict[str, Any]:
    """Live one world and ask about it, whether it would speak or not."""
    name, seed = task
    world = (FINE | CONFOUNDED)[name]
    book = book_of(*live(world, seed))
    found, controls = effect.overall(book, samples=500), effect.controls(book)
    told = compared(emulate(book, "Me", horizon=HORIZON), samples=500, seed=0)
    truth = world.effect * (1 - told.anyway)
    return {
        "gifts": told.gifts,
        "spoke": found["refused"] is None,
        "anyway": told.anyway,
        "added": told.added,
        "half": (told.high - told.low) / 2,
        "held": told.low <= truth <= told.high,
        "not 0": not told.low <= 0 <= told.high,
        **dict(zip(controls["control"], controls["fails"], strict=True)),
    }


_COLUMNS = ("gifts", "spoke", "anyway", "added", "half")
_SAID = ("added", "held", "not 0")


def main() -> None:
    """Print a line for each world."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("worlds", nargs="*", default=[*FINE, *CONFOUNDED], metavar="WORLD")
    parser.add_argument("--seeds", type=int, default=100, help="books of each world")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    chosen = parser.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    heads = [*_COLUMNS, "| where it spoke:", *_SAID, "| failed:", *NAMES]
    print(" ".join([f"{'world':18}", *heads]))
    with Pool(chosen.jobs) as pool:
        for name in chosen.worlds:
            rows = pool.map(ask, [(name, seed) for seed in seeds], chunksize=4)
            said = [row for row in rows if row["spoke"]]
            parts = ((rows, _COLUMNS), (said, _SAID), (rows, NAMES))
            told = [" ".join(_mean(of, key) for key in keys) for of, keys in parts]
            print(f"{name:18} {' | '.join(told)}", flush=True)


def _mean(rows: list[dict[str, Any]], key: str) -> str:
    value = float(np.mean([row[key] for row in rows])) if rows else np.nan
    return f"{value:5.0f}" if key == "gifts" else f"{value:6.3f}"


if __name__ == "__main__":
    main()
