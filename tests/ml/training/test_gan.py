"""One update of each network against a plain textbook loop; the average, what is shipped, and going on."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from tests.ml.tiny_gan import LATENT, advance, copied, make_gan, note_tf32, same, through_a_file, tiny_config
from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.networks import Critic
from wganpaint_gui.ml.training.augment import augment
from wganpaint_gui.ml.training.gan import Gan, new_networks

Rule = Callable[[list[Tensor], list[Tensor]], None]


def rmsprop(config: TrainingConfig, rate: float) -> Rule:
    """Hinton's: divide by a running root mean square."""
    alpha = config.rmsprop_alpha
    squares: list[Tensor] = []

    def step(parameters: list[Tensor], gradients: list[Tensor]) -> None:
        squares[:] = squares or [torch.zeros_like(p) for p in parameters]
        for p, g, s in zip(parameters, gradients, squares, strict=True):
            s.copy_(alpha * s + (1 - alpha) * g**2)
            p -= rate * g / (s.sqrt() + 1e-8)

    return step


def adam(config: TrainingConfig, rate: float) -> Rule:
    """Kingma & Ba's."""
    one, two = config.adam_beta1, config.adam_beta2
    means: list[Tensor] = []
    squares: list[Tensor] = []
    count = 0

    def step(parameters: list[Tensor], gradients: list[Tensor]) -> None:
        nonlocal count
        count += 1
        means[:] = means or [torch.zeros_like(p) for p in parameters]
        squares[:] = squares or [torch.zeros_like(p) for p in parameters]
        for p, g, m, s in zip(parameters, gradients, means, squares, strict=True):
            m.copy_(one * m + (1 - one) * g)
            s.copy_(two * s + (1 - two) * g**2)
            p -= rate * m / (1 - one**count) / ((s / (1 - two**count)).sqrt() + 1e-8)

    return step


class Textbook:
    """WGAN training as the papers print it, in a few lines; draws the same random numbers in the same order."""

    def __init__(self, config: TrainingConfig, gan: Gan) -> None:
        self.config = config
        self.generator, self.critic = copy.deepcopy(gan.generator), copy.deepcopy(gan.critic)
        self.batches = make_gan(config).batches
        self.noise = torch.Generator().manual_seed(config.seed * 1000)
        rule = rmsprop if config.optimizer == "rmsprop" else adam
        self.critic_step, self.generator_step = rule(config, config.critic_rate), rule(config, config.generator_rate)

    def step(self, network: nn.Module, rule: Rule, loss: Tensor) -> None:
        parameters = list(network.parameters())
        gradients = list(torch.autograd.grad(loss, parameters))
        with torch.no_grad():
            rule(parameters, gradients)

    def latents(self) -> Tensor:
        return torch.rand(self.config.batch_size, LATENT, generator=self.noise) * 2 - 1

    def critic_update(self, penalised: bool) -> float:
        config, noise = self.config, self.noise
        self.batches.prepare()
        real = self.batches.draw(noise)
        fake = self.generator(self.latents()).detach()
        if config.augment:
            real, fake = augment(real, noise), augment(fake, noise)
        of_real, of_fake = self.critic(real), self.critic(fake)
        w = of_real.mean() - of_fake.mean()
        loss = -w + config.drift * (of_real**2).mean()
        if penalised:
            mix = torch.rand(len(real), 1, 1, 1, generator=noise)
            between = ((1 - mix) * real + mix * fake).requires_grad_()
            (slope,) = torch.autograd.grad(self.critic(between).sum(), between, create_graph=True)
            excess = slope.square().sum((1, 2, 3)).sqrt() - 1
            loss = loss + config.penalty * config.penalty_every * excess.square().mean()
        self.step(self.critic, self.critic_step, loss)
        if config.clip:
            for parameter in self.critic.parameters():
                parameter.data = parameter.data.clamp(-config.clip, config.clip)
        return w.item()

    def generator_update(self) -> None:
        fake = self.generator(self.latents())
        if self.config.augment:
            fake = augment(fake, self.noise)
        self.step(self.generator, self.generator_step, -self.critic(fake).mean())


# A drift that can be felt: the gradient of the last bias is rounding without it, which Adam makes a whole step of.
VARIANTS = [
    tiny_config("paper"),
    tiny_config("gp", drift=0.1),
    tiny_config("gp", drift=0.1, augment=True, seed=3),
    replace(tiny_config("gp", drift=0.1), network=replace(tiny_config().network, critic_norm="layer")),
    tiny_config("paper", rmsprop_alpha=0.9),
    tiny_config("gp", drift=0.1, adam_beta1=0.5, adam_beta2=0.8),
]
NAMES = ["paper", "gp", "augmented", "layer norm", "paper, other average", "gp, other averages"]


@pytest.mark.parametrize("config", VARIANTS, ids=NAMES)
def test_updates_are_those_of_a_textbook_loop(config: TrainingConfig) -> None:
    gan = make_gan(config)
    book = Textbook(config, gan)
    starts = [copied(dict(network.named_parameters())) for network in (gan.critic, gan.generator)]
    for _ in range(2):
        for i in range(3):
            penalised = config.penalty > 0 and i != 1
            gan.batches.prepare()
            gan.critic_update(penalised=penalised)
            assert gan.readings[0].item() == pytest.approx(book.critic_update(penalised), rel=1e-3, abs=1e-6)
        gan.generator_update()
        book.generator_update()
    pairs = ((gan.critic, book.critic), (gan.generator, book.generator))
    for start, (ours, theirs) in zip(starts, pairs, strict=True):
        for (name, value), expected in zip(ours.named_parameters(), theirs.parameters(), strict=True):
            # Where a gradient is nearly 0, rounding decides its sign, and both rules make steps of signs at first.
            moved, wanted = value - start[name], expected - start[name]
            assert torch.isclose(moved, wanted, rtol=0.01, atol=1e-5).double().mean() > 0.99, name
            assert name == "fc.bias" or wanted.abs().max() > 1e-4, name


@pytest.mark.parametrize("penalised", [True, False])
def test_an_update_with_a_penalty_does_without_tf32_until_its_gradients_are_there(
    penalised: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    gan = make_gan(tiny_config("gp"))
    seen = note_tf32(monkeypatch, "wganpaint_gui.ml.training.gan", gan.critic)
    gan.batches.prepare()
    gan.critic_update(penalised=penalised)
    assert len(seen) > len(list(gan.critic.parameters()))
    assert set(seen) == {not penalised}
    gan.generator_update()
    assert seen[-1]


def test_no_update_of_one_network_changes_the_other() -> None:
    gan = make_gan(tiny_config("gp"))
    generator, critic = [copied(dict(net.named_parameters())) for net in (gan.generator, gan.critic)]
    gan.batches.prepare()
    gan.critic_update(penalised=True)
    assert same(dict(gan.generator.named_parameters()), generator)
    assert not same(dict(gan.critic.named_parameters()), critic)
    critic = copied(dict(gan.critic.named_parameters()))
    gan.generator_update()
    assert same(dict(gan.critic.named_parameters()), critic)
    assert not same(dict(gan.generator.named_parameters()), generator)


def test_every_critic_parameter_is_clipped_after_each_critic_update() -> None:
    gan = make_gan(tiny_config("paper", critic_rate=0.3))
    for _ in range(3):
        gan.batches.prepare()
        gan.critic_update(penalised=False)
        largest = {name: parameter.abs().max().item() for name, parameter in gan.critic.named_parameters()}
        del largest["fc.bias"]  # W has no gradient there
        assert list(largest.values()) == pytest.approx([0.01] * 9)  # batch norm's scales too, which began at 1


def test_the_pressure_of_a_clipped_critic_is_the_share_of_its_parameters_at_the_bound() -> None:
    gan = make_gan(tiny_config("paper", critic_rate=1e-3))
    advance(gan, 1)
    parameters = torch.cat([parameter.flatten() for parameter in gan.critic.parameters()])
    bound = torch.tensor(0.01)
    share = ((parameters == bound) | (parameters == -bound)).double().mean().item()
    assert 0.01 < share < 0.99
    assert gan.readings[1].item() == pytest.approx(share, rel=1e-5)


def test_the_pressure_of_a_penalised_critic_stays_until_the_next_penalty() -> None:
    gan = make_gan(tiny_config("gp"))
    gan.batches.prepare()
    gan.critic_update(penalised=True)
    pressure = gan.readings[1].item()
    gan.batches.prepare()
    gan.critic_update(penalised=False)
    assert gan.readings[1].item() == pressure > 0


@pytest.mark.parametrize("ramp", [0.1, 0.2])
def test_the_average_follows_the_generator_by_its_formula(ramp: float) -> None:
    """Its half-life is a share of the images seen, until that is the config's."""
    config = tiny_config("gp", ema_half_life=4, ema_ramp=ramp, generator_rate=0.1)
    gan = make_gan(config)
    assert gan.average is not None
    expected = {name: value.detach().double() for name, value in gan.generator.named_parameters()}
    for update in range(1, 7):
        advance(gan, 1)
        half_life = min(4, update * config.batch_size * ramp)  # both are met within these updates
        decay = 0.5 ** (config.batch_size / half_life)
        for name, value in gan.generator.named_parameters():
            expected[name] = decay * expected[name] + (1 - decay) * value.detach().double()
    for name, value in gan.average.named_parameters():
        torch.testing.assert_close(value.double(), expected[name], rtol=1e-5, atol=1e-6)


def test_an_old_generator_counts_half_after_half_life_images() -> None:
    config = tiny_config("gp", ema_half_life=80, generator_rate=1e-30)
    gan = make_gan(config)
    assert gan.average is not None
    for _ in range(10 * 80 // config.batch_size):  # from here on the half-life is the config's
        gan.generator_update()
    with torch.no_grad():
        for parameter in gan.average.parameters():
            parameter.zero_()
    for _ in range(80 // config.batch_size):
        gan.generator_update()
    for averaged, parameter in zip(gan.average.parameters(), gan.generator.parameters(), strict=True):
        torch.testing.assert_close(averaged, parameter / 2, rtol=1e-4, atol=1e-8)


def test_the_average_is_what_is_shipped() -> None:
    gan = make_gan(tiny_config("gp"))
    advance(gan, 2)
    assert gan.average is not None
    assert same(dict(gan.shipped_generator().named_parameters()), dict(gan.average.named_parameters()))


def test_the_generator_itself_is_shipped_where_there_is_no_average() -> None:
    gan = make_gan(tiny_config("paper"))
    advance(gan, 2)
    assert gan.average is None
    assert same(dict(gan.shipped_generator().named_parameters()), dict(gan.generator.named_parameters()))


@pytest.mark.parametrize("preset", ["gp", "paper"])
def test_the_shipped_generators_statistics_belong_to_its_own_weights(preset: str) -> None:
    gan = make_gan(tiny_config(preset, generator_rate=0.05))
    advance(gan, 4)
    shipped = gan.shipped_generator()
    assert not shipped.training
    z = torch.rand(4000, LATENT, generator=torch.Generator().manual_seed(77)) * 2 - 1
    with torch.no_grad():
        for i in range(shipped.stages):
            seen: list[Tensor] = []
            norm = shipped.get_submodule(f"bn{i}")
            hook = norm.register_forward_pre_hook(lambda _, inputs, seen=seen: seen.append(inputs[0]))
            shipped(z)
            hook.remove()
            mean, var = seen[0].mean((0, 2, 3)), seen[0].var((0, 2, 3))
            assert (norm.running_mean - mean).abs().max() < 0.15 * var.max().sqrt()
            torch.testing.assert_close(norm.running_var, var, rtol=0.25, atol=0.0)


def norm_means(critic: Critic, images: Tensor) -> Tensor:
    """The mean of each channel that the batch norms of the critic, in training mode, see of these images."""
    critic, means = copy.deepcopy(critic).train(), []
    for norm in (module for module in critic.modules() if isinstance(module, nn.BatchNorm2d)):
        norm.register_forward_pre_hook(lambda _, inputs: means.append(inputs[0].mean((0, 2, 3))))
    with torch.no_grad():
        critic(images)
    return torch.cat(means)


@pytest.mark.parametrize("updates", [1, 5])
def test_the_shipped_critics_statistics_are_those_of_equally_many_photos_and_fakes(updates: int) -> None:
    """In training fakes are seen more often: an update of the generator shows the critic nothing else."""
    gan = make_gan(tiny_config("paper"))
    advance(gan, updates)
    model = gan.model(ModelCard("tiny", gan.config.network))
    z = torch.rand(2000, LATENT, generator=torch.Generator().manual_seed(77)) * 2 - 1
    with torch.no_grad():
        photos = norm_means(gan.critic, gan.batches.images.take(torch.arange(20)))
        fakes = norm_means(gan.critic, model.generator(z))
    kept = torch.cat([value for name, value in model.critic.named_buffers() if name.endswith("running_mean")])
    apart = (photos - fakes).abs() > 0.5 * (photos - fakes).abs().median()
    share = (kept - fakes)[apart] / (photos - fakes)[apart]
    torch.testing.assert_close(share, torch.full_like(share, 0.5), rtol=0, atol=0.05)


@pytest.mark.parametrize("preset", ["gp", "paper"])
def test_statistics_gathered_in_training_are_not_shipped(preset: str) -> None:
    gan = make_gan(tiny_config(preset))
    advance(gan, 1)
    card = ModelCard("tiny", gan.config.network)
    before = copied(gan.model(card).state())
    for network in (gan.generator, gan.average, gan.critic):
        for name, value in network.named_buffers() if network is not None else ():
            if name.endswith("running_mean"):
                value.fill_(99.0)
    assert same(gan.model(card).state(), before)


def test_making_the_shipped_model_leaves_training_untouched() -> None:
    gan = make_gan(tiny_config("gp"))
    advance(gan, 2)
    before, noise = copied(gan.tensors()), torch.get_rng_state()
    model = gan.model(ModelCard("tiny", gan.config.network))
    assert same(gan.tensors(), before)
    assert torch.equal(torch.get_rng_state(), noise)
    assert gan.generator.training
    assert gan.critic.training
    assert not model.generator.training
    assert not model.critic.training


def test_looking_at_the_model_changes_nothing_of_what_follows() -> None:
    one, other = make_gan(tiny_config("paper")), make_gan(tiny_config("paper"))
    advance(one, 2)
    for _ in range(2):
        advance(other, 1)
        other.model(ModelCard("tiny", other.config.network))
    assert same(one.tensors(), other.tensors())


def test_the_shipped_model_does_not_change_with_further_training() -> None:
    gan = make_gan(tiny_config("gp"))
    model = gan.model(ModelCard("tiny", gan.config.network))
    before = copied(model.state())
    advance(gan, 2)
    assert same(model.state(), before)


@pytest.mark.parametrize("preset", ["gp", "paper"])
def test_training_goes_on_from_a_checkpoint_bit_for_bit(preset: str, tmp_path: Path) -> None:
    config = tiny_config(preset)
    gan = make_gan(config)
    advance(gan, 3)
    saved, drawn = through_a_file(tmp_path, gan.tensors()), gan.batches.drawn
    assert same(saved, gan.tensors())
    readings = advance(gan, 3)
    again = make_gan(config)
    advance(again, 1)  # somewhere else altogether
    again.load(saved)
    again.batches.rewind(drawn)
    assert advance(again, 3) == readings
    assert same(again.tensors(), gan.tensors())


def test_a_checkpoint_goes_into_a_gan_that_has_never_moved(tmp_path: Path) -> None:
    config = tiny_config("gp")
    gan = make_gan(config)
    advance(gan, 2)
    saved, drawn = through_a_file(tmp_path, gan.tensors()), gan.batches.drawn
    readings = advance(gan, 2)
    again = make_gan(config)
    again.load(saved)
    again.batches.rewind(drawn)
    assert advance(again, 2) == readings


def test_going_on_does_not_change_the_checkpoint_it_came_from() -> None:
    gan = make_gan(tiny_config("gp"))
    advance(gan, 2)
    saved = copied(gan.tensors())
    kept = copied(saved)
    again = make_gan(tiny_config("gp"))
    again.load(saved)
    advance(again, 2)
    assert same(saved, kept)


@pytest.mark.parametrize("missing", ["generator.fc.weight", "critic.conv1.weight", "average.bn0.weight", "noise"])
def test_a_checkpoint_that_lacks_something_is_refused_by_its_name(missing: str) -> None:
    gan = make_gan(tiny_config("gp"))
    tensors = gan.tensors()
    del tensors[missing]
    with pytest.raises(TrainingError, match=missing):
        gan.load(tensors)


def test_a_checkpoint_of_another_width_is_refused() -> None:
    config = tiny_config("gp")
    wide = make_gan(replace(config, network=replace(config.network, width=8)))
    with pytest.raises(TrainingError, match="does not fit the run's settings"):
        make_gan(config).load(wide.tensors())


@pytest.mark.parametrize("deviation", [0.02, 0.1])
def test_new_networks_are_drawn_by_the_seed_from_the_configs_deviation(deviation: float) -> None:
    network = replace(tiny_config().network, width=32, latent_size=100)
    config = replace(tiny_config(seed=5, weight_std=deviation), network=network)
    one, other = (copied(Model(*new_networks(config), ModelCard("x", config.network)).state()) for _ in range(2))
    assert same(one, other)
    third = Model(*new_networks(replace(config, seed=6)), ModelCard("x", config.network)).state()
    for name in ("generator.fc.weight", "generator.conv2.weight", "critic.conv2.weight"):
        assert one[name].std().item() == pytest.approx(deviation, rel=0.02)
        assert not torch.equal(one[name], third[name])


def test_training_begins_with_the_model_it_is_given(make_model: Callable[..., Model]) -> None:
    config = tiny_config("paper")
    model = make_model(config.network, seed=4)
    before = copied(model.state())
    gan = make_gan(config, start=model)
    found = Model(gan.generator, gan.critic, model.card).state()
    assert same(found, before)
    assert gan.generator.training
    advance(gan, 1)


@pytest.mark.parametrize("began", ["from noise", "with a model", "from a checkpoint"])
def test_both_networks_and_all_they_compute_are_laid_out_channels_last(
    began: str, make_model: Callable[..., Model]
) -> None:
    config = tiny_config("gp")
    gan = make_gan(config, start=make_model(config.network) if began == "with a model" else None)
    if began == "from a checkpoint":
        gan.load({name: value.contiguous() for name, value in copied(make_gan(config).tensors()).items()})
    maps: list[Tensor] = []
    for network in (gan.generator, gan.critic):
        for i in range(1, network.stages + 1):
            network.get_submodule(f"conv{i}").register_forward_hook(lambda _, __, output: maps.append(output))
    advance(gan, 1)
    assert gan.average is not None
    networks = (gan.generator, gan.critic, gan.average)
    maps += [value for net in networks for value in net.parameters() if value.dim() == 4]
    assert len(maps) > 6 * 3
    assert all(value.is_contiguous(memory_format=torch.channels_last) for value in maps)


def test_each_objective_holds_the_parameters_of_its_own_network_alone() -> None:
    wrapped: list[nn.Module] = []
    gan = make_gan(tiny_config("gp"), wrap=lambda module: wrapped.append(module) or module)
    critic, generator = ([id(parameter) for parameter in module.parameters()] for module in wrapped)
    assert critic == [id(parameter) for parameter in gan.critic.parameters()]
    assert generator == [id(parameter) for parameter in gan.generator.parameters()]


def test_two_ranks_begin_with_equal_networks_and_draw_different_latents() -> None:
    one, other = make_gan(tiny_config("gp")), make_gan(tiny_config("gp"), rank=1)
    assert same(one.generator.state_dict(), other.generator.state_dict())
    assert same(one.critic.state_dict(), other.critic.state_dict())
    assert not torch.equal(one.noise.get_state(), other.noise.get_state())


@pytest.mark.parametrize("preset", ["gp", "paper"])
def test_bfloat16_trains_float32_weights_by_about_the_same_steps(preset: str) -> None:
    exact, rounded = (make_gan(tiny_config(preset, precision=name)) for name in ("float32", "bfloat16"))
    start = torch.cat([p.detach().flatten().clone() for p in exact.critic.parameters()])
    for gan in (exact, rounded):
        advance(gan, 2)
    assert {value.dtype for value in rounded.generator.state_dict().values()} <= {torch.float32, torch.int64}
    one, other = (torch.cat([p.detach().flatten() for p in gan.critic.parameters()]) for gan in (exact, rounded))
    assert not torch.equal(one, other)
    assert torch.cosine_similarity(one - start, other - start, dim=0) > 0.8


def test_the_fakes_are_made_in_the_precision_of_the_run() -> None:
    seen: list[Any] = []
    gan = make_gan(tiny_config("gp", precision="bfloat16"))
    gan.generator.conv1.register_forward_hook(lambda _, __, output: seen.append(output.dtype))
    gan.batches.prepare()
    gan.critic_update(penalised=False)
    gan.generator_update()
    assert seen == [torch.bfloat16, torch.bfloat16]
