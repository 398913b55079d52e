"""A map on axes of the user: as large as they are, and nothing there but the map."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from refgraph import Book, maps
from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.maps import on_axes

KINDS = list(maps.KINDS)


@pytest.fixture(scope="module")
def book():
    return Book.sample()


@pytest.fixture(scope="module")
def placed(book):
    """Draw every kind on the right half of a figure, beside axes that are somebody else's."""
    found = {}
    for kind in KINDS:
        figure = Figure(figsize=(24, 9), dpi=50)
        other, ax = figure.subplots(1, 2)
        found[kind] = figure, other, ax, maps.draw(kind, book, ax=ax)
    return found


def pixels(figure, **options):
    stream = io.BytesIO()
    figure.savefig(stream, format="png", **options)
    return np.asarray(Image.open(stream).convert("RGB"), dtype=float)


@pytest.mark.parametrize("kind", KINDS)
def test_axes_hold_the_map_without_its_heading_and_legend(placed, kind):
    figure, other, ax, scene = placed[kind]
    assert (scene.figure, scene.ax) == (figure, ax)
    assert not other.texts
    assert not other.collections
    shown = [text.get_text() for text in ax.texts]
    key = {item["text"] for item in scene.legend.get("items", ())} - {
        "both ways"
    }  # heads a column too
    assert scene.title not in shown
    assert not (key - {*scene.nodes}) & {*shown}  # whom the title names, the key names too
    assert {label["text"] for label in scene.labels} <= {*shown}
    assert len(shown) < len(scene.written)


def test_letters_and_lines_follow_axes_that_a_layout_makes_larger_or_smaller(book):
    figure = Figure(figsize=(12, 8), layout="constrained")
    axes = figure.subplots(2, 2).ravel()
    before = axes[0].get_window_extent().width
    scene = maps.draw("connectors", book, ax=axes[0])
    for ax in axes[1:]:
        ax.set_axis_off()
    pixels(figure)
    ax = axes[0]
    assert ax.get_window_extent().width > 1.1 * before
    (left, right), extent = ax.get_xlim(), ax.get_window_extent()
    point = 72 / figure.dpi * extent.width / (right - left)
    sizes = {text.get_text(): text.get_fontsize() for text in ax.texts}
    for label in scene.labels:
        assert sizes[label["text"]] == pytest.approx(label["px"] * point, rel=0.05)
    wide = [width for one in ax.collections[1:] for width in np.atleast_1d(one.get_linewidth())]
    told = [width for layer in scene.layers for width in layer.style.widths]
    assert max(wide) == pytest.approx(max(told) * point, rel=0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_painted_fits_the_axes_and_fills_them_where_it_can(placed, kind):
    _, _, ax, _ = placed[kind]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    box = ax.get_window_extent()
    filled = (right - left) / (bottom - top) / (box.width / box.height)
    if kind in {"connectors", "timeline"}:  # rows are no higher for more room
        assert 0.9 < filled < 1.1
    for text in ax.texts:
        x, y = text.get_position()
        assert left <= x <= right
        assert top <= y <= bottom


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_picture_without_what_stands_around_it(book, kind):
    size = {"width": 1300, "height": 1000, "theme": "print"}
    alone = maps.draw(kind, book, **size)
    low, high = on_axes._extent(alone)
    low, high = np.floor(low), np.ceil(high)
    figure = Figure(figsize=(high - low) / 100, dpi=100)
    ax = figure.add_axes((0, 0, 1, 1))
    maps.draw(kind, book, **size, ax=ax)
    ax.set_xlim(low[0], high[0])
    ax.set_ylim(high[1], low[1])
    (left, top), (right, bottom) = low.astype(int), high.astype(int)
    ours, theirs = pixels(figure), pixels(alone.figure)[top:bottom, left:right]
    assert ours.shape == theirs.shape
    off = np.abs(ours - theirs).max(axis=2) > 96
    assert off.mean() < 0.004  # edges are a part of a pixel elsewhere


@pytest.mark.parametrize("place", [(0.1, 0.3, 0.8, 0.6), (0, 0, 1, 1)], ids=["room", "none"])
def test_the_conditions_of_a_profession_stand_under_the_map(book, place):
    figure = Figure(figsize=(9, 6))
    ax = figure.add_axes(place)
    bound = book.altered(settings=replace(book.settings, profile="law"))
    maps.draw("owed", bound, ax=ax)
    told = ax.texts[-1]
    assert " ".join(told.get_text().split()) == professional_limits.conditions(bound)
    figure.draw_without_rendering()
    held, page, drawn = told.get_window_extent(), figure.bbox, ax.get_window_extent()
    assert page.y0 <= held.y0
    assert held.y1 <= drawn.y0 or not place[1]


def test_a_size_of_ones_own_is_kept_and_a_map_too_high_is_drawn_smaller(book):
    ax = Figure(figsize=(12, 2)).add_axes((0, 0, 1, 1))
    flat = maps.draw("owed", book, ax=ax)
    assert max(text.get_size() for text in ax.texts) < 10  # letters of 18 pixels are 13 points
    assert all(abs(x) < flat.W and 0 < y < flat.H for x, y, _ in flat.nodes.values())
    assert maps.draw("owed", book, ax=ax, width=1500).W == 1500


def test_a_book_of_nobody_says_so_on_axes_too(make_book):
    ax = Figure().add_axes((0, 0, 1, 1))
    scene = maps.draw("connectors", make_book("date,giver,receiver\n"), ax=ax)
    assert scene.title == "No referrals to draw yet"
    assert [text.get_text()[:6] for text in ax.texts] == ["Record"]


def test_what_cannot_be_drawn_alone_cannot_be_drawn_on_axes(book):
    figure = Figure()
    ax = figure.add_axes((0, 0, 1, 1))
    with pytest.raises(RefgraphError, match="no theme 'pink'"):
        maps.draw("owed", book, ax=ax, theme="pink")
    ax.remove()
    with pytest.raises(RefgraphError, match="taken off their figure"):
        on_axes._figure_of(ax)
