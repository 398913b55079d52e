"""How well phrases fit: by hand, as laws, and against trying all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.analysis.suggesting.phrasebook import Phrasebook, words
from refgraph.errors import OptionError

PLAIN = Phrasebook({})
WORDS = st.sampled_from(["tax", "returns", "desk", "Web", "design", "shops", "for", "IT"])
PHRASES = st.lists(WORDS, max_size=4).map(" ".join)
SYNONYMS = st.dictionaries(PHRASES, st.lists(PHRASES, max_size=2), max_size=3)


@pytest.mark.parametrize(
    ("phrase", "read"),
    [
        ("Tax  Returns", ("tax", "return")),
        ("web-design", ("web", "design")),
        ("help with the wills", ("help", "will")),
        ("of the", ("of", "the")),
        ("IT support", ("it", "support")),
        ("Companies, taxes & classes", ("company", "tax", "class")),
        ("ties, pies and berries", ("tie", "pie", "berry")),
        ("business analysis bus gas", ("business", "analysis", "bus", "gas")),
        ("women’s and women's", ("women", "women")),
        ("C++, C# +1 #2 a+b", ("c++", "c#", "1", "2", "b")),
        ("Straße", ("strasse",)),
        ("cafe\u0301s", ("caf\u00e9",)),
        ("हिन्दी अनुवाद", ("हिन्दी", "अनुवाद")),
        ("می\u200cخواهم", ("میخواهم",)),
        ("税务咨询", ("税务咨询",)),
        ("", ()),
        ("!? -", ()),
    ],
)
def test_the_words_of_a_phrase(phrase, read):
    assert words(phrase) == read


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("tax returns", "Tax return!", 1),
        ("tax returns", "returns of taxes", 1),
        ("tax", "tax returns", 1 / 2),
        ("tax returns", "returns desk", 1 / 3),
        ("business insurance", "business lawyer", 1 / 3),
        ("small business insurance", "business insurance", 2 / 3),
        ("the roof", "the garden", 0),
        ("", "", 0),
        ("C++", "C#", 0),
    ],
)
def test_the_fit_of_two_phrases(one, other, fit):
    assert PLAIN.fit(one, other) == pytest.approx(fit)


def test_synonyms_hold_both_ways_within_phrases_and_through_a_shared_one():
    book = Phrasebook({"websites": ["web design", "sites"], "homepages": ["site"]})
    assert book.fit("web design", "Homepage") == book.fit("homepage", "web design") == 1
    assert book.fit("web design for shops", "shop websites") == 1
    assert book.fit("web", "web design") == 1 / 2  # the phrase as it stands still counts
    assert book.meaning("web design") == book.meaning("Sites") == ("homepage",)  # the shortest
    assert Phrasebook({"wills": ["!"], "": ["tax"]}).fit("tax", "wills") == 0


def test_the_longest_synonym_is_read_first():
    book = Phrasebook({"websites": ["web design"], "drawings": ["design"]})
    assert book.fit("web design", "websites") == 1
    assert book.fit("design", "drawings") == 1
    assert (
        Phrasebook({"websites": ["web design"], "net": ["web"]}).fit("web design", "website") == 1
    )


@settings(max_examples=60)
@given(SYNONYMS, PHRASES, PHRASES)
def test_a_fit_is_the_same_from_both_sides_and_whole_with_itself(synonyms, one, other):
    book = Phrasebook(synonyms)
    assert book.fit(one, other) == book.fit(other, one)
    assert PLAIN.fit(one, other) <= book.fit(one, other) <= 1
    assert book.fit(one, one) == (1 if words(one) else 0)


@settings(max_examples=30)
@given(st.lists(st.lists(PHRASES.filter(bool), min_size=2, max_size=3), max_size=3), st.randoms())
def test_it_does_not_matter_which_synonym_is_the_key(entries, random):
    turned = [random.sample(entry, len(entry)) for entry in entries]
    books = []
    for each in (entries, turned[::-1]):
        synonyms = {}
        for word, *others in each:
            synonyms[word] = [*synonyms.get(word, []), *others]
        books.append(Phrasebook(synonyms))
    for one in ("tax returns", "Web design desk", *(entry[0] for entry in entries)):
        for entry in entries:
            assert books[0].fit(one, entry[-1]) == books[1].fit(one, entry[-1])


@settings(max_examples=60)
@given(SYNONYMS, st.lists(PHRASES, max_size=8), PHRASES, st.sampled_from([0.2, 1 / 3, 0.5, 0.7, 1]))
def test_the_index_finds_what_trying_all_finds(synonyms, others, phrase, least):
    book = Phrasebook(synonyms)
    found = book.index(others, least=least).near(phrase)
    tried = {other: book.fit(phrase, other) for other in others}
    assert found == {other: fit for other, fit in tried.items() if fit >= least}
    assert list(found) == sorted(found, key=lambda other: (-found[other], other))


@pytest.mark.parametrize("least", [0, -1, 1.5, float("nan")])
def test_a_least_fit_must_be_a_share(least):
    with pytest.raises(OptionError, match="above 0"):
        PLAIN.index([], least=least)
