"""One structure of a book, told in plain words or with a canary in every text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.report.tending.templates import FIELDS as TEMPLATES
from refgraph.report.tending.templates import FOLDER
from refgraph.schema.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from refgraph.schema.field import Field

__all__ = ["TODAY", "Canaries", "Subject", "good", "hostile", "write_csv"]

TODAY = "2026-06-30"

PEOPLE = 14
GROUPS = ("breakfast", "harbour", "")
WORK = ("accountant", "estate lawyer", "roofer", "florist", "surveyor")
WORDS = ("tax", "wills", "roofs", "flowers", "plans")
_ME = 0

#: Names that are legal and awkward, each with two canaries or with words of its own.
SHAPES = (
    "{} {}",
    "=1+1 {} {}",
    "Cash $$ {} {}",
    "محمد علي",
    "<script>{}</script> {}",
    "../../{} {}",
    "O {}",
    "李 雷",
    "NA",
    "{}",
    '{} "the roof" {}',
    "Z.1",
    "Q. {}-{}",
    "@SUM(A1) {}; {}",
)
#: Words that are private though they hold no canary; those of letters are found as words.
BARE = ("محمد", "علي", "李", "雷", "NA", "Z.1")
PLAIN = (
    *("Dana Reed", "Ann Lee", "Bo Park", "Cy Dunn", "Di Marsh", "Ed Novak", "Flo Ito"),
    *("Gus Hale", "Ida Quinn", "Jon Ruiz", "Kay Stone", "Lou Adeyemi", "Mia Vogel", "Ned Okafor"),
)


class Canaries:
    """Words that stand nowhere else, each for one field; the first four letters tell them."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        """Give a new word for a place."""
        at = len(self.fields)
        letters = "abcdefghijklmnopqrstuvwxyz"
        word = f"zq{letters[at // 26 % 26]}{letters[at % 26]}{''.join(filter(str.isalpha, place))}"
        assert at < 26 * 26
        self.fields[word] = place
        return word


@dataclass(frozen=True, slots=True)
class Subject:
    """A book to run commands on.

    Attributes
    ----------
    folder : Path
        Where it is.
    places : mapping
        What stands for ``{one}`` and the like in a :class:`Call`.
    private : mapping
        From each word that must not be told incognito to the field that holds it.
    fault : str
        What is wrong with it, or nothing.
    """

    folder: Path
    places: Mapping[str, str]
    private: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


def good(folder: Path) -> Subject:
    """Write a book of plain words in which all is well."""
    said: list[str] = []

    def word(place: str) -> str:
        said.append(f"{place.rpartition('.')[2]}{len(said)}")
        return said[-1]

    return _write(folder, PLAIN, word)


def hostile(folder: Path) -> Subject:
    """Write a book in which every text is a canary of its own."""
    word = Canaries()
    people = tuple(
        shape.format(*(word("people.person").capitalize() for _ in range(shape.count("{}"))))
        for shape in SHAPES
    )
    made = _write(folder, people, word)
    private = word.fields | dict.fromkeys(BARE, "people.person") | {"7351": "referrals.value"}
    return replace(made, private=private)


def _write(folder: Path, people: tuple[str, ...], word: Callable[[str], str]) -> Subject:
    folder.mkdir(parents=True, exist_ok=True)
    me = people[_ME]
    aliases = [f"{word('people.aliases')} {word('people.aliases')}" for _ in people]
    prospects = [f"{word('referrals.prospect')} {word('referrals.prospect')}" for _ in range(6)]
    ids = [f"{word('referrals.id')}{at}" for at in range(40)]
    referrals, at = [], 0
    for step, times in ((1, 2), (3, 1), (5, 1)):
        for giver in range(len(people)):
            receiver = (giver + step) % len(people) if giver else (step % len(people))
            if step == 5 and giver % 2:
                receiver = _ME
            if giver == receiver or at >= len(ids):
                continue
            chained = people[(giver + 7) % len(people)]
            prospect = chained if at % 4 == 0 else prospects[at % len(prospects)]
            if prospect in (people[giver], people[receiver]):
                prospect = ""
            won = at % 3 == 0
            day = (
                f"2025-{at % 12 + 1:02}-{at % 27 + 1:02}" if at % 2 else f"2026-{at % 6 + 1:02}-11"
            )
            referrals.append(
                {
                    "date": day,
                    "giver": people[giver],
                    "receiver": people[receiver],
                    "prospect": prospect,
                    "count": str(times),
                    "handoff": str(at % 6),
                    "status": "won" if won else ("lost" if at % 5 == 0 else "given"),
                    "status_date": "2026-06-15" if won else "",
                    "value": f"7351{at}.29" if won else "",
                    "currency": word("referrals.currency") if at == 0 else ("EUR" if won else ""),
                    "note": f"{word('referrals.note')} of {people[receiver]}"
                    if at % 6 == 0
                    else "",
                    "id": ids[at],
                    "extra": word("referrals.extra") if at == 1 else "",
                }
            )
            at += 1
    declared = [
        {
            "person": name,
            "aliases": aliases[number],
            "role": ("client", "partner", "", "prospect")[number % 4] if number else "other",
            "profession": WORK[number % len(WORK)],
            "group": GROUPS[number % len(GROUPS)],
            "offers": WORDS[number % len(WORDS)],
            "needs": "; ".join(
                (WORDS[(number + 2) % len(WORDS)], WORDS[(number + 3) % len(WORDS)])
            ),
            "email": f"{word('people.email')}@{word('people.email')}.example",
            "cadence": ("monthly", "quarterly", "yearly", "none")[number % 4],
            "helpful": str(number % 6),
            "dependable": "4",
            "follow_through": "5",
            "track_record": str(5 - number % 3),
            "do_not_refer": "yes" if number == 6 else "",
            "since": "2024-01-01",
            "note": word("people.note"),
            "phone": word("people.phone"),
        }
        for number, name in enumerate(people)
        if number != len(people) - 1  # somebody whom people.csv does not have
    ]
    declared.append(declared[-1] | {"person": word("people.unused").title(), "aliases": ""})
    touches = [
        {
            "date": f"2026-0{number % 6 + 1}-20",
            "person": people[number],
            "kind": kind,
            "personal": ("yes", "no", "")[number % 3],
            "note": f"{people[number + 2]} and {word('touches.note')}",
            "with": people[number + 4] if number % 2 else "",
            "until": "2027-01-01" if kind == "ask" else "",
        }
        for number, kind in enumerate(
            ("call", "thanks", "introduction", "settled", "meeting", "email", "gift", "ask"), 1
        )
    ]
    touches += [
        {
            "date": "2026-06-19",
            "person": people[number],
            "kind": "decision",
            "personal": "",
            "note": f"{people[number + 2]} and {word('touches.note')}",
            "with": "",
            "until": "2026-07-03",
        }
        for number in (1, 2)
    ]
    statuses = [
        {"date": "2026-06-20", "id": ids[2], "status": "met", "note": word("statuses.note")},
        {"date": "2026-06-21", "id": ids[4], "status": "lost", "note": word("statuses.note")},
    ]
    given = sum(int(row["count"]) for row in referrals if row["giver"] == people[1])
    totals = [
        {
            "date": TODAY,
            "person": people[1],
            "given": str(given),
            "received": "",
            "note": word("assertions.note"),
        }
    ]
    for name, rows in (
        ("referrals", referrals),
        ("people", declared),
        ("touches", touches),
        ("statuses", statuses),
        ("assertions", totals),
    ):
        for column in FIELDS[name]:
            told = _filled(column, f"{name}.{column.name}", word)
            rows[0].setdefault(column.name, ids[0] if column.points else told)
        write_csv(folder / f"{name}.csv", rows)
    said = [
        f"like {people[1]} or {people[1].split()[-1]} {word('toml.looking_for')}",
        f"{prospects[0]} {declared[1]['email']} {word('toml.looking_for')}",
    ]
    they = [f"{prospects[1].split()[0]} {people[2].split()[0]} {word('toml.they_say')}"]
    settings = [
        f"me = {_quoted(me)}",
        f'today = "{TODAY}"',
        f"looking_for = [{', '.join(map(_quoted, said))}]",
        f"they_say = [{', '.join(map(_quoted, they))}]",
        "accepting = true",
        "[synonyms]",
        f"tax = [{_quoted(word('toml.synonyms'))}]",
        "[[apart]]",
        f"people = [{_quoted(people[1])}, {_quoted(word('toml.apart'))}]",
    ]
    (folder / "refgraph.toml").write_text("\n".join([*settings, ""]), encoding="utf-8")
    (folder / FOLDER).mkdir(exist_ok=True)
    for name in TEMPLATES:
        text = f"Subject: {word('messages')}\n\n{{to}}, {word('messages')}\n"
        (folder / FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
    table = folder.parent / f"{folder.name} new.csv"
    new = {
        "date": "2026-06-02",
        "giver": people[1],
        "receiver": people[2],
        "prospect": f"{word('import.prospect')}",
        "note": word("import.note"),
    }
    write_csv(table, [new])
    rules = folder.parent / f"{folder.name}.rules"
    rules.write_text(f'set note "{word("import.rules")}"\n', encoding="utf-8")
    decided = folder.parent / f"{folder.name} decided.csv"
    what = {"who": people[2], "what": word("decided.what"), "by when": "2026-09-01", "with": ""}
    write_csv(decided, [what, what | {"with": people[1]}])
    mail, proposed = (folder.parent / f"{folder.name}{end}" for end in (".mbox", " proposed.csv"))
    stranger, about = word("mail.stranger"), word("mail.subject")
    mail.write_text(
        f"From a Mon Jun  1 10:00:00 2026\nFrom: {people[1]} <one@x.example>\n"
        f"To: {me} <me@x.example>, {stranger} Other <other@y.example>\n"
        f"Date: Mon, 1 Jun 2026 10:00:00 +0000\nSubject: Intro {about}\n\n"
        f"{me}, meet {stranger}.\n",
        encoding="utf-8",
    )
    asked = {"accept": "yes", "kind": "referral", "date": "2026-06-02", "person": people[1]}
    write_csv(proposed, [asked | {"other": stranger, "subject": about, "id": "0123"}])
    opened = next(
        row for row in referrals if row["status"] == "given" and row["id"] not in (ids[2], ids[4])
    )
    places = {
        "one": people[1],
        "two": people[2],
        "apart": next(
            name
            for name in people[3:]
            if not any({name, people[1]} <= set(row.values()) for row in referrals)
        ),
        "me": me,
        "alias": aliases[1],
        "prospect": prospects[2],
        "group": GROUPS[0],
        "work": WORK[1],
        "id": opened["id"],
        "open": opened["id"],
        "file": str(table),
        "rules": str(rules),
        "decided": str(decided),
        "mail": str(mail),
        "proposed": str(proposed),
        "state": "",  # written for each call that names it
    }
    return Subject(folder, places)


def _filled(column: Field, place: str, word: Callable[[str], str]) -> str:
    """Fill in a column that nothing above says anything of: with a canary, if it is private."""
    if column.names == "member" or column.dtype not in ("text", "list"):
        return ""
    return word(place) if not (column.public or column.words) else ""


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
