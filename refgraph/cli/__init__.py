"""The command line: thin commands that parse, call one function, and print."""

from __future__ import annotations

from refgraph.cli.answers import balance, owe, register, why
from refgraph.cli.bench import bench
from refgraph.cli.card import card
from refgraph.cli.chains import chains
from refgraph.cli.check import check
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

__all__ = ["main"]

for command in (
    report,
    owe,
    balance,
    register,
    why,
    refer_first,
    introduce,
    bench,
    connectors,
    chains,
    groups,
    reciprocity,
    returns,
    card,
    evaluate,
    map_,
    review,
    people,
    merge,
    split,
    add,
    touch,
    status,
    stats,
    check,
    init,
    import_,
    forget,
    export,
):
    main.add_command(command)
