"""The graph for other tools reads back as it was, whatever the names."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import pairwise

import networkx as nx
import pytest
from elsewhere import asked_elsewhere, asked_here
from hypothesis import given, settings
from strategies import AWKWARD, TODAY, book_of, referral_rows

from refgraph import Book
from refgraph.book.export import FORMATS, edge_list, gexf, graphml, node_link, plain_graph


def told(G):
    return list(G.nodes(data=True)), list(G.edges(data=True))


def read_gexf(text):
    """Read GEXF, without the number of each tie, and the day from which it is shown."""
    G = nx.read_gexf(io.BytesIO(text.encode()))
    for *_, tie in G.edges(data=True):
        del tie["id"]
        tie.pop("start", None)
    return G


READERS = {
    "graphml": (graphml, nx.parse_graphml),
    "gexf": (gexf, read_gexf),
    "json": (node_link, lambda text: nx.node_link_graph(json.loads(text), edges="edges")),
}


@pytest.fixture
def awkward():
    rows = [
        (date(2026, 1, 1) if at % 2 else None, one, other, at + 1)
        for at, (one, other) in enumerate(pairwise(AWKWARD))
    ]
    people = [
        {"person": AWKWARD[0], "role": "client", "group": 'a & <b> "c"', "offers": ("wills", "x")},
        {"person": "محمد علي", "profession": "law", "needs": ("=1+1",)},
        {"person": "王小明"},
    ]
    return book_of(rows, people=people)


@pytest.mark.parametrize(("write", "read"), READERS.values(), ids=READERS)
def test_awkward_names_read_back_equal(awkward, write, read):
    assert type(read(write(awkward))) is nx.DiGraph
    assert told(read(write(awkward))) == told(plain_graph(awkward))


@settings(max_examples=15)
@given(referral_rows())
def test_every_book_reads_back_equal(rows):
    book = book_of([(TODAY, *row) for row in rows])
    for write, read in READERS.values():
        assert told(read(write(book))) == told(plain_graph(book))


@pytest.mark.parametrize(("write", "read"), READERS.values(), ids=READERS)
def test_every_format_tells_label_role_group_and_profession(adviser, write, read):
    G = read(write(adviser))
    assert {*G} == {*adviser.people.index}
    for person, row in adviser.people.iterrows():
        about = {name: row[name] for name in ("role", "group", "profession") if row[name]}
        assert {"label": person, **about}.items() <= G.nodes[person].items()


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_an_empty_book_is_written_too(write):
    text = write(book_of([]))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_what_is_known_of_people_goes_along():
    book = Book.sample()
    G = plain_graph(book)
    assert list(G) == list(book.graph())
    assert list(G.edges(data=True)) == list(book.graph().edges(data=True))
    told_of = G.nodes["Hiro Tanabe"]
    assert told_of["role"] == "partner"
    assert [name for name, label in G.nodes(data="label") if name != label] == []
    assert all(isinstance(value, str) and value for value in told_of.values())
    G.add_edge("Hiro Tanabe", "somebody new")  # one's own copy
    assert "somebody new" not in book.graph()


def test_the_edge_list_reads_back_as_referrals(awkward, tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text(edge_list(awkward, raw=True), encoding="utf-8")
    again = Book.read(path, today="2026-06-30", columns={"count": "weight", "date": "last"})
    ties = [(u, v, weight) for u, v, weight in again.graph().edges(data="weight")]
    assert ties == list(awkward.graph().edges(data="weight"))


def test_the_edge_list_by_hand():
    book = book_of([(date(2026, 1, 5), "Ann", "Lee, Bo", 2), (None, "Ann", "Cy", 1)])
    assert list(csv.reader(io.StringIO(edge_list(book)))) == [
        ["giver", "receiver", "weight", "first", "last"],
        ["Ann", "Cy", "1", "", ""],
        ["Ann", "Lee, Bo", "2", "2026-01-05", "2026-01-05"],
    ]


def test_the_same_bytes_in_every_process_and_for_shuffled_rows(tmp_path):
    lines = [f"2026-01-0{1 + n % 9},{a},{b}\n" for n, (a, b) in enumerate(pairwise("PQRSTUPSRQ"))]
    code = (
        "import sys; from refgraph import Book; from refgraph.book.export import FORMATS;"
        "book = Book.read(sys.argv[1], today='2026-06-30');"
        "print(*(f(book) for f in FORMATS.values()))"
    )
    told = []
    for asked, some in ((asked_here, lines), (asked_elsewhere, lines[::-1])):
        path = tmp_path / f"{len(told)}.csv"
        path.write_text("date,giver,receiver\n" + "".join(some))
        told.append(asked(code, path))
    assert told[0] == told[1]
    assert "<gexf" in told[0]
