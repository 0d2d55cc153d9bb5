"""What the writer learns: to give each next piece, and the end, a high probability after those before it."""

from functools import partial
from typing import Iterable

import torch
from torch import nn

from batching import Batch
from model import Writer, within
from neural.loss import smoothed_cross_entropy
from neural.trainer import Task
from settings import Settings


def batch_nats(model: Writer, batch: Batch) -> torch.Tensor:
    states, _ = model(batch.ids, batch.position, within(batch.paragraph))
    return smoothed_cross_entropy(model.logits(states).flatten(0, 1), batch.gold.flatten(), 0.0)


def batch_loss(model: Writer, batch: Batch) -> torch.Tensor:
    """Nats a piece."""
    return batch_nats(model, batch) / batch.gold.numel()


def decaying_adam(parameters: Iterable[nn.Parameter], decay: float) -> torch.optim.Optimizer:
    """AdamW (Loshchilov & Hutter 2019); biases and norms do not decay."""
    every = list(parameters)
    groups = [
        {"params": [each for each in every if each.dim() > 1], "weight_decay": decay},
        {"params": [each for each in every if each.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-8, foreach=True)


def writing(settings: Settings) -> Task:
    return Task(
        partial(Writer, settings.shape), batch_loss, partial(decaying_adam, decay=settings.weight_decay)
    )
