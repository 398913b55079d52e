"""A converted file is compared with a book, row by row, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.shared_keys import rows_like
from refgraph.imports.column_names import TABLES
from refgraph.imports.converted import Row
from refgraph.imports.kinds.closing import close
from refgraph.imports.matching.edited_rows import Edit, changes_of, find_edited, statuses_to_write
from refgraph.imports.matching.repeated_rows import leave_repeats, tell_repeats
from refgraph.imports.matching.same_row import content_of, fresh, match_referrals, say_undated
from refgraph.imports.plan import Plan
from refgraph.imports.who.alike_names import alike_names
from refgraph.imports.who.couples import couples_among, say_couples
from refgraph.imports.who.namesakes import Namesakes
from refgraph.imports.who.newcomers import newcomers_of
from refgraph.imports.who.one_spelling import unify_names
from refgraph.reading.files.writer import cell
from refgraph.reading.identity import CONTENT
from refgraph.schema.columns import MEMBERS, NAMED, blanks_of
from refgraph.schema.row_ends import ends_of, is_unexplained
from refgraph.schema.row_facts import date_of, id_of, person_of
from refgraph.schema.text import quoted
from refgraph.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.imports.book_index import Known
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.converted import Converted

__all__ = ["make_plan"]

_BLANK_PERSON = blanks_of("people")
_BLANK_TOUCH = dict.fromkeys(TABLES["touches"]) | blanks_of("touches")
# What a blank cell says as well.
_DEFAULTS = {"count": 1, "status": "given", "do_not_refer": False}


def make_plan(
    grid: Grid,
    converted: Converted,
    known: Known,
    *,
    changed: str = "",
    keeps_repeats: bool = False,
) -> Plan:
    """Compare a converted file with a book.

    Parameters
    ----------
    grid : Grid
        The file, for messages.
    converted : Converted
        What it yields.
    known : Known
        The book; the people of the file are made known to it.
    changed : str
        What becomes of rows that were edited in the file since: ``"update"`` writes what they
        say, ``"new"`` takes them for others. They are only listed if nothing is said.
    keeps_repeats : bool
        Whether a row that repeats another one in full is a referral of its own.

    Raises
    ------
    LedgerError
        If the file says who referred them to me, and nobody is me.
    """
    plan = Plan(
        converted.path,
        problems=converted.problems.below(0),
        left_out=converted.left_out,
        notes=list(converted.notes),
        rules=converted.rules,
        layouts=converted.layouts,
        reasons=converted.reasons,
        lost=converted.lost,
        several=converted.several,
    )
    plan.notes += unify_names(converted, known)
    planning = _Planning(grid, known, plan, changed, keeps_repeats=keeps_repeats)
    planning.people(converted)
    planning.references(converted)
    wants_ids = bool(converted.rows["statuses"])
    planning.referrals(converted.rows.pop("referrals"), wants_ids=wants_ids)
    touches = [*converted.rows["touches"], *close(converted.closings, known, plan)]
    planning.touches(touches)
    planning.statuses(converted.rows["statuses"])
    planning.leave_out()
    planning.ask()
    planning.couples()
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _said(values: dict[str, Any]) -> tuple[str, ...]:
    """Name the columns that say more than a blank cell does."""
    return tuple(
        name
        for name, value in values.items()
        if value not in ("", None, ()) and _DEFAULTS.get(name) != value
    )


class _Planning:
    """One comparison: the plan up to here."""

    def __init__(
        self, grid: Grid, known: Known, plan: Plan, changed: str, *, keeps_repeats: bool
    ) -> None:
        self.grid = grid
        self.keeps_repeats = keeps_repeats
        self.known = known
        self.plan = plan
        self.changed = changed
        self.ids: set[str] = set()
        self.called: dict[int, str] = {}  # who a person is called whose name another one has
        self.book = known.names.as_they_are()

    def refuse(self, line: int, message: str, hint: str = "") -> None:
        self.plan.problems.append(self.grid.problem(line, message, hint))

    def people(self, converted: Converted) -> None:
        """Take the people whom the book does not declare; list what it does not know of others."""
        known, plan = self.known, self.plan
        first: dict[str, int] = {}
        mails = ((str(row["email"]).casefold(), name) for name, row in known.people.items())
        namesakes = Namesakes({mail: name for mail, name in mails if mail})
        sent = (
            Row(0, {**_BLANK_PERSON, "person": name})
            for name in newcomers_of(converted, known, plan)
        )
        for told in chain(converted.rows["people"], sent):  # who is sent is told by the others
            called = known.names.person(person_of(told.values))
            if self._taken(told, called):
                continue
            row, name = told, namesakes.name_of(called, str(told.values["email"]), told.line)
            if name != called:
                self.called[row.line] = name
                row = replace(row, values=row.values | {"person": name})
            if name not in known.people:
                known.people[name] = row.values
                first[name] = row.line
                plan.rows["people"].append(row.values)
                for each in (name, *row.values["aliases"]):
                    known.names.add(each, name)
                continue
            plan.there["people"] += 1
            facts = {
                column: cell(row.values[column])
                for column in TABLES["people"]
                if column in row.told - {"person"}
                and row.values[column] not in ("", None, (), False)
                and row.values[column] != known.people[name][column]
            }
            if facts:
                plan.listed.more_of(name, row.line, facts, first.get(name))
        plan.notes += namesakes.notes(plan.path)

    def _taken(self, row: Row, name: str) -> bool:
        """Refuse a person with an alias that belongs to somebody else; say whether it does."""
        for alias in row.values["aliases"]:
            owner = alias if alias in self.known.people else self.known.names.aliases.get(alias)
            if owner not in (None, name):
                message = f"{quoted(alias)} is an alias of {quoted(name)} here and in the book "
                message += "a person" if owner == alias else f"one of {quoted(owner)}"
                self.refuse(row.line, message, "an alias can stand for one person only")
                return True
        return False

    def references(self, converted: Converted) -> None:
        """Find who is meant by each text that says who referred somebody."""
        known = self.known
        if converted.references and known.me is None:
            message = "each row says who referred somebody to you, and nothing says who you are"
            problem = Problem(self.grid.path, 0, message, hint="say it with --me NAME")
            raise LedgerError([problem])
        for reference in converted.references:
            people = known.names.find(reference.text)
            if len(people) == 1 and known.names.person(people[0]) != known.me:
                values = reference.values | {"giver": people[0], "receiver": known.me}
                if reference.line in self.called:
                    values["prospect"] = self.called[reference.line]
                converted.rows["referrals"].append(Row(reference.line, values, reference.told))
            else:
                self.plan.listed.stranger(reference.text, reference.line, people)

    def referrals(self, rows: list[Row], *, wants_ids: bool) -> None:
        """Take the referrals that the book does not have, and keep their ids if they are wanted."""
        known, plan = self.known, self.plan
        sound = self._between_two(rows)
        if not self.keeps_repeats:
            sound = leave_repeats(sound, plan)
        ids, found = match_referrals(sound, known)
        edited: dict[int, int] = {}
        if self.changed != "new":
            person = known.names.person
            edited = find_edited(sound, found, known.referrals, person, known.me)
        self._find_changes(sound, ids, found, edited)
        found |= edited
        tell_repeats(sound, known.names.person, plan)
        if wants_ids:
            self.ids.update(identity for at, identity in enumerate(ids) if at not in found)
        taken: dict[str, Row] = {}
        own = {id_of(row.values) for row in sound} - {""}  # no two of the others are equal
        for at, (row, identity) in enumerate(zip(sound, ids, strict=True)):
            if at in found:
                continue
            if identity not in taken:
                if identity in own:
                    taken[identity] = row
                if known.has_ids:
                    row.values["id"] = identity
                plan.rows["referrals"].append(row.values)
                plan.lines.append(row.line)
            elif content_of(row.values) == content_of(taken[identity].values):
                plan.there["referrals"] += 1
            else:
                self._refuse_id(row.line, identity, taken[identity].line)
        undated = sum(date_of(sound[at].values) is None for at in found)
        new = [row for at, row in enumerate(sound) if at not in found and date_of(row.values)]
        given_a_day = [row for row in new if "date" not in row.told]
        notes = say_undated(undated, given_a_day, plan.rows["referrals"], known)
        plan.notes += [f"{plan.path}: {note}" for note in notes]

    def _between_two(self, rows: list[Row]) -> list[Row]:
        """Refuse referrals from a person to themselves; leave out ids that have no column."""
        known, sound = self.known, []
        person = known.names.person
        if not known.has_ids and any(id_of(row.values) for row in rows):
            # With the id left out the content is the identity, also the next time.
            rows = [Row(row.line, row.values | {"id": ""}, row.told) for row in rows]
            self.plan.notes.append("the book has no column id for referrals: left out")
        for row in sorted(rows, key=lambda row: row.line):
            giver, receiver = ends_of(row.values)
            if person(giver) != person(receiver):
                sound.append(row)
                continue
            hint = (
                "" if giver == receiver else f"the book says that both are {quoted(person(giver))}"
            )
            self.refuse(row.line, f"{quoted(giver)} cannot refer to themselves", hint)
        return sound

    def _find_changes(
        self, rows: list[Row], ids: list[str], found: dict[int, int], edited: dict[int, int]
    ) -> None:
        """Count the rows that the book has, and list those of which it says something else."""
        known, plan = self.known, self.plan
        person = known.names.person
        same = {
            at
            for at, place in found.items()
            if content_of(rows[at].values, person) == content_of(known.referrals[place], person)
        }
        first = {ids[at]: rows[at].line for at in sorted(same, reverse=True)}
        there = known.columns["referrals"] | ({"status"} if known.has_ids else set())
        lacking: set[str] = set()
        for at, place in sorted({**found, **edited}.items()):
            row = rows[at]
            is_whole = at in edited or bool(id_of(row.values))  # not one that was corrected here
            if is_whole and at in found and at not in same and ids[at] in first:
                self._refuse_id(row.line, ids[at], first[ids[at]])
                continue
            plan.there["referrals"] += 1
            leave = () if is_whole else CONTENT
            changes = changes_of(row, known.referrals[place], person, leave)
            told = {name: each for name, each in changes.items() if name in there}
            lacking |= {*changes} - {*told}
            if told:
                plan.edits.append(Edit(row.line, place, told, is_sure=at in found))
        if self.changed == "update" and known.has_ids:
            plan.rows["statuses"] += statuses_to_write(plan.edits, rows, known)
        if lacking:
            names = ", ".join(name for name in TABLES["referrals"] if name in lacking)
            plan.notes.append(
                f"the file says more of rows of the book, which has no place for it: {names}"
            )

    def _refuse_id(self, line: int, identity: str, first: int) -> None:
        message = f"the id {quoted(identity)} is already used on line {first}"
        self.refuse(line, message, "each referral has an id of its own, or none")

    def leave_out(self) -> None:
        """Leave out, and tell, what the files of the book have no column for.

        What makes up the identity of a referral is not left out: without it,
        the same row would be new again.
        """
        known, plan = self.known, self.plan
        for table, rows in plan.rows.items():
            kept = {*known.columns.get(table, TABLES[table])}
            kept.update(CONTENT if table == "referrals" and not known.has_ids else ())
            said: set[str] = set()
            make: dict[tuple[str, ...], Callable[[], dict[str, Any]]] = {}
            for at, row in enumerate(rows):  # in place: they are as large as the file
                full = _said(row)
                if full not in make:
                    said.update(full)
                    make[full] = rows_like({name: None for name in full if name in kept})
                bare = make[full]()
                for name in bare:
                    bare[name] = row[name]
                rows[at] = bare
            if lacking := [name for name in TABLES[table] if name in said - kept]:
                plural = pluralize(len(lacking), "column")
                names = ", ".join(lacking)
                plan.notes.append(f"the book has no {plural} {names} for {table}: left out")

    def ask(self) -> None:
        """List the new names that may be another spelling of somebody's."""
        names = dict.fromkeys(
            row.get(column)
            for table, rows in self.plan.rows.items()
            for row in rows
            for column in MEMBERS[table]
        )
        self.plan.listed.spelled |= alike_names(filter(None, names), self.book)

    def couples(self) -> None:
        """Tell the new names that are of two people."""
        plan, known = self.plan, self.book
        names = (
            str(row.get(column) or "")
            for table, rows in plan.rows.items()
            for row in rows
            for column in NAMED[table]
        )
        told = {row["prospect"] for row in self.known.referrals}
        found = couples_among(name for name in names if name not in told)
        new = {name: two for name, two in found.items() if not known.find(name).is_sure}
        plan.couples |= new
        plan.notes += say_couples(plan.path, new)

    def touches(self, rows: list[Row]) -> None:
        """Take the touches that the book does not have."""
        person = self.known.names.person

        def key(values: Any) -> tuple[Any, ...]:
            return tuple(
                person(told) if name in MEMBERS["touches"] else told
                for name, told in {**_BLANK_TOUCH, **values}.items()
            )

        sound = []
        for row in rows:
            if is_unexplained(row.values):
                message = "a touch of kind settled needs a note"
                self.refuse(row.line, message, "say in note how it was settled")
            else:
                sound.append(row)
        new, there = fresh(sound, self.known.touches, key)
        self.plan.rows["touches"] += [row.values for row in new]
        self.plan.there["touches"] += there

    def statuses(self, rows: list[Row]) -> None:
        """Take the changes of status that the book does not have, of referrals that it has."""
        ids = self.ids.union(id_of(row) for row in self.known.referrals)
        sound = []
        for row in rows:
            if id_of(row.values) in ids:
                sound.append(row)
            else:
                message = f"no referral has the id {quoted(id_of(row.values))}"
                self.refuse(row.line, message, "ids are in the column id of referrals.csv")
        new, there = fresh(
            sound,
            self.known.statuses,
            lambda values: tuple(values[name] for name in TABLES["statuses"]),
        )
        self.plan.rows["statuses"] += [row.values for row in new]
        self.plan.there["statuses"] += there
