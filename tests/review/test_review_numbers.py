"""Every number on the page is one that the report or a command gives for the same book."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from pages import NUMBER, numbers, parts, read, tables
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
#: What a map of another width has more or less room for.
FOR_ROOM = re.compile(r" · \d+ (names? left out|groups? without a name,) for room")
IN_OUT = re.compile(r"(\d+) in, (\d+) out")
FORMS = ((), ("-O", "json"))
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
    assert file.stat().st_size < 800_000
    page = read(file.read_text(encoding="utf-8"))
    return {"head": page.all("header")[0], **parts(page)}, ask


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


def told_of(text):
    """Give a text as it can be compared: one space between words, and no folder of a book."""
    text = " ".join(text.replace("\u200e", "").replace("\u2068", "").replace("\u2069", "").split())
    return re.sub(rf"'?{re.escape(str(DATA))}/\w+'?", "BOOK", text)


def many(number, of):
    plural = {"person": "people"}.get(of, f"{of}s")
    return f"{number:,} {of if number == 1 else plural}"


def made(name, part, ask):
    """Give the statements of a part that no command makes in the same words, made from its JSON."""
    about = json.loads(ask("report", "-O", "json"))["book"]
    if name == "changes" or (name == "findings" and f"Since {SINCE[1]}" in part.text()):
        yield from of_changes(part, json.loads(ask("changes", *SINCE, "-O", "json")))
    if name == "findings":
        yield from of_mine(ask) if about["me"] else of_pairs(ask)
        thanks = r"[\d,]+ (?:people have|person has) not been thanked since their latest referral"
        yield from re.findall(thanks, told_of(ask("report")))  # before their names
    if name == "connectors":
        rows = json.loads(ask("connectors", "--parts", "-O", "json"))
        yield f"Of what hangs on whom, {sum(row['cut_off'] > 0 for row in rows) - FEW:,} more"
        named = [row for row in rows if row["person"] in part.text()]
        yield from (f"with {many(row['cut_off_referrals'], 'referral')}" for row in named)
    if name == "chains":
        rows = json.loads(ask("chains", "-O", "json"))
        yield f"{sum(row['root'] != about['me'] for row in rows) - FEW:,} more"
    if name == "left-out":
        yield f"{many(about['people'] - about['tied'], 'person')} of the book"
    if name == "members":
        yield "in the last 90 days"
    if name.startswith("member-"):
        yield f"as on {about['today']}"
        yield from of_a_member(part, ask)


def of_changes(part, rows):
    """Give what is said of changes: how many, of which kind, and how many have no room."""
    yield "the 3 greatest are shown"
    yield f"Since {SINCE[1]}"
    yield f"({len(rows):,} changes)"
    yield f"{len(rows) - sum(len(cells) for _, cells in tables(part)):,} more are not"
    kinds = [row["change"] for row in rows]
    yield from (f"{kinds.count(kind):,} {kind}" for kind in dict.fromkeys(kinds))


def of_mine(ask):
    for row in json.loads(ask("owe", "-O", "json")):
        yield f"{row['person']} ({row['open']:,})"
        yield f"{row['person']}, who gave you {row['gave_me']:,} and had {row['i_gave']:,} from you"


def of_pairs(ask):
    for row in json.loads(ask("owe", "-O", "json")):
        still = many(row["open"], "referral")
        if row["days_open"] is not None:
            yield f"{row['days_open']:,} days, {still} of {row['person']} to {row['me']}"
    for row in json.loads(ask("balance", "--pairs", "-O", "json")):
        for a, b in (("a", "b"), ("b", "a")):
            there, back = row[f"{a}_to_{b}"], row[f"{b}_to_{a}"]
            yield f"{row[a]} gave {row[b]} {many(there, 'referral')} and had {back:,} from them"
            yield f"{row[b]} send {row[a]}, who gave them {there:,} and had {back:,} from them"


def of_a_member(part, ask):
    """Give what the sheet of a member counts, from pairs and from what is open."""
    person = part.all("h2")[0].words()
    given, received = {}, {}
    for row in json.loads(ask("balance", "--pairs", "-O", "json")):
        for a, b in (("a", "b"), ("b", "a")):
            if row[a] == person:
                given[row[b]], received[row[b]] = row[f"{a}_to_{b}"], row[f"{b}_to_{a}"]
    to, of = ([number for number in side.values() if number] for side in (given, received))
    still = sum(row["open"] for row in json.loads(ask("owe", "--for", person, "-O", "json")))
    back = sum(of) - still
    yield f"{many(sum(to), 'referral')} given, {sum(of):,} received"
    yield f"of which {back:,} {'is' if back == 1 else 'are'} answered"
    yield f"{many(len(of), 'person')} who sent somebody"
    yield f"{many(len(to), 'person')} they sent somebody to"
    yield f"{many(sum(max(0, len(each) - 8) for each in (to, of)), 'tie')} more, not drawn"
    for line in part.all("li"):
        other = line.all("strong")[0].words() if line.all("strong") else ""
        if line.words().startswith(f"{other}:"):
            yield f"{other}: they sent you {many(received.get(other, 0), 'referral')}"
            yield f"{other}: you sent them {many(given.get(other, 0), 'referral')}"


def sentences(part):
    """Give the sentences of a part outside its maps, a list's lines by their paragraphs."""
    for element in part.outside("figure", "svg").all("p", "li"):
        if element.tag == "p" or not element.all("p"):
            text = re.sub(
                r"refgraph [a-z-]+ (?:PERSON -b )?BOOK[^.;,]*", "", told_of(element.words("a"))
            )
            yield from (each.rstrip(".;?") for each in re.split(r"(?<=[.;?])\s", text))


def test_every_number_in_words_is_said_by_a_command(told, request):
    """Each sentence with a number in it stands in an answer as it is, or is made here anew."""
    page, ask = told
    # most commands tell of everybody and not of one, and of a window in other words
    if request.node.callspec.id in ("another", "window"):
        see_numbers(page, ask)
        return
    spoken = [ask("report"), ask("reciprocity", "--test")]
    spoken += [
        ask(*words)
        for name, part in page.items()
        for words, _ in (SOURCES.get(name, ()) if [*tables(part)] else ())
    ]
    whole = told_of(" ".join(spoken)).casefold()
    for name, part in walked(page).items():
        if name == "terms":
            continue
        own = sorted({*made(name, part, ask)}, key=len, reverse=True)
        for sentence in sentences(part):
            left = sentence.removeprefix("By quarter, ")
            if NUMBER.search(left) and left.casefold() not in whole:
                for statement in own:
                    left = left.replace(statement, "")
                assert not NUMBER.search(left), (name, sentence, left)


#: What the report calls a part, where it differs.
REPORTED = {"mutual": "Is it mutual?"}
#: What tells of all parts in short.
SUMS = ("head", "findings", "left-out")


def see_numbers(page, ask):
    """Look for every number of a sentence among those that are said of the same question."""
    report = ask("report")
    sections, whole = sections_of(report), {*numbers(report), *numbers(ask("report", "-O", "json"))}
    for name, part in walked(page).items():
        if name == "terms":
            continue
        words = [each for each, _ in SOURCES.get(name, ())]
        there = {*numbers(" ".join(ask(*each, *form) for each in words for form in FORMS))}
        there |= {*numbers(" ".join({*made(name, part, ask)}))}
        titles = [*part.all("h2")][:1]
        title = REPORTED.get(name, titles[0].words() if titles else "")
        there |= whole if name in SUMS else {*numbers(sections.get(title, ""))}
        if name == "findings":
            there |= {*numbers(ask("reciprocity", "--test"))}
        for sentence in sentences(part):
            assert {*numbers(sentence)} <= there, (name, sentence)


def sections_of(report):
    """Give the sections of the report in words by their titles, which are underlined."""
    lines, found, title = report.splitlines(), {}, ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if line and {*below} in ({"-"}, {"="}) and len(below) == len(line):
            title = line
        found[title] = f"{found.get(title, '')}\n{line}"
    return found


def test_both_sides_of_the_ties_of_a_member_are_those_of_the_pairs(told):
    page, ask = told
    ties, _ = ties_of(ask)
    for name, part in walked(page).items():
        person = part.all("h2")[0].words() if name.startswith("member-") else ""
        for text in part.all("text") if person else ():
            other, _, number = told_of(text.all("title")[0].text()).rpartition(": ")
            ends = (other, person) if "text-anchor" in text.attributes else (person, other)
            assert ties[ends] == int(number) == int(told_of(text.text("title")).split()[-1])


def ties_of(ask):
    """Give the referrals from each to each, the one who is called You by that name too."""
    me = json.loads(ask("report", "-O", "json"))["book"]["me"]
    found = {}
    for row in json.loads(ask("balance", "--pairs", "-O", "json")):
        for a, b in (("a", "b"), ("b", "a")):
            found[row[a], row[b]] = row[f"{a}_to_{b}"]
    return found, me


def test_both_counts_beside_a_name_on_the_map_are_those_of_its_pair(told):
    page, ask = told
    ties, me = ties_of(ask)
    settled = {}
    for row in json.loads(ask("owe", "-O", "json")):
        settled[row["person"]] = row["gave_me"] - row["i_gave"] - row["open"]
    for figure in page["owed"].all("figure") if "owed" in page else ():
        checked = 0
        for text in figure.all("text"):
            if found := IN_OUT.match(text.text("title")):
                who = told_of(text.all("title")[0].text()).partition(": gave ")[0]
                who = who.partition(": received ")[0]
                assert (int(found[1]), int(found[2])) == (ties[who, me], ties[me, who]), who
                if more := re.search(r"(\d+) settled", text.text("title")):
                    assert int(more[1]) == settled[who]
                checked += 1
        assert checked > 5


TIE = re.compile(r"(.+) to (.+): ([\d,]+) referrals?")
GAVE = r"(?:gave ([\d,]+) referrals? to (\d+) (?:people|person))?"
HAD = r"(?:received ([\d,]+)(?: referrals?)? from (\d+) (?:people|person))?"
SOMEBODY = re.compile(rf"(.+?): {GAVE}(?:, )?{HAD}")


# the commands tell of everybody, and the page of another from the side of one
@pytest.mark.parametrize("told", [name for name in BOOKS if name != "another"], indirect=True)
def test_whatever_a_map_counts_of_a_tie_or_of_somebody_is_so(told):
    page, ask = told
    ties, me = ties_of(ask)
    about, seen = json.loads(ask("report", "-O", "json"))["book"], 0
    is_cut = bool(about["since"] or about["until"])
    for figure in (each for name in page for each in page[name].all("figure")):
        if figure.attributes["class"] == "changes" and is_cut:
            continue  # it is of the whole record
        for text in figure.all("title"):
            said = told_of(text.text())
            if found := TIE.fullmatch(said):
                ends = tuple(me if each == "You" else each for each in found.group(1, 2))
                assert ties[ends] == plain(found[3].replace(",", "")), said
            elif found := SOMEBODY.fullmatch(said):
                who = me if found[1] == "You" else found[1]
                gave = [number for (giver, _), number in ties.items() if giver == who and number]
                had = [number for (_, of), number in ties.items() if of == who and number]
                shown = [int((each or "0").replace(",", "")) for each in found.groups()[1:]]
                assert shown == [sum(gave), len(gave), sum(had), len(had)], said
            seen += found is not None
    assert seen > 50


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
        kind, scene = figure.attributes["class"].split()[0], tmp_path / "scene.json"
        is_brief = figure.attributes["class"] == "pipeline phone"
        # a narrower matrix has room for fewer people, whom it counts
        size = ("--size", "1000x3000") if figure.attributes["class"] == "matrix narrow" else ()
        ask("map", kind, *size, "-o", str(tmp_path / "map.png"), "--scene", str(scene))
        drawn = json.loads(scene.read_text(encoding="utf-8"))
        shown = [each.words() for each in figure.all("h3", "p")]
        said = [" ".join(drawn[name].split()) for name in ("title", "subtitle")]
        assert [FOR_ROOM.sub("", each) for each in shown] == [
            FOR_ROOM.sub("", each) for each in said
        ]
        texts = {told_of(each["text"]) for key in ("labels", "captions") for each in drawn[key]}
        texts = f" {' '.join(sorted(texts))} "
        bare = [told_of(text.text("title")) for text in figure.all("text")]
        alone = [told_of(each["text"]) for key in ("labels", "captions") for each in drawn[key]]
        bare, alone = ([each for each in some if plain(each)] for some in (bare, alone))
        if kind != "connectors":  # there the number of a tie needs room beside it
            assert Counter(bare) <= Counter(alone), kind
        before = ""
        for text in figure.all("text"):
            written = told_of(text.text("title"))
            of = told_of("".join(each.text() for each in text.all("title")))
            if TIE.fullmatch(of) and plain(written) is not None:
                assert f": {written} referral" in of
            elif re.search(r" and [\d,]+ more$", written):
                continue  # names of those who are not drawn, broken into lines by the width
            elif numbers(written) and not IN_OUT.match(written):  # but for what a width leaves out
                # a phone's map says in one line what stands in two
                brief = is_brief and {*numbers(written)} <= {*numbers(texts)}
                assert f" {written} " in texts or brief or "between" in f"{before} {written}", (
                    kind,
                    written,
                )
            before = written
