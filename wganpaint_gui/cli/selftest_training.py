"""The training of the self-test: a tiny network, trained on generated pictures with the program's own session."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from wganpaint_gui.core.dataset import DataOptions
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.models.model_card import NetworkConfig, read_card
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_config import Stage, TrainingConfig
from wganpaint_gui.core.training.training_log import TrainingStep
from wganpaint_gui.core.training.training_request import TrainingRequest

UPDATES, MORE, OF_ENCODER = 3, 5, 2  # first, and after resuming
_PICTURES, _SIDE = 20, 32


class TrainingTest:
    """Trains in a folder, which is created if it is missing."""

    def __init__(self, folder: Path) -> None:
        self._pictures = folder / "pictures"
        config = TrainingConfig(
            network=NetworkConfig(_SIDE, width=2, latent_size=4, critic_norm="none"),
            generator_updates=UPDATES,
            batch_size=4,
        )
        self._request = TrainingRequest(
            self._pictures, folder / "run", config, DataOptions(_SIDE, "whole"), device="cpu"
        )

    def train(self) -> None:
        """Train and save. Raises WganPaintError where no checkpoint of the last update was written."""
        self._make_pictures()
        _run(self._request)
        self._check_checkpoint(UPDATES)

    def resume(self) -> None:
        """Train on from the checkpoint, then an encoder.

        Raises WganPaintError where training restarts or does not reach the end.
        """
        config = self._request.config.extended("gan", MORE).extended("encoder", OF_ENCODER)
        steps = _run(replace(self._request, config=config, resume=True))
        seen = [update for stage, update in steps if stage == "gan"]
        if not seen or seen[0] < UPDATES or seen[-1] != MORE:
            raise WganPaintError(f"Training did not resume from update {UPDATES} to {MORE}; updates seen: {seen}.")
        self._check_checkpoint(OF_ENCODER)
        if not read_card(RunFolder(self._request.folder).model_file).has_encoder:
            raise WganPaintError("The trained model has no encoder.")

    def _make_pictures(self) -> None:
        self._pictures.mkdir(parents=True)
        source = np.random.default_rng(0)
        for number in range(_PICTURES):
            corners = Image.fromarray(source.integers(0, 256, (3, 3, 3), np.uint8))
            corners.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC).save(self._pictures / f"{number}.png")

    def _check_checkpoint(self, update: int) -> None:
        found = [checkpoint.update for checkpoint in RunFolder(self._request.folder).numbered_checkpoints()]
        if not found or found[0] != update:
            raise WganPaintError(f"There is no checkpoint of update {update}; checkpoints found: {found}.")


def _run(request: TrainingRequest) -> list[tuple[Stage, int]]:
    """Run all updates of the request. Returns stage and number of the finished updates, each once, in their order."""
    from wganpaint_gui.ml.training.session import TrainingSession

    finished = []
    for step in TrainingSession(request).run():
        if isinstance(step, TrainingStep):
            finished.append((step.stage, step.update))
            if step.notice and step.tick is None:
                raise WganPaintError(step.notice)  # training would retry for ever
    return list(dict.fromkeys(finished))
