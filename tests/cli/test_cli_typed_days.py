"""Days as they are typed: words, dates that can be one day only, and the form of the tables."""

from __future__ import annotations

from datetime import date, timedelta

import click
import pytest
import surface
from hypothesis import given
from hypothesis import strategies as st

from refgraph.cli.reading.typed_day import DaysAgo, read_day
from refgraph.schema.text import FieldError

REFERRALS = "date,giver,receiver\n2026-01-08,Ann Lee,Dana Reed\n"


@pytest.fixture
def book(tmp_path):
    (tmp_path / "referrals.csv").write_text(REFERRALS, encoding="utf-8")
    (tmp_path / "refgraph.toml").write_text('me = "Dana Reed"\ntoday = 2026-06-30\n', "utf-8")
    return tmp_path


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_a_day_is_read_in_every_form_that_can_be_it_only(day):
    assert read_day(f"{day:%Y-%m-%d}") == read_day(f"{day:%d.%m.%Y}") == day
    assert read_day(f"{day:%m/%d/%Y}", "%m/%d/%Y") == day
    slashed = f"{day.month}/{day.day}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert read_day(slashed) == day
    else:
        with pytest.raises(FieldError, match=f"{day}"):
            read_day(slashed)


@pytest.mark.parametrize("text", ["45000", "soon", "2026-02-31", "yesterdays", "13/13/26"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(FieldError):
        read_day(text)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("yesterday", "2026-06-29"), ("Today", "2026-06-30"), ("3/14/26", "2026-03-14")],
)
def test_yesterday_is_that_of_the_book(run, book, typed, day):
    said = run("add", "Ann Lee", "me", "--date", typed, "-b", book)
    assert said.stdout == f"{day},Ann Lee,Dana Reed\n"


def test_yesterday_is_counted_from_the_day_that_was_said(run, book):
    words = ["add", "Ann Lee", "me", "--date", "yesterday", "-b", book]
    assert run(*words, "--today", "2026-03-01").stdout.startswith("2026-02-28,")
    (book / "refgraph.toml").unlink()
    real = date.today() - timedelta(days=1)  # noqa: DTZ011
    assert run(*words, "--me", "Dana Reed").stdout.startswith(str(real))


def test_a_book_of_american_dates_takes_them(run, book):
    (book / "referrals.csv").write_text("date,giver,receiver\n01/08/26,Ann Lee,Dana Reed\n")
    form = ["--date-format", "%m/%d/%y"]
    said = run("add", "Ann Lee", "me", "--date", "3/4/26", *form, "-b", book)
    assert said.stdout == "03/04/26,Ann Lee,Dana Reed\n"
    said = run("add", "Ann Lee", "me", "--date", "3/4/26", "-b", book, status=2).stderr
    assert "'3/4/26' is 2026-04-03 or 2026-03-04; write 2026-04-03 or 2026-03-04" in said


def takes_a_day(parameter):
    return parameter.metavar == "DATE" and isinstance(parameter, click.Option)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, each.opts[-1])
        for name, command in surface.tree().items()
        for each in command.params
        if takes_a_day(each)
    ],
)
def test_no_option_of_any_command_is_left_with_a_word_for_a_day(monkeypatch, book, command, option):
    """Each reads yesterday, and hands a day to the command."""
    command = surface.tree()[command]
    context = click.Context(command)
    parameter = next(each for each in command.params if option in each.opts)
    assert parameter.process_value(context, "yesterday") == DaysAgo(1)
    assert parameter.process_value(context, "2026-03-14") == date(2026, 3, 14)
