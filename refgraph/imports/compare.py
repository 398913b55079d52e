"""A converted file is compared with a book, row by row, and nothing is written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.imports.column_names import TABLES
from refgraph.imports.converted import Row
from refgraph.imports.kinds.closing import close
from refgraph.imports.leftovers import nearest
from refgraph.imports.plan import Plan
from refgraph.imports.rules.ruleset import EVERY_REFERRER
from refgraph.imports.same_row import content_of, fresh, match_referrals
from refgraph.names.lookup import Step
from refgraph.reading.checks.repeats import say_repeats
from refgraph.reading.files.writer import cell
from refgraph.reading.identity import CONTENT
from refgraph.schema.columns import MEMBERS, blanks_of
from refgraph.schema.text import quoted
from refgraph.schema.values import STATUSES
from refgraph.wording import count, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.imports.book_index import Known
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.converted import Converted

__all__ = ["make_plan"]

_BLANK_PERSON = blanks_of("people")
_BLANK_TOUCH = dict.fromkeys(TABLES["touches"]) | blanks_of("touches")
# What a blank cell says as well.
_DEFAULTS = {"count": 1, "status": "given", "do_not_refer": False}


def make_plan(grid: Grid, converted: Converted, known: Known) -> Plan:
    """Compare a converted file with a book.

    Parameters
    ----------
    grid : Grid
        The file, for messages.
    converted : Converted
        What it yields.
    known : Known
        The book; the people of the file are made known to it.

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
    )
    planning = _Planning(grid, known, plan)
    planning.people(converted)
    planning.references(converted)
    planning.referrals(converted.rows["referrals"])
    touches = [*converted.rows["touches"], *close(converted.closings, known, plan)]
    planning.touches(touches)
    planning.statuses(converted.rows["statuses"])
    planning.leave_out()
    planning.ask()
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _bare(values: dict[str, Any]) -> dict[str, Any]:
    """Leave blank what a blank cell says as well."""
    return {
        name: value
        for name, value in values.items()
        if value not in ("", None, ()) and _DEFAULTS.get(name) != value
    }


class _Planning:
    """One comparison: the plan up to here."""

    def __init__(self, grid: Grid, known: Known, plan: Plan) -> None:
        self.grid = grid
        self.known = known
        self.plan = plan
        self.ids: set[str] = set()
        self.namesakes: set[int] = set()  # lines of people who are refused as others of one name
        self.book = known.names.lookup

    def refuse(self, line: int, message: str, hint: str = "") -> None:
        self.plan.problems.append(self.grid.problem(line, message, hint))

    def people(self, converted: Converted) -> None:
        """Take the people whom the book does not declare; list what it does not know of others."""
        known, plan = self.known, self.plan
        first: dict[str, int] = {}
        addressed: dict[str, Row] = {}
        sent = (Row(0, {**_BLANK_PERSON, "person": name}) for name in self._sent(converted))
        for row in chain(converted.rows["people"], sent):  # who is sent is told by the others
            written = row.values["person"]
            name = known.names.person(written)
            if self._taken(row, name) or self._is_namesake(row, addressed.get(name, row)):
                continue
            if row.values["email"]:
                addressed[name] = row
            if name not in known.people:
                known.people[name] = first_values = dict(row.values)
                first[name] = row.line
                plan.rows["people"].append(first_values)
                for each in (name, *row.values["aliases"]):
                    known.names.add(each)
                    if each != name:
                        known.names.aliases.setdefault(each, name)
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

    def _is_namesake(self, row: Row, other: Row) -> bool:
        """Refuse who has the name of somebody else in the file, which their e-mails tell apart."""
        one, two = (str(each.values["email"]).casefold() for each in (other, row))
        if not (one and two) or one == two:
            return False
        name = str(row.values["person"])
        firm = two.rpartition("@")[2] or two
        self.namesakes.add(row.line)
        self.refuse(
            row.line,
            f"{quoted(name)} is on line {other.line:,} too, with another e-mail",
            f"give one of the two another name in the file, such as {quoted(f'{name} of {firm}')}; "
            f"if they are one person, leave only one e-mail",
        )
        return True

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

    def _sent(self, converted: Converted) -> Iterator[str]:
        """Give the newcomers who really are named by a row."""
        texts = dict.fromkeys(reference.text for reference in converted.references)
        yield from (name for name in dict.fromkeys(converted.newcomers) if name in texts)
        if EVERY_REFERRER in converted.newcomers:
            everyone = self.known.names.everyone()
            for text in texts:
                # The names that this yields are known to the next: two spellings are one person.
                if not (self.known.names.find(text) or nearest(text, everyone)):
                    yield text

    def references(self, converted: Converted) -> None:
        """Find who is meant by each text that says who referred somebody."""
        known = self.known
        if converted.references and known.me is None:
            message = "each row says who referred somebody to you, and nothing says who you are"
            problem = Problem(self.grid.path, 0, message, hint="say it with --me NAME")
            raise LedgerError([problem])
        for reference in converted.references:
            if reference.line in self.namesakes:
                continue
            people = known.names.find(reference.text)
            if len(people) == 1 and known.names.person(people[0]) != known.me:
                values = {**reference.values, "giver": people[0], "receiver": known.me}
                converted.rows["referrals"].append(Row(reference.line, values, reference.told))
            else:
                self.plan.listed.stranger(reference.text, reference.line, people)

    def referrals(self, rows: list[Row]) -> None:
        """Take the referrals that the book does not have."""
        known, plan = self.known, self.plan
        sound = self._between_two(rows)
        ids, found = match_referrals(sound, known)
        self._find_changes(sound, ids, found)
        taken: dict[str, Row] = {}
        for at, (row, identity) in enumerate(zip(sound, ids, strict=True)):
            if at in found:
                continue
            if identity not in taken:
                taken[identity] = row
                named = identity if row.values["id"] or known.has_ids else ""
                same = named == row.values["id"]
                values = row.values if same else {**row.values, "id": named}
                plan.rows["referrals"].append(values)
                self.ids.add(identity)
            elif content_of(row.values) == content_of(taken[identity].values):
                plan.there["referrals"] += 1
            else:
                self._refuse_id(row.line, identity, taken[identity].line)
        self._tell_repeats(sound)
        undated = sum(sound[at].values["date"] is None for at in found)
        new = [row for at, row in enumerate(sound) if at not in found and row.values["date"]]
        self._tell_undated(undated, [row for row in new if "date" not in row.told])

    def _between_two(self, rows: list[Row]) -> list[Row]:
        """Refuse referrals from a person to themselves; leave out ids that have no column."""
        known, sound = self.known, []
        person = known.names.person
        if not known.has_ids and any(row.values["id"] for row in rows):
            # With the id left out the content is the identity, also the next time.
            rows = [Row(row.line, {**row.values, "id": ""}, row.told) for row in rows]
            self.plan.notes.append("the book has no column id for referrals: left out")
        for row in sorted(rows, key=lambda row: row.line):
            giver, receiver = row.values["giver"], row.values["receiver"]
            if person(giver) != person(receiver):
                sound.append(row)
                continue
            hint = (
                "" if giver == receiver else f"the book says that both are {quoted(person(giver))}"
            )
            self.refuse(row.line, f"{quoted(giver)} cannot refer to themselves", hint)
        return sound

    def _find_changes(self, rows: list[Row], ids: list[str], found: dict[int, int]) -> None:
        """Count the rows that the book has, and list those of which it says something else."""
        known, plan = self.known, self.plan
        old = {at: known.referrals[place] for at, place in found.items()}
        person = known.names.person
        same = {
            at
            for at, row in old.items()
            if content_of(rows[at].values, person) == content_of(row, person)
        }
        first = {ids[at]: rows[at].line for at in sorted(same, reverse=True)}
        for at in sorted(found):
            row, status = rows[at], rows[at].values["status"]
            changed = bool(row.values["id"]) and at not in same
            if changed and ids[at] in first:
                self._refuse_id(row.line, ids[at], first[ids[at]])
                continue
            plan.there["referrals"] += 1
            if changed:
                plan.listed.changed(ids[at], row.line)
            elif STATUSES.index(status) > STATUSES.index(old[at]["status"]):
                plan.listed.moves(old[at]["id"], row.line, old[at]["status"], status)

    def _refuse_id(self, line: int, identity: str, first: int) -> None:
        message = f"the id {quoted(identity)} is already used on line {first}"
        self.refuse(line, message, "each referral has an id of its own, or none")

    def _tell_repeats(self, rows: list[Row]) -> None:
        """Tell of rows that say what another row of the file says, without ids of their own."""
        person = self.known.names.person
        first: dict[tuple[str, ...], Row] = {}
        told = []
        for row in rows:
            other = first.setdefault(content_of(row.values, person), row)
            if other is not row and not (row.values["id"] and other.values["id"]):
                told.append((row.line, other.line))
        if told:
            places = ((f"line {line:,}", f"line {above:,}") for line, above in told)
            said = "is a referral of its own", "are referrals of their own"
            self.plan.notes.append(f"{self.plan.path}: {say_repeats(len(told), places, said)}")

    def _tell_undated(self, undated: int, given_a_day: list[Row]) -> None:
        """Tell of rows without a date, which may be rows of the book for this or another day."""
        known, plan = self.known, self.plan
        if undated:
            rows_are = count(undated, "row without a date", "equals")
            plan.notes.append(
                f"{plan.path}: {rows_are} one of the book and count as there; "
                f"if they are new, give them a day: --date YYYY-MM-DD"
            )
        person = known.names.person
        dated = {content_of(row)[1:] for row in known.referrals if row["date"] is not None}
        rows = [row for row in plan.rows["referrals"] if row["date"] is None]
        if same := sum(content_of(row, person)[1:] in dated for row in rows):
            rows_are = count(same, "row without a date", "equals")
            plan.notes.append(
                f"{plan.path}: {rows_are} one of the book that has a date, and is new "
                f"here; if it was imported with --date, say that day again"
            )
        undated_there = {content_of(row)[1:] for row in known.referrals if row["date"] is None}
        if same := sum(content_of(row.values, person)[1:] in undated_there for row in given_a_day):
            rows_are = count(same, "row", "equals")
            plan.notes.append(
                f"{plan.path}: but for the day of --date {rows_are} one of the book that "
                f"has no date, and is new here; if it is the same, give that one this day by hand"
            )

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
            for at, row in enumerate(rows):  # in place: they are as large as the file
                bare = _bare(row)
                said.update(bare)
                rows[at] = {name: value for name, value in bare.items() if name in kept}
            if lacking := [name for name in TABLES[table] if name in said - kept]:
                plural = pluralize(len(lacking), "column")
                names = ", ".join(lacking)
                plan.notes.append(f"the book has no {plural} {names} for {table}: left out")

    def ask(self) -> None:
        """List the new names that are another spelling of somebody's in the book."""
        names = dict.fromkeys(
            row.get(column)
            for table, rows in self.plan.rows.items()
            for row in rows
            for column in MEMBERS[table]
        )
        for name in filter(None, names):
            found = self.book.find(name, last=Step.INITIAL)
            if found.people and found.step > Step.ME:
                self.plan.listed.spelled[name] = found.people

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
            if row.values["kind"] == "settled" and not row.values["note"]:
                message = "a touch of kind settled needs a note"
                self.refuse(row.line, message, "say in note how it was settled")
            else:
                sound.append(row)
        new, there = fresh(sound, self.known.touches, key)
        self.plan.rows["touches"] += [dict(row.values) for row in new]
        self.plan.there["touches"] += there

    def statuses(self, rows: list[Row]) -> None:
        """Take the changes of status that the book does not have, of referrals that it has."""
        ids = self.ids.union(row["id"] for row in self.known.referrals)
        sound = []
        for row in rows:
            if row.values["id"] in ids:
                sound.append(row)
            else:
                message = f"no referral has the id {quoted(row.values['id'])}"
                self.refuse(row.line, message, "ids are in the column id of referrals.csv")
        new, there = fresh(
            sound,
            self.known.statuses,
            lambda values: tuple(values[name] for name in TABLES["statuses"]),
        )
        self.plan.rows["statuses"] += [dict(row.values) for row in new]
        self.plan.there["statuses"] += there
