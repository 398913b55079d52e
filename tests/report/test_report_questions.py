"""A question gives commands, notebooks and the glossary one answer."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from surface import NEEDS

from refgraph import Book, RefgraphError, report
from refgraph.cli.printing.written import as_json
from refgraph.errors import WithheldError
from refgraph.report.page import named_sections
from refgraph.report.questions.question import Answer, Question
from refgraph.report.questions.registry import LINES, QUESTIONS
from refgraph.report.summary import summarize
from refgraph.report.views.render import as_json as page_as_json
from refgraph.report.views.text_table import escape

SAMPLE = "refgraph/sample"
PERSON = "Hiro Tanabe"
ABOUT = {
    name: [PERSON] for name in QUESTIONS if NEEDS.get(name.split()[0], [()])[0][:1] == ("{one}",)
}  # of whom
OPTIONS = {  # all others are asked with nothing, as the command may be
    "evaluate": {"horizon": 60, "samples": 100, "seed": 1},
    "changes": {"day": date(2026, 6, 1)},
}


@pytest.fixture(scope="module")
def book():
    return Book.read(SAMPLE)


@pytest.fixture(scope="module")
def answers(book):
    return {
        name: report.ask(book, name, *ABOUT.get(name, []), **OPTIONS.get(name, {}))
        for name in QUESTIONS
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_command_prints_what_the_question_answers(run, answers, name):
    options = OPTIONS.get(name, {}).items()
    named = {"day": "since-review"}
    flags = {key: f"--{named.get(key, key).replace('_', '-')}" for key, _ in options}
    words = [word for key, value in options for word in (flags[key], value)]
    command, *more = name.split()
    told = run(command, *ABOUT.get(name, []), *more, *words, "-b", SAMPLE, "-O", "json")
    assert json.loads(told.stdout) == json.loads(as_json(answers[name].rows()))


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_column_of_an_answer_has_a_meaning(answers, name):
    table, told = answers[name].table, QUESTIONS[name].meanings
    measures = [*table.columns][:2] == ["measure", "value"]
    names = [*table["measure"], *table.columns[2:]] if measures else [*table.columns]
    assert set(names) <= set(told)
    assert all(told.values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_shows_itself_with_what_it_comes_to(answers, name):
    answer = answers[name]
    assert repr(answer).endswith(answer.said)
    assert all(escape(line) in answer._repr_markdown_() for line in answer.said.splitlines())
    spared = {*answer.aside} - {*answer._repr_markdown_().splitlines()[0].split("|")}
    assert spared == {*answer.aside}


def test_an_answer_of_one_row_can_be_read_by_hand():
    answer = Answer(pd.DataFrame({"person": ["Ann"], "open": [2], "ids": ["a b"]}), "Open: 2.")
    assert answer.rows() == [{"person": "Ann", "open": 2, "ids": "a b"}]
    assert repr(answer).splitlines()[0].split() == ["person", "open", "ids"]


def test_the_report_holds_the_answers(book, answers):
    told = json.loads(report.of(book).json())
    for key, name in (("owe", "owe"), ("refer_first", "refer-first"), ("connectors", "connectors")):
        assert told[key] == json.loads(as_json(answers[name].rows()))


def test_a_question_is_refused_where_comparing_is_forbidden_until_it_says_that_it_compares_nobody(
    tmp_path,
):
    (tmp_path / "refgraph.toml").write_text('profile = "health"\n', "utf-8")
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-08,Ann,Bo\n", "utf-8")
    asked = []

    def answer(book):
        asked.append(book)
        return Answer(pd.DataFrame())

    book = Book.read(tmp_path)
    with pytest.raises(WithheldError, match="profile is health"):
        Question("new", answer)(book)
    assert asked == []
    Question("new", answer, compares=False)(book)
    assert asked == [book]


def test_the_report_tells_the_questions_that_have_a_line_in_their_order():
    summary = summarize(Book.sample())
    told = [name for name in named_sections(summary) if name in summary.answers]
    assert told == [question.name for question in LINES]
    assert {"refer-first", "connectors"} <= {*told}
    assert {name.replace("-", "_") for name in told} <= {*json.loads(page_as_json(summary))}


def test_a_question_that_is_none_names_those_there_are(book):
    with pytest.raises(RefgraphError, match=r"'owed' is no question; there are balance, .*, why"):
        report.ask(book, "owed")
