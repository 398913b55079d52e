"""How far people differ, and how far pairs do beyond that, estimated from what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["PAIRS", "STEPS", "Spread", "known", "together"]

#: Standard deviations of chances, as a share of the largest there can be about their mean.
STEPS = np.array([0.05, 0.2, 0.35, 0.5, 0.65, 0.85])
#: Shapes of the Gamma distribution of what comes unasked along a tie, over what is usual.
ALIKE = np.array([0.1, 0.3, 1.0, 5.0])
_UNLIKELY, _LEAST = 1e-3, 1e-6
#: Pairs within a person are thought to differ less than people do: by about so much.
PAIRS = 0.35


class Spread(NamedTuple):
    """How likely each spread is, and how many gifts stand together.

    Attributes
    ----------
    weight : ndarray
        Chance that people differ by a row of ``STEPS`` and, within a person, the givers by a
        column; and that pairs are alike by the third place of ``ALIKE``. Sums to 1.
    to_person, to_pair : float
        Gifts that a gift shares its receiver with, itself among them, and its pair; at least 1.
    """

    weight: NDArray[np.float64]
    to_person: float
    to_pair: float

    @property
    def middle(self) -> tuple[float, float, float]:
        """The mean spreads of people and of pairs, and how alike pairs are (on a log scale)."""
        alike = np.exp(self.weight.sum((0, 1)) @ np.log(ALIKE))
        of = self.weight.sum((1, 2)) @ STEPS, self.weight.sum((0, 2)) @ STEPS
        return float(of[0]), float(of[1]), float(alike)

    def each(self) -> list[tuple[tuple[float, float, float], float]]:
        """List the spreads that are not unlikely, with how likely each is."""
        places = np.argwhere(self.weight > _UNLIKELY)
        total = self.weight[tuple(places.T)].sum()
        return [
            (
                (float(STEPS[i]), float(STEPS[j]), float(ALIKE[k])),
                float(self.weight[i, j, k] / total),
            )
            for i, j, k in places.tolist()
        ]


def together(key: NDArray[np.int64]) -> float:
    """Count the gifts that one gift shares its key with, on the mean, itself among them.

    Examples
    --------
    >>> together(np.array([1, 1, 1, 2])), together(np.array([], dtype=np.int64))
    (2.5, 1.0)
    """
    _, number = np.unique(key, return_counts=True)
    return float((number**2).sum() / number.sum()) if len(number) else 1.0


def known(
    foretold: Callable[
        [tuple[NDArray[np.float64], NDArray[np.float64], float]], NDArray[np.float64]
    ],
    answered: NDArray[np.bool_],
) -> NDArray[np.float64]:
    r"""Weigh the spreads by how likely they made what came, gift after gift.

    With :math:`r_g(s)` the chance that gift :math:`g` had on its morning if the spreads were
    :math:`s`, and :math:`y_g` what came of it, the marginal likelihood of the record is the
    product of such chances, each given all that came before [1]_:

    .. math:: L(s) = \prod_g r_g(s)^{y_g} (1 - r_g(s))^{1 - y_g}

    Before anything is known each spread of people is as likely as another, and that of pairs
    within a person has a normal distribution about 0 of the standard deviation 0.35: pairs
    that meet once say nothing of it. A small book leaves much of that.

    Parameters
    ----------
    foretold : callable
        Gives the chances of all gifts, a row for each way in which people and pairs differ: by
        two columns of ``STEPS`` and one of ``ALIKE``.
    answered : ndarray of bool
        Whether each gift came back.

    Returns
    -------
    ndarray of float64
        A row for each spread of people, a column for each of pairs; sums to 1.

    References
    ----------
    .. [1] Dawid, A. P. (1984). Statistical theory: the prequential approach. *Journal of the
       Royal Statistical Society* A 147, 278-292.

    Examples
    --------
    Gifts that a wide spread among people foretold:

    >>> weight = known(lambda steps: 1 - steps[0] / 2 * np.ones(50), np.repeat([True, False], 25))
    >>> float(STEPS[weight.sum((1, 2)).argmax()])
    0.85
    """
    logs = np.zeros((len(STEPS), len(STEPS), len(ALIKE)))
    logs -= (STEPS[:, None] / PAIRS) ** 2 / 2
    if len(answered):
        people, pairs = (
            np.ravel(each)[:, None] for each in np.meshgrid(STEPS, STEPS, indexing="ij")
        )
        for at, alike in enumerate(ALIKE.tolist()):
            chance = foretold((people, pairs, alike))
            came = np.where(answered, chance, 1 - chance)
            logs[:, :, at] += np.log(np.maximum(came, _LEAST)).sum(-1).reshape(logs.shape[:2])
    weight = np.exp(logs - logs.max())
    found: NDArray[np.float64] = weight / weight.sum()
    return found
