"""Pack dist/wganpaint into one archive: python .ci/archive.py [DIST]

Writes DIST/wganpaint-VERSION-PLATFORM.tar.gz (.zip on Windows) and its SHA-256 beside it. The same files always make
the same archive: names are sorted, owners removed, permissions unified, and all times set to SOURCE_DATE_EPOCH
(default: the last commit's).
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from wganpaint_gui import __version__

SYSTEMS = {"win32": "windows", "darwin": "macos"}


def main() -> None:
    dist = Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
    app = dist / "WganPaint.app"
    folder = app if app.is_dir() else dist / "wganpaint"
    if not folder.is_dir():
        raise SystemExit(f"{folder} does not exist. Build it first: python -m PyInstaller build.spec")
    system = SYSTEMS.get(sys.platform, sys.platform)
    stem = f"wganpaint-{__version__}-{system}-{platform.machine().lower()}"
    pack, suffix = (_zip, ".zip") if sys.platform == "win32" else (_tar, ".tar.gz")
    archive = dist / f"{stem}{suffix}"
    pack(folder, archive, _epoch())
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n", "utf-8")
    print(f"{archive} {archive.stat().st_size / 1e6:.0f} MB")


def _epoch() -> int:
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said:
        return int(said)
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    answer = subprocess.run(git, capture_output=True, text=True)
    if answer.returncode:
        raise SystemExit(f"Set SOURCE_DATE_EPOCH: git reports no last commit. {answer.stderr.strip()}")
    return int(answer.stdout)


def _files(folder: Path) -> list[Path]:
    """Return every file and link in the folder, in the same order on every system."""
    return sorted((path for path in folder.rglob("*") if path.is_symlink() or path.is_file()), key=Path.as_posix)


def _tar(folder: Path, archive: Path, epoch: int) -> None:
    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = epoch, 0, 0, "", ""
        entry.mode = 0o755 if entry.mode & 0o100 else 0o644
        return entry

    # gzip's default level: 9 takes three times as long and saves one per cent.
    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in _files(folder):
            tar.add(path, path.relative_to(folder.parent).as_posix(), filter=plain)


def _zip(folder: Path, archive: Path, epoch: int) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), time.gmtime(epoch)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, packed.open(entry, "w") as target:
                while block := source.read(1 << 20):
                    target.write(block)


if __name__ == "__main__":
    main()
