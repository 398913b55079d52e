"""Orders of whole numbers are those of numpy, whatever their size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.analysis.statistics.sorting import among, distinct, numbered, order_of, place_in

SIZES = [3, 2**20, 2**40, 2**62]  # few levels; some fit beside a row; the last do not


def lists(most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(-most, most - 1), max_size=12)


@pytest.mark.parametrize("most", SIZES)
@given(data=st.data())
def test_they_are_as_numpy_gives_them(most: int, data: st.DataObject) -> None:
    values = np.array(data.draw(lists(most)), dtype=np.int64)
    some = np.sort(np.array(data.draw(lists(most)) + values[:2].tolist(), dtype=np.int64))
    second = values[::-1] // 2
    assert order_of(values).tolist() == np.argsort(values, kind="stable").tolist()
    assert order_of(second, values).tolist() == np.lexsort((values, second)).tolist()
    assert distinct(values).tolist() == np.unique(values).tolist()
    theirs = np.unique(values, return_index=True, return_inverse=True)
    assert [each.tolist() for each in numbered(values)] == [each.tolist() for each in theirs]
    assert among(values, some).tolist() == np.isin(values, some).tolist()
    for side in ("left", "right"):
        theirs = np.searchsorted(some, values, side)
        assert place_in(some, values, side).tolist() == theirs.tolist()
