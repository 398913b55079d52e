"""Who started what: chains by hand, their laws, and the same found by walking every row."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of

from refgraph import chains
from refgraph.analysis.tracing import origin_forest
from refgraph.errors import NoMeError, OptionError, UnknownPersonError

KNOWN, STRANGERS = "ABCDE", "ST"


def referral(day, giver, receiver, prospect="", value=None, currency="", **more):
    """Make a row for `book_of`; one with a value is won."""
    told = {"prospect": prospect, "currency": currency}
    if value is not None:
        told |= {"value": Decimal(value), "status": "won"}
    return (day and date.fromisoformat(day), giver, receiver, 1, told | more)


FIVE = [
    referral("2026-01-05", "Ann", "Me", "Bo", "1000", "EUR"),
    referral("2026-02-05", "Bo", "Me", "Cy", "500", "USD"),
    referral("2026-03-05", "Cy", "Me", "Di", "200.10", "EUR"),
    referral("2026-04-05", "Bo", "Me", "Ed", "0.30", "USD"),
    referral("2026-05-05", "Me", "Ann", "Di", "70", "EUR"),
]


@pytest.fixture
def five():
    people = [{"person": name} for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Me")]
    return book_of(FIVE, me="Me", people=people)


def rows_of(table):
    return list(table.itertuples(index=False, name=None))


def test_a_chain_of_five_by_hand(five):
    people = chains.by_person(five)
    shown = people[["parent", "root", "depth", "children", "descendants", "id"]]
    assert dict(zip(shown.index, rows_of(shown), strict=True)) == {
        "Ann": ("", "Ann", 0, 1, 4, ""),
        "Bo": ("Ann", "Ann", 1, 2, 3, "r0"),
        "Cy": ("Bo", "Ann", 2, 1, 1, "r1"),
        "Di": ("Cy", "Ann", 3, 0, 0, "r2"),
        "Ed": ("Bo", "Ann", 2, 0, 0, "r3"),
        "Me": ("", "Me", 0, 0, 0, ""),
    }
    assert people["date"].dt.strftime("%d.%m.").fillna("").tolist() == [
        *("", "05.01.", "05.02.", "05.03.", "05.04.", "")
    ]


def test_its_worth_in_two_currencies_by_hand(five):
    # EUR: Bo 1000 / 2 + Di (200.10 to me, 70 to Ann) / 8;  USD: (Cy 500 + Ed 0.30) / 4
    chain = ["Ann", "Bo", "Cy", "Di"]
    assert rows_of(chains.by_root(five)) == [
        ("Ann", "EUR", 4, 4, 3, Decimal("533.7625"), Decimal("1270.1"), chain),
        ("Ann", "USD", 4, 4, 3, Decimal("125.075"), Decimal("500.3"), chain),
    ]
    thirds = chains.by_root(five, decay="0.1")["value"].tolist()
    assert thirds == [Decimal("100.2701"), Decimal("5.003")]


def test_what_givers_brought_by_hand(five):
    assert rows_of(chains.by_giver(five)) == [
        ("Ann", "EUR", 1, 1, Decimal(1000)),
        ("Cy", "EUR", 1, 1, Decimal("200.10")),
        ("Me", "EUR", 1, 1, Decimal(70)),
        ("Bo", "USD", 2, 2, Decimal("500.30")),
    ]
    assert rows_of(chains.by_giver(five.window("2026-04-01"))) == [
        ("Me", "EUR", 1, 1, Decimal(70)),
        ("Bo", "USD", 1, 1, Decimal("0.30")),
    ]


def test_through_whom_clients_came_and_who_is_essential_by_hand(five):
    assert rows_of(chains.by_client(five)) == [
        ("Bo", "EUR", Decimal(1000), 1, ["Ann", "Bo"]),
        ("Di", "EUR", Decimal("200.10"), 3, ["Ann", "Bo", "Cy", "Di"]),
        ("Cy", "USD", Decimal(500), 2, ["Ann", "Bo", "Cy"]),
        ("Ed", "USD", Decimal("0.30"), 2, ["Ann", "Bo", "Ed"]),
    ]
    assert rows_of(chains.essential(five)) == [
        ("Ann", "EUR", 4, Decimal("1200.10")),
        ("Bo", "EUR", 3, Decimal("200.10")),
        ("Cy", "EUR", 1, Decimal("200.10")),
        ("Ann", "USD", 4, Decimal("500.30")),
        ("Bo", "USD", 3, Decimal("500.30")),
    ]
    assert rows_of(chains.by_client(five, "Ann")) == [
        ("Di", "EUR", Decimal(70), 2, ["Bo", "Cy", "Di"])
    ]


def test_a_chain_through_me_begins_after_me():
    rows = [
        referral("2026-01-01", "Zoe", "Ann", "Me"),
        referral("2026-01-02", "Me", "Ann", "Bo"),
        referral("2026-01-03", "Bo", "Me", "Cy", "10", "EUR"),
    ]
    book = book_of(rows, me="Me", people=[{"person": "Cy"}, {"person": "Bo", "role": "client"}])
    assert chains.by_person(book).loc["Cy", "root"] == "Zoe"
    assert rows_of(chains.by_client(book)) == [
        ("Cy", "EUR", Decimal(10), 1, ["Bo", "Cy"]),
        ("Bo", "", None, 0, ["Bo"]),
    ]
    assert rows_of(chains.essential(book)) == [("Bo", "EUR", 1, Decimal(10))]


def test_a_client_by_role_is_one_of_me_only():
    book = book_of(
        [referral("2026-01-01", "Ann", "Bo", "Cy")],
        me="Bo",
        people=[{"person": "Cy", "role": "client"}],
    )
    assert rows_of(chains.by_client(book)) == [("Cy", "", None, 1, ["Ann", "Cy"])]
    assert rows_of(chains.essential(book)) == [("Ann", "", 1, None)]
    assert chains.by_client(book, "Ann").empty


def test_what_was_won_without_a_value_is_counted_apart():
    rows = [referral("2026-01-01", "Ann", "Me", "Bo", "10", "EUR")]
    rows += [(TODAY, "Ann", "Me", 3, {"status": "won", "currency": "EUR"})]
    assert rows_of(chains.by_giver(book_of(rows))) == [
        ("Ann", "EUR", 1, 1, Decimal(10)),
        ("Ann", "", 3, 0, None),
    ]


def test_nobody_is_a_client_of_themselves():
    rows = [
        referral("2026-01-01", "Ann", "Me", "Me", "10", "EUR"),
        referral("2026-01-02", "Me", "Bo"),
    ]
    book = book_of(rows, me="Me", people=[{"person": "Me", "role": "client"}])
    assert chains.by_client(book).empty
    assert chains.essential(book).empty


def parents(rows, people="", **options):
    book = book_of(rows, people=[{"person": name} for name in people])
    parent = chains.by_person(book, **options)["parent"]
    return parent[parent != ""].to_dict()


def whys(rows, people="", **options):
    book = book_of(rows, people=[{"person": name} for name in people])
    table = chains.unknown(book, **options)
    return dict(zip(table["id"], table["why"], strict=True))


def test_two_who_refer_each_other_make_no_circle():
    rows = [referral("2026-01-01", "A", "C", "B"), referral("2026-01-02", "B", "C", "A")]
    assert parents(rows) == {"B": "A"}
    assert parents(rows, touch="last") == {"B": "A"}
    assert whys(rows) == {}
    on_one_day = [referral("2026-01-01", "A", "C", "B"), referral("2026-01-01", "B", "C", "A")]
    assert parents(on_one_day) == {}
    assert set(whys(on_one_day).values()) == {origin_forest.WHY[3]}


def test_two_givers_on_one_day_are_not_put_in_an_order():
    rows = [
        referral("2026-01-01", "A", "C", "X"),
        referral("2026-01-01", "B", "C", "X"),
        referral("2026-01-09", "D", "C", "X"),
    ]
    assert parents(rows, "X") == {}
    assert whys(rows, "X") == {"r0": origin_forest.WHY[2], "r1": origin_forest.WHY[2]}
    assert parents(rows, "X", touch="last") == {"X": "D"}
    assert whys(rows, "X", touch="last") == {}
    one_giver = [referral("2026-01-01", "A", "C", "X"), referral("2026-01-01", "A", "B", "X")]
    assert parents(one_giver, "X") == {"X": "A"}


def test_the_last_touch_is_the_one_before_they_were_won():
    rows = [
        referral("2026-01-01", "A", "C", "X"),
        referral("2026-02-01", "B", "C", "X", status="won", status_date=date(2026, 3, 1)),
        referral("2026-03-01", "D", "C", "X"),
        referral("2026-03-02", "E", "C", "X"),
    ]
    assert parents(rows, "X") == {"X": "A"}
    assert parents(rows, "X", touch="last") == {"X": "D"}


def test_a_won_row_that_brought_nobody_does_not_end_the_touches():
    rows = [
        referral("2026-01-01", "X", "D", ""),
        referral("2026-01-02", "B", "D", "X", status="won"),  # X had sent D somebody before
        referral("2026-01-05", "A", "C", "X"),
        referral("2026-01-06", "E", "C", "X"),
    ]
    assert parents(rows, "X") == {"X": "A"}
    assert parents(rows, "X", touch="last") == {"X": "E"}


def test_whoever_brought_somebody_or_gave_to_one_of_the_two_was_there_already():
    brings = [referral("2026-01-01", "X", "C", "D"), referral("2026-01-02", "A", "B", "X")]
    assert parents(brings, "D") == {"D": "X"}
    gives = [referral("2026-01-01", "X", "A", ""), referral("2026-01-02", "A", "B", "X")]
    assert parents(gives) == {}
    gives[0] = referral("2026-01-01", "X", "B", "")
    assert parents(gives) == {}
    gives[0] = referral("2026-01-01", "X", "C", "")
    assert parents(gives) == {"X": "A"}


def test_a_stranger_ends_a_chain_and_only_a_later_one():
    rows = [
        referral("2026-01-01", "B", "C", "Stranger"),
        referral("2026-01-02", "A", "D", "B"),
        referral("2026-01-03", "B", "C", "Other"),
    ]
    assert parents(rows) == {"B": "A", "Other": "B"}
    assert whys(rows) == {"r0": origin_forest.WHY[7], "r2": origin_forest.WHY[8]}
    rows[0] = referral("2026-01-02", "B", "C", "Stranger")
    assert parents(rows) == {"B": "A", "Other": "B"}


def test_of_chains_as_long_the_first_by_name_is_shown():
    rows = [referral("2026-01-01", "A", "B", name) for name in ("Z", "M", "Y")]
    rows += [referral("2026-01-02", name, "B", f"{name}{name}") for name in ("Y", "M")]
    assert chains.by_root(book_of(rows))["chain"].tolist() == [["A", "M", "MM"]]


def test_of_roots_with_as_many_below_the_deepest_comes_first():
    rows = [referral("2026-01-01", "A", "C", name) for name in ("X", "Y")]
    rows += [referral("2026-01-01", "B", "C", "Z"), referral("2026-01-02", "Z", "C", "W")]
    table = chains.by_root(book_of(rows))
    assert table[["root", "started", "depth"]].to_numpy().tolist() == [["B", 2, 2], ["A", 2, 1]]


def test_what_does_not_say_who_brought_whom_is_listed():
    rows = [
        referral("2026-01-01", "A", "B", status="won"),
        referral(None, "A", "B", "C"),
        referral("2026-01-01", "A", "B", "A"),
        referral("2026-01-01", "A", "B", "B"),
        referral("2026-01-01", "A", "B"),
        referral("2026-01-01", "A", "B", "C"),
    ]
    table = chains.unknown(book_of(rows, people=[{"person": "C"}]))
    told = {"r0": 1, "r1": 4, "r2": 5, "r3": 6}
    assert dict(zip(table["id"], table["why"], strict=True)) == {
        row: origin_forest.WHY[at] for row, at in told.items()
    }
    assert table["line"].tolist() == [2, 3, 4, 5]
    assert set(table["file"]) == {"r.csv"}


def test_an_alias_of_a_prospect_is_the_person(make_book):
    book = make_book(
        "date,giver,receiver,prospect\n2026-01-01,Ann,Bo,Cyril\n2026-02-01,Cy,Bo,Di\n",
        people="person,aliases\nCy,Cyril\n",
    )
    assert chains.by_person(book)["parent"].to_dict() == {
        "Ann": "",
        "Bo": "",
        "Cy": "Ann",
        "Di": "Cy",
    }


def test_the_chains_of_the_adviser_are_the_ones_that_were_told(adviser):
    parent = chains.by_person(adviser)["parent"]
    told = {
        "Elizabeth Moreau": ["Samuel Okafor", "Nina Kowalczyk"],
        "Samuel Okafor": ["Priya Raman", "Frank Torrisi"],
        "Priya Raman": ["Łukasz Zieliński", "Edwin Tran"],
        "Łukasz Zieliński": ["Isabel Fonseca"],  # in April; Theresa Quinn's is of September
        "Rosa Delgado": ["Νίκος Παπαδόπουλος", "Tom Hartley", "Wendy Faulkner", "Bettina Krause"],
        "Νίκος Παπαδόπουλος": ["Анна Соколова", "Felix Arnaud"],
        "Анна Соколова": ["김민준"],
        "Zoë O’Connor-Smith": ["Megan Holloway"],
        "Megan Holloway": ["Yvonne Tate"],
        "محمد علي": ["Chris Dunleavy"],
    }
    for giver, brought in told.items():
        assert parent[brought].tolist() == [giver] * len(brought)
    known = parent[(parent != "") & parent.index.isin(adviser.people.index)]
    others = {name for brought in told.values() for name in brought}
    assert set(known[~known.index.isin(others)]) == {"Dana Whitfield"}
    roots = chains.by_root(adviser).drop_duplicates("root").set_index("root")["chain"]
    assert roots["Rosa Delgado"] == [
        "Rosa Delgado",
        "Νίκος Παπαδόπουλος",
        "Анна Соколова",
        "김민준",
    ]
    assert roots["Elizabeth Moreau"] == [
        *("Elizabeth Moreau", "Samuel Okafor", "Priya Raman", "Łukasz Zieliński", "Isabel Fonseca")
    ]
    best = chains.by_client(adviser).set_index("client")
    assert best.loc["김민준", ["currency", "value"]].tolist() == ["USD", Decimal(4400)]
    assert best.loc["Łukasz Zieliński", "chain"] == roots["Elizabeth Moreau"][:4]


def drawn_rows():
    """Rows among five people of the book and two strangers, often on one day."""
    day = st.none() | st.integers(0, 12).map(lambda back: TODAY - timedelta(days=back))
    money = st.none() | st.tuples(
        st.decimals(0, 999, places=2), st.sampled_from(["EUR", "USD", ""])
    )
    pair = st.permutations(KNOWN).map(lambda people: people[:2])
    prospect = st.sampled_from([*KNOWN, *STRANGERS, ""])

    def row(when, two, whom, worth, state, later):
        told = {"prospect": whom, "status": state}
        if worth is not None:
            told |= {"value": worth[0], "currency": worth[1]}
        if state == "won" and when is not None and later is not None:
            told["status_date"] = min(TODAY, when + timedelta(days=later))
        return (when, *two, 1, told)

    states = st.sampled_from(["won", "won", "met", "given"])
    rows = st.builds(row, day, pair, prospect, money, states, st.none() | st.integers(0, 6))
    return st.lists(rows, max_size=24).map(
        lambda some: [(*each[:4], each[4] | {"id": f"id{at}"}) for at, each in enumerate(some)]
    )


def book_among(rows, names=KNOWN):
    people = [{"person": name, "role": "client" if name == names[0] else ""} for name in names]
    return book_of(rows, me=names[1], people=people)


TOUCHES = st.sampled_from(origin_forest.TOUCHES)


def slow_parents(rows, touch):
    """Find who brought whom by looking at every row for every person."""
    found = {}
    named = [
        (when, giver, receiver, told["prospect"], told)
        for when, giver, receiver, _, told in rows
        if when and told["prospect"] and told["prospect"] not in (giver, receiver)
    ]
    gave = [(when, giver, receiver) for when, giver, receiver, *_ in rows if when]
    for name in {row[3] for row in named}:
        mine = [row for row in named if row[3] == name]
        brings = min((row[0] for row in named if row[1] == name and row[3] in KNOWN), default=None)
        eligible = [
            row
            for row in mine
            if (brings is None or row[0] < brings)
            and not any(
                giver == name and receiver in row[1:3] and when < row[0]
                for when, giver, receiver in gave
            )
        ]
        if touch == "last":
            closed = [
                max(row[0], row[4].get("status_date") or row[0])
                for row in eligible
                if row[4]["status"] == "won"
            ]
            eligible = [row for row in eligible if not closed or row[0] <= min(closed)]
        if not eligible:
            continue
        best = (max if touch == "last" else min)(row[0] for row in eligible)
        givers = {row[1] for row in eligible if row[0] == best}
        if len(givers) == 1:
            found[name] = (givers.pop(), best)
    return {
        name: giver
        for name, (giver, when) in found.items()
        if name in KNOWN or giver not in found or found[giver][1] < when
    }


@settings(max_examples=25)
@given(drawn_rows(), TOUCHES)
def test_parents_are_those_found_by_walking_every_row(rows, touch):
    parent = chains.by_person(book_among(rows), touch=touch)["parent"]
    assert parent[parent != ""].to_dict() == slow_parents(rows, touch)


@settings(max_examples=25)
@given(drawn_rows(), TOUCHES)
def test_no_chain_closes_and_each_step_is_one_deeper(rows, touch):
    people = chains.by_person(book_among(rows), touch=touch)
    parent = people["parent"].to_dict()
    below = defaultdict(set)
    for name in people.index:
        above, at = [], name
        while parent[at]:
            at = parent[at]
            assert at not in above
            assert at != name
            above.append(at)
            below[at].add(name)
        assert people.loc[name, "depth"] == len(above)
        assert people.loc[name, "root"] == at
        assert pd.isna(people.loc[name, "date"]) == (not above) == (people.loc[name, "id"] == "")
        if above and parent[above[0]]:
            assert people.loc[name, "date"] > people.loc[above[0], "date"]
    for name in people.index:
        mine = [child for child in people.index if parent[child] == name]
        assert people.loc[name, "children"] == len(mine)
        assert people.loc[name, "descendants"] == len(below[name])
        assert len(below[name]) == sum(people.loc[child, "descendants"] + 1 for child in mine)
    assert people["descendants"].sum() == people["depth"].sum()


@settings(max_examples=25)
@given(drawn_rows(), st.sampled_from(["1", "0.5", "0.30", "0.123456789"]), TOUCHES)
def test_the_value_of_a_root_is_the_decayed_sum_of_those_below(rows, decay, touch):
    book = book_among(rows)
    people = chains.by_person(book, touch=touch)
    expected = defaultdict(Fraction)
    whole = defaultdict(Fraction)
    for *_, told in rows:
        name = told["prospect"]
        if told["status"] != "won" or "value" not in told or not name:
            continue
        root, depth = people.loc[name, ["root", "depth"]]
        if depth:
            key = root, told["currency"]
            expected[key] += Fraction(decay) ** int(depth) * Fraction(told["value"])
            whole[key] += Fraction(told["value"])
    table = chains.by_root(book, decay=decay, touch=touch)
    priced = table[table["value"].notna()]
    keys = list(zip(priced["root"], priced["currency"], strict=True))
    assert dict(zip(keys, map(Fraction, priced["value"]), strict=True)) == expected
    assert dict(zip(keys, map(Fraction, priced["won_value"]), strict=True)) == whole
    started = table.drop_duplicates("root").set_index("root")["started"]
    assert started.to_dict() == {
        name: count
        for name, count in people["descendants"].items()
        if count and not people.loc[name, "depth"]
    }


@settings(max_examples=15)
@given(drawn_rows(), TOUCHES)
def test_essential_people_are_those_on_the_chains_of_clients(rows, touch):
    book = book_among(rows)
    clients, needed = chains.by_client(book, touch=touch), chains.essential(book, touch=touch)
    number, worth = defaultdict(set), defaultdict(Fraction)
    for client, currency, value, depth, chain in rows_of(clients):
        assert len(chain) == depth + 1
        assert chain[-1] == client
        for name in chain[:-1]:
            assert name != book.me
            number[name].add(client)
            if value is not None:
                worth[name, currency] += Fraction(value)
    assert {name: len(some) for name, some in number.items()} == dict(
        zip(needed["person"], needed["clients"], strict=True)
    )
    assert {
        (person, currency): Fraction(value)
        for person, currency, _, value in rows_of(needed)
        if value is not None
    } == worth


@settings(max_examples=12)
@given(drawn_rows(), st.randoms(use_true_random=False), TOUCHES)
def test_the_order_of_rows_does_not_show(rows, rng, touch):
    mixed = rng.sample(rows, len(rows))
    first, second = book_among(rows), book_among(mixed)
    for table in (chains.by_person, chains.by_root, chains.by_client, chains.essential):
        pd.testing.assert_frame_equal(table(first, touch=touch), table(second, touch=touch))
    pd.testing.assert_frame_equal(chains.by_giver(first), chains.by_giver(second))
    lists = [chains.unknown(book, touch=touch).drop(columns="line") for book in (first, second)]
    pd.testing.assert_frame_equal(*lists)


@settings(max_examples=12)
@given(drawn_rows(), st.permutations([*KNOWN, *STRANGERS]), TOUCHES)
def test_other_names_give_the_same_chains(rows, names, touch):
    other = dict(zip([*KNOWN, *STRANGERS], names, strict=True)) | {"": ""}
    renamed = [
        (when, other[giver], other[receiver], 1, told | {"prospect": other[told["prospect"]]})
        for when, giver, receiver, _, told in rows
    ]
    before = chains.by_person(book_among(rows), touch=touch)
    after = chains.by_person(book_among(renamed, [other[name] for name in KNOWN]), touch=touch)
    shape = ["parent", "root", "depth", "children", "descendants"]
    before = before[shape].rename(index=other).sort_index()
    before[["parent", "root"]] = before[["parent", "root"]].map(other.get).astype("str")
    pd.testing.assert_frame_equal(after[shape].sort_index(), before)


def test_a_chain_of_five_thousand_is_walked_and_exact():
    steps = 5000
    day = date(2000, 1, 1)
    rows = [
        referral(str(day + timedelta(days=at)), f"{at:04}", "Me", f"{at + 1:04}", "1.10", "EUR")
        for at in range(steps)
    ]
    book = book_of(rows, me="Me")
    table = chains.by_root(book, decay="0.9")
    (row,) = rows_of(table)
    assert row[:5] == ("0000", "EUR", steps, steps, steps)
    gamma, worth = Fraction(9, 10), Fraction(11, 10)
    assert Fraction(row[5]) == worth * gamma * (1 - gamma**steps) / (1 - gamma)
    assert row[6] == Decimal(5500)
    assert len(row[7]) == steps + 1
    longest = chains.by_client(book)
    assert longest["depth"].max() == steps
    assert longest["chain"].map(len).max() == 100
    assert chains.essential(book)["clients"].max() == steps


def test_shuffled_names_of_a_long_chain_give_the_same_depth():
    names = [f"P{at}" for at in range(300)]
    random.Random(1).shuffle(names)  # noqa: S311
    rows = [
        referral(str(date(2020, 1, 1) + timedelta(days=at)), one, "Me", two)
        for at, (one, two) in enumerate(pairwise(names))
    ]
    people = chains.by_person(book_of(rows))
    assert people.loc[names, "depth"].tolist() == list(range(300))
    assert set(people.loc[names, "root"]) == {names[0]}


@pytest.mark.parametrize("rows", [[], [referral("2026-01-01", "A", "B")]], ids=["none", "one"])
def test_columns_and_dtypes_are_the_same_without_chains(rows, five):
    book = book_of(rows, me="A")
    for table in (
        *(chains.by_person, chains.by_root, chains.by_giver),
        *(chains.by_client, chains.essential, chains.unknown),
    ):
        empty, full = table(book), table(five)
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()
        assert list(empty) == list(full)
        assert empty.index.dtype == full.index.dtype or empty.empty


@pytest.mark.parametrize("decay", [0, -1, 1.5, "half", float("nan"), "Infinity", "", "sNaN"])
def test_a_decay_out_of_range_is_refused(five, decay):
    with pytest.raises(OptionError, match="decay must be a number above 0 and at most 1"):
        chains.by_root(five, decay=decay)


def test_what_cannot_be_asked_is_refused(five):
    with pytest.raises(OptionError, match="touch is 'first' or 'last', not 'middle'"):
        chains.by_person(five, touch="middle")
    with pytest.raises(NoMeError):
        chains.essential(book_of(FIVE))
    with pytest.raises(UnknownPersonError):
        chains.by_client(five, "Nobody")
