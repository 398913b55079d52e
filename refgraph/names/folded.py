"""Words as headers and cells have them, without what spellings of one word differ in."""

from __future__ import annotations

import re

from refgraph.names.spelling import bare

__all__ = ["YES", "YES_NO", "fold"]

_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = re.compile(r"[^\w$#%/]+|_+")

#: What says yes, no or nothing, and names nobody.
YES_NO = frozenset(
    (
        *("y", "n", "yes", "no", "true", "false", "x", "ja", "nein", "j", "oui", "non", "si"),
        *("s", "nee", "sim", "nao", "na", "n a", "tbd", "1", "0"),
    )
)
#: Words that say yes, folded.
YES = frozenset(("x", "y", "yes", "ja", "j", "oui", "o", "si", "s", "sim", "true"))


def fold(text: str) -> str:
    """Give a header or a word as it is compared.

    Examples
    --------
    >>> fold("ReferredBy"), fold("referred_by"), fold("Referred To (Provider)"), fold("Reçue")
    ('referred by', 'referred by', 'referred to', 'recue')
    >>> fold("RecommandéÀ")
    'recommande a'
    """
    apart = _CAMEL.sub(" ", _ASIDE.sub(" ", text) if _ASIDE.sub("", text).strip() else text)
    return " ".join(_MARKS.sub(" ", bare(apart)).split())
