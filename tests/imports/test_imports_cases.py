"""Kinds of files that were once read wrongly or not at all: each says the same at both doors.

A table is imported into a new book, and read as if it were one; both must tell who referred
whom, how often and what came of it.
"""

from __future__ import annotations

import pytest
from exports import take

from refgraph import Book
from refgraph.errors import LedgerError

ME, TODAY = "Dana Reed", "2026-06-30"
LOG = """Date,Referred By,Referred To,Client,Status,Fee
2025-04-03,Dana Reed,Bo Marsh,Okafor Dental,Closed,"$1,200.00"
2025-04-20,Bo Marsh,Dana Reed,Quill Roofing,Pending,
2025-04-21,Ann Lee,Cy Dunn,Falk Ltd,,
"""
PATIENTS = """Date,Time,Age,Referred By,Referred To
03/25/2025,09:30,40,Dr Ann Lee,Dr Bo Marsh
03/26/2025,10:15,,Dr Bo Marsh,Dr Cy Dunn
"""
GEPHI = """Source,Target,Type,Id,Label,timeset,Weight
Ann,Bo,Directed,0,,,3.0
Bo,Ann,Directed,1,,,1.0
Bo,Cy,Directed,2,,,2.0
"""
SENT = """Date Sent,Referred To (Provider Name),Patient Name/ID,Referral Completed (Y/N)
2025-01-08,Dr. Lena Ortiz,P-11,Y
2025-02-11,Dr. Lena Ortiz,P-12,N
"""
RECEIVED = """Date Received,Referred By (Provider Name),Patient Name/ID,Revenue Generated
2025-03-02,Dr. Paul Adeyemi,P-21,$400
"""
MATRIX = """,Ann,Bo,Cy,Total
Ann,,3,1,4
Bo,2,,,2
Cy,,1,,1
Total,2,4,1,7
"""
KUMU = "From,To,Type,Strength\nAnn,Bo,referral,3\nBo,Ann,referral,1\n"
NODEXL = "Vertex 1,Vertex 2,Width\nAnn,Bo,1\nBo,Ann,1\n"
PAJEK = '*Vertices 3\n1 "Ann Lee, CPA"\n2 "Bo"\n3 "Cy"\n*Arcs\n1 2 3\n2 1 1\n2 3 2\n'
SIF = "Ann\trefers\tBo\nBo\trefers\tCy\n"
GOOGLE = """First Name,Last Name,Relation 1 - Label,Relation 1 - Value,E-mail 1 - Value
Tomas,Quill,Referred by,Bea J. Harrow,tomas@quill.example
Ines,Falk,Spouse,Otto Falk,ines@falk.example
"""
OUTLOOK = """First Name,Last Name,Suffix,E-mail Address,Referred By
Robert,Stone,,rob@stone.example,
Robert,Stone,Jr.,rob.jr@stone.example,Bea Harrow
"""
HUBSPOT = """Record ID,Deal Name,Deal Stage,Create Date,Associated Contact,Referred by
9001,Roof,Closed Won,2025-01-05 09:00,\
Tomas Quill (tomas@quill.example);Ines Falk (ines@falk.example),Bea Harrow
9002,Odd,Closed Lost,2025-02-12 09:00,,Bea Harrow
"""
TRACKER = """Prospect Name,Date Received,Referrer,Status
Tomas Quill,2025-01-15,Bea Harrow,Won
Ines Falk,2025-02-20,Bea Harrow,Lost
"""
PARTIAL = "date,giver,receiver\n2023-05,Ann,Bo\n2021,Bo,Ann\n2023-06-02,Ann,Bo\n"

CASES = {
    "a log of who referred whom, me or not": (
        "log.csv",
        LOG,
        [
            (ME, "Bo Marsh", "Okafor Dental", 1, "won"),
            ("Bo Marsh", ME, "Quill Roofing", 1, "given"),
            ("Ann Lee", "Cy Dunn", "Falk Ltd", 1, "given"),
        ],
    ),
    "a log in which nobody is me": (
        "patients.csv",
        PATIENTS,
        [
            ("Dr Ann Lee", "Dr Bo Marsh", "", 1, "given"),
            ("Dr Bo Marsh", "Dr Cy Dunn", "", 1, "given"),
        ],
    ),
    "edges with weights like 3.0": (
        "edges.csv",
        GEPHI,
        [
            ("Ann", "Bo", "", 3, "given"),
            ("Bo", "Ann", "", 1, "given"),
            ("Bo", "Cy", "", 2, "given"),
        ],
    ),
    "headers that hold the words date and to": (
        "sent.csv",
        SENT,
        [
            (ME, "Dr. Lena Ortiz", "P-11", 1, "won"),
            (ME, "Dr. Lena Ortiz", "P-12", 1, "given"),
        ],
    ),
    "the list of what came": (
        "received.csv",
        RECEIVED,
        [("Dr. Paul Adeyemi", ME, "P-21", 1, "given")],
    ),
    "a matrix with totals": (
        "matrix.csv",
        MATRIX,
        [
            ("Ann", "Bo", "", 3, "given"),
            ("Ann", "Cy", "", 1, "given"),
            ("Bo", "Ann", "", 2, "given"),
            ("Cy", "Bo", "", 1, "given"),
        ],
    ),
    "a matrix between semicolons": (
        "matrix.csv",
        "Member;An;Van\nAn;;4\nVan;1;\n",  # words of headers, too
        [("An", "Van", "", 4, "given"), ("Van", "An", "", 1, "given")],
    ),
    "edges of Kumu": (
        "kumu.csv",
        KUMU,
        [("Ann", "Bo", "", 3, "given"), ("Bo", "Ann", "", 1, "given")],
    ),
    "edges of NodeXL": (
        "nodexl.csv",
        NODEXL,
        [("Ann", "Bo", "", 1, "given"), ("Bo", "Ann", "", 1, "given")],
    ),
    "a graph of Pajek": (
        "p.net",
        PAJEK,
        [
            ("Ann Lee, CPA", "Bo", "", 3, "given"),
            ("Bo", "Ann Lee, CPA", "", 1, "given"),
            ("Bo", "Cy", "", 2, "given"),
        ],
    ),
    "a SIF file": ("net.sif", SIF, [("Ann", "Bo", "", 1, "given"), ("Bo", "Cy", "", 1, "given")]),
    "Google's relation": (
        "google.csv",
        GOOGLE,
        [("Bea J. Harrow", ME, "Tomas Quill", 1, "given")],
    ),
    "Outlook's suffix": (
        "outlook.csv",
        OUTLOOK,
        [("Bea Harrow", ME, "Robert Stone Jr.", 1, "given")],
    ),
    "a deal with two contacts, and one with none": (
        "deals.csv",
        HUBSPOT,
        [
            ("Bea Harrow", ME, "Tomas Quill", 1, "won"),
            ("Bea Harrow", ME, "", 1, "lost"),
        ],
    ),
    "a plain tracker into a new book": (
        "tracker.csv",
        TRACKER,
        [
            ("Bea Harrow", ME, "Tomas Quill", 1, "won"),
            ("Bea Harrow", ME, "Ines Falk", 1, "lost"),
        ],
    ),
    "months and years": (
        "partial.csv",
        PARTIAL,
        [
            ("Ann", "Bo", "", 1, "given"),
            ("Ann", "Bo", "", 1, "given"),
            ("Bo", "Ann", "", 1, "given"),
        ],
    ),
}


def told(book):
    names = ("giver", "receiver", "prospect", "count", "status")
    return sorted(book.history[[*names]].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", CASES)
def test_a_file_of_this_kind_is_right_imported_and_read_as_a_book(tmp_path, name):
    file, text, rows = CASES[name]
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    me = ME if any(ME in row for row in rows) else None
    assert told(Book.read(path, me, TODAY)) == sorted(rows)
    take(tmp_path / "book", path, me=me)
    assert told(Book.read(tmp_path / "book", today=TODAY)) == sorted(rows)


def test_father_and_son_are_two_people(tmp_path):
    (tmp_path / "outlook.csv").write_text(OUTLOOK, encoding="utf-8")
    people = Book.read(tmp_path / "outlook.csv", ME, TODAY).people
    assert {"Robert Stone", "Robert Stone Jr."} <= {*people.index}


def test_two_of_one_name_with_two_addresses_are_two_at_both_doors(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(
        "First Name,Last Name,Referred by,Create Date,Email\n"
        "John,Smith,Bea Harrow,2025-01-02,js1@a.example\n"
        "John,Smith,Bea Harrow,2025-02-02,js2@b.example\n",
        encoding="utf-8",
    )
    plan = take(tmp_path / "book", path, me=ME)
    names = ["John Smith", "John Smith of b.example"]
    assert [row["prospect"] for row in plan.rows["referrals"]] == names
    assert [*Book.read(path, ME, TODAY).referrals["prospect"]] == names


def test_what_was_exported_is_read_back_with_its_weights(tmp_path, run):
    run("export", tmp_path / "x.csv", "-b", "refgraph/sample")
    history = Book.read(tmp_path / "x.csv", today=TODAY).history
    assert history["count"].sum() == Book.sample().column("count").sum()


def test_edges_without_direction_are_refused_at_both_doors(tmp_path):
    path = tmp_path / "und.csv"
    path.write_text(GEPHI.replace("Directed", "Undirected"), encoding="utf-8")
    for read in (lambda: Book.read(path), lambda: take(tmp_path / "book", path)):
        with pytest.raises(LedgerError, match="undirected edges do not say who gave"):
            read()
