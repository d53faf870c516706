"""Where no window can be opened the program says why and what to do, in one line, and Qt is not even asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only there a window may be impossible")

LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
CHOICES = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
START = [sys.executable, "-m", "wganpaint_gui"]
# In a mount namespace of its own: what is taken away is there for everybody else.
HIDE = """
mount -t tmpfs tmpfs "$1" && mkdir "$1/new" "$1/work" &&
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/new,workdir=$1/work" "$2" || exit 77
rm "$2/$3" && shift 3 && exec "$@"
"""


def run(command: list[str], **variables: object) -> subprocess.CompletedProcess[str]:
    """In an environment that chooses no display but what is given."""
    environment = {name: value for name, value in os.environ.items() if name not in CHOICES}
    environment |= {name: str(value) for name, value in variables.items()}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def complaint(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert done.returncode == code, done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_without_a_display_the_command_line_is_named(own_home: Path):
    said = complaint(run(START), 2)
    assert said.startswith("wganpaint: Cannot open a window: there is no display.")
    assert "wganpaint inpaint --help" in said
    assert list(own_home.iterdir()) == [], "nothing is written"


@pytest.mark.parametrize("display", [":4711", "localhost:4711.0", "nonsense"])
def test_a_display_that_does_not_answer_is_named(display: str):
    said = complaint(run(START, DISPLAY=display), 2)
    assert said.startswith(f"wganpaint: Cannot connect to the display {display} (DISPLAY).")
    assert "wganpaint inpaint --help" in said


def test_a_wayland_display_that_does_not_answer_is_named_or_what_qt_lacks_for_it(tmp_path: Path):
    said = run(START, WAYLAND_DISPLAY="wayland-0", XDG_RUNTIME_DIR=tmp_path).stderr
    assert "Cannot connect to the display wayland-0 (WAYLAND_DISPLAY)" in said or "libwayland" in said


def test_the_environment_may_choose_for_qt_and_is_asked_nothing():
    probe = """
from PySide6.QtWidgets import QApplication
from wganpaint_gui.gui.window_system import window_system
with window_system():
    print(QApplication([]).platformName())
"""
    done = run([sys.executable, "-c", probe], DISPLAY=":4711", QT_QPA_PLATFORM="offscreen")
    assert done.stdout == "offscreen\n"


@pytest.fixture
def x_server() -> Iterator[str]:
    """A display that a real X server has opened; without a desktop, so it starts anew whenever nobody is left."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1300x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def test_a_display_that_answers_is_opened(x_server: str):
    probe = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from wganpaint_gui.gui import app
QTimer.singleShot(0, lambda: print(QApplication.platformName()))
QTimer.singleShot(0, lambda: QTimer.singleShot(0, QApplication.closeAllWindows))
raise SystemExit(app.run_editor([]))
"""
    done = run([sys.executable, "-c", probe], DISPLAY=x_server)
    assert (done.returncode, done.stdout, done.stderr) == (0, "xcb\n", "")


@pytest.mark.parametrize(("library", "package"), [("libEGL.so.1", "libegl1"), ("libxcb-cursor.so.0", "libxcb-cursor0")])
def test_a_missing_library_is_named_with_its_package(x_server: str, library: str, package: str, tmp_path: Path):
    """One that Qt itself needs, and one that only its way to X needs: there Qt would abort."""
    if not (LIBRARIES / library).exists() or shutil.which("unshare") is None:
        pytest.skip("nothing can be hidden here")
    hide = ["unshare", "-m", "sh", "-c", HIDE, "sh", str(tmp_path), str(LIBRARIES), library]
    done = run([*hide, *START], DISPLAY=x_server)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("only root may hide a library")
    said = complaint(done, 1)
    assert library in said
    assert f"apt install {package}." in said
    assert (LIBRARIES / library).exists()
