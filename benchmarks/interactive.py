"""How large interactive pages are, and how smoothly 5,000 people move in a real browser.

Usage: python benchmarks/interactive.py [PEOPLE TIES] [--page FILE]

Draws invented networks of 60, 600 and 5,000 people straight onto a canvas, as a map would,
and prints the bytes of their pages and the seconds it took to write them. Then it opens the
largest in headless Chromium (needs selenium, chromium and chromedriver), drags and zooms it
with the mouse for some seconds, and prints frames per second and the longest frame. Chromium
paints in software there: a machine with a graphics card is faster.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from refgraph.maps.drawing import arrows, fonts
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.scenes import theme
from refgraph.maps.scenes.details import Details, Person, Tie

FIRST = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Max"]
LAST = ["Adler", "Baker", "Cole", "Dunn", "Ellis", "Fox", "Grant", "Hale", "Ives", "Jones"]
ROLES = ["client", "partner", "prospect", "other"]
SIZES = ((60, 150), (600, 1700), (5000, 13000))
W, H, HEAD = 1600, 1500, 120
WATCH = """
window.times = [];
const watch = (now) => { window.times.push(now); requestAnimationFrame(watch); };
requestAnimationFrame(watch);
"""


def crowd(people: int, ties: int, seed: int = 0) -> Any:
    """Draw an invented network of so many people: groups as clouds, names of a hundred."""
    chance = random.Random(seed)
    count = max(people // 60, 4)
    names = [f"{chance.choice(FIRST)} {chance.choice(LAST)} {k + 1}" for k in range(people)]
    group = np.array([chance.randrange(count) for _ in names])
    across = int(np.ceil(np.sqrt(count)))
    cell = (W / across, (H - HEAD) / np.ceil(count / across))
    centre = np.stack([(np.arange(count) % across + 0.5) * cell[0],
                       HEAD + (np.arange(count) // across + 0.5) * cell[1]], axis=1)  # fmt: skip
    turn = np.array([chance.random() for _ in names]) * 2 * np.pi
    far = np.sqrt([chance.random() for _ in names]) * 0.46
    at = centre[group] + np.stack([np.cos(turn), np.sin(turn)], axis=1) * far[:, None] * cell
    pairs: set[tuple[int, int]] = set()
    members = [np.flatnonzero(group == k).tolist() for k in range(count)]
    while len(pairs) < ties:
        u = chance.randrange(people)
        inside = chance.random() < 0.8
        v = chance.choice(members[group[u]]) if inside else chance.randrange(people)
        if u != v:
            pairs.add((u, v))
    ends = np.array(sorted(pairs))
    weight = np.array([float(chance.choice((1, 1, 1, 2, 3))) for _ in ends])
    ruler = Ruler(fonts.for_names(names), names)
    canvas = Canvas(W, H, ruler)
    canvas.heading(f"{people} people", f"{ties} ties")
    radius = np.full(people, max(2.2, 60 / np.sqrt(people)))
    rims = radius[ends[:, 0]], radius[ends[:, 1]]
    line = arrows.width(weight) * (1.0 if people < 1000 else 0.4)
    bend = np.full(len(ends), arrows.LENS)
    drawn = arrows.between(at[ends[:, 0]], at[ends[:, 1]], rims, bend, line)
    colors = [theme.INSIDE if group[u] == group[v] else theme.BETWEEN for u, v in ends]
    owners = [(names[u], names[v]) for u, v in ends.tolist()]
    canvas.curves(drawn.shafts, colors, line, owners=owners)
    canvas.polygons(list(drawn.heads), colors, zorder=3.5, owners=owners)
    marks = [outline("circle", *at[k], radius[k]) for k in range(people)]
    role = [ROLES[chance.randrange(4)] for _ in names]
    canvas.shapes(marks, [theme.ROLES[each][1] for each in role], theme.PAPER, 0.5, owners=names)
    for k, (u, v) in enumerate(ends.tolist()):
        poly = drawn.polys[k].tolist()
        tie = {"u": names[u], "v": names[v], "poly": poly, "tip": poly[-1], "head": 1.0}
        canvas.scene.edges.append(tie)
    for k, name in enumerate(names):
        canvas.scene.nodes[name] = (*at[k].tolist(), float(radius[k]))
    for k in range(min(people, 100)):
        canvas.text(at[k, 0] + radius[k] + 3, at[k, 1] + 4, names[k], 12, halo=True, node=names[k])
    told = {
        name: Person(role[k], f"group {group[k]}", ("owe", "first", "even", "")[k % 4])
        for k, name in enumerate(names)
    }
    days = [f"2025-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}" for _ in ends]
    dated = [
        Tie(names[u], names[v], ((days[k], int(weight[k])),))
        for k, (u, v) in enumerate(ends.tolist())
    ]
    canvas.scene.details = Details(names[0], you=True, people=told, ties=dated)
    return canvas.scene


def frames(page: Path, seconds: float = 5.0) -> None:
    """Drag and zoom a page in Chromium, and print how many frames a second it painted."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as profile:
        for flag in (
            "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
            "--disable-background-networking --disable-component-update --disable-sync "
            f"--window-size=1600,1000 --user-data-dir={profile}"
        ).split():
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        try:
            begin = time.perf_counter()
            driver.get(page.absolute().as_uri())
            ready = "return Boolean(picture && same(picture.at, view))"
            while not driver.execute_script(ready):
                time.sleep(0.02)
            print(f"opened and painted in full after {time.perf_counter() - begin:.2f} s")
            driver.execute_script(WATCH)
            for name, act in (("dragging", _drag), ("zooming", _zoom)):
                driver.execute_script("window.times = []")
                begin = time.perf_counter()
                k = 0
                while time.perf_counter() - begin < seconds:
                    act(driver, k)
                    k += 1
                times = np.diff(driver.execute_script("return window.times"))
                print(
                    f"{name:<9} {1000 / times.mean():5.1f} frames a second, "
                    f"95 of 100 within {np.quantile(times, 0.95):.0f} ms, "
                    f"the longest {times.max():.0f} ms ({len(times)} frames)"
                )
                if name == "dragging":
                    _mouse(driver, "mouseReleased", 600, 500, button="left", clickCount=1)
        finally:
            driver.quit()


def _mouse(driver: Any, kind: str, x: float, y: float, **more: Any) -> None:
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **more})


def _drag(driver: Any, k: int) -> None:
    if not k:
        _mouse(driver, "mousePressed", 600, 500, button="left", clickCount=1)
    x, y = 600 + 250 * np.sin(k / 12), 500 + 120 * np.sin(k / 19)
    _mouse(driver, "mouseMoved", x, y, button="left", buttons=1)


def _zoom(driver: Any, k: int) -> None:
    down = -60 if k // 40 % 2 == 0 else 60
    _mouse(driver, "mouseWheel", 640, 480, deltaX=0, deltaY=down)


def main(people: int = 5000, ties: int = 13000, page: str | None = None) -> None:
    for each, pairs in (*SIZES[:2], (people, ties)):
        scene = crowd(each, pairs)
        begin = time.perf_counter()
        text = scene.to_html()
        took = time.perf_counter() - begin
        print(
            f"{each:>6} people, {pairs:>6} ties: {len(text.encode()) / 1000:7.0f} kB, {took:.2f} s"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(page or Path(folder) / "map.html")
        path.write_text(text, encoding="utf-8")
        frames(path)


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word.isdigit()]
    kept = sys.argv[sys.argv.index("--page") + 1] if "--page" in sys.argv else None
    main(*map(int, words), page=kept)
