"""More kinds of small hostile inputs: an inbox, mail, calendars, cards, databases, frames.

Each is sound but for a few changes, as those of ``fuzz.py`` are, which runs them beside its own.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

import refgraph
from refgraph import Book

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["FRAMES", "ask_frames", "capture"]

#: Stands for a command where a book is made of frames in memory.
FRAMES = "from_frames"

#: Lines of files that tell of events; a block stands between blank lines of its kind.
LINES = {
    "inbox.txt": (
        "2026-06-02",
        "{one} > me {two}, called ahead",
        "me -> {one}: {two}",
        "thanks {one} for {two}",
        "Mittagessen mit {one}",
        "introduced {one} to {two}",
        "gestern: {one} ← {two} (won, 1.250,50 €)",
        "- [x] {one} a recommandé {two} à moi",
        "2026-06-31 {one} > {two} > {one}",
        "{one}",
        ">",
        "me > me",
    ),
    "a.mbox": (
        (
            "From a Mon Jun  1 10:00:00 2026\nMessage-ID: <{at}@x>\nFrom: {one} <one@x.example>\n"
            "To: Ann <me@x.example>, {two} <two@y.example>\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n"
            "Subject: Intro {two}\n\nAnn, meet {two}.\n"
        ),
        (
            "From b\nFrom: me@x.example\nTo: {one} <one@x.example>\n"
            "Content-Type: multipart/mixed; boundary=\nContent-Transfer-Encoding: base64\n\n!!!!\n"
        ),
        "From c\nFrom: =?utf-7?Q?=FF?= <@>\nTo: undisclosed-recipients:;\nDate: {two}\n\n",
        (
            "From d\nFrom: {one}\nTo: Group: {one} <a@x>, {two};\nContent-Type: text/html; "
            "charset=nothing\n\n<a href='{two}'>Danke für {two}</a><![CDATA[\n"
        ),
    ),
    "x.ics": (
        (
            "BEGIN:VEVENT\nUID:{at}\nDTSTART:20260602T100000Z\nSUMMARY:Lunch with {one}\n"
            "ATTENDEE;CN={one}:mailto:one@x.example\nORGANIZER;CN=Ann:mailto:me@x.example\n"
            "RRULE:FREQ=DAILY;COUNT=99999999;INTERVAL=0\nEND:VEVENT"
        ),
        (
            "BEGIN:VEVENT\nUID:{two}\nDTSTART;TZID=Nowhere:20260231\nSUMMARY:{one} / {two}\n"
            "EXDATE:x\nRRULE:FREQ=SECONDLY;UNTIL=99991231;BYDAY=-99MO\nEND:VEVENT"
        ),
        "BEGIN:VEVENT\nBEGIN:VALARM\nDTSTART:00000000T999999\n ATTENDEE\n\tx\nEND:VTODO",
        "RECURRENCE-ID:20260602",
    ),
    "x.vcf": (
        (
            "BEGIN:VCARD\nVERSION:3.0\nFN:{one}\nEMAIL;TYPE=work:one@x.example\nORG:{two};;\n"
            "NOTE:referred by {two}\nREV:2026-01-01\nEND:VCARD"
        ),
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=x;ENCODING=QUOTED-PRINTABLE:=C3=28;={one};;;\nTEL:\n",
        "item1.X-ABRELATEDNAMES:{two}\nitem1.X-ABLABEL:_$!<Referred By>!$_\nBDAY:--0231",
        "BEGIN:VCARD\nFN:{two}\nPHOTO;ENCODING=b:////\n \n \nEND:VCARD\nEND:VCARD",
    ),
}
HEADS = {"x.ics": ("BEGIN:VCALENDAR", "END:VCALENDAR")}
#: Values of a cell of a database or a frame that is no text.
VALUES: tuple[Callable[[random.Random], Any], ...] = (
    lambda _: None,
    lambda chance: chance.choice((float("nan"), float("inf"), -0.0, 1e308, 3.0, 2.5)),
    lambda chance: chance.choice((0, -1, 7, 1 << 62, 1_767_830_400, 46_030)),
    lambda chance: chance.choice((b"", b"\xff\x00", "Ann Lee".encode("utf-16"))),
    lambda chance: chance.choice(("Ann Lee", "Bo Park", "", " ", "2026-01-08", "\x00", "NaT")),
)
OBJECTS: tuple[Callable[[random.Random], Any], ...] = (
    *VALUES,
    lambda _: pd.NA,
    lambda _: pd.NaT,
    lambda _: Decimal("sNaN"),
    lambda chance: chance.choice((True, 1j, (), ["Ann"], {"a": 1}, {1}, object())),
    lambda chance: chance.choice((date.min, date.max, timedelta(3), pd.Period("2026-01", "M"))),
    lambda _: datetime(2026, 1, 8, 23, 59, tzinfo=timezone(timedelta(hours=14))),
    lambda _: pd.DataFrame({"a": [1]}),
    lambda _: type("Odd", (), {"__str__": lambda _: 1})(),
)
DTYPES = ("object", "category", "string", "Int64", "float32", "bool", "datetime64[ns, UTC]")
DTYPES += ("period[D]", "timedelta64[s]", "complex128", "Sparse[float]", "interval", "uint8")
COLUMNS = ("date", "giver", "receiver", "count", "value", "status", "note", "id", "handoff")
QUERIES = (
    "SELECT * FROM referrals",
    "SELECT date, giver, receiver, giver FROM referrals",
    "SELECT 1",
    "SELECT",
    "DELETE FROM referrals",
    (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 50) "
        "SELECT '2026-01-08' AS date, 'P' || x AS giver, 'Q' || x AS receiver FROM n"
    ),
    "SELECT date, giver, receiver, randomblob(9) AS note FROM referrals; SELECT 2",
    "SELECT date, NULL AS giver, receiver FROM referrals --",
    "ATTACH 'x.db' AS y",
    "PRAGMA database_list",
)
READING = ("report", "check", "people", "owe", "map", "stats", "today", "refer-first")
_INTERVAL = pd.Interval(0, 1)


def capture(
    chance: random.Random, folder: Path, names: Sequence[str], run: Callable[[list[str]], Any]
) -> list[str]:
    """Write an input of one of these kinds beside a book; give the words that read it.

    What is proposed first is run before, so that there is a file of proposals to take in.
    """
    kind = chance.choice((*LINES, *LINES, "proposals", "database", "database", FRAMES))
    if kind == FRAMES:
        return [FRAMES, str(chance.randrange(1 << 30))]
    if kind == "database":
        return _database(chance, folder, names)
    path = folder / ("a.mbox" if kind == "proposals" else kind)
    path.write_bytes(_told(chance, path.name, names))
    words = ["import", str(path), "-b", str(folder), "--today", "2026-10-02"]
    words += chance.choice(((), ("--me", "Ann Lee"), ("--mine", "me@x.example"), ("--dry-run",)))
    words += chance.choice(
        ((), (), ("--new-people",), ("--date", "2026-06-01"), ("--repeats", "keep"))
    )
    if kind == "proposals" or chance.random() < 0.3:
        words += ["--proposals", str(folder / "asked.csv")]
    if kind != "proposals":
        return words
    run(words)
    answers = ("yes", "yes", "yes", "no", "maybe", "yes\x00", "ja", "=1+1", '"', "yes,yes")
    _answer(folder / "asked.csv", chance.choice(answers))
    return ["import", "--accept", str(folder / "asked.csv"), "-b", str(folder)]


def _answer(path: Path, said: str) -> None:
    """Write an answer into every proposal of a file, if there is one."""
    if path.is_file():
        first, *rows = path.read_text(encoding="utf-8").split("\n")
        told = [said + row if row.startswith(",") else row for row in rows]
        path.write_text("\n".join([first, *told]), encoding="utf-8")


def _told(chance: random.Random, name: str, names: Sequence[str]) -> bytes:
    """Write the lines of a file of events, and change some bytes."""
    lines = []
    for at in range(chance.randrange(1, 12)):
        one, two = chance.choice(names), chance.choice(names)
        line = chance.choice(LINES[name]).format(one=one, two=two, at=at)
        lines.append(line * (chance.randrange(1, 400) if chance.random() < 0.01 else 1))
    if name in HEADS and chance.random() < 0.9:
        lines = [HEADS[name][0], *lines, HEADS[name][1]]
    text = chance.choice(("\n",) * 9 + ("\r\n", "\r")).join(lines) + "\n"
    data = bytearray(text.encode(chance.choice((*("utf-8",) * 9, "utf-16")), "replace"))
    while data and chance.random() < 0.3:
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data))] if chance.random() < 0.1 else data)


def _database(chance: random.Random, folder: Path, names: Sequence[str]) -> list[str]:
    """Write typed tables into a file of SQLite; give the words that read it."""
    path = folder / "typed.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base, base:
        kinds = [chance.choice(("TEXT", "INTEGER", "REAL", "BLOB", "")) for _ in COLUMNS]
        shown = ",".join(f'"{name}" {kind}' for name, kind in zip(COLUMNS, kinds, strict=True))
        base.execute(f"CREATE TABLE referrals ({shown})")
        marks = ",".join("?" * len(COLUMNS))
        for at in range(chance.randrange(9)):
            row: list[Any] = ["2026-01-08", chance.choice(names), chance.choice(names)]
            row += [1, 12.5, "won", "x", f"r{at}", 2]
            while chance.random() < 0.2:
                row[chance.randrange(len(row))] = chance.choice(VALUES)(chance)
            base.execute(f"INSERT INTO referrals VALUES ({marks})", row)  # noqa: S608  # ours
        if chance.random() < 0.3:
            base.execute("CREATE VIEW people AS SELECT giver AS person, note FROM referrals")
        if chance.random() < 0.2:
            base.execute("CREATE VIEW broken AS SELECT missing FROM nowhere")
    more = chance.choice((("--sql", chance.choice(QUERIES)), ("--table", "referrals"), ()))
    more = ("--table", chance.choice(names)) if chance.random() < 0.1 else more
    if chance.random() < 0.3:
        return ["import", str(path), "-b", str(folder), *more]
    command = chance.choice(READING)
    drawn = ("-o", str(folder / "map.svg")) if command == "map" else ()
    return [command, "-b", str(path), *drawn, *more, "--me", "Ann Lee"]


def ask_frames(chance: random.Random, names: Sequence[str]) -> None:
    """Make a book of frames with odd types and ask it; an error of refgraph is a message."""
    frame = pd.DataFrame(_columns(chance, names))
    for name in list(frame):
        if chance.random() < 0.2:
            try:
                frame[name] = frame[name].astype(chance.choice(DTYPES))
            except Exception:  # noqa: BLE001, S112  # pandas refuses: nothing to read then
                continue
    for change in (_twice, _levels, _numbered, _labelled, _intervals):
        if chance.random() < 0.07:
            frame = change(frame)
    try:
        book = Book.from_frames(
            frame,
            chance.choice((None, None, frame)),
            me=chance.choice((None, "Ann Lee", "", "nobody")),
            today="2026-07-01",
        )
        book._repr_html_()
        refgraph.reciprocity.overall(book.graph())
        refgraph.owe.rank(book)
    except refgraph.RefgraphError as error:
        print(str(error)[:500], file=sys.stderr)
        sys.exit(1)


def _columns(chance: random.Random, names: Sequence[str]) -> dict[str, list[Any]]:
    rows = chance.randrange(7)
    kept = [name for name in COLUMNS if name in COLUMNS[:3] or chance.random() < 0.5]
    return {name: [_cell(chance, name, names) for _ in range(rows)] for name in kept}


def _cell(chance: random.Random, name: str, names: Sequence[str]) -> Any:
    if chance.random() < 0.1:
        return chance.choice(OBJECTS)(chance)
    sound = {"date": "2026-01-08", "count": 1, "value": 2.5, "status": "won", "handoff": 2}
    return chance.choice(names) if name in ("giver", "receiver") else sound.get(name, "")


def _twice(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame, frame[[*frame][:1]]], axis=1)


def _levels(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis(pd.MultiIndex.from_tuples([(name, 1) for name in frame]), axis=1)


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis(range(frame.shape[1]), axis=1)


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis([object() for _ in range(len(frame))])


def _intervals(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(giver=pd.Series([_INTERVAL] * len(frame), index=frame.index))
