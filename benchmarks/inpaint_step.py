"""One step of both methods: ours against the plain way, in pairs, and the share of this machine's sgemm peak.

The plain way: a pass a method, weights that require gradients, batch norm in eval mode, torch.optim.Adam.
python benchmarks/inpaint_step.py [--width 64] [--pairs 20] [--threads N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import torch

from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.device import describe
from wganpaint_gui.ml.measure.speed import advance, alternating, made_up_view, matrix_product, product_flops, step_flops
from wganpaint_gui.ml.model_file import Model, new_model
from wganpaint_gui.ml.networks import init_weights
from wganpaint_gui.ml.search.inpainting import DEFAULT_RATES, Search
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.start import initial_latents

CPU = torch.device("cpu")


def main() -> None:
    arguments = _arguments()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    model = new_model(ModelCard("random", NetworkConfig(width=arguments.width)))
    for seed, network in enumerate((model.generator, model.critic)):
        init_weights(network, seed)
        network.eval()
    view = made_up_view(model.card.network.resolution)
    report: dict[str, object] = {"device": describe(CPU), "width": arguments.width, "pairs": arguments.pairs}
    print(f"{describe(CPU)}; width {arguments.width}, both methods, medians of {arguments.pairs} alternating pairs")

    ours, plain = alternating([our_step(model, view, 1), plain_step(model, view)], arguments.pairs, CPU)
    report["pair"] = {"ours_s": ours, "plain_s": plain, "ratio": plain / ours}
    print(f"1 candidate: ours {1 / ours:.1f} steps/s, plain {1 / plain:.1f} steps/s: {plain / ours:.2f} times as many")

    shares = {}
    for candidates in (1, 8, 32):
        pairs = max(5, arguments.pairs // candidates)
        step, peak = alternating([our_step(model, view, candidates), matrix_product(CPU)], pairs, CPU)
        reached, possible = step_flops(model.card.network, 2 * candidates) / step, product_flops(CPU) / peak
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
    search = Search(PreparedModel(model, CPU), view, InpaintConfig(candidates=candidates))
    return lambda: advance(search, 1)


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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=64, help="64 is the paper's")
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--threads", type=int, help="default: torch's own choice")
    parser.add_argument("--json", type=Path, help="write the numbers to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
