"""Cells that hold a name and an e-mail, or several contacts, give each its place."""

from __future__ import annotations

import pytest
from exports import take
from hypothesis import given
from hypothesis import strategies as st

from refgraph.imports import Request, prepare
from refgraph.imports.cells.contact_cells import Contact, contacts_in

_NAMES = st.text("abcdeÄИ'.- ", min_size=1, max_size=12).map(str.strip).filter(str.isalpha)
_EMAILS = st.from_regex(r"[a-z]{1,6}@[a-z]{1,6}\.example", fullmatch=True)


@given(st.lists(st.tuples(_NAMES, _EMAILS), min_size=1, max_size=4), st.sampled_from(["()", "<>"]))
def test_law_names_and_emails_come_apart(pairs, marks):
    text = "; ".join(f"{name} {marks[0]}{email}{marks[1]}" for name, email in pairs)
    assert contacts_in(text) == [Contact(*pair) for pair in pairs]


@pytest.mark.parametrize("name", ["Ann Lee (Lee & Co)", "Stone <mason>", "Ray @ the bank", "=1+1"])
def test_a_name_without_an_email_stays_as_it_is(name):
    assert contacts_in(name) == [Contact(name)]


def test_the_first_of_several_contacts_is_taken_and_the_others_are_told(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text(
        "Record ID,Deal Name,Deal Stage,Create Date,Associated Contact,Referred by\n"
        "71,Pool,closedwon,2026-01-05,Noor Vale (noor@vale.example);Sam Ito (s@ito.example),"
        "Gia Roth (gia@roth.example)\n"
        "72,Shed,closedlost,2026-01-06,,Gia Roth\n",
        encoding="utf-8",
    )
    request = Request(str(file), str(tmp_path / "book"), me="Ira Voss", new_people=True)
    plan = prepare(request).plan
    first, second = plan.rows["referrals"]
    assert (first["giver"], first["prospect"], first["status"]) == ("Gia Roth", "Noor Vale", "won")
    assert (second.get("prospect", ""), second["status"]) == ("", "lost")
    people = {row["person"]: row.get("email", "") for row in plan.rows["people"]}
    assert people == {"Noor Vale": "noor@vale.example", "Gia Roth": ""}
    assert any("left out Sam Ito" in note for note in plan.notes)


def test_a_comma_behind_a_link_or_an_e_mail_parts_two_people(book, export):
    links = "Bo Park (https://n.example/bo), Cy Dunn (https://n.example/cy)"
    mails = "Ann Lee <ann@lee.example>, Bo Park <bo@park.example>"
    path = export("x.csv", f'Date,From,To\n2026-01-05,Ann Lee,"{links}"\n2026-01-06,"{mails}",Cy\n')
    plan = take(book, path)
    assert plan.several == {
        "Bo Park; Cy Dunn": ["Bo Park", "Cy Dunn"],
        "Ann Lee; Bo Park": ["Ann Lee", "Bo Park"],
    }
    assert not plan.rows["referrals"]
    renames = {"Bo Park; Cy Dunn": "Bo Park", "Ann Lee; Bo Park": "Ann Lee"}  # as is advised
    rows = take(book, path, renames=renames).rows["referrals"]
    assert [(row["giver"], row["receiver"]) for row in rows] == [
        ("Ann Lee", "Bo Park"),
        ("Ann Lee", "Cy"),
    ]
