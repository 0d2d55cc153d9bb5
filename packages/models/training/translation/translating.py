"""What the translator learns: to give each target piece a high probability after the source and those before it."""

from functools import partial

import torch

from batching import Batch
from model import Translator
from neural.loss import smoothed_cross_entropy
from neural.trainer import Task
from settings import Settings
from vocabulary import PAD


def batch_loss(model: Translator, batch: Batch, smoothing: float) -> torch.Tensor:
    """Nats a target piece. The language token is given, not predicted."""
    source, mask = model.encode(batch.source)
    states, _ = model.decode(batch.target[:, :-1], source, mask)
    gold = batch.target[:, 1:]
    counted = gold != PAD
    counted[:, 0] = False
    return smoothed_cross_entropy(model.logits(states[counted]), gold[counted], smoothing) / counted.sum()


def translating(settings: Settings) -> Task:
    return Task(partial(Translator, settings.shape), partial(batch_loss, smoothing=settings.label_smoothing))
