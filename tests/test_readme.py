"""What README.md is: two maps, two screens, commands that run from a clone and on one's own table.

That what it shows is what happens, as on every page, stands in test_pages.
"""

from __future__ import annotations

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from generator import pages
from PIL import Image

TEXT = pages.README.read_text(encoding="utf-8")
GATE = (pages.ROOT / ".ci" / "run").read_text(encoding="utf-8")
PICTURES = pages.PICTURE.findall(TEXT)
MOST_LINES = 76  # with its maps side by side 1,800 pixels, two screens, as a page of 830 shows it
COMPARED = (pages.ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
MAPS = (pages.ROOT / "docs" / "maps.md").read_text(encoding="utf-8")
#: What a realtor may keep.
TRACKER = """Name,Direction,Date,Client,Outcome
Ann Lee,received,2026-01-08,Okafor Dental,closed
Bo Park,sent,2026-02-02,Cy Dunn,
"""


@pytest.fixture
def beside_the_data():
    with pages.beside_the_data() as folder:
        yield folder


def command_under(heading):
    """Give the one line of the first block under a heading, as the gate reads it."""
    block = TEXT.split(f"\n{heading}\n")[1].split("\n```bash\n")[1].split("\n```")[0]
    assert "\n" not in block
    assert f'"{heading}"' in GATE
    return block


def refgraph_words(line):
    """Give the commands of refgraph in a line, after those that install it."""
    setup, *rest = line.split(" && .venv/bin/refgraph ")
    assert setup.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert rest
    return rest


def test_it_opens_with_two_pictures_and_fits_two_screens():
    opening, _, _ = TEXT.partition("\n### ")
    assert pages.PICTURE.findall(opening) == PICTURES
    assert len(PICTURES) == 2
    assert len(TEXT.splitlines()) <= MOST_LINES


def test_its_main_command_is_the_one_whose_page_is_walked_through():
    """The gate runs it as it stands; what comes of it is read in tests/review."""
    assert refgraph_words(command_under("### See it work")) == [
        "review data/adviser -o review.html"
    ]
    walked = (pages.ROOT / "tests" / "review" / "test_review_numbers.py").read_text("utf-8")
    assert '"adviser": ("adviser",' in walked


def test_ones_own_table_is_read_by_one_command(beside_the_data):
    Path("tracker.csv").write_text(TRACKER, encoding="utf-8")
    for words in refgraph_words(command_under("### Your own data")):
        pages.output_of(words)
    page = Path("mine.html").read_text(encoding="utf-8")
    assert "Ann Lee" in page
    assert "Okafor Dental" in page


def test_the_gate_runs_its_test_command():
    assert command_under("### Run the tests").endswith("python -m pytest")


def test_it_shows_five_commands():
    section = TEXT.split("**At the command line**")[1].split("\n**")[0]
    assert len(pages.COMMAND.findall(section)) == 5


def test_what_it_compares_is_dated_and_names_its_script():
    section = TEXT.split("**How it compares**")[1].split("\n\n**")[0]
    rows = [line for line in COMPARED.splitlines() if line.startswith("| ")][2:]
    assert len(rows) >= 4
    dated = {re.search(r"\d{4}-\d{2}-\d{2}, `\w+\.py`(?= \|$)", row)[0] for row in rows}
    for when in dated:
        assert (pages.ROOT / "benchmarks" / when.split("`")[1]).is_file()
    shown = re.findall(r"\d{4}-\d{2}-\d{2}, `\w+\.py`", section)
    assert len(shown) == 3
    assert {*shown} <= dated
    assert {*re.findall(r"\d[\d.,]*\d", section)} <= {*re.findall(r"\d[\d.,]*\d", COMPARED)}


@pytest.mark.parametrize("shown", PICTURES)
def test_a_picture_is_what_its_command_makes(shown, beside_the_data):
    made = Path(shown).name  # by a command that prints nothing
    (words,) = [words for words, _ in pages.COMMAND.findall(MAPS) if words.endswith(f" -o {made}")]
    assert pages.output_of(words) == ""
    if not find_spec("weblate_fonts"):
        pytest.skip("without the fonts extra some of its names are boxes")
    old = pages.ROOT / shown
    assert old.stat().st_size < 400_000
    new, old = (np.asarray(Image.open(path).convert("RGB"), dtype=int) for path in (made, old))
    assert new.shape == old.shape
    # another release of Matplotlib may smooth an edge otherwise
    assert (np.abs(new - old).max(axis=2) > 48).mean() < 0.002


def test_a_registry_is_given_it_without_what_only_a_clone_has():
    shown = pages.PACKAGE.read_text(encoding="utf-8")
    assert shown == pages.for_a_registry(TEXT), "run: python docs/generate.py"
    assert "](" not in shown.replace("](http", "")
    assert "long_description = file: docs/package.md" in (pages.ROOT / "setup.cfg").read_text()
    assert shlex.split("include docs/*.md")[1] in (pages.ROOT / "MANIFEST.in").read_text("utf-8")
