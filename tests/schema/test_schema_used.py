"""What a book takes changes some answer; or whoever writes it is told that it is only kept."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from refgraph.cli import main
from refgraph.schema.columns import COLUMNS, FIELDS, field_of
from refgraph.schema.unused import unused_in

BOOK = {
    "referrals": [
        {"date": "2026-01-08", "giver": "Ann Lee", "receiver": "Me", "prospect": "Zed", "id": "r1"}
        | {"status": "won", "value": "100", "currency": "EUR"},
        {"date": "2026-02-08", "giver": "Me", "receiver": "Bo Park", "prospect": "Ann Lee"},
        {"date": "2026-03-08", "giver": "Bo Park", "receiver": "Me", "prospect": "Yan", "id": "r3"},
        {"date": "2026-03-09", "giver": "Cy Dunn", "receiver": "Ann Lee", "id": "r4"},
    ],
    "people": [
        {"person": "Me", "profession": "adviser"},
        {
            "person": "Ann Lee",
            "profession": "lawyer",
            "offers": "wills",
            "email": "ann@lee.example",
        },
        {"person": "Bo Park", "needs": "tax", "cadence": "monthly"},
        {"person": "Cy Dunn", "profession": "roofer", "offers": "tax", "needs": "wills"}
        | {"cadence": "monthly"},
        {"person": "Di Moss", "cadence": "monthly", "email": "di@moss.example"},
    ],
    "touches": [
        {"date": "2026-06-20", "person": "Bo Park", "kind": "snooze"},
        {"date": "2026-06-28", "person": "Bo Park", "kind": "they-thanked-me"},
        {"date": "2026-06-21", "person": "Ann Lee", "kind": "meeting"},
        {"date": "2026-01-20", "person": "Ann Lee", "kind": "snooze"},
        {"date": "2026-03-10", "person": "Bo Park", "kind": "thanks"},
        {"date": "2026-03-01", "person": "Di Moss", "kind": "email", "personal": "no"},
        {"date": "2026-03-20", "person": "Di Moss", "kind": "email", "personal": "no"},
    ],
    "statuses": [{"date": "2026-05-01", "id": "r3", "status": "contacted"}],
}
#: The row of each file that is changed, and how.
CHANGED = {"referrals": 0, "people": 2, "touches": 0, "statuses": 0}
#: Where another row shows what a column does.
SHOWN_BY = {"cadence": 4, "email": 4, "with": 1, "until": 3, "about": 4, "personal": 6}
SAID = {
    "giver": "Cy Dunn",
    "receiver": "Bo Park",
    "person": "Dee",
    "with": "Ann Lee",
    "about": "r1",
    "id": "r1",
    "until": "2026-12-01",
    "date": "2026-02-02",
    "status_date": "2026-06-01",
    "since": "2026-02-02",
    "aliases": "Yan",
    "email": "ann@lee.example",
    "offers": "wills",
    "needs": "wills",
}
OF_TYPE = {"whole": "3", "number": "5", "amount": "12.5", "flag": "yes", "maybe": "yes"}
COMMANDS = (
    *(["report"], ["why", "Ann Lee"], ["why", "Bo Park"], ["people"], ["check", "--strict"]),
    *(["check", "--only", "recent"],),
    *(["bench"], ["refer-first", "--everyone", "--parts"], ["introduce"], ["groups"], ["export"]),
    *(["chains", "--by", "client"], ["people", "--lookalikes"], ["pipeline"], ["effect"]),
    *(["thanks", "--said"], ["today", "--top", "100"], ["pipeline", "--by", "direction"]),
)
#: Notes are for who wrote them; since when somebody is known changes the effect of long books;
#: consent changes a draft of today, as tests/report/test_report_messages.py shows.
ELSEWHERE = {("people", "note"), ("statuses", "note"), ("people", "since"), ("touches", "note")} | {
    ("referrals", "consent")
}
EVERY = [
    (table, field.name, word)
    for table in COLUMNS
    for field in FIELDS[table]
    for word in (field.words or ("",))
]


def answers(folder, rows):
    for table, told in rows.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS[table])
            writer.writeheader()
            writer.writerows(told)
    (folder / "refgraph.toml").write_text('me = "Me"\ntoday = "2026-06-30"\n', encoding="utf-8")
    for words in COMMANDS:
        if words[0] not in main.commands:
            continue
        if words[0] == "export":
            file = str(folder / "net.json")
            told = CliRunner().invoke(main, [*words, file, "-b", str(folder)])
            yield (folder / "net.json").read_text(encoding="utf-8") if not told.exit_code else ""
        else:
            form = [] if words[0] == "check" else ["-O", "json"]
            told = CliRunner().invoke(main, [*words, *form, "-b", str(folder)])
            yield told.stdout.replace(str(folder), "BOOK") + str(told.exit_code)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return list(answers(tmp_path_factory.mktemp("usual"), BOOK))


@pytest.mark.parametrize(("table", "name", "word"), EVERY)
def test_what_is_written_changes_an_answer_or_is_said_to_be_kept_only(
    table, name, word, usual, tmp_path
):
    field = field_of(table, name)
    value = word or SAID.get(name) or OF_TYPE.get(field.dtype, "USD")
    rows = {each: [dict(row) for row in told] for each, told in BOOK.items()}
    row = rows[table][SHOWN_BY.get(name, CHANGED[table])]
    if (table, name) in ELSEWHERE or row.get(name, "given" if name == "status" else "") == value:
        return  # or it is what the others are compared with
    row[name] = value
    told = zip(answers(tmp_path, rows), usual, strict=True)
    assert unused_in(table, [{name: value}]) or any(one != other for one, other in told)
