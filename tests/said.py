"""Numbers in sentences: what was recomputed is taken out, and none may be left."""

from __future__ import annotations

import re


def take(said, *pieces):
    """Take out what was recomputed; every piece must be there, and no number be left."""
    for piece in pieces:
        assert piece in said, (piece, said)
        said = said.replace(piece, "", 1)
    assert not re.search(r"\d", said), said


def some(number, noun, more=""):
    return f"{number:,} {noun if number == 1 else more or f'{noun}s'}"


def was(number):
    return "was" if number == 1 else "were"
