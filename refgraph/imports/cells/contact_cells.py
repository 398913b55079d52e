"""Cells that hold more than a name: an e-mail beside it, several contacts, or several words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from refgraph.names.spelling import is_ending

__all__ = ["Contact", "contacts_in", "words_in"]

_WITH_EMAIL = re.compile(
    r"(?P<name>[^<>()\[\]]*?)[\s,]*[<(\[]\s*(?:mailto:)?(?P<email>[^\s<>()\[\]@]+@[^\s<>()\[\]@]+)\s*[>)\]]"
)
_LINK = re.compile(r"\s*[<(\[]\s*https?://[^\s<>()\[\]]*\s*[>)\]]$")
# A comma behind an e-mail or a link in brackets stands between two contacts.
_BEHIND = re.compile(
    r"([<(\[]\s*(?:https?://[^\s<>()\[\]]*|(?:mailto:)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+)\s*[>)\]])"
    r"\s*,\s*"
)
_DEGREE = r"[A-Z][A-Z.\u00ae\u2122-]{2,7}"  # CCIM; two words of capitals may be a name
_LETTERS = re.compile(rf"{_DEGREE}(?:, ?{_DEGREE})*")
# Neither the comma of a number nor one in brackets.
_COMMA = re.compile(r"\s*(?:(?<!\d),|,(?!\d))\s*(?:and |& ?)?(?![^(\[]*[)\]])")
_BETWEEN = re.compile(r"\s*;\s*(?![^<(\[]*[>)\]])")


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the contacts of a cell."""

    name: str
    email: str = ""


def contacts_in(text: str) -> list[Contact]:
    """Split a cell into its contacts, each with its e-mail.

    A name without an e-mail stays as it is written, but for a link in brackets behind it.

    Examples
    --------
    >>> contacts_in("Ann Lee (ann@lee.example); Bo Park <bo@park.example>")
    [Contact(name='Ann Lee', email='ann@lee.example'), Contact(name='Bo Park', \
email='bo@park.example')]
    >>> contacts_in("Ann Lee (Lee & Co)"), contacts_in("")
    ([Contact(name='Ann Lee (Lee & Co)', email='')], [])
    >>> contacts_in("Ann Lee (https://notes.example/ann)")
    [Contact(name='Ann Lee', email='')]
    >>> [each.name for each in contacts_in("Ann Lee <a@x.example>, Bo Park (https://x.example/bo)")]
    ['Ann Lee', 'Bo Park']
    >>> [each.name for each in contacts_in("Ann Lee <a@x.example>, CPA; Bo Park <b@x.example>")]
    ['Ann Lee, CPA', 'Bo Park']
    """
    found: list[Contact] = []
    for linked in filter(None, map(str.strip, _BETWEEN.split(_BEHIND.sub(r"\1; ", text)))):
        part = _LINK.sub("", linked)
        match = _WITH_EMAIL.fullmatch(part)
        if match is None and found and found[-1].email and _is_title(part):
            found[-1] = replace(found[-1], name=f"{found[-1].name}, {part}")
        elif match is None:
            found.append(Contact(part))
        else:
            name = match["name"].strip().strip("\"'")
            found.append(Contact(name or match["email"], match["email"]))
    return found


def _is_title(part: str) -> bool:
    """Tell whether a part behind a contact says what somebody is, as a degree does, not who."""
    return is_ending(part) or bool(_LETTERS.fullmatch(part))


def words_in(text: str) -> str:
    """Put a semicolon between the words of a cell, as a book does, where commas alone stand.

    Examples
    --------
    >>> (
    ...     words_in("gutters, slates, and roofs (flat, pitched)"),
    ...     words_in("up to 1,000 m2; tiles, new"),
    ... )
    ('gutters; slates; roofs (flat, pitched)', 'up to 1,000 m2; tiles, new')
    """
    return text if ";" in text else "; ".join(filter(None, _COMMA.split(text.strip())))
