"""What groups and programs of networks export: slips, edges, matrices, graphs; and what is none."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from intake_exports import split
from intake_files import File, workbook, written
from intake_shapes import SHAPES, shape
from intake_truth import Fact, Name, Table, World, world_of

if TYPE_CHECKING:
    import random


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
            meetings += dated  # a touch has a day
        if chance.random() < 0.1:
            rows.append([fact.day, fact.giver, "", "CEU", "", "", "2", ""])
        facts.append(kept)
    headers = [
        "Date",
        "From",
        "To",
        chance.choice(("Slip Type", "Type of Slip")),
        "Inside/Outside",
        "$ if TYFCB",
        "Qty/CEUs",
        "Detail",
    ]
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
        chance.choice(("Given By", "From", "Passed By", "Member From")): [
            Name(fact.giver) for fact in w.facts
        ],
        chance.choice(("Given To", "To", "Passed To", "Member To")): [
            Name(fact.receiver) for fact in w.facts
        ],
        chance.choice(("Referral", "Prospect", "Referral Name")): [
            fact.prospect for fact in w.facts
        ],
        chance.choice(("Inside/Outside", "Temperature", "Tier")): [
            w.pick("1", "2", "3") for _ in w.facts
        ],
    }
    return written(w, Table(columns, w.facts, ("day", "prospect"), None))


@shape("networking group: numbers per member (nothing to read)")
def _palms(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    columns: dict[str, list[Any]] = {
        "First Name": [split(name)[0] for name in w.others],
        "Last Name": [split(name)[1] for name in w.others],
    }
    for header in [
        "P",
        "A",
        "L",
        "M",
        "S",
        "RGI",
        "RGO",
        "RRI",
        "RRO",
        "V",
        "1-2-1",
        "TYFCB",
        "CEU",
    ]:
        columns[header] = [str(chance.randrange(0, 9)) for _ in w.others]
    return written(w, Table(columns, [], (), None, w.others, nothing=True, fixed=True))


def edges_of(w: World) -> list[Fact]:
    """Count the referrals of each pair."""
    counts: dict[tuple[str, str], int] = {}
    for fact in w.facts:
        counts[fact.giver, fact.receiver] = counts.get(
            (fact.giver, fact.receiver), 0
        ) + w.chance.randrange(1, 4)
    return [Fact(*pair, count=count) for pair, count in counts.items()]


def edge_list(chance: random.Random, columns: dict[str, str], *, nothing: bool = False) -> File:
    """Make an edge list; cells are written with the parts of each edge."""
    w = world_of(chance, group=True)
    edges = edges_of(w)
    if not any("{n" in cell for cell in columns.values()):
        edges = [replace(edge, count=1) for edge in edges]
    made = {
        header: [
            cell.format(a=edge.giver, b=edge.receiver, n=edge.count, at=at)
            for at, edge in enumerate(edges)
        ]
        for header, cell in columns.items()
    }
    facts = [] if nothing else edges
    people = (
        sorted({name for edge in edges for name in (edge.giver, edge.receiver)}) if nothing else []
    )
    return written(w, Table(made, facts, (), None, people, nothing=nothing, fixed=True))


_EDGES = {
    "edges: source, target": {"Source": "{a}", "Target": "{b}"},
    "edges: source, target, weight": {"source": "{a}", "target": "{b}", "weight": "{n}"},
    "edges: Gephi": {
        "Source": "{a}",
        "Target": "{b}",
        "Type": "Directed",
        "Id": "{at}",
        "Label": "",
        "timeset": "",
        "Weight": "{n}.0",
    },
    "edges: Kumu": {"From": "{a}", "To": "{b}", "Type": "referral", "Strength": "{n}"},
    "edges: NodeXL": {
        "Vertex 1": "{a}",
        "Vertex 2": "{b}",
        "Width": "1",
        "Relationship": "Referral",
    },
    "edges: Cytoscape": {
        "shared name": "{a} (refers to) {b}",
        "shared interaction": "refers to",
        "name": "{a} (refers to) {b}",
        "selected": "false",
        "interaction": "refers to",
    },
}
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
        lines = [
            "*Network group",
            f"*Vertices {len(order)}",
            *[f'{at} "{name}"' for name, at in order.items()],
            "*Arcs",
        ]
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
        chance.choice(("Assigned To", "Owner", "Who")): [w.pick(*w.others) for _ in w.facts],
        "Due": [fact.day for fact in w.facts],
        "Status": [w.pick("Open", "Done", "Closed") for _ in w.facts],
    }
    return written(w, Table(columns, [], (), w.me, nothing=True, fixed=True))
