"""The presets' numbers, the critic's schedule, and how settings are refused and kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.errors import ModelError, SettingsError
from wganpaint_gui.core.models.model_card import NetworkConfig
from wganpaint_gui.core.training.training_config import (
    AwareConfig,
    CriticSchedule,
    EncoderConfig,
    TrainingConfig,
    preset_config,
)

PAPER = preset_config("paper")
GP = preset_config("gp")


def test_the_paper_preset_has_every_number_of_the_paper() -> None:
    assert NetworkConfig(64, 64, 100, "batch", 3) == PAPER.network
    assert (PAPER.preset, PAPER.generator_updates, PAPER.batch_size) == ("paper", 75_000, 64)
    assert (PAPER.optimizer, PAPER.generator_rate, PAPER.critic_rate) == ("rmsprop", 5e-5, 5e-5)
    assert (PAPER.rmsprop_alpha, PAPER.weight_std) == (0.99, 0.02)
    assert (PAPER.clip, PAPER.penalty, PAPER.drift) == (0.01, 0.0, 0.0)
    assert CriticSchedule(usual=5, boosted=100, first=25, every=500) == PAPER.schedule


def test_the_paper_preset_adds_nothing_to_the_paper() -> None:
    assert (PAPER.ema_half_life, PAPER.flip, PAPER.augment, PAPER.precision) == (0, False, False, "auto")
    assert PAPER.aware.updates == PAPER.encoder.updates == 0


def test_the_gp_preset_has_every_number_of_the_recipe_that_was_run() -> None:
    assert (GP.preset, GP.batch_size, GP.optimizer) == ("gp", 32, "adam")
    assert (GP.critic_rate, GP.generator_rate) == (3e-4, 2e-4)
    assert (GP.adam_beta1, GP.adam_beta2, GP.weight_std, GP.ema_ramp) == (0.0, 0.9, 0.02, 0.1)
    assert (GP.penalty, GP.penalty_every, GP.drift) == (10.0, 4, 1e-3)
    assert (GP.network.critic_norm, GP.clip, GP.flip, GP.augment) == ("none", None, True, False)
    assert {GP.schedule.updates_before(i) for i in range(2000)} == {1}


def test_the_gp_presets_half_life_is_a_decay_of_0_999_at_its_batch() -> None:
    assert 0.5 ** (GP.batch_size / GP.ema_half_life) == pytest.approx(0.999, abs=2e-5)


def test_the_search_aware_stage_has_the_numbers_the_shipped_critic_was_trained_with() -> None:
    aware = AwareConfig()
    assert (aware.batch_size, aware.z_steps, aware.z_rate, aware.buffer) == (16, 8, 0.05, 256)
    assert (aware.critic_rate, aware.last_rate_share, aware.drift) == (2e-4, 0.1, 1e-3)
    assert (aware.penalty, aware.penalty_every, aware.refresh) == (20.0, 2, 0.05)
    assert (aware.adam_beta1, aware.adam_beta2) == (0.0, 0.9)
    assert (aware.random_holes, aware.centre_holes, aware.second_rectangle) == (0.25, 0.2, 0.5)
    assert (aware.least_missing, aware.most_missing) == (0.3, 0.9)
    sides = (aware.least_square, aware.most_square, aware.off_centre, aware.least_side, aware.most_side)
    assert [64 * side for side in sides] == [12, 36, 4, 10, 40]


def test_the_encoder_stage_has_the_numbers_of_its_recipe() -> None:
    encoder = EncoderConfig()
    assert (encoder.batch_size, encoder.samples_in_batch, encoder.rate, encoder.last_rate_share) == (32, 16, 5e-4, 0.05)
    assert (encoder.adam_beta1, encoder.adam_beta2) == (0.9, 0.999)
    assert (encoder.image_weight, encoder.latent_weight) == (2.0, 1.0)
    assert [6 * share for share in (encoder.random_holes, encoder.centre_holes, encoder.border_holes)] == [2, 2, 1]
    assert (encoder.least_missing, encoder.most_missing, encoder.second_rectangle) == (0.3, 0.9, 0.5)
    sides = (encoder.least_square, encoder.most_square, encoder.off_centre, encoder.least_side, encoder.most_side)
    assert [64 * side for side in sides] == [12, 40, 6, 8, 42]
    assert [64 * side for side in (encoder.least_border, encoder.most_border)] == [20, 56]


def test_a_config_knows_its_stages_and_their_order() -> None:
    config = TrainingConfig(generator_updates=5)
    assert (config.stages, config.stage_after("gan")) == (("gan",), None)
    encoded = config.extended("encoder", 7)
    assert (encoded.updates("encoder"), encoded.stages, encoded.stage_after("gan")) == (
        7,
        ("gan", "encoder"),
        "encoder",
    )
    whole = encoded.extended("aware", 6)
    assert [whole.stage_after(stage) for stage in whole.stages] == ["aware", "encoder", None]
    assert whole.stages_before("encoder") == ("gan", "aware")
    assert whole.extended("gan", 0).stages == ("aware", "encoder")
    assert TrainingConfig(generator_updates=0).stages == ("gan",)
    assert not whole.is_tick("encoder", 6)
    assert whole.is_tick("encoder", 7)


@pytest.mark.parametrize("preset", ["paper", "gp"])
def test_a_preset_takes_resolution_and_width(preset: Any) -> None:
    config = preset_config(preset, resolution=128, width=16)
    assert (config.network.resolution, config.network.width) == (128, 16)
    assert replace(config, network=preset_config(preset).network) == preset_config(preset)


def test_critic_updates_of_the_paper_add_up_to_391_530() -> None:
    # 25 at the start, then 500, 1000, ... 74,500: 149 more. The other 74,826 have 5 each.
    assert 25 * 100 + 149 * 100 + 74_826 * 5 == 391_530
    assert sum(PAPER.schedule.updates_before(i) for i in range(75_000)) == 391_530


def test_the_boosted_updates_of_the_paper_are_the_first_25_and_every_500th() -> None:
    boosted = [i for i in range(1600) if PAPER.schedule.updates_before(i) == 100]
    assert boosted == [*range(25), 500, 1000, 1500]


@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 20), st.integers(0, 20), st.integers(0, 100))
def test_a_schedule_boosts_the_start_and_each_interval(usual: int, boosted: int, first: int, every: int, i: int):
    expected = usual
    if i < first:
        expected = boosted
    if every and i in range(0, 101, every):
        expected = boosted
    assert CriticSchedule(usual, boosted, first, every).updates_before(i) == expected


configs = st.builds(
    TrainingConfig,
    preset=st.sampled_from(["paper", "gp"]),
    network=st.builds(
        NetworkConfig,
        resolution=st.sampled_from([32, 64, 128, 256]),
        width=st.integers(1, 256),
        latent_size=st.integers(1, 500),
        critic_norm=st.sampled_from(["layer", "none"]),
    ),
    generator_updates=st.integers(0, 10_000_000),
    batch_size=st.integers(2, 4096),
    seed=st.integers(0, 2**31 - 1),
    optimizer=st.sampled_from(["rmsprop", "adam"]),
    adam_beta1=st.floats(0, 0.99),
    generator_rate=st.floats(1e-9, 1),
    schedule=st.builds(CriticSchedule, usual=st.integers(1, 1000), every=st.integers(0, 1000)),
    clip=st.none() | st.floats(1e-6, 10),
    penalty=st.floats(0, 100),
    flip=st.booleans(),
    precision=st.sampled_from(["auto", "float32", "bfloat16"]),
    aware=st.builds(AwareConfig, updates=st.integers(0, 9999), refresh=st.floats(0, 1), plain=st.floats(0, 1)),
)


@given(configs)
def test_settings_come_back_from_json_as_they_were(config: TrainingConfig) -> None:
    assert TrainingConfig.from_json(json.loads(json.dumps(config.to_json()))) == config


def test_both_presets_come_back_from_json_as_they_were() -> None:
    for config in (PAPER, GP):
        assert TrainingConfig.from_json(json.loads(json.dumps(config.to_json()))) == config


def test_settings_from_before_all_of_them_were_fields_mean_what_they_did() -> None:
    for config in (PAPER, GP):
        values = json.loads(json.dumps(config.to_json()))
        for name in ("weight_std", "adam_beta1", "adam_beta2", "rmsprop_alpha", "ema_ramp"):
            del values[name]
        del values["network"]["upsampling"]
        for name in ("adam_beta1", "adam_beta2", "least_missing", "most_missing", "least_square", "most_square"):
            del values["aware"][name]
        for name in ("off_centre", "least_side", "most_side", "second_rectangle"):
            del values["aware"][name]
        assert TrainingConfig.from_json(values) == config


BAD_SETTINGS = [
    ("preset", "dcgan", "preset"),
    ("optimizer", "sgd", "optimizer"),
    ("precision", "float16", "precision"),
    ("generator_updates", -1, "generator updates"),
    ("generator_updates", 1.5, "generator updates"),
    ("batch_size", 1, "batch size"),
    ("batch_size", 4097, "batch size"),
    ("batch_size", True, "batch size"),
    ("seed", -1, "seed"),
    ("seed", 2**31, "seed"),
    ("generator_rate", 0.0, "generator_rate"),
    ("generator_rate", float("nan"), "generator_rate"),
    ("critic_rate", -1e-4, "critic_rate"),
    ("critic_rate", "fast", "critic_rate"),
    ("critic_rate", None, "critic_rate"),
    ("weight_std", 0.0, "weight_std"),
    ("adam_beta1", -0.1, "adam_beta1"),
    ("adam_beta2", 1.0, "adam_beta2"),
    ("rmsprop_alpha", 1, "rmsprop_alpha"),
    ("ema_ramp", 0.0, "ema_ramp"),
    ("ema_ramp", 1.1, "ema_ramp"),
    ("clip", 0.0, "clip"),
    ("clip", [0.01], "clip"),
    ("penalty", -1.0, "penalty"),
    ("penalty", float("inf"), "penalty"),
    ("penalty", 10**400, "penalty"),
    ("penalty", True, "penalty"),
    ("penalty_every", 0, "interval of the penalty"),
    ("drift", -1e-3, "drift"),
    ("ema_half_life", -1, "half-life"),
    ("flip", "no", "flip"),
    ("augment", 1, "augment"),
    ("tick_updates", 0, "updates a tick"),
    ("checkpoint_minutes", 0, "checkpoint_minutes"),
    ("keep_checkpoints", 0, "checkpoints to keep"),
]


@pytest.mark.parametrize(("name", "value", "named"), BAD_SETTINGS)
def test_a_bad_setting_is_refused_by_its_name(name: str, value: Any, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        TrainingConfig.from_json({**GP.to_json(), name: value})


BAD_AWARE = [
    ("updates", -1, "search-aware updates"),
    ("batch_size", 0, "batch size of the search-aware stage"),
    ("z_steps", 0, "z steps"),
    ("z_rate", 0.0, "z_rate"),
    ("critic_rate", "2e-4", "critic_rate"),
    ("adam_beta1", 1.0, "adam_beta1"),
    ("adam_beta2", "0.9", "adam_beta2"),
    ("last_rate_share", 1.1, "last_rate_share"),
    ("penalty", -1, "penalty"),
    ("penalty_every", 0, "interval of the penalty"),
    ("drift", float("nan"), "drift"),
    ("buffer", 15, "buffer"),
    ("refresh", -0.1, "refresh"),
    ("plain", 2, "plain"),
    ("random_holes", 1.5, "random_holes"),
    ("centre_holes", 0.9, "shares of the masks"),
    ("least_missing", 0.0, "least_missing"),
    ("least_missing", 0.91, r"least_missing is 0\.91; .* at most 0\.9"),
    ("most_missing", 1.0, "most_missing"),
    ("least_square", 0.6, "least_square"),
    ("most_square", 1.0, "most_square"),
    ("off_centre", -0.1, "off_centre"),
    ("least_side", 0.01, "least_side"),
    ("most_side", "40", "most_side"),
    ("second_rectangle", 2, "second_rectangle"),
]


@pytest.mark.parametrize(("name", "value", "named"), BAD_AWARE)
def test_a_bad_setting_of_the_search_aware_stage_is_refused_by_its_name(name: str, value: Any, named: str) -> None:
    values = GP.to_json()
    values["aware"][name] = value
    with pytest.raises(SettingsError, match=named):
        TrainingConfig.from_json(values)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("updates", -1, "encoder updates"),
        ("batch_size", 1, "batch size of the encoder stage"),
        ("rate", 0, "rate"),
        ("samples", 1.5, "samples"),
        ("image_weight", -1, "image_weight"),
        ("border_holes", 0.9, "add up to more than 1"),
        ("most_border", 1.0, "most_border"),
        ("least_border", 0.9, "least_border"),
        ("adam_beta2", 1.0, "adam_beta2"),
        ("speed", 1, "Unknown settings: speed"),
    ],
)
def test_a_bad_setting_of_the_encoder_stage_is_refused_by_its_name(name: str, value: Any, named: str) -> None:
    values = GP.to_json()
    values["encoder"][name] = value
    with pytest.raises(SettingsError, match=named):
        TrainingConfig.from_json(values)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("usual", 0, "critic updates is 0"),
        ("boosted", 10_001, "boosted critic updates"),
        ("first", -1, "boosted updates at the start"),
        ("every", 0.5, "interval of boosted updates"),
    ],
)
def test_a_bad_schedule_is_refused_by_its_name(name: str, value: Any, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        CriticSchedule(**{name: value})


def test_a_penalty_is_refused_together_with_batch_norm_in_the_critic() -> None:
    with pytest.raises(SettingsError, match=r"penalty needs a critic without batch norm.*layer or none"):
        replace(GP, network=NetworkConfig(critic_norm="batch"))


@pytest.mark.parametrize("where", [(), ("aware",), ("encoder",), ("schedule",)])
def test_an_unknown_setting_is_refused_by_its_name(where: tuple[str, ...]) -> None:
    values = GP.to_json()
    place = values
    for name in where:
        place = place[name]
    place["momentum"] = 0.9
    with pytest.raises(SettingsError, match="momentum"):
        TrainingConfig.from_json(values)


def test_an_unknown_setting_of_the_network_is_refused_by_its_name() -> None:
    values = GP.to_json()
    values["network"]["depth"] = 3
    with pytest.raises(ModelError, match="depth"):
        TrainingConfig.from_json(values)


@pytest.mark.parametrize("values", [None, [], "gp", 3, {"aware": None}, {"schedule": [5]}])
def test_what_is_no_settings_at_all_is_refused(values: Any) -> None:
    with pytest.raises(SettingsError, match="missing or damaged"):
        TrainingConfig.from_json(values)
