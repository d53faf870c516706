"""What the program remembers between two starts: one JSON file in the user's config folder."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ..core.atomic import atomic_write
from ..core.config import InpaintConfig
from ..core.errors import WganPaintError
from ..core.mask import Brush
from ..core.paths import config_dir

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
MAX_RECENT = 10


@dataclass(frozen=True)
class Preferences:
    """Every field has a default that suits a first start."""

    theme: str = "system"
    brush_diameter: float = 40.0  # photo pixels
    brush_hardness: float = 1.0  # 0..1
    mask_opacity: float = 0.5  # 0..1
    device: str = "auto"
    model: str | None = None  # a name or a file; None: the model that comes with the program
    folder: str = ""  # of the last photo
    recent: tuple[str, ...] = ()
    training: str = ""  # the folder of a run that is under way, or was when the program ended
    inpaint: InpaintConfig = field(default_factory=InpaintConfig)

    @property
    def brush(self) -> Brush:
        return Brush(self.brush_diameter, self.brush_hardness)

    def with_recent(self, path: Path) -> Preferences:
        """`path` becomes the first of the recent photos, and its folder the one dialogs open."""
        others = [known for known in self.recent if known != str(path)]
        return replace(self, recent=(str(path), *others)[:MAX_RECENT], folder=str(path.parent))


def preferences_file() -> Path:
    return config_dir() / "preferences.json"


def load_preferences() -> Preferences:
    """What was saved; a value that makes no sense any more is replaced by its default, never an error."""
    try:
        saved = json.loads(preferences_file().read_text("utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read, starting with defaults: %s", preferences_file(), error)
        return Preferences()
    return _from_json(saved if isinstance(saved, dict) else {})


def save_preferences(preferences: Preferences) -> None:
    """Atomic. A folder that cannot be written is logged, not raised: losing settings must not stop a person."""
    values = {**asdict(preferences), "inpaint": preferences.inpaint.to_json()}
    data = json.dumps(values, indent=2).encode()
    try:
        preferences_file().parent.mkdir(parents=True, exist_ok=True)
        atomic_write(preferences_file(), lambda file: file.write(data), overwrite=True)
    except (OSError, WganPaintError) as error:
        log.warning("%s cannot be saved: %s", preferences_file(), error)


def _from_json(saved: dict[str, Any]) -> Preferences:
    result = Preferences()
    for spec in fields(Preferences):
        if spec.name in saved and _fits(spec.name, saved[spec.name]):
            result = replace(result, **{spec.name: _converted(spec.name, saved[spec.name])})
    return result


def _fits(name: str, value: object) -> bool:
    try:
        _converted(name, value)
    except (TypeError, ValueError, WganPaintError):
        log.warning("Preference %s has the unusable value %r; its default is used", name, value)
        return False
    return True


def _converted(name: str, value: Any) -> Any:
    match name:
        case "theme":
            return THEMES[THEMES.index(value)]
        case "inpaint":
            return InpaintConfig.from_json(value)
        case "brush_diameter":
            return min(2000.0, max(1.0, float(value)))
        case "brush_hardness" | "mask_opacity":
            return min(1.0, max(0.0, float(value)))
        case "recent":
            return tuple(str(path) for path in value)[:MAX_RECENT]
        case "model":
            return None if value is None else str(value)
        case _:
            return str(value)
