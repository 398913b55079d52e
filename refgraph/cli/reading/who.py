"""Who is meant by a name that is typed to be written: asked at a terminal, refused elsewhere."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, TypeVar

import click

from refgraph.errors import RefgraphError, UnknownPersonError
from refgraph.progress import paused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from refgraph.names.lookup import Lookup, Meant

__all__ = ["TYPED", "at_terminal", "choose", "of_names", "pressed_key", "with_names"]

#: Under which key the context holds the words of the command line.
TYPED = "refgraph.cli.typed"
_MOST = 3
_Done = TypeVar("_Done")


def with_names(run: Callable[..., _Done], *names: str, new: bool = False) -> _Done:
    """Do something to people of the book; ask, or say the command, where one is not clear.

    Parameters
    ----------
    run : callable
        Takes the names, and raises for one that is nobody's in full.
    names : str
        As they were typed.
    new : bool
        Whether the command has a word for somebody new.

    Raises
    ------
    RefgraphError
        Who is meant is not clear; with the command that says it.
    """
    said = list(names)
    while True:
        try:
            return run(*said)
        except UnknownPersonError as error:
            at = _place(said, error)
            chosen = choose(error) if at is not None and _may_ask(error) else None
            if at is None or chosen is None:
                raise _refusal([error], new=new) from error
            said[at] = chosen


def of_names(lookup: Lookup, typed: Sequence[str], *, new: bool) -> list[Meant]:
    """Find whom a new row names; ask about who may be somebody known, or refuse them together.

    Raises
    ------
    RefgraphError
        Nothing is to be written: who is meant is not clear, or it was said so.
    """
    from refgraph.names.lookup import Meant, as_typed

    found, refused = [], list[RefgraphError]()
    for each in typed:
        try:
            found.append(lookup.write(each, new=new))
        except UnknownPersonError as error:
            if not _may_ask(error):
                refused.append(error)
            elif chosen := choose(error):
                found.append(Meant(chosen))
            elif _yes(f"Is {error.name!r} somebody new?"):
                found.append(Meant(as_typed(each), new=True))
            else:
                msg = "Nothing was written."
                raise RefgraphError(msg) from None
        except RefgraphError as error:
            refused.append(error)
    if refused:
        raise _refusal(refused, new=True)
    return found


def choose(error: UnknownPersonError, ask: Callable[[str], bool] | None = None) -> str | None:
    """Ask for each who may be meant; None if it is nobody of them."""
    yes = ask or _yes
    asked = (
        other
        for other in error.near[:_MOST]
        if yes(f"Nobody is called {error.name!r}. Did you mean {other!r}?")
    )
    return next(asked, None)


def _refusal(errors: Sequence[RefgraphError], *, new: bool) -> RefgraphError:
    """Say that nothing was written, and the commands that would say who is meant."""
    doubts = [each for each in errors if isinstance(each, UnknownPersonError)]
    told = [*map(str, errors), "Nothing was written."]
    told += [f"  To say so: {command}" for command in _commands(doubts)]
    if new and doubts:
        again = _command({}, "--new")
        told.append(f"  If this is somebody new, say --new{f': {again}' if again else '.'}")
    return RefgraphError("\n".join(told))


def _commands(doubts: Sequence[UnknownPersonError]) -> list[str]:
    """Give the command line again with a name in full for each that was in doubt."""
    if not doubts or not all(each.near for each in doubts):
        return []
    meant = {each.name: each.near[0] for each in doubts}
    found = [meant]
    if len(doubts) == 1:
        found = [{doubts[0].name: other} for other in doubts[0].near[:_MOST]]
    return [command for names in found if (command := _command(names))]


def _command(names: dict[str, str], *more: str) -> str:
    """Write the command line again with other names; nothing if they are no words of it.

    Nor if one of them stands there already.
    """
    from refgraph.names.lookup import as_typed
    from refgraph.schema.text import argument

    context = click.get_current_context(silent=True)
    words: list[str] = [] if context is None else context.meta.get(TYPED, [])
    typed = [as_typed(word) for word in words]
    if not words or not all(name in typed for name in names):
        return ""
    if {*names.values()} & {*typed}:  # the other of two who are to differ
        return ""
    told = [
        argument(names[name]) if name in names else shlex.quote(word)
        for word, name in zip(words, typed, strict=True)
    ]
    return " ".join(["refgraph", *told, *more])


def _place(said: Sequence[str], error: UnknownPersonError) -> int | None:
    from refgraph.names.lookup import as_typed

    return next((at for at, each in enumerate(said) if as_typed(each) == error.name), None)


def _may_ask(error: UnknownPersonError) -> bool:
    return 0 < len(error.near) <= _MOST and at_terminal()


def at_terminal() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def pressed_key() -> str:
    """Wait for one key, and show it."""
    with paused():  # who is asked is not at work
        click.echo("> ", nl=False, err=True)
        key = click.getchar().lower()
    click.echo(key if key.isprintable() else "", err=True)
    return key


def _yes(question: str) -> bool:
    return click.confirm(question, default=True, err=True)
