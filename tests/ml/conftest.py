"""Small networks and the shipped model, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.ml.model_file import Model, load_model, new_model
from wganpaint_gui.ml.networks import init_weights
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CPU = torch.device("cpu")
TINY = NetworkConfig(resolution=32, width=4, latent_size=6, critic_norm="batch")


def _model(network: NetworkConfig = TINY, seed: int = 0, *, encoder: bool = False) -> Model:
    """A model in eval mode whose batch-norm statistics and weights are far from the identity."""
    model = new_model(ModelCard("tiny", network, encoder_updates=3 if encoder else 0))
    source = torch.Generator().manual_seed(seed)
    for net in model.networks.values():
        init_weights(net, seed)
        for name, value in net.state_dict().items():
            if name.endswith("running_var"):
                value.uniform_(0.2, 2, generator=source)
            elif value.is_floating_point() and value.dim() == 1:
                value.normal_(0.5, 0.5, generator=source)
            elif value.is_floating_point():
                value.mul_(5)  # at std 0.02 so narrow a network answers almost the same to everything
        net.eval()
    return model


def _view(resolution: int = 32, seed: int = 0) -> ModelView:
    """Random pixels with a square hole in the middle."""
    source = np.random.default_rng(seed)
    known = np.ones((1, resolution, resolution), bool)
    quarter = resolution // 4
    known[:, quarter:-quarter, quarter:-quarter] = False
    image = source.uniform(-1, 1, (3, resolution, resolution)).astype(np.float32)
    return ModelView(np.where(known, image, np.float32(0)), known)


@pytest.fixture(scope="session")
def make_model() -> Callable[..., Model]:
    """make_model(network=TINY, seed=0, encoder=False)"""
    return _model


@pytest.fixture(scope="session")
def make_view() -> Callable[..., ModelView]:
    """make_view(resolution=32, seed=0)"""
    return _view


@pytest.fixture(scope="session")
def tiny() -> PreparedModel:
    return PreparedModel(_model(), CPU)


@pytest.fixture(scope="session")
def shipped_path() -> Path:
    return shipped_weights() / "faces-64.safetensors"


@pytest.fixture(scope="session")
def shipped(shipped_path: Path) -> PreparedModel:
    return PreparedModel(load_model(shipped_path, CPU), CPU)


@pytest.fixture
def view() -> ModelView:
    return _view()


class Flat:
    """A toy pair of networks whose best latents are known by hand, in place of a PreparedModel.

    G(z) is flat: every pixel of colour c has the value z_c. The critic is -100 * (mean over the image - 0.5)^2, so
    the most real image has the mean 0.5.
    """

    resolution, latent_size, device = 8, 3, CPU
    card = ModelCard("toy")

    def generate(self, z: torch.Tensor) -> torch.Tensor:
        return z[:, :, None, None].expand(-1, -1, 8, 8)

    generate_in_step = generate

    def score(self, x: torch.Tensor) -> torch.Tensor:
        return -100 * (x.mean((1, 2, 3)) - 0.5) ** 2

    score_in_step = score


class Cramped:
    """A model with room for a few images at once."""

    def __init__(self, model: PreparedModel, room: int, message: str) -> None:
        self._model, self._room, self._message = model, room, message
        self.device, self.resolution, self.latent_size = model.device, model.resolution, model.latent_size
        self.has_encoder, self.guess, self.score = model.has_encoder, model.guess, model.score
        self.score_in_step = model.score_in_step

    def generate(self, z: torch.Tensor) -> torch.Tensor:
        if len(z) > self._room:
            raise RuntimeError(self._message)
        return self._model.generate(z)

    generate_in_step = generate


@pytest.fixture
def toy() -> Flat:
    return Flat()


@pytest.fixture(scope="session")
def sample_face() -> NDArray[np.float32]:
    """[3, 64, 64] in [-1, 1]: the face of the sample portrait in the model's framing."""
    with Image.open(Path(__file__).parents[2] / "resources" / "sample-portrait.png") as image:
        face = image.convert("RGB").resize((64, 64), Image.Resampling.BOX, box=(176, 76, 176 + 92, 76 + 92))
    return (np.asarray(face, np.float32) / 127.5 - 1).transpose(2, 0, 1).copy()
