"""Several processes that train one model: DistributedDataParallel under torchrun; by default, one process alone."""

from __future__ import annotations

import gc
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import torch
from torch import nn

from wganpaint_gui.core.errors import DeviceError, TrainingError, WganPaintError
from wganpaint_gui.core.system.processes import process_number
from wganpaint_gui.ml.device import pick_device

if TYPE_CHECKING:
    from torch.distributed.distributed_c10d import Store

log = logging.getLogger(__name__)

_FAILED = "wganpaint: who cannot begin, and why"  # key on the board
_ON_THIS_MACHINE = ("LOCAL_RANK", "0"), ("LOCAL_WORLD_SIZE", "1")  # torchrun's variables, and their values without it


@dataclass(frozen=True)
class Ranks:
    """This process among the others. Rank 0 alone writes files, and alone reports errors before training begins."""

    rank: int = 0
    count: int = 1
    local: int = 0  # among the processes of this machine: which of its GPUs is ours
    beside: int = 1  # processes of this machine, this one counted
    board: Store | None = field(default=None, compare=False)  # what all of them can read and write
    asked: Event = field(default_factory=Event, compare=False)  # set where this one is to stop
    stop: Event = field(default_factory=Event, compare=False)  # set where all are, after the update they are in

    @property
    def writes(self) -> bool:
        return self.rank == 0

    def device(self, name: str) -> torch.device:
        """Return the device of that name (see `pick_device`) for this process: several on a machine take a GPU each.

        Raises DeviceError where it does not exist or there are not enough of them.
        """
        device = pick_device(name)
        if self.beside == 1 or device.type != "cuda":
            return device
        if ":" in name:
            raise DeviceError(
                f"{self.beside} processes on this machine cannot share {name}.",
                "Leave out --device: each takes a GPU of its own.",
            )
        gpus = torch.cuda.device_count()
        if gpus < self.beside:
            raise DeviceError(
                f"This machine has fewer GPUs ({gpus}) than processes of this command ({self.beside}).",
                f"Start it with --nproc-per-node {gpus}, or use the processor (--device cpu).",
            )
        return torch.device("cuda", self.local)

    def wrap(self, objective: nn.Module) -> nn.Module:
        """Wrap an objective so that each backward pass averages the gradients over all ranks."""
        if self.count == 1:
            return objective
        # Buffers stay each rank's own: batch norm's statistics are re-estimated for what is shipped, and sending them
        # in every forward pass would change them under a gradient that is still needed.
        return nn.parallel.DistributedDataParallel(objective, forward_sync_buffers=False)

    def any(self, flag: bool, device: torch.device) -> bool:
        """Return whether the flag is set on any rank; every rank has to ask.

        Asked at every update: where one rank has been told to stop, all find out here.
        """
        if self.count == 1:
            return flag
        values = torch.tensor([flag, self.asked.is_set()], dtype=torch.float32, device=device)
        torch.distributed.all_reduce(values, torch.distributed.ReduceOp.MAX)
        found, asked = values.tolist()
        if asked:  # all at the same update: one that went on alone would wait for the others' gradients
            self.stop.set()
        return bool(found)

    def agree(self, value: int, device: torch.device) -> bool:
        """Return whether all ranks have the same number; every rank has to ask."""
        if self.count == 1:
            return True
        limits = torch.tensor([value, -value], dtype=torch.int64, device=device)
        torch.distributed.all_reduce(limits, torch.distributed.ReduceOp.MAX)
        return bool((limits[0] == -limits[1]).item())

    def wait(self) -> None:
        """Wait until every rank has come here. Raises TrainingError where one has ended."""
        if self.count > 1:
            with self.exchange():  # of a tensor on the CPU: over Gloo, which notices that
                torch.distributed.all_reduce(torch.zeros(1))

    @contextmanager
    def exchange(self) -> Iterator[None]:
        """Wrap what all ranks take part in before training begins. Raises TrainingError where one has ended."""
        try:
            yield
        except RuntimeError as error:
            if self.count == 1:
                raise
            log.info("The exchange with other processes failed", exc_info=error)
            raise self.failure() or TrainingError(
                "Another process of this training ended before training began.",
                "Its own message says why; start all of them again.",
            ) from error

    @contextmanager
    def beginning(self) -> Iterator[None]:
        """Wrap all that comes before training: leave the reason why this rank cannot begin for rank 0 to report."""
        try:
            yield
        except WganPaintError as error:
            if self.board is not None:
                with suppress(RuntimeError):  # the process that holds the board has ended
                    word = json.dumps([self.rank, error.message, error.hint])
                    self.board.compare_set(_FAILED, "", word)  # the first one is the cause of the others
            raise

    def failure(self) -> TrainingError | None:
        """Return why another rank could not begin; None where none has left a reason."""
        if self.board is None:
            return None
        try:
            word = self.board.get(_FAILED) if self.board.check([_FAILED]) else None
        except RuntimeError:  # the process that holds the board has ended
            return None
        rank, message, hint = json.loads(word) if word else (self.rank, "", "")
        return None if rank == self.rank else TrainingError(f"Process {rank}, counted from 0: {message}", hint)


ALONE = Ranks()


def started() -> Ranks:
    """Return this process's ranks as torchrun's environment variables give them; without them, it is alone."""
    rank, count = process_number()
    local, beside = (int(os.environ.get(name, default)) for name, default in _ON_THIS_MACHINE)
    return Ranks(rank, count, local, beside)


@contextmanager
def joined(ranks: Ranks, device: torch.device, *, longest: timedelta | None = None) -> Iterator[Ranks]:
    """Connect to the other ranks; yields this one with their board. Raises TrainingError where they are not found.

    device: this rank's. Tensors on a GPU are exchanged over NCCL, others over Gloo. longest: that one waits for
    another; None = torch's default, half an hour.
    """
    if "RANK" not in os.environ or "WORLD_SIZE" not in os.environ:
        yield ranks
        return
    cuda = device.type == "cuda"
    try:
        torch.distributed.init_process_group(
            "cpu:gloo,cuda:nccl" if cuda else "gloo", device_id=device if cuda else None, timeout=longest
        )
        place = os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"])
        board = torch.distributed.TCPStore(*place, is_master=False)  # type: ignore[attr-defined]
    except (RuntimeError, ValueError) as error:
        raise TrainingError(
            f"Process {ranks.rank} of {ranks.count} did not find the others: {error}.",
            "Start all of them with torchrun.",
        ) from error
    try:
        yield replace(ranks, board=board)
    finally:
        # The group's threads end with its last owner, a DistributedDataParallel perhaps that waits in a cycle. One that
        # still ran when Python has ended would abort the process: it lets go of its tensors, and needs Python for that.
        gc.collect()
        torch.distributed.destroy_process_group()
