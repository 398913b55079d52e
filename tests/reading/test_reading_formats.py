"""Networks as other programs write them, line by line: what is read, and what is refused."""

from __future__ import annotations

import pytest

from refgraph import Book
from refgraph.errors import LedgerError
from refgraph.reading.networks.edge_lists import edge_columns
from refgraph.reading.networks.graph_text import graph_format
from refgraph.reading.networks.plain_graphs import GraphError, read_dl, read_pajek, read_sif

# ------------------------------------------------------------------ which format


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("*Network x\n*Vertices 1\n", "Pajek"), ("% by x\n*vertices 2\n", "Pajek")),
        *(("*Arcs\n", ""), ("*Verticesx 2", ""), ("\ufeff\n *Vertices 2\n", "Pajek")),
        *(("dl n=2 format=edgelist1\n", "UCINET DL"), ("DL NR = 2\n", "UCINET DL"), ("dl x", "")),
        *(('Creator "x" Version 1\ngraph [\n', "GML"), ("graph [", "GML"), ("graph\n[", "GML")),
        *(("digraph {", "DOT"), ('strict digraph "x" {', "DOT"), ("graph g{", "DOT")),
        *(("graph, of things", ""), ("digraph", ""), ("{", "")),
        *(('<?xml version="1.0"?><!-- x --><gexf xmlns="y">', "GEXF"), ("<graphml>", "GraphML")),
        *(("<g:graphml >", "GraphML"), ("<html><gexf >", "GEXF"), ("<graphs>", ""), ("<x>", "")),
        *(("Ann pp Bo\nCy pp Di Ed\n", "SIF"), ("Ann Lee\tpp\tBo\n", "SIF"), ("Ann\n", "")),
        *(("Ann pp Bo\nFay\n", "SIF"), ("Ann pp Bo\nCy qq Di\n", ""), ("Ann pp Bo\nCy Di\n", "")),
        *(("Ann, pp Bo\n", ""), ("Ann -> Bo\n", ""), ("Ann 7 Bo\n", ""), ("", ""), ("a;b c d", "")),
    ],
)
def test_a_format_is_known_by_how_it_begins(text, name):
    assert graph_format(text) == name


@pytest.mark.parametrize(
    "line", ["Ann refers Bo\n", "Ann Lee\trefers\tBo\n", "\nAnn refers Bo Cy\n"]
)
def test_a_long_list_of_ties_is_known_wherever_the_beginning_that_is_looked_at_ends(line):
    text = line * (20_000 // len(line) + 9)
    for ends in range(1, len(line) + 1):
        assert graph_format(f"{'x' * ends} refers Y\n{text}") == "SIF"
    assert graph_format(f"Xy Yz\n{text}") == ""
    assert graph_format(f"{line}Cy Dunn\trefers\tDi\n") == "SIF"


def test_a_line_with_a_word_of_ours_heads_a_table():
    assert graph_format("Date pp Bo\nCy pp Di\n", ["date"]) == ""
    assert graph_format("Dates pp Bo\nCy pp Di\n", ["date"]) == "SIF"


# ------------------------------------------------------------------ Pajek


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ('*Vertices 2\n1 "Ann Lee" 0.1 0.2\n2 Bo\n*Arcs\n1 2 3\n', [("Ann Lee", "Bo", "3", 5)]),
        ("*Network x\n*Vertices: 2\n1\n2\n*Arcs\n1 2\n\n% no\n", [("1", "2", "1", 6)]),
        ("*Arcslist\n1 2 3\n", [("1", "2", "1", 2), ("1", "3", "1", 2)]),
        ("*Arcs\nAnn Bo 2.5\n*Edges\n", [("Ann", "Bo", "2.5", 2)]),
        ("*Network x\nwhatever\n*Arcs\n1 2\n", [("1", "2", "1", 4)]),
        ("*Vertices 1\n1 Ann\n", []),
    ],
)
def test_arcs_of_pajek(text, ties):
    assert read_pajek(text, 2) == ties


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        *(
            (f"*Vertices 2\n*{section}\n1 2\n", 3, "undirected edges do not say who gave")
            for section in ("Edges", "EdgesList")
        ),
        ("*Vertices 1\n*Matrix\n0 1\n", 3, "this line is not understood"),
        ("1 2\n", 1, "this line is not understood"),
        ("*Arcs\n1\n", 2, "this line is not understood"),
    ],
)
def test_what_pajek_says_that_is_no_arc(text, line, message):
    with pytest.raises(GraphError, match=message) as refused:
        read_pajek(text, 9)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_pajek, "*Arcs\n1 2\n2 3\n"),
        (read_pajek, "*Arcslist\n1 2 3\n"),
        (read_dl, "dl format=edgelist1\ndata:\na b\nb c\n"),
        (read_dl, "dl format=nodelist1\ndata:\na b c\n"),
        (read_dl, "dl n=2 labels: a,b\ndata:\n0 1\n1 0\n"),
        (read_sif, "a pp b c\n"),
    ],
)
def test_more_ties_than_rows_are_allowed_are_refused(read, text):
    assert len(read(text, 2)) == 2
    with pytest.raises(GraphError, match="it has more than 1 edges") as refused:
        read(text, 1)
    assert refused.value.hint == "split it, or raise --max-rows"


# ------------------------------------------------------------------ UCINET and SIF


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        (
            "dl n=2 format = EdgeList1\nlabels: Ann,Bo\nDATA:\n1 2 3\n2 1\n",
            ["Ann Bo 3", "Bo Ann 1"],
        ),
        (
            "dl format=nodelist1 labels embedded\ndata:\nAnn Bo Cy\n\nBo Ann\n",
            ["Ann Bo 1", "Ann Cy 1", "Bo Ann 1"],
        ),
        ("dl n=2\nlabels:\nAnn Bo\ndata:\n0 2\n1 0\n", ["Ann Bo 2", "Bo Ann 1"]),
        ("dl n=2 labels embedded\ndata:\n Ann Bo\nAnn 0 2\nBo 1 0\n", ["Ann Bo 2", "Bo Ann 1"]),
    ],
)
def test_ties_of_ucinet(text, ties):
    assert [" ".join(tie[:3]) for tie in read_dl(text, 9)] == ties


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dl n=2\n1 2\n", "it has no line data:"),
        ("dl n=2 format=edgelist2\ndata:\n1 2\n", "its form edgelist2 is not read"),
        ("dl n=2 format=edgelist1\ndata:\n1\n", "this line is not a pair and its weight"),
        ("dl n=2 format=edgelist1\ndata:\n1 2 3 4\n", "this line is not a pair and its weight"),
        ("dl n=2\ndata:\n0 1\n1 0\n", "it names nobody: its labels are missing"),
    ],
)
def test_what_ucinet_writes_otherwise(text, message):
    with pytest.raises(GraphError, match=message):
        read_dl(text, 9)


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("Ann pp Bo Cy\nBo pp Ann\nDi\n", ["Ann Bo 1", "Ann Cy 1", "Bo Ann 1"]),
        ("Ann Lee\tpp\tBo Park\n", ["Ann Lee Bo Park 1"]),
    ],
)
def test_ties_of_sif(text, ties):
    assert [" ".join(tie[:3]) for tie in read_sif(text, 9)] == ties


# ------------------------------------------------------------------ lists of edges


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Source,Target", {"giver": 0, "receiver": 1}),
        ("Id,FROM, to ,Strength", {"giver": 1, "receiver": 2, "count": 3}),
        ("vertex  1,Vertex 2,Edge Weight", {"giver": 0, "receiver": 1, "count": 2}),
        ("weight,target,source,count", {"giver": 2, "receiver": 1, "count": 3}),
        ("giver,receiver,weight", {"giver": 0, "receiver": 1, "count": 2}),
        *((header, {}) for header in ("giver,receiver", "giver,receiver,count", "source,to")),
        *((header, {}) for header in ("giver,receiver,weight,date", "source,target,person", "a,b")),
    ],
)
def test_an_edge_list_is_known_by_its_headers(header, found):
    assert edge_columns(header.split(",")) == found


#: Bytes of a file, and who gave how many to whom; or the message that refuses it.
LISTS = [
    ("Source,Target,Weight\nAnn,Bo,2\n", {("Ann", "Bo"): 2}),
    ("Source,Target,Type\nAnn,Bo,Directed\n", {("Ann", "Bo"): 1}),
    ("Source,Target,Type\nAnn,Bo,Directed\nBo,Cy, UNDIRECTED \n", "undirected edges do not say"),
    ("Source,Target,Direction\nAnn,Bo,mutual\n", "undirected edges do not say who gave"),
    ("Source,Target\nAnn,Bo\nsource, TARGET\n", "this row repeats the header"),
    ("Source,Target\nAnn,Bo\nSource,Bo\n", {("Ann", "Bo"): 1, ("Source", "Bo"): 1}),
    ("name,interaction\nAnn (x) Bo\n", "this edge is not named like the others"),
    (
        "shared name,shared interaction\nAnn (x) Bo,x\nBo (y) Ann Lee,y\n",
        {("Ann", "Bo"): 1, ("Bo", "Ann Lee"): 1},
    ),
    ("name,interaction,weight\nAnn (x) Bo,x,3\n", {("Ann", "Bo"): 3}),
    ("name,interaction\nAnn (x) Bo,x\nAnn Bo,x\n", "this edge is not named like the others"),
    # without a header
    ("Ann,Bo\nBo,Cy\nCy,Ann\n", {("Ann", "Bo"): 1, ("Bo", "Cy"): 1, ("Cy", "Ann"): 1}),
    ("2026-01-05,Ann,Bo,2\n2026-01-06,Bo,Ann,1\n", {("Ann", "Bo"): 2, ("Bo", "Ann"): 1}),
    # a matrix: rows give, unless it says otherwise
    (",Ann,Bo\nAnn,,2\nBo,1,-\n", {("Ann", "Bo"): 2, ("Bo", "Ann"): 1}),
    ("To / From,Ann,Bo\nAnn,,2\nBo,1,\n", {("Bo", "Ann"): 2, ("Ann", "Bo"): 1}),
    ("rows receive,Ann,Bo\nAnn,,2\nBo,,\n", {("Bo", "Ann"): 2}),
    (",Ann,Bo,Total\nAnn,0,2,2\nBo,1,0,1\nTotal,1,2,3\n", {("Ann", "Bo"): 2, ("Bo", "Ann"): 1}),
    (",Ann,Bo,Total\nAnn,0,2,3\nBo,1,0,1\n", "a total says '3', and its cells add up to 2"),
    (",Ann,Bo,Total\nAnn,0,2,1\nBo,1,0,1\n", {("Ann", "Bo"): 2, ("Bo", "Ann"): 1}),
    (",Ann,Bo,Ann\nAnn,0,2,3\nBo,1,0,1\n", "'Ann' names two columns of this matrix"),
    (",Ann,Bo\nAnn,0,2\nBo,1,0\nBo,1,0\n", "'Bo' names two rows of this matrix"),
]


@pytest.mark.parametrize(("text", "said"), LISTS, ids=[text[:24] for text, _ in LISTS])
def test_a_network_that_is_a_table(text, said, tmp_path):
    path = tmp_path / "net.csv"
    path.write_text(text, encoding="utf-8")
    if isinstance(said, str):
        with pytest.raises(LedgerError, match=said):
            Book.read(path)
        return
    edges = Book.read(path).graph().edges(data="weight")
    assert {(giver, receiver): weight for giver, receiver, weight in edges} == said


@pytest.mark.parametrize(
    "text",
    [
        "Ann,Bo\nCy,Di\n",  # nobody stands on both sides
        "Ann,Bo\nCy,Cy\n",  # nobody of the first line stands in another
        "7,Bo\nBo,8\n",  # no names
        "Ann,Bo,2,3\nBo,Ann,4,5\n",  # two columns of counts
        "Ann,Bo,Cy\nBo,Cy,Ann\n",  # three of names
        "Ann,Bo,n/a.\nBo,Ann,?\n",  # one of something else
    ],
)
def test_what_is_no_list_without_a_header(text, tmp_path):
    path = tmp_path / "net.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match="missing columns: date, giver, receiver"):
        Book.read(path)
