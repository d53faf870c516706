"""A frame is fitted to what the model can explain, and never away from the mask."""

from __future__ import annotations

import math
from dataclasses import replace
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
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.search.frame_judgement import judged_frame
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


# (174, 66, 96) is what the detector says; the centre of a well-framed face lies near (225, 122).
OFF = Frame(174, 64, 96)


@pytest.fixture(scope="module")
def refined(shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]) -> Frame:
    return refine_frame(shipped, portrait, mouth, OFF)


@pytest.fixture(scope="module")
def unguided(shipped_path: Path) -> PreparedModel:
    """The shipped model without its encoder."""
    return PreparedModel(replace(load_model(shipped_path, torch.device("cpu")), encoder=None), torch.device("cpu"))


def test_without_an_encoder_a_frame_off_the_face_moves_towards_it(
    unguided: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    refined = refine_frame(unguided, portrait, mouth, OFF)
    assert refined != OFF
    assert refined.y + refined.size / 2 > OFF.y + OFF.size / 2 + 2
    assert refined.box.contains(MOUTH)


@pytest.mark.parametrize("angle", [0, 5, -6])
def test_an_encoder_turns_a_frame_towards_the_face_and_moves_it_little(
    shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8], angle: float
) -> None:
    off = Frame(174, 66, 96, angle)
    judged = judged_frame(shipped, portrait, mouth, off)
    assert abs(judged.angle) <= abs(angle)
    assert math.dist(judged.centre, off.centre) < 0.06 * off.size
    assert abs(judged.size - off.size) < 0.1 * off.size


def test_what_is_under_the_mask_has_no_part_in_the_judgement(
    shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    painted = portrait.replaced(np.where(mouth[..., None] > 0, np.uint8(255), portrait.pixels))
    off = Frame(174, 66, 96, 10)
    assert judged_frame(shipped, portrait, mouth, off) == judged_frame(shipped, painted, mouth, off)


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
    shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8], refined: Frame
) -> None:
    cramped = Cramped(shipped, 5, "DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes.")
    assert refine_frame(cramped, portrait, mouth, OFF) == refined  # type: ignore[arg-type]


def test_without_room_for_a_single_trial_the_frame_stays(
    tiny: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    assert refine_frame(Cramped(tiny, 0, "not enough memory"), portrait, mouth, OFF) == OFF  # type: ignore[arg-type]


def test_other_errors_of_a_trial_are_not_taken_for_a_lack_of_memory(
    tiny: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8]
) -> None:
    broken = Cramped(tiny, 0, "shape mismatch")
    with pytest.raises(RuntimeError, match="shape mismatch"):
        refine_frame(broken, portrait, mouth, Frame(174, 64, 96))  # type: ignore[arg-type]


def test_a_trial_without_a_number_never_wins(
    shipped: PreparedModel, portrait: Photo, mouth: NDArray[np.uint8], refined: Frame
) -> None:
    class Poisoned:
        """A model without a number for one trial that would not have won."""

        def __getattr__(self, name: str) -> Any:
            return getattr(shipped, name)

        def generate(self, z: torch.Tensor) -> torch.Tensor:
            poison = torch.zeros(len(z))
            poison[0] = torch.nan  # the frame itself
            return shipped.generate(z) + poison[:, None, None, None]

        generate_in_step = generate

    assert refine_frame(Poisoned(), portrait, mouth, OFF) == refined  # type: ignore[arg-type]


def test_a_frame_outside_the_photo_is_refused(tiny: PreparedModel) -> None:
    photo = photo_from_pixels(np.zeros((40, 40, 3), np.uint8))
    with pytest.raises(FrameError):
        refine_frame(tiny, photo, np.full((40, 40), 255, np.uint8), Frame(100, 100, 20))
