"""The command line: thin commands that parse, call one function, and print.

What comes in are words and a path; what goes out is data on standard output, talk on standard
error, and a status: 0 for fine, 1 where the book or the check failed, 2 where the words were wrong.

- `reading`: which book is meant, who is meant by a name, and the options that commands share;
- `questions`: commands that answer; `pages`: those that draw and lay out a page;
- `books`: commands that write, and ask before they do; `printing`: how an answer is printed;
- `commands`: the group of all; failures become sentences, once for all commands.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once. A new command
is a function with a decorator, under a heading here; what it computes lives elsewhere, and its
page in docs is made from it.
"""

from __future__ import annotations

from refgraph.cli.books.check import check
from refgraph.cli.books.forget import forget
from refgraph.cli.books.imports import import_
from refgraph.cli.books.init import export, init, stats
from refgraph.cli.books.people import merge, people, set_, split
from refgraph.cli.books.record import add, status, touch
from refgraph.cli.books.tidy import tidy
from refgraph.cli.books.undo import undo
from refgraph.cli.commands import main
from refgraph.cli.pages.card import card
from refgraph.cli.pages.map import map_
from refgraph.cli.pages.review import report, review
from refgraph.cli.questions.answers import balance, owe, register, why
from refgraph.cli.questions.bench import bench
from refgraph.cli.questions.chains import chains
from refgraph.cli.questions.changes import changes
from refgraph.cli.questions.effect import effect
from refgraph.cli.questions.evaluate import evaluate
from refgraph.cli.questions.introduce import introduce
from refgraph.cli.questions.network import connectors, groups, reciprocity, returns
from refgraph.cli.questions.pairings import pairings
from refgraph.cli.questions.suggest import refer_first
from refgraph.cli.questions.tending import decisions, pipeline, thanks, trend
from refgraph.cli.questions.today import today
from refgraph.cli.questions.without import without

__all__ = ["main"]

SECTIONS = {
    "What to tend": (today, decisions, thanks, pipeline, trend),
    "Where you stand": (report, review, changes, map_, owe, balance, register, why, stats),
    "Whom to refer": (refer_first, introduce, pairings, bench, card, effect, evaluate),
    "The network": (connectors, without, chains, groups, reciprocity, returns),
    "Keep the book": (
        *(init, add, touch, status, import_, check),
        *(people, set_, merge, split, tidy, forget, undo),
    ),
    "Other tools": (export,),
}
for section, commands in SECTIONS.items():
    for command in commands:
        main.add_to(section, command)
