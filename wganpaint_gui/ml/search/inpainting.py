"""Latent search: find the z whose image agrees with the known pixels; both methods run as one batch.

A refinement may follow, which fits the generator itself to the photo for one candidate.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.search.candidate_marks import UNMARKED, Candidate, CandidateMarks, Mix
from wganpaint_gui.core.search.composed_fill import FormerSearch
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.records import SEARCHED, BestCandidates, InpaintStep, SearchLog
from wganpaint_gui.core.search.refined_candidates import RefinedCandidate, RefinedSteps, ThinnedImages
from wganpaint_gui.core.search.settings import REFINED_METHOD, InpaintConfig, Method, Optimizer
from wganpaint_gui.core.system.out_of_memory import is_out_of_memory
from wganpaint_gui.ml.device import denormals_flushed
from wganpaint_gui.ml.optimisers import BETAS

from .descent import Descent
from .images import from_uint8, to_uint8
from .known_region import known_region_fit
from .latent_optimisers import LatentOptimiser, make_optimiser
from .locked_candidates import Locked, LockedCandidate, LockedCandidates, put_images
from .losses import Target, image_loss, make_target, search_losses
from .prepared_model import PreparedModel
from .refinement import Refinement
from .start import first_latents
from .suggestion import measure, suggest

# Measured on held-out faces, see docs/defaults.md.
DEFAULT_RATES: dict[Method, dict[Optimizer, float]] = {
    "yeh": {"adam": 0.06, "rmsprop": 0.01, "sgd": 1e-4},
    "critic": {"adam": 0.01, "rmsprop": 0.003, "sgd": 0.01},
}
# Adam's from a first guess. Every step down the critic's loss leads away from the photo: 0.4 to 1.3 dB less at 0.01.
RATES_FROM_GUESS: dict[Method, float] = {"yeh": 0.05, "critic": 0.003}
BETAS_FROM_GUESS = 0.85, 0.85  # a shorter memory than usual, since there are few steps: yeh's loss is 3 % lower
REFINED_BYTES = 8_000_000  # of the images of all refinements: 651 images of 64 pixels a side, 162 of 128
_READ_EVERY = 0.02  # seconds; a GPU's results are read in blocks of about this length, because each read makes it wait
_MOST_PER_READ = 64  # steps


@dataclass(frozen=True, eq=False)
class SearchState:
    """The results of a search at one moment, published as a whole by the thread that advances it."""

    config: InpaintConfig  # with the lambda that the losses belong to
    target: Target
    steps: int  # taken so far
    best: BestCandidates
    refined: Mapping[int, RefinedCandidate]  # by candidate of REFINED_METHOD
    locked: Locked


class Search:
    """One search over latents: M methods times K candidates in one batch.

    One thread advances it; change, render and everything that only reads may be called from any other.
    """

    def __init__(
        self,
        model: PreparedModel,
        view: ModelView,
        config: InpaintConfig,
        *,
        start: NDArray[np.float32] | None = None,
        former: FormerSearch | None = None,
    ) -> None:
        """Prepare a search; no step is taken yet.

        start: first latents [M, K, Z]; None = as config.start says. former: the search whose best latents are the first
        ones, and whose locked candidates stay as they are. Raises SettingsError for another shape. A model without an
        encoder starts at random, and so does one whose guess holds a NaN; `notice` says so.
        """
        methods, candidates, latents = len(config.methods), config.candidates, model.latent_size
        self.log = SearchLog(methods, candidates, latents)
        self._model = model
        self._config = config
        self._view = view
        self._target = make_target(view, config, model.device)
        self._reads_wait = model.device.type != "cpu"  # reading a result waits for all that is queued before it
        self._pending: dict[str, float | ModelView] = {}
        self._lock = threading.Lock()  # of _pending
        self._to_lock: frozenset[Candidate] = frozenset()
        self._start_notice: str | None = None
        self._refine_notice: str | None = None
        self.refined_to_end: frozenset[int] = frozenset()  # candidates whose refinement has nothing left to do
        self._refined: dict[int, RefinedCandidate] = {}
        self._best_images: tuple[SearchState, NDArray[np.uint8]] | None = None  # of that state
        self._measured: tuple[SearchState, Tensor, Tensor] | None = None  # of that state
        self._fitted: tuple[SearchState, KnownRegionFit] | None = None  # of that state
        self._refinements: tuple[RefinedSteps, ...] = ()  # all there have been
        start = start if former is None else former.latents
        first = self._first_latents() if start is None else start
        if first.shape != (methods, candidates, latents):
            raise SettingsError(
                f"The search cannot start from latents of shape {list(first.shape)}: the model and the settings need "
                f"{[methods, candidates, latents]}.",
                "Start a new search from random latents.",
            )
        z = torch.tensor(first, dtype=torch.float32, device=model.device).clamp(-1, 1)  # [M, K, Z]
        self._descent = Descent(z, search_optimiser(self._config, z))
        self._locked = LockedCandidates({} if former is None else self._taken_over(former))
        self.state = self._state()

    @property
    def config(self) -> InpaintConfig:
        """The settings, with the lambda in use."""
        return self.state.config

    @property
    def best(self) -> BestCandidates:
        """Each candidate where its loss was lowest; the start before the first step."""
        return self.state.best

    @property
    def steps_done(self) -> int:
        return len(self.log)

    @property
    def notice(self) -> str | None:
        """What the user should know about how the search runs, if there is anything."""
        candidates, at_once = self._config.candidates, self._descent.at_once
        few = f"Not enough memory for {candidates} candidates at once; searching {at_once} at a time"
        notices = (self._start_notice, few if at_once < candidates else None, self._refine_notice)
        return "; ".join(notice for notice in notices if notice) or None

    def advance(self, steps: int, *, watched: Callable[[], bool] = lambda: True) -> Iterator[InpaintStep]:
        """Yield one record per update of the latents; closing the generator stops the search in a consistent state.

        Calling it again continues where it stopped. watched: asked after each step whether its images will be shown;
        the last step always has them. Raises DeviceError where the memory is too small for a single candidate.
        On a GPU the records of several steps arrive together, since every read makes the GPU wait.
        """
        if steps > 0:
            self._keep_refined(self._locked_of(REFINED_METHOD))  # what follows moves the latents of the others
        size = 1
        while steps > 0:
            size = min(size, steps)
            steps -= size
            started = time.perf_counter()
            with denormals_flushed():
                records = self._advance_block(size, last=steps == 0, watched=watched)
            spent = time.perf_counter() - started
            yield from records
            if self._reads_wait:
                size = max(1, min(_MOST_PER_READ, round(size * _READ_EVERY / spent)))

    def refine(
        self, candidate: int, steps: int, *, watched: Callable[[], bool] = lambda: True
    ) -> Iterator[InpaintStep]:
        """Fit the generator to the photo for one candidate of REFINED_METHOD; yield one record per step.

        Ends early where the left-out known pixels get worse, where a change is due (see `has_changed`), and where
        the loss is no longer finite or the memory too small, which `notice` says. The best step so far is always kept.
        """
        if self.has_changed() or candidate in self._locked_of(REFINED_METHOD):
            return
        state, method, first = self.state, self._config.methods.index(REFINED_METHOD), self.steps_done
        others = {number: one for number, one in self._refined.items() if number != candidate}
        self._refine_notice = None
        room = REFINED_BYTES // (len(self._refinements) + 1)
        for earlier in self._refinements:
            earlier.images.shrink(room)
        following = RefinedSteps(first, candidate, others, ThinnedImages(room))
        images, losses = self.images_of(state), state.best.losses.copy()
        try:
            latent = self._descent.best_latents[method, candidate]
            refinement = Refinement(self._model, state.target, latent, self._config.context_weight, self._config.seed)
            for found in refinement.advance(steps):
                picture = _numpy(to_uint8(found.image))
                following.images.append(found.index, picture)
                if found.index == 0:
                    self._refinements = (*self._refinements, following)
                if found is refinement.best:
                    self._refined = {**others, candidate: RefinedCandidate(picture, found.loss, first + found.index)}
                losses[method, candidate], images[method, candidate] = found.loss, picture
                self.log.append(state.best.latents, losses, refined=candidate)
                self.state = self._state()
                shown = images.copy() if found.index == steps - 1 or watched() else None
                best = self.state.best
                yield InpaintStep(first + found.index, losses.copy(), best.losses, best.steps, best.alive, shown)
                if self.has_changed() or candidate in self._locked_of(REFINED_METHOD):
                    return
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            self._refine_notice = "Not enough memory to refine the fill; the best step before is kept"
            self.refined_to_end |= {candidate}
            return
        self.refined_to_end |= {candidate}
        if refinement.diverged:
            self._refine_notice = "The refinement diverged; the best step before is kept"

    def lock(self, places: frozenset[Candidate]) -> None:
        """Leave these candidates, (method, number), as they are from the next step on: each stays at its best."""
        self._to_lock = places

    def _locked_of(self, name: Method) -> frozenset[int]:
        """Return the candidates of a method that are locked, or will be with the next step."""
        return frozenset(number for method, number in self._to_lock if self._config.methods[method] == name)

    def _taken_over(self, former: FormerSearch) -> Locked:
        """Return the locked candidates of another search as those of this one, with their losses in it."""
        images, refined = former.search.candidates_at(None)[0], former.search.refined_at(None)
        found = {}
        for place in former.marks.locked:
            image, was_refined = images[place].copy(), self._config.methods[place[0]] == REFINED_METHOD
            loss = self._loss_of(place, image)
            found[place] = LockedCandidate(image, loss, 0, refined=was_refined and place[1] in refined)
            if found[place].refined:
                self._refined[place[1]] = RefinedCandidate(image, loss, 0)
                self.refined_to_end |= {place[1]}
        return found

    def _loss_of(self, place: Candidate, image: NDArray[np.uint8]) -> float:
        method = self._config.methods[place[0]]
        pixels = from_uint8(image, self._model.device)
        loss = image_loss(self._model, pixels, method, self._target, self._config.context_weight)
        return loss if math.isfinite(loss) else math.inf

    def _lock_now(self, places: frozenset[Candidate]) -> None:
        """Let these candidates stay as they are, and let go of those that were unlocked; no step is under way."""
        state, before = self.state, self._locked.now
        if places == before.keys():
            return
        images = self.images_of(state) if places - before.keys() else None
        now = {place: before[place] for place in places if place in before}
        for place in places - before.keys():
            assert images is not None
            image, loss, step = images[place].copy(), float(state.best.losses[place]), int(state.best.steps[place])
            if not state.steps:
                loss, step = self._loss_of(place, image), 0
            refined = self._config.methods[place[0]] == REFINED_METHOD and place[1] in state.refined
            now[place] = LockedCandidate(image, loss, max(step, 0), refined=refined)
        self._locked.change(state.steps, now)
        self._keep_refined(self._locked_of(REFINED_METHOD))

    def _keep_refined(self, kept: frozenset[int]) -> None:
        """Forget the refinements of all other candidates."""
        self._refined = {number: one for number, one in self._refined.items() if number in kept}
        self.refined_to_end &= kept

    def has_changed(self) -> bool:
        """Whether another lambda or view waits for the next step of the search."""
        return bool(self._pending)

    def change(self, *, context_weight: float | None = None, view: ModelView | None = None) -> None:
        """Continue from the current latents with another lambda or another view, from the next step on.

        Losses before and after are not comparable, so the bests start anew and every candidate is alive again.
        """
        changes = {"context_weight": context_weight, "view": view}
        with self._lock:
            self._pending.update({name: value for name, value in changes.items() if value is not None})

    def render(self, latents: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Generate the images of latents. latents: [..., Z]. Returns [..., R, R, 3] RGB."""
        # Before the first step all methods have the same latents: each image is generated once.
        once, rows = np.unique(latents.reshape(-1, latents.shape[-1]), axis=0, return_inverse=True)
        flat = torch.tensor(once, dtype=torch.float32, device=self._model.device)
        at_once = self._descent.at_once * len(self._config.methods)
        with torch.no_grad():
            parts = [to_uint8(self._model.generate(part)) for part in torch.split(flat, at_once)]
        images = torch.cat(parts).cpu().numpy()[rows.ravel()]
        return images.reshape(*latents.shape[:-1], *images.shape[1:])

    def mixed(self, one: Candidate, mix: Mix, step: int | None) -> NDArray[np.uint8]:
        """Generate the image [R, R, 3] of the latent between two candidates, at a step or at their bests (None).

        A refined candidate counts as it was before: its own generator is not kept.
        """
        latents = self.state.best.latents if step is None else self.log.latents[step]
        # The latents' prior is uniform in a cube, so all points between two of its points are likely as well.
        between = (1 - mix.share) * latents[one] + mix.share * latents[mix.other]
        return self.render(between.astype(np.float32))

    def candidates_at(self, step: int | None) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Render a step, or the bests (None), from its latents; returns images [M, K, R, R, 3] and losses [M, K].

        Raises SettingsError for a step that was not taken yet.
        """
        if step is None:
            state, found = self.state, self._best_images  # as in `_measured_of`
            if found is None or found[0] is not state:  # while a slider mixes two of them, all others stay
                found = self._best_images = state, self.images_of(state)
            return found[1], state.best.losses
        taken = len(self.log)
        if not 0 <= step < taken:
            raise SettingsError(f"Step {step} was not taken: the search has {taken} steps, counted from 0.")
        images = self.render(self.log.latents[step])
        if self.log.refined[step] != SEARCHED:
            self._put(images, self._refined_at(step))
        put_images(images, self._locked.at(step))
        return images, self.log.losses[step]

    def refined_at(self, step: int | None) -> frozenset[int]:
        """Return the candidates of REFINED_METHOD that are refined at a step, or at the bests (None)."""
        locked = self.state.locked if step is None else self._locked.at(step)
        return self.log.refined_until(step) | {place[1] for place, one in locked.items() if one.refined}

    def images_over(self, method: int, candidate: int, steps: slice) -> NDArray[np.uint8]:
        """Return the images of one candidate at some of the steps so far: [n, R, R, 3] RGB."""
        images = self.render(self.log.latents[steps, method, candidate])
        if self._config.methods[method] == REFINED_METHOD:
            refined = self.log.refined[steps]
            for row in np.flatnonzero(refined != SEARCHED):
                step = range(len(self.log))[steps][row]
                put = self._refined_at(step).get(candidate)
                if put is not None:
                    images[row] = put
        for index, taken in enumerate(range(len(self.log))[steps]):
            locked = self._locked.at(taken).get((method, candidate))
            if locked is not None:
                images[index] = locked.image
        return images

    def _refined_at(self, step: int) -> dict[int, NDArray[np.uint8]]:
        """Return the images [R, R, 3] of all candidates refined at a step, which is one of a refinement."""
        return next(one for one in reversed(self._refinements) if one.first <= step).images_at(step)

    def images_of(self, state: SearchState) -> NDArray[np.uint8]:
        """Return the images of all candidates at their best: [M, K, R, R, 3] RGB."""
        images = self.render(state.best.latents)
        self._put(images, {number: one.image for number, one in state.refined.items()})
        put_images(images, state.locked)
        return images

    def _put(self, images: NDArray[np.uint8], refined: Mapping[int, NDArray[np.uint8]]) -> None:
        """Put the images [R, R, 3] of refined candidates into those of all, [M, K, R, R, 3]."""
        for candidate, image in refined.items():
            images[self._config.methods.index(REFINED_METHOD), candidate] = image

    def suggested(self, marks: CandidateMarks = UNMARKED, *, state: SearchState | None = None) -> NDArray[np.int64]:
        """Return the candidate that each method suggests, [M]; see ml.search.suggestion. state: None = the newest.

        Before the first step it is the first candidate, which starts at the guess. Once candidates are refined, it is
        one of them: what the others would become is not known. One that was promoted is always suggested, one that
        was discarded never.
        """
        state = state or self.state
        if not state.steps:
            return marks.with_promoted(np.zeros(len(self._config.methods), np.int64))
        near, scores = (values.clone() for values in self._measured_of(state))
        refined = self._config.methods.index(REFINED_METHOD) if state.refined else 0
        others = {(refined, k) for k in range(self._config.candidates) if state.refined and k not in state.refined}
        left_refined = {(refined, k) for k in state.refined} - marks.discarded
        for place in marks.discarded | (others if left_refined else set()):
            near[place], scores[place] = torch.inf, -torch.inf
        return marks.with_promoted(_numpy(suggest(near, scores)))

    def _measured_of(self, state: SearchState) -> tuple[Tensor, Tensor]:
        """Return what suggestions rest on, see `measure`, of all candidates at their best: both [M, K]."""
        found = self._measured  # read once: another thread may replace it by that of another state
        if found is None or found[0] is not state:
            images = self.images_of(state)
            with torch.no_grad():
                measured = [measure(self._model, from_uint8(row, self._model.device), state.target) for row in images]
            near, scores = (torch.stack(values) for values in zip(*measured, strict=True))
            found = self._measured = state, near, scores
        return found[1], found[2]

    def fit(self, state: SearchState | None = None) -> KnownRegionFit:
        """Judge whether the model knows what surrounds the hole; see ml.search.known_region.

        A refined candidate counts as it was before: a refinement fits anything. state: None = the newest.
        """
        state = state or self.state
        found = self._fitted  # as in `_measured_of`
        if found is None or found[0] is not state:
            found = self._fitted = state, known_region_fit(self._model, state.target, self._chosen_images(state))
        return found[1]

    @torch.no_grad()
    def _chosen_images(self, state: SearchState) -> Tensor | None:
        """Generate the images of the suggested candidates, [M, 3, R, R]; None before the first step from a guess."""
        if not state.steps and self._model.has_encoder:
            return None
        winners = self.suggested(state=state)
        chosen = state.best.latents[np.arange(len(winners)), winners]  # [M, Z]
        return self._model.generate(torch.tensor(chosen, device=self._model.device))

    def _advance_block(self, size: int, *, last: bool, watched: Callable[[], bool]) -> list[InpaintStep]:
        first, descent, to_lock = self.steps_done, self._descent, self._to_lock
        self._lock_now(to_lock)
        descent.lock(self._as_mask(to_lock))  # before a change makes their present latents the new bests
        self._apply_changes()
        descent.steps = first  # so that its best steps count those of refinements as well
        rows = []
        for _ in range(size):  # nothing here waits for the device
            z = descent.z
            losses, images = descent.step(self._evaluate)
            rows.append((z, losses, descent.best_losses, descent.best_steps, descent.alive))
        seen = _numpy(to_uint8(images)) if last or watched() else None
        latents, step_losses, bests, best_steps, alive = (_numpy(torch.stack(rows)) for rows in zip(*rows, strict=True))
        for (method, number), one in self._locked.now.items():
            step_losses[:, method, number] = bests[:, method, number] = one.loss
            best_steps[:, method, number] = one.step
        if seen is not None:
            put_images(seen, self._locked.now)
        for i in range(size):
            self.log.append(latents[i], step_losses[i])
        self.state = self._state()  # after the log: no best step lies beyond it
        return [
            InpaintStep(first + i, step_losses[i], bests[i], best_steps[i], alive[i], seen if i == size - 1 else None)
            for i in range(size)
        ]

    def _as_mask(self, places: frozenset[Candidate]) -> Tensor | None:
        """Return which candidates these are, bool [M, K]; None where there are none."""
        if not places:
            return None
        mask = np.zeros((len(self._config.methods), self._config.candidates), np.bool_)
        for place in places:
            mask[place] = True
        return torch.tensor(mask, device=self._model.device)

    def _evaluate(self, z: Tensor, _: slice) -> tuple[Tensor, ...]:
        config = self._config
        return search_losses(self._model, z, config.methods, self._target, config.context_weight)

    def _state(self) -> SearchState:
        descent = self._descent
        values = (descent.best_latents, descent.best_losses, descent.best_steps, descent.alive)
        best = BestCandidates(*(_numpy(value) for value in values))
        locked = self._locked.now
        if self._refined or locked:  # else they are the descent's own, which never change
            best = replace(best, losses=best.losses.copy(), steps=best.steps.copy())
        for candidate, refined in self._refined.items():
            place = self._config.methods.index(REFINED_METHOD), candidate
            best.losses[place], best.steps[place] = refined.loss, refined.step
        for place, one in locked.items():
            best.losses[place], best.steps[place] = one.loss, one.step if one.step < self.steps_done else -1
        return SearchState(self._config, self._target, self.steps_done, best, self._refined, locked)

    def _first_latents(self) -> NDArray[np.float32]:
        """Return [M, K, Z]; all methods start from the same latents."""
        config, model = self._config, self._model
        first, guessed = first_latents(model, self._target, config, [config.seed])
        if config.start == "guess" and not guessed.all():
            self._config = config.started_at("random")
            reason = "'s guess is not a number" if model.has_encoder else " has no encoder"
            self._start_notice = f"The model {model.card.name}{reason}, so the search starts at random latents"
        return np.broadcast_to(_numpy(first[0]), (len(config.methods), *first.shape[1:]))

    def _apply_changes(self) -> None:
        with self._lock:
            pending, self._pending = self._pending, {}
        if not pending:
            return
        weight, view = pending.get("context_weight"), pending.get("view")
        if isinstance(weight, float | int):
            self._config = replace(self._config, context_weight=float(weight))
        if isinstance(view, ModelView):
            self._view = view
        self._target = make_target(self._view, self._config, self._model.device)
        locked = {
            place: replace(one, loss=self._loss_of(place, one.image), step=self.steps_done)
            for place, one in self._locked.now.items()
        }
        self._locked.change(self.steps_done, locked)
        self._keep_refined(self._locked_of(REFINED_METHOD))  # the others were fitted to something else
        self._descent.restart()


def search_optimiser(config: InpaintConfig, z: Tensor) -> LatentOptimiser:
    """Create the optimiser of a search. z: its first latents, [M, ..., Z]."""
    from_guess = (config.start, config.optimizer) == ("guess", "adam")
    defaults = RATES_FROM_GUESS if from_guess else {one: DEFAULT_RATES[one][config.optimizer] for one in config.methods}
    rates = [config.learning_rate or defaults[method] for method in config.methods]
    rate = torch.tensor(rates, device=z.device)[:, None, None]
    return make_optimiser(config.optimizer, z, rate, BETAS_FROM_GUESS if from_guess else BETAS)


def _numpy(value: Tensor) -> NDArray[Any]:
    array: NDArray[Any] = value.cpu().numpy()
    return array
