"""What programs export: address books and deals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from intake_files import File, written
from intake_shapes import shape
from intake_truth import OPEN, Fact, Name, Table, World, world_of

if TYPE_CHECKING:
    import random

TRADE_WORDS = ("Accountant", "Roofer", "Lawyer", "Dentist", "Florist", "Printer", "Broker")


def split(name: str) -> tuple[str, str]:
    """Give the first name and the rest."""
    first, _, last = name.partition(" ")
    return first, last


def mail(name: str) -> str:
    """Give an address that fits a name."""
    word = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())
    return f"{word}@{word[:5]}.example"


def persons_only(w: World) -> list[Fact]:
    """Give what came to me, of prospects with a first and a last name."""
    return [fact for fact in w.received if fact.prospect.count(" ") == 1]


def contacts(
    chance: random.Random,
    order: str,
    *,
    referrer: str,
    made: str,
    styles: tuple[str, ...],
    name: str = "split",
    state: str = "",
) -> File:
    """Make an address book of the columns that `order` names; some contacts have a referrer.

    Of each column not known by its name a blank is written.
    """
    w = world_of(chance)
    facts: list[Fact] = [replace(fact, status=(), value=()) for fact in persons_only(w)]
    rows: list[Fact | None] = [*facts, *[None] * chance.randrange(0, 5)]
    chance.shuffle(rows)
    strangers = [f"Stranger{at} Person{at}" for at in range(len(rows))]
    who = [fact.prospect if fact else strangers[at] for at, fact in enumerate(rows)]
    known: dict[str, list[Any]] = {
        "First Name": [split(each)[0] for each in who],
        "Last Name": [split(each)[1] for each in who],
        name: who,
        "Email": [mail(each) for each in who],
        "E-mail Address": [mail(each) for each in who],
        "Email Address": [mail(each) for each in who],
        referrer: [Name(fact.giver) if fact else "" for fact in rows],
        made: [fact.day if fact else w.facts[0].day for fact in rows],
        "Company": [f"{split(each)[1]} Ltd" for each in who],
    }
    columns = {}
    for at, header in enumerate(order.split(",")):
        cells: list[Any] = known.get(header, [""] * len(rows))
        if "ID" in header or header == "Record Id":
            cells = [str(1000 + row * 7 + at) for row in range(len(rows))]
        if "wner" in header:
            cells = [w.me] * len(rows)
        if header == state:
            cells = [w.pick("New", "Open", "Working", "Contacted") for _ in rows]
        columns[header] = cells
    compared = ("day", "prospect") if made in columns else ("prospect",)
    people = [each for each, fact in zip(who, rows, strict=True) if fact is None]
    return written(w, Table(columns, facts, compared, w.me, people, fixed=True, date_styles=styles))


def deals(
    chance: random.Random,
    order: str,
    *,
    title: str,
    person: str,
    referrer: str,
    made: str,
    amount: str,
    stage: str,
    stages: dict[str, str],
    styles: tuple[str, ...],
) -> File:
    """Make a list of deals with a stage, an amount and who referred each."""
    w = world_of(chance)
    facts, words, amounts = [], [], []
    for fact in persons_only(w):
        word = w.pick(*stages)
        means = stages[word]
        value = Decimal(chance.randrange(5, 300) * 100)
        words.append(word)
        amounts.append(value)
        status = OPEN if means == "open" else (means,)
        also = f"{split(fact.prospect)[1]} Ltd" if "Account" in order else ""
        facts.append(
            replace(
                fact, status=status, value=(value,) if means == "won" else (None, value), also=also
            )
        )
    known: dict[str, list[Any]] = {
        title: [
            f"{split(fact.prospect)[1]} {w.pick('roof', 'plan', 'estate', 'refinance')}"
            for fact in facts
        ],
        person: [fact.prospect for fact in facts],
        referrer: [Name(fact.giver) for fact in facts],
        "Account Name": [fact.also for fact in facts],
        made: [fact.day for fact in facts],
        amount: amounts,
        stage: words,
    }
    columns: dict[str, list[Any]] = {}
    for at, header in enumerate(order.split(",")):
        cells = known.get(header, [""] * len(facts))
        if header.endswith(("ID", "Record Id")):
            cells = [str(9000 + row * 3 + at) for row in range(len(facts))]
        if "wner" in header:
            cells = [w.me] * len(facts)
        if header == "Currency":
            cells = ["USD"] * len(facts)
        columns[header] = cells
    compared = ("day", "prospect", "status", "value")
    return written(w, Table(columns, facts, compared, w.me, fixed=True, date_styles=styles))


@shape("HubSpot contacts")
def _hubspot(chance: random.Random) -> File:
    order = (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,"
        "Lead Status,Create Date,Referred by"
    )
    return contacts(chance, order, referrer="Referred by", made="Create Date", styles=("clock",))


@shape("Salesforce leads")
def _salesforce(chance: random.Random) -> File:
    order = (
        "First Name,Last Name,Title,Company,Email,Lead Source,Lead Status,"
        "Lead Owner,Create Date,Referred By"
    )
    return contacts(
        chance,
        order,
        referrer="Referred By",
        made="Create Date",
        styles=("mdy", "iso"),
        state="Lead Status",
    )


@shape("Zoho leads")
def _zoho(chance: random.Random) -> File:
    order = (
        "Record Id,First Name,Last Name,Company,Email,Lead Source,Lead Status,"
        "Lead Owner,Created Time,Referred By"
    )
    return contacts(
        chance,
        order,
        referrer="Referred By",
        made="Created Time",
        styles=("clock", "stamp"),
        state="Lead Status",
    )


@shape("Clio contacts")
def _clio(chance: random.Random) -> File:
    order = "Contact ID,Name,First Name,Last Name,Company,Email Address,Created At,Referred By"
    return contacts(
        chance,
        order,
        referrer="Referred By",
        made="Created At",
        styles=("mdy0", "stamp"),
        name="Name",
    )


@shape("Dynamics contacts")
def _dynamics(chance: random.Random) -> File:
    order = (
        "(Do Not Modify) Contact,Full Name,Email,Company Name,Business Phone,Created On,Referred By"
    )
    return contacts(
        chance,
        order,
        referrer="Referred By",
        made="Created On",
        styles=("us clock", "mdy"),
        name="Full Name",
    )


@shape("contact list with a referrer")
def _list(chance: random.Random) -> File:
    order = "Full Name,Email,Phone,Company," + chance.choice(
        ("Referral Source", "Referred By", "Introduced By", "Introduced through")
    )
    return contacts(
        chance, order, referrer=order.rsplit(",", 1)[-1], made="", styles=(), name="Full Name"
    )


@shape("Google contacts with a relation")
def _google(chance: random.Random) -> File:
    w = world_of(chance)
    facts = [replace(fact, day=None) for fact in persons_only(w)]
    order = (
        "First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Nickname,File As,"
        "Organization Name,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
        "Phone 1 - Label,Phone 1 - Value,Relation 1 - Label,Relation 1 - Value"
    )
    columns: dict[str, list[Any]] = {header: [""] * len(facts) for header in order.split(",")}
    columns["First Name"] = [split(fact.prospect)[0] for fact in facts]
    columns["Last Name"] = [split(fact.prospect)[1] for fact in facts]
    columns["Labels"] = ["Clients ::: * myContacts" for _ in facts]
    columns["E-mail 1 - Value"] = [mail(fact.prospect) for fact in facts]
    columns["Relation 1 - Label"] = [
        w.pick("Referred by", "Referred By", "referredBy") for _ in facts
    ]
    columns["Relation 1 - Value"] = [fact.giver for fact in facts]
    return written(w, Table(columns, facts, ("prospect",), w.me, fixed=True))


@shape("Outlook contacts, father and son")
def _outlook(chance: random.Random) -> File:
    w = world_of(chance)
    facts = [replace(fact, day=None) for fact in persons_only(w)]
    first, last = split(facts[0].prospect)
    facts[0] = replace(facts[0], prospect=f"{first} {last} Jr.")
    rows = [(first, last, "Jr.", facts[0].giver), (first, last, "", "")]
    rows += [(*split(fact.prospect), "", fact.giver) for fact in facts[1:]]
    columns = {
        "First Name": [row[0] for row in rows],
        "Middle Name": [""] * len(rows),
        "Last Name": [row[1] for row in rows],
        "Suffix": [row[2] for row in rows],
        "Company": [""] * len(rows),
        "Job Title": [w.pick(*TRADE_WORDS) for _ in rows],
        "E-mail Address": [
            f"{row[2].strip('.').lower()}{at}{mail(row[0])}" for at, row in enumerate(rows)
        ],
        "Referred By": [row[3] for row in rows],
    }
    people = [f"{first} {last}"]
    return written(w, Table(columns, facts, ("prospect",), w.me, people, fixed=True))


@shape("HubSpot deals")
def _hubspot_deals(chance: random.Random) -> File:
    order = (
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,"
        "Create Date,Associated Contact,Referred by"
    )
    stages = {
        "Closed Won (Sales Pipeline)": "won",
        "Closed Lost (Sales Pipeline)": "lost",
        "Appointment Scheduled (Sales Pipeline)": "open",
        "Contract Sent (Sales Pipeline)": "open",
    }
    return deals(
        chance,
        order,
        title="Deal Name",
        person="Associated Contact",
        referrer="Referred by",
        made="Create Date",
        amount="Amount",
        stage="Deal Stage",
        stages=stages,
        styles=("clock",),
    )


@shape("Salesforce opportunities")
def _opportunities(chance: random.Random) -> File:
    order = (
        "Opportunity Name,Account Name,Primary Contact,Stage,Amount,Close Date,"
        "Created Date,Opportunity Owner,Lead Source,Referred By"
    )
    stages = {
        "Closed Won": "won",
        "Closed Lost": "lost",
        "Prospecting": "open",
        "Negotiation/Review": "open",
    }
    return deals(
        chance,
        order,
        title="Opportunity Name",
        person="Primary Contact",
        referrer="Referred By",
        made="Created Date",
        amount="Amount",
        stage="Stage",
        stages=stages,
        styles=("mdy", "iso"),
    )


@shape("Pipedrive deals")
def _pipedrive(chance: random.Random) -> File:
    order = (
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,"
        "Deal - Status,Deal - Owner,Deal - Contact person,Deal - Deal created,"
        "Deal - Referred by"
    )
    stages = {"Won": "won", "Lost": "lost", "Open": "open"}
    return deals(
        chance,
        order,
        title="Deal - Title",
        person="Deal - Contact person",
        referrer="Deal - Referred by",
        made="Deal - Deal created",
        amount="Deal - Value",
        stage="Deal - Status",
        stages=stages,
        styles=("clock", "iso"),
    )


@shape("deals with source and owner")
def _deals(chance: random.Random) -> File:
    order = chance.choice(
        (
            "Deal,Client,Stage,Amount,Created,Source,Owner",
            "Deal Name,Contact,Stage,Value,Created Date,Referral Source,Deal Owner",
            "Title,Customer,Status,Revenue,Date,Referred By,Account Owner",
        )
    )
    title, person, stage, amount, made, source, _ = order.split(",")
    stages = {
        "Closed Won": "won",
        "Closed Lost": "lost",
        "Proposal": "open",
        "Qualified": "open",
        "Negotiation": "open",
    }
    return deals(
        chance,
        order,
        title=title,
        person=person,
        referrer=source,
        made=made,
        amount=amount,
        stage=stage,
        stages=stages,
        styles=("iso", "mdy", "dmy"),
    )


@shape("deals with source, and owners who are colleagues")
def _owners(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    columns = {
        chance.choice(("Lead", "Client", "Lead Name")): [fact.prospect for fact in w.facts],
        chance.choice(("Created", "Date", "Date Added")): [fact.day for fact in w.facts],
        chance.choice(("Source", "Referral Source", "Referred By")): [
            Name(fact.giver) for fact in w.facts
        ],
        chance.choice(("Assigned To", "Owner", "Lead Owner", "Agent")): [
            Name(fact.receiver) for fact in w.facts
        ],
        "Stage": [w.pick("New", "Contacted", "Closed") for _ in w.facts],
    }
    return written(w, Table(columns, w.facts, ("day", "prospect"), w.me))


@shape("LinkedIn connections (people)")
def _linkedin(chance: random.Random) -> File:
    w = world_of(chance)
    head = 'Notes:\n"Some addresses may be missing, as people wish."\n\n'
    lines = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for name in w.others:
        first, last = split(name)
        lines.append(
            f"{first},{last},https://example.org/{last},,{last} Ltd,Roofer,"
            f"{chance.randrange(1, 28):02d} Mar 2021"
        )
    data = (head + "\n".join(lines) + "\n").encode()
    return File("Connections.csv", data, Table({}, [], (), w.me, wanted=w.others, nothing=True))


@shape("vCard (people)")
def _vcard(chance: random.Random) -> File:
    w = world_of(chance)
    version, end = chance.choice(("3.0", "4.0")), chance.choice(("\r\n", "\n"))
    cards = []
    for name in w.others:
        first, last = split(name)
        card = ["BEGIN:VCARD", f"VERSION:{version}", f"N:{last};{first};;;", f"FN:{name}"]
        card += [f"EMAIL;TYPE=work:{mail(name)}"] if chance.random() < 0.7 else []
        card += [f"ORG:{last} & Sons;Sales", f"TITLE:{w.pick(*TRADE_WORDS)}", "END:VCARD"]
        cards += card
    table = Table({}, [], (), w.me, wanted=w.others, nothing=True)
    return File("contacts.vcf", (end.join(cards) + end).encode(), table)


@shape("members list (people)")
def _members(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    columns = {
        "First Name": [split(name)[0] for name in w.others],
        "Last Name": [split(name)[1] for name in w.others],
        chance.choice(("Classification", "Profession", "Category", "Business Category")): [
            w.pick(*TRADE_WORDS) for _ in w.others
        ],
        "Company": [f"{split(name)[1]} & Co" for name in w.others],
        chance.choice(("Join Date", "Member Since")): [w.facts[0].day for _ in w.others],
    }
    return written(
        w,
        Table(
            columns,
            [],
            (),
            None,
            wanted=w.others,
            nothing=True,
            fixed=True,
            date_styles=("iso", "mdy", "us"),
        ),
    )
