"""Persons, places and organisations in sentences: learned from uner-en-ewt train, chosen on its dev."""

from functools import partial
from pathlib import Path
from typing import Dict, List, Tuple

import torch

from examples import IGNORED, Batch, Example, cut_batches, make_batch, tagged_example
from model import TokenModel
from neural.device import products_in
from neural.trainer import Task, Trainer
from settings import FinetuningSettings
from spans import exact_f1
from texts import digest, read_sentences
from wordpiece import WordPieces

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


def batch_loss(model: TokenModel, batch: Batch) -> torch.Tensor:
    scores = model(batch.ids).float()
    return torch.nn.functional.cross_entropy(scores.flatten(0, 1), batch.gold.flatten(), ignore_index=IGNORED)


def marking_entities(settings: FinetuningSettings) -> Task:
    return Task(partial(TokenModel, settings.shape, len(LABELS)), batch_loss)


def read_examples(data: Path, pieces: WordPieces, settings: FinetuningSettings) -> Tuple[List[Example], List[Example]]:
    """Of the sentences of train that stand in neither dev nor test, and of dev."""
    splits = {name: read_sentences(data / f"uner-en-ewt/{name}.conll") for name in ("train-draft", "dev", "test")}
    seen = {digest(" ".join(tokens)) for name in ("dev", "test") for tokens, _ in splits[name]}
    train = [(tokens, tags) for tokens, tags in splits["train-draft"] if digest(" ".join(tokens)) not in seen]
    made = partial(tagged_example, pieces, labels=LABELS, longest=settings.shape.positions)
    return tuple([made(*sentence) for sentence in sentences] for sentences in (train, splits["dev"]))


@torch.no_grad()
def measure(trainer: Trainer, examples: List[Example]) -> Dict[str, float]:
    """With the averaged weights: F1 of exact matches, counted in pieces."""
    gold: List[List[str]] = []
    found: List[List[str]] = []
    for batch in cut_batches(examples, range(len(examples)), trainer.settings.tokens):
        made = make_batch(batch).to(trainer.device)
        with products_in(trainer.settings.precision, trainer.device):
            best = trainer.average(made.ids).argmax(dim=2)
        for row, tags in zip(best.tolist(), made.gold.tolist()):
            counted = [i for i, tag in enumerate(tags) if tag != IGNORED]
            gold.append([LABELS[tags[i]] for i in counted])
            found.append([LABELS[row[i]] for i in counted])
    return {"f1": exact_f1(gold, found)}
