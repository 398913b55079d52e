"""Words that turn a direction round: to me, by us, they, not."""

from __future__ import annotations

import re

from refgraph.imports.rules.words import DIRECTION_WORDS, HEADERS
from refgraph.names.folded import fold

__all__ = ["direction_in", "heading", "says", "tells_of_them", "title_words"]

_SIDES = "to|by|from|an|von|durch|par|de|por|para|da|ad|door|naar|aan|van"
_US = "me|us|mich|mir|uns|moi|nous|mi|nosotros|nosotras|noi|mij|ons|mim|nos"
_FIRM = "(?:my |our |the )?(?:firm|office|team|company|practice)"
# Of `referred to me by` it is `by` that says whose name stands there.
_MIDST = re.compile(
    rf"\b(?:{_SIDES}) (?:{_US}|{_FIRM}) (?=(?:{_SIDES})\b)|\bto (?=by\b)|\bby (?=to\b)"
)
_THEY = r"(?:they|he|she|sie|ils?|elles?|ellos|ellas|loro|zij|eles|elas)"
_TURNED = {
    "giver": re.compile(rf"\b(?:by|from|von|durch|par|por|da|door|van) (?:{_US})\b"),
    "receiver": re.compile(
        rf"\b(?:to|an|a|ad|para|naar|aan) (?:{_US})\b|^{_THEY}\b(?!.*\b(?:were|was)\b)"
    ),
}
_THEIRS = re.compile(
    rf"\b(?:{_THEY}|their|theirs|his|hers?|ihre?|leur|hun)\b"
    r"|\b(?:partner|contact|member|colleague|agent|side|party|other|person) s\b"
    r"|^(?:the )?(?:partner|contact|member|colleague|others?)s?\b(?! (?:or|and)\b)"
)
# Words of a direction in a cell that say none in the name of a sheet or a file.
_NO_TITLES = frozenset(
    ("to", "in", "out", "from", "g", "r", "made", "passed", "data", "dato", "dada", "dado")
)
_OTHERS = r"(?:the |my |our |all )?(?:them|others?|partners?|colleagues?|contacts|members)"
# What may stand beside a direction, and turns nothing.
_FITTING = {
    "given": re.compile(rf"\b(?:to|an) {_OTHERS}\b|\b(?:by|from) (?:me|us)\b"),
    "received": re.compile(rf"\b(?:from|von) {_OTHERS}\b|\bby (?:me|us)\b"),
}
_TURNS = re.compile(
    rf"\b(?:{_SIDES}|{_US}|{_THEY}|them|their|his|her|not|non?|never|un|nicht|pas|kein\w*|nao|niet"
    r"|partners?|others?|members?|who|whom|you|colleagues?|contacts)\b"
)
# Who stands before `sent` may be who sent; these do not.
_PLAIN = re.compile(
    r"\d.*|i|we|my|our|the|all|refer\w*|leads?|clients?|business|log|list|tracker|and"
    r"|introduc\w*|empf\w*|recomm\w*|segnal\w*|consigl\w*|verw\w*|aanbev\w*|indica\w*|q"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)\w{0,6}|slips?|passed"
)


def heading(title: str) -> str:
    """Give a header as it is compared, without what stands before another preposition.

    Examples
    --------
    >>> heading("Referred to me by"), heading("Sent by us to"), heading("Referred to (me) by")
    ('referred by', 'sent to', 'referred by')
    """
    return _MIDST.sub("", fold(title))


def says(role: str, header: str) -> bool:
    """Tell whether a header, as `heading` gives it, has a word of one of our columns.

    Examples
    --------
    >>> says("receiver", "sent to"), says("receiver", "they sent to me"), says("giver", "by us")
    (True, False, False)
    """
    if not HEADERS[role].search(header):
        return False
    turned = _TURNED.get(role)
    return turned is None or not turned.search(header)


def tells_of_them(title: str) -> bool:
    """Tell whether the header of a direction speaks of the other person, and not of me.

    Examples
    --------
    >>> [tells_of_them(each) for each in ("They", "Partner's direction", "Given or received")]
    [True, True, False]
    """
    return bool(_THEIRS.search(title_words(title)))


def title_words(title: str) -> str:
    """Give all words of a header, those in brackets too.

    Examples
    --------
    >>> title_words("Direction (theirs)")
    'direction theirs'
    """
    return fold(re.sub(r"[()\[\]]", " ", title))


def direction_in(title: str) -> str:
    """Give the one direction that the name of a sheet or a file says; nothing if it says none.

    Nothing, too, if a word beside it may turn it round, as in `sent to me` or `Ann sent`.

    Examples
    --------
    >>> direction_in("Referrals received 2025"), direction_in("Sent"), direction_in("in and out")
    ('received', 'given', '')
    >>> direction_in("Sent to them"), direction_in("Sent to me"), direction_in("not sent")
    ('given', '', '')
    """
    words = title_words(title)
    spoken = [
        (at, DIRECTION_WORDS[word])
        for at, word in enumerate(words.split())
        if word in DIRECTION_WORDS and word not in _NO_TITLES
    ]
    said = {direction for _, direction in spoken}
    if len(said) != 1:
        return ""
    (direction,) = said
    rest = _FITTING[direction].sub(" ", words)
    before = words.split()[: spoken[0][0]]
    is_plain = not before or bool(_PLAIN.fullmatch(before[-1]))
    return direction if is_plain and not _TURNS.search(rest) else ""
