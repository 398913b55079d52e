"""A real Chromium without a window, for the tests of pages; it opens nothing but what they give."""

from __future__ import annotations

import importlib.util
import shutil
from contextlib import contextmanager

import pytest

__all__ = ["browsing", "marks"]

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def marks(*extra):
    """Give the marks of tests that need a browser, and some modules of the extra."""
    there = {
        "the browser extra": all(map(importlib.util.find_spec, extra)),
        "chromium": shutil.which("chromium"),
        "chromedriver": shutil.which("chromedriver"),
    }
    missing = [name for name, found in there.items() if not found]
    return [
        pytest.mark.skipif(bool(missing), reason=f"browser tests need {' and '.join(missing)}"),
        pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    ]


@contextmanager
def browsing(profile, *flags, **logs):
    """Start a browser with an empty profile, more flags, and what it is to keep a log of."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*FLAGS.split(), *flags, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", **logs})
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    browser.set_script_timeout(300)  # a busy machine takes longer than the usual half minute
    try:
        yield browser
    finally:
        browser.quit()
