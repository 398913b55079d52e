"""What an import has no place for is listed, and not dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.names.nicknames import also_called, by_full_form
from refgraph.reading.files.writer import cell
from refgraph.schema.text import quoted, visible
from refgraph.schema.values import did_you_mean
from refgraph.wording import count, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from refgraph.imports.converted import Closing

__all__ = ["Listed", "Nearest"]

_MOST_COMPARED = 5_000
_ALIKE = 0.75


@dataclass(slots=True)
class Listed:
    """Strangers, amounts and facts, each with its lines in the file."""

    strangers: dict[str, list[int]] = field(default_factory=dict)
    maybe: dict[str, Sequence[str]] = field(default_factory=dict)
    spelled: dict[str, Sequence[str]] = field(default_factory=dict)
    amounts: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    @property
    def unplaced(self) -> int:
        """How many rows have a part that found no place."""
        return sum(map(len, self.strangers.values())) + len(self.amounts)

    def stranger(self, text: str, line: int, people: Sequence[str]) -> None:
        """List who is said to have referred somebody, and is nobody of the book."""
        self.strangers.setdefault(text, []).append(line)
        self.maybe[text] = people

    def amount(self, closing: Closing, fitting: int) -> None:
        """List closed business of which the referral is not clear."""
        pair = f"from {quoted(closing.giver)} to {quoted(closing.receiver)}"
        why = {0: f"no open referral {pair}", 1: f"the referral {pair} is old; give --date"}.get(
            fitting, f"{fitting:,} open referrals {pair}"
        )
        self.amounts.append(f"line {closing.line}: {cell(closing.value)}: {why}")

    def more_of(self, name: str, line: int, facts: Mapping[str, str], other: int | None) -> None:
        """List what the file says of a person beyond what the book says."""
        said = ", ".join(f"{column} {visible(text, 60)}" for column, text in facts.items())
        where = f"line {line}" if other is None else f"line {line}, and is on line {other} too"
        self.facts.append(f"{quoted(name)} ({where}): {said}")

    def paragraphs(self, everyone: Sequence[str]) -> list[str]:
        """Say everything that is listed.

        Parameters
        ----------
        everyone : sequence of str
            The names of the book, among which the nearest are suggested.
        """
        found = []
        if self.strangers:
            who = count(len(self.strangers), "text", "names")
            near = Nearest(everyone)
            lines = [self._stranger(text, near) for text in self.strangers]
            found.append(
                _listing(
                    f"{who} nobody of the book; these referrals are not imported:",
                    lines,
                    "who it is can be said with --rename TEXT=NAME or --new-person NAME, or in a "
                    'rules file: rename "TEXT" -> "NAME", or new "NAME"; those like nobody '
                    "become people with --new-people",
                )
            )
        if self.spelled:
            who = count(len(self.spelled), "new name", "is")
            lines = [
                f"{quoted(text)}: {' or '.join(map(quoted, people))}?"
                for text, people in self.spelled.items()
            ]
            hint = (
                "if it is one person, say --rename TEXT=NAME, or in a rules file: "
                'rename "TEXT" -> "NAME"'
            )
            found.append(_listing(f"{who} spelled as somebody else:", lines, hint))
        if self.amounts:
            what = count(len(self.amounts), "amount", "is")
            hint = "put the value into referrals.csv by hand where it belongs"
            found.append(_listing(f"{what} not imported:", self.amounts, hint))
        if self.facts:
            who = count(len(self.facts), "person", "is")
            hint = "nothing is overwritten: put into people.csv what you want to keep"
            found.append(
                _listing(
                    f"{who} there already, of whom the file says something else:", self.facts, hint
                )
            )
        return found

    def _stranger(self, text: str, nearest: Nearest) -> str:
        lines = self.strangers[text]
        shown = ", ".join(f"{line:,}" for line in lines)
        where = f"{quoted(text)} ({pluralize(len(lines), 'line')} {shown})"
        if people := self.maybe[text]:
            if len(people) == 1:
                return f"{where}: that is you"
            return f"{where}: {' or '.join(map(quoted, people))}?"
        near = nearest.to(text)
        return f"{where}: did you mean {quoted(near)}?" if near else where


class Nearest:
    """Who may be meant by a text that is nobody's name.

    Parameters
    ----------
    everyone : sequence of str
        The names; the first thousands of them are compared.

    Examples
    --------
    >>> near = Nearest(["Ann Lee", "Robert Fox"])
    >>> near.to("Anne Lee"), near.to("Bob Fox"), near.to("Google")
    ('Ann Lee', 'Robert Fox', None)
    """

    def __init__(self, everyone: Sequence[str]) -> None:
        some = everyone[:_MOST_COMPARED]
        self._forms = by_full_form(zip(some, some, strict=True))
        self._names = {name.casefold(): name for name in reversed(some)}
        self._folded = [*self._names]

    def to(self, text: str) -> str | None:
        """Give the nearest name, if one is near."""
        from rapidfuzz import process  # noqa: PLC0415  # few imports have strangers
        from rapidfuzz.distance import Indel  # noqa: PLC0415

        if short := also_called(text, self._forms):
            return short[0]
        word = text.casefold()
        # What two texts have in common in order is never less than the blocks that make a ratio.
        found = process.extract(
            word,
            self._folded,
            scorer=Indel.normalized_similarity,
            score_cutoff=_ALIKE,
            limit=None,
        )
        may_be = [name for name, _, _ in found]
        return self._names.get(did_you_mean(word, may_be, cutoff=_ALIKE) or "")


def _listing(head: str, lines: Iterable[str], hint: str) -> str:
    return "\n".join([head, *(f"  {line}" for line in lines), f"  = {hint}"])
