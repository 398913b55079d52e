"""What is being done at the moment, for whoever waits: silent unless somebody asks to be told."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Step", "Teller", "counted", "doing", "paused", "telling"]

_Item = TypeVar("_Item")
_FIRST = 1.0  # seconds of silence
_LONG = 10.0  # seconds from which what is left is estimated
_REDRAWN, _APART = 0.5, 5.0  # seconds between lines: of a terminal, of anything else
_STEPS: list[Step] = []  # the outermost first; the teller looks at them from its thread


@dataclass(eq=False, slots=True)
class Step:
    """A piece of work that is under way.

    Attributes
    ----------
    what : str
        What is done, in words that name nobody.
    total : int or None
        Of how many parts, if that is known.
    done : int
        How many of them are done.
    began : float
        When, in seconds of a clock that never goes back.
    last : float or None
        When a part was last done; just now if nobody says.
    """

    what: str
    total: int | None = None
    done: int = 0
    began: float = field(default_factory=time.monotonic)
    last: float | None = None

    def advance(self, by: int = 1) -> None:
        """Count parts as done."""
        self.done += by
        self.last = time.monotonic()

    def told(self, now: float) -> str:
        """Say what is done, how much of it, and how long it may still take.

        Estimated is the rest of the step at the pace of the parts that are done, where the
        whole of it takes over 10 seconds; nothing once it has taken longer than that.

        Examples
        --------
        >>> Step("Reading", 40, done=10, began=0.0).told(5.0)
        'Reading: 25%, about 15 s left'
        >>> slow = Step("Reading", 40, done=10, began=0.0, last=5.0)
        >>> slow.told(12.0), slow.told(25.0)
        ('Reading: 25%, about 8 s left', 'Reading: 25%')
        >>> Step("Reading", 40, done=10, began=0.0).told(2.0), Step("Drawing", began=0.0).told(2.0)
        ('Reading: 25%', 'Drawing ...')
        >>> Step("Drawing", began=0.0).told(12.0)
        'Drawing ... for 12 s so far'
        """
        if not self.total or not self.done:
            long = now - self.began > _LONG
            return f"{self.what} ..." + (f" for {_span(now - self.began)} so far" if long else "")
        share = min(self.done / self.total, 1.0)
        said = f"{self.what}: {share:.0%}"
        whole = ((now if self.last is None else self.last) - self.began) / share
        left = whole - (now - self.began)
        return f"{said}, about {_span(left)} left" if whole > _LONG and left >= 1 else said


def _span(seconds: float) -> str:
    """``15 s``, ``3 min``, ``2 h``."""
    for unit, size in (("h", 3600.0), ("min", 60.0)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


@contextmanager
def doing(what: str, total: int | None = None) -> Iterator[Step]:
    """Name what is done meanwhile; count its parts on the Step that is given.

    Examples
    --------
    >>> with doing("Adding up", total=2) as work:
    ...     work.advance()
    >>> work.done
    1
    """
    work = Step(what, total)
    _STEPS.append(work)
    try:
        yield work
    finally:
        with suppress(ValueError):
            _STEPS.remove(work)


def counted(items: Iterable[_Item], what: str, total: int) -> Iterator[_Item]:
    """Give the items one by one, each a part of a step.

    Examples
    --------
    >>> list(counted("ab", "Spelling", total=2))
    ['a', 'b']
    """
    with doing(what, total) as work:
        for item in items:
            yield item
            work.advance()


class Teller:
    """Tells a stream what is done, from the first second on.

    A terminal has one line that changes, and is erased before anything else is written;
    anything else gets whole lines, one in five seconds at most and fewer as time goes by.

    Parameters
    ----------
    stream : file
        Where to.
    terminal : bool
        Whether that is a terminal.
    now : float
        When the work began.
    what : str
        What is done where no step says more.
    """

    def __init__(self, stream: IO[str], *, terminal: bool, now: float, what: str) -> None:
        self._stream, self._terminal, self._began, self._what = stream, terminal, now, what
        self._last, self._shown, self._paused = now - _APART, 0, 0
        self._lock = threading.RLock()

    def look(self, now: float) -> None:
        """Say what is done now, if it is time to."""
        with self._lock:
            apart = _REDRAWN if self._terminal else max(_APART, (now - self._began) / 10)
            if self._paused or now - self._began < _FIRST or now - self._last < apart:
                return
            steps = [*_STEPS]
            known = [each for each in steps if each.total and each.done]
            work = next(iter([*known, *steps[::-1]]), Step(self._what, began=self._began))
            self._last = now
            self._write(work.told(now))

    def _write(self, line: str) -> None:
        if not self._terminal:
            self._stream.write(f"{line}\n")
        else:
            self.erase()
            line = line[: max(shutil.get_terminal_size().columns - 1, 1)]
            self._stream.write(line)
            self._shown = len(line)
        self._stream.flush()

    def erase(self) -> None:
        """Take the line of a terminal away."""
        with self._lock:
            if self._shown:
                self._stream.write(f"\r{' ' * self._shown}\r")
                self._stream.flush()
                self._shown = 0

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Say nothing meanwhile: somebody else is to speak."""
        with self._lock:
            self._paused += 1
            self.erase()
        try:
            yield
        finally:
            with self._lock:
                self._paused -= 1
                self._began = self._last = time.monotonic()


class _Behind:
    """A terminal as it was, but that the teller's line is erased before anything is written."""

    def __init__(self, stream: Any, teller: Teller) -> None:
        self._stream, self._teller = stream, teller

    def write(self, text: str) -> int:
        self._teller.erase()
        return int(self._stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_TELLERS: list[Teller] = []


@contextmanager
def telling(
    what: str = "Working", *, clock: Callable[[], float] = time.monotonic
) -> Iterator[Teller | None]:
    """Tell on standard error what is done meanwhile, once it has taken a second.

    Parameters
    ----------
    what : str, default "Working"
        What is done where no step says more.
    clock : callable, optional
        Gives the seconds.

    Examples
    --------
    In a notebook, around what takes long:

    >>> from refgraph import Book
    >>> from refgraph.progress import telling
    >>> with telling():
    ...     book = Book.sample()
    """
    if sys.stderr is None:  # it was closed before Python started
        yield None
        return
    out, err = sys.stdout, sys.stderr
    teller = Teller(err, terminal=err.isatty(), now=clock(), what=what)
    over = threading.Event()

    def tell() -> None:
        with suppress(OSError, ValueError):  # nobody reads it any more
            while not over.wait(0.1):
                teller.look(clock())

    thread = threading.Thread(target=tell, daemon=True, name="refgraph progress")
    if err.isatty():
        sys.stderr = _Behind(err, teller)
        if out is not None and out.isatty():
            sys.stdout = _Behind(out, teller)
    _TELLERS.append(teller)
    thread.start()
    try:
        yield teller
    finally:
        over.set()
        thread.join()
        _TELLERS.remove(teller)
        sys.stdout, sys.stderr = out, err
        with suppress(OSError, ValueError):
            teller.erase()


@contextmanager
def paused() -> Iterator[None]:
    """Say nothing meanwhile: somebody is asked something."""
    if not _TELLERS:
        yield
        return
    with _TELLERS[-1].paused():
        yield
