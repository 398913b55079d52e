"""A matrix: which cells are referrals of whom, what its totals must be, and what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.reading.files.split_rows import source_of_rows
from refgraph.reading.networks.adjacency_matrix import take_matrix

PEOPLE = ("Ann Lee", "Bo", "Cy")
PAIRS = [(a, b) for a in PEOPLE for b in PEOPLE if a != b]
TIES = st.dictionaries(st.sampled_from(PAIRS), st.integers(1, 12), min_size=1)
BLANKS = ["", " ", "-", "\u2013", "\u2014", "0", "0.0"]


def matrix(ties, corner="", blank="", total=None, *, upside_down=False):
    """Give the rows of a matrix, with totals beside and below it under a name for them."""
    cells = [
        [ties.get((b, a) if upside_down else (a, b), 0) if a != b else 0 for b in PEOPLE]
        for a in PEOPLE
    ]
    shown = [[str(number) if number else blank for number in row] for row in cells]
    rows = [[corner, *PEOPLE], *([who, *row] for who, row in zip(PEOPLE, shown, strict=True))]
    if total is not None:
        rows[0].append(total)
        for row, numbers in zip(rows[1:], cells, strict=True):
            row.append(str(sum(numbers)))
        down = [sum(column) for column in zip(*cells, strict=True)]
        rows.append([total, *map(str, down), str(sum(down))])
    return rows


def taken(rows, first=1):
    """Take a matrix whose rows begin on a line: its ties and their lines, and what is said."""
    source, notes = source_of_rows("m.csv", rows, range(first, first + len(rows))), []
    assert take_matrix(source, notes)
    assert source.rows[0] == ["giver", "receiver", "count"]
    assert source.lines[0] == first or len(rows[0]) < len(PEOPLE)
    places = zip(source.rows[1:], source.lines[1:], strict=True)
    return {(giver, receiver): (float(n), line) for (giver, receiver, n), line in places}, notes


def expected(ties, first=1, *, upside_down=False):
    """Where each tie stands: on the line of the person whose row it is in."""
    line = {who: first + at for at, who in enumerate(PEOPLE, 1)}
    return {pair: (float(n), line[pair[upside_down]]) for pair, n in ties.items()}


@given(TIES, st.sampled_from(BLANKS), st.sampled_from([None, "Total", "Summe"]))
def test_each_cell_that_counts_is_a_referral_on_its_line(ties, blank, total):
    told, notes = taken(matrix(ties, blank=blank, total=total), first=4)
    assert told == expected(ties, 4)
    totals = "" if total is None else "; its totals are no people"
    axes = "rows give, columns receive, its referrals are undated"
    assert notes == [f"m.csv: this is a matrix: {axes}{totals}"]


RECEIVING = [
    *("To / From", "to", "Receiver / Giver", "received", "received by", "Recipients \\ givers"),
    *("(recipient)", "Erhalten von", "bekommen", "Empfänger", "empfanger", "an", "An / von"),
    *("an von", "vers / de", "Reçu par", "recu", "à / de", "A: de", "para / de", "recibido"),
    *("recebido", "ricevuto da", "a / da", "aan / van", "naar", "ontvangen"),
    *("rows receive", "row got", "received by rows", "receivers in rows", "to (in rows)"),
    *("from columns", "givers in columns", "columns give", "Zeilen erhalten", "Zeile: bekommt"),
    *("lignes reçoivent", "filas reciben", "linhas recebem", "righe ricevono", "rijen ontvangen"),
]
GIVING = [
    *("", "From / To", "Giver / Receiver", "Name", "Toronto", "Tomas", "Anna", "an apple"),
    *("parachutes", "verso", "Vera", "Aanmelder", "given to", "rows give", "columns receive"),
    *("von / an", "de / à", "Narrows receive", "Zeilen geben", "person"),
]


@pytest.mark.parametrize(
    ("corner", "upside_down"),
    [*((corner, True) for corner in RECEIVING), *((corner, False) for corner in GIVING)],
)
def test_a_corner_says_whose_rows_they_are(corner, upside_down):
    ties = {("Ann Lee", "Bo"): 2, ("Bo", "Cy"): 3, ("Cy", "Bo"): 1}
    told, notes = taken(matrix(ties, corner, upside_down=upside_down))
    assert told == expected(ties, upside_down=upside_down)
    assert ("rows receive, columns give, as it says" in notes[0]) == upside_down
    assert taken(matrix(ties, corner.upper(), upside_down=upside_down))[0] == told


@pytest.mark.parametrize("above", [["Rows receive"], ["2026", "columns give"], ["", "To rows"]])
def test_a_title_above_it_says_so_too_and_is_no_row(above):
    ties = {("Ann Lee", "Bo"): 2, ("Cy", "Ann Lee"): 3}
    rows = [[*above, "", ""][:4], ["", "", "", ""], *matrix(ties, "Name", upside_down=True)]
    source, notes = source_of_rows("m.csv", rows, range(1, 7)), []
    assert take_matrix(source, notes)
    assert [(row, line) for row, line in zip(source.rows, source.lines, strict=True)][1:] == [
        (["Cy", "Ann Lee", "3"], 4),
        (["Ann Lee", "Bo", "2"], 5),
    ]
    assert "rows receive" in notes[0]


@pytest.mark.parametrize(
    ("beside", "below", "more"),
    [
        ("Average", "Goal 2026", ", nor are Average, Goal 2026"),
        ("Total", "Last year", ", nor are Last year"),
        ("Median", "", ", nor are Median"),
    ],
)
def test_what_heads_an_average_is_nobody_and_is_named(beside, below, more):
    rows = matrix({("Ann Lee", "Bo"): 2, ("Bo", "Ann Lee"): 4}, total="Total")
    rows[0][-1], rows[-1] = beside, [below, *(["9"] * 4 if below else rows[-1][1:])]
    told, notes = taken(rows)
    assert told == expected({("Ann Lee", "Bo"): 2, ("Bo", "Ann Lee"): 4})
    assert notes[0].endswith(f"; its totals are no people{more}")


@given(TIES, st.data())
def test_a_total_that_is_none_is_refused_and_right_once_it_is_corrected(ties, data):
    rows = matrix(ties, total="Total")
    places = [(at, 4) for at in (1, 2, 3)] + [(4, at) for at in (1, 2, 3)]
    at, to = data.draw(st.sampled_from(places))
    right = rows[at][to]
    rows[at][to] = f" {int(right) + 1} "
    source = source_of_rows("m.csv", rows, range(7, 7 + len(rows)))
    with pytest.raises(LedgerError) as caught:
        take_matrix(source, [])
    (problem,) = caught.value.problems
    assert problem.line == 7 + at
    assert problem.message == (
        f"a total says '{int(right) + 1}', and its cells add up to {int(right)}"
    )
    assert problem.hint == "correct it, or remove the totals; a person needs another name"
    rows[at][to] = right
    assert taken(rows)[0] == expected(ties)
    assert taken([row[:4] for row in rows[:4]])[0] == expected(ties)
    # a total may count the people instead, or say nothing
    cells = rows[at][1:4] if to == 4 else [row[to] for row in rows[1:4]]
    for another in (str(sum(map(bool, cells))), " "):
        rows[at][to] = another
        assert taken(rows)[0] == expected(ties)


@pytest.mark.parametrize(
    "rows",
    [
        [["", "Ann", "Bo"], ["Cy", "1", "2"], ["Di", "3", "4"]],  # nobody is on both axes
        [
            ["", "Ann", "Bo", "Cy", "Di", "Ed"],
            ["Ann", *"12345"],
            ["Bo", *"12345"],
        ],  # or two of five
        [["", "Ann"], ["Ann", "1"]],
        [["", "Ann", "Bo"], ["Ann", "0", "2"], ["Cy", "1", "2"]],  # one is
        [["", "Ann", "Bo"], ["Ann", "0"], ["Bo", "1", "0"]],  # rows of two widths
        [["", "Total", "Sum"], ["Total", "1", "2"], ["Sum", "1", "2"]],
        [["", "Ann", "Bo"]],
    ],
)
@pytest.mark.parametrize("above", [[], [["A title"]]])
def test_a_table_that_is_no_matrix_is_left_as_it_is(rows, above):
    rows = [*above, *rows]
    source = source_of_rows("m.csv", [[*row] for row in rows], range(1, len(rows) + 1))
    notes = []
    assert take_matrix(source, notes) is False
    assert source.rows == rows
    assert [*source.lines] == [*range(1, len(rows) + 1)]
    assert notes == []


def test_cells_that_hold_an_error_are_told_all_at_once():
    rows = matrix({("Ann Lee", "Bo"): 2, ("Bo", "Ann Lee"): 4})
    source = source_of_rows("m.csv", rows, [1, 2, 3, 4])
    source.faults = {
        (4, 1): ("cell B4 holds #N/A", "clear it"),
        (2, 2): ("no", "x"),
        (9, 1): ("", ""),
    }
    with pytest.raises(LedgerError) as caught:
        take_matrix(source, [])
    told = [(each.line, each.message, each.hint) for each in caught.value.problems]
    assert told == [(2, "no", "x"), (4, "cell B4 holds #N/A", "clear it")]


@pytest.mark.parametrize(("axis", "line"), [("columns", 3), ("rows", 3)])
def test_a_name_stands_once_on_each_axis(axis, line):
    rows = matrix({("Ann Lee", "Bo"): 2})
    if axis == "columns":
        rows = [
            [*row, *again] for row, again in zip(rows, [["Bo"], ["1"], [""], [""]], strict=True)
        ]
    else:
        rows.append(["Ann  Lee", "", "1", ""])
    with pytest.raises(LedgerError) as caught:
        taken(rows, first=line)
    (problem,) = caught.value.problems
    who = "Bo" if axis == "columns" else "Ann Lee"
    assert (problem.line, problem.message) == (line, f"'{who}' names two {axis} of this matrix")
    assert problem.hint == "give each its own name"
