"""A workbook becomes records of text, as its cells show them, and nothing else of it is believed.

The values are read by python-calamine, for which a cell that holds an error, a formula that was
never computed and a blank cell are one and the same. The scans of this room go through a sheet
once before it does, each for one kind of file, and leave a
:class:`~refgraph.reading.sheets.scan.Scan`: where errors stand, which formulas have no result,
what is merged, and how far the cells reach.

- `workbook`: a sheet by name, its cells as text; `workbook_scan`: which scan a file needs;
- `archive`: what the zip archive says of itself is checked before it is opened;
- `xlsx`, `ods`, `xml`: XML, read with the standard library; a document type is refused;
- `xlsb`, `xls`, `compound_file`: binary records, and what an ``.xls`` is packed in.
"""
