"""What a page of a map shows on a phone, and after a filter: asked of a real Chromium."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from refgraph import Book
    from refgraph.maps import Scene

__all__ = ["LEGIBLE", "PHONE", "on_screen"]

PHONE = (390, 844)  # of a common phone, in pixels of its style sheets
LEGIBLE = 11.0  # pixels of a letter that is still read
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
READY = "return typeof picture !== 'undefined' && Boolean(picture || !$('sheet').hidden)"
# A map that is a list on narrow screens has a row for each name.
NAMES = """
if (!$("sheet").hidden) {
  const rows = [...document.querySelectorAll("#sheet tbody tr")];
  return rows.map((row) => parseFloat(getComputedStyle(row).fontSize));
}
return layOut(view, size, null).filter(({ each }) => each.person)
  .map(({ each, grow }) => each.parts[0].px * grow);
"""
FILTER = """
const field = document.getElementById("from");
field.value = arguments[0];
field.dispatchEvent(new Event("change"));
const shown = ties.filter((tie) => tie.shown && isTold(tie));
const tied = new Set(shown.flatMap((tie) => [tie.giver.name, tie.receiver.name]));
const said = /([0-9,]+)(?: of [0-9,]+)? ties?/.exec(document.getElementById("shown").textContent);
return [shown.length, tied.size, Number(said[1].replaceAll(",", ""))];
"""


def on_screen(scene: Scene, book: Book, since: str) -> dict[str, Any]:
    """Count names that can be read on a phone, and numbers that are false after a filter.

    Empty where there is no browser. The numbers are ties and people shown, and the ties that the
    page says it shows, beside those between the same people in the window of the book.
    """
    there = importlib.util.find_spec("selenium") and shutil.which("chromium")
    if not (there and shutil.which("chromedriver")):
        return {}
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in FLAGS:
        options.add_argument(flag)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        scene.save(path)
        options.add_argument(f"--user-data-dir={folder}/profile")
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            size = {"width": PHONE[0], "height": PHONE[1], "deviceScaleFactor": 1, "mobile": True}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            driver.get(path.as_uri())
            stop = time.monotonic() + 60
            while not driver.execute_script(READY) and time.monotonic() < stop:
                time.sleep(0.1)
            px = driver.execute_script(NAMES)
            told = driver.execute_script(FILTER, since)
        finally:
            driver.quit()
    whose = scene.details.whose if scene.details else None
    fan = all(whose in (edge["u"], edge["v"]) for edge in scene.edges)  # of one person's ties alone
    kept = book.window(since=since).graph().subgraph(scene.nodes).edges
    true_ties = [ends for ends in kept if not fan or not scene.edges or whose in ends]
    tied = {person for ends in true_ties for person in ends}
    true = [len(true_ties), len(tied), len(true_ties)]
    wrong = sum(a != b for a, b in zip(told, true, strict=True))
    return {"phone": sum(each >= LEGIBLE for each in px), "filter": f"{wrong} of {len(true)}"}
