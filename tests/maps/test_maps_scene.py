"""Saving: the three formats, the same bytes every time, all of a file or none of it."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

import refgraph
from refgraph import maps
from refgraph.errors import OutputError, RefgraphError
from refgraph.maps import quality
from refgraph.maps.scenes.scene import FORMATS, Scene

SAMPLE = Path(refgraph.__file__).parent / "sample"


@pytest.fixture(scope="module")
def owed(drawn):
    return drawn("owed", "sample")


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89")],
)
def test_the_ending_chooses_the_format(owed, tmp_path, suffix, start):
    path = tmp_path / f"map.{suffix}"
    owed.save(path)
    assert path.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [path]


def test_the_picture_has_the_size_of_the_scene(owed, tmp_path):
    owed.save(tmp_path / "map.png")
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.size == (owed.W, owed.H)
    owed.save(tmp_path / "large.png", scale=2)
    with Image.open(tmp_path / "large.png") as picture:
        assert picture.size == (2 * owed.W, 2 * owed.H)


def digests(draw):
    """Give a digest of every map, in every format, as `draw` gives it for a kind."""
    return {
        (kind, form): hashlib.sha256(content).hexdigest()
        for kind in maps.KINDS
        for form, content in contents(kind, draw(kind))
    }


def contents(kind, scene):
    yield "json", scene.to_json().encode()
    for form in FORMATS if kind == "owed" else ("svg", "html"):
        yield form, scene.to_bytes(form)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Draw the same book with its rows shuffled in a process of its own; give what it printed."""
    shuffled = tmp_path_factory.mktemp("book") / "shuffled"
    shutil.copytree(SAMPLE, shuffled)
    for name in ("referrals", "people"):
        head, *rows = (shuffled / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        random.Random(1).shuffle(rows)  # noqa: S311  a shuffle, not a secret
        (shuffled / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    script = (
        "import sys, refgraph, test_maps_scene; book = refgraph.Book.read(sys.argv[1]);"
        "print(test_maps_scene.digests(lambda kind: refgraph.maps.draw(kind, book)));"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", script, str(shuffled)],
        env={
            **os.environ,
            "PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2",
            "PYTHONPATH": os.pathsep.join(map(str, (here, here.parent, here.parents[1]))),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_two_processes_draw_the_same_bytes_from_shuffled_rows(elsewhere, drawn):
    ours = digests(lambda kind: drawn(kind, "sample"))
    assert ast.literal_eval(elsewhere[0]) == ours
    assert len(ours) == 3 * len(maps.KINDS) + 2


def test_drawing_needs_no_pyplot(elsewhere):
    assert elsewhere[1] == "False"


def test_the_settings_of_the_user_neither_change_the_map_nor_are_changed(owed):
    before = owed.to_bytes("png")
    with mpl.rc_context({"font.size": 31, "lines.linewidth": 9, "savefig.dpi": 37}):
        kept = dict(mpl.rcParams)
        assert maps.draw("owed", refgraph.Book.sample()).to_bytes("png") == before
        assert dict(mpl.rcParams) == kept


def test_the_scene_is_json_with_the_agreed_keys(owed, tmp_path):
    owed.save_json(tmp_path / "scene.json")
    scene = json.loads((tmp_path / "scene.json").read_text(encoding="utf-8"))
    assert list(scene)[:7] == ["W", "H", "nodes", "labels", "captions", "edges", "ribbons"]
    assert all(len(disc) == 3 for disc in scene["nodes"].values())
    assert {"node", "text", "box", "px"} <= set(scene["labels"][0])
    assert {"u", "v", "poly", "tip", "head"} <= set(scene["edges"][0])
    assert all(
        edge["u"] in scene["nodes"] and edge["v"] in scene["nodes"] for edge in scene["edges"]
    )


def test_a_notebook_shows_a_png(owed):
    assert owed._repr_png_().startswith(b"\x89PNG")
    assert "You owe" in repr(owed)


def test_an_unknown_ending_is_a_sentence(owed, tmp_path):
    with pytest.raises(RefgraphError, match=r"map\.gif .* \.png, \.svg, \.pdf or \.html"):
        owed.save(tmp_path / "map.gif")
    with pytest.raises(RefgraphError, match="'gif'"):
        owed.to_bytes("gif")


def test_a_folder_that_does_not_exist_is_a_sentence(owed, tmp_path):
    with pytest.raises(OutputError, match=r"Cannot write .*no such file"):
        owed.save(tmp_path / "nowhere" / "map.png")


def test_a_failed_write_leaves_the_old_file(owed, tmp_path, monkeypatch):
    path = tmp_path / "map.png"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="no space left"):
        owed.save(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_for_its_owner_only(owed, tmp_path):
    owed.save(tmp_path / "map.svg")
    owed.save_json(tmp_path / "map.json")
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_an_unknown_kind_of_map_is_a_sentence(adviser):
    with pytest.raises(RefgraphError, match="no map 'pie'"):
        maps.draw("pie", adviser)


@pytest.mark.parametrize(
    ("kind", "width", "name"),
    [
        *((kind, 1200, "adviser") for kind in maps.KINDS),
        *((kind, 2400, "sample") for kind in ("owed", "connectors", "overview")),
    ],
)
def test_other_widths_hold_the_goals_too(adviser, drawn, kind, width, name):
    figures = quality.evaluate(drawn(kind, name, width=width))
    faults = ["names_overlapping", "names_on_discs", "off_page", "discs_overlapping"]
    assert [figures[fault] for fault in faults] == [0, 0, 0, 0]
    assert figures["names"] == figures["people"]
    with pytest.raises(RefgraphError, match="no room for names"):
        maps.draw(kind, adviser, width=400)


def test_a_scene_rounds_its_numbers():
    scene = Scene(10, 10, Figure(), "", "", nodes={"Ann": (1 / 3, 2.0, float(np.float64(1)))})
    assert json.loads(scene.to_json())["nodes"] == {"Ann": [0.33, 2.0, 1.0]}
    assert refgraph.maps.Scene is Scene
