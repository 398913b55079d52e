"""What people write for how a referral stands, in seven languages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["asks_whether_closed", "is_no", "status_of"]

#: A status, and what is written for it.
_WORDS = {
    "given": """
        given, new, open, pending, sent, received, referred, waiting, tbd, to be determined,
        unknown, in progress?, not yet, no answer yet, introduced, offen, neu,
        ausstehend, gesendet, en attente, ouvert, nouveau, envoye, pendiente, abierto,
        nuevo, enviado, in attesa, aperto, nuovo, inviato, open staand, nieuw, in
        afwachting, verstuurd, pendente, aberto, novo
    """,
    "contacted": """
        contacted, called, emailed, spoke, spoken, reached, reached out, left message, left
        voicemail, in contact, in touch, responded, attempted, qualified, in progress,
        active, working, kontaktiert, angerufen, in kontakt, in bearbeitung, contacte,
        appele, en cours, contactado, llamado, en curso, en proceso, contattato,
        chiamato, in corso, gecontacteerd, gebeld, in behandeling, contatado, em
        andamento, ligado
    """,
    "met": """
        met, meeting, meeting set, meeting held, appointment, appointment set, scheduled,
        consultation, consulted, quoted, proposal, proposal sent, under contract,
        negotiation, in negotiation, showing, getroffen, termin, terminiert, treffen,
        angebot, rencontre, rendez-vous, rdv, devis, reunion, cita, reunido, oferta,
        incontrato, appuntamento, preventivo, afspraak, ontmoet, gesproken, offerte,
        reuniao, encontro, proposta
    """,
    "won": """
        won, closed won, closed - won, closed, sold, yes, y, done, completed, complete, signed,
        hired, retained, engaged, converted, became client, became a client, client,
        paid, settled, funded, bound, success, successful, deal, gewonnen, ja,
        abgeschlossen, verkauft, erfolgreich, unterschrieben, gagne, conclu, signe, oui,
        vendu, ganado, cerrado, firmado, si, vendido, hecho, vinto, chiuso, firmato,
        venduto, concluso, getekend, verkocht, afgerond, ganho, fechado, assinado, sim,
        concluido
    """,
    "lost": """
        lost, closed lost, closed - lost, dead, no, n, declined, not interested, no interest,
        cancelled, canceled, rejected, refused, unqualified, disqualified, no show, did
        not close, not converted, fell through, withdrawn, dropped, verloren, nein,
        abgelehnt, kein interesse, abgesagt, perdu, non, refuse, pas interesse, annule,
        perdido, rechazado, cancelado, no interesado, sin interes, perso, rifiutato,
        annullato, non interessato, nee, afgewezen, geen interesse, geannuleerd, nao,
        recusado, sem interesse
    """,
}
_CLOSED = re.compile(
    r"\b(completed?|closed|done|finished|erledigt|abgeschlossen|termine|cerrad[oa]|chius[oa]"
    r"|afgerond|concluid[oa])\b"
)
_NO = frozenset({"no", "n", "nein", "non", "nee", "nao"})
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def status_of(text: str) -> str | None:
    """Give the status that is meant by a word, if it is known beyond doubt.

    Examples
    --------
    >>> status_of("Closed / Won"), status_of(" abgelehnt"), status_of("Under contract!")
    ('won', 'lost', 'met')
    >>> status_of("see file")
    """
    return _meanings().get(_plain(text))


def asks_whether_closed(header: str) -> bool:
    """Tell whether a header asks if a referral is closed, and not what became of it.

    Examples
    --------
    >>> asks_whether_closed("Referral Completed (Y/N)"), asks_whether_closed("Outcome")
    (True, False)
    """
    return _CLOSED.search(_plain(header)) is not None


def is_no(text: str) -> bool:
    """Tell whether a text says no, in one of the languages."""
    return _plain(text) in _NO


@cache
def _meanings() -> Mapping[str, str]:
    return {
        _plain(word): status
        for status, words in _WORDS.items()
        for word in words.split(",")
        if not word.rstrip().endswith("?")
    }


def _plain(text: str) -> str:
    """Give a text in small letters without accents, and without what stands between its words."""
    return " ".join(_EDGES.sub("", bare(text)).replace("/", " ").replace("-", " ").split())
