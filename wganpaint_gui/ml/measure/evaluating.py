"""An evaluation from its first image to its tables: what `wganpaint evaluate` and the window do."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.measure.baselines import BASELINES, Modelless
from wganpaint_gui.core.measure.evaluation import Corruption, CorruptionResult
from wganpaint_gui.core.search.settings import SURROUNDINGS
from wganpaint_gui.core.system.processes import process_number
from wganpaint_gui.ml.device import describe
from wganpaint_gui.ml.search.prepared_model import PreparedModel

from .evaluation_folder import Evaluation
from .experiment import run_corruption


@dataclass(frozen=True)
class EvaluationStep:
    """Progress through one part of the images with one corruption."""

    corruption: Corruption
    number: int  # of the corruption among those that are measured, from 1
    corruptions: int  # that are measured
    images: range  # of the part
    done: int  # steps of this part
    total: int
    share: float  # 0..1 of all that was left to do, by the number of images
    notice: str = ""  # a sentence about this part, with its last step

    @property
    def label(self) -> str:
        """Return what is measured: "center (1/3), images 1 to 32"."""
        first, last = self.images.start + 1, self.images.stop
        return f"{self.corruption} ({self.number}/{self.corruptions}), images {first} to {last}"


def evaluate(
    evaluation: Evaluation,
    model: PreparedModel,
    corruptions: Sequence[Corruption],
    *,
    wait: Callable[[], None] = lambda: None,
) -> Generator[EvaluationStep, None, None]:
    """Measure every unfinished corruption, part by part, and save each at once; closing the generator stops it.

    Several processes share the parts of each corruption; the first one joins them when all are finished. wait: until
    all processes have come as far. Raises SaveError, and DeviceError where the memory is too small.
    """
    process, processes = process_number()
    if process == 0:
        evaluation.measure_samples(model)
    modelless: tuple[Modelless, ...] = (*BASELINES, *((SURROUNDINGS,) if evaluation.surroundings else ()))
    device, parts = describe(model.device), evaluation.parts
    todo = [corruption for corruption in dict.fromkeys(corruptions) if corruption not in evaluation.finished]
    for number, corruption in enumerate(todo, 1):
        cases = evaluation.data.cases(corruption)
        for part, images in list(enumerate(parts))[process::processes]:
            if evaluation.has_part(corruption, part):
                continue
            before, everything = (number - 1) * len(cases) + images.start, len(todo) * len(cases)
            result = None
            found = run_corruption(model, cases.at(images), corruption, evaluation.config, modelless)
            with closing(found) as steps:
                for step in steps:
                    result, done, total = step.result, step.done, step.total
                    share = (before + len(images) * done / total) / everything
                    notice = "" if result is None else _notice(corruption, result)
                    yield EvaluationStep(corruption, number, len(todo), images, done, total, share, notice)
            assert result is not None
            evaluation.keep_part(corruption, part, result, device)
        wait()
        if process == 0:
            evaluation.join(corruption, device)


def _notice(corruption: Corruption, result: CorruptionResult) -> str:
    if not result.unguessed:
        return ""
    return (
        f"{corruption}: the first guess of {counted(result.unguessed, 'image')} was not a number; these searches "
        "started at random latents."
    )
