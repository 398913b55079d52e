"""How invented people spend their months: busy weeks, habits, outcomes and thanks."""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, product
from typing import TYPE_CHECKING, TypeVar

from cast import FEES, FIRMS, FIRST_NAMES, LAST_NAMES, REFERRAL_NOTES
from records import TODAY, Habit, Referral, Touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

__all__ = ["close", "draw", "habit_days", "invented_names", "pick_day", "thanks_and_news"]

Item = TypeVar("Item")

EVENTS = tuple(
    date.fromisoformat(day)
    for day in (
        "2024-11-14",
        "2025-03-20",
        "2025-06-12",
        "2025-10-09",
        "2026-03-12",
        "2026-06-04",
        "2026-09-10",
    )
)


def invented_names(rng: Random, taken: Sequence[str]) -> Iterator[str]:
    """Yield people, and now and then a firm, that are not in the cast and never repeat."""
    names = [f"{first} {last}" for first, last in product(FIRST_NAMES.split(), LAST_NAMES.split())]
    names = [name for name in names if name not in taken]
    rng.shuffle(names)
    firms = list(FIRMS)
    for number, name in enumerate(names, start=1):
        yield name
        if number % 11 == 0 and firms:
            yield firms.pop()


def draw(rng: Random, items: Sequence[Item], weights: Iterable[float]) -> Item:
    """Draw one item with a chance in proportion to its weight."""
    sums = list(accumulate(weights))
    return items[bisect(sums, rng.random() * sums[-1])]


def day_weight(day: date) -> float:
    """Tell how busy a day is: events make referrals, August and Christmas do not."""
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3):
        return 0.0
    weight = 0.1 if day.weekday() >= 5 else 1.0
    if day.month == 8:
        weight *= 0.3
    if any(timedelta(0) <= day - event <= timedelta(9) for event in EVENTS):
        weight *= 4.0
    return weight


def pick_day(rng: Random, start: date, end: date, *, meeting: int | None = None) -> date:
    """Pick a day between two days; a weekday that is a meeting draws eight times as many."""
    days = [start + timedelta(number) for number in range((end - start).days + 1)]
    weights = (day_weight(day) * (8.0 if day.weekday() == meeting else 1.0) for day in days)
    return draw(rng, days, weights)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


def parse_habit(text: str, start: date, end: date) -> Habit:
    """Read ``7``, ``7 2503-2607`` or ``12m 2501-2512``."""
    count, _, window = text.partition(" ")
    if window:
        first, last = window.split("-")
        start = max(start, date(2000 + int(first[:2]), int(first[2:]), 1))
        end = min(end, month_end(2000 + int(last[:2]), int(last[2:])))
    return Habit(int(count.rstrip("m")), start, end, monthly=count.endswith("m"))


def habit_days(rng: Random, text: str, start: date, end: date) -> list[date]:
    """Return the days on which a habit shows."""
    habit = parse_habit(text, start, end)
    if not habit.monthly:
        return [pick_day(rng, habit.start, habit.end) for _ in range(habit.count)]
    first = habit.start.year * 12 + habit.start.month - 1
    months = [divmod(first + number, 12) for number in range(habit.count)]
    return [
        pick_day(rng, date(year, month + 1, 4), date(year, month + 1, 18)) for year, month in months
    ]


def outcome(rng: Random, handoff: int, age: int) -> tuple[str, int]:
    """Tell how a referral stands after ``age`` days, and on which of them it got there.

    The better the handoff the more often it is won, and the less often it leaks.
    """
    roll = rng.random()
    lag = 12 + rng.randrange(70)
    if age < 30:
        return ("given", 0) if roll < 0.55 else ("contacted", rng.randrange(age + 1))
    for status, share, days in (
        ("won", 0.28 + 0.1 * handoff, lag),
        ("lost", 0.16, lag),
        ("met", 0.09, lag // 2),
        ("contacted", 0.08, 1 + lag // 10),
    ):
        if roll < share:
            return (status, days) if days <= age else ("contacted", 1 + lag // 10)
        roll -= share
    return "given", 0


def close(rng: Random, referral: Referral, profession: str) -> Referral:
    """Let time pass over a referral: handoff, status, value and note."""
    handoff = referral.handoff
    if handoff is None:
        handoff = draw(rng, range(6), (2, 3, 5, 4, 3, 2))
    age = (TODAY - referral.day).days
    status, days = outcome(rng, handoff, age)
    if referral.status:
        status = referral.status
        days = min(age, (15 if status == "won" else 2) + rng.randrange(12))
    referral = replace(
        referral,
        handoff=handoff,
        status=status,
        status_day=referral.day + timedelta(days) if status != "given" else None,
        note=rng.choice(REFERRAL_NOTES) if rng.random() < 0.2 else "",
    )
    if status != "won":
        return referral
    low, high = FEES.get(profession, (200, 900))
    currency = "EUR" if rng.random() < 0.18 else "USD"
    return replace(referral, value=low + rng.randrange(0, high - low, 50), currency=currency)


def thanks_and_news(rng: Random, referral: Referral, grateful: float) -> Iterator[Touch]:
    """Thank the giver within days, mostly, and bring the news when the business closes."""
    days_left = (TODAY - referral.day).days
    if rng.random() < (grateful if days_left > 14 else 0.4):
        day = referral.day + timedelta(min(days_left, rng.randrange(6)))
        yield Touch(day, referral.giver, "thanks", "yes" if rng.random() < 0.8 else "no")
    if referral.status in {"won", "lost"} and referral.status_day and rng.random() < 0.3:
        day = min(TODAY, referral.status_day + timedelta(1 + rng.randrange(5)))
        note = f"told how it went with {referral.prospect}" if referral.prospect else "told the end"
        yield Touch(day, referral.giver, "call", "yes", note)
