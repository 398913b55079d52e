"""Fonts: every script drawn by a font that has it, shaped, and the same whatever the system has."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from PIL import Image
from strategies import book_of, names

from refgraph import maps
from refgraph.maps.drawing import fonts, text_measure
from refgraph.maps.drawing.text_measure import Ruler

BY_ITSELF = {
    "Latin": ["Łukasz Żółć", "Zoë O’Connor-Smith", "Ştefan Ilić"],
    "Greek": ["Νίκος Παπαδόπουλος"],
    "Cyrillic": ["Анна Соколова"],
    "Arabic": ["محمد علي"],
    "Hebrew": ["דוד כהן"],
}
WITH_EXTRA = {
    "Chinese": ["王小明", "陳大文"],
    "Japanese": ["佐藤 花子", "アンナ"],
    "Korean": ["김민준"],
    "Thai": ["สมชาย ใจดี", "ศิริพร ณ น้ำใส"],
    "Devanagari": ["प्रिया शर्मा", "क्षितिज"],
    "Bengali": ["রহিম"],
    "Tamil": ["தமிழ்"],
    "Emoji": ["Joy 🦄", "👩\u200d👩\u200d👧", "🇩🇪 Max"],
}
EVERYBODY = [name for each in (BY_ITSELF | WITH_EXTRA).values() for name in each]


@pytest.fixture
def extra():
    """Skip where the extra is not there; its faces are announced to Matplotlib as needed."""
    for package in fonts._PACKAGES:
        if find_spec(package) is None:
            pytest.skip(f"the fonts extra is not installed: no {package}")


@pytest.fixture
def bare(monkeypatch):
    """Take away the extra, and every font of the system."""
    own = [face for face in fontManager.ttflist if "mpl-data" in face.fname]
    monkeypatch.setattr(fontManager, "ttflist", own)
    monkeypatch.setattr(fonts, "_PACKAGES", ("a_package_that_is_not_there",))
    fonts._extra.cache_clear()
    fonts._characters.cache_clear()
    text_measure._set.cache_clear()
    yield
    fonts._extra.cache_clear()
    fonts._characters.cache_clear()
    text_measure._set.cache_clear()


def faces(families):
    """Give the file and the index that Matplotlib itself finds for each family."""
    for family in families:
        path = fontManager.findfont(FontProperties(family=[family]), fallback_to_default=False)
        yield str(path), getattr(path, "face_index", 0)


def cmaps(families):
    """Read what each file can draw, without Matplotlib."""
    return [letters_in(*face) for face in faces(families)]


@cache
def letters_in(path, index):
    return frozenset(map(chr, TTFont(path, fontNumber=index).getBestCmap()))


def drawn(text, families, px=40.0):
    """Give the pixels of one text."""
    figure = Figure(figsize=(4, 1), dpi=100)
    figure.text(0.02, 0.4, text, family=list(families), size=px * 0.72, parse_math=False)
    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    return np.asarray(Image.open(stream).convert("L"))


@pytest.mark.parametrize("script", BY_ITSELF)
def test_letters_of_dejavu_need_no_other_font(script):
    found = fonts.for_names(BY_ITSELF[script])
    assert found.families == (fonts.BASE,)
    (has,) = cmaps(found.families)
    assert has.issuperset("".join(BY_ITSELF[script]))
    ((path, _),) = faces(found.families)
    assert "mpl-data" in path  # the one that Matplotlib brings along


@pytest.mark.parametrize("script", WITH_EXTRA)
def test_with_the_extra_a_font_that_has_the_letters_draws_them(extra, script):
    found = fonts.for_names(WITH_EXTRA[script])
    assert found.unreadable == ()
    assert found.notes() == ()
    where = [path for path, _ in faces(found.families)]
    assert all("LastResort" not in path for path in where)
    assert all(any(package in path for package in fonts._PACKAGES) for path in where[1:])
    shown = {c for name in WITH_EXTRA[script] for c in name if not fonts._joins(c)}
    assert shown <= set().union(*cmaps(found.families))
    boxes = drawn(fonts.BOX * 3, found.families)
    for name in WITH_EXTRA[script]:
        picture = drawn(found.drawable(name), found.families)
        assert picture.min() < 60
        assert (picture != boxes).any()
        assert (picture != drawn(name, [fonts.BASE, "Last Resort High-Efficiency"])).any()


def test_the_fonts_of_the_extra_are_of_regular_weight(extra):
    for face in fonts._extra().values():
        assert face.weight in {400, "normal"}, face
        file = TTFont(face.fname, fontNumber=face.index)
        if "fvar" in file:  # Matplotlib draws the default of a variable font
            assert {axis.axisTag: axis.defaultValue for axis in file["fvar"].axes}["wght"] == 400


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("علي", "ع ل ي"),
        ("क्षि", "क ् ष ि"),
        ("น้ำ", "น ้ ำ"),
        ("ศิ", "ศ ิ"),
        ("👩\u200d👩\u200d👧", "👩 👩 👧"),
        ("🇩🇪", "🇩 🇪"),
    ],
    ids=["Arabic", "conjunct", "tone mark", "vowel above", "family", "flag"],
)
def test_letters_are_joined_and_marks_are_placed(extra, text, apart):
    found = fonts.for_names([text])
    ruler = Ruler(found)
    alone = sum(ruler.size(letter, 40.0)[0] for letter in apart.split())
    assert ruler.size(text, 40.0)[0] < 0.9 * alone
    ink = drawn(text, found.families) < 128
    assert ink.any(axis=0).sum() < 0.9 * alone


def test_right_to_left_begins_at_the_right():
    picture = drawn("אא א", [fonts.BASE]) < 128
    columns = np.flatnonzero(picture.any(axis=0))
    gap = int(np.diff(columns).argmax())
    assert columns[gap] - columns[0] < columns[-1] - columns[gap + 1]  # the lone letter is left


def test_the_picture_is_the_same_whatever_fonts_the_system_has(extra, monkeypatch):
    people = [(date(2026, 1, 5), name, "Me", 1) for name in EVERYBODY]
    before = maps.draw("owed", book_of(people, me="Me")).to_bytes("png")
    other = next(face for face in fontManager.ttflist if face.name == "STIXGeneral")
    strange = [replace(other, name=name) for name in (*fonts._FALLBACKS, "Noto Color Emoji")]
    strange += [  # and one that does have the letters, under the name it has in a system
        replace(face, name=name.removesuffix(" of refgraph[fonts]"))
        for name, face in fonts._extra().items()
    ]
    chosen = fonts.for_names(EVERYBODY).families
    monkeypatch.setattr(fontManager, "ttflist", [*strange, *fontManager.ttflist])
    fontManager._findfont_cached.cache_clear()
    fonts._characters.cache_clear()
    text_measure._set.cache_clear()
    try:
        assert fonts.for_names(EVERYBODY).families == chosen
        assert maps.draw("owed", book_of(people, me="Me")).to_bytes("png") == before
    finally:
        fontManager._findfont_cached.cache_clear()
        fonts._characters.cache_clear()
        text_measure._set.cache_clear()


#: How many of the people of every script a map names, where it is not only some whom it draws.
NAMED = dict.fromkeys(("owed", "connectors", "overview", "matrix"), len(EVERYBODY))
NAMED |= {"chains": 12, "pipeline": 5}


@pytest.mark.parametrize("kind", maps.KINDS)
def test_every_script_is_on_the_maps_in_all_formats_without_a_warning(extra, caplog, kind):
    rows = [(date(2026, 1, 5), name, "Me", 1) for name in EVERYBODY]
    rows += [(date(2026, 1, 6), a, b, 1) for a, b in pairwise(EVERYBODY)]
    most = {}
    if kind == "chains":  # where those are drawn who brought somebody
        rows, most = [(*row, {"prospect": f"{row[1]} too"}) for row in rows[:12]], {"top": 12}
    if kind == "pipeline":  # where an outcome is recorded, those without contact are named
        rows = [(*row, {"status": "won" if row[2] == "Me" else "given"}) for row in rows]
        rows += [(date(2026, 1, 7), name, "Me", 1, {"status": "given"}) for name in EVERYBODY]
    scene = maps.draw(kind, book_of(rows, me="Me"), **most)
    assert scene.notes == ()
    texts = {label["node"]: label["text"] for label in scene.labels if label["node"] in EVERYBODY}
    assert texts == {name: name for name in texts}  # whole, whatever the script
    assert len(texts) >= NAMED.get(kind, len({*EVERYBODY} & {*scene.nodes}))
    for form in ("png", "svg", "pdf") if kind == "owed" else ("png",):
        scene.to_bytes(form)
    assert caplog.records == []


def test_without_the_extra_one_sentence_says_which_names_and_what_to_install(bare):
    lost = ["สมชาย", "ศิริพร", "प्रिया", "王小明", "王小红"]
    book = book_of([(date(2026, 1, 5), name, "Me", 1) for name in [*lost, "Ann"]], me="Me")
    for kind in ("owed", "connectors"):
        scene = maps.draw(kind, book)
        (said,) = scene.notes
        assert all(name in said for name in lost)
        assert "Ann" not in said
        assert 'pip install "refgraph[fonts]"' in said
        texts = [label["text"] for label in scene.labels]
        assert len(set(texts)) == len(texts)  # still told apart
        scene.to_bytes("png")


def test_the_extra_is_not_advised_where_it_is_installed(extra):
    lost = "\U000e0fff"  # not assigned, so in no font
    (said,) = fonts.for_names([f"Bo {lost}"]).notes()
    assert f"Bo {lost}" in said
    assert "pip" not in said
    assert "install a font" in said


def test_letters_without_a_font_become_numbered_boxes(bare):
    found = fonts.for_names(["Ann", "Bo 王", "Cy 王王王王"])
    assert found.drawable("Bo 王") == "Bo □ #1"
    assert found.drawable("Cy 王王王王") == "Cy □□□ #2"
    assert found.drawable("Ann") == "Ann"


@settings(max_examples=30)
@given(st.lists(names(), max_size=4))
def test_every_letter_is_in_one_of_the_fonts_or_said_to_be_missing(people):
    found = fonts.for_names(people)
    has = set().union(*cmaps(found.families))
    wanted = {c for name in people for c in found.drawable(name)}
    assert wanted <= has | {c for c in wanted if fonts._joins(c)}
    assert not found.missing & has
    for name in people:
        unseen = any(c in found.missing and not fonts._joins(c) for c in name)
        unseen |= any(torn in name for torn in found.torn)
        assert (name in found.unreadable) == unseen


@pytest.mark.parametrize("name", ["0\u09bc", "Bo 0\u09bc Park", "a\u0902", "e\u20dd\u0301"])
def test_a_letter_whose_mark_no_font_of_its_own_has_is_said_to_be_missing(extra, name):
    found = fonts.for_names([name, "Ann"])
    text = found.drawable(name)
    whole = any(all(c in has for c in name if c != " ") for has in cmaps(found.families))
    assert (fonts.BOX in text) == (name in found.unreadable) == (not whole)
    drawn(text, found.families)  # without a warning
    assert found.drawable("Ann") == "Ann"


@pytest.mark.parametrize("name", ["प्रिया शर्मा क्षितिज", "ศิริพร ณ น้ำใส", "e\u0331" * 12])
def test_a_shortened_name_keeps_every_mark_with_its_letter(extra, name):
    found = fonts.for_names([name])
    ruler = Ruler(found, [name])
    for room in range(30, 200, 7):
        text = ruler.fit(name, 14.0, float(room))
        _, cut, back = text.partition("\N{HORIZONTAL ELLIPSIS}")
        assert not cut or not back or not fonts.follows(back[0])
        drawn(text, found.families, 14.0)


def test_nothing_of_the_extra_is_imported(extra):
    code = (
        "import sys; from refgraph.maps.drawing import fonts;"
        "print(fonts.for_names(['王小明', 'สมชาย', 'Joy 🦄']).unreadable);"
        "print([p for p in fonts._PACKAGES if p in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["()", "[]"]


def test_an_installed_family_of_the_system_is_used_where_there_is_no_extra(bare, monkeypatch):
    other = next(face for face in fontManager.ttflist if face.name == "STIXGeneral")
    only = sorted(set(map(chr, TTFont(other.fname).getBestCmap())) - fonts._characters(fonts.BASE))
    monkeypatch.setattr(
        fontManager, "ttflist", [*fontManager.ttflist, replace(other, name="Symbola")]
    )
    fontManager._findfont_cached.cache_clear()
    fonts._characters.cache_clear()
    text_measure._set.cache_clear()
    found = fonts.for_names([f"Bo {only[-1]}"])
    fontManager._findfont_cached.cache_clear()
    assert found.families == (fonts.BASE, "Symbola")
