"""A record in place, beside the same record as a book."""

import pytest

pytest.importorskip("ibis", reason="the extra warehouse is not installed")
