"""A page in pixels: what paints marks on it, and how wide words are.

- `canvas`: shapes, lines and text on a page, each kept as a mark with its owner;
- `fonts` and `text_measure`: which installed fonts draw these names, how wide a text is, and how
  a name is shortened so that it is still somebody's own;
- `page`, `legend` and `time_axis`: margins, the strip at the foot, days and numbers along axes;
- `arrows`: curved arrows, cut at the rims of the discs they join.

Places come in, marks go out. Matplotlib is known here and nowhere below; a kind of map never
paints by itself, it asks the canvas.
"""
