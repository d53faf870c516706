"""Nothing is downloaded, nothing is sent. tests/cli/test_selftest.py does the whole job with the network shut."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "wganpaint_gui"
SHUT_OUT = (
    *("socket", "ssl", "asyncio", "socketserver", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp"),
    *("ftplib", "smtplib", "telnetlib", "xmlrpc", "webbrowser", "huggingface_hub", "torch.hub"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
)

# Python reports every socket it makes to its audit hooks; a hook that raises keeps it from being made. What libraries
# make without Python is not seen.
SHUT_NETWORK = """
import atexit, socket, sys

tried = []

def shut(event, arguments):
    if event == "socket.__new__":
        shut_out = arguments[1] in (socket.AF_INET, socket.AF_INET6)
    else:
        names = ("socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo", "urllib.Request")
        shut_out = event.startswith(names)
    if shut_out:
        tried.append((event, arguments[1:]))
        raise OSError("the network is shut")

sys.addaudithook(shut)

for attempt in (socket.socket, lambda: socket.create_connection(("127.0.0.1", 9)), lambda: socket.getaddrinfo("a", 1)):
    try:
        attempt()
    except OSError:
        continue
    raise SystemExit("the network is open")
socket.socket(socket.AF_UNIX).close()
assert len(tried) == 3, tried
tried.clear()

atexit.register(lambda: tried and print("The network was tried:", tried, file=sys.stderr))
"""


def imported_by(source: str) -> set[str]:
    """Every module that is imported anywhere in it, and every name that is taken from one, dotted."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def reaches_out(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in SHUT_OUT)


def test_no_module_imports_what_could_reach_out():
    found = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in imported_by(path.read_text("utf-8"))
        if reaches_out(name)
    }
    assert found == set()


def test_the_search_for_imports_finds_them():
    source = (
        "import os\ndef f():\n    from urllib import request\n    import http.client\nfrom PySide6 import QtNetwork\n"
    )
    assert {name for name in imported_by(source) if reaches_out(name)} == {
        "urllib.request",
        "http.client",
        "PySide6.QtNetwork",
    }
