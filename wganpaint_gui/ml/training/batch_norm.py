"""Batch-norm statistics of what is shipped; those gathered in training belong to older weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import torch
from torch import Tensor, nn

N = TypeVar("N", bound=nn.Module)


@torch.no_grad()
def estimate_statistics(network: N, batches: Iterable[Tensor]) -> N:
    """Set the statistics of every batch norm to their plain mean over the batches.

    Returns the network, in eval mode. Without a batch norm no batch is drawn.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    if norms:
        network.train()
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # the plain mean over all batches
        for batch in batches:
            network(batch)
        for norm in norms:
            norm.momentum = 0.1
    return network.eval()
