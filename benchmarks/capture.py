"""Mailboxes with planted events: how many are found, and how much is proposed that never was.

Usage: python benchmarks/capture.py [--boxes N] [--seed N] [--show N] [--wordings seen|held|both]

Each box is an archive of one life in one of five languages: introductions that I make, referrals
that I receive, thanks, ordinary mail, and 25 kinds of noise (`capture_boxes`). The wordings
(`capture_wordings`) were written before the recogniser; every other one is held back, and is not
looked at when the recogniser is mended. Precision and recall of introductions and referrals are
printed by language and by half of the wordings, and what was proposed falsely by kind of noise.
The goal is a precision of 0.95 at a recall of 0.8; the exit status is 1 where it is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from capture_boxes import LANGUAGES, NOISES, make_box, write_box

from refgraph.imports.book_index import Known
from refgraph.imports.capture.proposals import propose
from refgraph.imports.events.captures import events_of
from refgraph.keeping.new_book import empty_book
from refgraph.reading.read_options import ReadOptions
from refgraph.reading.reader import read

TODAY = date(2026, 11, 29)
PRECISION, RECALL = 0.95, 0.8


def proposals_of(box, folder):
    """Propose what a box says for a book that knows some of its people."""
    book = Path(folder, "book")
    book.mkdir()
    for name, text in empty_book(box.me).items():
        (book / name).write_text(text, encoding="utf-8")
    people = "person,email\n" + "".join(f"{who.name},{who.address}\n" for who in box.known)
    (book / "people.csv").write_text(people, encoding="utf-8")
    options = ReadOptions(today=TODAY)
    known = Known.of_files(str(book), read(str(book), options), options)
    path = Path(folder, "box.mbox")
    path.write_bytes(write_box(box))
    return propose(events_of(str(path), TODAY).events, known, [box.address], str(path))


def told(each):
    """Give what a proposal says, as the truth of a box has it."""
    if each.kind == "introduction":
        return each.kind, frozenset((each.person, each.other))
    return each.kind, (each.person, each.other)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--boxes", type=int, default=4, help="of each language and half")
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--show", type=int, default=0, help="so many of what is wrong")
    options.add_argument("--wordings", choices=("seen", "held", "both"), default="both")
    said = options.parse_args()
    halves = ("seen", "held") if said.wordings == "both" else (said.wordings,)
    shown, missed = 0, False
    noise = Counter()
    thanks = Counter()
    print("language  wordings  planted  found  false  precision  recall")
    for half in halves:
        total = Counter()
        for language in LANGUAGES:
            count = Counter()
            for number in range(said.boxes):
                box = make_box(language, half, f"{said.seed}/{language}/{half}/{number}")
                with tempfile.TemporaryDirectory() as folder:
                    found = proposals_of(box, folder)
                hits = {}
                for each in found:
                    if each.kind in ("introduction", "referral"):
                        hits[told(each)] = each
                    elif each.kind in ("thanks", "they-thanked-me"):
                        thanks["found" if (each.kind, each.person) in box.thanks else "false"] += 1
                thanks["planted"] += len(box.thanks)
                true = {key for key in box.truth if key in hits}
                false = [hits[key] for key in hits if key not in box.truth]
                count.update(planted=len(box.truth), found=len(true), false=len(false))
                for each in false:
                    noise[box.why.get(each.key, "ordinary mail")] += 1
                wrong = [
                    *map(str, false),
                    *(f"missed {box.truth[k]}" for k in set(box.truth) - true),
                ]
                for line in wrong[: max(0, said.show - shown)]:
                    shown += 1
                    print(f"  {language} {half}: {line}")
            print(row(language, half, count))
            total += count
        print(row("all", half, total))
        precision, recall = rates(total)
        missed |= precision < PRECISION or recall < RECALL
    print("\nproposed falsely, by kind of noise:")
    for kind in NOISES:
        print(f"  {noise.pop(kind, 0):>4}  {kind}")
    for kind, times in noise.items():
        print(f"  {times:>4}  {kind}")
    print(f"\nthanks: {dict(thanks)}")
    return int(missed)


def rates(count):
    """Give precision and recall."""
    precision = count["found"] / max(1, count["found"] + count["false"])
    return precision, count["found"] / max(1, count["planted"])


def row(language, half, count):
    precision, recall = rates(count)
    numbers = f"{count['planted']:>7}  {count['found']:>5}  {count['false']:>5}"
    return f"{language:<8}  {half:<8}  {numbers}  {precision:>9.3f}  {recall:>6.3f}"


if __name__ == "__main__":
    sys.exit(main())
