"""Several processes that train one model: DistributedDataParallel under torchrun; by default, one process alone."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn

from ..core.errors import TrainingError


@dataclass(frozen=True)
class Ranks:
    """This process among the others. Rank 0 alone writes files."""

    rank: int = 0
    count: int = 1
    local: int = 0  # among the processes of this machine: which of its GPUs is ours

    @property
    def writes(self) -> bool:
        return self.rank == 0

    def wrap(self, objective: nn.Module) -> nn.Module:
        """Average gradients over all ranks in each backward pass."""
        if self.count == 1:
            return objective
        # Buffers stay each rank's own: batch norm's statistics are re-estimated for what is shipped, and sending them
        # in every forward pass would change them under a gradient that is still needed.
        return nn.parallel.DistributedDataParallel(objective, forward_sync_buffers=False)

    def any(self, flag: bool, device: torch.device) -> bool:
        """Whether it is so on any rank."""
        if self.count == 1:
            return flag
        value = torch.tensor(float(flag), device=device)
        torch.distributed.all_reduce(value, torch.distributed.ReduceOp.MAX)
        return bool(value.item())

    def agree(self, value: int, device: torch.device) -> bool:
        """Whether all ranks have the same number; every rank has to ask."""
        if self.count == 1:
            return True
        limits = torch.tensor([value, -value], dtype=torch.int64, device=device)
        torch.distributed.all_reduce(limits, torch.distributed.ReduceOp.MAX)
        return bool((limits[0] == -limits[1]).item())

    def wait(self) -> None:
        """Until every rank has come here."""
        if self.count > 1:
            torch.distributed.barrier()


ALONE = Ranks()


@contextmanager
def joined(device_kind: str) -> Iterator[Ranks]:
    """Join the processes that torchrun started, by its environment variables; without them, alone.

    device_kind: "cuda" talks over NCCL, anything else over Gloo. Raises TrainingError where the others are not found.
    """
    if "RANK" not in os.environ or "WORLD_SIZE" not in os.environ:
        yield ALONE
        return
    ranks = Ranks(int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"]), int(os.environ.get("LOCAL_RANK", "0")))
    try:
        torch.distributed.init_process_group("nccl" if device_kind == "cuda" else "gloo")
    except (RuntimeError, ValueError) as error:
        raise TrainingError(
            f"Process {ranks.rank} of {ranks.count} did not find the others: {error}.", "Start all of them by torchrun."
        ) from error
    try:
        yield ranks
    finally:
        # The group's threads end with its last owner, a DistributedDataParallel perhaps that waits in a cycle. One that
        # still ran when Python has ended would abort the process: it lets go of its tensors, and needs Python for that.
        gc.collect()
        torch.distributed.destroy_process_group()
