"""What the machine's speed is computed from."""

from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.measure.speed import advance, alternating, made_up_view, step_flops
from wganpaint_gui.ml.model_file import new_model
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    "network",
    [
        NetworkConfig(resolution=32, width=4, latent_size=8, critic_norm="none"),
        NetworkConfig(resolution=64, width=3, latent_size=5, critic_norm="batch"),
        NetworkConfig(resolution=32, width=4, latent_size=8, critic_norm="none", upsampling="resize"),
    ],
)
@pytest.mark.parametrize("methods", [("yeh", "critic"), ("critic",)])
def test_a_step_needs_the_arithmetic_that_torch_counts(network: NetworkConfig, methods):
    model = PreparedModel(new_model(ModelCard("tiny", network)), CPU)
    config = InpaintConfig(methods=methods, candidates=3)
    search = Search(model, made_up_view(network.resolution), config)
    with FlopCounterMode(display=False) as counter:
        advance(search, 2)
    assert counter.get_total_flops() == 2 * step_flops(network, len(methods) * 3)


def test_actions_take_turns_and_the_median_of_each_is_told(monkeypatch: pytest.MonkeyPatch):
    order: list[str] = []
    clock = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: clock[0])

    def act(name: str, takes: list[float]) -> None:
        order.append(name)
        clock[0] += takes.pop()

    quick, slow = [1.0, 9.0, 2.0, 100.0], [5.0, 5.0, 50.0, 100.0]  # from the end; the first is to warm up
    assert alternating([lambda: act("quick", quick), lambda: act("slow", slow)], 3, CPU) == [2.0, 5.0]
    assert order == ["quick", "slow"] * 4
