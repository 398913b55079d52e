"""Every kind of map at every size, from a phone to A0: all within the page, names apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from matplotlib.figure import Figure
from strategies import book_of

from refgraph import errors, maps
from refgraph.maps.large_page import draw_large

SIZES = [(480, 1000), (600, 1000), (900, 1200), (1200, 900), (3508, 2480), (3311, 4681)]  # A4, A0


def overlap(a, b):
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return min(wide, high)


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def sized(request, drawn):
    def draw(kind, name="sample"):
        width, height = request.param
        return drawn(kind, name, width=width, height=height)

    return draw


@pytest.mark.parametrize("kind", maps.KINDS)
def test_everything_is_within_the_page_and_no_name_on_another(sized, kind):
    scene = sized(kind)
    boxes = [label["box"] for label in (*scene.labels, *scene.captions)]
    for box in boxes:
        assert min(box) >= -1, box
        assert box[2] <= scene.W + 1, box
        assert box[3] <= scene.H + 1, box
    names = [label["box"] for label in scene.labels]
    for k, box in enumerate(names):
        assert all(overlap(box, other) < 1 for other in names[:k])
    for x, y, r in scene.nodes.values():
        assert r - 1 <= x <= scene.W - r + 1
        assert r - 1 <= y <= scene.H - r + 1


@pytest.mark.parametrize("kind", maps.KINDS)
def test_words_are_as_large_on_every_page(sized, kind):
    scene = sized(kind)
    assert min((label["px"] for label in scene.labels), default=12) >= 12
    assert min(caption["px"] for caption in scene.captions) >= 10.5


@pytest.mark.parametrize("kind", ["owed", "connectors", "overview", "timeline"])
def test_the_map_reaches_down_to_its_legend(sized, kind):
    scene = sized(kind)
    foot = scene.legend["top"]
    low = max(
        label["box"][3] for label in (*scene.labels, *scene.captions) if label["box"][3] < foot
    )
    assert low - scene.head > 0.5 * (foot - scene.head)


@pytest.mark.parametrize("name", ["sample", "adviser"])
def test_a_narrow_page_of_what_is_owed_is_a_list_with_counts_and_days(drawn, name, adviser):
    from refgraph import Book
    from refgraph.analysis.owing import owe

    book = adviser if name == "adviser" else Book.sample()
    scene = drawn("owed", name, width=480)
    table = owe.position(book, book.me)
    table = table[table["gave_me"] + table["i_gave"] > 0]
    said = {label["node"] for label in scene.labels}
    assert said == set(table.index)
    assert len({round(label["box"][0]) for label in scene.labels}) == 1  # one below the other
    words = [caption["text"] for caption in scene.captions]
    for person in said:
        gave, got = table.loc[person, ["gave_me", "i_gave"]]
        assert any(word.startswith(f"{gave} in, {got} out") for word in words), person


def test_many_rows_of_one_kind_take_both_sides(book_of_gifts):
    scene = maps.draw("owed", book_of_gifts)
    sides = [label["box"][0] > scene.W / 2 for label in scene.labels if label["node"] != "Me"]
    assert abs(sum(sides) - len(sides) / 2) <= 1
    assert "You went first" in {caption["text"] for caption in scene.captions}
    assert not any(caption["text"] == "You owe" for caption in scene.captions)


@pytest.fixture(scope="module")
def book_of_gifts():
    from strategies import TODAY, book_of

    return book_of([(TODAY, "Me", f"Person {k}", 1) for k in range(20)], me="Me")


def test_a_page_narrower_than_names_is_refused(drawn):
    for kind in maps.KINDS:
        with pytest.raises(errors.RefgraphError, match="Choose 480 or more"):
            drawn(kind, "sample", width=479)


@pytest.mark.parametrize("kind", maps.KINDS)
def test_letters_grow_with_a_page_larger_than_the_map_fills(drawn, kind):
    own = drawn(kind, "sample")
    width, height = (round(3 * max(side, 850)) for side in (own.W, own.H))
    scene = drawn(kind, "sample", width=width, height=height)
    assert scene.enlarged >= 3 / 1.26
    assert (scene.W * scene.enlarged, scene.H * scene.enlarged) == pytest.approx((width, height))
    told = scene.to_dict()
    assert (told["W"], told["H"]) == pytest.approx((width, height))
    letters = [
        (entry["px"], own["px"])
        for entry, own in zip(told["captions"], scene.captions, strict=True)
    ]
    assert all(large == pytest.approx(px * scene.enlarged) for large, px in letters)


def test_a_picture_has_the_pixels_that_were_asked_for(drawn):
    scene = drawn("owed", "sample", width=6001, height=4003)
    png = scene.to_bytes("png", scale=0.25)
    assert [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)] == [1500, 1000]
    width, height = re.findall(rb'(?:width|height)="([\d.]+)pt"', scene.to_bytes("svg"))[:2]
    assert (float(width), float(height)) == pytest.approx((6001 * 0.72, 4003 * 0.72), rel=1e-4)


@pytest.mark.parametrize(("named_of_100", "enlarged"), [(100, 3 / 1.25), (25, 3 / 2.5), (10, 1)])
def test_the_more_names_have_no_room_the_less_a_page_is_enlarged(named_of_100, enlarged):
    def draw(width=1000.0, height=800.0):
        share = width * height / (1000 * 800)
        named = min(round(named_of_100 * share), 100)
        people = [f"P{k}" for k in range(100)]
        labels = [{"node": person} for person in people[:named]]
        scene = maps.Scene(width, height, Figure(), "", "", dict.fromkeys(people, (0, 0, 1)))
        return replace(scene, labels=labels)

    assert draw_large(draw, {"width": 3000, "height": 2400}).enlarged == pytest.approx(enlarged)
    assert draw_large(draw, {"width": 2400}).enlarged == 1
    # of a sheet for a wall letters can be read, whoever has no room
    wall = draw_large(draw, {"width": 10_000, "height": 8_000}).enlarged
    assert wall == pytest.approx(max(10 / 1.25 * (named_of_100 / 100) ** 0.5, 10 / 6))


@pytest.mark.parametrize("kind", list(maps.KINDS))
def test_a_page_with_nothing_to_draw_has_the_size_that_was_asked_for(kind):
    book = book_of([], me="Me")
    scene = maps.draw(kind, book, width=900, height=450)
    assert (scene.W, scene.H) == (900, 450)
    assert all(0 < box[1] < box[3] < 450 for box in (text["box"] for text in scene.captions))
    with pytest.raises(errors.RefgraphError, match=r"Choose [234].. or more"):
        maps.draw(kind, book, width=900, height=80)
