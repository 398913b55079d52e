"""Any input is bounded before it is read: each limit at the limit and one past it."""

from __future__ import annotations

import io
import os
import re
import socket
import sys
import threading
from pathlib import Path

import pytest

from refgraph.errors import LedgerError
from refgraph.imports.rules.rules_file import parse_rules
from refgraph.reading import ReadOptions, read
from refgraph.reading.files import bounded_bytes
from refgraph.reading.files.lines import Lines, longest_line

HEAD = "date,giver,receiver\n"
ROW = "2026-01-08,Ann,Bo\n"
BOOK = HEAD + ROW
EVERY_FILE = (
    "referrals.csv",
    "people.csv",
    "touches.csv",
    "statuses.csv",
    "assertions.csv",
    "refgraph.toml",
)
posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


def problems(path, **options):
    with pytest.raises(LedgerError) as caught:
        read(path, ReadOptions(**options))
    return caught.value.problems


def said(path, **options):
    return "\n".join(map(str, problems(path, **options)))


def table(tmp_path, text, name="r.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def limit(monkeypatch, most):
    monkeypatch.setenv(bounded_bytes.VARIABLE, str(most))


# Bytes


def test_bytes_at_the_limit_and_one_past_it_and_the_remedy_works(tmp_path, monkeypatch):
    path = table(tmp_path, BOOK)
    limit(monkeypatch, len(BOOK))
    assert len(read(path).referrals) == 1
    limit(monkeypatch, len(BOOK) - 1)
    found = said(path)
    assert f"this holds {len(BOOK)} bytes, more than {len(BOOK) - 1}" in found
    remedy = re.search(r"set (\w+)=(\d+) in the environment", found)
    monkeypatch.setenv(*remedy.groups())
    assert len(read(path).referrals) == 1


@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_file_of_a_book_is_bounded(tmp_path, monkeypatch, run, name):
    table(tmp_path, BOOK, "referrals.csv")
    table(tmp_path, f"{BOOK}#" + "x" * 300, name)
    limit(monkeypatch, 200)
    result = run("check", tmp_path, status=1)
    assert f"{name}: this holds" in result.stdout


@pytest.mark.parametrize("kind", ["bytes", "text"])
def test_standard_input_is_bounded(monkeypatch, kind):
    def give():
        data = io.BytesIO(BOOK.encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data) if kind == "bytes" else text())

    def text():
        return io.StringIO(BOOK)

    limit(monkeypatch, len(BOOK))
    give()
    assert len(read("-").referrals) == 1
    limit(monkeypatch, len(BOOK) - 1)
    give()
    assert f"-: this holds more than {len(BOOK) - 1} bytes" in said("-")


def test_a_file_that_grows_while_it_is_read_is_bounded():
    pieces = iter([b"x" * 10, b"x" * 10, b"x" * 10])
    with pytest.raises(LedgerError, match="more than 25 bytes"):
        bounded_bytes._bounded("r.csv", lambda _: next(pieces), 25, 10)
    assert next(pieces, None) is None


@pytest.mark.parametrize("text", ["many", "-1", "0", "1e9", "9" * 30])
def test_a_limit_that_is_no_number_is_told(tmp_path, monkeypatch, text):
    monkeypatch.setenv(bounded_bytes.VARIABLE, text)
    assert "this variable is not a number of bytes" in said(table(tmp_path, BOOK))


# Files that are none


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/full"])
@pytest.mark.parametrize("command", ["check", "stats", "report"])
def test_a_device_is_a_sentence_at_once(run, device, command):
    result = run(command, device, status=1)
    assert f"{device}: this is a device, not a file" in result.stdout + result.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices")
@pytest.mark.parametrize("name", EVERY_FILE)
def test_a_device_in_the_place_of_any_file_of_a_book_is_a_sentence(tmp_path, run, name):
    if name != "referrals.csv":
        table(tmp_path, BOOK, "referrals.csv")
    (tmp_path / name).symlink_to("/dev/zero")
    assert f"{name}: this is a device" in run("check", tmp_path, status=1).stdout


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices")
@pytest.mark.parametrize("words", [["/dev/zero"], ["x.csv", "--rules", "/dev/zero"]])
def test_a_device_is_not_imported(tmp_path, monkeypatch, run, words):
    monkeypatch.chdir(tmp_path)
    table(tmp_path, BOOK, "referrals.csv")
    table(tmp_path, BOOK, "x.csv")
    said = run("import", *words, "-b", tmp_path, "--dry-run", status=1).stderr
    assert "/dev/zero: this is a device" in said


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices")
def test_standard_input_may_be_no_device_but_the_empty_one(monkeypatch):
    with Path("/dev/zero").open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert "-: this is a device" in said("-")
    with Path(os.devnull).open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert "-: this file is empty" in said("-")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_a_socket_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("r.csv")
        assert "r.csv: this is a socket" in said("r.csv")


@pytest.mark.parametrize("name", EVERY_FILE)
def test_a_folder_in_the_place_of_any_file_is_a_sentence(tmp_path, run, name):
    if name != "referrals.csv":
        table(tmp_path, BOOK, "referrals.csv")
    (tmp_path / name).mkdir()
    found = run("check", tmp_path, status=1).stdout
    assert f"{name}: cannot be read" in found  # Windows gives another reason


# Pipes


@posix
def test_a_pipe_to_which_nobody_writes_is_not_waited_for_for_ever(tmp_path, monkeypatch, run):
    monkeypatch.setattr(bounded_bytes, "MOST_SILENCE", 0.05)
    os.mkfifo(tmp_path / "r.csv")
    result = run("check", tmp_path / "r.csv", status=1)
    assert "r.csv: nothing came out of this pipe for 0.05 seconds" in result.stdout


def write_to(path, *pieces):
    """Write to a pipe as another program does, which waits until somebody reads."""

    def write():
        with open(path, "wb", buffering=0) as stream:  # noqa: PTH123  # it may be a number
            stream.writelines(pieces)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


@posix
@pytest.mark.parametrize("form", ["a pipe with a name", "a pipe without"])
def test_a_pipe_is_read_to_its_end(tmp_path, form):
    pieces = [HEAD.encode(), ROW.encode() * 20_000]
    if form == "a pipe with a name":
        path = tmp_path / "r.csv"
        os.mkfifo(path)
        thread = write_to(path, *pieces)
        assert len(read(path).referrals) == 20_000
        thread.join()
        return
    out, into = os.pipe()  # as a shell gives it for <(command)
    thread = write_to(into, *pieces)
    assert len(read(f"/dev/fd/{out}").referrals) == 20_000
    thread.join()
    os.close(out)


@posix
def test_a_pipe_without_an_end_is_bounded(tmp_path, monkeypatch):
    limit(monkeypatch, 1_000)
    out, into = os.pipe()
    os.write(into, ROW.encode() * 100)
    assert "this holds more than 1,000 bytes" in said(f"/dev/fd/{out}")
    os.close(out)
    os.close(into)


@posix
@pytest.mark.parametrize("words", [(), ("--strict",), ("--only", "spreadsheet")])
def test_check_reads_a_pipe_once(run, monkeypatch, words):
    monkeypatch.setattr(bounded_bytes, "MOST_SILENCE", 0.05)
    out, into = os.pipe()
    os.write(into, f"{HEAD}{ROW}{ROW}2026-02-30,=Cy,Bo\n".encode())
    os.close(into)
    found = run("check", f"/dev/fd/{out}", *words, status=0 if "--only" in words else 1)
    assert "pipe" not in found.stdout + found.stderr
    os.close(out)


def test_a_pipe_that_cannot_be_opened_without_waiting_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded_bytes.stat, "S_ISFIFO", lambda _: True)
    monkeypatch.delattr(bounded_bytes.os, "O_NONBLOCK", raising=False)
    assert "this is a pipe, not a file" in said(table(tmp_path, BOOK))


# Lines, columns and rows


def test_a_line_at_the_limit_and_one_past_it(tmp_path, monkeypatch):
    monkeypatch.setattr("refgraph.reading.files.records.MOST_LINE", 30)
    longest = "2026-01-08," + "x" * 16 + ",Bo\n"
    assert len(longest) == 31  # 30 and its newline
    assert len(read(table(tmp_path, HEAD + longest)).referrals) == 1
    found = said(table(tmp_path, f"{HEAD}{ROW}x{longest}"))
    assert "r.csv:3: this line is longer than 30 characters\n    3 | x2026-01-08," in found


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_longest_line_is_found_wherever_it_stands(end):
    for before in ("", "ab\n", "abc\n" * 7):
        for length in range(3, 9):
            text = before + "x" * length + end
            expected = (before.count("\n") + 1, len(before)) if length > 5 else None
            assert longest_line(text, 5) == expected


def test_lines_read_as_the_list_of_them(monkeypatch):
    monkeypatch.setattr("refgraph.reading.files.lines._STRETCH", 4)
    for text in ("", "\n", "a", "a\nb", "\n\n\nabcdefgh\n\r\nx\x0by\x1cz\u2028\n\nend", "a\n" * 9):
        lines, expected = Lines(text), io.StringIO(text, newline="\n").readlines()
        assert list(lines) == expected
        assert len(lines) == len(expected)
        assert [lines[at] for at in reversed(range(len(expected)))] == expected[::-1]
        assert lines[-2:] == expected[-2:]
        assert lines[1:3] == expected[1:3]
        with pytest.raises(IndexError):
            lines[len(expected)]


@pytest.mark.parametrize("least", [1, 1 << 40])
def test_lines_that_are_no_rows_are_limited_too_and_the_remedy_works(
    tmp_path, monkeypatch, run, least
):
    monkeypatch.setattr("refgraph.reading.files.plain_csv.LEAST_BYTES", least)
    monkeypatch.setattr("refgraph.reading.files.records._FEW_LINES", 10)
    path = table(tmp_path, BOOK + "\n" * 8 + ROW)
    assert len(read(path, ReadOptions(max_rows=2)).referrals) == 2  # 11 lines, 20 for two rows
    path = table(tmp_path, BOOK + "\n" * 18 + ROW)
    found = said(path, max_rows=2)
    assert "this file holds 21 lines, too many for 2 rows" in found
    most = re.search(r"--max-rows (\d+)", found)[1]
    assert run("check", path, "--max-rows", most).stdout == ""


def test_columns_at_the_limit_and_one_past_it(tmp_path, monkeypatch):
    monkeypatch.setattr("refgraph.reading.files.records.MOST_COLUMNS", 4)
    assert len(read(table(tmp_path, "date,giver,receiver,x\n,Ann,Bo,\n")).referrals) == 1
    found = said(table(tmp_path, "date,giver,receiver,x,y\n,Ann,Bo,,\n"))
    assert "r.csv:1: this row has 5 columns, more than 4" in found


FORMS = {
    "plain": ROW,
    "quoted": '"2026-01-08","Ann","Bo"\n',
    "quoted in part": '2026-01-08,"Lee, Ann",Bo\n',
    "over two lines": '2026-01-08,Ann,"Bo\nPark"\n',
    "with a broken row": f'{ROW}2026-01-08,"Ann" Lee,Bo\n',
    "padded": f"\n\n{ROW}",
}


@pytest.mark.parametrize("least", [1, 1 << 40])
@pytest.mark.parametrize("form", FORMS)
def test_the_limit_of_rows_is_applied_while_reading(tmp_path, monkeypatch, form, least):
    """Of a table a thousand times as long as the limit hardly more than the limit is split."""
    monkeypatch.setattr("refgraph.reading.files.plain_csv.LEAST_BYTES", least)
    monkeypatch.setattr("refgraph.reading.files.records._CHUNK", 10)
    from refgraph.reading.files import records

    split, is_filled = [], records.is_filled
    monkeypatch.setattr(records, "is_filled", lambda row: split.append(1) or is_filled(row))
    path = table(tmp_path, HEAD + FORMS[form] * 2_000)
    found = said(path, max_rows=20)
    assert len(split) < 100
    assert "more than 20" in found
    most = int(re.search(r"--max-rows (\d+)", found)[1])
    monkeypatch.setattr("refgraph.reading.files.records._CHUNK", 10_000)
    assert "--max-rows" not in str(read(path, ReadOptions(max_rows=most, skip_bad=True)).skipped)


# Work that grows with the file and no faster


@pytest.mark.parametrize("form", [*FORMS, "one quote that is never closed"])
def test_lines_are_cut_out_about_once_each(tmp_path, monkeypatch, form):
    cut, stretch = [], Lines._stretch
    monkeypatch.setattr(Lines, "_stretch", lambda self, at: cut.append(at) or stretch(self, at))

    def times(rows):
        cut.clear()
        text = FORMS.get(form, ROW) * rows
        before = '2026-01-08,"Ann,Bo\n' if form not in FORMS else ""
        path = table(tmp_path, HEAD + before + text)
        read(path, ReadOptions(skip_bad=True, max_rows=10**6))
        return len(cut)

    few, many = times(20_000), times(40_000)
    assert many <= 2 * few + 5


def test_rules_are_taken_one_by_one_whatever_stands_before_them(monkeypatch):
    from refgraph.imports.rules import rules_file

    copies, replace = [], rules_file.replace
    monkeypatch.setattr(
        rules_file, "replace", lambda *rules, **new: copies.append(1) or replace(*rules, **new)
    )
    kinds = ('rename "a{}" -> "b"', 'new "c{}"', 'if giver = "{}" skip', 'recognise "h{}"')
    text = "".join(f"{kind.format(at)}\n" for kind in kinds for at in range(50))
    rules = parse_rules("x.rules", f"skip 1\n{text}")
    assert len(copies) == 2  # for skip, and at the end
    assert len(rules.renames) == len(rules.newcomers) == len(rules.conditions) == 50
    assert len(rules.recognise) == 50


# Problems


@pytest.fixture
def few_listed(monkeypatch):
    monkeypatch.setattr("refgraph.reading.files.problems.MOST_LISTED", 3)


BAD = {
    "dates": "2026-02-30,Ann,Bo\n",
    "distinct": "2026-01-08,Ann,Ann\n",
    "fields": "2026-01-08,,Bo\n",
    "parseable": "2026-01-08,Ann\n",
}


@pytest.mark.usefixtures("few_listed")
@pytest.mark.parametrize("check", BAD)
@pytest.mark.parametrize("least", [1, 1 << 40])
def test_of_each_kind_of_problem_so_many_are_listed_and_all_are_counted(
    tmp_path, monkeypatch, run, check, least
):
    monkeypatch.setattr("refgraph.reading.files.plain_csv.LEAST_BYTES", least)
    path = table(tmp_path, HEAD + BAD[check] * 3)
    assert [problem.line for problem in problems(path)] == [2, 3, 4]
    path = table(tmp_path, HEAD + BAD[check] * 8 + BAD["dates"].replace("30", "31"))
    found = run("check", path, status=1).stdout
    told = f"r.csv: {9 if check == 'dates' else 8} problems of the check {check}: the first 3 are"
    assert told in found
    assert found.endswith(f"\n9 problems in {path}\n")
    assert found.count(" | ") == (3 if check == "dates" else 4)  # excerpts
    assert "dates" in {problem.check for problem in problems(path)}


@pytest.mark.usefixtures("few_listed")
def test_rows_left_out_are_counted_though_not_all_are_listed(tmp_path, run):
    path = table(tmp_path, BOOK + BAD["dates"] * 5 + BAD["parseable"] * 6)
    record = read(path, ReadOptions(skip_bad=True))
    assert record.left_out == 11
    assert len(record.skipped) == 8
    assert "Left out 11 rows of" in run("stats", path, "--skip-bad").stderr


@pytest.mark.usefixtures("few_listed")
@pytest.mark.parametrize("words", [("--strict",), ("--only", "duplicates")])
def test_what_a_check_finds_is_counted_too(tmp_path, run, words):
    path = table(tmp_path, HEAD + ROW * 9)
    found = run("check", path, *words, status=1).stdout
    assert "8 problems of the check duplicates: the first 3 are listed" in found
    assert "8 problems in" in found


@pytest.mark.usefixtures("few_listed")
def test_rows_that_an_import_refuses_are_counted_too(tmp_path, run):
    table(tmp_path, BOOK, "referrals.csv")
    path = table(tmp_path, HEAD + "2026-01-09,Ann,\n" * 5 + "2026-01-09,Cy\n" * 4, "x.csv")
    said = run("import", path, "-b", tmp_path, "--dry-run", status=1).stderr
    assert "9 problems of the check parseable: the first 3 are listed" in said
    assert "9 refused" in said


@pytest.mark.usefixtures("few_listed")
def test_rules_that_cannot_be_read_are_counted_too():
    with pytest.raises(LedgerError, match="7 problems of the check parseable"):
        parse_rules("x.rules", "skipp 1\n" * 7)


# Settings and exports


def test_settings_at_the_limit_and_past_it(tmp_path, monkeypatch):
    monkeypatch.setattr("refgraph.reading.settings.MOST_BYTES", 20)
    table(tmp_path, BOOK, "referrals.csv")
    table(tmp_path, 'me = "Ann" #' + "x" * 8, "refgraph.toml")
    assert read(tmp_path).me == "Ann"
    table(tmp_path, 'me = "Ann" #' + "x" * 9, "refgraph.toml")
    assert "refgraph.toml: this holds 21 bytes, more than 20" in said(tmp_path)


def test_settings_of_many_parts_are_refused_and_dots_in_a_text_are_not(tmp_path):
    table(tmp_path, BOOK, "referrals.csv")
    for key in ("a." * 101 + "b = 1", "[" + '"x" . ' * 101 + "b]", "x = {" + "a." * 101 + "b = 1}"):
        table(tmp_path, f'me = "Ann"\n{key}\n', "refgraph.toml")
        assert "refgraph.toml:2: this is not TOML: nested too deeply" in said(tmp_path)
    table(tmp_path, f"looking_for = [\"{'Dr. ' * 200}\", '{'a.' * 200}']\n", "refgraph.toml")
    assert len(read(tmp_path).settings.looking_for) == 2


def test_of_settings_that_nobody_knows_the_first_are_told(tmp_path):
    table(tmp_path, BOOK, "referrals.csv")
    table(tmp_path, "".join(f"k{at} = 1\n" for at in range(20)), "refgraph.toml")
    assert len(problems(tmp_path)) == 20
    table(tmp_path, "".join(f"k{at} = 1\n" for at in range(9_000)), "refgraph.toml")
    assert len(problems(tmp_path)) == 21
    assert "more of these settings may be wrong" in said(tmp_path)


def test_rules_at_the_limit_and_past_it(tmp_path, monkeypatch, run):
    monkeypatch.setattr("refgraph.imports.request.MOST_BYTES", 20)
    table(tmp_path, BOOK, "referrals.csv")
    export, rules = table(tmp_path, BOOK, "x.csv"), tmp_path / "x.rules"
    words = ("import", export, "-b", tmp_path, "--dry-run", "--rules", rules)
    rules.write_bytes(b"decimal point\n#" + b"x" * 5)
    run(*words)
    rules.write_bytes(b"decimal point\n#" + b"x" * 6)
    assert "x.rules: this holds 21 bytes" in run(*words, status=1).stderr


def test_the_rows_of_an_export_are_limited_and_the_remedy_is_not_an_option_it_lacks(
    tmp_path, monkeypatch, run
):
    from refgraph.reading.files.file_format import Form

    table(tmp_path, BOOK, "referrals.csv")
    monkeypatch.setattr("refgraph.imports.run.Form", lambda **how: Form(**{**how, "max_rows": 20}))
    words = ("-b", tmp_path, "--dry-run")
    run("import", table(tmp_path, HEAD + ROW * 20, "x.csv"), *words)
    found = run("import", table(tmp_path, HEAD + ROW * 40, "x.csv"), *words, status=1).stderr
    assert "x.csv: this file holds more than 20 rows" in found
    monkeypatch.setattr("refgraph.reading.files.records._FEW_LINES", 10)
    found = run("import", table(tmp_path, BOOK + "\n" * 300, "x.csv"), *words, status=1).stderr
    assert "too many for 20 rows" in found
    assert "--max-rows" not in found


def test_the_limits_of_a_book_can_be_raised_for_an_import(tmp_path, run):
    table(tmp_path, HEAD + ROW * 3, "referrals.csv")
    export = table(tmp_path, BOOK, "x.csv")
    words = ("import", export, "-b", tmp_path, "--dry-run")
    found = run(*words, "--book-max-rows", 2, status=1).stderr
    assert "holds 3 rows, more than 2\n      = raise the limit: --book-max-rows 3" in found
    run(*words, "--book-max-rows", 3)
    found = run(*words, "--book-max-people", 1, status=1).stderr
    assert "raise the limit: --book-max-people 2" in found
    run(*words, "--book-max-people", 2)
