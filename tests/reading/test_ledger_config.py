"""refgraph.toml: what it may say, and what is said about the rest."""

from __future__ import annotations

from datetime import date

import pytest

from refgraph.reading import Settings
from refgraph.reading.settings import read_settings


def settings(folder, text):
    path = folder / "refgraph.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = read_settings(str(path))
    return found, "\n".join(map(str, problems)).replace(f"{folder}/", "")


def test_every_setting(tmp_path):
    text = (
        'me = " Ann  Lee "\ntoday = 2026-06-30\nsince = "2025-01-01"\nuntil = 2026-01-01\n'
        'looking_for = ["architects", "tax advisers"]\nthey_say = "help"\n'
        'accepting = false\nprofile = "law"\n'
        '[synonyms]\ntax = ["accounting", "audit"]\nlaw = "legal"\n'
        '[cadence]\nclient = "quarterly"\npartner = "none"\n'
    )
    assert settings(tmp_path, text) == (
        Settings(
            me="Ann Lee",
            today=date(2026, 6, 30),
            since=date(2025, 1, 1),
            until=date(2026, 1, 1),
            looking_for=("architects", "tax advisers"),
            they_say=("help",),
            accepting=False,
            profile="law",
            synonyms={"tax": ("accounting", "audit"), "law": ("legal",)},
            cadence={"client": "quarterly", "partner": "none"},
        ),
        "",
    )
    assert settings(tmp_path, 'last = "12m"\naccepting = "yes"\n')[0] == Settings(last="12m")
    assert settings(tmp_path, "") == (Settings(), "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'cadence = "monthly"\n',
            (
                "refgraph.toml:1: cadence must be a table\n"
                '    1 | cadence = "monthly"\n'
                '      = write [cadence], and below it client = "quarterly"'
            ),
        ),
        (
            '[cadence]\nclent = "monthly"\n',
            (
                "refgraph.toml:1: 'clent' is not a role\n"
                "    1 | [cadence]\n"
                "      = did you mean 'client'?"
            ),
        ),
        (
            "[cadence]\nclient = 3\n",
            (
                "refgraph.toml:1: this is not a cadence\n"
                "    1 | [cadence]\n"
                "      = cadences are: monthly, quarterly, yearly, none"
            ),
        ),
        (
            '# mine\nlookingfor = ["x"]\n',
            (
                "refgraph.toml:2: 'lookingfor' is not a setting\n"
                '    2 | lookingfor = ["x"]\n'
                "      = did you mean looking_for?"
            ),
        ),
        (
            "[zzz]\na = 1\n",
            (
                "refgraph.toml:1: 'zzz' is not a setting\n"
                "    1 | [zzz]\n"
                "      = settings are: me, today, since, until, last, looking_for, they_say, "
                "accepting, profile, synonyms, worth, cadence, apart"
            ),
        ),
        (
            "me = Ann\n",
            (
                "refgraph.toml:1: this is not TOML: invalid value\n"
                "    1 | me = Ann\n"
                '      = text stands in quotes: me = "Ann Lee"'
            ),
        ),
        ("me = 7\n", 'me must be text\n    1 | me = 7\n      = write me = "Ann Lee"'),
        ('me = ""\n', "me must be text"),
        ('me = "\\u200b"\n', "a person has no name"),
        ('me = "A\\u001bB"\n', "'A\\x1bB' holds a control character"),
        ("today = 7\n", "write today = 2026-06-30"),
        ("today = 2026-06-30T10:00:00\n", "today must be a date"),
        ('today = "2026-02-30"\n', "there is no 2026-02-30"),
        ('last = "a year"\n', 'write last = "12m"'),
        ("last = 12\n", 'write last = "12m"'),
        ("looking_for = [1]\n", "looking_for must be a list of texts"),
        ("apart = 1\n", 'write [[apart]], and below it people = ["Ann", "Anne"]'),
        ('[[apart]]\npeople = ["Ann"]\n', "apart must name people"),
        ('[[apart]]\npeople = ["Ann", 1]\n', "people must be text"),
        ("they_say = [1]\n", 'write they_say = ["I never get round to it"]'),
        ('accepting = "maybe"\n', "write accepting = false"),
        ("accepting = 1\n", "write accepting = false"),
        ('profile = "lawyer"\n', "profiles are: law, health, realestate"),
        ("profile = []\n", "this is not a profile"),
        ("synonyms = 1\n", "synonyms must be a table"),
        ("[synonyms]\ntax = 1\n", "synonyms.tax must be a list of texts"),
        ('[synonyms]\n"a b" = 1\n', '= below [synonyms], write "a b" = ["accounting"]'),
        ("since = 2026-02-01\nuntil = 2026-01-01\n", "since, 2026-02-01, is after until"),
        ('last = "1y"\nsince = 2026-01-01\n', "keep one of them"),
        (b"me = '\xe9'\n", "refgraph.toml:1: byte 7 of this line, 0xE9, is not UTF-8"),
        ("a = " + "[" * 5000, "this is not TOML"),
        ("a = [", "this is not TOML"),
        ('"a\\u001bb" = 1\n', "'a\\x1bb' is not a setting"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, message):
    assert message in settings(tmp_path, text)[1]


def test_right_settings_stand_beside_wrong_ones(tmp_path):
    found, said = settings(tmp_path, 'me = "Ann"\ntoday = "x"\nweight = 2\n')
    assert found.me == "Ann"
    assert said.count("refgraph.toml:") == 2
