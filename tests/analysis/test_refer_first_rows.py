"""Every line of refer-first on the sample book, recomputed from the rows by plain reading."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import surface
from foretold import Walk
from strategies import book_of

from refgraph import Book
from refgraph.analysis.suggesting import refer_first
from refgraph.report.questions.suggesting import REFER_FIRST
from refgraph.report.views.grouped import arranged

ADVISER = Path(__file__).parent.parent.parent / "data" / "adviser"
ME, TODAY = "Dana Whitfield", date(2026, 10, 1)
HORIZON, HALF_LIFE = timedelta(days=180), 730


def rows_of(name):
    with (ADVISER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


PEOPLE = {row["person"]: row for row in rows_of("people.csv")}
NAMES = {alias.strip(): name for name, row in PEOPLE.items() for alias in row["aliases"].split(";")}
TOUCHES = [
    row
    | {"date": date.fromisoformat(row["date"]), "person": NAMES.get(row["person"], row["person"])}
    for row in rows_of("touches.csv")
]
REFERRALS = [
    (
        date.fromisoformat(row["date"]),
        NAMES.get(row["giver"], row["giver"]),
        NAMES.get(row["receiver"], row["receiver"]),
        int(row["count"] or 1),
    )
    for row in rows_of("referrals.csv")
]
#: What is said or sent of somebody, and is no contact with them.
SAID = ("mention", "concern", "resolved", "value", "snooze", "decision", "done")


def all_gifts(rows, today):
    """Gifts as (giver, receiver, day made, day answered or None); closed ones, and open ones."""
    found = []
    opened = {}
    for day in sorted({row[0] for row in rows}):
        for pair, start in list(opened.items()):
            if start + HORIZON < day:
                found.append((*pair, start, None))
                del opened[pair]
        of_day = sorted({row[1:3] for row in rows if row[0] == day})
        before = dict(opened)
        for giver, receiver in of_day:
            if (receiver, giver) in before:
                found.append((receiver, giver, before[receiver, giver], day))
                del opened[receiver, giver]
            elif (giver, receiver) not in before and (receiver, giver) not in of_day:
                opened[giver, receiver] = day
    late = [(*pair, start, None) for pair, start in opened.items() if start + HORIZON <= today]
    still = [(*pair, start, None) for pair, start in opened.items() if start + HORIZON > today]
    return found + late, still


GIFTS, OPEN = all_gifts(REFERRALS, TODAY)


def between(giver, receiver):
    return [row for row in REFERRALS if row[1:3] == (giver, receiver)]


def known_of(person):
    """What the rows say of one person."""
    theirs, mine = between(person, ME), between(ME, person)
    own = [gift for gift in GIFTS if gift[:2] == (ME, person)]
    others = [gift for gift in GIFTS if gift[1] == person and gift[0] != ME]
    touched = [row for row in TOUCHES if row["person"] == person and row["kind"] not in SAID]
    gave_me, i_gave = sum(row[3] for row in theirs), sum(row[3] for row in mine)
    settled = sum(row["kind"] == "settled" for row in touched)
    return {
        "gave_me": gave_me,
        "i_gave": i_gave,
        "open": max(0, gave_me - i_gave - settled),
        "otherwise": min(settled, max(0, gave_me - i_gave)),
        "last": max((row[0] for row in theirs), default=None),
        "own": whole(own),
        "others": whole(others),
        "elsewhere": (
            sum(row[3] for row in REFERRALS if row[1] == person and row[2] != ME),
            max((row[0] for row in REFERRALS if row[1] == person and row[2] != ME), default=None),
        ),
        "touch": min(((TODAY - row["date"]).days for row in touched), default=None),
        **{
            kind: sum(row["kind"] == kind for row in touched)
            for kind in ("introduction", "endorsement", "gift")
        },
    }


def whole(gifts):
    """How many of the gifts whose horizon is over were answered, and how many there are."""
    over = [gift for gift in gifts if gift[2] + HORIZON <= TODAY]
    return sum(gift[3] is not None for gift in over), len(over)


@cache
def walk():
    """The book as the formula of an expected return walks through it."""
    rows = [(day.toordinal(), *rest) for day, *rest in REFERRALS]
    return Walk(rows, HORIZON.days, HALF_LIFE)


@cache
def chance_of(person):
    """The line of a person, written out from the formula to the rows."""
    return walk().line(ME, person, TODAY.toordinal())


def told_by(sentence):
    """The numbers that a sentence tells, in the form of `known_of`."""

    def number(pattern, otherwise=0):
        found = re.search(pattern, sentence)
        return (
            int(found[1].replace("nothing", "0").replace(",", ""))
            if found is not None
            else otherwise
        )

    def returned(who):
        spells = r"(?: spells?(?: of giving))?"
        found = re.search(
            rf"(one|none)(?: came back)? after (\d+ of )?(\d+){spells} by {who}", sentence
        )
        assert found is None or (found[1] == "one") == bool(found[2])
        return (int((found[2] or "0").removesuffix(" of ")), int(found[3])) if found else (0, 0)

    last = re.search(r"ave you \S+ \(last on (\S+)\)", sentence)
    others = re.search(r"gave others (\d+) \(last on (\S+)\)", sentence)
    return {
        "gave_me": number(r"[Gg]ave you (\d+)"),
        "i_gave": number(r"[Hh]as had (\d+|nothing) from you"),
        "otherwise": number(r"from you, (\d+) of theirs settled otherwise"),
        "last": date.fromisoformat(last[1]) if last else None,
        "own": returned("you"),
        "others": returned("others"),
        "elsewhere": (int(others[1]), date.fromisoformat(others[2])) if others else (0, None),
        "touch": 0 if "in touch today" in sentence else number(r"last in touch (\d+) da", None),
        **{
            kind: number(rf"besides referrals you gave them [^;]*?(\d+) {kind}")
            for kind in ("introduction", "endorsement", "gift")
        },
    }


def candidates():
    return [
        name
        for name, row in PEOPLE.items()
        if name != ME
        and row["role"] in {"client", "partner", ""}
        and row["do_not_refer"] != "yes"
        and not waits(name)
    ]


def waits(name):
    """Whether somebody was referred to me, is not called yet, and has referred nobody."""
    to_me = [row for row in rows_of("referrals.csv") if row["prospect"] == name]
    to_me = sorted((row for row in to_me if row["receiver"] == ME), key=lambda row: row["date"])
    news = {row["id"]: row["status"] for row in rows_of("statuses.csv")}
    status = news.get(to_me[-1]["id"], to_me[-1]["status"] or "given") if to_me else ""
    return status == "given" and not any(row[1] == name for row in REFERRALS)


def part_of(name):
    known = known_of(name)
    if not known["i_gave"]:
        return "start"
    return "settle" if known["open"] else "again"


@pytest.fixture(scope="module")
def lines(adviser):
    return refer_first.rank(adviser, parts=True).to_dict("records")


def test_the_lines_are_the_candidates_by_what_a_gift_adds_then_open_then_whom_to_meet(
    lines, adviser
):
    assert sorted(line["person"] for line in lines) == sorted(candidates())
    assert len(lines) == 46
    usual = [line for line in lines if line["part"] != "first try"]
    met = list(dict.fromkeys(adviser.history[["giver", "receiver"]].to_numpy().ravel().tolist()))
    came = {
        name: turn for turn, name in enumerate([*met, *sorted({*adviser.people.index} - {*met})])
    }
    order = [
        (-line["added"], -line["open"], not line["introduce"], came[line["person"]])
        for line in usual
    ]
    assert order == sorted(order)
    assert all(line["part"] == part_of(line["person"]) for line in usual)


def test_the_last_two_of_every_ten_places_go_to_those_of_whom_least_is_known(lines):
    tries = [line for line in lines if line["part"] == "first try"]
    assert [line["rank"] for line in tries] == [9, 10, 19, 20, 29, 30, 39, 40][: len(tries)]
    assert tries
    usual = [line for line in lines if line["part"] == "start" and not line["open"]]
    for line in tries:
        later = [other for other in usual if other["rank"] > line["rank"]]
        width = line["added_high"] - line["added_low"]
        assert all(other["added_high"] - other["added_low"] <= width for other in later)
        assert (known_of(line["person"])["i_gave"], line["open"]) == (0, 0)


def test_every_line_says_what_the_rows_say(lines):
    for line in lines:
        known = known_of(line["person"])
        told = told_by(line["because"])
        assert told == {name: value for name, value in known.items() if name != "open"}, line
        for name in ("gave_me", "i_gave", "open"):
            assert line[name] == known[name]
        gifts = [gift for gift in GIFTS if gift[1] == line["person"]]
        assert line["answered"] == sum(gift[3] is not None for gift in gifts)
        assert line["gifts"] == len(gifts)
        assert line["gifts"] >= known["own"][1] + known["others"][1]
        touch = line["last_touch_days"]
        assert (None if touch != touch else touch) == known["touch"]  # NaN is not itself
        assert line["role"] == PEOPLE[line["person"]]["role"]


def test_every_expected_return_is_the_one_of_the_rows(lines):
    for line in surface.some(lines):
        known = chance_of(line["person"])
        for name in ("expected_return", "partner_rate", *refer_first.INGREDIENTS):
            assert line[name] == pytest.approx(known[name], abs=1e-6)
        assert (line["low"], line["high"]) == pytest.approx((known["low"], known["high"]), abs=1e-6)
        assert line["low"] <= line["expected_return"] <= line["high"]


def test_every_row_behind_a_line_is_one_it_speaks_of(adviser, lines):
    by_id = adviser.history.set_index("id")[["date", "giver", "receiver"]]
    for line in lines:
        person = line["person"]
        spoken = {row[:3] for row in between(person, ME) + between(ME, person)}
        gifts = [gift for gift in GIFTS if gift[1] == person]
        spoken |= {(made, giver, to) for giver, to, made, _ in gifts}
        spoken |= {row[:3] for row in REFERRALS if row[1] == person}
        cited = by_id.loc[line["because_ids"]].itertuples(index=False)
        assert {(row.date.date(), row.giver, row.receiver) for row in cited} == spoken


# Read off referrals.csv and touches.csv by hand: what a line must begin with.
BY_HAND = {
    "Elizabeth Moreau": "Gave you 10 (last on 2026-09-11) and has had 8 from you; within 180 days "
    "of the start one came back after 4 of 4 spells of giving by you, none after 2 by others; gave "
    "others 5 (last on 2026-06-23); last in touch 19 days ago;",
    "Priya Raman": "Gave you 3 (last on 2026-05-21) and has had 1 from you; within 180 days of "
    "the start one came back after 1 of 1 spell of giving by you; gave others 2 (last on "
    "2026-06-11); last in touch 3 days ago;",
    "Helen Marsh": "Gave you 2 (last on 2025-04-30) and has had no referral from you, 1 of "
    "theirs settled otherwise;",
    "Marcus Bell": "Gave you 7 (last on 2026-06-04) and has had no referral from you, 1 of "
    "theirs settled otherwise; gave others 2 (last on 2025-11-25); besides referrals you gave "
    "them 1 introduction; last in touch 105 days ago;",
    "Oliver Grant": "Gave you 4 (last on 2025-07-17) and has had 2 from you, 1 of theirs settled "
    "otherwise; within 180 days of the start one came back after 1 of 1 spell of giving by you, "
    "one after 1 of 4 by others; gave others 1 (last on 2025-06-09); besides referrals you "
    "gave them 1 endorsement; last in touch 140 days ago;",
    "Andre Baptiste": "Has had no referral from you yet; gave others 1 (last on 2026-09-15); "
    "besides referrals you gave them 1 introduction; last in touch 150 days ago;",
    "Harold Jennings": "Has had no referral from you yet; gave others 2 (last on 2026-07-03); "
    "nobody to introduce: already brought together with ",
    "Nina Kowalczyk": "Has had no referral from you yet; nobody to introduce: what they need and "
    "offer is not recorded. ",
}


def test_lines_read_off_by_hand(lines):
    said = {line["person"]: line["because"] for line in lines}
    for person, beginning in BY_HAND.items():
        assert said[person].startswith(beginning)


def test_of_whom_nobody_is_introduced_it_is_said_why(lines):
    said = [(line, "nobody to introduce: " in line["because"]) for line in lines]
    assert all(told == (not line["introduce"]) for line, told in said)
    kinds = set()
    for person, why in (
        (line["person"], re.search(r"nobody to introduce: (.*?)\. ", line["because"])[1])
        for line, told in said
        if told
    ):
        own = PEOPLE[person]
        together = why.removeprefix("already brought together with ")
        kinds.add("together" if together != why else why)
        if together != why:
            named = [name for name in PEOPLE if name in together]
            assert named
            assert all(brought_together(person, name) for name in named)
        else:
            recorded = any(own[name] for name in ("needs", "offers", "profession"))
            assert recorded == ("not recorded" not in why)
    assert len(kinds) > 1


def brought_together(one, other):
    """Whether a referral has both in it, or a touch says that I introduced them."""
    parts = [
        {NAMES.get(row[part], row[part]) for part in ("giver", "receiver", "prospect")}
        for row in rows_of("referrals.csv")
    ]
    parts += [
        {row["person"]} | {name for name in PEOPLE if name in row["note"] + row.get("with", "")}
        for row in TOUCHES
        if row["kind"] == "introduction"
    ]
    return any({one, other} <= part for part in parts)


def test_the_page_says_who_is_listed_who_is_not_and_on_which_line_the_highest_is():
    answer = REFER_FIRST(Book.read(ADVISER))
    whom, listed, how_sure, *_ = answer.lead.splitlines()
    chosen, others = candidates(), [name for name in PEOPLE if name != ME]
    never = [name for name in chosen if not between(ME, name)]
    kinds = ("introduction", "endorsement", "gift")
    had = [name for name in never if any(known_of(name)[kind] for kind in kinds)]
    assert whom.startswith(f"As of {TODAY}. First those who gave you referrals")
    mine = [row for row in rows_of("referrals.csv") if NAMES.get(row["giver"], row["giver"]) == ME]
    sent = {NAMES.get(row["prospect"], row["prospect"]) for row in mine} & {*never}
    assert (
        f"{len(never)} of {len(chosen)} never had a referral from you ({len(had)} had an "
        f"introduction, an endorsement or a gift, and {len(sent)} were themselves referred by you "
        "to somebody)" in whom
    )
    assert listed.startswith(f"{len(chosen)} of the {len(others)} others in this book")
    marked = [name for name in others if PEOPLE[name]["do_not_refer"] == "yes"]
    left = [name for name in others if name not in {*marked, *chosen}]
    role = [name for name in left if PEOPLE[name]["role"] not in {"client", "partner", ""}]
    assert listed.endswith(
        f"Left out: {len(marked)} marked do not refer, {len(role)} of another role, "
        f"{len(left) - len(role)} still waiting for your call."
    )
    shown, _ = arranged(answer.table, answer.grouping)
    most = shown.loc[shown["added"].idxmax()]
    assert f"Most is expected of {most['person']} (line {most['rank']})" in how_sure


def test_a_page_that_is_short_says_of_its_rows_what_the_whole_list_says():
    book = Book.read(ADVISER)
    whole = REFER_FIRST(book, everyone=True)
    short = REFER_FIRST(book, everyone=True, most=6)
    shown = [arranged(each.table, each.grouping, 6)[0] for each in (whole, short)]
    seen = [name for name in whole.table if name not in whole.aside]
    assert len(shown[0]) == 6
    assert shown[0][seen].equals(shown[1][seen])
    rest = short.table.drop(shown[1].index)
    assert (rest["because"] == "").all()
    numbers = [name for name in seen if name not in ("because", "introduce")]
    assert rest[numbers].equals(whole.table.loc[rest.index, numbers])


def test_no_rate_is_told_of_a_record_shorter_than_what_is_looked_ahead():
    rows = [
        (TODAY - timedelta(days=43), "Ann", "Me", 1),
        (TODAY - timedelta(days=40), "Me", "Bo", 1),
    ]
    book = book_of(rows, me="Me", today=TODAY)
    assert refer_first.rank(book, horizon=44)["anyway"].isna().all()
    assert refer_first.rank(book, horizon=43)["anyway"].notna().all()


def test_of_whom_something_has_no_date_no_range_is_told_and_the_page_says_so():
    days = [(TODAY - timedelta(days=at), "Bo", "Me", 1) for at in (40, 190, 380)]
    answer = REFER_FIRST(book_of([*days, (None, "Ann", "Me", 20)], me="Me", today=TODAY))
    ends = answer.table.set_index("person")[["anyway_low", "anyway_high"]]
    assert ends.loc["Ann"].isna().all()
    assert ends.loc["Bo"].notna().all()
    assert "no range where some of what they sent has no date" in answer.lead
    assert "nan" not in repr(answer).lower()
