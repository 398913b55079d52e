"""Commands for a review: the report in words, and the page or the folder for a meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import print_text, write_text
from refgraph.cli.reading.compared import compare_options, compared_view
from refgraph.cli.reading.options import (
    FolderOrPage,
    as_words,
    book_options,
    exact_option,
    for_option,
)
from refgraph.cli.reading.protect_book import spare
from refgraph.maps import KINDS
from refgraph.review.names import BESIDE, NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from refgraph.book.book import Book
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.report.summary import Summary

__all__ = ["report", "review"]

_DRAWN = ("png", "svg", "html")
_FORMS = ("md", "json", "csv", *_DRAWN)
_USUAL = ("md", "json", "png", "html")
_FILES = (".html", ".htm", ".json")  # what is one file; any other name is a folder


def _file(field: str) -> str:
    return field.replace("_", "-")


# The lists of a review, by the part that shows their first rows.
_LISTS = {
    "owed": "owe",
    "refer-first": "refer_first",
    "connectors": "connectors",
    "mutual": "reciprocity",
    "one-sided": "one_sided",
    "today": "today",
    "news": "news",
    "leaks": "leaks",
    "thanks": "thanks_due",
}
_PAGES = (
    *("report.md", "report.json", "review.json", "to-decide.csv"),
    *(f"{_file(name)}.csv" for name in _LISTS.values()),
    *(f"{kind}.{form}" for kind in KINDS for form in _DRAWN),
)


@listed("Where you stand")
@click.command()
@for_option()
@click.option("--all", "every_row", is_flag=True, help="Show every row of every list.")
@exact_option
@book_options()
@output_options("table", "md", "json", table=False)
def report(
    source: Source, output: Output, whose: str | None, *, every_row: bool, exact: bool
) -> None:
    """Print the one-page review of a book.

    Where you stand, whom you owe, whom to refer first and why, who connects the
    others, how mutual it is, what is leaking and who is still to be thanked.

    \b
    Examples:
      refgraph report data/adviser
      refgraph report data/adviser --last 12m -o report.md
      refgraph report data/chapter --for "Gwen Aldridge"
    """
    from refgraph.report.summary import summarize
    from refgraph.report.views import render

    summary = summarize(*source.view(whose), everything=every_row, exact=exact)
    summary = replace(summary, typed=source.typed)
    renderers: dict[str, Callable[[Summary], str]]
    renderers = {"table": render.text, "md": render.markdown, "json": render.as_json}
    output.write(renderers[output.form](summary))


@listed("Where you stand")
@click.command()
@for_option()
@click.option(
    "--sections",
    metavar="NAMES",
    callback=as_words(NAMES),
    help=f"Only these parts and their maps, with commas between them: {', '.join(NAMES)}.",
)
@click.option(
    "--only",
    "forms",
    metavar="FORMS",
    callback=as_words(_FORMS),
    help=f"With a folder: what to write of {', '.join(_FORMS)}; {', '.join(_USUAL)} if not given.",
)
@compare_options("Say first what changed since the review of that day.")
@click.option("--each", is_flag=True, help="Of a chapter: a page to hand out for each member, too.")
@exact_option
@book_options()
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="FILE.html|FILE.json|DIR",
    type=FolderOrPage(),
    help="The page to write, or what stands for --against; or the folder, made if need be.",
)
def review(
    source: Source,
    target: Path,
    whose: str | None,
    sections: tuple[str, ...],
    forms: tuple[str, ...],
    day: date | None,
    against: Path | None,
    *,
    each: bool,
    exact: bool,
) -> None:
    """Write everything for a review meeting on one page, or to a folder.

    The page (.html) needs no network and no script: what stands, whom to refer
    first and whom to introduce to them, who connects the others, what leaks, each
    with its map; what the columns mean, and what was left out. It prints on A4 and
    Letter.

    A folder gets the parts, and the report is printed: report.md, report.json, and
    the maps that have something to say about this book, each as a picture (.png)
    and as a page to explore (.html). --only adds or leaves out: the maps as .svg,
    every list as .csv, and what there is to decide as to-decide.csv: fill in who and
    by when, and refgraph decisions --add writes it down.

    --each adds a page for each member of a chapter, to hand out: behind the page,
    each on its own sheet, or in a folder as members/NUMBER-NAME.html. It says what
    they gave, received and answered, whom they owe and whom to thank, their ties,
    how to recognise a referral for them, and three one-to-ones worth having.

    A file .json, and review.json in a folder, holds what stands: keep it, and the
    next review says with --against what changed. --since-review says it from the
    dates in the book alone.

    \b
    Examples:
      refgraph review data/adviser -o review.html
      refgraph review data/adviser -o review.html --since-review 2026-07-01
      refgraph review data/adviser -o review.json
      refgraph review data/chapter -o review.html --each
      refgraph review data/adviser -o review.html --sections owed,refer-first
      refgraph review data/adviser -o review --only csv,svg
    """
    as_state = target.suffix.lower() == ".json" and not target.is_dir()
    in_parts = target.is_dir() or target.suffix.lower() not in _FILES
    if (in_parts or as_state) and (day is not None or against is not None):
        msg = "--since-review and --against go with a page: name one that ends in .html with -o"
        raise click.UsageError(msg)
    if not in_parts and forms:
        msg = "--only goes with a folder: name one with -o"
        raise click.UsageError(msg)
    if each and (as_state or whose is not None):
        msg = "--each goes with a page or a folder for a whole chapter, without --for"
        raise click.UsageError(msg)
    if as_state and sections:
        msg = "--sections goes with a page or a folder; a .json holds all that stands"
        raise click.UsageError(msg)
    if in_parts:
        _write_parts(source, target, whose, sections, forms or _USUAL, each=each, exact=exact)
        return
    spare(source.path, target)
    if as_state:
        _write_state(source, target, whose)
        return
    book, person, found = compared_view(source, whose, day, against)
    from refgraph.review.web_page import page

    text = page(book, person, sections=sections, compared=found, each=each, exact=exact)
    write_text(target, text)


def _write_state(source: Source, target: Path, whose: str | None) -> None:
    """Write what stands, to be compared with by a later review."""
    if source.incognito:
        msg = "a .json is compared with later, by names; leave --incognito out"
        raise click.UsageError(msg)
    book, (person,) = source.compare(whose)
    from refgraph.analysis.comparing.snapshot import snapshot_of
    from refgraph.analysis.comparing.snapshot_file import as_text

    write_text(target, as_text(snapshot_of(book, person)))


def _write_parts(
    source: Source,
    folder: Path,
    whose: str | None,
    chosen: tuple[str, ...],
    forms: tuple[str, ...],
    *,
    each: bool,
    exact: bool,
) -> None:
    """Write the parts of a review to a folder, each as a file of its own."""
    spare(source.path, *(folder / name for name in _PAGES))
    book, person = source.view(whose)
    from refgraph.reading.files.writer import make_folder

    make_folder(folder)
    if each:
        _write_members(source, folder / "members", book)
    from refgraph.report.summary import summarize
    from refgraph.report.views import render

    summary = replace(summarize(book, person, exact=exact), typed=source.typed)
    pictures = _write_maps(folder, book, person, chosen, forms, exact=exact)
    if "json" in forms:
        write_text(folder / "report.json", render.as_json(summary))
        if not source.incognito and not book.settings.hides:
            from refgraph.analysis.comparing.snapshot import snapshot_of
            from refgraph.analysis.comparing.snapshot_file import as_text

            write_text(folder / "review.json", as_text(snapshot_of(book, person)))
    if "md" in forms:
        told = render.markdown(summary, pictures=pictures, chosen=chosen)
        write_text(folder / "report.md", told)
    if "csv" in forms:
        _write_lists(folder, summary, chosen)
        if not chosen:
            _write_to_decide(folder, book, summary)
    if summary.book["me"] is None and not set(_DRAWN).isdisjoint(forms):
        _tell_missing(book)
    print_text(render.text(summary, chosen))


def _tell_missing(book: Book) -> None:
    """Say which maps are drawn of one person alone."""
    from refgraph.maps.choice import telling
    from refgraph.wording import join_names, pluralize

    drawn = telling(book)
    names = [kind.name for kind in KINDS.values() if kind.about_one == "side"]
    missing = [name for name in names if name not in drawn]
    told = f"{pluralize(len(missing), 'map')} {join_names(missing)}"
    click.echo(f"Note: not drawn without a person, --for PERSON: the {told}.", err=True)


def _write_members(source: Source, folder: Path, book: Book) -> None:
    """Write a page for each member, to hand out."""
    from refgraph.reading.files.writer import make_folder, replacing
    from refgraph.review.handouts.handout_page import files
    from refgraph.wording import count

    pages = [(folder / name, text) for name, text in files(book)]
    spare(source.path, *(path for path, _ in pages))
    make_folder(folder)
    for path, text in pages:
        with replacing(path) as stream:
            stream.write(text)
    click.echo(f"Wrote {count(len(pages), 'page')} to {folder}", err=True)


def _write_maps(
    folder: Path,
    book: Book,
    person: str | None,
    chosen: tuple[str, ...],
    forms: tuple[str, ...],
    *,
    exact: bool,
) -> list[tuple[str, str, str]]:
    """Write the maps that have something to say; give those that the report can show."""
    from refgraph import maps
    from refgraph.maps import choice

    wanted = [form for form in _DRAWN if form in forms]
    beside = {kind for name in chosen or NAMES for kind in BESIDE.get(name, ())}
    pictures = []
    for kind in choice.telling(book, person) if wanted else ():
        if kind not in beside:
            continue
        options: dict[str, Any] = {"person": person} if KINDS[kind].about_one else {}
        if exact and KINDS[kind].takes("exact"):
            options["exact"] = True
        drawn = maps.draw(kind, book, **options)
        for form in wanted:
            drawn.save(folder / f"{kind}.{form}")
            click.echo(f"Wrote {folder / f'{kind}.{form}'}", err=True)
        shown = next((form for form in ("png", "svg") if form in wanted), "")
        if shown:
            page = f"{kind}.html" if "html" in wanted else ""
            pictures.append((drawn.title, f"{kind}.{shown}", page))
        for note in drawn.notes:
            click.echo(f"Note: {note}", err=True)
    return pictures


def _write_lists(folder: Path, summary: Summary, chosen: tuple[str, ...]) -> None:
    """Write the lists of the report as their commands do, every row of them."""
    from refgraph.reading.files.formula_safe_csv import as_csv
    from refgraph.report.views.plain_rows import rows_of

    for name, field in _LISTS.items():
        table = getattr(summary, field)
        if len(table.columns) and (not chosen or name in chosen):
            rows, columns = rows_of(table), [str(column) for column in table]
            write_text(folder / f"{_file(field)}.csv", as_csv(columns, rows, raw=False))


def _write_to_decide(folder: Path, book: Book, summary: Summary) -> None:
    """Write what there is to decide as a table whose gaps the meeting fills in."""
    from refgraph.imports.kinds.decisions import HEADERS
    from refgraph.reading.files.formula_safe_csv import as_csv
    from refgraph.review.findings import ASKED, to_decide
    from refgraph.review.page_parts import parts_of

    questions = [text for text, _ in to_decide(parts_of(book, summary, ASKED))]
    columns = [name for name in HEADERS if name != "with"]
    rows = [dict.fromkeys(columns, "") | {"what": text} for text in questions]
    write_text(folder / "to-decide.csv", as_csv(columns, rows, raw=False))
