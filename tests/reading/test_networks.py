"""Networks of other programs: each format gives the same graph, or says why it cannot."""

from __future__ import annotations

import io
from contextlib import suppress

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph import Book
from refgraph.book.export import FORMATS
from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions
from refgraph.reading.networks.graph_text import graph_format
from refgraph.reading.networks.nested_graphs import read_dot, read_gml
from refgraph.reading.networks.plain_graphs import GraphError
from refgraph.reading.tables import open_referrals

_PEOPLE = ("Ana", "Bert", "Carla", "Dov")


def ties_of(path):
    G = Book.read(path).graph()
    return {(a, b): int(w) for a, b, w in G.edges(data="weight")}


def graph_of(ties):
    G = nx.DiGraph()
    G.add_weighted_edges_from((a, b, float(count)) for (a, b), count in ties.items())
    return G


def written(ties):
    """The same network as every format writes it."""
    people = sorted({person for pair in ties for person in pair})
    number = {person: at for at, person in enumerate(people, 1)}
    cells = [[str(ties.get((a, b), 0)) for b in people] for a in people]
    rows = [[a, *row, str(sum(map(int, row)))] for a, row in zip(people, cells, strict=True)]
    sums = [str(sum(int(row[at]) for row in cells)) for at in range(len(people))]
    pajek = "".join(f'{at} "{person}"\n' for person, at in number.items())
    edges = [(a, b, count) for (a, b), count in ties.items()]
    files = {
        "gephi.csv": "Source,Target,Type,Weight\n"
        + "".join(f"{a},{b},Directed,{count}.0\n" for a, b, count in edges),
        "kumu.csv": "From,To,Strength\n" + "".join(f"{a},{b},{count}\n" for a, b, count in edges),
        "vertices.csv": "Vertex 1,Vertex 2,Weight\n"
        + "".join(f"{a},{b},{count}\n" for a, b, count in edges),
        "names.csv": "name,interaction,weight\n"
        + "".join(f"{a} (refers to) {b},refers to,{count}\n" for a, b, count in edges),
        "matrix.csv": "\n".join(
            [
                ",".join(["", *people]),
                *(",".join([a, *row]) for a, row in zip(people, cells, strict=True)),
                "",
            ]
        ),
        "totals.csv": "\n".join(
            [
                ";".join(["", *people, "Total"]),
                *map(";".join, rows),
                ";".join(["Total", *sums, ""]),
                "",
            ]
        ),
        "pajek.txt": f"*Vertices {len(people)}\n{pajek}*Arcs\n"
        + "".join(f"{number[a]} {number[b]} {count}\n" for a, b, count in edges),
        "list.txt": "dl n=4 format=edgelist1 labels embedded\ndata:\n"
        + "".join(f"{a} {b} {count}\n" for a, b, count in edges),
        "full.txt": f"dl n={len(people)}\nlabels:\n{','.join(people)}\ndata:\n"
        + "".join(f"{' '.join(row)}\n" for row in cells),
        "net.sif": "".join(f"{a} refers {b}\n" * count for a, b, count in edges),
    }
    for name, write in (("a.txt", nx.write_graphml_xml), ("b.txt", nx.write_gexf)):
        stream = io.BytesIO()
        write(graph_of(ties), stream)
        files[name] = stream.getvalue().decode()
    return files


pairs = st.permutations(_PEOPLE).map(lambda people: tuple(people[:2]))


@given(st.dictionaries(pairs, st.integers(1, 4), min_size=1, max_size=8))
def test_one_network_is_the_same_in_every_format(tmp_path_factory, ties):
    folder = tmp_path_factory.mktemp("networks")
    for name, text in written(ties).items():
        (folder / name).write_text(text, encoding="utf-8")
        assert ties_of(folder / name) == ties, name


@pytest.mark.parametrize("suffix", [".csv", ".gexf", ".graphml"])
def test_what_is_exported_is_read_back_with_its_weights(tmp_path, suffix):
    book = Book.sample()
    path = tmp_path / f"x{suffix}"
    path.write_text(FORMATS[suffix](book), encoding="utf-8")
    again = Book.read(path)
    assert dict(again.graph().edges).keys() == dict(book.graph().edges).keys()
    assert again.graph().size("weight") == book.graph().size("weight")


UNDIRECTED = {
    "Source,Target,Type\nAna,Bert,Directed\nBert,Ana,Undirected\n": 3,
    '<graphml><graph edgedefault="undirected">\n<edge source="a" target="b"/></graph></graphml>': 2,
    '<gexf><graph defaultedgetype="undirected"><edges>\n<edge source="a" target="b"/>'
    "</edges></graph></gexf>": 2,
    "*Vertices 2\n1 Ana\n2 Bert\n*Edges\n1 2\n": 5,
}
REFUSED = {
    "Source,Target,Weight\nAna,Bert,0.5\n": "2: count must be a whole number above 0, got '0.5'",
    "Source,Target\nAna,Ana\n": "2: 'Ana' cannot refer to themselves",
    ",Ana,Bert\nAna,1,2\nBert,1,0\n": "2: 'Ana' cannot refer to themselves",
    ",Ana,Bert,Total\nAna,,2,3\nBert,1,0,1\n": "2: a total says '3', and its cells add up to 2",
    ",Ana,Bert\nAna,,2\nAna,1,0\nBert,1,0\n": "1: 'Ana' names two rows of this matrix",
    "*Vertices 2\n1 Ana\n2 Bert\n*Arcs\n1 2 1.5\n": "5: count must be a whole number",
    "*Vertices 2\n1 Ana\n2 Bert\n*Matrix\n0 1\n1 0\n": "5: this is Pajek: this line is not",
    "*Vertices 1\n1 Ana\n": "this is Pajek, and it has no edges",
    "dl n=2 format=blockmatrix\ndata:\n1\n": "this is UCINET DL: its form blockmatrix is not read",
    "dl n=2\nlabels:\nAna,Bert\n": "this is UCINET DL: it has no line data:",
    "dl n=2\ndata:\n0 1\n1 0\n": "it names nobody: its labels are missing",
    "dl n=2\nlabels:\nAna,Bert\ndata:\n0 1\n": "expected 2 rows in its matrix, got 1",
    "dl n=2\nlabels:\nAna,Bert\ndata:\n0 1\n1\n": "expected 2 cells in this row, got 1",
    "dl n=2 format=edgelist1\ndata:\nAna\n": "3: this is UCINET DL: this line is not a pair",
    "<graphml><graph>\n<edge": "2: this is GraphML: it is damaged",
    '<!DOCTYPE x [<!ENTITY a "aa">]>\n<gexf><graph/></gexf>': "it declares XML entities",
    "name,interaction\nAna,pp\n": "2: this edge is not named like the others",
}


@pytest.mark.parametrize(("text", "line"), UNDIRECTED.items())
def test_a_tie_without_direction_does_not_say_who_gave(tmp_path, text, line):
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match="undirected edges do not say who gave") as caught:
        Book.read(path)
    assert caught.value.problems[0].line == line


@pytest.mark.parametrize(("text", "said"), REFUSED.items())
def test_what_is_wrong_with_a_network_is_said_with_its_place(tmp_path, text, said):
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        Book.read(path)
    assert said in str(caught.value)


def test_a_graph_has_no_more_edges_than_a_table_has_rows(tmp_path):
    path = tmp_path / "r.csv"
    for text in written({("Ana", "Bert"): 2, ("Bert", "Ana"): 1}).values():
        path.write_text(text, encoding="utf-8")
        with pytest.raises(LedgerError, match=r"more than 1\b"):
            Book.read(path, max_rows=1)


@pytest.mark.parametrize("name", sorted(written({("Ana", "Bert"): 2, ("Bert", "Ana"): 1})))
def test_a_network_is_read_and_never_written_to(tmp_path, name):
    path = tmp_path / name
    text = written({("Ana", "Bert"): 2, ("Bert", "Ana"): 1})[name]
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match="read, and never written to"):
        open_referrals(str(path), ReadOptions(), [])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Ann Lee,Bo Park\nBo Park,Cy Dunn\n",
            [("Ann Lee", "Bo Park", 1), ("Bo Park", "Cy Dunn", 1)],
        ),
        ("Ann\tBo\t3\nBo\tAnn\t1\n", [("Ann", "Bo", 3), ("Bo", "Ann", 1)]),
        ("2026-01-03;Ann;Bo\n2026-01-02;Bo;Ann\n", [("Bo", "Ann", 1), ("Ann", "Bo", 1)]),
        ("Ann,Bo,2026-01-03,2\nBo,Cy,2026-01-04,1\n", [("Ann", "Bo", 2), ("Bo", "Cy", 1)]),
    ],
)
def test_edges_without_a_header_are_read_and_it_is_said_who_gave(tmp_path, text, rows):
    path = tmp_path / "edges.csv"
    path.write_text(text, encoding="utf-8")
    book = Book.read(path, today="2026-06-30")
    history = book.history
    told = zip(history["giver"], history["receiver"], history["count"], strict=True)
    assert sorted(told) == sorted(rows)
    assert any("a list without a header: the first name of a line gave" in n for n in book.notes)
    assert sorted(history["line"]) == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee,Boston\nBo Park,Boston\nCy Dunn,Salem\n",  # names and towns
        "Dana,Ann\nDana,Bo\nDana,Cy\n",  # nobody stands on both sides
        "Name,Friend\nAnn,Bo\nBo,Ann\n",  # its first line is a header
        "1,2\n2,3\n3,1\n",  # numbers, which may be anything
        "Ann,Bo,roof\nBo,Ann,kitchen\n",  # a third column of words
        "Ann,Bo,3,4\nBo,Ann,1,2\n",  # two columns of counts
        "Ann,Bo\nBo,Ann,1\n",  # lines of different widths
    ],
)
def test_what_may_be_another_list_is_no_list_of_edges(tmp_path, text):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match="missing column"):
        Book.read(path)


def test_a_long_list_of_edges_without_a_header_loses_no_row(tmp_path):
    path = tmp_path / "edges.csv"
    people = [f"Person {chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(200)]
    pairs = [(people[at % 200], people[(at * 7 + 1) % 200]) for at in range(20_000)]
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    path.write_text("".join(f"{one},{two}\n" for one, two in pairs), encoding="utf-8")
    history = Book.read(path).history
    assert sorted(zip(history["giver"], history["receiver"], strict=True)) == sorted(pairs)


GML = (
    'graph [ directed {} node [ id 1 label "Ann &#34;A&#34;" ] node [ id 2 ]\n'
    "edge [ source 1 target 2 value 3 ] ]"
)


def test_gml_and_dot_say_who_gave(tmp_path):
    path = tmp_path / "g.gml"
    path.write_text(GML.format(1), encoding="utf-8")
    assert ties_of(path) == {('Ann "A"', "2"): 3}
    path.write_text('digraph { a [label="Ann"]; a -> Bo [weight=2]; Bo -> a }\n', encoding="utf-8")
    assert ties_of(path) == {("Ann", "Bo"): 2, ("Bo", "Ann"): 1}


@pytest.mark.parametrize(
    "text",
    [GML.format(0), "graph { a -- b }", "digraph { a -> b; a -- b }", "digraph { subgraph { a } }",
     "digraph { a -> b", GML.format(1)[:-2], "graph [ directed 1 edge [ source 1 ] ]",
     'digraph { "Ann Lee":n -> Bo:s }', 'digraph { "Jo-Ann" -> Mary-Lou }', "digraph { -1 -> b }",
     "digraph { a [label=<<b>Ann</b>>]; a -> b }", 'digraph { a -> "b" + "c" }'],
)  # fmt: skip
def test_gml_and_dot_that_do_not_are_refused(tmp_path, text):
    path = tmp_path / "g.gml"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"this is (GML|DOT): "):
        ties_of(path)


def test_a_weight_of_all_edges_is_that_of_those_that_follow(tmp_path):
    path = tmp_path / "g.gv"
    text = "digraph { a -> b; edge [weight=3, labelangle=-25]; b -> c; c -> a [weight=5] }\n"
    path.write_text(text, encoding="utf-8")
    assert ties_of(path) == {("a", "b"): 1, ("b", "c"): 3, ("c", "a"): 5}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_gml, GML.format(1)),
        (
            read_dot,
            'digraph G {\na [label="A \\"B\\"", x=-1]; /* c */ a -> b [w=2]; y=z }',
        ),
    ],
)
def test_a_graph_that_is_cut_off_anywhere_is_refused_or_read(read, text):
    assert read(text, 9)
    for end in range(len(text)):
        with suppress(GraphError):
            read(text[:end], 9)


@pytest.mark.parametrize("text", ['creator " ' * 2000, "digraph {" + "/* " * 20_000])
def test_what_never_ends_is_looked_at_once(text):
    """Each of these took minutes, or doubled its time with every few words more."""
    assert graph_format(text) in ("", "DOT")
    with pytest.raises(GraphError):
        read_dot(text, 9)
