"""What holds for every record, however it was written or broken."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import AWKWARD, names, notes, referral_rows, write_rows

from refgraph.cli import main
from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.schema.text import UNSAFE, FieldError, prose
from refgraph.schema.values import person

TODAY = date(2026, 6, 30)
OPTIONS = ReadOptions(today=TODAY)
SKIPPING = ReadOptions(today=TODAY, skip_bad=True)
HEADER = "date,giver,receiver,count,note\n"

BREAKS = {
    "date": "2026-02-30,Ann,Bo,1,",
    "form": "30/1/2026,Ann,Bo,1,",
    "future": "2026-07-02,Ann,Bo,1,",
    "self": "2026-01-08,Ann,Ann,1,",
    "giver": "2026-01-08,,Bo,1,",
    "receiver": "2026-01-08,Ann, ,1,",
    "zero": "2026-01-08,Ann,Bo,0,",
    "digits": f"2026-01-08,Ann,Bo,{'9' * 5000},",
    "decimal": "2026-01-08,Ann,Bo,1.5,",
    "more": "2026-01-08,Ann,Bo,1,a,b",
    "fewer": "2026-01-08,Ann,Bo",
    "escape": "2026-01-08,Ann\x1b[31m,Bo,1,",
    "bidi": "2026-01-08,Ann,Bo,1,a\u202eb",
    "nul": "2026-01-08,A\0nn,Bo,1,",
    "quote": '2026-01-08,Ann,"Bo"x,1,',
    "open": '2026-01-08,Ann,"Bo,1,',
    "return": "2026-01-08,Ann,Bo\r,1,",
    "long": f"2026-01-08,Ann,Bo,1,{'x' * 140_000}",
    "two": "2026-02-30,Ann,Ann,x,",
}
GOOD = ["2026-01-08,Ann,Bo,1,", '2026-01-09,"Lee, Ann",Bo,2,"said ""yes"""', ",Bo,Cy,,a note"]


def columns_of(path, *wanted, options=OPTIONS):
    table = read(path, options).referrals.columns
    return list(zip(*(table[name] for name in wanted), strict=True))


def attempt(path, options):
    """The record, or none; and every problem that was told."""
    try:
        record = read(path, options)
    except LedgerError as error:
        return None, error.problems
    return record, record.skipped


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("laws") / "book.csv"


@given(
    rows=referral_rows(),
    texts=st.lists(notes(), min_size=20, max_size=20),
    days=st.lists(st.none() | st.dates(max_value=TODAY), min_size=20, max_size=20),
)
def test_what_was_written_is_what_is_read(place, rows, texts, days):
    written = [
        (day, giver, receiver, times, note)
        for (giver, receiver, times), note, day in zip(rows, texts, days, strict=False)
    ]
    write_rows(place, ["date", "giver", "receiver", "count", "note"], written)
    first = place.read_bytes()
    assert columns_of(place, "date", "giver", "receiver", "count", "note") == written
    table = read(place, OPTIONS).referrals.columns
    del table["file"], table["line"]
    write_rows(place, list(table), zip(*table.values(), strict=True))
    again = read(place, OPTIONS).referrals.columns
    assert {name: again[name] for name in table} == table
    write_rows(place, ["date", "giver", "receiver", "count", "note"], written)
    assert place.read_bytes() == first


@given(st.lists(st.sampled_from([*GOOD, *BREAKS]), max_size=8))
@example(["open", GOOD[1], "open", "quote", GOOD[1]])
@example(list(BREAKS))
def test_broken_lines_are_named_each_and_no_other(place, plan):
    lines = [BREAKS.get(line, line) for line in plan]
    place.write_bytes((HEADER + "".join(f"{line}\n" for line in lines)).encode())
    bad = {number for number, line in enumerate(plan, 2) if line in BREAKS}
    record, problems = attempt(place, OPTIONS)
    assert {problem.line for problem in problems} == bad
    for problem in problems:
        assert not UNSAFE.search(problem.message + problem.excerpt + problem.hint)
        assert len(problem.excerpt) <= 120
    if record:
        assert len(record.referrals) == len(plan)
    kept = read(place, SKIPPING)
    assert {problem.line for problem in kept.skipped} == bad
    assert kept.rows_read == len(kept.referrals) + len(bad) == len(plan)


@given(st.binary(max_size=120))
@example(b"\xff\xfed\0a\0")
@example(b'"')
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbfdate,giver,receiver\n\xe9")
def test_any_bytes_are_a_record_or_problems_with_places(place, data):
    for prefix in (b"", b"date,giver,receiver\n"):
        place.write_bytes(prefix + data)
        for options in (
            OPTIONS,
            SKIPPING,
            ReadOptions(header=False, columns={"giver": "1", "receiver": "2"}),
            ReadOptions(header=False, delimiter="space", columns={"giver": "1", "receiver": "2"}),
            ReadOptions(comment="%", delimiter="tab", skip_bad=True),
        ):
            record, problems = attempt(place, options)
            assert record or problems
            assert all(problem.line >= 0 and problem.message for problem in problems)
            if record:
                refused = {problem.line for problem in problems}
                assert record.rows_read == len(record.referrals) + len(refused)


BOOK = {
    "referrals.csv": "date,giver,receiver,note,id\n"
    '2026-01-08,Ann,"Bo ""B"" Park","two\nlines",a\n2026-01-09,Bo,Ann,é,b\n',
    "people.csv": "person,aliases\nBo,B;José\nAnn,\n",
    "touches.csv": "date,person,kind\n2026-01-09,Bo,thanks\n",
    "statuses.csv": "date,id,status\n2026-02-01,a,won\n",
    "refgraph.toml": 'me = "Ann"\ntoday = 2026-06-30\n[synonyms]\ntax = ["audit"]\n',
}


@pytest.mark.parametrize("torn", BOOK)
def test_every_prefix_of_a_book_is_a_record_or_problems(tmp_path, torn):
    for name, text in BOOK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    whole = BOOK[torn].encode()
    assert len(read(tmp_path, OPTIONS).referrals) == 2
    for size in range(len(whole)):
        (tmp_path / torn).write_bytes(whole[:size])
        for options in (OPTIONS, SKIPPING):
            record, problems = attempt(tmp_path, options)
            assert record or problems
            assert all(map(str, problems))
            if record:
                # Only whole lines can pass for a whole file.
                ended = whole[size - 1 : size] == b"\n"
                assert ended or options.skip_bad or torn == "refgraph.toml"
                referrals = str(tmp_path / "referrals.csv")
                bad = {problem.line for problem in problems if problem.path == referrals}
                assert record.rows_read == len(record.referrals) + len(bad)


@given(st.sampled_from(sorted(BOOK)), st.integers(0, 150), st.integers(0, 6), st.binary(max_size=4))
@example("referrals.csv", 24, 0, b'"')
@example("people.csv", 0, 6, b"")
@example("statuses.csv", 30, 1, b"\n")
def test_every_mutation_of_a_book_is_an_answer_or_every_problem(name, at, cut, new):
    with tempfile.TemporaryDirectory() as folder:
        for each, text in BOOK.items():
            Path(folder, each).write_text(text, encoding="utf-8")
        whole = BOOK[name].encode()
        Path(folder, name).write_bytes(whole[:at] + new + whole[at + cut :])
        record, problems = attempt(folder, OPTIONS)
        assert bool(record) == (not problems)
        for words in (["check", "--strict"], ["check", "--skip-bad"], ["stats"]):
            done = CliRunner().invoke(main, [*words, folder, "--today", str(TODAY)])
            assert done.exception is None or isinstance(done.exception, SystemExit)
            assert done.exit_code in (0, 1)
            told = done.stdout if words[0] == "check" else done.stderr
            assert words == ["check", "--skip-bad"] or all(str(one) in told for one in problems)


@given(st.text())
@example("\x1c")
@example(" \u200b\u00ad ")
@example("e\u0301")
@example("\ud800")
def test_a_person_is_canonical_or_refused(text):
    try:
        name = person(text)
    except FieldError:
        return
    assert person(name) == name
    assert not UNSAFE.search(name)
    assert name.strip() == name != ""


@given(st.text())
def test_free_text_is_canonical_or_refused(text):
    try:
        note = prose(text)
    except FieldError:
        return
    assert prose(note) == note
    assert "\r" not in note


@pytest.mark.parametrize("name", AWKWARD)
def test_names_that_break_other_tools_survive(place, name):
    write_rows(place, ["date", "giver", "receiver"], [("2026-01-08", name, "Zoë")])
    assert columns_of(place, "giver", "receiver") == [(name, "Zoë")]


@given(names())
def test_drawn_names_are_canonical(name):
    assert person(name) == name


@given(referral_rows(min_size=1), st.randoms(use_true_random=False))
def test_shuffling_rows_keeps_every_id_with_its_content(place, rows, random):
    def identities(lines):
        table = [(TODAY - timedelta(days=times), one, two, times) for one, two, times in lines]
        write_rows(place, ["date", "giver", "receiver", "count"], table)
        return sorted(columns_of(place, "date", "giver", "receiver", "count", "id"))

    before = identities(rows)
    assert len({row[-1] for row in before}) == len(rows)
    mixed = list(rows)
    random.shuffle(mixed)
    assert identities(mixed) == before


def test_reading_leaves_the_folder_as_it_was():
    with tempfile.TemporaryDirectory() as folder:
        for name, text in BOOK.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        before = {path.name: path.stat().st_mtime_ns for path in Path(folder).iterdir()}
        read(folder, OPTIONS)
        assert {path.name: path.stat().st_mtime_ns for path in Path(folder).iterdir()} == before
