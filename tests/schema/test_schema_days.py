"""Days in a stated form, days of tomorrow, and spans of time that end today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import RefgraphError
from refgraph.schema.dates import date_reader, has_zone, iso_date, iso_day, latest_day
from refgraph.schema.spans import first_day
from refgraph.schema.text import FieldError

TODAY = date(2026, 6, 30)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def zone(hours):
    return timezone(timedelta(hours=hours))


def refused(read, text):
    with pytest.raises(FieldError) as why:
        read(text)
    return str(why.value), why.value.hint


# ------------------------------------------------------------------ ISO


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("2024-02-29", date(2024, 2, 29)), ("20240229", date(2024, 2, 29))),
        *(("2024-366", date(2024, 12, 31)), ("2025-001", date(2025, 1, 1))),
        *(("2020-W53-7", date(2021, 1, 3)), ("2025W011", date(2024, 12, 30))),
        *(("2026-06-30T23:59:60Z", TODAY), ("2026-06-30 24", None), ("2026-06-30T00", TODAY)),
        *(("2026/06/30 10:00 GMT", TODAY), ("2026-06-30t1000+0530", TODAY), ("2026-06/30", None)),
        *(("2025-02-29", None), ("2025-366", None), ("2025-W53-1", None), ("0000-01-01", None)),
        *(("2026-00-10", None), ("2026-13-01", None), ("20260631", None), ("9999-W53-7", None)),
    ],
)
def test_a_day_of_iso_8601(text, day):
    if day:
        assert iso_day(text) == day
    else:
        assert refused(iso_day, text)[1] == "dates are YYYY-MM-DD"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(("2026-02-30", "there is no 2026-02-30"), ("1/2/2026", "'1/2/2026' is not a date")),
        *(("20260101", "'20260101' is not a date"), ("", "'' is not a date")),
    ],
)
def test_the_one_form_of_what_is_written(text, why):
    assert refused(iso_date, text) == (why, "dates are YYYY-MM-DD")


@given(DAYS)
def test_every_form_is_the_day_of_the_calendar(day):
    year, week, weekday = day.isocalendar()
    for text in (f"{day:%Y%m%d}", f"{day:%Y/%m/%d}", f"{day:%Y-%j}", f"{year}W{week:02}{weekday}"):
        assert iso_day(text) == iso_date(day.isoformat()) == day
        assert not has_zone(text)


# ------------------------------------------------------------------ stated forms


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        *(("0", date(1970, 1, 1)), ("86399", date(1970, 1, 1)), ("86400", date(1970, 1, 2))),
        *(("-1", date(1969, 12, 31)), (" 1262454010 ", date(2010, 1, 2)), ("", None)),
    ],
)
def test_seconds_since_1970(seconds, day):
    assert date_reader(TODAY, "unix")(seconds) == day


@pytest.mark.parametrize(
    ("seconds", "why"),
    [
        *(("1.5", "'1.5' is not a unix time"), ("x", "'x' is not a unix time")),
        ("1" * 13, f"'{'1' * 13}' is not a unix time"),
        ("999999999999", "there is no day for the unix time 999999999999"),
    ],
)
def test_what_is_no_time_of_unix(seconds, why):
    said, hint = refused(date_reader(TODAY, "unix"), seconds)
    assert said == why
    assert hint == ("" if "no day" in why else "a unix time is in whole seconds: 1262454010")


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        *(("%d/%m/%Y", "1/3/2026", date(2026, 3, 1)), ("%d.%m.%y", "01.03.26", date(2026, 3, 1))),
        *(("%B %d, %Y", "March 1, 2026", date(2026, 3, 1)), ("%Y %j", "2026 60", date(2026, 3, 1))),
        *(("%G-W%V-%u", "2026-W09-7", date(2026, 3, 1)), ("%D", "03/01/26", None)),
    ],
)
def test_a_stated_form_is_read(form, text, day):
    if day:
        assert date_reader(TODAY, form)(f" {text} ") == day
    else:
        assert "does not give a year" in refused(lambda each: date_reader(TODAY, each), form)[0]


@pytest.mark.parametrize(
    "form", ["", "%d/%m", "%Y-%m", "%Y", "%H:%M %Y", "%Q", "%", "%Y-%d", "%(Y"]
)
def test_a_form_that_gives_no_day_is_refused_before_any_row(form):
    said, hint = refused(lambda each: date_reader(TODAY, each), form)
    assert said == f"the date format '{form}' does not give a year, a month and a day"
    assert hint == "write it like %d/%m/%Y, or unix for seconds since 1970"


def test_a_text_in_another_form_names_the_option():
    assert refused(date_reader(TODAY, "%d/%m/%Y"), "2026-03-01") == (
        "'2026-03-01' is not a date",
        "dates are read as '%d/%m/%Y' (--date-format)",
    )


# ------------------------------------------------------------------ today and tomorrow


@pytest.mark.parametrize(
    ("today", "now", "latest"),
    [
        # a day set by hand: the day after
        (TODAY, datetime(2026, 7, 9, 12, tzinfo=UTC), date(2026, 7, 1)),
        # the day of the clock: the day after, whatever it is elsewhere
        (TODAY, datetime(2026, 6, 30, 0, tzinfo=UTC), date(2026, 7, 1)),
        (TODAY, datetime(2026, 6, 30, 23, tzinfo=UTC), date(2026, 7, 1)),
        # where the clock is 11 hours behind, it may be the day after that one elsewhere
        (TODAY, datetime(2026, 6, 30, 23, tzinfo=zone(-11)), date(2026, 7, 2)),
        (TODAY, datetime(2026, 6, 30, 22, 59, tzinfo=zone(-11)), date(2026, 7, 1)),
        (TODAY, datetime(2026, 6, 30, 1, tzinfo=zone(14)), date(2026, 7, 1)),
        (date.max, datetime(9999, 12, 31, 9, tzinfo=UTC), date.max),
        (date(9999, 12, 30), datetime(2026, 1, 1, tzinfo=UTC), date.max),
    ],
)
def test_the_last_day_that_counts_as_today(today, now, latest):
    assert latest_day(today, now) == latest


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_what_one_clock_writes_every_other_reads(moment, hours):
    now = moment.replace(tzinfo=UTC)
    here, written = now.astimezone(zone(hours)), now.astimezone(zone(14)).date()
    assert written <= latest_day(here.date(), here) <= here.date() + timedelta(days=2)


def test_a_day_to_come_is_refused_and_the_last_that_counts_is_not():
    read = date_reader(TODAY)
    assert read("2026-07-01") == date(2026, 7, 1)
    assert refused(read, "2026-07-02") == (
        "2026-07-02 is after today, 2026-06-30",
        "correct the date, or set today with --today",
    )


# ------------------------------------------------------------------ what is told


@pytest.mark.parametrize(
    ("text", "day", "is_told"),
    [
        *(("2026-05", None, True), ("2026", None, True), ("2026-05-01", date(2026, 5, 1), False)),
        *(("2026-05-01T10:00", date(2026, 5, 1), False), ("20260501", date(2026, 5, 1), False)),
        *(("2026-05-01T10:00Z", date(2026, 5, 1), True), ("20260501T10Z", date(2026, 5, 1), True)),
        *(
            ("2026121", date(2026, 5, 1), False),
            ("2026-121", date(2026, 5, 1), False),
            ("", None, 0),
        ),
    ],
)
def test_months_and_zones_are_told(text, day, is_told):
    told = []
    if text == "2026121":  # a day of the year has its hyphen
        assert refused(date_reader(TODAY, None, told.append), text)
        return
    assert date_reader(TODAY, None, told.append)(f" {text} ") == day
    assert told == [text] * bool(is_told)


def test_a_month_is_refused_where_nobody_is_told():
    for read in (date_reader(TODAY), date_reader(TODAY, "%d/%m/%Y", [].append)):
        assert "is not a date" in refused(read, "2026-05")[0]


# ------------------------------------------------------------------ spans


@pytest.mark.parametrize(
    ("span", "today", "first"),
    [
        *(("1d", TODAY, TODAY), ("90d", TODAY, date(2026, 4, 2)), ("1w", TODAY, date(2026, 6, 24))),
        *((" 2W ", TODAY, date(2026, 6, 17)), ("1m", TODAY, date(2026, 5, 31))),
        *(("12m", TODAY, date(2025, 7, 1)), ("1y", TODAY, date(2025, 7, 1))),
        *(("1m", date(2026, 3, 31), date(2026, 3, 1)), ("1m", date(2024, 3, 30), date(2024, 3, 1))),
        *(
            ("1m", date(2026, 1, 15), date(2025, 12, 16)),
            ("12m", date(2024, 2, 29), date(2023, 3, 1)),
        ),
        *(
            ("1m", date(2026, 12, 31), date(2026, 12, 1)),
            ("11m", date(2026, 11, 30), date(2025, 12, 31)),
        ),
        ("1m", date(2026, 1, 31), date(2026, 1, 1)),
    ],
)
def test_a_span_ends_today(span, today, first):
    assert first_day(span, today) == first


@pytest.mark.parametrize(
    "span", ["", "0d", "12", "m", "1.5m", "-1d", "1h", "1 d", "1234567d", "1dd"]
)
def test_what_is_no_span(span):
    with pytest.raises(RefgraphError, match="is not a span of time; write it like 90d, 8w, 12m or"):
        first_day(span, TODAY)


@pytest.mark.parametrize("span", ["999999d", "999999w", "99999m", "2026y", "9999y"])
def test_a_span_that_begins_before_the_calendar(span):
    with pytest.raises(RefgraphError, match=f"^{span} reaches back before the calendar begins$"):
        first_day(span, TODAY)


@given(DAYS, st.integers(1, 40))
def test_spans_are_laid_end_to_end(today, number):
    """A week is seven days and a year twelve months; the day before a span ends the one before."""
    assert first_day(f"{number}w", today) == first_day(f"{7 * number}d", today)
    assert first_day(f"{number}y", today) == first_day(f"{12 * number}m", today)
    day_before = first_day(f"{number}d", today) - timedelta(days=1)
    assert first_day("3d", day_before) == first_day(f"{number + 3}d", today)
    if today.day <= 28:
        month_before = first_day(f"{number}m", today) - timedelta(days=1)
        assert month_before.day == today.day
        assert first_day("2m", month_before) == first_day(f"{number + 2}m", today)
