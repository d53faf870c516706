"""What a run measures at each tick: samples, their distance from held-out images, and the critic gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.training.training_config import EncoderConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.quality import psnr, sliced_wasserstein
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.search.inpainting import DEFAULT_RATES
from wganpaint_gui.ml.search.known_region import measured_limits
from wganpaint_gui.ml.search.prepared_model import PreparedModel

from .aware import descend
from .batches import draw_latents, to_float
from .holes import centre_square, draw_batch, random_pixels
from .objectives import Network

Guess = Callable[[Tensor, Tensor], Tensor]

SAMPLES = 64  # in a grid
MOST_HELD_OUT = 200  # images measured on, however many are held out
FILL_COLUMNS = 9  # of the grid of fills: three pictures of each of the three holes
_FILLED = 6  # held-out images that are filled, an image each of three holes
LIMIT_HOLES = 3  # an image, of those that the limits of the known-region fit are measured with
FILL_STEPS = 100  # of the search for each of them
_SEED = 0


@dataclass(frozen=True)
class Examined:
    """One examination; see core.training.training_log.Tick for the numbers."""

    samples: NDArray[np.uint8]  # [N, R, R, 3] RGB
    critic_gap: float | None
    swd: float | None
    fill_psnr: float | None

    @property
    def measure(self) -> float | None:
        """What models are compared by, lower is better: minus the dB of fills or guesses, or else the SWD."""
        return self.swd if self.fill_psnr is None else -self.fill_psnr

    @property
    def columns(self) -> int | None:
        """Columns of the grid; None = as many as make it nearly square."""
        return None if self.fill_psnr is None else FILL_COLUMNS


class Examiner:
    """Measures with the same latents and held-out images each time; leaves the random numbers of training alone."""

    def __init__(self, held_out: NDArray[np.uint8], latent_size: int, device: torch.device) -> None:
        """held_out: uint8 [N, R, R, 3]; with fewer than two, nothing is compared with photos."""
        self._device = device
        source = torch.Generator().manual_seed(_SEED)
        count = max(SAMPLES, min(MOST_HELD_OUT, len(held_out)))
        self._latents = draw_latents(count, latent_size, source).to(device)
        self._real = to_float(torch.from_numpy(np.array(held_out[:MOST_HELD_OUT]))).to(device)
        self._known = self._holes(source, _FILLED)
        self._start = draw_latents(len(self._known), latent_size, source).to(device)
        self._of_guesses = self._holes(source, MOST_HELD_OUT)

    @torch.no_grad()
    def examine(self, generate: Network, score: Network) -> Examined:
        """Measure samples and critic. generate, score: both networks as the search would use them."""
        fakes = torch.cat([generate(z) for z in torch.split(self._latents, SAMPLES)])
        samples = _pictures(fakes[:SAMPLES])
        if len(self._real) < 2:
            return Examined(samples, None, None, None)
        fakes = fakes[: len(self._real)]
        of_real = torch.cat([score(part) for part in torch.split(self._real, SAMPLES)])
        of_fake = torch.cat([score(part) for part in torch.split(fakes, SAMPLES)])
        gap = float(of_real.mean() - of_fake.mean())
        return Examined(samples, gap, sliced_wasserstein(self._real, fakes), None)

    @torch.no_grad()
    def sample(self, generate: Network) -> NDArray[np.uint8]:
        """Draw the samples of `examine` and measure nothing: [N, R, R, 3] RGB."""
        return _pictures(generate(self._latents[:SAMPLES]))

    def examine_fills(self, generate: Network, score: Network) -> Examined:
        """Measure also the critic-only search on held-out images; the samples are its fills.

        Three rows an image: centre square of a quarter and of half the side, 80 % random pixels. Each row: the photo,
        the photo with its hole, the fill.
        """
        plain = self.examine(generate, score)
        if not len(self._known):
            return plain
        real = self._real[:_FILLED].repeat_interleave(3, dim=0)
        rate = DEFAULT_RATES["critic"]["adam"]
        z = descend(generate, score, self._start, real, self._known, steps=FILL_STEPS, rate=rate)
        with torch.no_grad():
            made = generate(z)
            quality = float(psnr(made, real, self._known).mean())
        return Examined(_grid_of_fills(real, made, self._known), plain.critic_gap, plain.swd, quality)

    @torch.no_grad()
    def examine_guesses(self, generate: Network, guess: Guess) -> Examined:
        """Measure first guesses of all held-out images, each with the three holes of `examine_fills`.

        guess: latents from images and known pixels. The samples are the first of them. Generator and critic, which do
        not change in this stage, are not measured.
        """
        if not len(self._of_guesses):
            return Examined(self.sample(generate), None, None, None)
        grid, quality = [], []
        for rows in torch.split(torch.arange(len(self._of_guesses), device=self._device), 3 * _FILLED):
            real, known = self._real[rows // 3], self._of_guesses[rows]
            made = generate(guess(real, known))
            grid.append(_grid_of_fills(real, made, known))
            quality.append(psnr(made, real, known))
        return Examined(grid[0], None, None, float(torch.cat(quality).mean()))

    def fit_limits(self, model: Model) -> tuple[float, float] | None:
        """Measure `ml.search.known_region.fit_limits` on the held-out images, each seen through three of their holes.

        None where they are too few or the model has no encoder.
        """
        if len(self._real) < 2 or model.encoder is None:
            return None
        source = torch.Generator().manual_seed(_SEED)
        images = self._real.repeat(LIMIT_HOLES, 1, 1, 1)
        known = draw_batch(len(images), images.shape[-1], EncoderConfig(), source).to(self._device)
        return measured_limits(PreparedModel(model, self._device), images, known)

    def _holes(self, source: torch.Generator, most: int) -> Tensor:
        """Return known pixels of the first held-out images, at most so many: bool [3 * images, 1, R, R]."""
        if len(self._real) < 2:
            return torch.zeros(0, 1, 1, 1, dtype=torch.bool, device=self._device)
        side = self._real.shape[-1]
        rows = []
        for _ in range(min(most, len(self._real))):
            rows += [centre_square(side, 1 / 4), centre_square(side, 1 / 2), random_pixels(side, 0.8, source)]
        return torch.stack(rows).to(self._device)


def _grid_of_fills(real: Tensor, made: Tensor, known: Tensor) -> NDArray[np.uint8]:
    """Return the picture, the picture with its hole, and the fill, one after another: [3 * N, R, R, 3]."""
    shown = [real, torch.where(known, real, 0.0), torch.where(known, real, made)]
    return _pictures(torch.stack(shown, dim=1).flatten(0, 1))


def _pictures(images: Tensor) -> NDArray[np.uint8]:
    """Return images [N, 3, R, R] in [-1, 1] as [N, R, R, 3]."""
    pictures: NDArray[np.uint8] = to_uint8(images).cpu().numpy()
    return pictures
