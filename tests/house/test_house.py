"""The rules that keep the house as it is planned.

No number here may grow: a rule is kept by mending what broke it.
"""

from __future__ import annotations

import ast
from collections import Counter

import named_columns
import pytest
import tree

#: The rooms from the ground up; what stands in one line does not import each other.
LEVELS = (
    {"errors", "progress", "wording"},
    {"schema"},
    {"names"},
    {"reading"},
    {"keeping", "graph", "lookalikes"},
    {"imports"},
    {"book"},
    {"analysis"},
    {"maps", "networkx_backend", "report", "warehouse"},
    {"plots", "review"},
    {"cli"},
    {"__main__"},
)
#: Rooms that name a file after the measure that it asks for, or that it puts in words.
ASKING = ("refgraph.cli.", "refgraph.report.")
#: The names that each map kind gives the same steps.
STEPS = {"data.py", "text.py", "arrange.py", "draw.py"}
#: Numbers without a name in the functions of maps.
NUMBERS = 830
#: Lines that choose a text by whether a number is one: what is left asks whether there is more.
SWITCHES = 6
#: Modules outside the schema and the analyses that may name one column of the book.
NAMING = 8


def arrows():
    """Give the rooms that each room imports from, however late."""
    found = {}
    for name in tree.modules():
        room = tree.room_of(name)
        there = {tree.room_of(other) for other in tree.imports(name)}
        found.setdefault(room, set()).update(there - {room})
    return found


def test_every_room_stands_on_a_level():
    stand = Counter(room for level in LEVELS for room in level)
    assert set(stand.values()) == {1}
    assert {tree.room_of(name) for name in tree.modules()} - {""} == set(stand)


def test_arrows_between_rooms_point_down():
    height = {room: k for k, level in enumerate(LEVELS) for room in level}
    height[""] = len(LEVELS)  # the front, which maps every public name
    astray = {
        (room, other)
        for room, others in arrows().items()
        for other in others
        if height[other] >= height[room]
    }
    assert astray == set()


def test_no_module_imports_itself_by_way_of_others():
    assert tree.circles({name: tree.imports(name) for name in tree.modules()}) == []


def test_no_room_has_more_than_fourteen_files():
    crowded = {room: len(files) for room, files in tree.rooms().items() if len(files) > 14}
    assert crowded == {}


def test_a_file_has_a_name_that_no_other_room_uses():
    names = Counter(
        path.name for name, path in tree.modules().items() if not name.startswith(ASKING)
    )
    twice = {name: n for name, n in names.items() if n > 1 and name not in STEPS}
    del twice["__init__.py"]
    assert twice == {}


def test_numbers_in_layouts_become_fewer():
    assert sum(map(tree.numbers, (m for m in tree.modules() if ".maps" in m))) <= NUMBERS


def test_every_room_says_what_it_holds():
    told = {
        name: len((ast.get_docstring(tree.tree(name)) or "").splitlines())
        for name, path in tree.modules().items()
        if path.name == "__init__.py"
    }
    assert {name for name, lines in told.items() if not 10 <= lines <= 20} == set()


def test_what_refuses_says_so():
    unsaid = {
        full.removeprefix("refgraph.")
        for name in tree.modules()
        for full, function in tree.public(name)
        if tree.refuses(function)
        and not tree.is_command(function)
        and "Raises\n" not in (ast.get_docstring(function) or "")
    }
    assert unsaid == set()


def test_modules_and_functions_are_short():
    lines = {name: len(tree.source(name).splitlines()) for name in tree.modules()}
    assert {name for name, number in lines.items() if number > 400} == set()
    code = {f"{m}.{f.name}": tree.code_lines(m, f) for m in lines for f in tree.functions(m)}
    assert {function for function, number in code.items() if number > 60} == set()


def test_no_sentence_chooses_its_number_by_hand():
    found = [
        f"{name}:{line}"
        for name in tree.modules()
        if name != "refgraph.wording"
        for line in tree.switches(name)
    ]
    assert len(found) <= SWITCHES, "\n".join(found)


def test_what_is_listed_as_slow_is_there_and_not_all_of_it_is_left_to_the_gate():
    lists = (tree.ROOT / "tests" / f"{name}_tests.txt" for name in ("slow", "gate"))
    slow, gate = (path.read_text(encoding="utf-8") for path in lists)
    pairs = [line.split() for line in gate.splitlines()]
    assert not {late for late, _ in pairs} & {early for _, early in pairs}
    for entry in (*slow.split(), *gate.split()):
        path, _, function = entry.partition("::")
        text = (tree.ROOT / path).read_text(encoding="utf-8")
        assert not function or f"{function}(" in text or path.startswith("refgraph/"), entry


def test_what_connects_to_a_database_is_closed():
    """``with connect(...)`` of sqlite3 commits only; Python 3.13 warns of what is left open."""
    left = [
        f"{path.relative_to(tree.ROOT)}:{node.lineno}"
        for room in ("refgraph", "tests", "benchmarks")
        for path in sorted((tree.ROOT / room).rglob("*.py"))
        if "connect(" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.With)
        for item in node.items
        if ast.unparse(item.context_expr).startswith("sqlite3.connect(")
    ]
    assert left == []


def test_few_modules_name_a_column():
    found = named_columns.modules_naming()
    assert {name: n for name, n in found.items() if n > NAMING} == {}


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ('def f(book): return book.referrals["giver"]', {"giver"}),
        ('def f(book): return book.referrals[["giver", "id"]]', {"giver", "id"}),
        ('def f(rows): return rows.loc[:, "note"]', {"note"}),
        ('def f(book):\n some = book.history.head()\n return some.groupby("value")', {"value"}),
        ('def f(touches): return [row["kind"] for row in touches]', {"kind"}),
        ('def f(book): return book.people.sort_values(["role"], kind="stable")', {"role"}),
        ('def f(book): return book.referrals.rename(columns={"count": "n"})', {"count"}),
        ('def f(answer): return answer["person"], "giver", {"note": 1}', set()),
        ('def f(book): return book.referrals["mine"]', set()),
    ],
)
def test_a_column_is_named_where_a_table_is_asked_for_it(code, named):
    assert named_columns.read_by(tree.ast.parse(code)) == named
