"""The words by which lines of an inbox say what happened, in seven languages."""

from __future__ import annotations

import re

__all__ = [
    "ARROW",
    "BACK_ARROW",
    "BEFORE_DAY",
    "BEFORE_NOTE",
    "BEHIND_DAY",
    "FOR",
    "HANDOFF_WORDS",
    "MARK",
]
__all__ += ["ME", "PAIRED", "SENTENCES", "TODAY"]

#: Between who gave and who received; and the other way round.
ARROW = re.compile(r"\s*(?:[-=–—]+>+|>+|[→⇒⇨➔➙➜➝➞➡⟶⟹›»]\ufe0f?)\s*")
BACK_ARROW = re.compile(r"\s*(?:<+[-=–—]+|<+|[←⇐⇦⬅⟵⟸‹«]\ufe0f?)\s*")
#: Who writes the inbox, as they call themselves.
ME = frozenset(
    (
        *("me", "myself", "i", "ich", "mich", "mir", "moi", "je", "mí", "mi", "yo", "io", "ik"),
        *("mij", "eu", "mim"),
    )
)
#: Before what a thing was for.
FOR = re.compile(
    r"\s+(?:for|about|re|für|wegen|pour|concernant|por|para|per|voor|over|sobre)[:\s]+",
    re.IGNORECASE,
)
#: Days without a date, by how many days ago they are.
TODAY = {
    **dict.fromkeys(("today", "heute", "aujourd'hui", "hoy", "oggi", "vandaag", "hoje"), 0),
    **dict.fromkeys(("yesterday", "gestern", "hier", "ayer", "ieri", "gisteren", "ontem"), 1),
}
#: Before a day that stands at the end of what is said.
BEFORE_DAY = re.compile(r"\s+(?:on|am|le|el|il|op|em|dia)$", re.IGNORECASE)
_TO = r"(?:(?:to|with|an|mit|bei|à|a|al|avec|con|met|aan|com|ao|à la|for)\s+)?"
# Of each kind of touch, the words that stand before who it was with, and those behind.
_BEFORE = {
    "thanks": r"thanks|thank you|thanked|thx|danke|dank|bedankt|gedankt|merci|remercié"
    r"|gracias|agradecí|grazie|ringraziato|bedankt|dank je|obrigad[oa]|agradeci",
    "call": r"call(?:ed)?|phoned?|rang|anruf|angerufen|telefoniert|telefonat|appel(?:é)?"
    r"|téléphoné|llamada|llamé|chiamat[ao]|telefonata|gebeld|belde|liguei|ligação",
    "meeting": r"met|meeting|lunch|coffee|breakfast|dinner|beer|saw|treffen|getroffen|mittagessen"
    r"|kaffee|frühstück|abendessen|rencontré|réunion|rendez-vous|rdv|déjeuner|café|dîner"
    r"|reunión|comida|almuerzo|cena|vi|incontrat[oa]|incontro|riunione|pranzo|caffè"
    r"|afspraak|koffie|ontmoet|gesproken|reunião|almoço|encontrei",
    "email": r"e-?mail(?:ed)?|wrote|mail|geschrieben|gemailt|écrit|courriel|escribí|correo"
    r"|scritto|gemaild|geschreven|escrevi",
    "gift": r"gift|geschenk|cadeau|regalo|presente",
    "ask": r"asked|ask|gefragt|demandé|pregunté|chiesto|gevraagd|perguntei",
    "endorsement": r"endorsed|endorsement",
    "news": r"news|told the news",
    "one-to-one": r"one[- ]to[- ]one|1[- ]?(?:to|2|:)[- ]?1",
}
_BEHIND = {
    "they-thanked-me": r"thanked me|thanks me|said thanks|dankt(?:e)? mir|hat sich bedankt"
    r"|bedankte? sich|m['’]a remercié|me remercie|me agradeció|me dio las gracias"
    r"|mi ha ringraziato|mi ringrazia|bedankte me|bedankte mij|me agradeceu",
    "thanks": r"gedankt|bedankt",
    "call": r"angerufen|gebeld|called me|rang me|hat angerufen|m['’]a appelé|me llamó"
    r"|mi ha chiamato|belde me|me ligou",
    "meeting": r"getroffen|ontmoet",
    "email": r"geschrieben|gemaild|gemailt|wrote me|wrote to me",
}
#: A sentence about one person, by the kind of touch that it is: who it is stands in ``who``.
SENTENCES = (
    *(
        (kind, re.compile(rf"(?P<who>.+?)\s+(?:{words})", re.IGNORECASE))
        for kind, words in _BEHIND.items()
    ),
    *(
        (kind, re.compile(rf"(?:{words})[:\s]+{_TO}(?P<who>.+)", re.IGNORECASE))
        for kind, words in _BEFORE.items()
    ),
)
#: A sentence about two people whom I made known to each other.
PAIRED = re.compile(
    r"(?:introduced|introduction|intro|connected|vorgestellt|vorstellung|bekannt gemacht"
    r"|présenté|présentation|presenté|presentación|presentato|presentazione|voorgesteld"
    r"|apresentei)[:\s]+(?P<who>.+?)"
    r"(?:\s*[+&/]\s*|\s+(?:to|and|with|an|und|mit|à|et|avec|a|y|con|e|aan|en|met|com)\s+)"
    r"(?P<other>.+)",
    re.IGNORECASE,
)
_HANDOFFS = {
    5: r"in person|three[- ]way|together|zu dritt|persönlich|en personne|à trois|en persona"
    r"|di persona|met z['’]n drieën|persoonlijk|pessoalmente",
    4: r"called ahead|call(?:ed)? (?:him|her|them) first|arranged|vorher angerufen|vorab angerufen"
    r"|termin (?:gemacht|vereinbart)|appelé avant|prévenue?|llamé antes|avisad[oa]"
    r"|chiamato prima|avvisat[oa]|vooraf gebeld|liguei antes",
    3: r"recommended|empfohlen|recommandée?|recomendad[oa]|recomendé|raccomandat[oa]|aanbevolen",
    2: r"by e-?mail|e-?mail intro|sent (?:the )?material|per e-?mail|par e-?mail|par courriel"
    r"|por correo|via e-?mail|via mail|por e-?mail",
    1: r"(?:gave|shared|has|have) (?:the |his |her |their |my |your )?(?:number|contact|card)"
    r"|nummer gegeben|kontakt gegeben|donné (?:le|son) numéro|di (?:el|su) número"
    r"|dato il numero|nummer gegeven",
    0: r"told (?:him|her|them|to) (?:to )?call|use my name|will call|ruft an|va appeler"
    r"|llamará|chiamerà|gaat bellen",
}
#: How an introduction was made, as a note tells it, from the most that was done.
HANDOFF_WORDS = tuple(
    (level, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    for level, words in _HANDOFFS.items()
)
#: What stands before a line in a list of notes, and before what it is noted with.
MARK = re.compile(r"\A\s*(?:[-*•–+]|\[[ xX]?\]|[0-9]{1,3}[.)](?=\s))\s+")
BEFORE_NOTE = re.compile(r"\s*[,;]\s*|\s[-–—]\s")
#: What may stand between a day and what happened.
BEHIND_DAY = "-–—: "
