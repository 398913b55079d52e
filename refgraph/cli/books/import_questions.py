"""What an import leaves open, as questions; each answer is what an option says as well."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from refgraph.errors import LedgerError
from refgraph.progress import paused
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from refgraph.errors import Problem
    from refgraph.imports import Prepared, Request
    from refgraph.imports.plan import Plan

__all__ = ["Answered", "Question", "ask"]
__all__ += ["questions_of_plan", "questions_of_problems"]
__all__ += ["say_options", "settle"]

_MOST_ASKED, _MOST_CHOICES = 50, 9
_FORMATS = re.compile(r"--date-format (%[^\s,;]+)")
_MARKS = re.compile(r"--decimal (point|comma)")
# A remedy whose value a message gives, and a column of which it leaves open which one it is.
_NAMED = re.compile(r"--(columns|rename|new-person) ('(?:[^']|'\"'\"')*'|[^\s;,']+)")
_COLUMN = re.compile(r"--columns ([a-z]+)=HEADER")
_CURRENCIES = {"u": "USD", "c": "CAD", "a": "AUD"}
#: What a problem says whose remedy is to name the columns.
_COLUMNS = ("does not know what these columns mean",)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer.

    Attributes
    ----------
    key, label : str
        What is typed for it, and what it means.
    changes : mapping of str to object
        What it changes in a request; a mapping or a tuple is added to what is there.
    words : tuple of str
        The option that says the same.
    """

    key: str
    label: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is open.

    Attributes
    ----------
    about : tuple of str
        What tells it from others: none is asked twice.
    text : str
        How it is asked.
    choices : tuple of Choice
        The answers; the last one leaves it open.
    option, reads : str
        The option whose value is typed instead, where there are no choices: a ``name``, a
        ``day``, or a title of ``titles``.
    titles : tuple of str
        The headers of the file, to be chosen from.
    """

    about: tuple[str, ...]
    text: str
    choices: tuple[Choice, ...] = ()
    option: str = ""
    reads: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A request with what was answered up to now.

    Attributes
    ----------
    request : Request
        What is to be imported, and how.
    partial : bool
        Whether rows that are refused are left out.
    words : tuple of str
        The options that say the same as the answers.
    asked : frozenset of tuple of str
        What was asked.
    """

    request: Request
    partial: bool
    words: tuple[str, ...] = ()
    asked: frozenset[tuple[str, ...]] = frozenset()

    def given(self, question: Question, choice: Choice) -> Answered:
        """Give the same with one more answer."""
        changes = dict(choice.changes)
        partial = bool(changes.pop("partial", self.partial))
        for name, new in changes.items():
            old = getattr(self.request, name)
            if isinstance(new, dict):
                changes[name] = {**old, **new}
            elif isinstance(new, tuple):
                changes[name] = (*old, *new)
        request = replace(self.request, **changes)
        asked = self.asked | {question.about}
        return Answered(request, partial, (*self.words, *choice.words), asked)


def settle(
    answered: Answered, prepare: Callable[[Request], Prepared], *, rows: bool = True
) -> tuple[Prepared, Answered]:
    """Ask about everything that is open in one file, until nothing is.

    Parameters
    ----------
    answered : Answered
        What is to be imported.
    prepare : callable
        Reads the book and the file.
    rows : bool
        Whether rows and names are asked about too, and not only the file as a whole.

    Raises
    ------
    LedgerError
        The file cannot be read, and no answer would mend it, or none did.
    """
    while True:
        try:
            prepared = prepare(answered.request)
        except LedgerError as error:
            titles = _titles(answered.request, error.problems)
            found = [*questions_of_problems(error.problems, titles)]
            if not (still := [each for each in found if each.about not in answered.asked]):
                raise
        else:
            found = [*questions_of_plan(prepared)] if rows else []
            if not (still := [each for each in found if each.about not in answered.asked]):
                return prepared, answered
        together = [each for each in still if each.titles] if still[0].titles else still[:1]
        for question in together:
            answered = answered.given(question, ask(question))


def _titles(request: Request, problems: Iterable[Problem]) -> list[str]:
    """Give the headers of a file, where they are asked about."""
    from refgraph.imports import titles_of

    asked = any(
        _COLUMN.search(problem.hint) or any(each in problem.message for each in _COLUMNS)
        for problem in problems
    )
    return titles_of(request) if asked else []


def _leave(label: str = "leave it") -> Choice:
    return Choice("l", label)


def questions_of_problems(
    problems: Iterable[Problem], titles: Sequence[str] = ()
) -> Iterator[Question]:
    """Give what would mend problems, as their remedies say it.

    Parameters
    ----------
    problems : iterable of Problem
        Those of a file.
    titles : sequence of str
        Its headers, where it is not known what they mean.
    """
    for problem in problems:
        for name, option, pattern in (
            ("date_format", "--date-format", _FORMATS),
            ("decimal", "--decimal", _MARKS),
        ):
            if said := [*dict.fromkeys(pattern.findall(problem.hint))]:
                choices = [
                    Choice(str(at), value, {name: value}, (option, value))
                    for at, value in enumerate(said, 1)
                ]
                yield Question((name,), problem.message, (*choices, _leave()))
        if "--me NAME" in problem.hint:
            yield Question(("me",), f"{problem.message}: who are you?", option="me", reads="name")
        unknown = any(each in problem.message for each in _COLUMNS)
        if choices := [] if unknown else [*_named_in(problem.hint)]:
            about = ("told", problem.message)
            yield Question(about, f"{problem.message}.", (*choices, _leave()))
        if titles and (found := _COLUMN.search(problem.hint)):
            yield Question(
                *(("columns", found[1]), f"{problem.message}: which one?"),
                option=found[1],
                reads="title",
                titles=tuple(titles),
            )
        if titles and unknown:
            for role, text in (("giver", "gave"), ("receiver", "received")):
                yield Question(
                    *(("columns", role), f"Which column says who {text} each referral?"),
                    option=role,
                    reads="title",
                    titles=tuple(titles),
                )


def _named_in(told: str) -> Iterator[Choice]:
    """Give the remedies that a message gives in full, each as an answer."""
    for at, (option, value) in enumerate(_NAMED.findall(told), 1):
        (text,) = shlex.split(value)
        if "HEADER" in text:
            continue
        words = (f"--{option}", text)
        if option == "new-person":
            yield Choice(str(at), "somebody new", {"newcomers": (text,)}, words)
            continue
        if option == "rename":
            old, _, new = text.rpartition("=")
            yield Choice(str(at), new, {"renames": {old: new}}, words)
            continue
        pairs = dict(each.split("=", 1) for each in re.split(r",(?=[a-z_]+=)", text))
        label = ", ".join(f"{title} as {ours}" for ours, title in pairs.items())
        yield Choice(str(at), label, {"columns": pairs}, words)


def questions_of_plan(prepared: Prepared) -> Iterator[Question]:
    """Give what is open about rows and names that could be read.

    Names and texts are not asked about where the profession of the book hides them.
    """
    plan, request = prepared.plan, prepared.request
    yield from questions_of_problems(plan.problems.told())
    if not prepared.hides:
        yield from _about_lost(plan)
        for text, some in plan.several.items():
            each = [_named(str(at), text, name) for at, name in enumerate(some[:_MOST_CHOICES], 1)]
            one = Choice("a", "all as one", {"newcomers": (text,)}, ("--new-person", text))
            said = f"{text!r} names several people."
            yield Question(("several", text), said, (*each, one, _leave("leave the row out")))
        yield from _about_strangers(prepared)
        for text, people in plan.listed.spelled.items():
            yield _who(text, people, new=False)
        for text, two in plan.couples.items():
            one, other = (_named(str(at), text, name) for at, name in enumerate(two, 1))
            household = Choice("h", "one household")
            yield Question(("couple", text), f"{text!r} names two people.", (household, one, other))
    if (repeats := plan.left_out["repeating another row"]) and not request.keeps_repeats:
        keep = Choice("k", "keep", {"keeps_repeats": True}, ("--repeats", "keep"))
        said = f"{count(repeats, 'row', 'repeats')} another in full."
        yield Question(("repeats",), said, (keep, _leave("leave out")))
    if plan.edits and not request.changed:
        update = Choice("u", "write what the file says", {"changed": "update"}, ("--update",))
        new = Choice("n", "take them for others", {"changed": "new"}, ("--as-new",))
        others = [] if all(edit.is_sure for edit in plan.edits) else [new]
        said = f"{count(len(plan.edits), 'row', 'was')} edited in the file since."
        yield Question(("edits",), said, (update, *others, _leave("leave the book as it is")))
    if plan.refused and not plan.places_no_referral:
        take = Choice("y", "take the others", {"partial": True}, ("--partial",))
        said = f"{count(plan.refused, 'row')} {agree(plan.refused, 'is')} refused."
        yield Question(("partial",), said, (take, _leave("write nothing")))


def _about_lost(plan: Plan) -> Iterator[Question]:
    """Ask about columns that are left out, and the currency of amounts that have a shared sign."""
    for note in plan.lost:
        said = note.removeprefix(f"{plan.path}: ").partition(";")[0]
        if choices := [*_named_in(note)]:
            yield Question(("lost", said), f"{said}.", (*choices, _leave("leave it out")))
    for note in plan.notes:
        if "--currency " in note:
            said = note.removeprefix(f"{plan.path}: ").partition(",")[0]
            choices = [
                Choice(key, code, {"currency": code}, ("--currency", code))
                for key, code in _CURRENCIES.items()
            ]
            yield Question(("currency",), f"{said}: in which currency?", (*choices, _leave("none")))


def _about_strangers(prepared: Prepared) -> Iterator[Question]:
    """Ask who referred somebody, of texts that are nobody's name."""
    from refgraph.imports.leftovers import Nearest

    listed, nearest = prepared.plan.listed, Nearest(prepared.everyone)
    for text in [*listed.strangers][:_MOST_ASKED]:
        people = [*listed.maybe[text]]
        if len(people) == 1:
            continue  # that is me, who gives nothing to me
        near = nearest.to(text) if not people else None
        yield _who(text, people or ([near] if near else []), new=True)


def _who(text: str, people: Sequence[str], *, new: bool) -> Question:
    """Ask who is meant by a text."""
    choices = [_named(str(at), text, name) for at, name in enumerate(people[:_MOST_CHOICES], 1)]
    if new:
        words = ("--new-person", text)
        choices.append(Choice("n", "somebody new", {"newcomers": (text,)}, words))
    said = f"{text!r} is nobody of the book." if new else f"{text!r} is new, and spelled so."
    last = _leave("leave their referrals out" if new else "somebody else")
    return Question(("who", text), said, (*choices, last))


def _named(key: str, text: str, name: str) -> Choice:
    return Choice(key, name, {"renames": {text: name}}, ("--rename", f"{text}={name}"))


def ask(question: Question) -> Choice:
    """Ask one question; what leaves it open is the answer of Enter."""
    if not question.choices:
        return _typed(question)
    keys = [each.key for each in question.choices]
    default = "h" if "h" in keys else "l"
    listed = "; ".join(f"{each.key} {each.label}" for each in question.choices)
    with paused():
        key = click.prompt(
            f"{question.text} {listed}",
            type=click.Choice(keys, case_sensitive=False),
            default=default,
            show_choices=False,
            err=True,
        )
    return next(each for each in question.choices if each.key == key)


def _typed(question: Question) -> Choice:
    """Ask for the value of an option; nothing typed leaves it open."""
    if question.titles:
        return _column(question)
    with paused():
        text = click.prompt(question.text, default="", show_default=False, err=True).strip()
    words = (f"--{question.option}", text)
    return Choice("", "", {question.option: text}, words) if text else _leave()


def _column(question: Question) -> Choice:
    listed = "; ".join(f"{at} {title}" for at, title in enumerate(question.titles, 1))
    keys = [str(at) for at, _ in enumerate(question.titles, 1)]
    with paused():
        key = click.prompt(
            f"{question.text} {listed}; l none",
            type=click.Choice([*keys, "l"]),
            default="l",
            show_choices=False,
            err=True,
        )
    if key == "l":
        return _leave()
    title = question.titles[int(key) - 1]
    words = _columns(question.option, title)
    return Choice(key, title, {"columns": {question.option: title}}, words)


def _columns(ours: str, title: str) -> tuple[str, str]:
    return "--columns", f"{ours}={title}"


def say_options(words: Sequence[str]) -> str:
    """Write the options that say what was answered; those of columns as one.

    Examples
    --------
    >>> say_options(["--columns", "giver=From", "--partial", "--columns", "receiver=Sent To"])
    "--partial --columns 'giver=From,receiver=Sent To'"
    """
    told = [*words]
    columns = [told[at + 1] for at, word in enumerate(told) if word == "--columns"]
    while "--columns" in told:
        at = told.index("--columns")
        del told[at : at + 2]
    return shlex.join([*told, *(["--columns", ",".join(columns)] if columns else [])])
