"""Whatever character Unicode has, a name that holds it is drawn in every format, and told apart."""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import book_of

from refgraph import maps
from refgraph.maps.drawing import fonts
from refgraph.maps.scenes.scene import FORMATS
from refgraph.schema.text import FieldError
from refgraph.schema.values import person

#: Where a character stands in a name that is otherwise the same.
FORMS = ("{}Ann", "An{}n", "{}")
EACH = 4  # characters of a category
TOGETHER = 60  # names on one map
#: What was seen to break something, or may.
HARD = "\ufeff\u200b\u2060\u00ad\ue000\u0378\ufe0f\u3164\u2800\u061c\u06dd\U0010fffd\U000e0041"


@cache
def characters():
    """Give some characters of every category, the first and the last among them."""
    found = defaultdict(list)
    for code in range(sys.maxunicode + 1):
        found[unicodedata.category(chr(code))].append(chr(code))
    return {
        category: {*every[:: max(1, len(every) // EACH)][:EACH], every[0], every[-1]}
        for category, every in found.items()
    }


def allowed(text):
    """Give a name as it is read, or nothing if it is refused with a sentence."""
    try:
        return person(text)
    except FieldError:
        return None


@cache
def everybody():
    """Give names with characters of every category, those of one category together."""
    some = [*(c for every in characters().values() for c in sorted(every)), *HARD]
    names = dict.fromkeys(allowed(form.format(c)) for c in some for form in FORMS)
    return [name for name in {"Ann": None, **names} if name is not None]


PARTS = range(0, 420, TOGETHER)


def test_every_category_of_unicode_is_drawn_but_for_those_that_are_refused():
    drawn = {unicodedata.category(c) for name in everybody() for c in name}
    refused = {c for c, every in characters().items() if c not in drawn}
    assert refused == {"Cc", "Cs", "Zl", "Zp"}  # control characters, surrogates, breaks
    assert len(everybody()) <= PARTS.stop


@pytest.mark.parametrize("part", PARTS)
def test_every_name_is_drawn_in_every_format_and_told_apart(part, caplog):
    people = everybody()[part : part + TOGETHER]
    rows = [(date(2026, 1, 5), name, "Me", 1) for name in people]
    scene = maps.draw("owed", book_of(rows, me="Me"), top=TOGETHER)
    texts = {label["node"]: label["text"] for label in scene.labels}
    assert texts.keys() >= set(people)
    looks = [fonts._HARDLY.sub("", text).strip() for text in texts.values()]
    assert len(set(looks)) == len(looks)
    assert "" not in looks
    for form in FORMATS:
        assert scene.to_bytes(form)
    assert caplog.records == []


@pytest.mark.parametrize("kind", maps.KINDS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_byte_order_mark_before_a_name_breaks_no_map(kind, form):
    names = ["\ufeffAnn", "Ann", "\ufeffBo", "Me"]
    rows = [
        (date(2026, 1, 5), giver, receiver, 1, {"prospect": f"\ufeff{giver} too"})
        for giver in names
        for receiver in names
        if giver != receiver
    ]
    scene = maps.draw(kind, book_of(rows, me="Me"))
    assert scene.to_bytes(form)


def test_names_that_differ_in_what_does_not_show_are_told_of():
    rows = [
        (date(2026, 1, 5), name, "Me", 1) for name in ("\ufeffAnn", "Ann", "\ufeffBo", "A\u200dnn")
    ]
    scene = maps.draw("owed", book_of(rows, me="Me"))
    (said,) = scene.notes
    assert "<U+FEFF>Ann (drawn as Ann #2)" in said
    assert "A<U+200D>nn (drawn as A\u200dnn #1)" in said
    assert "Bo" not in said  # like whom nobody else looks
    assert "refgraph people merge" in said


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=6))
def test_whatever_the_names_no_two_are_drawn_alike(texts):
    people = sorted({name for name in map(allowed, texts) if name is not None})
    found = fonts.for_names(people)
    looks = [fonts._HARDLY.sub("", found.drawable(name)) for name in people]
    assert len(set(looks)) == len(people)
    assert all(look.strip() for look in looks)
