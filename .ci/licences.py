"""Licences of the packages in the standalone program, and a machine-readable list of them (CycloneDX)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

Component = dict[str, Any]
_TEXT = re.compile(r"LICEN[CS]E|COPYING|NOTICE", re.IGNORECASE)


def write_licences(folder: Path, version: str, modules: Iterable[str], libraries: Iterable[Path]) -> None:
    """Write the licence texts and the list into `folder`.

    version: of the program. modules: names of the collected top-level modules. libraries: paths of the collected system
    libraries on the build machine.
    """
    providers = metadata.packages_distributions()
    names = {name for module in set(modules) & providers.keys() for name in providers[module]} - {"wganpaint"}
    found = sorted(map(metadata.distribution, names), key=lambda one: one.name.lower())
    components = [_package(distribution, folder) for distribution in found]
    components += [_python(folder), *_system(libraries, folder)]
    program = {"type": "application", "name": "wganpaint", "version": version, "licenses": _named("MIT")}
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": program}}
    (folder / "sbom.cdx.json").write_text(json.dumps({**bill, "components": components}, indent=1), "utf-8")


def _package(distribution: metadata.Distribution, folder: Path) -> Component:
    about, name, version = distribution.metadata, distribution.name, distribution.version
    for file in distribution.files or ():
        if _TEXT.search(file.name) and not file.suffix.startswith(".py"):
            # Many of torch's files have the same name; the folders in the name tell them apart.
            _copy(Path(str(distribution.locate_file(file))), folder / f"{name}-{version}" / "-".join(file.parts[1:]))
    said = about["License"] or ""  # a name, or a whole text
    classified = [line.rsplit(" :: ")[-1] for line in about.get_all("Classifier") or () if "License ::" in line]
    licence = about["License-Expression"] or (said if "\n" not in said else "") or ", ".join(classified)
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version.replace('+', '%2B')}"
    return {"type": "library", "name": name, "version": version, "purl": purl, "licenses": _named(licence)}


def _python(folder: Path) -> Component:
    version = ".".join(str(number) for number in sys.version_info[:3])
    for place in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)):
        _copy(place / "LICENSE.txt", folder / f"CPython-{version}" / "LICENSE.txt")
    return {"type": "platform", "name": "CPython", "version": version, "licenses": _named("PSF-2.0")}


def _system(libraries: Iterable[Path], folder: Path) -> Iterable[Component]:
    """Yield the Debian packages that own the libraries, and copy their licences; on other systems only the names."""
    known: dict[str, Component] = {}
    for library in sorted(libraries):
        package = _debian("-S", str(library.resolve())).partition(":")[0]
        if not package:
            known[library.name] = {"type": "library", "name": library.name}
        elif package not in known:
            version = _debian("-W", "-f", "${Version}", package)
            known[package] = {"type": "library", "name": package, "version": version}
            _copy(Path("/usr/share/doc") / package / "copyright", folder / package / "copyright")
    return known.values()


def _debian(*question: str) -> str:
    if shutil.which("dpkg-query") is None:
        return ""
    return subprocess.run(["dpkg-query", *question], capture_output=True, text=True).stdout


def _named(licence: str) -> list[Component]:
    return [{"license": {"name": licence or "see its folder"}}]


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
