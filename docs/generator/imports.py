"""What an import reads: the rules there are, the layouts that are shipped, our columns."""

from __future__ import annotations

from generator.markdown import code, escape, table
from refgraph.imports.column_names import KINDS, NEEDED
from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.rules_file import MEANINGS, WORDS

__all__ = ["kinds", "layouts", "rules"]


def rules() -> str:
    """List the rules of a rules file, each with an example."""
    rows = [[code(example), escape(MEANINGS[word])] for word, example in WORDS.items()]
    return table(["rule", "what it says"], rows)


def layouts() -> str:
    """List the layouts that are known by name."""
    rows = []
    for name, rule in shipped().items():
        told = "; or ".join(", ".join(map(code, headers)) for headers in rule.recognise)
        known = told or "its columns"
        rows.append([code(name), escape(rule.name), code(rule.kind), known])
    return table(["layout", "what it is", "kind", "told by the headers"], rows)


def kinds() -> str:
    """List the columns of ours that each kind of table can fill."""
    rows = [
        [code(kind), ", ".join(map(code, NEEDED[kind])), ", ".join(map(code, columns))]
        for kind, columns in KINDS.items()
    ]
    return table(["kind", "told by", "columns of ours"], rows)
