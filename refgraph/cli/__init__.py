"""The command line: thin commands that parse, call one function, and print."""

from __future__ import annotations

from refgraph.cli.answers import balance, owe, register, why
from refgraph.cli.bench import bench
from refgraph.cli.card import card
from refgraph.cli.chains import chains
from refgraph.cli.check import check
from refgraph.cli.effect import effect
from refgraph.cli.evaluate import evaluate
from refgraph.cli.forget import forget
from refgraph.cli.group import main
from refgraph.cli.imports import import_
from refgraph.cli.introduce import introduce
from refgraph.cli.keep import export, init, stats
from refgraph.cli.network import connectors, groups, reciprocity, returns
from refgraph.cli.people import merge, people, split
from refgraph.cli.pictures import map_
from refgraph.cli.record import add, status, touch
from refgraph.cli.review import report, review
from refgraph.cli.suggest import refer_first
from refgraph.cli.undo import undo

__all__ = ["main"]

SECTIONS = {
    "Where you stand": (report, review, map_, owe, balance, register, why, stats),
    "Whom to refer": (refer_first, introduce, bench, card, effect, evaluate),
    "The network": (connectors, chains, groups, reciprocity, returns),
    "Keep the book": (init, add, touch, status, import_, check, people, merge, split, forget, undo),
    "Other tools": (export,),
}
for section, commands in SECTIONS.items():
    for command in commands:
        main.add_to(section, command)
