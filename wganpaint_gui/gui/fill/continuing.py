"""What a search in hand hands on to a new one that continues it: with another model, or from a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.models.model_card import told_apart
from wganpaint_gui.core.search.composed_fill import ComposedFill, FormerSearch, StoredFill
from wganpaint_gui.gui.look.translation import tr

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


def former_search(fill: ComposedFill, model: PreparedModel) -> FormerSearch:
    """Return what a search with this model takes over; raises ModelError where it cannot."""
    former, name = FormerSearch(fill.search, fill.marks), model.card.name
    size = former.latents.shape[-1]
    if size != model.latent_size:
        problem = tr("The latents of this fill have {size} numbers, those of {name} {model_size}.")
        raise ModelError(
            problem.format(size=size, name=name, model_size=model.latent_size), tr("Discard it and fill again.")
        )
    if former.marks.locked and fill.resolution != model.resolution:
        problem = tr("The locked candidates have {side} pixels a side, the images of {name} {model_side}.")
        raise ModelError(
            problem.format(side=fill.resolution, name=name, model_side=model.resolution),
            tr("Unlock them, or use the model that found them."),
        )
    return former


def other_model_notice(fill: StoredFill, model: PreparedModel) -> str:
    """Say that a project's search continues with another model; "" where it is the same."""
    if model.card == fill.search.model:
        return ""
    theirs, ours = told_apart(fill.search.model, model.card)
    return tr(
        "These candidates were found with the model {theirs}. The search continues with {ours}, "
        "to which their latents mean something else."
    ).format(theirs=theirs, ours=ours)


def still_loading() -> ModelError:
    """Return the error of a project whose search cannot continue yet."""
    return ModelError(tr("The search needs the model, which is still loading."), tr("Try in a moment."))
