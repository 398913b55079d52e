"""Commands print of a record in place what they print of it as a book."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from refgraph.cli import main

pytest.importorskip("ibis", reason="the extra warehouse is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)])


@pytest.mark.parametrize(
    "words",
    [
        ("owe", "data/adviser", "--last", "6m"),
        ("balance", "data/chapter"),
        ("balance", "data/chapter", "--pairs", "-O", "csv"),
        ("reciprocity", "data/chapter", "--by", "person", "-O", "json"),
        ("reciprocity", "data/chapter", "--by", "pair", "-O", "csv"),
        ("trend", "data/adviser", "--samples", "99"),
    ],
    ids=str,
)
def test_the_same_is_printed(words):
    found, expected = run(*words, "--in-place"), run(*words)
    assert (found.exit_code, found.stdout) == (0, expected.stdout)


def test_a_whole_record_has_the_measures_of_a_book():
    lines = run("reciprocity", "data/chapter", "--in-place", "-O", "csv").stdout.splitlines()
    expected = run("reciprocity", "data/chapter", "-O", "csv").stdout.splitlines()
    measures = [line.split(",")[:2] for line in expected]
    assert [line.split(",") for line in lines] == measures


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("connectors", "--in-place"), "--around PERSON or --among GROUP"),
        (("reciprocity", "--test", "--in-place"), "--around PERSON or --among GROUP"),
        (("owe", "--around", "Ann"), "--around and --among go with --in-place"),
        (("owe", "--in-place", "--around", "A", "--among", "B"), "only one goes with --in-place"),
        (("owe", "--in-place", "--sql", "SELECT 1"), "--sql goes with tables that are read whole"),
        (("owe", "--in-place", "--incognito"), "--incognito goes with a record that is read whole"),
        (
            ("owe", "--in-place", "--around", "A", "--incognito"),
            "--incognito goes with a record that is read whole",
        ),
        (
            ("owe", "--in-place", "--around", "A", "--date-format", "%d/%m/%Y"),
            "--date-format goes with an answer in place",
        ),
    ],
    ids=str,
)
def test_what_has_no_answer_in_place_says_what_has(words, said):
    found = run(*words, "-b", "data/chapter")
    assert found.exit_code == 2
    assert said in found.stderr


def test_every_other_command_is_asked_of_a_part():
    found = run("connectors", "data/chapter", "--in-place", "--among", "Health", "-O", "csv")
    assert found.exit_code == 0, found.stderr
    around = run("owe", "data/adviser", "--in-place", "--around", "Marcus Bell", "-O", "csv")
    assert "Marcus Bell" in around.stdout
