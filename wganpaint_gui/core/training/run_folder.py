"""The folder of one training run: which file is where, and the list of the editor's runs.

config.json        settings and data; written once, replaced when a run is extended
metrics.jsonl      one line an update, one line a tick
samples/           STAGE-UPDATE.png, a grid from the same latents each time
checkpoints/       STAGE-UPDATE.safetensors, everything needed to resume, settings included; best.safetensors
model.safetensors  the newest model, as the editor loads it; model-best.safetensors the best one
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wganpaint_gui.core.errors import ModelError, SettingsError, TrainingError
from wganpaint_gui.core.file_names import RUN_BEST_MODEL, RUN_MODEL, RUN_SETTINGS
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.models.safetensors_header import read_metadata
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.core.system.paths import entries
from wganpaint_gui.core.wording import quoted

from .training_config import STAGES, Stage, TrainingConfig

CHECKPOINT_KEY = "wganpaint_checkpoint"  # in the metadata of a checkpoint: its progress and settings

_NUMBERED = re.compile(rf"({'|'.join(STAGES)})-(\d+)")
_FORBIDDEN = '<>:"/\\|?*'  # in names, on one system or another
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows reserves these


@dataclass(frozen=True)
class DataDescription:
    """The images a run is trained on."""

    source: str  # folder or zip
    name: str  # for the model card
    framing: str
    held_out: int  # images kept aside
    images: int  # trained on
    key: str  # of the decoded images: content, framing and resolution
    licence: str = ""


@dataclass(frozen=True)
class RunSettings:
    """What config.json holds."""

    config: TrainingConfig
    data: DataDescription
    base_model: str | None = None  # the model file that training began with; None = from noise
    base_card: ModelCard | None = None  # its card; the file may be gone when the run is resumed

    def to_json(self) -> dict[str, Any]:
        card = self.base_card.to_json() if self.base_card else None
        return {
            "config": self.config.to_json(),
            "data": asdict(self.data),
            "base_model": self.base_model,
            "base_card": card,
        }

    @classmethod
    def from_json(cls, values: Any) -> RunSettings:
        """Rebuild from `to_json`. Raises SettingsError where something is missing or invalid."""
        try:
            config = TrainingConfig.from_json(values["config"])
            card = values.get("base_card")
            base_card = None if card is None else ModelCard.from_json(card)
            return cls(config, DataDescription(**values["data"]), values.get("base_model"), base_card)
        except (TypeError, KeyError, ModelError) as error:
            raise SettingsError("The settings of the run are damaged.") from error


@dataclass(frozen=True)
class Numbered:
    """A file named by its update: a checkpoint or a sample grid."""

    path: Path
    stage: Stage
    update: int


class RunFolder:
    """Names and reads the files of a run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings_file = path / RUN_SETTINGS
        self.metrics_file = path / "metrics.jsonl"
        self.samples = path / "samples"
        self.checkpoints = path / "checkpoints"
        self.best_checkpoint = self.checkpoints / "best.safetensors"
        self.model_file = path / RUN_MODEL
        self.best_model_file = path / RUN_BEST_MODEL

    @property
    def name(self) -> str:
        return self.path.name

    def check_free(self) -> None:
        """Check that a new run may use the folder.

        Raises TrainingError where it is not empty, since a new run never overwrites anything, or cannot be created.
        """
        place = next(one for one in (self.path.absolute(), *self.path.absolute().parents) if os.path.exists(one))
        if not os.path.isdir(place):
            raise TrainingError(f"The run cannot be saved in {self.path}: {place} is a file.", "Choose a folder.")
        if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
            raise TrainingError(
                f"The run folder {self.path} cannot be created: no permission for {place}.", "Choose another place."
            )
        if os.path.isdir(self.path) and any(self.path.iterdir()):
            raise TrainingError(
                f"The folder {self.path} is not empty, and a new run never overwrites anything.",
                "Choose another name, or resume the run that is there (--resume).",
            )

    def create(self, settings: RunSettings) -> None:
        """Create the folder and write its settings. Raises TrainingError where it is not empty or cannot be created."""
        self.check_free()
        try:
            self.samples.mkdir(parents=True)
            self.checkpoints.mkdir()
        except OSError as error:
            raise TrainingError(
                f"The run folder {self.path} cannot be created: {error.strerror or error}.", "Choose another place."
            ) from error
        self.write_settings(settings)

    def write_settings(self, settings: RunSettings) -> None:
        text = json.dumps(settings.to_json(), indent=2, ensure_ascii=False)
        data = text.encode(errors="backslashreplace")  # a folder's name need not be valid text
        atomic_write(self.settings_file, lambda file: file.write(data), overwrite=True)

    def read_settings(self) -> RunSettings:
        """Read config.json or, where that is gone or damaged, the settings in the newest checkpoint that has them.

        Raises TrainingError where there is no run in the folder or neither can be read.
        """
        try:
            return RunSettings.from_json(read_json(self.settings_file.read_text("utf-8")))
        except (OSError, ValueError, SettingsError) as error:
            recorded = self.recorded_settings()
            if recorded is not None:
                return recorded
            if isinstance(error, FileNotFoundError):
                raise TrainingError(
                    f"There is no training run in {self.path}: it has no config.json.", "Check the path."
                ) from error
            raise TrainingError(
                f"The settings of the run, {self.settings_file}, are damaged or cannot be read, and no checkpoint has "
                "them.",
                "Its model.safetensors can still be used.",
            ) from error

    def recorded_settings(self) -> RunSettings | None:
        """Read the settings in the newest checkpoint that has them; None where none has."""
        for checkpoint in self.numbered_checkpoints():
            with contextlib.suppress(ModelError, ValueError, KeyError, TypeError, SettingsError):
                return RunSettings.from_json(read_json(read_metadata(checkpoint.path)[CHECKPOINT_KEY])["settings"])
        return None

    def numbered_checkpoints(self) -> list[Numbered]:
        """List the checkpoints, the newest first."""
        return list(reversed(_numbered(self.checkpoints, ".safetensors")))

    def grids(self) -> list[Numbered]:
        """List the sample grids, the oldest first."""
        return _numbered(self.samples, ".png")

    def checkpoint_path(self, stage: Stage, update: int) -> Path:
        return self.checkpoints / f"{stage}-{update:08d}.safetensors"

    def grid_path(self, stage: Stage, update: int) -> Path:
        return self.samples / f"{stage}-{update:08d}.png"

    @contextlib.contextmanager
    def locked(self, *, only_if: bool = True) -> Iterator[None]:
        """Hold the run's lock inside. Raises TrainingError where another process trains in this folder.

        The lock of a killed process is gone with it.
        """
        if not only_if:
            yield
            return
        with FileLock(self.path / ".lock") as lock:
            try:
                held = lock.acquire()
            except OSError as error:
                raise TrainingError(
                    f"Nothing can be written to the run folder {self.path}: {error.strerror}.",
                    "Give yourself permission to write there, or choose another folder.",
                ) from error
            if not held:
                raise TrainingError(f"The run in {self.path} is under way in another program.", "Stop it there first.")
            yield


def list_runs(root: Path) -> list[RunFolder]:
    """List the runs in a folder, the one changed last first."""
    folders = [RunFolder(path) for path in entries(root) if os.path.isdir(path)]
    found = [folder for folder in folders if os.path.isfile(folder.settings_file)]
    return sorted(found, key=lambda folder: _last_change(folder.path), reverse=True)


def rename_run(folder: RunFolder, name: str) -> RunFolder:
    """Rename a run's folder. Raises TrainingError where the name is taken or invalid, or the run is under way."""
    target = folder.path.with_name(checked_name(name))
    if os.path.exists(target):
        raise TrainingError(f"A run named {target.name} already exists.", "Choose another name.")
    with folder.locked():
        pass  # not held: Windows renames no folder with an open file in it
    try:
        folder.path.rename(target)
    except OSError as error:
        raise TrainingError(f"{folder.path} cannot be renamed: {error.strerror}.") from error
    return RunFolder(target)


def delete_run(folder: RunFolder) -> None:
    """Delete everything of a run, checkpoints and model included. Raises TrainingError where it is under way."""
    with folder.locked():
        pass
    try:
        shutil.rmtree(folder.path)
    except OSError as error:
        raise TrainingError(f"{folder.path} cannot be deleted: {error.strerror}.") from error


def checked_name(name: str) -> str:
    """Return the name without spaces around it. Raises TrainingError where some system allows no such folder."""
    name = name.strip()
    unfit = not name or name[0] == "." or name[-1] == "." or _DEVICES.fullmatch(name)
    if unfit or any(sign in _FORBIDDEN or ord(sign) < 32 for sign in name):
        raise TrainingError(
            f"{quoted(name)} cannot be the name of a run.",
            "Use letters, digits, spaces and dashes; no / \\ : * ? < > |.",
        )
    return name


def _numbered(folder: Path, suffix: str) -> list[Numbered]:
    """List files by stage and update, the oldest first."""
    found = []
    for path in folder.glob(f"*{suffix}") if os.path.isdir(folder) else ():
        match = _NUMBERED.fullmatch(path.stem)
        if match:
            stage = next(stage for stage in STAGES if stage == match[1])
            found.append(Numbered(path, stage, int(match[2])))
    return sorted(found, key=lambda one: (STAGES.index(one.stage), one.update))


def _last_change(path: Path) -> float:
    newest = 0.0
    for file in entries(path):
        with contextlib.suppress(OSError):  # files come and go while a run is under way
            newest = max(newest, file.stat().st_mtime)
    return newest
