"""The command line: thin commands that parse, call one function, and print.

What comes in are words and a path; what goes out is data on standard output, talk on standard
error, and a status: 0 for fine, 1 where the book or the check failed, 2 where the words were wrong.

- `reading`: which book is meant, who is meant by a name, and the options that commands share;
- `questions`: commands that answer; `pages`: those that draw and lay out a page;
- `books`: commands that write, and ask before they do; `printing`: how an answer is printed;
- `commands`: the group of all; failures become sentences, once for all commands.

Nothing heavy is imported before a command runs, and no other command, so that it answers at once:
`listing` names them all. A new command is a function with two decorators, the first of which names
its heading; what it computes lives elsewhere, and its page in docs is made from it.
"""

from __future__ import annotations

from refgraph.cli.commands import main

__all__ = ["MODULES", "main"]

#: Where commands stand; under one heading they are listed in this order.
MODULES = (
    *("questions.today", "questions.tending", "pages.review", "questions.changes", "pages.map"),
    *("questions.answers", "questions.suggest", "questions.introduce", "questions.pairings"),
    *("questions.bench", "pages.card", "questions.effect", "questions.evaluate"),
    *("questions.network", "questions.without", "questions.chains"),
    *("books.init", "books.record", "books.imports", "books.check", "books.people", "books.tidy"),
    *("books.forget", "books.undo"),
)
