"""Batches of sources and targets of like length."""

from dataclasses import dataclass
from typing import List, Sequence

import numpy
import torch

from .vocabulary import PAD


@dataclass(frozen=True)
class Batch:
    """`source` rows × source length, `target` rows × target length, padded with PAD."""

    source: torch.Tensor
    target: torch.Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(self.source.to(device), self.target.to(device))


def plan_batches(
    sources: numpy.ndarray, targets: numpy.ndarray, tokens: int, longest: int, seed: int
) -> List[List[int]]:
    """Every example once, by the lengths of its two sides, in batches of about `tokens` on each side, shuffled.

    Those longer than `longest` on a side are left out. The order depends on the seed alone, so that a resumed run
    meets the batches it has not seen.
    """
    random = numpy.random.default_rng(seed)
    order = random.permutation(len(sources))
    batches = _cut(order, sources[order], targets[order], tokens, longest)
    return [batches[i] for i in random.permutation(len(batches))]


def _cut(order, source, target, tokens: int, longest: int) -> List[List[int]]:
    batches: List[List[int]] = [[]]
    widest = (0, 0)
    for i in numpy.lexsort((source, target)):
        if max(source[i], target[i]) > longest:
            continue
        widest = (max(widest[0], source[i]), max(widest[1], target[i]))
        if batches[-1] and (len(batches[-1]) + 1) * sum(widest) > 2 * tokens:
            batches.append([])
            widest = (source[i], target[i])
        batches[-1].append(int(order[i]))
    return [batch for batch in batches if batch]


def pad_rows(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """rows × the longest row."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (width - len(row))] for row in rows])
