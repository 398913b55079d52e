"""effect at the command line: its words are its numbers, and it refuses to speak where it must."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from elsewhere import printed_elsewhere

import refgraph
from refgraph import effect
from refgraph.wording import decimals

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"


def rows_of(run, *words):
    rows = json.loads(run("effect", *words, "-O", "json").stdout)
    return {row["measure"]: row["value"] for row in rows}


@pytest.fixture
def table(tmp_path):
    def write(rows, settings=""):
        folder = tmp_path / "book"
        folder.mkdir(exist_ok=True)
        text = "date,giver,receiver\n" + "".join(f"{','.join(row)}\n" for row in rows)
        (folder / "referrals.csv").write_text(text, encoding="utf-8")
        (folder / "refgraph.toml").write_text(f'today = "2026-06-30"\n{settings}', "utf-8")
        return folder

    return write


def lines_of(folder):
    return (folder / "referrals.csv").read_text(encoding="utf-8").splitlines()[1:]


def following():
    """Rows of ten years in which I give to whoever sent something a year ago."""
    rng = random.Random(3)  # noqa: S311
    rows = []
    for at in range(60):
        for year in range(2016, 2026):
            if rng.random() < 0.35:
                month, day = rng.randint(1, 12), rng.randint(1, 28)
                rows.append((f"{year}-{month:02}-{day:02}", f"P{at}", "Me"))
                if rng.random() < 0.7 and year < 2025:
                    rows.append((f"{year + 1}-{month:02}-{rng.randint(1, 28):02}", "Me", f"P{at}"))
    return rows


#: Days from the first referral to the day the book is of.
RECORD = {
    folder: (date(2026, 10, 1) - date.fromisoformat(first)).days
    for folder in (ADVISER, CHAPTER)
    for first in [min(line.split(",")[0] for line in lines_of(folder))]
}
SPEAKS = [(ADVISER, 180), (CHAPTER, 60)]  # of half a year the chapter's gifts come in spells


@pytest.mark.parametrize(("book", "horizon"), SPEAKS, ids=["adviser", "chapter"])
def test_every_number_of_the_sentences_is_one_of_the_rows(run, book, horizon):
    asked = book, "--horizon", str(horizon)
    told, said = rows_of(run, *asked), run("effect", *asked).stdout
    found = effect.overall(refgraph.Book.read(book), horizon=horizon)
    for name, value in found.items():
        assert told[name] == value or (value is None and told[name] is None)
    assert told["added"] == pytest.approx(told["after"] - told["anyway"])
    fits = decimals(told["after"], told["anyway"], told["added"]) - 2
    for name in ("after", "anyway"):
        low, high = told[f"{name}_low"], told[f"{name}_high"]
        assert f"about {told[name]:.{fits}%} ({low:.{fits}%} to {high:.{fits}%})" in said
    assert f"from {told['gifts']} gifts to {told['partners']} people" in said
    way = "more" if told["added"] > 0 else "fewer"
    assert f"That is {abs(100 * told['added']):.{fits}f} {way} of 100" in said
    lines = dict(line.rsplit(None, 1) for line in said.split("\n\n")[0].splitlines()[1:])
    after, anyway, added = (Decimal(lines[name]) for name in ("after", "anyway", "added"))
    assert after - anyway == added
    fewer, more = (round(100 * abs(told[name])) for name in ("low", "high"))
    between = f"from {fewer} fewer to {more} more"
    if told["low"] > 0:
        between = f"{fewer or 'under 1'} to {more} more"
    assert said.count(between) == 2
    assert f"Not used: {told['other_gifts']} gifts" in said
    crossed = told["crossed"] * (1 if book == ADVISER else 2)  # of everybody: both ways
    assert f"{crossed} gifts that crossed with one back on one day" in said
    days = {tuple(line.split(",")[:3]) for line in lines_of(book)}
    mine = {day for day in days if book == CHAPTER or "Whitfield" in day[1]}
    assert len(mine) == told["gifts"] + told["other_gifts"] + crossed
    assert f"Of {len(mine)} gifts {told['gifts']} came after" in said
    years = told["more"] / told["gifts"] * RECORD[book] / 365.25
    wide = f"it takes about {told['more']:.0f} more such gifts, at the pace of this record about "
    wide += f"{years:.0f} years."
    assert (wide in said) == (told["more"] > 0)
    open_still = told["low"] <= 0 <= told["high"]
    assert ("cannot be told yet" in said) == (open_still and told["more"] > 0)
    assert ("and the range is narrow" in said) == (open_still and not told["more"])


def test_controls_are_named_whether_they_passed_or_are_missing(run):
    for book, horizon in SPEAKS:
        asked = book, "--horizon", str(horizon)
        told, said = rows_of(run, *asked), run("effect", *asked).stdout
        passed = re.search(r"Nothing amiss was seen in these controls: (.*?)\.", said)[1].split(
            ", "
        )
        missing = re.search(r"too few to compute: (.*?)\.", said)
        missing = missing[1].split(", ") if missing else []
        assert sorted([*passed, *missing]) == sorted(effect.negative_controls.NAMES)
        for name in passed:
            assert told[f"{name.replace(' ', '_')}_p"] > effect.negative_controls.LEVEL / 7
        for name in missing:
            assert told[f"{name.replace(' ', '_')}_p"] is None


def test_of_one_person_it_is_said_that_the_controls_of_the_whole_book_fail(run):
    whole, one = rows_of(run, CHAPTER), run("effect", CHAPTER, "--for", "gwen").stdout
    assert whole["refused"] == "a control failed: earlier gifts"
    assert whole["more"] is None
    assert "from 20 fewer to 73 more of 100" in one
    assert "Of everybody's gifts together nothing is said in this book, as a control" in one
    assert "(earlier gifts: gifts to the same people come in spells" in one
    page = run("refer-first", CHAPTER, "--for", "gwen", "--first-tries", "0").stdout
    assert "as a control fails: earlier gifts." in " ".join(page.split())
    for more in ([CHAPTER, "--for", "gwen", "--horizon", "60"], [ADVISER]):
        assert "everybody" not in run("effect", *more).stdout


def test_where_gifts_follow_receipts_it_refuses_to_speak(run, table, tmp_path):
    book = table(following(), 'me = "Me"\n')
    told, result = rows_of(run, book), run("effect", book)
    assert told["refused"].startswith("a control failed: earlier receipts")
    assert all(told[name] is None for name in effect.SHARES)
    assert told["gifts"] > 50
    assert "cannot be told from the record" in result.stdout
    assert "Control failed, earlier receipts: " in result.stdout
    assert "of 100" not in result.stdout
    assert told["more"] is None
    assert re.search(r"^more +-$", result.stdout, re.MULTILINE)
    picture = tmp_path / "no.png"
    run("effect", book, "-o", picture)
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "rows",
    [
        [("2024-06-01", "Me", "NA")],
        [("2024-06-01", "Me", "=1+1"), ("", "Cash $$ Money", "Me")],
        [("2023-01-01", "محمد علي", "Me"), ("2024-06-01", "Me", "محمد علي")],
    ],
)
def test_a_small_book_says_that_it_is_too_small(run, table, rows, tmp_path):
    book = table(rows, 'me = "Me"\n')
    said = run("effect", book).stdout
    assert "Too few gifts of yours to tell whether giving brings anything back." in said
    assert "about 100 to tell a large effect" in said
    told = rows_of(run, book)
    assert told["refused"] == "too few clean gifts"
    assert ("Referrals without a date are left out." in said) == (rows[-1][0] == "")
    run("effect", book, "-o", tmp_path / "few.svg")


def test_whose_gifts_are_asked_about(run):
    assert "gifts of yours" in run("effect", ADVISER).stdout
    said = run("effect", CHAPTER, "--for", "gwen").stdout
    assert "gifts of Gwen Aldridge" in said.lower().replace("gwen aldridge", "Gwen Aldridge")
    assert "yours" not in said
    everybody = run("effect", CHAPTER, "--horizon", "60").stdout
    assert "of " not in everybody.split("\n\n")[1].split(" after a silence")[0]
    assert "Did you mean" in run("effect", CHAPTER, "--for", "Gwen Aldrige", status=1).stderr
    hidden = run("effect", CHAPTER, "--for", "gwen", "--incognito").stdout
    assert "Gwen" not in hidden
    plain, dark = (rows_of(run, ADVISER, *more) for more in ([], ["--incognito"]))
    assert plain == pytest.approx(dark)


def test_where_referrals_may_not_be_traded_nothing_is_shown(run, table, tmp_path):
    book = table(following(), 'me = "Me"\nprofile = "health"\n')
    picture = tmp_path / "no.png"
    for more in ([], ["-O", "json"], ["-o", picture]):
        result = run("effect", book, *more, status=1)
        assert "profile is health" in result.stderr
        assert result.stdout == ""
    assert not picture.exists()


def test_a_picture_is_the_same_bytes_and_says_what_was_found(run, tmp_path):
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    for target in (one, two):
        asked = ("--samples", "100", "--horizon", "60")
        result = run("effect", CHAPTER, "-o", target, *asked)
        assert result.stdout == ""
        assert result.stderr == f"Wrote {target}\n"
    assert one.read_bytes() == two.read_bytes()
    book = refgraph.Book.read(CHAPTER)
    from refgraph.maps.kinds.effect import draw
    from refgraph.report.sections import effect as report

    told = report.ask(book, None, horizon=60, samples=100, seed=0)
    for theme in ("light", "dark", "print"):
        scene = draw.draw(told.found, told.controls, report.finding(told), theme=theme)
        assert scene.title == report.finding(told)
        boxes = [caption["box"] for caption in scene.captions]
        assert all(box[0] > 0 and box[2] < scene.W and box[3] < scene.H for box in boxes)
        for at, one_box in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = one_box[2] <= other[0] or other[2] <= one_box[0]
                assert apart or one_box[3] <= other[1] or other[3] <= one_box[1]
        shown = {caption["text"] for caption in scene.captions}
        fits = decimals(*(told.found[name] for name in ("after", "anyway", "added"))) - 2
        share = (f"{told.found[name]:.{fits}%}" for name in ("after", "after_low", "after_high"))
        assert "{}  ({} to {})".format(*share) in shown
    told = report.ask(refgraph.Book.read(ADVISER), None, horizon=180, samples=100, seed=0)
    scene = draw.draw(told.found, told.controls, report.finding(told))
    ends = (f"{told.found[name]:.0%}" for name in ("after", "after_low", "after_high"))
    assert "{}  ({} to {})".format(*ends) in {caption["text"] for caption in scene.captions}


@pytest.mark.parametrize(
    "words",
    [["--horizon", "0"], ["--samples", "10"], ["--seed", "-1"], ["-o", "x.gif"], ["-o", "x.html"]],
)
def test_what_is_not_possible_is_exit_2(run, words):
    assert run("effect", ADVISER, *words, status=2).stdout == ""


def test_what_is_left_out_is_said(run, table):
    rows = [("2024-06-01", "A", "B"), ("2025-06-01", "B", "A"), ("", "A", "B")]
    result = run("effect", table(rows))
    assert "1 referral has no date: left out, as nothing says what came first" in result.stderr
    said = run("effect", table(rows), "--since", "2025-01-01").stdout
    assert "The whole record is used, whatever the window." in said


def test_the_same_bytes_whatever_the_order_of_the_file_and_the_seed_of_names(run, tmp_path):
    head, *lines = (CHAPTER / "referrals.csv").read_text(encoding="utf-8").splitlines(True)
    random.Random(1).shuffle(lines)  # noqa: S311
    moved = tmp_path / "referrals.csv"
    moved.write_text("".join([head, *lines]), encoding="utf-8")
    more = ["--today", "2026-10-01", "--samples", "100"]
    there = printed_elsewhere("-m", "refgraph", "effect", moved, *more)
    assert there == run("effect", CHAPTER / "referrals.csv", *more).stdout
