"""The timeline: totals counted by hand, the days it marks, and captions that keep clear."""

from __future__ import annotations

import io
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from strategies import TODAY, book_of, dated_rows

import refgraph
from refgraph.errors import RefgraphError
from refgraph.maps import quality, timeline
from refgraph.maps.kinds.timeline import callouts, monthly
from refgraph.maps.kinds.timeline.data import course_of, events, ticks
from refgraph.maps.layout.quality import overlapping, segments_hit
from refgraph.maps.scenes import theme

ROWS = [
    (date(2026, 1, 1), "Ann", "Me", 2),
    (date(2026, 1, 11), "Me", "Bo", 3),
    (date(2026, 2, 1), "Ann", "Me", 4),
    (None, "Ann", "Me", 5),
    (date(2026, 2, 1), "Ann", "Bo", 9),
]


def goals(scene):
    figures = quality.evaluate(scene)
    assert figures["captions_overlapping"] == figures["off_page"] == 0
    assert figures["caption_px"] >= 10.5
    return figures


def said(scene):
    return [text["text"] for text in scene.captions]


def test_the_totals_by_hand():
    course = course_of(book_of(ROWS, me="Me"), "Me")
    days = [date.fromordinal(day) for day in course.day.tolist()]
    assert days == [date(2026, 1, 1), date(2026, 1, 11), date(2026, 2, 1)]
    assert course.given.tolist() == [0, 3, 3]
    assert course.received.tolist() == [2, 2, 6]
    assert course.ahead_since == date(2026, 2, 1)
    assert course.undated == 5
    assert course.by == {"Ann": (date(2026, 1, 1).toordinal(), 6.0)}


def test_what_it_says():
    scene = timeline.draw(book_of(ROWS, me="Me"))
    assert (
        scene.title
        == "You have received 3 more than you gave; received in the lead since February 2026"
    )
    assert "6 received and 3 given, with 2 people" in scene.subtitle
    assert "5 referrals without a date left out" in scene.subtitle
    assert {"6 received", "3 given", "received in the lead since 1 February 2026"} <= set(
        said(scene)
    )
    assert {"more received than given", "more given than received"} <= set(said(scene))
    goals(scene)


def test_somebody_else_is_not_you():
    scene = timeline.draw(book_of(ROWS, me="Me"), person="ann")
    assert scene.title == "Ann has given 15 referrals and received none yet"
    assert not any("you" in text.lower().split() for text in said(scene))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([("Me", "Bo", 2)], "You have given 2 referrals and received none yet"),
        ([("Bo", "Me", 1)], "You have received 1 referral and given none yet"),
        ([("Bo", "Me", 2), ("Me", "Bo", 2)], "You have given as many as you received: 2"),
        ([("Me", "Bo", 3), ("Bo", "Me", 2)], "You have given 1 more than you received"),
    ],
)
def test_titles(rows, title):
    book = book_of([(date(2026, 3, 1 + k), *row) for k, row in enumerate(rows)], me="Me")
    scene = timeline.draw(book)
    assert scene.title == title
    goals(scene)


def test_the_window_starts_from_nought_and_says_so():
    book = book_of(ROWS, me="Me").window(since="2026-01-05", until="2026-03-01")
    scene = timeline.draw(book)
    assert "running totals from the start of the window" in scene.subtitle
    assert "4 received and 3 given" in scene.subtitle
    assert "without a date" not in scene.subtitle
    course = course_of(book, "Me")
    assert (course.start, course.end) == (
        date(2026, 1, 5).toordinal(),
        date(2026, 3, 1).toordinal(),
    )


def test_the_lines_are_where_the_scene_says(adviser, drawn):
    scene = drawn("timeline", "adviser")
    picture = np.asarray(Image.open(io.BytesIO(scene.to_bytes("png"))).convert("RGB"))
    colors = {"received": theme.OWE, "given": theme.FIRST}
    for line in scene.lines:
        poly = np.array(line["poly"])
        flat = [k for k in range(len(poly) - 1) if poly[k + 1, 0] - poly[k, 0] > 14]
        seen = 0
        for k in flat:
            x, y = (poly[k] + poly[k + 1]) / 2
            seen += (
                "#{:02x}{:02x}{:02x}".format(*picture[round(y), round(x)]) == (colors[line["name"]])
            )
        assert seen > 0.8 * len(flat)  # elsewhere one lies on the other, or a mark on both


def test_the_lines_agree_with_a_slow_count(adviser, drawn):
    scene = drawn("timeline", "adviser")
    rows = adviser.referrals
    for line, column in zip(scene.lines, ("receiver", "giver"), strict=True):
        mine = rows[rows[column] == adviser.me]
        poly = np.array(line["poly"])
        ys = np.unique(poly[:, 1])[::-1]  # one height for each total reached
        totals = np.unique(mine.groupby("date")["count"].sum().cumsum())
        assert len(ys) == len(totals) + 1
        assert (ys[0] - ys[1:]) / (ys[0] - ys[-1]) == pytest.approx(totals / totals[-1])


def busy():
    rows = [(date(2024, 1, 5) + timedelta(days=40 * k), "Ann", "Me", 1) for k in range(9)]
    rows += [(date(2025, 3, 1) + timedelta(days=k), f"Giver {k}", "Me", 1) for k in range(9)]
    rows += [(date(2025, 9, 1) + timedelta(days=k), "Me", f"Taker {k % 5}", 1) for k in range(21)]
    return rows


def test_the_days_that_stand_out():
    course = course_of(book_of(busy(), me="Me"), "Me")
    assert [(event.line, event.text) for event in events(course)] == [
        ("both", "given in the lead since 19 September 2025"),
        ("axis", "282 quiet days"),
        ("received", "first of 9 from"),
        ("given", "first of 5 to"),
        ("received", "9 received in the 30 days to 9 March 2025"),
        ("given", "21 given in the 30 days to 21 September 2025"),
    ]


def test_nothing_is_marked_where_nothing_stands_out():
    rows = [(TODAY - timedelta(days=20 * k), "Me", f"P{k}", 1) for k in range(20)]
    course = course_of(book_of(rows, me="Me"), "Me")
    assert events(course) == []


def test_captions_keep_off_the_lines_and_each_other(adviser):
    for book in (adviser, book_of(busy(), me="Me")):
        for height in (None, 420):
            scene = timeline.draw(book, height=height)
            goals(scene)
            marked = [c for c in scene.captions if " in the 30 days" in c["text"]
                      or c["text"].startswith("first of") or " in the lead since" in c["text"]
                      or c["text"].endswith("quiet days")]  # fmt: skip
            assert 1 <= len(marked) <= 6
            boxes = np.array([caption["box"] for caption in marked])
            for line in scene.lines:
                poly = np.array(line["poly"])
                assert not segments_hit(boxes, poly[:-1], poly[1:]).any()


def test_no_caption_stands_on_the_line_that_joins_another_to_its_day():
    line = np.array([[0.0, 296.0], [300.0, 290.0], [600.0, 0.0]])
    area = callouts.Area((0.0, 0.0, 900.0, 296.0), [line])
    area.boxes, area.discs = [(120.0, 100.0, 400.0, 115.0)], [(200.0, 292.0)]
    area.leaders = [(199.0, 115.0, 201.0, 284.0)]
    assert area.spot(80.0, 294.4, 260.0, 15.0) is not None  # not right above its day
    assert not overlapping(np.array(area.boxes), np.array(area.leaders)).any()
    assert not overlapping(np.array(area.boxes)).any()


def test_without_a_me_the_months_are_counted(chapter):
    scene = timeline.draw(chapter)
    month = chapter.referrals.groupby(chapter.referrals["date"].dt.to_period("M"))["count"].sum()
    assert [bar["count"] for bar in scene.lines] == month.tolist()
    most = "most in June 2026: 56, where about 24 are usual"
    assert scene.title == f"476 referrals in 18 months; {most}"
    heights = [bar["box"][3] - bar["box"][1] for bar in scene.lines]
    assert np.array(heights) / max(heights) == pytest.approx(month.to_numpy() / month.max())
    picture = np.asarray(Image.open(io.BytesIO(scene.to_bytes("png"))).convert("RGB"))
    for bar in scene.lines:
        x, y = (bar["box"][0] + bar["box"][2]) / 2, (bar["box"][1] + bar["box"][3]) / 2
        pixel = picture[round(min(y, bar["box"][3] - 2)), round(x)]
        worn = theme.PLAIN[1] if bar["name"] == "June 2026" else theme.SAMPLE  # who is named
        assert "#{:02x}{:02x}{:02x}".format(*pixel) == worn
    goals(scene)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([20, 24, 18, 22, 26, 21], ", 18 to 26 a month"),
        ([20, 24, 18, 22, 60, 21], "; most in May 2025: 60, where about 22 are usual"),
        ([4, 4, 4, 4, 4, 4], ", 4 each month"),
        ([9, 5], "; most in January 2025: 9"),  # of a few, which is most is a count
    ],
)
def test_a_month_is_named_only_where_chance_does_not_explain_it(counts, told):
    rows = [(date(2025, 1 + k, 9), "Ann", "Bo", n) for k, n in enumerate(counts)]
    last = date(2025, 1 + len(counts), 1) - timedelta(days=1)
    scene = timeline.draw(book_of(rows).window(until=last))
    assert scene.title == f"{sum(counts)} referrals in {len(counts)} months{told}"


@pytest.mark.parametrize(("day", "bars"), [(30, True), (12, False)])
def test_the_legend_shows_the_month_that_is_named_as_its_bar_is(day, bars):
    """A month that is not counted in full is hollow, in the legend as on the map."""
    rows = [(date(2025, month, 9), "Ann", "Bo", n) for month, n in enumerate((4, 4, 4, 30), 3)]
    scene = timeline.draw(book_of(rows).window(until=date(2025, 6, day)))
    assert "most in June 2025: 30" in scene.title
    assert ("June 2025" in said(scene)) == bars
    assert ("month not counted in full" in said(scene)) != bars
    assert "referrals given in a month" in said(scene)


def test_how_far_months_go_is_not_said_where_one_that_is_cut_off_goes_further():
    rows = [(date(2025, month, 20), "Ann", "Bo", n) for month, n in enumerate((9, 4, 5, 4, 9), 1)]
    found = timeline.draw(book_of(rows).window(since=date(2025, 1, 15), until=date(2025, 5, 25)))
    assert found.title == "31 referrals in 5 months"


def test_months_become_quarters_and_years_and_a_part_is_hollow():
    rows = [(date(2016 + k // 4, 1 + 3 * (k % 4), 5), "Ann", "Bo", 1) for k in range(41)]
    found = monthly.periods(book_of(rows))
    assert {period.months for period in found} == {3}
    assert [period.count for period in found] == [1.0] * 41 + [0.0]
    assert found[0].name == "January to March 2016"
    old = monthly.periods(book_of([(date(1950, 2, 1), "Ann", "Bo", 1), *rows]))
    assert old[0].months == 60
    assert old[0].name == "1950 to 1954"
    cut = monthly.periods(book_of(rows).window(since="2025-01-03", until="2025-04-10"))
    assert [period.whole for period in cut] == [False, True, True, False]
    scene = timeline.draw(book_of(rows).window(since="2025-01-03", until="2025-04-10"))
    assert "month not counted in full" in said(scene)


def test_the_axis_names_no_more_days_than_it_has_room_for():
    for days in (0, 1, 5, 40, 100, 400, 4000, 40_000, 400_000):
        end = date(2026, 6, 30).toordinal()
        found = ticks(end - days, end)
        assert 1 <= len(found) <= 12
        assert all(end - days <= day <= end for day, _ in found)


def test_the_days_of_a_short_time_are_named():
    """Of one month only its first day was, and that of the next."""
    end = date(2026, 10, 1).toordinal()
    named = [text for _, text in ticks(end - 30, end)]
    assert named == ["1 Sep", "6 Sep", "11 Sep", "16 Sep", "21 Sep", "26 Sep", "1 Oct"]


def test_a_lead_that_began_in_the_month_of_the_start_is_told_by_its_day():
    rows = [(date(2026, 6, 2), "Me", "Bo", 1), (date(2026, 6, 9), "Bo", "Me", 3)]
    title = timeline.draw(book_of(rows, me="Me")).title
    assert title.endswith("; received in the lead since 9 June 2026")
    rows = [(date(2026, 5, 2), "Me", "Bo", 1), *rows[1:]]
    title = timeline.draw(book_of(rows, me="Me")).title
    assert title.endswith("; received in the lead since June 2026")


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ([13, 14, 15], "; none since March 2026"),
        ([13, 14, 15, 16], ", 0 to 4 a month"),
        ([9, 13, 14, 15], ", 0 to 4 a month"),  # as long a silence as that ended before
    ],
)
def test_a_network_that_has_fallen_silent_is_told(months, told):
    rows = [(date(2025 + k // 13, k % 13 + k // 13, 9), "Ann", "Bo", 4) for k in months]
    book = book_of(rows)
    assert timeline.draw(book).title.endswith(told)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=30))
def test_no_number_stands_on_the_line_of_what_is_usual(counts):
    rows = [
        (date(2023 + k // 12, k % 12 + 1, 9), "Ann", "Bo", n) for k, n in enumerate(counts) if n
    ]
    scene = timeline.draw(book_of([*rows, (date(2023, 1, 9), "Ann", "Bo", 200)]))
    line = [mark for mark in scene.captions if mark["text"].startswith("usual")]
    if line:
        box = line[0]["box"]
        middle = (box[1] + box[3]) / 2
        over = [c for c in scene.captions if c["text"].isdigit() and c["box"][0] > 90]
        assert not any(c["box"][1] < middle < c["box"][3] for c in over if c["box"][2] < box[0])


def test_nothing_dated_is_a_page_that_says_so():
    scene = timeline.draw(book_of([(None, "Ann", "Me", 2)], me="Me"))
    assert scene.title == "No dated referrals to draw yet"
    assert "2 referrals without a date left out" in scene.subtitle
    months = timeline.draw(book_of([(None, "Ann", "Bo", 2)]))
    assert months.title == scene.title
    assert months.H == scene.H < 760  # no higher than other pages that say so


def test_in_health_the_two_are_not_compared(tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-01,Ann,Me\n")
    (tmp_path / "refgraph.toml").write_text('profile = "health"\ntoday = "2026-06-30"\n')
    book = refgraph.Book.read(tmp_path)
    for person in (None, "Me"):
        with pytest.raises(RefgraphError, match="health"):
            timeline.draw(book, person=person)


def test_awkward_names_in_captions():
    for name in ("Cash $$ Money {x}", "N" * 80, "王小明", r"$\frac{1}{2}$"):
        rows = [(TODAY - timedelta(days=30 * k), name, "Me", 2) for k in range(6)]
        scene = timeline.draw(book_of(rows, me="Me"))
        goals(scene)
        assert any(text.startswith("first of 12 from") for text in said(scene))
        scene.to_bytes("svg")


@settings(max_examples=6)
@given(dated_rows())
def test_no_record_breaks_the_timeline(rows):
    scene = timeline.draw(book_of(rows, me="A", people=[{"person": p} for p in "ABCD"]))
    goals(scene)
    course = course_of(book_of(rows, me="A", people=[{"person": p} for p in "ABCD"]), "A")
    assert (np.diff(course.given) >= 0).all()
    assert (np.diff(course.received) >= 0).all()
    total = sum(n for day, a, b, n in rows if day and "A" in (a, b))
    assert sum(line[-1] for line in (course.given, course.received) if len(line)) == total
