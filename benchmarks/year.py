"""Live a year again and again, each time with another habit, and count what an hour was worth.

Usage: python benchmarks/year.py [--kinds KIND ...] [--held] [--seeds N] [--people N] [--jobs N]

After two years in which one does what one does anyway, 52 Mondays: each habit reads the book as
it stands and spends up to half an hour, so that there is not time for all. All lives of a world
share their chance (years/life.py): they differ by what is done and by what follows. The figure is
the referrals won in the year for each hour spent, where an hour a week is spent in every life, on
those that come by themselves. Beside it stands what was won beyond nothing, and that for each hour
of the habit. Intervals: the middle 95 % of the means over seeds drawn anew; a seed is a set of
people, the same in all kinds of one life.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from years.habits import HABITS, spend_week
from years.life import ME, Life
from years.natures import HELD, KINDS, NULL, draw, says
from years.record import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE, WEEKS = 728, 52
ANYWAY = 1.0  # hours a week in every life
BUDGET = 30  # minutes a week for the habit
DRAWS = 2000
CANNOT = """What this cannot show: whether real people are so. That contact fades, what late thanks
cost, who answers gifts, how much asking after a referral helps, and what each deed takes, is
assumed, and the goals hang on it. Nobody here is glad of being thought of for its own sake, tells
others, or takes a call for a calculation. All is written down, on its day. A Monday's list is done
from the top; nobody chooses among its lines, as a person would."""


class Year(NamedTuple):
    """What came of a year."""

    kind: str
    seed: int
    habit: str
    received: int
    won: float
    hours: float


def live_year(life: Life, habit: str, writer: Writer, weeks: int = WEEKS) -> tuple[int, int, float]:
    """Live on for a year; give the referrals that came, how many are won, and the hours spent.

    Of each that is met counts the chance that it is won, so that its toss adds no noise.
    """
    start, before, minutes = life.day, life.won, 0
    for _ in range(weeks):
        minutes += spend_week(life, HABITS[habit], BUDGET, writer)
        for _ in range(7):
            life.pass_day()
    received = sum(one.receiver == ME and one.day >= start for one in life.referrals)
    return received, life.won - before, minutes / 60


def look(
    kind: str,
    seed: int,
    *,
    people: int,
    weeks: int = WEEKS,
    habits: Sequence[str] = tuple(HABITS),
    before: int = BEFORE,
) -> list[Year]:
    """Live the year of one world under every habit."""
    life = Life(draw(kind, seed, people), seed, sum(map(ord, kind.split(maxsplit=1)[0])))
    for _ in range(before):
        life.pass_day()
    writer = Writer(life)
    return [
        Year(kind, seed, name, *live_year(life.again(), name, writer, weeks)) for name in habits
    ]


def figures(years: pd.DataFrame, weeks: int = WEEKS) -> pd.DataFrame:
    """Give each year its figure, and what it won beyond nothing for each hour of the habit."""
    idle = years[years["habit"] == "nothing"].set_index(["kind", "seed"])["won"]
    beyond = (
        years["won"].to_numpy()
        - idle.reindex(pd.MultiIndex.from_frame(years[["kind", "seed"]])).to_numpy()
    )
    return years.assign(
        figure=years["won"] / (ANYWAY * weeks + years["hours"]),
        beyond=beyond,
    )


def table_of(years: pd.DataFrame) -> pd.DataFrame:
    """Give the means of each habit in each world, with the interval of the figure."""
    found = []
    for (kind, habit), some in years.groupby(["kind", "habit"], sort=False):
        low, high = _interval(some["figure"].to_numpy())
        means = some[["received", "won", "hours", "figure", "beyond"]].mean()
        per_hour = means["beyond"] / means["hours"] if means["hours"] else np.nan
        found.append(
            {"kind": kind, "habit": habit} | dict(means)
            | {"low": low, "high": high, "beyond_per_hour": per_hour}
        )  # fmt: skip
    return pd.DataFrame(found)


def _interval(values: np.ndarray) -> tuple[float, float]:
    drawn = np.random.default_rng(0).choice(values, (DRAWS, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def goals(years: pd.DataFrame, what: str) -> str:
    """Say how today stands beside the habit that is best on the mean of worlds with an effect."""
    live = years[~years["kind"].isin(NULL)]
    if not live["won"].any():
        return f"{what}: nothing was won"
    means = live.pivot_table(index="kind", columns="habit", values=what)
    rest = means.drop(columns="today").mean()
    best = str(rest.idxmax())
    ratio = means["today"].mean() / rest[best] - 1
    by_kind = means["today"] / means[best] - 1
    per_seed = live.pivot_table(index="seed", columns="habit", values=what)
    rng = np.random.default_rng(0)
    drawn = per_seed[["today", best]].to_numpy()[
        rng.integers(len(per_seed), size=(DRAWS, len(per_seed)))
    ]
    low, high = np.quantile(drawn[..., 0].mean(1) / drawn[..., 1].mean(1) - 1, [0.025, 0.975])
    worst = str(by_kind.idxmin())
    return (
        f"{what}: the best other habit on the mean is {best}; today {ratio:+.1%} "
        f"({low:+.1%} to {high:+.1%}), least {by_kind[worst]:+.1%} in {worst}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kinds", nargs="+", choices=[*KINDS, *HELD], default=list(KINDS))
    parser.add_argument("--held", action="store_true", help="the worlds that work in other ways")
    parser.add_argument("--seeds", type=int, default=5, help="sets of people")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--people", type=int, default=45)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--habits", nargs="+", choices=list(HABITS), default=list(HABITS))
    parser.add_argument("--save", help="a CSV to write every year to")
    parser.add_argument("--beside", help="such a CSV: its years are taken where none is lived anew")
    chosen = parser.parse_args()
    started = time.perf_counter()
    kinds = HELD if chosen.held else chosen.kinds
    found: list[Year] = []
    with ProcessPoolExecutor(chosen.jobs) as pool:
        waiting = [
            pool.submit(
                look,
                kind,
                seed,
                people=chosen.people,
                weeks=chosen.weeks,
                habits=tuple(chosen.habits),
            )
            for seed in range(chosen.first, chosen.first + chosen.seeds)
            for kind in kinds
        ]
        for each in as_completed(waiting):
            found += each.result()
            if chosen.save:
                pd.DataFrame(found).to_csv(chosen.save, index=False)
    years = pd.DataFrame(found)
    if chosen.beside:
        years = pd.concat([pd.read_csv(chosen.beside), years], ignore_index=True)
        years = years.drop_duplicates(["kind", "seed", "habit"], keep="last", ignore_index=True)
    years = figures(years, chosen.weeks)
    print(told(years))
    print(f"({time.perf_counter() - started:.0f} s)")


def told(years: pd.DataFrame) -> str:
    """Lay the table out, world by world, with the goals and what it cannot show below."""
    table = table_of(years)
    parts = []
    for kind, some in table.groupby("kind", sort=False):
        parts.append(f"\n{kind}: {says(str(kind))}\n{_HEAD}")
        parts += [
            f"  {row.habit:9} {row.received:8.1f} {row.won:5.1f} {row.hours:6.1f} {row.figure:8.3f}"
            f"   {row.low:.3f} to {row.high:.3f} {row.beyond:8.1f} {row.beyond_per_hour:9.2f}"
            for row in some.itertuples()
        ]
    parts.append("")
    parts += [goals(years, what) for what in ("figure", "won")]
    idle = table[table["kind"].isin(NULL)].pivot_table(
        index="kind", columns="habit", values="hours"
    )
    parts += (
        [f"hours where nothing has an effect\n{idle.round(1).to_string()}"] if len(idle) else []
    )
    return "\n".join([*parts, "", CANNOT])


_HEAD = "  habit     received   won  hours   figure   95 %            beyond  per hour"


if __name__ == "__main__":
    main()
