"""A model that is ready to search with, and its file; torch is imported only by whoever loads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


@dataclass(frozen=True)
class LoadedModel:
    """Holds a model that is ready to search with, and its file."""

    path: Path
    model: PreparedModel
