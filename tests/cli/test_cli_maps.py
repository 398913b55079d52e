"""The command that draws maps: which it takes, which it picks, and what it says."""

from __future__ import annotations

import json
from dataclasses import replace
from inspect import signature
from pathlib import Path

import pytest
from PIL import Image

from refgraph import maps
from refgraph.maps.scenes import theme

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"
SAMPLE = DATA.parent / "refgraph" / "sample"


def test_a_page_has_the_size_theme_and_scale_asked_for(run, tmp_path):
    target = tmp_path / "t.png"
    words = ["timeline", SAMPLE, "-o", target, "--size", "1300x500", "--theme", "dark"]
    run("map", *words, "--scale", "0.5")
    with Image.open(target) as picture:
        assert picture.size == (650, 250)
        assert (
            "#{:02x}{:02x}{:02x}".format(*picture.convert("RGB").getpixel((2, 2)))
            == (theme.THEMES["dark"]["PAPER"])
        )


def test_the_matrix_with_its_scene(run, tmp_path):
    scene = tmp_path / "scene.json"
    words = ["-o", tmp_path / "m.svg", "--scene", scene, "--top", 5, "--highlight", "Hiro"]
    result = run("map", "matrix", SAMPLE, *words)
    assert f"Wrote {tmp_path / 'm.svg'}" in result.stderr
    assert result.stdout == ""
    drawn = json.loads(scene.read_text(encoding="utf-8"))
    assert "Hiro Tanabe" in drawn["nodes"]
    assert len(drawn["nodes"]) == 5
    assert len(drawn["labels"]) == 10
    assert drawn["edges"] == []
    assert {"u", "v", "weight", "box"} == set(drawn["cells"][0])


def test_auto_says_which_map_and_why(run, tmp_path):
    result = run("map", "auto", SAMPLE, "-o", tmp_path / "a.png")
    assert "Drawing the map owed: 10 people have a referral to or from you.\n" in result.stderr
    assert (tmp_path / "a.png").stat().st_size > 10_000
    (tmp_path / "r.csv").write_text("date,giver,receiver\n,Ann,Bo\n,Bo,Cy\n", encoding="utf-8")
    words = [tmp_path / "r.csv", "-o", tmp_path / "b.pdf", "--exact"]
    result = run("map", "auto", *words)
    assert "Drawing the map connectors: 3 people have ties." in result.stderr
    text = run("map", "auto", SAMPLE, "--only", "x", status=2).stderr
    assert "auto picks the map owed for this book, and --only belongs to the maps" in text
    (tmp_path / "r.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    assert "No referrals yet" in run("map", "auto", tmp_path / "r.csv", status=1).stderr


def test_incognito_hides_the_name_that_is_marked(run, tmp_path):
    scene = tmp_path / "scene.json"
    words = ["-o", tmp_path / "m.png", "--scene", scene, "--incognito", "--highlight", "Hiro"]
    run("map", "matrix", SAMPLE, *words)
    text = scene.read_text(encoding="utf-8")
    assert "Hiro" not in text
    assert "H.T.1" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["owed", "--only", "x"], "--only belongs to the maps connectors and matrix"),
        (
            ["timeline", "--top", "3"],
            "--top belongs to the maps owed, connectors, matrix and chains",
        ),
        (
            ["matrix", "--for", "Rosa"],
            "--for belongs to the maps owed, connectors, overview, timeline and pipeline",
        ),
        (["matrix", "--with-me"], "--with-me belongs to the maps connectors and chains"),
        (["timeline", "--size", "big"], "'big' is not WIDTHxHEIGHT"),
        (["timeline", "--size", "90000x10"], "at most 20000 pixels"),
        (["timeline", "--size", "9000x9000", "--scale", "8"], "more than 30000 pixels"),
        (["timeline", "-o", "t.svg", "--scale", "2"], "--scale belongs to PNG"),
        (["matrix", "--theme", "pink"], "'pink' is not one of"),
        (["matrix", "--top", "0"], "0 is not in the range"),
        (["pie"], "'pie' is not one of"),
    ],
)
def test_a_wrong_command_line_is_a_sentence(run, words, said):
    kind, *rest = words
    assert said in " ".join(run("map", kind, ADVISER, *rest, status=2).stderr.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["matrix", CHAPTER, "--only", "x"], "There is no group 'x'. Choose from: Business"),
        (["matrix", ADVISER, "--highlight", "Nobody At All"], "Nobody At All"),
        (["matrix", ADVISER, "--highlight", "Wendy Faulkner"], "nothing to mark"),
        (["matrix", ADVISER, "--size", "1600x200"], "200 pixels high has no room"),
        (["owed", ADVISER, "--size", "400x900"], "no room for names"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(run, words, said, tmp_path):
    kind, book, *rest = words
    result = run("map", kind, book, *rest, "-o", tmp_path / "m.png", status=1)
    assert said in " ".join(result.stderr.split())
    assert not list(tmp_path.glob("*.png"))


def test_under_health_nothing_given_is_compared_with_what_was_received(run, tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    rows = [f"2026-01-{k + 1:02d},P{k},Me" for k in range(9)]
    (book / "referrals.csv").write_text("\n".join(["date,giver,receiver", *rows, ""]))
    (book / "refgraph.toml").write_text('me = "Me"\nprofile = "health"\ntoday = "2026-06-30"\n')
    for kind in set(maps.KINDS) - {"connectors"}:
        assert "health" in run("map", kind, book, "-o", tmp_path / "x.png", status=1).stderr
    result = run("map", "auto", book, "-o", tmp_path / "x.png")
    assert "Drawing the map connectors" in result.stderr
    run("review", book, "-o", tmp_path / "out")
    pictures = sorted(path.name for path in (tmp_path / "out").glob("*.png"))
    assert pictures == ["connectors.png"]
    assert "one way" not in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_the_help_names_every_map_and_every_theme(run):
    text = run("map", "--help").stdout
    assert all(f"  {kind} " in text for kind in (*maps.KINDS, "auto"))
    assert f"[{'|'.join(theme.THEMES)}]" in text


def made_for(people, monkeypatch):
    kind = replace(maps.KINDS["overview"], made_for=people)
    monkeypatch.setitem(maps.KINDS, "overview", kind)


def test_a_map_of_more_people_than_it_is_made_for_says_so_at_once(run, monkeypatch, tmp_path):
    made_for(30, monkeypatch)
    words = ["map", "overview", CHAPTER, "-o", tmp_path / "a.png"]
    told = run(*words).stderr
    assert told.startswith("Note: this map is made for up to 30 people")
    assert "for 32; a window, like --last 3m" in told
    matrix = run("map", "matrix", CHAPTER, "-o", tmp_path / "b.png")
    assert "made for" not in matrix.stderr
    made_for(32, monkeypatch)
    assert "made for" not in run(*words).stderr


def test_a_review_for_somebody_has_the_maps_that_the_command_draws_for_them(run, tmp_path):
    folder = ["-o", tmp_path / "review", "--only", "png"]
    run("review", ADVISER, "--for", "Rosa Delgado", *folder)
    drawn = {path.stem for path in (tmp_path / "review").glob("*.png")}
    about = {kind.name for kind in maps.KINDS.values() if kind.about_one}
    assert about - drawn == {"overview"}  # few people: nothing to see in circles
    for kind in sorted(about & drawn):
        file = tmp_path / f"{kind}.png"
        run("map", kind, ADVISER, "--for", "Rosa Delgado", "-o", file)
        assert file.read_bytes() == (tmp_path / "review" / file.name).read_bytes(), kind


def test_the_map_of_connectors_leaves_out_whom_it_is_for(run, tmp_path):
    scene = tmp_path / "scene.json"
    words = ["-o", tmp_path / "m.png", "--scene", scene, "--for", "Rosa Delgado"]
    run("map", "connectors", ADVISER, *words)
    people = json.loads(scene.read_text(encoding="utf-8"))["nodes"]
    assert "Rosa Delgado" not in people
    assert "Dana Whitfield" in people


@pytest.mark.parametrize("kind", maps.KINDS)
def test_every_kind_declares_what_its_function_takes(kind):
    page = {"book", "theme", "width", "height", "seed", "pos", "ax"}
    page |= {*maps.kind.BY_VALUE} if maps.KINDS[kind].by_value else set()
    takes = set(signature(getattr(maps, kind).draw).parameters) - page
    declared = {*maps.KINDS[kind].options, *(["person"] if maps.KINDS[kind].about_one else [])}
    assert takes == declared
