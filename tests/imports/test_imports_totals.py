"""Rows of totals are left out by what they are, and names that look like one are kept."""

from __future__ import annotations

import pytest
from exports import take
from hypothesis import given
from hypothesis import strategies as st

from refgraph.imports.cells.totals import total_rows

_ABOVE = [["2026-01-02", "Ann Lee", "1,200"], ["2026-02-03", "Bo Park", "300"]]


@pytest.mark.parametrize(
    "foot",
    [
        ["Total", "", "1,500"],
        ["", "TOTAL:", "1,500"],
        ["", "", "$1,500.00"],
        ["Summe", "", "1.500"],
        ["Total général", "", "1 500 €"],
        ["", "Grand Total", "9"],
        ["Totaal", "", ""],
        ["Total referrals: 2", "", ""],
    ],
)
def test_a_total_at_the_foot_is_found(foot):
    assert total_rows([*_ABOVE, foot]) == [2]


@pytest.mark.parametrize(
    "row",
    [
        ["2026-03-01", "Total", "1,500"],
        ["", "Total Energy", "1,500"],
        ["", "Bo Park", "1,500"],
        ["", "", "1,400"],
        ["Sum", "Total", "1,500"],
    ],
)
def test_a_row_that_says_more_or_another_number_is_kept(row):
    assert total_rows([*_ABOVE, row]) == []


def test_a_name_among_many_is_no_total():
    rows = [["Som", "4"], ["Ann", "2"], ["Soma", "3"], ["Bo", "5"], ["Cy", "1"], ["Di", "7"]]
    assert total_rows(rows) == []


def test_each_part_has_its_subtotal():
    part = [["Ann", "2"], ["Bo", "3"], ["Subtotal", "5"]]
    more = [["Cy", "1"], ["Di", "7"], ["Subtotal", "8"], ["Total", "13"]]
    assert total_rows([*part, *more]) == [2, 5, 6]


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8))
def test_law_the_sum_of_a_column_is_found_and_one_beside_it_is_not(numbers):
    rows = [[f"Person {at}", f"{number:,}"] for at, number in enumerate(numbers)]
    total = sum(numbers)
    assert total_rows([*rows, ["", f"{total:,}.00"]]) == [len(rows)]
    assert total_rows([*rows, ["", f"{total + 1:,}.00"]]) == []


def test_every_part_has_its_subtotal_however_many_there_are():
    part = [["Ann", "2"], ["Bo", "3"], ["Subtotal", "5"]]
    assert total_rows(part * 400) == [*range(2, 1200, 3)]


def test_a_column_is_added_up_once_however_many_rows_may_say_its_total():
    class Counted(list):
        taken = 0

        def __getitem__(self, at):
            Counted.taken += 1
            return super().__getitem__(at)

    rows = Counted([[f"Total {at % 9000 + 1000}", "7"] for at in range(3000)])
    assert total_rows(rows) == [*range(2997, 3000)]
    assert Counted.taken <= 2 * len(rows)


def test_a_pivot_table_with_subtotals_counts_each_pair_once(tmp_path, export):
    rows = "Ann,Bo,2\n,Cy,3\nAnn Total,,5\nBo,Ann,1\nBo Total,,1\nGrand Total,,6\n"
    path = export("x.csv", f"Referrer,Receiver,Count of Client\n{rows}")
    plan = take(tmp_path / "new", path, above=("Referrer",))
    pairs = [(row["giver"], row["receiver"], row.get("count", 1)) for row in plan.rows["referrals"]]
    assert pairs == [("Ann", "Bo", 2), ("Ann", "Cy", 3), ("Bo", "Ann", 1)]
    assert plan.left_out == {"totals": 3}
