"""Every message of the reader, as the person at the keyboard sees it."""

from __future__ import annotations

from datetime import date

import pytest

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read

TODAY = date(2026, 6, 30)
HEAD = "date,giver,receiver"


def said(path, folder, **options):
    """The whole message, without the folder."""
    with pytest.raises(LedgerError) as caught:
        read(path, ReadOptions(**{"today": TODAY, **options}))
    return str(caught.value).replace(f"{folder}/", "").replace(str(folder), "BOOK")


def put(folder, name, text):
    raw = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(raw)
    return folder / name


ROWS = {
    "no such day": (
        f"{HEAD}\n2026-02-30,Ann,Bo\n",
        "r.csv:2: there is no 2026-02-30\n    2 | 2026-02-30,Ann,Bo\n      = dates are YYYY-MM-DD",
    ),
    "another form of date": (
        f"{HEAD}\n02012026,Ann,Bo\n",
        "r.csv:2: there is no 02012026\n    2 | 02012026,Ann,Bo\n      = dates are YYYY-MM-DD",
    ),
    "the future": (
        f"{HEAD}\n2026-07-02,Ann,Bo\n",
        (
            "r.csv:2: 2026-07-02 is after today, 2026-06-30\n"
            "    2 | 2026-07-02,Ann,Bo\n"
            "      = correct the date, or set today with --today"
        ),
    ),
    "oneself": (
        f"{HEAD}\n2026-01-01,Ann,Ann\n",
        "r.csv:2: 'Ann' cannot refer to themselves\n    2 | 2026-01-01,Ann,Ann",
    ),
    "nobody": (
        f"{HEAD}\n2026-01-01,,\u200b\n",
        (
            "r.csv:2: the giver is not named\n"
            "    2 | 2026-01-01,,\u200b\n"
            "r.csv:2: the receiver is not named\n"
            "    2 | 2026-01-01,,\u200b"
        ),
    ),
    "too many fields": (
        f"{HEAD}\n2026-01-01,Lee, Ann,Bo\n",
        (
            "r.csv:2: expected 3 fields, got 4\n"
            "    2 | 2026-01-01,Lee, Ann,Bo\n"
            '      = quote a name that contains a comma: "Lee, Ann"'
        ),
    ),
    "too few fields": (
        f"{HEAD}\n2026-01-01,Ann\n",
        (
            "r.csv:2: expected 3 fields, got 2\n"
            "    2 | 2026-01-01,Ann\n"
            "      = write the empty fields too"
        ),
    ),
    "empty fields too many": (
        f"{HEAD}\n2026-01-01,Ann,Bo,,\n",
        (
            "r.csv:2: expected 3 fields, got 5\n"
            "    2 | 2026-01-01,Ann,Bo,,\n"
            "      = remove the empty fields at the end"
        ),
    ),
    "a row over two lines": (
        f'{HEAD},note,x\n2026-01-01,Ann,Bo,"a\nb"\n',
        (
            "r.csv:2: expected 5 fields, got 4\n"
            '    2 | 2026-01-01,Ann,Bo,"a\n'
            "      = this row runs over several lines: is a quote left open?"
        ),
    ),
    "torn": (
        f"{HEAD},count\n2026-01-01,Ann,Bo,1",
        (
            "r.csv:2: the last line does not end in a newline: it may be cut off\n"
            "    2 | 2026-01-01,Ann,Bo,1\n"
            "      = complete the row if it is, and end the line"
        ),
    ),
    "torn header": (
        HEAD,
        (
            "r.csv:1: the only line does not end in a newline: it may be cut off\n"
            "    1 | date,giver,receiver\n"
            "      = complete the line if it is, and end it"
        ),
    ),
    "a count that is none": (
        f"{HEAD},count\n2026-01-01,Ann,Bo,two\n",
        "r.csv:2: count must be a whole number above 0, got 'two'\n    2 | 2026-01-01,Ann,Bo,two",
    ),
    "a count too large": (
        f"{HEAD},count\n2026-01-01,Ann,Bo,1000000001\n",
        (
            "r.csv:2: count can be at most 1,000,000,000, got '1000000001'\n"
            "    2 | 2026-01-01,Ann,Bo,1000000001"
        ),
    ),
    "a handoff": (
        f"{HEAD},handoff\n2026-01-01,Ann,Bo,6\n",
        (
            "r.csv:2: handoff must be 0 to 5, got '6'\n"
            "    2 | 2026-01-01,Ann,Bo,6\n"
            '      = 0 told to call or "use my name" · 1 contact shared, the call is expected · '
            "2 material or an e-mail introduction sent · 3 personal recommendation made · "
            "4 called ahead and arranged a meeting · 5 introduced in person, three-way"
        ),
    ),
    "a status": (
        f"{HEAD},status\n2026-01-01,Ann,Bo,wun\n",
        (
            "r.csv:2: 'wun' is not a status\n"
            "    2 | 2026-01-01,Ann,Bo,wun\n"
            "      = a status is one of: given, contacted, met, won, lost"
        ),
    ),
    "money": (
        f'{HEAD},value\n2026-01-01,Ann,Bo,"1.250,50"\n',
        (
            "r.csv:2: value must be a plain amount of 0 or more, got '1.250,50'\n"
            '    2 | 2026-01-01,Ann,Bo,"1.250,50"\n'
            "      = write digits with a decimal point and nothing else: 1250.50"
        ),
    ),
    "money with a comma": (
        f'{HEAD},value\n2026-01-01,Ann,Bo,"1250,50"\n',
        (
            "r.csv:2: value must be a plain amount of 0 or more, got '1250,50'\n"
            '    2 | 2026-01-01,Ann,Bo,"1250,50"\n'
            "      = if the comma is a decimal comma, say so: --decimal-comma"
        ),
    ),
    "thousands with a comma": (
        f'{HEAD},value\n2026-01-01,Ann,Bo,"1,250"\n',
        (
            "r.csv:2: value must be a plain amount of 0 or more, got '1,250'\n"
            '    2 | 2026-01-01,Ann,Bo,"1,250"\n'
            "      = write digits with a decimal point and nothing else: 1250.50"
        ),
    ),
    "an id used twice": (
        f"{HEAD},id\n2026-01-01,Ann,Bo,k1\n2026-01-02,Ann,Bo,k1\n",
        (
            "r.csv:3: the id 'k1' is already used on line 2\n"
            "    3 | 2026-01-02,Ann,Bo,k1\n"
            "      = leave the id empty and one is made from the row"
        ),
    ),
    "terminal escapes": (
        f"{HEAD}\n2026-01-01,Ann\x1b]0;x\x07,Bo\n",
        (
            "r.csv:2: 'Ann\\x1b]0;x\\x07' holds a control character, U+001B\n"
            "    2 | 2026-01-01,Ann\\x1b]0;x\\x07,Bo\n"
            "      = type this field again instead of pasting it"
        ),
    ),
    "an open quote": (
        f'{HEAD}\n2026-01-01,"Ann,Bo\n2026-01-02,Bo,Ann\n',
        (
            "r.csv:2: a quote is opened here and never closed\n"
            '    2 | 2026-01-01,"Ann,Bo\n'
            '      = close it, or write a quote twice: ""'
        ),
    ),
    "text after a quote": (
        f'{HEAD}\n2026-01-01,"Ann"x,Bo\n',
        (
            "r.csv:2: text follows a closing quote, or a quote is never closed\n"
            '    2 | 2026-01-01,"Ann"x,Bo\n'
            '      = write a quote inside a quoted field twice: ""'
        ),
    ),
    "a return inside a line": (
        f"{HEAD}\n2026-01-01,Ann\rLee,Bo\n",
        (
            "r.csv:2: a line ends in the middle of a row\n"
            "    2 | 2026-01-01,Ann\\rLee,Bo\n"
            "      = save the file with one kind of line ends"
        ),
    ),
}
HEADERS = {
    "missing": (
        "date,sender,taker\n",
        (
            "r.csv:1: missing columns: giver, receiver\n"
            "    1 | date,sender,taker\n"
            "      = correct the header, or name them: --columns giver=HEADER,receiver=HEADER"
        ),
    ),
    "missing, none known": (
        "sender,taker\n",
        (
            "r.csv:1: missing columns: date, giver, receiver\n"
            "    1 | sender,taker\n"
            "      = correct the header, or name them: "
            "--columns date=HEADER,giver=HEADER,receiver=HEADER; "
            "without a header: --no-header --columns giver=1,receiver=2"
        ),
    ),
    "a referral already": (
        "Ann,2026-01-01,Bo\n",
        (
            "r.csv:1: missing columns: date, giver, receiver\n"
            "    1 | Ann,2026-01-01,Bo\n"
            "      = if this line is a referral already: "
            "--no-header --columns date=2,giver=1,receiver=3"
        ),
    ),
    "missing date": (
        "giver,receiver\n",
        (
            "r.csv:1: missing column: date\n"
            "    1 | giver,receiver\n"
            "      = name it: --columns date=HEADER (date= with nothing after it if there is none)"
        ),
    ),
    "nearly right": (
        f"{HEAD},coun\n",
        (
            "r.csv:1: there is no column 'coun'; did you mean count?\n"
            "    1 | date,giver,receiver,coun\n"
            "      = correct the header, or leave it out: --columns count="
        ),
    ),
    "words of other tables": (
        f"{HEAD},country,counts\n",
        (
            "r.csv:1: there is no column 'counts'; did you mean count?\n"
            "    1 | date,giver,receiver,country,counts\n"
            "      = correct the header, or leave it out: --columns count="
        ),
    ),
    "a title above": (
        f"Referrals of the chapter,,\n\n{HEAD}\n2026-01-01,Ann,Bo\n",
        (
            "r.csv:1: missing columns: date, giver, receiver\n"
            "    1 | Referrals of the chapter,,\n"
            "      = line 3 names the columns: remove the lines above it"
        ),
    ),
    "comments above": (
        f"# exported\n# by me\n\n{HEAD}\n2026-01-01,Ann,Bo\n",
        (
            "r.csv:1: missing columns: date, giver, receiver\n"
            "    1 | # exported\n"
            '      = leave out the lines above line 4: --comment "#"'
        ),
    ),
    "twice": (
        f"{HEAD},Date\n",
        (
            "r.csv:1: the column 'date' appears 2 times\n"
            "    1 | date,giver,receiver,Date\n"
            "      = give each its own name"
        ),
    ),
    "only the other person": (
        "date,direction,person\n",
        (
            "r.csv:1: each row names only the other person, and nothing says who you are\n"
            "    1 | date,direction,person\n"
            "      = say it with --me NAME"
        ),
    ),
    "no direction": (
        "date,person\n",
        (
            "r.csv:1: missing columns: giver, receiver\n"
            "    1 | date,person\n"
            "      = add a column direction (given or received), or giver and receiver"
        ),
    ),
    "empty": (
        "",
        "r.csv: this file is empty\n      = the first line names the columns: date,giver,receiver",
    ),
    "white": (
        " \n\t\n",
        "r.csv: this file is empty\n      = the first line names the columns: date,giver,receiver",
    ),
    "latin-1": (
        b"date,giver,receiver\n2026-01-01,Ren\xe9,Bo\n",
        (
            "r.csv:2: byte 15 of this line, 0xE9, is not UTF-8\n"
            "    2 | 2026-01-01,René,Bo\n"
            "      = if it is Windows or Latin-1 text, say --encoding cp1252, or save the file as "
            "CSV, UTF-8"
        ),
    ),
    "utf-16": (
        "date,giver,receiver\n".encode("utf-16"),
        (
            "r.csv: this is UTF-16 text, not UTF-8\n"
            "      = read it with --encoding utf-16, or save the file as CSV, UTF-8"
        ),
    ),
    "utf-16 without a mark": (
        "date,giver,receiver\n".encode("utf-16-le"),
        (
            "r.csv: this is UTF-16 text, not UTF-8\n"
            "      = read it with --encoding utf-16-le, or save the file as CSV, UTF-8"
        ),
    ),
    "xlsx": (
        b"PK\x03\x04\x14\0",
        (
            "r.csv: this workbook is damaged, or not made by a spreadsheet\n"
            "      = open it in a spreadsheet and save it again, or save the sheet as CSV, UTF-8"
        ),
    ),
    "old excel": (
        b"\xd0\xcf\x11\xe0",
        (
            "r.csv: this workbook is damaged, or not made by a spreadsheet\n"
            "      = open it in a spreadsheet and save it again, or save the sheet as CSV, UTF-8"
        ),
    ),
    "zeros": (
        bytes(50),
        "r.csv: this file holds zero bytes, not text\n      = restore it from a copy",
    ),
    "a broken header": (
        'date,"giver,receiver\n2026-01-01,Ann,Bo\n',
        (
            "r.csv:1: a quote is opened here and never closed\n"
            '    1 | date,"giver,receiver\n'
            '      = close it, or write a quote twice: ""'
        ),
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_named_and_can_be_skipped(tmp_path, case):
    text, message = ROWS[case]
    path = put(tmp_path, "r.csv", text)
    assert said(path, tmp_path) == message
    if case != "torn header":
        record = read(path, ReadOptions(today=TODAY, skip_bad=True))
        assert "\n".join(map(str, record.skipped)).replace(f"{tmp_path}/", "") == message
        assert record.rows_read == len(record.referrals) + len({p.line for p in record.skipped})


@pytest.mark.parametrize("case", HEADERS)
def test_a_file_that_cannot_be_read_is_refused_even_when_rows_are_skipped(tmp_path, case):
    text, message = HEADERS[case]
    path = put(tmp_path, "r.csv", text)
    assert said(path, tmp_path) == message
    assert said(path, tmp_path, skip_bad=True) == message


def test_every_problem_of_a_row_and_of_every_file_is_told_at_once(tmp_path):
    put(tmp_path, "referrals.csv", f"{HEAD},count\n2026-02-30,Ann,Ann,x\n2026-01-01,Ann,Bo,0\n")
    put(tmp_path, "people.csv", "person,role\nAnn,friend\n")
    put(tmp_path, "touches.csv", "date,person,kind\n,Bo,metting\n")
    put(tmp_path, "refgraph.toml", "acepting = true\n")
    with pytest.raises(LedgerError) as caught:
        read(tmp_path)
    places = [(p.path.rpartition("/")[2], p.line) for p in caught.value.problems]
    assert places == [
        ("people.csv", 2),
        *[("referrals.csv", 2)] * 3,
        ("referrals.csv", 3),
        ("refgraph.toml", 1),
        *[("touches.csv", 2)] * 2,
    ]


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("Bo,\nAnn,\nBo,\n", "p.csv:4: 'Bo' is declared twice, on line 2 and here"),
        (
            "Ann,Bo\nBo,\n",
            "p.csv:2: 'Bo' is an alias of 'Ann' here and a person of their own on line 3",
        ),
        ("Ann,B\nBo,B\n", "p.csv:3: 'B' is an alias of 'Bo' here and of 'Ann' on line 2"),
    ],
)
def test_people_who_contradict_each_other(tmp_path, people, message):
    put(tmp_path, "referrals.csv", f"{HEAD}\n")
    put(tmp_path, "people.csv", f"person,aliases\n{people}")
    assert said(tmp_path, tmp_path).splitlines()[0].replace("people", "p") == message.replace(
        "people", "p"
    )


def test_an_alias_of_oneself_is_oneself(tmp_path):
    put(tmp_path, "referrals.csv", f"{HEAD}\n2026-01-01,Ann,A. Lee\n")
    put(tmp_path, "people.csv", "person,aliases\nAnn,A. Lee\n")
    assert said(tmp_path, tmp_path) == (
        "referrals.csv:2: 'Ann' cannot refer to themselves\n"
        "    2 | 2026-01-01,Ann,A. Lee\n"
        "      = people.csv says that 'A. Lee' is 'Ann'"
    )


def test_a_status_for_no_referral_suggests_the_nearest(tmp_path):
    put(tmp_path, "referrals.csv", f"{HEAD},id\n2026-01-01,Ann,Bo,kitchen\n")
    put(tmp_path, "statuses.csv", "date,id,status\n2026-01-02,kitchne,won\n2026-01-02,,\n")
    assert said(tmp_path, tmp_path) == (
        "statuses.csv:2: no referral has the id 'kitchne'\n"
        "    2 | 2026-01-02,kitchne,won\n"
        "      = did you mean kitchen?\n"
        "statuses.csv:3: a change of status needs the id of a referral\n"
        "    3 | 2026-01-02,,\n"
        "statuses.csv:3: a change of status needs one of: given, contacted, met, won, lost\n"
        "    3 | 2026-01-02,,"
    )


def test_own_files_tell_which_columns_they_need(tmp_path):
    put(tmp_path, "referrals.csv", f"{HEAD}\n")
    put(tmp_path, "touches.csv", "when,who\n")
    assert said(tmp_path, tmp_path) == (
        "touches.csv:1: missing columns: date, person, kind\n"
        "    1 | when,who\n"
        "      = let the first line name the columns: date,person,kind"
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            [],
            (
                "BOOK: this folder holds no referrals.csv, and no given.csv with received.csv\n"
                "      = start a book with: refgraph init BOOK"
            ),
        ),
        (
            ["Referal.csv"],
            (
                "BOOK: this folder holds no referrals.csv, and no given.csv with received.csv\n"
                "      = rename Referal.csv to referrals.csv"
            ),
        ),
        (
            ["contacts.xlsx"],
            (
                "BOOK: this folder holds a workbook and no referrals.csv\n"
                "      = name the workbook itself: contacts.xlsx"
            ),
        ),
        (
            ["given.csv"],
            (
                "BOOK: this folder holds given.csv but no received.csv\n"
                "      = add received.csv; the line date,person is enough if there "
                "is nothing to tell"
            ),
        ),
    ],
)
def test_a_folder_that_is_not_a_book(tmp_path, files, message):
    for name in files:
        put(tmp_path, name, "date,person\n")
    assert said(tmp_path, tmp_path) == message


@pytest.mark.parametrize(
    ("path", "message"), [("nowhere.csv", "no such file or folder"), ("a\0b", "cannot be read")]
)
def test_a_path_that_leads_nowhere(tmp_path, path, message):
    assert message in said(tmp_path / path, tmp_path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": {"sender": "x"}}, "'sender' is not a column of referrals"),
        ({"columns": {"givr": "x"}}, "did you mean giver?"),
        ({"columns": {"giver": "from"}}, "there is no column 'from' for giver"),
        ({"columns": {"giver": "9"}}, "the columns are: date, giver, receiver"),
        ({"delimiter": "colon"}, "delimiters are: comma, semicolon, tab, pipe, space"),
        ({"date_format": "%d/%m"}, "does not give a year, a month and a day"),
        ({"date_format": "%"}, "does not give a year, a month and a day"),
        ({"date_format": "%d.%m.%Y"}, "'2026-01-01' is not a date"),
        ({"date_format": "unix"}, "a unix time is in whole seconds"),
        ({"me": " "}, "me: a person has no name"),
        ({"encoding": "cp12"}, "there is no encoding 'cp12'"),
        ({"sheet": "x"}, "this is not a workbook and has no sheets"),
        ({"max_rows": 0}, "max_rows must be 1 or more, got 0\n      = say --max-rows 1000000"),
        ({"max_people": -1}, "max_people must be 1 or more, got -1"),
        ({"header": False}, "give positions: --columns giver=1,receiver=2"),
        ({"header": False, "columns": {"giver": "1", "receiver": "7"}}, "this row has 3"),
    ],
)
def test_options_that_do_not_fit_the_file(tmp_path, options, message):
    path = put(tmp_path, "r.csv", f"{HEAD}\n2026-01-01,Ann,Bo\n")
    assert message in said(path, tmp_path, **options)


def test_a_unix_time_beyond_the_calendar(tmp_path):
    path = put(tmp_path, "r.csv", f"{HEAD}\n999999999999,Ann,Bo\n")
    assert "there is no day" in said(path, tmp_path, date_format="unix")


def test_giant_digits_everywhere_are_refused_calmly(tmp_path):
    digits = "9" * 6000
    text = f"{HEAD},count,handoff,value\n{digits},Ann,Bo,{digits},{digits},{digits}\n"
    put(tmp_path, "referrals.csv", text)
    put(tmp_path, "refgraph.toml", f"me = {digits}\n")
    with pytest.raises(LedgerError) as caught:
        read(tmp_path)
    assert len(caught.value.problems) == 5
    assert max(len(problem.message) for problem in caught.value.problems) < 200


def test_a_table_without_a_header_is_not_split_at_the_blanks_of_names(tmp_path):
    path = put(tmp_path, "r.csv", "Ann Bo\nCy Di\n")
    columns = {"giver": "1", "receiver": "2"}
    assert said(path, tmp_path, header=False, columns=columns) == (
        "r.csv:1: there is no column '2' for receiver: this row has 1\n"
        "    1 | Ann Bo\n"
        "      = if blanks separate the fields, say --delimiter space"
    )
    read(path, ReadOptions(header=False, columns=columns, delimiter="space"))


ROWS_OF_THREE = f"{HEAD}\n\n2026-01-01,Ann,Bo\n2026-01-02,Bo,Ann\n,,\n2026-01-03,Cy,Ann\n"


@pytest.mark.parametrize("least", [1, 1 << 40])
def test_rows_and_people_are_limited_at_the_limit_and_one_past_it(tmp_path, monkeypatch, least):
    monkeypatch.setattr("refgraph.reading.files.plain_csv.LEAST_BYTES", least)
    path = put(tmp_path, "r.csv", ROWS_OF_THREE)
    record = read(path, ReadOptions(today=TODAY, max_rows=3, max_people=3))
    assert len(record.referrals) == 3
    assert said(path, tmp_path, max_rows=2) == (
        "r.csv: this file holds 3 rows, more than 2\n      = raise the limit: --max-rows 3"
    )
    assert said(path, tmp_path, max_people=2, skip_bad=True) == (
        "BOOK/r.csv: this book names 3 people, more than 2\n      = raise the limit: --max-people 3"
    ).replace("BOOK/", "")
    assert (ReadOptions().max_rows, ReadOptions().max_people) == (1_000_000, 50_000)


def test_every_table_and_person_of_a_book_counts_to_the_limits(tmp_path):
    put(tmp_path, "referrals.csv", f"{HEAD}\n2026-01-01,Ann,Bo\n")
    put(tmp_path, "people.csv", "person\nAnn\nCy\n")
    put(tmp_path, "touches.csv", "date,person,kind\n2026-01-01,Di,call\n2026-01-01,Bo,call\n")
    read(tmp_path, ReadOptions(today=TODAY, max_rows=2, max_people=4))
    assert "names 4 people, more than 3" in said(tmp_path, tmp_path, max_people=3)
    assert "people.csv: this file holds 2 rows, more than 1" in said(tmp_path, tmp_path, max_rows=1)
    assert "touches.csv: this file holds 2 rows" in said(tmp_path, tmp_path, max_rows=1)


def test_a_decimal_comma_is_read_when_it_is_told_and_a_point_no_more(tmp_path):
    head = HEAD.replace(",", ";")
    path = put(tmp_path, "r.csv", f"{head};value\n;Ann;Bo;1250,50\n;Ann;Bo;,5\n;Ann;Bo;7\n")
    values = read(path, ReadOptions(decimal_comma=True)).referrals.columns["value"]
    assert list(map(str, values)) == ["1250.50", "0.5", "7"]
    put(tmp_path, "r.csv", f"{head};value\n;Ann;Bo;1.250,50\n;Ann;Bo;12.50\n")
    found = said(path, tmp_path, decimal_comma=True)
    assert found.count("write digits with a decimal comma and nothing else: 1250,50") == 2


def test_the_command_line_has_the_limits_of_the_reader(tmp_path, run):
    from refgraph.cli import main

    defaults = {option.name: option.default for option in main.commands["check"].params}
    assert defaults["max_rows"] == ReadOptions().max_rows
    assert defaults["max_people"] == ReadOptions().max_people
    path = put(tmp_path, "r.csv", ROWS_OF_THREE)
    options = ("--today", "2026-06-30")
    assert "more than 2" in run("check", path, "--max-rows", 2, *options, status=1).stdout
    assert "more than 2" in run("report", path, "--max-people", 2, *options, status=1).stderr
    assert run("check", path, "--max-rows", 3, "--max-people", 3, *options).stdout == ""


def test_a_change_of_status_waits_for_the_correction_of_its_referral(tmp_path):
    derived = "r0123456789"
    put(tmp_path, "referrals.csv", f"id,{HEAD}\nkitchen,2026-01-01,Ann,Bo\n,2026-13-01,Bo,Cy\n")
    put(tmp_path, "statuses.csv", f"date,id,status\n2026-01-02,{derived},won\n")
    told = said(tmp_path, tmp_path)
    assert "2026-13-01" in told
    assert derived not in told  # it may be the one of the referral with the wrong day
    put(tmp_path, "statuses.csv", "date,id,status\n2026-01-02,attic,won\n")
    assert "no referral has the id 'attic'" in said(tmp_path, tmp_path)
    put(tmp_path, "referrals.csv", f"id,{HEAD}\nkitchen,2026-01-01,Ann,Bo\n")
    put(tmp_path, "statuses.csv", f"date,id,status\n2026-01-02,{derived},won\n")
    assert f"no referral has the id '{derived}'" in said(tmp_path, tmp_path)


def test_a_refused_change_of_status_changes_nothing(tmp_path):
    put(tmp_path, "referrals.csv", f"id,{HEAD}\nkitchen,2026-01-01,Ann,Bo\n")
    put(tmp_path, "statuses.csv", "date,id,status\n2026-02-30,kitchen,won\n")
    assert said(tmp_path, tmp_path).startswith("statuses.csv:2: there is no 2026-02-30")
    ledger = read(tmp_path, ReadOptions(today=TODAY, skip_bad=True))
    assert list(ledger.referrals.columns["status"]) == ["given"]
