"""One referral is found by its id, its line or a name: beside a walk over every row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import RefgraphError
from refgraph.keeping.find_referral import find_referral, of_id
from refgraph.reading import ReadOptions, read

JUNE = ReadOptions(today=date(2026, 6, 30), me="Me")
NAMES = ("Ann Lee", "Bo Park", "Cy Ono", "Me")
PROSPECTS = ("", "Dee Fox", "Eli Hart")


def book_of(rows, folder):
    lines = [f",{one},{two},{who},{state},r{at}" for at, (one, two, who, state) in enumerate(rows)]
    table = Path(folder, "referrals.csv")
    table.write_text("\n".join(["date,giver,receiver,prospect,status,id", *lines, ""]), "utf-8")
    return read(table, JUNE)


def meant(rows, typed):
    """Say by a walk over the rows, of whole names alone, which are meant, and which go on."""
    where = [2] if any(row[2] == typed for row in rows) else [0, 1]
    found = [at for at, row in enumerate(rows) if typed in [row[each] for each in where]]
    return found, [at for at in found if rows[at][3] not in ("won", "lost")]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(PROSPECTS),
        st.sampled_from(["given", "met", "won", "lost"]),
    ).filter(lambda row: row[0] != row[1]),
    min_size=1,
    max_size=9,
)


@given(ROWS, st.sampled_from([*NAMES[:3], *PROSPECTS[1:]]))
def test_whoever_is_typed_the_rows_say_which_is_meant(tmp_path_factory, rows, typed):
    record = book_of(rows, tmp_path_factory.mktemp("book"))
    found, going = meant(rows, typed)
    if len(going) == 1:
        assert find_referral(record, typed).id == f"r{going[0]}"
    elif going or found:
        with pytest.raises(RefgraphError) as caught:
            find_referral(record, typed)
        listed = [line.split()[0] for line in str(caught.value).splitlines()[1:]]
        assert listed == [f"r{at}" for at in (going or found)][-8 if not going else None :]
    else:
        with pytest.raises(RefgraphError, match="somebody called so"):
            find_referral(record, typed)


@given(ROWS, st.data())
def test_an_id_and_a_line_name_the_same_row(tmp_path_factory, rows, data):
    record = book_of(rows, tmp_path_factory.mktemp("book"))
    at = data.draw(st.integers(0, len(rows) - 1))
    found = find_referral(record, f" r{at} ")
    assert found == find_referral(record, f"referrals.csv:{at + 2}") == of_id(record, f"r{at}")
    assert (found.giver, found.receiver, found.prospect, found.status) == rows[at]


ENDLESS = "referrals.csv:" + "9" * 5000  # no number that Python would make of it


@pytest.mark.parametrize(
    "typed", ["referrals.csv:02", "other.csv:2", ":2", "referrals.csv:9", "r", ENDLESS]
)
def test_what_is_no_line_of_the_book_names_nothing(tmp_path, typed):
    record = book_of([("Ann Lee", "Bo Park", "", "given")], tmp_path)
    with pytest.raises(RefgraphError, match="No referral has the id"):
        find_referral(record, typed)


def test_of_few_rows_a_near_id_is_named_of_very_many_a_near_person(tmp_path, monkeypatch):
    record = book_of([("Ann Lee", "Bo Park", "", "given")] * 12, tmp_path)
    with pytest.raises(RefgraphError, match=r"Did you mean 'r11'\?"):
        find_referral(record, "rr11")
    monkeypatch.setattr("refgraph.keeping.find_referral._MOST_COMPARED", 11)
    with pytest.raises(RefgraphError, match=r"called so\.$"):
        find_referral(record, "rr11")
    with pytest.raises(RefgraphError, match=r"Did you mean 'Ann Lee'\?"):
        find_referral(record, "Anm Lee")
