"""The package as its source says it: modules, rooms, arrows between them, functions."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "refgraph"


def name_of(path):
    """Give the dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules():
    """Give every module by its dotted name, with its path."""
    return {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def source(name):
    return modules()[name].read_text(encoding="utf-8")


@cache
def tree(name):
    gc.disable()  # which would walk all of pytest again and again, and takes ten times as long
    try:
        return ast.parse(source(name))
    finally:
        gc.enable()


def is_for_types(node):
    """Tell whether this is ``if TYPE_CHECKING:``, which nothing runs."""
    return isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"


def nodes(node, *, types):
    """Walk everything below, inside functions too, with or without what only types need."""
    left = [node]
    while left:
        children = ast.iter_child_nodes(left.pop())
        found = [child for child in children if types or not is_for_types(child)]
        yield from found
        left += found


@cache
def imports(name, *, types=False):
    """Give the modules of the package that one imports, at its top or inside a function."""
    found = set()
    for node in nodes(tree(name), types=types):
        if isinstance(node, ast.Import):
            found |= {part.name for part in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports by dots, which no move survives"
            for part in node.names:
                whole = f"{node.module}.{part.name}"
                found.add(whole if whole in modules() else node.module)
    return found & set(modules()) - {name}


def room_of(name):
    """Give the room of a module: the folder in the package, or the module if it lies in none."""
    return name.split(".")[1] if "." in name else ""


def functions(name):
    """Give every function of a module, methods and inner ones too."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(name, function):
    """Count the lines of a function without its docstring, blank lines and comments."""
    first = function.body[0]
    told = range(0)
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        told = range(first.lineno, first.end_lineno + 1)
    lines = source(name).splitlines()
    return sum(
        at not in told
        and not lines[at - 1].lstrip().startswith("#")
        and bool(lines[at - 1].strip())
        for at in range(function.lineno, function.end_lineno + 1)
    )


def circles(arrows):
    """Give the sets of names that reach each other along arrows."""
    import networkx as nx

    graph = nx.DiGraph([(start, end) for start, ends in arrows.items() for end in ends])
    return [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]


def rooms():
    """Give the files of every folder of the package."""
    found = {}
    for path in modules().values():
        found.setdefault(str(path.parent.relative_to(ROOT)), []).append(path.name)
    return found


def numbers(name):
    """Count the numbers without a name that stand in the functions of a module."""
    inside = {node for function in functions(name) for node in nodes(function, types=True)}
    return sum(
        isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and node.value not in (0, 1, 2)
        for node in inside
    )


def below(function):
    """Walk the code of a function without that of functions inside it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield node
            yield from below(node)


def refuses(function):
    """Tell whether a function raises something on purpose."""
    return any(
        (isinstance(node, ast.Raise) and node.exc is not None)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "refuse")
        for node in below(function)
    )


def public(name):
    """Give the public functions of a module and the public methods of its classes, by name."""
    listed = [
        ast.literal_eval(node.value)
        for node in tree(name).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    for node in tree(name).body:
        if not listed or getattr(node, "name", None) not in listed[0]:
            continue
        inside = [node] if isinstance(node, ast.FunctionDef) else node.body
        for function in inside:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                yield f"{name}.{function.name}", function


def is_command(function):
    """Tell whether this is a command: what it says is its help."""
    return any("command(" in ast.unparse(mark) for mark in function.decorator_list)


def switches(name):
    """Give the lines on which a text is chosen by whether a number is one."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.IfExp) and _is_about_one(node.test):
            chosen = [_word(node.body), _word(node.orelse)]
            if None not in chosen:
                yield node.lineno


def _word(node):
    """Give a text with words, or nothing to add to one; None if it is something else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ast.unparse(node) if isinstance(node, ast.JoinedStr) else None


def _is_about_one(test):
    if not isinstance(test, ast.Compare) or not isinstance(test.comparators[0], ast.Constant):
        return False
    return type(test.comparators[0].value) is int and test.comparators[0].value == 1
