"""Bytes become text in the encoding that was named, or what they are instead is said."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.reading.files.encodings import check_encoding, decode, encode, mark_of


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        *((b"", None, ""), (b"\xef\xbb\xbfa", None, "a"), ("é".encode(), "cp1252", "é")),
        *(
            (b"\xe9", "latin-1", "é"),
            (b"abc", "cp1252", "abc"),
            (b"\xef\xbb\xbf\xc3\xa9", "cp437", "é"),
        ),
        *(("é".encode("utf-16"), "utf-16", "é"), ("é".encode("utf-16-le"), "utf-16-le", "é")),
        *(("\ufeffé".encode("utf-16-be"), "utf-16-be", "é"), ("é".encode("utf-32"), "utf-32", "é")),
        *(
            (b"", "utf-16", ""),
            (b"\xff\xfe", "utf-16", ""),
            ("表".encode("shift-jis"), "shift-jis", "表"),
            (b"a", "utf-8-sig", "a"),
        ),
    ],
)
def test_bytes_are_read_in_their_encoding(data, encoding, text):
    assert decode("r.csv", data, encoding) == text


def test_what_is_utf8_beyond_doubt_is_said_to_be():
    notes = []
    assert decode("r.csv", "é".encode(), "cp1252", notes) == "é"
    assert notes == ["r.csv: read as UTF-8, which it is, and not as cp1252"]
    for data, name in ((b"abc", "cp1252"), (b"\xe9", "cp1252"), ("é".encode(), "utf-8")):
        decode("r.csv", data, name, notes)
    assert len(notes) == 1


SAVE = "save the file as CSV, UTF-8"


@pytest.mark.parametrize(
    ("data", "encoding", "line", "message", "hint"),
    [
        (b"PK\x03\x04", None, 0, "this is a zip archive, not text", SAVE),
        (b"%PDF-1", "cp1252", 0, "this is a PDF, not text", SAVE),
        (
            b"\0" * 9 + b"a",
            None,
            0,
            "this file holds zero bytes, not text",
            "restore it from a copy",
        ),
        *(
            (
                "date".encode(name),
                None,
                0,
                "this is UTF-16 text, not UTF-8",
                f"read it with --encoding {name}, or {SAVE}",
            )
            for name in ("utf-16", "utf-16-le", "utf-16-be")
        ),
        (
            b"a\nb\xe9c",
            None,
            2,
            "byte 2 of this line, 0xE9, is not UTF-8",
            f"if it is Windows or Latin-1 text, say --encoding cp1252, or {SAVE}",
        ),
        (b"\xef\xbb\xbf\xe9", None, 1, "byte 1 of this line, 0xE9, is not UTF-8", SAVE),
        (b"a\xe9", "utf-8", 1, "byte 2 of this line, 0xE9, is not UTF-8", SAVE),
        (
            b"abc",
            "utf-16",
            0,
            "this is not utf-16 text, which holds zero bytes",
            "leave out --encoding, or name another",
        ),
        (
            b"a\nb\x81",
            "cp1252",
            2,
            "byte 4 of this file, 0x81, is not cp1252",
            f"name the right encoding, or {SAVE}",
        ),
        (
            b"a\0b",
            "utf-16-le",
            1,
            "this utf-16-le text ends in the middle of a letter",
            "it may be cut off: restore it from a copy",
        ),
    ],
)
def test_bytes_that_are_no_such_text(data, encoding, line, message, hint):
    with pytest.raises(LedgerError) as refused:
        decode("r.csv", data, encoding)
    (problem,) = refused.value.problems
    assert (problem.line, problem.message) == (line, message)
    assert problem.hint == hint


@given(
    st.text(st.sampled_from("aé\n,"), max_size=5),
    st.text(st.sampled_from("bü"), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32", "latin-1"]),
)
def test_what_is_added_is_read_with_what_stands_there(old, new, encoding):
    stands = old.encode(encoding)
    both = stands + encode("r.csv", new, stands, encoding)
    if stands or encoding not in ("utf-16", "utf-32", "utf-8-sig"):
        assert decode("r.csv", both, encoding) == old + new
        assert both.count(codecs.BOM_UTF16_LE) <= 1 or encoding == "utf-32"


def test_what_an_encoding_cannot_write_is_named():
    with pytest.raises(LedgerError, match="'李' cannot be written in cp1252; nothing was written"):
        encode("r.csv", "é李", b"\xe9", "cp1252")
    assert encode("r.csv", "李", "é".encode(), "cp1252") == "李".encode()


@pytest.mark.parametrize(
    ("encoding", "hint"),
    [
        *(
            (known, None)
            for known in (None, "UTF8", "cp1252", "Latin-1", "utf_16", "big5", "koi8-r")
        ),
        *(("cp12252", "did you mean cp1252?"), ("shift_jiss", "did you mean shift-jis?")),
        *((odd, "say it like cp1252") for odd in ("zzzz", "punycode", "idna", "a\0b", "undefined")),
        *((odd, "") for odd in ("base64", "rot13", "zlib", "unicode_escape", "hex")),
    ],
)
def test_an_encoding_is_one_that_a_file_can_have(encoding, hint):
    problems = check_encoding("r.csv", encoding)
    assert bool(problems) == (hint is not None)
    if problems:
        assert problems[0].hint.startswith(hint)


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        *((codecs.BOM_UTF8 + b"a", codecs.BOM_UTF8), (b"a", b""), (b"", b"")),
        *((bom + b"a\0", bom) for bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
        *((bom + b"a\0\0\0", bom) for bom in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    ],
)
def test_the_mark_of_a_file(data, mark):
    assert mark_of(data) == mark


# ------------------------------------------------------------------ laws

LETTERS = {
    "cp1252": "aé€ß",
    "latin-1": "aé÷ß",
    "mac-roman": "aé∞Ω",
    "cp437": "aé░Σ",
    "cp1251": "aЖя№",
    "koi8-r": "aЖя█",
    "iso-8859-15": "aé€Ž",
    "cp1253": "aΩ€ή",
    "shift-jis": "aカ表ア",
    "gb18030": "a李𠀀é",
    "big5": "a李雷",
    "euc-kr": "a가힝",
    "utf-16": "aé李𠀀",
    "utf-16-be": "aé李𠀀",
    "utf-32": "aé李𠀀",
    "utf-8": "aé李𠀀",
    "utf-8-sig": "aé李𠀀",
}


@given(st.sampled_from([*LETTERS]), st.data())
def test_what_an_encoding_writes_is_read_in_it_and_what_is_added_too(name, data):
    text, more = (data.draw(st.text(LETTERS[name] + "\n,", max_size=9)) + "\n" for _ in "ab")
    old, notes = text.encode(name), []
    read = decode("r.csv", old, name, notes)
    assert read == text or (notes and read == old.decode())  # it is UTF-8 beyond doubt
    if not notes or more.isascii():
        added = encode("r.csv", more, old, name)
        both = decode("r.csv", old + added, name, notes)
        assert both == read + more or notes
        assert encode("r.csv", more, old, name) == added


@given(st.text("aé李,", max_size=9), st.text("ab,1", min_size=30, max_size=40))
def test_text_of_wide_letters_is_named_and_read_as_it_is_named(text, plain):
    whole = f"{plain}\n{text}\n"
    names = ["utf-16", "utf-32", "utf-16-le", "utf-16-be"]
    marked = [
        ("\ufeff" + whole).encode(f"{name}-{end}") for name in names[:2] for end in ("le", "be")
    ]
    for data, name in [
        *((whole.encode(name), name) for name in names),
        *zip(marked, names[:1] * 2 + names[1:2] * 2, strict=True),
    ]:
        for told in (None, "utf-8"):
            with pytest.raises(LedgerError) as caught:
                decode("r.csv", data, told)
            (problem,) = caught.value.problems
            assert problem.message == f"this is {name[:6].upper()} text, not UTF-8"
            remedy = problem.hint.removeprefix("read it with --encoding ").partition(",")[0]
            assert decode("r.csv", data, remedy) == whole


@given(st.text("aé\n\r,", max_size=12), st.text("aé\n", max_size=9), st.booleans())
def test_the_byte_that_is_not_utf8_is_counted_in_its_line(before, after, marked):
    data = b"\xef\xbb\xbf" * marked + before.encode() + b"\xff" + after.encode()
    with pytest.raises(LedgerError) as caught:
        decode("r.csv", data)
    (problem,) = caught.value.problems
    lines = data.split(b"\n")
    assert 0xFF in lines[problem.line - 1]
    place = lines[problem.line - 1].removeprefix(b"\xef\xbb\xbf").index(0xFF) + 1
    assert problem.message == f"byte {place} of this line, 0xFF, is not UTF-8"
    if marked:  # whatever is said, it is read as what its mark says
        assert problem.hint == SAVE
    else:
        assert problem.hint == f"if it is Windows or Latin-1 text, say --encoding cp1252, or {SAVE}"
        assert decode("r.csv", data, "cp1252").count("ÿ") == 1
