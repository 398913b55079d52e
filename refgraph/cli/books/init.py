"""Commands that start a book, count it, and hand it to other tools."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import suffix_of, write_bytes, write_text
from refgraph.cli.reading.chosen_book import tell_recovered
from refgraph.cli.reading.options import Folder, as_field, book_options
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["export", "init", "stats"]


@listed("Where you stand")
@click.command()
@book_options()
@output_options(long=False)
def stats(source: Source, output: Output) -> None:
    """Count what a book holds: its span, last entry, people and pairs.

    \b
    Example:
      refgraph stats data/adviser
    """
    from refgraph.report.questions.describing import STATS

    output.show(STATS, STATS(source.open()))


@listed("Keep the book")
@click.command()
@click.argument("folder", metavar="DIR", type=Folder())
@click.option("--me", metavar="NAME", callback=as_field("name"), help="Whose book it will be.")
@click.option("--sample", is_flag=True, help="Write a small invented book to try things on.")
def init(folder: Path, me: str | None, *, sample: bool) -> None:
    """Start a book: a folder with the files of one, ready to be filled.

    \b
    Examples:
      refgraph init mybook --me "Ann Lee"
      refgraph init trial --sample
    """
    if me and sample:
        msg = "the sample book has its own me; leave out --me or --sample"
        raise click.UsageError(msg)
    from refgraph.keeping import create_all
    from refgraph.keeping.new_book import empty_book, sample_book
    from refgraph.reading.book_files import BOOK_FILES

    tell_recovered(folder)
    files = sample_book() if sample else empty_book(me)
    if taken := [name for name in BOOK_FILES if os.path.lexists(folder / name)]:
        msg = f"{folder} already holds {', '.join(taken)}. Choose another folder."
        raise RefgraphError(msg)
    from refgraph.reading.files.writer import make_folder

    make_folder(folder)
    create_all({str(folder / name): text for name, text in files.items()})
    for name in files:
        click.echo(f"Wrote {folder / name}", err=True)
    book = shlex.quote(str(folder))
    fill = "" if sample else f"refgraph add -b {book}   for each referral, then   "
    click.echo(f"Next: {fill}refgraph report {book}", err=True)


@listed("Other tools")
@click.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@book_options(argument=False)
@click.option("--raw", is_flag=True, help="CSV: leave cells like =1+1 as they are.")
@click.option(
    "--as",
    "table",
    type=click.Choice(["ties", "referrals", "gephi"]),
    help="CSV: a row for each tie, for each referral, or a tie by Gephi's names.",
)
def export(source: Source, file: Path, *, raw: bool, table: str | None) -> None:
    """Write the referral graph, or the whole book, to FILE for another program.

    The suffix chooses the format. The graph: .graphml, .gexf (with a timeline),
    .json (for NetworkX) or .csv. The book, a table each for referrals, people,
    touches and statuses: .xlsx, .db (SQLite) or .duckdb. The referrals: .parquet.
    The people as cards: .vcf, which import takes. All but .json and .vcf can be
    read in place of a book; of a graph that is its ties.

    \b
    Examples:
      refgraph export network.gexf -b data/adviser
      refgraph export book.xlsx -b data/adviser
    """
    from refgraph.book import export as formats

    suffix = suffix_of(file, (*formats.FORMATS, *formats.BINARY), "FILE")
    for option, is_said in (("--raw", raw), ("--as", table is not None)):
        if is_said and suffix != ".csv":
            msg = f"{option} belongs to a .csv file"
            raise click.UsageError(msg)
    if suffix in formats.BINARY:
        write_bytes(file, formats.BINARY[suffix](source.open()))
    elif suffix == ".csv":
        write_text(file, formats.TABLES[table or "ties"](source.open(), raw=raw))
    else:
        write_text(file, formats.FORMATS[suffix](source.open()))
