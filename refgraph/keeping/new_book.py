"""The files of a new book: empty with their headers, or the small invented sample."""

from __future__ import annotations

from importlib import resources

from refgraph.schema.columns import COLUMNS

__all__ = ["empty_book", "sample_book"]

_TABLES = ("referrals", "people", "touches")  # statuses.csv comes with the first change of one


def empty_book(me: str | None = None) -> dict[str, str]:
    """Give the files of an empty book, by name.

    Examples
    --------
    >>> print(empty_book("Ann Lee")["refgraph.toml"], end="")
    me = "Ann Lee"
    """
    files = {f"{table}.csv": f"{','.join(COLUMNS[table])}\n" for table in _TABLES}
    if me is not None:
        quoted = me.replace("\\", "\\\\").replace('"', '\\"')
        files["refgraph.toml"] = f'me = "{quoted}"\n'
    return files


def sample_book() -> dict[str, str]:
    """Give the files of the sample book that is shipped with refgraph, by name.

    Examples
    --------
    >>> "referrals.csv" in sample_book()
    True
    """
    folder = resources.files("refgraph") / "sample"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in files
        if file.name.endswith((".csv", ".toml"))
    }
