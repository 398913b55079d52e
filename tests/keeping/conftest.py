"""The keeping of books can be tested as on Windows, on another system."""

from __future__ import annotations

import os

import as_windows
import pytest


@pytest.fixture(autouse=bool(os.environ.get("REFGRAPH_AS_WINDOWS")))
def as_on_windows(monkeypatch):
    """Run each test of this folder with the code of Windows."""
    as_windows.become_windows(monkeypatch)
