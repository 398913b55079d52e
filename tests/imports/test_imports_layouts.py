"""Each layout is recognised by its headers and becomes the rows that a person would write."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from exports import facts, sheet_of_xml, table, take, write_book

from refgraph.imports.column_names import NEEDED
from refgraph.imports.rules.builtin_rules import shipped


def test_linkedin_connections_become_people_and_the_nameless_are_counted(book, linkedin):
    plan = take(book, linkedin)
    assert table(book, "people") == [
        {
            "person": "Bo Park",
            "profession": "Roofer",
            "email": "bo@example.org",
            "since": "2024-03-01",
            "note": "Park, Inc.",
        },
        {
            "person": "Cy Dunn, CPA",
            "profession": "Accountant",
            "since": "2023-09-12",
            "note": "Dunn & Co",
        },
    ]
    assert plan.left_out == {"without a name": 1}


MEMBERS = """First Name,Last Name,Classification,Offers,Services,Needs,Power Team,Phone
Bo,Park,Roofer,roofs; gutters,"slates, new, and 1,000 tiles","taxes, bookkeeping",Property,0123
"""


def test_members_come_with_what_they_offer_and_need(book, export):
    plan = take(book, export("members.csv", MEMBERS))
    assert table(book, "people") == [
        {
            "person": "Bo Park",
            "profession": "Roofer",
            "group": "Property",
            "offers": "roofs;gutters;slates;new;1,000 tiles",
            "needs": "taxes;bookkeeping",
        }
    ]
    assert any("left out the column Phone" in note for note in plan.notes)


TEAMS = """Member,Classification,Group,Contact Sphere,E-mail,Email,Email Address
Bo Park,Roofer,North,Trades,,bo@x.org,BO@x.org
Cy Dunn,Accountant,,Money,cy@home.org,cy@x.org,
Di Ray,Baker,South,,di@x.org,,
"""


def test_what_stands_where_another_column_was_read_is_told(book, export):
    plan = take(book, export("members.csv", TEAMS))
    assert [(row.get("group"), row["email"]) for row in table(book, "people")] == [
        ("North", "bo@x.org"),
        (None, "cy@x.org"),  # a sphere is no group in a table that has groups
        ("South", "di@x.org"),
    ]
    told = [note.split(": left out the column ")[1] for note in plan.notes if "left out" in note]
    assert told == ["Contact Sphere: Trades, Money", "E-mail in 1 row: cy@home.org"]


GOOGLE = """First Name,Middle Name,Last Name,Name Suffix,Organization Name,Organization Title,\
Labels,E-mail 1 - Label,E-mail 1 - Value
Dr. Eve,M,Stone,,Stone Ltd,Dentist,* myContacts,Work,eve@x.org ::: eve@y.org
,,,,Acme,,,,
,,,,,,,,who@x.org
"""
OLDER_GOOGLE = """Name,Given Name,Additional Name,Family Name,Organization 1 - Name,\
Organization 1 - Title,E-mail 1 - Type,E-mail 1 - Value
Dr. Eve M Stone,Eve,M,Stone,Stone Ltd,Dentist,Work,eve@x.org ::: eve@y.org
,,,,Acme,,,
,,,,,,,who@x.org
"""


@pytest.mark.parametrize("text", [GOOGLE, OLDER_GOOGLE], ids=["present headers", "older headers"])
def test_google_contacts_become_people_titles_untouched(book, export, text):
    plan = take(book, export("contacts.csv", text))
    assert table(book, "people") == [
        {
            "person": "Dr. Eve M Stone",
            "profession": "Dentist",
            "email": "eve@x.org",
            "note": "Stone Ltd",
        },
        {"person": "Acme", "note": "Acme"},
    ]
    assert plan.left_out == {"without a name": 1}


def test_a_crm_gives_people_and_a_referral_for_each_referrer_it_can_find(tmp_path, hubspot):
    book = write_book(tmp_path / "book", people="person,aliases\nBo Park,B. Park\n")
    plan = take(book, hubspot)
    people = [row["person"] for row in table(book, "people")]
    assert people == ["Bo Park", "Eve Stone", "Flo Hart", "Gus Holm", "Hal Iver"]
    assert table(book, "referrals") == [
        {
            "date": "2026-03-12",
            "giver": "Bo Park",
            "receiver": "Ann Lee",
            "prospect": "Eve Stone",
            "id": "hubspot-contact-901",
        },
        {
            "date": "2026-05-13",
            "giver": "Eve Stone",
            "receiver": "Ann Lee",
            "prospect": "Hal Iver",
            "id": "hubspot-contact-905",
        },
    ]
    assert plan.listed.strangers == {"Google": [3], "Bo Parc": [4]}


def test_people_of_a_crm_that_are_customers_are_clients(book, hubspot):
    take(book, hubspot)
    roles = {row["person"]: row["role"] for row in table(book, "people")}
    assert roles["Eve Stone"] == "client"
    assert {*roles.values()} == {"client", "prospect"}


def test_a_referrer_is_written_as_the_alias_that_the_export_has(tmp_path, export):
    book = write_book(tmp_path / "book", people="person,aliases\nBo Park,B. Park\n")
    take(book, export("clients.csv", "Name,Referred By\nEve,B. Park\nFlo,b. park\n"))
    assert [row["giver"] for row in table(book, "referrals")] == ["B. Park", "Bo Park"]


def test_any_list_of_clients_with_a_referral_source_is_taken(book, export):
    text = "Client Name;Referral Source;Date Added;Title\nEve;Ann's sister;13/02/2026;Dentist\n"
    plan = take(book, export("clients.csv", text))
    assert table(book, "people") == [{"person": "Eve", "role": "prospect", "profession": "Dentist"}]
    assert plan.listed.strangers == {"Ann's sister": [2]}


def test_a_referrer_without_a_contact_is_a_referral_without_a_prospect(tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo\n")
    take(book, export("clients.csv", "Name,Referred By,Created\n,Bo,2026-02-13\n,,2026-02-14\n"))
    assert table(book, "referrals")[0] == {
        "date": "2026-02-13",
        "giver": "Bo",
        "receiver": "Ann Lee",
        "id": table(book, "referrals")[0]["id"],
    }


def test_the_amount_of_a_deal_counts_where_it_is_won(tmp_path, export):
    book = write_book(tmp_path / "book", people="person,role\nBo,\n")
    text = (
        "Deal - Title,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Contact person,"
        "Deal - Deal created,Deal - Referred by\n"
        "Roof,Won,1250.5,EUR,Eve,2026-02-13 10:00:00,Bo\nAttic,Open,900,EUR,Flo,2026-02-14,Bo\n"
    )
    take(book, export("deals.csv", text))
    won, open_ = table(book, "referrals")
    assert (won["status"], won["value"], won["currency"]) == ("won", "1250.5", "EUR")
    assert {"status", "value", "currency"}.isdisjoint(open_)
    assert [row["role"] for row in table(book, "people")[1:]] == ["client", "prospect"]


@pytest.mark.parametrize("words", [("given", "received"), ("out", "in"), ("Gave", "GOT")])
def test_a_personal_table_tells_giver_and_receiver_by_its_direction(book, export, words):
    text = "date,direction,person,note\n2026-02-13,{},Bo,roof\n2026-02-14,{},Cy,\n".format(*words)
    take(book, export("mine.csv", text))
    given, received = table(book, "referrals")
    assert (given["giver"], given["receiver"], given["note"]) == ("Ann Lee", "Bo", "roof")
    assert (received["giver"], received["receiver"]) == ("Cy", "Ann Lee")


def test_a_personal_table_may_have_other_headers(book, export):
    text = "Date;Given/Received;Name;Client\n13/02/2026;out;Bo;Zed\n"
    take(book, export("mine.csv", text))
    (row,) = table(book, "referrals")
    assert (row["date"], row["giver"], row["receiver"], row["prospect"]) == (
        *("2026-02-13", "Ann Lee", "Bo", "Zed"),
    )


def test_the_tables_of_a_book_can_be_imported(book, export):
    text = (
        "date,giver,receiver,prospect,count,handoff,status,status_date,value,currency,note,id,"
        "consent,source\n"
        "2026-02-13,Bo,Cy,Zed,3,5,won,2026-03-01,12.50,EUR,a note,x1,,\n"
    )
    take(book, export("other.csv", text))
    assert (book / "referrals.csv").read_text(encoding="utf-8") == text


def test_a_workbook_in_xml_is_read_cell_by_cell_where_they_stand(tmp_path, export):
    rows = [["date", "giver", "receiver", "value"], ["2026-02-13", None, "Bo", 7]]
    rows[1][1] = "Cy & Co"
    whole = write_book(tmp_path / "whole")
    sparse = write_book(tmp_path / "sparse")
    take(whole, export("whole.xls", sheet_of_xml(rows, sparse=False)))
    take(sparse, export("sparse.xls", sheet_of_xml([[], *rows, []])))
    assert table(whole, "referrals") == table(sparse, "referrals")
    assert table(whole, "referrals")[0]["giver"] == "Cy & Co"
    assert table(whole, "referrals")[0]["value"] == "7"


def workbook(*rows):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_is_read_below_its_preamble_whatever_form_of_dates_is_stated(book, export):
    content = workbook(
        ["Our clients"],
        ["Name", "Referred By", "Created", "Title"],
        ["Eve", "Ann Lee", datetime(2026, 2, 13, 9, 30), "Dentist"],  # noqa: DTZ001
        ["Flo", "Eve", datetime(2026, 2, 1), None],  # noqa: DTZ001
    )
    export = export("clients.xlsx", content)
    plan = take(book, export, date_format="%d/%m/%Y")
    assert plan.listed.strangers == {"Ann Lee": [3]}
    (row,) = table(book, "referrals")
    assert (row["date"], row["giver"], row["prospect"]) == ("2026-02-01", "Eve", "Flo")
    assert take(book, export).new == 0


def test_a_cell_of_a_workbook_without_its_result_is_refused(book, export):
    from refgraph.imports import Request, prepare

    file = export("x.xlsx", workbook(["giver", "receiver", "note"], ["Bo", "Cy", "=1+1"]))
    plan = prepare(Request(str(file), str(book))).plan
    assert [problem.message for problem in plan.problems] == [
        "cell C2 holds a formula without its result"
    ]


@pytest.mark.parametrize(
    ("encoding", "option"), [("utf-16", "utf-16"), ("cp1252", "cp1252"), ("utf-8-sig", None)]
)
def test_an_export_in_another_encoding_is_read_as_it_is_named(book, export, encoding, option):
    text = "Name\tReferred By\nRené\tBjörk\n"
    plan = take(book, export("clients.csv", text.encode(encoding)), encoding=option)
    assert table(book, "people")[0]["person"] == "René"
    assert plan.listed.strangers == {"Björk": [2]}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_separates_the_cells_is_found_below_a_preamble_too(tmp_path, export, mark):
    book = write_book(tmp_path / "book", people="person\nBo\n")
    text = f"Clients, all of them; 2026\n\nName{mark}Referred By\nEve{mark}Bo\n"
    take(book, export("clients.csv", text))
    assert [row["prospect"] for row in table(book, "referrals")] == ["Eve"]


@pytest.mark.parametrize("name", sorted(shipped()))
def test_each_shipped_layout_is_found_by_its_own_headers(name, book, export):
    rules = shipped()[name]
    shown = [*rules.recognise]
    if not shown:
        shown = [[*sum((rules.columns[each][0] for each in NEEDED[rules.kind]), ())]]
    for headers in shown:
        plan = take(book, export("export.csv", ",".join(headers) + "\n"))
        assert plan.notes[0].endswith(f"read as {rules.name}")


def test_of_two_columns_with_one_header_the_first_is_read_and_told(book, export):
    text = "Name,Email,Referred By,E-mail,email\nEve,a@x.org,,,b@x.org\n"
    plan = take(book, export("clients.csv", text))
    assert table(book, "people")[0]["email"] == "a@x.org"
    assert any(
        note.endswith("the first of the columns called 'email' is read") for note in plan.notes
    )


def test_what_a_book_already_says_survives_an_import_of_other_kinds(book, linkedin, hubspot, slips):
    take(book, linkedin)
    before = facts(book)[0]["person"]
    take(book, hubspot)
    take(book, slips, day=None)
    assert facts(book)[0]["person"][: len(before)] == before
