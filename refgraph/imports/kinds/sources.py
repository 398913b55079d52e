"""What stands where a referrer is asked for: the name of a person, or a source that is nobody."""

from __future__ import annotations

import re

from refgraph.names.spelling import bare

__all__ = ["is_likely_a_person"]

#: Words of which one is enough for a text to name a source and no person.
_SOURCES = frozenset(
    [
        "google",
        "facebook",
        "instagram",
        "linkedin",
        "twitter",
        "youtube",
        "tiktok",
        "whatsapp",
        "yelp",
        "zillow",
        "trulia",
        "realtor",
        "nextdoor",
        "angi",
        "thumbtack",
        "avvo",
        "bing",
        "website",
        "web",
        "site",
        "online",
        "internet",
        "seo",
        "ppc",
        "ad",
        "ads",
        "advert",
        "advertising",
        "advertisement",
        "campaign",
        "newsletter",
        "email",
        "mail",
        "mailer",
        "flyer",
        "brochure",
        "billboard",
        "sign",
        "radio",
        "tv",
        "television",
        "newspaper",
        "magazine",
        "event",
        "seminar",
        "webinar",
        "conference",
        "expo",
        "fair",
        "show",
        "walk",
        "walkin",
        "in-person",
        "cold",
        "call",
        "calls",
        "search",
        "engine",
        "social",
        "media",
        "portal",
        "directory",
        "insurance",
        "hotline",
        "client",
        "clients",
        "customer",
        "customers",
        "patient",
        "patients",
        "friend",
        "friends",
        "family",
        "relative",
        "neighbor",
        "neighbour",
        "colleague",
        "coworker",
        "word",
        "mouth",
        "other",
        "others",
        "none",
        "unknown",
        "n/a",
        "na",
        "self",
        "direct",
        "repeat",
        "existing",
        "past",
        "former",
        "returning",
        "previous",
        "various",
        "misc",
        "open",
        "house",
        "lead",
        "leads",
        "list",
        "import",
        "webseite",
        "anzeige",
        "werbung",
        "messe",
        "empfehlung",
        "freund",
        "freunde",
        "familie",
        "kunde",
        "sonstige",
        "unbekannt",
        "site",
        "publicite",
        "salon",
        "ami",
        "amis",
        "famille",
        "autre",
        "inconnu",
        "recommandation",
        "pagina",
        "anuncio",
        "feria",
        "amigo",
        "amigos",
        "familia",
        "cliente",
        "otro",
        "desconocido",
        "sito",
        "pubblicita",
        "fiera",
        "amico",
        "amici",
        "famiglia",
        "altro",
        "sconosciuto",
        "advertentie",
        "beurs",
        "vriend",
        "vrienden",
        "klant",
        "overig",
        "onbekend",
        "anuncio",
        "amigo",
        "outro",
    ]
)
#: Small words within names.
_JOINING = frozenset(
    {"van", "von", "der", "den", "de", "da", "dos", "du", "del", "della", "di", "la", "le", "el"}
    | {"al", "bin", "ibn", "ter", "ten", "zu", "y", "e"}
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_BETWEEN = re.compile(r"[\s,;/&()-]+")


def is_likely_a_person(text: str) -> bool:
    """Tell whether a text is likely the name of one person: two words, none of them a source.

    Words of a name begin with a capital, where their letters have any, but for the small ones
    that join its parts.

    Examples
    --------
    >>> [is_likely_a_person(text) for text in ("Bea Harrow", "Dr. Lena Ortiz", "Müller, Jo")]
    [True, True, True]
    >>> [is_likely_a_person(text) for text in ("Google ads", "Ann's sister", "Harbor", "2024 fair")]
    [False, False, False, False]
    """
    words = [word for word in _BETWEEN.split(text) if word]
    if len([word for word in words if _WORD.search(word)]) < 2:
        return False
    return all(
        (word[0].upper() == word[0] or bare(word) in _JOINING)
        and not any(letter.isdigit() for letter in word)
        and bare(word).strip(".'\"") not in _SOURCES
        for word in words
    )
