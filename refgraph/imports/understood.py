"""What was understood of a file: example rows as sentences, and rules that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.ruleset import EVERY_REFERRER
from refgraph.schema.row_facts import date_of
from refgraph.schema.text import quoted, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.imports.plan import Plan
    from refgraph.imports.rules.recognise import Layout
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["rules_of", "say_columns", "say_examples", "say_rules"]

_EXAMPLES = 3
_MOST_LEFT = 8
_LONGEST = 60
_OF_ROWS = ("set ", "if ", "rename ", "new ")  # rules that may name who was referred


def say_examples(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say the first referrals as sentences.

    Parameters
    ----------
    rows : sequence of mapping
        Referrals, each from our column to its value; but for the day, blank ones may be left out.

    Examples
    --------
    >>> from datetime import date
    >>> row = {"date": date(2026, 3, 2), "giver": "Ann Lee", "receiver": "Dana Reed"}
    >>> say_examples([{**row, "prospect": "Okafor Dental", "status": "won"}, row | {"count": 2}])
    ['On 2 March 2026 Ann Lee gave Dana Reed the prospect Okafor Dental (won).',
     'On 2 March 2026 Ann Lee gave Dana Reed 2 referrals.']
    """
    return [_sentence(row) for row in rows[:_EXAMPLES]]


def _sentence(row: Mapping[str, Any]) -> str:
    day = date_of(row)
    when = f"On {day.day} {day:%B %Y}" if day else "On an unknown day"
    giver, receiver, prospect = (
        visible(str(row.get(name) or ""), _LONGEST) for name in ("giver", "receiver", "prospect")
    )
    times = row.get("count") or 1
    what = f"the prospect {prospect}" if prospect else "a referral"
    if times != 1:
        what = f"{times} referrals" + (f" of {prospect}" if prospect else "")
    worth = " ".join(str(row[name]) for name in ("value", "currency") if row.get(name))
    told = ", ".join(filter(None, (row.get("status") or "", worth)))
    return f"{when} {giver} gave {receiver} {what}{f' ({told})' if told else ''}."


def say_columns(plan: Plan) -> str:
    """Say in one line what the columns of a file were taken as, and what is left out.

    Parameters
    ----------
    plan : Plan
        What is made of the file.
    """
    told, left = [], []
    for layout in plan.layouts:
        parts = [
            f"{' + '.join(quoted(layout.titles[at].strip()) for at in option)} is {ours}"
            for ours, options in layout.columns.items()
            for option in options[:1]
        ]
        told.append(f"{layout.rules.name or 'the rules'}: {', '.join(parts)}")
        left += [*map(quoted, layout.unused())]
    if more := left[_MOST_LEFT:]:
        left[_MOST_LEFT:] = [f"{len(more)} more"]
    reasons = sorted(plan.left_out.items())
    left += [f"{times:,} {why}" for why, times in reasons]
    return f"{plan.path}: read as {'; '.join(told)}{'; left out ' * bool(left)}{', '.join(left)}"


def rules_of(layout: Layout) -> str:
    """Write what the columns of a table were taken for, as a rules file that says the same.

    Parameters
    ----------
    layout : Layout
        What the columns mean.
    """
    rules = layout.rules
    name = rules.path.removesuffix(".rules")
    is_shipped = name in shipped()
    lines = [f"skip        {rules.skip}"] if rules.skip and not is_shipped else []
    lines.append(f"like        {name}" if is_shipped else f"kind        {layout.kind}")
    for ours, options in layout.columns.items():
        told = [" + ".join(_said(layout.titles[at].strip()) for at in each) for each in options]
        if told and not any("\n" in layout.titles[at] for option in options for at in option):
            lines.append(f"column      {ours:<11} {' | '.join(told)}")
    lines += [f"above       {_said(header)}" for header in rules.above]
    if rules.void is not None:
        lines.append(f"void        {_said(rules.void)}")
    if rules.date_format:
        lines.append(f"date-format {rules.date_format}")
    if rules.decimal:
        lines.append(f"decimal     {rules.decimal}")
    if not is_shipped:
        lines += _of_rows(rules)
    lines += [f'# left out: "{title}"' for title in layout.unused()]
    return "".join(f"{line}\n" for line in lines)


def say_rules(rules: str, *, hides: bool) -> list[str]:
    r"""Give the lines of rules as they are shown.

    Parameters
    ----------
    rules : str
        What :func:`rules_of` wrote.
    hides : bool
        Whether the profession of the book hides who was referred.

    Examples
    --------
    >>> say_rules('decimal     comma\nrename      "A. Lee" -> "Ann Lee"\n', hides=True)
    ['  decimal     comma']
    """
    lines = rules.splitlines()
    return [f"  {line}" for line in lines if not (hides and line.startswith(_OF_ROWS))]


def _of_rows(rules: Rules) -> list[str]:
    """Write what rules say of the rows, and of the names in them."""
    lines = [f"set         {ours} {_said(text)}" for ours, text in rules.constants.items()]
    for each in rules.conditions:
        told = f"set {each.sets[0]} {_said(each.sets[1])}" if each.sets else "skip"
        sign = "=" if each.exact else "~"
        lines.append(f"if {_said(each.column)} {sign} {_said(each.text)} {told}")
    lines += [f"rename      {_said(old)} -> {_said(new)}" for old, new in rules.renames.items()]
    lines += [
        f"new         {'*' if name == EVERY_REFERRER else _said(name)}" for name in rules.newcomers
    ]
    lines += [f"id-prefix   {_said(rules.prefix)}"] if rules.prefix else []
    return [line for line in lines if "\n" not in line]


def _said(text: str) -> str:
    """Write a text as a rules file does."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
