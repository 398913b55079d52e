"""Words that head a row or a column of summaries, and name nobody: Average, Goal, Last year.

In English, German, French, Spanish, Italian, Dutch and Portuguese. Words that are also given
names, surnames or initials (Max, Massimo, Best, Soll, LY) are none of them.
"""

from __future__ import annotations

import re

from refgraph.names.spelling import bare

__all__ = ["is_summary"]

_OF_WHOM = (
    r"(?:(?:our|my|the|team|chapter|group|region(?:al)?|national|company|office|practice|overall"
    r"|daily|weekly|monthly|quarterly|annual|yearly|unser|mein|das|der|notre|le|la|l|nuestr[oa]"
    r"|mi|el|nostr[oa]|il|ons|onze|het|nosso|nossa|o|a) )*"
)
_WHAT = (
    r"(?:averages?|avg|mean|median|goals?|targets?|quota|benchmarks?|budget(?:ed)?|forecast"
    r"|planned|projection|projected|minimum|maximum|variance|difference|diff"
    r"|growth|remaining|to go|ytd|mtd|qtd|yoy|year to date|month to date|running total"
    r"|cumulative|cumulated|carried forward|brought forward|balance forward|count|number of"
    r"|conversion(?: rate)?|(?:close|closing|win|hit|success) rate|percent(?:age)?|ratio)|"
    r"(?:last|prior|previous|preceding|next|this|current|same) (?:year|month|quarter|week"
    r"|period)s?|"
    # German
    r"(?:(?:monats|jahres|quartals|wochen|team|gruppen|gesamt)?(?:durchschnitt|schnitt|mittel"
    r"(?:wert)?|ziel(?:wert|e)?|sollwert|planwert|budget|prognose|quote)|median|istwert"
    r"|vorjahr(?:eswert)?|vormonat|vorquartal|vorwoche|vorperiode|differenz|abweichung"
    r"|veranderung|anzahl|kumuliert|ubertrag|anteil|abschlussquote|erfolgsquote|hochstwert"
    r"|mindestwert)|"
    r"(?:letztes|voriges|vergangenes|nachstes|dieses|laufendes) (?:jahr|quartal)|"
    r"(?:letzter|voriger|nachster|dieser|laufender) monat|letzte woche|"
    # French
    r"(?:moyennes?|mediane|objectifs?|cibles?|prevision|previsions|previsionnel|ecart"
    r"|variation|evolution|nombre|cumul|cumule|pourcentage|taux)|"
    r"(?:annee|an|mois|trimestre|semaine) (?:precedente?|derniere?|passee?|dernier|en cours)|"
    # Spanish, Italian, Portuguese
    r"(?:promedio|media|mediana|objetivos?|metas|prevision|presupuesto|diferencia|variacion"
    r"|desviacion|numero|cantidad|acumulado|minimo|porcentaje|obiettiv[oi]|previsione"
    r"|differenza|scostamento|variazione|cumulato|progressivo|minima|riporto"
    r"|percentuale|alvo|previsao|orcamento|diferenca|variacao|desvio|quantidade|percentagem"
    r"|porcentagem|taxa|tasa|tasso)|"
    r"(?:ano|anno|mes|mese|trimestre|semana|settimana) (?:anterior|pasad[oa]|precedente"
    r"|scors[oa]|passa[td][oa]|actual|atual|corrente|in corso|en curso)|"
    # Dutch
    r"(?:(?:maand|jaar|week|kwartaal|team)?(?:gemiddelde?|doel(?:stelling|en)?|streefcijfer"
    r"|streefwaarde)|mediaan|begroting|prognose|verschil|afwijking|verandering|aantal"
    r"|cumulatief|percentage|aandeel)|"
    r"(?:vorig|afgelopen|voorgaand|dit|volgend)e? (?:jaar|maand|kwartaal|week)"
)
_OF_WHAT = (
    r"(?: (?:per|of|for|in|the|this|last|vs|versus|to|date|by|all|each|pro|je|fur|im|von|der|des"
    r"|par|de|du|des"
    r"|pour|por|al|para|do|da|di|del|della|dell|voor|van|ten opzichte van|rate|year|years"
    r"|month|months|week|quarter|day|member|members|referrals?|person|people|head|row|column|jahr"
    r"|monat|woche|quartal|mitglied(?:er)?|kopf|person|empfehlungen|an|annee|mois|semaine|membre"
    r"|membres|personne|ano|anno|mes|mese|semana|settimana|miembros?|membri|membro|membros|persona"
    r"|pessoa|jaar|maand|lid|leden|persoon|mensuelle?|annuelle?|mensual|anual|mensile|annuale"
    r"|mensal|precedente?|anterior|fees?|value|amount|given|received|sent"
    r"|q[1-4]|(?:fy)?(?:(?:19|20)?[0-9]{2})|[0-9]{1,2}))*"
)
_SUMMARY = re.compile(rf"{_OF_WHOM}(?:{_WHAT}){_OF_WHAT}")
_MARKS = re.compile(r"[^\w]+|_+")
_MOST = 60  # letters


def is_summary(text: str) -> bool:
    """Tell whether a text heads an average, a goal, another year or the like, and nothing else.

    Examples
    --------
    >>> [is_summary(each) for each in ("Average", "Goal 2026:", "Last year", "Chapter target")]
    [True, True, True, True]
    >>> [is_summary(each) for each in ("Ziel", "Moyenne par mois", "Año anterior", "Gemiddelde")]
    [True, True, True, True]
    >>> [is_summary(each) for each in ("Max", "Goal Getters Ltd", "Ann Lee", "Media Lab", "")]
    [False, False, False, False, False]
    """
    if len(text) > _MOST:
        return False
    words = " ".join(_MARKS.sub(" ", bare(text)).split())
    return bool(words) and _SUMMARY.fullmatch(words) is not None
