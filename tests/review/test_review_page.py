"""The page holds what it should, whatever the names: one policy, no other markup, one order."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date, timedelta
from pathlib import Path
from xml.parsers import expat

import pandas as pd
import pytest
from elsewhere import asked_elsewhere, asked_here
from hypothesis import given, settings
from pages import parts, read, tables
from strategies import TODAY, book_of, books
from strategies import names as legal_names

from refgraph import Book
from refgraph.analysis.comparing.changes import CHANGES, since
from refgraph.book.incognito import incognito
from refgraph.report.page import named_sections
from refgraph.report.summary import summarize
from refgraph.report.views.text_table import cell
from refgraph.review.changed import TABLES
from refgraph.review.names import BESIDE, NAMES
from refgraph.review.web_page import page

DATA = Path(__file__).parents[2] / "data"
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    '"onload="alert(1)',
    "\u202eevil\u202c",
    "</style><b>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "&amp;<img src=x onerror=alert(1)>",
    "--></title>",
    "דוד כהן",
)
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "p"),
    *("main", "section", "nav", "ol", "ul", "li", "span", "bdi", "strong", "table", "caption"),
    *("thead", "tbody", "tr", "th", "td", "figure", "figcaption", "div", "dl", "dt", "dd"),
    *("svg", "g", "path", "circle", "text", "script", ""),
}
HANDLER = re.compile(r"^(on|style$|srcdoc$|formaction$|xlink)")


def around(names, me="Me"):
    """Give a book in which everybody refers to me and to the next, with these as prospects too."""
    many = len(names)
    rows = [
        (TODAY - timedelta(days=9 * k + 1), name, me, 1 + k % 3, {"prospect": names[k - 1]})
        for k, name in enumerate(names)
    ]
    rows += [
        (TODAY - timedelta(days=7 * k + 2), name, names[(k + 1) % many], 1)
        for k, name in enumerate(names)
        if many > 1
    ]
    people = [
        {"person": name, "role": "client", "group": names[(k + 1) % many], "needs": (name,)}
        for k, name in enumerate(names)
    ]
    return book_of(rows, me=me, people=people)


def checked(text):
    """See that nothing but our own markup is on a page, and give what was read."""
    root = read(text)
    for element in root.walk():
        assert element.tag in ALLOWED, element.tag
        assert not any(HANDLER.match(name) for name in element.attributes), element.attributes
        assert element.attributes.get("href", "#").startswith("#")
        assert "src" not in element.attributes
    (style,), scripts = root.all("style"), root.all("script")
    (policy,) = [
        each.attributes["content"] for each in root.all("meta") if "http-equiv" in each.attributes
    ]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert ("script-src" in allowed) == (len(scripts) == 1)
    for name, element in [("style-src", style), *(("script-src", each) for each in scripts)]:
        digest = hashlib.sha256(element.text().encode()).digest()
        assert allowed[name] == f"'sha256-{base64.b64encode(digest).decode()}'"
    ids = [each.attributes["id"] for each in root.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    named = [
        word for each in root.walk() for word in each.attributes.get("aria-labelledby", "").split()
    ]
    links = [each.attributes["href"].removeprefix("#") for each in root.all("a")]
    assert {*named, *links} <= {*ids}
    for each in root.all("th"):
        assert each.attributes["scope"] in ("row", "col")
    levels = [int(each.tag[1]) for each in root.all("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        expat.ParserCreate().Parse(drawing, True)
    return root


def test_hostile_names_are_names():
    root = checked(page(around(HOSTILE)))
    (owed,) = [cells for _, cells in tables(parts(root)["owed"])]
    assert {row[0] for row in owed} <= set(HOSTILE)
    assert len(owed) == 8
    drawn = {text.text("title") for text in root.all("text")}
    shown = {name.replace("\u202e", "").replace("\u202c", "") for name in drawn}
    assert {"{{ 7 * 7 }}", "]]>", "דוד כהן"} <= shown


@settings(max_examples=4)
@given(found=legal_names().filter(lambda name: name != "Me"))
def test_any_name_is_a_name(found):
    root = checked(page(around([found, "Bo"])))
    heads = [th.text() for th in root.all("th") if th.attributes["scope"] == "row"]
    assert " ".join(found.split()) in [
        " ".join(head.replace("\u200e", "").split()) for head in heads
    ]


@settings(max_examples=4)
@given(book=books(me="A"))
def test_every_book_has_a_page(book):
    root = checked(page(book))
    named = set(named_sections(summarize(book)))
    shown = {each.attributes["id"] for each in root.all("section")}
    assert named - {"mutual"} <= shown
    assert shown <= {*NAMES, "findings", "terms", "left-out", "decisions"}
    assert not [each.text() for each in root.all("li") if ".." in each.text()]


@settings(max_examples=4)
@given(book=books())
def test_a_book_of_nobody_has_a_page(book):
    shown = parts(checked(page(book)))
    assert "owed" not in shown
    assert {"standing", "leaks"} <= set(shown)


def test_the_sections_that_are_chosen_are_shown_in_their_order():
    root = checked(page(Book.sample(), sections=["leaks", "owed"]))
    assert [*parts(root)][1:3] == ["owed", "leaks"]
    drawn = {each.attributes["class"] for each in root.all("figure")}
    assert drawn == {"owed wide", "owed narrow", "pipeline roomy", "pipeline phone"}
    assert "Only these parts were asked for: owed, leaks." in parts(root)["left-out"].words()


def test_no_map_is_beside_two_parts_and_no_part_has_a_name_of_its_own_only():
    kinds = [kind for some in BESIDE.values() for kind in some]
    assert len(kinds) == len(set(kinds))
    assert set(BESIDE) <= set(NAMES)


@pytest.mark.parametrize("profile", ["law", "realestate", "health"])
def test_limits_of_a_profession_hold(profile):
    from dataclasses import replace

    book = Book.sample()
    book = book.altered(settings=replace(book.settings, profile=profile))
    root = checked(page(book))
    summary, said = summarize(book), root.words("style", "script", "svg")
    if profile == "health":
        assert summary.withheld in parts(root)["left-out"].words()
        assert not {"owed", "refer-first", "mutual", "chains"} & set(parts(root))
        assert [each.attributes["class"] for each in root.all("figure")] == ["connectors"]
        assert not re.search(r"\b(owe[sd]?|balance)\b", said.replace(summary.withheld, ""))
    else:
        assert said.count(summary.conditions) > 2


def test_initials_give_nobody_away():
    book, _ = incognito(Book.sample())
    text = page(book)
    checked(text)
    for person in Book.sample().people.index:
        assert person not in text
    assert "Names are initials" in text


def test_names_that_run_to_the_left_stand_apart():
    root = checked(page(around(["דוד כהן", "محمد علي", "Ann (\u202eA)"])))
    apart = {each.text() for each in root.all("bdi")}
    assert {"דוד כהן", "محمد علي"} <= apart
    for text in (each for part in root.all("p", "li") for each in part.children):
        if isinstance(text, str):
            assert not re.search("[\u0590-\u06ff]", text), text


def test_a_column_is_explained_once():
    root = checked(page(Book.sample()))
    (terms,) = [part for name, part in parts(root).items() if name == "terms"]
    told = [
        (dt.words(), dd.words()) for dt, dd in zip(terms.all("dt"), terms.all("dd"), strict=True)
    ]
    assert len(told) == len(set(told))
    heads = {
        th.words()
        for table in root.all("table")
        for th in table.all("th")
        if th.attributes["scope"] == "col" and "data-column" in th.attributes
    }
    assert heads == {name for name, _ in told}


def test_every_kind_of_change_has_a_table():
    assert sorted(kind for kinds in TABLES.values() for kind in kinds) == sorted(CHANGES)


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_what_changed_since_is_said_first_and_as_it_is(name):
    book, day = Book.read(DATA / name), date(2026, 7, 1)
    table = since(book, day)
    root = checked(page(book, sections=["changes", "leaks"], since_review=day))
    part = parts(root)["changes"]
    said = part.all("p")[0].words()
    assert said.startswith(f"{len(table)} changes since 2026-07-01: ")
    told = {
        {"changes of rank among connectors": "connectors rank", "person new": "new person",
         "changes of rank in refer-first": "refer-first rank"}.get(change, change): int(number)
        for number, change in re.findall(r"(\d+) ([a-z -]+)(?=[,.])", said.partition(": ")[2])
    }  # fmt: skip
    assert told == dict(table["change"].value_counts())
    left = [
        (
            row.change,
            {row.person, row.other} - {""},
            cell(row.before),
            cell(row.after),
            str(row.rows),
        )
        for row in table.itertuples()
    ]
    rows = [(columns, row) for columns, cells in tables(part) for row in cells]
    for columns, row in rows:
        shown = dict(zip(columns, (each.replace("\u200e", "") for each in row), strict=True))
        ends = {shown["person"], shown.get("other", "-")} - {"-"}
        ends |= {book.me} if shown.get("you", "-") != "-" else set()
        left.remove((shown["change"], ends, *(shown[each] for each in ("before", "after", "rows"))))
    most = [min(number, 3) for number in table["change"].value_counts()]
    assert len(rows) == sum(most)


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_the_map_of_changes_shows_the_ties_with_rows_since(name):
    book, day = Book.read(DATA / name), date(2026, 7, 1)
    rows = book.history[book.history["date"] > pd.Timestamp(day)]
    if book.me is not None:
        rows = rows[(rows["giver"] == book.me) | (rows["receiver"] == book.me)]
    ties = set(zip(rows["giver"], rows["receiver"], strict=True))
    text = page(book, sections=["changes"], since_review=day)
    pale = "l" + re.search("--c([0-9]+):#dfe3e8", text)[1]
    (figure,) = parts(checked(text))["changes"].all("figure")
    drawn = {
        each.words().partition(":")[0]
        for layer in figure.all("g")
        for mark in layer.children
        if " " in mark.attributes.get("data-of", "") and mark.tag == "path"
        if pale not in (mark.attributes.get("class") or layer.attributes["class"]).split()
        if "stroke-width" in mark.attributes | layer.attributes
        for each in mark.all("title")
    }
    called = {book.me: "You"}
    told = {f"{called.get(a, a)} to {called.get(b, b)}" for a, b in ties}
    assert {re.sub("[\u2066-\u2069]", "", text) for text in drawn} == told
    assert sum(
        map(int, re.findall(r"(\d+) (?:ties?|new|stronger)\b", figure.all("h3")[0].words()))
    ) == len(ties)


def test_nothing_is_said_to_have_changed_without_a_day():
    assert "changes" not in parts(read(page(Book.sample(), sections=["leaks"])))


def test_the_same_book_gives_the_same_bytes():
    code = (
        "from refgraph import Book; from refgraph.review.web_page import page; import hashlib;"
        "print(hashlib.sha256(page(Book.sample()).encode()).hexdigest())"
    )
    assert asked_elsewhere(code) == asked_here(code)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "r.pdf"], "'r.pdf' is neither a page that ends in .html nor a folder"),
        (["-o", "r.html", "--only", "csv"], "--only goes with a folder: name one with -o"),
        (["-o", "r", "--only", "csv,doc"], "'doc' is none of md, json, csv, png, svg, html"),
        (
            ["-o", "r", "--since-review", "2026-01-01"],
            "--since-review and --against go with",
        ),
        (["-o", "r.html", "--since-review", "2027-01-01"], "2027-01-01 is after 2026-10-01"),
        (["-o", "r.html", "--sections", "owed,x"], "'x' is none of changes, decided, standing,"),
    ],
)
def test_what_a_review_is_not_is_refused(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    result = run("review", DATA / "adviser", *words, status=2)
    assert said in " ".join(result.stderr.split())
    assert [*tmp_path.iterdir()] == []


def test_a_folder_gets_the_forms_and_the_parts_that_are_chosen(run, tmp_path):
    folder = tmp_path / "out"
    words = ("--only", "csv,svg,md", "--sections", "owed,leaks")
    result = run("review", DATA / "adviser", "-o", folder, *words)
    names = ["leaks.csv", "owe.csv", "owed.svg", "pipeline.svg", "report.md"]
    assert sorted(path.name for path in folder.iterdir()) == names
    owed = run("owe", DATA / "adviser", "-O", "csv").stdout
    assert (folder / "owe.csv").read_text("utf-8") == owed
    assert "](owed.svg)" in (folder / "report.md").read_text("utf-8")
    for text in (result.stdout, (folder / "report.md").read_text("utf-8")):
        assert "Whom you owe" in text
        assert "Thanks due" not in text


def test_a_page_goes_where_a_folder_of_that_name_is_not(run, tmp_path):
    (tmp_path / "old.html").mkdir()
    run("review", DATA / "chapter", "-o", tmp_path / "old.html", "--only", "json")
    assert sorted(path.name for path in (tmp_path / "old.html").iterdir()) == [
        "report.json",
        "review.json",
    ]
