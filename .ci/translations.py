"""Bring the translations of the interface up to date with the source.

python .ci/translations.py

Writes resources/translations/wganpaint_*.ts with pyside6-lupdate and the .qm files, which the program loads, with
pyside6-lrelease. Translate what is new in the .ts files (with pyside6-linguist, or any editor), then run it again.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import cast, get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "resources" / "translations"


def update(ts: Path) -> None:
    """Add the texts of the source that a .ts file lacks, untranslated, and remove those that are gone."""
    sources = sorted((ROOT / "wganpaint_gui" / "gui").rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        marked = (f"QT_TR_NOOP({text!r})\n" for text in dict.fromkeys(table_texts()) if text)
        tables.write_text("".join(marked), "utf-8")
        # Without line numbers, so that a change of the source does not touch the file.
        options = ("-silent", "-locations", "none", "-no-obsolete", "-source-language", "en", "-ts", str(ts))
        subprocess.run(["pyside6-lupdate", *map(str, sources), str(tables), *options], check=True)


def release(ts: Path, qm: Path) -> None:
    """Write the .qm file of a .ts file."""
    subprocess.run(["pyside6-lrelease", "-silent", str(ts), "-qm", str(qm)], check=True)


def table_texts() -> Iterator[str]:
    """Yield the texts of the tables that are translated where they are shown: pyside6-lupdate finds only calls."""
    from wganpaint_gui.core.measure.evaluation import TABLE_HEAD
    from wganpaint_gui.core.models.model_card import ModelCard
    from wganpaint_gui.core.search.known_region_fit import FAIR_FIT, WORST_FIT, KnownRegionFit, Verdict
    from wganpaint_gui.core.search.settings import METHOD_NAMES, SHORT_METHOD_NAMES
    from wganpaint_gui.core.training.training_config import STAGE_NAMES
    from wganpaint_gui.gui.commands.actions import ACTIONS, MENUS
    from wganpaint_gui.gui.commands.shortcuts import GESTURES
    from wganpaint_gui.gui.fill import fill_tips
    from wganpaint_gui.gui.settings.preferences import shown_preferences
    from wganpaint_gui.gui.training.setup import training_tips

    yield from get_args(Verdict)
    for score, turned, faces in product((FAIR_FIT, WORST_FIT), (False, True), (False, True)):
        card = cast(ModelCard, SimpleNamespace(knows_faces=faces))
        yield KnownRegionFit(score, turned).reason(card)
    yield from (*MENUS, *TABLE_HEAD, *METHOD_NAMES.values(), *SHORT_METHOD_NAMES.values(), *STAGE_NAMES.values())
    for spec in ACTIONS:
        yield from (spec.text, spec.tip, spec.hint, spec.submenu)
    for tips in (fill_tips, training_tips):
        yield from _texts_of(value for name, value in vars(tips).items() if name.isupper())
    for gesture in GESTURES:
        yield from gesture
    for shown in shown_preferences().values():
        yield from (shown.section, shown.label, shown.tip, *shown.choices.values())


def _texts_of(values: Iterable[object]) -> Iterator[str]:
    """Yield the texts in constants: sentences, choices, tuples of choices, and dictionaries of sentences."""
    from wganpaint_gui.gui.widgets import Choice

    for value in values:
        if isinstance(value, str) and " " in value:
            yield value
        elif isinstance(value, Choice):
            yield from (value.text, value.tip)
        elif isinstance(value, tuple):
            yield from _texts_of(value)
        elif isinstance(value, dict):
            yield from _texts_of(value.values())


if __name__ == "__main__":
    for file in sorted(FOLDER.glob("*.ts")):
        update(file)
        release(file, file.with_suffix(".qm"))
        left = file.read_text("utf-8").count('type="unfinished"')
        print(f"{file.name}: {left} texts to translate")
