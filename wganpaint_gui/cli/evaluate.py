"""`wganpaint evaluate`: the paper's experiment on images on which a model was not trained."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import ModelError, SettingsError, UsageError
from wganpaint_gui.core.measure.evaluation import CORRUPTIONS, Corruption, table_text
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, FILL_METHODS, METHODS, SURROUNDINGS, Blend, InpaintConfig
from wganpaint_gui.core.system.processes import process_number
from wganpaint_gui.core.system.program import program_name
from wganpaint_gui.ml.batch.loaded_model import LoadedModel

from .console import DONE, FAILED, print_data, print_json, print_warning
from .loading import load
from .options import add_device, add_number
from .search_options import add_start_and_steps, check_refine, choose_start
from .together import together

if TYPE_CHECKING:
    from wganpaint_gui.core.models.model_card import ModelCard
    from wganpaint_gui.core.training.run_folder import RunFolder
    from wganpaint_gui.ml.measure.evaluation_folder import Evaluation
    from wganpaint_gui.ml.measure.held_out import HeldOut

MAX_COUNT = 100_000

_EPILOG = """\
DIR contains, for all finished corruptions:
  table.csv, table.json   PSNR, SSIM and L1 inside the hole, and the critic's score of the whole image: mean and
                          standard error for each method and corruption, and the seconds that all its fills took;
                          table.json also has the critic gap and SWD between the model's own samples and the images
  images.csv              the same for each image, with its seed, best step and loss
  CORRUPTION.json         one corruption: settings, hashes of model and images, rows, the latents that the searches
                          found, and the refined images (each a PNG, base64)
  figure-4.png            original, corrupted and recovered images side by side
  figure-2.png, figure-3.png   if MODEL is a training run: its W curve, and 100 samples

methods in the tables:
  original                the images themselves, for the critic's score
  guess                   the encoder's first guess, before any step; with --start guess
  yeh, critic             the fills that the searches found; the two share every pass through the networks, and each is
                          given half the time
  yeh-refined             those of yeh after their refinement; the seconds are those of the refinement alone
  yeh-blended, critic-blended   the last fills of each method as the editor draws them, blended into the known pixels;
                          not with --blend none
  telea, navier-stokes, biharmonic   plain fills without a model
  surroundings            the fill from the image itself, without a model; with --methods surroundings or all

  center is the middle quarter of the side (16 of 64 pixels), center32 the middle half, random80 80%% of the pixels.
  The other fills are not blended. Image number n, counted from 0, is corrupted and searched with the seed N + n: the
  command inpaint with --frame whole, --blend none and that seed repeats it. --start random --refine 0
  --blend none is the experiment of the papers.

  Images are searched 32 at once. Under torchrun, on one machine or several that share DIR, each process measures its
  share of them; the tables do not depend on the number of processes. --resume skips what is finished in DIR. Model,
  images and settings must be the same as before; an evaluation made before there was a first guess continues with
  --start random --refine 0 --blend none.

examples:
  %(prog)s faces-64 held-out.zip --out evaluation
  %(prog)s runs/monday photos/ --out evaluation --corruption center --count 20 --restarts 4
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "evaluate",
        help="measure a model on held-out images: the experiment of the paper",
        description="Remove parts of images that the model has never seen, fill them, and measure the result.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "model",
        metavar="MODEL",
        help=f"a name listed by `{program_name()} models`, a .safetensors file, or the folder of a training run",
    )
    parser.add_argument(
        "data",
        type=Path,
        metavar="DATA",
        help="a folder or zip of images framed like the model's training images; larger images are cropped to their "
        "middle square; if the model was trained on DATA, only its held-out images are used",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder for the results")
    parser.add_argument(
        "--corruption",
        nargs="+",
        choices=CORRUPTIONS,
        default=CORRUPTIONS,
        metavar="C",
        help=f"what is removed: {', '.join(CORRUPTIONS)} (default: all)",
    )
    parser.add_argument(
        "--methods",
        nargs="+",
        choices=(*FILL_METHODS, "all"),
        default=METHODS,
        metavar="M",
        help="yeh, critic, and with them surroundings, the fill from the image itself; or all (default: yeh critic)",
    )
    add_number(parser, "--count", "number of images, the first by name (default: 100)", default=100)
    add_number(parser, "--seed", "seed of the first image (default: 0)", default=0)
    add_start_and_steps(parser)
    parser.add_argument(
        "--restarts",
        type=int,
        default=1,
        metavar="K",
        help="starts per image; the suggested candidate is used (default: 1, as in the paper)",
    )
    parser.add_argument(
        "--blend",
        choices=get_args(Blend),
        default=InpaintConfig.blend,
        help="measure the fills also as they are when blended like this (default: %(default)s, as `inpaint`)",
    )
    parser.add_argument("--resume", action="store_true", help="resume the evaluation in DIR")
    parser.add_argument("--json", action="store_true", help="print the content of table.json")
    add_device(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check all arguments before torch is loaded, then measure the model and write its tables and figures."""
    from wganpaint_gui.core.models.model_card import read_card
    from wganpaint_gui.ml.measure.evaluation_folder import Evaluation, has_results

    if not 1 <= arguments.count <= MAX_COUNT:
        raise SettingsError(f"--count is {arguments.count}; it must be a whole number from 1 to {MAX_COUNT:,}.")
    model_path, training_run = _find(arguments.model)
    card = read_card(model_path)
    config = _config(arguments, card)
    _check_folder(arguments.out, resume=arguments.resume)
    data = _images(arguments, card.network.resolution, training_run)
    for sentence in data.problems:
        print_warning(sentence)
    evaluation = Evaluation(arguments.out, model_path, data, config, SURROUNDINGS in _methods(arguments))
    if arguments.resume:
        evaluation.read_finished()
    if data.found > arguments.count:
        print_warning(
            f"Measuring {arguments.count:,} of {data.found:,} pictures, the first by name. "
            f"For all, use --count {data.found}."
        )

    with together() as wait:
        loaded = load(model_path, arguments.device)
        wait()  # until all have read what an earlier run has finished
        try:
            _search(evaluation, loaded, tuple(dict.fromkeys(arguments.corruption)), wait)
        except KeyboardInterrupt:
            if has_results(arguments.out):
                print_warning(f"Finished results are kept in {arguments.out}. Continue with --resume.")
            raise
    if process_number()[0] == 0:
        _report(evaluation, loaded, training_run, as_json=arguments.json)
    return FAILED if data.problems else DONE


def _report(evaluation: Evaluation, loaded: LoadedModel, training_run: RunFolder | None, *, as_json: bool) -> None:
    from wganpaint_gui.ml.measure.evaluation_figures import write_figures

    figures = write_figures(evaluation, loaded.model, training_run, print_warning)
    if as_json:
        print_json(evaluation.summary())
    else:
        texts = (table_text(evaluation.table()), evaluation.model_text(), evaluation.samples_text())
        print(*texts, sep="\n", file=sys.stderr, flush=True)
        print_data(*evaluation.files, *figures)


def _methods(arguments: argparse.Namespace) -> tuple[str, ...]:
    return FILL_METHODS if "all" in arguments.methods else tuple(arguments.methods)


def _config(arguments: argparse.Namespace, card: ModelCard) -> InpaintConfig:
    check_refine(arguments.refine)
    if _methods(arguments) == (SURROUNDINGS,):
        raise UsageError("--methods surroundings measures no model.", "Add yeh or critic, or use all.")
    start = choose_start(arguments.start, card)
    return InpaintConfig(
        methods=tuple(method for method in METHODS if method in _methods(arguments)),
        start=start,
        steps=DEFAULT_STEPS[start] if arguments.steps is None else arguments.steps,
        refine=arguments.refine,
        candidates=arguments.restarts,
        seed=arguments.seed,
        blend=arguments.blend,
    )


def _images(arguments: argparse.Namespace, resolution: int, training_run: RunFolder | None) -> HeldOut:
    """Return the images of DATA or, if the model was trained on DATA, those that its run holds out."""
    from wganpaint_gui.ml.measure.held_out import held_out_images, result_of

    path, count = arguments.data, arguments.count
    data = result_of(held_out_images(path, count, resolution, arguments.seed, training_run))
    if data.of_run:
        print_warning(
            f"{path} is the data of this model: measuring only its {counted(data.found, 'held-out picture')}."
        )
    return data


def _find(model: str) -> tuple[Path, RunFolder | None]:
    """Return the model's file and, if a run's folder was named, its training run. Raises ModelError."""
    from wganpaint_gui.core.models.installed import find_model, list_models
    from wganpaint_gui.core.training.run_folder import RunFolder

    folder = Path(model).expanduser()
    if not os.path.isdir(folder) or any(entry.name == model for entry in list_models()):
        return find_model(model), None
    run_folder = RunFolder(folder)
    if not os.path.isfile(run_folder.model_file):
        raise ModelError(
            f"The folder {folder} contains no model: it has no {run_folder.model_file.name}.",
            "Name a training run that has saved a model, or a .safetensors file.",
        )
    return run_folder.model_file, run_folder


def _search(
    evaluation: Evaluation, loaded: LoadedModel, corruptions: tuple[Corruption, ...], wait: Callable[[], None]
) -> None:
    """Measure every unfinished corruption; show a progress bar for each part if stderr is a terminal."""
    from tqdm import tqdm

    from wganpaint_gui.ml.measure.evaluating import evaluate

    with closing(evaluate(evaluation, loaded.model, corruptions, wait=wait)) as steps:
        for label, part in groupby(steps, lambda step: step.label):
            with tqdm(desc=label, unit="step", disable=None, leave=False) as bar:
                for step in part:
                    bar.total = step.total
                    bar.update(step.done - bar.n)
                    if step.notice:
                        print_warning(step.notice)


def _check_folder(folder: Path, *, resume: bool) -> None:
    """Check before any work that results can be written and do not mix with others. Raises UsageError."""
    from wganpaint_gui.ml.measure.evaluation_folder import has_results

    if os.path.exists(folder) and not os.path.isdir(folder):
        raise UsageError(f"{folder} is a file; the results need a folder.", "Choose a folder with --out.")
    place = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.exists(place))
    if not os.path.isdir(place):
        raise UsageError(f"{folder} cannot be created: {place} is a file.", "Choose another place.")
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        raise UsageError(f"{folder} cannot be written: no permission for {place}.", "Choose another place.")
    if not os.path.isdir(folder) or not any(folder.iterdir()):
        return
    if not resume:
        raise UsageError(
            f"The folder {folder} is not empty. Existing files are never overwritten.",
            "Choose another folder with --out, or continue the evaluation in it with --resume.",
        )
    if not has_results(folder):
        raise UsageError(
            f"{folder} contains no evaluation to resume.", "Choose another folder with --out, or leave out --resume."
        )
