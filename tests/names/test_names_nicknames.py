"""Short forms of first names are asked about, in every place that asks, and never taken."""

from __future__ import annotations

import pytest

from refgraph.errors import UnknownPersonError
from refgraph.lookalikes import lookalikes
from refgraph.names.lookup import Lookup
from refgraph.names.nicknames import full_forms, may_be_one

#: In each of seven languages.
PAIRS = [
    *(("Bob", "Robert"), ("Liz", "Elizabeth"), ("Bill", "William"), ("Peggy", "Margaret")),
    *(("Hans", "Johannes"), ("Steffi", "Stefanie"), ("Pepe", "José"), ("Paco", "Francisco")),
    *(("Beppe", "Giuseppe"), ("Gigi", "Luigi"), ("Kees", "Cornelis"), ("Zé", "José")),
    *(("Gaby", "Gabrielle"), ("Manu", "Emmanuel"), ("Wim", "Willem"), ("Chico", "Francisco")),
]


@pytest.mark.parametrize(("short", "full"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
def test_a_short_form_is_asked_about_by_who_writes_and_by_who_reads(short, full):
    lookup = Lookup({f"{full} Quist": [], "Mo Sand": []})
    for find in (lookup.write, lookup.read, lookup.change):
        with pytest.raises(UnknownPersonError) as told:
            find(f"{short} Quist")
        assert told.value.near == (f"{full} Quist",)
    assert lookup.write(f"{short} Quist", new=True).new
    assert lookup.write(f"{short} Sand").new


@pytest.mark.parametrize(("short", "full"), PAIRS)
def test_a_short_form_is_a_lookalike_and_another_surname_is_none(short, full):
    names = [f"{short} Quist", f"{full} M. Quist", f"{full} Sand"]
    (pair,) = lookalikes(names)
    assert {pair.person, pair.other} == {*names[:2]}
    assert pair.score < 0.7


def test_two_e_mail_addresses_make_it_doubtful():
    names = ["Bob Quist", "Robert Quist"]
    emails = {"Bob Quist": "b@example.org", "Robert Quist": "r@example.org"}
    (plain,), (doubtful,) = lookalikes(names), lookalikes(names, emails=emails)
    assert doubtful.score < plain.score
    assert plain.reason in doubtful.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [("alexander", "alexandra"), ("robert", "rupert"), ("bob", "bill"), ("ann", "ann"), ("", "")],
)
def test_two_names_are_two(one, other):
    assert not may_be_one(one, other)


def test_the_table_is_bare_and_says_each_form_once_a_name():
    from refgraph.names import nicknames
    from refgraph.names.spelling import bare

    for line in nicknames._SHORT_FORMS.replace("|", "\n").splitlines():
        words = line.split()
        assert words == bare(line).split()
        assert len(words) != 1
        assert len({*words}) == len(words), line
    assert full_forms("bob") == {"robert"}


def test_a_first_name_alone_is_asked_about_too_but_makes_no_lookalike():
    with pytest.raises(UnknownPersonError, match="Did you mean 'Robert Quist'"):
        Lookup({"Robert Quist": []}).write("Bob")
    assert lookalikes(["Bob", "Robert"]) == []


def test_the_alias_of_somebody_counts():
    with pytest.raises(UnknownPersonError) as told:
        Lookup({"R. Quist": ["Robert Quist"]}).write("Bob Quist")
    assert told.value.near == ("R. Quist",)
