"""`wganpaint train`: train a WGAN on your own pictures."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from wganpaint_gui.core.errors import BatchError, SettingsError, TrainingError, WganPaintError
from wganpaint_gui.core.file_names import RUN_MODEL
from wganpaint_gui.core.system.program import program_name

from .console import DONE, FAILED, INTERRUPTED, UNUSABLE, print_data, print_error, print_json, print_status
from .options import add_device, add_number, add_precision

if TYPE_CHECKING:
    from wganpaint_gui.core.training.training_config import Preset, TrainingConfig
    from wganpaint_gui.core.training.training_log import TrainingStep
    from wganpaint_gui.core.training.training_request import TrainingRequest
    from wganpaint_gui.ml.training.ranks import Ranks
    from wganpaint_gui.ml.training.session import SessionStep, TrainingSession

_PATIENCE = 25.0  # seconds from a signal to the end; torchrun kills after 30

_EPILOG = """\
data:
  DATA is a folder (with its subfolders), a zip, or CelebA's img_align_celeba. Pictures are framed (--framing), scaled
  down and cached decoded. Unusable pictures are reported before training starts.

the run folder:
  config.json, metrics.jsonl (one line per update), samples/*.png, checkpoints/*, model.safetensors (the newest model,
  for `inpaint --model` and the editor). Ctrl-C stops and saves; --resume continues, also after a crash.

several GPUs or machines:
  torchrun --nproc-per-node 2 -m wganpaint_gui train DATA --out RUN

examples:
  %(prog)s photos/ --out runs/portraits
  %(prog)s faces.zip --out runs/faces --preset gp --width 32 --generator-updates 9000 --aware-updates 2000
  %(prog)s faces.zip --out runs/faces --resume
  %(prog)s faces.zip --out runs/aware --model faces-64 --generator-updates 0 --aware-updates 1000
  %(prog)s faces.zip --out runs/encoder --model faces-64 --generator-updates 0 --encoder-updates 4000
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "train",
        help="train a model on your own pictures",
        description="Train a Wasserstein GAN; it can be stopped at any moment and resumed.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="a folder or a zip of pictures")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="the run's folder; must be new or empty")
    parser.add_argument("--resume", action="store_true", help="resume the run in RUN")
    parser.add_argument("--json", action="store_true", help="print one JSON object per tick, and one at the end")
    parser.add_argument("--preset", choices=("paper", "gp"), help="the training recipe (default: gp)")
    add_number(parser, "--resolution", "pixels per side: 32, 64, 128 or 256 (default: 64)")
    add_number(parser, "--width", "channels of the layer next to the image (default: 64, as in the paper)")
    parser.add_argument(
        "--upsampling",
        choices=("transposed", "resize"),
        help="how the generator doubles the size: the paper's transposed convolutions, or nearest pixels and a "
        "convolution, which leaves no grid of dots and is faster (default: transposed)",
    )
    add_number(parser, "--generator-updates", "updates of the generator (default: the preset's)")
    add_number(parser, "--aware-updates", "updates of the search-aware critic after that (default: 0)")
    guesses = "updates, after that, of an encoder that guesses where a search begins (default: 0)"
    add_number(parser, "--encoder-updates", guesses)
    add_number(parser, "--batch-size", "images per update (default: the preset's)")
    add_number(parser, "--seed", "seed of all random numbers (default: 0)")
    parser.add_argument("--model", metavar="NAME|FILE", help="start from this model instead of random weights")
    parser.add_argument(
        "--framing",
        choices=("auto", "whole", "aligned", "faces", "celeba"),
        help="what the model sees of a picture: whole (the largest centred square), aligned (the same, for pictures "
        "already framed as faces), faces (the largest face found), celeba (default: auto: celeba or whole)",
    )
    add_number(parser, "--held-out", "images to measure on, at most a fifth of all (default: 200)")
    parser.add_argument(
        "--augment", action="store_true", default=None, help="vary the pictures at random; for a few thousand or fewer"
    )
    add_precision(parser, "training", default=None)
    add_number(parser, "--tick-updates", "updates between sample grids (default: 250)")
    parser.add_argument("--licence", default="", metavar="TEXT", help="licence of the pictures, for the model card")
    add_device(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        request = _request(arguments)
        from .loading import interrupts_held

        with interrupts_held():
            from wganpaint_gui.ml.device import quiet_threads
            from wganpaint_gui.ml.training.ranks import joined, started
            from wganpaint_gui.ml.training.session import TrainingSession

        quiet_threads(window_open=False)
        device = started().device(request.device)
    except WganPaintError:
        if os.environ.get("LOCAL_RANK", "0") == "0":  # all processes of a machine fail alike: one reports it
            raise
        return UNUSABLE
    with joined(started(), device) as ranks:
        session = TrainingSession(request, ranks)
        with _stop_signals(session, ranks), _end_without_others(ranks):
            try:
                outcome, last = _drive(session.run(), ranks.stop, speaks=ranks.writes, as_json=arguments.json)
                if not session.began and (failure := ranks.failure()):  # the reason why torchrun stopped this process
                    raise failure
            except WganPaintError as error:
                if ranks.writes or session.began:
                    print_error(_with_options(error))
                return INTERRUPTED if ranks.asked.is_set() else FAILED if session.began else UNUSABLE
    if ranks.writes:
        _close(request, outcome, last, began=session.began, as_json=arguments.json)
    return INTERRUPTED if outcome == "stopped" else DONE


def _with_options(error: WganPaintError) -> WganPaintError:
    """Return the error with a hint that names this command's options, where there are any."""
    if not isinstance(error, BatchError):
        return error
    options = f"--resume --batch-size {error.fits}"
    return WganPaintError(error.message, f"A batch of {error.fits} fits: resume with {options}.")


def _request(arguments: argparse.Namespace) -> TrainingRequest:
    from wganpaint_gui.core.dataset import DataOptions, Framing
    from wganpaint_gui.core.models.installed import find_model
    from wganpaint_gui.core.training.run_folder import RunFolder
    from wganpaint_gui.core.training.training_request import TrainingRequest

    base = find_model(arguments.model) if arguments.model else None
    kept = RunFolder(arguments.out).read_settings() if arguments.resume else None
    config = _changed(kept.config, arguments) if kept else _new_config(arguments, base)
    data = DataOptions(config.network.resolution)
    framing: str = arguments.framing or (kept.data.framing if kept else data.framing)
    held_out = arguments.held_out if arguments.held_out is not None else kept.data.held_out if kept else data.held_out
    return TrainingRequest(
        source=arguments.data,
        folder=arguments.out,
        config=config,
        data=DataOptions(config.network.resolution, cast(Framing, framing), held_out),
        base_model=base,
        device=arguments.device,
        licence=arguments.licence,
        resume=arguments.resume,
    )


def _new_config(arguments: argparse.Namespace, base: Path | None) -> TrainingConfig:
    """Return the preset's settings with the options given, and the network of the model that training starts from."""
    from wganpaint_gui.core.models.model_card import read_card
    from wganpaint_gui.core.training.training_config import preset_config

    card = read_card(base) if base else None
    batch_norm = card is not None and card.network.critic_norm == "batch"
    preset: Preset = arguments.preset or ("paper" if batch_norm else "gp")
    config = preset_config(preset)
    if card is not None:
        config = replace(config, network=card.network)
    changed = _changed(config, arguments)
    if card is not None and changed.network != card.network:  # its weights fit no other network
        raise SettingsError(
            f"The network of the model {card.name} cannot be changed.",
            "Leave out --resolution, --width and --upsampling, or --model.",
        )
    return changed


def _changed(config: TrainingConfig, arguments: argparse.Namespace) -> TrainingConfig:
    """Return the config with every option that was given; the others stay as they are."""

    def given(*names: str) -> dict[str, Any]:
        return {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}

    network = replace(config.network, **given("resolution", "width", "upsampling"))
    own = given("preset", "generator_updates", "batch_size", "seed", "augment", "precision", "tick_updates")
    config = replace(config, network=network, **own)
    if arguments.aware_updates is not None:
        config = config.extended("aware", arguments.aware_updates)
    if arguments.encoder_updates is not None:
        config = config.extended("encoder", arguments.encoder_updates)
    return config


@contextmanager
def _stop_signals(session: TrainingSession, ranks: Ranks) -> Iterator[None]:
    """Let Ctrl-C and torchrun's SIGTERM end the run after the current update, and a second Ctrl-C at once."""

    def hear(number: int, _frame: object) -> None:
        if ranks.asked.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        ranks.asked.set()
        if ranks.count == 1 or not session.began:  # else all stop together
            ranks.stop.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _end_without_others(ranks: Ranks) -> Iterator[None]:
    """Among several processes: end this one, with a message, if it is still there _PATIENCE seconds after a signal.

    An exchange whose other side has ended may wait for ever (NCCL), and Python handles no signal in it. A thread that
    set_wakeup_fd wakes does. No checkpoint is written then: the weights may hold half an exchange. The newest is kept.
    """
    if ranks.count == 1:
        yield
        return
    ended = threading.Event()
    heard, wakeup = os.pipe()
    os.set_blocking(wakeup, False)

    def watch() -> None:
        if os.read(heard, 1) and not ended.wait(_PATIENCE):
            stuck = TrainingError(
                "Training could not stop cleanly: another process may have ended.",
                "The newest checkpoint is kept; start the same command again, with --resume if training had begun.",
            )
            print_error(ranks.failure() or stuck)
            os._exit(FAILED)

    watcher = threading.Thread(target=watch, name="end without others", daemon=True)
    before = signal.set_wakeup_fd(wakeup)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        signal.set_wakeup_fd(before)
        os.close(wakeup)
        watcher.join()
        os.close(heard)


def _drive(
    steps: Iterator[SessionStep], stop: threading.Event, *, speaks: bool, as_json: bool
) -> tuple[str, TrainingStep | None]:
    """Run to the end or to the stop, reporting progress. Returns how it ended, and the last step."""
    from wganpaint_gui.jobs.drive import drive

    from .training_report import TrainingReport

    with TrainingReport(silent=not speaks, as_json=as_json) as report:
        outcome = drive(steps, deliver=report.show, stop=stop)
    return outcome, report.last


def _close(request: TrainingRequest, outcome: str, last: TrainingStep | None, *, began: bool, as_json: bool) -> None:
    """Print the outcome and the run's files."""
    model = request.folder / RUN_MODEL
    if as_json:
        values: dict[str, Any] = {"outcome": outcome, "run": str(request.folder)}
        values["model"] = str(model) if os.path.exists(model) else None
        if last is not None:
            values |= {"stage": last.stage, "update": last.update, "total": last.total}
        print_json(values)
    elif outcome == "stopped" and not began:
        print_status("Stopped before training began. Decoded pictures are kept: run the same command again.")
    elif outcome == "stopped":
        again = shlex.join([program_name(), "train", str(request.source), "--out", str(request.folder), "--resume"])
        print_status(f"Stopped and saved. Resume with: {again}")
    else:
        if last is None:
            print_status(
                "All updates of this run are already done; --generator-updates, --aware-updates or --encoder-updates "
                "extend it."
            )
        print_data(model)
