"""Shared ground of the tests: a fixed Hypothesis profile, books on disk, the command line."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

import refgraph

mpl.use("Agg")
settings.register_profile(
    "fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile("fixed")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def adviser():
    return refgraph.Book.read(ROOT / "data" / "adviser")


@pytest.fixture(scope="session")
def chapter():
    return refgraph.Book.read(ROOT / "data" / "chapter")


@pytest.fixture
def make_book(tmp_path):
    """Write files into a folder and read it as a book."""

    def make(referrals, people=None, touches=None, **options):
        folder = tmp_path / "book"
        folder.mkdir(exist_ok=True)
        for name, text in (("referrals", referrals), ("people", people), ("touches", touches)):
            if text is not None:
                (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return refgraph.Book.read(folder, **{"today": "2026-06-30", **options})

    return make


@pytest.fixture
def run():
    """Run a command in this process; nothing but click's own exit may come out."""

    def invoke(*words, status=0, text=None):
        from refgraph.cli import main

        result = CliRunner().invoke(main, [str(word) for word in words], input=text)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return result

    return invoke
