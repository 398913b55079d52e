"""The command that takes a person out of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.written import print_text
from refgraph.cli.reading.options import as_field, book_options
from refgraph.cli.reading.who import with_names
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.keeping.forget import Forgotten

__all__ = ["forget"]


@listed("Keep the book")
@click.command()
@click.argument("person", callback=as_field("name"))
@click.option(
    "--as",
    "pseudonym",
    metavar="WORD",
    callback=as_field("name"),
    help="What to call them instead of six random letters.",
)
@click.option("--notes", is_flag=True, help="Clear the notes of their own rows too.")
@click.option("--keep-old", is_flag=True, help="Keep the old files, under their names and .old.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@book_options(argument=False, asking=False)
def forget(
    source: Source,
    person: str,
    pseudonym: str | None,
    *,
    notes: bool,
    keep_old: bool,
    dry_run: bool,
) -> None:
    """Replace PERSON by a pseudonym in every file of the book; all counts stay.

    PERSON is a name, an alias or me, in full. The pseudonym is random, is printed, and stands
    in the files only; without --keep-old there is no way back. What else a note tells of
    them stays, unless you say --notes.

    \b
    Examples:
      refgraph forget "Ann Lee" --dry-run -b mybook
      refgraph forget "Ann Lee" -b mybook
    """
    from refgraph.keeping.forget import forget as replace

    done = with_names(
        lambda name: replace(
            source.path,
            name,
            source.reading,
            pseudonym=pseudonym,
            notes=notes,
            keep_old=keep_old,
            dry_run=dry_run,
        ),
        person,
    )
    if done.recovered:
        click.echo(done.recovered, err=True)
    if dry_run:
        word = pseudonym or "a random word"
        click.echo(f"Nothing was written. {word} would stand for {done.person!r}:", err=True)
    else:
        click.echo(f"{done.pseudonym} stands for {done.person!r} now:", err=True)
    for path, cells in done.cells.items():
        lines = path.endswith(".toml")
        what = count(cells, "line" if lines else "cell")
        click.echo(f"  {what} of {path}", err=True)
    if done.removed:
        several = len(done.removed) > 1
        copies = f"{len(done.removed):,} half-written {'copies' if several else 'copy'}"
        click.echo(
            f"{'Would remove' if dry_run else 'Removed'} {copies} that killed commands had left.",
            err=True,
        )
    if done.kept:
        click.echo(f"The old files still name them: {', '.join(done.kept)}", err=True)
    if done.traces:
        listed = ", ".join(f"{path}:{line}" for path, line in done.traces)
        click.echo(
            f"A word of the name still stands on these lines; look at them: {listed}",
            err=True,
        )
    for what, paths in _others(done).items():
        if paths:
            click.echo(f"These are no files of the book, and {what}: {', '.join(paths)}", err=True)
    if not dry_run:
        print_text(f"{done.pseudonym}\n")


def _others(done: Forgotten) -> dict[str, list[str]]:
    """Say of the other files of the folder what is to be done with them."""
    told = {*done.naming, *done.unsearched}
    return {
        "name them; delete or correct them yourself": done.naming,
        "cannot be searched, as a picture; delete those that name them": done.unsearched,
        "stay as they are": [path for path in done.unread if path not in told],
    }
