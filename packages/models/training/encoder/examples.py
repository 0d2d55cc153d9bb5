"""Texts and tokens with their labels, in batches of like length."""

from dataclasses import dataclass
from functools import partial
from typing import List, Sequence

import numpy
import torch

from neural.epochs import Epoch, Plan
from settings import FinetuningSettings
from wordpiece import END, PAD, START, WordPieces

IGNORED = -100


@dataclass(frozen=True)
class Example:
    """`gold` is one label of a text, or one for each piece."""

    ids: List[int]
    gold: List[int]


@dataclass(frozen=True)
class Batch:
    """`ids` rows × t; `gold` rows × 1 or rows × t, IGNORED where there is nothing to learn."""

    ids: torch.Tensor
    gold: torch.Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(self.ids.to(device), self.gold.to(device))


def text_example(pieces: WordPieces, text: str, label: int, longest: int) -> Example:
    ids = [i for word in pieces.encode(text) for i in word]
    return Example([START, *ids[: longest - 2], END], [label])


def tagged_example(pieces: WordPieces, tokens: Sequence[str], tags: Sequence[str], labels: Sequence[str], longest: int):
    """The first piece of a token has its tag; those after it go on with it."""
    ids: List[int] = []
    gold: List[int] = []
    for token, tag in zip(tokens, tags):
        cut = [i for word in pieces.encode(token) for i in word]
        ids.extend(cut)
        gold.extend(labels.index(tag if i == 0 else going_on(tag)) for i in range(len(cut)))
    cut_at = longest - 2
    return Example([START, *ids[:cut_at], END], [IGNORED, *gold[:cut_at], IGNORED])


def going_on(tag: str) -> str:
    return f"I{tag[1:]}" if tag != "O" else tag


def plan_epoch(examples: Sequence[Example], settings: FinetuningSettings, epoch: Epoch) -> Plan:
    """Every example once, in batches of like length; the settings and the epoch alone decide."""
    random = numpy.random.default_rng(1000 * settings.seed + epoch.number)
    order = random.permutation(len(examples))
    near = [len(examples[i].ids) + random.random() * 4 for i in order]
    batches = cut_batches(examples, order[numpy.argsort(near, kind="stable")], settings.tokens)
    return [partial(make_batch, batches[i]) for i in random.permutation(len(batches))]


def cut_batches(examples: Sequence[Example], order: Sequence[int], tokens: int) -> List[List[Example]]:
    batches: List[List[Example]] = [[]]
    widest = 0
    for i in order:
        widest = max(widest, len(examples[i].ids))
        if batches[-1] and (len(batches[-1]) + 1) * widest > tokens:
            batches.append([])
            widest = len(examples[i].ids)
        batches[-1].append(examples[i])
    return batches


def make_batch(examples: Sequence[Example]) -> Batch:
    return Batch(_padded([e.ids for e in examples], PAD), _padded([e.gold for e in examples], IGNORED))


def _padded(rows: Sequence[List[int]], value: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])
