"""Settings of a training run: frozen, validated when created, and written as JSON into every checkpoint.

Two presets. `paper` is Cooper's, after Arjovsky et al. 2017: weight clipping, RMSprop, many critic updates. `gp` is
Gulrajani et al. 2017 (gradient penalty) with a penalty on every k-th step only, a drift term after Karras et al. 2018
and an average of the generator: still a WGAN, and far better in the same time.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, TypeVar, get_args

from wganpaint_gui.core.checks import number, one_of, require, whole, yes_or_no
from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.models.model_card import NetworkConfig

from .hole_mixture import HoleMixture

Preset = Literal["paper", "gp"]
TrainingOptimizer = Literal["rmsprop", "adam"]
Precision = Literal["auto", "float32", "bfloat16"]  # auto: settled when a run begins, and never stored
# The networks against each other; then the critic alone, against what the search finds; then the encoder alone.
Stage = Literal["gan", "aware", "encoder"]

STAGES: tuple[Stage, ...] = get_args(Stage)  # in their order
STAGE_NAMES: dict[Stage, str] = {"gan": "", "aware": "search-aware", "encoder": "encoder"}  # before "updates"
PRESETS: tuple[Preset, ...] = get_args(Preset)
MOST_UPDATES = 10_000_000
MOST_BATCH = 4096
_LONGEST_MEMORY = 0.999999  # of a running average; at 1 it would never change

T = TypeVar("T")


@dataclass(frozen=True)
class CriticSchedule:
    """How many critic updates come before each generator update; the defaults are the paper's."""

    usual: int = 5
    boosted: int = 100
    first: int = 25  # generator updates at the start that are boosted
    every: int = 500  # of generator updates after that, each such is boosted; 0 = none

    def __post_init__(self) -> None:
        whole("critic updates", self.usual, 1, 1000)
        whole("boosted critic updates", self.boosted, 1, 10_000)
        whole("boosted updates at the start", self.first, 0, MOST_UPDATES)
        whole("interval of boosted updates", self.every, 0, MOST_UPDATES)

    def updates_before(self, generator_update: int) -> int:
        """Return the number of critic updates before a generator update, counted from 0."""
        boosted = generator_update < self.first or (self.every > 0 and generator_update % self.every == 0)
        return self.boosted if boosted else self.usual


def steady(updates: int) -> CriticSchedule:
    """Return the schedule with that many critic updates before every generator update."""
    return CriticSchedule(usual=updates, boosted=updates, first=0, every=0)


@dataclass(frozen=True, kw_only=True)
class AwareConfig(HoleMixture):
    """The search-aware stage: the critic learns against the fills that the critic-only search finds.

    The defaults were chosen by the study in docs/search-aware.md.
    """

    updates: int = 0  # of the critic; 0 = no such stage
    batch_size: int = 16  # composites, and as many photos
    z_steps: int = 8  # of the search, on each composite at each use
    z_rate: float = 0.05  # Adam's, of the latents
    critic_rate: float = 2e-4  # Adam's
    adam_beta1: float = 0.0  # of the critic's Adam
    adam_beta2: float = 0.9
    last_rate_share: float = 0.1  # of critic_rate that is left at the end of the stage; falls in a straight line
    penalty: float = 20.0  # lambda of the gradient penalty, between photo and composite
    penalty_every: int = 2  # updates between two penalties; each counts that many times
    drift: float = 1e-3  # of f(x)^2 + f(fake)^2
    average_half_life: int = 150  # updates, until an old critic counts half in what is shipped; 0 = no average
    buffer: int = 256  # (image, mask, latent) that are searched on
    refresh: float = 0.05  # share of a batch that is replaced at each use
    plain: float = 0.25  # plain G(z) among the fakes, for each composite

    def __post_init__(self) -> None:
        whole("search-aware updates", self.updates, 0, MOST_UPDATES)
        whole("batch size of the search-aware stage", self.batch_size, 1, MOST_BATCH)
        whole("z steps", self.z_steps, 1, 1000)
        whole("buffer", self.buffer, self.batch_size, 1_000_000)
        whole("interval of the penalty", self.penalty_every, 1, 1000)
        whole("half-life of the average, in updates,", self.average_half_life, 0, MOST_UPDATES)
        for name in ("z_rate", "critic_rate"):
            number(name, getattr(self, name), low=0.0, open_low=True)
        for name in ("penalty", "drift"):
            number(name, getattr(self, name), low=0.0)
        for name in ("last_rate_share", "refresh", "plain"):
            number(name, getattr(self, name), low=0.0, high=1.0)
        _check_betas(self)
        self.check_holes()


@dataclass(frozen=True, kw_only=True)
class EncoderConfig(HoleMixture):
    """The encoder stage: a network learns to guess latents from known pixels, with the generator frozen.

    Half of a batch are real pictures, which teach it where their nearest latents are; half are samples, whose latents
    are known.
    """

    updates: int = 0  # of the encoder; 0 = no such stage
    batch_size: int = 32  # images, real ones and samples together
    samples: float = 0.5  # share of a batch
    rate: float = 5e-4  # Adam's
    adam_beta1: float = 0.9
    adam_beta2: float = 0.999
    last_rate_share: float = 0.05  # of the rate that is left at the end of the stage; falls by half a cosine
    image_weight: float = 2.0  # of the mean difference between the image of the guess and the whole picture
    latent_weight: float = 1.0  # of the mean square of a sample's guess minus its latent
    random_holes: float = 1 / 3
    centre_holes: float = 1 / 3
    border_holes: float = 1 / 6
    most_square: float = 40 / 64
    off_centre: float = 6 / 64
    least_side: float = 8 / 64
    most_side: float = 42 / 64

    @property
    def samples_in_batch(self) -> int:
        return round(self.samples * self.batch_size)

    def __post_init__(self) -> None:
        whole("encoder updates", self.updates, 0, MOST_UPDATES)
        whole("batch size of the encoder stage", self.batch_size, 2, MOST_BATCH)
        number("rate", self.rate, low=0.0, open_low=True)
        for name in ("samples", "last_rate_share"):
            number(name, getattr(self, name), low=0.0, high=1.0)
        for name in ("image_weight", "latent_weight"):
            number(name, getattr(self, name), low=0.0)
        _check_betas(self)
        self.check_holes()


@dataclass(frozen=True)
class TrainingConfig:
    """Everything a run depends on except its data. The defaults are the preset `gp` in float32; see `preset_config`."""

    preset: Preset = "gp"
    network: NetworkConfig = field(default_factory=lambda: NetworkConfig(critic_norm="none"))
    generator_updates: int = 9_000
    batch_size: int = 32
    seed: int = 0
    # Of every weight at the start. The paper prints "variance .02" and cites DCGAN for it, whose figure is a standard
    # deviation.
    weight_std: float = 0.02
    optimizer: TrainingOptimizer = "adam"
    adam_beta1: float = 0.0
    adam_beta2: float = 0.9
    rmsprop_alpha: float = 0.99
    generator_rate: float = 2e-4
    critic_rate: float = 3e-4
    schedule: CriticSchedule = field(default_factory=lambda: steady(1))
    clip: float | None = None  # every critic parameter stays inside [-clip, clip]; None = no clipping
    penalty: float = 10.0  # lambda of the gradient penalty; 0 = none
    penalty_every: int = 4  # critic updates between two penalties; each counts that many times
    drift: float = 1e-3  # of f(x)^2
    ema_half_life: int = 22_000  # images until an old generator counts half; 0 = the generator itself is shipped
    ema_ramp: float = 0.1  # share of the images seen that the half-life is at most
    flip: bool = True  # mirror each image with probability 1/2
    augment: bool = False  # DiffAugment (Zhao et al. 2020): colour, shift, cutout; for a few thousand images or less
    # Of the convolutions; penalties are computed in float32 always. The presets say auto: what the machine is fast at.
    precision: Precision = "float32"
    tick_updates: int = 250  # generator updates between two sample grids
    checkpoint_minutes: float = 5.0
    keep_checkpoints: int = 2  # the newest, besides the best
    aware: AwareConfig = field(default_factory=AwareConfig)
    encoder: EncoderConfig = field(default_factory=EncoderConfig)

    def __post_init__(self) -> None:
        one_of("preset", self.preset, PRESETS)
        one_of("optimizer", self.optimizer, get_args(TrainingOptimizer))
        one_of("precision", self.precision, get_args(Precision))
        whole("generator updates", self.generator_updates, 0, MOST_UPDATES)
        whole("batch size", self.batch_size, 2, MOST_BATCH)
        whole("seed", self.seed, 0, 2**31 - 1)
        for name in ("weight_std", "generator_rate", "critic_rate", "checkpoint_minutes"):
            number(name, getattr(self, name), low=0.0, open_low=True)
        _check_betas(self)
        number("rmsprop_alpha", self.rmsprop_alpha, low=0.0, high=_LONGEST_MEMORY)
        for name in ("penalty", "drift"):
            number(name, getattr(self, name), low=0.0)
        if self.clip is not None:
            number("clip", self.clip, low=0.0, open_low=True)
        whole("interval of the penalty", self.penalty_every, 1, 1000)
        whole("half-life of the average, in images,", self.ema_half_life, 0, 2**62)
        number("ema_ramp", self.ema_ramp, low=0.0, high=1.0, open_low=True)
        yes_or_no("flip", self.flip)
        yes_or_no("augment", self.augment)
        whole("updates a tick", self.tick_updates, 1, MOST_UPDATES)
        whole("checkpoints to keep", self.keep_checkpoints, 1, 1000)
        require(
            self.penalty == 0 or self.network.critic_norm != "batch",
            "A gradient penalty needs a critic without batch norm: the penalty judges each image on its own.",
            "Choose critic norm layer or none, or penalty 0.",
        )

    def updates(self, stage: Stage) -> int:
        """Return how many updates the stage has."""
        return {"gan": self.generator_updates, "aware": self.aware.updates, "encoder": self.encoder.updates}[stage]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that have updates, in their order; `gan` where none has."""
        return tuple(stage for stage in STAGES if self.updates(stage)) or ("gan",)

    def stage_after(self, stage: Stage) -> Stage | None:
        """Return the next stage that has updates; None after the last."""
        return next((one for one in self.stages if STAGES.index(one) > STAGES.index(stage)), None)

    def stages_before(self, stage: Stage) -> tuple[Stage, ...]:
        """Return the earlier stages that have updates."""
        return tuple(one for one in self.stages if STAGES.index(one) < STAGES.index(stage))

    def extended(self, stage: Stage, updates: int) -> TrainingConfig:
        """Return the settings with another number of updates of a stage."""
        if stage == "gan":
            return replace(self, generator_updates=updates)
        if stage == "aware":
            return replace(self, aware=replace(self.aware, updates=updates))
        return replace(self, encoder=replace(self.encoder, updates=updates))

    def is_tick(self, stage: Stage, update: int) -> bool:
        """Return whether the run is measured after that update of the stage, counted from 1."""
        return update % self.tick_updates == 0 or update == self.updates(stage)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Any) -> TrainingConfig:
        """Rebuild from `to_json`; raises SettingsError or ModelError for unknown names and bad values."""
        known = _known(cls, values)
        if "network" in known:
            known["network"] = NetworkConfig.from_json(known["network"])
        for name, kind in (("schedule", CriticSchedule), ("aware", AwareConfig), ("encoder", EncoderConfig)):
            if name in known:
                known[name] = kind(**_known(kind, known[name]))
        return cls(**known)


def preset_config(preset: Preset, *, resolution: int = 64, width: int = 64) -> TrainingConfig:
    """Return the settings of a preset at a resolution and a width. Raises ModelError where there is no such network."""
    if preset == "gp":
        network = NetworkConfig(resolution, width, critic_norm="none")
        return TrainingConfig(network=network, precision="auto")
    return TrainingConfig(
        preset="paper",
        network=NetworkConfig(resolution, width, critic_norm="batch"),
        generator_updates=75_000,
        batch_size=64,
        optimizer="rmsprop",
        generator_rate=5e-5,
        critic_rate=5e-5,
        schedule=CriticSchedule(),
        clip=0.01,
        penalty=0.0,
        drift=0.0,
        ema_half_life=0,
        flip=False,
        precision="auto",
    )


def _check_betas(config: AwareConfig | EncoderConfig | TrainingConfig) -> None:
    for name in ("adam_beta1", "adam_beta2"):
        number(name, getattr(config, name), low=0.0, high=_LONGEST_MEMORY)


def _known(kind: type[Any], values: Any) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise SettingsError(f"The settings of a {kind.__name__} are missing or damaged.")
    unknown = set(values) - {spec.name for spec in fields(kind)}
    require(not unknown, f"Unknown settings: {', '.join(sorted(unknown))}.")
    return dict(values)
