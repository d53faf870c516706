"""A frame is fitted to what the model can explain, and never away from the mask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from tests.ml.conftest import Cramped
from wganpaint_gui.core.errors import FrameError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo, load_photo, photo_from_pixels
from wganpaint_gui.ml.search.frame_refinement import refine_frame
from wganpaint_gui.ml.search.prepared_model import PreparedModel

MOUTH = Box(192, 126, 58, 34)


@pytest.fixture(scope="module")
def portrait() -> Photo:
    return load_photo(Path(__file__).parents[3] / "resources" / "sample-portrait.png")


@pytest.fixture(scope="module")
def mouth() -> NDArray[np.uint8]:
    mask = np.zeros((512, 512), np.uint8)
    mask[MOUTH.slices] = 255
    return mask


def test_a_frame_off_the_face_moves_towards_it(
    shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    # (174, 66, 96) is what the detector says; the centre of a well-framed face lies near (225, 122).
    off = Frame(174, 64, 96)
    refined = refine_frame(shipped, portrait, mouth, off)
    assert refined != off
    assert refined.y + refined.size / 2 > off.y + off.size / 2 + 2
    assert refined.box.contains(MOUTH)


def test_a_trial_never_loses_a_masked_pixel(tiny: PreparedModel) -> None:
    photo = photo_from_pixels(np.random.default_rng(0).integers(0, 256, (100, 100, 3), np.uint8))
    mask = np.zeros((100, 100), np.uint8)
    mask[21:24, 21:79] = 255  # from edge to edge of the frame
    refined = refine_frame(tiny, photo, mask, Frame(20, 20, 60))
    assert refined.box.contains(Box(21, 21, 58, 3))


def test_a_frame_that_fills_the_photo_stays_inside_it(tiny: PreparedModel) -> None:
    photo = photo_from_pixels(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
    mask = np.zeros((64, 64), np.uint8)
    mask[30:34, 30:34] = 255
    refined = refine_frame(tiny, photo, mask, Frame(0, 0, 64))
    assert photo.box.contains(refined.box)


def test_what_is_under_the_mask_does_not_move_the_frame(tiny: PreparedModel) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (80, 80, 3), np.uint8)
    mask = np.zeros((80, 80), np.uint8)
    mask[30:50, 30:50] = 255
    painted = np.where(mask[..., None] > 0, np.uint8(255), pixels)
    frames = [refine_frame(tiny, photo_from_pixels(p), mask, Frame(10, 10, 60)) for p in (pixels, painted)]
    assert frames[0] == frames[1]


def test_it_stops_when_told(tiny: PreparedModel) -> None:
    photo = photo_from_pixels(np.full((80, 80, 3), 90, np.uint8))
    mask = np.zeros((80, 80), np.uint8)
    mask[30:50, 30:50] = 255
    asked = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) == 2

    assert refine_frame(tiny, photo, mask, Frame(10, 10, 60), stopped=stopped).size > 0
    assert len(asked) == 2


def test_less_memory_means_fewer_trials_at_once_and_the_same_frame(
    shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    off = Frame(174, 64, 96)
    cramped = Cramped(shipped, 5, "DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes.")
    assert refine_frame(cramped, portrait, mouth, off) == refine_frame(shipped, portrait, mouth, off)  # type: ignore[arg-type]


def test_without_room_for_a_single_trial_the_frame_stays(
    tiny: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    off = Frame(174, 64, 96)
    assert refine_frame(Cramped(tiny, 0, "not enough memory"), portrait, mouth, off) == off  # type: ignore[arg-type]


def test_other_errors_of_a_trial_are_not_taken_for_a_lack_of_memory(
    tiny: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    broken = Cramped(tiny, 0, "shape mismatch")
    with pytest.raises(RuntimeError, match="shape mismatch"):
        refine_frame(broken, portrait, mouth, Frame(174, 64, 96))  # type: ignore[arg-type]


def test_a_trial_without_a_number_never_wins(shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]) -> None:
    class Poisoned:
        """A model without a number for one trial that would not have won."""

        def __getattr__(self, name: str) -> Any:
            return getattr(shipped, name)

        def generate(self, z: torch.Tensor) -> torch.Tensor:
            poison = torch.zeros(len(z))
            poison[0] = torch.nan  # the frame itself
            return shipped.generate(z) + poison[:, None, None, None]

    off = Frame(174, 64, 96)
    refined = refine_frame(Poisoned(), portrait, mouth, off)  # type: ignore[arg-type]
    assert refined == refine_frame(shipped, portrait, mouth, off) != off


def test_a_frame_outside_the_photo_is_refused(tiny: PreparedModel) -> None:
    photo = photo_from_pixels(np.zeros((40, 40, 3), np.uint8))
    with pytest.raises(FrameError):
        refine_frame(tiny, photo, np.full((40, 40), 255, np.uint8), Frame(100, 100, 20))
