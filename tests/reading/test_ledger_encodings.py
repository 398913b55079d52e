"""Files in another encoding than UTF-8, read when it is named, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.files.encodings import check_encoding, decode

TODAY = date(2026, 6, 30)
MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
TEXT = "date,giver,receiver\n2026-01-08,René,Zoë\n"


def ties(path, **options):
    columns = read(path, ReadOptions(today=TODAY, **options)).referrals.columns
    return list(zip(columns["giver"], columns["receiver"], strict=True))


def said(path, **options):
    with pytest.raises(LedgerError) as caught:
        read(path, ReadOptions(today=TODAY, **options))
    return str(caught.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-8", "UTF8"),
        ("cp1252", "windows-1252"),
        ("latin-1", "latin-1"),
        ("mac-roman", "mac_roman"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "utf-32"),
    ],
)
def test_a_named_encoding_is_read_whatever_its_spelling(tmp_path, written, told):
    path = tmp_path / "r.csv"
    path.write_bytes(TEXT.encode(written))
    assert ties(path, encoding=told) == [("René", "Zoë")]


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "shift-jis", "euc-kr", "cp1251"])
def test_other_alphabets(tmp_path, encoding):
    name = "Иван" if encoding == "cp1251" else "王小" if encoding != "euc-kr" else "김철수"
    path = tmp_path / "r.csv"
    path.write_bytes(f"date,giver,receiver\n,{name},Bo\n".encode(encoding))
    assert ties(path, encoding=encoding) == [(name, "Bo")]


def test_the_encoding_holds_for_every_table_of_a_book_and_utf8_stays_what_it_is(tmp_path):
    (tmp_path / "referrals.csv").write_bytes(TEXT.encode("cp1252"))
    (tmp_path / "people.csv").write_bytes("person,aliases\nRené Lee,René\n".encode())
    (tmp_path / "refgraph.toml").write_bytes('me = "Zoë"\n'.encode())
    record = read(tmp_path, ReadOptions(today=TODAY, encoding="cp1252"))
    assert record.referrals.columns["giver"] == ["René Lee"]
    assert record.me == "Zoë"
    assert record.notes == (
        f"{tmp_path / 'people.csv'}: read as UTF-8, which it is, and not as cp1252",
    )


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (
            TEXT.encode("latin-1"),
            "utf-8",
            (
                "r.csv:2: byte 15 of this line, 0xE9, is not UTF-8\n"
                "    2 | 2026-01-08,René,Zoë\n"
                "      = save the file as CSV, UTF-8"
            ),
        ),
        (
            b"date,giver,receiver\n,Ren\x81,Bo\n",
            "cp1252",
            (
                "r.csv:2: byte 25 of this file, 0x81, is not cp1252\n"
                "    2 | ,Ren\ufffd\n"
                "      = name the right encoding, or save the file as CSV, UTF-8"
            ),
        ),
        (
            TEXT.encode("utf-16")[:-1],
            "utf-16",
            (
                "r.csv:2: this utf-16 text ends in the middle of a letter\n"
                "    2 | 2026-01-08,René,Zoë\ufffd\n"
                "      = it may be cut off: restore it from a copy"
            ),
        ),
        (
            TEXT.encode(),
            "utf-16",
            (
                "r.csv: this is not utf-16 text, which holds zero bytes\n"
                "      = leave out --encoding, or name another"
            ),
        ),
    ],
)
def test_a_file_that_is_not_what_was_said(tmp_path, data, encoding, message):
    path = tmp_path / "r.csv"
    path.write_bytes(data)
    assert said(path, encoding=encoding) == message


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("cp12252", "did you mean cp1252?"),
        ("UTF-16LE", None),
        ("windows", "say it like cp1252 (Windows), latin-1, mac-roman or utf-16"),
        ("base64", "say it like"),
        ("rot13", "say it like"),
        ("punycode", "say it like"),
        ("unicode_escape", "say it like"),
        ("a\0b", "say it like"),
        ("", "say it like"),
    ],
)
def test_names_of_encodings(tmp_path, run, name, hint):
    path = tmp_path / "r.csv"
    path.write_text("date,giver,receiver\n", encoding="utf-8")
    found = check_encoding("r.csv", name)
    assert len(found) == (hint is not None)
    if hint:
        assert hint in found[0].hint
        assert "there is no encoding" in said(path, encoding=name)
        result = run("check", path, "--encoding", name, status=2)
        assert "there is no encoding" in result.stderr


def test_a_book_and_the_command_line_take_an_encoding(tmp_path, run):
    import refgraph

    path = tmp_path / "r.csv"
    path.write_bytes(TEXT.encode("utf-16"))
    book = refgraph.Book.read(path, today=TODAY, encoding="utf-16")
    assert list(book.people.index) == ["René", "Zoë"]
    assert "--encoding utf-16" in run("owe", path, status=1).stderr
    assert "René" in run("balance", path, "--encoding", "utf-16").stdout


@given(st.binary(max_size=60), st.sampled_from(["cp1252", "utf-16", "utf-7", "big5", "iso2022_jp"]))
@example(b"\xff\xfe\x00\xd8", "utf-16")
@example(b"+2AA-", "utf-7")
@example(b"\xef\xbb\xbfAnn\xff", "cp1252")
def test_any_bytes_in_any_encoding_are_text_or_a_sentence(data, encoding):
    told = ""
    try:
        text = decode("r.csv", data, encoding)
    except LedgerError as error:
        text, told = "", str(error)
    assert told.startswith("r.csv:") or text or data in (b"", *MARKS)


@given(st.text(st.characters(codec="cp1252"), max_size=30))
def test_text_comes_back_from_its_encoding(text):
    data = text.encode("cp1252")
    notes = []
    found = decode("r.csv", data, "cp1252", notes)
    assert found == text or (notes and found == data.decode("utf-8-sig"))
