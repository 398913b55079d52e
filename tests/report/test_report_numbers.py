"""Every number in the sentence under a table, recomputed from the rows of the table.

What is recomputed is taken out of the sentence; no number may be left in it.
"""

from __future__ import annotations

import random
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from said import some, take, was
from scipy.special import betaincinv
from strategies import TODAY, book_of

from refgraph import report
from refgraph.analysis.evaluating import evaluate, gain
from refgraph.analysis.suggesting.candidates import FIRST_TRY, START
from refgraph.report.sections.effect import Told, finding
from refgraph.report.sections.suggested import GAVE, HEADINGS, NEITHER
from refgraph.report.views.grouped import arranged
from refgraph.wording import percent

NAMES = ["Ann", "Bo", "Cash $$ Money", "Di", "Ed", "محمد", "Gus", "NA", "Ida", "Jo", "Kim", "Lu"]
SEEDS = range(8)
STARTED = {True: GAVE, False: NEITHER}
LINE = re.compile(r" *(\d+)  (\S.*)")
BOTH_WAYS = (("giver", "receiver"), ("receiver", "giver"))
LARGE = 5  # seeds from which on a book is large enough for verdicts


def invented(seed):
    """Draw a book in which some answer soon and some swap; every other one has a me."""
    draw = random.Random(seed)  # noqa: S311  a drawing of rows, not a secret
    known, rows = NAMES[: 5 + seed], []
    while len(rows) < 40 + 260 * (seed >= LARGE):
        giver, receiver = draw.sample(known, 2)
        if draw.random() < 0.4:
            giver, receiver = known[0], draw.choice(known[1:])
        day = TODAY - timedelta(days=draw.randrange(1200))
        rows.append((day, giver, receiver, 1, {}))
        soon = 0 if draw.random() < 0.1 else draw.randrange(1, 40)
        if draw.random() < 0.6 - 0.08 * known.index(receiver) and (TODAY - day).days > soon:
            rows.append((day + timedelta(days=soon), receiver, giver, 1, {}))
    side = dict(zip(known, "xyxyxyxyxyxy", strict=False))
    people = [{"person": name, "group": side[name], "role": "client"} for name in known]
    return book_of(rows, me=known[0] if seed % 2 else None, people=people)


@pytest.fixture(scope="module")
def asked():
    """Ask a question once of a book."""
    books, kept = {}, {}

    def ask(drawn, name, **options):
        key = drawn, name, *options.items()
        if drawn not in books:
            books[drawn] = invented(drawn)
        book = books[drawn]
        if key not in kept:
            about = [] if book.me or name != "refer-first" else [NAMES[0]]
            kept[key] = report.ask(book, name, *about, **options)
        return book, kept[key]

    return ask


@pytest.mark.parametrize("seed", SEEDS)
def test_returns(asked, seed):
    book, answer = asked(seed, "returns", horizon=90)
    table = answer.table
    gifts, came, failed, still, crossed = (
        int(table[name].sum()) for name in ("gifts", "answered", "failed", "censored", "swapped")
    )
    assert gifts == came + failed + still + crossed
    curve = report.ask(book, "returns --curve", horizon=90).table
    of = f" of the {gifts - crossed:,} that did not cross" if crossed else ""
    assert curve["at_risk"].iloc[0] == gifts - crossed
    states = [
        f"{came:,} {was(came)} followed by a referral back within 90 days",
        f"{failed:,} {was(failed)} not",
        f"{still:,} {'is' if still == 1 else 'are'} still open",
    ]
    if crossed:
        swaps = f"({some(crossed // 2, 'exchange')}, which is neither)"
        states.append(f"{crossed:,} crossed with one back on one day {swaps}")
    half = curve.loc[curve["share"] >= 0.5, "days"]
    half = f", half of all by day {half.iloc[0]:.0f}" if len(half) else ""
    share, (low, high) = curve["share"].iloc[-1], jeffreys(curve["share"].iloc[-1], came + failed)
    take(
        answer.said,
        f"Of {some(gifts, 'spell')} of giving, each begun by a referral that answers none, "
        f"{', '.join(states[:-1])}, and {states[-1]}.",
        f", {percent(share)}{of} (95% range {percent(low)} to {percent(high)} if each",
        f"within 90 days{half}.",
    )


def jeffreys(share, cases):
    """Give the middle 95 % of a Beta distribution; none or all are no reason for an open end."""
    low, high = betaincinv(share * cases + 0.5, (1 - share) * cases + 0.5, [0.025, 0.975])
    return (low if share > 0 else 0.0), (high if share < 1 else 1.0)


def more_than_anyway(row):
    """Say what is added: about so much, or no more than its range where that is wide and open."""
    low, high = (f"{row[f'added_{end}']:.1f}".removesuffix(".0") for end in ("low", "high"))
    between = "under 0.1" if high == "0" else f"up to {high}" if low == "0" else f"{low} to {high}"
    if row["added_low"] < 0.05 and float(high) > 0.2:
        unit = "referral" if high == "1" else "of a referral"
        return f"anything up to {high} {unit} more than comes anyway"
    if row["added_low"] < 0.05 and row["added"] < 0.1:
        return f"hardly more than come anyway ({between})"
    about = f"{row['added']:.1f}".removesuffix(".0")
    return f"about {about} more than come anyway ({between})"


def fits(after, anyway, added):
    """Give the decimals of a percentage with which two shares and their difference add up."""
    cut = [
        [Decimal(f"{100 * each:.{places}f}") for each in (after, anyway, added)]
        for places in range(4)
    ]
    return next(places for places, (one, other, apart) in enumerate(cut) if one - other == apart)


def number_of_line(page, person):
    """Give the line of a page on which somebody stands."""
    return next(
        int(row[1])
        for row in map(LINE.match, page.splitlines())
        if row and row[2].startswith(person)
    )


def level_in(answer):
    """Give the lines of a page that print alike, at most three lots of them, the largest first."""
    table, _ = arranged(answer.table, answer.grouping)
    alike = {}
    for row in table.itertuples():
        key = f"{row.added:.2f} {row.added_low:.2f} {row.added_high:.2f}"
        alike.setdefault(key, []).append(row.rank)
    lots = sorted((lot for lot in alike.values() if len(lot) > 1), key=len, reverse=True)
    told = []
    for lot in lots[:3]:
        runs = []
        for line in lot:
            if runs and runs[-1][1] == line - 1:
                runs[-1][1] = line
            else:
                runs.append([line, line])
        runs = [f"{one}" if one == two else f"{one}-{two}" for one, two in runs]
        *first, last = runs
        told.append(f"lines {', '.join(first)}{' and ' if first else ''}{last}")
    if len(lots) > 3:
        told.append(f"so are {some(len(lots) - 3, 'more group')} of them")
    assert ("Level, with the same added" in answer.said) == bool(lots)
    return told


def named(names):
    more = f" and {len(names) - 6:,} more" if len(names) > 6 else ""
    return f"{', '.join(names[:6])}{more}"


@pytest.mark.parametrize("seed", SEEDS)
def test_refer_first(asked, seed):
    book, answer = asked(seed, "refer-first", horizon=60)
    table = answer.table
    ahead = table.sort_values("added", ascending=False, kind="stable")
    spread = (ahead["added_high"] - ahead["added_low"]) / 3.92
    apart = (ahead["added"].iloc[0] - ahead["added"]) > 1.2816 * (
        spread**2 + spread.iloc[0] ** 2
    ) ** 0.5
    level = int(apart.argmax()) if apart.any() else len(ahead)
    whom, listed, how_sure, verdict, counted = answer.lead.splitlines()
    never = table["i_gave"] == 0
    gave = table.loc[never & (table["part"] == START) & (table["gave_me"] > 0), "person"].tolist()
    assert ("First those who gave you" in whom) == bool(gave)
    groups = len({*zip(table["part"][never], table["gave_me"][never].gt(0), strict=True)})
    first = "the first group" if groups == 1 else f"the first {groups} groups"
    take(
        whom,
        f"As of {TODAY}.",
        f"never had one from you: {named(gave)}." if gave else "",
        (
            f"{never.sum():,} of {len(table):,} never had a referral from you: {first}."
            if groups and not never.all()
            else ""
        ),
    )
    assert ("Nobody on this list has had a referral from you" in whom) == never.all()
    take(listed, f"All {len(book.people) - 1:,} others in this book")
    assert ("tells nobody apart" in how_sure) == (1 < level == len(ahead))
    one = ahead.iloc[0]
    line = number_of_line(repr(answer), one["person"])
    where = "" if line == 1 else f" (line {line})"
    most = f"xpected of {one['person']}{where}: {more_than_anyway(one)}."
    told = f"xpected of {one['person']}{where}, but" if 1 < level == len(ahead) else most
    even = f"about even with {one['person']}: {named([*ahead['person'][1:level]])}."
    take(how_sure, told, even if 1 < level < len(ahead) else "")
    whose = book.me or NAMES[0]
    trial = Told(book, whose, horizon=60, samples=1000, seed=0)
    trial.giver = "you"  # the page is for one person, and calls them nothing else
    assert f"You, on this page, are {NAMES[0]}." in whom if book.me is None else "You," not in whom
    found = finding(trial)
    assert f"(refgraph effect): {found[0].lower()}{found[1:]}" in verdict
    assert ("promises nothing" in verdict) == (not trial.found["low"] > 0)
    begins = []
    for name in ("added", "anyway"):
        starts = f"{name} high: where its 95% range ends; it begins at 0 on every line"
        begins += [starts] if (of_none := table[f"{name}_low"].max() < 0.005) else ["95%"]
        assert (starts in counted) == of_none
        assert (f"{name} low " in repr(answer)) == (f"{name} low to high" in counted) != of_none
    small = table["anyway"].between(0, 0.005, "neither").any()
    less = "0.00 is under 0.005" if small else ""
    take(counted, "within 60 days, beyond", *sorted(begins)[::-1], less)
    assert ("first tries" in answer.said) == (table["part"] == FIRST_TRY).any()
    spells = table["gifts"].gt(0).any()
    ends = ("or 60 days from its start.", "started 60 days ago or longer, answered or not.")
    take(answer.said, *level_in(answer), *ends * bool(spells))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lines_of_refer_first_stand_by_what_passed_and_are_numbered_down_the_page(asked, seed):
    _, answer = asked(seed, "refer-first", horizon=60)
    table = answer.table
    assert table["rank"].is_monotonic_increasing
    of = table["part"].where(table["part"] != START, table["gave_me"].gt(0).map(STARTED))
    number, shown = of.value_counts(), [kind for kind in HEADINGS if kind in {*of}]
    lines = repr(answer).splitlines()
    said = [f"{HEADINGS[kind]} ({number[kind]:,})" for kind in shown]
    assert [line for line in lines if line.startswith(tuple(HEADINGS.values())[:-1])] == said
    found = [(int(row[1]), row[2]) for row in (LINE.match(line) for line in lines) if row]
    names = [name for kind in shown for name in table.loc[of == kind, "person"]]
    assert [at for at, _ in found] == [*range(1, len(table) + 1)]
    assert all(rest.startswith(name) for (_, rest), name in zip(found, names, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_effect(asked, seed):
    book, answer = asked(seed, "effect", horizon=30, samples=100, seed=0)
    row = dict(zip(answer.table["measure"], answer.table["value"], strict=True))
    told = []
    if row["refused"] is None:
        rounded = fits(row["after"], row["anyway"], row["added"])
        for name in ("after", "anyway"):
            one, low, high = (f"{row[name + end]:z.{rounded}%}" for end in ("", "_low", "_high"))
            told.append(f"about {one} ({low} to {high})")
        low, high = (round(100 * row[name]) for name in ("low", "high"))
        between = f"from {-low} fewer to {high} more"
        if not row["low"] <= 0 <= row["high"]:
            near, far = sorted((abs(low), abs(high)))
            way = "more" if row["low"] > 0 else "fewer"
            between = f"{near or 'under 1'} to {far or 'under 1'} {way}"
            told.append("(95% range)")
        one = f"{abs(100 * row['added']):.{rounded}f}"
        told += [
            f"{between} of 100",
            (
                f"from {some(row['gifts'], 'gift')} to "
                f"{some(row['partners'], 'person', 'people')}, each"
            ),
            "between the two for 30 days:",
            "back comes within 30 days after",
            f"That is {one} {'more' if row['added'] >= 0 else 'fewer'} of 100 ({between})",
            "Ranges are 95%;",
        ]
        if row["more"]:
            told.append(f"of 10 of 100 to either side it takes about {row['more']:,} more such")
            record = (book.today - book.history["date"].min().date()).days
            years = row["more"] / row["gifts"] * record / 365.25
            told.append(f"about {some(round(years), 'year')}." if years >= 1 else "")
    elif "about 100 to tell" in answer.said:
        told.append("about 100 to tell")
    crossed = row["crossed"] * (1 if book.me else 2)
    days = book.history[["giver", "receiver", "date"]].drop_duplicates()
    days = days[days["giver"] == book.me] if book.me else days
    assert len(days) == row["gifts"] + row["other_gifts"] + crossed
    told.append(f"Of {some(len(days), 'gift')} {row['gifts']:,} came after a silence of 30 days")
    if row["other_gifts"]:
        told.append(f"Not used: {some(row['other_gifts'], 'gift')} made")
    if row["crossed"]:
        told.append(f"Not used either: {some(crossed, 'gift')} that crossed")
    take(answer.said, *told)


@pytest.mark.parametrize("seed", [0, LARGE])
def test_evaluate(asked, seed):
    options = {"horizon": 30, "half_life": 730, "samples": 50, "seed": 0}
    book, answer = asked(seed, "evaluate", **options)
    options.pop("samples")
    by_rule = report.ask(book, "evaluate", samples=50, **options).table.set_index("score")
    size = evaluate.needed(book, horizon=30)
    told = [f"within {some(30, 'day')}"]
    tested = evaluate.scores(book, **options)
    came = int(tested["answered"].sum())
    dates = f"from {tested['date'].min():%Y-%m-%d} to {tested['date'].max():%Y-%m-%d}"
    to = f"Tested: {some(len(tested), 'gift')} made first, {dates}, of which {came:,} had"
    told.append(to)
    did = re.search(
        r"(\d+%) were expected to have one; (\d+%) did \(95% range (\d+)% to (\d+)%", answer.said
    )
    assert did[1] == percent(tested[evaluate.NAME].mean())
    assert did[2] == percent(came / len(tested))
    assert int(did[3]) <= 100 * came / len(tested) <= int(did[4])
    told.append(did[0])
    rules = by_rule.drop(index=["refer-first", "expected return", "random"])
    ours, best = by_rule.loc["expected return"], rules.sort_values("auc", kind="stable").iloc[-1]
    if size["more"]:
        told += [
            f"of {some(int(size['tested']), 'gift')} in the test part, {size['answered']:.0f} had",
            f"about {some(int(size['more']), 'more gift')} whose time",
        ]
    else:
        told += ["0.5 is a coin, 1 is always", f"the best of {some(len(rules), 'simple rule')}"]
        told.append(f"AUC {ours['auc']:.3f} against {best['auc']:.3f}, {best['ahead']:+.3f}")
        told.append(f"95% interval {best['ahead_low']:+.3f} to {best['ahead_high']:+.3f}")
        if "it was chosen among" in answer.said.split("AUC is")[0]:
            told.append(f"among {len(rules)} makes it {best['ahead_at_most']:+.3f} at most")
    told += of_gain(book, by_rule, options, answer.said)
    take(answer.said, *told)


def of_gain(book, by_rule, options, said):
    """What is said of the gain, from the rows and from the gifts that were looked up."""
    gifts = gain.gifts(book, **options)
    mine = by_rule.loc["refer-first"]
    needed = gain.needed(gifts, mine)
    figures = (
        f"{mine['gain']:+.2f} returns more than the other (95% interval {mine['gain_low']:+.2f} "
        f"to {mine['gain_high']:+.2f})"
    )
    if needed["more"]:
        told = [f"{some(len(gifts), 'gift')} after silence"]
        worth = int(gifts["weight"].sum())
        if worth < len(gifts):
            told.append(f"worth {worth:,}")
        told.append(f"about {needed['more']:,.0f} more that")
        return told + ([figures] if figures in said else [])
    counted = gifts[gifts["weight"] > 0]
    weight = counted["weight"]
    others = by_rule.drop(index=["refer-first", "random"])
    rule = others.sort_values("gain", kind="stable", ascending=False).iloc[0]
    told = [
        figures,
        f"top third gained {mine['gain_top']:+.2f} a gift, the others {mine['gain_rest']:+.2f}",
        f"est of {len(others)} other orders",
        f"{mine['gain']:+.2f} against {rule['gain']:+.2f}, {rule['gain_ahead']:+.2f} (95%",
        f"interval {rule['gain_ahead_low']:+.2f} to {rule['gain_ahead_high']:+.2f})",
        f"Compared: {some(len(counted), 'gift')} after {some(30, 'day')} of silence",
        (
            f"from {counted['date'].min():%Y-%m-%d} to {counted['date'].max():%Y-%m-%d}, of which "
            f"{counted['came'].sum():,.0f} had"
        ),
        f"gained {(weight * (counted['came'] - counted['anyway'])).sum() / weight.sum():+.2f} a",
        f"last of {some(counted['listed'].nunique(), 'day')} on",
    ]
    if len(gifts) > len(counted):
        told.append(f"{len(gifts) - len(counted):,} more have no such")
    most = f"among {len(others)} makes it {rule['gain_ahead_at_most']:+.2f} at most"
    return told + ([most] if most in said else [])


@pytest.mark.parametrize("seed", SEEDS)
def test_reciprocity(asked, seed):
    book, answer = asked(seed, "reciprocity")
    row = answer.table.set_index("measure")
    value, low, high = row["value"], row["low"], row["high"]

    def share(name):
        return f"{percent(value[name])}, range {percent(low[name])} to {percent(high[name])}"

    told = ["95 % intervals"]
    if book.me:
        mine = book.referrals[["giver", "receiver"]].drop_duplicates()
        to, by = ({*mine.loc[mine[one] == book.me, other]} for one, other in BOTH_WAYS)
        people = some(len(to | by), "person", "people")
        both = len(to & by) / len(to | by)
        told.append(f"You and {len(to & by):,} of {people} with whom")
        told.append(re.search(rf"{percent(both)}, range \d+% to \d+%", answer.said)[0])
    for side in ("mine_", "others_") if book.me else ("",):
        ties = value[f"{side}ties"]
        back = round(value[f"{side}edge"] * ties)
        has = f"{back:,} {'has' if back == 1 else 'have'} one back ({share(f'{side}edge')})"
        if side == "others_":
            has = has.replace(f"{back:,} ", f"{back:,} of {some(ties, 'tie')} ", 1)
        else:
            told.append(some(ties, "tie"))
            told.append(share(f"{side}weighted"))
        told.append(has)
    matched = book.me or None
    rows = book.referrals
    if matched:
        rows = rows[(rows["giver"] == book.me) | (rows["receiver"] == book.me)]
    number = int(rows["count"].sum())
    side = "mine_" if book.me else ""
    got = round(value[f"{side}weighted"] * number)
    told.append(f"{some(number, 'referral')}{' in them' if book.me else ''}, {got:,} ")
    if not book.me:
        mutual, pairs = value["mutual_pairs"], value["mutual_pairs"] + value["one_way_pairs"]
        could = value["people"] * (value["people"] - 1)
        told += [
            f"{mutual:,} of {some(pairs, 'pair')} ",
            share("dyad"),
            f"Of the {could:,} ties that could be among the {value['people']:,} people",
            f"{value['ties']:,} exist ({percent(value['density'])})",
        ]
        if " may come round" in answer.said:
            round_about = round(value["circulation"] * number)
            told.append(f"{round_about:,} ({percent(value['circulation'])}) would be")
    take(answer.said, *told)


@pytest.mark.parametrize("seed", SEEDS)
def test_reciprocity_beside_chance(asked, seed):
    book, answer = asked(seed, "reciprocity", test=True, samples=99)
    value = answer.table.set_index("measure")["value"]
    assert {*answer.first} <= {*value.index}
    shown = value[list(answer.first)]  # the page shows the ties that it speaks of
    side = "p_less" if "be less" in answer.said or "Less" in answer.said else "p"
    whose = "others_" if book.me else ""
    p, ties = value[f"{whose}{side}"], shown[f"{whose}ties"]
    told = ["share of 99 random networks and this one", "under 0.025"]
    told.append(f"{shown[f'{whose}edge']:.2f} of {ties:,} ties have one back; ")
    told.append(f"{shown[f'{whose}expected']:.2f} if only how much each gives and gets")
    nothing_left = "leave nothing to chance" in answer.said
    assert nothing_left == (value["groups_sd"] == 0 and value["groups_p"] == value["groups_p_less"])
    if value["groups_from"] == "declared" and not nothing_left:
        assert (shown["groups_ties"], shown["groups_edge"]) == (ties, shown[f"{whose}edge"])
        told.append(f"{value['groups_expected']:.2f} if also which groups refer to which ")
        p = max(p, value[f"groups_{side}"])
    take(answer.said, *told, f"(p {p:.3f})")


@pytest.mark.parametrize("seed", SEEDS)
def test_connectors(asked, seed):
    _, answer = asked(seed, "connectors")
    table = answer.table
    first, score = table.iloc[0], table["score"].iloc[0]
    parts = [name for name in table if name.endswith("_rank")]
    told = []
    if "level at the top" in answer.said:
        told.append(f"with the score {score:.2f}")
        level = int((table["score"] == score).sum())
        if level > 4:
            told.append(f"{level - 3:,} others")
    elif "comes first" in answer.said:
        ranks = [f"{first[name]:.2f} by {name[:-5].replace('_', ' ')}" for name in parts]
        assert score == pytest.approx(first[parts].astype(float).mean())
        told += [f"the score {score:.2f} is", *ranks]
        tied = int(table["score"].notna().sum())
        told.append(f"a share of the {some(tied, 'person', 'people')} with a referral")
        told.append(f"pairs of all {some(len(table) - 1, 'other')}" if tied < len(table) else "")
    take(answer.said, *told)
