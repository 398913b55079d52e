"""A column that decides who gave, who got and who somebody is, is read or asked about."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from exports import table, take, write_book

from refgraph.cli import main
from refgraph.errors import LedgerError

LOG = """Date,{giver},{receiver},Client,Status,Fee
2026-01-05,Ann Lee,Bo Park,Roof,Closed,500
2026-01-06,Bo Park,Cy Dunn,Loan,Pending,
2026-01-07,Cy Dunn,Ann Lee,Deed,on ice,
2026-01-08,Cy Dunn,Ann Lee,Will,on ice,
"""
RECEIVERS = (
    *("Referred To", "ReferredOutTo", "sent_to", "Given To", "Referral to", "Receiving Agent"),
    *("Receiving Provider", "Assigned To", "To", "Recipient", "Owner"),
)
GIVERS = (
    *("Referred By", "referred_from", "ReferringAgent", "Referring Provider", "Referral From"),
    *("Sent By", "Given By", "Referrer", "From", "Came from", "Source of Referral"),
)


def pairs(book):
    return [(row["giver"], row["receiver"], row["prospect"]) for row in table(book, "referrals")]


@pytest.mark.parametrize("receiver", RECEIVERS)
@pytest.mark.parametrize("giver", GIVERS)
def test_a_log_of_giver_and_receiver_is_never_taken_as_given_to_me(giver, receiver, book, export):
    file = export("log.csv", LOG.format(giver=giver, receiver=receiver))
    plan = take(book, file)
    assert pairs(book) == [
        ("Ann Lee", "Bo Park", "Roof"),
        ("Bo Park", "Cy Dunn", "Loan"),
        ("Cy Dunn", "Ann Lee", "Deed"),
        ("Cy Dunn", "Ann Lee", "Will"),
    ]
    assert [row.get("status", "") for row in table(book, "referrals")] == ["won", "", "", ""]
    (told,) = [note for note in plan.notes if "no rule knows" in note]
    assert "'on ice' (2 rows)" in told
    assert "Pending" not in told
    assert take(book, file).new == 0


def test_a_status_of_ours_is_read_in_a_log_and_is_not_told(book, export):
    text = LOG.format(giver="Referred By", receiver="Referred To").replace("on ice", "Met")
    plan = take(book, export("log.csv", text))
    assert [row.get("status", "") for row in table(book, "referrals")] == [
        "won",
        "",
        "met",
        "met",
    ]
    assert not any("no rule knows" in note for note in plan.notes)


DEALS = (
    "Record ID,Deal Name,Deal Stage,Referred by,Associated Contact,Assigned To\n"
    "1,Attic,Closed Won,Bo Park,Roof (roof@attic.example),{}\n"
)


def test_contacts_with_a_column_of_receivers_stop_the_import_before_anything_is_written(
    tmp_path, export
):
    book = write_book(tmp_path / "book", people="person\nBo Park\n")
    with pytest.raises(LedgerError, match="'Assigned To' says who got a referral, like 'Cy Dunn'"):
        take(book, export("deals.csv", DEALS.format("Cy Dunn")))
    assert table(book, "referrals") == []


def test_the_rule_that_the_question_names_answers_it(tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo Park\n")
    rules = export("own.rules", 'like hubspot-deals\ncolumn note "Assigned To"\n')
    take(book, export("deals.csv", DEALS.format("Cy Dunn")), rules=str(rules))
    assert pairs(book) == [("Bo Park", "Ann Lee", "Roof")]


def test_a_column_of_receivers_without_content_is_no_question(tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo Park\n")
    take(book, export("deals.csv", DEALS.format("")))
    assert pairs(book) == [("Bo Park", "Ann Lee", "Roof")]


def test_father_and_son_are_two_people(tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo Park\n")
    text = "First Name,Last Name,Suffix,Referred By\nHal,Iver,,\nHal,Iver,Jr.,Bo Park\n"
    file = export("contacts.csv", text)
    take(book, file)
    assert [row["person"] for row in table(book, "people")] == [
        "Bo Park",
        "Hal Iver",
        "Hal Iver Jr.",
    ]
    assert pairs(book) == [("Bo Park", "Ann Lee", "Hal Iver Jr.")]
    assert take(book, file).new == 0


@pytest.mark.parametrize(("label", "referred"), [("Referred By", 1), ("Spouse", 0)])
def test_a_relation_of_google_contacts_names_the_referrer(label, referred, tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo Park\n")
    text = (
        "First Name,Last Name,E-mail 1 - Value,Relation 1 - Label,Relation 1 - Value\n"
        f"Eve,Stone,,{label},Bo Park\n"
    )
    take(book, export("contacts.csv", text))
    assert pairs(book) == [("Bo Park", "Ann Lee", "Eve Stone")] * referred


TRACKER = """Date Received,Referrer,Prospect Name,Status
2026-01-15,Bo Park,Eve Stone,Closed
2026-02-20,bo park,Flo Hart,Lost
2026-02-21,Cy Dunn,Gus Holm,thinking
"""


def test_every_referrer_of_a_plain_tracker_is_a_person_where_one_says_so(book, export):
    file = export("tracker.csv", TRACKER)
    plan = take(book, file, new_people=True)
    assert pairs(book) == [
        ("Bo Park", "Ann Lee", "Eve Stone"),
        ("Bo Park", "Ann Lee", "Flo Hart"),
        ("Cy Dunn", "Ann Lee", "Gus Holm"),
    ]
    assert [row.get("status", "") for row in table(book, "referrals")] == ["won", "lost", ""]
    assert any("'thinking' (1 row)" in note for note in plan.notes)
    assert take(book, file, new_people=True).new == 0


def test_a_rules_file_says_so_with_a_star(book, export):
    rules = export("own.rules", "new *\n")
    take(book, export("tracker.csv", TRACKER), rules=str(rules))
    assert len(pairs(book)) == 3


def test_who_is_nearly_called_as_somebody_of_the_book_is_asked_about(tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo Parc\n")
    plan = take(book, export("tracker.csv", TRACKER), new_people=True)
    assert pairs(book) == [("Cy Dunn", "Ann Lee", "Gus Holm")]
    assert [*plan.listed.strangers] == ["Bo Park"]


def test_without_it_the_referrers_are_listed_with_the_option_and_the_exit_is_one(book, export):
    text = TRACKER.replace("Bo Park", "Bo").replace("bo park", "bo").replace("Cy Dunn", "Cy")
    file = export("tracker.csv", text)
    done = CliRunner().invoke(main, ["import", str(file), "-b", str(book)])
    assert done.exit_code == 1
    assert "--new-people" in done.stderr
    assert pairs(book) == []
    again = CliRunner().invoke(main, ["import", str(file), "-b", str(book), "--new-people"])
    assert again.exit_code == 0
    assert len(pairs(book)) == 3


CLIENTS = """Date,Client Name,Direction,{},Outcome
3/14/2026,Ann Lee,Sent,Okafor Dental,Closed
4/2/2026,Bo Marsh,Received,Jane Roe,pending
"""


@pytest.mark.parametrize("header", ["Prospect", "Referred", "Lead"])
def test_beside_who_was_referred_a_client_is_who_gave_or_got(run, tmp_path, header):
    file = tmp_path / "tracker.csv"
    file.write_text(CLIENTS.format(header), encoding="utf-8")
    said = run("import", file, "-b", tmp_path / "book", "--me", "Dana Reed", "--dry-run").stderr
    assert "On 14 March 2026 Dana Reed gave Ann Lee the prospect Okafor Dental (won)." in said
    assert "On 2 April 2026 Bo Marsh gave Dana Reed the prospect Jane Roe." in said


def test_who_it_was_is_asked_by_the_option_that_says_it(run, tmp_path):
    """A client alone may be who was referred; said to be the person, no direction is dropped."""
    file, book = tmp_path / "tracker.csv", tmp_path / "book"
    file.write_text(CLIENTS.format("Remark"), encoding="utf-8")
    said = run("import", file, "-b", book, "--me", "Dana Reed", status=1).stderr
    assert "each row has a direction, and no column is known to say from or to whom" in said
    assert "--columns 'person=Client Name'" in said
    done = run("import", file, "-b", book, "--me", "Dana Reed", "--columns", "person=Client Name")
    assert "2 new (2 referrals)" in done.stderr
    rows = (book / "referrals.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 3
    assert "2026-03-14,Dana Reed,Ann Lee" in rows[1]


def test_columns_of_a_list_of_people_stay_what_an_option_says(run, tmp_path):
    file, book = tmp_path / "list.csv", tmp_path / "book"
    file.write_text("Company,Kind\nAnn,x\nBo,y\n", encoding="utf-8")
    done = run("import", file, "-b", book, "--me", "Dana Reed", "--columns", "person=Company")
    assert "2 new (2 people)" in done.stderr
