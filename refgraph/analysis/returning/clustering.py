r"""Tell whether gifts to the same person come close together in time of their own accord.

A trial sets gifts against other silent days. That is fair if gifts come at any time of a silence
alike. Whatever makes somebody give to one person at one time, and lasts (a project, a friendship,
a good year of theirs), makes them give again soon, and may bring what comes back as well. So gifts
are asked for what they tell of each other: if those to the same person stand closer together than
chance has it, something comes and goes that the record does not show.

Only gifts that answer nothing are asked, those before which nothing came for one horizon
:math:`H`; so an answer is no reason to give, and neither is what an earlier gift brought. Before
gift :math:`i` to partner :math:`j` let :math:`x_{ij}` be the gifts of the horizon before it, those
of its later half counted twice, and :math:`m_{ij}` the mean of the same number over all days on
which such a gift could have been made, without the gift itself. With :math:`s(t)`, how much
more was given to *others* around that day than is usual, the sum of

.. math:: d_i = x_{ij} - m_{ij} \left(1 + s(t_i) - \bar s_j\right)

is 0 on the mean if gifts come at any time alike, or by the giver's own seasons. It is Knox's
question of closeness in space and time [1]_, with partners as the places; as each gift is set
against days by what was before them alone, a gift may change what follows.

The variance is that of :math:`n` gifts laid on those days at random, beside the others that stay.
For two such days :math:`t, u` let :math:`k(t, u)` be 2, 1 or 0 as :math:`u` is in the half horizon
before :math:`t`, in the other half, or neither; :math:`b` and :math:`f` its means by :math:`t` and
by :math:`u`, :math:`c` its mean, and :math:`r` the gifts that stay, counted as :math:`x`. By
Hoeffding's decomposition of a sum over pairs [2]_

.. math:: n \operatorname{Var}\left((n - 1) b + r\right)
    + n (n - 1) \left(\overline{k^2} - \overline{f^2} - 2\overline{b f} + c^2
    - \operatorname{Var}(b)\right)

References
----------
.. [1] Knox, E. G. (1964). The detection of space-time interactions. *Applied Statistics* 13,
   25-29.
.. [2] Hoeffding, W. (1948). A class of statistics with asymptotically normal distribution.
   *Annals of Mathematical Statistics* 19, 293-325.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.returning.target_trial import Events

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.target_trial import Moments, Trial

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["Clustering", "of_gifts"]

_USUAL = 1.0  # gifts that the usual share of a day is kept near 1 by


class Clustering(NamedTuple):
    """Of gifts that answer nothing, their pairs, what stood before them, and what was usual.

    ``error`` is the standard error of the sum of ``before`` less ``usual``.
    """

    pair: Ints
    before: Floats
    usual: Floats
    error: float


def of_gifts(trial: Trial) -> Clustering:
    """Ask the gifts of a trial that answer nothing; see the formula of this module.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.target_trial import emulate
    >>> found = of_gifts(emulate(Book.sample(), "Robin Hale", horizon=30))
    >>> len(found.pair), bool(found.error > 0)
    (10, True)
    """

    def could_be(at: Moments) -> Moments:
        return at.where(trial.received_nothing(at) & (at.day > trial.known[at.pair]))

    pair, day = could_be(trial.gift_moments)[:2]
    possible = _Possible(trial, pair, day, could_be(trial.quiet_moments))
    usual = possible.usual(pair, day) + possible.season(pair, day)
    return Clustering(pair, possible.before(pair, day), usual, possible.error(pair, day))


class _Possible:
    """Days on which a gift that answers nothing could have been made, by pair."""

    def __init__(self, trial: Trial, pair: Ints, day: Ints, quiet: Moments) -> None:
        self._trial, self._pairs = trial, len(trial.giver)
        self._near, self._far = max(trial.horizon // 2, 1), trial.horizon
        self._days = Events.of(np.r_[pair, quiet.pair], np.r_[day, quiet.day])
        self._pair, self._day = self._days.places
        self._number = np.maximum(np.bincount(self._pair, minlength=self._pairs), 1)

    def before(self, pair: Ints, day: Ints, events: Events | None = None) -> Floats:
        """Count gifts, or other events, before each day: those near it twice."""
        found = self._trial.gave if events is None else events
        here, near, far = (found.place(pair, day - back) for back in (0, self._near, self._far))
        return np.asarray(2 * here - near - far, dtype=float)

    def _after(self, pair: Ints, day: Ints) -> Floats:
        """Count the possible days before which an event on each day stands, the near ones twice."""
        return np.add(*self._next(pair, day))

    def _next(self, pair: Ints, day: Ints) -> tuple[Floats, Floats]:
        """Count the possible days after each day: those near it, and all of the horizon."""
        here, near, far = (
            self._days.place(pair, day + 1 + further).astype(float)
            for further in (0, self._near, self._far)
        )
        return near - here, far - here

    def usual(self, pair: Ints, day: Ints) -> Floats:
        """Give the mean of ``before`` over the possible days of each pair, without the gift."""
        whose, when = self._trial.gave.places
        whole = np.bincount(whose, self._after(whose, when), self._pairs)
        found: Floats = (whole[pair] - self._after(pair, day)) / self._number[pair]
        return found

    def _mean(self, values: Floats) -> Floats:
        """Give the mean over the possible days of each pair."""
        return np.asarray(np.bincount(self._pair, values, self._pairs) / self._number)

    def season(self, pair: Ints, day: Ints) -> Floats:
        """Give what is to be added to the usual as the giver gave more to others, or less."""
        giver, own = self._trial.giver, self.before(self._pair, self._day)
        mean, times = self._mean(own), Events.of(giver[self._pair], self._day)
        at = times.place(giver[self._pair], self._day)
        came, due = (np.bincount(at, of, len(times.keys)) for of in (own, mean[self._pair]))

        def share(at: Ints, pair: Ints, own: Floats) -> Floats:
            others = np.maximum(due[at] - mean[pair], 0)
            return np.asarray((came[at] - own + _USUAL) / (others + _USUAL))

        on_gifts = share(times.place(giver[pair], day), pair, self.before(pair, day))
        usually = self._mean(share(at, self._pair, own))
        return np.asarray(mean[pair] * (on_gifts - usually[pair]))

    def error(self, pair: Ints, day: Ints) -> float:
        """Give the standard deviation of the sum over gifts laid on possible days at random."""
        laid = np.bincount(pair, minlength=self._pairs).astype(float)
        number = self._number[self._pair]
        back = self.before(self._pair, self._day, self._days) / number
        near, far = self._next(self._pair, self._day)
        near, on = near / number, (near + far) / number
        stays = self.before(self._pair, self._day, self._trial.gave.without(pair, day))
        both = (laid[self._pair] - 1) * back + stays
        mean = self._mean(on)
        spread = self._mean(back**2) - mean**2
        alone = self._mean(on + 2 * near - on**2 - 2 * back * on) + mean**2 - spread
        linear = self._mean(both**2) - self._mean(both) ** 2
        return float(np.sqrt(max((laid * linear + laid * (laid - 1) * alone).sum(), 0.0)))
