"""The strip of people who have ties with me only, and the marks people have on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.maps.drawing.canvas import outline
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.path import Path

    from refgraph.maps.drawing.canvas import Canvas
    from refgraph.maps.kinds.connectors.data import Net

__all__ = ["LONGEST", "NAME", "RING", "Strip", "marks", "ring"]

NAME, LONGEST, RING = 13.0, 220.0, 4.0
_ROWS, _ROW, _HEADING = 6, 25.0, 34.0
_MARK = 6.0


class Strip:
    """Rows of people whose only ties are with me, below the network.

    Parameters
    ----------
    net : Net
        Who they are.
    me : str
        What I am called.
    room : float
        Pixels between the margins.
    marked : str, optional
        Whose name is lit; they stand there however many there are.
    """

    def __init__(self, net: Net, me: str, room: float, marked: str | None = None) -> None:
        self.net, self.me, self.marked = net, me, marked
        self.rows: list[list[str]] = []
        people = list(net.only_mine)
        if not people:
            return
        self.names = net.ruler.names(people, NAME, LONGEST)
        widest = max(net.ruler.size(text, NAME)[0] for text in self.names.values())
        across = max(int(room // (widest + 56)), 1)
        most = _ROWS * across
        if marked in people[most:]:
            people = [*people[: most - 1], marked]
        rows = [people[k : k + across] for k in range(0, len(people), across)]
        self.column = room / across if len(rows) > 1 else widest + 56
        self.rows = rows[:_ROWS]

    @property
    def height(self) -> float:
        """The pixels it takes."""
        return _HEADING * bool(self.rows) + _ROW * len(self.rows)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw it from `top` downwards."""
        if not self.rows:
            return
        count = phrases.many(len(self.net.only_mine), "person", "people")
        text = f"Tied only with {self.me}: {count}"
        canvas.text(theme.MARGIN, top, text, theme.FAINT, color=theme.GREY, bold=True)
        y = top + 24
        for row in self.rows:
            where = [(theme.MARGIN + 12 + k * self.column, y, _MARK) for k in range(len(row))]
            rings = [ring(x, y, _MARK + RING) for x, _, _ in where]
            canvas.shapes(rings, theme.PAPER, theme.ME, 1.8, zorder=4.8, owners=row)
            marks(canvas, self.net, row, where)
            for p, (x, _, r) in zip(row, where, strict=True):
                canvas.scene.nodes[p] = (x, y, r + RING)
                box = canvas.text(
                    x + r + RING + 6, y + theme.DROP * NAME, self.names[p], NAME, node=p
                )
                if p == self.marked:
                    canvas.lit(box, p)
            y += _ROW


def marks(
    canvas: Canvas,
    net: Net,
    people: Sequence[str],
    where: Sequence[tuple[float, float, float]],
) -> None:
    """Draw people's marks in the shape and colour of their roles."""
    paths, faces, rims, widths = [], [], [], []
    for p, (x, y, r) in zip(people, where, strict=True):
        shape, color, _ = net.look(p)
        hollow = shape == "ring"
        shrunk = p in net.mine and shape in {"diamond", "square", "triangle"}
        paths.append(outline(shape, x, y, r * (0.86 if shrunk else 1.0) - 1.1 * hollow))
        faces.append(theme.HOLLOW if hollow else color)
        rims.append(color if hollow else theme.PAPER)
        widths.append(2.2 if hollow else 1.0)
    canvas.shapes(paths, faces, rims, widths, owners=people)


def ring(x: float, y: float, r: float) -> Path:
    """Give the ring about the mark of somebody who has a tie with me."""
    return outline("circle", float(x), float(y), float(r) - 0.9)
