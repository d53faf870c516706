"""The paper's experiment: many images searched as one batch, and how good the fills are."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.core.measure.baselines import BASELINES, Modelless, baseline_fill
from wganpaint_gui.core.measure.evaluation import (
    BLENDED,
    GUESS,
    ORIGINAL,
    REFINED,
    Cases,
    Corruption,
    CorruptionResult,
    Row,
)
from wganpaint_gui.core.search.blend import Blender
from wganpaint_gui.core.search.compose import FEATHER
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import REFINED_METHOD, Blend, InpaintConfig
from wganpaint_gui.core.system.out_of_memory import is_out_of_memory
from wganpaint_gui.ml.device import denormals_flushed
from wganpaint_gui.ml.memory import in_parts, other_device
from wganpaint_gui.ml.quality import l1, psnr, ssim
from wganpaint_gui.ml.search.descent import Descent
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.search.inpainting import search_optimiser
from wganpaint_gui.ml.search.losses import Target, make_target, search_losses
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.refinement import Refinement
from wganpaint_gui.ml.search.start import first_latents
from wganpaint_gui.ml.search.suggestion import measure, suggest


@dataclass(frozen=True)
class ExperimentStep:
    """Progress through one corruption."""

    done: int  # steps of the search, then baseline fills
    total: int
    result: CorruptionResult | None = None  # the last step has it


def run_corruption(
    model: PreparedModel,
    cases: Cases,
    corruption: Corruption,
    config: InpaintConfig,
    modelless: Sequence[Modelless] = BASELINES,
) -> Generator[ExperimentStep, None, None]:
    """Fill every image by every method and without a model, and measure; closing the generator stops it.

    The methods share each pass through the networks, and an equal share of the time is reported for each.
    Raises DeviceError where the memory is too small for a single candidate.
    """
    refined = REFINED_METHOD in config.methods and config.refine > 0
    total = config.steps + (len(modelless) + refined) * len(cases)
    search = BatchSearch(model, cases, config)
    started = time.perf_counter()
    for step in search.advance(config.steps):
        yield ExperimentStep(step + 1, total)
    best = search.winners()  # reads from the device, so it waits for everything queued there
    share = (time.perf_counter() - started) / len(config.methods)
    seconds: dict[str, float] = dict.fromkeys(config.methods, share)
    latents = dict(zip(config.methods, best.latents, strict=True))
    rows = _measure(model, cases, corruption, ORIGINAL, cases.images)
    if search.guesses is not None:
        guesses = _generated(model, search.guesses)
        rows += _measure(model, cases, corruption, GUESS, _composed(cases, guesses))
    pictures = None
    for m, method in enumerate(config.methods):
        fills, steps, losses = _generated(model, latents[method]), best.steps[m], best.losses[m]
        rows += _measure(model, cases, corruption, method, _composed(cases, fills), steps, losses)
        if method == REFINED_METHOD and refined:
            started = time.perf_counter()
            found = []
            for n in range(len(cases)):
                found.append(search.refine(n, best))
                yield ExperimentStep(config.steps + n + 1, total)
            seconds[REFINED] = time.perf_counter() - started
            fills = np.stack([one.image for one in found])
            steps, losses = np.array([one.step for one in found]), np.array([one.loss for one in found], np.float32)
            composites = _composed(cases, fills)
            rows += _measure(model, cases, corruption, REFINED, composites, steps, losses)
            pictures = to_uint8(torch.from_numpy(composites)).numpy()
        if config.blend != "none":
            composites = _blended(cases, fills, config.blend)
            rows += _measure(model, cases, corruption, BLENDED[method], composites, steps, losses)
    done = config.steps + refined * len(cases)
    for baseline in modelless:
        baseline_fill(baseline, cases.images[0], cases.known[0])  # the first one also loads a library: not timed
        inpainted = []
        seconds[baseline] = 0.0
        for image, known in zip(cases.images, cases.known, strict=True):
            started = time.perf_counter()
            inpainted.append(np.where(known, image, baseline_fill(baseline, image, known)))
            seconds[baseline] += time.perf_counter() - started
            done += 1
            yield ExperimentStep(done, total)
        rows += _measure(model, cases, corruption, baseline, np.stack(inpainted))
    yield ExperimentStep(done, total, CorruptionResult(tuple(rows), latents, pictures, seconds, search.unguessed))


@dataclass(frozen=True, eq=False)
class Winners:
    """For every image the suggested candidate at its best step."""

    latents: NDArray[np.float32]  # [M, N, Z]
    losses: NDArray[np.float32]  # [M, N]; infinite where no loss was a number
    steps: NDArray[np.int64]  # [M, N], 0-based; -1 there


@dataclass(frozen=True, eq=False)
class RefinedFill:
    """One image's fill at the best step of its refinement; where that diverged at once, as the search found it."""

    image: NDArray[np.float32]  # [3, R, R] in [-1, 1]
    loss: float
    step: int  # 0-based, from the start of the search


class BatchSearch:
    """Searches of N images with K candidates each, by M methods, as one batch.

    Each image's result is what an ml.search.inpainting.Search of it alone gives with its seed, up to rounding.
    """

    def __init__(self, model: PreparedModel, cases: Cases, config: InpaintConfig) -> None:
        methods = len(config.methods)
        self._model, self._config, self._seeds = model, config, cases.seeds
        self._shape = methods, len(cases), config.candidates
        self._target = _targets(model, cases, config)
        start, guessed = first_latents(
            model, self._target.at(slice(None, None, config.candidates)), config, cases.seeds
        )
        asked = config.start == "guess" and model.has_encoder
        self.unguessed = int((~guessed).sum()) if asked else 0
        self.guesses = start[:, 0].cpu().numpy() if guessed.any() else None  # [N, Z], the first candidates'
        start = start.flatten(0, 1)  # [N * K, Z], image after image
        z = start.expand(methods, -1, -1).contiguous()  # [M, N * K, Z]
        optimiser = search_optimiser(config if guessed.any() else replace(config, start="random"), z)
        self._descent = Descent(z, optimiser)

    def advance(self, steps: int) -> Iterator[int]:
        """Yield the number of each step, 0-based, once its update is queued. Call it once."""
        for index in range(steps):
            with denormals_flushed():
                self._descent.step(self._evaluate)
            yield index

    def winners(self) -> Winners:
        """Choose the winners; reads from the device, so it waits for all steps."""
        found = self._descent
        losses, steps = found.best_losses.view(self._shape), found.best_steps.view(self._shape)
        winner = self._suggested()[..., None]  # [M, N, 1]
        latents = found.best_latents.view(*self._shape, -1).take_along_dim(winner[..., None], 2)
        kept = (latents, losses.take_along_dim(winner, 2), steps.take_along_dim(winner, 2))
        return Winners(*(values.squeeze(2).cpu().numpy() for values in kept))

    def _suggested(self) -> Tensor:
        """Return the suggested candidate of every image: [M, N]."""
        if self._shape[2] == 1:
            return torch.zeros(self._shape[:2], dtype=torch.int64, device=self._model.device)
        measured = [self._measured(latents) for latents in self._descent.best_latents]
        near, scores = (torch.stack(values).view(self._shape) for values in zip(*measured, strict=True))
        return suggest(near, scores)

    @torch.no_grad()
    def _measured(self, latents: Tensor) -> tuple[Tensor, ...]:
        """Measure the candidates of one method for their suggestion. latents: [N * K, Z]. Returns two of [N * K]."""

        def some(rows: slice) -> tuple[Tensor, Tensor]:
            return measure(self._model, self._model.generate(latents[rows]), self._target.at(rows))

        parts, _ = in_parts(some, len(latents), self._descent.at_once, self._model.device)
        return tuple(torch.cat(values) for values in zip(*parts, strict=True))

    def refine(self, image: int, winners: Winners) -> RefinedFill:
        """Refine the fill of one image by REFINED_METHOD. Raises DeviceError where the memory is too small."""
        config, device, row = self._config, self._model.device, image * self._config.candidates
        place = config.methods.index(REFINED_METHOD), image
        target, z = self._target.at(slice(row, row + 1)), torch.tensor(winners.latents[place], device=device)
        try:
            refinement = Refinement(self._model, target, z, config.context_weight, self._seeds[image])
            for _ in refinement.advance(config.refine):
                pass
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            raise DeviceError(
                f"There is not enough memory on {device} to refine a fill.",
                f"Close other programs{other_device(device)}, or refine nothing: --refine 0.",
            ) from error
        best = refinement.best
        if best is not None:
            return RefinedFill(best.image.cpu().numpy(), best.loss, config.steps + best.index)
        with torch.no_grad():
            found = self._model.generate(z[None])[0].cpu().numpy()
        return RefinedFill(found, float(winners.losses[place]), int(winners.steps[place]))

    def _evaluate(self, z: Tensor, some: slice) -> tuple[Tensor, ...]:
        target, config = self._target.at(some), self._config
        losses, _ = search_losses(self._model, z, config.methods, target, config.context_weight)
        return (losses,)


def composed(model: PreparedModel, cases: Cases, latents: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compose M * x + (1 - M) * G(z), without blending. latents: [N, Z]. Returns [N, 3, R, R] in [-1, 1]."""
    return _composed(cases, _generated(model, latents))


def _generated(model: PreparedModel, latents: NDArray[np.float32]) -> NDArray[np.float32]:
    return _in_batches(model, model.generate, torch.tensor(latents)).numpy()


def _composed(cases: Cases, fills: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.where(cases.known, cases.images, fills)


def _blended(cases: Cases, fills: NDArray[np.float32], blend: Blend) -> NDArray[np.float32]:
    """Compose as the editor does, blended into the known pixels. fills: [N, 3, R, R]. Returns the same shape."""
    composites = np.empty_like(fills)
    for n, (image, known, fill) in enumerate(zip(cases.images, cases.known[:, 0], fills, strict=True)):
        blender = Blender(~known, known, np.ones(known.shape, np.float32), blend, feather=FEATHER)
        composites[n] = blender.apply(image, fill).clip(-1, 1)
    return composites


def _targets(model: PreparedModel, cases: Cases, config: InpaintConfig) -> Target:
    """Build the target of each candidate, [N * K] rows, image after image."""
    views = (ModelView(image, known) for image, known in zip(cases.images, cases.known, strict=True))
    rows = Target.joined(make_target(view, config, model.device) for view in views)
    parts = (rows.image, rows.known, rows.weights)
    return Target(*(part.repeat_interleave(config.candidates, dim=0) for part in parts))


def _measure(
    model: PreparedModel,
    cases: Cases,
    corruption: Corruption,
    method: str,
    composites: NDArray[np.float32],
    best_steps: NDArray[np.int64] | None = None,
    losses: NDArray[np.float32] | None = None,
) -> list[Row]:
    """Measure one row per image. composites: [N, 3, R, R] in [-1, 1]; ORIGINAL gets only a critic score."""
    found, images, known = (torch.from_numpy(values) for values in (composites, cases.images, cases.known))
    scores = _finite(_in_batches(model, model.score, found))
    blank: list[float | None] = [None] * len(cases)
    near, alike, off = blank, blank, blank
    if method != ORIGINAL:
        near, alike, off = (_finite(measure(found, images, known)) for measure in (psnr, ssim, l1))
    steps = blank if best_steps is None else best_steps.tolist()
    lost = blank if losses is None else _finite(torch.from_numpy(losses))
    columns = zip(cases.names, cases.seeds, near, alike, off, scores, steps, lost, strict=True)
    return [Row(name, corruption, method, seed, *numbers) for name, seed, *numbers in columns]


def _finite(values: Tensor) -> list[float | None]:
    """Return the values, None for those that are not finite: JSON cannot hold them."""
    return [value if math.isfinite(value) else None for value in values.tolist()]


def _in_batches(model: PreparedModel, network: Callable[[Tensor], Tensor], rows: Tensor) -> Tensor:
    """Run a network over all rows, in as few passes as the memory allows. rows, result: on the CPU."""
    with torch.no_grad():
        parts, _ = in_parts(lambda some: network(rows[some].to(model.device)).cpu(), len(rows), len(rows), model.device)
    return torch.cat(parts)
