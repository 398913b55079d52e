"""Every number on the page is one that the report or a command gives for the same book."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from pages import numbers, parts, read, tables
from surface import some

from refgraph.maps import KINDS
from refgraph.review.meanings import PLAIN

DATA = Path(__file__).parents[2] / "data"
SINCE = ("--since-review", "2026-07-01")  # for the review alone
BOOKS = {
    "adviser": ("adviser", *SINCE),
    "chapter": ("chapter", *SINCE, "--each"),
    "another": ("adviser", "--for", "Rosa Delgado"),
    "window": ("adviser", "--since", "2026-01-01", "--until", "2026-08-01"),
    "initials": ("adviser", "--incognito"),
}
OPEN = {"giver": "person", "receiver": "me", "given": "gave_me", "given_back": "i_gave"}
#: By the part: the command that its tables are from, and what it calls their columns.
SOURCES = {
    "changes": [(("changes", *SINCE), {})],
    "owed": [(("owe",), {"gave_you": "gave_me", "you_gave": "i_gave"})],
    "one-sided": [(("balance", "--pairs"), {})],
    "open": [(("owe",), OPEN)],
    "connectors": [(("connectors",), {}), (("connectors", "--parts"), {})],
    "groups": [(("groups",), {})],
    "chains": [(("chains",), {})],
    "mutual": [(("reciprocity", "--test"), {})],
    "trend": [(("trend",), {})],
}
IN_OUT = re.compile(r"(\d+) in, (\d+) out")
REPORTED = {"mutual": "Is it mutual?"}  # what the report calls a part, where it differs
FEW = 5  # rows of a list that is not a main one
SIDES = [("map", kind.name) for kind in KINDS.values() if kind.about_one]


@pytest.fixture(scope="module", params=BOOKS, name="told")
def _told(request, tmp_path_factory):
    from click.testing import CliRunner

    from refgraph.cli import main

    name, *options = BOOKS[request.param]
    asked, known = CliRunner(), {}

    def ask(*words):
        if words not in known:
            more = [] if SINCE[0] in options else options
            asks_whose = words[0] in ("owe", "report", "trend") or words[:2] in SIDES
            if "--for" in more and not asks_whose:
                more = []
            result = asked.invoke(main, [*words, "-b", str(DATA / name), *more])
            assert result.exit_code == 0, result.output
            known[words] = result.stdout
        return known[words]

    file = tmp_path_factory.mktemp("review") / "review.html"
    result = asked.invoke(main, ["review", "-b", str(DATA / name), *options, "-o", str(file)])
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    assert file.stat().st_size < 700_000
    return parts(read(file.read_text(encoding="utf-8"))), ask


def same(shown, value, column):
    """Tell whether a cell shows a value of JSON."""
    if column == "measure":
        return shown == PLAIN.get(value)
    if value in (None, "", []):
        return shown == "-"
    if column == "chain":
        return shown.replace("\u200e", "").startswith(value[0])
    if isinstance(value, list):
        return shown == "; ".join(value)
    number = None if isinstance(value, bool) else plain(value)
    if number is None:
        return shown.replace("\u200e", "") == str(value)
    written = Decimal(shown.replace(",", ""))
    places = -written.as_tuple().exponent
    return abs(written - number) <= Decimal("0.5").scaleb(-places)


def plain(value):
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def rows_of(part, at, ask):
    """Give the rows of JSON that a table of a part shows, by the columns of the page."""
    if part == "news":
        return json.loads(ask("report", "-O", "json"))["news_owed"], {}
    if part in ("leaks", "thanks"):
        position = json.loads(ask("report", "-O", "json"))["position"]
        key, me = {"leaks": "leaks", "thanks": "thanks_due"}[part], None
        rows = position[key]
        if part == "leaks":
            me = json.loads(ask("report", "-O", "json"))["book"]["me"]
            rows = [
                row | {"you": "gave" if row["giver"] == me else "received",
                       "person": row["receiver" if row["giver"] == me else "giver"]}
                for row in reversed(rows)
            ]  # fmt: skip
        return rows, {}
    words, renamed = SOURCES[part][0 if part == "changes" else at]
    rows = json.loads(ask(*words, "-O", "json"))
    me = json.loads(ask("report", "-O", "json"))["book"]["me"]
    if part == "changes" and me is not None:
        side = {(True, False): "gave", (False, True): "received"}
        rows = [
            row
            | {"you": side.get((row["person"] == me, row["other"] == me)),
               "person": row["other"] if row["person"] == me else row["person"]}
            for row in rows
        ]  # fmt: skip
    if part == "one-sided":
        ahead = [(("a", "b"), ("a_to_b", "b_to_a")), (("b", "a"), ("b_to_a", "a_to_b"))]
        rows = [
            {
                "giver": row[who[0]],
                "receiver": row[who[1]],
                "given": row[n[0]],
                "given_back": row[n[1]],
            }
            for row in rows
            for who, n in [ahead[row["balance"] < 0]]
        ]
    return rows, renamed


def walked(page):
    """Give the parts to look at: before a commit every fourth sheet of a member."""
    sheets = [name for name in page if name.startswith("member-")]
    left_out = {"decisions", *sheets} - {*some(sheets)}
    return {name: part for name, part in page.items() if name not in left_out}


def rows_of_member(part, columns, ask):
    """Give the rows of JSON that a table on the sheet of a member shows."""
    words = ("owe",) if "days_open" in columns else ("thanks",)
    rows = json.loads(ask(*words, "--for", part.all("h2")[0].words(), "-O", "json"))
    return [row for row in rows if row.get("reason") != "news"]


def test_every_row_of_every_table_is_one_of_the_command(told):
    page, ask = told
    seen = 0
    for name, part in walked(page).items():
        for at, (columns, cells) in enumerate(tables(part)):
            if name.startswith("member-"):
                rows, renamed = rows_of_member(part, columns, ask), {}
                caption = part.all("caption")[at].words()
                left_over = f": the first {len(cells)} of {len(rows):,}"
                assert caption.endswith(left_over) == (len(rows) > len(cells)), caption
            else:
                rows, renamed = rows_of(name, at, ask)
            left = list(rows)
            for row in cells:
                match = next(
                    (
                        each
                        for each in left
                        if all(
                            same(shown, each[renamed.get(column, column)], column)
                            for column, shown in zip(columns, row, strict=True)
                        )
                    ),
                    None,
                )
                assert match is not None, (name, columns, row)
                left.remove(match)
                seen += 1
    assert seen > 15


def test_rows_stand_in_the_order_of_the_command(told):
    page, ask = told
    for name in ("owed", "open"):
        for columns, cells in tables(page[name]) if name in page else ():
            at = [columns.index("days_open"), columns.index("open")]
            rows = json.loads(ask("owe", "-O", "json"))[: len(cells)]
            assert [[row[k].replace(",", "") for k in at] for row in cells] == [
                [str(row["days_open"]), str(row["open"])] for row in rows
            ]


def counted(ask):
    """Give what the page counts itself: people without a referral, and rows it has no room for."""
    book = json.loads(ask("report", "-O", "json"))["book"]
    chains = json.loads(ask("chains", "-O", "json"))
    others = [row for row in chains if row["root"] != book["me"]]
    hanging = [
        row for row in json.loads(ask("connectors", "--parts", "-O", "json")) if row["cut_off"] > 0
    ]
    return {
        "left-out": {str(book["people"] - book["tied"])},
        "members": {"90"},
        "chains": {str(len(others) - FEW)},
        "connectors": {str(len(hanging) - FEW)},
    }


def counted_of(part, ask):
    """Give what the sheet of a member counts: by hand, from pairs and from what is open."""
    person = part.all("h2")[0].words()
    given, received = {}, {}
    for row in json.loads(ask("balance", "--pairs", "-O", "json")):
        for a, b in (("a", "b"), ("b", "a")):
            if row[a] == person:
                given[row[b]], received[row[b]] = row[f"{a}_to_{b}"], row[f"{b}_to_{a}"]
    ends = [[number for number in side.values() if number] for side in (given, received)]
    still = sum(row["open"] for row in json.loads(ask("owe", "--for", person, "-O", "json")))
    counts = [sum(ends[0]), sum(ends[1]), sum(ends[1]) - still, *map(len, ends)]
    counts.append(sum(max(0, len(each) - 8) for each in ends))
    return {*map(str, (*counts, *given.values(), *received.values()))}


def test_every_number_in_words_is_said_by_a_command(told):
    page, ask = told
    whole = set(numbers(ask("report"))) | set(numbers(ask("report", "-O", "json")))
    sections = sections_of(ask("report"))
    for name, part in walked(page).items():
        if name == "terms":
            continue
        known, title = whole, part.all("h2")[0].words()
        if name.startswith("member-"):
            known = counted_of(part, ask) | {*numbers("2026-10-01,")}
        elif name not in ("findings", "left-out"):  # no number of another part will do
            known = set(numbers(sections.get(REPORTED.get(name, title), "")))
        outputs = [
            ask(*words, *form)
            for words, _ in (SOURCES.get(name, ()) if [*tables(part)] else ())
            for form in ((), ("-O", "json"))
        ]
        if name == "findings":
            outputs += [ask("reciprocity", "--test"), ask("owe", "-O", "json")]
            outputs += [ask("changes", *SINCE)] if "changes" in page else []
            outputs += [ask("trend")] if "trend" in page and [*tables(page["trend"])] else []
        shown = sum(len(cells) for _, cells in tables(part))
        there = known | set(numbers(" ".join(outputs))) | counted(ask).get(name, set())
        if name == "changes":
            there.add(f"{len(json.loads(outputs[1])) - shown:,}")
        for element in part.outside("figure").all("p", "li"):
            text = re.sub(r"refgraph [a-z-]+ BOOK[^.;,]*", "", element.words())  # no number of it
            assert set(numbers(text)) - there == set(), (name, text)


def sections_of(report):
    """Give the sections of the report in words by their titles, which are underlined."""
    lines, found, title = report.splitlines(), {}, ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if line and {*below} in ({"-"}, {"="}) and len(below) == len(line):
            title = line
        found[title] = f"{found.get(title, '')}\n{line}"
    return found


def test_both_counts_beside_a_name_on_the_map_are_those_of_its_pair(told):
    page, ask = told
    pairs = json.loads(ask("balance", "--pairs", "-O", "json"))
    counted = {(row["a_to_b"], row["b_to_a"]) for row in pairs}
    counted |= {(b, a) for a, b in counted}
    for figure in page["owed"].all("figure") if "owed" in page else ():
        beside = [IN_OUT.match(each.text("title")) for each in figure.all("text")]
        drawn = [(int(found[1]), int(found[2])) for found in beside if found]
        assert len(drawn) > 5
        assert {*drawn} <= counted


def test_paragraphs_are_those_of_the_report(told):
    page, ask = told
    report = " ".join(ask("report").replace("\u200e", "").split())
    report = re.sub(rf"{re.escape(str(DATA))}/\w+", "BOOK", report)  # a page names no folder
    report = re.sub(r"refgraph why ('[^']+'|\S+) -b", "refgraph why PERSON -b", report)
    for name in ("standing", "owed", "open", "connectors", "leaks", "news", "thanks"):
        if name in page:
            first = page[name].all("p")[0].words().replace("\u200e", "")
            assert first in report, name


def test_maps_say_what_they_say_alone(told, tmp_path):
    page, ask = told
    parts_with = [part for name, part in page.items() if name != "changes"]
    for figure in (each for part in parts_with for each in part.all("figure")):
        kind, scene = figure.attributes["class"], tmp_path / "scene.json"
        ask("map", kind, "-o", str(tmp_path / "map.png"), "--scene", str(scene))
        drawn = json.loads(scene.read_text(encoding="utf-8"))
        shown = [each.words() for each in figure.all("h3", "p")]
        assert shown == [" ".join(drawn[name].split()) for name in ("title", "subtitle")]
        assert set(numbers(" ".join(shown))) <= set(
            numbers(f"{drawn['title']} {drawn['subtitle']}")
        )
