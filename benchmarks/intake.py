"""Tables that people keep, taken into a new book: how many come in right, and how many wrong.

Usage: python benchmarks/intake.py [--files N] [--seed N] [--only WORD] [--show N] [--keep FOLDER]
       [--directly]

Over a hundred shapes of files (`intake_shapes`, `intake_registers`, `intake_sheets`,
`intake_workbooks`, `intake_marks`, `intake_exports`, `intake_networks`) say a few invented
referrals, with the mistakes that people make (`intake_truth`). Each goes through ``refgraph
import FILE -b NEWBOOK [--me NAME]``, and the book is compared with what is true: givers,
receivers, counts, and the days, prospects, outcomes and values that the file holds. The outcomes:

right
    Exit status 0, and all of it; or nothing taken from a file that says no referral.
option
    Right when the one option is given that the message names.
part
    Exit status 0; all that is written is true, and what is not is named in a message.
asked
    Exit status 1, and nothing written.
wrong
    Exit status 0, and something that is not true, or that is lost without a word.
misled
    Wrong with the option that the message names, and with no other that it names right.
crash
    Any other end.

Option and misled are of the files that were not right at first. With ``--directly`` each
file is also read as if it were a book, which must say the same as the book that an import makes
of it, or refuse as the import does (`intake_directly`). The exit status is 1 if anything was
wrong, misled or crashed, or said another thing directly.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import intake_marks  # noqa: F401
import intake_registers  # noqa: F401
import intake_sheets  # noqa: F401
import intake_workbooks  # noqa: F401
from click.testing import CliRunner
from intake_compare import compare
from intake_directly import read_otherwise
from intake_files import EUROPEAN
from intake_networks import SHAPES

from refgraph.cli import main as refgraph

if TYPE_CHECKING:
    from intake_truth import File

OUTCOMES = ("right", "option", "part", "asked", "wrong", "misled", "crash")
MOST_REMEDIES = 8


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one file, and what is amiss, by field."""

    outcome: str
    amiss: tuple[str, ...] = ()
    told: str = ""
    argv: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(slots=True)
class Share:
    """What came of the files of one shape."""

    outcomes: Counter[str] = field(default_factory=Counter)
    amiss: Counter[str] = field(default_factory=Counter)
    otherwise: Counter[str] = field(default_factory=Counter)


def attempt(made: File, folder: Path, *more: str, creates: bool) -> Tried:
    """Take a file into a new book, once."""
    book, path = folder / "book", folder / made.name
    path.write_bytes(made.data)
    me = [] if made.table.me is None else ["--me", made.table.me]
    runner = CliRunner()
    if not creates:
        runner.invoke(refgraph, ["init", str(book), *me])
        me = []
    argv = ("import", str(path), "-b", str(book), *me, *more)
    before = snapshot(book)
    ran = runner.invoke(refgraph, argv)
    told = ran.output
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        import traceback

        return Tried(
            "crash",
            (type(ran.exception).__name__,),
            "".join(traceback.format_exception(ran.exception)),
            argv,
        )
    if ran.exit_code == 0:
        outcome, amiss = compare(book, made.table, told)
        return Tried(outcome, amiss, told, argv)
    if ran.exit_code != 1 or not told.strip():
        return Tried("crash", (f"exit {ran.exit_code}",), told, argv)
    if snapshot(book) != before:
        outcome, amiss = compare(book, made.table, told)
        if outcome == "right":  # nobody referred anybody, and that is what the status says
            return Tried("right" if made.table.nothing else "asked", amiss, told, argv)
        return Tried(
            outcome if outcome == "wrong" else "asked", (*amiss, "written with exit 1"), told, argv
        )
    return Tried(
        "right" if made.table.nothing and not made.table.wanted else "asked", (), told, argv
    )


def snapshot(book: Path) -> dict[str, bytes]:
    """Give the tables of a book, but for those that are empty."""
    if not book.is_dir():
        return {}
    return {
        path.name: path.read_bytes()
        for path in sorted(book.glob("*.csv"))
        if path.read_bytes().count(b"\n") > 1
    }


def may_be(form: str, days: str) -> bool:
    """Tell whether somebody who knows how a file writes its days would say this form."""
    wrong = "%d" if days.startswith(("mdy", "us", "mixed")) else "%m"
    return not form.startswith(wrong)


def remedies(told: str, made: File) -> list[tuple[str, ...]]:
    """Give the options that a message names, with the values that one who knows the file says."""
    options = {name: each for each in refgraph.commands["import"].params for name in each.opts}
    found: list[tuple[str, ...]] = []
    for hit in re.finditer(
        r"(?<![\w-])(--[a-z][a-z-]+)(?:[ =](\"[^\"]*\"|'[^']*'|[^\s,;)]+))?", told
    ):
        option, value = hit[1], (hit[2] or "").strip("\"'`").rstrip(".:")
        each = options.get(option)
        if each is None or option in ("--dry-run", "--help", "--book", "--me"):
            continue
        if getattr(each, "is_flag", False):
            found.append((option,))
            continue
        choices = getattr(each.type, "choices", None)
        if option == "--decimal":
            found.append((option, "comma" if made.amounts in EUROPEAN else "point"))
        elif choices and value not in choices:
            found += [(option, choice) for choice in choices]
        elif option == "--sheet" and (not value or value.isupper()):
            found += [(option, sheet) for sheet in made.sheets]
        elif option == "--date-format" and "%" not in value:
            forms = ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y")
            found += [(option, form) for form in forms if may_be(form, made.days)]
        elif (
            value
            and not value.isupper()
            and (option != "--date-format" or may_be(value, made.days))
        ):
            found.append((option, value))
    return [*dict.fromkeys(found)][:MOST_REMEDIES]


def tried(made: File, *, creates: bool) -> Tried:
    """Take a file in, and once more with each option that the message names."""
    with tempfile.TemporaryDirectory() as name:
        first = attempt(made, Path(name), creates=creates)
    if first.outcome in ("right", "wrong", "crash"):
        return first
    bad: Tried | None = None
    for remedy in remedies(first.told, made):
        with tempfile.TemporaryDirectory() as name:
            again = attempt(made, Path(name), *remedy, creates=creates)
        if again.outcome == "right":
            return Tried("option", (), first.told, first.argv, " ".join(remedy))
        if again.outcome in ("wrong", "crash") and remedy[0] not in ("--partial", "--repeats"):
            bad = Tried(
                "misled" if again.outcome == "wrong" else "crash",
                again.amiss,
                f"{first.told}\n--- with {' '.join(remedy)}:\n{again.told}",
                again.argv,
                " ".join(remedy),
            )
    return bad or first


def can_create() -> bool:
    """Tell whether import makes the book where there is none."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.csv"
        path.write_text("date,giver,receiver\n2024-01-02,Ann Lee,Bo Park\n", encoding="utf-8")
        argv = ["import", str(path), "-b", str(Path(name) / "book")]
        return CliRunner().invoke(refgraph, argv).exit_code == 0


def run(
    files: int,
    seed: int,
    only: str = "",
    *,
    show: int = 0,
    keep: Path | None = None,
    directly: bool = False,
) -> dict[str, Share]:
    """Try files of every shape in turn; give what came of each shape."""
    names = [name for name in SHAPES if only.lower() in name.lower()]
    shares = {name: Share() for name in names}
    creates, shown = can_create(), 0
    for at in range(files):
        name = names[at % len(names)]
        made = SHAPES[name](random.Random(f"{seed} {at // len(names)} {name}"))
        came = tried(made, creates=creates)
        shares[name].outcomes[came.outcome] += 1
        shares[name].amiss.update({*came.amiss})
        if directly and (other := read_otherwise(made)):
            shares[name].otherwise[other.split(":", 1)[0]] += 1
            print(f"==== {name} #{at // len(names)}, read directly: {other}")
        if came.outcome != "right" and shown < show:
            shown += 1
            print(f"==== {name} #{at // len(names)}: {came.outcome} {came.amiss} {came.remedy}")
            print(f"me: {made.table.me}")
            print(
                made.data.decode("utf-8", "replace")[:1500]
                if not made.name.endswith("xlsx")
                else sheet_text(made)
            )
            print(f"---- {came.told[:2500]}")
        if keep is not None and came.outcome not in ("right", "option"):
            folder = keep / came.outcome
            folder.mkdir(parents=True, exist_ok=True)
            (
                folder / f"{re.sub(r'[^a-z]+', '-', name.lower())}{at // len(names)}-{made.name}"
            ).write_bytes(made.data)
    return shares


def sheet_text(made: File) -> str:
    """Write the cells of a workbook for the eye."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(made.data))
    lines = [
        f"[{page.title}]\n"
        + "\n".join(
            " | ".join("" if c is None else str(c) for c in row)
            for row in page.iter_rows(values_only=True)
        )
        for page in book
    ]
    return "\n".join(lines)[:1500]


def printed(shares: dict[str, Share]) -> str:
    """Write the table of the shapes."""
    width = max(map(len, shares), default=0)
    lines = [f"{'shape':<{width}}  files" + "".join(f"{name:>8}" for name in OUTCOMES) + "  amiss"]
    total: Counter[str] = Counter()
    for name, share in shares.items():
        total += share.outcomes
        amiss = ", ".join(f"{what} {times}" for what, times in share.amiss.most_common(4))
        lines.append(
            f"{name:<{width}}{share.outcomes.total():>7}"
            + "".join(f"{share.outcomes[each] or '-':>8}" for each in OUTCOMES)
            + f"  {amiss}"
        )
    files = total.total() or 1
    lines.append(
        f"{'all':<{width}}{total.total():>7}"
        + "".join(f"{total[each] or '-':>8}" for each in OUTCOMES)
    )
    right, one = total["right"] / files, (total["right"] + total["option"]) / files
    lines.append(
        f"right at first {right:.1%}, with one option {one:.1%}, "
        f"wrong with exit 0: {total['wrong'] + total['misled']}, of {len(shares)} shapes"
    )
    return "\n".join(lines)


def main() -> int:
    """Print the table; exit status 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="shapes with this word in their name")
    parser.add_argument("--show", type=int, default=0, help="print that many that are not right")
    parser.add_argument("--directly", action="store_true", help="also read each as a book")
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    told = parser.parse_args()
    began = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shares = run(
            told.files,
            told.seed,
            told.only,
            show=told.show,
            keep=told.keep,
            directly=told.directly,
        )
    print(printed(shares))
    otherwise = sum((share.otherwise for share in shares.values()), Counter())
    if told.directly:
        print(f"read otherwise directly: {otherwise.total()} {dict(otherwise)}")
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    total: Counter[str] = Counter()
    for share in shares.values():
        total += share.outcomes
    return 1 if total["wrong"] + total["misled"] + total["crash"] + otherwise.total() else 0


if __name__ == "__main__":
    sys.exit(main())
