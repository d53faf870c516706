"""The figures of an evaluation, as in the paper: the fills and, for a training run, its curve and samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.measure.baselines import to_picture
from wganpaint_gui.core.measure.curve_figure import curve_figure
from wganpaint_gui.core.measure.evaluation import CORRUPTIONS, Corruption
from wganpaint_gui.core.measure.figures import METHOD_INKS, Column, Group, comparison_figure, corrupted_picture
from wganpaint_gui.core.search.settings import METHOD_NAMES, REFINED_METHOD
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import MEDIAN_KERNEL, read_log, running_median

from .evaluation_folder import Evaluation

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel

ROWS = 8  # images in figure 4
SAMPLES = 100  # in figure 3


def write_figures(
    evaluation: Evaluation, model: PreparedModel, training_run: RunFolder | None, warn: Callable[[str], None]
) -> list[Path]:
    """Write the figures that can be drawn and return their files. warn: called with a sentence about one that cannot.

    Raises SaveError.
    """
    figures = {"figure-4.png": _fills(evaluation, model)}
    if training_run is not None:
        curve = _curve(training_run, warn)
        if curve is not None:
            figures["figure-2.png"] = curve
        figures["figure-3.png"] = _samples(model, evaluation.config.seed)
    for name, figure in figures.items():
        atomic_write(evaluation.folder / name, lambda file: figure.save(file, "PNG"), overwrite=True)  # noqa: B023
    return [evaluation.folder / name for name in figures]


def _fills(evaluation: Evaluation, model: PreparedModel) -> Image.Image:
    """Draw the fills of evenly spaced images, so that the choice favours none."""
    count = len(evaluation.data.names)
    chosen = np.unique(np.linspace(0, count - 1, min(ROWS, count)).round().astype(int))
    groups = [Group("", (Column("Original", evaluation.data.pixels[chosen]),))]
    groups += [
        _group(evaluation, model, corruption, chosen) for corruption in CORRUPTIONS if corruption in evaluation.finished
    ]
    shown = f"{len(chosen)} of {count} images, evenly spaced" if len(chosen) < count else counted(count, "image")
    settings = evaluation.config
    starts = "one start" if settings.candidates == 1 else f"the best of {settings.candidates} starts"
    starts += " at the first guess" if settings.start == "guess" else ""
    name, steps = evaluation.identity["model"]["name"], counted(settings.steps, "step")
    refined = f", at most {counted(settings.refine, 'step')} of refinement" if settings.refine else ""
    return comparison_figure(
        groups, f"{shown}. Removed pixels are grey. Model {name}, {steps} from {starts}{refined}, not blended."
    )


def _group(evaluation: Evaluation, model: PreparedModel, corruption: Corruption, chosen: NDArray[np.int64]) -> Group:
    from .experiment import composed

    cases, finished = evaluation.data.cases(corruption).at(chosen), evaluation.finished[corruption]
    columns = [Column("Corrupted", corrupted_picture(evaluation.data.pixels[chosen], cases.known[:, 0]))]
    for method in evaluation.config.methods:
        latents = finished.latents[method][chosen]
        pictures = to_picture(composed(model, cases, latents)).transpose(0, 2, 3, 1)
        columns.append(Column(METHOD_NAMES[method], pictures, METHOD_INKS[method]))
        if method == REFINED_METHOD and finished.refined is not None:
            columns.append(Column(f"{METHOD_NAMES[method]}, refined", finished.refined[chosen], METHOD_INKS[method]))
    side = round(float(np.sqrt(np.count_nonzero(~cases.known[0]))))
    title = "80 % of the pixels" if corruption == "random80" else f"Centre, {side} by {side} pixels"
    return Group(title, tuple(columns))


def _curve(training_run: RunFolder, warn: Callable[[str], None]) -> Image.Image | None:
    log = read_log(training_run.metrics_file).gan
    if not len(log):
        warn(f"{training_run.metrics_file} contains no generator updates; figure 2 is not drawn.")
        return None
    return curve_figure(log.updates, log.values, running_median(log.values), kernel=MEDIAN_KERNEL)


def _samples(model: PreparedModel, seed: int) -> Image.Image:
    from .sample_drawing import draw_sample_grid

    return Image.fromarray(draw_sample_grid(model, SAMPLES, seed))
