"""How many brokers of each role chance alone brings: closed forms for independent ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ROLES", "of_network", "of_person"]

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


def of_person(
    size: NDArray[np.int64], density: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of the brokers' counts for a person of each group.

    See :func:`refgraph.brokerage.by_person` for the formula.

    Parameters
    ----------
    size : ndarray of int
        People in each group.
    density : float
        Probability of a tie.

    Returns
    -------
    mean, sd : ndarray
        One row a group, one column for each of ``ROLES``.

    Examples
    --------
    Among three people in one group each of two ties must be there, and one absent.

    >>> mean, sd = of_person(np.array([3]), 0.5)
    >>> mean[0].tolist()
    [0.25, 0.0, 0.0, 0.0, 0.0, 0.25]
    """
    n = size.astype(float)
    people, others = n.sum(), n.sum() - n
    apart, pairs = others - 1, n * (n - 1)
    elsewhere = pairs.sum() - pairs
    threes = pairs * (n - 2)
    out = (n - 1) * others
    # Over pairs of other groups: how many, and how often they share an end.
    squares, cubes = (n**2).sum() - n**2, (n**3).sum() - n**3
    two = others**2 - squares
    # sum of h (others - h) (others - h - 1) over the other groups of h
    shared = others**3 - 2 * others * squares + cubes - two
    possible = {
        "coordinator": ((n - 1) * (n - 2), 2 * (n - 1) * (n - 2) * (n - 3)),
        "itinerant": (elsewhere, 2 * (threes.sum() - threes)),
        "representative": (out, out * (apart + n - 2)),
        "gatekeeper": (out, out * (apart + n - 2)),
        "liaison": (two, 2 * shared),
        "total": (
            np.full_like(n, (people - 1) * (people - 2)),
            2 * (people - 1) * (people - 2) * (people - 3),
        ),
    }
    d, q = density, 1 - density
    p = d**2 * q
    mean = np.column_stack([p * possible[role][0] for role in ROLES])
    variance = [possible[role][0] * p * (1 - p) + possible[role][1] * d**3 * q**3 for role in ROLES]
    return mean, np.sqrt(np.column_stack(variance))


def of_network(
    size: NDArray[np.int64], density: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of each role's count in the whole network.

    See :func:`refgraph.brokerage.overall` for the formulas.

    Parameters
    ----------
    size, density
        As for :func:`of_person`.

    Returns
    -------
    mean, sd : ndarray
        One for each of ``ROLES``.

    Examples
    --------
    >>> mean, sd = of_network(np.array([1, 1, 1]), 0.5)
    >>> mean.tolist()
    [0.0, 0.0, 0.0, 0.0, 0.75, 0.75]
    """
    n = size.astype(float)
    people = n.sum()
    d, q = density, 1 - density
    p = d**2 * q
    a, b, c = d**3 * q**3, d**4 * q**2, d**5 * q
    each = p * (1 - p)

    def within(n: NDArray[np.float64]) -> NDArray[np.float64]:
        """Variance where the three are of one group of n."""
        many = n * (n - 1) * (n - 2)
        return np.asarray(many * (each + (4 * n - 10) * (a - b) + (n - 3) * c))

    out = n * (n - 1) * (people - n)
    representative = (out * (each + (people - 3) * a - (2 * n - 3) * b + (n - 2) * c)).sum()
    squares = (n**2).sum()
    itinerant = (
        n
        * (n - 1)
        * (
            (people - n) * (each + 2 * (n - 3) * a + (people - n - 1) * c)
            + 2 * (squares - n**2) * a
        )
    )
    # Sums over three different groups, of the product of their sizes and with one squared.
    one, two, three, four = ((n**power).sum() for power in range(1, 5))
    triples = one**3 - 3 * one * two + 2 * three
    squared = two * one**2 - 2 * three * one - two**2 + 2 * four
    alone = each + (4 * people - 2) * (a - b) + (people - 1) * c
    liaison = triples * alone - squared * (8 * (a - b) + 2 * c)
    variance = {
        "coordinator": within(n).sum(),
        "itinerant": itinerant.sum(),
        "representative": representative,
        "gatekeeper": representative,
        "liaison": liaison,
        "total": within(np.array([people])).sum(),
    }
    possible = {
        "coordinator": (n * (n - 1) * (n - 2)).sum(),
        "itinerant": (n * (n - 1) * (people - n)).sum(),
        "representative": out.sum(),
        "gatekeeper": out.sum(),
        "liaison": triples,
        "total": people * (people - 1) * (people - 2),
    }
    mean = np.array([p * possible[role] for role in ROLES])
    spread = np.array([variance[role] for role in ROLES])
    return mean, np.sqrt(np.maximum(spread, 0))
