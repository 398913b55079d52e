"""Whether two commits give the same bytes: every map, table, report and page of the sample books.

Usage: python benchmarks/same_bytes.py [A] [B] [--only PART] [--keep DIR] [--changes]

A and B are commits, or folders that hold a tree of refgraph; HEAD and this folder if not given.
Both run in this environment, on the sample books of A, one of them also as a book of health, and
on an invented crowd of 260 with awkward names. Every file and every printed line is compared. What
differs is named, with the first byte where it does; the exit status is 1 then.
``--only`` takes a part of a name (``map``, ``owed``, ``.png``, ``review``, ``cli``), ``--keep`` a
folder where the results of a commit stay, to be used again. ``--changes`` prints how texts differ.
About two minutes a commit.

This is no test: another release of Matplotlib draws other bytes.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ("adviser", "chapter", "health", "crowd")
FORMATS = ("png", "svg", "pdf", "html")
THEMES = ("light", "dark", "print")
#: What is told while somebody waits, or not, as the machine is slow or quick.
PROGRESS = re.compile(r"\.\.\.|\d+ of \d+|\d%|left$")

#: Options of maps, beside the plain map in every theme. ``ONE`` is a person, ``GROUP`` a group.
MAPS = {
    "owed": ({"person": "ONE"}, {"highlight": "TWO"}, {"top": 3}, {"width": 1200, "height": 1300}),
    "connectors": (
        {"person": "ONE"},
        {"with_me": True},
        {"highlight": "TWO"},
        {"top": 12},
        {"only": "GROUP"},
        {"width": 1200, "height": 1300},
    ),
    "overview": ({"person": "ONE"}, {"width": 1200, "height": 1300}),
    "matrix": ({"highlight": "TWO"}, {"top": 12}, {"only": "GROUP"}, {"width": 1200}),
    "timeline": ({"person": "ONE"}, {"width": 1200, "height": 1300}),
    "pipeline": ({"person": "ONE"}, {"width": 1600}),
    "chains": ({"with_me": True}, {"highlight": "TWO"}, {"top": 2}, {"touch": "last"}),
}
#: Commands that read; all with a book, and what has ``-O`` once for each form.
READING = """
owe; owe --all; balance; balance --pairs; register ONE; why ONE; stats; refer-first
refer-first --everyone --parts; refer-first --never; refer-first --settle; introduce
introduce --draft 1; bench; bench --by profession; bench --share; card
effect --samples 100; evaluate --samples 100; evaluate --calibration; connectors
connectors --with-me; connectors --parts; connectors --weighted; groups; groups --by person
chains; chains --by root; chains --by person; chains --by giver; chains --by client
chains --essential; chains --unknown; reciprocity; reciprocity --by person
reciprocity --by pair; reciprocity --test --samples 100; returns; returns --curve; check
check --only lookalikes; people; people --unused; people --undeclared; people --lookalikes; report
report --all; report --last 6m; report --incognito; owe --incognito; people --incognito
check --incognito; bench --incognito; introduce --incognito; report --for TWO; owe --for TWO
"""
FORMED = (
    *("owe", "balance", "register ONE", "why ONE", "stats", "refer-first", "introduce", "bench"),
    *("connectors", "groups", "chains", "reciprocity", "returns", "check", "people", "report"),
)
#: Commands that write files into the folder they run in.
FILES = """
review -o review; review -o review-for --for TWO; review -o review-incognito --incognito
effect --samples 100 -o effect.png; map auto -o auto.png --scene auto.json
map owed --incognito -o owed.html; map connectors --incognito -o connectors.svg
map overview --incognito -o overview.html; map matrix --incognito -o matrix.html
map timeline --incognito -o timeline.html; map chains --incognito -o chains.html
map overview --for TWO -o overview-for.png; map connectors --for TWO -o connectors-for.png
map owed --last 6m -o owed-last.png; export net.graphml; export net.gexf; export net.csv
export net.json; export net-incognito.json --incognito; init new; init sample --sample
"""


def words_of(text: str) -> list[list[str]]:
    """Split commands at line ends and semicolons, and each into words."""
    return [each.split() for line in text.splitlines() for each in line.split(";") if each.strip()]


# ------------------------------------------------------------------- in the tree that is looked at


def write_all(out: Path, books: Path, only: str) -> None:
    """Write everything that the refgraph on the path gives for every book."""
    from refgraph import Book

    for name in BOOKS:
        with (books / name / "people.csv").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        said = {"ONE": rows[1]["person"], "TWO": rows[3]["person"], "GROUP": rows[2]["group"]}
        os.chdir(books)
        draw_maps(out, name, Book.read(name), said, only)
        if name != "crowd":
            run_commands(out, name, said, only)


def draw_maps(out: Path, name: str, book: object, said: dict[str, str], only: str) -> None:
    """Draw every kind of map with every option, in every format, with its scene and its frame."""
    from refgraph import maps
    from refgraph.errors import RefgraphError

    for kind, more in MAPS.items():
        plain = [{"theme": theme} for theme in THEMES[: 1 if name == "crowd" else None]]
        if kind == "owed" and book.me is None:
            plain = [{**options, "person": "TWO"} for options in plain]
        for options in (*plain, *(more[:1] if name == "crowd" else more)):
            stem = "-".join([kind, *(f"{key}={value}" for key, value in options.items())])
            names = [f"map/{name}/{stem}.{form}" for form in (*FORMATS, "json", "shown", "txt")]
            if not any(only in each for each in names):
                continue
            try:
                scene = maps.draw(
                    kind, book, **{key: said.get(str(at), at) for key, at in options.items()}
                )
            except RefgraphError as error:
                keep(out / names[-1], str(error).encode())
                continue
            for form, file in zip((*FORMATS, "json", "shown", "txt"), names, strict=True):
                if only in file:
                    keep(out / file, content_of(scene, form))


def content_of(scene: object, form: str) -> bytes:
    """Give a scene in a format, as JSON, as a notebook shows it, or what it says of itself."""
    if form == "json":
        return scene.to_json().encode()
    if form == "shown":
        return scene.to_show()
    if form == "txt":
        return "\n".join([repr(scene), scene.title, scene.subtitle, *scene.notes, ""]).encode()
    return scene.to_bytes(form)


def run_commands(out: Path, name: str, said: dict[str, str], only: str) -> None:
    """Run every command; keep what it printed, how it ended, and the files it wrote."""
    from click.testing import CliRunner

    from refgraph.cli import main

    calls = words_of(READING)
    calls += [[*form.split(), "-O", kind] for form in FORMED for kind in ("csv", "json", "md")]
    calls += words_of(FILES)
    calls += [
        [*words, "--me", "ONE"] for words in calls if name == "chapter" and "--for" not in words
    ]
    for words in calls:
        title = f"cli/{name}/{'_'.join(words)}"
        folder = out / title
        if not asked(f"{title}/{only if '.' in only else ''}", only):
            continue
        argv = [said.get(word, word) for word in words]
        if words[0] != "init":
            argv += ["-b", str(Path.cwd() / name)]
        folder.mkdir(parents=True, exist_ok=True)
        back = Path.cwd()
        os.chdir(folder)
        try:
            result = CliRunner().invoke(main, argv)
        finally:
            os.chdir(back)
        error = "" if isinstance(result.exception, SystemExit) else repr(result.exception or "")
        told = "\n".join(line for line in result.stderr.splitlines() if not PROGRESS.search(line))
        text = f"exit {result.exit_code} {error}\n{result.stdout}\n-- stderr\n{told}"
        keep(folder / "printed.txt", text.replace(str(back), "BOOKS").encode())


def asked(name: str, only: str) -> bool:
    """Tell whether a file is to be compared; of commands, by what was asked of them."""
    whole = "." in only or not name.startswith("cli/")
    return only in (name if whole else "/".join(name.split("/")[:3]))


def keep(path: Path, content: bytes) -> None:
    """Write a file, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


# ------------------------------------------------------------------- beside it


def tree_of(which: str, scratch: Path) -> tuple[Path, str]:
    """Give the folder of a commit, and a name for what it gives; none for a folder."""
    if Path(which).is_dir():
        return Path(which).resolve(), ""
    asked = ["git", "-C", str(ROOT), "rev-parse", "--verify", f"{which}^{{commit}}"]
    commit = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    tree = scratch / commit
    if not tree.exists():
        tree.mkdir()
        packed = subprocess.run(
            ["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True
        ).stdout
        subprocess.run(["tar", "-x", "-C", str(tree)], input=packed, check=True)
    return tree, commit


def outputs(tree: Path, commit: str, books: Path, args: argparse.Namespace, scratch: Path) -> Path:
    """Run a tree, unless what it gave is kept, and give the folder of what it gave."""
    if commit and args.keep:
        everything, done = (
            args.keep.resolve() / f"{commit[:12]}-{part or 'all'}".replace("/", "_")
            for part in ("", args.only)
        )
        for kept in (everything, done):
            if kept.exists():
                return kept
    out = Path(tempfile.mkdtemp(dir=scratch))
    words = [sys.executable, "-W", "ignore", __file__, "--write", str(out), str(books), args.only]
    subprocess.run(words, check=True, env={**os.environ, "PYTHONPATH": str(tree)}, cwd=scratch)
    if commit and args.keep:
        done.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(out, done)
        return done
    return out


def sample_books(tree: Path, scratch: Path) -> Path:
    """Copy the sample books of a tree, and one of them as a book of health."""
    books = scratch / "books"
    for name in ("adviser", "chapter"):
        shutil.copytree(tree / "data" / name, books / name)
    shutil.copytree(books / "chapter", books / "health")
    with (books / "health" / "refgraph.toml").open("r+", encoding="utf-8") as stream:
        text = stream.read()
        stream.seek(0)
        stream.write(f'profile = "health"\n{text}')
    write_crowd(books / "crowd")
    return books


def write_crowd(folder: Path) -> None:
    """Write an invented book of 260 people in nine groups, some with names that are awkward."""
    chance = random.Random(7)
    awkward = ["NA", "=1+1", "Cash $$ Money", "محمد علي", '<b>Bo</b> & "Co"', "Łukasz Żółć"]
    people = [*awkward, *(f"Person {k:03d}" for k in range(254))]
    group = {person: f"Group {chance.randrange(9)}" for person in people}
    with_group = [[person, chance.choice(["client", "partner", "other", ""]), group[person]]
                  for person in people]  # fmt: skip
    rows = []
    while len(rows) < 900:
        giver, receiver = chance.choices(people, [9 if k < 12 else 1 for k in range(260)], k=2)
        near = chance.random() < 0.3 or group[giver] == group[receiver]
        if giver != receiver and near:
            day = f"2026-{chance.randrange(1, 10):02d}-{chance.randrange(1, 28):02d}"
            whom = chance.choice([*people[:60], "", ""])
            rows.append([day, giver, receiver, "" if whom in (giver, receiver) else whom])
    folder.mkdir()
    (folder / "refgraph.toml").write_text('me = "NA"\ntoday = "2026-10-01"\n', encoding="utf-8")
    for file, header, lines in (
        ("people.csv", ["person", "role", "group"], with_group),
        ("referrals.csv", ["date", "giver", "receiver", "prospect"], sorted(rows)),
    ):
        with (folder / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *lines])


def compare(a: Path, b: Path, only: str, *, changes: bool) -> int:
    """Print what differs between two folders, and count it."""
    files = [
        {
            name: path
            for path in root.rglob("*")
            if path.is_file() and asked(name := str(path.relative_to(root)), only)
        }
        for root in (a, b)
    ]
    differing: dict[str, int] = {}
    for name in sorted({**files[0], **files[1]}):
        old, new = files[0].get(name), files[1].get(name)
        if old is None or new is None:
            print(f"only in {'B' if old is None else 'A'}: {name}")
        elif (before := old.read_bytes()) != (after := new.read_bytes()):
            pairs = enumerate(zip(before, after, strict=False))
            at = next((k for k, (x, y) in pairs if x != y), min(len(before), len(after)))
            print(f"differs: {name} (byte {at:,} of {len(before):,}; now {len(after):,})")
            if changes and name.endswith((".txt", ".md", ".json", ".csv")):
                lines = before.decode().splitlines(), after.decode().splitlines()
                print("\n".join(list(difflib.unified_diff(*lines, lineterm="", n=0))[2:42]))
        else:
            continue
        differing[Path(name).suffix] = differing.get(Path(name).suffix, 0) + 1
    counts = ", ".join(f"{count} {suffix}" for suffix, count in sorted(differing.items()))
    print(f"{len(files[0])} files in A, {len(files[1])} in B; differing: {counts or 'none'}")
    return sum(differing.values())


def main() -> int:
    """Compare two commits."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("a", nargs="?", default="HEAD")
    parser.add_argument("b", nargs="?", default=str(ROOT))
    parser.add_argument("--only", default="", help="a part of the names to compare")
    parser.add_argument("--keep", type=Path, help="where the results of commits stay")
    parser.add_argument("--changes", action="store_true", help="show how texts differ")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder).resolve()
        (tree_a, name_a), (tree_b, name_b) = (tree_of(each, scratch) for each in (args.a, args.b))
        books = sample_books(tree_a, scratch)
        a = outputs(tree_a, name_a, books, args, scratch)
        b = outputs(tree_b, name_b, books, args, scratch)
        return min(compare(a, b, args.only, changes=args.changes), 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write_all(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    else:
        sys.exit(main())
