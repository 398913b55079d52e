"""At a terminal, one key for each proposal says whether it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.reading.who import pressed_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.cli.capture.proposal_words import Question
    from refgraph.imports.capture.proposals import Proposal

__all__ = ["ask_each"]

_KEYS = "y yes, n no, a yes to all of this kind, x no to all of this kind, u back, q quit"
_YES, _NO = ("y", "a"), ("n", "x")


def ask_each(questions: Sequence[Question]) -> tuple[list[Proposal], list[Proposal]]:
    """Ask each question, and give what was said yes to, and what was said no to.

    Parameters
    ----------
    questions : sequence of Question
        In the order in which they are asked.

    Returns
    -------
    accepted, declined : list of Proposal
        Of what was not reached, nothing.
    """
    said: dict[int, bool] = {}
    steps: list[list[int]] = []
    at = 0
    click.echo(f"{_KEYS}\n", err=True)
    while at < len(questions):
        question = questions[at]
        click.echo(f"{at + 1} of {len(questions)}  {question.said}")
        key = pressed_key()
        if key == "q":
            break
        if key == "u":
            at = _back(said, steps)
            continue
        if key not in (*_YES, *_NO):
            click.echo(_KEYS, err=True)
            continue
        same = [at]
        if key in ("a", "x"):
            same = [
                each for each in range(at, len(questions)) if questions[each].kind == question.kind
            ]
            answer = "yes" if key == "a" else "no"
            click.echo(f"  {answer} to {len(same):,}: {question.noun}", err=True)
        said |= dict.fromkeys(same, key in _YES)
        steps.append(same)
        at = same[-1] + 1
    chosen, refused = (
        [questions[n] for n in sorted(said) if said[n] is so] for so in (True, False)
    )
    left = len(questions) - len(said)
    click.echo(f"{len(chosen):,} accepted, {len(refused):,} declined, {left:,} left.", err=True)
    accepted = [each for question in chosen for each in question.proposals]
    return accepted, [each for question in refused for each in question.proposals]


def _back(said: dict[int, bool], steps: list[list[int]]) -> int:
    """Take the last answer back; tell which question it answered."""
    if not steps:
        click.echo("Nothing was answered yet.", err=True)
        return 0
    same = steps.pop()
    for each in same:
        said.pop(each, None)
    return same[0]
