"""Which names may be one person, and which are two, whatever they share."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import names
from workload import calls

from refgraph.lookalikes import lookalikes
from refgraph.lookalikes.candidate_pairs import pairs_worth_a_look
from refgraph.lookalikes.differences import compare
from refgraph.lookalikes.few_edits import edits_allowed
from refgraph.lookalikes.fragments import fragments
from refgraph.names.spelling import spelling

ONE = [
    ("Ann Lee", "ANN LEE", "differ only in capital letters"),
    ("José Park", "jose park", "differ only in accents or capital letters"),
    ("Jean-Luc Roy", "Jean Luc Roy", "differ only in blanks, punctuation or accents"),
    ("O'Neil", "O’Neil", "differ only in blanks, punctuation or accents"),
    ("王 小明", "王小明", "differ only in blanks, punctuation or accents"),
    ("أحمد علي", "احمد علي", "differ only in accents or capital letters"),
    ("Фёдор Орлов", "Федор Орлов", "differ only in accents or capital letters"),
    ("Åse Ødegård", "Ase Odegard", "differ only in blanks, punctuation or accents"),
    ("Ann Lee", "Lee, Ann", "the same words in another order"),
    ("Ann Lee", "Lee Ann", "the same words in another order"),
    ("太郎 田中", "田中 太郎", "the same words in another order"),
    ("Ann Lee", "Dr. Ann Lee", "with and without 'dr'"),
    ("Ann Lee", "Ann Lee, PhD", "with and without 'phd'"),
    ("Ann Lee", "Lee, Dr. Ann", "with and without 'dr'"),
    ("Moss & Hale Ltd", "Moss and Hale", "with and without 'ltd'"),
    ("Acme, Inc.", "ACME", "with and without 'inc'"),
    ("Marcus Bell", "Marcus Bel", "one edit apart"),
    ("Marcus Bell", "Macrus Bell", "one edit apart"),
    ("Ingrid Solberg", "Ingird Solburg", "two edits apart"),
    ("Ingrid Solberg", "Sollberg Ingrid", "one edit apart, in another order"),
    ("Mueller", "Müller", "one edit apart"),
    ("Hay den Moss", "Hayden Moss", "differ only in blanks, punctuation or accents"),
    ("A. Lee", "Ann Lee", "an initial stands for a name"),
    ("Lee, A.", "Ann Lee", "an initial stands for a name"),
    ("J.P. Moss", "Jane Paula Moss", "an initial stands for a name"),
    ("Ann B. Lee", "Ann Lee", "one leaves out a middle name"),
    ("Dan Okafor", "Daniel Okafor", "the first name of one begins the other"),
]
TWO = [
    ("Ann Lee", "Ann Leigh"),
    ("Ann Lee", "Ian Lee"),
    ("Bo", "Jo"),
    ("Jane Smith", "John Smith"),
    ("Jo Williamson", "Al Williamson"),
    ("A. Lee", "B. Lee"),
    ("A. Lee", "Bo Lee"),
    ("Person 0001", "Person 0002"),
    ("Person 1", "Person 11"),
    ("p1", "p2"),
    ("Studio 54", "Studio 45"),
    ("Tom Hale Jr.", "Tom Hale Sr."),
    ("Tom Hale II", "Tom Hale III"),
    ("Tom Hale", "Tom Hale Jr"),
    ("Mr Lee", "Mrs Lee"),
    ("Herr Vogt", "Frau Vogt"),
    ("王小明", "王小民"),
    ("محمد علي", "محمود علي رضا"),
    ("...", "§§"),
    ("Ann Lee", "Bo Park"),
]


@pytest.mark.parametrize(("one", "other", "reason"), ONE)
def test_what_sets_two_spellings_of_one_person_apart_is_said(one, other, reason):
    (pair,) = lookalikes([one, other, "Zoltan Quist"])
    assert {pair.person, pair.other} == {one, other}
    assert pair.reason == reason
    assert 0 < pair.score < 1


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_people_are_not_suggested_as_one(one, other):
    assert lookalikes([one, other]) == []


def test_the_likeliest_pair_stands_first():
    pairs = lookalikes(["Ann Lee", "ann lee", "Marcus Bell", "Marcus Bel", "Rosa", "Rosa Delgado"])
    assert [pair.other for pair in pairs] == ["ann lee", "Marcus Bel", "Rosa"]


def test_a_number_is_the_same_however_it_is_padded():
    assert lookalikes(["Person 007", "Person 7"])[0].score > 0.7


def test_the_name_of_more_rows_is_kept_else_the_longer_one():
    (pair,) = lookalikes(["A. Lee", "Ann Lee"])
    assert (pair.person, pair.other) == ("Ann Lee", "A. Lee")
    (pair,) = lookalikes(["A. Lee", "Ann Lee"], rows={"A. Lee": 5, "Ann Lee": 1})
    assert pair.person == "A. Lee"


def test_an_edit_between_two_names_that_others_bear_is_no_slip():
    likely = ["Maria Lopez", "Mario Lopez"]
    assert lookalikes(likely)
    others = ["Maria Stone", "Maria Vogt", "Mario Stern", "Mario Quist"]
    assert lookalikes([*likely, *others]) == []


def test_an_initial_that_fits_several_is_doubted():
    pairs = lookalikes(["A. Lee", "Ann Lee", "Adam Lee"])
    assert [pair.reason for pair in pairs] == ["an initial stands for a name, and 2 names fit"] * 2
    assert {pair.other for pair in pairs} == {"A. Lee"}
    pairs = lookalikes(["A. Lee", "Ann Lee", "Lee, Ann"])  # two spellings of one name
    assert [pair.reason for pair in pairs][1:] == ["an initial stands for a name"] * 2


def test_a_part_of_a_name_counts_only_if_it_fits_nobody_else():
    assert [pair.other for pair in lookalikes(["Rosa", "Rosa Delgado"])] == ["Rosa"]
    assert lookalikes(["Rosa", "Rosa Delgado", "Rosa Vogt"]) == []


def test_people_known_to_be_two_are_never_suggested():
    assert lookalikes(["Ann Lee", "ann lee"], apart=[("ann lee", "Ann Lee")]) == []


def test_the_alias_of_one_may_look_like_another():
    (pair,) = lookalikes({"Robert Hale": ["Bob Hale"], "Bob Hael": [], "Ann": []})
    assert (pair.person, pair.other) == ("Robert Hale", "Bob Hael")


def test_one_address_is_a_reason_and_two_are_a_doubt():
    names = ["Ann Lee", "Anne Lee", "Bob Hale", "Rob Moss"]
    (plain,) = lookalikes(names)
    emails = {"Ann Lee": "ann@example.org", "Anne Lee": "ANN@example.org"}
    (same,) = lookalikes(names, emails=emails)
    assert same.score > plain.score
    assert same.reason == "the same e-mail address; one edit apart"
    (doubted,) = lookalikes(names, emails=emails | {"Anne Lee": "anne@example.org"})
    assert doubted.score < plain.score
    (unlike,) = lookalikes(names[2:], emails=dict.fromkeys(names[2:], "hale@example.org"))
    assert unlike.reason == "the same e-mail address"


def test_an_address_of_a_whole_office_is_no_reason():
    names = ["Ann Lee", "Bob Hale", "Cy Moss", "Di Park"]
    assert lookalikes(names, emails=dict.fromkeys(names, "office@example.org")) == []


def test_long_names_of_firms_are_compared_by_their_rare_words():
    firms = [f"{word} Family Care Center" for word in ("Oak", "Elm", "Fir", "Yew", "Ash", "Bay")]
    one, other = "Harbor Lantern Care Center", "Harbor Lantern Family Care"
    pairs = lookalikes([*firms, one, other])
    assert [{pair.person, pair.other} for pair in pairs] == [{one, other}]
    assert pairs[0].reason == "share words that few others have: harbor, lantern"


@given(st.lists(names(), unique=True, max_size=8))
@example(["=1+1", "1 1", "11"])
def test_whatever_the_names_pairs_are_of_two_of_them_each_once(drawn):
    pairs = lookalikes(drawn)
    assert all(pair.person != pair.other for pair in pairs)
    assert {name for pair in pairs for name in (pair.person, pair.other)} <= {*drawn}
    assert len({frozenset((pair.person, pair.other)) for pair in pairs}) == len(pairs)
    assert pairs == lookalikes(reversed(drawn))


WORDS = [
    "ann",
    "anne",
    "a",
    "lee",
    "le",
    "lea",
    "daniel",
    "dan",
    "dainel",
    "solberg",
    "jr",
    "dr",
    "7",
]
FEW_WORDS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@given(st.lists(FEW_WORDS | st.text("abc ", max_size=9), unique=True, max_size=9))
def test_no_pair_that_compares_well_is_missed_by_the_search(drawn):
    spellings = [spelling(name) for name in drawn]
    kept = [one for one in spellings if one.words]
    found = {(kept[first].text, kept[second].text) for first, second in pairs_worth_a_look(kept)}
    for one, other in combinations(kept, 2):
        difference = compare(one, other)
        assert difference == compare(other, one)
        if difference:
            assert (one.text, other.text) in found


def distance(one, other):
    """Count edits by the definition: a letter more, less, other, or exchanged with the next."""
    table = {(at, -1): at + 1 for at in range(-1, len(one))}
    table |= {(-1, at): at + 1 for at in range(-1, len(other))}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            ways = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)]
            if i and j and (a, b) == (other[j - 1], one[i - 1]):
                ways.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(ways)
    return table[len(one) - 1, len(other) - 1]


@given(st.text("abc", min_size=1, max_size=12), st.text("abc", min_size=1, max_size=12))
@example("marcusbell", "macrusbel")
def test_names_of_one_word_are_alike_within_the_edits_that_their_length_allows(one, other):
    allowed = edits_allowed(min(len(one), len(other)))
    difference = compare(spelling(one), spelling(other))
    near = one == other or (
        distance(one, other) <= min(allowed, 1 if min(len(one), len(other)) < 6 else 2)
    )
    assert (difference is not None) == near


@st.composite
def slips(draw):
    """Give one word, and what one or two slips of the hand make of it."""
    word = draw(st.text("ab", min_size=5, max_size=28))
    letters = [*word]
    for _ in range(draw(st.integers(1, 2))):
        at, made = draw(st.integers(0, len(letters) - 2)), draw(st.sampled_from("acx<"))
        letters[at : at + 2] = {
            "<": [*reversed(letters[at : at + 2])],
            "x": letters[at + 1 : at + 2],
        }.get(made, [made, *letters[at + draw(st.integers(0, 1)) : at + 2]])
    return word, "".join(letters)


@given(slips())
@example(("a" * 25, "a" * 23 + "b"))
@example(("ab" * 12, "b" + "ab" * 11))
def test_no_slip_is_missed_in_a_short_word_or_a_long_one(both):
    one, other = both
    if distance(one, other) <= edits_allowed(min(map(len, both))):
        assert pairs_worth_a_look([*map(spelling, (*both, "zzzzzzzzzz"))]) == [(0, 1)]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=6))
def test_a_fragment_shares_a_word_with_its_other(drawn):
    spellings = [spelling(" ".join(words)) for words in drawn]
    for first, second, _ in fragments(spellings):
        assert {*spellings[first].words} & {*spellings[second].words}


def test_a_series_of_names_takes_as_much_for_each_and_suggests_nothing():
    numbered = [f"Person {number:04}" for number in range(3_000)]
    lettered = [f"Ann {a}{b}{c}x" for a in "bcdefghijk" for b in "abcdefghij" for c in "abcdefghij"]
    for series in (numbered, lettered):
        assert lookalikes(series) == []
        some, all_of_them = (partial(lookalikes, series[::step]) for step in (4, 1))
        assert calls(all_of_them) < 6 * calls(some)


def test_nothing_is_loaded_for_lookalikes_before_they_are_asked_for():
    code = (
        "import sys, refgraph; refgraph.Book.sample(); from refgraph.cli import main;"
        "sys.exit('rapidfuzz' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
