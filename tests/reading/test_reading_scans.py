"""What the scans of a workbook find: cells, runs of them, records, and the chains of a file."""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise

import pytest
from binary_workbook import _record
from hypothesis import example, given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.reading.files.file_format import PLAIN
from refgraph.reading.sheets import compound_file, xlsb
from refgraph.reading.sheets.compound_file import pack_stream, read_streams
from refgraph.reading.sheets.scan import (
    MOST_COLUMNS,
    MOST_LINES,
    Scan,
    Unsafe,
    cell_name,
    cells_of,
    check_room,
    counted_in,
)
from refgraph.reading.sheets.struck_fonts import struck_records
from refgraph.reading.sheets.workbook import open_sheet, sheet_names
from refgraph.reading.sheets.xlsx import column_of

SMALL = st.integers(1, 4)
RUNS = st.lists(st.tuples(SMALL, SMALL, SMALL, SMALL), max_size=4)


# ------------------------------------------------------------------ cells and runs


@given(RUNS, st.sets(st.integers(1, 9)), st.integers(1, 6))
def test_the_cells_of_runs_are_those_of_lines_and_columns_that_are_there(runs, lines, width):
    every = [
        (line, at)
        for top, left, height, breadth in runs
        for line in range(top, top + height)
        for at in range(left, left + breadth)
        if line in lines and at < width
    ]
    assert [*cells_of(runs, lines, width)] == every


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), max_size=6))
def test_lines_that_are_hidden_one_after_the_other_are_one_run(drawn):
    scan, every, line = Scan(), [], 0
    for gap, many in drawn:
        line += gap - 1
        scan.hide_lines(line + 1, many)
        every += range(line + 1, line + 1 + many)
        line += many
    assert counted_in(scan.hidden_lines, range(99)) == len(every)
    assert [at for first, many in scan.hidden_lines for at in range(first, first + many)] == every
    assert all(first + many < after for (first, many), (after, _) in pairwise(scan.hidden_lines))


@given(st.lists(st.tuples(SMALL, SMALL), unique=True, max_size=9))
def test_cells_that_are_struck_side_by_side_are_one_run(cells):
    scan = Scan()
    for line, at in sorted(cells):
        scan.strike(line, at)
    assert [*cells_of(scan.struck, range(9), 9)] == sorted(cells)
    runs = sorted(scan.struck)
    assert all((a, b + n) != (c, d) for (a, b, _, n), (c, d, _, _) in pairwise(runs))


def test_runs_of_several_lines_join_nothing():
    scan = Scan()
    for run in ((2, 0, 2, 1), (2, 1), (2, 2, 1, 3), (2, 5, 2, 1), (3, 1)):
        scan.strike(*run)
    assert scan.struck == [(2, 0, 2, 1), (2, 1, 1, 4), (2, 5, 2, 1), (3, 1, 1, 1)]


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 40)), min_size=1))
def test_the_area_is_what_lies_between_the_outermost_cells(cells):
    scan = Scan()
    assert scan.area == 0
    for line, at in cells:
        scan.place(line, at)
    lines, places = zip(*cells, strict=True)
    assert scan.area == (max(lines) - min(lines) + 1) * (max(places) - min(places) + 1)
    assert scan.wide is None


def test_the_first_line_that_is_too_wide_is_kept_and_one_too_far_is_no_sheet():
    scan = Scan()
    for line, at in ((MOST_LINES, 0), (4, MOST_COLUMNS - 1)):
        scan.place(line, at)
    assert scan.wide is None
    for line, at in ((5, MOST_COLUMNS), (6, MOST_COLUMNS + 5)):
        scan.place(line, at)
    assert scan.wide == (5, MOST_COLUMNS + 1)
    with pytest.raises(Unsafe):
        scan.place(MOST_LINES + 1, 0)


@given(st.integers(0, 18_277), st.integers(1, MOST_LINES))
def test_the_name_of_a_cell_is_that_of_its_column_and_line(at, line):
    name = cell_name(at, line)
    letters = name.rstrip("0123456789")
    assert name == f"{letters}{line}"
    assert column_of(letters) == column_of(letters.lower()) == at


@pytest.mark.parametrize(
    ("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_have_the_letters_of_a_spreadsheet(at, letters):
    assert cell_name(at, 1) == f"{letters}1"
    assert column_of(letters) == at


def test_the_room_of_cells_is_bounded_and_more_for_a_larger_file():
    fits = 120_000_000 // 64
    check_room(fits, 0)
    with pytest.raises(Unsafe) as caught:
        check_room(fits + 1, 0)
    check_room(fits + 1, 7)
    assert caught.value.message == (
        "this workbook asks for the room of 1,875,001 cells, far more than it holds"
    )
    assert caught.value.hint.startswith("clear what stands far from the table")


# ------------------------------------------------------------------ records of an .xlsb


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 1, 127, 128, 156, 617, 16_383]),
            st.sampled_from([0, 1, 127, 128, 16_383, 16_384]),
        ),
        max_size=5,
    )
)
def test_records_come_back_with_their_kind_and_their_ends(drawn):
    pieces = [_record(kind, bytes([at] * length)) for at, (kind, length) in enumerate(drawn)]
    begins = [0, *accumulate(map(len, pieces))]
    told = [*xlsb._records(b"".join(pieces))]
    assert [(kind, end - content) for kind, _, content, end in told] == drawn
    assert [(begin, end) for _, begin, _, end in told] == [*pairwise(begins)]
    if drawn and drawn[-1][1]:
        with pytest.raises(Unsafe):
            [*xlsb._records(b"".join(pieces)[:-1])]


@pytest.mark.parametrize(("length", "fits"), [(b"\x80\x80\x80\x00", True), (b"\x80" * 4, False)])
def test_the_length_of_a_record_has_four_bytes_at_most(length, fits):
    data = b"\x01" + length + b"\x01" * 9
    if fits:
        assert next(xlsb._records(data)) == (1, 0, 5, 5)
    else:
        with pytest.raises(Unsafe):
            next(xlsb._records(data))


# ------------------------------------------------------------------ texts of an .xls

PIECES = st.lists(
    st.tuples(st.text("ab é李", min_size=1, max_size=4), st.integers(0, 2)), max_size=4
)


def as_text(pieces, extra):
    """Give a shared text of pieces and their fonts: its bytes, and where its letters stand."""
    letters = "".join(text for text, _ in pieces)
    starts = [0, *accumulate(len(text) for text, _ in pieces)]
    runs = b"".join(
        struct.pack("<2H", start, font)
        for start, (_, font) in zip(starts, pieces, strict=False)
        if start or font
    )
    wide = any(letter > "\xff" for letter in letters)
    head = struct.pack("<HB", len(letters), wide | 4 * bool(extra) | 8 * bool(runs))
    head += struct.pack("<H", len(runs) // 4) if runs else b""
    head += struct.pack("<I", extra) if extra else b""
    body = letters.encode("utf-16-le" if wide else "latin-1")
    return head, body, runs + bytes(extra), wide


CUT = st.none() | st.integers(0, 5)


@given(st.lists(st.tuples(PIECES, st.integers(0, 2), CUT), min_size=1, max_size=4))
@example([([("a", 0), ("李b", 1)], 2, 1), ([("é", 1), (" ", 0)], 1, 0), ([("b", 2)], 0, None)])
def test_a_shared_text_is_struck_where_all_its_letters_are_and_partly_where_some(texts):
    fonts = [False, True, False]
    parts, now, expected = [], struct.pack("<2I", 9, len(texts)), {}
    for number, (pieces, extra, cut) in enumerate(texts):
        head, body, tail, wide = as_text(pieces, extra)
        now += head
        if cut is not None and (cut := cut * (1 + wide)) < len(body):  # another record goes on
            parts.append(now + body[:cut])
            now, body = bytes([wide]), body[cut:]
        now += body + tail
        strikes = {fonts[font] for text, font in pieces if text.strip()}
        if True in strikes:
            expected[number] = strikes == {True}
    whole = [*parts, now]
    assert struck_records(whole, fonts) == expected
    assert struck_records(whole, [False] * 3) == struck_records(whole, []) == {}
    with pytest.raises(Unsafe):
        struck_records([*parts, now[:-1]], fonts)


# ------------------------------------------------------------------ compound files


@given(st.sampled_from([0, 1, 4_095, 4_096, 4_097, 40_960]), st.sampled_from(["Workbook", "Б"]))
def test_a_stream_that_is_packed_is_unpacked(length, name):
    content = bytes(at % 251 for at in range(length))
    data = pack_stream(name, content)
    assert len(data) % 4096 == 0
    assert read_streams(data, {name}) == {name: content.ljust(4096, b"\0")}
    assert read_streams(data, {"other"}) == {name: b""}


def small(streams, *, apart=False):
    """Write a compound file of sectors of 512 bytes whose short streams are in its tiny ones.

    With `apart`, the list of the parts of its table stands in a sector, and not in the header.
    """
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    sectors, links, tiny, tiny_links, entries = [], [], b"", [], []

    def chain(content):
        first = len(sectors)
        many = -(-len(content) // 512)
        sectors.extend(
            content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)
        )
        links.extend([*range(first + 1, first + many), end])
        return first

    for name, content in streams.items():
        if len(content) < 4096:
            start, many = len(tiny_links), -(-len(content) // 64)
            tiny += content.ljust(64 * many, b"\0")
            tiny_links += [*range(start + 1, start + many), end]
        else:
            start = chain(content)
        entries.append((name, 2, start, len(content)))
    root = chain(tiny) if tiny else end
    links_at = chain(struct.pack(f"<{len(tiny_links)}I", *tiny_links)) if tiny_links else end
    directory = chain(
        b"".join(
            struct.pack(
                "<64sHBB3I36xIQ", (n := name.encode("utf-16-le")), len(n) + 2, kind, 1, none, none,
                none, start, size,
            )
            for name, kind, start, size in [("Root Entry", 5, root, len(tiny)), *entries]
        )
    )  # fmt: skip
    more = end
    if apart:
        more = chain(bytes(512))
        sectors[more] = struct.pack("<128I", len(sectors), *[none] * 126, end)
    table = len(sectors)
    sectors.append(struct.pack("<128I", *links, *[none] * (128 - len(links))))
    parts = [none if apart else table, *[none] * 108]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, directory, 0, 4096, links_at, 1, more, int(apart))
    return b"".join([head + struct.pack("<109I", *parts), *sectors])


STREAMS = st.dictionaries(
    st.sampled_from(["Workbook", "Book", "x"]),
    st.integers(0, 5_000).map(lambda length: bytes(at % 253 for at in range(length))),
)


@given(STREAMS, st.booleans())
def test_short_and_long_streams_are_read_wherever_the_table_is_listed(streams, apart):
    streams = {name: content for name, content in streams.items() if content}
    data = small(streams, apart=apart)
    assert read_streams(data, streams) == streams
    assert read_streams(data, ()) == dict.fromkeys(streams, b"")


@given(STREAMS, st.integers(0, 2_000), st.integers(0, 255))
def test_a_compound_file_with_a_wrong_byte_is_read_or_refused(streams, place, byte):
    data = bytearray(small(streams, apart=bool(place % 2)))
    data[place % len(data)] = byte
    for broken in (bytes(data), bytes(data)[:-place]):
        try:
            found = read_streams(broken, streams)
        except Unsafe:
            continue
        assert all(isinstance(content, bytes) for content in found.values())


def test_chains_that_lead_in_a_circle_or_out_of_the_file_are_refused():
    data = small({"Workbook": bytes(5_000)})
    table = len(data) - 512
    for sector, leads in ((9, 0), (0, 0), (3, 127), (9, 60_000)):
        broken = bytearray(data)
        struct.pack_into("<I", broken, table + 4 * sector, leads)
        with pytest.raises(Unsafe):
            read_streams(bytes(broken), {"Workbook"})
    listed = bytearray(small({"x": bytes(9)}, apart=True))
    begin = 512 * (1 + struct.unpack_from("<I", listed, 68)[0])
    struct.pack_into("<I", listed, begin + 508, begin // 512 - 1)  # the list goes on in itself
    with pytest.raises(Unsafe):
        read_streams(bytes(listed), {"x"})


def test_a_table_that_is_listed_again_and_again_does_not_take_the_room():
    data = bytearray(small({"x": bytes(9)}))
    assert read_streams(bytes(data), {"x"}) == {"x": bytes(9)}
    sector = struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<109I", data, 76, *[sector] * 109)
    with pytest.raises(Unsafe):
        read_streams(bytes(data), {"x"})


def test_a_stream_is_as_long_as_the_header_has_room_for(monkeypatch):
    monkeypatch.setattr(compound_file, "_PARTS", 1)
    longest = bytes(4096 * (1024 - 1 - 2))  # of what a part of the table lists
    assert read_streams(pack_stream("x", longest), {"x"}) == {"x": longest}
    with pytest.raises(Unsafe):
        pack_stream("x", longest + b"1")


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        ("EncryptedPackage", "this workbook is locked with a password"),
        ("Book", "this is a workbook from before Excel 97"),
        ("Word", "this is an Office file, not a workbook"),
        ("Workbook", "this workbook is damaged, or not made by a spreadsheet"),
    ],
)
def test_why_a_workbook_cannot_be_opened_is_said_of_its_sheets_too(stream, message):
    data = pack_stream(stream, b"\1\0\xff\xff")  # a record that goes on behind the end
    for read in (lambda: open_sheet("w.xls", data, [], PLAIN), lambda: sheet_names("w.xls", data)):
        with pytest.raises(LedgerError) as caught:
            read()
        (problem,) = caught.value.problems
        assert (problem.path, problem.message) == ("w.xls", message)
        assert problem.hint.startswith("open it in a spreadsheet and save it ")
