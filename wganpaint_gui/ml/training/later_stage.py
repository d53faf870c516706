"""What the stages after the first have in common: one network learns, and the generator is frozen."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from wganpaint_gui.core.training.hole_mixture import HoleMixture
from wganpaint_gui.core.training.training_config import Precision
from wganpaint_gui.ml.optimisers import Adam, NetworkOptimiser

from .batches import StoredImages, draw_latents
from .checkpoint import Tensors, load_optimiser, load_random_state, optimiser_tensors
from .gan import Wrap
from .holes import draw_batch
from .objectives import Network


@dataclass(frozen=True, eq=False)
class StageSetup:
    """What a stage works with, besides its settings and the network that learns."""

    generate: Network  # the frozen generator, latents [N, Z] to images
    images: StoredImages  # to train on, on this device
    device: torch.device
    latent_size: int
    seed: int
    rank: int = 0
    wrap: Wrap = lambda module: module  # DistributedDataParallel, for several ranks
    precision: Precision = "float32"


class LaterStage:
    """Holds the optimiser of the network and the source of all random numbers, the host's: they are not the device's.

    Subclasses have `update`, which makes one update and returns its two readings.
    """

    name = ""  # of the stage, before the names of its tensors in a checkpoint
    seed_offset = 0  # keeps the random numbers of the stages apart

    def __init__(self, setup: StageSetup, network: nn.Module, rate: float, betas: tuple[float, float]) -> None:
        """rate, betas: Adam's."""
        self.device = setup.device
        self.updates = 0  # so far
        self.source = torch.Generator()  # of images, masks and latents
        self.reseed(setup.seed, setup.rank)
        self._setup = setup
        parameters = list(network.parameters())
        self.optimiser = NetworkOptimiser(parameters, rate, Adam(parameters, betas))

    def reseed(self, seed: int, rank: int) -> None:
        """Draw other images, masks and latents from here on; no two ranks draw the same."""
        self.source.manual_seed(seed * 1000 + self.seed_offset + rank)

    def update(self) -> Tensor:
        """Make one update of the network. Returns its readings, [2]; see core.training.training_log.READINGS."""
        raise NotImplementedError

    def tensors(self) -> Tensors:
        """Return what a checkpoint needs of this stage besides the network and `updates`."""
        optimiser = optimiser_tensors(f"{self.name}.optimiser", self.optimiser)
        return {**optimiser, f"{self.name}.source": self.source.get_state()}

    def load(self, tensors: Tensors, *, entries: bool = True) -> None:
        """Continue from what `tensors` returned; network and `updates` are restored elsewhere.

        entries: restore the random state too, and whatever else belongs to the rank that saved it.
        """
        load_optimiser(f"{self.name}.optimiser", self.optimiser, tensors)
        if entries:
            load_random_state(f"{self.name}.source", self.source, tensors)

    def draw_rows(self, count: int) -> Tensor:
        """Draw which training images come next: [N] int64, on the host."""
        return torch.randint(self._setup.images.count, (count,), generator=self.source)

    def draw_holes(self, count: int, mixture: HoleMixture) -> Tensor:
        """Draw known pixels: bool [N, 1, R, R], on the host."""
        return draw_batch(count, self._setup.images.resolution, mixture, self.source)

    def draw_latents(self, count: int) -> Tensor:
        """Draw latents [N, Z] from the prior, on the host."""
        return draw_latents(count, self._setup.latent_size, self.source)

    def sent(self, values: Tensor) -> Tensor:
        """Copy to the device without waiting, except to an Apple GPU: it may read what has been overwritten by then."""
        return values.to(self.device, non_blocking=self.device.type != "mps")
