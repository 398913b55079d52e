"""A map as a page inside a notebook, and whom its reader selects there.

A :class:`refgraph.maps.scenes.scene.Scene` comes in; :func:`explore` gives an :class:`Explorer`,
which a notebook shows as the page of :mod:`refgraph.maps.html` in a frame without rights. With the
extra ``notebook`` the page tells Python who was selected, and Python can select: `widget.js` stands
in the notebook and `selection.js` in the page, and only names pass between them. Without the extra
the same page stands there and keeps to itself; where frames are taken out, on GitHub and in a
notebook that is not trusted yet, the picture behind it shows.

- :attr:`Explorer.selected`: who is selected in the page, by name, or None;
- :meth:`Explorer.select`: select somebody there; :meth:`Explorer.when_selected`: hear of it.
"""

from __future__ import annotations

from refgraph.maps.notebook.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
