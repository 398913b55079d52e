"""Text that is safe to print, to quote and to sort, whatever a file holds."""

from __future__ import annotations

import shlex
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.schema.text import (
    FieldError,
    argument,
    book_option,
    clean,
    natural,
    prose,
    quoted,
    refuse,
    said_by,
    visible,
)

#: What draws nothing on a line, or writes over what stands there.
HARMFUL = "\x00\x08\x1b\x7f\x9f\u202a\u202e\u2066\u2069\ud800\udfff\ufffe\uffff"
LETTERS = st.text(st.sampled_from(f"aB \t\n\r\x0b\x1fé\u0301'\"$\u2028{HARMFUL}"), max_size=8)


@pytest.mark.parametrize(
    ("text", "line", "free"),
    [
        ("  Ann  Lee ", "Ann Lee", "Ann  Lee"),
        (" Ann ", "Ann", "Ann"),
        ("a\tb", "a b", "a\tb"),
        ("a\r\n\nb\r\n", "a b", "a\n\nb"),
        ("Jose\u0301\xa0Roe", "José Roe", "José\xa0Roe"),
        ("a\u2028b", "a b", "a\u2028b"),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧", "👩\u200d👧"),
        ("", "", ""),
    ],
)
def test_a_line_and_free_text(text, line, free):
    assert (clean(text), prose(text)) == (line, free)


@pytest.mark.parametrize("letter", HARMFUL)
@pytest.mark.parametrize("read", [clean, prose])
def test_a_control_character_is_refused_by_its_code(read, letter):
    with pytest.raises(FieldError) as refused:
        read(f" Ann{letter} Lee ")
    code = f"U+{ord(letter):04X}"
    assert str(refused.value) == f"{quoted(f'Ann{letter} Lee')} holds a control character, {code}"
    assert refused.value.hint == "type this field again instead of pasting it"


@pytest.mark.parametrize(("text", "is_read"), [("a\r\nb", True), ("a\rb", False), ("a\r", False)])
def test_a_carriage_return_alone_would_write_over_a_line_of_free_text(text, is_read):
    if is_read:
        assert prose(text) == "a\nb"
        return
    with pytest.raises(FieldError, match="U\\+000D"):
        prose(text)


@given(LETTERS)
def test_what_is_read_once_is_read_so_again_and_shows_whole(text):
    for read in (clean, prose):
        try:
            found = read(text)
        except FieldError:
            assert set(text) & {*HARMFUL, "\r", "\x1f", "\x0b"}
            continue
        assert read(found) == found == normalize("NFC", found)
        assert not set(found) & {*HARMFUL}
    assert len(visible(text).splitlines()) <= 1
    assert not set(visible(text)) & {*HARMFUL, "\n", "\r", "\t", "\u2028"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *(("a" * 60, "a" * 60), ("a" * 61, f"{'a' * 59}…"), ("a\nb\x1b", r"a\nb\x1b"), ("é", "é")),
        *(("\u2028\u2029\ufeff", r"\u2028\u2029\ufeff"), ("\ud800", r"\ud800"), ("", "")),
    ],
)
def test_text_is_quoted_on_one_line(text, shown):
    assert quoted(text) == f"'{shown}'"


def test_text_is_cut_where_it_does_not_fit():
    assert visible("a" * 120) == "a" * 120
    assert visible("a" * 121) == f"{'a' * 119}…"
    assert visible("abcde", width=5) == "abcde"
    assert visible("abcdef", width=5) == "abcd…"


class Mute:
    def __str__(self):
        raise RuntimeError


def test_an_object_says_what_it_is_or_its_type_is_said():
    assert said_by(1.5) == "1.5"
    assert said_by("a", repr) == "'a'"
    assert said_by(Mute()) == "a value of type Mute"


def test_a_refusal_has_a_sentence_and_perhaps_a_remedy():
    with pytest.raises(FieldError, match=r"^no$") as refused:
        refuse("no")
    assert refused.value.hint == ""


@given(st.text(max_size=6))
def test_a_word_of_a_command_is_that_word_to_a_shell(text):
    assert shlex.split(argument(text)) == [text]
    assert argument(text).startswith("'")
    there = shlex.split(book_option(text))
    assert there == ([] if text in ("", ".") else ["-b", text])


def test_a_list_is_sorted_by_its_numbers():
    order = ["", "01", "1", "2", "10", "a", "a1b2", "a1b10", "a02", "a2", "a10", "b"]
    assert sorted([*order[5:], *order[:5]], key=natural) == order


@given(st.lists(st.text(st.sampled_from("a01 9"), max_size=4), max_size=5))
def test_whatever_names_there_are_can_be_sorted_and_none_is_another(texts):
    keys = [natural(text) for text in texts]
    assert len({*keys}) == len({*texts})
    in_order = sorted(texts, key=natural)
    texts.reverse()
    assert sorted(texts, key=natural) == in_order


@given(st.lists(st.integers(0, 10**12), max_size=5))
def test_numbers_sort_as_numbers_at_any_place_in_a_text(numbers):
    for form in ("{}", "Table {}", "a1 {} x", "{}-9x"):
        written = [form.format(number) for number in numbers]
        assert sorted(written, key=natural) == [form.format(each) for each in sorted(numbers)]
