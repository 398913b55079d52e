"""Names that may be one person, pair by pair: asked at a terminal, listed elsewhere."""

from __future__ import annotations

import shlex

import pytest
from click.testing import CliRunner

from refgraph.cli import main

REFERRALS = (
    "date,giver,receiver,prospect\n2026-01-08,A. Lee,Bo Park,\n"
    "2026-02-08,Bo Park,Ann Lee,Dr Cy Dunn\n"
    "2026-03-01,Cy Dunn,Bo Park,\n2026-03-02,Joan Hale,Cy Dunn,\n2026-03-03,Joann Hale,Bo Park,\n"
)
PEOPLE = "person,aliases,role\nAnn Lee,,client\nJoan Hale,,client\nJoann Hale,,partner\n"


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "referrals.csv").write_text(REFERRALS, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "refgraph.toml").write_text('today = "2026-06-30"\n', encoding="utf-8")
    return folder


def files(book):
    return {
        path.name: path.read_bytes() for path in book.iterdir() if path.suffix in (".csv", ".toml")
    }


@pytest.fixture
def ask(run, book, monkeypatch):
    """Go through the pairs with somebody there, who types one key a line."""
    monkeypatch.setattr("refgraph.cli.books.tidy.at_terminal", lambda: True)

    def asked(keys, status=0):
        text = "".join(f"{key}\n" for key in keys)
        return run("people", "tidy", book, text=text, status=status).stderr

    return asked


def listed(run, book):
    """Give the pairs that are printed, each with its two commands."""
    lines = run("people", "tidy", book).stdout.splitlines()
    return [*zip(lines[::3], lines[1::3], lines[2::3], strict=True)]


def test_elsewhere_every_pair_is_printed_with_the_commands_that_decide(run, book):
    before = files(book)
    told = run("people", "tidy", "-b", book)
    assert "Nothing was written." in told.stderr
    assert files(book) == before
    pairs = listed(run, book)
    assert [pair[0] for pair in pairs] == [
        "# 'Cy Dunn' (2 rows) and 'Dr Cy Dunn' (1 row): with and without 'dr'",
        "# 'Joann Hale' (1 row) and 'Joan Hale' (1 row): one edit apart",
        "# 'Ann Lee' (1 row) and 'A. Lee' (1 row): an initial stands for a name",
    ]
    assert pairs[2][1:] == (
        f"refgraph people merge 'Ann Lee' 'A. Lee' -b {book}",
        f"refgraph people tidy --apart 'Ann Lee' 'A. Lee' -b {book}",
    )


@pytest.mark.parametrize("which", [1, 2])
def test_each_printed_command_decides_and_the_pair_is_asked_about_no_more(run, book, which):
    for pair in listed(run, book):
        command = shlex.split(pair[which])[1:]
        conflict = "Joann Hale" in pair[0] and which == 1
        run(*command, *(["--prefer", "first"] if conflict else []))
    assert "No two names look like one person." in run("people", "tidy", book).stderr


@pytest.mark.parametrize(("key", "which"), [("y", 1), ("n", 2)])
def test_an_answer_at_a_terminal_writes_what_its_command_writes(
    run, book, ask, key, which, tmp_path
):
    import shutil

    twin = tmp_path / "twin"
    shutil.copytree(book, twin)
    command = shlex.split(
        listed(lambda *w: _elsewhere(run, w), book)[2][which].replace(str(book), str(twin))
    )
    run(*command[1:])
    told = ask(["l", "", key])
    assert files(book) == files(twin)
    assert f"Undo the last: refgraph undo -b {book}" in told


def _elsewhere(run, words):
    from unittest import mock

    with mock.patch("refgraph.cli.books.tidy.at_terminal", return_value=False):
        return run(*words)


def test_whose_word_stands_is_asked_where_two_rows_differ(run, book, ask):
    told = ask(["l", "y", "2", "q"])
    assert "Whose word stands?" in told
    assert "1 name was merged, 0 pairs kept apart." in told
    assert "Joann Hale,Joan Hale,client\n" in (book / "people.csv").read_text("utf-8")
    run("undo", "-b", book)
    ask(["l", "y", "l", "q"])
    assert (book / "people.csv").read_text("utf-8") == PEOPLE


def test_the_other_name_can_be_kept_and_what_is_not_answered_is_asked_again(run, book, ask):
    ask(["l", "l", "o"])
    assert "A. Lee,Ann Lee,client\n" in (book / "people.csv").read_text("utf-8")
    assert len(listed(lambda *words: _elsewhere(run, words), book)) == 2


def test_what_was_merged_is_not_asked_about_under_its_old_name(run, book, ask):
    with (book / "referrals.csv").open("a", encoding="utf-8") as stream:
        stream.write("2026-04-01,Dr. Ann Lee,Bo Park,\n")
    told = ask("yllyy")
    assert "2 names were merged" in told
    people = (book / "people.csv").read_text("utf-8")
    assert "Ann Lee,Dr. Ann Lee; A. Lee,client\n" in people


def test_who_leaves_half_way_keeps_what_was_decided(run, book, ask):
    left = CliRunner().invoke(main, ["people", "tidy", str(book)], input="n\n")
    assert left.exit_code in (0, 1)  # an older click takes the end of what is typed for "later"
    assert "1 pair kept apart" in left.stderr
    assert "[[apart]]" in (book / "refgraph.toml").read_text("utf-8")
    told = ask("q")
    assert told.count(": one edit apart") + told.count("with and without") == 1


def test_a_folder_called_as_the_command_is_named_by_its_path(run, book, monkeypatch):
    monkeypatch.chdir(book.parent)
    book.rename("set")
    assert "Bo Park" in run("people", "./set").stdout
    assert "Bo Park" in run("people", "-b", "set").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Ann Lee", "rol", "client"], "did you mean role?"),
        (["Ann Lee", "zzz", "X"], "fields are: role, profession"),
        (["Ann Lee", "aliases", "X"], "names are for people merge and people split"),
        (["Ann Lee", "cadence", "often"], "a cadence is one of"),
        (["Ann Lee", "since", "3/4/26"], "is 2026-04-03 or 2026-03-04"),
    ],
)
def test_what_cannot_be_set_is_said_with_what_can(run, book, words, said):
    assert said in run("people", "set", *words, "-b", book, status=2).stderr
    assert (book / "people.csv").read_text("utf-8") == PEOPLE


def test_setting_says_the_rows_the_column_and_the_way_back(run, book):
    said = run("people", "set", "Ann Lee", "do-not-refer", "yes", "-b", book).stderr
    assert said == (
        f"Changed {book}/people.csv:\n- Ann Lee,,client\n+ Ann Lee,,client,yes\n"
        f"Note: {book}/people.csv has now do_not_refer too.\nUndo: refgraph undo -b {book}\n"
    )
    again = run("people", "set", "Ann Lee", "do_not_refer", "yes", "-b", book).stderr
    assert again == "'Ann Lee' has do_not_refer 'yes' already; nothing was written.\n"
    new = run("people", "set", "Dr Cy Dunn", "group", "Club", "-b", book).stderr
    assert f"Note: 'Dr Cy Dunn' had no row in {book}/people.csv." in new
    dry = run("people", "set", "Bo Park", "group", "Club", "-n", "-b", book).stderr
    assert "Nothing was written; this would change in" in dry


def test_three_names_are_merged_with_the_rows_of_each(run, book):
    split = "refgraph people split"
    undo = f"Undo: refgraph undo -b {book}. Later: {split} 'Dr Cy Dunn'"
    said = run("people", "merge", "Cy Dunn", "Dr Cy Dunn", "A. Lee", "-b", book).stderr
    assert said.splitlines()[1:] == [
        "+ Cy Dunn,Dr Cy Dunn; A. Lee,",
        f"1 row of 'Dr Cy Dunn' counts for 'Cy Dunn': line 3 of {book}/referrals.csv.",
        f"1 row of 'A. Lee' counts for 'Cy Dunn': line 2 of {book}/referrals.csv.",
        f"{undo} -b {book}; {split} 'A. Lee' -b {book}",
    ]
