"""The address of a database server, where else the name of a file stands."""

from __future__ import annotations

import re

__all__ = ["DatabaseAddress", "is_address"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:\+[A-Za-z0-9_]+)?://")
# Addresses too, but of files: nothing is fetched from them.
_OF_FILES = ("http", "https", "ftp", "ftps", "sftp", "file", "s3", "gs", "abfs", "webdav")


class DatabaseAddress(bytes):
    """What is read of a server: its address.

    A type of its own: whatever a file holds, it is never taken for one.
    """

    __slots__ = ()


def is_address(path: str) -> bool:
    r"""Tell whether the name of a book is the address of a database, as SQLAlchemy writes it.

    Examples
    --------
    >>> is_address("postgresql://crm.local/sales"), is_address("mybook")
    (True, False)
    >>> is_address("https://example.org/book.csv"), is_address("C:\\\\books\\\\mine")
    (False, False)
    """
    found = _ADDRESS.match(path)
    return bool(found) and path.partition("://")[0].lower() not in _OF_FILES
