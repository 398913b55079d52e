"""The command line: thin commands that parse, call one function, and print.

What comes in are words and a path; what goes out is data on standard output, talk on standard
error, and a status: 0 for fine, 1 where the book or the check failed, 2 where the words were wrong.

- `reading`: which book is meant, who is meant by a name, and the options that commands share;
- `questions`: commands that answer; `pages`: those that draw and lay out a page;
- `books`: commands that write, and ask before they do; `printing`: how an answer is printed;
- `commands`: the group of all; failures become sentences, once for all commands.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once. A new command
is a function with two decorators, the first of which names its heading; what it computes lives
elsewhere, and its page in docs is made from it.
"""

from __future__ import annotations

from refgraph.cli.books import check, forget, imports, init, people, record, tidy, undo
from refgraph.cli.commands import main
from refgraph.cli.headings import HEADINGS, heading_of
from refgraph.cli.pages import card, review
from refgraph.cli.pages import map as map_page
from refgraph.cli.questions import (
    answers,
    bench,
    chains,
    changes,
    effect,
    evaluate,
    introduce,
    network,
    pairings,
    suggest,
    tending,
    today,
    without,
)

__all__ = ["main"]

#: Where commands stand; under one heading they are listed in this order.
_MODULES = (
    *(today, tending, review, changes, map_page, answers),
    *(suggest, introduce, pairings, bench, card, effect, evaluate),
    *(network, without, chains),
    *(init, record, imports, check, people, tidy, forget, undo),
)
_FOUND = [each for module in _MODULES for each in vars(module).values()]
for heading in HEADINGS:
    for command in dict.fromkeys(each for each in _FOUND if heading_of(each) == heading):
        main.add_to(heading, command)
