"""The group of all commands, where refgraph's own errors become messages."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any

import click

from refgraph.cli.listing import Commands, read_list
from refgraph.cli.printing.written import STDOUT
from refgraph.cli.reading.folded import FULL, HELP_ALL
from refgraph.cli.reading.who import TYPED
from refgraph.errors import LedgerError, OutputError, RefgraphError
from refgraph.progress import telling
from refgraph.wording import count

if TYPE_CHECKING:
    from logging import LogRecord

__all__ = ["main", "tally"]

#: The products here are too small to be shared: threads would wait for each other, for a fifth of
#: all processor time, and their number could show in the last digit.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Failure(click.ClickException):
    """A refgraph error as the person at the keyboard sees it; exit status 1."""

    def __init__(self, error: RefgraphError) -> None:
        super().__init__(str(error))
        self.error = error

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the problems with their count, or the sentence."""
        stream = sys.stderr if file is None else file
        if isinstance(self.error, LedgerError):
            from refgraph.reading.files.causes import by_cause

            rest = "refgraph check lists them all"
            told = "\n".join(by_cause(self.error.problems, rest))
            click.echo(f"{told}\n{tally(self.error)}", file=stream)
        else:
            click.echo(f"Error: {self.message}", file=stream)


def tally(error: LedgerError) -> str:
    """Count the problems, their lines and their files in one line."""
    problems = error.problems
    lines = {(problem.path, problem.line) for problem in problems}
    files = list(dict.fromkeys(problem.path for problem in problems))
    times = sum(problem.times for problem in problems)
    what = count(times, "problem")
    if not all(line for _, line in lines):
        return f"{what} in {', '.join(files)}"
    return f"{what} in {count(len(lines), 'line')} of {', '.join(files)}"


class Main(click.Group):
    """Turn refgraph's own errors into a clean message and exit status 1."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands: Commands = Commands(read_list())

    @property
    def sections(self) -> dict[str, dict[str, str]]:
        """What each command does, by its name, under its heading."""
        found: dict[str, dict[str, str]] = {}
        for each in self.commands.listed.values():
            found.setdefault(each.heading, {})[each.name] = each.says
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under their headings, each with its whole first sentence."""
        del ctx
        for section, rows in self.sections.items():
            with formatter.section(section):
                formatter.write_dl([*rows.items()], col_max=16)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; output that the system refuses is a sentence too."""
        for name in _ONE_THREAD:  # before numpy is loaded, and left alone where it is set
            os.environ.setdefault(name, "1")
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.filename is not None:
                raise
            with suppress(OSError, ValueError):  # what is left unwritten is not tried again
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            with suppress(OSError):
                click.echo(f"Error: {OutputError(STDOUT, error)}", err=True)
            sys.exit(1)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; some have two words, like ``people merge``."""
        if HELP_ALL in args and "--" not in args[: args.index(HELP_ALL)]:
            ctx.meta[FULL] = True
            args = [args[0], *(args[1:2] if " ".join(args[:2]) in self.commands else []), "--help"]
        two = " ".join(args[:2])
        return super().resolve_command(ctx, [two, *args[2:]] if two in self.commands else args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words as they were typed, for a message that says a command again."""
        ctx.meta[TYPED] = list(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except RefgraphError as error:
            raise Failure(error) from error


def _is_worth_saying(record: LogRecord) -> bool:
    """Leave out where Matplotlib keeps its list of fonts: without a home, it does for this run."""
    return record.funcName not in {"_get_config_or_cache_dir", "json_dump"}


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="refgraph")
@click.pass_context
def main(ctx: click.Context) -> None:
    """See whom you owe a referral, whom to refer first, and who connects people.

    The BOOK is a folder with referrals.csv in it, or a single table of
    referrals; without one, $REFGRAPH_BOOK is used, or the current folder.

    \b
    Start here:
      refgraph init mybook --sample     write a small sample book
      refgraph report mybook            the one-page review
      refgraph review mybook -o out     the review with its maps

    What takes over a second says on stderr what it does; $REFGRAPH_QUIET=1 keeps it silent.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from logging import getLogger

    for name in ("matplotlib", "matplotlib.font_manager"):
        getLogger(name).addFilter(_is_worth_saying)
    if os.environ.get("NO_COLOR"):
        ctx.color = False  # click itself does not know NO_COLOR
    if not os.environ.get("REFGRAPH_QUIET"):
        ctx.with_resource(telling(f"Working on {ctx.invoked_subcommand}"))
