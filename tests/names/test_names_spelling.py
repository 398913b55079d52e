"""What spellings of one name have in common, and what tells two names apart."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph.names.completion import completing
from refgraph.names.mentions import Mentions, folded
from refgraph.names.short_forms import without_firm, without_initials
from refgraph.names.spelled_alike import (
    in_order,
    is_code,
    one_spelling,
    say_spelled,
    spelled_alike,
)
from refgraph.names.spelling import (
    as_codes,
    as_typed,
    bare,
    has_title,
    holds_in_a_row,
    is_ending,
    spelling,
    unseen,
)

# ------------------------------------------------------------------ the normal form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((" Ann\t LEE\n", "ann lee"), ("JOSÉ", "jose"), ("José", "jose"), ("", "")),
        *(("STRASSE", "strasse"), ("Straße", "strasse"), ("ﬁnn", "finn"), ("Ａnn", "ann")),
        *(
            ("Ann\u200dLee", "annlee"),
            ("\ufeffAnn", "ann"),
            ("İlker", "ilker"),
            ("Ann\xa0Lee",) * 2,
        ),
        # signs of vowels are no accents: without them the words are others
        *(("हिन्दी", "हिन्दी"), ("محمد علي", "محمد علي"), ("か\u3099", normalize("NFD", "が"))),
    ],
)
def test_the_normal_form_of_a_name(name, form):
    assert bare(name) == form.replace("\xa0", " ").casefold()


@given(names())
def test_the_normal_form_has_no_other_and_is_that_of_every_spelling(name):
    form = bare(name)
    assert bare(form) == form
    for other in (name.upper().lower(), normalize("NFD", name), f"  {name}\t", as_typed(name)):
        assert bare(other) == form or name.upper().lower() != name.lower()


def test_what_draws_nothing_is_shown_as_its_code():
    assert as_codes("A\u200bé\xad", unseen) == "A<U+200B>é<U+00AD>"
    assert [unseen(letter) for letter in "\u200d\ufeffaé\n "] == [True, True, *[False] * 4]


# ------------------------------------------------------------------ a name taken apart


@pytest.mark.parametrize(
    ("text", "words", "endings"),
    [
        ("Ann Lee", "ann lee", ""),
        ("Lee, Ann", "ann lee", ""),
        ("Dr. Ann Lee, PhD", "ann lee", "dr phd"),
        ("Lee, Dr. Ann", "ann lee", "dr"),
        ("Prof. Dr. Ann Lee", "ann lee", "dr prof"),
        ("Lee, Ann, CPA", "ann lee", "cpa"),
        ("J.P. Hale", "j p hale", ""),
        ("Ph.D. Moss", "phd moss", ""),
        ("Moss, Ph.D.", "moss", "phd"),
        ("O’Brien", "obrien", ""),
        ("Anna-Maria_Roth", "anna maria roth", ""),
        ("Łukasz Øster", "lukasz oster", ""),
        ("Þór Ægir", "þor aegir", ""),
        ("Dr", "dr", ""),
        ("Dr.", "dr", ""),
        ("Mr, Dr", "mr", ""),
        ("Lady Ann", "ann", "lady"),
        ("Ann Lady", "ann lady", ""),
        ("Ann Lord", "ann lord", ""),
        ("", "", ""),
        ("&", "", ""),
    ],
)
def test_a_name_taken_apart(text, words, endings):
    found = spelling(text)
    assert found.text == text
    assert " ".join(found.words) == words
    assert found.titles == {*endings.split()}
    assert found.letters == words.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "firm", "joined"),
    [
        *(("Müller & Söhne GmbH", {"gmbh"}, True), ("Hale and Moss", set(), True)),
        *(
            ("Ann und Bo", set(), True),
            ("Smith Ltd.", {"ltd"}, False),
            ("Smith Co Ltd", "ltd co", 0),
        ),
        *(("Co Smith", set(), False), ("and", set(), False), ("Ann &", set(), False)),
        *(("Dupont et Fils, S.A.R.L.", set(), True), ("Y Lee", set(), False)),
    ],
)
def test_a_firm_is_told_by_its_ending_and_two_people_by_an_and(text, firm, joined):
    found = spelling(text)
    assert found.firm == ({*firm.split()} if isinstance(firm, str) else firm)
    assert found.joined == bool(joined)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        *(("Tom Hale", ((), 0)), ("Tom Hale Jr.", ((), 2)), ("Tom Hale, Junior", ((), 2))),
        *(("Tom Hale II", ((), 2)), ("Tom Hale III", ((), 3)), ("Tom Hale IV", ((), 4))),
        *(("Tom Hale Sr", ((), 1)), ("Senior Tom", ((), 0)), ("Hale, Tom, Jr", ((), 2))),
        *(("Person 007", (("7",), 0)), ("Person 0", (("0",), 0)), ("Unit 10b 2", (("10", "2"), 0))),
    ],
)
def test_numbers_and_generations_tell_people_apart(text, apart):
    assert spelling(text).apart == apart


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        *(("Mrs Ann Lee", "her"), ("Herr Bo Park", "his"), ("Dr Ann Lee", ""), ("Ann Lee", "")),
        ("Mr Bo Park, Ms", ""),
    ],
)
def test_a_title_may_say_the_sex(text, sex):
    assert spelling(text).sex == sex


def test_only_one_comma_parts_surname_and_first_name():
    assert spelling("Lee, Ann").comma
    assert spelling("Lee, Ann, Jr").comma
    assert not any(spelling(text).comma for text in ("Ann Lee", "Lee,", "Lee, Jr", "a, b, c"))
    assert spelling("a, b, c").words == ("a", "b", "c")
    assert spelling("Ann Lee Park").turned == ("park", "ann", "lee")
    assert spelling("").turned == ()


@pytest.mark.parametrize(
    ("text", "ending", "titled"),
    [
        *(
            ("CPA", True, True),
            ("Jr.", True, False),
            ("GmbH & Co", True, False),
            ("Bo", False, False),
        ),
        *(("MBA, Bo", False, True), ("Sir", False, True), (",", False, False), ("", False, False)),
        *(("Ann Lee, esq.", False, True), ("Drew Lee", False, False)),
    ],
)
def test_words_that_end_a_name(text, ending, titled):
    assert (is_ending(text), has_title(text)) == (ending, titled)


@given(st.lists(st.sampled_from("ab"), max_size=4), st.lists(st.sampled_from("ab"), min_size=1))
def test_words_in_a_row_are_those_that_a_text_of_them_has(words, wanted):
    told, part = f" {' '.join(words)}", f" {' '.join(wanted)}"
    assert holds_in_a_row(words, wanted) == (part in told)


# ------------------------------------------------------------------ initials and companies


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Harrow, Bea J.", ("bea harrow", "j", "")),
        ("Bea J. K. Harrow", ("bea harrow", "j k", "")),
        ("B. Harrow", ("b. harrow", "", "")),
        ("Bea H.", ("bea h.", "", "")),
        ("Bea J (Quill)", ("bea j", "", "quill")),
        ("Bea Jo Harrow", ("bea jo harrow", "", "")),
        ("Bea", ("bea", "", "")),
        ("(Quill)", ("", "", "quill")),
        ("", ("", "", "")),
    ],
)
def test_initials_of_middle_names(name, form):
    assert without_initials(name) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *(("Ann Lee(ACME)", ("ann lee", "acme")), ("Ann (x) Lee", ("ann (x) lee", ""))),
        *(("Ann Lee ()", ("ann lee", "")), ("Lee, (Acme)", ("lee,", "acme"))),
        *((", Ann", (", ann", "")), ("Lee, Ann, Jr", ("ann, jr lee", ""))),
        ("Ann (a) (b)", ("ann (a)", "b")),
    ],
)
def test_a_company_in_brackets_behind_the_name(name, form):
    assert without_firm(name) == form


# ------------------------------------------------------------------ one spelling of each


@pytest.mark.parametrize(
    ("cells", "best"),
    [
        ({"ann lee": 9, "ANN LEE": 8, "Ann Lee": 1}, "Ann Lee"),
        ({"Lee, Ann": 9, "ann lee": 1}, "ann lee"),
        ({"ANN LEE": 1, "ann lee": 2}, "ann lee"),
        ({"José": 1, "Jose": 2}, "Jose"),
        ({"Lee, Ann": 1, "LEE, ANN": 5}, "Lee, Ann"),
    ],
)
def test_the_most_usual_spelling_is_the_persons(cells, best):
    assert one_spelling(cells) == dict.fromkeys(cells, best)
    assert spelled_alike(cells) == dict.fromkeys(cells.keys() - {best}, best)


def test_codes_and_others_are_as_they_are_written():
    cells = {"x7Q": 1, "X7q": 2, "A": 1, "a": 2, "Park, Bo": 1, "Bo Parker": 3, "Lee,Ann": 1}
    assert one_spelling(cells) == {name: name for name in cells}
    assert spelled_alike(cells) == {}
    assert [is_code(name) for name in ("", "7", "é", "no1", "Ann", "A 1")] == [True] * 4 + [
        False
    ] * 2
    assert [in_order(name) for name in ("X7", "Lee, ANN", ",", "Lee,Ann")] == [
        *("X7", "ann lee", ",", "lee,ann")
    ]


@given(st.dictionaries(names(), st.integers(1, 9), max_size=5))
def test_a_spelling_is_one_of_the_cells_and_has_one_itself(cells):
    best = one_spelling(cells)
    assert list(best) == list(cells)
    assert {*best.values()} <= {*cells}
    assert all(best[name] == name for name in best.values())
    assert spelled_alike(cells) == {name: to for name, to in best.items() if name != to}


def test_what_was_spelled_otherwise_is_told_and_the_rest_counted():
    meant = {f"A{at}": "Ann" for at in range(7)}
    assert say_spelled({}, {}) == ""
    one = say_spelled({"ann": "Ann"}, {"ann": 1}, "says", "who it is")
    assert one == "1 cell says who it is: 'ann' is 'Ann'"
    told = say_spelled(meant, dict.fromkeys(meant, 2))
    assert told.startswith("14 cells spell a name in another way: 'A0' is 'Ann', ")
    assert told.endswith("'A4' is 'Ann', and 2 more")
    assert "more" not in say_spelled(dict(list(meant.items())[:5]), dict.fromkeys(meant, 2))


# ------------------------------------------------------------------ names in a text, and begun


BOOK = {"Ann": [], "Ann Lee": ["Annie"], "Bo": [], "李雷": ["雷雷 李"], "C++": []}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ann met Ann Lee, then Bo", ["Ann", "Ann Lee", "Bo"]),
        ("ann lee", ["Ann Lee"]),
        ("ann and bo", []),
        ("ANN\n LEE. Annie, Annies", ["Ann Lee"]),
        ("Anna Lee, Joann Lee, Bob", []),
        ("Ann-Lee and _Bo_", ["Ann"]),
        ("见李雷了", ["李雷"]),
        ("雷雷  李", ["李雷"]),
        ("C++ and C++11", ["C++"]),
        ("", []),
    ],
)
def test_whom_a_text_speaks_of(text, people):
    assert Mentions(BOOK).people(text) == people


def test_a_text_is_given_with_other_names():
    mentions = Mentions(BOOK)
    told = mentions.replaced("ANN  LEE told Bo: Annie", {"Ann Lee": "X"})
    assert told == "X told Bo: X"
    assert mentions.replaced("nobody", {"Ann": "X"}) == "nobody"
    assert mentions.replaced("ann lee", {}) == "ann lee"
    assert folded(" ANN\tLee ") == "ann lee"


@given(st.dictionaries(names(), st.just([]), max_size=4))
def test_everybody_is_found_in_the_list_of_all_of_them(book):
    found = Mentions(book).people(" | ".join(book))
    assert {*found} <= {*book}
    inner = {one for one in book for other in book if one != other and folded(one) in folded(other)}
    assert {*found} >= {*book} - inner


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("an", ["Ann Lee", "Anna Bell"]), ("AN", ["Ann Lee", "Anna Bell"]), ("lee", ["Ann Lee"])),
        *(("bell", []), ("zz", []), ("jose", ["José"]), ("a.", ["A. Lee"]), ("le", ["Ann Lee"])),
    ],
)
def test_what_completes_a_name(text, found):
    people = ["Anna Bell", "Ann Lee", "Cy Bell", "José"]
    assert completing(text, ["A. Lee", *people, "Ann Lee"], people) == found
