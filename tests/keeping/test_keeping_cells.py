"""Cells change and nothing beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph.errors import LedgerError
from refgraph.keeping.engine.cells import Cells
from refgraph.reading import ReadOptions

COLUMNS = ["person", "aliases", "note"]


def quoted(text, separator):
    return '"' + text.replace('"', '""') + '"'


def plain(text, separator):
    awkward = any(mark in text for mark in f'{separator}"\r\n') or text != text.strip()
    return quoted(text, separator) if awkward or not text else text


TEXTS = names() | st.sampled_from(["", 'a "b" c', "two\nlines", "x;y,z", "| \t", "''", "a b"])
STYLED = st.tuples(TEXTS, st.sampled_from([plain, quoted]), st.sampled_from(["", " "]))


@st.composite
def tables(draw):
    """Draw a table as people write them, with its rows."""
    separator = draw(st.sampled_from([",", ";", "\t"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    drawn = draw(st.lists(st.tuples(STYLED, STYLED, STYLED), min_size=1, max_size=5))
    rows = [[text for text, _, _ in row] for row in drawn]
    lines = [
        separator.join(blank + style(text, separator) for text, style, blank in row)
        for row in drawn
    ]
    kept = [at for at, row in enumerate(rows) if any(map(str.strip, row))]
    mark = draw(st.sampled_from(["", "\ufeff"]))
    text = mark + end.join([separator.join(COLUMNS), *lines]) + end
    return text.encode(), [rows[at] for at in kept], [lines[at] for at in kept]


@given(tables(), st.data())
def test_a_cell_changes_and_every_other_byte_stays(table, data):
    content, rows, lines = table
    cells = Cells.of("p.csv", content, COLUMNS)
    assert [list(row) for row in cells.source.rows] == rows
    if not rows:
        return
    assert [cells.line(row) for row in range(len(rows))] == [line.rstrip("\r\n") for line in lines]
    row = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, 2))
    new = data.draw(names() | st.sampled_from(["a,b;c\td", 'say "x"', "two\nlines"]))
    after = cells.edited({(row, place): new})
    at = content.index(b"\n") + 1  # rows may be equal: the one that is meant, in its turn
    for line in lines[: row + 1]:
        found = content.index(line.encode(), at)
        at = found + len(line.encode())
    at = found
    assert after[:at] == content[:at]
    rest = len(content) - at - len(lines[row].encode())
    assert after[len(after) - rest :] == content[len(content) - rest :]
    read = Cells.of("p.csv", after, COLUMNS).source.rows
    rows[row][place] = new
    assert [list(each) for each in read] == rows


@given(tables(), st.data())
def test_a_row_is_taken_out_and_every_other_byte_stays(table, data):
    content, rows, _ = table
    if not rows:
        return
    row = data.draw(st.integers(0, len(rows) - 1))
    cells = Cells.of("p.csv", content, COLUMNS)
    after = cells.edited({}, removed=[row])
    assert len(after) < len(content)
    read = Cells.of("p.csv", after, COLUMNS).source.rows
    assert [list(each) for each in read] == rows[:row] + rows[row + 1 :]
    assert cells.edited({}) == content


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_a_file_are_kept(end):
    content = end.join(["person,aliases", "Ann,", '"Bo ""B"" Park",x', "Cy,y", ""]).encode()
    cells = Cells.of("p.csv", content, COLUMNS)
    assert cells.edited({(1, 1): "z"}) == content.replace(b",x", b",z")
    assert cells.edited({}, [1]) == content.replace(b'"Bo ""B"" Park",x' + end.encode(), b"")


def test_cells_between_blanks_are_changed_too_but_cannot_hold_one():
    content = b"% people\n  Ann \t Bo  1\nCy Di 2\n"
    options = ReadOptions(columns={"giver": "1", "receiver": "2", "count": "3"}, header=False)
    options = ReadOptions(**{**{n: getattr(options, n) for n in options.__slots__}, "comment": "%"})
    cells = Cells.of("r.csv", content, options=options)
    assert cells.edited({(0, 0): "Person-x"}) == b"% people\n  Person-x \t Bo  1\nCy Di 2\n"
    with pytest.raises(LedgerError, match="blanks separate the fields here"):
        cells.edited({(0, 0): "Ann Lee"})


def test_broken_rows_are_refused_before_anything_is_changed():
    with pytest.raises(LedgerError, match="never closed"):
        Cells.of("p.csv", b'person,aliases\n"Ann,\nBo,\n', COLUMNS)
