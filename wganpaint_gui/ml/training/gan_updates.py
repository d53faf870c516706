"""The updates of the first stage, in the order of the critic's schedule; on a GPU as CUDA graphs.

An update of a small network is a hundred tiny launches; replayed as one graph they take a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from .checkpoint import Progress
from .gan import Gan

_WARM_UP = 3  # eager updates before capture, in which cuDNN chooses its kernels


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


class GraphedUpdates:
    """Replays the updates of a Gan as graphs after the first few of each kind; the numbers are those of eager updates.

    Capture is thread-local, so that a window may use the GPU at the same time.
    """

    def __init__(self, gan: Gan) -> None:
        self._gan = gan
        self._graphs: dict[str, torch.cuda.CUDAGraph] = {}
        self._eager: dict[str, int] = {}
        self._side = torch.cuda.Stream(gan.device)  # type: ignore[no-untyped-call]

    def critic_update(self, *, penalised: bool) -> None:
        name = "critic, penalised" if penalised else "critic"
        self._run(name, lambda: self._gan.critic_update(penalised=penalised))

    def generator_update(self) -> None:
        self._run("generator", self._gan.generator_update)

    def forget(self) -> None:
        """Free the graphs; they are captured again."""
        self._graphs.clear()
        self._eager.clear()

    def _run(self, name: str, update: Callable[[], None]) -> None:
        done = self._eager.get(name, 0)
        if done < _WARM_UP:
            self._eager[name] = done + 1
            self._beside(update)
            return
        if name not in self._graphs:
            self._graphs[name] = self._capture(update)
        self._graphs[name].replay()

    def _beside(self, update: Callable[[], None]) -> None:
        """Run on another stream, as required of what comes before a capture."""
        current = torch.cuda.current_stream(self._gan.device)
        self._side.wait_stream(current)
        with torch.cuda.stream(self._side):
            update()
        current.wait_stream(self._side)

    def _capture(self, update: Callable[[], None]) -> torch.cuda.CUDAGraph:
        graph = torch.cuda.CUDAGraph()
        graph.register_generator_state(self._gan.noise)
        torch.cuda.synchronize(self._gan.device)
        with torch.cuda.graph(graph, stream=self._side, capture_error_mode="thread_local"):
            update()
        return graph
