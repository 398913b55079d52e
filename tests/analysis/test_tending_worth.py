"""How often a referral that was followed up moved, what that changes, and what can wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of

from refgraph.analysis.owing.following import (
    FOLLOWED_UP,
    follow_ups,
    moves_anyway,
    share_helped,
)
from refgraph.analysis.owing.hanging import Seen, seen, share_hanging
from refgraph.analysis.tending import today
from refgraph.analysis.tending.worth import LEAST
from refgraph.schema.values import LANES

PEOPLE = [{"person": name} for name in ("Me", "Ann", "Bo", "Cy")]


def referral(days, giver, receiver, status="given", moved=None, **more):
    when = None if moved is None else ago(moved)
    return (ago(days), giver, receiver, 1, {"status": status, "status_date": when} | more)


def call(days, person, about, kind="call", **more):
    return (ago(days), person, kind, {"about": about} | more)


def book_with(rows, touches=(), changes=()):
    book = book_of(rows, me="Me", people=PEOPLE, touches=touches)
    return book.altered(status_changes=tuple((ago(days), *more) for days, *more in changes))


def test_follow_ups_by_hand():
    rows = [
        referral(100, "Ann", "Me", "met", 60),  # r0: moved ten days after the call
        referral(100, "Me", "Ann", "given"),  # r1: two calls, nothing since
        referral(100, "Bo", "Me", "lost", 50),  # r2: lost after it, which is no help
        referral(80, "Bo", "Me", "won", 70),  # r3: a call after it was won is none
        referral(90, "Cy", "Me", "contacted", 60),  # r4: contacted late, without a call
        referral(90, "Cy", "Me", "contacted", 85),  # r5: contacted in time
        referral(20, "Me", "Cy", "given"),  # r6: called five days ago: too early
        referral(99, "Ann", "Bo", "contacted", 50),  # r7: of two others
        referral(70, "Ann", "Me", "contacted", 69),  # r8: noted in the list of today
    ]
    touches = [
        call(70, "Ann", "r0"),
        call(70, "Ann", "r0", "meeting"),  # on the same day: one
        call(65, "Ann", "r1"),
        call(40, "Ann", "r1", "email"),
        call(60, "Bo", "r2"),
        call(10, "Bo", "r3"),
        call(5, "Cy", "r6"),
        call(55, "Ann", "r7"),
        call(30, "Ann", "r8", "decision", note=FOLLOWED_UP, until=ago(1)),
        call(29, "Ann", "r8", "thanks"),  # is none
    ]
    book = book_with(rows, touches)
    # helped: r0; did not: r1 twice, r2 and r8; r4 was contacted late
    # of those given, unmoved on the 30th day and watched to the 44th or moved before it, none:
    # r5 moved on its fifth day, and all others were followed up, or moved, before
    assert follow_ups(book, "Me") == {
        "tries": 5, "moved": 1, "anyway": 0.0, "contacted": 1, "contacted_anyway": 0.0
    }  # fmt: skip
    assert share_helped(book, "Me") == pytest.approx(((1 + 2) / (5 + 2), (2 + 2) / (6 + 2)))
    assert set(follow_ups(book, "Cy").values()) == {0}


def test_what_moves_anyway_is_counted_by_status_and_days_and_taken_off_what_helped():
    rows = [
        referral(400, "Ann", "Me", "contacted", 390),  # moved on the 10th day
        referral(400, "Ann", "Me", "contacted", 385),  # on the 15th
        referral(400, "Ann", "Me", "contacted", 397),  # on the third: not there on the 5th
        referral(400, "Ann", "Me", "lost", 398),  # never moves
        referral(400, "Ann", "Me"),  # not in 400 days
        referral(10, "Ann", "Me"),  # too early to say of the 5th to the 19th
        referral(100, "Ann", "Me", "contacted", 94),  # followed up on the second day
        referral(100, "Me", "Bo", "contacted", 92),  # followed up on the fifth
        referral(100, "Me", "Cy"),  # the same, and nothing moved
    ]
    touches = [call(98, "Ann", "r6"), call(95, "Bo", "r7"), call(95, "Cy", "r8")]
    book = book_with(rows, touches)
    # on the fifth day four stood there of which it is known, and two moved by the 19th; one more
    # is added that did not. Of those contacted none was seen to move
    told = moves_anyway(book, "Me", ["given", "contacted", "given"], [5, 0, 300])
    assert told.tolist() == pytest.approx([2 / 5, 0, 0])
    found = follow_ups(book, "Me")
    # on the second day five stood there: three moved by the 16th
    assert found["anyway"] == pytest.approx(3 / 6 + 2 * 2 / 5)
    assert (found["tries"], found["moved"]) == (3, 2)
    beyond, tried = 2 - found["anyway"], 3 - found["anyway"]
    assert share_helped(book, "Me")[0] == pytest.approx((beyond + 2) / (tried + 2))


def test_what_hangs_on_a_word_by_hand():
    rows = [
        referral(400, "Ann", "Me"),  # who is known since then
        referral(290, "Ann", "Me"),  # ten days after a word
        referral(300, "Ann", "Me"),  # on the day of the word, 100 days after Ann was known
        referral(150, "Ann", "Me"),  # 150 days after it
        referral(240, "Ann", "Me"),  # 60 days after it: neither
        referral(350, "Bo", "Me"),  # nobody had a word with Bo
        referral(100, "Bo", "Me"),
    ]
    touches = [call(300, "Ann", ""), call(90, "Ann", "", "mention"), call(80, "Cy", "")]
    touches += [call(120, "Ann", "", "email", personal=False)]  # automated
    book = book_with(rows, touches)
    # Ann: 30 fresh days with 1; silent 10 before the word and 210 after it, with 2
    by_hand = Seen(1, 3, 1 * 220 / 250, 2 * 30 / 250)
    assert seen(book, "Me") == pytest.approx(by_hand)
    expected = 1 - (by_hand.without + 2) / (by_hand.after + 4)
    assert share_hanging(book, "Me") == pytest.approx(expected)
    assert share_hanging(book, "Me", ("news",)) == pytest.approx(1 - (0 + 2) / 4)


def test_where_as_much_comes_in_silence_a_word_is_worth_little_and_where_nothing_does_much():
    calls = [call(days, "Ann", "") for days in range(200, 2000, 200)]
    anyhow = [referral(days, "Ann", "Me") for days in range(5, 2100, 10)]
    answers = [referral(days - 10, "Ann", "Me") for days in range(200, 2000, 200)]
    assert share_hanging(book_with(anyhow, calls), "Me") < 0.2
    assert share_hanging(book_with(answers, calls), "Me") > 0.7


def test_a_step_that_a_later_status_hides_is_found_in_the_statuses():
    rows = [referral(100, "Me", "Ann", "won", 10)]
    touches = [call(90, "Ann", "r0")]
    assert follow_ups(book_with(rows, touches), "Me")["moved"] == 0
    changes = [(100, "r0", "given"), (88, "r0", "contacted"), (10, "r0", "won")]
    assert follow_ups(book_with(rows, touches, changes), "Me")["moved"] == 1


STATUS = st.sampled_from(["given", "contacted", "met", "won", "lost"])
DAYS = st.integers(0, 60)
ROW = st.builds(
    lambda start, ends, status, later: referral(
        start, *ends, status, None if status == "given" else max(start - later, 0)
    ),
    DAYS,
    st.sampled_from([("Me", "Ann"), ("Ann", "Me"), ("Ann", "Bo")]),
    STATUS,
    DAYS,
)
CALL = st.builds(
    lambda days, at, kind: call(days, "Ann", f"r{at}", kind),
    DAYS,
    st.integers(0, 4),
    st.sampled_from(["call", "email", "thanks"]),
)
CHANGE = st.tuples(DAYS, st.integers(0, 4).map("r{}".format), STATUS)


@given(st.lists(ROW, max_size=5), st.lists(CALL, max_size=6), st.lists(CHANGE, max_size=4))
def test_follow_ups_agree_with_a_plain_walk_over_the_rows(rows, touches, changes):
    book = book_with(rows, touches, changes)
    forward, mine = ("contacted", "met", "won"), {}
    for at, (day, giver, receiver, _, said) in enumerate(rows):
        if "Me" not in (giver, receiver):
            continue
        steps = {(said["status_date"], said["status"])}
        steps |= {(ago(back), status) for back, told, status in changes if told == f"r{at}"}
        steps = {(when, status) for when, status in steps if when and status in forward}
        ended = said["status_date"] if said["status"] in ("won", "lost") else TODAY
        mine[f"r{at}"] = (day, receiver == "Me", steps, ended)
    tried = {
        (said["about"], day)
        for day, _, kind, said in touches
        if kind != "thanks" and said["about"] in mine and day <= mine[said["about"]][3]
    }
    helped, known, contacted, used = 0, 0, 0, set()
    for told, day in tried:
        after = {when for when, _ in mine[told][2] if 0 <= (when - day).days <= 14}
        used |= {(told, when) for when in after}
        helped += bool(after)
        known += bool(after) or (TODAY - day).days > 14
    first = min((day for _, day in tried), default=None)
    for told, (start, received, steps, _) in mine.items():
        for when, status in steps:
            late = received and status == "contacted" and (when - start).days > 7
            contacted += bool(late and first and when >= first and (told, when) not in used)
    counts = {"tries": known, "moved": helped, "contacted": contacted}
    found = follow_ups(book, "Me")
    assert {name: found[name] for name in counts} == counts
    assert 0 <= found["anyway"] <= known
    assert 0 <= found["contacted_anyway"] <= contacted
    assert all(0 <= share <= 1 for share in share_helped(book, "Me"))


def lines(book):
    return today.choose(book, top=100).set_index("person")


def test_what_never_helped_is_worth_less_and_the_rest_as_before():
    stuck = [referral(20, "Ann", "Me"), referral(200, "Bo", "Me", "lost", 150)]
    tries = [call(days, "Bo", "r1") for days in range(160, 195, 5)]
    said = [call(19, "Ann", "", "thanks")]
    plain, tried = (lines(book_with(stuck, said + more)) for more in ([], tries))
    assert (plain["lane"]["Ann"], tried["lane"]["Ann"]) == ("save", "save")
    assert tried["worth"]["Ann"] == pytest.approx(plain["worth"]["Ann"] * 2 / 9, rel=1e-4)


def test_who_was_asked_after_a_referral_is_left_alone_for_thirty_days():
    rows = [referral(40, "Me", "Ann"), referral(40, "Bo", "Me")]
    book = book_with(rows, [call(39, "Bo", "", "thanks")])
    assert lines(book)["lane"].to_dict() == {"Ann": "save", "Bo": "save"}
    calls = [call(39, "Bo", "", "thanks"), call(8, "Ann", "r0"), call(8, "Bo", "r1")]
    assert not (lines(book_with(rows, calls))["lane"] == "save").any()
    back = book_with(rows, calls).altered(today=TODAY + timedelta(23))
    assert (lines(back)["lane"] == "save").sum() == 2


def test_what_is_worth_less_than_a_referral_in_twenty_hours_can_wait(adviser):
    table = today.choose(adviser, top=100)
    assert set(table["lane"]) <= set(LANES)
    assert (table["can_wait"] == (table["worth"] < LEAST)).all()
    assert set(table["can_wait"]) == {False, True}
    # sorted by worth, so that what can wait is at the end
    assert table["can_wait"].is_monotonic_increasing
