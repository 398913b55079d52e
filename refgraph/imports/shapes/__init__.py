"""Sheets whose cells do not stand as one table's do, made into one before its columns are told.

What comes in is a grid as it stands in the file; what goes out is a grid with one header and a
row for each referral, each row with the line it came from. What was made of it is noted.

- `side_by_side`: two tables next to each other, such as given on the left and received on the
  right;
- `stacked_headers`: two header lines that are read as one, and a table that lies on its side;
- `json_records`: records of JSON, whose fields are columns;
- `aligned_text`: plain text with columns under each other;
- `arrow_lines`: plain lines with an arrow each, from who gave to who got;
- `written_marks`: marks that repeat the cell above, and rows that are struck through;
- `merged_down`: cells of a workbook that are merged with those below them;
- `twin_columns`: columns of one header, or of days, of which each row fills one;
- `named_once`: blocks of rows under a name that is written once;
- `months_across`: how many from each person, or to each, with a column for each month;
- `sheet_names`: a sheet for each partner, whose name is what no column says;
- `said_directions`: words of a direction whose meaning somebody says.

None of these is tried on a table with the header of a book's own.
"""

from __future__ import annotations
