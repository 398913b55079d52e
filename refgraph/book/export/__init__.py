"""A book for other programs: its graph, its tables, its people.

- `graphs`: the network for Gephi, NetworkX and spreadsheets: GraphML, GEXF with the days on
  which ties began, node-link JSON, and CSV by our names or by Gephi's;
- `book_tables`: the rows of a book as its own files hold them, blank cells and days as such;
- `sheets`, `databases`: all tables in one workbook or database, or the referrals as Parquet;
- `cards`: the people as cards of contacts.

A whole book is read back by :meth:`refgraph.Book.read` to the same answers, a graph as its ties,
cards by ``refgraph import``; node-link JSON is for NetworkX alone. Only what the book's profession
and ``--incognito`` let out is in it: the tables of the :class:`~refgraph.Book` are the source,
never its files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.book.export.book_tables import referrals_csv
from refgraph.book.export.cards import vcards
from refgraph.book.export.databases import duckdb, parquet, sqlite
from refgraph.book.export.graphs import (
    edge_list,
    gephi_table,
    gexf,
    graphml,
    node_link,
    plain_graph,
)
from refgraph.book.export.sheets import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.book.book import Book

__all__ = ["BINARY", "FORMATS", "TABLES"]
__all__ += ["duckdb", "edge_list", "gephi_table", "gexf", "graphml", "node_link", "parquet"]
__all__ += ["plain_graph", "referrals_csv", "sqlite", "vcards", "workbook"]

#: What is text, by its suffix.
FORMATS: dict[str, Callable[..., str]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".csv": edge_list,
    ".json": node_link,
}
#: What is bytes, by its suffix.
BINARY: dict[str, Callable[[Book], bytes]] = {
    ".xlsx": workbook,
    ".db": sqlite,
    ".sqlite": sqlite,
    ".duckdb": duckdb,
    ".parquet": parquet,
    ".vcf": lambda book: vcards(book).encode(),
}
#: The tables that a CSV file may be.
TABLES: dict[str, Callable[..., str]] = {
    "ties": edge_list,
    "referrals": referrals_csv,
    "gephi": gephi_table,
}
