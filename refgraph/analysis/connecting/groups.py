"""Which groups exist: the ones the book declares, else the ones its referrals show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from refgraph.analysis.connecting.group_membership import membership
from refgraph.analysis.connecting.partition_agreement import agreement
from refgraph.analysis.statistics.integers import counts_in
from refgraph.analysis.statistics.random import generator
from refgraph.analysis.statistics.sorting import distinct
from refgraph.book import professional_limits
from refgraph.book.arrival import by_arrival
from refgraph.graph.door import adjacency, index, ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from refgraph.book.book import Book
    from refgraph.graph.door import Ties

__all__ = [
    "agreement",
    "by_group",
    "centre",
    "declared",
    "detect",
    "doubt",
    "found",
    "found_in",
    "of",
    "sizes",
]

_NOISE = 1e-9  # no difference of modularity at all
_FEWEST = 8  # people with ties, among whom groups are sought
_SAMPLES, _TIES = (3, 19), 40_000  # random networks, and their ties in all as far as these go
_AROUND = "around "
#: What was found of a book, by where the search began and by the network, for the next question.
_KEPT: WeakKeyDictionary[Book, dict[tuple[int, bytes, bytes], pd.Series[str]]] = WeakKeyDictionary()
_NUMBERS = ("inside", "given", "received", "edge")  # not told of a book of health


def declared(book: Book) -> pd.Series[str]:
    """Group of each person as ``people.csv`` names it; "" where it names none.

    Examples
    --------
    >>> from refgraph import Book
    >>> declared(Book.sample())["Robin Hale"]
    'Lunch club'
    """
    return book.people["group"].rename("group")


def detect(G: nx.DiGraph[Any], *, seed: int = 0) -> pd.Series[str]:
    r"""Find groups that refer among themselves more than their activity explains.

    Louvain's method [1]_ for the modularity of directed networks [2]_ [3]_: with
    :math:`s^{out}_i` referrals given and :math:`s^{in}_i` received, of :math:`m` in all,

    .. math::
        Q = \frac{1}{m} \sum_{ij} \left(w_{ij} - \frac{s^{out}_i s^{in}_j}{m}\right)
        [c_i = c_j]

    Where no groups found are better by :math:`Q` than the parts of the network that no
    referral joins, those parts are the groups: so it is if one person gives, or
    receives, all there is.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    seed : int, default 0
        The method visits people in a random order; the same seed gives the same groups.

    Returns
    -------
    pandas.Series
        Indexed by ``person``: ``"group 1"`` is the largest, of equally large ones that
        of the person first in ``G``. People without referrals are in no group, ``""``;
        people with referrals may be one alone.

    References
    ----------
    .. [1] Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre, E. (2008). Fast
       unfolding of communities in large networks. *Journal of Statistical Mechanics*
       P10008.
    .. [2] Leicht, E. A., Newman, M. E. J. (2008). Community structure in directed
       networks. *Physical Review Letters* 100, 118703.
    .. [3] Dugué, N., Perez, A. (2015). Directed Louvain: maximizing modularity in
       directed networks. Université d'Orléans.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> rows = [("A", "B", 5), ("B", "C", 5), ("C", "A", 5), ("C", "D", 1)]
    >>> rows += [("D", "E", 5), ("E", "F", 5), ("F", "D", 5)]
    >>> detect(referral_graph(rows)).tolist()
    ['group 1', 'group 1', 'group 1', 'group 2', 'group 2', 'group 2']
    """
    edges = ties(G)
    label = np.full(edges.people, "", dtype=object)
    tied = np.unique(np.r_[edges.giver, edges.receiver])
    if len(tied):
        found = _best(adjacency(G)[tied][:, tied], seed)
        _, first, code, size = np.unique(
            found, return_index=True, return_inverse=True, return_counts=True
        )
        number = np.argsort(np.lexsort((first, -size)))
        label[tied] = [f"group {at + 1}" for at in number[code].tolist()]
    return pd.Series(label, index=index(G), name="group", dtype="str")


def by_group(G: nx.DiGraph[Any], group: Mapping[Any, str] | pd.Series[str]) -> pd.DataFrame:
    r"""Referrals inside each group, and between it and the others.

    .. math::
        \text{inside\_share} = \frac{\text{inside}}{\text{inside} + \text{given}}, \quad
        \text{edge} = \frac{|\{(i, j) : w_{ij} > 0, w_{ji} > 0\}|}{|\{(i, j) : w_{ij} > 0\}|}

    with :math:`i` and :math:`j` both in the group. Beside the inside share stands the one to be
    expected if everybody gave as much as they do, and to all others in proportion to what these
    receive: with :math:`s^{out}_i` referrals given and :math:`s^{in}_j` received, of :math:`m`
    in all, and for nobody to themselves,

    .. math::
        \text{inside\_expected} = \frac{1}{\text{inside} + \text{given}} \sum_{i \in g}
        s^{out}_i \frac{\sum_{j \in g, j \ne i} s^{in}_j}{m - s^{in}_i}

    A group that receives much keeps much to itself without choosing so. Groups that were found
    in these same referrals lie above it because they were sought to do so.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    group : mapping or Series
        Person to group, ``""`` for none.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``group``, sorted, with all people of no group as the last row, ``""``,
        where there are any. Floats ``people``, ``inside`` (referrals among them),
        ``given`` and ``received`` (to and from everybody else), ``inside_share`` and
        ``inside_expected`` (NaN if they give none) and ``edge`` (of the ties among them, the
        share that has one back; NaN without any). Of a book with the profile ``health``
        only ``people`` and the two shares, of days on which a referral passed.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2)])
    >>> by_group(G, {"Ann": "north", "Bo": "north", "Cy": "south"}).round(2)
           people  inside  given  received  inside_share  inside_expected  edge
    group
    north       2       4      2         0          0.67             0.56   1.0
    south       1       0      0         2           NaN              NaN   NaN
    """
    edges = ties(G)
    code, names = membership(G, group)
    if (code < 0).any():
        code, names = np.where(code < 0, len(names), code), [*names, ""]
    dtype = "str" if all(isinstance(name, str) for name in names) else "object"
    rows = pd.Index(names, dtype=dtype, name="group", tupleize_cols=False)
    by, to = code[edges.giver], code[edges.receiver]
    among = by == to

    def total(which: NDArray[np.int64], amount: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(which, amount, len(rows)).astype(float)

    table = pd.DataFrame({"people": total(code, np.ones(len(code)))}, index=rows)
    table["inside"] = total(by[among], edges.weight[among])
    table["given"] = total(by[~among], edges.weight[~among])
    table["received"] = total(to[~among], edges.weight[~among])
    table["inside_share"] = table["inside"] / (table["inside"] + table["given"])
    table["inside_expected"] = _expected(edges, code, len(rows))
    mutual = total(by[among], (edges.returned[among] > 0).astype(float))
    number = total(by[among], np.ones(int(among.sum())))
    table["edge"] = np.divide(mutual, number, out=np.full(len(rows), np.nan), where=number > 0)
    table = counts_in(table, ("people", "inside", "given", "received"))
    return table if professional_limits.compared(G) else table.drop(columns=[*_NUMBERS])


def of(book: Book, G: nx.DiGraph[Any], *, seed: int = 0) -> pd.Series[str]:
    """Give everybody in a graph their group: declared ones if the book has any, else detected.

    A detected group is called after its member with ties to the most people, ``"around Ann"``;
    one person alone is none. Where :func:`doubt` says why not, nobody is in a group. People are
    gone through as they came into the record, so that the groups do not hang on names.

    Returns
    -------
    pandas.Series
        Indexed by ``person`` in the order of ``G``; ``""`` for no group.
        ``attrs["source"]`` is ``"declared"`` or ``"detected"``, ``attrs["doubt"]`` why no groups
        are told, ``""`` where they are.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> of(book, book.graph()).attrs["source"]
    'declared'
    """
    named = declared(book).reindex(index(G), fill_value="")
    known = bool((named != "").any())
    if known:
        named.attrs |= {"source": "declared", "doubt": ""}
        return named
    return found_in(book, G, seed=seed)


def found_in(book: Book, G: nx.DiGraph[Any], *, seed: int = 0) -> pd.Series[str]:
    """Give everybody in a graph of a book their group by who refers to whom, as :func:`of` does.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> found_in(book, book.graph()).attrs["source"]
    'detected'
    """
    kept = _KEPT.setdefault(book, {})
    key = seed, book.places(list(G)).tobytes(), ties(G).content()
    if key not in kept:
        kept[key] = found(by_arrival(book, G), seed=seed)
    group = kept[key]
    told = group.reindex(index(G))
    told.attrs |= group.attrs
    return told


def found(G: nx.DiGraph[Any], *, seed: int = 0) -> pd.Series[str]:
    """Give everybody in a graph their group by who refers to whom, under the name of its centre.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> found(referral_graph([("A", "B", 1)])).tolist()
    ['', '']
    """
    parts = detect(G, seed=seed)
    why = doubt(G, parts, seed=seed)
    group = pd.Series("", index=parts.index, name="group", dtype="str")
    if not why:
        group = _called(G, parts)
    group.attrs |= {"source": "detected", "doubt": why}
    return group


def centre(group: str) -> str:
    """Give the person a detected group is called after.

    Examples
    --------
    >>> centre("around Ann")
    'Ann'
    """
    return group.removeprefix(_AROUND)


def sizes(book: Book, group: pd.Series[str]) -> dict[str, int]:
    """Count the people of each group, with those who have no ties, and with me.

    Parameters
    ----------
    group : Series
        From :func:`of`, for a graph of the book or a part of it.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> sizes(book, of(book, book.graph()))["Lunch club"]
    5
    """
    every = declared(book) if group.attrs["source"] == "declared" else group
    counted = every[every != ""].value_counts()
    return dict(zip(map(str, counted.index), counted.tolist(), strict=True))


def doubt(G: nx.DiGraph[Any], parts: pd.Series[str], *, seed: int = 0) -> str:
    """Say why detected groups are not to be told; "" where they are.

    Any network can be parted. So the same is done with random networks in which everybody gives
    and receives as many ties (the configuration model, without loops): 19 of them, of many ties
    fewer, at least 3. Only groups of higher modularity than in all of these are told.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    parts : Series
        Its groups, from :func:`detect`.
    seed : int, default 0
        Of the random networks.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> few = referral_graph([("A", "B", 1)])
    >>> doubt(few, detect(few))
    'fewer than 8 people have ties with each other'
    """
    edges = ties(G)
    tied = np.unique(np.r_[edges.giver, edges.receiver])
    if len(tied) < _FEWEST:
        return f"fewer than {_FEWEST} people have ties with each other"
    code, _ = membership(G, parts)
    A = adjacency(G)
    observed = _modularity(A[tied][:, tied], code[tied]) - _NOISE
    rng = generator(seed)
    for _ in range(int(np.clip(_TIES // len(edges.giver), *_SAMPLES))):
        to = rng.permutation(edges.receiver)
        kept = to != edges.giver
        if kept.any() and _modularity_found(edges, to, kept, seed) >= observed:
            return "none clearer than in random networks of the same ties"
    return ""


def _modularity_found(
    edges: Ties, to: NDArray[np.int64], kept: NDArray[np.bool_], seed: int
) -> float:
    """Give the modularity of the groups found where each tie leads to another receiver."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    ends = np.unique(np.stack([edges.giver, to])[:, kept], return_inverse=True)[1].reshape(2, -1)
    n = int(ends.max()) + 1
    A = csr_array((edges.weight[kept], (ends[0], ends[1])), shape=(n, n))
    A.sum_duplicates()
    return _modularity(A, _best(A, seed))


def _called(G: nx.DiGraph[Any], parts: pd.Series[str]) -> pd.Series[str]:
    """Call each group after its member with the most partners, then the most referrals."""
    edges = ties(G)
    ends = np.r_[edges.giver, edges.receiver], np.r_[edges.receiver, edges.giver]
    pair = distinct(ends[0] * edges.people + ends[1]) // max(edges.people, 1)
    partners = np.bincount(pair, minlength=edges.people)
    referrals = np.bincount(ends[0], np.r_[edges.weight, edges.weight], edges.people)
    rank = np.lexsort((np.arange(edges.people), -referrals, -partners))
    label, people = parts.to_numpy(), list(G)
    size = parts.value_counts()
    name: dict[str, str] = {"": ""}
    for k in rank.tolist():
        alone = size[label[k]] < 2
        name.setdefault(label[k], "" if alone else f"{_AROUND}{people[k]}")
    return pd.Series([name[each] for each in label], index=parts.index, name="group", dtype="str")


def _expected(edges: Ties, code: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    """Give the inside share of each group if all gave to others as these receive."""
    given, received = (
        np.bincount(end, edges.weight, edges.people) for end in (edges.giver, edges.receiver)
    )
    gets = np.bincount(code, received, groups)
    gives = np.bincount(code, given, groups)
    others = received.sum() - received  # to whoever gives somebody else receives, so above 0
    share = np.divide(gets[code] - received, others, out=np.zeros(edges.people), where=given > 0)
    inside = np.bincount(code, given * share, groups)
    none = np.full(groups, np.nan)
    return np.asarray(np.divide(inside, gives, out=none, where=gives > 0))


def _best(A: csr_array[Any, tuple[int, int]], seed: int) -> NDArray[np.int64]:
    """Give the groups Louvain finds, or the parts of the network if those are no worse."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415
    from sknetwork.clustering import Louvain  # noqa: PLC0415  # 0.3 s

    A = A / A.data.max()  # so that no product of huge or tiny weights leaves the numbers
    order = generator(seed).permutation(A.shape[0])
    method = Louvain(
        modularity="dugue", sort_clusters=False, return_probs=False, return_aggregate=False
    )
    found = np.empty(len(order), dtype=np.int64)
    found[order] = method.fit_predict(csr_matrix(A[order][:, order]))
    parts = connected_components(A, directed=False)[1].astype(np.int64)
    gain = _modularity(A, found) - _modularity(A, parts)
    return found if gain > _NOISE else parts


def _modularity(A: csr_array[Any, tuple[int, int]], group: NDArray[np.int64]) -> float:
    by, to = group[A.tocoo().row], group[A.tocoo().col]
    share = A.data / A.data.sum()
    given, received = (np.bincount(ends, share, group.max() + 1) for ends in (by, to))
    return float(share[by == to].sum() - given @ received)
