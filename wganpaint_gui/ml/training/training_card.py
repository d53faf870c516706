"""The card of a model in training."""

from __future__ import annotations

from datetime import date

from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard
from wganpaint_gui.core.training.run_folder import RunSettings

from .checkpoint import Progress

_WHOLE_FRAMING = "as in the pictures it was trained on: their largest centred square"
_FACES = ("faces", "celeba", "aligned")  # framings that put eyes and mouth where the face model has them


def training_card(name: str, settings: RunSettings, progress: Progress, base: ModelCard | None) -> ModelCard:
    """Describe the model as it is now. base: card of the model that the run began with; its updates count."""
    config, data = settings.config, settings.data
    return ModelCard(
        name=name,
        network=config.network,
        preset=base.preset if base and not progress.generator_updates else config.preset,
        updates=progress.generator_updates + (base.updates if base else 0),
        aware_updates=progress.aware_updates + (base.aware_updates if base else 0),
        images_seen=progress.images_seen + (base.images_seen if base else 0),
        dataset=data.name,
        dataset_size=data.images,
        framing=FACE_FRAMING if data.framing in _FACES else _WHOLE_FRAMING,
        licence=data.licence or (base.licence if base else ""),
        created=date.today().isoformat(),
        notes=f"Continued from {base.name}." if base else "",
    )
