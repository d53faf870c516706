"""The search-aware stage: its search is the editor's, its fakes are composites, and it goes on bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode

from tests.ml.tiny_gan import CPU, LATENT, SIDE, copied, network, note_tf32, random_images, same, through_a_file
from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.training.training_config import AwareConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.training.aware import AwareStage, descend
from wganpaint_gui.ml.training.batches import StoredImages
from wganpaint_gui.ml.training.checkpoint import load_network, network_tensors
from wganpaint_gui.ml.training.later_stage import StageSetup

CONFIG = AwareConfig(updates=10, batch_size=4, z_steps=3, buffer=6)
IMAGES = random_images(9)


def stored(device: torch.device = CPU) -> StoredImages:
    return StoredImages(IMAGES, device)


class Recorder(nn.Module):
    """Stands around the objective, as DistributedDataParallel does, and keeps what passes through."""

    def __init__(self, objective: nn.Module) -> None:
        super().__init__()
        self.objective = objective
        self.seen: list[tuple[Tensor, Tensor, Tensor | None]] = []

    def forward(self, real: Tensor, fake: Tensor, mix: Tensor | None) -> Any:
        self.seen.append((real, fake, mix))
        return self.objective(real, fake, mix)


class Stage:
    """A stage with its recorder, on a tiny generator and a critic that answers to everything."""

    def __init__(
        self, make_model: Callable[..., Model], config: AwareConfig = CONFIG, norm: str = "none", **options: Any
    ):
        self.model = make_model(network(norm), seed=1)
        self.generate = PreparedModel(make_model(network(), seed=1), CPU).generate
        recorders: list[Recorder] = []

        def wrap(objective: nn.Module) -> nn.Module:
            recorders.append(Recorder(objective))
            return recorders[0]

        setup = StageSetup(self.generate, stored(), CPU, LATENT, **{"seed": 0, "wrap": wrap, **options})
        self.stage = AwareStage(config, setup, self.model.critic)
        self.seen = recorders[0].seen

    def updates(self, count: int) -> list[list[float]]:
        return [self.stage.update().tolist() for _ in range(count)]


@pytest.fixture
def stage(make_model: Callable[..., Model]) -> Callable[..., Stage]:
    """stage(config=CONFIG, norm="none", seed=0)"""
    return lambda *args, **options: Stage(make_model, *args, **options)


def problem(count: int, seed: int = 0) -> tuple[Tensor, Tensor, Tensor]:
    """Latents, images and known pixels of a search."""
    source = torch.Generator().manual_seed(seed)
    known = torch.rand(count, 1, SIDE, SIDE, generator=source) < 0.5
    real = torch.rand(count, 3, SIDE, SIDE, generator=source) * 2 - 1
    return torch.rand(count, LATENT, generator=source) * 2 - 1, real, known


def test_the_search_takes_the_path_of_the_editors_critic_only_method(
    tiny: PreparedModel, make_view: Callable[..., ModelView]
) -> None:
    view = make_view()
    config = InpaintConfig(methods=("critic",), candidates=3, learning_rate=0.05, optimizer="adam", seed=8)
    search = Search(tiny, view, config)
    for _ in search.advance(8):
        pass
    path = search.log.latents[:, 0]  # [T, K, Z], each before its update
    real, known = (torch.tensor(array)[None].expand(3, -1, -1, -1) for array in (view.image, view.known))
    for steps in (1, 3, 7):
        found = descend(tiny.generate, tiny.score, torch.tensor(path[0]), real, known, steps=steps, rate=0.05)
        np.testing.assert_allclose(found.numpy(), path[steps], atol=1e-5)


def test_each_latents_path_is_its_own_whatever_else_is_in_the_batch(tiny: PreparedModel) -> None:
    z, real, known = problem(5)
    together = descend(tiny.generate, tiny.score, z, real, known, steps=6, rate=0.05)
    for i in range(5):
        one = slice(i, i + 1)
        alone = descend(tiny.generate, tiny.score, z[one], real[one], known[one], steps=6, rate=0.05)
        torch.testing.assert_close(together[one], alone, rtol=0, atol=1e-4)


def test_the_search_makes_composites_score_higher(tiny: PreparedModel) -> None:
    z, real, known = problem(8)
    found = descend(tiny.generate, tiny.score, z, real, known, steps=20, rate=0.02)
    before, after = (tiny.score(torch.where(known, real, tiny.generate(latents))) for latents in (z, found))
    assert (after > before).all()


@pytest.mark.parametrize("rate", [0.05, 0.5, 10.0])
def test_latents_never_leave_their_support(tiny: PreparedModel, rate: float) -> None:
    z, real, known = problem(6)
    for steps in range(4):
        assert descend(tiny.generate, tiny.score, z, real, known, steps=steps, rate=rate).abs().max() <= 1


def test_the_search_changes_neither_its_start_nor_a_network(make_model: Callable[..., Model]) -> None:
    model, (z, real, known) = make_model(), problem(3)
    before, start = copied(model.state()), z.clone()
    descend(model.generator, model.critic, z, real, known, steps=3, rate=0.1)
    assert torch.equal(z, start)
    assert not z.requires_grad
    assert same(model.state(), before)
    assert all(parameter.grad is None for parameter in model.critic.parameters())


@pytest.mark.parametrize("norm", ["none", "layer", "batch"])
def test_the_critic_learns_and_its_batch_norm_statistics_never_change(stage: Callable[..., Stage], norm: str) -> None:
    one = stage(CONFIG, norm)
    parameters, buffers = (
        copied(dict(one.model.critic.named_parameters())),
        copied(dict(one.model.critic.named_buffers())),
    )
    assert bool(buffers) == (norm == "batch")
    one.updates(2)
    assert same(dict(one.model.critic.named_buffers()), buffers)
    for name, value in one.model.critic.named_parameters():
        assert value.requires_grad
        assert not torch.equal(value, parameters[name]), name


def test_the_generator_never_changes(make_model: Callable[..., Model]) -> None:
    generator, critic = make_model(network(), seed=1).generator, make_model(network(), seed=2).critic
    before = copied(generator.state_dict())
    stage = AwareStage(CONFIG, StageSetup(generator, stored(), CPU, LATENT, seed=0), critic)
    for _ in range(2):
        stage.update()
    assert same(generator.state_dict(), before)
    assert all(parameter.grad is None for parameter in generator.parameters())


def test_the_learning_rate_falls_in_a_straight_line_to_the_share_that_is_left(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, updates=5, critic_rate=0.01, last_rate_share=0.2))
    rates = []
    for _ in range(8):
        one.updates(1)
        rates.append(one.stage.optimiser.rate)
    # 0.01 at first, a fifth of it after five; what comes beyond the end stays there
    assert rates == pytest.approx([0.01, 0.0084, 0.0068, 0.0052, 0.0036, 0.002, 0.002, 0.002])


def test_the_critics_optimiser_has_the_configs_averages(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, adam_beta1=0.25, adam_beta2=0.5))
    one.updates(1)
    averages = one.stage.optimiser.rule.averages
    for i, parameter in enumerate(one.model.critic.parameters()):
        torch.testing.assert_close(averages["exp_avg"][i], 0.75 * parameter.grad)
        torch.testing.assert_close(averages["exp_avg_sq"][i], 0.5 * parameter.grad**2)


def exact(images: np.ndarray) -> Tensor:
    return torch.tensor(images.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(127.5) - np.float32(1))


def test_the_fakes_are_composites_of_a_training_image_and_what_was_found(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, buffer=4))  # the whole buffer each time
    one.updates(1)
    real, fake, _ = one.seen[0]
    buffer = one.stage.buffer
    for i in range(4):
        # which entry of the buffer it was: the one whose hole is where the fake is no photo
        rows = [j for j in range(4) if torch.equal(fake[i] == real[i], buffer.known[j].expand(3, -1, -1))]
        assert len(rows) == 1
        assert torch.equal(real[i], exact(IMAGES)[buffer.rows[rows[0]]])
        made = one.generate(buffer.z[rows])[0]
        missing = ~buffer.known[rows[0]].expand(3, -1, -1)
        torch.testing.assert_close(fake[i][missing], made[missing], rtol=0, atol=1e-5)


def test_what_was_found_is_written_back_where_it_came_from(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, buffer=4, refresh=0.0))
    buffer, critic = one.stage.buffer, one.model.critic
    before = copied(vars(buffer))
    real = exact(IMAGES)[before["rows"]]
    expected = descend(one.generate, critic, before["z"], real, before["known"], steps=3, rate=CONFIG.z_rate)
    one.updates(1)
    torch.testing.assert_close(buffer.z, expected, rtol=0, atol=1e-4)
    assert not torch.equal(buffer.z, before["z"])
    assert torch.equal(buffer.rows, before["rows"])
    assert torch.equal(buffer.known, before["known"])


def test_only_a_batch_of_the_buffer_is_searched_on_at_a_time(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, buffer=50, refresh=0.0))
    before = one.stage.buffer.z.clone()
    one.updates(1)
    assert int((one.stage.buffer.z != before).any(1).sum()) == CONFIG.batch_size


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_the_share_that_begins_anew_is_the_configs(stage: Callable[..., Stage], share: float) -> None:
    one = stage(replace(CONFIG, batch_size=40, buffer=40, z_steps=1, refresh=share))
    anew = 0
    for _ in range(5):
        before = one.stage.buffer.known.clone()
        one.updates(1)
        anew += int((one.stage.buffer.known != before).flatten(1).any(1).sum())
    assert anew / 200 == pytest.approx(share, abs=0.08)
    if share in (0, 1):
        assert anew == 200 * share


def test_plain_images_are_added_to_the_composites_in_the_configs_proportion(stage: Callable[..., Stage]) -> None:
    for plain, count in ((0.0, 4), (0.25, 5), (1.0, 8)):
        one = stage(replace(CONFIG, plain=plain))
        one.updates(1)
        real, fake, _ = one.seen[0]
        assert (len(real), len(fake)) == (4, count)


def test_plain_images_are_the_generators_own(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, plain=1.0))
    one.updates(1)
    _, fake, _ = one.seen[0]
    values = exact(IMAGES).unique()  # of photos, which a generated image meets nowhere
    assert torch.isin(fake[:4], values).flatten(1).any(1).all()
    assert not torch.isin(fake[4:], values).any()


def test_the_penalty_comes_with_every_kth_update_and_its_norm_stays_until_the_next(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, penalty_every=3))
    readings = one.updates(7)
    assert [mix is not None for _, _, mix in one.seen] == [True, False, False, True, False, False, True]
    norms = [norm for _, norm in readings]
    assert norms[0] == norms[1] == norms[2] > 0
    assert norms[3] == norms[4] == norms[5] != norms[0]


def test_the_w_that_is_reported_is_photos_above_fakes(stage: Callable[..., Stage]) -> None:
    one = stage()
    critic = PreparedModel(one.model, CPU).score  # a copy of what it is before the update
    ((w, _),) = one.updates(1)
    real, fake, _ = one.seen[0]
    assert w == pytest.approx((critic(real).mean() - critic(fake).mean()).item(), rel=1e-4, abs=1e-5)


def test_the_critic_comes_to_score_photos_above_fills(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, updates=40, critic_rate=1e-3))
    w = [w for w, _ in one.updates(40)]
    assert np.mean(w[-5:]) > np.mean(w[:5]) + 0.1


def test_an_update_with_a_penalty_does_without_tf32_until_its_gradients_are_there(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stage(replace(CONFIG, penalty_every=2, z_steps=3))
    seen = note_tf32(monkeypatch, "wganpaint_gui.ml.training.aware", one.model.critic)
    one.updates(1)
    assert seen[:3] == [True] * 3  # the search's
    assert set(seen[3:]) == {False}
    assert len(seen) > 3 + len(list(one.model.critic.parameters()))
    seen.clear()
    one.updates(1)
    assert set(seen) == {True}


class Copies(TorchDispatchMode):
    """Notes of every copy from one device to another whether it is waited for. torch waits for rows of an index."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[bool] = []

    def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs, aten = kwargs or {}, torch.ops.aten
        device = args[0].device if args and isinstance(args[0], Tensor) else None
        if function is aten._to_copy.default and kwargs.get("device", device) != device:
            self.waited.append(not kwargs.get("non_blocking", False))
        if function in (aten.index.Tensor, aten.index_put_.default):
            self.waited += [True for rows in args[1] if rows.device != device]
        return function(*args, **kwargs)


def test_an_update_waits_for_no_device(make_model: Callable[..., Model], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tensors of torch's meta device have no values: who reads one, to bring it to the host, fails."""
    monkeypatch.setattr(torch, "autocast", lambda *_, **__: nullcontext())  # it does not know this device
    model, meta = make_model(network()), torch.device("meta")
    generate = model.generator.to(meta).requires_grad_(False)
    config = replace(CONFIG, refresh=0.5)
    stage = AwareStage(config, StageSetup(generate, stored(meta), meta, LATENT, seed=0), model.critic.to(meta))
    with Copies() as copies:
        readings = [stage.update() for _ in range(4)]  # with a penalty and without, with new entries and without
    assert [one.device for one in readings] == [meta] * 4
    assert len(copies.waited) > 8
    assert not any(copies.waited)


@pytest.mark.parametrize("done", [2, 3])  # before an update with a penalty, and before one without
def test_a_stage_goes_on_from_a_checkpoint_bit_for_bit(stage: Callable[..., Stage], done: int, tmp_path: Path) -> None:
    one = stage()
    one.updates(done)
    saved = through_a_file(tmp_path, {**one.stage.tensors(), **network_tensors("critic", one.model.critic)})
    again = stage(seed=99)
    again.updates(1)
    load_network("critic", again.model.critic, saved)
    again.stage.load(saved)
    again.stage.updates = done
    assert again.updates(4) == one.updates(4)
    assert same(again.stage.tensors(), one.stage.tensors())
    assert same(again.model.critic.state_dict(), one.model.critic.state_dict())


@pytest.mark.parametrize("missing", ["aware.rows", "aware.known", "aware.z", "aware.source"])
def test_a_checkpoint_without_the_stage_is_refused_by_what_it_lacks(stage: Callable[..., Stage], missing: str) -> None:
    one = stage()
    tensors = one.stage.tensors()
    del tensors[missing]
    with pytest.raises(TrainingError, match=missing):
        one.stage.load(tensors)


def test_two_ranks_search_on_different_images(stage: Callable[..., Stage]) -> None:
    one, other = stage(replace(CONFIG, buffer=100)), stage(replace(CONFIG, buffer=100), rank=1)
    assert not torch.equal(one.stage.buffer.rows, other.stage.buffer.rows)
    assert not torch.equal(one.stage.buffer.z, other.stage.buffer.z)


def test_the_first_buffer_is_drawn_by_the_seed(stage: Callable[..., Stage]) -> None:
    one, other, third = stage(), stage(), stage(seed=1)
    assert same(vars(one.stage.buffer), vars(other.stage.buffer))
    assert not same(vars(one.stage.buffer), vars(third.stage.buffer))


def test_a_stage_in_bfloat16_keeps_latents_and_weights_in_float32(stage: Callable[..., Stage]) -> None:
    one = stage(precision="bfloat16")
    readings = one.updates(2)
    assert np.isfinite(readings).all()
    assert one.stage.buffer.z.dtype == torch.float32
    assert {value.dtype for value in one.model.critic.parameters()} == {torch.float32}


def test_what_is_shipped_is_the_average_of_the_critics(stage: Callable[..., Stage]) -> None:
    """The plain mean at first; from the half-life on, an old critic counts half after that many updates."""
    trained = stage(replace(CONFIG, average_half_life=2)).stage
    seen = []
    for _ in range(5):
        trained.update()
        seen.append([value.detach().double() for value in trained.critic.parameters()])
    expected = seen[0]
    for count, newest in enumerate(seen[1:], 2):
        weight = max(1 / count, 1 - 0.5**0.5)
        expected = [(1 - weight) * old + weight * new for old, new in zip(expected, newest, strict=True)]
    for value, wanted in zip(trained.average.parameters(), expected, strict=True):
        torch.testing.assert_close(value.double(), wanted, rtol=1e-4, atol=1e-6)
