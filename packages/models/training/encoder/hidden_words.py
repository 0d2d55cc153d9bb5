"""What the encoder is pretrained on: to tell the words that are hidden (Devlin et al. 2019)."""

from functools import partial
from typing import Dict, List

import numpy
import torch

from masking import Masked, Rows, mask_words, pack
from model import WordModel
from neural.device import products_in
from neural.epochs import Epoch, Plan
from neural.loss import smoothed_cross_entropy
from neural.trainer import Task, Trainer
from settings import PretrainingSettings


def batch_loss(model: WordModel, batch: Masked) -> torch.Tensor:
    """Nats a hidden piece."""
    return smoothed_cross_entropy(model(batch.ids, batch.hidden), batch.gold, 0.0) / len(batch.gold)


def telling_hidden_words(settings: PretrainingSettings) -> Task:
    return Task(partial(WordModel, settings.shape), batch_loss)


def plan_epoch(documents: List[numpy.ndarray], starts, settings: PretrainingSettings, epoch: Epoch) -> Plan:
    """Other rows and other hidden words in each epoch."""
    seed = 1000 * settings.seed + epoch.number
    rows = pack(documents, settings.length, seed)
    batches = [rows[i : i + settings.rows] for i in range(0, len(rows) - settings.rows + 1, settings.rows)]
    return [partial(mask_words, batch, starts, settings.share, (seed, i)) for i, batch in enumerate(batches)]


@torch.no_grad()
def measure(trainer: Trainer, rows: Rows, starts) -> Dict[str, float]:
    """With the averaged weights, on rows that training does not see: nats a hidden piece, and how many are told right."""
    settings = trainer.settings
    nats = right = count = 0.0
    for i in range(0, len(rows), settings.rows):
        batch = mask_words(rows[i : i + settings.rows], starts, settings.share, (0, i)).to(trainer.device)
        with products_in(settings.precision, trainer.device):
            scores = trainer.average(batch.ids, batch.hidden).float()
        nats += torch.nn.functional.cross_entropy(scores, batch.gold, reduction="sum").item()
        right += (scores.argmax(dim=1) == batch.gold).sum().item()
        count += len(batch.gold)
    return {"heldOutLoss": nats / count, "heldOutAccuracy": right / count}
