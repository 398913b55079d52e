"""A referral is asked for field by field, with a way back, as often as there is one to add."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.reading.complete import of_people, of_prospects
from refgraph.cli.reading.who import choose
from refgraph.errors import RefgraphError, UnknownPersonError
from refgraph.progress import paused
from refgraph.schema.columns import REFERRALS
from refgraph.schema.row_ends import ENDS
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from refgraph.cli.books.write_session import Desk
    from refgraph.schema.field import Field

__all__ = ["session"]

_HELP = (
    "Enter takes what stands in [brackets]; < goes back, ? explains, . or Ctrl-D ends; "
    "TAB completes a name."
)
_AGAIN = "Then type the name again."


class _Back(Exception):  # noqa: N818  # a step, not an error
    """One field back."""


class _End(Exception):  # noqa: N818
    """No more referrals."""


def _nothing(_text: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class _Field:
    """One field to be asked for."""

    name: str
    text: str
    read: Callable[[str], Any]
    explain: str
    offered: Callable[[str], Sequence[str]] = _nothing


def session(desk: Desk, said: dict[str, Any], *, new: bool) -> None:
    """Ask for referrals, and add each at once.

    Parameters
    ----------
    desk : Desk
        The book.
    said : dict of str to object
        What the command line says already: it holds for every row, and is not asked for.
    new : bool
        Whether new names are taken without a question.

    Raises
    ------
    Exit
        It is ended at the keyboard; what was added stays.
    """
    desk.refuse_read_only()
    click.echo(_HELP, err=True)
    number, before = 0, dict[str, Any]()
    while True:
        try:
            row = _ask(desk, said, before, new=new)
        except _End:
            break
        except KeyboardInterrupt:
            click.echo(f"\n{_added(number)} The row being typed was not.", err=True)
            raise click.exceptions.Exit(1) from None
        if not row:
            before = {}
            continue
        try:
            desk.write("referrals", row)
        except RefgraphError as error:
            click.echo(f"{error}\nCorrect the row, or end with a dot.", err=True)
            before = row
        else:
            number, before = number + 1, {"date": row.get("date")}
    click.echo(_added(number), err=True)


def _added(number: int) -> str:
    return f"{count(number, 'referral', 'was')} added."


def _ask(desk: Desk, said: dict[str, Any], before: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """Ask for one row; nothing if it was typed in vain."""
    from refgraph.keeping.record import columns_of

    there = columns_of(desk.path, desk.reading)
    answers: dict[str, Any] = dict(said)
    fields = [each for each in _fields(desk, answers, new=new) if each.name in there]
    fields = [each for each in fields if each.name not in said]
    at = 0
    while at < len(fields):
        each = fields[at]
        default = _default(desk, each.name, {**before, **answers})
        try:
            answers[each.name] = _answer(each, default)
        except _Back:
            at = max(0, at - 1)
        else:
            at += 1
            if at == len(fields):
                try:
                    return answers if _confirmed(desk, answers) else {}
                except _Back:
                    at -= 1
    return answers


def _default(desk: Desk, name: str, answers: dict[str, Any]) -> str:
    """Give what Enter stands for: the answer of before, else today and me."""
    if name in answers and (name != "receiver" or answers[name] != answers.get("giver")):
        return "" if answers[name] is None else str(answers[name])
    me = desk.record.me
    other = answers.get("giver") if name == "receiver" else None
    fallback = {"date": str(desk.record.today), "giver": me or "", "receiver": me or ""}
    return "" if me == other and name == "receiver" else fallback.get(name, "")


def _answer(each: _Field, default: str) -> Any:
    while True:
        text = _line(f"{each.text}{f' [{default}]' if default else ''}: ", each.offered)
        if text == "?":
            click.echo(f"  {each.explain}", err=True)
            continue
        try:
            return each.read(text or default)
        except ValueError as error:  # FieldError, and unknown people
            hint = getattr(error, "hint", "")
            click.echo(f"  {error}{f'; {hint}' if hint else ''}", err=True)
        except RefgraphError as error:
            click.echo(f"  {error}", err=True)


def _line(text: str, offered: Callable[[str], Sequence[str]] = _nothing) -> str:
    """Read one line; say a step back or the end by raising it."""
    try:
        with paused():
            typed = _read(text, offered)
    except EOFError:
        click.echo(err=True)
        raise _End from None
    typed = typed.strip()
    if typed == "<":
        raise _Back
    if typed == ".":
        raise _End
    return typed


def _read(text: str, offered: Callable[[str], Sequence[str]]) -> str:
    if sys.stdin.isatty() and sys.stdout.isatty():
        with _completing(offered):
            return input(text)
    click.echo(text, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


@contextmanager
def _completing(offered: Callable[[str], Sequence[str]]) -> Iterator[None]:
    """Let TAB complete a line from what is offered, where Python has readline."""
    try:
        import readline
    except ImportError:  # Windows
        yield
        return
    names: list[str] = []

    def complete(text: str, state: int) -> str | None:
        if state == 0:
            names[:] = offered(text)
        return names[state] if state < len(names) else None

    old, marks = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims("")  # a name is one word, with its blanks
    backend = getattr(readline, "backend", "")
    edit = backend == "editline" or "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if edit else "tab: complete")
    with suppress(AttributeError):
        readline.set_auto_history(False)
    try:
        yield
    finally:
        readline.set_completer(old)
        readline.set_completer_delims(marks)


def _fields(desk: Desk, answers: dict[str, Any], *, new: bool) -> list[_Field]:
    """Name the fields that are asked for, in their order."""
    from refgraph.schema.dates import date_reader

    def read_person(text: str) -> str:
        return _person(desk, text, new=new)

    def read_other(text: str) -> str:
        receiver = _person(desk, text, new=new)
        if receiver == answers.get("giver"):
            msg = f"{receiver!r} cannot refer to themselves"
            raise RefgraphError(msg)
        return receiver

    dates = date_reader(desk.record.today)

    def reader_of(field: Field) -> Callable[[str], Any]:
        read = field.reader(dates)
        if field.names == "member":
            return read_person if field.name == "giver" else read_other
        return (lambda text: desk.prospect(read(text))) if field.names == "anyone" else read

    offered: dict[str, Callable[[str], Sequence[str]]] = {
        "member": lambda text: of_people(desk.record, text),
        "anyone": lambda text: of_prospects(desk.record, text),
    }
    return [
        _Field(
            field.name,
            field.prompt,
            reader_of(field),
            field.explain,
            offered.get(field.names, _nothing),
        )
        for field in REFERRALS
        if field.prompt
    ]


def _person(desk: Desk, text: str, *, new: bool) -> str:
    """Find who is meant; ask about somebody new, and take the step back as an answer too."""
    try:
        meant = desk.lookup.write(text, new=new)
    except UnknownPersonError as error:
        if error.fitting > 1 or not error.near:
            raise
        if other := choose(error, lambda question: _yes(f"  {question}")):
            return other
        if _yes(f"  Is {error.name!r} somebody new?"):
            return error.name
        raise RefgraphError(_AGAIN) from None
    if meant.guessed:
        click.echo(f"  {meant.name}", err=True)
    if new or not meant.new or _yes(f"  {meant.name!r} is new in this book. Add them?"):
        return meant.name
    raise RefgraphError(_AGAIN)


def _yes(question: str) -> bool:
    while True:
        answer = _line(f"{question} [Y/n] ").casefold()
        if answer in ("", "y", "yes"):
            return True
        if answer in ("n", "no"):
            return False


def _confirmed(desk: Desk, row: dict[str, Any]) -> bool:
    """Show the row as it would stand, and ask."""
    first = ("date", *ENDS)
    day, giver, receiver = map(row.get, first)
    more = [
        f"{name} {value}"
        for name, value in row.items()
        if name not in first and value not in (None, "")
    ]
    click.echo(f"{day or 'no date'}: {'; '.join([f'{giver} to {receiver}', *more])}", err=True)
    same = desk.repeated((day, giver, receiver, row.get("prospect") or ""))
    if same:
        click.echo(f"Note: {same} tells the same already.", err=True)
    return _yes("Add it?")
