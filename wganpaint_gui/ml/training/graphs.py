"""CUDA graphs: an update of a small network is a hundred tiny launches, and replaying them as one costs a tenth."""

from __future__ import annotations

from collections.abc import Callable

import torch

from .gan import Gan

_WARM_UP = 3  # eager updates before capture: optimiser state is made, kernels are chosen


class GraphedUpdates:
    """The updates of a Gan, replayed as graphs after the first few of each kind; the same numbers as eager ones.

    Capture is thread-local, so that it may happen beside a window that uses the GPU.
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
        """Capture anew: tensors the graphs write to were replaced."""
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
        """On another stream, as capture asks of what runs before it."""
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
