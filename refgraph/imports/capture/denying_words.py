"""The words by which a mail says that something is not so, not yet, or for the other one.

In English, German, French, Spanish, Italian, Dutch and Portuguese, as `introducing_words`.
"""

from __future__ import annotations

import re

__all__ = ["FOR_WHOM_IT_IS_SAID", "IN_A_PLURAL", "NO_THANKS", "is_denied", "sentences"]

_ENDS = re.compile(r"[.?!…。]+(?:\s|$)")
_DENIES = re.compile(
    r"\b(?:cannot|\w+n't|wont|not|never|unable|decline\w*|nicht|kein\w*|niemals|leider"
    r"|(?:ne|n'\w+)\b[^.?!]{0,40}\b(?:pas|plus|jamais)|no (?:puedo|podemos|podre|quiero|queremos|voy"
    r"|vamos|te|os|le|les|se|me|nos|es)|nunca|non|mai|niet|geen|nooit|nao)\b",
)
# Who are made known to each other have not met yet: that is no denial of it.
_YET = re.compile(
    r"\b(?:know|knows|known|met|meet|think|sure|only|just|kenn\w*|begegnet|sicher|nur|connai\w*"
    r"|rencontr\w*|sur|conoc\w*|conosc\w*|conhec\w*|incontrat\w*|sicuro|seguro|kent|kennen"
    r"|ontmoet)\b"
)
#: Several are spoken to at once, whom the mail need not name.
IN_A_PLURAL = re.compile(
    r"\byou (?:two|both|guys|all)\b|\bthe two of you|\beach other|\bboth\b|\b(?:euch|ihr|beide\w*"
    r"|einander|miteinander)\b|\b(?:vous (?:deux|presente|mets?|mettre|presenter)|les deux"
    r"|ensemble|deux)\b|\b(?:os|los dos|las dos|ambos|ambas)\b|\b(?:vi|voi|entrambi|mettervi"
    r"|presentarvi)\b|\b(?:jullie|elkaar|beiden)\b|\b(?:voces|vos|ambos)\b"
)
#: What whom I am made known to does for me: then it is I who was sent to them.
FOR_WHOM_IT_IS_SAID = re.compile(
    r"\b(?:can|could|will|would|might|may|able to|happy to|glad to) (?:certainly |really |surely )?"
    r"(?:help|assist|advise|support) you\b"
    r"|\byou (?:are|were|have been|'re|said you (?:are|were)) (?:looking|searching|asking) for"
    r"|\byou (?:need|needed|wanted|asked)\b|\bfor your (?:search|project|problem)"
    r"|\b(?:dir|ihnen)\b[^.?!]{0,30}\b(?:helfen|weiterhelfen|unterstutzen)"
    r"|\b(?:du|sie)\b[^.?!]{0,12}\b(?:suchst|suchen|brauchst|brauchen|gesucht)"
    r"|\b(?:peut|pourra|pourrait|saura) (?:t'|vous )(?:aider|conseiller)"
    r"|\b(?:tu cherch|vous cherch|tu as besoin|vous avez besoin)"
    r"|\b(?:puede|podra|podria) (?:ayudar(?:te|le)|asesorar(?:te|le))"
    r"|\b(?:que|como) (?:buscas|buscabas|necesitas)"
    r"|\b(?:puo|potra|potrebbe) (?:aiutar(?:ti|la)|consigliar(?:ti|la))|\b(?:che|come) cerc(?:hi|avi)\b"
    r"|\bkan (?:je|u) (?:helpen|adviseren)|\b(?:je|u) zoekt\b"
    r"|\bpode (?:ajudar|te ajudar|lhe ajudar|ajuda-lo)"
)
#: Thanks that refuse, that ask, or that are for a thing and not for a person.
NO_THANKS = re.compile(
    r"\b(?:no|nein|non|nee|nao),? (?:thank|thx|dank|merci|gracias|grazie|obrigad|bedankt)"
    r"|\b(?:thank\w*|dank\w*|merci|gracias|grazie|bedankt|obrigad\w),? (?:you,? )?(?:anyway,? )?"
    r"(?:but|aber|mais|pero|ma|maar|mas) (?:no|not|we|i|nein|nicht|wir|ich|non|nous|je|nee|nao)\b"
    r"|\bin advance\b|\bim voraus\b|\bd'avance\b|\bpor (?:adelantado|anticipado)\b"
    r"|\bin anticipo\b|\bbij voorbaat\b|\bantecipad\w+|\bde antemano\b"
    r"|\bif you\b|\b(?:would|'d|should|will) (?:\w+ )?(?:be (?:\w+ )?(?:grateful|thankful)"
    r"|appreciate)|\b(?:ware|waren|wurde|wurden)\b|\b(?:wenn|falls) (?:du|sie)\b|\bs'il (?:vous|te)\b"
    r"|\b(?:serais|serions|apprecierais)\b|\bsi (?:vous|tu|pudier\w+|puedes|potess\w+|puoi)\b"
    r"|\b(?:agradeceria\w*|estaria)\b|\b(?:sarei|saremmo)\b|\bse (?:puoi|potess\w+|puder)\b"
    r"|\bals (?:je|u)\b|\bthank\w* (?:you )?for nothing|\bfor contacting\b|\bkontaktaufnahme\b"
    r"|\blinked ?in\b|\bxing\b|\b(?:getting|staying|keeping|being|get|keep) in touch"
    r"|\b(?:your|the) (?:\w+ )?(?:presentation|talk)\b|\bpresentation d'hier|\bde contacter\b"
    r"|\bpor contactar\b|\bstat[oa] presente|\bpor estar presente"
    r"|\b(?:invoice|receipt|document|file|attachment|link|pdf|contract|quote|estimate|photo|picture"
    r"|article|report|details|slides|information|reminder|book|restaurant|hotel)s?\b"
    r"|\b(?:rechnung|unterlage|dokument|datei|anhang|vertrag|angebot|foto|bild|artikel|bericht|paket"
    r"|information)(?:en|e|er|s|n)?\b"
    r"|\b(?:facture|document|fichier|contrat|devis|photo|rapport|colis)s?\b"
    r"|\b(?:factura|documento|archivo|contrato|presupuesto|foto|informe|paquete|enlace)s?\b"
    r"|\b(?:fattur[ae]|document[oi]|contratt[oi]|preventiv[oi]|allegat[oi])\b"
    r"|\b(?:factuur|bestand|offerte|bijlage)\b"
)


def sentences(text: str) -> list[str]:
    """Split a text into its sentences.

    Examples
    --------
    >>> sentences("Dana, meet Bo. He is great")
    ['Dana, meet Bo', 'He is great']
    """
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def is_denied(sentence: str) -> bool:
    """Tell whether a sentence without capitals and accents says that something is not so.

    Examples
    --------
    >>> is_denied("i cannot introduce you to bo"), is_denied("you have not met bo yet")
    (True, False)
    """
    return any(
        not _YET.search(sentence[found.start() : found.end() + 40])
        for found in _DENIES.finditer(sentence)
    )
