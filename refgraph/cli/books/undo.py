"""The command that takes back what another one wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.reading.options import book_options
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.cli.reading.chosen_book import Source

__all__ = ["undo"]

_MOST = 20  # lines of one file that are shown


@listed("Keep the book")
@click.command()
@click.option(
    "-n", "--dry-run", is_flag=True, help="Say what would be taken back, and write nothing."
)
@book_options(argument=False, asking=False, reading=False)
def undo(source: Source, *, dry_run: bool) -> None:
    """Take back what the last command wrote in the book, if nothing was written since.

    Every file is as it was before it, and a file that it made is gone. Whatever was changed
    since, by hand too, stops it. Only the last command is taken back, once, and an undo is not
    undone: type the command again. What forget replaced is kept nowhere, so it is for good.
    If a command was killed half-way, that is finished or taken back, and nothing else.

    \b
    Examples:
      refgraph undo --dry-run -b mybook
      refgraph undo -b mybook
    """
    from refgraph.keeping.undo import undo as take_back

    done = take_back(source.path, encoding=source.encoding, dry_run=dry_run)
    what = "Nothing was written; this would take back" if dry_run else "Took back"
    click.echo(f"{what} the last {done.command}:", err=True)
    for path, (gone, back) in done.files.items():
        counted = [f"{count(len(gone), 'line')} out"] if gone else []
        counted += [f"{count(len(back), 'line')} back"] if back else []
        click.echo(f"{path}: {' and '.join(counted) or 'as before'}", err=True)
        if not done.hides:
            for line in (*_shown("-", gone), *_shown("+", back)):
                click.echo(line, err=True)


def _shown(sign: str, lines: list[str]) -> Iterator[str]:
    """Show lines as they stand in the file, or stood; of many the first."""
    from refgraph.schema.text import visible

    yield from (f"{sign} {visible(line)}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"{sign} and {len(lines) - _MOST:,} more"
