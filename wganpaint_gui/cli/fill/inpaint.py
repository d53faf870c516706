"""`wganpaint inpaint`: fill masked photos without a window."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from wganpaint_gui.cli.console import DONE, FAILED, UNUSABLE, print_error, print_warning
from wganpaint_gui.cli.options import REPLACE_HINT, add_device, add_force, add_precision
from wganpaint_gui.cli.search_options import add_start_and_steps, check_refine, choose_start
from wganpaint_gui.cli.together import together
from wganpaint_gui.core.errors import UsageError
from wganpaint_gui.core.geometry import Frame, normal_angle
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.settings import (
    DEFAULT_STEPS,
    FILL_METHODS,
    METHODS,
    SURROUNDINGS,
    Blend,
    FillMethod,
    InpaintConfig,
    Optimizer,
)
from wganpaint_gui.core.system.processes import process_number
from wganpaint_gui.core.system.program import program_name
from wganpaint_gui.core.wording import quoted

if TYPE_CHECKING:
    from wganpaint_gui.ml.batch.fill_photos import PhotoOutcome
    from wganpaint_gui.ml.batch.fill_request import FillRequest

_DEFAULTS = InpaintConfig()

_EPILOG = """\
masks:
  FILE      a picture of the photo's size, white (above 127) = fill; one file may serve several photos
  FOLDER    a folder with a mask for each photo, named like the photo, or like it with -mask (any image suffix)
  alpha     the photo's fully transparent pixels; they become opaque
  center    a corruption from the paper: the middle square of the frame, with a quarter of its side
  center32  the same with half of its side
  random80  80%% of the model's pixels, chosen by --seed
            For these three the frame is chosen first: the largest detected face, or the largest centred square.

output:
  Prints the written files, one per line; with --json one object per photo, one per line:
    input, output, method, loss (lower is better, not comparable between methods), best_step (counted from 0; from
    "steps" on, of the refinement), refined_steps (taken; 0: not refined), start, steps (of the search),
    seconds (this photo from reading to writing), known_region_fit (good, fair or poor: whether the model knows what
    surrounds the mask), frame [x, y, size], model, changed_outside_mask;
    the frame of a leaning face has its angle as a fourth number, in degrees clockwise
  The surroundings have no loss, best_step and refined_steps, which are null, but "ways": patches (copied from the rest
  of the photo) and, where the hole is thin or scattered, biharmonic, telea, navier-stokes or fsr; used alone, they
  leave start, steps, known_region_fit, frame and model null as well.
  With --method both or all, the list "results" has output, loss, best_step, refined_steps and changed_outside_mask of
  each method, and the photo's changed_outside_mask is their sum. With several faces, frame, loss, best_step,
  refined_steps and known_region_fit are lists with one item per face; each frame fills only what earlier frames left
  unfilled. If one file of a photo cannot be written, the others still are: the failure is printed on stderr, and
  "results" lists the methods that were written. The same holds for --method all where the mask leaves the model
  nothing to see: only the surroundings fill it.
  changed_outside_mask is counted in the written file; for JPEG, which changes every pixel a little, in the picture
  before encoding. It is always 0.

  With several photos, --record and --animation write one file per photo: film.webp becomes film-PHOTO.webp. Under
  torchrun, on one machine or several, each process fills its share of the photos; what is written does not depend on
  their number. If a process or all of them are stopped, finished photos are kept, and --resume does the rest.

examples:
  %(prog)s portrait.png --mask mouth.png -o filled.png
  %(prog)s portrait.png --mask mouth.png -o filled.png --method both --json --animation film.webp
  %(prog)s photos/*.jpg --mask masks/ -o filled/ --restarts 8 --seed 1
  %(prog)s beach.jpg --mask ball.png -o beach-empty.png --method surroundings
  %(prog)s face.png --mask random80 --frame whole -o restored.png
  %(prog)s face.png --mask center -o paper.png --start random --refine 0      the search of the papers
  %(prog)s leaning.jpg --mask spot.png -o filled.jpg --frame 310,120,240,-20
  A frame with a negative coordinate needs an equals sign: --frame=-20,0,256
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "inpaint",
        help="fill masked photos without a window",
        description="Search a Wasserstein GAN for images that fit each photo and write them under its mask; or fill "
        "the mask from the rest of the photo.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO", help="photos to fill")
    parser.add_argument(
        "--mask", required=True, help="what to fill: FILE, FOLDER, alpha, center, center32 or random80; see below"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="the file to write, or a folder for several photos"
    )
    add_force(parser)
    parser.add_argument("--resume", action="store_true", help="skip photos whose files have all been written")
    parser.add_argument("--json", action="store_true", help="print one JSON object per photo")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help="write everything needed to repeat the fill")
    parser.add_argument("--animation", type=Path, metavar="FILE", help="write the search as a film (.webp or .gif)")
    _add_search(parser.add_argument_group("search"))
    parser.set_defaults(run=run)


def _add_search(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--method",
        choices=(*FILL_METHODS, "both", "all"),
        default="yeh",
        help="yeh: contextual and perceptual loss; critic: critic only; surroundings: from the photo itself, without "
        "model or frame; both: writes OUT-yeh.EXT and OUT-critic.EXT; all: these and OUT-surroundings.EXT (default: "
        "yeh)",
    )
    group.add_argument(
        "--model",
        metavar="NAME|FILE",
        help=f"a name listed by `{program_name()} models`, or a file (default: faces-64)",
    )
    group.add_argument(
        "--frame",
        type=_frame,
        default="auto",
        metavar="F",
        help="the square that the model sees: auto (around each masked face, else around the mask), whole (the "
        "smallest square around the photo) or X,Y,SIZE[,ANGLE]: left, top and side of a square in pixels, turned "
        "around its centre by so many degrees clockwise (default: auto)",
    )
    add_start_and_steps(group)
    group.add_argument(
        "--restarts",
        type=int,
        default=_DEFAULTS.candidates,
        help="starts per search; the candidate that best suits the known pixels around the hole and the critic is "
        "written (default: %(default)s)",
    )
    group.add_argument(
        "--seed", type=int, default=_DEFAULTS.seed, help="seed of all random numbers (default: %(default)s)"
    )
    group.add_argument(
        "--lambda",
        dest="context_weight",
        type=float,
        default=_DEFAULTS.context_weight,
        metavar="F",
        help="weight of the known pixels, method yeh only (default: %(default)s)",
    )
    group.add_argument(
        "--lr", type=float, metavar="F", help="learning rate (default: the best measured for the method)"
    )
    group.add_argument(
        "--optimizer",
        choices=get_args(Optimizer),
        default=_DEFAULTS.optimizer,
        help="update rule (default: %(default)s)",
    )
    group.add_argument(
        "--blend",
        choices=get_args(Blend),
        default=_DEFAULTS.blend,
        help="how the fill meets the photo (default: %(default)s)",
    )
    add_precision(group, "the steps of a search")
    add_device(group)


def _frame(text: str) -> str | Frame:
    if text in ("auto", "whole"):
        return text
    square, angle = text.split(",")[:3], text.split(",")[3:]
    try:
        x, y, size = (int(part) for part in square)
        (turned,) = (normal_angle(float(part)) for part in angle or ["0"])
    except ValueError:
        asked = "auto, whole or X,Y,SIZE[,ANGLE] in pixels and degrees"
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not {asked}") from None
    return Frame(x, y, size, turned)


def _methods(name: str) -> tuple[FillMethod, ...]:
    named: dict[str, tuple[FillMethod, ...]] = {"both": METHODS, "all": FILL_METHODS}
    return named.get(name) or tuple(method for method in FILL_METHODS if method == name)


def _config(arguments: argparse.Namespace, card: ModelCard) -> InpaintConfig:
    check_refine(arguments.refine)
    start = choose_start(arguments.start, card)
    return InpaintConfig(
        methods=tuple(method for method in METHODS if method in _methods(arguments.method)),
        start=start,
        steps=DEFAULT_STEPS[start] if arguments.steps is None else arguments.steps,
        refine=arguments.refine,
        candidates=arguments.restarts,
        seed=arguments.seed,
        context_weight=arguments.context_weight,
        learning_rate=arguments.lr,
        optimizer=arguments.optimizer,
        blend=arguments.blend,
    )


def run(arguments: argparse.Namespace) -> int:
    """Fill every usable photo; load the model and torch only when the first usable photo is found."""
    from wganpaint_gui.core.models.installed import find_model
    from wganpaint_gui.core.models.model_card import read_card
    from wganpaint_gui.ml.batch.fill_request import plan_requests
    from wganpaint_gui.ml.batch.film import check_animation_name

    searches = arguments.method != SURROUNDINGS
    if not searches and arguments.animation is not None:
        raise UsageError("--animation shows a search, and --method surroundings makes none.", "Leave it out.")
    model_path = find_model(arguments.model) if searches else None
    card = None if model_path is None else read_card(model_path)
    config = None if card is None else _config(arguments, card)
    check_animation_name(arguments.animation)
    requests = plan_requests(
        arguments.photos,
        arguments.mask,
        arguments.output,
        _methods(arguments.method),
        record=arguments.record,
        animation=arguments.animation,
    )

    with together() as wait:
        code = _fill(_share(requests, arguments), model_path, card, config, arguments)
        wait()
    return code


def _share(requests: list[FillRequest], arguments: argparse.Namespace) -> list[tuple[str, FillRequest]]:
    """Return what is left to do for this process, each with its label."""
    number, processes = process_number()
    labelled = [(f"{one.photo.name} ({n}/{len(requests)})", one) for n, one in enumerate(requests, 1)]
    return [
        (label, one)
        for label, one in labelled[number::processes]
        if not (arguments.resume and all(os.path.exists(file) for file in one.files))
    ]


def _fill(
    requests: list[tuple[str, FillRequest]],
    model_path: Path | None,
    card: ModelCard | None,
    config: InpaintConfig | None,
    arguments: argparse.Namespace,
) -> int:
    from wganpaint_gui.cli.loading import load
    from wganpaint_gui.ml.batch.fill_photos import Searching, fill_photos

    from .progress import FillBar, read_photo

    searching = None
    if model_path is not None and card is not None and config is not None:
        searching = Searching(card, config, lambda: load(model_path, arguments.device, arguments.precision))
    codes = []
    steps = fill_photos(
        [request for _, request in requests],
        searching,
        frame=arguments.frame,
        seed=arguments.seed,
        force=arguments.force,
        warn=print_warning,
        replace_hint=REPLACE_HINT,
        read=read_photo,
    )
    with FillBar() as bar:
        for one in steps:
            if one.step is not None:
                bar.show(one.step, requests[one.index][0])
            elif one.outcome is not None:
                bar.close()
                codes.append(_print_outcome(one.outcome, as_json=arguments.json))
    return _exit_code(codes)


def _print_outcome(outcome: PhotoOutcome, *, as_json: bool) -> int:
    from .results import print_result

    if outcome.filled is not None:
        print_result(outcome.filled, as_json=as_json)
        return FAILED if outcome.filled.errors else DONE
    assert outcome.error is not None
    print_error(outcome.error, outcome.request.photo)
    return FAILED if outcome.usable else UNUSABLE


def _exit_code(codes: list[int]) -> int:
    if all(code == DONE for code in codes):
        return DONE
    return UNUSABLE if all(code == UNUSABLE for code in codes) else FAILED
