"""The lines of a model's card, as the model panel shows them."""

from __future__ import annotations

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard

_FACES = "Faces, eyes at 30% and mouth at 70% of the height"
_RECIPES = {"gp": "WGAN-GP", "paper": "Paper"}
Line = tuple[str, str, str]  # name, value and tooltip


def summary_lines(card: ModelCard | None) -> list[Line]:
    """Return what everybody should know about a model, without empty lines."""
    if card is None:
        return []
    data = f"{card.dataset} ({counted(card.dataset_size, 'image')})" if card.dataset_size else card.dataset
    side = card.network.resolution
    return _filled(
        ("Trained on", data, "Training data; the model can only generate similar images."),
        ("Licence", card.licence, "Terms for using the model."),
        ("Resolution", f"{side} × {side} px", "Resolution of the model, to which the frame is scaled."),
        (
            "Framing",
            _FACES if card.framing == FACE_FRAMING else card.framing,
            "Framing of the training images; the frame in your photo should match it.",
        ),
    )


def detail_lines(card: ModelCard | None) -> list[Line]:
    """Return how a model was trained, for people who train models."""
    if card is None:
        return []
    updates = f"{card.updates:,}" + (f" + {card.aware_updates:,} search-aware" if card.aware_updates else "")
    counted = "Updates of the generator, plus those of the critic in the search-aware stage."
    width = f"{card.network.width} channels"
    encoder = f"{card.encoder_updates:,} updates" if card.has_encoder else "none"
    return _filled(
        ("Recipe", _RECIPES.get(card.preset, card.preset), "Recipe with which the model was trained."),
        ("Updates", updates if card.updates else "", counted),
        ("Encoder", encoder, "Guesses from the known pixels where a search begins; without one, it begins at random."),
        ("Width", width, "Channels of the layer next to the image; wider networks can learn more detail."),
        ("Created", card.created, "Date on which the training ended."),
        ("Notes", card.notes, "Notes by whoever trained the model."),
    )


def _filled(*lines: Line) -> list[Line]:
    return [line for line in lines if line[1]]
