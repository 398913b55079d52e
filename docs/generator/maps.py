"""The kinds of maps, each with the options that not every map has."""

from __future__ import annotations

from generator.markdown import code, escape, table
from refgraph.maps.kind import KINDS, MapKind

__all__ = ["kinds"]

_ONE = {
    "side": "looks from that person",
    "without": "leaves that person out",
    "": "",
}


def kinds() -> str:
    """List the kinds of maps."""
    rows = [[code(name), escape(kind.help), _options(kind)] for name, kind in KINDS.items()]
    return table(["map", "shows", "options of its own"], rows)


def _options(kind: MapKind) -> str:
    said = {f"--{name.replace('_', '-')}": text for name, text in kind.options.items()}
    if kind.about_one:
        said = {"--for": _ONE[kind.about_one]} | said
    return ", ".join(
        f"{code(name)} ({text})" if text else code(name) for name, text in said.items()
    )
