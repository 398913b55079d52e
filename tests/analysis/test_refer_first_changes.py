"""Changing one row of a book changes only the lines that depend on it."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from refgraph import Book
from refgraph.analysis.suggesting import refer_first

ADVISER = Path(__file__).parent.parent.parent / "data" / "adviser"
SHIFTED = [
    *("rank", "expected_return", "low", "high"),
    *("partner_rate", "unasked", "global_rate", "correction"),
    *("prior", "prior_gifts", "slope"),
    *("added", "added_low", "added_high", "anyway", "part"),
    *("anyway_low", "anyway_high"),
]


def lines_of(book):
    table = refer_first.rank(book, parts=True, everyone=False)
    table["because"] = table["because"].str.replace(
        r" (A|What|Too) [^.]*(\.\d[^.]*)*\.$", "", regex=True
    )
    return table.set_index("person").astype(object).where(table.set_index("person").notna(), None)


@pytest.fixture
def changed(tmp_path):
    """Read the sample book after one change to the rows of one of its files."""

    def read(name, change):
        folder = tmp_path / "adviser"
        shutil.copytree(ADVISER, folder)
        path = folder / name
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        columns = list(rows[0])
        kept = [row for row in rows if change(row) is not False]
        assert kept != list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
        return lines_of(Book.read(folder))

    return read


@pytest.fixture(scope="module")
def before(adviser):
    return lines_of(adviser)


def differing(before, after, *, but=("rank",)):
    """People whose line is there once only, or says something else."""
    columns = [name for name in before if name not in but]
    here, there = (table[columns].to_dict("index") for table in (before, after))
    return {name for name in {*here, *there} if here.get(name) != there.get(name)}


def introduced_with(person, *tables):
    return {
        name for table in tables for name, met in table["introduce"].items() if person in met
    } | {person}


def test_what_a_line_does_not_speak_of_changes_nothing(changed, before):
    def unpriced(row):
        row.update(value="", currency="", handoff="0")

    assert differing(before, changed("referrals.csv", unpriced), but=()) == set()


def test_an_outcome_changes_only_whom_to_introduce(changed, before):
    """What became of referrals counts for the standing on the bench, and for nothing else."""

    def lost(row):
        row["status"] = "lost" if row["status"] == "won" else row["status"]

    after = changed("referrals.csv", lost)
    assert differing(before, after)
    assert differing(before, after, but=("introduce", "because")) == set()


@pytest.mark.parametrize("person", ["Priya Raman", "Samuel Okafor", "Andre Baptiste"])
def test_a_touch_left_out_changes_the_line_of_that_person(changed, before, person):
    def last(row):
        return (row["date"], row["person"]) != latest

    with (ADVISER / "touches.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["person"] == person]
    latest = (rows[-1]["date"], person)
    assert differing(before, changed("touches.csv", last), but=()) == {person}


@pytest.mark.parametrize("person", ["Amara Nwosu", "Gareth Pike", "Frank Torrisi"])
def test_other_needs_change_the_lines_that_name_the_person(changed, before, person):
    def need(row):
        if row["person"] == person:
            row["needs"] = "catering; portraits"

    after = changed("people.csv", need)
    moved = differing(before, after)
    assert moved
    assert moved <= introduced_with(person, before, after)


def test_who_must_not_be_referred_leaves_the_list_and_the_lines_that_named_them(changed, before):
    def mark(row):
        if row["person"] == "Amara Nwosu":
            row["do_not_refer"] = "yes"

    after = changed("people.csv", mark)
    assert "Amara Nwosu" not in after.index
    met = introduced_with("Amara Nwosu", before)
    assert differing(before, after, but=("rank", "part")) == met


def test_a_referral_of_others_moves_the_rest_only_by_the_rates_of_the_book(changed, before):
    """Patrick's gift to Samuel failed: without it Samuel has one closed gift the less."""
    gone = ("2024-10-09", "Patrick Doyle", "Samuel Okafor")

    def drop(row):
        return (row["date"], row["giver"], row["receiver"]) != gone

    after = changed("referrals.csv", drop)
    either = {"Samuel Okafor", "Patrick Doyle"}  # it was the first of the record for both
    among = set().union(*(introduced_with(name, before, after) for name in either))
    assert differing(before, after, but=SHIFTED) <= among
    assert after.loc["Samuel Okafor", "gifts"] == before.loc["Samuel Okafor", "gifts"] - 1
    for of_all in ("global_rate", "correction"):
        assert len({*after[of_all]} | {*before[of_all]}) == 2
    others = before.index.drop("Samuel Okafor")
    apart = after.loc[others, "partner_rate"] - before.loc[others, "partner_rate"]
    base = after["global_rate"].iloc[0] - before["global_rate"].iloc[0]
    assert base > 0  # and every partner's moves with it, by less than a hundredth
    assert apart.mean() > 0
    assert (abs(apart) < 0.01).all()
