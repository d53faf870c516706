"""What the program is built of: packages and system libraries, with versions and licences."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import Distribution

_LIST = "licences/sbom.cdx.json"  # in a download; .ci/licences.py writes it


@dataclass(frozen=True)
class Component:
    """One package or library. licence: a short name, "" where it names none."""

    name: str
    version: str
    licence: str


def components() -> list[Component]:
    """Return what a download contains, or, in a checkout, the packages that are loaded; by name.

    Reads files for tenths of a second: not for the GUI thread.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None and os.path.isfile(Path(bundle) / _LIST):
        listed = json.loads((Path(bundle) / _LIST).read_text("utf-8"))["components"]
        return [Component(one["name"], one.get("version", ""), _licences(one)) for one in listed]
    from importlib import metadata  # brings the mail and network modules along: not for the start of the editor

    providers = metadata.packages_distributions()
    loaded = {name.partition(".")[0] for name in tuple(sys.modules)}
    names = {name for module in loaded & providers.keys() for name in providers[module]} - {"wganpaint"}
    found = [Component("CPython", platform.python_version(), "PSF-2.0")]
    found += [_of_package(metadata.distribution(name)) for name in names]
    return sorted(found, key=lambda one: one.name.lower())


def _of_package(package: Distribution) -> Component:
    about = package.metadata
    said = about["License"] or ""  # a name, or a whole text
    classified = [line.rsplit(" :: ")[-1] for line in about.get_all("Classifier") or () if "License ::" in line]
    licence = about["License-Expression"] or (said if "\n" not in said else "") or ", ".join(classified)
    return Component(about["Name"], package.version, licence)


def _licences(one: dict[str, Any]) -> str:
    """Return the licences of a CycloneDX component: each is an expression, an id or a name."""
    named = [entry.get("license", entry) for entry in one.get("licenses", ())]
    texts = [entry.get("expression") or entry.get("id") or entry.get("name") or "" for entry in named]
    return ", ".join(filter(None, texts))
