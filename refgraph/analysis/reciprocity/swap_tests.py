"""Tests of how mutual a network is, against all networks that share something with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting.group_membership import membership
from refgraph.analysis.connecting.partition import partition
from refgraph.analysis.reciprocity.above_chance import excess
from refgraph.analysis.reciprocity.degree_preserving_swaps import chains_at_once, shuffled, steps
from refgraph.analysis.reciprocity.group_swaps import shuffled_in_groups
from refgraph.analysis.statistics.random import generator
from refgraph.book import professional_limits
from refgraph.errors import OptionError, SizeError
from refgraph.graph.door import Ties, ties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.analysis.reciprocity.degree_preserving_swaps import Chains

__all__ = ["LIMIT_PEOPLE", "LIMIT_WORK", "split_test", "swap_test", "too_large"]

LIMIT_PEOPLE = 3000  # beyond it few chains fit into memory together
LIMIT_WORK = 750_000_000  # steps of single chains, about a minute
_BATCH = 200  # chains whose steps take as long as the overhead of a batch
_SAMPLES = 1000
_NAMES = ("observed", "expected", "sd", "z", "p", "p_less", "excess")


def swap_test(
    G: nx.DiGraph[Any],
    *,
    keep: str = "degrees",
    groups: Mapping[Any, Any] | pd.Series[Any] | None = None,
    alone: Any = None,
    statistic: str = "edge",
    samples: int = _SAMPLES,
    seed: int = 0,
) -> pd.Series[float]:
    r"""Test the share of mutual ties against all networks that keep what everybody has.

    The null: every simple network without loops is equally likely in which each person
    gives to as many, and receives from as many; with ``keep="groups"``, to as many and from
    as many of each group. The first is sampled by swapping the receivers of two ties and
    reversing rounds of three, which together reach them all [1]_; the second by the
    same two moves, but only between two ties that both lead from the one group to the
    other, and for rounds within a group: these reach all of its networks, for the ties of
    each two groups can be anything, whatever the others are.
    With observed share :math:`r` and those of :math:`S` samples :math:`r^*`,

    .. math::
        z = \frac{r - \bar{r^*}}{\text{sd}(r^*)}, \quad
        p = \frac{1 + \#\{r^* \ge r\}}{1 + S}, \quad
        p_\text{less} = \frac{1 + \#\{r^* \le r\}}{1 + S}, \quad
        \text{excess} = \frac{r - \bar{r^*}}{1 - \bar{r^*}}

    A chain of swaps walks from the network to a hub, and every sample walks as far
    from the hub on its own: the parallel method of [2]_, with which ``p`` is valid
    however long the walk; it has 20 swaps for each tie so that the mean and the sd are too.

    Where people refer within groups, some of what goes out comes back because both are of
    one group, and not because it is given back: ``keep="degrees"`` then finds more than
    chance in networks whose ties are independent, and ``keep="groups"`` does not.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.
    keep : {"degrees", "groups"}, default "degrees"
        What the random networks have in common with this one.
    groups : mapping or Series, optional
        With ``keep="groups"``, person to group. Each person without one (missing, None,
        NaN or "") is a group alone, so that all their ties stay: what could be said of
        groups that nobody knows?
    alone : hashable, optional
        With ``keep="groups"``, a person who is a group alone whatever the groups say, as
        the one whose book it is, whose ties are not written down like those of others.
    statistic : {"edge", "dyad"}, default "edge"
        Share of ties that are returned, :math:`2M/L`, or share of linked pairs that
        are mutual, :math:`M/(L - M)`, with :math:`M` mutual pairs and :math:`L` ties.
    samples : int, default 1000
        Number of networks drawn.
    seed : int, default 0
        Where the chance comes from; the same seed gives the same answer.

    Returns
    -------
    pandas.Series
        Floats ``observed``, ``expected``, ``sd``, ``z`` (NaN if no other share came
        up), ``p`` (as many mutual ties or more), ``p_less``, ``excess``, ``samples``
        and ``seed``. All but the last two are NaN without ties; ``sd`` and ``z`` are
        NaN for a single sample.

    Raises
    ------
    OptionError
        The statistic or what is to be kept is neither of the two, there are no samples to
        be drawn, groups are missing, not asked for, or those of nobody in the network, or the
        person who is to be alone is not in it.
    SizeError
        The network is too large, see :func:`too_large`.

    See Also
    --------
    split_test : groups that are not known, found in one half and tested in the other.
    dbcm : the first question by a formula, for networks of any size.

    References
    ----------
    .. [1] Rao, A. R., Jana, R., Bandyopadhyay, S. (1996). A Markov chain Monte Carlo
       method for generating random (0, 1)-matrices with given marginals. *Sankhya A*
       58, 225-242.
    .. [2] Besag, J., Clifford, P. (1989). Generalized Monte Carlo significance tests.
       *Biometrika* 76, 633-642.

    Examples
    --------
    Each of three gives to one and receives from one: two networks only, both of them rounds.

    >>> from refgraph import referral_graph
    >>> swap_test(referral_graph([("A", "B", 1), ("B", "C", 1), ("C", "A", 1)]), samples=99)
    observed     0.0
    expected     0.0
    sd           0.0
    z            NaN
    p            1.0
    p_less       1.0
    excess       0.0
    samples     99.0
    seed         0.0
    Name: chance, dtype: float64

    Four people who each give to one, and receive from one, make nine networks. If two pairs
    who refer to each other are two groups, one is left that keeps the ties of each group.

    >>> G = referral_graph([("A", "B", 1), ("B", "A", 1), ("C", "D", 1), ("D", "C", 1)])
    >>> pairs = {"A": "x", "B": "x", "C": "y", "D": "y"}
    >>> float(swap_test(G, keep="groups", groups=pairs, samples=99)["expected"])
    1.0
    """
    professional_limits.refuse_of(G)
    _refuse(statistic, samples)
    if keep not in ("degrees", "groups"):
        msg = f"what is kept is 'degrees' or 'groups', not {keep!r}"
        raise OptionError(msg)
    if (groups is None) == (keep == "groups") or (groups is None and alone is not None):
        msg = "groups, and who is alone, go with keep='groups', and keep='groups' goes with groups"
        raise OptionError(msg)
    edges = _small(G, samples)
    code = None if groups is None else _apart(G, _known(G, edges, groups), alone)
    rng = generator(seed)
    if not len(edges.giver):
        return _compared(edges, (), statistic, samples, seed)
    if code is None:
        chains = shuffled(edges, samples=samples, rng=rng)
    else:
        chains = shuffled_in_groups(edges, code, samples=samples, rng=rng)
    return _compared(edges, chains, statistic, samples, seed)


def split_test(
    G: nx.DiGraph[Any],
    *,
    alone: Any = None,
    statistic: str = "edge",
    samples: int = _SAMPLES,
    seed: int = 0,
) -> pd.Series[float]:
    """Test as :func:`swap_test` with ``keep="groups"`` does, where nobody names the groups.

    Groups found in a network by who refers to whom fit its mutual ties, and what is found
    and tested in the same ties is no test. So all pairs of people are cut by chance into two
    halves, a pair with its ties in both directions; groups are found in the one half, and the
    other is compared with the networks that keep everybody's ties to and from these
    groups, and have none in the first half. The groups are sought at several
    resolutions, rather too many than too few: groups smaller than the true ones leave the
    test valid, and only larger ones do not. Who has no tie in the first half is a group alone.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.
    alone : hashable, optional
        A person who is to be a group alone, as the one whose book it is.
    statistic, samples, seed
        As for :func:`swap_test`; the seed also cuts the halves.

    Returns
    -------
    pandas.Series
        As that of :func:`swap_test`, of the tested half alone; then ``ties``, their number
        there, and ``groups``, the number of groups. All but these, ``samples`` and ``seed``
        are NaN if either half has no ties.

    Raises
    ------
    OptionError
        As :func:`swap_test`, or the person who is to be alone is not in the network.
    SizeError
        The network is too large, see :func:`too_large`.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> rows = [(f"{a}{u}", f"{a}{v}", 1) for a in "xy" for u in range(9) for v in range(9)]
    >>> found = split_test(referral_graph([row for row in rows if row[0] != row[1]]), samples=99)
    >>> found[["observed", "expected", "p", "groups"]].tolist()
    [1.0, 1.0, 1.0, 2.0]
    """
    professional_limits.refuse_of(G)
    _refuse(statistic, samples)
    edges, rng = _small(G, samples), generator(seed)
    first = _half(edges.people, rng)
    inside = first[edges.giver, edges.receiver]
    code = _apart(G, partition(_among(edges, inside), seed=seed), alone)
    tested = _among(edges, ~inside)
    drawn: Iterable[Chains] = ()
    if inside.any() and len(tested.giver):
        drawn = shuffled_in_groups(tested, code, samples=samples, rng=rng, barred=first)
    values = _compared(tested, drawn, statistic, samples, seed)
    values["ties"], values["groups"] = len(tested.giver), len(np.unique(code))
    return values


def too_large(G: nx.DiGraph[Any], *, samples: int = _SAMPLES) -> str:
    """Say why a network is too large for :func:`swap_test`; nothing if it is not.

    What would take more than about a minute is too large, and so are more than 3,000 people.
    1,000 samples took 40 s of 7,000 ties among 1,000 people, and 31 s of 11,500 among 300.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    samples : int, default 1000
        Number of networks to be drawn.

    Returns
    -------
    str
        The sentence of the SizeError, or nothing.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> too_large(referral_graph([("Ann", "Bo", 1)]))
    ''
    """
    edges = ties(G)
    return _too_large(edges.people, len(edges.giver), samples)


def _too_large(people: int, total: int, samples: int) -> str:
    batches = 1 + -(-samples // chains_at_once(people, total))  # the hub is one, too
    work = steps(total) * (samples + _BATCH * batches)
    if people <= LIMIT_PEOPLE and work <= LIMIT_WORK:
        return ""
    return (
        f"{people:,} people and {total:,} ties are too many for {samples:,} shuffled networks "
        f"in about a minute; chance.dbcm answers by a formula, for networks of any size"
    )


def _refuse(statistic: str, samples: int) -> None:
    if statistic not in {"edge", "dyad"}:
        msg = f"the statistic is 'edge' or 'dyad', not {statistic!r}"
        raise OptionError(msg)
    if samples < 1:
        msg = f"the number of samples is 1 or more, not {samples}"
        raise OptionError(msg)


def _small(G: nx.DiGraph[Any], samples: int) -> Ties:
    """Give the ties of a network that is not too large."""
    edges = ties(G)
    if message := _too_large(edges.people, len(edges.giver), samples):
        raise SizeError(message)
    return edges


def _known(
    G: nx.DiGraph[Any], edges: Ties, groups: Mapping[Any, Any] | pd.Series[Any]
) -> NDArray[np.int64]:
    """Give the number of everybody's group, which somebody must have."""
    code, names = membership(G, groups)
    if len(edges.giver) and not names:
        msg = "the groups are those of nobody in the network"
        raise OptionError(msg)
    return code


def _apart(G: nx.DiGraph[Any], code: NDArray[np.int64], alone: Any) -> NDArray[np.int64]:
    """Make a group of everybody who has none, and of who is to be alone; number them from 0."""
    code = code.copy()
    if alone is not None:
        if alone not in G:
            msg = f"{alone!r} is not in the network"
            raise OptionError(msg)
        code[list(G).index(alone)] = -1
    none = code < 0
    code[none] = code.max(initial=-1) + 1 + np.arange(np.count_nonzero(none))
    return np.unique(code, return_inverse=True)[1].astype(np.int64)


def _half(people: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Draw one half of all pairs of people, as a symmetric matrix."""
    drawn = np.triu(rng.random((people, people)) < 0.5, 1)
    return np.asarray(drawn | drawn.T)


def _among(edges: Ties, which: NDArray[np.bool_]) -> Ties:
    """Give some of the ties; of a pair both or neither."""
    return Ties(edges.people, edges.giver[which], edges.receiver[which], edges.weight[which])


def _compared(
    edges: Ties, drawn: Iterable[Chains], statistic: str, samples: int, seed: int
) -> pd.Series[float]:
    """Set the share of mutual ties against those of the drawn networks; NaN if there are none."""
    values = dict.fromkeys(_NAMES, np.nan) | {"samples": samples, "seed": seed}
    if counts := [chains.mutual() for chains in drawn]:
        mutual, found = np.concatenate(counts), np.count_nonzero(edges.returned) // 2
        total = len(edges.giver)
        shares = 2 * mutual / total if statistic == "edge" else mutual / (total - mutual)
        r = 2 * found / total if statistic == "edge" else found / (total - found)
        if mutual.min() == mutual.max():
            expected, sd = float(shares[0]), 0.0 if samples > 1 else np.nan
        else:
            expected, sd = float(shares.mean()), float(shares.std(ddof=1))
        values |= {
            "observed": r,
            "expected": expected,
            "sd": sd,
            "z": (r - expected) / sd if sd > 0 else np.nan,
            "p": (1 + np.count_nonzero(mutual >= found)) / (1 + samples),
            "p_less": (1 + np.count_nonzero(mutual <= found)) / (1 + samples),
            "excess": excess(r, expected),
        }
    return pd.Series(values, dtype=float, name="chance")
