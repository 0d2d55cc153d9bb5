"""Is a sentence positive or negative? Learned from rt-polarity; fold 0 is the test, and not read here but to leave it out."""

from functools import partial
from pathlib import Path
from typing import Dict, List, Tuple

import torch

from examples import Example, Batch, cut_batches, make_batch, text_example
from model import TextModel
from neural.device import products_in
from neural.trainer import Task, Trainer
from settings import FinetuningSettings
from texts import HELD_OUT_FOLD, read_jsonl
from wordpiece import WordPieces

LABELS = ("negative", "positive")
DEV_FOLD = 9


def batch_loss(model: TextModel, batch: Batch) -> torch.Tensor:
    return torch.nn.functional.cross_entropy(model(batch.ids).float(), batch.gold[:, 0])


def telling_sentiment(settings: FinetuningSettings) -> Task:
    return Task(partial(TextModel, settings.shape, len(LABELS)), batch_loss)


def read_examples(data: Path, pieces: WordPieces, settings: FinetuningSettings) -> Tuple[List[Example], List[Example]]:
    """Of folds 1 to 8, and of the dev fold."""
    train, dev = [], []
    for item in read_jsonl(data / "rt-polarity/all.jsonl"):
        if item["fold"] != HELD_OUT_FOLD:
            example = text_example(pieces, item["text"], LABELS.index(item["label"]), settings.shape.positions)
            (dev if item["fold"] == DEV_FOLD else train).append(example)
    return train, dev


@torch.no_grad()
def measure(trainer: Trainer, examples: List[Example]) -> Dict[str, float]:
    """With the averaged weights: the share told right."""
    right = 0
    for batch in cut_batches(examples, range(len(examples)), trainer.settings.tokens):
        made = make_batch(batch).to(trainer.device)
        with products_in(trainer.settings.precision, trainer.device):
            right += (trainer.average(made.ids).argmax(dim=1) == made.gold[:, 0]).sum().item()
    return {"accuracy": right / len(examples)}
