"""CUDA graphs: an update of a small network is a hundred tiny launches; replayed as one they take a tenth."""

from __future__ import annotations

from collections.abc import Callable

import torch

from .gan import Gan

_WARM_UP = 3  # eager updates before capture, in which cuDNN chooses its kernels


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
