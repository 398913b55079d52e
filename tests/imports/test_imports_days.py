"""Dates and amounts have one form in a whole file, or the file is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.imports.cells.amounts import settle_amounts
from refgraph.imports.cells.date_order import is_partial, readings, settle_days
from refgraph.schema.text import FieldError

DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))
FORMS = ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y-%m-%d", "%Y%m%d"]
FORMS += ["%d/%m/%y", "%m/%d/%y"]
NAMED = ["%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def written(day, form):
    """Write a day as strftime does, with English months whatever the locale."""
    return day.strftime(form.replace("%b", MONTHS[day.month - 1]))


@given(st.lists(DAYS, min_size=1), st.sampled_from(FORMS + NAMED))
def test_dates_are_read_as_written_or_refused_never_as_another_day(days, form):
    texts = [written(day, form) for day in days]
    with suppress(FieldError):
        settled = settle_days(texts)
        assert [settled.read(text) for text in texts] == days
        return
    assert form not in (*NAMED, "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")
    with pytest.raises(FieldError, match="cannot be told apart") as caught:
        settle_days(texts)
    assert "--date-format" in caught.value.hint


@given(DAYS, st.sampled_from(FORMS + NAMED))
def test_a_stated_form_is_obeyed(day, form):
    assert settle_days([written(day, form)], form).read(written(day, form)) == day


@pytest.mark.parametrize(
    "time", [" 09:14", "T00:00:00.000", " 10:00 AM", ", 7:05:09 pm", " 09:14:00+02:00", "T09:14Z"]
)
def test_the_time_behind_a_date_is_left_off(time):
    assert settle_days([f"2026-02-13{time}"]).read(f"2026-02-13{time}") == date(2026, 2, 13)
    text = f"13/02/2026{time.replace('T', ' ')}"
    assert settle_days([text], "%d/%m/%Y").read(text) == date(2026, 2, 13)


def test_one_row_that_tells_is_enough_for_all():
    settled = settle_days(["01/02/2026", "02/14/2026", "n/a", ""])
    assert (settled.form, settled.read("01/02/2026")) == ("%m/%d/%Y", date(2026, 1, 2))
    with pytest.raises(FieldError, match="'n/a' is not a date"):
        settled.read("n/a")


def test_a_day_that_is_the_same_in_both_orders_tells_nothing_and_needs_nothing():
    assert settle_days(["05/05/2026"]).read("05/05/2026") == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["01/02/2026"], "'01/02/2026' is 2026-02-01 or 2026-01-02"),
        (["13/02/2026", "02/14/2026"], "in more than one form: '13/02/2026' and '02/14/2026'"),
        (["01/02/2026", "14 Feb 2026"], "'01/02/2026' is 2026-02-01 or 2026-01-02"),
        (["10/11/12"], "'10/11/12' is 2012-11-10 or 2012-10-11"),
    ],
)
def test_what_may_be_two_days_is_refused(texts, message):
    with pytest.raises(FieldError, match="this file") as caught:
        settle_days(texts)
    assert message in str(caught.value)


def test_no_day_is_made_up():
    for text in [
        "31/02/2026",
        "0/1/2026",
        "Foo 3, 2026",
        "1 Ma 2026",
        "2026-13-01",
        "12",
        "٣/٤/٢٠٢٦",
    ]:
        assert readings(text) == {}


def test_months_are_english_whatever_their_length():
    day = date(2026, 9, 3)
    for text in ["3 Sep 2026", "3 Sept. 2026", "3-September-2026", "September 3rd, 2026"]:
        assert day in readings(text).values()


@pytest.mark.parametrize(
    "text",
    [
        *("7 Feb 2025", "Feb 7, 2025", "7. Februar 2025", "7. Feb. 2025", "7 février 2025"),
        *("7 févr. 2025", "7 de febrero de 2025", "7 febbraio 2025", "7 februari 2025"),
        *("7 de fevereiro de 2025", "2025-W06-5", "2025-038", "2025-02-07T09:30:00.5Z"),
        *("2025/02/07", "20250207", "7.2.2025", "07.02.25"),
    ],
)
def test_a_date_that_is_one_day_is_read_beside_any_other(text):
    settled = settle_days(["2026-01-31", text, "31.1.2026"])
    assert settled.read(text) == date(2025, 2, 7)
    assert settled.read("2026-01-31") == settled.read("31.1.2026") == date(2026, 1, 31)


def test_dotted_dates_have_the_day_first_unless_a_row_tells_otherwise():
    assert settle_days(["3.4.2025"]).read("3.4.2025") == date(2025, 4, 3)
    assert settle_days(["3.4.2025", "3.14.2025"]).read("3.4.2025") == date(2025, 3, 4)


@pytest.mark.parametrize("text", ["7 jui 2025", "7 Ma 2025", "7 Foo 2025"])
def test_what_may_be_two_months_or_none_is_no_date(text):
    assert readings(text) == {}


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%m/%d/%Y"])
def test_the_option_that_a_refusal_names_reads_the_whole_file(form):
    texts = ["03/04/2025", "7 Feb 2025", "2025-02-07", "5-6-25"]
    with pytest.raises(FieldError) as caught:
        settle_days(texts)
    assert form in caught.value.hint
    days = [settle_days(texts, form).read(text) for text in texts]
    first = {"%d/%m/%Y": (date(2025, 4, 3), date(2025, 6, 5))}
    one, last = first.get(form, (date(2025, 3, 4), date(2025, 5, 6)))
    assert days == [one, date(2025, 2, 7), date(2025, 2, 7), last]


def test_a_stated_form_is_no_license_for_another_order():
    for form, text in [("%d/%m/%Y", "02/14/2026"), ("%Y-%d-%m", "2026-02-14")]:
        with pytest.raises(FieldError, match="is not a date"):
            settle_days([text], form).read(text)
    assert settle_days(["20250207"], "unix").read("20250207") == date(1970, 8, 23)


@given(st.lists(st.decimals(0, 10**7, places=2), min_size=1), st.sampled_from(".,"))
def test_amounts_are_read_as_written_or_refused(amounts, mark):
    other = ",."[mark == ","]
    texts = [f"{amount:,.2f}".translate({44: other, 46: mark}) for amount in amounts]
    read = settle_amounts(texts)
    assert [float(read(text)) for text in texts] == [float(amount) for amount in amounts]


@given(st.lists(st.integers(0, 10**7).map(lambda number: f"{number:,}"), min_size=1))
def test_whole_amounts_with_marks_between_thousands_need_a_word(texts):
    unsure = any("," in text and text.count(",") == 1 for text in texts)
    certain = any(text.count(",") > 1 for text in texts)
    if unsure and not certain:
        with pytest.raises(FieldError, match="no amount of this file tells which"):
            settle_amounts(texts)
    plain = settle_amounts(texts, "point")
    assert [plain(text) for text in texts] == [text.replace(",", "") for text in texts]


def test_a_stated_mark_is_obeyed_and_symbols_are_left_off():
    assert settle_amounts(["1,500"], "comma")("1,500") == "1.500"
    assert settle_amounts([])("€ 12.50") == "12.50"
    assert settle_amounts([])("about 5") == "about 5"


def test_amounts_in_two_ways_are_refused():
    with pytest.raises(FieldError, match=r"in two ways: '1,500\.50' and '1\.500,50'"):
        settle_amounts(["1,500.50", "1.500,50"])


@pytest.mark.parametrize("mark", ["/", ".", "-"])
@pytest.mark.parametrize(
    ("digits", "year"), [("69", 1969), ("99", 1999), ("00", 2000), ("68", 2068)]
)
def test_two_digits_of_a_year_are_of_the_century_that_posix_says(mark, digits, year):
    days = readings(f"02{mark}03{mark}{digits}")
    assert days[f"%d{mark}%m{mark}%y"] == date(year, 3, 2)
    assert days[f"%m{mark}%d{mark}%y"] == date(year, 2, 3)


@given(DAYS, st.sampled_from([*FORMS, "%y/%m/%d", "%y-%m-%d"]))
def test_every_reading_of_numbers_is_the_one_of_strptime(day, form):
    text = written(day, form)
    days = readings(text)
    assert days[form] == day
    orders = ("%d{0}%m{0}%y", "%m{0}%d{0}%y", "%d{0}%m{0}%Y", "%m{0}%d{0}%Y", "%y{0}%m{0}%d")
    for other in [order.format(mark) for order in orders for mark in "/.-"]:
        try:
            expected = datetime.strptime(text, other).date()  # noqa: DTZ007
        except ValueError:
            assert other not in days
        else:
            assert days[other] == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [("%d/%m/%Y %H:%M", "13/02/2026 09:14"), ("%d.%m.%Y %I:%M %p", "13.02.2026 9:14 PM"),
     ("unix", "1770974040")],
)  # fmt: skip
def test_a_form_with_a_time_reads_the_time_too(form, text):
    assert settle_days([text], form).read(text) == date(2026, 2, 13)


@pytest.mark.parametrize("texts", [["1,200", "1.200", "12,5"], ["$1,200", "$1.200", "12.5"]])
def test_thousands_behind_both_marks_are_not_read_by_one(texts):
    with pytest.raises(FieldError, match="written in two ways"):
        settle_amounts(texts)
    assert settle_amounts(texts, "point")("1,200") == "1200"


@pytest.mark.parametrize("day", ["Mo, 02.03.2026", "Mon 2.3.2026", "Montag, 2. März 2026"])
def test_the_day_of_the_week_before_a_date_is_left_off(day):
    assert date(2026, 3, 2) in readings(day).values()


def test_a_dash_for_no_cents_is_no_part_of_an_amount():
    texts = ["12.000,-", "500,-- €", "1.200,50"]
    assert [*map(settle_amounts(texts), texts)] == ["12000", "500", "1200.50"]


@pytest.mark.parametrize("text", ["20 March", "March 20", "20.3.", "20-Mar", "20. März", "20 mars"])
def test_a_day_without_a_year_is_of_the_one_year_of_all_others(text):
    days = settle_days(["1.2.2026", "7.6.2026", text])
    assert str(days.read(text)) == "2026-03-20"
    assert days.of_year == (2026, (text,))
    for others in (["1.2.2025", "7.6.2026"], ["1.2.2026", "7.12.2026"]):  # perhaps of the next
        with pytest.raises(FieldError, match="has no year"):
            settle_days([*others, text]).read(text)


def test_a_day_without_a_year_says_nothing_of_which_number_is_the_month():
    with pytest.raises(FieldError, match="'3/4' is 2026-04-03 or 2026-03-04"):
        settle_days(["2026-01-20", "2026-01-28", "3/4"])


@pytest.mark.parametrize("text", ["3.1.2026", "1. 4. 2026", "4.3.26", "2.2.2026"])
def test_a_day_in_figures_is_no_quarter(text):
    assert not is_partial(text)
