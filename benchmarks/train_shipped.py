"""Train the models that ship, and prove that they are better than the ones that do: the whole job, on a CUDA machine.

python benchmarks/train_shipped.py FACES --out RUNS            FACES holds train-64.zip and holdout-64.zip
    --rehearse     a minute of everything, to see that it works on this machine
    --device cpu --width 32 --generator-updates 9000 --aware-updates 6000     where there is no GPU
    --install      copy what is better into weights/

1. `paper`: 75,000 generator updates, timed; 2. `gp` at the same width, then the search-aware critic; 3. `wganpaint
evaluate` of each, and of the shipped model, on the held-out images. Every step goes on where it was stopped. The model
to ship is `gp`, if the mean PSNR of its fills, over both methods and all corruptions, is above the shipped one's.
Exit code 0: better; 1: not.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import torch

from wganpaint_gui.cli import main as wganpaint
from wganpaint_gui.core.models import DEFAULT_MODEL
from wganpaint_gui.core.paths import shipped_weights
from wganpaint_gui.ml.model_file import load_model, save_model

LICENCE = "non-commercial research only (UTKFace, CelebA)"
REHEARSAL = ("--generator-updates", "40", "--tick-updates", "20")


def main() -> int:
    options = _arguments()
    train, held_out = options.faces / "train-64.zip", options.faces / "holdout-64.zip"
    shared = ("--device", options.device, "--width", options.width, "--framing", "aligned", "--licence", LICENCE)
    rehearsal = REHEARSAL if options.rehearse else ()
    seconds = {}
    for preset in options.presets:
        aware = ("--aware-updates", 10 if options.rehearse else options.aware_updates) if preset == "gp" else ()
        updates = () if preset == "paper" else ("--generator-updates", options.generator_updates)
        arguments = (*shared, "--preset", preset, "--precision", options.precision, *updates, *aware, *rehearsal)
        seconds[preset] = _train(train, options.out / preset, arguments)
    count = 4 if options.rehearse else options.count
    named = {preset: options.out / preset for preset in options.presets} | {"shipped": DEFAULT_MODEL}
    means = {}
    for name, model in named.items():
        table = _evaluate(model, held_out, options.out / f"evaluation-{name}", count, options.device)
        means[name] = _mean_psnr(table)
        _print_target(name, table)
    for name, value in means.items():
        spent = f", trained in {seconds[name]:.0f} s by this call" if name in seconds else ""
        print(f"{name}: mean PSNR inside the hole {value:.2f} dB{spent}")
    if "gp" not in means or means["gp"] <= means["shipped"]:
        print("Not better than what ships: weights/ stays as it is.")
        return 1
    if options.install:
        _install(options.out / "gp" / "model.safetensors")
    return 0


def _train(data: Path, run: Path, options: tuple[object, ...]) -> float:
    started = time.perf_counter()
    again = (run / "config.json").exists()
    arguments = ("--resume", *options) if again else options
    _call("train", data, "--out", run, *arguments)
    return time.perf_counter() - started


def _evaluate(model: Path | str, held_out: Path, out: Path, count: int, device: str) -> dict[str, object]:
    again = ("--resume",) if out.exists() else ()
    _call("evaluate", model, held_out, "--out", out, "--count", count, "--device", device, *again)
    table: dict[str, object] = json.loads((out / "table.json").read_text("utf-8"))
    return table


def _print_target(name: str, table: dict[str, object]) -> None:
    """The distance between both methods at 80 % missing; the aim is 1 dB."""
    psnr = {row["method"]: row["psnr"] for row in table["table"] if row["corruption"] == "random80"}  # type: ignore[attr-defined]
    behind = psnr["yeh"] - psnr["critic"]
    print(
        f"{name}: critic-only {behind:.2f} dB behind yeh at random80, {'reached' if behind <= 1 else 'missed'} (1 dB)"
    )


def _mean_psnr(table: dict[str, object]) -> float:
    rows = [row for row in table["table"] if row["method"] in ("yeh", "critic")]  # type: ignore[attr-defined]
    return sum(row["psnr"] for row in rows) / len(rows)


def _install(source: Path) -> None:
    """As float16, with a grid of samples; the words of the card are for a person to write."""
    model = load_model(source, torch.device("cpu"))
    model.card = replace(model.card, name=DEFAULT_MODEL)
    target = shipped_weights() / f"{DEFAULT_MODEL}.safetensors"
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
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="bfloat16")
    parser.add_argument("--generator-updates", type=int, default=60_000, help="of gp")
    parser.add_argument("--aware-updates", type=int, default=20_000)
    parser.add_argument("--count", type=int, default=100, help="held-out images")
    parser.add_argument("--rehearse", action="store_true")
    parser.add_argument("--install", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
