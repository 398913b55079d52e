"""Words that stand in a cell and name nobody: nothing is there, or nobody knows.

English, German, French, Spanish, Italian, Dutch and Portuguese, compared without capitals and
accents. Only a whole cell counts.
"""

from __future__ import annotations

from refgraph.names.spelling import bare

__all__ = ["NOTHING", "UNKNOWN", "blank_word"]

#: What a word says: that there is nothing, or that nobody knows.
NOTHING, UNKNOWN = "nothing", "unknown"
_WORDS = {
    NOTHING: (
        "n/a|na|n.a.|n.a|n / a|#n/a|none|nil|null|nan|nobody|no one|no-one|noone|nothing|blank"
        "|(none)|(blank)|(empty)|empty|not applicable|not any|no referral|no referrer|no source"
        "|keine|keiner|kein|keines|niemand|k.a.|k. a.|ka|keine angabe|entfallt|nicht zutreffend"
        "|aucun|aucune|neant|s/o|sans objet|sans|non applicable|pas de"
        "|ninguno|ninguna|nadie|no aplica|n/c|sin datos|vacio|ningun|nada"
        "|nessuno|nessuna|non applicabile|vuoto|niente"
        "|geen|nvt|n.v.t.|n.v.t|niet van toepassing|leeg"
        "|nenhum|nenhuma|ninguem|nao se aplica|nao aplicavel|vazio"
    ),
    UNKNOWN: (
        "unknown|(unknown)|unkn|unk|unknown person|not known|not sure|unsure|don't know"
        "|dont know|do not know|no idea|anonymous|anon|unnamed|tbd|t.b.d.|tba|tbc|to be decided"
        "|to be determined|to be confirmed|to be announced|unassigned|not assigned|undisclosed"
        "|not specified|unspecified|not given|not provided|no name|someone|somebody|missing"
        "|unbekannt|nicht bekannt|unklar|weiss nicht|jemand|anonym|noch offen|nicht zugeordnet"
        "|inconnu|inconnue|anonyme|a definir|a determiner|quelqu'un|non precise|non attribue"
        "|desconocido|desconocida|no se sabe|se desconoce|por definir|anonimo|anonima|alguien"
        "|no especificado|sin asignar|por determinar|sin nombre"
        "|sconosciuto|sconosciuta|ignoto|ignota|da definire|non noto|non so|qualcuno|n.d.|n.d"
        "|non specificato|non assegnato"
        "|onbekend|niet bekend|weet niet|iemand|nog te bepalen|n.b.|n.b|niet toegewezen"
        "|desconhecido|desconhecida|nao sei|nao informado|nao identificado|alguem|sem nome"
    ),
}
_SAID = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}


def blank_word(text: str) -> str:
    """Tell what a cell says that names nobody: that there is nothing, or that nobody knows.

    Nothing is given for a name, for a text with a word more, and for a blank cell.

    Parameters
    ----------
    text : str
        The cell.

    Examples
    --------
    >>> [blank_word(each) for each in ("n/a", "-", "Unbekannt", "???", "Na Li", "")]
    ['nothing', 'nothing', 'unknown', 'unknown', '', '']
    """
    word = bare(text)
    if found := _SAID.get(word):
        return found
    if not word or any(map(str.isalnum, word)):
        return ""
    return UNKNOWN if "?" in word else NOTHING
