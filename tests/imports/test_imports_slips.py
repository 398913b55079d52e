"""A slip audit: referrals, and amounts that close the one referral they belong to."""

from __future__ import annotations

from datetime import date

import pytest
from exports import sheet_of_xml, table, take, write_book

from refgraph.imports import Request, prepare

HEADER = ["From", "To", "Slip Type", "Inside/Outside", "$ if TYFCB", "Qty", "Detail", "Date"]
DAY = date(2026, 6, 30)


@pytest.fixture
def audit(export):
    """Write slips: (from, to, kind, amount, detail, date)."""

    def write(*slips):
        rows = [
            [giver, receiver, kind, "Inside", amount, None, detail, day]
            for giver, receiver, kind, amount, detail, day in slips
        ]
        return export("audit.xls", sheet_of_xml([HEADER, *rows]))

    return write


def referral(giver, receiver, detail="", day="2026-01-08"):
    return (giver, receiver, "Referral", None, detail, day)


def thanks(receiver, giver, amount, day="2026-03-01", detail=""):
    return (receiver, giver, "TYFCB", amount, detail, day)


def test_a_slip_of_closed_business_closes_the_referral_and_says_thanks(book, slips):
    plan = take(book, slips, day=DAY)
    first, second = table(book, "referrals")
    assert first == {
        "date": "2026-06-30",
        "giver": "Ann Lee",
        "receiver": "Bo Park",
        "status": "won",
        "status_date": "2026-06-30",
        "value": "1500.5",
        "note": "Inside; kitchen",
        "id": first["id"],
    }
    assert (second["giver"], second["note"]) == ("Cy Dunn", "Outside")
    assert table(book, "touches") == [
        {"date": "2026-06-30", "person": "Bo Park", "kind": "they-thanked-me", "note": "Inside"}
    ]
    assert plan.left_out == {"of the kind one to one": 1, "of the kind ceu": 1}
    assert plan.listed.amounts == ["line 7: 200: no open referral from 'Eve Stone' to 'Bo Park'"]


def test_slips_without_a_date_stay_undated_and_give_no_touch(book, slips):
    plan = take(book, slips)
    assert ["date" in row for row in table(book, "referrals")] == [False, False]
    assert table(book, "touches") == []
    assert any("1 thank-you has no date" in note for note in plan.notes)
    again = take(book, slips)
    assert again.new == 0
    assert any("2 rows without a date equal one of the book and count" in n for n in again.notes)


def test_slips_that_were_imported_with_a_day_are_told_of_without_one(book, slips):
    take(book, slips, day=DAY)
    plan = take(book, slips)
    assert any(
        "2 rows without a date equal one of the book that has a date" in n for n in plan.notes
    )


def test_my_own_thanks_are_thanks_and_those_between_others_none_of_mine(book, audit):
    export = audit(
        *(referral("Bo", "Ann Lee"), referral("Bo", "Cy")),
        *(thanks("Ann Lee", "Bo", 100), thanks("Cy", "Bo", 50)),
    )
    plan = take(book, export)
    assert [row["value"] for row in table(book, "referrals")] == ["100", "50"]
    (touch,) = table(book, "touches")
    assert (touch["person"], touch["kind"]) == ("Bo", "thanks")
    assert any("1 thank-you is between others" in note for note in plan.notes)


def test_an_amount_that_fits_several_open_referrals_is_listed(book, audit):
    export = audit(referral("Bo", "Cy", "a"), referral("Bo", "Cy", "b"), thanks("Cy", "Bo", 70))
    plan = take(book, export)
    assert plan.listed.amounts == ["line 4: 70: 2 open referrals from 'Bo' to 'Cy'"]
    assert all("value" not in row for row in table(book, "referrals"))


def test_an_amount_fits_no_referral_that_came_later_or_is_closed(book, audit):
    export = audit(referral("Bo", "Cy", "late", "2026-05-01"), thanks("Cy", "Bo", 70))
    assert take(book, export).listed.amounts == ["line 3: 70: no open referral from 'Bo' to 'Cy'"]
    export = audit(referral("Bo", "Dee"), thanks("Dee", "Bo", 70), thanks("Dee", "Bo", 30))
    assert take(book, export).listed.amounts == ["line 4: 30: no open referral from 'Bo' to 'Dee'"]


def test_a_referral_of_the_book_is_closed_by_a_row_of_statuses(tmp_path, audit):
    book = write_book(
        tmp_path / "book",
        people="person,aliases\nBo Park,Bo\n",
        referrals="date,giver,receiver,id,value,status\n2026-01-08,Bo Park,Cy,x1,,\n",
    )
    before = (book / "referrals.csv").read_bytes()
    export = audit(thanks("Cy", "Bo", 70, detail="roof"))
    take(book, export)
    assert (book / "referrals.csv").read_bytes() == before
    assert table(book, "statuses") == [
        {
            "date": "2026-03-01",
            "id": "x1",
            "status": "won",
            "note": "closed business 70; Inside; roof",
        }
    ]
    again = take(book, export)
    assert (again.new, again.there.total(), again.listed.amounts) == (0, 1, [])


def test_a_referral_of_the_book_is_closed_once(tmp_path, audit):
    referrals = "date,giver,receiver,id,status\n2026-01-08,Bo,Cy,x1,\n2026-01-08,Bo,Dee,x2,lost\n"
    book = write_book(tmp_path / "book", referrals=referrals)
    export = audit(thanks("Cy", "Bo", 70), thanks("Cy", "Bo", 30), thanks("Dee", "Bo", 50))
    plan = take(book, export)
    assert plan.listed.amounts == [
        "line 3: 30: no open referral from 'Bo' to 'Cy'",
        "line 4: 50: no open referral from 'Bo' to 'Dee'",
    ]
    assert [row["id"] for row in table(book, "statuses")] == ["x1"]


def test_an_old_referral_is_not_closed_without_a_day(tmp_path, audit):
    referrals = "date,giver,receiver,id\n2026-01-08,Bo,Cy,x1\n"
    book = write_book(tmp_path / "book", referrals=referrals)
    plan = take(book, audit(thanks("Cy", "Bo", 70, day=None)))
    told = ["line 2: 70: the referral from 'Bo' to 'Cy' is old; give --date"]
    assert plan.listed.amounts == told
    assert not (book / "statuses.csv").exists()


def test_a_thank_you_of_nothing_is_a_touch_only(book, audit):
    plan = take(book, audit(thanks("Ann Lee", "Bo", 0)))
    assert (plan.new, plan.listed.amounts) == (1, [])
    assert table(book, "touches")[0]["kind"] == "thanks"


def test_importing_slips_again_adds_nothing_and_closes_nothing_twice(book, audit):
    export = audit(
        *(referral("Bo", "Ann Lee", "a"), thanks("Ann Lee", "Bo", 70), thanks("Ann Lee", "Bo", 70)),
        referral("Ann Lee", "Cy"),
    )
    take(book, export)
    before = [(book / f"{name}.csv").read_bytes() for name in ("referrals", "touches")]
    again = take(book, export)
    assert (again.new, again.there["statuses"]) == (0, 1)
    assert again.listed.amounts == ["line 4: 70: no open referral from 'Bo' to 'Ann Lee'"]
    assert [(book / f"{name}.csv").read_bytes() for name in ("referrals", "touches")] == before


def test_slips_as_csv_with_other_headers_are_slips_too(book, export):
    text = 'Giver,Receiver,Slip Type,Amount,Quantity\nBo,Cy,Referral,,2\nCy,Bo,TYFCB,"1,500.00",\n'
    take(book, export("slips.csv", text))
    (row,) = table(book, "referrals")
    assert (row["giver"], row["count"], row["value"]) == ("Bo", "2", "1500.00")


def test_who_conducted_a_slip_of_closed_business_is_no_count_of_it(book, export):
    text = "From,To,Slip Type,Amount,Qty\nBo,Cy,Referral,,\nCy,Bo,TYFCB,70,Dee\n"
    assert take(book, export("slips.csv", text)).refused == 0


def test_a_detail_can_be_taken_for_the_prospect_by_a_rule(book, slips, export):
    rules = export(
        "my.rules", 'like slips\ncolumn prospect "Detail"\ncolumn note "Inside/Outside"\n'
    )
    take(book, slips, rules=str(rules))
    assert table(book, "referrals")[0]["prospect"] == "kitchen"


def test_a_slip_to_oneself_is_refused(book, audit):
    from refgraph.imports import Request, prepare

    export = audit(thanks("Bo", "Bo", 70), referral("Bo", "Bo"))
    plan = prepare(Request(str(export), str(book))).plan
    assert plan.refused == 2
    assert {problem.line for problem in plan.problems} == {2, 3}


@pytest.mark.parametrize("error", ["#REF!", "#N/A"])
def test_a_cell_that_holds_an_error_is_nobody(book, export, error):
    text = sheet_of_xml(
        [HEADER, [error, "Bo Park", "Referral"], ["Cy Dunn", "Bo Park", "Referral"]]
    )
    file = export("audit.xls", text.replace(f'"String">{error}', f'"Error">{error}'))
    plan = prepare(Request(str(file), str(book))).plan
    assert [(each.line, each.message) for each in plan.problems] == [
        (2, f"cell A2 holds the error '{error}'")
    ]
    assert [row["giver"] for row in plan.rows["referrals"]] == ["Cy Dunn"]
