"""What a class holds is said in one place: nothing is first set outside where it is made."""

from __future__ import annotations

import ast
from pathlib import Path

import refgraph

PACKAGE = Path(refgraph.__file__).parent


def late(tree):
    """Give the attributes of each class that a method sets first, beside those that make it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        declared = {
            each.target.id
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        }
        declared |= {
            target.id
            for each in node.body
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        made, later = set(declared), set()
        for method in node.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                first = method.name in {"__init__", "__new__", "__post_init__"}
                (made if first else later).update(_set(method))
        if later - made:
            yield node.name, later - made


def _set(method):
    """Name the attributes of itself that a method gives a value."""
    me = method.args.args[0].arg if method.args.args else ""
    nodes = list(ast.walk(method))
    promised = {  # these say what there will be, and set nothing
        id(node.target) for node in nodes if isinstance(node, ast.AnnAssign) and not node.value
    }
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            mine = isinstance(node.value, ast.Name) and node.value.id == me
            if mine and id(node) not in promised:
                yield node.attr


def test_what_a_class_holds_is_set_where_it_is_made():
    found = {
        f"{path.relative_to(PACKAGE)}: {name}": attributes
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, attributes in late(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert not found, "set these in __init__, or hand them from function to function"


def test_the_rule_sees_what_is_set_late():
    code = "class A:\n def __init__(self):\n  self.a = 1\n  self.b: int\n"
    code += " def fill(self):\n  self.a, self.b = 2, 3\n  self.c = 4\n  self.d[0] = 5\n"
    assert dict(late(ast.parse(code))) == {"A": {"b", "c"}}
