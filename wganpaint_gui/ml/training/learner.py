"""What a run trains: both networks, then the critic alone, and how far they have come."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date

import torch
from torch import Tensor

from wganpaint_gui.core.dataset import ImageSet
from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard
from wganpaint_gui.core.training.run_folder import RunSettings
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.prepared_model import PreparedModel

from .aware import AwareStage
from .batches import Batches
from .checkpoint import Progress, Tensors
from .gan import Gan
from .gan_updates import GanUpdates
from .ranks import Ranks

_WHOLE_FRAMING = "as in the pictures it was trained on: their largest centred square"
_FACES = ("faces", "celeba", "aligned")  # framings that put eyes and mouth where the face model has them


class Learner:
    """Makes the updates of both stages; everything they change goes into a checkpoint and comes back from one."""

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
        self.aware: AwareStage | None = None  # from the first update of the second stage on
        self._name, self._settings, self._device, self._ranks = name, settings, device, ranks
        self._gan_updates = GanUpdates(self.gan, graphed=device.type == "cuda" and ranks.count == 1)

    @property
    def done(self) -> int:
        """Finished updates of the stage."""
        return self.progress.updates(self.progress.stage)

    @property
    def position(self) -> tuple[int, int]:
        """Updates of either network in the first stage, and of the critic in the second: changes with every update."""
        progress = self.progress
        return progress.critic_updates + progress.generator_updates, progress.aware_updates

    def update(self) -> Tensor | None:
        """Make the next update of the stage.

        Returns its readings [2], W and pressure; None after an update of the critic in the first stage.
        """
        progress = self.progress
        if progress.stage == "gan":
            return self.gan.readings if self._gan_updates.make(progress) else None
        config = self._settings.config
        aware = self.aware or self._begin_aware(config.seed)
        readings = aware.update()
        progress.aware_updates = aware.updates
        progress.images_seen += config.aware.batch_size
        return readings

    def model(self) -> Model:
        """Return copies of the networks as they would be shipped now, in eval mode."""
        card = training_card(self._name, self._settings, self.progress, self._settings.base_card)
        model = self.gan.model(card)
        if self.aware is not None:
            model.critic = copy.deepcopy(self.aware.average).eval()
        return model

    def tensors(self) -> Tensors:
        """Return everything that training has changed, for a checkpoint."""
        return self.gan.tensors() | (self.aware.tensors() if self.aware is not None else {})

    def load(self, tensors: Tensors, progress: Progress) -> None:
        """Continue from a checkpoint. Raises TrainingError where it does not fit."""
        seed, rank = self._settings.config.seed, self._ranks.rank
        self.progress = progress
        self.gan.load(tensors)
        self.forget_graphs()
        self.batches.rewind(progress.drawn)
        self.aware = None
        if progress.stage == "aware" and "aware.z" in tensors:
            self.aware = self._aware_stage(seed, self.model())
            self.aware.load(tensors, entries=rank == 0)
            self.aware.updates = progress.aware_updates
        if rank:  # the checkpoint holds the random numbers of rank 0
            self.gan.reseed(seed + progress.generator_updates, rank)
            if self.aware is not None:
                self.aware.reseed(seed + progress.aware_updates, rank)

    def reseed(self, seed: int) -> None:
        """Draw other random numbers from here on."""
        self.gan.reseed(seed, self._ranks.rank)
        if self.progress.stage == "aware":
            (self.aware or self._begin_aware(seed)).reseed(seed, self._ranks.rank)

    def forget_graphs(self) -> None:
        """Free the memory of CUDA graphs."""
        self._gan_updates.forget_graphs()

    def _begin_aware(self, seed: int) -> AwareStage:
        model = self.model()
        # From here on the critic keeps its batch-norm statistics: those of the one that would be shipped.
        self.gan.critic.load_state_dict(model.critic.state_dict())
        self.aware = self._aware_stage(seed, model)
        return self.aware

    def _aware_stage(self, seed: int, model: Model) -> AwareStage:
        """Return the second stage at its start; the generator is the model's, the critic the one that is trained."""
        config, ranks = self._settings.config, self._ranks
        return AwareStage(
            replace(config.aware, batch_size=max(1, config.aware.batch_size // ranks.count)),
            PreparedModel(model, self._device).generate,
            self.gan.critic,
            self.batches.images,
            self._device,
            latent_size=config.network.latent_size,
            seed=seed,
            rank=ranks.rank,
            wrap=ranks.wrap,
            precision=config.precision,
        )


def training_card(name: str, settings: RunSettings, progress: Progress, base: ModelCard | None) -> ModelCard:
    """Describe the model as it is now. base: card of the model that the run began with; its updates count."""
    config, data = settings.config, settings.data
    return ModelCard(
        name=name,
        network=config.network,
        preset=base.preset if base and not progress.generator_updates else config.preset,
        updates=progress.generator_updates + (base.updates if base else 0),
        aware_updates=progress.aware_updates + (base.aware_updates if base else 0),
        images_seen=progress.images_seen + (base.images_seen if base else 0),
        dataset=data.name,
        dataset_size=data.images,
        framing=FACE_FRAMING if data.framing in _FACES else _WHOLE_FRAMING,
        licence=data.licence or (base.licence if base else ""),
        created=date.today().isoformat(),
        notes=f"Continued from {base.name}." if base else "",
    )
