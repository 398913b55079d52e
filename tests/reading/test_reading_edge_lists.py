"""Lists of edges: known by their headers or without any, and the same read either way."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.reading.files import plain_csv
from refgraph.reading.files.records import open_source
from refgraph.reading.networks import take_network
from refgraph.reading.networks.edge_lists import UNDIRECTED, edge_columns

ENDS = [("source", "target"), ("from", "to"), ("vertex 1", "vertex 2"), ("giver", "receiver")]
WEIGHTS = ["count", "weight", "strength", "edge weight"]
TYPES = ["type", "direction", "directed"]


def opened(text, *, by_columns):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_csv, "LEAST_BYTES", 0)
        return open_source("e.csv", text, comment=None, choose=lambda _: ",", by_columns=by_columns)


def taken(text, *, by_columns):
    """Take a network of a table: its rows and their lines, or why not, and what is said."""
    source, notes = opened(text, by_columns=by_columns), []
    assert (source.bulk is not None) == by_columns
    try:
        is_one = take_network(source, notes)
    except LedgerError as error:
        return [(each.line, each.message, each.hint) for each in error.problems]
    rows = [*zip(source.lines, source.rows, strict=True)]
    if source.bulk is not None:
        columns = [source.bulk.column(at) for at in range(len(source.rows[0]))]
        rows += zip(source.bulk.lines, map(list, zip(*columns, strict=True)), strict=True)
    return is_one, sorted((line, row) for line, row in rows), notes


def both(text):
    """Give what is taken of a text, which is the same row by row and by columns."""
    by_rows = taken(text, by_columns=False)
    assert taken(text, by_columns=True) == by_rows
    return by_rows


def test_every_header_of_an_edge_list_is_known_in_any_order_and_spelling():
    for (giver, receiver), *some in product(ENDS, [None, *WEIGHTS], [None, *TYPES, "date", "id"]):
        names = [giver, receiver, *filter(None, some)]
        ours = giver == "giver" and (some[0] in (None, "count", "strength") or "date" in names)
        for order in permutations(names):
            header = [f" {name.replace(' ', '  ')} ".title() for name in order]
            found = {"giver": order.index(giver), "receiver": order.index(receiver)}
            if some[0]:
                found["count"] = order.index(some[0])
            assert edge_columns(header) == ({} if ours else found), header


@pytest.mark.parametrize("ours", ["person", "giver", "receiver"])
def test_a_column_of_ours_goes_before_the_ends_of_an_edge(ours):
    for ends in ENDS[:3]:
        assert edge_columns([*ends, ours, "weight"]) == {}
        assert edge_columns([ends[0], ours]) == edge_columns([ends[1], "weight"]) == {}
    assert edge_columns(["from", "target", "weight"]) == {}
    assert edge_columns([*WEIGHTS[::-1], *ENDS[0]])["count"] == 3  # the first that is known


@pytest.mark.parametrize(("name", "word"), [*product(TYPES, sorted(UNDIRECTED))])
def test_an_edge_of_no_direction_is_refused_with_its_line_and_read_once_it_has_one(name, word):
    text = f"Source,{name.title()},Target\nAnn,Directed,Bo\nBo, {word.upper()} ,Cy\nCy,{word},Ann\n"
    ((line, message, hint),) = both(text)
    assert (line, message) == (3, "undirected edges do not say who gave")
    assert hint.startswith("export directed edges, or write a row for each referral")
    is_one, rows, _ = both(text.replace(f" {word.upper()} ", "x").replace(word, "directed"))
    assert is_one
    assert [row[0] + row[2] for _, row in rows] == ["giverreceiver", "AnnBo", "BoCy", "CyAnn"]
    is_one, rows, _ = both(f"Source,Target,Kind\nAnn,Bo,{word}\n")  # of no column that says it
    assert (is_one, len(rows)) == (True, 2)


@pytest.mark.parametrize("again", ["Source,Target,9", " source , TARGET ,Weight"])
def test_a_header_that_stands_again_is_none_of_the_edges(again):
    text = f"Source,Target,Weight\nAnn,Bo,1\n{again}\nBo,Ann,2\n{again}\n"
    assert both(text) == [(3, "this row repeats the header", "take it out")]
    is_one, rows, _ = both(text.replace(f"{again}\n", ""))
    assert (is_one, len(rows)) == (True, 3)
    for half in ("Source,Ann,1", "Ann,Target,1"):  # people may be called so
        assert len(both(text.replace(again, half))[1]) == 5


def test_a_row_that_is_cut_short_is_left_as_it_is_among_the_edges():
    whole = "Ann,Bo,directed\nBo,Cy,directed\nCy,Ann,directed\nCy,Bo,directed\n"
    is_one, rows, _ = both(f"Source,Target,Type\nAnn\n{whole}")
    assert is_one
    assert rows[:2] == [(1, ["giver", "receiver", "Type"]), (2, ["Ann"])]
    assert both(f"Type,Source,Target\nmutual,Ann\n{whole}")[0][0] == 2
    assert both(f"Source,Target,Type\nAnn\n{whole}Source,Target,\n")[0][0] == 7


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Source,Target", "Source as giver, Target as receiver{}"),
        ("To, From ,Strength", "From as giver, To as receiver, Strength as count{}"),
        ("Source,Target,Day", "Source as giver, Target as receiver"),
        ("Source,Target,Start Date", "Source as giver, Target as receiver"),
        ("Source,Target,Updated", "Source as giver, Target as receiver{}"),
    ],
)
def test_what_an_edge_list_is_read_as_is_said(header, told):
    undated = "; it has no column date, so its referrals are undated"
    width = header.count(",") + 1
    _, _, notes = both(f"{header}\n{','.join(['Ann', 'Bo', '1'][:width])}\n")
    assert notes == [f"e.csv: this is an edge list: {told.format(undated)}"]


@pytest.mark.parametrize(
    ("header", "row", "edge"),
    [
        ("name,interaction", "Ann Lee (refers (to)) Bo,x", None),
        ("name,interaction", "Ann Lee (refers) Bo,x", ["Ann Lee", "Bo", ""]),
        ("Shared Name,shared interaction,Weight", "A () B C,x,3", ["A", "B C", "3"]),
        ("shared name,name,interaction", "x,Ann (a) Bo,x", ["Ann", "Bo", ""]),
        ("name,interaction", "Ann (x) Bo (y) Cy,x", ["Ann", "Bo (y) Cy", ""]),
        ("name,interaction", "Ann (x)Bo,x", None),
        ("name,interaction", "Ann (x) Bo", None),
    ],
)
def test_the_name_of_an_edge_says_who_gave(header, row, edge):
    told = taken(f"{header}\n{row}\n", by_columns=False)
    if edge is None:
        message = "this edge is not named like the others: A (interaction) B"
        assert told == [(2, message, "export it with the columns source and target")]
        return
    is_one, rows, notes = told
    assert is_one
    assert rows == [(1, ["giver", "receiver", "count"]), (2, edge)]
    told = "the names of its edges, A (interaction) B, say giver and receiver"
    assert notes == [f"e.csv: this is a table of edges: {told}; its referrals are undated"]


@pytest.mark.parametrize("header", ["name", "interaction", "name,action", "names,interaction"])
def test_a_table_without_both_names_no_edges(header):
    text = f"{header}\n" + ",".join(["Ann (x) Bo"] * (header.count(",") + 1)) + "\n"
    assert taken(text, by_columns=False) == (False, [*map_rows(text)], [])
    assert taken("name,interaction\n", by_columns=False)[0] is False


def map_rows(text):
    return enumerate([line.split(",") for line in text.splitlines()], 1)


# ------------------------------------------------------------------ without a header

DAYS = ["2026-01-31", "2026-1-3", "31.01.2026", "1/2/26", "31-01-26"]
COUNTS = ["3", "07", "2.0", "999999"]


@pytest.mark.parametrize("kinds", [("date",), ("count",), ("date", "count"), ()])
def test_days_and_counts_may_stand_anywhere_in_a_list_without_a_header(kinds):
    for order in {*permutations(["giver", "receiver", *kinds])}:
        if order.index("receiver") < order.index("giver"):
            continue  # the first name gave, whatever stands between
        for day, count in product(DAYS, COUNTS):
            first = {"giver": "Ann", "receiver": "Bo", "date": day, "count": count}
            later = {"giver": "Bo", "receiver": "Ann", "date": DAYS[0], "count": COUNTS[0]}
            lines = [[each[name] for name in order] for each in (first, later)]
            text = "".join(f"{','.join(line)}\n" for line in lines)
            is_one, rows, notes = taken(text, by_columns=False)
            assert is_one
            assert rows == [(0, [*order]), (1, lines[0]), (2, lines[1])]
            dated = "" if "date" in order else "; its referrals are undated"
            who = "the first name of a line gave, and the second received"
            assert notes == [f"e.csv: this is a list without a header: {who}{dated}"]


@pytest.mark.parametrize(
    ("names", "common", "is_one"),
    [(5, 1, True), (6, 1, False), (10, 2, True), (11, 2, False), (4, 0, False)],
)
def test_one_of_five_people_stands_on_both_sides_of_a_list(names, common, is_one):
    """Counted on the side that has fewer people: the other may have any number more."""
    givers = [f"G{letter}x" for letter in "abcdefghijk"[:names]]
    receivers = givers[:common] + [f"R{letter}y" for letter in "abcdefghijklmnop"]
    pairs = [(givers[-1], receivers[0]), *zip(givers, receivers[::-1], strict=False)]
    pairs += [(givers[-1], receiver) for receiver in receivers]
    text = "".join(f"{giver},{receiver}\n" for giver, receiver in pairs)
    told = both(text)
    assert told[0] is is_one
    if not is_one:
        assert told[1] == [*map_rows(text)]


@pytest.mark.parametrize(
    ("more", "is_one"),
    [
        ("", True),
        ("Cy,1,2\nDi,1,2\n", True),  # half of them stand on both axes
        ("Cy,1,2\nDi,1,2\nEd,1,2\n", False),
        ("".join(f"{letter},1,2\n" for letter in "cdefghijk"), False),
        ("Di,1,2\nCy,1,2,3\n", False),
        ("Di,1,2\nCy,1\n", False),
    ],
)
def test_a_matrix_is_one_by_columns_too(more, is_one):
    text = f"Name,Ann,Bo\nAnn,,2\nBo,1,\n{more}"
    told = both(text)
    assert told[0] is is_one
    if is_one:
        assert told[1][1:3] == [(2, ["Ann", "Bo", "2"]), (3, ["Bo", "Ann", "1"])]
        assert len(told[1]) == 3 + 2 * more.count("\n")


LINE = st.lists(
    st.sampled_from(["Ann", "Bo", "Cy", "2026-01-05", "2", "", "?", "Source", "Target"]),
    min_size=2,
    max_size=5,
)


@given(LINE.flatmap(lambda first: st.lists(
    st.lists(st.sampled_from([*first, "Ann", "Bo", "1"]), min_size=len(first), max_size=len(first)),
    min_size=1, max_size=6,
).map(lambda rest: [first, *rest])))  # fmt: skip
def test_a_table_is_the_same_network_row_by_row_and_by_columns(rows):
    rows = [row for row in rows if any(row)]
    if len(rows) > 1:
        both("".join(",".join(row) + "\n" for row in rows))
