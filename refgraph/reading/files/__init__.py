"""Bytes become rows of text, within bounds, and text becomes files, whole or not at all.

- `bounded_bytes`, `lines`: no more bytes, lines or columns than the limits; no device, no pipe
  that gives nothing;
- `encodings`, `file_format`: which encoding and form a file has, stated or UTF-8;
- `plain_csv` (fast) and `exact_csv` (one broken record leaves the others alone) behind `records`;
  `split_rows` takes rows that come split;
- `problems`: what was wrong, all of it counted, and of each kind so many listed;
- `writer`: a file is replaced completely or stays as it was; `formula_safe_csv`: a cell that
  begins like a formula is shown by a spreadsheet and not computed.

A path comes in, records of text with their line numbers go out; what a column means is not known
here.
"""
