"""What the linker says becomes the name of a package."""

from __future__ import annotations

import ctypes
import re

import pytest

from wganpaint_gui.core.system.system_libraries import QT, REST, WAYLAND, XCB, library_error

MISSING = "{}: cannot open shared object file: No such file or directory"


@pytest.fixture(autouse=True)
def lacking(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The libraries that this system lacks: none, whichever are really installed."""
    names: set[str] = set()

    def load(name: str) -> None:
        if name in names:
            raise OSError(MISSING.format(name))

    monkeypatch.setattr(ctypes, "CDLL", load)
    return names


@pytest.mark.parametrize(
    ("said", "library", "debian", "fedora"),
    [
        (MISSING.format("libEGL.so.1"), "libEGL.so.1", "libegl1", "libglvnd-egl"),
        (MISSING.format("libxkbcommon.so.0"), "libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
        (MISSING.format("libxcb-cursor.so.0"), "libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
        (MISSING.format("libxcb-icccm.so.4"), "libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
        (MISSING.format("libglib-2.0.so.0"), "libglib-2.0.so.0", "libglib2.0-0", "glib2"),
        (MISSING.format("libstdc++.so.6"), "libstdc++.so.6", "libstdc++6", "libstdc++"),
        ("/usr/lib/x86_64-linux-gnu/libGL.so.1: file too short", "libGL.so.1", "libgl1", "libglvnd-glx"),
        ("/lib/libdbus-1.so.3: invalid ELF header", "libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ],
)
def test_the_library_and_its_packages_are_named(said: str, library: str, debian: str, fedora: str):
    error = library_error(ImportError(said))
    assert error is not None
    assert error.message == f"The system library {library} is missing or damaged."
    assert f"apt install {debian}." in error.hint
    assert f"dnf install {fedora}." in error.hint


def test_all_missing_libraries_of_one_group_are_named_at_once(lacking: set[str]):
    lacking |= {"libxcb-cursor.so.0", "libxcb-keysyms.so.1", "libEGL.so.1"}
    error = library_error(ImportError(MISSING.format("libxcb-cursor.so.0")))
    assert error is not None
    assert error.message == "The system libraries libxcb-cursor.so.0, libxcb-keysyms.so.1 are missing or damaged."
    assert "apt install libxcb-cursor0 libxcb-keysyms1." in error.hint
    assert "dnf install xcb-util-cursor xcb-util-keysyms." in error.hint


def test_a_frozen_program_says_it_in_the_cause():
    """PyInstaller's ctypes raises an error of its own."""
    try:
        try:
            raise OSError(MISSING.format("libxcb-image.so.0"))
        except OSError as inner:
            raise OSError("Failed to load dynlib/dll 'libqxcb.so'.") from inner
    except OSError as outer:
        error = library_error(outer)
    assert error is not None
    assert "libxcb-image0" in error.hint


def test_a_library_of_no_known_package_is_named_all_the_same():
    error = library_error(ImportError(MISSING.format("libsomething.so.9")))
    assert error is not None
    assert "libsomething.so.9" in error.message
    assert "Install the package" in error.hint


def test_a_system_that_is_too_old_is_told_so():
    said = "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /opt/libQt6Core.so.6)"
    error = library_error(ImportError(said))
    assert error is not None
    assert "too old" in error.message
    assert "GLIBC_2.34" in error.message


@pytest.mark.parametrize("said", ["No module named 'PySide6'", "cannot import name 'x'", "libyuv is no library"])
def test_other_errors_are_none_of_its_business(said: str):
    assert library_error(ImportError(said)) is None


def test_every_name_in_the_table_is_a_library_and_a_package():
    for library, packages in (QT | XCB | WAYLAND | REST).items():
        assert re.fullmatch(r"lib[\w+.-]+\.so\.\d+", library)
        assert all(re.fullmatch(r"[a-zA-Z0-9][\w.+-]+", package) for package in packages)
