"""Tables that people keep come in as they are meant, and none is wrong with exit status 0."""

from __future__ import annotations

import pytest
import surface
from exports import table, take, write_book
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.imports.rules.infer import infer_rules
from refgraph.imports.rules.words import DIRECTION_WORDS, STATUS_WORDS, is_name_like
from refgraph.names.folded import fold
from refgraph.schema.values import DIRECTIONS, STATUSES


@pytest.fixture
def intake(benchmark_of):
    return benchmark_of("intake")


@pytest.fixture
def book(tmp_path):
    return write_book(tmp_path / "book", me="Dana Reed")


def rows_of(book):
    names = ("date", "giver", "receiver", "prospect", "status", "value")
    return [tuple(row.get(name, "") for name in names) for row in table(book, "referrals")]


def test_of_every_shape_of_table_one_file_is_right_or_asked_about(intake, monkeypatch):
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    from intake_shapes import SHAPES

    chosen = {name: SHAPES[name] for name in surface.some(SHAPES)}
    monkeypatch.setattr(intake, "SHAPES", chosen)
    shares = intake.run(len(chosen), seed=7)
    outcomes = {name: share.outcomes for name, share in shares.items()}
    bad = {
        name: [*each] for name, each in outcomes.items() if {*each} & {"wrong", "misled", "crash"}
    }
    assert bad == {}
    right = sum(each["right"] for each in outcomes.values())
    assert len(SHAPES) >= 40
    few = 0 if len(chosen) == len(SHAPES) else 2  # that may be asked about beyond that share
    assert right >= 0.9 * len(chosen) - few


def test_the_benchmark_sees_what_is_wrong(intake, tmp_path):
    from datetime import date

    from intake_compare import compare
    from intake_truth import Fact, Table

    facts = [Fact("Ann Lee", "Bo Park", date(2024, 3, 1), "Okafor", ("won",))]
    truth = Table({}, facts, ("day", "prospect", "status"))
    header = "date,giver,receiver,prospect,status\n"
    for row, outcome in (
        ("2024-03-01,Ann Lee,Bo Park,Okafor,won", "right"),
        ("2024-03-01,Bo Park,Ann Lee,Okafor,won", "wrong"),
        ("2024-03-02,Ann Lee,Bo Park,Okafor,won", "wrong"),
        ("2024-03-01,Ann Lee,Bo Park,Okafor,lost", "wrong"),
        ("2024-03-01,Ann Lee,Bo Park,Okafor,won\n2024-03-01,Total,Bo Park,,", "wrong"),
        ("", "wrong"),
    ):
        (tmp_path / "referrals.csv").write_text(f"{header}{row}\n", encoding="utf-8")
        assert compare(tmp_path, truth, "")[0] == outcome, row
    (tmp_path / "referrals.csv").write_text(header, encoding="utf-8")
    assert compare(tmp_path, truth, "line 2 is refused")[0] == "part"


@pytest.mark.parametrize(
    ("header", "given", "received"),
    [
        ("Date,Name,In/Out,Client,Outcome,Fee", "Out", "IN"),
        ("date referred,person,direction,client name,status,fee", "Sent to", "Received from"),
        ("Day,Agent,Type,Prospect,Status,Commission", "Sent", "Received"),
        ("Datum,Kontakt,Richtung,Kunde,Ergebnis,Betrag", "gegeben", "erhalten"),
        ("Date,Nom,Sens,Client,Statut,Montant", "donnée", "reçue"),
        ("Fecha,Nombre,Dirección,Cliente,Estado,Importe", "dada", "recibida"),
        ("Data,Nome,Direzione,Cliente,Esito,Importo", "inviata", "ricevuta"),
        ("Datum,Naam,Richting,Klant,Status,Bedrag", "gegeven", "ontvangen"),
        ("Data,Nome,Direção,Cliente,Situação,Valor", "enviada", "recebida"),
    ],
)
def test_a_direction_is_told_by_its_words_in_seven_languages(
    tmp_path, book, header, given, received
):
    path = tmp_path / "t.csv"
    lines = [f"2024-03-13,Ann Lee,{given},Okafor,Closed,500", f"2024-03-14,Bo Park,{received},,,"]
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    take(book, path)
    assert rows_of(book) == [
        ("2024-03-13", "Dana Reed", "Ann Lee", "Okafor", "won", "500"),
        ("2024-03-14", "Bo Park", "Dana Reed", "", "", ""),
    ]


def test_one_column_for_each_side_says_me_where_it_is_blank(tmp_path, book):
    path = tmp_path / "t.csv"
    path.write_text(
        "Date,Given To,Received From,Client\n2024-03-01,Ann Lee,,A\n2024-03-02,,Bo Park,B\n",
        encoding="utf-8",
    )
    take(book, path)
    assert [row[1:4] for row in rows_of(book)] == [
        ("Dana Reed", "Ann Lee", "A"),
        ("Bo Park", "Dana Reed", "B"),
    ]


def test_what_was_sent_was_given_by_me(tmp_path, book):
    path = tmp_path / "t.csv"
    path.write_text("DateSent,ReferredTo,PatientName\n2024-03-01,Dr. Ann Lee,P One\n")
    take(book, path)
    assert [row[:4] for row in rows_of(book)] == [
        ("2024-03-01", "Dana Reed", "Dr. Ann Lee", "P One")
    ]


def test_an_owner_who_is_a_colleague_received_it(tmp_path, book):
    path = tmp_path / "t.csv"
    text = "Lead,Created,Source,Owner\nA One,2024-03-01,Ann Lee,{}\nB Two,2024-03-02,Bo Park,{}\n"
    path.write_text(text.format("Cy Dunn", "Dana Reed"))
    take(book, path)
    assert [row[1:3] for row in rows_of(book)] == [("Ann Lee", "Cy Dunn"), ("Bo Park", "Dana Reed")]
    mine = write_book(tmp_path / "mine", me="Dana Reed")
    path.write_text(text.format("Dana Reed", "Dana Reed"))
    take(mine, path)
    assert {row[2] for row in rows_of(mine)} == {"Dana Reed"}


def test_a_tally_is_so_many_referrals_each_way(tmp_path, book):
    path = tmp_path / "t.csv"
    path.write_text("Name,Given,Received\nAnn Lee,3,0\nBo Park,1,2\nTotal,4,2\n")
    take(book, path)
    rows = table(book, "referrals")
    assert [(row["giver"], row["receiver"], row.get("count", "1")) for row in rows] == [
        ("Dana Reed", "Ann Lee", "3"),
        ("Dana Reed", "Bo Park", "1"),
        ("Bo Park", "Dana Reed", "2"),
    ]


def test_a_referrer_that_is_no_name_is_asked_about_and_the_others_are_written(tmp_path, book):
    path = tmp_path / "t.csv"
    path.write_text("Date,Source,Client\n2024-03-01,Ann Lee,A One\n2024-03-02,Google,B Two\n")
    plan = take(book, path)
    assert [row[1] for row in rows_of(book)] == ["Ann Lee"]
    assert plan.listed.strangers == {"Google": [3]}


def test_one_to_ones_of_a_group_are_touches_of_two_people(tmp_path):
    book = write_book(tmp_path / "group", me=None)
    path = tmp_path / "t.csv"
    path.write_text(
        "Date,From,To,Slip Type\n2024-03-01,Ann Lee,Bo Park,Referral\n"
        "2024-03-02,Ann Lee,Cy Dunn,One to One\n2024-03-03,Cy Dunn,,CEU\n"
    )
    take(book, path)
    assert table(book, "touches") == [
        {"date": "2024-03-02", "person": "Ann Lee", "kind": "one-to-one", "with": "Cy Dunn"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Payee,Amount\n2024-03-01,Power Co,5.00\n",
        "Task,Assigned To,Due,Status\ncall,Ann Lee,2024-03-01,Open\n",
        "First Name,Last Name,P,RGI,RGO\nAnn,Lee,1,2,3\n",
        "Flight,From,Gate\nX1,Paris,5\n",
    ],
)
def test_a_table_that_says_no_referral_is_no_table_of_referrals(text):
    header, *rows = (line.split(",") for line in text.strip().split("\n"))
    assert infer_rules(header, rows, "Dana Reed") is None


def test_every_word_stands_as_it_is_compared_and_says_one_of_ours():
    for words, ours in ((STATUS_WORDS, STATUSES), (DIRECTION_WORDS, DIRECTIONS)):
        assert {*words.values()} <= {*ours}
        assert [word for word in words if fold(word) != word] == []


@given(st.text(max_size=30))
@settings(max_examples=50)
def test_folding_twice_is_folding_once_and_a_name_has_two_words(text):
    assert fold(fold(text)) == fold(text)
    if is_name_like(text):
        assert len(text.replace(",", " ").split()) > 1


@pytest.mark.parametrize(
    "header", ["For Who", "For whom", "Who for", "ForWho", "F\u00fcr wen", "Pour qui"]
)
def test_for_whom_a_referral_was_is_its_prospect(header):
    rows = [["2025-03-02", "given", "Ann Lee", "Okafor Dental"]]
    rows += [["2025-03-05", "received", "Bo Park", "Cy Dunn"]]
    rules = infer_rules(["Date", "Direction", "Partner", header], rows)
    assert rules.columns["prospect"] == ((header.casefold(),),)
