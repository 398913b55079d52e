"""Shared ground of the tests of maps: every drawing that several tests look at is made once."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image

import refgraph
from refgraph import maps


@pytest.fixture(scope="session")
def drawn(adviser, chapter):
    """Draw a map of a book of `data/`, or of the sample, once for all tests; change no scene."""
    books = {"adviser": adviser, "chapter": chapter, "sample": refgraph.Book.sample()}

    @cache
    def draw(kind, name, **options):
        return maps.draw(kind, books[name], **options)

    return draw


@pytest.fixture(scope="session")
def pixels():
    """Give the pixels of a scene as integers, rendered once."""
    seen = {}  # by identity; the scene is kept too, so that no other gets its place

    def render(scene):
        if id(scene) not in seen:
            with Image.open(io.BytesIO(scene.to_bytes("png"))) as picture:
                seen[id(scene)] = scene, np.asarray(picture.convert("RGB")).astype(int)
        return seen[id(scene)][1]

    return render
