"""`wganpaint inpaint`: fill masked photos without a window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from wganpaint_gui.cli.console import DONE, FAILED, UNUSABLE, print_error
from wganpaint_gui.cli.options import add_device, add_force
from wganpaint_gui.cli.search_options import add_start_and_steps, check_refine, choose_start
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, METHODS, Blend, InpaintConfig, Optimizer
from wganpaint_gui.core.system.program import program_name

_DEFAULTS = InpaintConfig()

_EPILOG = """\
masks:
  FILE      a picture of the photo's size, white (above 127) = fill; one file may serve several photos
  FOLDER    a folder with a mask for each photo, named like the photo (any image suffix)
  alpha     the photo's fully transparent pixels; they become opaque
  center    a corruption from the paper: the middle square of the frame, with a quarter of its side
  center32  the same with half of its side
  random80  80%% of the model's pixels, chosen by --seed
            For these three the frame is chosen first: the largest detected face, or the largest centred square.

output:
  Prints the written files, one per line; with --json one object per photo, one per line:
    input, output, method, loss (lower is better, not comparable between methods), best_step (counted from 0; from
    "steps" on, of the refinement), refined_steps (taken; 0: not refined), start, steps (of the search),
    seconds (this photo from reading to writing), frame [x, y, size], model, changed_outside_mask
  With --method both, the list "results" has output, loss, best_step, refined_steps and changed_outside_mask of each
  method, and the photo's changed_outside_mask is their sum. With several faces, frame, loss, best_step and
  refined_steps are lists with one item per face; each frame fills only what earlier frames left unfilled. If one file
  of a photo cannot be written, the others still are: the failure is printed on stderr, and "results" lists the methods
  that were written.
  changed_outside_mask is counted in the written file; for JPEG, which changes every pixel a little, in the picture
  before encoding. It is always 0.

  With several photos, --record and --animation write one file per photo: film.webp becomes film-PHOTO.webp.

examples:
  %(prog)s portrait.png --mask mouth.png -o filled.png
  %(prog)s portrait.png --mask mouth.png -o filled.png --method both --json --animation film.webp
  %(prog)s photos/*.jpg --mask masks/ -o filled/ --restarts 8 --seed 1
  %(prog)s face.png --mask random80 --frame whole -o restored.png
  %(prog)s face.png --mask center -o paper.png --start random --refine 0      the search of the papers
  A frame with a negative coordinate needs an equals sign: --frame=-20,0,256
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "inpaint",
        help="fill masked photos without a window",
        description="Search a Wasserstein GAN for images that fit each photo and write them under its mask.",
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
    parser.add_argument("--json", action="store_true", help="print one JSON object per photo")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help="write everything needed to repeat the fill")
    parser.add_argument("--animation", type=Path, metavar="FILE", help="write the search as a film (.webp or .gif)")
    _add_search(parser.add_argument_group("search"))
    parser.set_defaults(run=run)


def _add_search(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--method",
        choices=(*METHODS, "both"),
        default="yeh",
        help="yeh: contextual and perceptual loss; critic: critic only; both: writes OUT-yeh.EXT and OUT-critic.EXT "
        "(default: yeh)",
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
        "smallest square around the photo) or X,Y,SIZE in pixels (default: auto)",
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
    add_device(group)


def _frame(text: str) -> str | Frame:
    if text in ("auto", "whole"):
        return text
    try:
        x, y, size = (int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not auto, whole or X,Y,SIZE in pixels") from None
    return Frame(x, y, size)


def _config(arguments: argparse.Namespace, card: ModelCard) -> InpaintConfig:
    check_refine(arguments.refine)
    start = choose_start(arguments.start, card)
    return InpaintConfig(
        methods=METHODS if arguments.method == "both" else (arguments.method,),
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

    from .film import check_animation_name
    from .inpaint_request import plan_requests

    model_path = find_model(arguments.model)
    card = read_card(model_path)
    config = _config(arguments, card)
    check_animation_name(arguments.animation)
    requests = plan_requests(
        arguments.photos,
        arguments.mask,
        arguments.output,
        config.methods,
        record=arguments.record,
        animation=arguments.animation,
    )

    from wganpaint_gui.cli.loading import LoadedModel

    from .fill_photo import fill_photo, prepare_photo
    from .results import print_result

    loaded: LoadedModel | None = None
    codes = []
    for number, request in enumerate(requests, 1):
        try:
            prepared = prepare_photo(request, arguments.frame, card, config.seed, force=arguments.force)
        except Exception as error:
            codes.append(_failure(error, request.photo, UNUSABLE))
            continue
        loaded = loaded or LoadedModel.load(model_path, arguments.device)
        try:
            filled = fill_photo(prepared, loaded, config, label=f"{request.photo.name} ({number}/{len(requests)})")
        except Exception as error:
            codes.append(_failure(error, request.photo, FAILED))
            continue
        print_result(filled, as_json=arguments.json)
        codes.append(FAILED if filled.errors else DONE)
    return _exit_code(codes)


def _failure(error: Exception, photo: Path, code: int) -> int:
    print_error(error, photo)
    return code if isinstance(error, WganPaintError) else FAILED


def _exit_code(codes: list[int]) -> int:
    if all(code == DONE for code in codes):
        return DONE
    return UNUSABLE if all(code == UNUSABLE for code in codes) else FAILED
