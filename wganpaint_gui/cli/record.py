"""The record of a run: everything needed to repeat it, as JSON."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from .. import __version__
from ..core.atomic import atomic_write
from ..core.config import InpaintConfig

if TYPE_CHECKING:
    from ..ml.fill import Fill
    from .engine import Engine
    from .filling import MethodResult, Ready

FORMAT = 1


def write_record(path: Path, record: dict[str, Any], *, overwrite: bool) -> None:
    """Raises SaveError."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)
    atomic_write(path, lambda file: file.write(text.encode()), overwrite=overwrite)


def make_record(
    ready: Ready, engine: Engine, config: InpaintConfig, fills: Sequence[Fill], results: Sequence[MethodResult]
) -> dict[str, Any]:
    """What `fill_item` did with one photo. Each frame filled again with the same files and settings gives the same.

    The mask's hash is that of its bytes, row by row. M methods, K candidates, T steps, Z the latent size.
    """
    import torch

    from ..ml.device import describe
    from ..ml.model_file import model_hash

    return {
        "format": FORMAT,
        "program": f"wganpaint {__version__}",
        "torch": torch.__version__,
        "device": describe(engine.model.device),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "photo": {"path": str(ready.item.photo), "sha256": _file_hash(ready.item.photo)},
        "mask": {"source": ready.item.mask, "sha256": hashlib.sha256(ready.mask.tobytes()).hexdigest()},
        "model": {"name": engine.model.card.name, "path": str(engine.path), "sha256": model_hash(engine.path)},
        "settings": config.to_json(),
        "outputs": {result.method: str(result.output) for result in results},
        "frames": [_frame_record(fill) for fill in fills],
    }


def _frame_record(fill: Fill) -> dict[str, Any]:
    search = fill.search
    return {
        "frame": [fill.frame.x, fill.frame.y, fill.frame.size],
        "best_losses": _numbers(search.best_losses),  # [M, K]
        "best_steps": _numbers(search.best_steps),  # [M, K]
        "best_latents": _numbers(search.best_latents),  # [M, K, Z]
        "losses": _numbers(search.log.losses),  # [T, M, K]
    }


def _numbers(values: NDArray[Any]) -> Any:
    """Nested lists. A float32 survives the way through JSON unchanged; what JSON cannot say becomes null."""
    return _plain(values.tolist())


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
