"""A name is found in a file whatever way its format writes text; else it is said to be unknown."""

from __future__ import annotations

import html
import io
import json
import quopri
import random
import sqlite3
import zipfile
from contextlib import closing
from unicodedata import normalize
from urllib.parse import quote

import pytest
from hypothesis import example, given
from strategies import names

from refgraph.names import in_files
from refgraph.names.in_files import Wanted

ANN, JOSE = "Ann O'Lee", "José Álvarez"
WANTED = Wanted([ANN, JOSE, "李雷", "ann@lee.example", "$$"])
ZIP, SQLITE = b"PK\x03\x04", b"SQLite format 3\0"


def workbook(parts, *, packed=zipfile.ZIP_DEFLATED):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, packed)  # of one day, whenever made
    return into.getvalue()


def database(*rows, table="people", encoding="UTF-8"):
    with closing(sqlite3.connect(":memory:")) as there:
        there.execute(f"PRAGMA encoding = '{encoding}'")
        quoted = '"' + table.replace('"', '""') + '"'
        there.execute(f"CREATE TABLE {quoted} (a, b)")
        there.executemany(f"INSERT INTO {quoted} VALUES (?, ?)", rows)  # noqa: S608  # as quoted
        there.commit()
        return there.serialize()


# ------------------------------------------------------------------ worked


@pytest.mark.parametrize(
    "content",
    [
        *("Ann O'Lee", "ANN O'LEE", "ann  o-lee", "ann_o.lee", "x,Ann O'Lee,y", "«Ann O’Lee»"),
        *(
            "_Ann O'Lee_",
            "JOSÉ ÁLVAREZ",
            normalize("NFD", "José Álvarez"),
            "见李雷了",
            "Mr李雷2",
            "a $$ b",
        ),
        *("ANN@LEE.EXAMPLE", "mailto:ann@lee.example?subject=x"),
        # pages and sheets
        *("Ann&nbsp;O&rsquo;Lee", "Ann O&#39;Lee", "Jos&eacute; &Aacute;lvarez", "Ann O&#x27;Lee"),
        *("<b>Ann</b> <i>O'Lee</i>", "<t>Ann</t></r><r><t>O'Lee</t>", "<a>Ann</a>&#32;O&#39;Lee"),
        *("<td title='x'>Jos&eacute;</td>\n<td>Álvarez</td>", "1 < 2, says Ann O'Lee"),
        # calendars, cards and mail
        *("SUMMARY:Meet Ann\r\n  O'Lee", "SUMMARY:Meet An\r\n n O'Lee", "An\n\tn O'Lee"),
        *("An\r n O'Lee", "DESCRIPTION:first\\nAnn O'Lee", "N:O'Lee\\, x\nFN:Ann\\, O'Lee"),
        *("Jos=C3=A9=20=C3=81lvarez", "Jos=E9 =C1lvarez", "Ann O'L=\r\nee", "Ann O'L=\nee"),
        # what programs write
        *(r"Jos\u00e9 \u00c1lvarez", r'{"note": "x\nAnn O\u0027Lee"}', r"x\tAnn O'Lee"),
        *("?who=Ann%20O%27Lee&x", "Jos%C3%A9+%C3%81lvarez", "Jos%E9%20%C1lvarez", "x%0aAnn+O'Lee"),
        # capitals are no code of mail where the code is another one
        *("?who=JOS%C3%89%20%C3%81LVAREZ", r"x=JOS\u00c9 \u00c1LVAREZ", "=?utf-8?Q?Ann=20O'Lee?="),
        *(r"x\rAnn O'Lee", r"x\bAnn O'Lee", r"x\fAnn O'Lee", r"x\NAnn O'Lee"),
    ],
)
def test_a_name_is_found_as_formats_write_it(content):
    assert WANTED.stands_in(content.encode()) is True


@pytest.mark.parametrize(
    "content",
    [
        *("Joann O'Lee", "Ann O'Leeson", "Ann O'Lee2", "2Ann O'Lee", "annolee", "Ann", "O'Lee"),
        *("Ann B. O'Lee", "O'Lee, Ann", "Jose Alvarez", "", "Ann <b>B.</b> O'Lee", "$ $"),
        *("Ann\r\nBo\r\n O'Lee", "<t>A</t>nn O'Lee", "Ann&amp;#39; Bo", "bann@lee.example"),
        *("Ann%41 O'Lee", r"Ann\x O'Lee", "Ann O=41Lee"),
    ],
)
def test_another_name_is_not(content):
    assert WANTED.stands_in(content.encode()) is False


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", [ANN, JOSE, "李雷"])
def test_letters_of_two_bytes_are_read(name, encoding):
    """As a spreadsheet writes "Unicode text", and as binary workbooks keep their cells."""
    text = f"given\t{name.upper()}\n".encode(encoding)
    assert WANTED.stands_in(text) is True
    assert WANTED.stands_in(f"given\t{name[:-1]}\n".encode(encoding)) is False
    assert WANTED.stands_in(workbook({"xl/sharedStrings.bin": text})) is True


@pytest.mark.parametrize("before", [b"", b"\x01", b"\xd0\xcf\x11\xe0\x05"])
def test_letters_of_two_bytes_may_begin_anywhere(before):
    assert WANTED.stands_in(before + "\n李雷 x".encode("utf-16-le")) is True
    assert WANTED.stands_in(before + "\n李雷 x".encode("utf-16-be")) is True


def test_one_letter_is_not_found_in_any_bytes():
    chance = random.Random(5)  # noqa: S311
    for size in (100_000, 100_001):
        block = b"\x01\0" + chance.randbytes(size)
        assert Wanted(["李"]).stands_in(block) is Wanted(["李李"]).stands_in(block) is False
    assert Wanted(["李"]).stands_in("给李".encode()) is True


@pytest.mark.parametrize("start", [b"\x89PNG", b"GIF8", b"\xff\xd8\xff"])
def test_pictures_of_a_workbook_are_taken_for_ornament(start):
    assert WANTED.stands_in(workbook({"a.xml": b"<t>Bo</t>", "logo.png": start})) is False


@pytest.mark.parametrize("charset", ["utf-8", "US-ASCII", "iso-8859-1", "Windows-1252"])
def test_letters_that_are_read_hide_nothing(charset):
    assert WANTED.stands_in(f'charset="{charset}"\n\nBo Park'.encode()) is False


def test_a_line_may_be_folded_within_a_letter():
    assert WANTED.stands_in(b"FN:Jos\xc3\r\n \xa9 \xc3\x81lvarez") is True
    assert WANTED.stands_in(b"FN:Jos\xc3\r\n \xa9 \xc3\x81lva") is False


def test_another_encoding_is_tried_where_it_is_said():
    written = "Fr. Müller,José Álvarez".encode("cp1252")
    assert WANTED.stands_in(written) is False
    assert Wanted([JOSE], "cp1252").stands_in(written) is True
    assert Wanted([JOSE], "cp1252").stands_in(JOSE.encode()) is True


def test_no_name_stands_nowhere():
    assert Wanted([]).stands_in(b"Ann O'Lee") is False


# ------------------------------------------------------------------ files of several parts


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_workbook_is_searched_part_by_part(packed):
    parts = {"a.xml": b"<t>Ann</t>", "b.xml": b"<t>O'Lee</t>"}
    assert WANTED.stands_in(workbook(parts, packed=packed)) is False
    parts["c.xml"] = b"<t>Ann</t><t>O'Lee</t>"
    assert WANTED.stands_in(workbook(parts, packed=packed)) is True


def test_a_workbook_as_large_as_is_searched_is_searched_and_a_larger_one_is_unknown(monkeypatch):
    content = workbook({"a": b"Ann O'Lee", "b": b"1"})
    monkeypatch.setattr(in_files, "MOST", 10)
    assert WANTED.stands_in(content) is True
    monkeypatch.setattr(in_files, "MOST", 9)
    assert WANTED.stands_in(content) is None


@pytest.mark.parametrize("table", ["people", 'odd "name"', "select"])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_a_database_is_searched_cell_by_cell(table, encoding):
    def made(*rows):
        return database(*rows, table=table, encoding=encoding)

    assert WANTED.stands_in(made(("x", "Ann O'Lee"), (None, 7))) is True
    assert WANTED.stands_in(made((JOSE, 1))) is True
    assert WANTED.stands_in(made(("Ann", "O'Lee"), ("Bo", None))) is False
    # the bytes of one cell stand right before those of the next, and are no part of its text
    assert WANTED.stands_in(made((ANN, "x"))) is WANTED.stands_in(made(("x", ANN))) is True


def test_what_was_deleted_from_a_database_may_stand_in_its_bytes():
    with closing(sqlite3.connect(":memory:")) as there:
        there.executescript("PRAGMA secure_delete = 0; CREATE TABLE t (a)")
        there.execute("INSERT INTO t VALUES (?)", (f"note: {ANN}!",))
        there.commit()
        there.execute("DELETE FROM t")
        there.commit()
        content = there.serialize()
    assert WANTED.stands_in(content) is True


# ------------------------------------------------------------------ what cannot be known


def in_duckdb(text):
    return b"\x00" * 8 + b"DUCK " + text.encode()


@pytest.mark.parametrize(
    "content",
    [
        *(b"\x89PNG\r\n", b"%PDF-1.7", b"PAR1", b"\x1f\x8b\x08", b"GIF89a", b"\xff\xd8\xff\xe0"),
        *(ZIP + b"no archive", workbook({"a": b"x"})[:-8], SQLITE + b"no database"),
        *(in_duckdb("Bo Park"), b"Content-Transfer-Encoding: BASE64\r\n\r\nQW5u"),
        *(b"From: =?UTF-8?B?Sm9zw6k=?= <x>", b"FN;ENCODING=B:Sm9z", b"FN;ENCODING=BASE64;X=1:Sm9z"),
        *(b"charset=iso-8859-2\n\n=A9im=E1nek", b'<meta charset="windows-1250">'),
        *(
            workbook({"a": b"Content-Transfer-Encoding: base64"}),
            workbook({"a": workbook({"b": b"x"})}),
        ),
        *(workbook({"a.pdf": b"%PDF-1.7"}), workbook({"a.eml": b"Subject: =?utf-8?b?Sm9z?="})),
        workbook({"a": b"Ann O'Lee"}).replace(b"\x08\x00", b"\x63\x00"),  # packed in no known way
    ],
)
def test_a_file_that_no_search_can_see_into_is_unknown(content):
    assert WANTED.stands_in(content) is None


@pytest.mark.parametrize("start", [b"%PDF-1.7 ", b"Content-Transfer-Encoding: base64 "])
def test_what_is_found_in_such_a_file_is_found_all_the_same(start):
    assert WANTED.stands_in(start + ANN.encode()) is True
    assert WANTED.stands_in(in_duckdb(ANN)) is True
    assert WANTED.stands_in(b"x" + in_duckdb("Bo")) is False


# ------------------------------------------------------------------ laws


WRITERS = {
    "plain": str,
    "page": lambda name: html.escape(name).encode("ascii", "xmlcharrefreplace").decode(),
    "json": lambda name: json.dumps({"note": f"\n{name}\t"}),
    "address": quote,
    "mail": lambda name: quopri.encodestring(name.encode(), quotetabs=True).decode(),
    "elements": lambda name: "".join(f"<t>{html.escape(word)}</t>" for word in name.split(" ")),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@given(names())
@example(name="¹\\0")
@example(name="a\\né")
@example(name="DEAN FABÉR")
def test_what_a_writer_of_the_format_writes_is_found(write, name):
    told = f" {write(name)} "
    assert Wanted([name]).stands_in(told.encode()), told
