"""The hostile book with one thing wrong: a row, a cell, a header or a setting."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from surface_books import Subject, hostile, write_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["BAD", "FAULTS", "failing"]


def _cell(file: str, column: str, text: str, row: int = 3) -> Callable[[Path], None]:
    """Put another text into one cell."""

    def spoil(folder: Path) -> None:
        path = folder / f"{file}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        rows[min(row, len(rows) - 1)][column] = text
        write_csv(path, rows)

    return spoil


def _line(file: str, text: str) -> Callable[[Path], None]:
    """Add a line as it stands here."""

    def spoil(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


def _header(file: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / f"{file}.csv"
        head, line, rest = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(head.replace(old, new) + line + rest, encoding="utf-8")

    return spoil


def _toml(start: str, line: str) -> Callable[[Path], None]:
    """Put another line in the place of a setting."""

    def spoil(folder: Path) -> None:
        path = folder / "refgraph.toml"
        kept = [
            each
            for each in path.read_text(encoding="utf-8").split("\n")
            if not each.startswith(start)
        ]
        path.write_text("\n".join([line, *kept]), encoding="utf-8")

    return spoil


def _bytes(file: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / file
        path.write_bytes(path.read_bytes().replace(old, new, 1))

    return spoil


def _twice(file: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([*lines, lines[3]]), encoding="utf-8")

    return spoil


def _alias_twice(folder: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO((folder / "people.csv").read_text(encoding="utf-8"), newline=""))
    )
    rows[2]["aliases"] = rows[3]["aliases"]
    write_csv(folder / "people.csv", rows)


#: One bad row, cell, header or setting each; ``zqzzbad`` is the canary of what is wrong.
BAD = "zqzzbad"
FAULTS: dict[str, Callable[[Path], None]] = {
    **{
        f"{file} {column} {number}": _cell(file, column, text)
        for file, column, texts in (
            ("referrals", "date", (BAD, "2099-01-01", "2026-02-30")),
            ("referrals", "giver", ("", f"{BAD}\x07")),
            ("referrals", "count", (BAD, "0", "-3")),
            ("referrals", "handoff", (BAD, "9")),
            ("referrals", "status", (BAD,)),
            ("referrals", "status_date", (BAD, "2099-01-01")),
            ("referrals", "value", (BAD, "12,50")),
            ("referrals", "note", (f"{BAD}\x1b[31m",)),
            ("people", "person", ("",)),
            ("people", "role", (BAD,)),
            ("people", "cadence", (BAD,)),
            ("people", "helpful", (BAD, "9")),
            ("people", "do_not_refer", (BAD,)),
            ("people", "since", (BAD,)),
            ("touches", "date", (BAD, "")),
            ("touches", "kind", (BAD,)),
            ("touches", "personal", (BAD,)),
            ("statuses", "date", (BAD,)),
            ("statuses", "id", (BAD, "")),
            ("statuses", "status", (BAD,)),
            ("assertions", "date", (BAD,)),
            ("assertions", "given", (BAD, "999")),
            ("assertions", "person", (BAD,)),
        )
        for number, text in enumerate(texts)
    },
    "referrals too few": _line("referrals.csv", f"2026-01-05,{BAD}\n"),
    "referrals too many": _line("referrals.csv", f"2026-01-05{f',{BAD}' * 20}\n"),
    "referrals torn": _line("referrals.csv", f"2026-01-05,{BAD}"),
    "referrals open quote": _line("referrals.csv", f'2026-01-05,"{BAD},x\n'),
    "referrals text after a quote": _line("referrals.csv", f'2026-01-05,"{BAD}"{BAD},x\n'),
    "referrals to oneself": _line("referrals.csv", f"2026-01-05,{BAD},{BAD}{',' * 10}\n"),
    "referrals id twice": _twice("referrals.csv"),
    "people twice": _twice("people.csv"),
    "header missing": _header("referrals", "giver", BAD),
    "header near": _header("referrals", "count", "coutn"),
    "header twice": _header("referrals", "count", "note"),
    "people header missing": _header("people", "person", BAD),
    "not UTF-8": _bytes("referrals.csv", b"won", f"w\xf6n {BAD}".encode("latin-1")),
    "people not UTF-8": _bytes("people.csv", b"client", f"\xf6 {BAD}".encode("latin-1")),
    "toml not UTF-8": _bytes("refgraph.toml", b"accepting", f"\xf6 {BAD}".encode("latin-1")),
    "toml is no TOML": _toml("accepting", f"accepting = {BAD}"),
    "toml unknown": _toml("accepting", f'{BAD} = "{BAD}"'),
    **{
        f"toml {name}": _toml(name, f"{name} = {value}")
        for name, value in (
            ("me", f'"{BAD}"'),
            ("today", f'"{BAD}"'),
            ("last", f'"{BAD}"'),
            ("since", f'"{BAD}"'),
            ("accepting", f'"{BAD}"'),
            ("profile", f'"{BAD}"'),
            ("looking_for", f'{{ {BAD} = "{BAD}" }}'),
            ("they_say", "7"),
            ("apart", f'"{BAD}"'),
        )
    },
    "alias twice": _alias_twice,
}


def failing(folder: Path, fault: str) -> Subject:
    """Write the hostile book with one thing wrong in it."""
    made = hostile(folder)
    FAULTS[fault](folder)
    return replace(made, fault=fault, private=made.private | {BAD: f"the fault: {fault}"})
