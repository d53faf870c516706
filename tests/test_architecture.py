"""The layer rule, by doing it: what lies below gui works without Qt, core and jobs work without torch."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "wganpaint_gui"

_PROBE = """
import importlib, sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in BLOCKED:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Block())
for name in MODULES:
    importlib.import_module(name)
"""


def modules(*parts: str) -> list[str]:
    """Dotted names of all modules of these parts of the package; "" is the package's own files."""
    found = []
    for part in parts:
        folder = PACKAGE / part
        for path in sorted(folder.glob("*.py") if not part else folder.rglob("*.py")):
            names = path.relative_to(PACKAGE.parent).with_suffix("").parts
            found.append(".".join(names).removesuffix(".__init__"))
    assert found
    return found


def import_without(blocked: set[str], names: list[str]) -> None:
    code = f"BLOCKED = {blocked!r}\nMODULES = {names!r}\n{_PROBE}"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent)
    assert result.returncode == 0, result.stderr


def test_everything_but_gui_imports_without_qt():
    import_without({"PySide6", "pyqtgraph"}, modules("", "cli", "ml", "jobs", "core"))


def test_core_and_jobs_import_without_torch():
    import_without({"torch", "PySide6", "pyqtgraph"}, modules("jobs", "core"))


def test_the_command_line_imports_without_torch():
    """And without what is slow to import: the way to the window leads through it."""
    import_without({"torch", "PySide6", "pyqtgraph", "scipy", "skimage", "cv2"}, modules("", "cli"))


def test_the_layers_import_only_downwards():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], capture_output=True, text=True, cwd=PACKAGE.parent)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_is_too_long_to_read():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > 500} == {}


def test_no_folder_holds_more_files_than_a_glance_takes_in():
    counts = {folder: len(list(folder.glob("*.py"))) for folder in PACKAGE.rglob("*") if folder.is_dir()}
    assert {str(folder): count for folder, count in counts.items() if count > 20} == {}


def test_what_has_a_room_does_not_lie_in_the_hall():
    in_gui = {path.stem for path in (PACKAGE / "gui").glob("*.py")}
    assert in_gui <= {"__init__", "app", "messages", "surprises", "window_system"}
    assert len(list((PACKAGE / "core").glob("*.py"))) <= 10


def test_every_room_says_what_belongs_there():
    for init in PACKAGE.rglob("__init__.py"):
        assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))), init


def test_imports_inside_a_folder_are_relative():
    """Those from other folders are absolute; ruff holds that. __main__.py also runs as a script, without a folder."""
    for path in set(PACKAGE.rglob("*.py")) - {PACKAGE / "__main__.py"}:
        folder = ".".join(path.relative_to(PACKAGE.parent).parent.parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and not node.level and node.module is not None:
                assert folder not in (node.module, node.module.rpartition(".")[0]), f"{path}:{node.lineno}"


def test_the_disk_is_asked_by_what_never_raises():
    """Path.exists() and its like raise for names that are too long and folders without permission; os.path's do not."""
    asking = re.compile(r"(?<!one)\.(exists|is_dir|is_file)\(\)")  # ZipInfo has an is_dir of its own
    found = [str(path) for path in PACKAGE.rglob("*.py") if asking.search(path.read_text("utf-8"))]
    assert not found
