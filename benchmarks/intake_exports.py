"""What programs export: address books, deals, slips of a group, edges, matrices, graphs."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from intake_shapes import SHAPES, shape
from intake_truth import OPEN, Fact, File, Name, Table, World, workbook, world_of, written

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
    """  # fmt: skip
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
    """Make a list of deals with a stage, an amount and who referred each."""  # fmt: skip
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
        title: [f"{split(fact.prospect)[1]} {w.pick('roof', 'plan', 'estate', 'refinance')}" for fact in facts],
        person: [fact.prospect for fact in facts],
        referrer: [Name(fact.giver) for fact in facts],
        "Account Name": [fact.also for fact in facts],
        made: [fact.day for fact in facts],
        amount: amounts,
        stage: words,
    }  # fmt: skip
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
    order = "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Referred by"
    return contacts(chance, order, referrer="Referred by", made="Create Date", styles=("clock",))


@shape("Salesforce leads")
def _salesforce(chance: random.Random) -> File:
    order = "First Name,Last Name,Title,Company,Email,Lead Source,Lead Status,Lead Owner,Create Date,Referred By"
    return contacts(chance, order, referrer="Referred By", made="Create Date", styles=("mdy", "iso"), state="Lead Status")  # fmt: skip


@shape("Zoho leads")
def _zoho(chance: random.Random) -> File:
    order = "Record Id,First Name,Last Name,Company,Email,Lead Source,Lead Status,Lead Owner,Created Time,Referred By"
    return contacts(chance, order, referrer="Referred By", made="Created Time", styles=("clock", "stamp"), state="Lead Status")  # fmt: skip


@shape("Clio contacts")
def _clio(chance: random.Random) -> File:
    order = "Contact ID,Name,First Name,Last Name,Company,Email Address,Created At,Referred By"
    return contacts(chance, order, referrer="Referred By", made="Created At", styles=("mdy0", "stamp"), name="Name")  # fmt: skip


@shape("Dynamics contacts")
def _dynamics(chance: random.Random) -> File:
    order = (
        "(Do Not Modify) Contact,Full Name,Email,Company Name,Business Phone,Created On,Referred By"
    )
    return contacts(chance, order, referrer="Referred By", made="Created On", styles=("us clock", "mdy"), name="Full Name")  # fmt: skip


@shape("contact list with a referrer")
def _list(chance: random.Random) -> File:
    order = "Full Name,Email,Phone,Company," + chance.choice(("Referral Source", "Referred By", "Introduced By", "Introduced through"))  # fmt: skip
    return contacts(
        chance, order, referrer=order.rsplit(",", 1)[-1], made="", styles=(), name="Full Name"
    )


@shape("Google contacts with a relation")
def _google(chance: random.Random) -> File:
    w = world_of(chance)
    facts = [replace(fact, day=None) for fact in persons_only(w)]
    order = (
        "First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Birthday,Notes,"
        "Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Relation 1 - Label,Relation 1 - Value"
    )  # fmt: skip
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
        "E-mail Address": [f"{row[2].strip('.').lower()}{at}{mail(row[0])}" for at, row in enumerate(rows)],
        "Referred By": [row[3] for row in rows],
    }  # fmt: skip
    people = [f"{first} {last}"]
    return written(w, Table(columns, facts, ("prospect",), w.me, people, fixed=True))


@shape("HubSpot deals")
def _hubspot_deals(chance: random.Random) -> File:
    order = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Associated Contact,Referred by"
    stages = {"Closed Won (Sales Pipeline)": "won", "Closed Lost (Sales Pipeline)": "lost", "Appointment Scheduled (Sales Pipeline)": "open", "Contract Sent (Sales Pipeline)": "open"}  # fmt: skip
    return deals(chance, order, title="Deal Name", person="Associated Contact", referrer="Referred by", made="Create Date", amount="Amount", stage="Deal Stage", stages=stages, styles=("clock",))  # fmt: skip


@shape("Salesforce opportunities")
def _opportunities(chance: random.Random) -> File:
    order = "Opportunity Name,Account Name,Primary Contact,Stage,Amount,Close Date,Created Date,Opportunity Owner,Lead Source,Referred By"
    stages = {
        "Closed Won": "won",
        "Closed Lost": "lost",
        "Prospecting": "open",
        "Negotiation/Review": "open",
    }
    return deals(chance, order, title="Opportunity Name", person="Primary Contact", referrer="Referred By", made="Created Date", amount="Amount", stage="Stage", stages=stages, styles=("mdy", "iso"))  # fmt: skip


@shape("Pipedrive deals")
def _pipedrive(chance: random.Random) -> File:
    order = "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Owner,Deal - Contact person,Deal - Deal created,Deal - Referred by"
    stages = {"Won": "won", "Lost": "lost", "Open": "open"}
    return deals(chance, order, title="Deal - Title", person="Deal - Contact person", referrer="Deal - Referred by", made="Deal - Deal created", amount="Deal - Value", stage="Deal - Status", stages=stages, styles=("clock", "iso"))  # fmt: skip


@shape("deals with source and owner")
def _deals(chance: random.Random) -> File:
    order = chance.choice(("Deal,Client,Stage,Amount,Created,Source,Owner", "Deal Name,Contact,Stage,Value,Created Date,Referral Source,Deal Owner", "Title,Customer,Status,Revenue,Date,Referred By,Account Owner"))  # fmt: skip
    title, person, stage, amount, made, source, _ = order.split(",")
    stages = {"Closed Won": "won", "Closed Lost": "lost", "Proposal": "open", "Qualified": "open", "Negotiation": "open"}  # fmt: skip
    return deals(chance, order, title=title, person=person, referrer=source, made=made, amount=amount, stage=stage, stages=stages, styles=("iso", "mdy", "dmy"))  # fmt: skip


@shape("deals with source, and owners who are colleagues")
def _owners(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    columns = {
        chance.choice(("Lead", "Client", "Lead Name")): [fact.prospect for fact in w.facts],
        chance.choice(("Created", "Date", "Date Added")): [fact.day for fact in w.facts],
        chance.choice(("Source", "Referral Source", "Referred By")): [Name(fact.giver) for fact in w.facts],
        chance.choice(("Assigned To", "Owner", "Lead Owner", "Agent")): [Name(fact.receiver) for fact in w.facts],
        "Stage": [w.pick("New", "Contacted", "Closed") for _ in w.facts],
    }  # fmt: skip
    return written(w, Table(columns, w.facts, ("day", "prospect"), w.me))


@shape("LinkedIn connections (people)")
def _linkedin(chance: random.Random) -> File:
    w = world_of(chance)
    head = 'Notes:\n"Some addresses may be missing, as people wish."\n\n'
    lines = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for name in w.others:
        first, last = split(name)
        lines.append(
            f"{first},{last},https://example.org/{last},,{last} Ltd,Roofer,{chance.randrange(1, 28):02d} Mar 2021"
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
        chance.choice(("Classification", "Profession", "Category", "Business Category")): [w.pick(*TRADE_WORDS) for _ in w.others],
        "Company": [f"{split(name)[1]} & Co" for name in w.others],
        chance.choice(("Join Date", "Member Since")): [w.facts[0].day for _ in w.others],
    }  # fmt: skip
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


def slips(chance: random.Random, *, dated: bool, sheet: bool) -> File:
    """Make the slip audit of a networking group."""
    w = world_of(chance, group=True)
    pairs: dict[tuple[str, str], int] = {}
    for fact in w.facts:
        pairs[fact.giver, fact.receiver] = pairs.get((fact.giver, fact.receiver), 0) + 1
    rows: list[list[Any]] = []
    facts, meetings = [], 0
    for fact in w.facts:
        kept = replace(fact, prospect="", day=fact.day if dated else None)
        rows.append(
            [
                fact.day,
                fact.giver,
                fact.receiver,
                "Referral",
                w.pick("Inside", "Outside"),
                "",
                "",
                w.pick("", "kitchen, new", "will call"),
            ]
        )
        if pairs[fact.giver, fact.receiver] == 1 and chance.random() < 0.3:
            value = Decimal(chance.randrange(2, 90) * 50)
            rows.append(
                [
                    fact.day,
                    fact.receiver,
                    fact.giver,
                    "TYFCB",
                    w.pick("Inside", "Outside"),
                    value,
                    "",
                    "",
                ]
            )
            kept = replace(kept, status=("won",), value=(value,))
        if chance.random() < 0.25:
            one, two = chance.sample(w.others, 2)
            rows.append([fact.day, one, two, w.pick("One to One", "One-to-One"), "", "", "", ""])
            meetings += 1
        if chance.random() < 0.1:
            rows.append([fact.day, fact.giver, "", "CEU", "", "", "2", ""])
        facts.append(kept)
    headers = ["Date", "From", "To", chance.choice(("Slip Type", "Type of Slip")), "Inside/Outside", "$ if TYFCB", "Qty/CEUs", "Detail"]  # fmt: skip
    keep = slice(0 if dated else 1, None)
    columns = {name: [row[at] for row in rows] for at, name in list(enumerate(headers))[keep]}
    compared = ("day", "status", "value") if dated else ("status", "value")
    table = Table(
        columns,
        facts,
        compared,
        None,
        meetings=meetings,
        fixed=True,
        date_styles=("mdy", "iso", "mdy0"),
    )
    if not sheet:
        return written(w, table)
    lines = [["Slips Audit Report"], ["Chapter: Riverside", "", "", "01/01/2022 - 12/31/2024"], []]
    cells = [
        [float(cell) if isinstance(cell, Decimal) else cell for cell in row[keep]] for row in rows
    ]
    return File(
        "slips.xlsx", workbook({"Slips": [*lines, headers[keep], *cells]}), table, ("Slips",)
    )


@shape("networking group: slip audit")
def _slips(chance: random.Random) -> File:
    return slips(chance, dated=True, sheet=False)


@shape("networking group: slip audit, no days")
def _slips_undated(chance: random.Random) -> File:
    return slips(chance, dated=False, sheet=False)


@shape("networking group: slip audit .xlsx with titles")
def _slips_sheet(chance: random.Random) -> File:
    return slips(chance, dated=True, sheet=True)


@shape("networking group: referrals passed")
def _passed(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    columns = {
        chance.choice(("Meeting Date", "Date", "Week")): [fact.day for fact in w.facts],
        chance.choice(("Given By", "From", "Passed By", "Member From")): [Name(fact.giver) for fact in w.facts],
        chance.choice(("Given To", "To", "Passed To", "Member To")): [Name(fact.receiver) for fact in w.facts],
        chance.choice(("Referral", "Prospect", "Referral Name")): [fact.prospect for fact in w.facts],
        chance.choice(("Inside/Outside", "Temperature", "Tier")): [w.pick("1", "2", "3") for _ in w.facts],
    }  # fmt: skip
    return written(w, Table(columns, w.facts, ("day", "prospect"), None))


@shape("networking group: numbers per member (nothing to read)")
def _palms(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    columns: dict[str, list[Any]] = {"First Name": [split(name)[0] for name in w.others], "Last Name": [split(name)[1] for name in w.others]}  # fmt: skip
    for header in "P,A,L,M,S,RGI,RGO,RRI,RRO,V,1-2-1,TYFCB,CEU".split(","):
        columns[header] = [str(chance.randrange(0, 9)) for _ in w.others]
    return written(w, Table(columns, [], (), None, w.others, nothing=True, fixed=True))


def edges_of(w: World) -> list[Fact]:
    """Count the referrals of each pair."""
    counts: dict[tuple[str, str], int] = {}
    for fact in w.facts:
        counts[fact.giver, fact.receiver] = counts.get((fact.giver, fact.receiver), 0) + w.chance.randrange(1, 4)  # fmt: skip
    return [Fact(*pair, count=count) for pair, count in counts.items()]


def edge_list(chance: random.Random, columns: dict[str, str], *, nothing: bool = False) -> File:
    """Make an edge list; cells are written with the parts of each edge."""
    w = world_of(chance, group=True)
    edges = edges_of(w)
    if not any("{n" in cell for cell in columns.values()):
        edges = [replace(edge, count=1) for edge in edges]
    made = {
        header: [cell.format(a=edge.giver, b=edge.receiver, n=edge.count, at=at) for at, edge in enumerate(edges)]
        for header, cell in columns.items()
    }  # fmt: skip
    facts = [] if nothing else edges
    people = (
        sorted({name for edge in edges for name in (edge.giver, edge.receiver)}) if nothing else []
    )
    return written(w, Table(made, facts, (), None, people, nothing=nothing, fixed=True))


_EDGES = {
    "edges: source, target": {"Source": "{a}", "Target": "{b}"},
    "edges: source, target, weight": {"source": "{a}", "target": "{b}", "weight": "{n}"},
    "edges: Gephi": {"Source": "{a}", "Target": "{b}", "Type": "Directed", "Id": "{at}", "Label": "", "timeset": "", "Weight": "{n}.0"},
    "edges: Kumu": {"From": "{a}", "To": "{b}", "Type": "referral", "Strength": "{n}"},
    "edges: NodeXL": {"Vertex 1": "{a}", "Vertex 2": "{b}", "Width": "1", "Relationship": "Referral"},
    "edges: Cytoscape": {"shared name": "{a} (refers to) {b}", "shared interaction": "refers to", "name": "{a} (refers to) {b}", "selected": "false", "interaction": "refers to"},
}  # fmt: skip
for _name, _columns in _EDGES.items():
    SHAPES[_name] = lambda chance, columns=_columns: edge_list(chance, columns)  # type: ignore[misc]


@shape("edges: Gephi, undirected (nothing to read)")
def _undirected(chance: random.Random) -> File:
    columns = {
        "Source": "{a}",
        "Target": "{b}",
        "Type": "Undirected",
        "Id": "{at}",
        "Weight": "{n}.0",
    }
    return edge_list(chance, columns, nothing=True)


@shape("edges: no header")
def _headless(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    edges = edges_of(w)
    lines = [f"{edge.giver},{edge.receiver},{edge.count}" for edge in edges]
    return File("edges.csv", ("\n".join(lines) + "\n").encode(), Table({}, edges))


def matrix(chance: random.Random, *, totals: bool, sheet: bool, delimiter: str = ",") -> File:
    """Make a matrix: rows give, columns receive."""
    w = world_of(chance, group=True)
    names = [w.me, *w.others]
    facts = edges_of(w)
    counts = {(fact.giver, fact.receiver): fact.count for fact in facts}
    blank = chance.choice(("", "0", "-") if not sheet else ("",))
    corner = chance.choice(("", "Giver \\ Receiver", "From/To", "Member"))
    lines: list[list[Any]] = [[corner, *names, *(["Total"] if totals else [])]]
    for one in names:
        row: list[Any] = [counts.get((one, two), "") for two in names]
        lines.append([one, *(blank if cell == "" else cell for cell in row)])
        lines[-1] += [sum(cell for cell in row if cell != "")] if totals else []
    if totals:
        sums = [sum(counts.get((one, two), 0) for one in names) for two in names]
        lines.append([chance.choice(("Total", "Totals", "TOTAL")), *sums, sum(sums)])
    table = Table({}, facts)
    if sheet:
        top = (
            [["Referral matrix"], ["Riverside chapter, 2024"], []] if chance.random() < 0.7 else []
        )
        return File("matrix.xlsx", workbook({"Matrix": [*top, *lines]}), table, ("Matrix",))
    text = "".join(delimiter.join(map(str, line)) + "\n" for line in lines)
    return File("matrix.csv", text.encode(chance.choice(("utf-8", "utf-8-sig"))), table)


@shape("matrix")
def _matrix(chance: random.Random) -> File:
    return matrix(chance, totals=False, sheet=False, delimiter=chance.choice(",;\t"))


@shape("matrix with totals")
def _matrix_totals(chance: random.Random) -> File:
    return matrix(chance, totals=True, sheet=False, delimiter=chance.choice(",;"))


@shape("matrix .xlsx with titles")
def _matrix_sheet(chance: random.Random) -> File:
    return matrix(chance, totals=chance.random() < 0.5, sheet=True)


def graph_file(chance: random.Random, kind: str) -> File:
    """Make a file of a graph."""
    import networkx as nx

    w = world_of(chance, group=True)
    edges = edges_of(w)
    G: nx.DiGraph[str] = nx.DiGraph()
    for edge in edges:
        G.add_edge(edge.giver, edge.receiver, weight=float(edge.count))
    stream = io.BytesIO()
    if kind == "gexf":
        nx.write_gexf(G, stream)
    elif kind == "graphml":
        nx.write_graphml_xml(G, stream)
    elif kind == "net":
        order = {name: at for at, name in enumerate(G, 1)}
        lines = ["*Network group", f"*Vertices {len(order)}", *[f'{at} "{name}"' for name, at in order.items()], "*Arcs"]  # fmt: skip
        lines += [f"{order[edge.giver]} {order[edge.receiver]} {edge.count}" for edge in edges]
        stream.write(("\n".join(lines) + "\n").encode())
    elif kind == "dl":
        lines = [f"dl n={len(G)} format=edgelist1", "labels embedded", "data:"]
        lines += [f'"{edge.giver}" "{edge.receiver}" {edge.count}' for edge in edges]
        stream.write(("\n".join(lines) + "\n").encode())
    else:
        edges = [replace(edge, count=1) for edge in edges]
        stream.write("".join(f"{edge.giver}\trefers\t{edge.receiver}\n" for edge in edges).encode())
    return File(f"graph.{kind}", stream.getvalue(), Table({}, edges))


for _kind, _title in (
    ("gexf", "GEXF"),
    ("graphml", "GraphML"),
    ("net", "Pajek"),
    ("dl", "UCINET DL"),
    ("sif", "SIF"),
):
    SHAPES[f"graph file: {_title}"] = lambda chance, kind=_kind: graph_file(chance, kind)  # type: ignore[misc]


@shape("a bank statement (nothing to read)")
def _bank(chance: random.Random) -> File:
    w = world_of(chance)
    columns = {
        "Date": [fact.day for fact in w.facts],
        "Description": [w.pick("Card payment", "Transfer", "Direct debit") for _ in w.facts],
        "Payee": [w.pick("Power Co", "Grocer", "Rail") for _ in w.facts],
        "Amount": [Decimal(chance.randrange(3, 900)) for _ in w.facts],
        "Balance": [Decimal(chance.randrange(900, 9000)) for _ in w.facts],
    }
    return written(w, Table(columns, [], (), w.me, nothing=True, fixed=True))


@shape("a task list (nothing to read)")
def _tasks(chance: random.Random) -> File:
    w = world_of(chance)
    columns = {
        "Task": [f"call {fact.prospect}" for fact in w.facts],
        chance.choice(("Assigned To", "Owner", "Who")): [partner for partner in (w.pick(*w.others) for _ in w.facts)],
        "Due": [fact.day for fact in w.facts],
        "Status": [w.pick("Open", "Done", "Closed") for _ in w.facts],
    }  # fmt: skip
    return written(w, Table(columns, [], (), w.me, nothing=True, fixed=True))
