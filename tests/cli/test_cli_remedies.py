"""Every command that a command prints for what comes next, carried out as it stands.

They are read off what all commands print on a good book, on one without a me and on one without a
referral; a new sentence is carried out without a line here.
"""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import surface
from click.testing import CliRunner

from refgraph.cli import main
from refgraph.schema.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surface import Subject

#: Books that lack something: what is left out of the good one.
KINDS = ("good", "without a me", "without a referral")
#: What takes long, or names no command.
LEFT_OUT = {"map", "review", "evaluate", "effect"}
#: What stands in a command as it is: kinds of touch, statuses, and me.
SAID = {"me"} | {word for fields in FIELDS.values() for field in fields for word in field.words}
WORD = re.compile(r"'[^']*'|[^\s']+")


def made(folder: Path, kind: str) -> Subject:
    """Write a book of a kind."""
    subject = surface.good(folder)
    settings = folder / "refgraph.toml"
    if kind == "without a me":
        lines = settings.read_text("utf-8").splitlines()
        settings.write_text("\n".join(each for each in lines if not each.startswith("me")), "utf-8")
    elif kind == "without a referral":
        for path in [each for each in folder.rglob("*") if each.is_file()]:
            path.unlink()
        (folder / "referrals.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    return replace(subject, folder=folder)


def commands_in(text: str) -> Iterator[list[str]]:
    """Read the commands off a text: the command, its options and what stands in capitals."""
    flat = " ".join(text.split())
    for found in re.finditer(r"\brefgraph (?=[a-z])", flat):
        words = WORD.findall(flat[found.end() :])
        two = " ".join(words[:2]).rstrip(".,;:")
        name = two if two in surface.tree() else words[0].rstrip(".,;:")
        if name not in surface.tree():
            continue
        options = {
            option: not getattr(param, "is_flag", False)
            for param in surface.tree()[name].params
            for option in param.opts
        }
        told, rest = name.split(), words[len(name.split()) :]
        over = words[len(told) - 1][-1] in ".,;:"
        while rest and not over:
            word = rest.pop(0)
            plain = word.rstrip(".,;:")
            takes = options.get(plain, False)
            if not (plain in options or plain.isupper() or plain in SAID or word[0] in "'/"):
                break
            told.append(shlex.split(plain)[0])
            over = plain != word
            if takes and rest and not over:
                value = rest.pop(0)
                told.append(shlex.split(value.rstrip(".,;:"))[0])
                over = value[-1] in ".,;:"
        yield told


def filled(told: list[str], subject: Subject) -> list[str]:
    """Put people and the book in for what stands in capitals."""
    places = {"BOOK": str(subject.folder), "PERSON": subject.places["one"]}
    places |= {"OTHER": subject.places["apart"], "RANK": "1", "FILE": subject.places["file"]}
    places |= {"DAY": "2030-01-01"}
    return [places.get(word, word) for word in told]


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_that_is_printed_can_be_typed(tmp_path, monkeypatch, kind):
    """Anywhere: none depends on the folder one is in. And none says what it was printed for."""
    monkeypatch.delenv("REFGRAPH_BOOK", raising=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    subject, carried_out = made(tmp_path / "book", kind), set()
    for name in surface.tree().keys() - LEFT_OUT:
        for call in surface.some(surface.calls(command=name, shared=False)):
            ran = surface.carry_out(call, subject, tmp_path / "scratch")
            said = ran.stdout + ran.stderr
            here = tmp_path / "scratch" / "book" if surface.writes(name) else subject.folder
            for told in commands_in(said):
                words = filled(told, replace(subject, folder=here))
                if tuple(words) in carried_out:
                    continue
                carried_out.add(tuple(words))
                saved = tmp_path / "saved"
                shutil.rmtree(saved, ignore_errors=True)
                shutil.copytree(here, saved)
                done = CliRunner().invoke(main, words, input="\n")
                shutil.rmtree(here)
                shutil.copytree(saved, here)
                assert done.exception is None or isinstance(done.exception, SystemExit), words
                assert done.exit_code in (0, 1), (call, words, done.output)
                assert done.exit_code == 0 or done.output not in said, (call, words)
    assert carried_out
