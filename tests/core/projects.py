"""Projects for tests, without a search having to be made for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.core.documents import keep_fill
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels
from wganpaint_gui.core.project.project import Project, SavedFill, find_original
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.records import BestCandidates
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.search.stored_search import StoredSearch

FRAME = Frame(5, 4, 70)
KEPT, WAITING = Box(10, 12, 9, 7), Box(30, 20, 12, 11)
CONFIG = InpaintConfig(candidates=3, steps=7, seed=5, blend="none")


def noise(channels: int = 3, dtype: type = np.uint8, seed: int = 0, size: tuple[int, int] = (80, 90)) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, np.iinfo(dtype).max, (*size, channels), dtype=dtype, endpoint=True)


def edited(photo: Photo) -> Document:
    """A photo with a fill that was kept, a mask that waits, and a frame of the person's own."""
    document = Document(photo)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(KEPT, 255)
    fill = photo.pixels[KEPT.slices] ^ 1  # of any depth; the least that a fill can change
    keep_fill(document, KEPT, fill)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(WAITING, 200)
    document.set_frames([FRAME])
    return document


def found(config: InpaintConfig = CONFIG, *, side: int = 32, latent_size: int = 10, seed: int = 0) -> StoredSearch:
    random, shape = np.random.default_rng(seed), (len(config.methods), config.candidates)
    losses = random.normal(size=(7, *shape)).astype(np.float32)
    return StoredSearch(
        config=config,
        model=ModelCard("tiny", NetworkConfig(resolution=side, latent_size=latent_size)),
        best=BestCandidates(
            random.uniform(-1, 1, (*shape, latent_size)).astype(np.float32),
            losses.min(axis=0),
            losses.argmin(axis=0),
            np.ones(shape, np.bool_),
        ),
        images=random.integers(0, 256, (*shape, side, side, 3), np.uint8),
        step_losses=losses,
        suggestions=losses.min(axis=0).argmin(axis=1),
        refined=np.full(len(losses), -1),
        known_region=KnownRegionFit(0.125, turned=True),
    )


def a_project(photo: Photo | None = None, *, searched: bool = True) -> Project:
    state = edited(photo or photo_from_pixels(noise())).state_later()()
    fill = SavedFill(found(), Selection(1, 2), (Frame(0, 0, 20), FRAME), 1) if searched else None
    return Project(find_original(state), state, InpaintConfig(seed=9, steps=33), fill)


def saved(project: Project, path: Path) -> Path:
    ProjectFile(path).write(project)
    return path
