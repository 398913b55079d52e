"""Each text of a cell becomes a value, or a sentence that says why not and what to write."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.schema import values
from refgraph.schema.text import FieldError
from refgraph.schema.values import (
    MOST,
    among,
    count,
    did_you_mean,
    filled,
    flag,
    level,
    money,
    named,
    names,
    perhaps,
    person,
    total,
    words,
)

ROLE = among("role", values.ROLES)
FLAG = flag("personal", blank=None)
COMMA = money(decimal_comma=True)

# ------------------------------------------------------------------ what is read


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        *((person, text, text.strip()) for text in ("NA", "007", "=1+1", " 李雷 ", "O'Brien")),
        *((person, " Ann \t Lee\n", "Ann Lee"), (person, "Jose\u0301", "José")),
        *((named("nobody"), " Bo ", "Bo"), (filled(words, "nothing"), "a;b", ("a", "b"))),
        *((perhaps(person, "?"), text, "?") for text in ("", "  ", "\t")),
        *((perhaps(person, "?"), " Ann ", "Ann"), (ROLE, " VENDOR ", "vendor")),
        *((among("kind", values.KINDS), text, "email") for text in ("E-Mail", "email", "e_mail")),
        (among("kind", values.KINDS), "They thanked_me", "they-thanked-me"),
        (among("way", ("e-mail",)), "e-mail", "e-mail"),
        *((count, text, 1) for text in ("", " ", "1", "1.0", "1.00", "01")),
        *((count, "12", 12), (count, str(MOST), MOST), (count, "0001000000000", MOST)),
        *((level("handoff"), text, None) for text in ("", "  ")),
        *((level("handoff"), str(number), number) for number in range(6)),
        *((total("given"), "0", 0), (total("given"), " 12 ", 12), (total("given"), "", None)),
        (total("given"), "9" * 10, 9_999_999_999),
        *((money(), "", None), (money(), " 12 ", Decimal(12)), (money(), "0.5", Decimal("0.5"))),
        *((money(), ".5", Decimal("0.5")), (money(), "9" * 18, Decimal("9" * 18))),
        *((money(), f"0.{'1' * 9}", Decimal(f"0.{'1' * 9}")), (COMMA, "1,5", Decimal("1.5"))),
        *((COMMA, ",5", Decimal("0.5")), (COMMA, "12", Decimal(12)), (COMMA, "", None)),
        *((FLAG, text, True) for text in ("yes", " Y ", "TRUE")),
        *((FLAG, text, False) for text in ("no", "N", "false")),
        *((FLAG, " ", None), (flag("x", blank=False), "", False)),
        *((words, "", ()), (words, " a ;; b;a; ", ("a", "b")), (words, "a  b", ("a b",))),
        *((names, "Ann; A. Lee ;Ann;", ("Ann", "A. Lee")), (names, " ; ", ())),
    ],
)
def test_a_cell_is_read(read, text, value):
    found = read(text)
    assert found == value
    assert type(found) is type(value)


@given(st.integers(1, MOST), st.sampled_from(["{}", " {}\t", "{}.0", "{}.00", "00{}"]))
def test_a_count_is_read_as_programs_write_it(number, written):
    assert count(written.format(number)) == number


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**9 - 1))
def test_an_amount_is_read_to_the_last_digit_with_either_mark(whole, part):
    text = f"{whole}.{part:09}"
    assert money()(text) == COMMA(text.replace(".", ",")) == Decimal(text)


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("read", "text", "message", "hint"),
    [
        *(
            (person, text, "a person has no name", "")
            for text in ("", " ", "\u200d\u200b", "\u3164")
        ),
        (person, "\xa0\u2800", "a person has no name", ""),
        (named("the giver is not named"), "\u2003", "the giver is not named", ""),
        (filled(person, "it is blank"), " \t", "it is blank", ""),
        (names, "Ann;\u200b", "a person has no name", ""),
        *(
            (ROLE, text, f"'{text}' is not a role", f"a role is one of: {', '.join(values.ROLES)}")
            for text in ("clients", "e-mail", "a b", "Ü")
        ),
        *(
            (count, text, f"count must be a whole number above 0, got '{text}'", "")
            for text in ("0", "000", "-1", "1.5", "3.000", "1,000", "٣", "²", "x")
        ),
        (count, "0.0", "count must be a whole number above 0, got '0'", ""),
        (count, ".0", "count must be a whole number above 0, got '.0'", ""),
        *(
            (count, text, f"count can be at most 1,000,000,000, got '{text}'", "")
            for text in (str(MOST + 1), "9" * 5000)
            if len(text) < 50
        ),
        *(
            (level("handoff", "so"), text, f"handoff must be 0 to 5, got '{text}'", "so")
            for text in ("6", "-1", "05", "1.0", "٣")
        ),
        *(
            (total("given"), text, f"given must be a whole number of 0 or more, got '{text}'", "")
            for text in ("-1", "1.0", "x", "9" * 11, "²", "٣")
        ),
        *(
            (FLAG, text, f"personal must be yes or no, got '{text}'", "")
            for text in ("maybe", "1", "yes.")
        ),
    ],
)
def test_a_cell_is_refused_with_what_it_holds(read, text, message, hint):
    with pytest.raises(FieldError) as refused:
        read(text)
    assert (str(refused.value), refused.value.hint) == (message, hint)


def test_a_count_of_thousands_of_digits_is_refused_and_not_computed():
    with pytest.raises(FieldError, match="at most 1,000,000,000"):
        count("9" * 5000)


POINT = "write digits with a decimal point and nothing else: 1250.50"
SAY_COMMA = "if the comma is a decimal comma, say so: --decimal-comma"


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        *((money(), text, POINT) for text in ("1,234", "1.", ".", "-5", "1e3", "5 EUR", "1 000")),
        *((money(), text, POINT) for text in ("1" * 19, f"0.{'1' * 10}", "1,2,3", "١", "1,")),
        *((money(), text, SAY_COMMA) for text in ("1,5", "1250,50", "1,2345", f"1,{'2' * 9}")),
        (money(), f"1,{'2' * 10}", POINT),
        *(
            (COMMA, text, POINT.replace("point", "comma").replace(".", ","))
            for text in ("1.5", "x")
        ),
    ],
)
def test_an_amount_is_refused_with_the_remedy_that_fits(read, text, hint):
    with pytest.raises(FieldError, match="must be a plain amount of 0 or more") as refused:
        read(text)
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("text", "word"),
    [("metting", "meeting"), ("zzz", ""), ("", ""), ("cal", "call"), ("call", "call")],
)
def test_the_nearest_word_is_named(text, word):
    assert did_you_mean(text, iter(["call", "meeting"])) == word
    assert did_you_mean("metting", ["meeting"], cutoff=0.99) == ""


def test_the_words_of_one_field_are_words_of_the_others_that_speak_of_it():
    assert {*values.NEVER_OWED} | {*values.COLLEAGUES} <= {*values.ROLES}
    assert {*values.NO_CONTACT, values.PLANNED} <= {*values.KINDS}
    assert values.PLANNED not in values.NO_CONTACT
    assert len(values.HANDOFFS) == 6
    for each in (values.ROLES, values.KINDS, values.STATUSES, values.CADENCES):
        assert [among("x", each)(word) for word in each] == [*each]
