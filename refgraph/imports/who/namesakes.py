"""Two people of one name whom a file tells apart by their e-mails: what the second is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Namesakes"]

_MOST_TOLD = 5


@dataclass(slots=True)
class Namesakes:
    """The people of a book and of a file by their e-mails.

    Attributes
    ----------
    owners : dict of str to str
        Who has an e-mail, in small letters.

    Examples
    --------
    >>> told = Namesakes()
    >>> [told.name_of("Mo Reyes", mail, 2) for mail in ("mo@a.example", "mo@b.example", "")]
    ['Mo Reyes', 'Mo Reyes of b.example', 'Mo Reyes']
    >>> told.name_of("Mo Reyes", "MO@b.example", 5), told.name_of("Mo Reyes", "m@b.example", 6)
    ('Mo Reyes of b.example', 'Mo Reyes of m@b.example')
    """

    owners: dict[str, str] = field(default_factory=dict)
    _first: dict[str, tuple[str, int]] = field(default_factory=dict)
    _told: list[tuple[str, str, int, int]] = field(default_factory=list)

    def name_of(self, name: str, email: str, line: int) -> str:
        """Give the name of somebody of the file: their own, unless another one has it.

        Parameters
        ----------
        name, email : str
            What the file says of them.
        line : int
            Where it says so.
        """
        mail = email.casefold()
        owner = self.owners.get(mail, "") if mail else name
        if owner == name or owner.startswith(f"{name} of "):
            return owner
        first, there = self._first.setdefault(name, (mail, line))
        if first == mail:
            return name
        taken = {mail for mail, owner in self.owners.items() if owner.startswith(f"{name} of ")}
        firm = mail.rpartition("@")[2]
        is_shared = any(other.endswith(f"@{firm}") for other in (first, *taken))
        found = f"{name} of {mail if is_shared or not firm else firm}"
        self.owners[mail] = found
        self._told.append((name, found, line, there))
        return found

    def notes(self, path: str) -> Iterator[str]:
        """Say who was told apart.

        Parameters
        ----------
        path : str
            The file.
        """
        for name, found, line, there in self._told[:_MOST_TOLD]:
            yield (
                f"{path}: {quoted(name)} of line {line:,} has another e-mail than the one of line "
                f"{there:,}, and is called {quoted(found)}; if they are one person, leave only one "
                f"e-mail in the file"
            )
        if (more := len(self._told) - _MOST_TOLD) > 0:
            yield f"{path}: {more:,} more were told apart by their e-mails in the same way"
