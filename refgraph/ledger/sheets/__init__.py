"""What the cells of a workbook say of themselves beside their values.

The values of a workbook are read by python-calamine, for which a cell that holds an error, a
formula that was never computed and a blank cell are one and the same. The modules of this
room go through a sheet once before it does, each for one kind of file, and leave a
:class:`~refgraph.ledger.sheets.scan.Scan`: where errors stand, which formulas have no result,
what is merged, and how far the cells reach, so that a sheet of two cells at opposite corners
is refused before memory is laid out for all that lies between.

- ``xlsx``, ``ods``: XML, read with the standard library; a document type is refused, and with
  it every entity.
- ``xlsb``, ``xls``: binary records; ``compound_file`` opens what an ``.xls`` is packed in.
"""
