"""What a run trains: generator and critic, then the critic alone, then an encoder; and how far they have come."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date

import torch
from torch import Tensor

from wganpaint_gui.core.dataset import ImageSet
from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard
from wganpaint_gui.core.training.run_folder import RunSettings
from wganpaint_gui.core.training.training_config import STAGES, Stage
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.networks import Encoder, init_weights
from wganpaint_gui.ml.search.prepared_model import PreparedModel

from .aware import AwareStage
from .batches import Batches
from .checkpoint import Progress, Tensors, load_network, network_tensors
from .encoder_stage import EncoderStage
from .gan import Gan, placed
from .gan_updates import GanUpdates
from .later_stage import LaterStage, StageSetup
from .ranks import Ranks

_WHOLE_FRAMING = "as in the pictures it was trained on: their largest centred square"
_FACES = ("faces", "celeba", "aligned")  # framings that put eyes and mouth where the face model has them


class Learner:
    """Makes the updates of all stages; everything they change goes into a checkpoint and comes back from one."""

    def __init__(
        self,
        name: str,
        settings: RunSettings,
        images: ImageSet,
        device: torch.device,
        *,
        start: Model | None,
        ranks: Ranks,
    ) -> None:
        """name: of the model, for its card. start: the model to begin with; None = new weights."""
        config = settings.config
        self.progress = Progress()
        self.batches = Batches(
            images.training_images,
            config.batch_size,
            device,
            seed=config.seed,
            flip=config.flip,
            rank=ranks.rank,
            ranks=ranks.count,
        )
        self.gan = Gan(config, self.batches, device, start=start, rank=ranks.rank, wrap=ranks.wrap)
        self._later: dict[Stage, LaterStage] = {}  # those that have begun
        # One that the run began with belongs to its generator, which must not change.
        kept = start.encoder if start and not config.generator_updates else None
        self._encoder = None if kept is None else placed(kept, device)
        self._name, self._settings, self._device, self._ranks = name, settings, device, ranks
        self.gan_updates = GanUpdates(self.gan, graphed=device.type == "cuda" and ranks.count == 1)

    @property
    def done(self) -> int:
        """Finished updates of the stage."""
        return self.progress.updates(self.progress.stage)

    @property
    def position(self) -> tuple[int, int, int]:
        """Updates in each stage, in the first those of either network: changes with every update."""
        progress = self.progress
        in_first = progress.critic_updates + progress.generator_updates
        return in_first, progress.aware_updates, progress.encoder_updates

    def update(self) -> Tensor | None:
        """Make the next update of the stage.

        Returns its readings [2], see core.training.training_log; None after an update of the critic in the first stage.
        """
        progress = self.progress
        if progress.stage == "gan":
            return self.gan.readings if self.gan_updates.make(progress) else None
        config = self._settings.config
        stage = self._begun(config.seed)
        readings = stage.update()
        if progress.stage == "aware":
            progress.aware_updates = stage.updates
            progress.images_seen += config.aware.batch_size
        else:
            progress.encoder_updates = stage.updates
            progress.images_seen += config.encoder.batch_size - config.encoder.samples_in_batch
        return readings

    def model(self) -> Model:
        """Return copies of the networks as they would be shipped now, in eval mode."""
        card = training_card(self._name, self._settings, self.progress, self._settings.base_card)
        model = self.gan.model(card)
        aware = self._later.get("aware")
        if isinstance(aware, AwareStage):
            model.critic = copy.deepcopy(aware.average).eval()
        if card.has_encoder:
            model.encoder = copy.deepcopy(self._encoder).eval() if self._encoder else None
        return model

    def tensors(self) -> Tensors:
        """Return everything that training has changed, for a checkpoint."""
        tensors = self.gan.tensors()
        if self._encoder is not None:
            tensors |= network_tensors("encoder", self._encoder)
        for stage in self._later.values():
            tensors |= stage.tensors()
        return tensors

    def load(self, tensors: Tensors, progress: Progress) -> None:
        """Continue from a checkpoint. Raises TrainingError where it does not fit."""
        seed, rank = self._settings.config.seed, self._ranks.rank
        self.progress = progress
        self.gan.load(tensors)
        self.gan_updates.forget_graphs()
        self.batches.rewind(progress.drawn)
        self._later = {}
        self._encoder = self._new_encoder(seed) if "encoder.fc.weight" in tensors else None
        if self._encoder is not None:
            load_network("encoder", self._encoder, tensors)
        for name in STAGES:
            if f"{name}.source" in tensors:  # a later stage that has begun
                stage = self._later[name] = self._new_stage(name, seed, self.model())
                stage.load(tensors, entries=rank == 0)
                stage.updates = progress.updates(name)
        if rank:  # the checkpoint holds the random numbers of rank 0
            self.gan.reseed(seed + progress.generator_updates, rank)
            for name, stage in self._later.items():
                stage.reseed(seed + progress.updates(name), rank)

    def reseed(self, seed: int) -> None:
        """Draw other random numbers from here on."""
        self.gan.reseed(seed, self._ranks.rank)
        if self.progress.stage != "gan":
            self._begun(seed).reseed(seed, self._ranks.rank)

    def _begun(self, seed: int) -> LaterStage:
        """Return the stage that the run is in, at its start where it has not begun."""
        name = self.progress.stage
        if name not in self._later:
            model = self.model()
            if name == "aware":
                # From here on the critic keeps its batch-norm statistics: those of the one that would be shipped.
                self.gan.critic.load_state_dict(model.critic.state_dict())
            self._later[name] = self._new_stage(name, seed, model)
        return self._later[name]

    def _new_stage(self, name: Stage, seed: int, model: Model) -> LaterStage:
        """Return a later stage at its start; the generator is the model's, critic or encoder those that are trained."""
        config, ranks = self._settings.config, self._ranks
        setup = StageSetup(
            PreparedModel(model, self._device).generate,
            self.batches.images,
            self._device,
            config.network.latent_size,
            seed,
            ranks.rank,
            ranks.wrap,
            config.precision,
        )
        if name == "aware":
            share = replace(config.aware, batch_size=max(1, config.aware.batch_size // ranks.count))
            return AwareStage(share, setup, self.gan.critic)
        self._encoder = self._encoder or self._new_encoder(seed)
        of_rank = replace(config.encoder, batch_size=max(2, config.encoder.batch_size // ranks.count))
        return EncoderStage(of_rank, setup, self._encoder, flip=config.flip)

    def _new_encoder(self, seed: int) -> Encoder:
        encoder = Encoder(self._settings.config.network)
        init_weights(encoder, seed, self._settings.config.weight_std)
        return placed(encoder, self._device)


def training_card(name: str, settings: RunSettings, progress: Progress, base: ModelCard | None) -> ModelCard:
    """Describe the model as it is now. base: card of the model that the run began with; its updates count."""
    config, data = settings.config, settings.data
    encoded = base.encoder_updates if base and not progress.generator_updates else 0  # else its generator is another
    return ModelCard(
        name=name,
        network=config.network,
        preset=base.preset if base and not progress.generator_updates else config.preset,
        updates=progress.generator_updates + (base.updates if base else 0),
        aware_updates=progress.aware_updates + (base.aware_updates if base else 0),
        encoder_updates=progress.encoder_updates + encoded,
        images_seen=progress.images_seen + (base.images_seen if base else 0),
        dataset=data.name,
        dataset_size=data.images,
        framing=FACE_FRAMING if data.framing in _FACES else _WHOLE_FRAMING,
        licence=data.licence or (base.licence if base else ""),
        created=date.today().isoformat(),
        notes=f"Continued from {base.name}." if base else "",
    )
