"""The card: what it says, what it leaves out, and when there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import AWKWARD, TODAY, book_of

from refgraph.errors import NoMeError, OptionError, RefgraphError
from refgraph.report import card as cards

ADVISER = Path(__file__).parents[2] / "data" / "adviser"
SOMEBODY = ("bakers",)


def book_with(rows=(), *, me="Me", people=(), **told):
    book = book_of([(TODAY, "Ann", "Me", 1), *rows], me=me, people=people)
    return book.altered(settings=replace(book.settings, **({"looking_for": SOMEBODY} | told)))


def received(handoff, won, lost, still=0, count=1):
    """Referrals to me, introduced so, some of them won, lost and still open."""
    states = ["won"] * won + ["lost"] * lost + ["met"] * still
    day = date(2026, 1, 1)
    return [(day, "Ann", "Me", count, {"handoff": handoff, "status": state}) for state in states]


def test_one_line_answers_how_business_is(run):
    line = run("card", ADVISER, "--line").stdout
    assert line.count("\n") == 1
    assert "owners who want to sell their business within five years" in line
    assert json.loads(run("card", ADVISER, "--line", "-O", "json").stdout) == {"line": line[:-1]}
    full = cards.of(book_with(accepting=False))
    assert "full for the moment" in cards.line(full)
    assert cards.line(cards.of(book_with())) == "Well, thank you. I would love to meet bakers."


def test_the_card_of_the_adviser(run):
    text = run("card", ADVISER).stdout
    assert text.startswith("How to recognise a referral for Dana Whitfield\n")
    for line in (
        "  - couples who retire next year\n",
        '  - "If I sold the firm, what would I live on?"\n',
        "  1. Introduce us in person, the three of us together. So far, 7 of 7 closed worked out\n",
        "     (range 65% to 100%; 3 under way).\n",
        "  4. Send one e-mail to both of us. So far, 9 of 11 closed worked out (range 52% to 95%",
        'Least of all, tell them to "use my name"',
    ):
        assert line in text
    assert len(text.splitlines()) < 40


def test_it_names_nobody_but_me(run, adviser):
    for form in ("table", "md", "json"):
        text = run("card", ADVISER, "-O", form).stdout
        assert [name for name in adviser.people.index if name in text] == ["Dana Whitfield"]
        assert "example.org" not in text
    hidden = run("card", ADVISER, "--incognito").stdout
    assert "Dana" not in hidden
    assert "D.W.1" in hidden


def test_what_became_of_introductions_by_hand():
    rows = [*received(5, 3, 2, 4), *received(0, 1, 1, count=3), *received(2, 4, 0, 9)]
    rows += [(TODAY, "Me", "Ann", 9, {"handoff": 2, "status": "won"})]  # not received
    ways = {way.handoff: way for way in cards.of(book_with(rows)).introduce}
    assert list(ways) == [5, 4, 3, 2, 1, 0]
    told = {level: (way.referrals, way.won, way.closed, way.open) for level, way in ways.items()}
    none = (None,) * 4
    few = (13, 4, 4, 9)  # fewer closed than a comparison takes, and told as they are
    assert told == {5: (9, 3, 5, 4), 4: none, 3: none, 2: few, 1: none, 0: (6, 3, 6, 0)}
    assert "So far, 3 of 5 closed worked out (range 23% to 88%; 4 under way)." in ways[5].told
    assert "So far, 3 of 6 closed worked out (range 9% to 91%)." in ways[0].told  # of 2 rows
    one = cards.of(book_with(received(5, 3, 2, 9)))
    assert {way.referrals for way in one.introduce} == {None}


def test_no_way_is_called_better_than_its_counts_tell():
    for lost, apart in ((1, False), (12, True)):
        said = cards.text(cards.of(book_with([*received(5, 12, 1), *received(2, 12, lost)])))
        assert ("The counts do not tell all of these ways apart" in said) != apart
    three = [*received(5, 6, 6), *received(2, 20, 0), *received(0, 0, 12)]
    said = cards.text(cards.of(book_with(three)))
    assert "The counts speak against this order" in said
    assert "do not tell all" not in said
    assert "counts" not in cards.text(cards.of(book_with(received(5, 3, 2))))  # none is shown


def test_what_is_open_is_no_failure():
    before = [*received(5, 5, 1), *received(2, 2, 4)]
    after = [*before, *received(5, 0, 0, 30)]
    one, two = (cards.of(book_with(rows)).introduce[0] for rows in (before, after))
    assert (one.won, one.closed, one.low, one.high) == (two.won, two.closed, two.low, two.high)
    assert (one.open, two.open) == (0, 30)


def test_words_to_listen_for_are_offers_and_their_synonyms():
    people = [{"person": "Me", "offers": ("Tax", "wills"), "profession": "lawyer"}]
    synonyms = {"tax": ("returns", "TAX"), "probate": ("Wills",), "bread": ("rolls",)}
    card = cards.of(book_with(people=people, synonyms=synonyms))
    assert card.words == ("Tax", "returns", "wills", "probate")
    text = cards.text(card)
    assert "Me, lawyer. I help with Tax and wills.\n" in text
    assert "  - They speak of Tax, returns, wills or probate.\n" in text
    said = cards.text(replace(card, they_say=("Help!",)))
    assert '  - "Help!"\n  - Or they speak of Tax' in said
    assert "speak of" not in cards.text(replace(card, they_say=("Help!",), words=card.offers))
    quoted = cards.text(replace(card, they_say=('"No!"', "“Why?”", 'They say "no"')))
    assert '  - "No!"\n  - “Why?”\n  - "They say "no""\n' in quoted


def test_a_card_of_somebody_who_takes_nobody_new_asks_for_nothing(run):
    book = book_with(received(5, 9, 0), accepting=False)
    card = cards.of(book)
    assert (card.looking_for, card.they_say, card.introduce) == ((), (), ())
    for text in (cards.text(card), cards.markdown(card)):
        assert "Me is not taking new referrals right now" in text
        assert "bakers" not in text
        assert "ntroduce" not in text
    assert cards.of(book_with(accepting=False, looking_for=())).accepting is False


def test_there_is_no_card_without_whom_i_look_for_nor_for_others(run):
    with pytest.raises(RefgraphError, match=r'looking_for = \["couples who retire next year"\]'):
        cards.of(book_with(looking_for=()))
    with pytest.raises(OptionError, match=r"no card for Ann: looking_for .* says whom Me would"):
        cards.of(book_with(), "Ann")
    with pytest.raises(NoMeError):
        cards.of(book_with(me=None))
    assert cards.of(book_with(me=None), "Ann").me == "Ann"
    for words in (["--for", "Rosa Delgado"], ["--me", "Rosa Delgado"]):
        assert "no card for Rosa Delgado" in run("card", ADVISER, *words, status=1).stderr
    assert "no card" not in run("card", ADVISER, "--for", "D. Whitfield").stderr


def test_a_new_book_has_a_card_before_it_has_referrals(run, tmp_path):
    run("init", tmp_path / "new", "--me", "Ann [Lee]")
    assert "looking_for = [" in run("card", tmp_path / "new", status=1).stderr
    with (tmp_path / "new" / "refgraph.toml").open("a", encoding="utf-8") as file:
        file.write('looking_for = "*bakers*"\nthey_say = "I am up at three"\n')
    text = run("card", tmp_path / "new").stdout
    assert "  - *bakers*\n" in text
    assert "Ann [Lee]." not in text
    target = tmp_path / "card.md"
    run("card", tmp_path / "new", "-o", target)
    said = target.read_text(encoding="utf-8")
    assert said.startswith("# How to recognise a referral for Ann \\[Lee\\]\n")
    assert "- \\*bakers\\*\n" in said
    made = json.loads(run("card", tmp_path / "new", "-O", "json").stdout)
    assert list(made) == [
        *("me", "profession", "offers", "accepting", "looking_for", "they_say", "words"),
        "introduce",
    ]
    assert made["introduce"][0] == {
        "handoff": 5,
        "how": cards.HOW[5],
        **dict.fromkeys(("referrals", "won", "closed", "open", "low", "high")),
    }


@settings(max_examples=25)
@given(st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=4), st.sampled_from(AWKWARD))
def test_no_name_or_sentence_is_too_odd(sentences, name):
    me = " ".join(name.split())
    book = book_of([], me=me)
    told = {"looking_for": tuple(sentences), "they_say": tuple(sentences)}
    card = cards.of(book.altered(settings=replace(book.settings, **told)))
    assert cards.text(card).startswith(f"How to recognise a referral for {me}\n")
    listed = [line[4:] for line in cards.text(card).splitlines() if line.startswith("  - ")]
    quoted = [f'"{sentence}"' for sentence in sentences]
    assert [" ".join(line.split()) for line in listed] == [
        " ".join(sentence.split()) for sentence in (*sentences, *quoted)
    ]


@pytest.mark.parametrize(("profile", "told"), [("health", "somebody"), (None, "Zoe Vale")])
def test_under_health_no_sentence_names_who_was_referred(profile, told):
    row = (TODAY, "Bo", "Me", 1, {"prospect": "Zoe Vale"})
    said = ("people like zoe  vale", "bakers")
    book = book_with([row], looking_for=said, they_say=said, profile=profile)
    card = cards.of(book)
    shown = said if profile is None else ("people like somebody", "bakers")
    assert told.casefold() in " ".join(shown[0].split())
    assert card.looking_for == card.they_say == shown
