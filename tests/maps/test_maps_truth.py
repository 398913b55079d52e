"""The scene tells the truth: what it says is in the picture, and nothing else is."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text
from PIL import Image

from refgraph.maps.kinds.owed import data
from refgraph.maps.scenes import theme

MAPS = [("owed", "adviser"), ("connectors", "adviser"), ("connectors", "chapter")]
PAPER = np.array([255, 255, 255])


@pytest.fixture(scope="module")
def saved(tmp_path_factory, drawn, adviser, chapter):
    """Draw and save each map once; give the book, the scene and the pixels of the file."""
    folder = tmp_path_factory.mktemp("maps")

    @cache
    def draw(kind, name):
        book = {"adviser": adviser, "chapter": chapter}[name]
        scene = drawn(kind, name)
        path = folder / f"{kind}-{name}.png"
        scene.save(path)
        with Image.open(path) as picture:
            return book, scene, np.asarray(picture.convert("RGB")).astype(int)

    return draw


def colors(kind, book, scene):
    """Give the colour that each person's mark must have, from the book alone."""
    if kind == "owed":
        of = {"owe": theme.OWE, "first": theme.FIRST, "even": theme.EVEN}
        rows = data.rows_of(book, book.me, mine=True)
        found = {row.person: theme.AGED if row.late else of[row.kind] for row in rows}
        return found | {book.me: theme.ME}
    role = book.people["role"]
    known = (role.reindex(list(book.people.index)).fillna("") != "").any()
    plain = dict.fromkeys(scene.nodes, theme.PLAIN[1])
    return {p: theme.ROLES[role[p] or ""][1] for p in scene.nodes} if known else plain


@pytest.mark.parametrize(("kind", "name"), MAPS)
def test_the_file_has_the_size_and_every_disc_its_colour(saved, kind, name):
    book, scene, picture = saved(kind, name)
    assert picture.shape == (scene.H, scene.W, 3)
    wanted = colors(kind, book, scene)
    assert set(scene.nodes) <= set(wanted)
    for person, (x, y, r) in scene.nodes.items():
        h = max(int(0.5 * r), 1) if kind == "owed" else 0  # there a number covers the centre
        middle = picture[round(y) - h : round(y) + h + 1, round(x) - h : round(x) + h + 1]
        seen, times = np.unique(middle.reshape(-1, 3), axis=0, return_counts=True)
        assert to_hex(seen[times.argmax()] / 255) == wanted[person], person


@pytest.mark.parametrize(("kind", "name"), MAPS)
def test_a_disc_ends_at_its_radius(saved, kind, name):
    _, scene, picture = saved(kind, name)
    for person, (x, y, r) in scene.nodes.items():
        angle = np.arange(0, 2 * np.pi, 0.1)
        rim = np.array([x, y]) + (r + 2.2) * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        at = np.rint(rim).astype(int)
        beyond = picture[at[:, 1], at[:, 0]]
        mark = picture[round(y), round(x)] if kind == "connectors" else to_rgb(theme.ME)
        same = (np.abs(beyond - mark).max(axis=1) < 12).mean()
        assert same < 0.3, person  # but for a rim of lateness, a corner or a tie of that colour


@pytest.mark.parametrize(("kind", "name"), MAPS)
def test_every_text_is_in_the_scene_and_where_it_says(saved, kind, name):
    _, scene, picture = saved(kind, name)
    renderer = scene.figure.canvas.get_renderer()
    artists = [text for text in scene.figure.axes[0].texts if text.get_text()]
    artists += [a for a in scene.figure.axes[0].artists if isinstance(a, Text)]
    said = [*scene.labels, *scene.captions]
    assert sorted({id(a): a.get_text() for a in artists}.values()) == sorted(
        entry["text"] for entry in said
    )
    left = {id(a): a for a in artists}
    for entry in said:
        x0, y0, x1, y1 = entry["box"]
        near = [
            a
            for a in left.values()
            if a.get_text() == entry["text"]
            if abs(a.get_window_extent(renderer).x0 - x0) < 2
            if y0 - 2 < scene.H - a.get_window_extent(renderer).y0 < y1 + 2
        ]
        assert near, entry
        extent = near[0].get_window_extent(renderer)
        assert abs(extent.x1 - x1) < 2
        assert extent.y1 <= scene.H - y0 + 2
        del left[id(near[0])]
    assert not left
    for label in scene.labels:  # and there is ink in the box, from its first column to its last
        x0, y0, x1, y1 = (round(side) for side in label["box"])
        box = picture[y0:y1, x0:x1]
        ground = box.reshape(-1, 3)[np.abs(box.reshape(-1, 3) - box[0, 0]).sum(axis=1).argmin()]
        ink = np.abs(box - ground).max(axis=2) > 110
        columns = np.flatnonzero(ink.any(axis=0))
        assert len(columns), label
        assert columns[0] < 6, label
        assert columns[-1] > x1 - x0 - 12, label


@pytest.mark.parametrize(("kind", "name"), MAPS)
def test_every_tie_is_where_it_says(saved, kind, name):
    _, scene, picture = saved(kind, name)
    boxes = np.array([text["box"] for text in [*scene.labels, *scene.captions]])
    for edge in scene.edges:
        poly = np.array(edge["poly"])
        points = np.vstack([poly, (poly[1:] + poly[:-1]) / 2])
        if edge["tip"]:
            points = points[np.hypot(*(points - edge["tip"]).T) > 1]
        under = (
            (points[:, None] > boxes[None, :, :2] - 5) & (points[:, None] < boxes[None, :, 2:] + 5)
        ).all(axis=2)
        x, y = np.rint(points[~under.any(axis=1)]).astype(int).T
        around = np.stack(
            [picture[y + dy, x + dx].sum(axis=1) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
        )
        assert (around.min(axis=0) < 3 * 245).mean() > 0.8, (edge["u"], edge["v"])


@pytest.mark.parametrize(("kind", "name"), MAPS)
def test_nothing_is_drawn_outside(saved, kind, name):
    _, scene, picture = saved(kind, name)
    for strip in (picture[:6], picture[-6:], picture[:, :4], picture[:, -4:]):
        assert (strip == PAPER).all()
    covered = np.zeros(picture.shape[:2], dtype=bool)
    for x, y, r in scene.nodes.values():
        cover(covered, x - r - 20, y - r - 20, x + r + 20, y + r + 20)  # a hull, a pill, a rim
    for text in [*scene.labels, *scene.captions]:
        x0, y0, x1, y1 = text["box"]
        cover(covered, x0 - 5, y0 - 5, x1 + 5, y1 + 5)
    for edge in scene.edges:
        for x, y in dense(np.array(edge["poly"])):
            cover(covered, x - 9, y - 9, x + 9, y + 9)
    for label in scene.labels:  # a line may lead from a mark to its name
        x, y, _ = scene.nodes[label["node"]]
        near = np.clip((x, y), label["box"][:2], label["box"][2:])
        for at in dense(np.array([(x, y), near])):
            cover(covered, *(at - 4), *(at + 4))
    legend = int(max(y + r for _, y, r in scene.nodes.values())) + 20
    foreign = (np.abs(picture - PAPER).max(axis=2) > 60) & ~covered  # a hull is paler than that
    assert not foreign[:legend].any(), np.argwhere(foreign[:legend])[:5]


def cover(mask, x0, y0, x1, y1):
    mask[max(int(y0), 0) : int(y1) + 1, max(int(x0), 0) : int(x1) + 1] = True


def dense(poly):
    run = np.r_[0.0, np.cumsum(np.hypot(*np.diff(poly, axis=0).T))]
    at = np.arange(0.0, run[-1] + 6, 6)
    return np.stack([np.interp(at, run, poly[:, k]) for k in (0, 1)], axis=1)
