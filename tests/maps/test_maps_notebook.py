"""A map in a notebook: a picture by itself, the page when it is to be explored."""

from __future__ import annotations

import base64
import html
import importlib.util
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from refgraph import Book, maps
from refgraph.errors import RefgraphError
from refgraph.maps.notebook import Explorer, explorer

LIVE = importlib.util.find_spec("anywidget") is not None
live = pytest.mark.skipif(not LIVE, reason="the extra notebook (anywidget) is not installed")


class Held(HTMLParser):
    """The attributes of each element."""

    def __init__(self):
        super().__init__()
        self.tags = {}

    def handle_starttag(self, tag, attributes):
        assert tag not in self.tags
        self.tags[tag] = dict(attributes)


@pytest.fixture(scope="module")
def scene():
    return maps.draw("connectors", Book.sample())


@pytest.fixture
def still(scene, monkeypatch):
    """Give the page as it is without the extra."""
    monkeypatch.setattr(explorer, "find_spec", lambda name: None)
    return scene.explore(height=500)


def test_a_scene_is_a_picture_by_default(scene):
    shown, _ = DisplayFormatter().format(scene)
    assert set(shown) == {"image/png", "text/plain"}
    assert shown["image/png"] == scene.to_show()


@pytest.mark.parametrize("kind", list(maps.KINDS))
def test_a_picture_in_a_notebook_has_the_width_of_a_cell_and_its_letters_their_size(kind):
    shown = maps.draw(kind, Book.sample(), theme="dark").for_notebook()
    assert (shown.W, shown.theme, shown.for_notebook) == (1200, "dark", None)
    assert min(text["px"] for text in [*shown.labels, *shown.captions]) >= 10.5


def test_a_picture_of_a_size_of_ones_own_is_shown_as_it_is():
    scene = maps.draw("owed", Book.sample(), width=1200)
    assert scene.to_show() == scene.to_bytes("png")


def test_explored_it_is_a_sandboxed_frame_with_the_picture_behind_it(scene, still):
    shown, _ = DisplayFormatter().format(still)
    assert set(shown) == {"text/html", "text/plain"}
    held = Held()
    held.feed(shown["text/html"])
    assert list(held.tags) == ["div", "img", "iframe"]
    assert held.tags["iframe"]["sandbox"] == "allow-scripts"
    assert html.unescape(held.tags["iframe"]["srcdoc"]) == html.unescape(scene.to_html())
    picture = held.tags["img"]["src"].split(",")[1]
    assert base64.b64decode(picture) == scene.to_show()
    assert "min-height:500px" in shown["text/html"]


def test_a_page_that_stands_alone_tells_nobody_who_is_selected(scene):
    assert "postMessage" not in scene.to_html()
    assert "postMessage" in explorer._read("selection.js")


def test_without_the_extra_nobody_is_selected_and_this_is_said(scene, still):
    assert (still.is_live, still.selected) == (False, None)
    for ask in (lambda: still.select("Alice Merton"), lambda: still.when_selected(print)):
        with pytest.raises(RefgraphError, match=r"Install refgraph\[notebook\]"):
            ask()
    with pytest.raises(RefgraphError, match="Cy is not on this map"):
        still.select("Cy")


@live
def test_a_selection_reaches_python(scene):
    page, told = scene.explore(), []
    page.when_selected(told.append)
    person = next(iter(scene.nodes))
    page._widget.selected = person  # as the page sets it
    assert page.selected == person
    assert repr(page) == f"<Explorer of {len(scene.nodes)} people: {person} is selected>"
    page.select(None)
    assert told == [person, None]
    assert page.selected is None


@live
@given(data=st.data())
def test_whoever_is_drawn_can_be_selected_and_nobody_else(scene, live_page, data):
    person = data.draw(st.sampled_from([*scene.nodes]) | st.text(min_size=1))
    if person in scene.nodes:
        live_page.select(person)
        assert live_page.selected == person
    else:
        before = live_page.selected
        with pytest.raises(RefgraphError, match="not on this map"):
            live_page.select(person)
        assert live_page.selected == before


@pytest.fixture(scope="module")
def live_page(scene):
    return Explorer(scene)


@live
def test_a_live_page_brings_its_static_form_along(scene):
    page = Explorer(scene, 500)
    shown, _ = DisplayFormatter().format(page)
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/html"] == explorer._frame(scene, 500)
    assert shown["text/plain"] == repr(page)
