"""Nothing leaves the machine: the whole suite runs without a network, no module asks for one."""

from __future__ import annotations

import ast
import contextlib
import socket
import urllib.request
from pathlib import Path

import pytest

import refgraph

PACKAGE = Path(refgraph.__file__).parent
#: What opens a connection, or has another program do it. Quoting a URL is not among it.
NETWORKING = {
    *("socket", "ssl", "socketserver", "http", "urllib.request", "urllib.error", "ftplib"),
    *("smtplib", "poplib", "imaplib", "xmlrpc", "asyncio", "webbrowser", "subprocess"),
    *("multiprocessing", "requests", "httpx", "aiohttp", "urllib3"),
}
TRIES = {
    "a name is looked up": lambda: socket.getaddrinfo("example.org", 80),
    "a name is looked up the old way": lambda: socket.gethostbyname("example.org"),
    "a socket is opened": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "a default socket is opened": socket.socket,
    "an address is called": lambda: socket.create_connection(("192.0.2.1", 80), timeout=0.1),
    "a page is asked for": lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=0.1),
}


@pytest.mark.parametrize("attempt", TRIES)
def test_the_ban_bites(attempt, network):
    with pytest.raises(PermissionError, match="nothing leaves this machine"):
        TRIES[attempt]()
    assert network.tried
    network.tried.clear()


def test_a_swallowed_attempt_is_seen_all_the_same(network):
    with contextlib.suppress(OSError):
        socket.socket()
    assert network.tried == ["socket.__new__"]
    network.tried.clear()


def test_two_ends_on_this_machine_may_talk_where_a_browser_or_a_kernel_needs_it(network):
    one, other = socket.socketpair()
    one.close(), other.close()
    network.local = True
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(server.getsockname()).close()
        with pytest.raises(PermissionError):
            socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    network.tried.clear()


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield str(node.module)


def test_no_module_imports_what_opens_a_connection():
    modules = sorted(PACKAGE.rglob("*.py"))
    assert len(modules) > 100
    found = [
        f"{path.name}: {name}"
        for path in modules
        for name in imported(path)
        if name in NETWORKING or name.split(".")[0] in NETWORKING
    ]
    assert found == []
