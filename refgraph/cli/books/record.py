"""Commands that write down what happened: a referral, a contact, a change of status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.books.write_session import Desk, written_as
from refgraph.cli.headings import listed
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options
from refgraph.errors import RefgraphError
from refgraph.schema.columns import FIELDS, MEMBERS, field_of
from refgraph.wording import agree

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from refgraph.cli.reading.chosen_book import Source
    from refgraph.schema.field import Field

    Decorate = Callable[[Callable[..., None]], Callable[..., None]]

__all__ = ["add", "status", "touch"]

_new = click.option(
    "--new", is_flag=True, help="This is somebody new: take the name without asking."
)


# Kinds of touches that may be of oneself: what I decided to do, and did.
_ONES_OWN = ("decision", "done")
_OWN = "field_"  # before a column's name, so that it is no other parameter's


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """Give what the options of columns say, by column."""
    return {name.removeprefix(_OWN): value for name, value in fields.items()}


def _fields(table: str) -> Decorate:
    """Give a command an option for each column of a file that is explained as one."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for field in reversed(FIELDS[table]):
            if field.help:
                command = _option(field)(command)
        return command

    return decorate


def _option(field: Field) -> Decorate:
    said = field.name.replace("_", "-")
    if field.dtype in ("flag", "maybe"):
        return click.option(
            f"--{said}/--not-{said}", f"{_OWN}{field.name}", default=None, help=field.help
        )
    return click.option(
        f"--{said}",
        f"{_OWN}{field.name}",
        metavar=field.metavar,
        callback=as_field(field),
        help=field.help,
        shell_complete=complete.words_of(field),
    )


def _argument(name: str, table: str, column: str) -> Decorate:
    field = field_of(table, column)
    return click.argument(name, callback=as_field(field), shell_complete=complete.words_of(field))


@listed("Keep the book")
@click.command()
@click.argument("giver", required=False, callback=as_field("name"), shell_complete=complete.people)
@click.argument(
    "receiver", required=False, callback=as_field("name"), shell_complete=complete.people
)
@_fields("referrals")
@_new
@written_as
@book_options(argument=False, asking=False)
def add(
    source: Source,
    form: str,
    giver: str | None,
    receiver: str | None,
    *,
    new: bool,
    **fields: Any,
) -> None:
    """Add a referral: GIVER sent business to RECEIVER.

    "me" is you. A part of a name, or one that is nearly somebody's, is asked
    about at a terminal and refused elsewhere, with the command to type instead.
    Without both names, each field is asked for, with TAB for the names, until
    you end with a dot.
    The row is added to the end of the book's file, which is otherwise left
    alone; the row is printed, and its line is told.

    \b
    Examples:
      refgraph add "Ann Lee" me --prospect "Okafor Dental" --handoff 4
      refgraph add -b mybook
    """
    desk = Desk(source, form, new=new)
    said = {name: value for name, value in _said(fields).items() if value is not None}
    if said.get("prospect"):
        said["prospect"] = desk.prospect(said["prospect"])
    if giver is not None and receiver is not None:
        giver, receiver = desk.people(giver, receiver, new=new)
        if giver == receiver:
            msg = f"{giver!r} cannot refer to themselves; nothing was written."
            raise RefgraphError(msg)
        who = {"giver": giver, "receiver": receiver}
        desk.write("referrals", {"date": desk.record.today, **said, **who})
        return
    from refgraph.cli.books.ask import session

    if giver is not None:
        (said["giver"],) = desk.people(giver, new=new)
    session(desk, said, new=new)


@listed("Keep the book")
@click.command()
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@_argument("kind", "touches", "kind")
@_fields("touches")
@_new
@written_as
@book_options(argument=False, asking=False)
def touch(
    source: Source,
    form: str,
    person: str,
    kind: str,
    *,
    new: bool,
    **fields: Any,
) -> None:
    """Write down a contact with PERSON that is no referral.

    KIND is thanks, call, meeting, email, endorsement, introduction, gift, ask,
    they-thanked-me, news, one-to-one, or settled: a referral you owed is
    returned otherwise, and --note says how. No contact, but said of PERSON,
    are mention (they spoke of you to somebody who never called), concern,
    resolved, value, snooze, decision and done. A decision whose --note says what
    and whose --until by when comes back in refgraph today on that day, until a
    touch of kind done with the same note, or without one where only one is open;
    decision and done may be of yourself: me.

    \b
    Examples:
      refgraph touch "Ann Lee" thanks --personal --note "for Okafor Dental"
      refgraph touch "Ann Lee" settled --note "sponsored her conference"
      refgraph touch "Ann Lee" introduction --with "Bo Park" --personal
      refgraph touch "Ann Lee" news --about "Okafor Dental"
      refgraph touch "Ann Lee" decision --note "speaks in May" --until 2027-05-01
      refgraph touch me decision --note "ask the notary" --until 2027-05-01
    """
    fields = _said(fields)
    if kind == "settled" and not fields["note"]:
        msg = 'a touch of kind settled needs a note on how: --note "returned in kind"'
        raise click.UsageError(msg)
    from refgraph.keeping.find_referral import find_referral

    desk = Desk(source, form, new=new)
    typed = [person, *filter(None, [fields["with"]])]
    whom, second = MEMBERS["touches"]
    people = desk.people(*typed, new=new)
    for name, column in zip(people, (whom, second), strict=False):
        if name == desk.record.me and (column == second or kind not in _ONES_OWN):
            msg = f"{name} is you; a touch is a contact with somebody else."
            raise RefgraphError(msg)
        fields[column] = name
    if len({*people}) < len(people):
        msg = f"{people[0]} is with themselves; name the second person in --with."
        raise RefgraphError(msg)
    if fields["about"]:
        fields["about"] = find_referral(desk.record, fields["about"], closed=True).id
    day = fields.pop("date") or desk.record.today
    if fields["until"] and fields["until"] < day:
        msg = f"--until {fields['until']} is before {day}; nothing was written."
        raise RefgraphError(msg)
    if kind == "done":
        _see_which_is_done(desk, [*people], day, fields["note"] or "")
    desk.write("touches", {"date": day, whom: fields.pop(whom), "kind": kind, **fields})
    if kind == "decision" and not _comes_back(fields):
        said = "Note: a decision comes back only with --note WHAT and --until DAY, both of them."
        click.echo(said, err=True)


def _see_which_is_done(desk: Desk, people: list[str], day: date, note: str) -> None:
    """Refuse to close several decisions at once, or one that is none; say where none is open."""
    from refgraph.analysis.tending.agreed import decisions
    from refgraph.book.book import Book
    from refgraph.schema.row_ends import parties_of
    from refgraph.schema.text import argument

    table = decisions(Book.of(desk.record))
    whom, second = parties_of(table)
    is_theirs = whom.isin(people) | second.isin(people)
    left = table[is_theirs & (table["state"] != "done") & (table["decided"] <= str(day))]
    if left.empty:
        click.echo(
            f"Note: no decision with {people[0]} is open, so none is done by this.", err=True
        )
        return
    # what was decided is blank where the profession of the book hides it
    is_named = note.casefold() in [*left["what"].str.casefold()]
    if (is_named or desk.record.settings.hides) if note else len(left) == 1:
        return
    both = [f" --with {argument(name)}" for name in people[1:]]
    command = f"refgraph touch {argument(people[0])} done{''.join(both)} --note"
    notes = [argument(what) for what in dict.fromkeys(left["what"]) if what] or ["WHAT"]
    listed = "".join(f"\n  {command} {each}{desk.again}" for each in notes)
    are = f"{len(left)} decisions with {people[0]} {agree(len(left), 'is')} open"
    if note:
        are = f"No decision with {people[0]} that is open says {note!r}"
    msg = f"{are}; say which is done:{listed}"
    raise RefgraphError(msg)


def _comes_back(fields: dict[str, Any]) -> bool:
    """Tell whether a decision is one that is listed, or one that puts a line of today aside."""
    from refgraph.analysis.tending.set_aside import NOTES

    return bool(fields["note"] and fields["until"]) or fields["note"] in NOTES


@listed("Keep the book")
@click.command()
@click.argument("referral", shell_complete=complete.prospects)
@_argument("status", "statuses", "status")
@_fields("statuses")
@written_as
@book_options(argument=False, asking=False)
def status(source: Source, form: str, referral: str, status: str, **fields: Any) -> None:
    """Write down that REFERRAL moved on to STATUS.

    REFERRAL is the prospect, the person it came from or went to, or a part of
    a name, if only one referral under way is so; or its id, or its file and
    line, like referrals.csv:12. STATUS is given,
    contacted, met, won or lost. The referral's own row stays as it is: the
    change is a row of statuses.csv, and the newest one stands. --handoff tells
    that the introduction was made better since; it is never lowered.

    \b
    Examples:
      refgraph status "Okafor Dental" met
      refgraph status ra47c97d3d4 won --date 2026-06-30 --note "signed"
      refgraph status "Okafor Dental" met --handoff 5
    """
    from refgraph.keeping.find_referral import find_referral, of_id

    desk, fields = Desk(source, form), _said(fields)
    moving = find_referral(desk.record, referral)
    known = (desk.record.today, moving.date, moving.status_date)  # by a clock that may be ahead
    day: date = fields.pop("date") or max(filter(None, known))
    raised = fields["handoff"] is not None and fields["handoff"] > (
        -1 if moving.handoff is None else moving.handoff
    )
    if fields["handoff"] is not None and not raised:
        msg = f"The handoff of {moving} is {moving.handoff} already; nothing was written."
        raise RefgraphError(msg)
    if moving.status == status and not raised:
        msg = f"{moving} is {moving.standing} already; nothing was written."
        raise RefgraphError(msg)
    if moving.date is not None and day < moving.date:
        msg = f"{moving} cannot be {status} on {day}, before it was given; nothing was written."
        raise RefgraphError(msg)
    desk.write("statuses", {"date": day, "id": moving.id, "status": status, **fields})
    if raised:
        was = "unknown" if moving.handoff is None else moving.handoff
        click.echo(f"{moving}: handoff was {was}, is now {fields['handoff']}.", err=True)
    if moving.status == status:
        return
    if (now := of_id(desk.record, moving.id)).status == status:
        click.echo(f"{moving}: was {moving.standing}, is now {status}.", err=True)
    else:
        click.echo(
            f"{moving}: was {status} on {day}, and stays {now.standing}, as that is newer.",
            err=True,
        )
