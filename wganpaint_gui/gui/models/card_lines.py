"""A model's card in words."""

from __future__ import annotations

from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard

_FACES = "Faces, eyes at 30 % and mouth at 70 % of the height"
_PRESETS = {"gp": "WGAN-GP", "paper": "Paper"}
Line = tuple[str, str, str]  # of the card: name, value and tooltip


def summary_lines(card: ModelCard | None) -> list[Line]:
    """What everybody should know of a model; what the card leaves empty is left out."""
    if card is None:
        return []
    data = f"{card.dataset} ({card.dataset_size:,} images)" if card.dataset_size else card.dataset
    side = card.network.resolution
    return _filled(
        ("Trained on", data, "The images it has learnt from; it can only draw what is like them."),
        ("Licence", card.licence, "What may be done with the model."),
        ("Sees", f"{side} × {side} px", "The frame is shrunk to so many model pixels."),
        (
            "Framing",
            _FACES if card.framing == FACE_FRAMING else card.framing,
            "How things must lie in the frame to be known to the model.",
        ),
    )


def detail_lines(card: ModelCard | None) -> list[Line]:
    """What people who train models ask next."""
    if card is None:
        return []
    updates = f"{card.updates:,}" + (f", then {card.aware_updates:,} of the critic" if card.aware_updates else "")
    counted = "Of the generator; then of the critic, against the search's fills."
    width = f"{card.network.width} channels"
    return _filled(
        ("Preset", _PRESETS.get(card.preset, card.preset), "The training recipe."),
        ("Updates", updates if card.updates else "", counted),
        ("Width", width, "Channels of the layer next to the image; more can draw more."),
        ("Created", card.created, "The day its training ended."),
        ("Notes", card.notes, "By who trained it."),
    )


def _filled(*lines: Line) -> list[Line]:
    return [line for line in lines if line[1]]
