"""Words in cells and headers that name nobody, in seven languages, and names that look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import names

from refgraph.names.blank_words import _SAID, NOTHING, UNKNOWN, blank_word
from refgraph.names.folded import YES, YES_NO, fold
from refgraph.names.nicknames import _forms
from refgraph.names.spelling import bare
from refgraph.names.summary_words import is_summary
from refgraph.names.void_marks import is_void_word, may_void

#: Names and firms of each language that begin or end as such words do.
PEOPLE = [
    *("Na Li", "Max", "Massimo", "Anna Null", "Niemand GmbH", "Nemo", "Personne Martin", "Blank"),
    *("Max Goal", "Goal Getters Ltd", "Media Lab", "Tasso Rossi", "Ann Lee", "Sol Testa", "Voice"),
    *("Dupont", "Marta Ramos", "Ziel Immobilien", "Anne Objectif", "Meta Weber", "Mean Bean Café"),
]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NOTHING, ["N/A", " n/a ", "#N/A", "Nobody", "keine Angabe", "Aucun", "Néant", "Ninguém"]),
        (NOTHING, ["nessuno", "n.v.t.", "Não se aplica", "-", "--", "—", ".", "()", "*", "/"]),
        (UNKNOWN, ["Unknown", "TBD", "weiß nicht", "Anonyme", "¿quién?"[:1] + "?", "?", "-?-"]),
        (UNKNOWN, ["Sconosciuto", "onbekend", "não sei", "Quelqu'un", "À définir", "se desconoce"]),
        ("", ["", "  ", *PEOPLE[:-1], "0", "n/a yet", "Unknown Ltd"]),
    ],
)
def test_words_that_name_nobody(kind, words):
    for word in words:
        expected = NOTHING if word == "Blank" else kind
        assert blank_word(word) == expected, word


def test_no_word_says_both_and_each_is_as_it_is_compared():
    assert {*_SAID.values()} == {NOTHING, UNKNOWN}
    assert all(word == bare(word) == word.strip() for word in _SAID)
    assert not {*_SAID} & {*_forms()}, "first names"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Average",
            "AVG",
            "Our goal",
            "Goal 2026:",
            "Chapter target",
            "Last year",
            "Max. variance",
        ),
        *(
            "Goals for the month",
            "Year to date",
            "Close rate",
            "% percentage",
            "Team average / week",
        ),
        *("Durchschnitt", "Monatsziel", "Ø Durchschnitt", "Vorjahr", "Anzahl", "nächstes Jahr"),
        *("Moyenne par mois", "Objectif", "Année précédente", "Écart", "Mois dernier"),
        *("Promedio", "Año anterior", "Obiettivo", "Mese scorso", "Média mensal", "Ano passado"),
        *("Gemiddelde", "Vorig jaar", "Jaardoel", "Verschil", "Meta", "Avg Q4 FY26", "Goal 7"),
    ],
)
def test_what_heads_a_summary(text):
    heads = not text.startswith(("Max", "Ø", "Meta"))
    assert is_summary(text) is heads


@pytest.mark.parametrize("text", [*PEOPLE, "", " ", "-", "2026", "our", "the year", "Average Joe"])
def test_what_heads_none(text):
    assert not is_summary(text)


def test_a_long_text_heads_no_summary():
    assert is_summary(f"{'the ' * 14}goal")
    assert not is_summary(f"{'the ' * 15}goal")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        *(("ReferredBy", "referred by"), ("referred_by", "referred by"), ("REFERRED", "referred")),
        *(("Referred-To (Provider)", "referred to"), ("(Provider)", "provider"), ("[x] y", "y")),
        *(("Reçue", "recue"), ("RecommandéÀ", "recommande a"), ("% won", "% won"), ("#", "#")),
        *(
            ("A/B", "a/b"),
            ("Fee ($)", "fee"),
            ("$", "$"),
            ("__", ""),
            ("", ""),
            ("Größe", "grosse"),
        ),
    ],
)
def test_a_header_as_it_is_compared(text, folded):
    assert fold(text) == folded


@given(names())
def test_what_is_folded_stays_so(name):
    form = fold(name)
    assert fold(form) == form
    assert fold(f" {name.upper()} ") in (form, fold(name.upper()))


def test_words_that_say_yes_or_no_are_folded_and_no_names():
    assert {fold(word) for word in YES | YES_NO} == YES | YES_NO
    assert not YES & {"n", "no", "nein", "non", "nee", "nao", "0", ""}


#: Headers of a column of marks: what it says for sure, what it may say, and what it does not.
VOID = "Void|Voided by|Is deleted?|DELETED ON|Duplicate of|removed am|Gelöscht am|Doublon|Duplicado"
OFF = "Cancelled|Canceled on|was withdrawn|Storniert|Annulé|Anulada|Ritirato|Ingetrokken op"
NONE = "Voice|Avoid|Void where|Test drive|Duplicates found|Cancel|Note|Deleted items|Invalidity|"


@pytest.mark.parametrize("title", [*VOID.split("|"), *OFF.split("|"), "Invalid", "ungültig"])
def test_a_header_of_marks(title):
    assert may_void(title)


@pytest.mark.parametrize("title", [*NONE.split("|"), *PEOPLE])
def test_a_header_of_none(title):
    assert not may_void(title)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        *(("VOID", True), ("marked as duplicate", True), ("gelöscht", True), ("Test row", True)),
        *(
            ("Invalid", False),
            ("Cancelled", False),
            ("Won", False),
            ("void on", False),
            ("", False),
        ),
    ],
)
def test_an_outcome_that_says_that_its_row_is_none(word, says):
    assert is_void_word(word) is says
