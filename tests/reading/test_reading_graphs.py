"""GML and DOT token by token: who gave to whom, or why that cannot be told, with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.reading.networks.nested_graphs import read_dot, read_gml
from refgraph.reading.networks.plain_graphs import GraphError

NODES = 'node [ id 1 label "Ann Lee" ] node [ id 2 label "Bo" ]'


def gml(*edges, head="directed 1"):
    return f"graph [ {head} {NODES}\n{' '.join(f'edge [ {edge} ]' for edge in edges)} ]"


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        (gml("source 1 target 2"), [("Ann Lee", "Bo", "1", 2)]),
        (gml("source 1 target 2 Weight 3.5 value 9"), [("Ann Lee", "Bo", "3.5", 2)]),
        (gml("target 2 source 1 count 4"), [("Ann Lee", "Bo", "4", 2)]),
        (gml("source 2 target 3"), [("Bo", "3", "1", 2)]),
        # what is said again, and what is said within, is not of the edge
        (gml("source 1 target 2 source 9"), [("Ann Lee", "Bo", "1", 2)]),
        (gml("source 1 target 2 graphics [ weight 7 ]"), [("Ann Lee", "Bo", "1", 2)]),
        (gml("source 1 target 2 # weight 7\n"), [("Ann Lee", "Bo", "1", 2)]),
        (
            'graph [ directed 1 node [ id 1 label "O&apos;Lee" ] edge [ source 1 target 2 ] ]',
            [("O'Lee", "2", "1", 1)],
        ),
        ("Version 1\nGRAPH [ DIRECTED 1\n\nEDGE [ SOURCE 1 TARGET 2 ] ]", [("1", "2", "1", 4)]),
        ("graph [ directed 0 ]", []),
    ],
)
def test_edges_of_gml(text, ties):
    assert read_gml(text, 1) == ties


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (gml("source 1 target 2", head=""), 2, "undirected edges do not say who gave"),
        (gml("source 1 target 2", head="directed 0"), 2, "undirected edges do not say who gave"),
        (gml("source 1"), 2, "this edge does not say its source and its target"),
        (gml("source 1 target 2", "source 2 target 1"), 0, "it has more than 1 edges"),
        ("\ngraph [ directed 1", 2, "it is cut off, or its brackets do not pair"),
        ("graph [ ]\n]", 2, "it is cut off, or its brackets do not pair"),
        ("a [ " * 41 + "] " * 41, 1, "it is cut off, or its brackets do not pair"),
    ],
)
def test_gml_that_does_not_say_it(text, line, message):
    with pytest.raises(GraphError, match=message) as refused:
        read_gml(text, 1)
    assert refused.value.line == line


def test_forty_brackets_in_each_other_are_read():
    assert read_gml("a [ " * 40 + "] " * 40, 1) == []


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("digraph { a -> b }", ["a b 1"]),
        ('strict DIGRAPH "x" {\na->b->c [weight=2, x=y];}', ["a b 2", "b c 2"]),
        ('digraph { a [label="Ann \\"A\\" Lee"]; "b c"; a -> "b c" }', ['Ann "A" Lee b c 1']),
        ("digraph { a -> b [x=1] [Count=3] a -> c }", ["a b 3", "a c 1"]),
        ("digraph { edge [weight=2]; a -> b; edge [weight=3] b -> c }", ["a b 2", "b c 3"]),
        ("digraph { edge [weight=2]; a -> b [value=9] }", ["a b 2"]),
        ("digraph { node [label=x]; graph [label=y] rankdir=LR; a -> b }", ["a b 1"]),
        ("digraph { // x -> y\n# y -> z\n/* z -> a\n */ a -> b, c -> d }", ["a b 1", "c d 1"]),
        ("digraph { a [shape] b; a -> b [bold, weight=2] }", ["a b 2"]),
        ("digraph { }", []),
        ("digraph { a -> b } and more -> of it", ["a b 1"]),
    ],
)
def test_edges_of_dot(text, ties):
    assert [" ".join(tie[:3]) for tie in read_dot(text, 2)] == ties


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("graph { a -- b }", 1, "undirected edges do not say who gave"),
        ("digraph {\na -- b }", 2, "undirected edges do not say who gave"),
        ("digraph {\n-- b }", 2, "undirected edges do not say who gave"),
        ("digraph { subgraph x { a -> b } }", 1, "it has graphs within the graph"),
        ("digraph {\n{ a -> b } }", 2, "it has graphs within the graph"),
        ("digraph { a -> { b c } }", 1, "it has graphs within the graph"),
        *(
            (f"digraph {{\n{statement} }}", 2, "it has ports, labels of HTML, or names that need")
            for statement in ("a:n -> b", "a [label=<b>]", "a -> -1.5", "a+b", "a [label=x-y]")
        ),
        ("digraph { a -> b", 0, "it is cut off, or its brackets do not pair"),
        ("digraph { a [label=x", 0, "it is cut off, or its brackets do not pair"),
        ("digraph", 0, "it is cut off, or its brackets do not pair"),
        ("digraph { a -> b -> c -> d }", 0, "it has more than 2 edges"),
    ],
)
def test_dot_that_does_not_say_it(text, line, message):
    with pytest.raises(GraphError, match=message) as refused:
        read_dot(text, 2)
    assert refused.value.line == line


WORDS = st.sampled_from(
    ["a", "Ann Lee", 'x "y" z', "edge", "7", "-1", "a->b", "李雷", "{", "#", "//"]
)


@given(st.lists(st.tuples(WORDS, WORDS, st.integers(1, 99)), max_size=4))
def test_a_name_in_quotes_is_read_back_whatever_it_holds(ties):
    quoted = [tuple(f'"{word}"'.replace(' "y" ', ' \\"y\\" ') for word in tie[:2]) for tie in ties]
    lines = [f"{a} -> {b} [weight={tie[2]}]" for (a, b), tie in zip(quoted, ties, strict=True)]
    text = "digraph {\n" + "\n".join(lines) + "\n}"
    if any("-1" in tie[:2] for tie in ties):
        return  # whoever writes a number so means the number
    assert [(a, b, int(count)) for a, b, count, _ in read_dot(text, 9)] == ties
    assert [line for *_, line in read_dot(text, 9)] == [*range(2, len(ties) + 2)]
