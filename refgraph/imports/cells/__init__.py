"""The cells of a foreign file: what stands where, and what a date or an amount in it means.

- `sheet`, `spreadsheetml`: the bytes of an export become rows of cells, each with its line;
- `named_rows`: rows of cells become rows under our names, skipped and changed as the rules say;
- `date_order`, `amounts`: one order of day and month, one decimal mark for a whole file: stated,
  or the only one that fits every row; else the file is refused;
- `field_values`: fields are read by the readers of the book, so that what fits there fits here.

No row is dropped in silence, and no cell is read in two ways in one file.

A file comes in, rows of named texts and values go out; whose referrals they are is not known here.
"""
