"""Mail and calendars on their way into a book: proposed, and prepared where they are accepted."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.written import print_text, write_text
from refgraph.cli.reading.who import at_terminal, with_names
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from refgraph.imports import Prepared, Request
    from refgraph.imports.capture.proposals import Proposal

__all__ = ["Asking", "accepted_of", "is_archive"]


@dataclass(frozen=True, slots=True)
class Asking:
    """How it is decided what is true.

    Attributes
    ----------
    mine : tuple of str
        My addresses.
    proposals : Path or None
        Where the proposals are written, if they are not asked about.
    dry_run : bool
        Whether nothing is asked.
    """

    mine: tuple[str, ...] = ()
    proposals: Path | None = None
    dry_run: bool = False


def is_archive(request: Request, file: str) -> bool:
    """Tell whether a file is mail or a calendar, and no table of which somebody says more."""
    from refgraph.imports.events.captures import is_capture

    return request.is_plain and is_capture(file)


def accepted_of(
    request: Request, archives: Sequence[str], accept: str | None, asking: Asking
) -> Iterator[Prepared]:
    """Prepare what is accepted of mail and calendars, and in a file of proposals.

    Parameters
    ----------
    request : Request
        The book, and how it is read.
    archives : sequence of str
        The mail and the calendars, which are read together.
    accept : str or None
        The file of proposals.
    asking : Asking
        How it is decided what is true.
    """
    if archives and (prepared := _of_archives(request, archives, asking)):
        yield prepared
    if accept is not None:
        yield _of_file(request, accept)


def _of_archives(request: Request, files: Sequence[str], asking: Asking) -> Prepared | None:
    """Propose what archives say; prepare what is accepted at a terminal."""
    from refgraph.cli.capture.capture_session import ask_each
    from refgraph.cli.capture.proposal_words import questions_of, say_left
    from refgraph.imports.capture.capture_run import prepare_accepted, proposals_of

    found = with_names(
        lambda *me: proposals_of(replace(request, me=me[0]) if me else request, files, asking.mine),
        *([] if request.me is None else [request.me]),
        new=True,
    )
    said = count(len(found.proposals), "proposal")
    click.echo(f"Read {count(found.events, 'event')} between people: {said}.", err=True)
    if left := say_left(found.left):
        click.echo(left, err=True)
    if not found.proposals:
        return None
    if asking.dry_run or asking.proposals is not None or not at_terminal():
        _write(found.proposals, asking.proposals, request, hides=found.hides)
        return None
    accepted, declined = ask_each(questions_of(found.proposals, hides=found.hides))
    _remember(request, declined)
    return prepare_accepted(request, files[0], accepted) if accepted else None


def _remember(request: Request, declined: Sequence[Proposal]) -> None:
    """Keep in mind what was declined, if there is a book."""
    from refgraph.imports.first_book import is_no_book_yet
    from refgraph.keeping.engine.declined import add_declined

    if declined and not is_no_book_yet(request.book):
        add_declined(request.book, [each.mark for each in declined])


def _write(
    proposals: Sequence[Proposal], path: Path | None, request: Request, *, hides: bool
) -> None:
    """Write the proposals where they can be accepted, and say how."""
    from refgraph.imports.capture.proposals_file import write_proposals

    if hides:
        proposals = [replace(each, subject="") for each in proposals]
        proposals = [
            replace(each, other="") if each.kind == "referral" else each for each in proposals
        ]
        click.echo("Who was referred is not shown, as the profile of the book is health.", err=True)
    text = write_proposals(proposals)
    if path is None:
        print_text(text)
    else:
        write_text(path, text)
    words = ["--accept", "FILE" if path is None else str(path), "-b", request.book]
    if request.me is not None:
        words += ["--me", request.me, *["--new"] * request.new]
    click.echo(
        "Nothing was written in the book. Write yes or no into its column accept; "
        f"then: refgraph import {shlex.join(words)}",
        err=True,
    )


def _of_file(request: Request, path: str) -> Prepared:
    """Prepare what was accepted in a file of proposals."""
    from datetime import date

    from refgraph.imports.capture.capture_run import prepare_accepted
    from refgraph.imports.capture.proposals_file import read_accepted

    today = request.today or date.today()  # noqa: DTZ011  # their own day
    accepted, declined, left = read_accepted(path, today)
    said = f"{count(len(accepted), 'proposal')} accepted, {len(declined):,} declined"
    click.echo(f"{said}, {left:,} left.", err=True)
    _remember(request, declined)
    return with_names(
        lambda *me: prepare_accepted(replace(request, me=me[0]) if me else request, path, accepted),
        *([] if request.me is None else [request.me]),
        new=True,
    )
