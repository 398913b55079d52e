"""The package front: what it offers, and that starting costs nothing it need not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import refgraph

ADVISER = Path(__file__).parent.parent / "data" / "adviser"
HEAVY = {"networkx", "pandas", "numpy", "matplotlib", "scipy"}
MAIN = "from refgraph.cli import main; main({}, standalone_mode=False)"


def loaded_by(code):
    """Which heavy packages are imported once `code` has run in a new process."""
    last = f"import sys; print(*({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{last}"], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import refgraph",
        "import refgraph; refgraph.__version__; dir(refgraph)",
        MAIN.format(["--help"]),
        MAIN.format(["report", "--help"]),
        MAIN.format(["--version"]),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code):
    assert loaded_by(code) == set()


def test_owe_draws_nothing_and_solves_nothing():
    loaded = loaded_by(MAIN.format(["owe", str(ADVISER)]))
    assert "matplotlib" not in loaded
    assert "scipy" not in loaded


def test_reading_a_table_loads_no_more_than_counting_needs(tmp_path):
    path = tmp_path / "r.csv"
    rows = "".join(f"2026-01-08,Ann Lee,Bo {at}\n" for at in range(4_000))
    path.write_text(f"date,giver,receiver\n{rows}", "utf-8")
    assert loaded_by(MAIN.format(["check", str(path)])) == {"numpy"}
    assert "networkx" not in loaded_by(MAIN.format(["stats", str(path)]))


@pytest.mark.parametrize("name", refgraph.__all__)
def test_every_public_name_is_there(name):
    assert getattr(refgraph, name) is not None
    assert name in dir(refgraph)


def test_the_version_is_the_one_of_the_metadata():
    from importlib.metadata import version

    assert refgraph.__version__ == version("refgraph")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        refgraph.nothing  # noqa: B018


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "refgraph", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"refgraph, version {refgraph.__version__}\n"
