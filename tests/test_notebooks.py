"""Every notebook is committed executed, and says today what it said then."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")  # of the notebook machinery itself
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, monkeypatch, tmp_path):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONWARNINGS", "error::FutureWarning")
    monkeypatch.delenv("MPLBACKEND", raising=False)  # a notebook draws into itself, as in Jupyter
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    )
    committed = [told(cell) for cell in notebook.cells]
    client.execute(env=dict(os.environ))
    assert [told(cell) for cell in notebook.cells] == committed


def told(cell):
    """The words and numbers below a cell; how wide the lines are is not one of them."""
    texts = [
        out.get("text") or out.get("data", {}).get("text/plain", "")
        for out in cell.get("outputs", [])
    ]
    return " ".join(texts).replace("\\", "").split()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_was_committed_executed(path):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    errors = [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert not errors
    pictures = [out for cell in cells for out in cell.outputs if "image/png" in out.get("data", {})]
    assert len(pictures) >= 2


def test_there_is_a_notebook():
    assert NOTEBOOKS
