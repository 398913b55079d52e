"""Every command that there is, on every kind of book."""

from __future__ import annotations

import surface


def test_every_command_of_the_tree_has_words_that_make_it_run():
    assert set(surface.NEEDS) == set(surface.tree())


def test_every_command_answers_on_a_good_book(tmp_path):
    subject = surface.good(tmp_path / "book")
    for call in surface.calls(shared=False):
        ran = surface.carry_out(call, subject, tmp_path / "scratch")
        assert ran.error is None, call
        finds = call.command == "check" and call.words
        assert ran.status == (1 if finds and call.words[-1] != "spreadsheet" else 0), ran.stderr
