"""How well returns are foretold, beside simple rules, where the truth is known or not.

Usage: python benchmarks/ranking.py [--data DIR] [--seed N]

Two public records of messages (KONECT files under DIR, by default ../shared/data beside the
project; left out where absent; horizon 7 days) and nine kinds of simulated books (horizon
180 days). The figures of a kind are means over its books. An interval draws the givers of
each book anew. The ceiling is the AUC of the true chances, which no score can be above but
by luck.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from simulated import HORIZON, KINDS, simulate

from refgraph import Book
from refgraph.analysis.evaluating import bootstrap, evaluate, scoring, simple_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MESSAGES = {
    "messages": "konect_opsahl-ucsocial/out.opsahl-ucsocial",
    "e-mails": "konect_radoslaw_email/out.radoslaw_email",
}
MESSAGE_HORIZON = 7
BOOKS = {"adviser": 16, "alike": 6}  # where two would leave much to luck
SAMPLES = 200
RULES = [evaluate.NAME, *simple_rules.NAMES]
CEILING = "true chance"


class Outcome(NamedTuple):
    """What came out on one book.

    Figures of each rule, the AUC of each in each sample, and of all tested gifts the mean
    expected return and the share that came back.
    """

    table: pd.DataFrame
    drawn: NDArray[np.float64]
    expected: float
    came: float


def messages(path: Path) -> Book:
    """Read a KONECT file whose last day is today."""
    lines = path.read_text(encoding="utf-8").splitlines()
    last = max(int(line.split()[3]) for line in lines if not line.startswith("%"))
    return Book.read(
        path,
        today=datetime.fromtimestamp(last, UTC).date(),
        columns={"giver": "1", "receiver": "2", "count": "3", "date": "4"},
        header=False,
        comment="%",
        date_format="unix",
        skip_bad=True,
    )


def outcome(book: Book, *, horizon: int, chance: pd.DataFrame | None = None) -> Outcome:
    """Run the protocol of ``refgraph evaluate`` on one book."""
    table = evaluate.scores(book, horizon=horizon)
    rules = list(RULES)
    if chance is not None:
        keys = ["giver", "receiver", "date"]
        found = table.merge(chance, on=keys, how="left", validate="one_to_one")
        table, rules = table.assign(**{CEILING: found["chance"]}), [*RULES, CEILING]
    answered = table["answered"].to_numpy()
    cold = (table["memory"] == 0).to_numpy()
    person = table["giver"].where(table["giver"] != book.me, table["receiver"])
    scores = [table[rule].to_numpy() for rule in rules]
    figures = {
        rule: {
            "AUC": scoring.auc(score, answered),
            "AP": scoring.average_precision(score, answered),
            "cold AUC": scoring.auc(score[cold], answered[cold]),
        }
        for rule, score in zip(rules, scores, strict=True)
    }
    drawn = bootstrap.aucs(scores, answered, book.places(person), samples=SAMPLES)
    figure = pd.DataFrame.from_dict(figures, orient="index")
    return Outcome(figure, drawn, float(table[evaluate.NAME].mean()), float(answered.mean()))


def together(outcomes: list[Outcome]) -> pd.DataFrame:
    """Take the means over the books of a kind; the interval is that of the mean AUC."""
    tables = [one.table for one in outcomes]
    table = pd.concat(tables).groupby(level=0, sort=False).mean()
    drawn = np.nanmean([one.drawn for one in outcomes], axis=0)
    low, high = np.nanquantile(drawn, (0.025, 0.975), axis=1)
    table.insert(1, "low", low)
    table.insert(2, "high", high)
    ahead = drawn[0] - drawn
    table["ahead"] = table["AUC"].iloc[0] - table["AUC"]
    table["ahead low"], table["ahead high"] = np.nanquantile(ahead, (0.025, 0.975), axis=1)
    table.loc[evaluate.NAME, "expected"] = np.mean([one.expected for one in outcomes])
    table.loc[evaluate.NAME, "came"] = np.mean([one.came for one in outcomes])
    return table


def sets(data: Path, seed: int) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give name, description and figures of every set that is there."""
    for name, place in MESSAGES.items():
        if not (data / place).is_file():
            print(f"\n{name}: left out, there is no {data / place}.")
            continue
        book = messages(data / place)
        says = f"{place.partition('/')[0]}, horizon {MESSAGE_HORIZON} days"
        yield name, says, together([outcome(book, horizon=MESSAGE_HORIZON)])
    for kind in KINDS:
        drawn = [simulate(kind, seed=seed + at) for at in range(BOOKS.get(kind, 2))]
        says = f"{drawn[0].says} {len(drawn)} books."
        found = [outcome(one.book, horizon=HORIZON, chance=one.chance) for one in drawn]
        yield kind, says, together(found)


def main() -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=beside, help="folder of the KONECT files")
    parser.add_argument("--seed", type=int, default=0, help="of the simulated books")
    chosen = parser.parse_args()
    started = time.perf_counter()
    auc, chances = {}, {}
    for name, says, table in sets(chosen.data, chosen.seed):
        chances[name] = table.loc[evaluate.NAME, ["expected", "came"]]
        shown = table.drop(columns=["expected", "came"])
        print(f"\n{name}: {says}\n{shown.to_string(float_format='{:.3f}'.format)}", flush=True)
        auc[name] = table["AUC"]
    table = pd.DataFrame(auc)
    rules = table.loc[list(simple_rules.NAMES)]
    mean = table.mean(axis=1).drop(CEILING, errors="ignore").sort_values(ascending=False)
    print(
        f"\nMean AUC over {len(table.columns)} sets\n{mean.to_string(float_format='{:.3f}'.format)}"
    )
    against = pd.DataFrame(
        {
            evaluate.NAME: table.loc[evaluate.NAME],
            "best rule": rules.idxmax(),
            "its AUC": rules.max(),
            "ahead": table.loc[evaluate.NAME] - rules.max(),
        }
    )
    print(f"\nThe best rule of each set\n{against.to_string(float_format='{:.3f}'.format)}")
    true = pd.DataFrame(chances).T.astype(float)
    true["apart"] = true["expected"] - true["came"]
    print(f"\nExpected and came back\n{true.to_string(float_format='{:.3f}'.format)}")
    best = bool((mean.drop(evaluate.NAME) < mean[evaluate.NAME]).all())
    worst = against["ahead"].idxmin()
    print(f"\nBeats every untrained baseline on the mean: {'yes' if best else 'no'}.")
    print(
        f"Largest loss to any baseline on any set: {max(-against.loc[worst, 'ahead'], 0):.3f}, "
        f"to {against.loc[worst, 'best rule']} on {worst}."
    )
    print(f"({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    main()
