"""One evaluation as its thread runs it: the images, the model, the experiment, the figures."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wganpaint_gui.core.errors import EvaluationError
from wganpaint_gui.core.file_names import numbered
from wganpaint_gui.core.measure.evaluation import Corruption, Summary
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.atomic import copy_file, make_folder
from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.core.system.paths import entries, evaluations
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import collector_off, stand_back
from wganpaint_gui.gui.work.engine import preload_torch

if TYPE_CHECKING:
    from wganpaint_gui.ml.measure.evaluation_folder import Evaluation

KEPT = 5  # evaluations whose results stay in the cache


@dataclass(frozen=True)
class EvaluationRequest:
    """What is to be measured; all other settings are the defaults of `wganpaint evaluate`."""

    model: Path
    source: Path  # folder or zip
    corruptions: tuple[Corruption, ...]
    count: int  # most images
    surroundings: bool  # whether they are measured as well
    device: str


@dataclass(frozen=True)
class EvaluationResult:
    """A finished evaluation."""

    request: EvaluationRequest
    table: tuple[Summary, ...]
    remarks: tuple[str, ...]  # the model, its samples, and what could not be used
    figures: tuple[Path, ...]
    files: tuple[Path, ...]  # all of them, figures included


def run_evaluation(request: EvaluationRequest) -> Generator[object, None, None]:
    """Yield DataProgress, then EvaluationStep, and last an EvaluationResult.

    What is finished stays in the cache when the generator is closed: the same request continues there. Raises a
    WganPaintError where model or images cannot be used, or another window runs the same evaluation.
    """
    preload_torch()
    with nullcontext() if "torch" in sys.modules else collector_off():
        from wganpaint_gui.ml.device import pick_device, quiet_threads
        from wganpaint_gui.ml.measure.evaluating import evaluate
        from wganpaint_gui.ml.measure.evaluation_figures import write_figures
        from wganpaint_gui.ml.measure.evaluation_folder import Evaluation
        from wganpaint_gui.ml.measure.held_out import held_out_images
        from wganpaint_gui.ml.search.prepared_model import load_prepared

    stand_back()
    quiet_threads(window_open=True)
    card, run = read_card(request.model), _run_of(request.model)
    config = InpaintConfig(candidates=1).started_at("guess" if card.has_encoder else "random")
    data = yield from held_out_images(request.source, request.count, card.network.resolution, config.seed, run)
    evaluation = Evaluation(evaluations(), request.model, data, config, request.surroundings)
    evaluation.folder /= _key(evaluation, request)
    make_folder(evaluation.folder.parent)
    with FileLock(evaluation.folder.with_suffix(".lock")) as lock:
        if not lock.acquire():
            raise EvaluationError(
                tr("Another window runs this evaluation."), tr("Wait for it, or choose other pictures.")
            )
        _read_finished(evaluation)
        device = pick_device(request.device)
        model = load_prepared(request.model, device)
        notices: list[str] = list(data.problems)
        for step in evaluate(evaluation, model, request.corruptions):
            if step.notice:
                notices.append(step.notice)
            yield step
        figures = write_figures(evaluation, model, run, notices.append)
        forget_old(evaluation.folder)
        remarks = (evaluation.model_text(), evaluation.samples_text(), *notices)
        files = (*evaluation.files, *figures)
        yield EvaluationResult(request, tuple(evaluation.table()), remarks, tuple(figures), files)


def save_results(result: EvaluationResult, parent: Path) -> Path:
    """Copy tables and figures to a new folder in `parent`, and return it. Raises SaveError."""
    names = numbered(f"evaluation-{_name_of(result.request.model)}")
    folder = next(parent / name for name in names if not os.path.exists(parent / name))
    make_folder(folder)
    for path in result.files:
        copy_file(path, folder / path.name, overwrite=False)
    return folder


def _name_of(model: Path) -> str:
    run = _run_of(model)
    return model.stem if run is None else run.name


def _run_of(model: Path) -> RunFolder | None:
    """Return the training run that a model file belongs to; None for one that stands alone."""
    run = RunFolder(model.parent)
    return run if model == run.model_file and os.path.isfile(run.settings_file) else None


def _key(evaluation: Evaluation, request: EvaluationRequest) -> str:
    """Return what tells results apart: model, images and settings, as hexadecimal digits."""
    said = json.dumps([evaluation.identity, request.corruptions], sort_keys=True)
    return hashlib.sha256(said.encode(errors="backslashreplace")).hexdigest()[:24]


def _read_finished(evaluation: Evaluation) -> None:
    """Take over what an earlier session has finished; what is damaged is measured again."""
    try:
        evaluation.read_finished()
    except EvaluationError:
        evaluation.finished.clear()
        shutil.rmtree(evaluation.folder, ignore_errors=True)


def forget_old(newest: Path) -> None:
    """Delete all results in the cache except the newest few, and those that another window works on."""
    os.utime(newest)
    folders = sorted((path for path in entries(newest.parent) if os.path.isdir(path)), key=_changed)
    for folder in folders[:-KEPT]:
        with suppress(OSError), FileLock(folder.with_suffix(".lock")) as lock:
            if lock.acquire():  # its file stays: another window may be waiting to lock just this one
                shutil.rmtree(folder, ignore_errors=True)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another window has just deleted it
        return 0.0
