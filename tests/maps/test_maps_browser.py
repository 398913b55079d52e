"""The interactive page in a real Chromium: what it says, shows, forbids, and how it is used."""

from __future__ import annotations

import io
import itertools
import json
import re
import time
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import nbformat
import networkx as nx
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from refgraph import maps
from refgraph.maps.scenes.details import Details, Person, Tie
from refgraph.maps.scenes.scene import Scene
from tests.browser import browsing, marks
from tests.strategies import TODAY, book_of

pytestmark = marks("selenium", "nbconvert")
NASTY = "<script>alert(1)</script>"
READY = "return Boolean(picture && same(picture.at, view) && !asked)"
SPOT = """
const p = people.find((each) => each.name === arguments[0]);
const at = canvas.getBoundingClientRect();
return [p.x * view.scale + view.x + at.left, p.y * view.scale + view.y + at.top];
"""


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    flags = ("--hide-scrollbars", "--window-size=1400,900")
    with browsing(tmp_path_factory.mktemp("profile"), *flags, performance="ALL") as browser:
        yield browser


@pytest.fixture(scope="module")
def book():
    rows = [
        (TODAY - timedelta(days=400), "محمد علي", "Me", 3, {"prospect": "Zoë O’Connor"}),
        (TODAY - timedelta(days=30), "محمد علي", "Me", 1, {"status": "won"}),
        (TODAY - timedelta(days=20), "Me", "王小明", 2),
        (TODAY - timedelta(days=10), NASTY, "Me", 1),
        (TODAY - timedelta(days=9), "Me", NASTY, 1),
        (None, "王小明", NASTY, 5),
        (TODAY - timedelta(days=300), "Zoë O’Connor", "محمد علي", 1),
    ]
    people = [
        {"person": "محمد علي", "role": "client", "group": "north"},
        {"person": "王小明", "role": "partner", "group": "north"},
        {"person": NASTY, "role": "partner", "group": "south"},
        {"person": "Zoë O’Connor", "role": "client", "group": "south"},
    ]
    return book_of(rows, me="Me", people=people)


@pytest.fixture(scope="module")
def files(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for kind in maps.KINDS:
        maps.draw(kind, book).save(folder / f"{kind}.html")
    for theme in ("dark", "print"):
        maps.draw("matrix", book, theme=theme).save(folder / f"{theme}.html")
    return folder


@pytest.fixture(scope="module")
def connectors(drawn):
    return drawn("connectors", "adviser")


@pytest.fixture
def page(driver, files):
    """Open a page, and afterwards see that it asked for nothing and complained of nothing."""

    def show(name, width=1400, height=900, *, dark=False, mobile=False, ready=READY):
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                  {"name": "prefers-reduced-motion", "value": "reduce"}]  # fmt: skip
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        driver.get_log("performance")
        driver.get_log("browser")
        path = name if hasattr(name, "as_uri") else files / name
        driver.get(path.as_uri())
        wait(driver, ready)
        return driver

    yield show
    said = [line for line in driver.get_log("browser") if "readback" not in line["message"]]
    assert said == []  # but for reading pixels back, which only these tests do
    asked = [
        entry["params"]["request"]["url"]
        for entry in (
            json.loads(line["message"])["message"] for line in driver.get_log("performance")
        )
        if entry["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []


def wait(driver, script, *words):
    stop = time.monotonic() + 20
    while not (found := driver.execute_script(script, *words)):
        assert time.monotonic() < stop, script
        time.sleep(0.02)
    return found


def mouse(driver, kind, x, y, **more):
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **more})


def point_at(driver, person, *, click=False):
    x, y = driver.execute_script(SPOT, person)
    mouse(driver, "mouseMoved", x, y)
    if click:
        mouse(driver, "mousePressed", x, y, button="left", clickCount=1)
        mouse(driver, "mouseReleased", x, y, button="left", clickCount=1)


def press(driver, *keys):
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def text_of(driver, name):
    return driver.execute_script(f"return document.getElementById('{name}').innerText")


def table_of(driver, name):
    return {
        row[0]: row[1:]
        for row in driver.execute_script(
            f"return [...document.querySelectorAll('#{name} tbody tr')]"
            ".map((row) => [...row.cells].map((cell) => cell.textContent))"
        )
    }


def test_pointing_at_a_person_tells_the_ties_and_counts_of_the_book(page, book):
    driver = page("owed.html")
    G = book.graph()
    for person in ("محمد علي", "王小明"):
        point_at(driver, person)
        wait(driver, "return !document.getElementById('tip').hidden")
        told = text_of(driver, "tip")
        assert person in told
        gave = int(sum(w for _, _, w in G.out_edges(person, data="weight")))
        received = int(sum(w for _, _, w in G.in_edges(person, data="weight")))
        assert f"Gave {gave} referral" in told
        assert f"received {received} from" in told
    rows = table_of(driver, "tip")
    assert rows == {"You": ["–", "2"], NASTY: ["5", "–"]}
    _, y = driver.execute_script(SPOT, "Me")
    mouse(driver, "mouseMoved", 40, y + 300)
    wait(driver, "return document.getElementById('tip').hidden")


def test_a_click_keeps_the_person_and_a_name_of_markup_does_nothing(page):
    driver = page("owed.html")
    point_at(driver, NASTY, click=True)
    wait(driver, "return Boolean(state.pick)")
    assert (
        driver.execute_script("return document.querySelector('#card h2 bdi').textContent") == NASTY
    )
    assert driver.execute_script("return document.scripts.length") == 2
    assert table_of(driver, "card") == {"王小明": ["–", "5"], "You": ["1", "1"]}
    assert "Even" in text_of(driver, "card")
    driver.execute_script("document.querySelector('#card tbody button').click()")
    assert driver.execute_script("return state.pick.name") == "王小明"
    assert "You went first" in text_of(driver, "card")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("محمد علي", ["محمد علي"]),
        ("王小明", ["王小明"]),
        (NASTY, [NASTY]),
        ("zoe o'c", ["Zoë O’Connor"]),
    ],
)
def test_search_finds_names_in_any_script(page, typed, found):
    driver = page("connectors.html")
    press(driver, "/", typed)
    names = "return [...document.querySelectorAll('#hits bdi')].map((each) => each.textContent)"
    assert driver.execute_script(names) == found
    assert driver.switch_to.active_element.get_attribute("id") == "find"
    press(driver, "\ue007")
    assert driver.execute_script("return state.pick.name") == found[0]
    assert driver.execute_script("return document.scripts.length") == 2


def test_filters_leave_what_they_say(page):
    driver = page("connectors.html")

    def choose(name, value):
        driver.execute_script(
            "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            "field.dispatchEvent(new Event('change'))",
            name,
            value,
        )
        names = driver.execute_script("return people.filter((p) => p.shown).map((p) => p.name)")
        return sorted(names), text_of(driver, "shown")

    everybody = ["<script>alert(1)</script>", "Zoë O’Connor", "محمد علي", "王小明"]
    assert choose("role", "any") == (everybody, "4 people, 2 ties")
    assert choose("role", "partner") == ([NASTY, "王小明"], "2 of 4 people, 1 of 2 ties")
    assert choose("group", "north") == (["王小明"], "1 of 4 people, 0 of 2 ties")
    driver.execute_script("document.getElementById('reset').click()")
    assert choose("standing", "owe")[0] == ["محمد علي"]
    driver.execute_script("document.getElementById('reset').click()")
    shown, told = choose("from", str(TODAY - timedelta(days=310)))
    assert shown == everybody
    assert told == "4 people, 1 of 2 ties; 5 referrals without a date left out"
    driver.execute_script("choose(people.find((p) => p.name === 'محمد علي'))")
    assert table_of(driver, "card") == {"You": ["1", "–"], "Zoë O’Connor": ["–", "1"]}
    shown, told = choose("to", str(TODAY - timedelta(days=200)))
    assert shown == ["Zoë O’Connor", "محمد علي"]
    wait(driver, READY)


SET = """
const field = document.getElementById(arguments[0]);
field.value = arguments[1];
field.dispatchEvent(new Event('change'));
return [...document.querySelectorAll('header h1, header p')].map((each) => each.textContent)
"""


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_a_window_of_dates_says_what_the_map_of_that_window_says(
    page, drawn, request, tmp_path, name
):
    book = request.getfixturevalue(name)
    drawn("matrix", name, top=60).save(tmp_path / "m.html")
    driver = page(tmp_path / "m.html")
    title, counted = driver.execute_script(
        "return [...document.querySelectorAll('header h1, header p')].map((e) => e.textContent)"
    )
    for since, until in (("2026-01-01", None), ("2025-06-01", "2026-03-31")):
        driver.execute_script(SET, "to", "")
        said = driver.execute_script(SET, "from", since)
        if until:
            said = driver.execute_script(SET, "to", until)
        window = book.window(since=since, until=until)
        same = maps.matrix.draw(window, top=60)
        assert said[0] == same.title.replace(" yet", "")
        assert f"{len(same.nodes)} people, {len(same.cells)} ties" in said[1]
        total = window.graph().size(weight="weight")
        assert f", {total:,.0f} referrals" in said[1]
        assert f"without filters: {title}" in said[1]
        signs = driver.execute_script(
            "return onMarks.filter((each) => each.kind === 3 && ties[each.tie].shown).map((each) =>"
            "[ties[each.tie].giver.name, ties[each.tie].receiver.name, signOf(each).text])"
        )
        G = window.graph()
        assert len(signs) > 40
        assert {(u, v): text for u, v, text in signs} == {
            (u, v): f"{G.edges[u, v]['weight']:.0f}" for u, v, _ in signs
        }
        beside = driver.execute_script(
            "return tags.map(headingNow).flatMap((tag) => tag.parts.map((part) =>"
            "[tag.x + part.x, tag.y + part.y, part.text, part.px]))"
            ".filter(([x,,, px]) => ranks.some((rank) => Math.abs(rank - x) < 0.5))"
        )
        level = driver.execute_script("return crossed.map((p) => [p.name, p.y])")
        for person, y in level:
            line = [e for e in beside if abs(e[1] - y - 0.36 * e[3]) < 1]
            to = list(G.successors(person)) if person in G else []
            back = sum(G.has_edge(other, person) for other in to)
            gave, got = (d(person, weight="weight") or 0 for d in (G.out_degree, G.in_degree))
            told = [e[2] for e in sorted(line)]
            if len(level) == len(book.people) and person in G:
                shares = f"{back}/{len(to)}" if to else ""
                assert told == [f"{gave:.0f}", f"{got:.0f}", shares][: len(told)]
        rings = driver.execute_script(
            "return ink.filter((s) => s.tie >= 0 && ties[s.tie].shown)"
            ".map((s) => [ties[s.tie].giver.name, ties[s.tie].receiver.name, s.width > 0])"
        )
        assert all(ring != G.has_edge(v, u) for u, v, ring in rings)
    driver.execute_script("document.getElementById('reset').click()")
    again = "return [...document.querySelectorAll('header h1, header p')].map((e) => e.textContent)"
    assert driver.execute_script(again) == [title, counted]


def test_widths_and_headings_follow_the_dates(page, connectors, adviser, tmp_path):
    connectors.save(tmp_path / "c.html")
    driver = page(tmp_path / "c.html")
    driver.execute_script(SET, "from", "2026-03-01")
    found = driver.execute_script(
        "return lines.filter((s) => ties[s.tie].shown)"
        ".map((s) => [ties[s.tie].count, ties[s.tie].whole, s.width, s.full, s.line])"
    )
    assert any(count < whole for count, whole, *_ in found)
    width = {}
    for count, whole, now, full, color in found:
        if count == whole:
            width.setdefault((count, color), full)
            assert now == full
    for count, whole, now, full, color in found:
        assert now <= full
        if count < whole and (count, color) in width:
            assert now == pytest.approx(width[count, color], abs=0.06)
    G = adviser.window(since="2026-03-01").graph()
    told = driver.execute_script(
        "return tags.map(headingNow).flatMap((tag) => tag.parts.map((part) => part.text))"
    )
    group = adviser.people["group"]
    people = driver.execute_script("return people.filter((p) => p.shown).map((p) => p.name)")
    assert set(people) <= {p for p in G if G.degree(p)}
    counted = [text for text in told if " people" in text or " person" in text]
    assert counted
    # as on the map of that window: who has ties with me only stands in no group, but in a row
    others = {p for p in people if set(nx.all_neighbors(G, p)) - {adviser.me, p}}
    for text in counted:
        name, _, number = text.replace("\u200e", "").partition(": ")
        assert int(number.split()[0]) == sum(group[p] == name for p in others), text


def test_a_table_sorts_and_fits_a_phone(page):
    opened = "return !document.getElementById('sheet').hidden"
    driver = page("owed.html", 390, 800, mobile=True, ready=opened)  # it is a list
    rows = table_of(driver, "sheet")
    assert rows["محمد علي"] == ["you owe", "4", "400", "4", "–"]  # what passed with me alone
    assert rows["王小明"][1:3] == ["–", "–"]
    first = "return document.querySelector('#sheet tbody tr').cells[0].textContent"
    assert driver.execute_script(first) == "محمد علي"  # who is owed
    click = "document.querySelectorAll('#sheet th button')[arguments[0]].click()"
    each = "[...document.querySelectorAll('#sheet tbody tr')]"
    gave = f"return {each}.map((row) => row.cells[4].textContent)"
    driver.execute_script(click, 4)
    falling = [int(text.replace("–", "0")) for text in driver.execute_script(gave)]
    assert falling == sorted(falling, reverse=True)
    driver.execute_script(click, 4)
    assert [int(t.replace("–", "0")) for t in driver.execute_script(gave)] == sorted(falling)
    sort = "return document.querySelectorAll('#sheet th')[4].getAttribute('aria-sort')"
    assert driver.execute_script(sort) == "ascending"
    wide = "const s = document.getElementById('sheet'); return [s.scrollWidth, s.clientWidth]"
    inner, outer = driver.execute_script(wide)
    assert inner <= outer
    driver.execute_script("document.getElementById('listing').click()")
    wait(driver, READY)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("o’connor zoe", "Zoë O’Connor"),
        ("conor", "Zoë O’Connor"),
        ("zoeoconnor", "Zoë O’Connor"),  # without what stands between the words
        ("zxe connor", "Zoë O’Connor"),  # a short word amiss beside one that is right
        ("محد علي", "محمد علي"),
    ],
)
def test_search_takes_words_in_any_order_and_one_letter_amiss(page, typed, found):
    driver = page("connectors.html")
    press(driver, "/", typed)
    names = "return [...document.querySelectorAll('#hits bdi')].map((each) => each.textContent)"
    assert driver.execute_script(names) == [found]


def test_a_link_opens_the_page_at_a_person(page, files):
    driver = page("owed.html")
    driver.execute_script("location.hash = encodeURIComponent(arguments[0])", NASTY)
    wait(driver, "return Boolean(state.pick)")
    assert driver.execute_script("return state.pick.name") == NASTY


def test_the_keyboard_reaches_everybody_and_says_so(page):
    driver = page("owed.html")
    driver.execute_script("canvas.focus()")
    seen = set()
    for _ in range(12):
        press(driver, "\ue00f")  # page down
        seen.add(driver.execute_script("return state.hover.name"))
        assert driver.execute_script("return state.hover.name") in text_of(driver, "live").replace(
            "You", "Me"
        )
    assert seen == {"Me", "محمد علي", "王小明", NASTY}
    driver.execute_script("choose(null); look(me)")
    press(driver, "\ue012")  # left: whom I owe
    assert driver.execute_script("return state.hover.name") == "محمد علي"
    press(driver, "\ue007")
    assert "You owe them 4 referrals; the oldest has waited 400 days" in text_of(driver, "card")
    said = text_of(driver, "live")
    assert "Ties: \u2068You\u2069: gave 4; \u2068Zoë O’Connor\u2069: received 1" in said
    press(driver, "\ue00c")
    assert driver.execute_script("return [state.pick, state.hover]") == [None, None]
    before = driver.execute_script("return view.scale")
    press(driver, "+")
    assert driver.execute_script("return view.scale") > before
    press(driver, "0")
    assert driver.execute_script("return view.scale") == before
    press(driver, "\ue004")
    assert driver.switch_to.active_element.get_attribute("id") == "closer"  # tab goes on


def test_the_table_lists_everybody_as_text(page):
    driver = page("owed.html")
    driver.execute_script("document.getElementById('listing').click()")
    rows = table_of(driver, "sheet")
    assert set(rows) == {"You", "محمد علي", "王小明", NASTY}
    assert rows["محمد علي"] == ["client", "north", "you owe", "4", "1", "2"]
    driver.execute_script("document.getElementById('listing').click()")
    wait(driver, READY)


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_is_owed_is_a_list_while_the_page_is_narrow_until_the_reader_chooses(page, by_hand):
    driver = page("owed.html", 600, ready="return !sheet.hidden && stage.hidden")
    if by_hand:
        driver.execute_script("listing.click(); listing.click()")
    for width, listed in ((1200, by_hand), (600, True)):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        wait(driver, f"return innerWidth === {width} && sheet.hidden === {str(not listed).lower()}")
        pressed = driver.find_element("id", "listing").get_attribute("aria-pressed")
        assert pressed == str(listed).lower()
        if not listed:
            wait(driver, READY)


def test_night_is_dark_by_preference_and_by_hand(page):
    driver = page("connectors.html", dark=True)
    corner = "return [...pen.getImageData(2, 2, 1, 1).data].slice(0, 3)"
    ground = "return getComputedStyle(document.body).backgroundColor"
    assert max(driver.execute_script(corner)) < 40
    assert max(map(int, re.findall(r"\d+", driver.execute_script(ground)))) < 40
    driver.execute_script("document.getElementById('night').click()")
    wait(driver, READY)
    assert min(driver.execute_script(corner)) > 250


def test_a_page_of_a_theme_begins_in_it_and_turns_over(page):
    corner = "return [...pen.getImageData(2, 2, 1, 1).data].slice(0, 3)"
    turn = "document.getElementById('night').click()"
    for name, preferred, paper in (
        ("dark.html", False, [20, 23, 28]),
        ("print.html", True, [255, 255, 255]),
    ):
        driver = page(name, dark=preferred)
        assert driver.execute_script(corner) == paper  # its own colour, whatever is preferred
        ground = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert list(map(int, re.findall(r"\d+", ground))) == paper
        driver.execute_script(turn)
        wait(driver, READY)
        other = driver.execute_script(corner)
        assert min(other) > 245 if paper[0] < 128 else max(other) < 40
        driver.execute_script(turn)
        wait(driver, READY)
        assert driver.execute_script(corner) == paper


def test_every_kind_of_map_opens_and_tells_of_who_is_pointed_at(page):
    for kind in maps.KINDS:
        driver = page(f"{kind}.html")
        spread = driver.execute_script(
            "const { data } = picture.sheet.getContext('2d')"
            ".getImageData(0, 0, picture.sheet.width, picture.sheet.height);"
            "return data.some((value, at) => at % 4 < 3 && value < 200)"
        )
        assert spread, kind
        legend = "return document.querySelectorAll('#legend li').length"
        assert driver.execute_script(legend) > 0, kind
        drawn = driver.execute_script("return people.filter((p) => p.drawn).map((p) => p.name)")
        shown = driver.execute_script("return document.querySelector('aside').offsetWidth > 0")
        assert shown == bool(drawn) == (kind != "timeline")
        if kind == "timeline":
            assert "given" in driver.execute_script("return $('keys').textContent")
            assert not driver.find_element("id", "listing").is_displayed()
        for person in drawn[:2]:
            point_at(driver, person)
            wait(driver, "return state.hover?.name === arguments[0]", person)
            told = text_of(driver, "tip")
            assert (person if person != "Me" else "You") in told


def test_a_matrix_lights_rows_and_columns_and_tells_of_cells(page):
    driver = page("matrix.html")
    middle = (
        "const [giver, receiver] = [...arguments]"
        ".map((name) => people.find((p) => p.name === name));"
        "const at = canvas.getBoundingClientRect(), { scale } = view;"
        "return [receiver.x * scale + view.x + at.left, giver.y * scale + view.y + at.top]"
    )
    lit = (
        f"const [x, y] = (() => {{ {middle} }})();"
        "const at = canvas.getBoundingClientRect(), off = 0.42 * pitch * view.scale;"
        "const [r, g, b] = pen.getImageData((x - at.left - off) * dots, (y - at.top - off) * dots,"
        " 1, 1).data; return r - b > 40"
    )
    x, y = driver.execute_script(middle, "محمد علي", "Me")
    mouse(driver, "mouseMoved", x, y)
    wait(driver, "return Boolean(state.tie)")
    wait(driver, READY)
    told = text_of(driver, "tip")
    assert "محمد علي to You" in told
    assert "4 referrals" in told
    assert driver.execute_script("return lit.map((p) => p.name)") == ["محمد علي", "Me"]
    point_at(driver, "王小明")
    wait(driver, "return state.hover?.name === '王小明' && !asked")
    assert driver.execute_script(lit, "王小明", "محمد علي")  # along the row
    assert driver.execute_script(lit, "محمد علي", "王小明")  # along the column
    assert not driver.execute_script(lit, "محمد علي", "محمد علي")
    mouse(driver, "mouseMoved", *driver.execute_script(
        "const { each, x, y } = written.find(({ each }) => each.person?.name === '王小明'"
        " && each.parts[0].upright); const at = canvas.getBoundingClientRect();"
        "return [x + (each.box[0] + each.box[2]) / 2 + at.left,"
        " y + (each.box[1] + each.box[3]) / 2 + at.top]"
    ))  # fmt: skip
    wait(driver, "return state.hover?.name === '王小明' && !asked")
    tall = driver.execute_script(
        "const { box } = words.find((each) => each.upright && each.person === state.hover.i);"
        "return (box[3] - box[1]) / (box[2] - box[0])"
    )
    assert tall > 1.5


def test_names_of_rows_and_columns_stay_on_the_screen(page):
    driver = page("matrix.html")
    driver.execute_script("zoomAt(size[0] / 2, size[1] / 2, 3)")
    wait(driver, READY)
    ways = driver.execute_script(
        "return written.filter(({ plate }) => plate).map(({ each }) => each.parts[0].upright)"
    )
    assert set(ways) == {True, False}


def test_an_upright_tablet_gives_the_map_its_width_and_paper_keeps_its_shape(page):
    driver = page("connectors.html", 820, 1180)
    assert driver.execute_script("return stage.clientWidth") > 800
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shape = (
        "dispatchEvent(new Event('beforeprint')); const sheet = document.getElementById('paper'),"
        " box = sheet.getBoundingClientRect(), found = [getComputedStyle(canvas).display, box.width"
        " / box.height, sheet.width / sheet.height, size[0] / size[1], sheet.width / box.width];"
        "dispatchEvent(new Event('afterprint')); return [...found, sheet.width]"
    )
    hidden, *ratios, fine, left = driver.execute_script(shape)
    assert hidden == "none"
    assert ratios == pytest.approx([ratios[0]] * 3, rel=0.01)
    assert fine > 2.5  # dots of the drawing to one of the page
    assert left == 0
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


PRINTED = (
    "const before = [[...size], { ...view }]; dispatchEvent(new Event('beforeprint'));"
    "const names = layOut(view, size, lit).map(({ each, x, y, grow }) => [x + each.box[0] * grow,"
    " y + each.box[1] * grow, x + each.box[2] * grow, y + each.box[3] * grow]);"
    "const sheet = [[...size], view.scale, names]; dispatchEvent(new Event('afterprint'));"
    "return [before, sheet, [[...size], { ...view }]]"
)


@pytest.mark.parametrize("kind", ["connectors", "overview", "owed", "matrix"])
def test_whatever_the_screen_a_map_that_nobody_moved_is_printed_alike_and_whole(
    page, drawn, tmp_path, kind
):
    drawn(kind, "adviser").save(tmp_path / "m.html")
    sheets = []
    for width, height in ((800, 600), (1500, 900)):
        before, sheet, after = page(tmp_path / "m.html", width, height).execute_script(PRINTED)
        assert before == after
        sheets.append(sheet)
        (wide, tall), _, names = sheet
        assert len(names) > 20
        assert all(x0 >= 0 and y0 >= 0 and x1 <= wide and y1 <= tall for x0, y0, x1, y1 in names)
    assert sheets[0] == sheets[1]
    driver = page(tmp_path / "m.html", 800, 600)
    driver.execute_script("zoomAt(size[0] / 2, size[1] / 2, 2); state.moved = true;")
    wait(driver, READY)
    (size, view), (on_paper, scale, _), _ = driver.execute_script(PRINTED)
    assert (on_paper, scale) == (size, view["scale"])  # what was chosen to be seen
    driver.find_element("id", "whole").click()
    wait(driver, "return !goal && Math.abs(view.scale - fitted().scale) < 1e-9")
    wait(driver, READY)
    _, on_paper, _ = driver.execute_script(PRINTED)
    assert on_paper == sheets[0]  # shown whole again, it was moved no longer


def test_the_map_follows_the_size_of_its_window(page):
    driver = page("connectors.html")
    for width, height in ((700, 900), (1900, 700), (390, 844)):
        size = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        wait(driver, "return Math.abs(canvas.width - 2 * stage.clientWidth) < 2")
        wait(driver, READY)
        inside = driver.execute_script(
            "return people.filter((p) => p.drawn).every((p) => {"
            "const x = p.x * view.scale + view.x, y = p.y * view.scale + view.y;"
            "return x > 0 && y > 0 && x < size[0] && y < size[1]; })"
        )
        assert inside
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_timeline_on_a_phone_shows_the_newest_days_and_no_caption_on_a_line(
    page, drawn, tmp_path
):
    scene = drawn("timeline", "adviser")
    scene.save(tmp_path / "timeline.html")
    driver = page(tmp_path / "timeline.html", 390, 844, mobile=True)
    end = max(x for line in scene.lines for x, _ in line["poly"])
    assert 280 < driver.execute_script("return arguments[0] * view.scale + view.x", end) < 390
    captions = 0
    for by in (1, 1, 1, 1 / 1.5, 1 / 1.5, 1 / 1.5):  # to and fro over the years, then from afar
        if by == 1:
            driver.execute_script("view.x += 250; moved()")
        else:
            driver.execute_script("zoomAt(size[0] / 2, size[1] / 2, arguments[0])", by)
        at, seen = driver.execute_script(
            "return [view, layOut(view, size, null).map(({ each, x, y, grow }) =>"
            " [each.parts[0], ...each.box.map((side, k) => side * grow + (k % 2 ? y : x))])]"
        )
        assert any(part["align"] == 2 and 0 <= box[0] < 390 for part, *box in seen)  # numbers
        notes = [box for part, *box in seen if part["align"] == 0 and not part["bold"]]
        captions += len(notes)
        for line in scene.lines:
            x, y = (np.array(line["poly"]) * at["scale"] + (at["x"], at["y"])).T
            low, high = np.minimum(x[1:], x[:-1]), np.maximum(x[1:], x[:-1])
            top, foot = np.minimum(y[1:], y[:-1]), np.maximum(y[1:], y[:-1])
            for x0, y0, x1, y1 in notes:
                assert not ((low < x1) & (high > x0) & (top < y1) & (foot > y0)).any()
    assert captions > 3
    # what joins a caption to its mark is drawn with the caption, not with the lines
    joined, kept = driver.execute_script(
        "const all = [...joins.keys()].map((each) => each.parts[0].text);"
        "return [all, ink.filter((s) => joined.has(s)).length === joins.size]"
    )
    assert {text.split(" ")[0] for text in joined} == {"first"}
    assert kept
    driver.execute_script("showAll()")
    wait(driver, READY)


def test_no_two_names_overlap_at_any_zoom(page, drawn, connectors, tmp_path):
    for scene in (connectors, drawn("owed", "adviser")):
        scene.save(tmp_path / "map.html")
        driver = page(tmp_path / "map.html", 1300, 850)
        for scale in (0.3, 0.6, 1.0, 1.7, 3.0):
            boxes = np.array(
                driver.execute_script(
                    "return layOut({ scale: arguments[0], x: 0, y: 0 }, [1e5, 1e5], null)"
                    ".map(({ each, x, y, grow }) =>"
                    " each.box.map((side, k) => side * grow + (k % 2 ? y : x)))",
                    scale,
                )
            )
            apart = (boxes[:, None, :2] >= boxes[None, :, 2:]).any(axis=2)
            apart |= apart.T
            np.fill_diagonal(apart, val=True)
            assert apart.all()
            assert len(boxes) > (25 if scale > 0.9 else 5)


def test_on_a_narrow_page_no_line_leads_to_a_name_left_out_and_rows_keep_their_place(
    page, connectors, drawn, tmp_path
):
    connectors.save(tmp_path / "map.html")
    driver = page(tmp_path / "map.html", 640, 450)
    every, led, others = driver.execute_script(
        "return [leaders.size, written.filter(({ each }) => "
        "each.person && !each.shift && leaders.has(each.person)).length, "
        "ink.filter(isLeader).length]"
    )
    assert (led < every, others) == (True, 0)
    drawn("pipeline", "adviser").save(tmp_path / "map.html")
    driver = page(tmp_path / "map.html", 640, 450)
    rows = driver.execute_script(
        "return written.filter(({ each, x }) => x < 20 && each.parts.length > 1).map(({ y }) => y)"
    )
    assert np.all(np.diff(rows) > 30)
    assert len(rows) > 3


@pytest.mark.parametrize("name", ["sample", "adviser"])
def test_headings_that_grow_step_aside_from_marks(page, drawn, tmp_path, name):
    (drawn("connectors", name)).save(tmp_path / "map.html")
    headings = """
        const boxOf = ({ each, x, y, grow }) =>
          each.box.map((side, k) => side * grow + (k % 2 ? y : x));
        const under = (b) => people.filter((p) => p.drawn).some((p) => {
          const x = p.x * view.scale + view.x, y = p.y * view.scale + view.y;
          return Math.hypot(Math.max(b[0] - x, x - b[2], 0), Math.max(b[1] - y, y - b[3], 0))
            < p.r * view.scale;
        });
        const boxes = layOut(view, size, arguments[0] ? [people[0]] : null)
          .filter(({ each }) => !each.person).map(boxOf);
        return [boxes.map(under), boxes, size];
    """
    for width, height in ((1033, 720), (700, 900)):
        driver = page(tmp_path / "map.html", width, height)
        under, boxes, (wide, high) = driver.execute_script(headings, False)
        assert len(under) >= 4
        assert not any(under)
        assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= wide and b[3] <= high for b in boxes)
        pointed = driver.execute_script(headings, True)[1]
        assert all(box in boxes for box in pointed)  # they stay where they stand


def test_words_beside_names_step_aside_for_letters_that_are_wider_here(page, owed_page):
    driver = page(owed_page, 820, 1180)  # too narrow for all words, wide enough for the days
    days = (
        "return written.flatMap(({ each }) => each.parts).filter((p) => DAYS.test(p.text)).length"
    )
    owed = driver.execute_script("return people.filter((p) => p.days !== null && p.shown).length")
    assert driver.execute_script(days) == owed > 5
    assert driver.execute_script("return fitted().short") == "less"
    placed = driver.execute_script(
        "const word = (kind, x, wider, y = 0) =>"
        " ({ kind, x, y, align: 2, wider, box: [x - 9, y - 9, x, y] });"
        "return spread([word(2, 50, 6), word(0, 20, 0), word(0, 30, 2), word(0, 30, 0, 18)])"
        ".map(({ x, box }) => [x, box[0]])"
    )
    assert placed == [[50, 41], [12, 3], [24, 15], [30, 21]]  # out, in the line of the name
    driver = page("matrix.html")
    moved = driver.execute_script(
        "const each = { person: null, x: square[2] + 40, box: [0, -9, 60, 0], px: 12,"
        " parts: [{ align: 0, px: 12 }] }, at = { scale: 1, x: 0 };"
        "const far = square[2] + 100, left = { ...each, x: square[0] - 40 };"
        "return [beyond(each, far, at)?.shift, beyond(each, square[2], at), beyond(left, far, at)]"
    )
    cut = driver.execute_script(
        "const text = 'Ann Featherstonehaugh 58', part = { text, px: 12, align: 2,"
        " width: widthOf(text, 12, false) }, each = { parts: [part], person: me, px: 12, y: 0,"
        " x: square[0] - 4, box: [-part.width, -9, 0, 0] }, at = { scale: 1, x: 90 - square[0] };"
        "const { parts: [found], box } = cropped(each, at), far = { scale: 1, x: 999 };"
        "return [found.text, found.width, box[2] - box[0], cropped(each, far) === each]"
    )
    assert cut[0].startswith("Ann F")
    assert cut[0].endswith(" 58")
    assert cut[1] == pytest.approx(cut[2])
    assert 60 < cut[1] <= 80  # of the pixels to the left of the cells
    assert cut[3]
    assert moved == [[68, 0], None, None]  # captions of groups stand beyond names that have grown


def test_names_at_the_edge_of_a_matrix_keep_off_the_buttons(page, drawn, tmp_path):
    drawn("matrix", "adviser").save(tmp_path / "matrix.html")
    driver = page(tmp_path / "matrix.html", 1400, 900)
    held = 0
    for turn in range(4):
        driver.execute_script("zoomAt(size[0] / 2, size[1] / 2 - 40 * arguments[0], 1.4)", turn)
        boxes, right, low = driver.execute_script(
            "return [layOut(view, size, null).filter(({ plate }) => plate)"
            ".map(({ plate }) => plate), ...corner()]"
        )
        held += len(boxes)
        assert not [box for box in boxes if box[0] < right - 5 and box[1] < low - 5]
    assert held > 20


def test_the_page_shows_the_pixels_of_the_picture(page, connectors, tmp_path):
    scene = connectors
    scene.save(tmp_path / "map.html")
    driver = page(tmp_path / "map.html", 2100, 1800)
    driver.execute_script("Object.assign(view, { scale: 1, x: 0, y: 0 }); repaint()")
    wait(driver, READY)
    data = driver.execute_script(
        "const sheet = document.createElement('canvas');"
        "[sheet.width, sheet.height] = [arguments[0], arguments[1]];"
        "const ctx = sheet.getContext('2d'); ctx.drawImage(picture.sheet, 0, 0);"
        "return [...ctx.getImageData(0, 0, sheet.width, sheet.height).data]"
        ".filter((_, at) => at % 4 === 0)"
        ".map((value) => value.toString(16).padStart(2, '0')).join('')",
        int(scene.W),
        int(scene.H),
    )
    ours = np.frombuffer(bytes.fromhex(data), dtype=np.uint8).reshape(int(scene.H), int(scene.W))
    with Image.open(io.BytesIO(scene.to_bytes("png"))) as picture:
        theirs = np.asarray(picture.convert("RGB"))[:, :, 0]
    known = np.ones_like(theirs, dtype=bool)
    known[: int(scene.head) + 1] = known[int(scene.legend["top"]) - 2 :] = False
    for text in (*scene.labels, *scene.captions):
        x0, y0, x1, y1 = (int(side) for side in text["box"])
        known[max(y0 - 5, 0) : y1 + 6, max(x0 - 5, 0) : x1 + 6] = False
    off = np.abs(ours.astype(int) - theirs.astype(int))[known]
    drawn = (theirs < 250)[known]
    assert (off > 90).sum() < 0.01 * drawn.sum()
    assert off[drawn].mean() < 8


def test_a_line_goes_round_the_name_of_each_whom_the_title_only_counts(page, tmp_path):
    chain = [(TODAY, a, b, 1) for a, b in zip("ABCDEFGHIJK", "BCDEFGHIJKL", strict=True)]
    scene = maps.draw("connectors", book_of(chain))
    scene.save(tmp_path / "counted.html")
    bare = [replace(layer, kind="") for layer in scene.layers]
    replace(scene, layers=bare).save(tmp_path / "bare.html")
    driver = page(tmp_path / "counted.html")
    names = "return [...framed].map((p) => p.name).sort()"
    assert driver.execute_script(names) == [*"DEHI"]  # of the six, F and G are named
    driver = page(tmp_path / "bare.html")  # the same looks are no line round a name
    assert driver.execute_script(names) == []


def test_a_drag_moves_the_map_and_the_wheel_zooms_at_the_pointer(page):
    driver = page("connectors.html")
    x, y = driver.execute_script(SPOT, "王小明")
    before = driver.execute_script("return { ...view }")
    mouse(driver, "mousePressed", 500, 400, button="left", clickCount=1)
    mouse(driver, "mouseMoved", 540, 380, button="left", buttons=1)
    mouse(driver, "mouseMoved", 560, 370, button="left", buttons=1)
    mouse(driver, "mouseReleased", 560, 370, button="left", clickCount=1)
    after = driver.execute_script("return { ...view }")
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (60, -30)
    assert driver.execute_script("return state.pick") is None
    mouse(driver, "mouseWheel", x + 60, y - 30, deltaX=0, deltaY=-120)
    wait(driver, "return view.scale > arguments[0]", after["scale"])
    assert np.allclose(driver.execute_script(SPOT, "王小明"), (x + 60, y - 30), atol=0.5)
    wait(driver, READY)


def test_the_policy_stops_a_script_that_is_not_ours(driver, files):
    driver.get((files / "owed.html").as_uri())
    wait(driver, READY)
    driver.execute_script(
        "window.stopped = []; document.addEventListener('securitypolicyviolation',"
        " (event) => window.stopped.push(event.effectiveDirective));"
        "const script = document.createElement('script'); script.textContent = 'window.bad = 1';"
        "document.body.append(script); fetch('http://127.0.0.1:9/').catch(() => {});"
        "const image = new Image(); image.src = 'http://127.0.0.1:9/x.png';"
    )
    wait(driver, "return window.stopped.length >= 3")
    stopped = driver.execute_script("return window.stopped.sort()")
    assert stopped == ["connect-src", "img-src", "script-src-elem"]
    assert driver.execute_script("return window.bad === undefined")


def test_a_notebook_made_into_a_page_shows_the_map_in_its_frame(page, book, tmp_path, monkeypatch):
    from IPython.core.formatters import DisplayFormatter
    from nbconvert import HTMLExporter

    explorer = maps.draw("owed", book).explore()
    monkeypatch.setattr(explorer, "_widget", None)  # as without the extra
    data, _ = DisplayFormatter().format(explorer)
    assert set(data) == {"text/html", "text/plain"}
    cell = nbformat.v4.new_code_cell(
        "scene", execution_count=1,
        outputs=[nbformat.v4.new_output("execute_result", data, execution_count=1)],
    )  # fmt: skip
    text, _ = HTMLExporter(template_name="basic").from_notebook_node(
        nbformat.v4.new_notebook(cells=[cell])
    )
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html>{text}", encoding="utf-8")
    from selenium.webdriver.common.by import By

    driver = page(
        tmp_path / "notebook.html", 1200, ready="return document.readyState === 'complete'"
    )
    driver.switch_to.frame(driver.find_element(By.TAG_NAME, "iframe"))
    try:
        wait(driver, f"return typeof view !== 'undefined' && (() => {{ {READY} }})()")
        driver.execute_script("choose(people.find((p) => p.name === '王小明'))")
        assert table_of(driver, "card") == {"You": ["–", "2"], NASTY: ["5", "–"]}
        assert driver.execute_script("return window.origin") == "null"
    finally:
        driver.switch_to.default_content()


def test_a_selection_goes_from_the_page_to_the_notebook_and_back(page, book, tmp_path):
    from selenium.webdriver.common.by import By

    from refgraph.maps import html as pages
    from refgraph.maps.notebook import explorer

    held = {
        "page": pages.page(maps.draw("owed", book), also=explorer._read("selection.js")),
        "title": "owed",
        "selected": "",
        "height": 700,
    }
    script = explorer._read("widget.js").replace("export default", "const widget =")
    model = f"""
    const held = {json.dumps(held).replace("<", chr(92) + "u003c")}, heard = [];
    const model = {{
      get: (name) => held[name], set: (name, value) => {{ held[name] = value; }},
      save_changes: () => {{ window.saved = held.selected; }},
      on: (name, f) => heard.push(f), off: (name, f) => heard.splice(heard.indexOf(f), 1),
    }};
    window.after = widget.render({{ model, el: document.body }});
    window.ask = (name) => {{ held.selected = name; heard.forEach((f) => f()); }};
    window.listening = () => heard.length;
    """
    (tmp_path / "widget.html").write_text(
        f"<!DOCTYPE html><meta charset=utf-8><body><script>{script}{model}</script>", "utf-8"
    )
    driver = page(tmp_path / "widget.html", ready="return document.readyState === 'complete'")
    frame = driver.find_element(By.TAG_NAME, "iframe")
    assert frame.get_attribute("sandbox") == "allow-scripts"
    driver.switch_to.frame(frame)
    wait(driver, f"return typeof view !== 'undefined' && (() => {{ {READY} }})()")
    driver.execute_script("choose(people.find((p) => p.name === arguments[0]))", NASTY)
    driver.switch_to.default_content()
    wait(driver, "return window.saved === arguments[0]", NASTY)
    driver.execute_script("ask('王小明')")
    wait(driver, "return window.saved === '王小明'")
    driver.switch_to.frame(frame)
    assert driver.execute_script("return state.pick.name") == "王小明"
    driver.switch_to.default_content()
    driver.execute_script("window.postMessage({refgraph: 'selected', person: 'Eve'}, '*')")
    driver.execute_script("ask('Nobody')")
    wait(driver, "return window.saved === ''")  # nobody of that name, and Eve was not listened to
    driver.execute_script("after()")
    assert driver.execute_script("return listening()") == 0


def test_a_scene_of_nobody_opens(page, tmp_path):
    Scene(100, 50, Figure(), "Nothing", "yet").save(tmp_path / "empty.html")
    driver = page(tmp_path / "empty.html")
    assert "Nobody is on this map" in text_of(driver, "card")
    one = Scene(100, 50, Figure(), "One", "", nodes={"Ann": (50.0, 20.0, 5.0)})
    one.details = Details(
        "Ann", you=True, people={"Ann": Person()}, ties=[Tie("Ann", "Bo", undated=2)]
    )
    one.save(tmp_path / "one.html")
    driver = page(tmp_path / "one.html")
    driver.execute_script("choose(people[0])")
    assert table_of(driver, "card") == {"Bo": ["2", "–"]}


@pytest.fixture(scope="module")
def owed_page(drawn, tmp_path_factory):
    path = tmp_path_factory.mktemp("owed") / "o.html"
    drawn("owed", "adviser").save(path)
    return path


@pytest.mark.parametrize("kind", ["profession", "offers", "needs"])
def test_search_finds_what_people_do_offer_and_need(page, owed_page, adviser, kind):
    driver = page(owed_page)
    told = adviser.people[kind]
    drawn_people = set(driver.execute_script("return people.map((p) => p.name)"))
    wanted = next(
        (each if kind == "profession" else each[0])
        for person, each in told.items()
        if each and person in drawn_people
    )
    having = {p for p, each in told.items() if wanted in (each if kind != "profession" else [each])}
    found = driver.execute_script(
        "find.value = arguments[0]; search();"
        "return [...hits.querySelectorAll('bdi')].map((each) => each.textContent)", wanted
    )  # fmt: skip
    assert having & drawn_people & set(found)


def test_the_card_tells_what_is_known_the_last_touch_and_what_is_next(page, owed_page, adviser):
    driver = page(owed_page)
    contacts = adviser.contacts
    last = (
        contacts[contacts["date"] <= np.datetime64(adviser.today)].groupby("person")["date"].max()
    )
    whom = driver.execute_script(
        "return people.filter((p) => p.drawn && p !== me && p.last && p.needs.length "
        "&& p.standing === 'owe').map((p) => p.name)"
    )
    assert whom
    for person in whom[:3]:
        driver.execute_script("choose(people.find((p) => p.name === arguments[0]))", person)
        card = text_of(driver, "card")
        assert f"Last in touch: {last[person].date()}" in card
        assert f"Looks for: {', '.join(adviser.people['needs'][person])}" in card
        assert "Next: refer somebody who offers" in card


ROUNDED = [0, 7, 999, 1_000, 1_249, 1_250, 9_949, 9_950, 12_500, 99_950, 999_499, 999_500]
ROUNDED += [1_250_000, 999_999_999, 2**40, 10**15]


def test_balances_in_a_window_are_those_of_the_window_in_python(page, owed_page, adviser):
    from refgraph.maps.kinds.owed.data import LATE, rows_of
    from refgraph.maps.scenes import details, phrases

    driver = page(owed_page)
    driver.execute_script(SET, "from", "2026-01-01")
    seen = details.of(adviser.window(since="2026-01-01"), adviser.me)
    told = driver.execute_script(
        "return people.filter((p) => p.shown && p !== me)"
        ".map((p) => [p.name, p.standing, p.open, p.days])"
    )
    assert {standing for _, standing, *_ in told} >= {"owe", "first", "even"}
    for name, standing, still, days in told:
        who = seen.people[name]
        assert (standing, still, days) == (who.standing, who.open, who.days), name
    signs = driver.execute_script(
        "return onMarks.filter((e) => e.kind === 1 && people[e.person] !== me && "
        "people[e.person].shown).map((e) => [people[e.person].name, signOf(e)?.text ?? null])"
    )
    window = rows_of(adviser.window(since="2026-01-01"), adviser.me, mine=True)
    sign = {row.person: row.sign for row in window}
    assert signs
    assert all(sign.get(name) == text for name, text in signs)
    same = maps.draw("owed", adviser.window(since="2026-01-01"))
    days = driver.execute_script(
        "return layOut(view, size, null).filter(({ each }) => each.person?.standing === 'owe')"
        ".map(({ each }) => [each.person.name, each.parts.at(-1).text, each.parts.at(-1).bold])"
    )
    waits = {name: wait for name, _, _, wait in told if wait is not None}
    assert {n: text for n, text, _ in days} == {
        n: f"{wait} day{'s' * (wait > 1)}" for n, wait in waits.items()
    }
    assert all(bold == (waits[n] > LATE) for n, _, bold in days)
    written = driver.execute_script("return arguments[0].map(short)", ROUNDED)
    assert written == [phrases.short(each) for each in ROUNDED]
    assert driver.execute_script("return scene.late") == LATE
    beside = {row["text"] for row in same.captions}
    title, counts = driver.execute_script(
        "return [headline.textContent, tags.map(headingNow).flatMap((t) => t.parts)"
        ".filter((part) => COUNT.test(part.text)).map((part) => part.text)]"
    )
    assert title == same.title
    assert len(counts) == 3
    assert set(counts) <= beside
    assert {name for name, *_ in told} == set(same.nodes) - {adviser.me}


WORN = """
return dyed.filter(visible).filter((s) => s.fill >= 0 || s.line >= 0).map((s) => [
  s.person >= 0 ? people[s.person].name : [ties[s.tie].giver.name, ties[s.tie].receiver.name],
  scene.colors[s.fill >= 0 ? s.fill : s.line], s.fill >= 0, scene.dashes[s.dash].length > 0])
"""


def test_who_stands_otherwise_in_some_dates_wears_what_the_map_of_those_dates_has(page, tmp_path):
    def ago(days):
        return TODAY - timedelta(days=days)

    rows = [  # all have waited too long; of some dates one has not, one is even, one was given more
        (ago(320), "Bo", "Me", 3), (ago(50), "Me", "Bo", 1),
        (ago(300), "Cy", "Me", 3), (ago(60), "Cy", "Me", 1),
        (ago(400), "Eve", "Me", 1), (ago(350), "Me", "Eve", 1), (ago(200), "Eve", "Me", 1),
    ]  # fmt: skip
    book = book_of(rows, me="Me")
    scene = maps.draw("owed", book, theme="print")  # in which dashes tell ties apart, too
    scene.save(tmp_path / "o.html")
    driver = page(tmp_path / "o.html")
    whole, found = driver.execute_script(WORN), set()
    for since, until in ((ago(100), None), (None, ago(250)), (None, None)):
        driver.execute_script(SET, "from", str(since or ""))
        driver.execute_script(SET, "to", str(until or ""))
        wait(driver, READY)
        same = maps.draw("owed", book.window(since=since, until=until), theme="print")
        found |= set(driver.execute_script("return people.map((p) => p.standing)"))
        told = driver.execute_script(WORN)
        assert sorted(map(repr, told)) == sorted(map(repr, worn_on(same)))
        title, beside = driver.execute_script(
            "return [headline.textContent, tags.map(headingNow).filter((t) => t.parts[0].bold)"
            ".map((t) => t.parts.map((part) => part.text))]"
        )
        assert title == same.title
        drawn = {row["text"] for row in same.captions}
        assert len(beside) == 2
        assert all(set(texts) <= drawn for texts in beside)  # beside an empty side, too
    assert {"owe", "first", "even"} <= found
    assert told == whole
    maps.draw("owed", book, top=1).save(tmp_path / "o.html")  # of whom one is summed, not drawn
    title, counted = page(tmp_path / "o.html").execute_script(SET, "from", str(ago(100)))
    assert title == maps.draw("owed", book.window(since=ago(100))).title
    shown = driver.execute_script("return people.filter((p) => p.shown && p !== me).length")
    assert shown < 2  # so the title counts more than the subtitle does
    assert f"drawn of what the filters leave: {shown + 1} " in counted
    assert f"title and headings count {2 - shown} person" in counted


def worn_on(scene):
    """Give whose each shape of an owed map is, its colour, and whether it is filled and dashed."""
    found = []
    for layer in scene.layers:
        fills, lines, dashes = layer.style.fills, layer.style.lines, layer.style.dashes
        for k, owner in enumerate(layer.owners):
            fill, line = (c[k % len(c)] if len(c) else "none" for c in (fills, lines))
            filled = to_hex(fill, keep_alpha=True)[-2:] != "00"
            whose = list(owner) if isinstance(owner, tuple) else owner
            if owner not in (None, "Me"):
                dashed = bool(dashes[k % len(dashes)])
                found.append([whose, to_hex(fill if filled else line), filled, dashed])
    return found


def test_the_way_from_one_person_to_another_is_a_shortest_one(page, connectors, adviser, tmp_path):

    connectors.save(tmp_path / "c.html")
    driver = page(tmp_path / "c.html")
    G = adviser.graph().to_undirected()
    drawn = driver.execute_script("return people.filter((p) => p.shown).map((p) => p.name)")
    G = G.subgraph(drawn)
    for a, b in zip(drawn[:4], drawn[-4:], strict=True):
        driver.execute_script(
            "const at = (n) => people.find((p) => p.name === n); choose(at(arguments[0]));"
            "document.getElementById('way').click(); choose(at(arguments[1]))", a, b
        )  # fmt: skip
        way = driver.execute_script("return state.way.map((p) => p.name)")
        if not nx.has_path(G, a, b):
            assert not way
            continue
        assert len(way) == nx.shortest_path_length(G, a, b) + 1
        assert (way[0], way[-1]) == (a, b)
        assert all(G.has_edge(*step) for step in itertools.pairwise(way))
        assert f"{len(way) - 1} step" in text_of(driver, "steps")
        assert driver.execute_script("return lit.map((p) => p.name).sort()") == sorted(way)


def test_in_chains_selecting_lights_the_way_to_who_started_it(page, drawn, tmp_path):
    drawn("chains", "adviser").save(tmp_path / "c.html")
    driver = page(tmp_path / "c.html")
    deep = driver.execute_script(
        "const all = people.filter((p) => p.shown).map((p) => [p, upward(p)])"
        ".sort((a, b) => b[1].length - a[1].length); choose(all[0][0]);"
        "return [all[0][1].map((t) => t.giver.name), lit.map((p) => p.name),"
        " all[0][1].every((t) => kept.has(t.k)), all[0][1].at(-1).giver.received.length]"
    )
    above, lit, kept, more = deep
    assert len(above) >= 2
    assert set(above) <= set(lit)
    assert kept
    assert more == 0


def test_chains_are_read_line_by_line_on_a_screen_of_any_width(page, drawn, tmp_path):
    scene = drawn("chains", "adviser")
    scene.save(tmp_path / "c.html")
    driver = page(tmp_path / "c.html")
    state = (
        "return [view.scale, size, written.filter((w) => w.each.person).map((w) => "
        "[w.each.person.name, w.x - view.x - w.each.x * view.scale,"
        " w.y - view.y - w.each.y * view.scale, w.grow * w.each.px])]"
    )
    for width in (390, 640, 820, 1280):
        page(tmp_path / "c.html", width, 600)
        scale, (wide, _), names = driver.execute_script(state)
        assert len(names) >= 5, width
        for name, right, down, px in names:  # where the picture has it, in letters one can read
            assert (right, down) == pytest.approx((0, 0), abs=0.01), name
            assert px >= 11, name
        assert driver.execute_script("return written.some((w) => w.faint)") is False
        last = max(scene.nodes, key=lambda person: sum(scene.nodes[person][:2]))
        driver.get("about:blank")
        driver.get((tmp_path / "c.html").as_uri() + "#" + quote(last))
        wait(driver, READY)
        at = (
            "const p = state.pick; return [p.name, p.x * view.scale + view.x,"
            " p.y * view.scale + view.y, size[0], size[1], view.scale]"
        )
        name, x, y, wide, high, now = driver.execute_script(at)
        assert name == last
        assert 0 < x < wide
        assert 0 < y < high
        assert now == pytest.approx(scale)
        assert driver.execute_script("return written.some((w) => w.faint)") is True


def test_a_picture_of_the_page_has_heading_map_and_legend(page, owed_page):
    driver = page(owed_page)
    wide, high, ink = driver.execute_script(
        "const sheet = pictureOf(1), { width: w, height: h } = sheet;"
        "const { data } = sheet.getContext('2d').getImageData(0, 0, w, h);"
        "const rows = []; for (let y = 0; y < h; y += 1) { let n = 0;"
        "for (let x = 0; x < w; x += 1) n += data[4 * (y * w + x)] < 200; rows.push(n); }"
        "return [sheet.width, sheet.height, rows]"
    )
    tall = driver.execute_script("return size[1]")
    assert wide == driver.execute_script("return Math.round(size[0])")
    assert high > tall + 60
    assert sum(ink[:40]) > 100  # the heading
    assert sum(ink[-60:]) > 100  # the legend
    saved = driver.execute_script(
        "let got; HTMLAnchorElement.prototype.click = function () {"
        " got = [this.download, this.href.slice(0, 22)]; };"
        "document.getElementById('picture').click(); return got"
    )
    assert saved == ["map.png", "data:image/png;base64,"]


def test_a_large_overview_names_whom_the_picture_names_and_nearer_shows_more(page, tmp_path):
    from tests.maps.towns import town

    scene = maps.draw("overview", town(600, groups=8))
    scene.save(tmp_path / "o.html")
    driver = page(tmp_path / "o.html", 1700, 1300)
    state = (
        "const names = written.filter((w) => w.each.person).map((w) => w.each.person.name);"
        "const line = bundles.filter((b) => b.style.tie === -2).map((b) => b.style.width);"
        "return [names, Object.keys(view).map((k) => view[k]), scene.groups, "
        "document.getElementById('by-group').hidden]"
    )
    names, _, groups, hidden = driver.execute_script(state)
    pictured = {label["node"] for label in scene.labels}
    assert names
    assert set(names) <= pictured
    assert not hidden
    assert sum(group.startswith("around ") for group in groups) > 2
    driver.execute_script("zoomAt(size[0] / 2, size[1] / 2, 3)")
    wait(driver, READY)
    shown = driver.execute_script(
        "const seen = (p) => inView([p.x, p.y, p.x, p.y]);"
        "return [written.filter((w) => w.each.person).length,"
        " ties.filter((t) => t.giver.drawn && t.receiver.drawn && t.giver.group &&"
        " t.giver.group === t.receiver.group)"
        ".every((t) => drawnTies.has(t.k) || insides.includes(t))]"
    )
    inside, whole = shown
    before = driver.execute_script(
        "return people.filter((p) => arguments[0].includes(p.name) &&"
        " inView([p.x, p.y, p.x, p.y])).length",
        names,
    )
    assert inside > before
    assert whole  # of a group, each tie is there


def test_what_filters_cannot_count_anew_is_not_told_while_they_are_set(page, drawn, tmp_path):
    drawn("pipeline", "adviser").save(tmp_path / "p.html")
    driver = page(tmp_path / "p.html")
    for field in ("by-group", "by-role", "by-standing", "by-days"):
        assert not driver.find_element("id", field).is_displayed()
    drawn("chains", "adviser").save(tmp_path / "c.html")
    driver = page(tmp_path / "c.html")
    others = (
        "return [written.filter((w) => !w.each.person).map((w) => w.each.parts[0].text),"
        " ink.filter((s) => s.person < 0 && s.tie < 0 && visible(s)).length]"
    )
    grounds = driver.execute_script(
        "const drawn = [], known = { roundRect: (...box) => drawn.push(box) };"
        "const spy = new Proxy(known, { get: (own, key) => own[key] ?? (() => {}), set: () => 1 });"
        "write(spy, written, true); return [drawn.map(([,, wide, tall]) => [wide, tall]),"
        " written.filter((w) => w.each.person && marked.has(w.each.person)).map((w) =>"
        " [w.each.parts.length, w.grow * (w.each.parts[0].box[2] - w.each.parts[0].box[0]),"
        " w.grow * w.each.parts[0].px])]"
    )
    assert grounds[1][0][0] > 1  # a name with its sums below, and the ground of the name alone
    for (wide, tall), (_, long, px) in zip(*grounds, strict=True):
        assert long < wide < long + 12
        assert tall < 1.5 * px
    texts, marks = driver.execute_script(others)
    assert any(text.startswith("and ") for text in texts)
    assert marks
    driver.execute_script(SET, "from", "2026-01-01")
    wait(driver, READY)
    assert driver.execute_script(others) == [[], 0]


def test_people_whose_size_is_their_partners_shrink_with_the_dates(page, drawn, adviser, tmp_path):
    drawn("overview", "adviser").save(tmp_path / "o.html")
    driver = page(tmp_path / "o.html")
    driver.execute_script(SET, "from", "2026-06-01")
    G = adviser.window(since="2026-06-01").graph()
    title, circle, seen = driver.execute_script(
        "const drawn = people.filter((p) => p.drawn).map((p) => [p.name, p.circle]);"
        "return [headline.textContent, drawn,"
        " shafts.map((s) => [s.flow, s.count, s.all, s.width, s.full, visible(s)])]"
    )
    circle, group = dict(circle), adviser.people["group"]
    passed, inside, grouped = {}, 0, 0
    for u, v, weight in G.edges(data="weight"):
        if u in circle and v in circle:
            ends = circle[u], circle[v]
            passed[ends] = passed.get(ends, 0) + weight
            grouped += weight if group[u] and group[v] else 0
            inside += weight if group[u] and group[u] == group[v] else 0
    assert any(count < whole for _, count, whole, *_ in seen)
    for ends, count, whole, width, full, visible in seen:
        assert count == passed.get(tuple(ends), 0)
        assert visible == (count > 0)
        assert width == full if count == whole else width <= full
    # somebody in no group refers, too
    told = f"{inside:.0f} of {grouped:.0f} referrals between people in groups stay inside one"
    assert title == told
    told = driver.execute_script(
        "return [SIZED, people.filter((p) => p.shown && p !== me).map((p) => "
        "[partnersOf(p, false), partnersOf(p, true), p.r, p.full, ringed(p)])]"
    )
    assert told[0]
    size = {(n, ring): full for _, n, _, full, ring in told[1]}
    assert any(r < full for *_, r, full, _ in told[1])
    for now, whole, r, full, ring in told[1]:
        assert r <= full
        if now == whole:
            assert r == full
        elif (now, ring) in size:
            assert r == pytest.approx(size[now, ring], abs=0.2)


def test_a_heading_is_nearest_to_the_circle_of_its_own_group_at_every_width(page, drawn, tmp_path):
    told = (
        "const on = (s, [w, h]) => [s.points[0] * w + view.x, s.points[1] * w + view.y, h * w];"
        "const discs = ink.filter((s) => s.code === 'O' && s.person < 0 && s.points[2] > 24)"
        ".map((s) => [...on(s, [view.scale, s.points[2]]), people.find((p) => p.drawn &&"
        " Math.hypot(p.x - s.points[0], p.y - s.points[1]) < s.points[2])?.group]);"
        "const headings = written.filter((w) => !w.each.person);"
        "return [discs, headings.map((w) => [bare(w.each.parts[0].text),"
        " ...w.each.box.map((side, k) => side * w.grow + (k % 2 ? w.y : w.x))])]"
    )
    for name in ("adviser", "chapter"):
        drawn("overview", name).save(tmp_path / "o.html")
        for width in (390, 820):
            driver = page(tmp_path / "o.html", width, 800)
            discs, headings = driver.execute_script(told)
            named = {group for *_, group in discs if group}
            assert {text for text, *_ in headings} >= named
            for text, x0, y0, x1, y1 in headings:
                far = {
                    group: np.hypot(np.clip(x, x0, x1) - x, np.clip(y, y0, y1) - y) - r
                    for x, y, r, group in discs
                }
                if text in named:
                    assert min(far, key=far.get) == text, (name, width)


def test_a_phone_gets_rows_that_fit_it_and_paper_gets_them_whole(page, drawn, tmp_path):
    drawn("pipeline", "adviser").save(tmp_path / "p.html")
    driver = page(tmp_path / "p.html", 390, 844, mobile=True)
    wide, tall, ends, scale = driver.execute_script(
        "return [size[0], size[1], written.map((w) => [w.x + w.each.box[0] * w.grow,"
        " w.x + w.each.box[2] * w.grow, w.y]), view.scale]"
    )
    assert scale > 0.75
    assert len(ends) > 15
    assert all(low >= 0 and high <= wide and y <= tall for low, high, y in ends)
    touch = "return getComputedStyle(canvas).touchAction"
    assert driver.execute_script(touch) == "pan-y"  # a finger scrolls the page
    size = {"width": 844, "height": 390, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wait(driver, f"{touch} === 'none'")  # turned, it has nothing to scroll: a finger drags the map
    wait(driver, READY)
    drawn("chains", "adviser").save(tmp_path / "c.html")
    for name in ("p.html", "c.html"):
        driver = page(tmp_path / name, 1280, 800, dark=True)
        before = driver.execute_script("return [size, { ...view }]")
        inside, ground = driver.execute_script(
            "dispatchEvent(new Event('beforeprint'));"
            "const far = [extent[0], extent[2]].map((x) => x * view.scale + view.x),"
            " low = [extent[1], extent[3]].map((y) => y * view.scale + view.y);"
            "const within = far[0] >= 0 && far[1] <= size[0] && low[0] >= 0 && low[1] <= size[1];"
            "return [within, [...$('paper').getContext('2d').getImageData(3, 3, 1, 1).data]]"
        )
        assert inside
        assert min(ground) > 245  # by day, whatever the screen is like
        driver.execute_script("dispatchEvent(new Event('afterprint'))")
        assert driver.execute_script("return [size, { ...view }]") == before
        wait(driver, READY)
