"""What people write for which way a referral went, in seven languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["direction_of"]

_WORDS = {
    "given": """
        given, gave, give, gave to, given to, sent, sent to, send, out, outgoing, outbound, to,
        made, referred, referred to, referred out, i gave, i sent, passed, gegeben,
        gesendet, ausgehend, aus, an, weitergeleitet, donne, donnee, envoye, envoyee,
        sortant, sortante, dado, dada, di, enviado, enviada, saliente, salida, dato,
        inviato, inviata, uscita, in uscita, uscente, gegeven, verstuurd, uitgaand, uit,
        saida
    """,
    "received": """
        received, got, get, got from, received from, in, incoming, inbound, from, referred by, i
        got, i received, erhalten, bekommen, eingehend, ein, von, empfangen, recu,
        recue, entrant, entrante, recibido, recibida, recibi, entrada, ricevuto,
        ricevuta, in entrata, entrata, ontvangen, gekregen, inkomend, recebido, recebida
    """,
}


def direction_of(text: str) -> str | None:
    """Give ``given`` or ``received`` for a word that means it, seen from me.

    Examples
    --------
    >>> direction_of("OUT"), direction_of("Reçu"), direction_of("Referred by")
    ('given', 'received', 'received')
    >>> direction_of("maybe")
    """
    return _meanings().get(" ".join(bare(text).split()))


@cache
def _meanings() -> Mapping[str, str]:
    return {
        " ".join(word.split()): way for way, words in _WORDS.items() for word in words.split(",")
    }
