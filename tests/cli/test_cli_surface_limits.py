"""What the profiles promise, over every command: health hides, the others say on what terms.

The commands, and the words that make them run, are those of :mod:`surface`.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
import math
import re
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import surface

import refgraph
from refgraph import Book, maps
from refgraph.analysis.describing import stats
from refgraph.analysis.owing import leaks, register
from refgraph.book import professional_limits
from refgraph.errors import RefgraphError, WithheldError
from refgraph.report.questions.registry import QUESTIONS
from refgraph.schema.columns import FIELDS
from refgraph.schema.values import COLLEAGUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from refgraph.schema.field import Field

ASKING = sorted(name for name in surface.tree() if not surface.writes(name))
#: What compares what was given and what was received, in whatever words.
COMPARING = {
    *("given", "received", "balance", "rate", "open", "gave_me", "i_gave", "a_to_b", "b_to_a"),
    *("owe", "owe_people", "owe_referrals", "went_first_people", "even_people", "ageing", "mutual"),
    *("mutual_pairs", "give", "receive", "expected_return", "added", "sent", "won", "lost"),
    *("value", "won_value", "currency", "prospect", "giver", "receiver", "direction", "id"),
    *("referrals", "cut_off_referrals", "inside", "edge", "weighted", "share", "count"),
}
#: The commands that health refuses, whatever is asked of them: every question of theirs compares.
REFUSING = {name.split()[0] for name in QUESTIONS} - {
    name.split()[0] for name, question in QUESTIONS.items() if not question.compares
}
_WAY = ("referrals", "won", "closed", "open", "low", "high")
#: The commands that compare nobody and suggest nobody, and need no conditions beside them.
PLAIN = {"check", "export", "init", "stats"}
SLOW = {"map", "review", "evaluate", "reciprocity", "effect", "chains"}


def under(folder: Path, profile: str) -> None:
    """Give a book a profile, and a card that is about nobody in particular."""
    surface.without(folder, "looking_for", "they_say")
    path = folder / "refgraph.toml"
    told = [f'profile = "{profile}"'.encode(), b'looking_for = ["couples"]', path.read_bytes()]
    path.write_bytes(b"\n".join(told))


def keys(content: Any) -> Iterator[str]:
    """Name every key of a JSON text, at any depth."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from keys(value)
    elif isinstance(content, list):
        for value in content:
            yield from keys(value)


def objects(text: str) -> list[dict[str, Any]]:
    """Give the objects of a JSON text: those of a list, or the one."""
    content = json.loads(text)
    return content if isinstance(content, list) else [content]


def columns(call: surface.Call, text: str) -> list[str]:
    """Name what an answer has a value for, where a program reads it."""
    if call.words[-2:] == ("-O", "csv"):
        header, *rows = csv.reader(io.StringIO(text))
        return [row[0] for row in rows] if header == ["measure", "value"] else header
    if call.words[-2:] != ("-O", "json"):
        return []
    content = json.loads(text)
    if "introduce" in content:  # of a card: no way to introduce anybody is said to have worked
        assert {each.pop(key) for each in content["introduce"] for key in _WAY} == {None}
    if call.command == "report":  # the lists that every page has, with nothing in them
        assert content.pop("owe") == content.pop("refer_first") == []
    if call.command == "stats":
        return [row["measure"] for row in content]
    return [*keys(content)]


def formats(name: str) -> Iterator[surface.Call]:
    """Give every variant of a command, each in every format it has."""
    forms = [words for words in surface.spread(name) if words[0] == "-O"]
    for call in surface.calls(command=name, shared=False):
        yield call.plus("--scene", "{out}/scene.json") if name == "map" else call
        if not {"--draft", "{out}/effect.png", "{out}/without.svg"} & {*call.words}:
            yield from (call.plus(*words) for words in forms)


# ------------------------------------------------------------------------ health


@pytest.fixture
def hidden(tmp_path: Path) -> surface.Subject:
    subject = surface.hostile(tmp_path / "book")
    under(subject.folder, "health")
    return subject


SHOWING = ("people merge", "people set", "people split")


def unseen(subject: surface.Subject) -> dict[str, str]:
    """Give the words of a book that no command may tell, with the field that holds them."""
    fields = {"referrals.prospect", "referrals.currency", "import.prospect", "import.note"}
    fields |= {f"{kind}.{column.name}" for kind, column in _notes_and_ids()}
    with (subject.folder / "people.csv").open(
        encoding="utf-8", errors="replace", newline=""
    ) as file:
        mails = {row["email"] for row in csv.DictReader(file) if row["role"] not in COLLEAGUES}
    return {
        word: place
        for word, place in subject.private.items()
        if place in fields or (place == "people.email" and any(word in each for each in mails))
    }


def _notes_and_ids() -> Iterator[tuple[str, Field]]:
    """Give the columns whose words no command repeats; what was said in a touch is told of some."""
    for kind, columns in FIELDS.items():
        for column in columns:
            if column.name in {"note", "id"} and kind != "touches":
                yield kind, column


def test_under_health_no_command_tells_of_a_prospect_or_a_value_and_no_format_compares(
    hidden, tmp_path
):
    private = unseen(hidden)
    assert len(private) > 15
    writing = (
        call
        for name in surface.tree()
        if name not in ASKING
        for call in surface.calls(command=name, shared=False)
    )
    asking = (call for name in ASKING for call in formats(name))
    for call in surface.some([*writing, *asking]):
        ran = surface.carry_out(call, hidden, tmp_path / "scratch")
        assert ran.error is None, call
        assert ran.status in (0, 1, 2), call
        typed = {
            word for word in private if any(word in said for said in call.argv(hidden, tmp_path))
        }
        if call.command in SHOWING:  # the rows of people.csv that it changes
            typed |= {word for word, place in private.items() if place.startswith("people.")}
        assert not surface.leaks(ran, {w: private[w] for w in private if w not in typed})
        told = [text for where, text in surface.texts(ran) if "stream" not in where]
        assert not any("7351" in text for text in told if len(text) < 100_000), call
        if call.command in ASKING and call.command not in ("check", "init"):
            compares_nothing(call, ran)


def compares_nothing(call: surface.Call, ran: surface.Ran) -> None:
    """Hold what a command of a book under health answered to have no key that compares."""
    if "--do" in call.words:  # nobody is at the keyboard, or a format is asked for
        assert ran.status
        assert ran.stdout == ""
    elif ran.status:
        assert ran.stdout == ""
        assert "profile is health" in ran.stderr
        assert not ran.files
    else:
        assert not COMPARING & {*columns(call, ran.stdout)}, call


def test_under_health_nothing_that_a_book_is_made_of_tells_what_is_hidden(hidden):
    book = Book.read(hidden.folder)
    said = {**unseen(hidden), **{w: at for w, at in hidden.private.items() if at == "touches.note"}}
    assert "touches.note" in said.values()
    rows = Book.read(surface.hostile(hidden.folder.parent / "open").folder).touches
    assert any(word in rows.to_csv() for word in said)
    assert {*book.touches["note"], *book.touches["about"]} == {""}
    for shown in (book, book.window("2026-01-01"), book.altered(me=None)):
        names = [name for name in dir(shown) if not name.startswith("_") and name != "settings"]
        parts = [getattr(shown, name) for name in names]
        parts += [vars(shown.graph()), [*shown.graph().edges(data=True)]]
        for part in parts:
            text = part.to_csv() if hasattr(part, "to_csv") else repr(part)
            assert not [(word, said[word]) for word in said if word in text], text[:200]


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("profile", ["health", "law", "realestate"])
def test_no_shared_option_lifts_a_profile(tmp_path: Path, profile: str, name: str) -> None:
    """With every shared option, a command hides, refuses or says on what terms."""
    made = surface.hostile if profile == "health" else surface.good
    subject = made(tmp_path / "book")
    under(subject.folder, profile)
    private = unseen(subject) if profile == "health" else {}
    for plain in surface.some(surface.mixed(name)):
        seen = name == "map" and "--scene" not in plain.words  # what a picture says, as text
        call = plain.plus("--scene", "{out}/scene.json") if seen else plain
        ran = surface.carry_out(call, subject, tmp_path / "scratch")
        assert ran.error is None, call
        assert ran.status in (0, 1, 2), call
        typed = " ".join(call.argv(subject, tmp_path))
        hidden = {word: place for word, place in private.items() if word not in typed}
        assert not surface.leaks(ran, hidden), call
        if profile == "health" and name in REFUSING:
            assert ran.status, call
            assert ran.stdout == "", call
        elif not (
            private
            or ran.status
            or name in PLAIN
            or {"--lookalikes", *surface.WRITING} & {*call.words}
        ):
            said = " ".join(text for _, text in surface.texts(ran)).split()
            assert "Not legal advice." in " ".join(said), call


@pytest.mark.parametrize("fault", sorted(surface.FAULTS))
def test_under_health_no_message_shows_a_row(tmp_path, fault):
    subject = surface.failing(tmp_path / "book", fault)
    under(subject.folder, "health")
    private = unseen(subject)
    for words in (("report",), ("check",), ("people", "--skip-bad"), ("check", "--strict")):
        call = surface.Call(words[0], words[1:])
        ran = surface.carry_out(call, subject, tmp_path / "scratch")
        assert ran.error is None, call
        assert not surface.leaks(ran, private)
    told = ""
    for skips in (True, False):
        try:
            told += "".join(map(str, Book.read(subject.folder, skip_bad=skips).skipped))
        except RefgraphError as error:
            told += _whatever(error)
    assert not any(word in told for word in private)


# Two books that a profile of health cannot tell apart: the same people, on the same days, and the
# same waiting; who gave, how many, whom and for how much is drawn anew in each.

PEOPLE = ("Ann Lee", "Bo Park", "Cy Dunn", "Di Marsh", "Ed Novak", "Flo Ito")
ME = "Dana Reed"


def told_apart(folder: Path, chance: Random) -> None:
    """Write one of the books."""
    folder.mkdir()
    everyone, fixed = (ME, *PEOPLE), Random(7)  # noqa: S311
    rows = []
    for at in range(24):
        two = fixed.sample(everyone, 2)
        day = date(2025, 9, 1) + timedelta(days=9 * at)
        ended = fixed.random() < 0.6
        status = ("won", "lost")[chance.randrange(2)] if ended else "given"
        for _ in range(chance.randint(1, 3)):
            giver, receiver = chance.sample(two, 2)
            rows.append((day, giver, receiver, chance.randint(1, 5), status))
    rows += [(date(2026, 6, 1), name, ME, chance.randint(1, 4), "won") for name in PEOPLE[:2]]
    lines = ["date,giver,receiver,count,status,prospect,value,currency,note,id,handoff"]
    for at, (day, giver, receiver, count, status) in enumerate(rows):
        prospect, note = (f"{chance.choice('abcdefgh')}{chance.randrange(10**6)}" for _ in "pn")
        value = f"{chance.randrange(10**5)},EUR" if status == "won" else ","
        identity = f"x{at}{chance.randrange(10**6)}" if chance.random() < 0.5 else ""
        handoff = chance.randrange(6)
        told = f"{day},{giver},{receiver},{count},{status},{prospect},{value},{note},{identity}"
        lines.append(f"{told},{handoff}")
    (folder / "referrals.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    about = [
        f"{name},partner,{work},{offer},{need},{group},4"
        for name, work, offer, need, group in zip(
            PEOPLE,
            ("physio", "dentist", "dietician", "nurse", "optician", "midwife"),
            ("backs", "teeth", "diets", "wounds", "eyes", "births"),
            ("teeth", "diets", "backs", "eyes", "wounds", "backs"),
            ("north", "north", "north", "south", "south", "south"),
            strict=True,
        )
    ]
    header = "person,role,profession,offers,needs,group,helpful"
    (folder / "people.csv").write_text("\n".join([header, *about, ""]), encoding="utf-8")
    thanks = [f"2026-05-01,{name},thanks,yes," for name in PEOPLE]
    header = "date,person,kind,personal,note"
    (folder / "touches.csv").write_text("\n".join([header, *thanks, ""]), encoding="utf-8")
    settings = f'me = "{ME}"\ntoday = "2026-06-30"\nprofile = "health"\nlooking_for = ["couples"]\n'
    (folder / "refgraph.toml").write_text(settings, encoding="utf-8")


def outcome(call: surface.Call, folder: Path, scratch: Path) -> tuple[Any, ...]:
    places = {"one": PEOPLE[0], "two": PEOPLE[1], "me": ME, "group": "north", "work": "dentist"}
    places |= {"apart": PEOPLE[5], "alias": "none", "id": "none", "open": "none", "file": "none"}
    places |= dict.fromkeys(("prospect", "rules", "decided", "state"), "none")
    subject = surface.Subject(folder, places)
    ran = surface.carry_out(call, subject, scratch)
    assert ran.error is None, call
    return ran.status, ran.stdout, ran.stderr, dict(ran.files)


def test_under_health_books_that_differ_in_what_is_hidden_give_the_same_bytes(tmp_path):
    folder, books = tmp_path / "book", []
    for seed in (1, 2):  # one folder after the other, as a path is told too
        told_apart(folder, Random(seed))  # noqa: S311
        books.append(folder.rename(tmp_path / f"book{seed}"))
    exposed = [*map(unlimited, books)]
    assert not {*exposed[0]["prospect"]} & {*exposed[1]["prospect"]}
    balances = [refgraph.balance.by_person(refgraph.referral_graph(rows)) for rows in exposed]
    assert (balances[0]["balance"] != balances[1]["balance"]).sum() >= 5
    told: list[dict[str, Any]] = []
    calls = surface.some(call for name in ASKING if name != "init" for call in everywhere(name))
    for book in books:
        book.rename(folder)
        answers = {str(call): outcome(call, folder, tmp_path / "scratch") for call in calls}
        told.append(answers | {"python": in_python(folder)})
        folder.rename(book)
    assert told[0].keys() == told[1].keys()
    assert len(told[0]) == len(calls) + 1
    for call, one in told[0].items():
        assert one == told[1][call], call


def everywhere(name: str) -> Iterator[surface.Call]:
    """Give what each command may show: where it answers, every variant in every format."""
    if name in REFUSING:
        yield from surface.calls(command=name, shared=False)
    elif name == "map":
        for words in (("overview",), ("connectors", "-o", "{out}/map.html"), ("owed",)):
            yield surface.Call(name, (*words, "--scene", "{out}/scene.json"))
    elif name == "review":
        for target in ("review", "review.html"):
            yield surface.Call(name, ("-o", f"{{out}}/{target}"))
    else:
        yield from formats(name)
        first, *_ = surface.calls(command=name, shared=False)
        if "since" in surface.names_of(name):
            yield first.plus("--since", "2026-01-01")


def unlimited(folder: Path) -> Any:
    """Read the rows as they are written."""
    settings = folder / "refgraph.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('profile = "health"\n', ""), encoding="utf-8")
    rows = Book.read(folder).history
    settings.write_text(text, encoding="utf-8")
    return rows


def in_python(folder: Path) -> str:
    """Print all that Python gives of a book: its tables, its graph, and what is answered."""
    book = Book.read(folder)
    tables = [
        book.history,
        book.referrals,
        book.people,
        book.touches,
        book.window("2026-01-01").history,
    ]
    tables += [leaks.unresolved(book), leaks.thanks_due(book), stats.overall(book).to_frame()]
    told = [table.to_csv() for table in tables]
    graph = [(u, v, sorted(tie.items())) for u, v, tie in book.graph().edges(data=True)]
    answers = [f"{name}: {printed(answer)}" for name, answer in answered(book)]
    assert len(answers) > 70
    return "\n".join([*told, repr(book), repr(graph), repr(refgraph.report.of(book)), *answers])


#: What stands for what a function needs, by the name of the parameter.
GIVEN: dict[str, Callable[[Book], Any]] = {
    "book": lambda book: book,
    "G": lambda book: book.graph(),
    "group": lambda book: refgraph.groups.of(book, book.graph()),
    "groups": lambda book: refgraph.groups.of(book, book.graph()),
    "person": lambda _: PEOPLE[0],
    "whose": lambda _: PEOPLE[0],
    "text": lambda _: "e",
    "day": lambda _: date(2026, 1, 1),
}


def answered(book: Book) -> Iterator[tuple[str, Any]]:
    """Ask every function of every public module that is about a book or a graph."""
    for module in sorted({*refgraph.__all__} - {"Book", "RefgraphError", "maps", "plots"}):
        home = getattr(refgraph, module)
        for name in getattr(home, "__all__", ()):
            ask = getattr(home, name)
            if isinstance(ask, type) or not callable(ask):
                continue
            needed = [
                each.name
                for each in inspect.signature(ask).parameters.values()
                if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
            ]
            if {"book", "G"} & {*needed} and {*needed} <= GIVEN.keys():
                try:
                    yield f"{module}.{name}", ask(*(GIVEN[each](book) for each in needed))
                except RefgraphError as refused:
                    yield f"{module}.{name}", str(refused)


def printed(answer: Any) -> str:
    """Print an answer whole, whatever it is."""
    if hasattr(answer, "to_csv"):
        return f"{answer.to_csv()}{answer.attrs}"
    if isinstance(answer, dict | list | tuple):
        each = answer.items() if isinstance(answer, dict) else answer
        return "\n".join(map(printed, each))
    return repr(answer)


REFUSED: tuple[Callable[[Book], Any], ...] = (
    refgraph.owe.rank,
    refgraph.owe.pairs,
    refgraph.owe.position,
    refgraph.owe.ageing,
    refgraph.owe.open_referrals,
    lambda book: register.of(book, PEOPLE[0]),
    lambda book: register.between(book, PEOPLE[0]),
    refgraph.refer_first.rank,
    refgraph.returns.by_person,
    refgraph.returns.overall,
    refgraph.returns.curve,
    refgraph.returns.decayed,
    refgraph.effect.overall,
    refgraph.effect.controls,
    refgraph.evaluate.overall,
    refgraph.chains.by_root,
    refgraph.chains.by_person,
    refgraph.chains.by_giver,
    refgraph.chains.unknown,
    lambda book: refgraph.balance.by_person(book.graph()),
    lambda book: refgraph.balance.by_pair(book.graph()),
    lambda book: refgraph.reciprocity.overall(book.graph()),
    lambda book: refgraph.reciprocity.by_pair(book.graph()),
    lambda book: refgraph.triads.census(book.graph()),
    lambda book: refgraph.chance.dbcm(book.graph()),
    *(
        lambda book, kind=kind: refgraph.maps.draw(kind, book)
        for kind in refgraph.maps.KINDS
        if kind != "connectors"
    ),
)


def _whatever(error: BaseException | None) -> str:
    """Give what an error says, and those that Python keeps beside it."""
    return f"{error} {_whatever(error.__context__ or error.__cause__)}" if error else ""


def test_under_health_python_refuses_to_compare_and_says_what_may_be_asked(tmp_path):
    told_apart(tmp_path / "book", Random(3))  # noqa: S311
    book = Book.read(tmp_path / "book")
    for ask in REFUSED:
        with pytest.raises(WithheldError, match=r"profile is health.*Ask refgraph report"):
            ask(book)
    history = book.history
    assert {*history["prospect"], *history["note"], *history["currency"]} == {""}
    assert history["value"].isna().all()
    assert {*history["count"]} == {1}


def test_under_health_what_is_under_way_names_no_prospect_and_no_side_in_python(tmp_path):
    rows = (
        "date,giver,receiver,prospect,value,currency,note\n"
        "2026-01-05,Ann,Me,Canary One,777.00,EUR,Canary Two\n"
    )
    settings = 'me = "Me"\ntoday = 2026-06-30\nprofile = "{}"\n'
    told = {}
    for profile in ("law", "health"):
        book = tmp_path / profile
        book.mkdir()
        (book / "referrals.csv").write_text(rows, encoding="utf-8")
        (book / "refgraph.toml").write_text(settings.format(profile), encoding="utf-8")
        told[profile] = leaks.under_way(Book.read(book))
    assert "Canary One" in told["law"].to_csv()
    assert not {"Canary One", "Canary Two", "777"} & {*told["health"].astype(str).to_numpy().flat}
    both = {*zip(told["health"]["giver"], told["health"]["receiver"], strict=True)}
    assert both == {("Ann", "Me"), ("Me", "Ann")}


def test_under_health_what_is_written_is_written_in_full_and_a_status_finds_its_prospect(
    run, tmp_path
):
    told_apart(tmp_path / "book", Random(3))  # noqa: S311
    path = tmp_path / "book"
    words = ["--prospect", "Zqz Patient", "--value", "731.25", "--currency", "EUR"]
    added = run("add", "Ann Lee", "me", *words, "-b", path)
    assert added.stdout.splitlines()[1].startswith("2026-06-30,Ann Lee,Dana Reed")
    told = added.stdout + added.stderr
    assert not any(word in told for word in ("Zqz", "731"))
    assert "written in full" in added.stderr
    assert "Ann Lee,Dana Reed,,,Zqz Patient,731.25,EUR" in (path / "referrals.csv").read_text()
    moved = run("status", "zqz", "met", "-b", path)
    assert "is now met" in moved.stderr
    assert "Zqz" not in moved.stdout + moved.stderr
    wrong = run("status", "zqz pateint", "met", "-b", path, status=1)
    assert "Zqz" not in wrong.stderr
    several = run("status", "Ann Lee", "won", "-b", path, status=1).stderr
    assert "name one by its line" in several
    pair = "between Ann Lee and"  # whoever of the two gave
    assert all(pair in line or "and Ann Lee" in line for line in several.splitlines()[1:])
    assert " to " not in moved.stderr + several
    place = several.splitlines()[1].split()[0]
    assert place.startswith("referrals.csv:")
    assert "is now won" in run("status", place, "won", "-b", path).stderr


@pytest.mark.parametrize("settings", ['profile = "health"\n', 'profile = "health"\nme = 3\n'])
def test_under_health_the_table_named_itself_is_limited_as_its_folder_is(run, tmp_path, settings):
    (tmp_path / "refgraph.toml").write_text(settings, encoding="utf-8")
    table = tmp_path / "referrals.csv"
    rows = "2026-01-02,Ann Lee,Bo Park,Zoe Hart\n"
    table.write_text(f"date,giver,receiver,prospect\n{rows}", encoding="utf-8")
    for words in (["owe"], ["balance"], ["why", "Bo Park", "--me", "Ann Lee", "-b"]):
        assert "profile is health" in run(*words, table, status=1).stderr
    assert "Zoe" not in run("report", table).stdout
    table.write_text(f"date,giver,receiver,prospect\n{rows}2026-13-02,Ann Lee,Bo,Zoe\n", "utf-8")
    assert "Zoe" not in run("check", table, status=1).output


def test_under_health_a_map_has_each_tie_once_and_without_a_head(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    rows = "2026-01-02,Ann,Bo\n2026-01-03,Bo,Ann\n2026-01-04,Cy,Bo\n"
    (folder / "referrals.csv").write_text(f"date,giver,receiver\n{rows}", encoding="utf-8")
    scene = maps.draw("connectors", Book.read(folder, today="2026-03-01"))
    assert [(edge["u"], edge["v"], edge["tip"]) for edge in scene.edges] == [
        ("Ann", "Bo", None),
        ("Bo", "Cy", None),
    ]
    for edge in scene.edges:  # from rim to rim
        x, y, radius = scene.nodes[edge["v"]]
        end = edge["poly"][-1]
        assert math.hypot(end[0] - x, end[1] - y) == pytest.approx(radius + 2.5, abs=0.5)
    assert any("2 ties" in caption["text"] for caption in scene.captions)
    assert len(scene.details.ties) == 2


# ------------------------------------------------------------- law and realestate


def stand_beside(terms, name, call, ran):
    """Hold what a command answered to the terms that stand beside it, wherever it is printed."""
    printed = {"stdout": ran.stdout, "stderr": ran.stderr}
    written = {where: text for where, text in surface.texts(ran) if where not in printed}
    if call.words[-2:] == ("-O", "json"):
        told = objects(ran.stdout)
        if "ask" in call.words:  # the book has nobody who was asked
            assert (told, terms in ran.stderr) == ([], True), call
        assert told or {"--essential", "ask"} & {*call.words}, call
        assert all(each["conditions"] == terms for each in told), call
    elif call.words[-2:] == ("-O", "csv"):
        assert terms in ran.stderr, call
    elif call.command == "card" and "--line" in call.words:
        assert terms in ran.stderr, call
        assert ran.stdout.count("\n") == 1
    elif "{out}/scene.json" in call.words:
        captions = json.loads(written["scene.json"])["captions"]
        assert terms in " ".join(text["text"] for text in captions), call
    elif "{out}/without.svg" in call.words:
        drawn = re.findall(r"<!-- (.*?) -->", written["without.svg"])
        assert terms in " ".join(drawn), call
    elif name == "review":
        plain = {where: " ".join(text.split()) for where, text in written.items()}
        pages = [where for where in plain if where.endswith((".md", ".json", ".html"))]
        state = [where for where in pages if where.endswith("review.json")]
        pages = [where for where in pages if where not in state]  # which the next one reads
        assert len(pages) > (4 if call.words[1] == "{out}/review" else 0)
        assert all(terms in plain[where] for where in pages)
    elif name not in ("map", "effect"):
        assert terms in " ".join(ran.stdout.replace("\\", "").split()), call


@pytest.mark.parametrize("profile", ["law", "realestate"])
def test_conditions_stand_beside_whatever_suggests_an_exchange(tmp_path, profile):
    subject = surface.good(tmp_path / "book")
    under(subject.folder, profile)
    terms = professional_limits.conditions(Book.read(subject.folder))
    assert "Not legal advice." in terms
    # what is said stands in one place: once is enough of what takes long
    names = {*ASKING} - PLAIN - (set() if profile == "law" else SLOW)
    for call in surface.some(call for name in sorted(names) for call in formats(name)):
        if {"--lookalikes", *surface.WRITING} & {*call.words}:
            continue
        ran = surface.carry_out(call, subject, tmp_path / "scratch")
        assert (ran.error, ran.status) == (None, 0), (call, ran.stderr)
        stand_beside(terms, call.command, call, ran)


@pytest.mark.parametrize("profile", ["law", "realestate"])
def test_conditions_go_with_a_table_in_python_and_stand_in_the_picture_of_an_effect(
    run, tmp_path, profile
):
    subject = surface.good(tmp_path / "book")
    under(subject.folder, profile)
    book = Book.read(subject.folder)
    terms = professional_limits.conditions(book)
    for table in (
        *(refgraph.owe.rank(book), refgraph.owe.pairs(book), refgraph.refer_first.rank(book)),
        *(refgraph.introductions.rank(book), refgraph.returns.by_person(book)),
        *(refgraph.bench.by_person(book), refgraph.bench.by_profession(book)),
        *(refgraph.people.by_person(book), register.of(book, PEOPLE[0])),
        *(refgraph.owe.ageing(book), refgraph.returns.curve(book), refgraph.chains.unknown(book)),
        *(refgraph.chains.by_root(book), refgraph.chains.by_person(book)),
        *(refgraph.chains.by_giver(book), refgraph.chains.by_client(book, PEOPLE[0])),
        refgraph.chains.essential(book, PEOPLE[0]),
    ):
        assert table.attrs["conditions"] == terms
    assert terms in " ".join(str(refgraph.report.of(book)).split())
    picture = tmp_path / "effect.svg"
    run("effect", subject.folder, "-o", picture)
    assert "Not legal advice." in " ".join(picture.read_text("utf-8").split())
