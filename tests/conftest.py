"""Shared ground of the tests: how many examples a law gets, books on disk, the command line."""

from __future__ import annotations

import gc
import ipaddress
import linecache
import os
import socket
import sys
from functools import cache
from pathlib import Path

#: As the command line does: threads of small products only wait, here for the other workers too.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import matplotlib as mpl
import pytest
from _pytest.doctest import DoctestItem, DoctestModule
from click.testing import CliRunner
from effort import EFFORT, EFFORTS, LAWS
from hypothesis import HealthCheck, settings

import refgraph

mpl.use("Agg")
os.environ["REFGRAPH_QUIET"] = "1"  # what takes over a second on a busy machine says nothing here
for _name, _effort in EFFORTS.items():
    settings.register_profile(
        _name,
        max_examples=_effort.examples,
        derandomize=_name != "long",
        deadline=None,
        suppress_health_check=[] if _name == "long" else [HealthCheck.too_slow],
    )
settings.load_profile(LAWS)

ROOT = Path(__file__).parent.parent


class Network:
    """Whether this process may use the network, and what it tried; see PEP 578."""

    #: They talk to a kernel, a browser or an engine of their own, on this machine.
    LOCAL = (
        "test_notebooks.py",
        "test_maps_browser.py",
        "test_review_browser.py",
        "test_engines.py",
    )

    def __init__(self):
        self.local = False
        self.tried = []

    def watch(self, event, told):
        if not self.allowed(event, told):
            self.tried.append(event)
            msg = f"nothing leaves this machine: {event} {told!r}"
            raise PermissionError(msg)

    def allowed(self, event, told):
        if event == "socket.__new__":
            return told[1] not in (socket.AF_INET, socket.AF_INET6, -1) or self.local
        if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
            return told[0].family == socket.AF_UNIX or (self.local and here(told[1]))
        if event == "socket.getaddrinfo":
            return self.local and here(told)
        return self.local


def here(address):
    if not isinstance(address, tuple) or address[0] in ("localhost", "", None):
        return True  # to nobody else, or on a connection that was let through
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


NETWORK = Network()


def watch(event, told):
    """Look at what is about the network; Python tells of everything else too, very often."""
    if event[:4] in {"sock", "urll", "http"}:
        NETWORK.watch(event, told)


sys.addaudithook(watch)


#: Files and functions that take long, as measured: the rest is the test before a commit.
SLOW = frozenset((Path(__file__).parent / "slow_tests.txt").read_text("utf-8").split())


#: Functions of several seconds that the gate alone runs: each line names beside it the shorter
#: test that goes the same way before a commit.
GATE = frozenset(
    line.split()[0]
    for line in (Path(__file__).parent / "gate_tests.txt").read_text("utf-8").splitlines()
)


#: Fewer cases than so many are all taken.
MANY = 2


@pytest.hookimpl(wrapper=True)
def pytest_collect_file():
    """Look for examples in the docstrings of the package alone: tests have none."""
    return [found for found in (yield) if not isinstance(found, DoctestModule)]


def shorten_law(item):
    """Cut the examples of a law, also of one with a number of its own."""
    own = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
    most = EFFORT.slow_examples if item.get_closest_marker("slow") else EFFORT.examples
    if own is not None and own.max_examples > most:
        function = getattr(item.obj, "__func__", item.obj)
        function._hypothesis_internal_use_settings = settings(own, max_examples=most)


@pytest.hookimpl(tryfirst=True)  # before what is marked is chosen
def pytest_collection_modifyitems(config, items):
    """Mark what is slow, and take some of its many cases, as of the examples of a law.

    What is left to the gate runs where it is named, too. A hook for each item would not be asked
    about the examples in the docstrings of the package.
    """
    for item in items:
        function = item.nodeid.split("[")[0]
        if function in SLOW or function.split("::")[0] in SLOW:
            item.add_marker(pytest.mark.slow)
    if EFFORT.one_in == 1:
        return
    named = bool(config.option.keyword) or any("::" in word for word in config.args)
    left_to_gate = LAWS == "quick" and not named
    for item in items:
        shorten_law(item)
        if left_to_gate and item.nodeid.split("[")[0] in GATE:
            item.add_marker(pytest.mark.skip(reason="the gate's: a shorter one goes the same way"))
    cases = {}
    for item in items:
        if item.get_closest_marker("slow") and getattr(item, "callspec", None):
            cases.setdefault(item.nodeid.split("[")[0], []).append(item)
    left = {
        id(item)
        for several in cases.values()
        if len(several) >= MANY
        for k, item in enumerate(several)
        if k % EFFORT.one_in
    }
    if left:
        config.hook.pytest_deselected(items=[item for item in items if id(item) in left])
        items[:] = [item for item in items if id(item) not in left]


def pytest_collection_finish():
    """Spare Python looking through all that was collected, again and again, for what can go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


#: Of the examples in docstrings, which ask one thing each of a book that does not change.
ONE_SAMPLE = cache(refgraph.Book.sample)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    NETWORK.local = item.path.name in Network.LOCAL
    with pytest.MonkeyPatch.context() as patch:
        if isinstance(item, DoctestItem):
            patch.setattr(refgraph.Book, "sample", ONE_SAMPLE)
            # a debugger is made for each, which asks of every source read so far whether it changed
            patch.setattr(linecache, "checkcache", lambda filename=None: None)
        return (yield)


@pytest.fixture(autouse=True)
def network():
    """Fail a test in which something tried to use the network, even if it went on."""
    NETWORK.tried.clear()
    yield NETWORK
    assert NETWORK.tried == []


@pytest.fixture(autouse=bool(os.environ.get("REFGRAPH_AS_WINDOWS")))
def as_on_windows(request, monkeypatch):
    """Run the tests of keeping books with the code of Windows; see as_windows.py beside them."""
    if request.path.parent.name == "keeping":
        import as_windows

        as_windows.become_windows(monkeypatch)


@pytest.fixture(scope="session")
def simulated():
    """Say how many of so many books of chance are lived: a quarter of them before a commit."""
    return lambda many: many if LAWS != "quick" else max(many // 4, 1)


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
def table(tmp_path):
    """Write a table of referrals, and give its path."""

    def write(content):
        path = tmp_path / "referrals.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def invoke(*words, status=0, text=None):
    """Run a command in this process; nothing but click's own exit may come out."""
    from refgraph.cli import main

    result = CliRunner().invoke(main, [str(word) for word in words], input=text)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


@pytest.fixture
def run():
    return invoke


@pytest.fixture(scope="session")
def asked():
    """Give what a command prints of a book that no test changes, asked once for all tests.

    Not for a test that the same words give the same answer.
    """
    return cache(lambda *words: invoke(*words).stdout)
