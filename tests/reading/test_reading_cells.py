"""Values of frames become the text that a file would hold; what none can hold is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.reading.frames.cell_text import is_missing, text_column, text_of
from refgraph.schema.text import FieldError

MOMENT = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        *((value, "", "") for value in (None, float("nan"), pd.NA, pd.NaT, Decimal("NaN"))),
        *(
            (Decimal("sNaN"), "", ""),
            (np.float32("nan"), "count", ""),
            (np.datetime64("NaT", "D"), "", ""),
        ),
        *(("NaN", "", "NaN"), ("", "", ""), (np.str_("a"), "", "a"), (True, "", "TRUE")),
        *((np.bool_(False), "", "FALSE"), (7, "", "7"), (np.int8(7), "", "7"), (3.0, "", "3")),
        *((2.5, "", "2.5"), (0.1 + 0.2, "value", "0.3"), (1e-12, "value", "0.000000000001")),
        *((1e22, "", "1" + "0" * 22), (np.float32("0.1"), "value", "0.1"), (-0.5, "", "-0.5")),
        *((Decimal("1250.50"), "value", "1250.50"), (Decimal("3.00"), "count", "3")),
        *((Decimal("3.00"), "value", "3.00"), (Decimal("1E+3"), "", "1000")),
        *((Decimal("Infinity"), "", "Infinity"), (float("inf"), "", "Infinity")),
        *((10**399, "", str(10**399)), (Decimal("1E+399"), "", str(10**399))),
        *((date(2026, 1, 5), "", "2026-01-05"), (MOMENT, "date", "2026-01-05")),
        *((MOMENT, "note", "2026-01-05 23:30:00+00:00"),),
        (pd.Timestamp(MOMENT), "until", "2026-01-05"),
        *((datetime(2026, 1, 5), "note", "2026-01-05"), (UUID(int=1), "", str(UUID(int=1)))),  # noqa: DTZ001
        *((pd.Period("2026-01"), "", "2026-01"), (["a", "b"], "", "a; b"), ((), "", "")),
        (np.array(["a"], dtype=object), "", "a"),
    ],
)
def test_a_value_is_written_as_a_file_holds_it(value, name, text):
    assert text_of(value, name) == text


@pytest.mark.parametrize(
    ("value", "message"),
    [
        *((value, "of type dict") for value in ({}, {"a": 1})),
        *(
            (b"a", "of type bytes"),
            (object(), "of type object"),
            (timedelta(1), "of type timedelta"),
        ),
        *(([1], "a list, and not all of it is text"), (("a", None), "not all of it is text")),
        *((10**400, "more than 400 digits"), (Decimal("1E+400"), "more than 400 digits")),
        *((-(10**400), "more than 400 digits"), (Decimal("1E-400"), "more than 400 digits")),
        *((1j, "of type complex"),),
    ],
)
def test_a_value_that_no_file_can_hold(value, message):
    with pytest.raises(FieldError, match=message):
        text_of(value)


def test_a_missing_list_is_none():
    assert not is_missing([])
    assert not is_missing([None])
    assert not is_missing(0)


CELL = st.sampled_from(["a", "", None, 1, True, 2.5, float("nan"), {}, MOMENT, date(2026, 1, 5)])


@given(st.lists(CELL, max_size=6))
def test_a_column_is_its_cells_one_by_one(values):
    column, wrong = text_column(pd.Series(values, dtype=object), "note")
    for row, value in enumerate(values):
        if row in wrong:
            assert column[row] == ""
            with pytest.raises(FieldError, match=str(wrong[row])):
                text_of(value, "note")
        else:
            assert column[row] == text_of(value, "note")


def test_days_are_those_of_their_own_zone():
    moments = pd.Series([MOMENT, None, MOMENT], dtype="datetime64[ns, UTC]")
    for zone, day in (("UTC", "2026-01-05"), ("Asia/Tokyo", "2026-01-06")):
        assert text_column(moments.dt.tz_convert(zone), "date") == ([day, "", day], {})
