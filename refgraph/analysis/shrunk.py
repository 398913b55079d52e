"""How likely a referral is to be followed by one back: the rates shrunk to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Evidence", "Shrunk", "shrink"]

_OWN, _PARTNER, _RECEIPT = 1.5, 2.5, 0.25  # the first two in answers


class Evidence(NamedTuple):
    r"""What is known before a referral is given, each weighed by its age.

    Attributes
    ----------
    answered, watched : float or ndarray
        Episodes of everybody: :math:`Y, M`. A closed one was watched once, an open one
        for the share of its horizon that has passed.
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
    """

    base: Any
    partner: NDArray[np.float64]
    receipts: NDArray[np.float64]
    unasked: NDArray[np.float64]
    returned: NDArray[np.float64]
    kept: NDArray[np.float64]

    @property
    def expected(self) -> NDArray[np.float64]:
        """The chance of a return, before it is corrected: :math:`r_{ij}`."""
        return self.returned / (self.returned + self.kept)


def shrink(known: Evidence) -> Shrunk:
    """Shrink each level to the one above.

    The formula is that of :func:`refgraph.analysis.expected.expected_return`.

    Examples
    --------
    Nothing is known, not even of anybody:

    >>> nothing = np.zeros(1)
    >>> float(shrink(Evidence(0.0, 0.0, *[nothing] * 7)).expected[0])
    0.5
    """
    base = (known.answered + 1) / (known.watched + 2)
    partner = (known.partner_answered + _PARTNER) / (known.partner_watched + _PARTNER / base)
    receipts = _RECEIPT * known.received
    none = (1 + np.log(2) * known.usual / (known.usual + 1)) ** -(known.unasked + 1)
    gifts = _OWN / base  # that bring so many answers
    returned = known.own_answered + receipts + gifts * (1 - (1 - partner) * none)
    kept = known.own_watched - known.own_answered + gifts * (1 - partner) * none
    kept = np.maximum(kept, np.finfo(float).tiny)  # of a thousand in a horizon, none is 0
    return Shrunk(base, partner, receipts, 1 - none, returned, kept)
