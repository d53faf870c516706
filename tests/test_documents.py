"""What the documents name exists: linked files and headings, folders, classes, menu entries, messages."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar, QWidget

from wganpaint_gui.gui.commands.actions import make_actions
from wganpaint_gui.gui.commands.menus import make_menus

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "wganpaint_gui"
DOCUMENTS = [
    ROOT / name
    for name in subprocess.check_output(["git", "ls-files", "*.md"], cwd=ROOT, encoding="utf-8").splitlines()
]
PARTS = "core|ml|gui|cli|jobs|tests|docs|benchmarks|resources|weights|wganpaint_gui|\\.ci|\\.github"
# What a message fills into its text.
FILLED_IN = r"The system library libxcb-cursor\.so\.0 is|cuda:0|GLIBC_…|\b\d+\b(?!\.\d)"
# What the recipes of docs/developing.md add.
NEW_FILES = {
    "cli/faces.py",
    "gui/window/photo_panel.py",
    "resources/icons/diamond.svg",
    "tests/cli/test_faces.py",
    "tests/gui/window/test_photo_panel.py",
    "resources/icons/NAME.svg",
}


def slugs(document: Path) -> set[str]:
    """The anchors of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        linked = (document.parent / name).resolve() if name else document
        assert linked.exists(), target
        assert not anchor or anchor in slugs(linked), target


def test_the_picture_shows_every_room_at_its_floor():
    picture = (ROOT / "docs/images/architecture.svg").read_text("utf-8")
    shown = re.findall(r'fill="#e8e9ec" font-family="[^"]*Mono[^"]*">(\w+)<', picture)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        if "containers" in contract:
            floors = [set(floor.split(" | ")) for floor in contract["layers"]]
            assert any(_begin_with(shown[start:], floors) for start in range(len(shown))), contract["name"]


def _begin_with(names: list[str], floors: list[set[str]]) -> bool:
    for floor in floors:
        if set(names[: len(floor)]) != floor:
            return False
        names = names[len(floor) :]
    return True


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "docs/images/architecture.svg"], ids=lambda path: path.name)
def test_files_that_are_named_are_there(document: Path):
    named = re.findall(rf"[`>]((?:{PARTS})/[\w./-]*\w/?)[`<]", document.read_text("utf-8"))
    missing = {name for name in named if not (ROOT / name).exists() and not (PACKAGE / name).exists()}
    assert missing <= NEW_FILES


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "docs/images/architecture.svg"], ids=lambda path: path.name)
def test_classes_that_are_named_are_there(document: Path):
    prose = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"[`>]([A-Z][a-z]+[A-Z]\w*)(?:\.\w+)?(?:\(.*?\))?[`<]", prose))
    assert named <= classes() | {"PySide6", "WganPaint"}


def test_menu_entries_that_are_named_are_there(qtbot):
    owner, bar = QWidget(), QMenuBar()
    qtbot.addWidget(owner)
    qtbot.addWidget(bar)
    submenus = make_menus(bar, make_actions(owner))
    menus = {action.text().strip("&"): action.menu().actions() for action in bar.actions()}
    menus["File"].extend(QAction(menu.title(), owner) for menu in submenus)
    entries = {(menu, action.text()) for menu, actions in menus.items() for action in actions}
    for document in DOCUMENTS:
        named = re.findall(r"\*([A-Z]\w+) → ([^*]+)\*", document.read_text("utf-8"))
        assert {pair for pair in named if pair[0] in menus} <= entries, document


@cache
def program_trees() -> list[ast.Module]:
    return [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]


@cache
def classes() -> set[str]:
    return {node.name for tree in program_trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


@cache
def program_texts() -> str:
    """Every string of the program, with a hole … wherever a value is put in."""
    texts = []
    for tree in program_trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
                texts.append("".join(map(str, parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
    return "\n".join([*texts, (ROOT / ".ci" / "start.py").read_text("utf-8")])


def test_messages_that_are_quoted_are_said():
    """In the first column of the tables of troubleshooting; what a quote fills in stands for the hole."""
    rows = (ROOT / "docs/troubleshooting.md").read_text("utf-8").splitlines()
    seen = [row.split(" | ")[0] for row in rows if row.startswith("| ")]
    quotes = [quote for cell in seen for quote in re.findall(r"\*([^*]+)\*", cell)]
    of_others = ("Windows protected", "… cannot be opened", "… is damaged")
    ours = [quote for quote in quotes if not quote.startswith(of_others)]
    assert len(ours) > 10
    open_quotes = {quote: re.escape(re.sub(FILLED_IN, "…", quote)).replace("…", ".*") for quote in ours}
    assert [quote for quote, pattern in open_quotes.items() if not re.search(pattern, program_texts())] == []
