"""Short forms of a name: without the initials of middle names, without the company in brackets."""

from __future__ import annotations

import re

from refgraph.names.spelling import bare

__all__ = ["without_firm", "without_initials"]

_FIRM = re.compile(r"\s*\(([^()]*)\)$")


def without_initials(name: str) -> tuple[str, str, str]:
    """Give a name without the initials of middle names, these, and the company in brackets.

    Examples
    --------
    >>> without_initials("Harrow, Bea J."), without_initials("J. P. Hale (Quill)")
    (('bea harrow', 'j', ''), ('j. hale', 'p', 'quill'))
    """
    plain, firm = without_firm(name)
    first, *rest = plain.split() or [""]
    middle = [word for word in rest[:-1] if len(word.rstrip(".")) == 1]
    short = [first, *(word for word in rest if word not in middle)]
    return " ".join(short), " ".join(word.rstrip(".") for word in middle), firm


def without_firm(name: str) -> tuple[str, str]:
    """Give a name first name first, and the company that stood in brackets behind it.

    Examples
    --------
    >>> without_firm("Harrow, Bea (Quill)")
    ('bea harrow', 'quill')
    """
    firm = _FIRM.search(name)
    text = name[: firm.start()] if firm else name
    last, comma, first = (part.strip() for part in text.partition(","))
    whole = f"{first} {last}" if comma and first and last else text
    return bare(whole), bare(firm[1]) if firm else ""
