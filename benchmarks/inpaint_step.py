"""One step of both methods: ours against the plain way, in pairs, and the share of this machine's sgemm peak.

The plain way: a pass a method, weights that require gradients, batch norm in eval mode, torch.optim.Adam.
python benchmarks/inpaint_step.py [--width 64] [--pairs 20] [--threads N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from wganpaint_gui.core.config import InpaintConfig
from wganpaint_gui.core.frame import ModelView
from wganpaint_gui.core.model_card import ModelCard, NetworkConfig
from wganpaint_gui.ml.device import describe
from wganpaint_gui.ml.inpainting import DEFAULT_RATES, Search, initial_latents
from wganpaint_gui.ml.model_file import Model, new_model
from wganpaint_gui.ml.networks import init_weights
from wganpaint_gui.ml.prepare import prepare

CPU = torch.device("cpu")
PEAK_SIDE = 2048  # of the square matrices whose product measures the peak


def main() -> None:
    arguments = _arguments()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    model = new_model(ModelCard("random", NetworkConfig(width=arguments.width)))
    for seed, network in enumerate((model.generator, model.critic)):
        init_weights(network, seed)
        network.eval()
    view = _view(model.card.network.resolution)
    report: dict[str, object] = {"device": describe(CPU), "width": arguments.width, "pairs": arguments.pairs}
    print(f"{describe(CPU)}; width {arguments.width}, both methods, medians of {arguments.pairs} alternating pairs")

    ours, plain = _interleaved([our_step(model, view, 1), plain_step(model, view)], arguments.pairs)
    report["pair"] = {"ours_s": ours, "plain_s": plain, "ratio": plain / ours}
    print(f"1 candidate: ours {1 / ours:.1f} steps/s, plain {1 / plain:.1f} steps/s: {plain / ours:.2f} times as many")

    shares = {}
    for candidates in (1, 8, 32):
        pairs = max(5, arguments.pairs // candidates)
        step, peak = _interleaved([our_step(model, view, candidates), _matrix_product()], pairs)
        reached, possible = step_flops(model, candidates) / step, 2 * PEAK_SIDE**3 / peak
        shares[candidates] = {"step_s": step, "gflops": reached / 1e9, "sgemm_gflops": possible / 1e9}
        share = reached / possible
        print(
            f"{candidates:2} candidates: {1 / step:.1f} steps/s, {reached / 1e9:.0f} of {possible / 1e9:.0f} GFLOP/s "
            f"of sgemm: {share:.2f}"
        )
    report["peak"] = shares
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")


def our_step(model: Model, view: ModelView, candidates: int) -> Callable[[], object]:
    """One step of the program's own search."""
    search = Search(prepare(model, CPU), view, InpaintConfig(candidates=candidates))
    return lambda: list(search.advance(1, looking=lambda: False))


def plain_step(model: Model, view: ModelView) -> Callable[[], object]:
    """One step as anybody would write it first: a pass a method, one candidate, nothing prepared."""
    start = torch.tensor(initial_latents(0, 1, model.card.network.latent_size))
    latents = [start.clone().requires_grad_() for _ in range(2)]
    rates = [DEFAULT_RATES[method]["adam"] for method in ("yeh", "critic")]
    optimisers = [torch.optim.Adam([z], lr=rate) for z, rate in zip(latents, rates, strict=True)]
    image, known = torch.tensor(view.image)[None], torch.tensor(view.known)[None].float()

    def step() -> None:
        for method, (z, optimiser) in enumerate(zip(latents, optimisers, strict=True)):
            optimiser.zero_grad()
            fill = model.generator(z)
            if method == 0:
                loss = -model.critic(fill) + (known * (fill - image)).abs().sum((1, 2, 3))
            else:
                loss = -model.critic(known * image + (1 - known) * fill)
            loss.sum().backward()
            optimiser.step()
            with torch.no_grad():
                z.clamp_(-1, 1)

    return step


def step_flops(model: Model, candidates: int) -> float:
    """Arithmetic a step needs: forward and the gradient to the input, of every matrix of both networks."""
    resolution = model.card.network.resolution
    total = 0.0
    for network, grows in ((model.generator, True), (model.critic, False)):
        total += 2 * network.fc.weight.numel()
        for i in range(1, network.stages + 1):
            side = 4 * 2 ** (i - 1) if grows else resolution // 2**i  # of the smaller map: each tap meets it once
            total += 2 * network.get_submodule(f"conv{i}").weight.numel() * side * side
    return 2 * total * 2 * candidates  # both directions, both methods


def _matrix_product() -> Callable[[], object]:
    a, b = torch.randn(PEAK_SIDE, PEAK_SIDE), torch.randn(PEAK_SIDE, PEAK_SIDE)
    return lambda: a @ b


def _interleaved(actions: list[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each, measured in turn so that whatever else the machine does meets all alike."""
    times: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(rounds):
        for action, spent in zip(actions, times, strict=True):
            started = time.perf_counter()
            action()
            spent.append(time.perf_counter() - started)
    return [statistics.median(spent) for spent in times]


def _view(resolution: int) -> ModelView:
    known = np.ones((1, resolution, resolution), bool)
    known[:, resolution // 4 : -resolution // 4, resolution // 4 : -resolution // 4] = False
    image = np.random.default_rng(0).uniform(-1, 1, (3, resolution, resolution)).astype(np.float32)
    return ModelView(np.where(known, image, np.float32(0)), known)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=64, help="64 is the paper's")
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--threads", type=int, help="default: torch's own choice")
    parser.add_argument("--json", type=Path, help="write the numbers to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
