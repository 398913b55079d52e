"""What each rule says of a referral to everybody, on the morning of today.

The columns of ``refgraph``, the rules of ``refgraph evaluate``, and two learners of uplift of
EconML, which are left out where it is not installed (pip install ".[uplift]").
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from simulated import HORIZON

from refgraph.analysis.estimating import added, as_of, protocol
from refgraph.analysis.estimating.expected import expected_return
from refgraph.analysis.estimating.running_totals import Running
from refgraph.analysis.estimating.shrinkage import shrink
from refgraph.analysis.evaluating import simple_rules
from refgraph.analysis.returning import returns
from refgraph.analysis.suggesting import refer_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph import Book
    from refgraph.analysis.estimating.trial import Trial

__all__ = ["FIRST_TRIES", "NAMES", "scores"]

FIRST_TRIES = "list, first tries in"
NAMES = (
    *("added", "list", FIRST_TRIES, "expected_return", "partner_rate"),
    *("rate x (1 - unasked)", "anyway", "T-learner", "X-learner"),
    *simple_rules.NAMES,
)
_LONG_AGO = 3_650.0  # days; never
_MOST = 4_000  # gifts that the learners of uplift are trained on


def scores(book: Book, views: Sequence[str]) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Give for each of the people asked about the scores of all others, and what is added.

    More is better. A rule that cannot be had is no column.
    """
    trial = _today(book, views)
    rules = simple_rules.scores(trial) | _uplift(book, trial)
    names = book.people.index.to_numpy(dtype=object)[trial.receiver]
    whose = book.people.index.to_numpy(dtype=object)[trial.giver]
    found = []
    for view in views:
        told = added.by_person(book, view, horizon=HORIZON)
        rates = expected_return(book, view, horizon=HORIZON)
        mine = whose == view
        simple = pd.DataFrame({name: rules[name][mine] for name in rules}, index=names[mine])
        table = pd.DataFrame(
            {
                "added": told["added"],
                "expected_return": rates["expected_return"],
                "partner_rate": rates["partner_rate"],
                "rate x (1 - unasked)": rates["partner_rate"] * (1 - rates["unasked"]),
                "anyway": told["anyway"],
                **_listed(book, view, told.index),
            }
        ).join(simple, validate="one_to_one")
        found.append((table[[name for name in NAMES if name in table]], told))
    return found


def _listed(book: Book, view: str, people: pd.Index[Any]) -> dict[str, pd.Series[float]]:
    """Give the places of the list that is shown, once it has parts: without first tries, and with.

    Whoever is not on it comes last.
    """
    table = refer_first.rank(book, view, horizon=HORIZON)
    if "part" not in table:
        return {}
    place = -table.set_index("person")["rank"].astype(float)
    tries = (table["part"] == "first try").to_numpy()
    last = -float(len(table)) - 1
    return {
        "list": place[~tries].reindex(people, fill_value=last),
        FIRST_TRIES: place.reindex(people, fill_value=last),
    }


def _today(book: Book, views: Sequence[str]) -> Trial:
    """Ask of a gift to everybody by each of them, today."""
    trial = protocol.trial(book, horizon=HORIZON)
    today = int(np.datetime64(book.today, "D").astype(np.int64))
    giver, receiver = (at.ravel() for at in np.indices((trial.people, trial.people)))
    kept = (giver != receiver) & np.isin(giver, book.places(list(views)))
    return _asked(trial, giver[kept], receiver[kept], np.full(int(kept.sum()), today))


def _asked(
    trial: Trial, giver: NDArray[np.int64], receiver: NDArray[np.int64], day: NDArray[np.int64]
) -> Trial:
    none = np.zeros(len(day), dtype=bool)
    return replace(trial, giver=giver, receiver=receiver, day=day, answered=none)


# --- learners of uplift -------------------------------------------------------------------


def _uplift(book: Book, trial: Trial) -> dict[str, NDArray[np.float64]]:
    """Learn what gifts add from past gift days and silent days, and foretell it of today."""
    learners = _learners()
    if not learners:
        return {}
    rng = np.random.default_rng(0)
    past = _past(book, trial, rng)
    gift = past.answered.astype(int)  # whether the day is one of a gift
    came = _came(past)
    known, asked = _features(past), _features(trial)
    found = {}
    for name, learner in learners.items():
        learner.fit(came, gift, X=known)
        found[name] = simple_rules.rounded(np.ravel(learner.effect(asked)))
    return found


@cache
def _learners() -> dict[str, Any]:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # several books are scored at a time
    try:
        from econml.metalearners import TLearner, XLearner
        from sklearn.ensemble import HistGradientBoostingRegressor
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler
    except ImportError:
        print("EconML is not installed: the learners of uplift are left out.", flush=True)
        return {}
    trees = HistGradientBoostingRegressor(
        max_iter=100, max_depth=3, learning_rate=0.05, min_samples_leaf=10, random_state=0
    )
    lot = make_pipeline(StandardScaler(), LogisticRegression())
    return {
        "T-learner": TLearner(models=trees),
        "X-learner": XLearner(models=trees, propensity_model=lot),
    }


def _past(book: Book, trial: Trial, rng: np.random.Generator) -> Trial:
    """Give past gift days, and for each a silent day of the same two and one of any two.

    ``answered`` tells which days are those of gifts. A whole horizon has passed since.
    """
    giver, receiver, day = (trial.rows[name].to_numpy() for name in ("giver", "receiver", "day"))
    today = int(np.datetime64(book.today, "D").astype(np.int64))
    first, last = int(day.min()), today - HORIZON
    gifts = np.flatnonzero(day < last)
    if len(gifts) > _MOST:
        gifts = np.sort(rng.choice(gifts, _MOST, replace=False))
    size = len(gifts)
    other = (giver[gifts] + rng.integers(1, trial.people, size)) % trial.people
    asked = _asked(
        trial,
        np.tile(giver[gifts], 3),
        np.r_[receiver[gifts], receiver[gifts], other],
        np.r_[day[gifts], rng.integers(first, last, 2 * size)],
    )
    key = (giver * trial.people + receiver) * (today + 1) + day
    mine = (asked.giver * trial.people + asked.receiver) * (today + 1) + asked.day
    gave = np.isin(mine, key)
    order = np.lexsort((asked.receiver, asked.giver, asked.day))
    order = order[(~gave | (np.arange(3 * size) < size))[order]]
    return replace(
        _asked(trial, asked.giver[order], asked.receiver[order], asked.day[order]),
        answered=gave[order],
    )


def _came(past: Trial) -> NDArray[np.float64]:
    """Count what came back within the horizon after each day."""
    giver, receiver = past.rows["giver"].to_numpy(), past.rows["receiver"].to_numpy()
    every = Running(giver * past.people + receiver, past.rows["day"], past.rows["count"])
    asked = past.receiver * past.people + past.giver
    return every.before(asked, past.day + HORIZON + 1) - every.before(asked, past.day + 1)


def _features(trial: Trial) -> NDArray[np.float64]:
    """Describe a pair on a morning: what passed, how long ago, and the shrunk rates."""
    people, day, i, j = trial.people, trial.day, trial.giver, trial.receiver
    giver, receiver, when, count = (
        trial.rows[name].to_numpy() for name in ("giver", "receiver", "day", "count")
    )
    key, found = giver * people + receiver, []
    for past, asked in ((key, j * people + i), (key, i * people + j), (giver, j), (receiver, j)):
        passed = Running(past, when, count)
        aged = Running(past, when, count, half_life=returns.HALF_LIFE)
        found += [passed.before(asked, day), aged.before(asked, day)]
        found.append(np.nan_to_num(day - passed.last_before(asked, day), nan=_LONG_AGO))
    known = as_of.known(trial, half_life=returns.HALF_LIFE)
    shrunk = shrink(known)
    more = (shrunk.partner, shrunk.unasked, known.own_answered, known.own_watched)
    return np.column_stack([*found, *more, known.partner_watched])
