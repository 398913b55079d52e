"""What a book takes changes some answer; or whoever writes it is told that it is only kept."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from refgraph.cli import main
from refgraph.reading.settings import _READERS
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
#: What shows only in a book of another kind: the row and the settings of that, and the command.
ELSEWHERE = {
    ("people", "note"): ({}, "", ["people", "--find", "sails"]),
    ("people", "since"): ({}, 'today = "2026-06-30"\n', ["today", "--top", "100"]),
    ("touches", "note"): ({"kind": "decision", "until": "2026-12-01"}, None, ["decisions"]),
    ("referrals", "consent"): (
        {"date": "2026-06-15", "giver": "Di Moss", "status": "given", "status_date": ""},
        None,
        ["today", "--top", "100"],
    ),
}
WRITTEN = {"note": "she sails", "since": "2026-06-10", "consent": "no"}
#: For each setting what may be written, and a command that says something else then.
SETTINGS = {
    "me": ('me = "Ann Lee"', ["thanks"]),
    "today": ('today = "2026-07-30"', ["owe"]),
    "since": ('since = "2026-03-01"', ["balance"]),
    "until": ('until = "2026-03-01"', ["balance"]),
    "last": ('last = "4m"', ["balance"]),
    "looking_for": ('looking_for = ["bakers"]', ["card"]),
    "they_say": ('they_say = ["Who bakes?"]', ["card"]),
    "accepting": ("accepting = false", ["card"]),
    "profile": ('profile = "law"', ["owe"]),
    "synonyms": ('[synonyms]\ntax = ["wills"]', ["introduce"]),
    "worth": ('[worth]\n"stay close" = 2', ["today"]),
    "cadence": ('[cadence]\nclient = "monthly"', ["today", "--top", "100"]),
    "apart": ('[[apart]]\npeople = ["Cy Dunn", "Cy Dun"]', ["people", "--lookalikes"]),
}
EVERY = [
    (table, field.name, word)
    for table in COLUMNS
    for field in FIELDS[table]
    for word in (field.words or ("",))
]


def write(folder, rows, settings=""):
    for table, told in rows.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS[table])
            writer.writeheader()
            writer.writerows(told)
    told = settings or 'me = "Me"\ntoday = "2026-06-30"\n'
    (folder / "refgraph.toml").write_text(told, encoding="utf-8")


def answer(folder, words):
    if words[0] == "export":
        file = folder / "net.json"
        told = CliRunner().invoke(main, [*words, str(file), "-b", str(folder)])
        return file.read_text(encoding="utf-8") if not told.exit_code else ""
    asked = [] if words[0] in ("check", "card") else ["-O", "json"]
    told = CliRunner().invoke(main, [*words, *asked, "-b", str(folder)])
    return told.stdout.replace(str(folder), "BOOK") + str(told.exit_code)


def answers(folder, rows):
    write(folder, rows)
    for words in COMMANDS:
        yield answer(folder, words)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return list(answers(tmp_path_factory.mktemp("usual"), BOOK))


@pytest.mark.parametrize(("table", "name", "word"), EVERY)
def test_what_is_written_changes_an_answer_or_is_said_to_be_kept_only(
    table, name, word, usual, tmp_path
):
    field = field_of(table, name)
    value = word or SAID.get(name) or OF_TYPE.get(field.dtype, "USD")
    rows = copied()
    row = rows[table][SHOWN_BY.get(name, CHANGED[table])]
    if (table, name) in ELSEWHERE or row.get(name, "given" if name == "status" else "") == value:
        return  # or it is what the others are compared with
    row[name] = value
    told = zip(answers(tmp_path, rows), usual, strict=True)
    assert unused_in(table, [{name: value}]) or any(one != other for one, other in told)


def copied():
    return {each: [dict(row) for row in told] for each, told in BOOK.items()}


@pytest.mark.parametrize(("table", "name"), ELSEWHERE)
def test_what_shows_in_a_book_of_another_kind_changes_an_answer_there(table, name, tmp_path):
    more, settings, words = ELSEWHERE[table, name]
    rows = copied()
    row = rows[table][3 if name == "since" else CHANGED[table]]
    row |= more
    write(tmp_path, rows, settings)
    before = answer(tmp_path, words)
    row[name] = WRITTEN[name]
    write(tmp_path, rows, settings)
    assert answer(tmp_path, words) != before


def test_each_setting_is_tried():
    assert [*SETTINGS] == [*_READERS]


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_changes_an_answer(name, tmp_path):
    line, words = SETTINGS[name]
    rows = copied()
    rows["people"] += [
        {"person": "Cy Dun", "offers": "wills", "role": "client"},
        {"person": "Eve Orr", "needs": "wills", "role": "client"},
        {"person": "Ida Poe", "offers": "tax", "role": "client"},
        {"person": "Jon Rey", "needs": "wills", "role": "client"},
        {"person": "Lou Fay", "needs": "wills", "role": "client"},
    ]
    rows["people"].append({"person": "Fay Oak", "role": "client"})
    rows["touches"].append({"date": "2026-03-01", "person": "Fay Oak", "kind": "call"})
    usual = {"me": 'me = "Me"', "today": 'today = "2026-06-30"', "looking_for": 'looking_for = "x"'}
    write(tmp_path, rows, "\n".join(usual.values()))
    before = answer(tmp_path, words)
    assert before.endswith("0")
    usual.pop(name, None)
    write(tmp_path, rows, "\n".join([*usual.values(), line]))
    after = answer(tmp_path, words)
    assert after.endswith("0")
    assert after != before
