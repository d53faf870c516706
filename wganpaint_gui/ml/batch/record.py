"""The record of a run: everything needed to repeat it, as JSON."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui import __version__
from wganpaint_gui.core.search.settings import SURROUNDINGS, InpaintConfig
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.system.file_hash import file_hash

from .fill_request import PreparedPhoto
from .filled_photo import MethodResult
from .frame_filler import MethodFill
from .loaded_model import LoadedModel

FORMAT = 1


def write_record(path: Path, record: dict[str, Any], *, overwrite: bool) -> None:
    """Write the record as JSON. Raises SaveError."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)
    # A file name that is not valid text becomes its JSON escape.
    data = text.encode(errors="backslashreplace")
    atomic_write(path, lambda file: file.write(data), overwrite=overwrite)


def make_record(
    prepared: PreparedPhoto,
    loaded: LoadedModel | None,
    config: InpaintConfig | None,
    fills: Sequence[Sequence[MethodFill]],
    results: Sequence[MethodResult],
) -> dict[str, Any]:
    """Describe what `fill_photo` did with one photo. fills: for each frame one per method.

    The frames filled again in this order, with the same files and settings, give the same pixels: each is searched in
    the photo as the frames before it left it, for what they left of the mask. The mask's hash is that of its bytes,
    row by row.
    """
    return {
        "format": FORMAT,
        "program": f"wganpaint {__version__}",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "photo": {"path": str(prepared.request.photo), "sha256": file_hash(prepared.request.photo)},
        "mask": {"source": prepared.request.mask, "sha256": hashlib.sha256(prepared.mask.tobytes()).hexdigest()},
        **({} if loaded is None else _model_record(loaded)),
        "settings": None if config is None else config.to_json(),
        "outputs": {result.method: str(result.output) for result in results},
        "frames": [_frame_record(found) for found in fills],
        "surroundings": next((_surroundings_record(one) for one in results if one.method == SURROUNDINGS), None),
    }


def _model_record(loaded: LoadedModel) -> dict[str, Any]:
    import torch

    from wganpaint_gui.ml.device import describe

    return {
        "torch": torch.__version__,
        "device": describe(loaded.model.device),
        "step_precision": loaded.model.step_precision,
        "model": {"name": loaded.model.card.name, "path": str(loaded.path), "sha256": file_hash(loaded.path)},
    }


def _surroundings_record(result: MethodResult) -> dict[str, Any]:
    """Describe a fill from the surroundings: it has no settings, so photo, mask and these versions determine it."""
    import cv2
    import scipy
    import skimage

    versions = {
        "opencv": cv2.__version__,
        "scikit-image": skimage.__version__,  # type: ignore[attr-defined]
        "scipy": scipy.__version__,
    }
    return {"ways": list(result.ways), "libraries": versions}


def _frame_record(found: Sequence[MethodFill]) -> dict[str, Any]:
    """Describe one frame. M methods, K candidates, T steps of the search, Z the latent size.

    A refined candidate's loss and step are those of its refinement, its latent the one where that began.
    """
    frame, steps = found[0].frame, found[0].fill.config.steps
    return {
        "frame": frame.numbers,
        "known_region_fit": found[0].fill.search.fit().to_json(),
        # Methods that shared a batch: that determines the last bit of every number.
        "batches": [list(methods) for methods in dict.fromkeys(one.fill.config.methods for one in found)],
        "best_losses": _numbers(np.stack([one.best_losses for one in found])),  # [M, K]
        "best_steps": _numbers(np.stack([one.best_steps for one in found])),  # [M, K]
        "best_latents": _numbers(np.stack([one.best_latents for one in found])),  # [M, K, Z]
        "losses": _numbers(np.stack([one.losses[:steps] for one in found], axis=1)),  # [T, M, K]
        "refinement": next((_refinement_record(one) for one in found if len(one.refined_steps)), None),
    }


def _refinement_record(one: MethodFill) -> dict[str, Any]:
    """Describe the refinement of one candidate. Steps are counted from 0, from the start of the search."""
    steps, candidate = one.refined_steps, one.winner
    return {
        "method": one.method,
        "candidate": candidate,  # 0-based
        "first_step": int(steps[0]),
        "best_step": int(one.best_steps[candidate]),
        "losses": _numbers(one.losses[steps, candidate]),  # of each of its steps
    }


def _numbers(values: NDArray[Any]) -> Any:
    """Return nested lists. JSON keeps a float32 exactly; values that are not finite become null."""
    return _plain(values.tolist())


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
