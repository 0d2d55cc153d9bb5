"""How good a model is on held-out paragraphs, to choose a checkpoint by."""

import math
from typing import Dict, Sequence

import torch

from batching import fill_rows, in_batches
from byte_pairs import BytePairs
from neural.device import products_in
from neural.trainer import Trainer
from writing import batch_nats


@torch.no_grad()
def measure(trainer: Trainer, pieces: BytePairs, texts: Sequence[str]) -> Dict[str, float]:
    """Bits per byte with the averaged weights, each paragraph's end included. What a row cuts off lacks its context."""
    rows = fill_rows([pieces.encode(text) for text in texts], trainer.settings.shape.positions)
    with products_in(trainer.settings.precision, trainer.device):
        nats = sum(batch_nats(trainer.average, batch.to(trainer.device)).item() for batch in in_batches(rows, 16))
    return {"bitsPerByte": nats / math.log(2) / sum(len(text.encode()) for text in texts)}
