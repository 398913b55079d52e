"""Who is who in a graph file: people are called by their labels, and two of one are two."""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import quoteattr

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph import Book
from refgraph.reading.networks.graph_text import graph_format
from refgraph.reading.networks.graph_xml import read_graph_xml
from refgraph.reading.networks.nested_graphs import read_dot, read_gml
from refgraph.reading.networks.plain_graphs import GraphError, by_label, read_dl, read_pajek

MOST = 99


def gexf(labels, ties):
    nodes = "".join(f"<node id='{at}' label={quoteattr(label)}/>" for at, label in labels.items())
    edges = "".join(f"<edge source='{a}' target='{b}' weight='{n}'/>" for a, b, n in ties)
    return f"<gexf><graph><nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>"


def graphml(labels, ties):
    datum = "<data key='{}'>{}</data>".format
    nodes = [
        f"<node id='{at}'>{datum('l', quoteattr(label)[1:-1])}</node>"
        for at, label in labels.items()
    ]
    edges = [f"<edge source='{a}' target='{b}'>{datum('w', n)}</edge>" for a, b, n in ties]
    keys = "<key id='l' attr.name='Label'/><key id='w' attr.name='weight'/>"
    return f"<graphml>{keys}<graph>{''.join(nodes + edges)}</graph></graphml>"


def gml(labels, ties):
    nodes = [f'node [ id {at} label "{label}" ]' for at, label in labels.items()]
    edges = [f"edge [ source {a} target {b} value {n} ]" for a, b, n in ties]
    return "graph [ directed 1 " + " ".join(nodes + edges) + " ]"


def dot(labels, ties):
    nodes = [f'{at} [label="{label}"]' for at, label in labels.items()]
    edges = [f"{a} -> {b} [weight={n}]" for a, b, n in ties]
    return "digraph { " + "; ".join(nodes + edges) + " }"


def pajek(labels, ties):
    nodes = [f'{at} "{label}"' for at, label in labels.items()]
    edges = [f"{a} {b} {n}" for a, b, n in ties]
    return "\n".join([f"*Vertices {len(labels)}", *nodes, "*Arcs", *edges])


FORMS = {
    "GEXF": (gexf, read_graph_xml),
    "GraphML": (graphml, read_graph_xml),
    "GML": (gml, read_gml),
    "DOT": (dot, read_dot),
    "Pajek": (pajek, read_pajek),
}
#: Labels that are those of others, what others are called, blank, or awkward.
LABELS = st.sampled_from(["Ann", "Ann", "Bo", " Bo ", "Ann (1)", "1", "3", "", "Lee, Ann", "José"])
PAIR = st.permutations("123").map(lambda three: tuple(three[:2]))
TIES = st.lists(st.tuples(PAIR, st.integers(1, 9)), min_size=1, max_size=5)


@given(st.lists(LABELS, min_size=3, max_size=3), TIES)
def test_every_format_tells_the_same_people_apart(labels, drawn):
    labels = dict(zip("123", labels, strict=True))
    ties = [(*pair, str(count)) for pair, count in drawn]
    told = {}
    for name, (write, read) in FORMS.items():
        told[name] = [tie[:3] for tie in read(write(labels, ties), MOST)]
        called = {}
        for (a, b, count), (giver, receiver, number) in zip(ties, told[name], strict=True):
            assert count == number
            for end, who in ((a, giver), (b, receiver)):
                assert called.setdefault(end, who) == who  # one person has one name
        assert len({*called.values()}) == len(called)  # and nobody has that of another
        for end, who in called.items():
            assert who in (end, labels[end].strip(), f"{labels[end].strip() or end} ({end})")
    assert all(each == told["DOT"] for each in told.values())


@pytest.mark.parametrize("name", FORMS)
def test_a_label_that_two_share_says_which_of_them_it_is(name, tmp_path):
    write, read = FORMS[name]
    labels, ties = {"1": "Ann", "2": "Ann", "3": "Bo"}, [("1", "3", 4), ("2", "3", 5)]
    assert [tie[:3] for tie in read(write(labels, ties), MOST)] == [
        ("Ann (1)", "Bo", "4"),
        ("Ann (2)", "Bo", "5"),
    ]
    # the label of somebody who has no tie is nobody's
    assert [tie[0] for tie in read(write(labels, ties[1:]), MOST)] == ["Ann"]
    path = tmp_path / "net.txt"
    path.write_text(write(labels, ties) + "\n", encoding="utf-8")
    edges = Book.read(path).graph().edges(data="weight")
    assert {*edges} == {("Ann (1)", "Bo", 4), ("Ann (2)", "Bo", 5)}


def test_who_is_called_as_another_would_be_has_the_name_of_the_file():
    ties = [("1", "2", "1", 1), ("3", "2", "1", 2)]
    labels = {"1": "Ann", "2": "Ann", "3": "Ann (1)"}
    assert by_label(ties, labels) == ties
    # a label may be what another is called who has none
    assert by_label(ties, {"1": "3"}) == [("3 (1)", "2", "1", 1), ("3 (3)", "2", "1", 2)]
    assert by_label([], labels) == []


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("dl n=2 format=edgelist1\nlabels:\n{},{}\ndata:\n1 2 3\n", [("Ann", "Bo", "3", 5)]),
        ("dl n=2 format=nodelist1 labels: {} {}\ndata:\n1 2\n", [("Ann", "Bo", "1", 3)]),
        ("dl n=2\nlabels:\n{} {}\ndata:\n0 2\n0 0\n", [("Ann", "Bo", "2", 5)]),
        ("dl n=2 labels embedded\ndata:\n{} {}\nAnn 0 2\nBo 0 0\n", [("Ann", "Bo", "2", 4)]),
    ],
)
def test_ucinet_has_nothing_but_labels_so_each_is_of_one_person(text, again):
    with pytest.raises(GraphError, match="'Ann' is the label of two people") as caught:
        read_dl(text.format("Ann", "Ann"), MOST)
    assert caught.value.hint == "give each a label of their own"
    assert read_dl(text.format("Ann", "Bo"), MOST) == again


@pytest.mark.parametrize("name", FORMS)
def test_a_format_is_known_behind_whatever_may_stand_before_it(name):
    text = FORMS[name][0]({"1": "Ann", "2": "Bo"}, [("1", "2", 3)])
    before = ["", "\ufeff", " \r\n\t\n"]
    before += ["<?xml version='1.0'?>\n<!-- <graph> -->", "<!DOCTYPE gexf>"] * text.startswith("<")
    before += ["% made by hand\n"] * (name == "Pajek")
    before += ['Creator "me, myself"\nVersion 1\n', "comment x\n"] * (name == "GML")
    before += ["strict "] * (name == "DOT")
    for start in before:
        assert graph_format(start + text) == name, start
        assert graph_format(start + text.upper()) == ("" if text.startswith("<") else name)
    assert graph_format("x" + text) == graph_format("") == ""


YED = """<graphml xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d6" yfiles.type="nodegraphics"/>
<graph edgedefault="directed"><node id="n0"><data key="d5"/><data key="d6"><y:ShapeNode>
<y:NodeLabel alignment="center">Ann
Lee<y:LabelModel><y:SmartNodeLabelModel/></y:LabelModel></y:NodeLabel></y:ShapeNode></data></node>
<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Bo</y:NodeLabel><y:NodeLabel>client
</y:NodeLabel></y:ShapeNode></data></node>
<edge id="e0" source="n0" target="n1"><data key="d9"><y:EdgeLabel>3</y:EdgeLabel></data></edge>
</graph></graphml>"""


@pytest.mark.parametrize(
    ("read", "text", "tie"),
    [
        (read_graph_xml, YED, ("Ann Lee", "Bo", "")),  # the second label says more of a node
        (read_gml, 'graph [ directed 1 node [ id 0 name "Ann" ] edge [ source 0 target 1 ] ]',
         ("Ann", "1", "1")),
        (read_gml, 'graph [ directed 1 node [ id 0 name A label "B" ] edge [ source 0 target 1 ] ]',
         ("B", "1", "1")),
        (read_dot, "digraph { 0 [name=Ann]; 0 -> 1 [weight=3] }", ("Ann", "1", "3")),
        (read_dot, 'digraph { 0 [name=x, label="Ann\\nvan\\lLee\\r"]; 0 -> 1 }',
         ("Ann van Lee", "1", "1")),
        (read_dot, 'digraph { Ann [label="\\N"]; Bo [label="Dr \\N"]; Ann -> Bo }',
         ("Ann", "Dr Bo", "1")),
        (read_dot, 'digraph { node [label="\\N"]; Ann [label=""]; Ann -> Bo }', ("Ann", "Bo", "1")),
    ],
)  # fmt: skip
def test_what_other_programs_call_a_label_is_one(read, text, tie):
    assert [each[:3] for each in read(text, MOST)] == [tie]


def by_networkx(write):
    def written(G):
        stream = io.BytesIO()
        write(G, stream)
        return stream.getvalue().decode()

    return written


#: What writes a graph there, and what reads it here: each as it comes, nothing arranged.
OTHERS = {
    "GEXF": (by_networkx(nx.write_gexf), read_graph_xml),
    "GraphML": (by_networkx(nx.write_graphml_xml), read_graph_xml),
    "GML": (lambda G: "\n".join(nx.generate_gml(G)), read_gml),
    "Pajek": (lambda G: "\n".join(nx.generate_pajek(G)), read_pajek),
}


@given(
    st.lists(names().filter(lambda name: '"' not in name), min_size=2, max_size=4, unique=True),
    st.data(),
)
def test_what_networkx_writes_is_read_with_every_name(people, data):
    pair = st.permutations(people).map(lambda drawn: tuple(drawn[:2]))
    ties = data.draw(st.dictionaries(pair, st.integers(1, 99), min_size=1))
    G = nx.DiGraph()
    G.add_weighted_edges_from((a, b, count) for (a, b), count in ties.items())
    for name, (write, read) in OTHERS.items():
        told = {(a, b): float(count) for a, b, count, _ in read(write(G), MOST)}
        # from 3.7 on it writes backslashes of Pajek twice, which does not tell on itself
        plain = once if name == "Pajek" else dict
        assert plain(told) == plain(ties), name


def once(ties):
    """Give ties with each backslash of a name once, however often it is written."""
    return {tuple(re.sub(r"\\+", r"\\", each) for each in pair): n for pair, n in ties.items()}


XML = "<{0}><graph {1}='{2}'>\n<edge source='a' target='b' {3}/></graph></{0}>"


@pytest.mark.parametrize(
    ("usual", "own", "is_directed"),
    [
        ("directed", "", True),
        ("undirected", "", False),
        ("mutual", "", False),
        ("directed", "type='undirected'", False),
        ("directed", "type='Mutual'", False),
        ("undirected", "type='directed'", True),
        ("undirected", "type='DIRECTED'", True),
        ("directed", "directed='false'", False),
        ("undirected", "directed='true'", True),
        ("undirected", "directed='maybe'", False),
        ("directed", "directed='true' type='undirected'", False),
    ],
)
@pytest.mark.parametrize(("root", "key"), [("gexf", "defaultedgetype"), ("graphml", "edgedefault")])
def test_an_edge_is_directed_as_it_says_or_as_the_graph_does(root, key, usual, own, is_directed):
    text = XML.format(root, key, usual, own)
    if is_directed:
        assert read_graph_xml(text, 1) == [("a", "b", "", 2)]
    else:
        with pytest.raises(GraphError, match="undirected edges do not say who gave") as caught:
            read_graph_xml(text, 1)
        assert caught.value.line == 2


def test_what_is_said_of_others_is_not_of_a_node_or_an_edge():
    """A note of the graph, data of an unknown key, and the second label are no names."""
    text = (
        "<graphml><key id='l' attr.name='LABEL'/><key id='n' attr.name='name'/>"
        "<key id='w' attr.name='weight'/><key id='o' attr.name='other'/><graph>"
        "<data key='l'>The graph</data><data key='w'>7</data>"
        "<node id='a'><data key='o'>x</data><data key='l'> Ann </data><data key='n'>A</data></node>"
        "<data key='l'>Nobody</data><node id='b'/>\n"
        "<edge source='a' target='b'><data key='l'>tie</data><data key='w'> 3 </data></edge>"
        "<data key='w'>8</data><node id='c'><data key='w'>9</data></node></graph></graphml>"
    )
    assert read_graph_xml(text, 1) == [("Ann", "b", "3", 2)]
    with pytest.raises(GraphError, match="it has more than 0 edges"):
        read_graph_xml(text, 0)
