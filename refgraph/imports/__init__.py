"""Exports of other programs become rows of a book: recognised, converted, compared, told."""

from __future__ import annotations

from refgraph.imports.run import Prepared, Request, carry_out, prepare

__all__ = ["Prepared", "Request", "carry_out", "prepare"]
