"""Messages from templates: the shipped ones, the book's own, and what is wrong with those."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from refgraph import Book, RefgraphError
from refgraph.cli import main
from refgraph.report import drafts
from refgraph.report.tending import templates
from refgraph.report.tending.messages import message

DATA = Path(__file__).parents[2] / "data"
SHIPPED = Path(templates.__file__).parent / "messages"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA / "adviser", tmp_path / "book")


def own(folder, name, text):
    (folder / "messages").mkdir(exist_ok=True)
    (folder / "messages" / f"{name}.txt").write_text(text, "utf-8")


def test_every_template_is_shipped_and_none_else():
    assert {path.stem for path in SHIPPED.iterdir()} == {*templates.FIELDS}


@pytest.mark.parametrize("name", templates.FIELDS)
def test_a_shipped_template_has_only_its_fields_and_asks_for_nothing_in_return(name):
    template = templates.read_template(Book.sample(), name)
    fields = {"to", "me", *templates.FIELDS[name]}
    assert {*re.findall(r"\{(.*?)\}", template.subject + template.body)} <= fields
    assert not re.search(r"owe|in return|favour|reward", template.body)


@pytest.mark.parametrize("name", templates.FIELDS)
@pytest.mark.parametrize("person", ["Cash $$ Money", "=1+1", "{me}", "محمد علي", r"\g<0>"])
def test_names_are_data_in_every_template(name, person):
    fields = dict.fromkeys(templates.FIELDS[name], person)
    told = drafts.draft(Book.sample(), name, person, (person,), fields=fields)
    assert person in told.body
    assert "\n" not in told.subject
    bare = (told.subject + told.body).replace(person, "")
    assert "{" not in bare


def test_the_books_own_template_is_taken(folder):
    own(folder, "thanks", "Subject: Danke, {to}\n\nLiebe {to},\n\ndanke für {prospect}.\n\n{me}\n")
    row = {"lane": "say thanks", "reason": "receipt", "status": "due", "days": 1.0}
    row |= {"person": "Ann Lee", "prospect": "Zed"}
    told = message(Book.read(folder), row)
    assert told.subject == "Danke, Ann Lee"
    assert told.body == "Liebe Ann Lee,\n\ndanke für Zed.\n\nDana Whitfield"
    late = message(Book.read(folder), row | {"status": "late"})
    assert late.subject == "A thank you that comes late"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {to}", "thanks.txt:1: a message begins with a line"),
        ("Subject: x\n", "thanks.txt:1: a message begins with a line"),
        (
            "Subject: x\n\nHello {too}",
            "thanks.txt:3: '{too}' is not a field of thanks; did you mean",
        ),
        ("Subject: {me.__class__}\n\nx", "thanks.txt:1: '{me.__class__}' is not a field"),
        ("Subject: x\n\n{need}", "fields are: {to}, {me}, {prospect}, {ago}"),
    ],
)
def test_a_template_that_is_wrong_is_told_with_its_line(folder, text, said):
    own(folder, "thanks", text)
    with pytest.raises(RefgraphError, match=re.escape(said)):
        templates.read_template(Book.read(folder), "thanks")


def test_own_templates_are_not_shown_incognito(folder):
    for name in templates.FIELDS:
        own(folder, name, "Subject: secret\n\nsecret words")
    done = CliRunner().invoke(main, ["today", str(folder), "--incognito", "-O", "json"])
    assert done.exit_code == 0
    assert "secret" not in done.stdout
    assert "secret" in CliRunner().invoke(main, ["today", str(folder), "-O", "json"]).stdout


@pytest.mark.parametrize("profile", ["law", "realestate"])
def test_what_a_profession_asks_for_stands_before_the_signature(folder, profile):
    toml = (folder / "refgraph.toml").read_text("utf-8")
    (folder / "refgraph.toml").write_text(f'profile = "{profile}"\n{toml}', "utf-8")
    body = drafts.draft(Book.read(folder), "ask", "Me", ("Ann",), fields={"looking_for": "x"}).body
    *_, promise, signature = body.split("\n\n")
    assert promise.startswith("You are free to choose anybody else")
    assert signature == "Warm regards,\nMe"


@pytest.mark.parametrize(
    ("consent", "prospect", "to", "subject"),
    [
        ("no", "Zed Holt", "Elizabeth Moreau", "May I get in touch with Zed Holt?"),
        ("yes", "Zed Holt", "Zed Holt", "Elizabeth Moreau suggested that we talk"),
        ("", "Zed Holt", "Zed Holt", "Elizabeth Moreau suggested that we talk"),
        ("yes", "", "Elizabeth Moreau", "May I get in touch with somebody?"),
    ],
)
def test_who_did_not_agree_is_not_written_to(tmp_path, consent, prospect, to, subject):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver,prospect,consent,id\n"
        f"2026-05-01,Elizabeth Moreau,Me,{prospect},{consent},r1\n",
        "utf-8",
    )
    (tmp_path / "refgraph.toml").write_text('me = "Me"\ntoday = "2026-06-30"\n', "utf-8")
    row = {"lane": "save", "reason": "leaking", "status": "given", "direction": "received"}
    row |= {"person": "Elizabeth Moreau", "prospect": prospect, "days": 60.0, "about": "r1"}
    told = message(Book.read(tmp_path), row)
    assert (told.to, told.subject) == ((to,), subject)


def test_a_line_has_its_message_as_a_link(folder):
    run = CliRunner().invoke
    rows = json.loads(run(main, ["today", str(folder), "-O", "json"]).stdout)
    told = run(main, ["today", str(folder), "--mailto"]).stdout
    links = [line.strip() for line in told.splitlines() if "mailto:" in line]
    assert links == [row["mailto"] for row in rows if row["mailto"]]
    for link, row in zip(links, [row for row in rows if row["mailto"]], strict=True):
        body = unquote(link.partition("&body=")[2])
        assert body.replace("\r\n", "\n") == row["message"]
    draft = run(main, ["today", str(folder), "--draft", "1"]).stdout
    assert draft.startswith("1. To ")
    assert rows[0]["message"] in draft
    last = run(main, ["today", str(folder), "--draft", "9999"])
    assert last.exit_code == 1
    assert "There is no line of rank 9,999; the last is 10." in last.stderr


@pytest.mark.parametrize(
    ("row", "to", "subject", "words"),
    [
        # one that I gave: on its way, and after they were in touch
        (("Me", "Bo", "given", 12), "Bo", "Did Zed reach you?", "about you 60 days ago"),
        (("Me", "Bo", "contacted", 40), "Bo", "How is it going with Zed?", "to you 60 days ago"),
        # one that I received: the prospect, who knows me or not
        (("Bo", "Me", "given", 60), "Zed", "Bo suggested that we talk", "Bo told me about you"),
        (("Bo", "Me", "met", 40), "Zed", "Shall we talk again?", "last in touch 40 days ago"),
    ],
)
def test_a_referral_under_way_is_asked_after_as_it_stands(tmp_path, row, to, subject, words):
    giver, receiver, status, days = row
    (tmp_path / "referrals.csv").write_text(
        f"date,giver,receiver,prospect,status,id\n2026-05-01,{giver},{receiver},Zed,{status},r1\n",
        "utf-8",
    )
    (tmp_path / "refgraph.toml").write_text('me = "Me"\ntoday = "2026-06-30"\n', "utf-8")
    line = {"lane": "save", "reason": "quiet", "status": status, "about": "r1", "person": "Bo"}
    line |= {"direction": "given" if giver == "Me" else "received", "prospect": "Zed"}
    told = message(Book.read(tmp_path), line | {"days": float(days)})
    assert (told.to, told.subject) == ((to,), subject)
    assert words in told.body


@pytest.mark.parametrize(
    ("reason", "status", "subject"),
    [
        ("receipt", "late", "A thank you that comes late"),
        ("meeting", "late", "Thank you for sending Zed my way"),
        ("close", "never", "Thank you again for sending Zed"),
        ("year", "due", "Thank you again for sending Zed"),
    ],
)
def test_only_thanks_for_the_referral_itself_come_late(reason, status, subject):
    row = {"lane": "say thanks", "reason": reason, "status": status, "days": 12.0}
    told = message(Book.sample(), row | {"person": "Ann Lee", "prospect": "Zed"})
    assert told.subject == subject
    assert ("will tell you what becomes" in told.body) == (reason in ("receipt", "meeting"))
