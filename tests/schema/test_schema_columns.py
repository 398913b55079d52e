"""What is said of each column, and the few answers that are drawn from columns alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.schema import columns as schema
from refgraph.schema.among_texts import is_one_of, listed
from refgraph.schema.columns import FIELDS, columns_where, field_of, names_where
from refgraph.schema.contact_days import contacts, is_contact
from refgraph.schema.dates import iso_date
from refgraph.schema.distinct_values import Column, repeated_places, shared_codes
from refgraph.schema.field import Field
from refgraph.schema.row_ends import is_unexplained, only_named, parties_of, unexplained
from refgraph.schema.row_facts import date_of, days_of, undated_referrals
from refgraph.schema.unused import unused_in

# ------------------------------------------------------------------ what is declared

#: Whoever makes one more column public, or no longer late, says so here too.
SAID = {
    "people": {
        "public": "role profession group offers needs cadence helpful dependable follow_through"
        " track_record do_not_refer since",
        "health": "aliases email",
        "late": "",
        "required": "person",
        "kept": "person aliases role profession group offers needs email cadence helpful"
        " dependable follow_through track_record do_not_refer since",
    },
    "referrals": {
        "public": "date count handoff status status_date consent",
        "health": "",
        "late": "consent source",
        "required": "giver receiver",
        "kept": "date giver receiver count handoff status status_date consent",
    },
    "touches": {
        "public": "date kind personal until",
        "health": "",
        "late": "with about until",
        "required": "date person kind",
        "kept": "date person kind personal with until",
    },
    "statuses": {
        "public": "date status handoff",
        "health": "",
        "late": "handoff",
        "required": "date id status",
        "kept": "date status handoff",
    },
    "assertions": {
        "public": "date given received",
        "health": "",
        "late": "",
        "required": "date person",
        "kept": "date person given received",
    },
}


@pytest.mark.parametrize("table", FIELDS)
def test_what_leaves_a_book_is_said_column_by_column(table):
    """Incognito shows what is public; a book of health those, who is meant, and a few more."""
    said = {what: words.split() for what, words in SAID[table].items()}
    fields = FIELDS[table]
    assert [*names_where(fields, public=True)] == said["public"]
    assert [*names_where(fields, health=True)] == said["health"]
    assert [*schema.LATE[table]] == said["late"]
    assert [*schema.required_of(table)] == said["required"]
    names = {field.name for field in fields}
    assert names - schema.hidden_in_health(table) == {*said["kept"]}


def test_columns_are_found_by_what_is_said_of_them():
    assert list(schema.COLUMNS) == ["people", "referrals", "touches", "statuses"]
    assert {"date", "since", "status_date"} == schema.DATES
    assert columns_where(dtype="day", ahead=True) == ("until",)
    assert columns_where(points=True) == ("about", "id")
    assert columns_where(names="anyone") == ("prospect",)
    assert columns_where(names="key") == ("aliases", "email", "id", "about")
    assert schema.NAMED == {
        "people": ("person",),
        "referrals": ("giver", "receiver", "prospect"),
        "touches": ("person", "with"),
        "statuses": (),
        "assertions": ("person",),
    }
    assert schema.MEMBERS == schema.NAMED | {"referrals": ("giver", "receiver")}
    assert field_of("statuses", "note").unused
    with pytest.raises(StopIteration):
        field_of("statuses", "giver")


def test_a_blank_cell_means_what_its_column_says():
    assert schema.blanks_of("referrals") == {
        "date": None,
        "prospect": "",
        "count": 1,
        "handoff": None,
        "status": "given",
        "status_date": None,
        "value": None,
        "currency": "",
        "note": "",
        "id": "",
        "consent": None,
        "source": "",
    }
    people = schema.blanks_of("people")
    assert people["do_not_refer"] is False
    assert people["aliases"] == people["offers"] == ()
    assert "person" not in people


@pytest.mark.parametrize(
    ("field", "check", "text", "fact", "mention", "name", "health"),
    [
        (Field("x"), "fields", True, False, True, False, False),
        (Field("x", public=True), "fields", True, False, True, False, True),
        (Field("x", health=True), "fields", True, False, True, False, True),
        (Field("x", names="member"), "fields", True, False, False, True, True),
        (Field("x", names="anyone"), "fields", True, False, True, True, False),
        (Field("x", names="key"), "fields", True, False, False, False, False),
        (Field("x", words=("a",)), "fields", False, True, False, False, False),
        (Field("x", dtype="list"), "fields", False, False, True, False, False),
        (Field("x", dtype="day"), "dates", False, True, False, False, False),
        (Field("x", dtype="day", check="own"), "own", False, True, False, False, False),
    ],
)
def test_the_careful_answer_is_given_where_nothing_is_said(
    field, check, text, fact, mention, name, health
):
    assert field.check == check
    assert (field.is_text, field.is_fact, field.may_mention) == (text, fact, mention)
    assert (field.is_name, field.in_health) == (name, health)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (Field("x", dtype="day"), "1", date(2026, 1, 1)),
        (Field("x", dtype="day", ahead=True), "2027-05-01", date(2027, 5, 1)),
        (Field("x", dtype="day", ahead=True), " ", None),
        (Field("x", names="member"), " Ann  Lee ", "Ann Lee"),
        (Field("x", dtype="amount", read=str), "", None),
    ],
)
def test_a_field_reads_as_its_file_writes(field, text, value):
    assert field.reader(lambda _: date(2026, 1, 1))(text) == value


def test_amounts_are_read_with_the_mark_of_their_file():
    amount = field_of("referrals", "value")
    assert str(amount.reader(iso_date, decimal_comma=True)("1,5")) == "1.5"
    assert (
        str(schema.readers_of("referrals", iso_date, decimal_comma=True)["value"]("1,5")) == "1.5"
    )
    with pytest.raises(ValueError, match="plain amount"):
        schema.readers_of("referrals", iso_date)["value"]("1,5")


@pytest.mark.parametrize(
    ("unused", "value", "is_unused"),
    [
        *((True, value, False) for value in ("", None, ())),
        *((True, value, True) for value in ("a", 0, False, ("a",))),
        *((False, value, False) for value in ("a", "")),
        *((("a", "b"), "a", True), (("a", "b"), "c", False), (("a",), "", False)),
    ],
)
def test_a_value_that_nothing_asks_for(unused, value, is_unused):
    assert bool(Field("x", unused=unused).is_unused(value)) is is_unused


def test_what_is_only_kept_is_told_once_by_its_column_or_its_word(monkeypatch):
    rows = [{"note": "a", "status": "won"}, {"note": "b"}, {"note": ""}, {"nothing": "x"}]
    assert unused_in("statuses", rows) == ("note",)
    assert unused_in("statuses", rows[2:]) == ()
    kinds = Field("kind", words=("call", "gift"), unused=("gift",))
    monkeypatch.setitem(FIELDS, "touches", (kinds, Field("note")))
    told = [{"kind": kind, "note": "x"} for kind in ("call", "gift", "gift")]
    assert unused_in("touches", told) == ("gift",)


# ------------------------------------------------------------------ rows asked by their columns


@pytest.mark.parametrize(
    ("kind", "planned", "is_one"),
    [
        *(
            (kind, planned, True)
            for kind in ("call", "thanks", "gift")
            for planned in (True, False)
        ),
        *((kind, False, False) for kind in ("mention", "concern", "snooze", "decision", "done")),
        *(("one-to-one", False, True), ("one-to-one", True, False)),
    ],
)
def test_which_touch_is_a_contact(kind, planned, is_one):
    assert is_contact(kind, planned=planned) is is_one


def test_each_person_of_a_contact_has_its_day():
    rows = {"date": [1, 2, 3, 4], "kind": ["call", "one-to-one", "one-to-one", "mention"]}
    rows |= {"person": ["Ann", "Bo", "Cy", "Di"], "with": ["", "Ann", "Ann", "Ann"]}
    until = {"until": [9, None, 9, None]}
    assert [*contacts(rows | until)] == [
        *((1, "call", "Ann"), (2, "one-to-one", "Bo"), (2, "one-to-one", "Ann")),
    ]
    assert len([*contacts(rows)]) == 5  # nobody plans without a column for it


def test_a_row_that_settles_says_how_or_is_found():
    rows = [("settled", ""), ("settled", "in kind"), ("call", "")]
    assert [is_unexplained({"kind": kind, "note": note}) for kind, note in rows] == [
        *(True, False, False)
    ]
    kinds, notes = zip(*rows, strict=True)
    assert unexplained({"kind": kinds, "note": notes}) == [0]
    with pytest.raises(ValueError, match="shorter"):
        unexplained({"kind": kinds, "note": notes[:2]})


def test_rows_answer_as_a_table_and_one_by_one():
    frame = pd.DataFrame({"date": pd.to_datetime(["2026-03-02 17:30", None]), "count": [2, 3]})
    assert date_of({"giver": "Ann"}) is None
    assert date_of(frame) is frame["date"] or date_of(frame).equals(frame["date"])
    with pytest.raises(KeyError):
        date_of(frame[["count"]])
    assert days_of(frame).tolist() == [date(2026, 3, 2), None]
    assert undated_referrals(frame) == 3
    assert only_named({"prospect": ["", "Zoe"]}) == {"Zoe"}
    assert parties_of({"person": "Ann", "with": ""}) == ("Ann", "")


# ------------------------------------------------------------------ columns of distinct values

VALUES = st.lists(st.sampled_from(["Ann", "Bo", "", None, 7]), max_size=6)


def whole(column):
    """A column of which each value stands in a row."""
    assert sorted(set(column.codes.tolist())) == list(range(len(column.distinct)))
    return list(column)


@given(VALUES, st.data())
def test_a_column_does_what_a_list_does(values, data):
    column = Column.of(iter(values))
    assert whole(column) == values == column
    assert Column.of(column) is column
    assert Column.of(tuple(values)) == Column.of(values)
    assert len(column) == len(values)
    assert [column[at] for at in range(len(values))] == values
    assert column[1:3] == values[1:3]
    assert column.map(repr) == [repr(value) for value in values]
    assert repr(column) == repr(values)
    assert [values[row] for row in column.first_rows()] == [*dict.fromkeys(values)]
    keep = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    kept = [value for value, is_kept in zip(values, keep, strict=True) if is_kept]
    assert whole(column.where(np.array(keep, bool))) == kept


@given(VALUES, st.dictionaries(st.integers(0, 5), st.sampled_from(["Ann", "Cy", None])))
def test_other_values_stand_where_they_are_put(values, others):
    others = {row: value for row, value in others.items() if row < len(values)}
    rows = np.array([*others], dtype=np.int64)
    changed = Column.of(values).with_others(rows, [*others.values()])
    expected = [others.get(row, value) for row, value in enumerate(values)]
    assert whole(changed) == expected
    assert changed.distinct == [*dict.fromkeys(expected)]


@given(VALUES, VALUES)
def test_columns_are_equal_where_their_values_are(one, other):
    columns = Column.of(one), Column.of(other)
    assert (columns[0] == columns[1]) == (one == other)
    assert (columns[0] == other) == (one == other)
    codes = shared_codes(*columns)
    for left, at in zip(one, codes[0].tolist(), strict=True):
        for right, there in zip(other, codes[1].tolist(), strict=True):
            assert (left == right) == (at == there)


def test_a_column_equals_nothing_but_columns_and_lists():
    column = Column.of(["Ann"])
    assert column != ("Ann",)
    assert column != "Ann"
    assert Column.of([float("nan")]) != [float("nan")]
    nothing = float("nan")
    assert Column.of([nothing]) == [nothing]  # as a list: it is the same one
    with pytest.raises(TypeError, match="unhashable"):
        hash(column)


def test_one_value_for_every_row():
    assert whole(Column.constant("x", 3)) == ["x"] * 3
    assert whole(Column.constant("x", 0)) == []


def test_a_long_column_is_walked_piece_by_piece(monkeypatch):
    monkeypatch.setattr("refgraph.schema.distinct_values._PIECE", 2)
    for rows in range(6):
        assert list(Column.of(range(rows))) == list(range(rows))


@given(st.lists(st.text("ab", max_size=2), max_size=8))
def test_places_of_what_is_repeated(values):
    expected = [at for at, value in enumerate(values) if values.count(value) > 1]
    assert repeated_places(values).tolist() == expected


@given(
    st.lists(st.sampled_from(["Ann", "Bo", "Cy", ""])), st.lists(st.sampled_from(["Ann", "", "x"]))
)
def test_texts_among_others_are_those_that_pandas_finds(texts, some):
    column = pd.Series(texts, dtype=object)
    expected = column.isin(some).tolist()
    ways = (some, {*some}, dict.fromkeys(some), pd.Series(some, dtype=object), iter(some))
    for among in (*ways, pd.Index(some, dtype=object), tuple(some)):
        assert is_one_of(column, among).tolist() == expected
    assert is_one_of(pd.Index(texts, dtype=object), some).tolist() == expected
    assert listed(column) == texts
