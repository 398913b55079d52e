"""A snapshot as a file: written by one review, compared with by a later one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from refgraph.analysis.comparing.snapshot import Referral, Snapshot, Touch
from refgraph.analysis.comparing.state import KINDS
from refgraph.errors import RefgraphError
from refgraph.reading.files.bounded_bytes import load
from refgraph.schema.text import FieldError
from refgraph.schema.values import KINDS as CONTACTS
from refgraph.schema.values import MOST, STATUSES, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["LARGEST", "as_text", "read_snapshot"]

#: Bytes that such a file may have.
LARGEST = 200_000_000
_FORM = 1
_LISTS = ("state", "referrals", "touches")
_KEYS = {"refgraph", "form", "day", "whose", *_LISTS}


def as_text(then: Snapshot) -> str:
    """Write a snapshot as JSON, one entry a line.

    It holds names, days and counts, what became of referrals, and dated contacts; no prospects,
    notes or values.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.comparing.snapshot import snapshot_of
    >>> as_text(snapshot_of(Book.sample())).splitlines()[:2]
    ['{"refgraph": "review", "form": 1, "day": "2026-10-01", "whose": "Robin Hale",', '"state": [']
    """
    head = {"refgraph": "review", "form": _FORM, "day": str(then.day), "whose": then.whose}
    entries: dict[str, Iterable[Any]] = {
        "state": ([*key, value] for key, value in sorted(then.state.items())),
        "referrals": ([key, *each] for key, each in sorted(then.referrals.items())),
        "touches": map(list, sorted(then.touches.elements())),
    }
    parts = [json.dumps(head, ensure_ascii=False).removesuffix("}")]
    for name, some in entries.items():
        lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in some)
        parts.append(f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []')
    return ",\n".join(parts) + "}\n"


def read_snapshot(path: Path) -> Snapshot:
    """Read what a review wrote; of a folder the file ``review.json`` in it.

    Raises
    ------
    LedgerError
        It cannot be read, or is larger than 200 MB.
    RefgraphError
        It is not what a review writes.

    Examples
    --------
    >>> from pathlib import Path
    >>> read_snapshot(Path("README.md"))
    Traceback (most recent call last):
    refgraph.errors.RefgraphError: README.md is no review to compare with: it is not JSON. Name \
what refgraph review -o FILE.json wrote.
    """
    file = path / "review.json" if path.is_dir() else path
    content = load(str(file), LARGEST)
    try:
        return _checked(json.loads(content.decode("utf-8-sig"), parse_constant=_no_number))
    except _NotOneError as error:
        why = str(error)
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    except (ValueError, RecursionError):
        why = "it is not JSON"
    msg = (
        f"{file} is no review to compare with: {why}. Name what refgraph review -o FILE.json wrote."
    )
    raise RefgraphError(msg)


class _NotOneError(Exception):
    """What is read is not what a review writes; the sentence says why."""


def _no_number(text: str) -> None:
    msg = f"it holds {text}, which is no number"
    raise _NotOneError(msg)


def _checked(content: Any) -> Snapshot:
    """Give what was read as a snapshot, after seeing that each entry is as it is written."""
    if not isinstance(content, dict) or content.get("refgraph") != "review":
        is_report = isinstance(content, dict) and {"book", "position"} <= {*content}
        raise _NotOneError("it is a report" if is_report else "it is other JSON")
    if content.get("form") != _FORM:
        msg = "it was written by another version of refgraph"
        raise _NotOneError(msg)
    if {*content} != _KEYS or not all(isinstance(content[name], list) for name in _LISTS):
        msg = "parts of it are missing, or are not its own"
        raise _NotOneError(msg)
    day = _read(_known_day, [content["day"]], "its day")
    whose = None if content["whose"] is None else _read(_name, [content["whose"]], "its whose")
    facts, rows, touches = (
        [_read(read, told, f"entry {at:,} of {name}") for at, told in enumerate(content[name], 1)]
        for name, read in (("state", _fact), ("referrals", _referral), ("touches", _touch))
    )
    state, referrals = dict(facts), dict(rows)
    if len(state) < len(facts) or len(referrals) < len(rows):
        msg = "it says something twice"
        raise _NotOneError(msg)
    return Snapshot(day, whose, state, referrals, Counter(touches))


def _read(read: Callable[..., Any], told: Any, place: str) -> Any:
    """Read one entry, or say which cannot be."""
    try:
        return read(*told)
    except (TypeError, ValueError, FieldError):
        msg = f"{place} is not as it was written"
        raise _NotOneError(msg) from None


def _fact(kind: str, who: str, other: str, identity: str, value: int | str) -> tuple[Any, Any]:
    among = KINDS.index(kind)
    key = KINDS[among], _name(who), _second(other), _text(identity)
    return key, _word(value, STATUSES) if kind == "status" else _whole(value)


def _referral(identity: str, *told: Any) -> tuple[str, Referral]:
    day, giver, receiver, number, status, since = told
    ends = _name(giver), _name(receiver)
    row = Referral(_day(day), *ends, _whole(number), _word(status, STATUSES), _day(since))
    return _text(identity), row


def _touch(*told: Any) -> Touch:
    day, who, kind, other, about, until = told
    told = _name(who), _word(kind, CONTACTS), _second(other), _text(about)
    return Touch(_day(day), *told, _day(until))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a surrogate is no text
    return value


def _name(value: Any) -> str:
    return person(_text(value))


def _second(value: Any) -> str:
    return _text(value) and _name(value)


def _word(value: Any, known: Iterable[str]) -> str:
    if value not in known:
        raise ValueError
    return _text(value)


def _day(value: Any) -> str:
    return _text(value) and str(_known_day(value))


def _known_day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if not 0 < value <= MOST * MOST:
        raise ValueError
    return value
