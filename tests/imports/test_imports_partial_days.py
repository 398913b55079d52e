"""A month or a year alone counts as undated, and the number of a spreadsheet is its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.imports import Request, prepare
from refgraph.imports.cells.date_order import SERIAL, is_partial, readings, settle_days

_TODAY = date(2026, 9, 1)


def _referrals(tmp_path, rows, **options):
    file = tmp_path / "list.csv"
    file.write_text("date,giver,receiver,note\n" + rows, encoding="utf-8", newline="")
    prepared = prepare(Request(str(file), str(tmp_path / "book"), today=_TODAY, **options))
    return prepared.plan


@pytest.mark.parametrize(
    "text", ["2023-05", "2021", "05/2023", "2023/05", "May 2023", "mayo de 2023", "Sept. 2022"]
)
def test_a_month_or_a_year_is_kept_in_the_note(tmp_path, text):
    plan = _referrals(tmp_path, f"{text},Ann Lee,Bo Park,roof\n2024-02-01,Bo Park,Ann Lee,\n")
    first, second = plan.rows["referrals"]
    assert (first.get("date"), first["note"]) == (None, f"roof; date: {text}")
    assert second["date"] == date(2024, 2, 1)
    assert not second.get("note")
    assert not plan.problems
    assert any("counts as undated" in note for note in plan.notes)


@pytest.mark.parametrize("text", ["2023-13", "20235", "May", "May 14", "14/2023", "Marvel 2023"])
def test_what_is_no_month_is_no_part_of_a_date(text):
    assert not is_partial(text)


def test_with_a_stated_form_a_month_is_refused(tmp_path):
    plan = _referrals(tmp_path, "2023-05,Ann Lee,Bo Park,\n", date_format="%Y-%m-%d")
    assert plan.problems


@given(st.dates(date(1954, 10, 4), date(2064, 4, 7)), st.sampled_from(["", ".0", ".375"]))
def test_law_the_number_of_a_spreadsheet_is_its_day(day, time):
    number = (day - date(1899, 12, 30)).days
    assert readings(f"{number}{time}") == {SERIAL: day}
    assert settle_days([f"{number}", "13/02/2026"]).read(f"{number}") == day


def test_numbers_stand_beside_dates_whose_order_the_file_tells(tmp_path):
    plan = _referrals(tmp_path, "45726,Ann Lee,Bo Park,\n3/14/25,Bo Park,Ann Lee,\n")
    days = [row["date"] for row in plan.rows["referrals"]]
    assert days == [date(2025, 3, 10), date(2025, 3, 14)]
    assert days[0] == date(1899, 12, 30) + timedelta(days=45726)


def test_a_day_number_after_today_is_refused(tmp_path):
    assert _referrals(tmp_path, "58000,Ann Lee,Bo Park,\n").problems


def test_days_that_may_be_months_are_still_asked_about(tmp_path):
    with pytest.raises(LedgerError, match="cannot be told apart"):
        _referrals(tmp_path, "01/02/2026,Ann Lee,Bo Park,\n2023-05,Bo Park,Ann Lee,\n")
