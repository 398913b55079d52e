"""Every number in the sentences of the other questions, recomputed from rows of both samples."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from math import sqrt
from pathlib import Path

import pandas as pd
import pytest
from said import some, take, was

from refgraph import Book, report
from refgraph.analysis.pairing import meeting_worth
from refgraph.analysis.tending import pipeline
from refgraph.errors import NoMeError
from refgraph.report.questions.registry import QUESTIONS
from refgraph.wording import percent

DATA = Path(__file__).parent.parent.parent / "data"
BOOKS = ("adviser", "chapter")
WHOM = "Elizabeth Moreau"  # of the adviser's book; "Hugo Fairbanks" of the chapter's
#: Questions whose sentences are recomputed here or in test_report_numbers.py.
ELSEWHERE = {
    *("returns", "returns --curve", "refer-first", "effect", "evaluate", "connectors"),
    "reciprocity",
}
HERE = {
    *("owe", "why", "thanks", "pipeline", "pipeline --by handoff", "pipeline --by ask"),
    *("pairings", "without", "bench", "bench --by profession", "groups", "groups --by person"),
    *("chains", "chains --by person", "chains --by giver", "chains --by client"),
    "chains --essential",
}
SAYS_NONE = {  # of days, periods and people, but no figure of its own
    *("trend", "changes", "evaluate --calibration", "bench --share"),
}


@cache
def book(name):
    return Book.read(DATA / name)


@cache
def ask(name, question, *about):
    return report.ask(book(name), question, *about)


def known(name, question):
    """Tell the sentence under a table; nothing where the book cannot be asked."""
    about = ["Hugo Fairbanks" if name == "chapter" else WHOM] * (question in ABOUT_ONE)
    try:
        return ask(name, question, *about)
    except NoMeError:
        return None


ABOUT_ONE = {"why", "without", "register"}


def test_every_question_whose_sentence_holds_a_number_is_recomputed():
    assert {*QUESTIONS} >= HERE | ELSEWHERE | SAYS_NONE
    left = {*QUESTIONS} - HERE - ELSEWHERE - SAYS_NONE
    for name in BOOKS:
        for question in sorted(left):
            answer = known(name, question)
            assert answer is None or not re.search(r"\d", answer.said), (question, answer.said)


@pytest.mark.parametrize("name", BOOKS)
def test_owe(name):
    """Settle the oldest referral first, whatever came back when, by plain counting."""
    here, table = book(name), ask(name, "owe").table
    rows = here.history.sort_values("date", kind="stable", na_position="first")
    never = {*here.people.index[here.people["role"].isin(("vendor", "other"))]} - {here.me}
    units, back = defaultdict(list), Counter()
    for row in rows.itertuples():
        units[row.giver, row.receiver] += [row.date] * row.count
        back[row.receiver, row.giver] += row.count
    for person in here.touches.loc[here.touches["kind"] == "settled", "person"]:
        back[person, here.me] += 1
    asked = {(giver, to) for giver, to in units if here.me in (None, to) and giver not in never}
    left = {pair: units[pair][back[pair] :] for pair in asked}
    assert table["open"].sum() == sum(map(len, left.values()))
    ages = Counter()
    for day in (day for days in left.values() for day in days):
        age = (here.today - day.date()).days
        at = sum(age > last for last in (30, 90, 180))
        ages[("0-30 days", "31-90 days", "91-180 days", "over 180 days")[at]] += 1
    told = [f"{number:,} for {age}" for age, number in sorted(ages.items())]
    owed = {pair for pair in asked if left[pair]}
    given = {pair: back[pair] for pair in owed}
    touched = sum(
        max(len(units[pair]) - len(left[pair]) - len(units[pair[::-1]]), 0) for pair in given
    )
    if touched:
        told.append(f"{touched:,} {was(touched)} settled otherwise")
    take(ask(name, "owe").said, *told)


def test_why():
    person = str(ask("adviser", "owe").table["person"].iloc[0])
    answer = ask("adviser", "why", person)
    take(answer.said, f"{int(answer.table['open'].sum()):,} open")


def test_thanks():
    here, answer = book("adviser"), ask("adviser", "thanks")
    table = report.ask(here, "thanks", said=True).table
    days = table.loc[(table["state"] == "said") & (table["reason"] == "receipt"), "days"]
    news = table[table["state"] == "owed"]
    touches = here.touches[here.touches["kind"] == "thanks"]
    last = touches.groupby("person")["date"].max()
    got = here.referrals[here.referrals["receiver"] == here.me]
    never = sum(
        not last.get(row.giver, row.date - pd.Timedelta(1, "D")) >= row.date
        and (here.today - row.date.date()).days > 30
        for row in got[got["date"].notna()].itertuples()
    )
    take(
        answer.said,
        f"{days.median():g} days after",
        f"{some(int(days.max()), 'day')} at worst",
        f"for {(days > 2).sum():,} of {len(days):,} after more than 2.",
        f"For {some(never, 'referral')} no",
        f"{some(len(news), 'referral')} of {some(news['person'].nunique(), 'person', 'people')}",
    )


@pytest.mark.parametrize("name", BOOKS)
def test_pipeline(name):
    answer = ask(name, "pipeline")
    rate = ask(name, "pipeline --by direction").table.set_index("direction")
    leaking, of = rate["leaking"], rate["referrals"]
    told = [
        f"{leaking['all']:,} of {some(of['all'], 'referral')} older than 30 days",
        percent(leaking["all"] / of["all"]),
        f"range {percent(rate['low']['all'])} to {percent(rate['high']['all'])}",
        *(f"{leaking[s]:,} of {of[s]:,} {s}" for s in ("received", "given") if s in of),
    ]
    better = re.findall(
        r"(?:the one|[^;:]+?) with ([^;]+?) from (\d) to (\d) \(closed, of those (\w+) so: "
        r"(\d+) of (\d+) won, against (\d+) of (\d+)\)",
        answer.said,
    )
    rows = answer.table
    assert len(better) == min(3, rows["raise_to"].notna().sum())
    lows = []
    for person, old, new, made, *counts in better:
        row = rows[
            (rows["person"] == person)
            & (rows["handoff"] == int(old))
            & (rows["raise_to"] == int(new))
        ].iloc[0]
        assert made == {"between": "made"}.get(row["direction"], row["direction"])
        closed = pipeline.closing(book(name), direction=row["direction"]).set_index("handoff")
        found = [int(closed[each][int(at)]) for at in (new, old) for each in ("won", "closed")]
        assert [int(each) for each in counts] == found
        assert row["brings"] == pytest.approx(found[0] / found[1] - found[2] / found[3])
        told.append(f"from {old} to {new} (closed, of those {made} so: {found[0]} of {found[1]}")
        told.append(f"against {found[2]} of {found[3]}")
        lows.append(row["brings_low"])
    assert ("may be chance" in answer.said) == bool(lows)  # the best of several is not corrected
    told += [f"{level} is " for level in sorted({at for each in better for at in each[1:3]})]
    take(answer.said, *told)


@pytest.mark.parametrize("name", BOOKS)
def test_pipeline_by_handoff(name):
    answer = ask(name, "pipeline --by handoff")
    take(answer.said, f"{some(int(answer.table['open'].sum()), 'referral')} under way")


def test_pipeline_by_ask():
    answer = ask("adviser", "pipeline --by ask")
    number = Counter(answer.table["outcome"])
    led, done = number["led"], number["led"] + number["nothing"]
    won = int(((answer.table["outcome"] == "led") & (answer.table["status"] == "won")).sum())
    middle = (led + 1.96**2 / 2) / (done + 1.96**2)  # Wilson
    half = 1.96 / (done + 1.96**2) * sqrt(led * (done - led) / done + 1.96**2 / 4)
    take(
        answer.said,
        f"{led:,} of {some(done, 'ask')} led",
        f"{percent(led / done)}, range {percent(middle - half)} to {percent(middle + half)}",
        f"{won:,} of these {was(won)} won",
        f"{some(number['waiting'], 'ask')} are not 90 days old",
    )


@pytest.mark.parametrize("name", BOOKS)
def test_pairings(name):
    answer = ask(name, "pairings")
    met = answer.table[answer.table["b"] != ""]
    worth = int(answer.table["worth"].sum())
    needed = met["worth"] >= meeting_worth.NEED
    one_way = ~needed & (met["worth"] >= meeting_worth.ONE_WAY)
    told = [f"{some(len(met), 'meeting')} in {some(int(met['week'].max()), 'week')}"]
    for kind, says in ((needed, "where one needs"), (one_way, "of whom one alone")):
        found = re.search(rf"([\d,]+) of ([\d,]+) pairs {says}", answer.said)
        if kind.any() or found:
            assert (
                int(kind.sum()) == int(found[1].replace(",", "")) <= int(found[2].replace(",", ""))
            )
            told.append(found[0])
    bound = re.search(r"worth more than ([\d,]+)", answer.said)
    assert worth <= int(bound[1].replace(",", ""))
    take(answer.said, *told, f"Worth {worth:,} together", bound[0])


@pytest.mark.parametrize(("name", "whom"), [("adviser", WHOM), ("chapter", "Arthur Penhale")])
def test_without(name, whom):
    here, answer = book(name), ask(name, "without", whom)
    ties = defaultdict(set)
    for row in here.referrals.itertuples():
        if here.me not in (row.giver, row.receiver):
            ties[row.giver].add(row.receiver)
            ties[row.receiver].add(row.giver)
    own = {*here.referrals.loc[here.referrals["receiver"] == whom, "giver"]}
    own |= {*here.referrals.loc[here.referrals["giver"] == whom, "receiver"]}
    own -= {here.me}
    apart = [
        (a, b)
        for a, b in combinations(sorted(own), 2)
        if b not in ties[a] and not (ties[a] & ties[b]) - {whom}
    ]
    told = [some(len(own), "person", "people")]
    if apart:
        rest = re.search(
            r"(\d+) introductions? would keep ([\d,]+), and no \1 could keep more than ([\d,]+)",
            answer.said,
        )
        kept, most = (int(rest[at].replace(",", "")) for at in (2, 3))
        assert kept <= most <= len(apart)
        assert int(rest[1]) == (answer.table["part"] == "introduce").sum()
        told += [f"{some(len(apart), 'pair')} of these", rest[0]]
    take(answer.said, *told)


@pytest.mark.parametrize("name", BOOKS)
def test_bench(name):
    here, said = book(name), ask(name, "bench").said
    by_profession = ask(name, "bench --by profession")
    table = by_profession.table
    needed = table[table["state"] == "nobody"]
    told = []
    for row in needed.head(5).itertuples():
        wants = [f"needed by {row.needed:,}"] if row.needed else []
        wants += [f"{row.sent:,} sent"] if row.sent else []
        told.append(f"{row.profession} ({', '.join(wants)}")
        if len(row.offered_by) > 1:
            told.append(f"{row.offered_by[0]} and {len(row.offered_by) - 1:,} more")
    single = (table["state"] == "one person") & ((table["needed"] > 0) | (table["sent"] > 0))
    told += [f"and {number - 5:,} more" for number in (len(needed), single.sum()) if number > 5]
    rows = here.referrals
    rows = rows if here.me is None else rows[rows["giver"] == here.me]
    to = rows.groupby("receiver")["count"].sum()
    who = "anyone" if here.me is None else "you"
    share = [f"Of {some(int(to.sum()), 'referral')} {who} sent, {to.max():,}"]
    share.append(f"({to.max() / to.sum():.0%}) went to {to.idxmax()}")
    for person, most, every, trade in re.findall(
        r"(?:others: |, )([^,:(]+) \((\d+) of (\d+) for ([^)]+)\)", said
    ):
        of = table.set_index("profession").loc[trade]
        assert (to[person], of["sent"], of["most_sent_to"]) == (int(most), int(every), person)
        share.append(f"({most} of {every} for {trade})")
    take(said, *told, *share)
    take(by_profession.said, *share)


def test_groups():
    rows = ask("chapter", "groups --by person").table
    rows = rows[(rows["declared"] != "") & (rows["detected"] != "")]
    told, found = rows["declared"].tolist(), rows["detected"].tolist()
    pairs = [*combinations(range(len(rows)), 2)]
    both = sum(told[a] == told[b] and found[a] == found[b] for a, b in pairs)
    one, other = (sum(each[a] == each[b] for a, b in pairs) for each in (told, found))
    chance = one * other / len(pairs)
    rand = (both - chance) / ((one + other) / 2 - chance)
    pieces = (
        f"Of the {some(one + other - both, 'pair')} of people",
        f"{both:,} share one by both ({both / (one + other - both):.0%}",
        f"adjusted Rand index {rand:.2f}: 0 is chance, 1 the same",
    )
    for question in ("groups", "groups --by person"):
        take(ask("chapter", question).said, *pieces)


@pytest.mark.parametrize("name", BOOKS)
def test_chains(name):
    here, table = book(name), ask(name, "chains").table
    others = table[table["root"] != here.me].drop_duplicates("root")
    top = others.loc[others["started"].idxmax()]
    told = [
        some(int(top["started"]), "person", "people"),
        f"{top['clients']:,} of them",
        "counts 0.5",
    ]
    numbers = ask(name, "chains --unknown").table.groupby("why")["count"].sum()
    gaps = re.search(r"In no chain: (.*?)\. (\d+) name", ask(name, "chains").said)
    left = [int(number) for number in re.findall(r"\d+", gaps[1])] + [int(gaps[2])]
    assert sorted(left) == sorted(numbers)
    take(ask(name, "chains").said, *told, gaps[0])
    people = ask(name, "chains --by person")
    came, gave = (people.table["depth"] > 0).sum(), (people.table["children"] > 0).sum()
    take(
        people.said,
        f"Of {some(len(people.table), 'person', 'people')} in chains, {came:,} {was(came)} ",
        f"and {gave:,} brought",
        gaps[0],
    )


@pytest.mark.parametrize("name", BOOKS)
def test_chains_by_giver(name):
    answer = ask(name, "chains --by giver")
    table, told = answer.table, []
    won = book(name).referrals.query("status == 'won'")
    assert table["won"].sum() == won["count"].sum()
    for currency, rows in table[table["value"].notna()].groupby("currency"):
        total = won.loc[won["currency"] == currency, "value"].sum()
        assert rows["value"].sum() == total
        told.append(f"{currency} {total:,.0f}")
    if lacking := int((table["won"] - table["valued"]).sum()):
        told.append(f"{lacking:,} of {some(int(table['won'].sum()), 'won referral')}")
    take(answer.said, *told)


def test_clients_and_who_is_essential():
    clients, needed = ask("adviser", "chains --by client"), ask("adviser", "chains --essential")
    each = clients.table.drop_duplicates("client")
    most = int(needed.table["clients"].max())
    came = f"{(each['depth'] > 0).sum():,} of {some(len(each), 'client')}"
    take(clients.said, came, f"{some(most, 'client')} would be missing")
    take(needed.said, f"{some(most, 'client')} would be missing")
