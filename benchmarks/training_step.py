"""Training: our updates against the same loop in plain PyTorch, in alternating pairs, and what each measure brings.

The plain way: networks and images laid out as they come, a pass of the critic for photos and one for fakes, allocations
and tiny floats as the system has them, W read after every update. Ours: channels last, one pass, bf16 where asked for;
on a GPU replayed CUDA graphs. Both take the same updates of the same preset.
python benchmarks/training_step.py [--preset paper] [--width 64] [--pairs 9] [--device cuda] [--precision bfloat16]
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from wganpaint_gui.core.training.training_config import TrainingConfig, preset_config
from wganpaint_gui.ml.device import describe, keep_allocations, pick_device
from wganpaint_gui.ml.measure.speed import training_updates
from wganpaint_gui.ml.training.gan import new_networks
from wganpaint_gui.ml.training.objectives import gradient_penalty

IMAGES = 2048


def main() -> None:
    arguments = _arguments()
    device = pick_device(arguments.device)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    config = replace(preset_config(arguments.preset, width=arguments.width), precision=arguments.precision)
    if arguments.batch_size:
        config = replace(config, batch_size=arguments.batch_size)
    side = config.network.resolution
    images = np.random.default_rng(0).integers(0, 256, (IMAGES, side, side, 3), np.uint8)
    print(
        f"{describe(device)}; preset {config.preset}, width {arguments.width}, batch {config.batch_size}, "
        f"{config.precision}; medians of {arguments.pairs} alternating pairs of {arguments.updates} generator updates"
    )
    plain, ours = plain_updates(config, images, device), training_updates(config, images, device)
    warm_up = 4 * config.penalty_every  # every kind of update has been captured by then
    plain(warm_up), ours(warm_up)
    if arguments.keep_allocations:
        keep_allocations()
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    for _ in range(arguments.pairs):
        for name, run in (("plain", plain), ("ours", ours)):
            started = time.perf_counter()
            run(arguments.updates)
            if device.type == "cuda":
                torch.cuda.synchronize(device)
            times[name].append((time.perf_counter() - started) / arguments.updates)
    medians = {name: statistics.median(values) for name, values in times.items()}
    critics = config.schedule.usual
    print(
        f"a generator update with its {critics} of the critic: ours {medians['ours'] * 1000:.1f} ms, "
        f"plain {medians['plain'] * 1000:.1f} ms: {medians['plain'] / medians['ours']:.2f} times as many"
    )
    print(f"ours: {config.batch_size * critics / medians['ours']:.0f} images/s through the critic")
    if arguments.json:
        arguments.json.write_text(json.dumps({"config": config.to_json(), "seconds": times, "medians": medians}))


def plain_updates(config: TrainingConfig, images: np.ndarray, device: torch.device) -> Callable[[int], None]:
    """The same mathematics as one would write it down."""
    generator, critic = (network.to(device) for network in new_networks(config))
    average = {name: value.detach().clone() for name, value in generator.named_parameters()}
    of_generator = plain_optimiser(config, generator, config.generator_rate)
    of_critic = plain_optimiser(config, critic, config.critic_rate)
    source = np.random.default_rng(0)
    decay = 0.5 ** (config.batch_size / config.ema_half_life) if config.ema_half_life else 0.0
    done = [0]

    def latents() -> torch.Tensor:
        return torch.rand(config.batch_size, config.network.latent_size, device=device) * 2 - 1

    def critic_update() -> float:
        rows = source.integers(0, len(images), config.batch_size)
        real = torch.from_numpy(images[rows].transpose(0, 3, 1, 2).copy()).to(device).float() / 127.5 - 1
        with torch.no_grad():
            fake = generator(latents())
        of_real, of_fake = critic(real), critic(fake)
        w = of_real.mean() - of_fake.mean()
        loss = -w + config.drift * of_real.square().mean()
        if config.penalty > 0 and done[0] % config.penalty_every == 0:
            mix = torch.rand(len(real), 1, 1, 1, device=device)
            loss = loss + config.penalty * config.penalty_every * gradient_penalty(critic, real, fake, mix)[0]
        of_critic.zero_grad()
        loss.backward()
        of_critic.step()
        if config.clip is not None:
            for parameter in critic.parameters():
                parameter.data.clamp_(-config.clip, config.clip)
        done[0] += 1
        return float(w.detach())

    def run(count: int) -> None:
        for _ in range(count):
            for _ in range(config.schedule.usual):
                critic_update()
            loss = -critic(generator(latents())).mean()
            of_generator.zero_grad()
            loss.backward()
            of_generator.step()
            for name, value in generator.named_parameters():
                average[name].lerp_(value.detach(), 1 - decay)

    return run


def plain_optimiser(config: TrainingConfig, network: nn.Module, rate: float) -> torch.optim.Optimizer:
    if config.optimizer == "rmsprop":
        return torch.optim.RMSprop(network.parameters(), lr=rate, alpha=config.rmsprop_alpha)
    return torch.optim.Adam(network.parameters(), lr=rate, betas=(config.adam_beta1, config.adam_beta2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", choices=("paper", "gp"), default="gp")
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--updates", type=int, default=4, help="generator updates a measurement")
    parser.add_argument("--keep-allocations", action="store_true", help="as the program sets it; for both ways")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
