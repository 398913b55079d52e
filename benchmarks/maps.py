"""The maps beside those of other libraries: the same book, the same page, the same figures.

Usage: python benchmarks/maps.py [PEOPLE ...]     (pip install ".[peers]" for igraph)

Draws a dense chapter of 32 people and networks of 60, 600 and 5,000, or the numbers given, with
every name asked for; each drawing in a process of its own, which is ended after so many seconds of
processor time, so that a busy machine ends none that would have come; ``sec`` is processor time
too, with the programs a library starts, and without the browser. A peer known not to come in that
time is not asked; why stands in its row. Graphviz is asked where its ``neato`` is installed. All
are 1,600 pixels wide. The figures are those of ``refgraph.maps.layout.quality``, from the artists
of each library: pairs of names that overlap, names on the disc of somebody else, names crossed by
a foreign tie, arrowheads hidden, two-way pairs on one line, discs that overlap, crossings for each
tie, the smallest letters; and how many names have neither of the first two faults.

``phone`` is how many of the names have letters of 11 pixels or more on a screen 390 wide: of a
picture, shrunk to it; of refgraph, on its page there. ``filter`` is how many of three numbers of
that page are false once it shows only what came since a day, beside the same window computed in
Python; a picture has no filter. Both need ``pip install ".[browser]"`` and chromium, and are asked
of up to 600 people.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import networkx as nx
import numpy as np
from chapters import chapters
from maps_screen import LEGIBLE, PHONE, on_screen
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from refgraph import Book, maps
from refgraph.maps import quality
from refgraph.maps.scenes.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = {32: 256, 60: 150, 600: 1_700, 5_000: 13_000}
LIMIT, COUNTED = 120, 600  # seconds of processor time for a drawing, and with its figures
PATIENCE = 1_800  # seconds of the clock, for one that only waits
DENSE = 0.15  # from this share of all ties on, everybody is in one chapter
SINCE = "2026-01-15"  # for the filter: about half of all days
ASKED = 600  # people, up to whom a browser is asked
W, H = 1600, 1200
#: From more people on a drawing is not asked for, and why.
TOO_MANY = {
    "networkx kamada_kawai": (800, "fits all pairs: over the limit"),
    "igraph kk": (800, "fits all pairs: over the limit"),
    "neato prism, splines": (200, "routes ties round all names: over the limit"),
    "refgraph connectors": (800, "draws 800 people at most; auto draws the overview"),
}
GIVEN = ["Ann", "Bo", "Cyrus", "Dilys", "Eamon", "Fatima", "Gwen", "Henrik", "Ines", "Łukasz"]
FAMILY = ["Lee", "Park", "Okafor", "Featherstonehaugh", "Rossi", "Żółć", "Brandt", "Ilić"]
FIGURES = {
    "names": "names",
    "names_overlapping": "L-L",
    "names_on_discs": "L-N",
    "names_crossed": "L-E",
    "heads_hidden": "heads",
    "pairs_on_one_line": "1 line",
    "discs_overlapping": "N-N",
    "crossings": "X/tie",
    "name_px": "px",
    "clear": "clear",
}
SCREEN = ("phone", "filter")


def network(people: int) -> nx.DiGraph[str]:
    """Give the same people and ties to everybody."""
    ties = SIZES.get(people, int(2.6 * people))
    size = people if ties > DENSE * people * (people - 1) else 12
    giver, receiver = chapters(people, ties, size=size)
    names = [f"{GIVEN[k % 10]} {FAMILY[k // 10 % 8]} {k}" for k in range(people)]
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_nodes_from(names)
    G.add_edges_from((names[a], names[b]) for a, b in zip(giver, receiver, strict=True))
    return G


def page() -> tuple[Figure, Any]:
    figure = Figure(figsize=(W / 100, H / 100), dpi=100)
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    return figure, ax


def flipped(points: Any) -> Any:
    """Turn display coordinates, y upwards, into those of a scene."""
    return np.asarray(points, dtype=float) * (1, -1) + (0, H)


def label(person: str, text: Any) -> dict[str, Any]:
    extent = text.get_window_extent()
    box = [extent.x0, H - extent.y1, extent.x1, H - extent.y0]
    return {"node": person, "text": person, "box": box, "px": text.get_size() * 100 / 72}


def tie(u: str, v: str, poly: Any, head: Any) -> dict[str, Any]:
    """Give a tie whose head is the corners of a triangle; its tip is nearest to the receiver."""
    corners = np.asarray(head, dtype=float)
    middle = corners.mean(axis=0)
    turn = poly[-1] - poly[0]
    tip = corners[int(((corners - middle) @ turn).argmax())]
    length = float(np.ptp(corners @ (turn / max(np.hypot(*turn), 1e-9))))
    return {"u": u, "v": v, "poly": [*map(list, poly)], "tip": list(tip), "head": length}


def of_networkx(people: int, layout: Callable[..., Any]) -> Scene:
    G = network(people)
    figure, ax = page()
    at = layout(G)
    discs = nx.draw_networkx_nodes(G, at, ax=ax)
    arrows = nx.draw_networkx_edges(G, at, ax=ax)
    texts = nx.draw_networkx_labels(G, at, ax=ax)
    figure.canvas.draw()
    scene = Scene(W, H, figure, "", "")
    radius = float(np.sqrt(discs.get_sizes()[0]) / 2 * 100 / 72)
    for person, point in zip(G, flipped(ax.transData.transform([at[p] for p in G])), strict=True):
        scene.nodes[person] = (float(point[0]), float(point[1]), radius)
    scene.labels += [label(person, text) for person, text in texts.items()]
    for (u, v), arrow in zip(G.edges, arrows, strict=True):
        parts = arrow.get_transform().transform_path(arrow.get_path())
        starts = np.flatnonzero(np.asarray(parts.codes) == 1)
        shaft = parts.vertices[: starts[1]] if len(starts) > 1 else parts.vertices
        head = parts.vertices[starts[1] :][:3] if len(starts) > 1 else shaft[-1:]
        scene.edges.append(tie(u, v, flipped(shaft[[0, -1]]), flipped(head)))
    return scene


def of_igraph(people: int, layout: str) -> Scene:
    import igraph

    G = network(people)
    place = {person: k for k, person in enumerate(G)}
    graph = igraph.Graph(len(G), [(place[u], place[v]) for u, v in G.edges], directed=True)
    figure, ax = page()
    igraph.set_random_number_generator(random.Random(0))
    artist = igraph.plot(graph, target=ax, layout=graph.layout(layout), vertex_label=list(G))
    figure.canvas.draw()
    scene = Scene(W, H, figure, "", "")
    discs = artist.get_vertices()
    outline = discs.get_paths()[0].transformed(discs.get_transform())
    reach = outline.get_extents().width / 2
    spots = flipped(ax.transData.transform(discs.get_offsets()))
    for person, (x, y) in zip(G, spots, strict=True):
        scene.nodes[person] = (float(x), float(y), float(reach))
    scene.labels += [label(p, t) for p, t in zip(G, artist.get_vertex_labels(), strict=True)]
    for (u, v), path in zip(G.edges, artist.get_edges().get_paths(), strict=True):
        points = flipped(ax.transData.transform(path.vertices))
        way = points[: (len(points) - 3) // 2][::-1]  # there and back, then the head
        t = np.linspace(0, 1, 13)[:, None]
        if len(way) == 4:
            a, b, c, d = way
            way = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
        scene.edges.append(tie(u, v, way, points[-4:-1]))
    return scene


def of_graphviz(people: int) -> Scene:
    G = network(people)
    lines = [f"{json.dumps(u)} -> {json.dumps(v)};" for u, v in G.edges]
    lines += [f"{json.dumps(p)};" for p in G]
    done = subprocess.run(
        ["neato", "-Goverlap=prism", "-Gsplines=true", "-Nfontname=DejaVu Sans", "-Tjson"],
        input="digraph {" + "\n".join(lines) + "}",
        capture_output=True,
        text=True,
        check=True,
    )
    drawn = json.loads(done.stdout)
    _, _, right, top = map(float, drawn["bb"].split(","))
    scale = W / right  # points to pixels of a page as wide as ours
    scene = Scene(W, top * scale, Figure(), "", "")

    def point(text: str) -> list[float]:
        x, y = map(float, text.split(","))
        return [x * scale, (top - y) * scale]

    for thing in drawn["objects"]:
        (x, y), half = point(thing["pos"]), 36 * scale
        wide, high = float(thing["width"]) * half, float(thing["height"]) * half
        scene.nodes[thing["name"]] = (x, y, high)
        px = 14 * scale
        said = next(op for op in thing["_ldraw_"] if op["op"] == "T")["width"] * scale / 2
        box = [x - min(said, wide), y - px / 2, x + min(said, wide), y + px / 2]
        scene.labels.append({"node": thing["name"], "text": thing["name"], "box": box, "px": px})
    names = [thing["name"] for thing in drawn["objects"]]
    for thing in drawn["edges"]:
        tip, *way = thing["pos"].removeprefix("e,").split(" ")
        poly = np.array([point(text) for text in way])
        end = {"tip": point(tip), "head": 10 * scale}
        scene.edges.append(
            {"u": names[thing["tail"]], "v": names[thing["head"]], "poly": poly.tolist(), **end}
        )
    return scene


def book_of(people: int) -> tuple[Book, str]:
    """Give the network as a book, and who has most ties there."""
    G = network(people)
    rows = "\n".join(f"2026-01-{1 + k % 28:02d},{u},{v}" for k, (u, v) in enumerate(G.edges))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "referrals.csv"
        path.write_text(f"date,giver,receiver\n{rows}\n", encoding="utf-8")
        book = Book.read(folder, today="2026-06-30")
    return book, max(G, key=lambda p: (G.degree(p), p))


def of_refgraph(people: int, kind: str) -> Scene:
    book, busiest = book_of(people)
    if kind == "auto":
        kind = maps.choice.choose(book)[0]
    scene = maps.draw(kind, book, **({"person": busiest} if kind == "owed" else {}))
    scene.to_bytes("png")
    return scene


DRAWINGS: dict[str, Callable[[int], Scene]] = {
    "networkx spring": partial(of_networkx, layout=partial(nx.spring_layout, seed=0)),
    "networkx kamada_kawai": partial(of_networkx, layout=nx.kamada_kawai_layout),
    "igraph fr": partial(of_igraph, layout="fr"),
    "igraph kk": partial(of_igraph, layout="kk"),
    "neato prism, splines": of_graphviz,
    **{
        f"refgraph {kind}": partial(of_refgraph, kind=kind)
        for kind in ("auto", "connectors", "owed", "overview", "matrix")
        if kind == "auto" or kind in maps.KINDS
    },
}


def clear(scene: Scene) -> int:
    """Count the names at least 11 pixels high that touch no other name and no foreign disc."""
    boxes = np.array([label["box"] for label in scene.labels]).reshape(-1, 4)
    discs = np.array(list(scene.nodes.values())).reshape(-1, 3)
    place = {person: k for k, person in enumerate(scene.nodes)}
    free = ~quality.overlapping(boxes).any(axis=1)
    over = quality.box_to_points(boxes, discs[:, :2]) < discs[:, 2] - 0.5
    over[np.arange(len(boxes)), [place[label["node"]] for label in scene.labels]] = False
    large = np.array([label["px"] >= LEGIBLE for label in scene.labels], dtype=bool)
    return int((free & large & ~over.any(axis=1)).sum())


def _processor_time() -> float:
    """Give the seconds this process and those it started have computed."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _bounded(seconds: int) -> None:
    """End this process, and each it starts, after so much processor time."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, COUNTED))


def one(name: str, people: int) -> None:
    """Draw once, and print the figures as JSON."""
    mpl.use("Agg")
    before = _processor_time()
    scene = DRAWINGS[name](people)
    seconds = _processor_time() - before
    _bounded(COUNTED)
    figures = quality.evaluate(scene) | {"clear": clear(scene)}
    shrunk = sum(label["px"] * PHONE[0] / scene.W >= LEGIBLE for label in scene.labels)
    screen = {"phone": shrunk, "filter": "none"}
    if name.startswith("refgraph"):
        screen = {"phone": "-", "filter": "-"}
        if people <= ASKED:
            screen |= on_screen(scene, book_of(people)[0], SINCE)
    print(json.dumps({"seconds": seconds} | {key: figures[key] for key in FIGURES} | screen))


def main(sizes: list[int]) -> None:
    for people in sizes:
        G = network(people)
        print(f"\n{people:,} people, {len(G.edges):,} ties, density {nx.density(G):.3f}")
        heads = [*FIGURES.values(), *SCREEN]
        print(f"{'':24s}{'sec':>8s}" + "".join(f"{head:>9s}" for head in heads))
        for name in DRAWINGS:
            if name.startswith("neato") and not shutil.which("neato"):
                print(f"{name:24s}  not installed")
                continue
            most, reason = TOO_MANY.get(name, (people, ""))
            if people > most:
                print(f"{name:24s}  not asked: {reason}")
                continue
            command = [sys.executable, __file__, "--one", name, str(people)]
            pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            with subprocess.Popen(command, text=True, start_new_session=True, **pipes) as process:
                try:
                    printed, complained = process.communicate(timeout=PATIENCE)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)  # with a neato it may have started
                    print(f"{name:24s}  waited over {PATIENCE} s", flush=True)
                    continue
            if -process.returncode in {signal.SIGXCPU, signal.SIGKILL}:
                print(f"{name:24s}  over {LIMIT} s of processor time", flush=True)
                continue
            if process.returncode:
                print(f"{name:24s}  {complained.strip().splitlines()[-1]}", flush=True)
                continue
            found = json.loads(printed.splitlines()[-1])
            cells = "".join(f"{found[key]:>9,.4g}" for key in FIGURES)
            cells += "".join(f"{found[key]!s:>9s}" for key in SCREEN)
            print(f"{name:24s}{found['seconds']:>8.1f}{cells}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _bounded(LIMIT)
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(word) for word in sys.argv[1:]] or list(SIZES))
