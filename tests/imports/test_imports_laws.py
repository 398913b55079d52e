"""Laws of imports: again adds nothing, halves make the whole, a dry run is what is written."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from exports import HUBSPOT, LINKEDIN, SLIPS, facts, sheet_of_xml, table, take, write_book
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names, notes, referral_rows

COLUMNS = ["date", "giver", "receiver", "prospect", "count", "note"]
DAYS = ["", "2026-01-08", "2026-02-03"]


@st.composite
def exports(draw, *, unique=False):
    """Rows of an export among few people and days, so that many are equal."""
    rows = draw(referral_rows(min_size=1, max_size=8))
    texts = draw(st.lists(notes(), min_size=1, max_size=2))
    whom = [*draw(st.lists(names(), max_size=1)), ""]
    found = [
        [
            draw(st.sampled_from(DAYS)),
            giver,
            receiver,
            draw(st.sampled_from(whom)),
            "" if count == 1 else str(count),
            draw(st.sampled_from(texts)),
        ]
        for giver, receiver, count in rows
    ]
    if unique:  # by more than a count or a note, or one may be another as it was before an edit
        return [*{tuple(row[:4]): row for row in found}.values()]
    return found


def written(rows, columns=COLUMNS):
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([columns, *rows])
    return stream.getvalue()


class Place:
    """A book and an export in a folder of their own."""

    def __init__(self, folder, name="book", header=None):
        self.folder = Path(folder)
        self.book = write_book(self.folder / name)
        if header:
            (self.book / "referrals.csv").write_text(header, encoding="utf-8")

    def take(self, rows):
        path = self.folder / "export.csv"
        path.write_bytes((rows if isinstance(rows, str) else written(rows)).encode())
        return take(self.book, path)


@given(exports(), st.booleans())
@settings(max_examples=25)
def test_importing_again_adds_nothing(rows, with_ids):
    header = None if with_ids else ",".join(COLUMNS) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder, header=header)
        first = place.take(rows)
        before = (place.book / "referrals.csv").read_bytes()
        again = place.take(rows)
        assert (first.new, first.there.total(), first.refused) == (len(rows), 0, 0)
        assert (again.new, again.there.total(), again.refused) == (0, len(rows), 0)
        assert (place.book / "referrals.csv").read_bytes() == before
        assert not any("left out" in note for note in (*first.notes, *again.notes))


@given(exports(unique=True), st.data())
@settings(max_examples=20)
def test_overlapping_halves_are_the_whole(rows, drawn):
    end = drawn.draw(st.integers(0, len(rows)))
    start = drawn.draw(st.integers(0, end))
    with tempfile.TemporaryDirectory() as folder:
        whole, halves = Place(folder, "whole"), Place(folder, "halves")
        whole.take(rows)
        halves.take(rows[:end])
        second = halves.take(rows[start:])
        assert second.there["referrals"] == end - start
        assert facts(halves.book) == facts(whole.book)


@given(exports())
@settings(max_examples=20)
def test_what_was_typed_by_hand_is_there_already(rows):
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder)
        (place.book / "referrals.csv").write_bytes(written(rows).encode())
        assert place.take(rows).new == 0


@given(exports())
@settings(max_examples=20)
def test_a_dry_run_is_what_is_written(rows):
    from refgraph.imports import Request, prepare
    from refgraph.imports.preview import as_ledger

    with tempfile.TemporaryDirectory() as folder:
        direct, through = Place(folder, "direct"), Place(folder, "through")
        direct.take(rows)
        export = str(direct.folder / "export.csv")
        shown = as_ledger(prepare(Request(export, str(through.book))).plan)
        assert table(through.book, "referrals") == []
        through.take(shown)
        assert facts(through.book) == facts(direct.book)


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("Connections.csv", LINKEDIN, []),
        ("hubspot.csv", HUBSPOT, []),
        ("slips.xls", sheet_of_xml(SLIPS), []),
        ("slips.xls", sheet_of_xml(SLIPS), ["--date", "2026-06-30"]),
    ],
    ids=["linkedin", "hubspot", "slips", "dated slips"],
)
def test_a_dry_run_of_several_tables_can_be_piped_back_in(run, tmp_path, name, text, options):
    direct, through = write_book(tmp_path / "direct"), write_book(tmp_path / "through")
    export = tmp_path / name
    export.write_text(text, encoding="utf-8")
    run("import", export, "-b", direct, *options)
    shown = run("import", export, "-b", through, "--dry-run", *options).stdout
    assert facts(through) == facts(write_book(tmp_path / "empty"))
    run("import", "-", "-b", through, text=shown)
    assert facts(through) == facts(direct)
    again = run("import", export, "-b", through, *options)
    assert "\n0 new" in again.stderr


CONTACT = st.tuples(
    st.sampled_from(["", "Eve", "Flo", "eve", "Ann Lee", "\x1b[31m"]),
    st.sampled_from(["", "Eve", "FLO (Hart Ltd)", "Lee, Ann", "Google", "B. Park"]),
    st.sampled_from(["", "2026-01-08", "soon", "2999-01-01"]),
    st.sampled_from(["", "x@example.org"]),
)


@given(st.lists(CONTACT, max_size=8, unique=True))  # rows that repeat are told of once
@settings(max_examples=60)
def test_every_contact_and_every_referrer_is_told_of_once(contacts):
    from refgraph.imports import Request, prepare

    with tempfile.TemporaryDirectory() as folder:
        book = write_book(Path(folder) / "book", people="person,aliases\nBo Park,B. Park\n")
        export = Path(folder) / "export.csv"
        export.write_text(written(contacts, ["Name", "Referred By", "Created", "Email"]))
        plan = prepare(Request(str(export), str(book))).plan
    refused = {problem.line for problem in plan.problems}
    lines = [at for at, _ in enumerate(contacts, 2) if at not in refused]
    named = [at for at in lines if contacts[at - 2][0]]
    referred = [at for at in lines if contacts[at - 2][1]]
    strangers = [at for places in plan.listed.strangers.values() for at in places]
    assert len(plan.rows["people"]) + plan.there["people"] == len(named)
    assert len(plan.rows["referrals"]) + plan.there["referrals"] + len(strangers) == len(referred)
    nameless = [at for at in lines if any(contacts[at - 2]) and not any(contacts[at - 2][:2])]
    assert plan.left_out["without a name"] == len(nameless)


def test_of_equal_rows_each_counts(tmp_path):
    row = ["2026-01-08", "Ann", "Bo", "", "", ""]
    place = Place(tmp_path)
    assert place.take([row]).new == 1
    plan = place.take([row, row, row])
    assert (plan.new, plan.there["referrals"]) == (2, 1)


def test_people_who_were_merged_make_no_old_row_new(tmp_path):
    rows = [["2026-01-08", "A. Lee", "Bo", "", "", "roof"], ["2026-01-09", "Cy", "Bo", "", "", ""]]
    place = Place(tmp_path)
    place.take(rows)
    old = (place.book / "referrals.csv").read_text(encoding="utf-8")
    people = "person,aliases\nAnn Lee,A. Lee\n"
    (place.book / "people.csv").write_text(people, encoding="utf-8")
    assert place.take(rows).new == 0
    (place.book / "referrals.csv").write_text(old.replace("A. Lee", "Ann Lee"), encoding="utf-8")
    assert place.take(rows).new == 0
    bare = "date,giver,receiver,note\n2026-01-08,Ann Lee,Bo,roof\n2026-01-09,Cy,Bo,\n"
    (place.book / "referrals.csv").write_text(bare, encoding="utf-8")
    assert place.take(rows).new == 0


def test_a_row_that_was_corrected_in_the_book_is_not_imported_again(tmp_path):
    rows = [["2026-01-08", "Ann", "Bo", "", "", "rof"]]
    place = Place(tmp_path)
    place.take(rows)
    path = place.book / "referrals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("rof", "roof"), encoding="utf-8")
    assert place.take(rows).new == 0


def test_a_row_with_an_id_that_has_changed_is_listed(tmp_path):
    place = Place(tmp_path)
    header = "date,giver,receiver,id\n"
    place.take(header + "2026-01-08,Ann,Bo,x1\n")
    plan = place.take(header + "2026-01-09,Ann,Bo,x1\n")
    assert plan.new == 0
    assert [*map(str, plan.edits)] == ["line 2: date 2026-01-08 → 2026-01-09"]


def test_ids_that_the_book_has_no_column_for_make_no_row_new_again(tmp_path):
    place = Place(tmp_path, header="date,giver,receiver\n")
    text = "date,giver,receiver,id\n2026-01-08,Ann,Bo,x1\n2026-01-08,Ann,Bo,x2\n"
    first, again = place.take(text), place.take(text)
    assert (first.new, again.new, again.there["referrals"]) == (2, 0, 2)
    assert "the book has no column id for referrals: left out" in first.notes


def test_a_large_book_is_added_to_as_a_small_one_is(tmp_path):
    rows = [["2026-01-08", f"Giver {at}", "Bo", "", "", "a note"] for at in range(2_500)]
    place = Place(tmp_path)
    assert place.take(rows).new == len(rows)
    assert (place.book / "referrals.csv").stat().st_size > 100_000
    assert place.take([*rows, ["2026-01-09", "Ann", "Bo", "", "", ""]]).new == 1


def test_every_row_of_a_file_is_counted_once(tmp_path):
    rows = [
        *(["2026-01-08", "Ann", "Bo", "", "", ""], ["2026-01-08", "Ann", "Ann", "", "", ""]),
        *(["soon", "Ann", "", "", "x", ""], ["2026-01-08", "Ann", "Bo", "", "", ""]),
    ]
    place = Place(tmp_path)
    (place.book / "referrals.csv").write_bytes(written(rows[:1]).encode())
    from refgraph.imports import Request, prepare

    (tmp_path / "export.csv").write_text(written(rows), encoding="utf-8")
    plan = prepare(Request(str(tmp_path / "export.csv"), str(place.book))).plan
    assert (plan.new, plan.there.total(), plan.refused) == (1, 1, 2)
    assert len(plan.problems) == 4
