"""The updates of the first stage, in the order of the critic's schedule."""

from __future__ import annotations

from .checkpoint import Progress
from .gan import Gan
from .graphs import GraphedUpdates


class GanUpdates:
    """Makes the updates of a Gan; on a single NVIDIA GPU it replays them as CUDA graphs."""

    def __init__(self, gan: Gan, *, graphed: bool) -> None:
        self._gan = gan
        self._graphs = GraphedUpdates(gan) if graphed else None

    def make(self, progress: Progress) -> bool:
        """Make the update that follows `progress` and count it there.

        Returns True after an update of the generator, False after one of the critic.
        """
        config, updates = self._gan.config, self._graphs or self._gan
        if progress.critic_since >= config.schedule.updates_before(progress.generator_updates):
            updates.generator_update()
            progress.generator_updates += 1
            progress.critic_since = 0
            return True
        self._gan.batches.prepare()
        updates.critic_update(penalised=config.penalty > 0 and progress.critic_updates % config.penalty_every == 0)
        progress.drawn = self._gan.batches.drawn
        progress.critic_updates += 1
        progress.critic_since += 1
        progress.images_seen += config.batch_size
        return False

    def forget_graphs(self) -> None:
        """Free the memory of the graphs; they are captured again when the next updates are made."""
        if self._graphs is not None:
            self._graphs.forget()
