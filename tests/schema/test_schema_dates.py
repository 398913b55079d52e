"""Days are read in every form of ISO 8601, as the writer's clock had them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.reading.read_options import ReadOptions
from refgraph.reading.reader import read
from refgraph.schema.dates import date_reader, has_zone, iso_day
from refgraph.schema.text import FieldError

FORMS = ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%G-W%V-%u", "%GW%V%u", "%Y-%j"]
CLOCKS = ["", "T%H:%M", "T%H%M%S", " %H:%M:%S", "T%H:%M:%S.%f", " %H:%M:%S,%f"]
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda ahead: timezone(timedelta(minutes=ahead)))


@given(
    st.datetimes(datetime(1000, 1, 10), datetime(9998, 12, 1), timezones=ZONES),  # noqa: DTZ001
    st.sampled_from(FORMS),
    st.sampled_from(CLOCKS),
    st.sampled_from(["", "%z", " %z", "Z", " UTC"]),
)
def test_a_day_is_the_day_that_was_written(moment, day, clock, zone):
    text = moment.strftime(day + clock + (zone if clock else ""))
    assert iso_day(text) == moment.date()
    assert has_zone(text) == bool(clock and zone)


@given(st.text("0123456789-/W:TZ .+", max_size=16))
def test_what_python_reads_as_a_moment_is_never_read_as_another_day(text):
    try:
        expected = datetime.fromisoformat(text).date()
        found = iso_day(text)
    except (ValueError, FieldError):
        return
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        *("2025-000", "2025-366", "2025-W54-1", "2025-W06-8", "2025-W06", "2025038", "2025-02/07"),
        *("20250230", "2025-02-07T24:30", "2025-02-07T09:30 soon", "2025-02-07Z", "٢٠٢٥٠٢٠٧"),
    ],
)
def test_no_day_is_made_up(text):
    with pytest.raises(FieldError):
        iso_day(text)


def test_a_stated_format_with_a_zone_is_obeyed():
    read_date = date_reader(date(2026, 1, 1), "%Y-%m-%d %H:%M:%S %z")
    assert read_date("2014-11-03 23:12:44 -0800") == date(2014, 11, 3)


@pytest.mark.parametrize("text", ["2027-05", "2027"])
def test_a_month_to_come_is_refused_like_a_day_to_come(text):
    with pytest.raises(FieldError, match="is after today"):
        date_reader(date(2026, 1, 1), None, [].append)(text)


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "0000", "202505", "45695"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(FieldError):
        date_reader(date(2026, 1, 1), None, [].append)(text)


def test_months_and_zones_are_told_once_a_file(tmp_path):
    table = tmp_path / "referrals.csv"
    rows = ["2023-05,Ann,Bo", "2021,Bo,Ann", "2024-02-01T23:30-08:00,Ann,Bo", "2024-02-02,Bo,Ann"]
    table.write_text("\n".join(["date,giver,receiver", *rows]) + "\n")
    record = read(table, ReadOptions(today=datetime(2026, 1, 1, tzinfo=UTC).date()))
    days = [None, None, date(2024, 2, 1), date(2024, 2, 2)]
    assert list(record.referrals.columns["date"]) == days
    zoned = "times with a zone, like 2024-02-01T23:30-08:00, count on the day as it is written"
    partial = "a month or a year alone, like 2023-05, counts as undated"
    assert record.notes == (f"{table}: {zoned}", f"{table}: {partial}")
