"""The preferences, saved between starts in one JSON file in the user's config folder."""

from __future__ import annotations

import json
import logging
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args

from wganpaint_gui.core.edit.region import DEFAULT_TOLERANCE, MAX_TOLERANCE
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.mask import Brush, Pressure
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, InpaintConfig
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.system.file_lock import alone
from wganpaint_gui.core.system.paths import config_dir
from wganpaint_gui.gui.look.colours import MASK

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
LANGUAGES = {"system": "As the system", "en": "English", "de": "Deutsch"}  # each in its own words
MAX_RECENT = 10
LONGEST_WAIT = 10.0  # seconds for another window that is saving

Recent = tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """How a preference is shown in the dialog: by choices (value to words), a range of numbers, or else on or off."""

    section: str
    label: str
    tip: str = ""
    choices: Mapping[Any, str] = field(default_factory=dict)
    range: tuple[int, int] | None = None


def _shown(
    section: str,
    label: str,
    tip: str = "",
    *,
    choices: Mapping[Any, str] | None = None,
    limits: tuple[int, int] | None = None,
) -> dict[str, Shown]:
    """Return the metadata of a field that the dialog shows."""
    return {"shown": Shown(section, label, tip, choices or {}, limits)}


@dataclass(frozen=True)
class Preferences:
    """The preferences; every default suits the first start."""

    theme: str = field(
        default="system",
        metadata=_shown("Window", "Theme", choices={"system": "As the system", "light": "Light", "dark": "Dark"}),
    )
    language: str = field(
        default="system",
        metadata=_shown("Window", "Language", "Takes effect at the next start.", choices=LANGUAGES),
    )
    brush_diameter: float | None = None  # photo pixels; None: fitted to the photo
    brush_hardness: float = 1.0  # 0..1
    pen_pressure: Pressure = field(  # what it changes
        default="size",
        metadata=_shown(
            "Pen and magic wand",
            "Pen pressure changes",
            choices={"size": "The size", "hardness": "The hardness", "none": "Nothing"},
        ),
    )
    wand_tolerance: int = field(  # levels of 255
        default=DEFAULT_TOLERANCE,
        metadata=_shown(
            "Pen and magic wand",
            "Tolerance of the wand",
            "How far a colour may differ, in levels of 255.",
            limits=(0, MAX_TOLERANCE),
        ),
    )
    wand_contiguous: bool = field(
        default=True, metadata=_shown("Pen and magic wand", "Wand selects connected pixels only")
    )
    mask_opacity: float = field(  # 0..1
        default=0.5,
        metadata=_shown(
            "Photo",
            "Opacity of the mask",
            "How strongly the tint covers the photo.",
            choices={percent / 100: f"{percent}%" for percent in (25, 50, 75, 100)},
        ),
    )
    mask_colour: str = MASK  # #rrggbb
    pixel_grid: bool = field(default=True, metadata=_shown("Photo", "Pixel grid above 800%"))
    film_strip: bool = False  # shown below the photo
    device: str = "auto"
    model: str | None = None  # a name or a file; None: the model that comes with the program
    folder: str = ""  # of the last photo
    recent: Recent = ()
    training: str = ""  # folder of the run in progress, also if the program ended before it did
    inpaint: InpaintConfig = field(default_factory=InpaintConfig)
    shortcuts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # keys by action, where not the program's own

    @property
    def brush(self) -> Brush:
        return Brush(self.brush_diameter or Brush().diameter, self.brush_hardness)

    def with_recent(self, path: Path) -> Preferences:
        """Return a copy with `path` as the first recent photo and its folder as the one that dialogs open."""
        return replace(self, recent=_continued((str(path),), self.recent), folder=str(path.parent))


def shown_preferences() -> dict[str, Shown]:
    """Return the preferences that the dialog shows, by name, in the order of their sections."""
    schema = {spec.name: spec.metadata["shown"] for spec in fields(Preferences) if "shown" in spec.metadata}
    return dict(sorted(schema.items(), key=lambda item: item[1].section != "Window"))


def preferences_file() -> Path:
    return config_dir() / "preferences.json"


def load_preferences() -> Preferences:
    """Load the preferences; an invalid value is replaced by its default and never raises."""
    return _load() or Preferences()


def save_changes(
    preferences: Preferences, since: Preferences, *, give_up: Callable[[], float] = lambda: math.inf
) -> Preferences:
    """Save what differs from `since`, which was loaded or saved last; other values stay as another window saved them.

    Waits while another window saves, until time.monotonic() reaches give_up(), but for ten seconds at most; do not call
    it in the GUI thread. Returns the preferences to pass as `since` next time.
    """
    end = time.monotonic() + LONGEST_WAIT
    with alone(preferences_file().with_suffix(".lock"), lambda: min(end, give_up())):
        theirs = _load()
        saved = save_preferences(preferences if theirs is None else _merged(preferences, since, theirs))
    return preferences if saved else since


def save_preferences(preferences: Preferences) -> bool:
    """Save atomically and return whether it worked. Errors are only logged: losing settings must not stop anybody."""
    values = {**asdict(preferences), "inpaint": preferences.inpaint.to_json()}
    data = json.dumps(values, indent=2).encode()
    try:
        preferences_file().parent.mkdir(parents=True, exist_ok=True)
        atomic_write(preferences_file(), lambda file: file.write(data), overwrite=True)
    except (OSError, WganPaintError) as error:
        log.warning("%s cannot be saved: %s", preferences_file(), error)
        return False
    return True


def _load() -> Preferences | None:
    """Load the file; return None if it does not exist or cannot be read."""
    try:
        saved = read_json(preferences_file().read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read: %s", preferences_file(), error)
        return None
    return _from_json(saved) if isinstance(saved, dict) else None


def _merged(ours: Preferences, since: Preferences, theirs: Preferences) -> Preferences:
    """Return their preferences with our changes."""
    names = [spec.name for spec in fields(Preferences)]
    changed = {name: getattr(ours, name) for name in names if getattr(ours, name) != getattr(since, name)}
    if "recent" in changed:
        changed["recent"] = _merged_recent(ours.recent, since.recent, theirs.recent)
    if changed.get("training") == "" and theirs.training != since.training:
        del changed["training"]  # our run has ended; theirs is another one
    return replace(theirs, **changed)


def _merged_recent(ours: Recent, since: Recent, theirs: Recent) -> Recent:
    """Return the photos opened here, then theirs, because the true order is unknown."""
    opened = next((ours[:count] for count in range(len(ours)) if _continued(ours[:count], since) == ours), ours)
    return _continued(opened, theirs)


def _continued(first: Recent, others: Recent) -> Recent:
    return (*first, *(path for path in others if path not in first))[:MAX_RECENT]


def _from_json(saved: dict[str, Any]) -> Preferences:
    result = Preferences()
    for name in {spec.name for spec in fields(Preferences)} & saved.keys():
        try:
            result = replace(result, **{name: _converted(name, saved[name])})
        except (TypeError, ValueError, WganPaintError):
            log.warning("Preference %s has the unusable value %r; its default is used", name, saved[name])
    return result


def _with_start(saved: dict[str, Any]) -> dict[str, Any]:
    """Complete settings that were saved before there were a start and a refinement to choose."""
    new = InpaintConfig()
    untouched = saved.get("steps") == DEFAULT_STEPS["random"]
    return {**saved, "start": new.start, "refine": new.refine, **({"steps": new.steps} if untouched else {})}


def _converted(name: str, value: Any) -> Any:
    match name:
        case "theme":
            return THEMES[THEMES.index(value)]
        case "language":
            return list(LANGUAGES)[list(LANGUAGES).index(value)]
        case "inpaint":
            return InpaintConfig.from_json(value if "start" in value else _with_start(value))
        case "brush_diameter":
            return None if value is None else min(2000.0, max(1.0, float(value)))
        case "brush_hardness" | "mask_opacity":
            return min(1.0, max(0.0, float(value)))
        case "mask_colour":
            return value if re.fullmatch("#[0-9a-f]{6}", value) else MASK
        case "pen_pressure":
            return get_args(Pressure)[get_args(Pressure).index(value)]
        case "wand_tolerance":
            return min(MAX_TOLERANCE, max(0, int(value)))
        case "wand_contiguous" | "pixel_grid" | "film_strip":
            return bool(value)
        case "recent":
            return tuple(str(path) for path in value)[:MAX_RECENT]
        case "shortcuts":
            return {str(name): tuple(str(key) for key in keys) for name, keys in dict(value).items()}
        case "model":
            return None if value is None else str(value)
        case _:
            return str(value)
