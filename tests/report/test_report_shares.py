"""Every share that is told: each "x of y", percentage and range, recomputed from the rows.

What is recomputed is taken out of the text; nothing that looks like a share may be left.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from math import sqrt

import pytest
from scipy.stats import beta
from strategies import TODAY, book_of

import refgraph
from refgraph.analysis.returning import returns
from refgraph.analysis.suggesting import bench
from refgraph.report import card as cards
from refgraph.report import page
from refgraph.report.sections import bench as bench_words
from refgraph.report.sections import network
from refgraph.report.summary import summarize
from refgraph.report.views.text_table import plain

NAMES = ["Ann", "Bo", "Cash $$ Money", "Di", "=1+1", "Ed", "محمد", "Gus", "NA", "Ida"]
TRADES = ["baker", "tax lawyer", "roofer"]
STATES = ["given", "contacted", "met", "won", "lost"]
SEEDS = range(14)
NUMBER = r"\d[\d,]*"
PERCENT = rf"{NUMBER}(?:\.\d+)?%"
SHARE = re.compile(rf"{PERCENT}|{NUMBER} of (?:your |the )?{NUMBER}\b")


def invented(seed):
    """Draw a book; of every other one the first person is me, and some people have no referral."""
    draw = random.Random(seed)  # noqa: S311  a drawing of rows, not a secret
    known = NAMES[: 4 + seed % 6]
    rows = []
    for _ in range(draw.randrange(3, 60)):
        giver, receiver = draw.sample(known, 2)
        if draw.random() < 0.5:
            giver, receiver = draw.choice([(known[0], receiver), (giver, known[0])])
        if giver == receiver:
            continue
        day = TODAY - timedelta(days=draw.randrange(600))
        more = {"status": draw.choice(STATES), "handoff": draw.choice([None, 0, 3, 5])}
        rows.append((day, giver, receiver, draw.choice([1, 1, 1, 2, 5]), more))
    people = [
        {
            "person": p,
            "profession": draw.choice([*TRADES, ""]),
            "group": draw.choice(["x", "y", ""]),
        }
        for p in NAMES
    ]
    book = book_of(rows, me=known[0] if seed % 2 else None, people=people)
    return book.altered(settings=replace(book.settings, looking_for=("bakers",)))


@pytest.fixture(params=[*SEEDS, "sample", "adviser", "chapter"])
def book(request, adviser, chapter):
    if isinstance(request.param, int):
        return invented(request.param)
    books = {"adviser": adviser, "chapter": chapter, "sample": refgraph.Book.sample()}
    return books[request.param]


def percent(share):
    """Write a share: neither 0 nor 100 but where it is that, with as few decimals as that takes."""
    least = min(share, 1 - share)
    if not 0 < least < 0.01:
        return f"{share:.0%}"
    forms = (f"{share:.{decimals}%}" for decimals in range(1, 99))
    return next(form for form in forms if float(form[:-1]) not in (0, 100))


def ends(share, worth):
    """Find where the score test is just met, by halving."""

    def edge(far):
        near = share
        for _ in range(100):
            middle = (near + far) / 2
            met = abs(share - middle) <= 1.959963984540054 * sqrt(middle * (1 - middle) / worth)
            near, far = (middle, far) if met else (near, middle)
        return near

    return (0.0 if share <= 0 else edge(0.0)), (1.0 if share >= 1 else edge(1.0))


def ranged(cases):
    """Give the share and the range of clusters of (part, whole) as they are told."""
    total = sum(whole for _, whole in cases)
    share = sum(part for part, _ in cases) / total
    varies = sum((part - share * whole) ** 2 for part, whole in cases) / total**2
    spread = share * (1 - share)
    worth = len(cases)
    if varies > 1e-15 and spread > 1e-15:
        worth = min(worth, spread / varies)
    low, high = ends(share, worth)
    return f"{percent(share)}, range {percent(low)} to {percent(high)}"


def pairs_of(book):
    """Give what went each way between every two people."""
    found = {}
    for row in book.referrals.to_dict("records"):
        pair = tuple(sorted((row["giver"], row["receiver"])))
        found.setdefault(pair, [0, 0])[row["giver"] != pair[0]] += row["count"]
    return found


def one_or_more(number, one, more):
    return f"{number:,} {one if number == 1 else more}"


def tie_cases(pairs):
    return [(2, 2) if min(two) else (0, 1) for two in pairs.values()]


def referral_cases(pairs):
    return [(2 * min(two), sum(two)) for two in pairs.values()]


def tell(cases):
    """Give the two counts of some cases, and how their share is told."""
    return sum(part for part, _ in cases), sum(whole for _, whole in cases), ranged(cases)


def expected_of_mutual(book):
    """What a book's page must say of how mutual it is."""
    pairs, told = pairs_of(book), []
    if not pairs:
        return told
    mine = {pair: two for pair, two in pairs.items() if book.me in pair}
    others = {pair: two for pair, two in pairs.items() if book.me not in pair}
    if book.me is not None:
        if mine:
            back, ties, share = tell(tie_cases(mine))
            got, total, worth = tell(referral_cases(mine))
            both, people, refer = tell([(int(min(two) > 0), 1) for two in mine.values()])
            told.append(
                f"You and {both:,} of {one_or_more(people, 'person', 'people')} with whom you have "
                f"referrals refer both ways ({refer}). "
                f"Of your {one_or_more(ties, 'tie', 'ties')} in this book, "
                f"{one_or_more(back, 'has', 'have')} one back ({share}); of the "
                f"{one_or_more(total, 'referral', 'referrals')} in {'it' if ties == 1 else 'them'}"
                f", {one_or_more(got, 'is', 'are')} matched by one the other way ({worth})."
            )
        if others:
            back, ties, share = tell(tie_cases(others))
            told.append(
                f"Among others in this book, {back:,} of {one_or_more(ties, 'tie', 'ties')} "
                f"{'has' if back == 1 else 'have'} one back ({share}): hearsay"
            )
        return told
    both, number, share = tell([(int(min(two) > 0), 1) for two in pairs.values()])
    refer = "refers" if both == 1 else "refer"
    told.append(
        f"{both:,} of {one_or_more(number, 'pair', 'pairs')} with a referral {refer} both ways "
        f"({share})."
    )
    back, ties, share = tell(tie_cases(pairs))
    told.append(
        f"Of {one_or_more(ties, 'tie', 'ties')} from one person to another, "
        f"{one_or_more(back, 'has', 'have')} one back ({share})."
    )
    got, total, share = tell(referral_cases(pairs))
    told.append(
        f"Of {one_or_more(total, 'referral', 'referrals')}, {one_or_more(got, 'is', 'are')} "
        f"matched by one the other way between the same two ({share})"
    )
    people = len({p for pair in pairs for p in pair})
    told.append(
        f"Of the {people * (people - 1):,} ties that could be among the {people:,} people with a "
        f"referral, {one_or_more(ties, 'exists', 'exist')} ({percent(ties / (people**2 - people))})"
    )
    return told


def expected_of_leaks(book):
    """What a book's page must say of how many referrals leak, beside a list of quiet ones."""
    everything = book.referrals.to_dict("records")
    rows = [row for row in everything if book.me in (None, row["giver"], row["receiver"])]
    if sum(row["status"] != "given" for row in everything) < 0.05 * len(everything):
        return []  # hardly an outcome is recorded
    old = [row for row in rows if days_since(book, row["date"]) > 30]
    going = [row for row in rows if row["status"] not in ("won", "lost")]
    if not any(days_since(book, row["date"], row["status_date"]) > 30 for row in going):
        return []  # nothing went quiet
    cases = [(row["count"] * (row["status"] == "given"), row["count"]) for row in old]
    part, whole, share = tell(cases)
    told = f"{part:,} of {one_or_more(whole, 'referral', 'referrals')} older than 30 days "
    told += f"{'is' if part == 1 else 'are'} without a recorded contact: {share}"
    sides = []
    for name, end in (("received", "receiver"), ("given", "giver")):
        side = [case for row, case in zip(old, cases, strict=True) if row[end] == book.me]
        if side and book.me is not None:
            sides.append(f"{sum(n for n, _ in side):,} of {sum(n for _, n in side):,} {name}")
    return [f"{told} ({', '.join(sides)})." if sides else f"{told}."]


def days_since(book, *days):
    known = [day.date() for day in days if day == day]  # NaT is not itself
    return (book.today - max(known)).days if known else -1


def take(text, told):
    """Take out what was recomputed; every piece must be there."""
    for piece in told:
        assert piece in text, piece
        text = text.replace(piece, "", 1)
    return text


def test_every_share_on_the_page(book):
    summary = summarize(book)
    parts = [part for part in page.sections(summary) if part.title != "Refer first"]
    text = " ".join([page.heading(summary)[1], *(f"{p.told} {p.note}" for p in parts)])
    text = " ".join(text.split())
    told = [*expected_of_mutual(book), *expected_of_leaks(book)]
    text = take(text, [" ".join(piece.split()) for piece in told])
    tied = {p for pair in pairs_of(book) for p in pair}
    total = sum(sum(two) for two in pairs_of(book).values())
    every = len(book.people)
    if 0 < len(tied) < every:
        text = take(text, [f"referrals of {len(tied):,} of {every:,} people"])
    round_about = re.search(rf", and ({NUMBER}) \(({PERCENT})\) would be if", text)
    if round_about:  # the largest flow that comes round: by linear programming, see there
        most = float(refgraph.reciprocity.circulation(book.graph()))
        assert round_about[1] == f"{round(most):,}"
        assert round_about[2] == percent(most / total)
        text = text.replace(round_about[0], "")
    text = text.replace("Ranges: 95 % intervals", "")
    assert not SHARE.findall(text), text
    assert "possible ties" not in text


def test_an_own_book_never_speaks_of_ties_that_could_be(book):
    said = " ".join(summarize(book).mutual)
    assert ("could be" in said) == (book.me is None)
    assert ("hearsay" in said) == (book.me is not None and "Among others in" in said)


def test_every_share_on_the_card(book):
    if book.me is None:
        book = book.altered(me=str(book.people.index[0]))
        book = book.altered(settings=replace(book.settings, looking_for=("bakers",), me=None))
    card = cards.of(book)
    rows = [row for row in book.history.to_dict("records") if row["receiver"] == book.me]
    told, enough = {}, 0
    for level in range(6):
        here = [row for row in rows if row["handoff"] == level]
        closed = [(row["count"], row["status"]) for row in here if row["status"] in ("won", "lost")]
        still = sum(row["count"] for row in here) - sum(number for number, _ in closed)
        enough += sum(number for number, _ in closed) >= cards.ENOUGH
        if closed:
            won, of, share = tell([(n * (state == "won"), n) for n, state in closed])
            is_open = f"; {still:,} under way" if still else ""
            said = f"So far, {won:,} of {of:,} closed worked out ({share.split(', ')[1]}{is_open})."
            told[level] = said
    told = told if enough > 1 else {}
    for way in card.introduce:
        assert way.told == " ".join(filter(None, [way.how, told.get(way.handoff)]))
    text = " ".join(cards.text(card).split())
    assert not SHARE.findall(take(text, told.values()))


@pytest.mark.parametrize("whose", ["me", "anyone"])
def test_every_share_under_the_bench(book, whose):
    sender = book.me if whose == "me" else None
    if sender is None:
        book = book.altered(me=None)
    table = bench.by_profession(book, sender)
    text = " ".join([bench_words.holes(table), bench_words.concentration(book, table, sender)])
    rows = [r for r in book.referrals.to_dict("records") if sender in (None, r["giver"])]
    sent = Counter()
    for row in rows:
        sent[row["receiver"]] += row["count"]
    total, most = sum(sent.values()), max(sent.values(), default=0)
    found = re.search(rf"Of ({NUMBER}) referrals? .* sent, ({NUMBER}) \(({PERCENT})\) went", text)
    if found:
        assert found[1] == f"{total:,}"
        assert found[2] == f"{most:,}"
        assert found[3] == percent(most / total)
        text = text.replace(found[0], "")
    for name, part, of, trade in re.findall(
        rf"(?:: |, )([^:(]*?) \(({NUMBER}) of ({NUMBER}) for ([^)]*)\)", text
    ):
        alike = [p for p in book.people.index if trade_of(book, p) == trade.casefold()]
        assert int(part.replace(",", "")) == sent[name]
        assert int(of.replace(",", "")) == sum(sent[p] for p in alike)
        text = text.replace(f"({part} of {of} for {trade})", "")
    assert not SHARE.findall(text), text


def trade_of(book, person):
    row = book.people.loc[person]
    return str(row["profession"] or next(iter(row["offers"]), "")).casefold()


def test_every_share_of_the_bench_is_of_closed_referrals(book):
    table = bench.by_person(book)
    for row in table.to_dict("records"):
        assert row["open"] == row["sent"] - row["won"] - row["lost"]
        assert row["standing_low"] < row["standing"] < row["standing_high"]


def test_every_share_of_what_followed(book):
    table, text = network.returns_table(book, horizon=180)
    every = returns.episodes(book, horizon=180)
    made = every[every["state"] != "swapped"]
    crossed = len(every) - len(made)
    state = Counter(made["state"])
    if not state["answered"] + state["failed"]:
        assert not SHARE.findall(text)
        return
    stay, worst = 1.0, []
    for day in sorted(set(made["days"][made["state"] == "answered"])):
        risk = int((made["days"] >= day).sum())
        came = int(((made["days"] == day) & (made["state"] == "answered")).sum())
        stay *= 1 - came / risk
        worst.append(risk)
    parts = [
        one_or_more(state["answered"], "was", "were")
        + " followed by a referral back within 180 days",
        f"{one_or_more(state['failed'], 'was', 'were')} not",
        f"{one_or_more(state['censored'], 'is', 'are')} still open",
    ]
    if crossed:
        pairs = one_or_more(crossed // 2, "exchange", "exchanges")
        parts.append(f"{crossed} crossed with one back on one day ({pairs}, which is neither)")
    gifts = one_or_more(len(every), "spell", "spells")
    said = (
        f"Of {gifts} of giving, each begun by a referral that answers none, "
        f"{', '.join(parts[:-1])}, and {parts[-1]}."
    )
    text = take(text, [said])
    of = f" of the {len(made)} that did not cross" if crossed else ""
    ends = rf"({PERCENT}) to ({PERCENT}) if each is a case of its own"
    found = re.search(rf"({PERCENT}){of} \(95% range {ends}\)", text)
    assert found[1] == percent(1 - stay)
    low, middle, high = (float(found[k][:-1]) for k in (2, 1, 3))
    assert low <= middle <= high
    closed = state["answered"] + state["failed"]
    spread = beta(closed * (1 - stay) + 0.5, closed * stay + 0.5)  # as Jeffreys has it
    ends = 0 if stay == 1 else spread.ppf(0.025), 1 if stay == 0 else spread.ppf(0.975)
    assert (found[2], found[3]) == tuple(map(percent, ends))
    assert not SHARE.findall(text.replace(found[0], ""))
    assert table["gifts"].sum() == len(every)


def test_every_share_under_groups_and_connectors(book):
    by_person, said = network.groups_by_person(book)
    both = either = 0
    known = by_person[(by_person["declared"] != "") & (by_person["detected"] != "")]
    for one, two in combinations(known.itertuples(), 2):
        alike = one.declared == two.declared, one.detected == two.detected
        both, either = both + all(alike), either + any(alike)
    found = re.search(rf"Of the ({NUMBER}) pairs .*?, ({NUMBER}) share one by both \((\d+%);", said)
    if found:
        assert (found[1], found[2]) == (f"{either:,}", f"{both:,}")
        assert found[3] == percent(both / either)
        said = said.replace(found[0], "")
    assert not SHARE.findall(said)
    table, note = network.connectors_table(book)
    first = re.search(rf"the score (\S+) is .* a share of the ({NUMBER}) p", note)
    if first:
        tied = (table["given"] + table["received"] > 0).sum()
        assert first[2] == f"{tied:,}"
        others = f"(betweenness: {one_or_more(len(table) - 1, 'other', 'others')})"
        assert (others in note) == (tied < len(table))
        assert first[1] == f"{table['score'].iloc[0]:.2f}"
        ranks = [table[name].iloc[0] for name in ("betweenness_rank", "groups_linked_rank")]
        assert table["score"].iloc[0] == pytest.approx(sum(ranks) / 2)
    assert not SHARE.findall(note)


def test_the_table_of_reciprocity_holds_the_same_ranges(book):
    table = network.reciprocity_table(book).set_index("measure")
    pairs = pairs_of(book)
    if not pairs:
        assert table.loc["people", "value"] == 0
        return
    assert table.loc["people", "value"] == len({p for pair in pairs for p in pair})
    sides = {"": pairs}
    if book.me is not None:
        sides["mine_"] = {pair: two for pair, two in pairs.items() if book.me in pair}
        sides["others_"] = {pair: two for pair, two in pairs.items() if book.me not in pair}
    for side, those in sides.items():
        for name, cases in (("edge", tie_cases(those)), ("weighted", referral_cases(those))):
            row = table.loc[f"{side}{name}"]
            if not those:
                assert row["value"] != row["value"]
                continue
            told = f"{percent(row['value'])}, range {percent(row['low'])} to {percent(row['high'])}"
            assert told == ranged(cases)
    assert "nan" not in plain(["value"], [{"value": None}])
