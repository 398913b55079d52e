"""Frames in memory become the rows of text that a file would have given.

- `dataframes`: tables of pandas (and what has its columns), each row named by its label;
- `cell_text`: one value as text: days without a time, whole numbers without a point, blanks for
  None and NaN, each distinct value once.

Neither knows what a column means.

A frame comes in, rows of text with their labels go out. From there on the same readers judge
them as those of a file, so that a cell has one meaning wherever it stands, and a problem names
the label of its row instead of a line.
"""
