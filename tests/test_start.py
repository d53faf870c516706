"""The README's two commands: .ci/start.py makes an environment, once, and runs a command in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

Ran = subprocess.CompletedProcess[str]
ROOT = Path(__file__).resolve().parent.parent
PYTHON = Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else "bin/python3")

SETTINGS = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1"
dependencies = []

[project.optional-dependencies]
test = []
"""

# What hatchling does for the real checkout, small enough to need no package index.
BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(pathlib.Path(folder, "tiny-1-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("tiny.pth", str(pathlib.Path.cwd()))
        facts = "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\nProvides-Extra: test\\n"
        wheel.writestr("tiny-1.dist-info/METADATA", facts)
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.dist-info/entry_points.txt", "[console_scripts]\\nwganpaint = tiny:main\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "")
    return "tiny-1-py3-none-any.whl"
"""

PROGRAM = """
import sys

def main():
    print(sys.prefix, *sys.argv[1:])
    return 3
"""


class Checkout(NamedTuple):
    folder: Path
    failed: Ran  # the first call, which found no way to build
    first: Ran  # the next one


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A folder laid out as this repository is, with a program of three lines."""
    folder = tmp_path_factory.mktemp("start") / "a chéckout"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "start.py", folder / ".ci")
    (folder / "pyproject.toml").write_text(SETTINGS, "utf-8")
    (folder / "tiny.py").write_text(PROGRAM, "utf-8")
    failed = start(folder)
    (folder / "backend.py").write_text(BACKEND, "utf-8")
    return Checkout(folder, failed, start(folder))


def start(folder: Path, *command: str) -> Ran:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment["PYTHONUTF8"] = "1"
    return subprocess.run(
        [PYTHON, folder / ".ci" / "start.py", *command], env=environment, capture_output=True, encoding="utf-8"
    )


@pytest.mark.slow
def test_an_installation_that_failed_is_tried_again(checkout: Checkout):
    assert checkout.failed.returncode == 1
    assert checkout.failed.stderr.splitlines()[-1].startswith("The installation failed")
    assert "Installing into" in checkout.first.stderr


@pytest.mark.slow
def test_without_a_command_it_is_the_program_in_its_own_environment(checkout: Checkout):
    assert (checkout.first.returncode, checkout.first.stdout.strip()) == (3, str(checkout.folder / ".venv"))


@pytest.mark.slow
def test_the_command_gets_its_arguments_and_nothing_is_installed_twice(checkout: Checkout):
    second = start(checkout.folder, "wganpaint", "two words", "--json")
    assert (second.returncode, second.stderr) == (3, "")
    assert second.stdout.strip() == f"{checkout.folder / '.venv'} two words --json"


@pytest.mark.slow
def test_changed_settings_are_installed(checkout: Checkout):
    (checkout.folder / "pyproject.toml").write_text(f"{SETTINGS}# changed\n", "utf-8")
    again = start(checkout.folder)
    assert (again.returncode, "Installing into" in again.stderr) == (3, True)


@pytest.mark.slow
def test_a_command_that_is_not_there_is_named(checkout: Checkout):
    missing = start(checkout.folder, "pytset")
    scripts = checkout.folder / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    assert (missing.returncode, missing.stderr.strip()) == (1, f"No command pytset in {scripts}.")


def test_an_old_python_is_told_what_is_needed():
    probe = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1], run_name='__main__')"
    told = subprocess.run([PYTHON, "-c", probe, ROOT / ".ci" / "start.py"], capture_output=True, encoding="utf-8")
    assert (told.returncode, told.stderr.strip()) == (1, "WganPaint needs Python 3.11 or newer; this is 3.9.")


def test_the_readme_has_two_commands_and_ci_runs_the_second_as_written():
    _, clone, _, commands, *_ = (ROOT / "README.md").read_text("utf-8").split("```")
    assert clone.split()[:2] == ["git", "clone"]
    editor, tests = commands.strip().splitlines()
    assert editor == "python3 .ci/start.py wganpaint"
    assert tests in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
