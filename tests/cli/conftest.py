"""What the command line tests share: a tiny model, a small photo with a mask, and a way to run a command."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from wganpaint_gui.cli import main

WIDTH, HEIGHT = 90, 70


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        """The lines on stderr; a traceback is never for a person."""
        assert "Traceback" not in self.err
        return self.err.splitlines()


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights in the smallest shape there is: quick, and any fill will do where the fill is not the subject.

    It claims to know more than faces, for the photos of these tests show none.
    """
    return _random_model(tmp_path_factory.mktemp("models") / "tiny.safetensors", encoder_updates=0)


@pytest.fixture(scope="session")
def guessing_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with an encoder, of random weights too."""
    return _random_model(tmp_path_factory.mktemp("models") / "guessing.safetensors", encoder_updates=3)


@pytest.fixture(scope="session")
def blind_model(guessing_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose guess is never a number."""
    import torch

    from wganpaint_gui.ml.model_file import load_model, save_model

    path, model = (
        tmp_path_factory.mktemp("models") / "blind.safetensors",
        load_model(guessing_model, torch.device("cpu")),
    )
    assert model.encoder is not None
    model.encoder.state_dict()["norm2.running_var"].fill_(-1)  # finite, but its root is not a number
    save_model(model, path)
    return path


def _random_model(path: Path, encoder_updates: int) -> Path:
    import torch

    from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
    from wganpaint_gui.ml.model_file import new_model, save_model

    torch.manual_seed(0)
    network = NetworkConfig(resolution=32, width=4, latent_size=8, critic_norm="none")
    card = ModelCard(name=path.stem, network=network, framing="squares", encoder_updates=encoder_updates)
    save_model(new_model(card), path)
    return path


@pytest.fixture
def wganpaint(capsys: pytest.CaptureFixture[str], quick_framing: None) -> Run:
    """Run a command through main() and return its code and what it printed."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def inpaint(wganpaint: Run, tiny_model: Path) -> Run:
    """`wganpaint inpaint` with the tiny model and few steps from random latents; later arguments win."""

    def run(*arguments: object) -> Ran:
        few = ("--start", "random", "--steps", 3, "--refine", 0, "--restarts", 2)
        return wganpaint("inpaint", "--model", tiny_model, *few, "--device", "cpu", *arguments)

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small photo with detail everywhere, so that any changed pixel is seen."""
    return write_photo(tmp_path / "photo.png")


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    """Two rectangles of the photo, one of them soft at its edge."""
    return write_mask(tmp_path / "mask.png")


def write_photo(path: Path, seed: int = 0, channels: int = 3, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Path:
    shape = (size[1], size[0], channels) if channels > 1 else (size[1], size[0])
    pixels = np.random.default_rng(seed).integers(0, 256, shape, np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def write_mask(
    path: Path, size: tuple[int, int] = (WIDTH, HEIGHT), box: tuple[int, int, int, int] = (30, 20, 25, 18)
) -> Path:
    x, y, width, height = box
    values = np.zeros((size[1], size[0]), np.uint8)
    values[y : y + height, x : x + width] = 255
    values[y : y + height, x : x + 2] = 100  # a soft edge that is not filled
    Image.fromarray(values).save(path)
    return path


def pixels_of(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.array(image)
