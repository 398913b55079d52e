"""Plots draw the table they are given, on the axes they are given."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from refgraph import plots, reciprocity, referral_graph

SHARE = st.floats(0, 1)
NASTY = ["Cash $$ Money", "=1+1", "محمد علي", "NA", "a_b^c"]
RANGES = pd.DataFrame(
    {"person": NASTY, "added": 0.5, "added_low": 0.1, "added_high": 0.9, "auc": 0.5,
     "auc_low": 0.1, "auc_high": 0.9}, index=NASTY,
)  # fmt: skip
TABLES = {
    "added": RANGES,
    "scores": RANGES,
    "ageing": pd.DataFrame({"referrals": [3, 1], "people": [2, 1]}, index=["0-30", "31-90"]),
    "returned": reciprocity.by_person(referral_graph([("$a$", "b", 2), ("b", "$a$", 1)])),
    "answers": pd.DataFrame({"days": [0, 9], "share": [0, 0.4], "low": [0, 0.2], "high": [0, 0.7]}),
}


def axes():
    return Figure().subplots()


def test_every_plot_is_tried_here():
    assert set(TABLES) == set(plots.__all__)


@pytest.mark.parametrize("name", TABLES)
def test_a_plot_draws_on_the_axes_given_and_changes_nothing_else(name):
    table, before, settings = TABLES[name], TABLES[name].copy(), dict(mpl.rcParams)
    ax = axes()
    assert getattr(plots, name)(table, ax=ax) is ax
    assert ax.has_data()
    assert ax.get_xlabel()
    ax.figure.savefig("/dev/null", format="png")  # names are no mathematics
    pd.testing.assert_frame_equal(table, before)
    assert dict(mpl.rcParams) == settings


@pytest.mark.parametrize("name", TABLES)
def test_a_plot_without_axes_makes_a_figure_and_takes_no_rows(name):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    ax = getattr(plots, name)(TABLES[name].head(0))
    try:
        assert plt.get_fignums() == [*before, ax.figure.number]
    finally:
        plt.close(ax.figure)


@pytest.mark.parametrize("name", ["added", "scores"])
def test_names_are_drawn_as_they_are_in_the_order_of_the_table(name):
    ax = getattr(plots, name)(TABLES[name], ax=axes())
    texts = ax.get_yticklabels()
    assert [text.get_text() for text in texts] == NASTY
    assert not any(text.get_parse_math() for text in texts)
    assert ax.yaxis_inverted()


@pytest.mark.parametrize("name", TABLES)
def test_the_conditions_of_a_table_stand_under_its_plot(name):
    table = TABLES[name].copy()
    table.attrs["conditions"] = "Only with $ the client's $ consent. " * 9 + "Not legal advice."
    figure = Figure(layout="constrained")
    ax = getattr(plots, name)(table, ax=figure.subplots())
    told = next(text for text in ax.texts if "legal" in text.get_text())
    assert " ".join(told.get_text().split()) == table.attrs["conditions"]
    figure.draw_without_rendering()
    page, held = figure.bbox, told.get_window_extent()
    assert page.x0 <= held.x0 < held.x1 <= page.x1
    assert page.y0 <= held.y0
    assert held.y1 <= ax.xaxis.get_tightbbox().y0


@given(rows=st.lists(st.tuples(SHARE, SHARE, SHARE), min_size=1, max_size=6))
def test_ranges_are_those_of_the_table(rows):
    low, at, high = np.sort(np.array(rows), axis=1).T
    table = pd.DataFrame({"auc_low": low, "auc": at, "auc_high": high})
    ax = plots.scores(table, ax=axes(), marker="s", color="black")
    dots = ax.lines[0]
    assert dots.get_xdata().tolist() == at.tolist()
    assert (dots.get_marker(), dots.get_color()) == ("s", "black")
    lines = [path.vertices for path in ax.collections[0].get_paths()]
    assert [line[:, 0].tolist() for line in lines] == np.stack([low, high], axis=1).tolist()
    assert [line[:, 1].tolist() for line in lines] == [[k, k] for k in range(len(rows))]


def test_only_so_many_are_drawn_and_named():
    assert len(plots.added(RANGES, top=2, ax=axes()).get_yticklabels()) == 2
    people = reciprocity.by_person(
        referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Bo", "Cy", 1), ("Di", "Ann", 1)])
    )
    ax = plots.returned(people, named=1, ax=axes())
    assert [text.get_text() for text in ax.texts] == ["Ann"]
    assert len(ax.collections[0].get_offsets()) == 2  # Cy never gave, Di never received


@pytest.mark.parametrize("name", TABLES)
def test_another_table_is_not_drawn_as_if_it_were_this_one(name):
    with pytest.raises(KeyError):
        getattr(plots, name)(pd.DataFrame({"other": [1]}), ax=axes())
