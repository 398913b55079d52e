"""The command line: thin commands that parse, call one function, and print.

What comes in are words and a path; what goes out is data on standard output, talk on standard
error, and a status: 0 for fine, 1 where the book or the check failed, 2 where the words were wrong.

- `reading`: which book is meant, who is meant by a name, and the options that commands share;
- `questions`: commands that answer; `pages`: those that draw and lay out a page;
- `books`: commands that write, and ask before they do; `printing`: how an answer is printed;
- `commands`: the group of all; failures become sentences, once for all commands.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once. A new command
is a function with a decorator here, and a line in the README; what it computes lives elsewhere.
"""

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
