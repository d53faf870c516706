"""The folder of an evaluation: one file per finished corruption, and the tables made from them.

A corruption is measured in parts of PART images, whoever measures them: what is found does not depend on the number of
processes. Each part has a file of its own until all are there.
"""

from __future__ import annotations

import base64
import io
import json
import math
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui import __version__
from wganpaint_gui.core.errors import EvaluationError, SettingsError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.measure.evaluation import (
    CORRUPTIONS,
    Corruption,
    CorruptionResult,
    Row,
    Summary,
    rows_csv,
    summarise,
    table_csv,
)
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.atomic import atomic_write, make_folder
from wganpaint_gui.core.system.file_hash import file_hash

from .held_out import HeldOut

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel

FORMAT = 1
PART = 32  # images searched as one batch
_PARTS = "parts"  # the folder of unfinished corruptions


@dataclass
class Evaluation:
    """Holds the settings of an evaluation and the corruptions finished so far, and writes its folder."""

    folder: Path
    model_path: Path
    data: HeldOut
    config: InpaintConfig
    surroundings: bool = False  # whether they are measured as well
    finished: dict[Corruption, CorruptionResult] = field(default_factory=dict)
    samples: dict[str, Any] = field(default_factory=dict)  # measurements of the model itself, see measure_samples
    identity: dict[str, Any] = field(init=False)  # what two results must share to be in one table

    def __post_init__(self) -> None:
        # Now: while a model is evaluated, its training may write a newer one to the same file.
        self.identity = _identity(self.model_path, self.data, self.config, self.surroundings)

    @property
    def files(self) -> list[Path]:
        """Return all files written, except the figures."""
        return [
            *(self.folder / f"{corruption}.json" for corruption in self._in_order()),
            *(self.folder / name for name in ("images.csv", "table.csv", "table.json")),
        ]

    def read_finished(self) -> None:
        """Read the results of an earlier run. Raises EvaluationError where they are of other input or settings."""
        for corruption in CORRUPTIONS:
            path = self.folder / f"{corruption}.json"
            if os.path.exists(path):
                self.finished[corruption] = self._read(path, len(self.data.names))

    @property
    def parts(self) -> list[range]:
        """Return the images of each part."""
        count = len(self.data.names)
        return [range(first, min(first + PART, count)) for first in range(0, count, PART)]

    def has_part(self, corruption: Corruption, part: int) -> bool:
        """Return whether an earlier run has finished a part. Raises EvaluationError as `read_finished` does."""
        path = self._part(corruption, part)
        return os.path.exists(path) and bool(self._read(path, len(self.parts[part])))

    def keep_part(self, corruption: Corruption, part: int, result: CorruptionResult, device: str) -> None:
        """Save a finished part. Raises SaveError."""
        make_folder(self.folder / _PARTS)
        self._write_record(self._part(corruption, part), corruption, result, device)

    def join(self, corruption: Corruption, device: str) -> None:
        """Save a corruption whose parts are all finished, and rewrite the tables. Raises SaveError."""
        parts = [self._read(self._part(corruption, n), len(images)) for n, images in enumerate(self.parts)]
        methods = dict.fromkeys(row.method for row in parts[0].rows)
        refined = [part.refined for part in parts if part.refined is not None]
        joined = CorruptionResult(
            tuple(row for method in methods for part in parts for row in part.rows if row.method == method),
            {method: np.concatenate([part.latents[method] for part in parts]) for method in parts[0].latents},
            np.concatenate(refined) if refined else None,
            {name: sum(part.seconds[name] for part in parts) for name in parts[0].seconds},
        )
        self._write_record(self.folder / f"{corruption}.json", corruption, joined, device)
        self.finished[corruption] = joined
        self._write("images.csv", rows_csv([row for one in self._in_order() for row in self.finished[one].rows]))
        self._write("table.csv", table_csv(self.table()))
        self._write("table.json", json.dumps(self.summary(), ensure_ascii=False, allow_nan=False, indent=1))
        for part in range(len(parts)):
            self._part(corruption, part).unlink(missing_ok=True)
        with suppress(OSError):  # other corruptions have parts in it
            (self.folder / _PARTS).rmdir()

    def measure_samples(self, model: PreparedModel) -> None:
        """Measure critic gap and SWD between samples and held-out images, as a training run does at every tick."""
        from wganpaint_gui.ml.training.examiner import MOST_HELD_OUT, Examiner

        pixels = self.data.pixels
        found = Examiner(pixels, model.latent_size, model.device).examine(model.generate, model.score)
        self.samples = {
            "images": min(len(pixels), MOST_HELD_OUT),
            "critic_gap": _finite(found.critic_gap),
            "swd": _finite(found.swd),
        }

    def model_text(self) -> str:
        """Return the model's name, and whether it has an encoder, as one line of text."""
        model = self.identity["model"]
        return f"model: {model['name']}, {'with' if model['encoder_updates'] else 'without'} encoder"

    def samples_text(self) -> str:
        """Return critic gap and SWD of the samples as one line of text."""
        gap, swd = self.samples["critic_gap"], self.samples["swd"]
        if gap is None or swd is None:
            return "samples: no held-out images to compare with"
        return (
            f"samples against {self.samples['images']} of these images: critic gap {gap:+.2f} (above 0: photos score "
            f"higher), SWD {swd:.1f} (lower is better)"
        )

    def table(self) -> list[Summary]:
        found = [self.finished[corruption] for corruption in self._in_order()]
        return [summary for one in found for summary in summarise(one.rows, one.seconds)]

    def summary(self) -> dict[str, Any]:
        """Return the contents of table.json."""
        return {
            "format": FORMAT,
            **self.identity,
            "samples": self.samples,
            "table": [summary.flat() for summary in self.table()],
        }

    def _in_order(self) -> list[Corruption]:
        return [corruption for corruption in CORRUPTIONS if corruption in self.finished]

    def _part(self, corruption: Corruption, part: int) -> Path:
        return self.folder / _PARTS / f"{corruption}-{part:05}.json"

    def _write_record(self, path: Path, corruption: Corruption, finished: CorruptionResult, device: str) -> None:
        import torch

        record = {
            "format": FORMAT,
            "program": f"wganpaint {__version__}",
            "torch": torch.__version__,
            "device": device,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            **self.identity,
            "corruption": corruption,
            "seconds": finished.seconds,
            "rows": [asdict(row) for row in finished.rows],
            "latents": {method: latents.tolist() for method, latents in finished.latents.items()},
            "refined": None if finished.refined is None else [_png(image) for image in finished.refined],
        }
        text = json.dumps(record, ensure_ascii=False, allow_nan=False)
        atomic_write(path, lambda file: file.write(text.encode()), overwrite=False)

    def _read(self, path: Path, images: int) -> CorruptionResult:
        """images: how many it must be of."""
        try:
            record = read_json(path.read_text("utf-8"))
            found = CorruptionResult(
                tuple(Row(**row) for row in record["rows"]),
                {method: np.array(latents, np.float32) for method, latents in record["latents"].items()},
                np.stack([_image(png) for png in record["refined"]]) if record.get("refined") else None,
                record["seconds"],
            )
            difference = self._difference(record)
            if not difference and not self._is_whole(found, images):
                raise ValueError("fills are missing")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, SettingsError) as error:
            raise EvaluationError(f"{path} is damaged or cannot be read.", "Delete it to measure again.") from error
        if difference:
            raise EvaluationError(
                f"{path} was measured {difference}; it cannot be continued with these arguments.",
                "Choose another folder, or use the same arguments as before.",
            )
        return found

    def _is_whole(self, found: CorruptionResult, images: int) -> bool:
        """Return whether there is a latent for each image and method, and a refined image for each image or none."""
        lengths = {len(latents) for latents in found.latents.values()}
        if found.refined is not None:
            lengths.add(len(found.refined))
        return set(found.latents) == set(self.config.methods) and lengths == {images}

    def _difference(self, record: dict[str, Any]) -> str:
        """Describe how a file's input or settings differ from this evaluation's; "" where they do not."""
        mine = self.identity
        if record["format"] != FORMAT:
            return "by another version of this program"
        if record["model"]["sha256"] != mine["model"]["sha256"]:
            return f"with another model, {record['model']['path']}"
        if record["data"]["sha256"] != mine["data"]["sha256"]:
            return f"on other images, {record['data']['images']} of {record['data']['path']}"
        if record.get("surroundings", False) != self.surroundings:
            return f"with{'out' if self.surroundings else ''} the surroundings"
        then, now = InpaintConfig.from_json(record["settings"]).to_json(), mine["settings"]
        changed = [f"{name} {then[name]} instead of {now[name]}" for name in now if then[name] != now[name]]
        return f"with {', '.join(changed)}" if changed else ""

    def _write(self, name: str, text: str) -> None:
        atomic_write(self.folder / name, lambda file: file.write(text.encode()), overwrite=True)


def _identity(model_path: Path, data: HeldOut, config: InpaintConfig, surroundings: bool) -> dict[str, Any]:
    card, model_hash = read_card(model_path), file_hash(model_path)
    model = {"name": card.name, "path": str(model_path), "sha256": model_hash, "encoder_updates": card.encoder_updates}
    return {
        "model": model,
        "data": {"path": str(data.path), "sha256": data.sha256(), "images": len(data.names)},
        "settings": config.to_json(),
        "surroundings": surroundings,
    }


def _finite(value: float | None) -> float | None:
    """Return the value, or None if it is not finite: JSON cannot represent that."""
    return value if value is not None and math.isfinite(value) else None


def _png(image: NDArray[np.uint8]) -> str:
    """Return an image [R, R, 3] as a PNG in base64."""
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def _image(png: str) -> NDArray[np.uint8]:
    """Read what `_png` returned. Raises OSError or ValueError."""
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        return np.array(image.convert("RGB"))


def has_results(folder: Path) -> bool:
    """Return whether there is anything in a folder that an evaluation can continue."""
    return os.path.isdir(folder / _PARTS) or any(os.path.isfile(folder / f"{name}.json") for name in CORRUPTIONS)
