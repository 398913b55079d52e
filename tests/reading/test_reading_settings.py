"""Each setting of refgraph.toml is read as it is meant, or refused with its line and a remedy."""

from __future__ import annotations

from datetime import date

import pytest

from refgraph.reading.settings import PROFILES, read_settings
from refgraph.schema.values import CADENCES, LANES, LEADING, ROLES


def settings_of(text):
    return read_settings("refgraph.toml", content=text.encode())


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        *(
            ('me = " Ann  Lee "', "me", "Ann Lee"),
            ("today = 2026-06-30", "today", date(2026, 6, 30)),
        ),
        *(("since = ' 2026-01-02 '", "since", date(2026, 1, 2)), ("last = ' 12m '", "last", "12m")),
        ('looking_for = "bakers"', "looking_for", ("bakers",)),
        ('looking_for = ["a ", "", "b", "a"]', "looking_for", ("a", "b")),
        *((f"accepting = {word}", "accepting", True) for word in ("true", "'Yes'", "' YES '")),
        *((f"accepting = {word}", "accepting", False) for word in ("false", "'no'")),
        *((f"profile = '{word}'", "profile", word) for word in PROFILES),
        ('[synonyms]\n"tax " = ["bills", "vat"]', "synonyms", {"tax": ("bills", "vat")}),
        ("worth.ask = 0", "worth", {"ask": 0.0}),
        ('worth."say thanks" = 1_000_000', "worth", {"say thanks": 1e6}),
        ("worth.decided = 1.5", "worth", {"decided": 1.5}),
        ('[cadence]\nclient = "none"', "cadence", {"client": "none"}),
        ('apart = {people = ["Ann", "Anne"]}', "apart", (("Ann", "Anne"),)),
        (
            '[[apart]]\npeople = ["A", "B"]\n[[apart]]\npeople = ["C", "D", "E"]',
            "apart",
            (("A", "B"), ("C", "D", "E")),
        ),
    ],
)
def test_a_setting_is_read(text, name, value):
    settings, problems = settings_of(text)
    assert problems == []
    assert getattr(settings, name) == value


WORTH = "the worth of 'ask' must be a number from 0 to 1,000,000"
LANE = f"lanes are: {', '.join((*LANES, *LEADING))}"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        *(
            (f"me = {value}", "me must be text", 'write me = "Ann Lee"')
            for value in ("7", "''", "[]")
        ),
        ("today = 7", "today must be a date", "write today = 2026-06-30"),
        ("since = 2026-01-01T10:00:00", "since must be a date", "write since = 2026-06-30"),
        ("until = '2026'", "'2026' is not a date", "dates are YYYY-MM-DD"),
        *(
            (
                f"last = {value}",
                "last must be a number of days, weeks, months or years",
                'write last = "12m"',
            )
            for value in ("12", "'0m'", "'9999y'")
        ),
        (
            "looking_for = 7",
            "looking_for must be a list of texts",
            'write looking_for = ["architects"]',
        ),
        ("they_say = ['a', 7]", "they_say must be a list of texts", None),
        *(
            (f"accepting = {value}", "accepting must be true or false", None)
            for value in ("1", "'x'")
        ),
        ("profile = 'bank'", "'bank' is not a profile", f"profiles are: {', '.join(PROFILES)}"),
        ("profile = []", "this is not a profile", None),
        ("synonyms = 'tax'", "synonyms must be a table", None),
        (
            "synonyms.tax = 7",
            "synonyms.tax must be a list of texts",
            'below [synonyms], write "tax" = ["accounting"]',
        ),
        ("worth = 2", "worth must be a table", 'write [worth], and below it "say thanks" = 2'),
        *(
            (f"worth.ask = {value}", WORTH, 'below [worth], write "ask" = 2')
            for value in ("-1", "true")
        ),
        *((f"worth.ask = {value}", WORTH, None) for value in ("1_000_001", "nan", "inf", "'2'")),
        ("worth.Asks = 1", "'Asks' is not a lane of the list of today", "did you mean 'ask'?"),
        ("worth.zzzzzz = 1", "'zzzzzz' is not a lane of the list of today", LANE),
        ("cadence = 'monthly'", "cadence must be a table", None),
        ("cadence.clients = 'monthly'", "'clients' is not a role", "did you mean 'client'?"),
        ("cadence.zzzz = 'monthly'", "'zzzz' is not a role", f"roles are: {', '.join(ROLES)}"),
        (
            "cadence.client = 'daily'",
            "'daily' is not a cadence",
            f"cadences are: {', '.join(CADENCES)}",
        ),
        ("cadence.client = 7", "this is not a cadence", None),
        *(
            (f"apart = {value}", "apart must name people", None)
            for value in ("7", "{people = ['A']}")
        ),
        ("apart = {people = ['A', 7]}", "people must be text", None),
        ("Profil = 'law'", "'Profil' is not a setting", "did you mean profile?"),
        (
            "since = 2026-03-01\nuntil = 2026-02-01",
            "since, 2026-03-01, is after until, 2026-02-01",
            "exchange the two",
        ),
        *(
            (
                f"last = '1m'\n{other} = 2026-02-01",
                "last and since or until cannot both be set",
                "keep one of them",
            )
            for other in ("since", "until")
        ),
    ],
)
def test_a_setting_is_refused_with_its_line_and_a_remedy(text, message, hint):
    _, (problem,) = settings_of(f"# mine\n\n{text}\n")
    assert problem.message == message
    assert problem.hint == hint if hint is not None else problem.hint
    assert problem.line == 3
    assert problem.excerpt == text.split("\n")[0]


def test_one_day_is_a_window():
    settings, problems = settings_of("since = 2026-03-01\nuntil = 2026-03-01")
    assert (settings.since, problems) == (settings.until, [])


def test_a_setting_is_found_on_its_line_however_it_is_written():
    for text in ("['worth']\nask = -1", '["worth"]\nask = -1', " worth . ask = -1"):
        _, (problem,) = settings_of(text)
        assert (problem.line, problem.column) == (1, "worth")
    assert settings_of("zz = 1")[1][0].column == ""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("me = Ann\n", 1, "this is not TOML: invalid value"),
        ("a = 1\nb = \n", 2, "this is not TOML: invalid value"),
        ('me = "x', 1, "this is not TOML: unterminated string"),
        ("\n\n\nme = [\n\n\n", 4, "this is not TOML: invalid value"),
        (f"a = 1\n{'b.' * 101}c = 1", 2, "this is not TOML: nested too deeply"),
        ("a=" + "[" * 5000, 1, "this is not TOML: nested too deeply, or a number too long"),
        (f"a = {'9' * 5000}", 1, "this is not TOML: nested too deeply, or a number too long"),
    ],
)
def test_what_is_not_toml(text, line, message):
    settings, (problem,) = settings_of(text)
    assert problem.message == message
    assert problem.line == line
    assert settings == read_settings("x", content=b"")[0]


def test_a_hundred_parts_and_points_in_a_text_are_not_too_deep():
    assert settings_of(f"looking_for = '{'.' * 500}'")[1] == []
    assert "is not a setting" in settings_of(f"{'b.' * 100}c = 1")[1][0].message


def test_of_many_wrong_settings_the_first_are_told():
    text = "\n".join(f"zzz{at} = 1" for at in range(25))
    _, problems = settings_of(text)
    assert len(problems) == 21
    assert problems[-1].message == "more of these settings may be wrong: these are the first"
    assert len(settings_of("\n".join(text.split("\n")[:20]))[1]) == 20
