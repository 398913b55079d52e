"""Tables that people keep by hand: trackers, registers, two-way lists, in seven languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from intake_files import File, workbook, written
from intake_tongues import GIVER, PERSON, PROSPECT, RECEIVER, TONGUES, WORDS, Tongue
from intake_truth import STATUS, Fact, Name, Table, World, world_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

#: Every shape by its name: it makes a file of what a chance says.
SHAPES: dict[str, Callable[[random.Random], File]] = {}


def shape(
    name: str,
) -> Callable[[Callable[[random.Random], File]], Callable[[random.Random], File]]:
    """Put a maker among the shapes."""

    def keep(make: Callable[[random.Random], File]) -> Callable[[random.Random], File]:
        SHAPES[name] = make
        return make

    return keep


def add(
    columns: dict[str, list[Any]], headers: tuple[str, ...], cells: list[Any], w: World
) -> None:
    """Put a column under one of the headers that is free."""
    taken = {header.lower() for header in columns}
    free = [header for header in headers if header.lower() not in taken]
    if free:
        columns[w.pick(*free)] = cells


def with_outcomes(
    w: World, facts: list[Fact], tongue: Tongue
) -> tuple[list[str], list[Any], list[Fact]]:
    """Make up how referrals came out: the words, the amounts, and what is true of them."""
    words, amounts, out = [], [], []
    few = w.chance.sample([*tongue.status], min(len(tongue.status), 6))
    won = [word for word in few if tongue.status[word] == ("won",)] or [next(iter(tongue.status))]
    for fact in facts:
        word = w.pick(*few, won[0])
        means = tongue.status[word]
        amount: Decimal | None = None
        if means == ("won",) and w.chance.random() < 0.85:
            amount = Decimal(w.chance.randrange(4, 400) * 25)
            amount += Decimal("0.5") if w.chance.random() < 0.15 else 0
        words.append(word)
        amounts.append("" if amount is None else amount)
        out.append(replace(fact, status=means, value=(amount,)))
    return words, amounts, out


def tabled(
    w: World,
    facts: list[Fact],
    names: dict[tuple[str, ...], list[Any]],
    tongue: str = "en",
    *,
    must: tuple[str, ...] = (),
    me: bool = True,
) -> Table:
    """Make a table of columns with names, and the usual ones beside them."""
    said = TONGUES[tongue]
    words, amounts, true = with_outcomes(w, facts, said)
    columns: dict[str, list[Any]] = {}
    has = {
        "day": "day" in must or w.chance.random() < 0.92,
        "prospect": "prospect" in must or w.chance.random() < 0.85,
        "status": "status" in must or w.chance.random() < 0.7,
        "value": "value" in must or w.chance.random() < 0.5,
    }
    if has["day"]:
        add(columns, said.date, [fact.day for fact in facts], w)
    for headers, cells in names.items():
        add(columns, headers, cells, w)
    if has["prospect"]:
        add(columns, said.prospect, [fact.prospect for fact in facts], w)
    if has["status"]:
        add(columns, said.state, words, w)
    if has["value"]:
        add(columns, said.value, amounts, w)
    compared = tuple(name for name, there in has.items() if there)
    return Table(columns, true, compared, w.me if me else None, language=tongue)


def partner(w: World, fact: Fact) -> Name:
    """Say who stands on the other side."""
    return Name(fact.receiver if fact.giver == w.me else fact.giver)


def directed(w: World, fact: Fact, words: tuple[str, str]) -> str:
    """Say the direction in the words of the table."""
    return words[0] if fact.giver == w.me else words[1]


def with_direction(
    chance: random.Random, tongue: str = "en", *, must: tuple[str, ...] = ()
) -> File:
    """Make a tracker of both directions: a name, and a word for the direction."""
    w = world_of(chance)
    said = TONGUES[tongue]
    words = chance.choice(said.words)
    names = {
        said.person: [partner(w, fact) for fact in w.facts],
        said.way: [directed(w, fact, words) for fact in w.facts],
    }
    return written(w, tabled(w, w.facts, names, tongue, must=must))


def with_both(
    chance: random.Random, tongue: str = "en", *, mine: str = "name", group: bool = False
) -> File:
    """Make a table with who gave and who got; I am `me`, or my name."""
    w = world_of(chance, group=group)
    said = TONGUES[tongue]
    word = chance.choice(said.me)

    def cell(name: str) -> Name | str:
        return word if name == w.me and mine == "me" else Name(name)

    pairs = [(said.giver, said.receiver)]
    if tongue == "en":
        pairs += [
            (("From",), ("To",)),
            (("Giver",), ("Receiver",)),
            (("Given by",), ("Given to",)),
            (("Referring Agent",), ("Receiving Agent",)),
            (("Sender",), ("Recipient",)),
        ]
    else:
        pairs += [(said.giver_and[:1], said.receiver_and[:1])]
    givers, receivers = chance.choice(pairs)
    names = {
        givers: [cell(fact.giver) for fact in w.facts],
        receivers: [cell(fact.receiver) for fact in w.facts],
    }
    return written(w, tabled(w, w.facts, names, tongue, me=not group))


def one_way(
    chance: random.Random,
    way: str,
    headers: tuple[str, ...] = (),
    prospects: tuple[str, ...] = (),
    *,
    tongue: str = "en",
    title: str = "",
) -> File:
    """Make a list of what was sent, or of what came."""
    w = world_of(chance, title=title)
    facts = w.given if way == "given" else w.received
    said = TONGUES[tongue]
    headers = headers or (said.receiver if way == "given" else said.giver)
    table = tabled(
        w, facts, {headers: [partner(w, fact) for fact in facts]}, tongue, must=("prospect",)
    )
    if prospects:
        table = replace(table, columns=_renamed(table, said.prospect, chance.choice(prospects)))
    return written(w, table)


def _renamed(table: Table, old: tuple[str, ...], new: str) -> dict[str, list[Any]]:
    return {new if name in old else name: cells for name, cells in table.columns.items()}


@shape("tracker: name and direction")
def _tracker(chance: random.Random) -> File:
    return with_direction(chance)


@shape("realtor's sheet: direction, loose words, fees")
def _realtor(chance: random.Random) -> File:
    w = world_of(chance)
    words = chance.choice(WORDS)
    names = {
        ("Agent", "Realtor", "Agent Name", "Name"): [partner(w, fact) for fact in w.facts],
        ("Direction", "In/Out", "Sent/Received"): [directed(w, fact, words) for fact in w.facts],
    }
    table = tabled(w, w.facts, names, must=("day", "status", "value"))
    return written(w, replace(table, date_styles=("mixed",)))


@shape("tracker: direction in a sentence")
def _sentence(chance: random.Random) -> File:
    w = world_of(chance)
    words = chance.choice(
        (
            ("Gave to", "Got from"),
            ("Referred to", "Referred by"),
            ("To", "From"),
            ("Sent to", "Received from"),
        )
    )
    names = {
        PERSON: [partner(w, fact) for fact in w.facts],
        ("Type", "Direction", "To/From"): [directed(w, fact, words) for fact in w.facts],
    }
    return written(w, tabled(w, w.facts, names))


@shape("tracker: two columns, given to and received from")
def _two_columns(chance: random.Random) -> File:
    w = world_of(chance)
    names = {
        ("Given To", "Sent To", "Referred To"): [
            Name(f.receiver) if f.giver == w.me else "" for f in w.facts
        ],
        ("Received From", "Referred By", "Got From"): [
            Name(f.giver) if f.receiver == w.me else "" for f in w.facts
        ],
    }
    return written(w, tabled(w, w.facts, names))


@shape("log: who referred, to whom (names)")
def _both(chance: random.Random) -> File:
    return with_both(chance)


@shape("log: who referred, to whom (me)")
def _both_me(chance: random.Random) -> File:
    return with_both(chance, mine="me")


@shape("received: referred by")
def _received(chance: random.Random) -> File:
    return one_way(chance, "received")


@shape("sent: referred to")
def _sent(chance: random.Random) -> File:
    return one_way(chance, "given")


@shape("received: client's name and source, with portals")
def _sources(chance: random.Random) -> File:
    w = world_of(chance)
    facts = list(w.received)
    portals = ("Website", "Google", "Walk-in", "Social media", "Facebook")
    for at in range(chance.randrange(1, 4)):
        extra = replace(facts[-1], giver=chance.choice(portals), prospect=f"Guest{at} Walker{at}")
        facts.insert(chance.randrange(len(facts) + 1), replace(extra, optional=True))
    names = {
        ("Referred By", "Referral Source", "Source", "Lead Source"): [
            Name(fact.giver) for fact in facts
        ]
    }
    return written(w, tabled(w, facts, names, must=("prospect",)))


@shape("received: first and last name, referred by")
def _first_last(chance: random.Random) -> File:
    w = world_of(chance)
    facts = [fact for fact in w.received if fact.prospect.count(" ") == 1]
    table = tabled(w, facts, {GIVER[:4]: [Name(fact.giver) for fact in facts]}, must=("prospect",))
    columns: dict[str, list[Any]] = {}
    for name, cells in table.columns.items():
        if name in PROSPECT:
            columns["First Name"] = [cell.split(" ")[0] for cell in cells]
            columns["Last Name"] = [cell.split(" ")[1] for cell in cells]
        else:
            columns[name] = cells
    return written(w, replace(table, columns=columns))


@shape("received: thank-you list")
def _thanks(chance: random.Random) -> File:
    w = world_of(chance)
    facts = [replace(fact, status=(), value=()) for fact in w.received]
    columns = {
        chance.choice(("Date", "Date Received")): [fact.day for fact in facts],
        chance.choice(("Referred By", "Who sent them", "From")): [
            Name(fact.giver) for fact in facts
        ],
        chance.choice(("Client", "New Client", "Who they sent")): [fact.prospect for fact in facts],
        chance.choice(("Thank You Sent", "Thanked?", "Thank you card")): [
            w.pick("Y", "N", "Yes", "") for _ in facts
        ],
    }
    return written(w, Table(columns, facts, ("day", "prospect"), w.me))


@shape("tally: given and received per person")
def _tally(chance: random.Random) -> File:
    w = world_of(chance)
    facts, columns = [], {"Name": [], "Given": [], "Received": []}
    for other in w.others:
        gave, got = chance.randrange(6), chance.randrange(6)
        columns["Name"].append(Name(other))
        columns["Given"].append(str(gave))
        columns["Received"].append(str(got))
        facts += [Fact(w.me, other, count=gave)] if gave else []
        facts += [Fact(other, w.me, count=got)] if got else []
    headers = chance.choice(
        (
            ("Name", "Given", "Received"),
            ("Partner", "Referrals given", "Referrals received"),
            ("Contact", "Sent", "Received"),
        )
    )
    columns = dict(zip(headers, columns.values(), strict=True))
    return written(w, Table(columns, facts, (), w.me, fixed=True))


@shape("workbook: a sheet sent, a sheet received")
def _two_sheets(chance: random.Random) -> File:
    w = world_of(chance)
    titles = chance.choice(
        (
            ("Sent", "Received"),
            ("Given", "Received"),
            ("Referrals Sent", "Referrals Received"),
            ("Outgoing", "Incoming"),
        )
    )
    sheets, facts = {}, []
    for title, some, headers in ((titles[0], w.given, RECEIVER), (titles[1], w.received, GIVER)):
        _, _, true = with_outcomes(w, some, TONGUES["en"])
        words = [
            w.pick(*[word for word, means in STATUS.items() if means == each.status])
            for each in true
        ]
        columns: list[list[Any]] = [["Date", *[each.day for each in some]]]
        columns += [[chance.choice(headers), *[str(partner(w, each)) for each in some]]]
        columns += [[chance.choice(PROSPECT), *[each.prospect for each in some]]]
        columns += [["Status", *words]]
        sheets[title] = [list(row) for row in zip(*columns, strict=True)]
        facts += true
    table = Table({}, facts, ("day", "prospect", "status"), w.me)
    return File("tracker.xlsx", workbook(sheets), table, titles)


for _code, _language in (
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("pt", "Portuguese"),
):
    SHAPES[f"{_language}: name and direction"] = lambda chance, code=_code: with_direction(
        chance, code
    )  # type: ignore[misc]
    SHAPES[f"{_language}: from whom, to whom"] = lambda chance, code=_code: with_both(
        chance, code, mine=chance.choice(("me", "name"))
    )  # type: ignore[misc]
    SHAPES[f"{_language}: what came"] = lambda chance, code=_code: one_way(
        chance, "received", tongue=code
    )  # type: ignore[misc]
