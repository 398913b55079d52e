"""How likely a referral is to be followed by one back: the rates shrunk to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.estimating.heterogeneity import Spread

__all__ = ["Evidence", "Shrunk", "shrink"]

_RECEIPT = 0.25  # answers
_TINY = 1e-9


class Evidence(NamedTuple):
    r"""What is known before a referral is given, each weighed by its age.

    Attributes
    ----------
    answered, watched : float or ndarray
        Episodes of everybody: :math:`Y, M`. A closed one was watched once, an open one
        for the share of returns that come as soon.
    partner_answered, partner_watched : ndarray
        Those made to the person: :math:`Y_j, M_j`.
    own_answered, own_watched : ndarray
        Those of the giver to the person: :math:`y_{ij}, m_{ij}`.
    received : ndarray
        Referrals the giver has from the person.
    unasked : ndarray
        Those of late that answered nothing: :math:`n_{ji}`.
    usual : ndarray
        As many as these would be by how much the person gives and the giver gets of such
        referrals: :math:`\hat n_{ji}`.
    wished, partner_wished : float or ndarray
        Of the answered episodes of everybody, and of those made to the person, what is not
        put down to what comes anyway: :math:`W, W_j`.
    """

    answered: Any
    watched: Any
    partner_answered: NDArray[np.float64]
    partner_watched: NDArray[np.float64]
    own_answered: NDArray[np.float64]
    own_watched: NDArray[np.float64]
    received: NDArray[np.float64]
    unasked: NDArray[np.float64]
    usual: NDArray[np.float64]
    wished: Any
    partner_wished: NDArray[np.float64]

    @property
    def meant(self) -> NDArray[np.float64]:
        """Share of an answer that is put down to the gift, and not to what comes anyway."""
        base = (self.answered + 1) / (self.watched + 2)
        found: NDArray[np.float64] = base / (base + (1 - base) * (1 - self.none(1.0)))
        return found

    def none(self, alike: float, moment: int = 1) -> NDArray[np.float64]:
        """Mean of ``(1 - u)**moment``, the chance that the person sends the giver nothing.

        The rates of pairs, over what is usual for the two, have a Gamma distribution of the
        shape ``alike`` about 1.
        """
        step = np.log(2) * self.usual / (self.usual + alike)
        found: NDArray[np.float64] = (1 + moment * step) ** -(self.unasked + alike)
        return found

    def of(self, chosen: NDArray[Any]) -> Evidence:
        """Take what is known before some of the gifts."""
        return Evidence(*(each[chosen] for each in self))


class Shrunk(NamedTuple):
    """The rates of every level, and the two parameters of the Beta distribution.

    Attributes
    ----------
    base, partner : float or ndarray
        The rates :math:`p_0` and :math:`p_j`.
    receipts : ndarray
        The share of what was received that counts as answers: :math:`e_{ij}`.
    unasked : ndarray
        The chance of a referral that answers nothing: :math:`u_{ij}`.
    returned, kept : ndarray
        The evidence for and against a return; both above 0.
    prior, gifts : ndarray
        The chance of a return before what the giver knows of the person themselves, and how
        many gifts that is worth: :math:`q_{ij}, k_{ij}`.
    """

    base: Any
    partner: NDArray[np.float64]
    receipts: NDArray[np.float64]
    unasked: NDArray[np.float64]
    returned: NDArray[np.float64]
    kept: NDArray[np.float64]
    prior: NDArray[np.float64]
    gifts: NDArray[np.float64]

    @property
    def expected(self) -> NDArray[np.float64]:
        """The chance of a return, before it is corrected: :math:`r_{ij}`."""
        return self.returned / (self.returned + self.kept)

    @property
    def variance(self) -> NDArray[np.float64]:
        """That of the Beta distribution."""
        total = self.returned + self.kept
        found: NDArray[np.float64] = self.returned * self.kept / (total**2 * (total + 1))
        return found


def shrink(known: Evidence, spread: Spread, steps: tuple[Any, Any, float] | None = None) -> Shrunk:
    """Shrink each level to the one above, as far as people and pairs differ.

    The formula is that of :func:`refgraph.analysis.estimating.expected.expected_return`.

    Parameters
    ----------
    known : Evidence
        What is on record.
    spread : Spread
        How far people and pairs differ.
    steps : (float, float, float), optional
        To take these for how far people and pairs differ, columns of several being tried at
        once, and how alike pairs are in what comes unasked; the means of what the spread holds
        if not given.

    Examples
    --------
    Nothing is known, not even of anybody:

    >>> from refgraph.analysis.estimating.heterogeneity import Spread
    >>> nothing, even = np.zeros(1), Spread(np.ones((6, 6, 4)) / 144, 1.0, 1.0)
    >>> float(shrink(Evidence(0.0, 0.0, *[nothing] * 7, 0.0, nothing), even).expected[0])
    0.5
    """
    one, other, alike = spread.middle if steps is None else steps
    people, pairs = one**2, other**2
    base = (known.wished + 1) / (known.watched + 2)
    most = base * (1 - base)
    unsure = most * (1 + (spread.to_person - 1) * people) / (known.watched + 3)
    unsure = np.minimum(unsure, most / 3)
    first = most / (unsure + (most - unsure) * people) - 1
    together = 1 + (spread.to_pair - 1) * pairs  # so many gifts tell of a person as one

    def of_partner(
        came: NDArray[np.float64], made: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        total = first + made / together
        return np.clip((first * base + came / together) / total, _TINY, 1 - _TINY), total

    others = np.maximum(known.partner_watched - known.own_watched, 0)
    came = np.clip(known.partner_wished - known.own_answered, 0, others)
    partner, total = of_partner(came, others)
    varies = partner * (1 - partner) / (total + 1)
    varies += (partner * (1 - partner) - varies) * pairs

    none, both = known.none(alike), known.none(alike, 2)
    fails = np.maximum((1 - partner) * none, _TINY)
    variance = np.maximum(((1 - partner) ** 2 + varies) * both - fails**2, _TINY * fails)
    gifts = np.maximum(fails * (1 - fails) / variance - 1, _TINY)
    receipts = _RECEIPT * known.received
    return Shrunk(
        (known.answered + 1) / (known.watched + 2),
        of_partner(known.partner_wished, known.partner_watched)[0],
        receipts,
        1 - none,
        known.own_answered + receipts + gifts * (1 - fails),
        np.maximum(known.own_watched - known.own_answered, 0) + gifts * fails,
        1 - fails,
        gifts,
    )
