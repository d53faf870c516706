"""Shared libraries of Linux: which one is missing, and which package contains it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator

from wganpaint_gui.core.errors import LibraryError

# Library: (package of Debian and Ubuntu, package of Fedora).
QT = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
XCB = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
WAYLAND = {
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
}
REST = {
    # What those above depend on, or use where available.
    "libGLX.so.0": ("libglx0", "libglvnd-glx"),
    "libGLdispatch.so.0": ("libglvnd0", "libglvnd"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
    "libXau.so.6": ("libxau6", "libXau"),
    "libXdmcp.so.6": ("libxdmcp6", "libXdmcp"),
    "libexpat.so.1": ("libexpat1", "expat"),
    # What the Python packages depend on.
    "libgcc_s.so.1": ("libgcc-s1", "libgcc"),
    "libgomp.so.1": ("libgomp1", "libgomp"),
    "libstdc++.so.6": ("libstdc++6", "libstdc++"),
}
_TOGETHER = (QT, XCB, WAYLAND)

_MISSING = re.compile(r"(?:^|[\s/])(lib[^\s/:]+\.so[.\d]*): (?:cannot open shared object|file too short|invalid ELF)")
_TOO_OLD = re.compile(r"version `(GLIBC(?:XX)?_[\d.]+)' not found")


def library_error(error: BaseException) -> LibraryError | None:
    """Explain an error of the dynamic linker, naming the packages to install; None for any other error."""
    text = _whole_text(error)
    too_old = _TOO_OLD.search(text)
    if too_old is not None:
        return LibraryError(f"This system is too old: the program needs {too_old[1]}.", "Use a newer system.")
    missing = _MISSING.search(text)
    return None if missing is None else _missing(missing[1])


def _whole_text(error: BaseException) -> str:
    """Return the texts of the error and its causes: in a frozen program ctypes hides the linker's text in a cause."""
    cause = error.__cause__
    return str(error) if cause is None else f"{error}\n{_whole_text(cause)}"


def _missing(library: str) -> LibraryError:
    group: Iterable[str] = next((group for group in _TOGETHER if library in group), ())
    names = list(dict.fromkeys([library, *_missing_for(group)]))
    known = QT | XCB | WAYLAND | REST
    packages = [known[name] for name in names if name in known]
    what = f"The system library {library} is" if len(names) == 1 else f"The system libraries {', '.join(names)} are"
    if not packages:
        return LibraryError(f"{what} missing or damaged.", "Install the package that contains it.")
    debian, fedora = (" ".join(sorted(set(column))) for column in zip(*packages, strict=True))
    return LibraryError(
        f"{what} missing or damaged.", f"Debian, Ubuntu: sudo apt install {debian}. Fedora: sudo dnf install {fedora}."
    )


def _missing_for(libraries: Iterable[str]) -> Iterator[str]:
    """Yield what these lack. The linker names one library at a time; the user should learn of all at once."""
    for library in libraries:
        try:
            ctypes.CDLL(library)
        except OSError as error:
            found = _MISSING.search(_whole_text(error))
            if found is not None:
                yield found[1]
