"""Which modules read a column of the book's tables by a name that stands there as a text."""

from __future__ import annotations

import ast
from collections import Counter

import tree

from refgraph.schema.columns import FIELDS

#: What the book gives that has the columns of its files.
TABLES = {"assertions", "history", "people", "referrals", "rows", "statuses", "touches"}
DOORS = {"as_written", "select", "window"}
#: Rooms that have no other tables than those of a book.
KEEPERS = ("book", "graph", "imports", "keeping", "lookalikes", "reading", "cli.books")
#: Methods of tables and rows that take names of columns.
TAKING = {
    *("agg", "drop", "drop_duplicates", "dropna", "duplicated", "explode", "filter", "get"),
    *("groupby", "insert", "join", "melt", "merge", "nlargest", "nsmallest", "pivot", "pop"),
    *("reindex", "rename", "select", "set_index", "sort_values", "value_counts"),
}
COLUMNS = {field.name for fields in FIELDS.values() for field in fields}


def texts(node):
    """Give the texts that stand for columns: one, several, or the keys of a mapping."""
    if isinstance(node, ast.Constant):
        yield node.value
    for part in getattr(node, "elts", getattr(node, "keys", None) or ()):
        yield from texts(part)


def bound(node):
    """Give what a statement binds, and what it binds it to."""
    if isinstance(node, ast.Assign):
        return node.targets, node.value
    if isinstance(node, ast.For | ast.comprehension):
        return [node.target], node.iter
    return ([node.target], node.value) if isinstance(node, ast.NamedExpr) else ([], None)


class OwnTables:
    """What in a function is a table of the book, or made of one, by how it is bound there."""

    def __init__(self, function, *, every):
        self.every = every
        self.parts = list(ast.walk(function))
        self.names = {part.arg for part in self.parts if isinstance(part, ast.arg)} & TABLES
        before = -1
        while before != len(self.names):
            before = len(self.names)
            for part in self.parts:
                targets, value = bound(part)
                if value is not None and self.made_of(value):
                    self.names |= {
                        each.id
                        for target in targets
                        if isinstance(target, ast.Name | ast.Tuple)
                        for each in ast.walk(target)
                        if isinstance(each, ast.Name)
                    }

    def made_of(self, node):
        return any(
            (isinstance(part, ast.Attribute) and part.attr in TABLES | DOORS)
            or (isinstance(part, ast.Name) and part.id in self.names)
            for part in ast.walk(node)
        )

    def columns(self):
        """Give every column that is read, written or left out by name."""
        for part in self.parts:
            if isinstance(part, ast.Subscript):
                of, named = part.value, [part.slice]
            elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") in TAKING:
                of, named = part.func, [*part.args, *(word.value for word in part.keywords)]
            else:
                continue
            if self.every or self.made_of(of):
                yield from (text for node in named for text in texts(node) if text in COLUMNS)


def read_by(source, *, every=False):
    """Give the columns of the book's tables that a module names."""
    found = set()
    for node in source.body:
        for part in node.body if isinstance(node, ast.ClassDef) else [node]:
            found.update(OwnTables(part, every=every).columns())
    return found


def modules_naming():
    """Count the modules that name each column, but for the schema; analyses name what they use."""
    found = Counter()
    for name in tree.modules():
        room = name.removeprefix("refgraph.")
        if not room.startswith(("schema", "analysis")):
            found.update(read_by(tree.tree(name), every=room.startswith(KEEPERS)))
    return found
