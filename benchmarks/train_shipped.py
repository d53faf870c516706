"""Train the models that ship, and prove that they are better than the ones that do: the whole job, on a CUDA machine.

python benchmarks/train_shipped.py FACES --out RUNS            FACES holds train-64.zip and holdout-64.zip
    --rehearse     a minute of everything, in a folder of its own, to see that it works on this machine
    --resolution 128     the same with train-128.zip and holdout-128.zip
    --device cpu --width 32 --generator-updates 9000 --aware-updates 6000     where there is no GPU
    --install      copy what is better into weights/

1. The updates of `paper` against the same in plain PyTorch; 2. `paper`: 75,000 generator updates, timed; 3. `gp` at the
same width, then the search-aware critic; 4. `wganpaint evaluate` of each, and of what ships under its name, on the
held-out images. Every step goes on where it was stopped. A model is good when all its updates were made, its critic
tells held-out photos from samples, and the mean PSNR of its fills, over both methods and all corruptions, is above that
of its predecessor. Targets are printed as reached or missed. Exit code 0: each model is good; 1: not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import torch

from wganpaint_gui.cli import main as wganpaint
from wganpaint_gui.core.measure.evaluation import CORRUPTIONS
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.search.settings import METHODS
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import read_log
from wganpaint_gui.ml.model_file import load_model, save_model

SOURCES = {64: "UTKFace and CelebA", 128: "UTKFace"}  # of the pictures, by resolution
LICENCE = "non-commercial research only"
PAPER_MINUTES = 10  # for all of `paper` at width 64 on an H100
SPEEDUP = 5  # over plain PyTorch
MOST_BEHIND = 1  # dB that critic-only may stay behind yeh at 80 % missing
REHEARSAL = ("--generator-updates", "40", "--tick-updates", "20")


def main() -> int:
    options = _arguments()
    if options.rehearse:
        options.out /= "rehearsal"  # nothing of it may be taken for the real run
    options.out.mkdir(parents=True, exist_ok=True)
    if "paper" in options.presets:
        _compare_updates(options)
    good = [_make(preset, options) for preset in options.presets]
    return 0 if all(good) else 1


def _make(preset: str, options: argparse.Namespace) -> bool:
    """Train one model, measure it and its predecessor, and install it where that was asked for and it is good."""
    train, held_out = (options.faces / f"{part}-{options.resolution}.zip" for part in ("train", "holdout"))
    count = 4 if options.rehearse else options.count
    name = f"faces-{options.resolution}{'' if preset == 'gp' else f'-{preset}'}"
    run, ships = RunFolder(options.out / name), shipped_weights() / f"{name}.safetensors"
    fresh = not run.settings_file.exists()
    seconds = _train(train, run.path, _training_options(options, preset))
    print(f"{name}: trained in {seconds:.0f} s by this call")
    if fresh and preset == "paper" and options.device.startswith("cuda"):
        _say_whether(f"{name}: the whole run", seconds / 60, PAPER_MINUTES, "minutes")
    faults = _faults(run)
    mean = _measure(name, run.model_file, held_out, options.out, count, options.device)
    if ships.exists():
        before = _measure(f"{name} as it ships", ships, held_out, options.out, count, options.device)
        faults += [f"it fills no better than what ships, {mean:.2f} dB against {before:.2f}"] * (mean <= before)
    for fault in faults:
        print(f"{name} is not good: {fault}.")
    if options.install and not options.rehearse and not faults:
        _install(run.model_file, name)
    return not faults


def _faults(run: RunFolder) -> list[str]:
    """What is wrong with a run whatever its fills are like."""
    settings, card = run.read_settings(), read_card(run.model_file)
    wanted = settings.config.generator_updates, settings.config.aware.updates
    faults = []
    if (card.updates, card.aware_updates) != wanted:
        faults.append(f"it has {card.updates} and {card.aware_updates} updates of {wanted[0]} and {wanted[1]}")
    log = read_log(run.metrics_file)
    last = (log.aware.ticks or log.gan.ticks)[-1]
    print(f"{run.name}: critic gap {last.critic_gap:+.2f}, SWD {log.gan.ticks[-1].swd:.1f} (lower is better)")
    if not last.critic_gap or last.critic_gap <= 0:
        faults.append("its critic does not tell photos from samples")
    return faults


def _compare_updates(options: argparse.Namespace) -> None:
    """Our updates of `paper` against plain PyTorch in one run of its own."""
    out = options.out / "training-step.json"
    shape = ("--preset", "paper", "--width", options.width, "--precision", options.precision)
    few = ("--pairs", 2, "--updates", 1) if options.rehearse else ()
    command = (sys.executable, Path(__file__).with_name("training_step.py"), *shape, "--device", options.device, *few)
    subprocess.run([str(part) for part in (*command, "--json", out)], check=True)
    medians = json.loads(out.read_text("utf-8"))["medians"]
    _say_whether("plain PyTorch takes", medians["plain"] / medians["ours"], SPEEDUP, "times as long", at_least=True)


def _say_whether(what: str, value: float, target: float, unit: str, *, at_least: bool = False) -> None:
    reached = value >= target if at_least else value <= target
    print(f"{what}: {value:.2f} {unit}; target {target:g}, {'reached' if reached else 'missed'}")


def _training_options(options: argparse.Namespace, preset: str) -> tuple[object, ...]:
    shared = ("--preset", preset, "--resolution", options.resolution, "--width", options.width)
    data = ("--framing", "aligned", "--licence", f"{LICENCE} ({SOURCES[options.resolution]})")
    updates: tuple[object, ...] = ("--generator-updates", options.paper_updates)
    if preset == "gp":
        aware = 10 if options.rehearse else options.aware_updates
        updates = ("--generator-updates", options.generator_updates, "--aware-updates", aware)
    updates = (*updates, "--encoder-updates", 10 if options.rehearse else options.encoder_updates)
    rehearsal = REHEARSAL if options.rehearse else ()
    return (*shared, *data, "--device", options.device, "--precision", options.precision, *updates, *rehearsal)


def _train(data: Path, run: Path, options: tuple[object, ...]) -> float:
    started = time.perf_counter()
    again = RunFolder(run).settings_file.exists()
    arguments = ("--resume", *options) if again else options
    _call("train", data, "--out", run, *arguments)
    return time.perf_counter() - started


def _measure(name: str, model: Path, held_out: Path, out: Path, count: int, device: str) -> float:
    """Print what the fills are worth; returns their mean PSNR in dB, inside the hole."""
    out /= f"evaluation-{hashlib.sha256(model.read_bytes()).hexdigest()[:12]}"  # another model, another folder
    again = ("--resume",) if out.exists() else ()
    _call("evaluate", model, held_out, "--out", out, "--count", count, "--device", device, *again)
    rows = json.loads((out / "table.json").read_text("utf-8"))["table"]
    measured = [row for row in rows if row["psnr"] is not None]
    psnr: dict[tuple[str, str], float] = {(row["method"], row["corruption"]): row["psnr"] for row in measured}
    for corruption in CORRUPTIONS:
        print(f"{name}: {corruption} " + ", ".join(f"{how} {psnr[how, corruption]:.1f}" for how in (*METHODS, "telea")))
    behind = psnr["yeh", "random80"] - psnr["critic", "random80"]
    _say_whether(f"{name}: critic-only behind yeh at random80 by", behind, MOST_BEHIND, "dB")
    values = [psnr[method, corruption] for method in METHODS for corruption in CORRUPTIONS]
    return sum(values) / len(values)


def _install(source: Path, name: str) -> None:
    """As float16, with a grid of samples; the words of the card are for a person to write."""
    model = load_model(source, torch.device("cpu"))
    side = model.card.network.resolution
    model.card = replace(model.card, name=name, dataset=f"{SOURCES[side]}, {side}x{side}, aligned")
    target = shipped_weights() / f"{name}.safetensors"
    save_model(model, target, half=True, overwrite=True)
    _call("samples", target, "-o", target.with_suffix(".png"), "--force")
    print(f"{target} is new: write its numbers into {target.with_suffix('.md')}.")


def _call(*arguments: object) -> None:
    code = wganpaint([str(argument) for argument in arguments])
    if code:
        raise SystemExit(code)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path, metavar="FACES")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--presets", nargs="+", choices=("paper", "gp"), default=("paper", "gp"))
    parser.add_argument("--resolution", type=int, choices=(64, 128), default=64)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="bfloat16")
    parser.add_argument("--paper-updates", type=int, default=75_000)
    parser.add_argument("--generator-updates", type=int, default=60_000, help="of gp")
    parser.add_argument("--aware-updates", type=int, default=20_000)
    parser.add_argument("--encoder-updates", type=int, default=10_000)
    parser.add_argument("--count", type=int, default=100, help="held-out images")
    parser.add_argument("--rehearse", action="store_true")
    parser.add_argument("--install", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
