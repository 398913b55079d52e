"""A database or a Parquet file gives rows of text, as a workbook gives those of its sheets.

What such a file holds is believed no more than a workbook. It is read from its bytes, so nothing
beside it is touched; changes that its program keeps in another file are not overlooked but named.
A query only reads, and reaches no other file; what it gives is bounded in rows, in the text of a
cell and of all cells, and in time.

- `database`: a table by its name, or what a query gives, as records of text;
- `sqlite`: files of SQLite, by the standard library;
- `duck`: files of DuckDB, and Parquet, by the extra ``data``;
- `server`: whatever SQLAlchemy reaches by an address, by the extra ``sql``;
- `database_address`: which names of books are such addresses;
- `limits`: how much a query may give, and how long it may take.
"""
