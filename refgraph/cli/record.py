"""Commands that write down what happened: a referral, a contact, a change of status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from refgraph.cli import complete
from refgraph.cli.desk import Desk, written_as
from refgraph.cli.options import as_field, book_options
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from refgraph.cli.source import Source

    Decorate = Callable[[Callable[..., None]], Callable[..., None]]

__all__ = ["add", "status", "touch"]

_new = click.option(
    "--new", is_flag=True, help="This is somebody new: take the name without asking."
)


def _day(use: str) -> Decorate:
    return click.option("--date", "day", metavar="DATE", callback=as_field("day"), help=use)


def _field(name: str, use: str, metavar: str = "TEXT", **more: Any) -> Decorate:
    return click.option(f"--{name}", metavar=metavar, callback=as_field(name), help=use, **more)


@click.command()
@click.argument("giver", required=False, callback=as_field("name"), shell_complete=complete.people)
@click.argument(
    "receiver", required=False, callback=as_field("name"), shell_complete=complete.people
)
@_day("When it was given (YYYY-MM-DD); today if left out.")
@_field("prospect", "Who was referred.", "NAME", shell_complete=complete.prospects)
@_field("count", "How many at once; 1 if left out.", "NUMBER")
@_field("handoff", "How the introduction was made, 0 to 5.", "LEVEL")
@_field("status", "What became of it.", "STATUS", shell_complete=complete.statuses)
@_field("value", "Money of the closed business: 1250.50.", "AMOUNT")
@_field("currency", "Of the value: EUR.")
@_field("note", "Anything worth keeping.")
@_field("id", "A name for the row; made from its content if left out.")
@_new
@written_as
@book_options(argument=False, asking=False)
def add(
    source: Source,
    form: str,
    giver: str | None,
    receiver: str | None,
    day: date | None,
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
    said = {name: value for name, value in fields.items() if value is not None}
    if said.get("prospect"):
        said["prospect"] = desk.prospect(said["prospect"])
    if giver is not None and receiver is not None:
        giver, receiver = desk.people(giver, receiver, new=new)
        if giver == receiver:
            msg = f"{giver!r} cannot refer to themselves; nothing was written."
            raise RefgraphError(msg)
        day = day or desk.record.today
        desk.write("referrals", {"date": day, "giver": giver, "receiver": receiver, **said})
        return
    from refgraph.cli.prompts import session

    if giver is not None:
        (said["giver"],) = desk.people(giver, new=new)
    if day is not None:
        said["date"] = day
    session(desk, said, new=new)


@click.command()
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@click.argument("kind", callback=as_field("kind"), shell_complete=complete.kinds)
@_day("When it was (YYYY-MM-DD); today if left out.")
@_field("note", "What it was about.")
@click.option("--personal/--not-personal", default=None, help="Whether it was in person.")
@_new
@written_as
@book_options(argument=False, asking=False)
def touch(
    source: Source,
    form: str,
    person: str,
    kind: str,
    day: date | None,
    note: str | None,
    *,
    personal: bool | None,
    new: bool,
) -> None:
    """Write down a contact with PERSON that is no referral.

    KIND is thanks, call, meeting, email, endorsement, introduction, gift, ask,
    they-thanked-me, or settled: a referral you owed is returned otherwise, and
    --note says how.

    \b
    Examples:
      refgraph touch "Ann Lee" thanks --personal --note "for Okafor Dental"
      refgraph touch "Ann Lee" settled --note "sponsored her conference"
    """
    if kind == "settled" and not note:
        msg = 'a touch of kind settled needs a note on how: --note "returned in kind"'
        raise click.UsageError(msg)
    desk = Desk(source, form, new=new)
    (name,) = desk.people(person, new=new)
    if name == desk.record.me:
        msg = f"{name} is you; a touch is a contact with somebody else."
        raise RefgraphError(msg)
    day = day or desk.record.today
    desk.write(
        "touches", {"date": day, "person": name, "kind": kind, "personal": personal, "note": note}
    )


@click.command()
@click.argument("referral", shell_complete=complete.prospects)
@click.argument("status", callback=as_field("status"), shell_complete=complete.statuses)
@_day("Since when (YYYY-MM-DD); today if left out.")
@_field("note", "What happened.")
@written_as
@book_options(argument=False, asking=False)
def status(
    source: Source, form: str, referral: str, status: str, day: date | None, note: str | None
) -> None:
    """Write down that REFERRAL moved on to STATUS.

    REFERRAL is the prospect, the person it came from or went to, or a part of
    a name, if only one referral under way is so; or its id, or its file and
    line, like referrals.csv:12. STATUS is given,
    contacted, met, won or lost. The referral's own row stays as it is: the
    change is a row of statuses.csv, and the newest one stands.

    \b
    Examples:
      refgraph status "Okafor Dental" met
      refgraph status ra47c97d3d4 won --date 2026-06-30 --note "signed"
    """
    from refgraph.keeping.moving import find_referral, of_id

    desk = Desk(source, form)
    moving = find_referral(desk.record, referral)
    known = (desk.record.today, moving.date, moving.status_date)  # by a clock that may be ahead
    day = day or max(filter(None, known))
    if moving.status == status:
        msg = f"{moving} is {moving.standing} already; nothing was written."
        raise RefgraphError(msg)
    if moving.date is not None and day < moving.date:
        msg = f"{moving} cannot be {status} on {day}, before it was given; nothing was written."
        raise RefgraphError(msg)
    desk.write("statuses", {"date": day, "id": moving.id, "status": status, "note": note})
    if (now := of_id(desk.record, moving.id)).status == status:
        click.echo(f"{moving}: was {moving.standing}, is now {status}.", err=True)
    else:
        click.echo(
            f"{moving}: was {status} on {day}, and stays {now.standing}, as that is newer.",
            err=True,
        )
