"""Hostile inputs, each read in a process of its own: what it says, its memory and its time.

Usage: python benchmarks/hostile.py [--size SHARE] [NAME ...]

Each input is written to a temporary folder at half its size and at its size, and read by
``check``, ``stats`` or ``import --dry-run`` with the address space and the processor time
limited. The bound is ten times what the command reads and 200 MB; seconds are those of the
processor, so that what else runs changes nothing, and "ratio" is the time over that at half
the size, both less the time of a book of one row: 2 is linear. NAME chooses inputs whose name
begins so; SHARE makes them all smaller; --plain leaves the half size out.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_MEMORY, MOST_SECONDS = 8 << 30, 120
LONGEST = 1_800  # on the clock
HEADER = b"date,giver,receiver\n"
ROW = b"2026-01-08,Ann Lee,Bo Park\n"
RULES = "column giver %s\ncolumn receiver %s\n"
ONE_ROW = "a book of one row"
TALK = ("Note: ", "Working on ", "Reading the book")  # before an answer
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """One hostile input.

    Attributes
    ----------
    write : callable
        Writes it into a folder, told how many; gives the words of the command.
    number : int
        How many of whatever it repeats; 0 if it has no size.
    is_bound : bool
        Whether the bound holds for it: not for what computes on a whole network.
    """

    write: Callable[[Path, int], list[str]]
    number: int = 0
    is_bound: bool = True


def _fill(path: Path, pieces: Iterable[bytes]) -> None:
    """Write many small pieces, a large one at a time."""
    with path.open("wb", buffering=_PIECE) as stream:
        stream.writelines(pieces)


def _times(piece: bytes, number: int) -> Iterable[bytes]:
    whole, rest = divmod(number, count := max(1, _PIECE // len(piece)))
    block = piece * count
    yield from (block for _ in range(whole))
    yield piece * rest


def table(
    piece: bytes = b"", *, before: bytes = HEADER, after: bytes = b"", command: str = "check"
) -> Callable[[Path, int], list[str]]:
    """Make a table that repeats one piece."""

    def write(folder: Path, number: int) -> list[str]:
        _fill(folder / "r.csv", [before, *_times(piece, number), after])
        return [*command.split(), str(folder / "r.csv")]

    return write


def rows(
    each: Callable[[int], str],
    *,
    header: str = "date,giver,receiver",
    command: str = "check",
    options: str = "",
    encoding: str = "utf-8",
) -> Callable[[Path, int], list[str]]:
    """Make a table whose rows differ."""

    def write(folder: Path, number: int) -> list[str]:
        path = folder / "r.csv"
        with path.open("w", encoding=encoding, newline="") as stream:
            stream.write(header + "\n")
            stream.writelines(each(at) + "\n" for at in range(number))
        return [*command.split(), str(path), *options.split()]

    return write


def beside(
    name: str,
    piece: bytes = b"",
    *,
    before: bytes = b"",
    after: bytes = b"",
    each: Callable[[int], str] | None = None,
    command: str = "check",
) -> Callable[[Path, int], list[str]]:
    """Make a book of one referral, with one hostile file beside it."""

    def write(folder: Path, number: int) -> list[str]:
        (folder / "referrals.csv").write_bytes(HEADER + ROW)
        varied = [f"{each(at)}\n".encode() for at in range(number)] if each else []
        pieces = [before, *varied] if each else [before, *_times(piece, number), after]
        _fill(folder / name, pieces)
        return [*command.split(), str(folder)]

    return write


def export(
    each: Callable[[int], str],
    *,
    before: str = "",
    after: str = "",
    name: str = "x.csv",
    rules: str = "",
) -> Callable[[Path, int], list[str]]:
    """Make an export to be taken in."""

    def write(folder: Path, number: int) -> list[str]:
        (folder / "referrals.csv").write_bytes(HEADER + ROW)
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            stream.write(before)
            stream.writelines(each(at) for at in range(number))
            stream.write(after)
        more = []
        if rules:
            (folder / "x.rules").write_text(rules, encoding="utf-8")
            more = ["--rules", str(folder / "x.rules")]
        return ["import", str(folder / name), "--dry-run", "-b", str(folder), *more]

    return write


def ruled(each: Callable[[int], str], before: str = "") -> Callable[[Path, int], list[str]]:
    """Make an export of one row, with a long rules file."""

    def write(folder: Path, number: int) -> list[str]:
        words = export(lambda _: "2026-01-09,Cy Dunn,Bo Park\n", before="date,giver,receiver\n")
        told = words(folder, 1)
        with (folder / "x.rules").open("w", encoding="utf-8") as stream:
            stream.write(before)
            stream.writelines(each(at) + "\n" for at in range(number))
        return [*told, "--rules", str(folder / "x.rules")]

    return write


def _device(name: str) -> Callable[[Path, int], list[str]]:
    return lambda _, __: ["check", name]


def _beside_device(folder: Path, _: int) -> list[str]:
    (folder / "referrals.csv").write_bytes(HEADER + ROW)
    (folder / "people.csv").symlink_to("/dev/zero")
    return ["stats", str(folder)]


def _pipe(folder: Path, _: int) -> list[str]:
    os.mkfifo(folder / "r.csv")
    return ["check", str(folder / "r.csv")]


def _to_import(device: str) -> Callable[[Path, int], list[str]]:
    """Name a device to be taken in, or a pipe made for it."""

    def write(folder: Path, _: int) -> list[str]:
        (folder / "referrals.csv").write_bytes(HEADER + ROW)
        if not device:
            os.mkfifo(folder / "x.csv")
        return ["import", device or str(folder / "x.csv"), "--dry-run", "-b", str(folder)]

    return write


def _socket(folder: Path, _: int) -> list[str]:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(folder / "r.csv"))
    return ["check", str(folder / "r.csv")]


def _folder(folder: Path, _: int) -> list[str]:
    (folder / "referrals.csv").mkdir()
    return ["check", str(folder)]


_PART = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(
    *,
    sheets: int = 1,
    strings: Callable[[int], str] | None = None,
    each: Callable[[int], str] | None = None,
) -> Callable[[Path, int], list[str]]:
    """Write a workbook part by part, as no spreadsheet would."""

    def write(folder: Path, number: int) -> list[str]:
        path, kinds = folder / "r.xlsx", "http://schemas.openxmlformats.org/officeDocument/2006"
        count = number if sheets == 0 else sheets
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            names = "".join(
                f'<sheet name="s{at}" sheetId="{at + 1}" r:id="r{at}"/>' for at in range(count)
            )
            links = "".join(
                f'<Relationship Id="r{at}" Type="{kinds}/relationships/worksheet" '
                f'Target="worksheets/s{at}.xml"/>'
                for at in range(count)
            )
            links += (
                f'<Relationship Id="s" Type="{kinds}/relationships/sharedStrings" '
                'Target="sharedStrings.xml"/>'
            )
            package = "http://schemas.openxmlformats.org/package/2006"
            archive.writestr(
                "[Content_Types].xml",
                f'{_PART}<Types xmlns="{package}/content-types">'
                '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.spreadsheetml.sheet.main+xml"/>'
                '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'{_PART}<workbook xmlns="{_MAIN}" xmlns:r="{kinds}/relationships">'
                f"<sheets>{names}</sheets></workbook>",
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'{_PART}<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            )
            archive.writestr(
                "_rels/.rels",
                f'{_PART}<Relationships xmlns="{package}/relationships"><Relationship Id="w" '
                f'Type="{kinds}/relationships/officeDocument" Target="xl/workbook.xml"/>'
                "</Relationships>",
            )
            texts = "".join(map(strings, range(number))) if strings else ""
            archive.writestr(
                "xl/sharedStrings.xml",
                f'{_PART}<sst xmlns="{_MAIN}"><si><t>date</t></si><si><t>giver</t></si>'
                f"<si><t>receiver</t></si>{texts}</sst>",
            )
            head = "".join(f'<c r="{cell}1" t="s"><v>{at}</v></c>' for at, cell in enumerate("ABC"))
            body = "".join(map(each, range(number))) if each else ""
            for at in range(count):
                archive.writestr(
                    f"xl/worksheets/s{at}.xml",
                    f'{_PART}<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{head}</row>'
                    f"{body}</sheetData></worksheet>",
                )
        return ["check", str(path)]

    return write


def network(command: str) -> Callable[[Path, int], list[str]]:
    """Make a book of referrals among 5,000 people, one of whom is me."""

    def write(folder: Path, number: int) -> list[str]:
        chance = random.Random(1)
        with (folder / "referrals.csv").open("w", encoding="utf-8") as stream:
            stream.write("date,giver,receiver,prospect,status\n")
            for at in range(number):
                one, two = chance.sample(range(5_000), 2)
                one, two = (one, 1) if at % 4 == 0 else (1, two) if at % 4 == 1 else (one, two)
                if one != two:
                    stream.write(
                        f"2026-01-{at % 28 + 1:02d},{_person(one)},{_person(two)},P{at},\n"
                    )
        settings = f'me = "{_person(1)}"\ntoday = 2026-02-01\n'
        (folder / "refgraph.toml").write_text(settings, encoding="utf-8")
        words = [each.replace("OUT", str(folder / "out")) for each in command.split()]
        return [*words, "-b", str(folder)]

    return write


def _many_files(folder: Path, number: int) -> list[str]:
    (folder / "referrals.csv").write_bytes(HEADER + ROW)
    names = [folder / f"{at}.csv" for at in range(number)]
    for at, name in enumerate(names):
        row = f"2026-01-09,{_person(at)},{_person(at + 1)}\n"
        name.write_text(f"date,giver,receiver\n{row}", encoding="utf-8")
    return ["import", *map(str, names), "-b", str(folder)]


def _message(folder: Path, number: int) -> list[str]:
    (folder / "messages").mkdir()
    _fill(folder / "messages" / "thanks.txt", _times(b"{prospect} ", number // 11))
    return network("today --draft 1")(folder, 100)


def _card(name: str, email: str) -> str:
    return (
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{email}\nPHOTO;ENCODING=b:{'A' * 60}\n"
        f" {'B' * 70}\nEND:VCARD\n"
    )


def _person(at: int) -> str:
    return f"Person {at:07d}"


def _one_edit(at: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "Alexander " + "".join(letters[at // 26**place % 26] for place in range(4))


def _referral(at: int) -> str:
    return f"2026-01-{at % 28 + 1:02d},{_person(at)},{_person(at + 1)}"


_CHOICE = random.Random(1)
_ACCENTED = "".join(_CHOICE.choice("éèüñß") for _ in range(20))
_XML = (
    f'{_PART}\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
)


def _xml_row(*cells: str) -> str:
    told = "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells)
    return f"<Row>{told}</Row>\n"


_M = 1_000_000
INPUTS: dict[str, Input] = {
    "device: /dev/zero": Input(_device("/dev/zero")),
    "device: /dev/random": Input(_device("/dev/random")),
    "device: people.csv is /dev/zero": Input(_beside_device),
    "pipe that nobody writes to": Input(_pipe),
    "socket": Input(_socket),
    "folder where a file is wanted": Input(_folder),
    "newlines, 100 MB": Input(table(b"\n", before=b""), 100 * _M),
    "newlines below a header, 100 MB": Input(table(b"\n", after=ROW), 100 * _M),
    "newlines, under the limit of lines": Input(table(b"\n", after=ROW), 9 * _M),
    "returns, 100 MB": Input(table(b"\r", before=b"date,giver,receiver\r"), 100 * _M),
    "comment signs, 100 MB": Input(table(b"#\n", before=b"", command="check --comment #"), 50 * _M),
    "line of 300 MB": Input(table(b"x", after=b"\n"), 300 * _M),
    "line of 1 GB": Input(table(b"x"), 1000 * _M),
    "line of 300 MB, quoted": Input(table(b"x", before=HEADER + b'"', after=b'"\n'), 300 * _M),
    "one line of blanks, 300 MB": Input(table(b" ", before=b""), 300 * _M),
    "header of 1,000,000 commas": Input(table(b",", before=b"date,giver,receiver"), _M),
    "header of 1,000,000 names": Input(
        lambda folder, number: (
            (folder / "r.csv").write_text(",".join(f"datf{at}" for at in range(number)) + "\n")
            and ["check", str(folder / "r.csv")]
        ),
        _M,
    ),
    "rows of 900 columns": Input(table(b"a," * 899 + b"b\n", before=b"a," * 899 + b"b\n"), 50_000),
    "field of 131,073 characters, 700 times": Input(
        table(b'2026-01-08,Ann,"' + b"x" * 131_073 + b'"\n'), 700
    ),
    "quote never closed, 100 MB": Input(
        table(ROW, before=HEADER + b'2026-01-08,"Ann,Bo\n'), 3_700_000
    ),
    "quote never closed, 25 MB": Input(
        table(ROW, before=HEADER + b'2026-01-08,"Ann,Bo\n'), 900_000
    ),
    "a quote in each line": Input(table(b'2026-01-08,"Ann,Bo\n'), 900_000),
    "a word after each quote": Input(table(b'2026-01-08,"Ann" Lee,Bo\n'), 900_000),
    "rows quoted in part": Input(table(b'2026-01-08,"Lee, Ann",Bo Park\n'), _M),
    "bad rows, 1,000,000": Input(table(b"2026-02-30,Ann Lee,Ann Lee\n"), _M),
    "rows of the wrong width, 1,000,000": Input(table(b"2026-01-08,Ann Lee\n"), _M),
    "bad rows left out, 999,000": Input(
        table(b"2026-02-30,Ann,\n", after=ROW, command="stats --skip-bad"), 999_000
    ),
    "rows, 1,000,000": Input(rows(lambda at: f"2026-01-08,{_person(at % 999)},Bo Park"), _M),
    "rows, 1,500,000": Input(rows(lambda at: f"2026-01-08,{_person(at % 999)},Bo Park"), 1_500_000),
    "equal rows, 1,000,000": Input(table(ROW, command="check --strict"), _M),
    "equal rows, 1,000,000, stats": Input(table(ROW, command="stats"), _M),
    "short rows, 1,000,000": Input(table(b",A,B\n", command="stats"), _M),
    "one id in every row": Input(
        rows(lambda _: "2026-01-08,Ann,Bo,a1", header="date,giver,receiver,id"), _M
    ),
    "people, 200,000": Input(rows(_referral), 200_000),
    "people, 50,000": Input(rows(_referral, command="stats"), 49_999),
    "people, 200,000, limit raised": Input(
        rows(_referral, command="stats", options="--max-people 300000"), 200_000
    ),
    "NUL bytes, 100 MB": Input(table(b"\0", before=b""), 100 * _M),
    "NUL in every row": Input(table(b"2026-01-08,Ann\0,Bo\n"), _M),
    "UTF-16, 50 MB": Input(rows(_referral, encoding="utf-16"), 700_000),
    "UTF-16, said": Input(
        rows(lambda at: _referral(at % 999), encoding="utf-16", options="--encoding utf-16"),
        700_000,
    ),
    "invalid UTF-8 throughout": Input(table(b"2026-01-08,\xff\xfe\xff,Bo\n"), _M),
    "bytes at random, 50 MB": Input(
        lambda folder, number: (
            (folder / "r.csv").write_bytes(random.Random(1).randbytes(number))
            and ["check", str(folder / "r.csv")]
        ),
        50 * _M,
    ),
    "latin-1": Input(rows(lambda _: f"2026-01-08,{_ACCENTED},Bo", encoding="latin-1"), _M),
    "latin-1, said": Input(
        rows(
            lambda _: f"2026-01-08,{_ACCENTED},Bo", encoding="latin-1", options="--encoding cp1252"
        ),
        _M,
    ),
    "one emoji in 50 MB": Input(table(ROW, before=HEADER + "2026-01-08,🎉,Bo\n".encode()), 999_000),
    "names of 100,000 characters": Input(rows(lambda at: f",{at:0100000d},Bo"), 400),
    "long equal beginnings": Input(rows(lambda at: f"2026-01-08,{'x' * 900}{at},Bo"), 40_000),
    "names one edit apart": Input(rows(lambda at: f",{_one_edit(at)},Bo", command="stats"), 49_000),
    "names one edit apart, lookalikes": Input(
        rows(lambda at: f",{_one_edit(at)},Bo", command="check --only lookalikes"), 20_000
    ),
    "names by chance, lookalikes": Input(
        rows(
            lambda at: f",{random.Random(at).getrandbits(48):012x},Bo",
            command="check --only lookalikes",
        ),
        20_000,
    ),
    "people.csv: 1,000,000 newlines": Input(beside("people.csv", b"\n", before=b"person\n"), _M),
    "people.csv: 200,000 people": Input(
        beside("people.csv", before=b"person\n", each=_person), 200_000
    ),
    "people.csv: 200,000 aliases": Input(
        beside("people.csv", b"Ann;", before=b"person,aliases\nBo,", after=b"\n"), 30_000
    ),
    "people.csv: different aliases": Input(
        beside("people.csv", before=b"person,aliases\n", each=lambda at: f"{_person(at)},a{at}"),
        49_000,
    ),
    "people.csv: one alias for all": Input(
        beside("people.csv", before=b"person,aliases\n", each=lambda at: f"{_person(at)},a"), 49_000
    ),
    "people.csv: one person, 1,000,000 times": Input(
        beside("people.csv", b"Ann\n", before=b"person\n"), _M
    ),
    "touches.csv: line of 100 MB": Input(
        beside("touches.csv", b"x", before=b"date,person,kind\n"), 100 * _M
    ),
    "touches.csv: bad kinds": Input(
        beside(
            "touches.csv", before=b"date,person,kind\n", each=lambda at: f"2026-01-08,Ann,k{at}"
        ),
        500_000,
    ),
    "statuses.csv: ids that nobody has": Input(
        beside("statuses.csv", before=b"date,id,status\n", each=lambda at: f"2026-01-08,i{at},won"),
        _M,
    ),
    "refgraph.toml, 100 MB": Input(beside("refgraph.toml", b"# x\n"), 25 * _M),
    "refgraph.toml: deep brackets": Input(
        beside("refgraph.toml", b"[", before=b"looking_for = "), 900_000
    ),
    "refgraph.toml: a long key": Input(beside("refgraph.toml", b"a.", after=b"b = 1\n"), 300_000),
    "refgraph.toml: keys nobody knows": Input(
        beside("refgraph.toml", each=lambda at: f"k{at} = 1"), 60_000
    ),
    "refgraph.toml: tables": Input(beside("refgraph.toml", each=lambda at: f"[t{at}]"), 60_000),
    "refgraph.toml: synonyms": Input(
        beside("refgraph.toml", before=b"[synonyms]\n", each=lambda at: f's{at} = ["a", "b"]'),
        40_000,
    ),
    "assertions.csv: 200,000 rows": Input(
        beside(
            "assertions.csv",
            before=b"date,person,given\n",
            each=lambda at: f"2026-01-08,{_person(at % 40_000)},1",
        ),
        200_000,
    ),
    "rules: 300,000 renames": Input(ruled(lambda at: f'rename "a{at}" -> "b{at}"'), 300_000),
    "rules: 300,000 conditions": Input(
        ruled(lambda at: f'if giver = "g{at}" set note "n{at}"'), 300_000
    ),
    "rules: 300,000 newcomers": Input(ruled(lambda at: f'new "Person {at}"'), 300_000),
    "rules: 300,000 recognised": Input(ruled(lambda at: f'recognise "h{at}"'), 300_000),
    "rules: 300,000 that nobody knows": Input(ruled(lambda at: f"renam{at} x"), 300_000),
    "rules: fields of 300,000": Input(
        ruled(lambda _: "", before="fields " + "," * 300_000 + "\n"), 1
    ),
    "rules, one line of 100 MB": Input(ruled(lambda at: "x" * 1000 * at, before="rename "), 440),
    "import: newlines, 100 MB": Input(
        export(lambda _: "\n" * 1000, before="date,giver,receiver\n"), 100_000
    ),
    "import: line of 300 MB": Input(
        export(lambda _: "x" * 1000, before="date,giver,receiver\n"), 300_000
    ),
    "import: 300,000 rows": Input(
        export(lambda at: f"{_referral(at % 20_000)}\n", before="date,giver,receiver\n"), 300_000
    ),
    "import: 300,000 bad rows": Input(
        export(lambda _: "2026-02-30,Ann,Ann\n", before="date,giver,receiver\n"), 300_000
    ),
    "import: header of 1,000,000 names": Input(export(lambda at: f"datf{at},", after="\n"), _M),
    "import: tabs": Input(
        export(
            lambda at: _referral(at % 20_000).replace(",", "\t") + "\n",
            before="date\tgiver\treceiver\n",
            name="x.tsv",
        ),
        300_000,
    ),
    "import: names one edit apart": Input(
        export(lambda at: f"2026-01-08,{_one_edit(at)},Bo Park\n", before="date,giver,receiver\n"),
        40_000,
    ),
    "import: LinkedIn, 200,000 people": Input(
        export(
            lambda at: f"First{at},Last{at},,a{at}@x.org,Co,Boss,08 Jan 2026\n",
            before="First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
        ),
        200_000,
    ),
    "import: 999,000 rows": Input(
        export(lambda at: f"{_referral(at % 20_000)}\n", before="date,giver,receiver\n"), 999_000
    ),
    "import: 300,000 rows to be recognised": Input(
        export(
            lambda at: (
                f"{_person(at % 20_000)};{at % 28 + 1}.1.26;{_person(at % 999)};won;{at} €\n"
            ),
            before="Von;Datum;An;Ergebnis;Umsatz\n",
        ),
        300_000,
    ),
    "import: 5,000 columns": Input(
        export(
            lambda _: ",".join(["x"] * 5_000) + "\n",
            before=",".join(f"c{at}" for at in range(5_000)) + "\n",
        ),
        2_000,
    ),
    "import: 900 columns": Input(
        export(
            lambda at: f"{_referral(at % 999)}{',x' * 897}\n",
            before="date,giver,receiver" + "".join(f",c{at}" for at in range(897)) + "\n",
        ),
        20_000,
    ),
    "import: rows that all may be totals": Input(
        export(lambda at: f"Total {at % 9_000 + 1_000},7,8\n", before="referred by,a,b\n"), 200_000
    ),
    "import: 49,000 cards of contacts": Input(
        export(lambda at: _card(f"{_person(at)}", f"a{at}@x.org"), name="x.vcf"), 49_000
    ),
    "import: a card with a picture, 100 MB": Input(
        export(
            lambda _: "x" * 1000,
            before="BEGIN:VCARD\nFN:Ann Lee\nPHOTO:",
            after="\nEND:VCARD\n",
            name="x.vcf",
        ),
        100_000,
    ),
    "import: a card with a note, 100 MB": Input(
        export(
            lambda _: "x" * 1000,
            before="BEGIN:VCARD\nFN:Ann Lee\nNOTE:",
            after="\nEND:VCARD\n",
            name="x.vcf",
        ),
        100_000,
    ),
    "import: a card of 10,000,000 lines": Input(
        export(
            lambda _: "NOTE:\n", before="BEGIN:VCARD\nFN:A\n", after="END:VCARD\n", name="x.vcf"
        ),
        10 * _M,
    ),
    "import: cards of 10,000,000 lines": Input(
        export(lambda at: _card(_person(at), f"a{at}@x.org"), name="x.vcf"), 1_430_000
    ),
    "import: letters of 10,000,000 lines": Input(
        export(lambda at: f"From a{at}@x.org Mon\nTo: b@x.org\n\nhello,\n\n", name="x.mbox"),
        2 * _M,
    ),
    "import: line of 1 GB": Input(export(lambda _: "x" * 1000, name="x.csv"), _M),
    "import: a card of one line of 1 GB": Input(
        export(lambda _: "x" * 1000, before="BEGIN:VCARD\nFN:", name="x.vcf"), _M
    ),
    "import: device": Input(_to_import("/dev/zero")),
    "import: pipe that nobody writes to": Input(_to_import("")),
    "import: a card with parameters without end": Input(
        export(
            lambda _: ";a=b" * 250,
            before="BEGIN:VCARD\nFN:A\nx",
            after="\nEND:VCARD\n",
            name="x.vcf",
        ),
        100_000,
    ),
    "import: 300 files": Input(_many_files, 300),
    "touches about touches, 300,000": Input(
        beside(
            "touches.csv",
            each=lambda at: f"2026-02-{at % 28 + 1:02d},Ann Lee,news,r1,w{at}",
            before=b"date,person,kind,about,note\n",
            command="today --today 2026-03-01",
        ),
        300_000,
    ),
    "a message of 10 MB": Input(_message, 10_000_000),
    **{
        f"{words}, 100,000 referrals": Input(network(words), 100_000, is_bound=False)
        for words in ("today", "thanks", "pipeline", "trend", "changes --since-review 2026-01-15")
    },
    "review, 20,000 referrals": Input(network("review -o OUT.html"), 20_000, is_bound=False),
    "import: a web page, 100 MB": Input(
        export(lambda _: "<td>x</td>\n" * 100, before="<html><table>", name="x.xls"), 90_000
    ),
    "import: SpreadsheetML, 100,000 rows": Input(
        export(
            lambda at: _xml_row(*_referral(at % 20_000).split(",")),
            before=_XML + _xml_row("date", "giver", "receiver"),
            after="</Table></Worksheet></Workbook>",
            name="x.xls",
        ),
        100_000,
    ),
    "import: SpreadsheetML, sparse rows": Input(
        export(
            lambda _: '<Row><Cell ss:Index="1000"><Data ss:Type="String">x</Data></Cell></Row>\n',
            before=_XML + _xml_row("date", "giver", "receiver"),
            after="</Table></Worksheet></Workbook>",
            name="x.xls",
        ),
        18_000,
    ),
    "import: SpreadsheetML, deep": Input(
        export(lambda _: "<a>", before=_XML, name="x.xls"), 3 * _M
    ),
    "import: SpreadsheetML, many sheets": Input(
        export(
            lambda at: f'</Table></Worksheet><Worksheet ss:Name="s{at}"><Table>',
            before=_XML,
            after="</Table></Worksheet></Workbook>",
            name="x.xls",
        ),
        300_000,
    ),
    "workbook: 990 sheets": Input(workbook(sheets=0), 980),
    "workbook: shared strings": Input(
        workbook(strings=lambda at: f"<si><t>{random.Random(at).getrandbits(80):x}</t></si>"),
        400_000,
    ),
    "workbook: a bomb of shared strings": Input(
        workbook(strings=lambda _: "<si><t>x</t></si>"), 20 * _M
    ),
    "workbook: cells at opposite corners": Input(
        workbook(each=lambda _: '<row r="1048576"><c r="ALL1048576"><v>1</v></c></row>'), 1
    ),
    "workbook: 100,000 rows": Input(
        workbook(
            each=lambda at: (
                f'<row r="{at + 2}"><c r="A{at + 2}" t="inlineStr"><is><t>2026-01-08</t></is></c>'
                f'<c r="B{at + 2}" t="inlineStr"><is><t>{_person(at % 9_999)}</t></is></c>'
                f'<c r="C{at + 2}" t="inlineStr"><is><t>Bo</t></is></c></row>'
            )
        ),
        100_000,
    ),
}


@dataclass(frozen=True, slots=True)
class Run:
    """What one process did."""

    status: str
    said: str
    megabytes: float
    seconds: float
    size: int


def run(one: Input, number: int) -> Run:
    """Write an input and read it, in a process with limits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = one.write(folder, number)
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        size = 0 if words[0] == "stats" and (folder / "people.csv").is_symlink() else size
        with (folder / "said").open("w+", errors="replace") as said:
            process = subprocess.Popen(  # our own command
                [sys.executable, "-m", "refgraph", *words],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                preexec_fn=_limit,  # noqa: PLW1509  # one thread
            )
            watch = threading.Timer(LONGEST, process.kill)
            watch.start()
            _, status, used = os.wait4(process.pid, 0)
            watch.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = used.ru_utime + used.ru_stime
            said.seek(0)
            text = said.read(1 << 20)
            printed = said.seek(0, os.SEEK_END)
    lines = text.replace(name, "").splitlines() or [""]
    first = next((line for line in lines if not line.startswith(TALK)), lines[0])
    code = process.returncode
    what = signal.Signals(-code).name if code < 0 else str(code)
    what += " TRACEBACK" if "Traceback" in text else ""
    if printed > max(5e6, 1.5 * size):  # a dry run shows every row
        what += f" printed {printed / 1e6:,.0f} MB"
    return Run(what, first, used.ru_maxrss / 1024 * (1024**2 / 1e6), seconds, size)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def main() -> int:
    """Print the table; exit status 1 if a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--size", type=float, default=1.0, help="a share of each size")
    parser.add_argument("--plain", action="store_true", help="words, without the half size")
    parser.add_argument("names", nargs="*")
    told = parser.parse_args()
    base = run(Input(table(ROW)), 1)
    print(f"{ONE_ROW}: {base.megabytes:.0f} MB, {base.seconds:.2f} s")
    print(
        f"{'input':39} {'MB':>6} {'peak MB':>8} {'bound':>6} {'s':>6} {'half':>6} {'ratio':>6}"
        "  exit  first line"
    )
    broken = 0
    for name, one in INPUTS.items():
        if told.names and not any(map(name.startswith, told.names)):
            continue
        number = int(one.number * told.size)
        half = None if told.plain or not number else run(one, number // 2)
        whole = run(one, number)
        megabytes = whole.size / 1e6
        bound = 200 + 10 * megabytes
        ratio = "-"
        if half and whole.seconds - base.seconds > 0.5:
            growth = (whole.seconds - base.seconds) / max(0.05, half.seconds - base.seconds)
            ratio = f"{growth:.1f}"
        late = f"{half.seconds:6.1f}" if half else f"{'-':>6}"
        wrong = (one.is_bound and whole.megabytes > bound) or whole.status not in ("0", "1", "2")
        broken += wrong
        print(
            f"{name:39} {megabytes:6.1f} {whole.megabytes:8.0f} {bound:6.0f} "
            f"{whole.seconds:6.1f} {late} {ratio:>6}  {whole.status}{' !!' if wrong else ''}"
            f"  {whole.said[:100]}",
            flush=True,
        )
    print(f"{broken} of them broke their bound" if broken else "every bound is kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
