"""The review in a real Chromium: at every width, by night, on paper, with and without scripts."""

from __future__ import annotations

import base64
import re
from datetime import date
from importlib import resources

import pytest

from refgraph import Book
from refgraph.analysis.comparing.changes import compare_with
from refgraph.analysis.comparing.earlier_book import book_on
from refgraph.analysis.comparing.snapshot import snapshot_of
from refgraph.analysis.pairing.pairings import members
from refgraph.review.handouts.handout_page import files as sheets
from refgraph.review.web_page import page
from tests.browser import browsing, marks
from tests.review.test_review_page import HOSTILE, around

pytestmark = marks("selenium", "axe_selenium_python")
PHONE, TABLET, DESKTOP = 390, 820, 1280
PAGES = ("adviser", "chapter", "club", "hostile", "sheet")
INCH = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def club():
    """The sample, as the book of a small chapter."""
    return Book.sample().altered(me=None)


@pytest.fixture(scope="module")
def files(tmp_path_factory, adviser, chapter, club):
    folder, day = tmp_path_factory.mktemp("reviews"), date(2026, 7, 1)
    then = snapshot_of(book_on(chapter, day))
    pages = {
        "adviser": page(with_decisions(adviser), since_review=day),
        "chapter": page(chapter, compared=compare_with(then, chapter)),
        "club": page(club, each=True),
        "hostile": page(around(HOSTILE)),
        "sheet": next(text for _, text in sheets(club)),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def with_decisions(book):
    """Give the book with a decision of which the page is to ask."""
    touches = book.touches.copy()
    touches.loc[len(touches)] = touches.iloc[-1]
    last = touches.index[-1]
    day = touches["date"][last]
    told = {"kind": "decision", "note": "asks the notary", "until": day, "about": ""}
    for name, value in told.items():
        touches.loc[last, name] = value
    return book.altered(touches=touches)


@pytest.fixture
def show(driver, files):
    """Open a page, and afterwards see that nothing was complained of."""

    def opened(name, width=DESKTOP, *, dark=False):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        driver.get((files / f"{name}.html").as_uri())
        return driver

    yield opened
    assert driver.get_log("browser") == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
def test_nothing_is_wider_than_the_screen(show, name, width):
    browser = show(name, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


SWIPED = """return [...document.querySelectorAll("figure")].filter((each) => each.offsetHeight)
.map((each) => [each.className, each.querySelector(".map")])
.filter(([, map]) => map.scrollWidth > map.clientWidth + 1).map(([name]) => name)"""


def test_no_map_is_cut_on_a_tablet_and_the_list_of_who_is_owed_not_on_a_phone(show):
    for name in ("adviser", "chapter"):
        assert show(name, TABLET).execute_script(SWIPED) == []
    swiped = show("adviser", PHONE).execute_script(SWIPED)
    assert "matrix narrow" in swiped
    assert not {"owed narrow", "owed wide", "pipeline phone", "timeline phone"} & {*swiped}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(show, name):
    script = resources.files("axe_selenium_python") / "node_modules/axe-core/axe.min.js"
    for width in (PHONE, DESKTOP):
        for dark in (False, True):
            browser = show(name, width, dark=dark)
            browser.execute_cdp_cmd(
                "Runtime.evaluate", {"expression": script.read_text(encoding="utf-8")}
            )
            found = browser.execute_async_script(
                "const done = arguments[0]; axe.run().then(done, (error) => done(String(error)))"
            )
            broken = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
            assert broken == []
            assert len(found["passes"]) > 20


def test_no_name_runs(show):
    browser = show("hostile")
    assert browser.execute_script("return document.querySelectorAll('script').length") == 1
    assert browser.execute_script("return document.querySelectorAll('img').length") == 0


def test_the_newer_blocks_are_on_these_pages(show):
    ids = "return [...document.querySelectorAll('main section')].map((each) => each.id)"
    assert {"changes", "decided"} <= {*show("adviser").execute_script(ids)}
    assert "changes" in show("chapter").execute_script(ids)
    assert {"members", "member-1", "member-7"} <= {*show("club").execute_script(ids)}
    heads = "return [...document.querySelectorAll('#findings h2')].map((each) => each.innerText)"
    for name in ("adviser", "chapter"):
        assert show(name).execute_script(heads) == ["In short", "To decide"]


@pytest.mark.parametrize("paper", INCH)
def test_it_prints_without_controls_and_with_page_numbers(show, paper):
    browser = show("adviser")
    wide, tall = INCH[paper]
    asked = {"paperWidth": wide, "paperHeight": tall, "printBackground": True}
    printed = browser.execute_cdp_cmd("Page.printToPDF", asked | {"preferCSSPageSize": True})
    content = base64.b64decode(printed["data"])
    pages = len(re.findall(rb"/Type\s*/Page\b", content))
    assert 6 <= pages <= 15
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    gone = browser.execute_script(
        "return ['nav', '.skip', '#findings a'].map((each) => "
        "getComputedStyle(document.querySelector(each)).display)"
    )
    assert gone == ["none"] * 3
    form = "return getComputedStyle(document.querySelector('#decisions')).display"
    assert browser.execute_script(form) == "block"
    # so high at most that what goes before it fills a third of a sheet where it begins the next
    inside = {"width": round(96 * wide) - 98, "height": round(96 * tall) - 117}
    metrics = inside | {"deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    heights = browser.execute_script(
        "return [...document.querySelectorAll('figure')].map((each) => each.offsetHeight)"
    )
    assert 0 < max(heights) <= inside["height"] * 2 / 3
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("paper", INCH)
def test_the_sheet_of_a_member_is_one_sheet_of_paper(show, paper, club):
    browser, (wide, tall) = show("club"), INCH[paper]
    cut = "document.querySelectorAll('main > section:not(.handout)').forEach((e) => e.remove())"
    browser.execute_script(cut)
    asked = {"paperWidth": wide, "paperHeight": tall, "preferCSSPageSize": True}
    printed = browser.execute_cdp_cmd("Page.printToPDF", asked)
    pages = len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"])))
    assert pages - len(members(club)) in (0, 1)  # one is for what stands above them


def test_it_reads_the_same_without_scripts(show, driver):
    text = "return document.querySelector('main').innerText"
    with_scripts = show("adviser").execute_script(text)
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        assert show("adviser").execute_script(text) == with_scripts
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_somebody_on_a_map_is_shown_with_their_ties(show):
    browser = show("adviser")
    lit = browser.execute_script(
        """
        const svg = document.querySelector("figure.connectors svg");
        const marks = [...svg.querySelectorAll("[data-of]")];
        const mark = marks.find((each) => !each.dataset.of.includes(" "));
        mark.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        return [svg.querySelectorAll(".lit").length, marks.length];
        """
    )
    assert 0 < lit[0] < lit[1]


def test_colours_follow_the_night(show):
    ground = "return getComputedStyle(document.body).backgroundColor"
    assert show("adviser").execute_script(ground) == "rgb(255, 255, 255)"
    assert show("adviser", dark=True).execute_script(ground) == "rgb(20, 23, 28)"
