"""Cards of contacts come in as people, and as referrals where a card says who sent them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.imports import Request, prepare
from refgraph.imports.cells.vcard import HEADER, is_vcard, read_vcards


def _card(*lines, version="4.0", end="\r\n"):
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def _plan(tmp_path, text, me="Ira Voss"):
    file = tmp_path / "people.vcf"
    file.write_bytes(text.encode())
    return prepare(Request(str(file), str(tmp_path / "book"), me=me)).plan


_REFERRERS = {
    "a relation by its type": ["RELATED;TYPE=referrer;VALUE=text:Olga Penn"],
    "a relation to another card": ["RELATED;TYPE=x-referred-by:urn:uuid:7"],
    "a relation of Apple": [
        "item1.X-ABRELATEDNAMES;type=pref:Olga Penn",
        "item1.X-ABLabel:_$!<Referred by>!$_",
    ],
    "a field": ["X-REFERRED-BY:Olga Penn"],
}


@pytest.mark.parametrize("lines", _REFERRERS.values(), ids=_REFERRERS)
@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_card_that_says_who_sent_somebody_is_a_referral(tmp_path, lines, version, end):
    text = _card("FN:Olga Penn", "UID:urn:uuid:7", version=version, end=end)
    text += _card("FN:Hal Brook", "N:Brook;Hal;;;", *lines, version=version, end=end)
    plan = _plan(tmp_path, text)
    assert [row["person"] for row in plan.rows["people"]] == ["Olga Penn", "Hal Brook"]
    (referral,) = plan.rows["referrals"]
    said = referral["giver"], referral["receiver"], referral["prospect"]
    assert said == ("Olga Penn", "Ira Voss", "Hal Brook")


def test_what_a_card_says_of_a_person_is_kept(tmp_path):
    text = _card(
        "N:Stone;Robert;James;Dr.;Jr.",
        "ORG:Stone & Son\\, Masons;Repairs",
        "item1.EMAIL;TYPE=work:rob@stone.example",
        "TITLE:Ma",
        " son",
        "RELATED;TYPE=spouse;VALUE=text:June Stone",
    )
    (person,) = _plan(tmp_path, text).rows["people"]
    assert person["person"] == "Robert James Stone Jr."
    assert person["email"] == "rob@stone.example"
    assert person["profession"] == "Mason"
    assert person["note"] == "Stone & Son, Masons, Repairs"


def test_a_card_of_2_1_is_read_with_its_soft_lines():
    text = _card(
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen =",
        "Vo=C3=9F",
        version="2.1",
    )
    assert read_vcards("a.vcf", text, 5)[0][1][0] == "Jürgen Voß"


def test_a_firm_alone_is_called_by_its_name():
    assert read_vcards("a.vcf", _card("ORG:Quarry Ltd", "N:;;;;"), 5)[0][1][0] == "Quarry Ltd"


def test_a_card_without_an_end_is_refused(tmp_path):
    with pytest.raises(LedgerError, match="cut off"):
        _plan(tmp_path, _card("FN:Hal Brook") + "BEGIN:VCARD\nFN:Olga Penn\n")


def test_more_cards_than_the_limit_are_refused():
    with pytest.raises(LedgerError, match="more than 2 cards"):
        read_vcards("a.vcf", _card("FN:Hal Brook") * 3, 2)


def test_a_table_is_no_card():
    assert not is_vcard("begin,vcard\nBEGIN:VCARD,x\n")


def _escape(text):
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text


def _fold(line, width):
    return "\r\n ".join(line[at : at + width] for at in range(0, len(line), width))


@given(
    st.lists(
        st.text(st.sampled_from("abz ÄßИ李'.,;\\:&"), min_size=1, max_size=30).filter(str.strip),
        min_size=1,
        max_size=4,
    ),
    st.integers(5, 40),
)
def test_law_names_come_back_however_they_are_folded(names, width):
    text = "".join(_card(_fold(f"FN:{_escape(name)}", width)) for name in names)
    rows, lines = read_vcards("a.vcf", text, 10)
    assert rows[0] == [*HEADER]
    assert [row[0] for row in rows[1:]] == [" ".join(name.split()) for name in names]
    assert lines == sorted(set(lines))


@given(st.text(max_size=200))
def test_law_garbage_is_read_or_refused_with_its_line(text):
    try:
        rows, lines = read_vcards("a.vcf", f"BEGIN:VCARD\n{text}", 10)
    except LedgerError as error:
        rows, lines = [HEADER], [problem.line for problem in error.problems]
    assert len(rows) == len(lines)
    assert all(len(row) == len(HEADER) for row in rows)
    assert lines[0] in (0, 1)


_LONG = "x" * 5_000_000


def test_a_picture_may_be_as_long_as_it_likes_and_a_note_may_not():
    rows, _ = read_vcards("a.vcf", _card("FN:Hal Brook", f"PHOTO:{_LONG}", "NOTE:roof"), 9)
    assert rows[1][0] == "Hal Brook"
    assert rows[1][HEADER.index("Note")] == "roof"
    with pytest.raises(LedgerError, match="longer than 4,000,000 characters") as refused:
        read_vcards("a.vcf", _card("FN:Hal Brook", f"NOTE:{_LONG}"), 9)
    assert refused.value.problems[0].line == 4


@pytest.mark.parametrize(
    "lines",
    [
        ["PHOTO;ENCODING=b:AAAA", " FN:Olga Penn", "\tNOTE:no"],
        ["ADR;ENCODING=QUOTED-PRINTABLE:;;a=", "FN:Olga Penn=", "NOTE:no"],
        ["PHO", " TO:x", " NOTE:no"],
        ["TEL:1", "ADR:;;;;;;"],
    ],
)
def test_what_goes_on_in_a_property_that_is_not_read_is_no_other(lines):
    rows, _ = read_vcards("a.vcf", _card(*lines, "FN:Hal Brook"), 9)
    assert rows[1] == ["Hal Brook", "", "", "", "", ""]


def test_the_name_of_a_property_may_be_folded_too():
    rows, _ = read_vcards("a.vcf", _card("F", " N:Hal Brook", "EMA", " IL:h@x.org"), 9)
    assert rows[1][:2] == ["Hal Brook", "h@x.org"]
