"""A map as one web page: the same shapes in the same places, to hover, search and filter.

A :class:`refgraph.maps.scenes.scene.Scene` comes in; :func:`page` gives the whole page.
:func:`content` is what the page's script reads, numbers and names only; `shapes` turns marks into
such numbers. The scripts and the style beside this module are put into the page, which loads
nothing from anywhere and says so in its security policy, by the digest of each part.

Names are data: they are never markup, and what a book hides is not in the page. What can be done
there (search, filters, a person and their ties, the table) works on the same numbers that the
picture was drawn from.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.maps.drawing.fonts import BOX
from refgraph.maps.html.shapes import TENTHS, Palette, boxes, to_dict
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.details import Details, Person, Tie
from refgraph.maps.scenes.marks import Between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refgraph.maps.scenes.marks import Layer, Owner
    from refgraph.maps.scenes.scene import Scene

    Ints = NDArray[np.int64]

__all__ = ["RIBBON", "content", "page"]

SCRIPTS = (
    "model.js",
    "ink.js",
    "names.js",
    "stage.js",
    "cells.js",
    "sieve.js",
    "owed.js",
    "plot.js",
    "hands.js",
    "paper.js",
    "panel.js",
)
RIBBON = -2  # stands for the ties between two groups
_UNNAMED = re.compile(r"[\d,]+ names? left out for room")
_ALIGN = {"left": 0, "center": 1, "right": 2}


def page(scene: Scene, *, also: str = "", for_phone: bool = True) -> str:
    """Give a scene as one HTML page that needs nothing else, and no network.

    Parameters
    ----------
    scene : Scene
        A drawn map.
    also : str
        A script to run after the page's own.
    for_phone : bool, default True
        Whether a map that has a layout for phones of its own carries it: not in a frame, which may
        have no width yet when its page opens.

    Returns
    -------
    str
        HTML. Its Content-Security-Policy allows the page's own script and style and nothing else.

    Examples
    --------
    >>> from refgraph import Book, maps
    >>> text = page(maps.draw("owed", Book.sample()))
    >>> text.startswith("<!DOCTYPE html>"), "http" in text.replace("http-equiv", "")
    (True, False)
    """
    script = "\n".join(['"use strict";', *(_read(name).strip() for name in SCRIPTS), also])
    style = _read("map.css")
    told = content(scene)
    if for_phone and scene.for_phone is not None:
        told["phone"] = content(scene.for_phone())
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    parts = {
        "POLICY": "; ".join(
            [
                "default-src 'none'",
                f"script-src '{_hash(script)}'",
                f"style-src '{_hash(style)}'",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        ),
        "TITLE": html.escape(scene.title),
        "SUBTITLE": html.escape(_counted(scene.subtitle)),
        "STYLE": style,
        "SCRIPT": script,
        "SCENE": data.translate(_ESCAPES),
    }
    pieces = _read("map.html").split("%%")
    return "".join(parts[piece] if k % 2 else piece for k, piece in enumerate(pieces))


def _counted(subtitle: str) -> str:
    """Leave out for how many names the picture has no room: a page shows more, nearer to."""
    parts = subtitle.split(phrases.SEPARATOR)
    return phrases.SEPARATOR.join(part for part in parts if not _UNNAMED.fullmatch(part))


def content(scene: Scene) -> dict[str, Any]:
    """Give what the page's script reads.

    Returns
    -------
    dict
        ``size``, ``band``, ``title``; ``people`` (name, x, y, radius, role, group, standing, open,
        days; only the name of those who are not on the map), the people of the scene first and in
        its order; ``about`` (by the number of a person: profession, offers, needs, aliases,
        whether never to refer to them, the day of the last contact and, by day, what is still
        open of what they gave); ``circles`` (of each person, where ribbons join circles);
        ``today``; ``ties`` (giver, receiver, undated, then a day or
        [day, count] for each day, as days after ``start``); ``layers`` and ``key`` (what is
        painted, see :func:`refgraph.maps.html.shapes.to_dict`, on the map and in its legend);
        ``texts``; whether it is a ``grid`` of cells, or a ``sheet`` of rows; the zero of a
        ``plot`` over time, else None; ``colors`` and ``dashes``, by their numbers; ``dyes``, what
        each standing wears (the number of a colour, dashes in widths of the line), ``late`` of who
        waits more than so many days;
        ``legend``; ``notes``; ``theme``, with its ``paper``, ``ink``, ``grey`` and ``lit``.
        Coordinates are tenths of a pixel.
    """
    details = scene.details or _drawn(scene)
    ties = _told(scene, details)
    beyond = {name: None for tie in ties for name in (tie.giver, tie.receiver)}
    names = [*scene.nodes, *sorted(name for name in beyond if name not in scene.nodes)]
    place = {name: at for at, name in enumerate(names)}
    known = {(tie.giver, tie.receiver): at for at, tie in enumerate(ties)}
    for edge in (*scene.edges, *scene.cells):  # a tie the details do not tell of is still a tie
        if (edge["u"], edge["v"]) not in known:
            known[edge["u"], edge["v"]] = len(ties)
            ties.append(_of_edge(edge))
    foot = float(scene.legend.get("top", scene.H))
    worn = theme.THEMES[scene.theme]
    palette = Palette()
    roles, groups = _Numbers(), _Numbers()
    people = [_person(scene, details, name, roles, groups) for name in names]
    days = [date.fromisoformat(day).toordinal() for tie in ties for day, _ in tie.dated]
    start = min(days, default=0)
    painted, key = _painted(scene, foot, place, known, palette)
    return {
        "size": [scene.W, scene.H],
        "band": [scene.head, foot],
        "whose": place.get(details.whose or "", -1),
        "name": details.whose or "",
        "you": details.you,
        "told": scene.details is not None and not details.shared,
        "brought": details.brought,
        "shared": details.shared,
        "roles": roles.names,
        "groups": groups.names,
        "people": people,
        "about": _about(details, place),
        "circles": [scene.circle_of.get(name, -1) for name in names] if scene.circle_of else [],
        "start": date.fromordinal(start).isoformat() if days else "",
        "today": details.today,
        "ties": [_tie(tie, place, start) for tie in ties],
        "layers": painted,
        "key": key,
        "texts": _texts(scene, place, known, palette, (scene.head, foot)),
        "signs": _texts(scene, {}, {}, palette, (foot, scene.H)),
        **_read_as(scene),
        "late": scene.late,
        "dyes": {at: [palette.number(color), dash] for at, (color, dash) in scene.dyes.items()},
        "colors": palette.colors,
        "dashes": palette.dashes,
        "theme": scene.theme,
        **{name.lower(): worn[name] for name in ("PAPER", "INK", "GREY", "LIT")},
        "legend": scene.legend.get("items", []),
        "notes": [note for note in scene.legend.get("notes", []) if BOX not in note],
    }


def _person(
    scene: Scene, details: Details, name: str, roles: _Numbers, groups: _Numbers
) -> list[Any]:
    """Give where somebody stands and what is told of them; of who is not drawn, the name."""
    if name not in scene.nodes:
        return [name]
    who = details.people.get(name, Person())
    return [
        name,
        *(round(value * TENTHS) for value in scene.nodes[name]),
        roles.of(_role(who)),
        groups.of(who.group),
        who.standing,
        _plain(who.open),
        None if who.days is None else round(who.days),
    ]


def _about(details: Details, place: Mapping[str, int]) -> dict[str, list[Any]]:
    """Give what is found and shown of people beside their ties, of whom there is any."""
    told = {
        at: [
            who.profession,
            who.offers,
            who.needs,
            who.aliases,
            int(who.never),
            who.last,
            who.waiting,
        ]
        for name, at in place.items()
        for who in [details.people.get(name, Person())]
    }
    return {str(at): each for at, each in told.items() if any(each)}


def _read_as(scene: Scene) -> dict[str, Any]:
    """Say whether it is a grid of cells, a sheet of rows, or a plot over time."""
    return {"grid": bool(scene.cells), "sheet": scene.sheet, "plot": _baseline(scene)}


def _told(scene: Scene, details: Details) -> list[Tie]:
    """Give the ties of who is drawn; on a sheet each mark tells of its tie, whoever is."""
    if scene.sheet:
        return list(details.ties)
    return [tie for tie in details.ties if tie.giver in scene.nodes or tie.receiver in scene.nodes]


def _painted(
    scene: Scene,
    foot: float,
    place: dict[str, int],
    known: dict[tuple[str, str], int],
    palette: Palette,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give what is painted, layer by layer: on the map, and in its legend below `foot`."""
    painted: list[dict[str, Any]] = []
    key: list[dict[str, Any]] = []
    for layer in sorted(scene.layers, key=lambda layer: layer.order):
        person, tie = _owners(layer, place, known)
        low, high = boxes(layer)
        bottom, top = high[:, 1], low[:, 1]
        for where, chosen in (
            (painted, (bottom >= scene.head) & (top < foot - 1)),
            (key, top > foot + 1),
        ):
            if chosen.any():
                picks = np.flatnonzero(chosen).tolist()
                where.append(to_dict(layer, picks, person, tie, palette))
                if (tie[picks] == RIBBON).any():
                    where[-1]["flow"] = [_ends(layer.owners[k]) for k in picks]
    return painted, key


def _baseline(scene: Scene) -> int | None:
    """Give where the zero of a plot over time is, in tenths of a pixel."""
    ys = [y for line in scene.lines for _, y in line.get("poly", ())]
    ys += [line["box"][3] for line in scene.lines if "box" in line]
    return round(max(ys) * TENTHS) if ys else None


class _Numbers:
    """Words, each by the number it came in at."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._at: dict[str, int] = {}

    def of(self, name: str) -> int:
        if name not in self._at:
            self._at[name] = len(self.names)
            self.names.append(name)
        return self._at[name]


def _role(who: Person) -> str:
    return theme.ROLES.get(who.role, theme.ROLES["other"])[2]


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _tie(tie: Tie, place: dict[str, int], start: int) -> list[Any]:
    days = [
        [day, count] if count != 1 else day
        for day, count in (
            (date.fromisoformat(text).toordinal() - start, count) for text, count in tie.dated
        )
    ]
    return [place[tie.giver], place[tie.receiver], tie.undated, *days]


def _owners(
    layer: Layer, place: Mapping[str, int], known: Mapping[tuple[str, str], int]
) -> tuple[Ints, Ints]:
    """Give person and tie of each shape of a layer, by their numbers, -1 for none."""
    person, tie = (np.full(len(layer.codes), -1, dtype=np.int64) for _ in range(2))
    for k, owner in enumerate(layer.owners):
        if isinstance(owner, str):
            person[k] = place.get(owner, -1)
        elif isinstance(owner, tuple):
            tie[k] = known.get(owner, -1)
        elif isinstance(owner, Between):
            tie[k] = RIBBON
    return person, tie


def _ends(owner: Owner) -> tuple[int, int] | None:
    """Give the circles that a ribbon joins, by number; None of what is none, or not known."""
    return owner.ends if isinstance(owner, Between) and owner.ends[0] >= 0 else None


def _text_owner(
    on: Owner, place: Mapping[str, int], known: Mapping[tuple[str, str], int]
) -> tuple[int, int]:
    """Give whose mark a text stands on, and the kind of such a text."""
    if isinstance(on, str) and on in place:
        return place[on], 1
    if isinstance(on, tuple) and on in known:
        return known[on], 3
    return -1, 0


def _texts(
    scene: Scene,
    place: dict[str, int],
    known: Mapping[tuple[str, str], int],
    palette: Palette,
    band: tuple[float, float],
) -> list[list[Any]]:
    """Give the texts of a band: words, x, y, width, size, colour, align, style, owner, kind.

    The style is 1 for bold, 2 for upright, 3 for both. The kind is 2 for the name of a person, 1
    for a word on their mark, 3 for a word on the cell of a tie, 0 for any other; the owner is that
    person or tie.
    """
    found = []
    for entry in scene.written:
        box = entry["box"]
        if box[1] < band[0] or box[3] > band[1]:
            continue
        whose, text = entry["of"], entry["text"]
        person = place.get(whose or "", -1)
        kind = 2 * (entry["name"] and person >= 0)
        if person >= 0 and kind and BOX in text and BOX not in whose:
            text = whose  # the browser has fonts that the picture had not
        if not kind and entry["on"] is not None:
            person, kind = _text_owner(entry["on"], place, known)
        side = 1 if entry["turned"] else 0
        numbers = (entry["x"], entry["y"], box[side + 2] - box[side], entry["px"])
        found.append(
            [
                text,
                *(round(value * TENTHS) for value in numbers),
                palette.number(entry["color"]),
                _ALIGN[entry["ha"]],
                entry["bold"] + 2 * entry["turned"],
                person,
                kind,
            ]
        )
    return found


def _drawn(scene: Scene) -> Details:
    """Give what the drawing alone tells."""
    ties = [_of_edge(edge) for edge in (*scene.edges, *scene.cells)]
    return Details(None, you=False, people={}, ties=ties)


def _of_edge(edge: dict[str, Any]) -> Tie:
    return Tie(edge["u"], edge["v"], undated=int(edge.get("weight", 1)))


# Characters that would end the script element, or a line of it.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def _read(name: str) -> str:
    return (resources.files(__name__) / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
