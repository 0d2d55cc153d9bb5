"""Examples, and batches of examples of like length."""

from dataclasses import dataclass
from typing import List, Sequence

import numpy
import torch

from vocabulary import END, ENGLISH, FRENCH, PAD


@dataclass(frozen=True)
class Corpus:
    """Encoded pairs. Example i < n translates pair i into French, example n + i pair i into English."""

    english: Sequence[Sequence[int]]
    french: Sequence[Sequence[int]]

    def __len__(self) -> int:
        return 2 * len(self.english)

    def source(self, index: int) -> List[int]:
        pair = index % len(self.english)
        to_french = index < len(self.english)
        return [ENGLISH, *self.english[pair], END] if to_french else [FRENCH, *self.french[pair], END]

    def target(self, index: int) -> List[int]:
        """As the decoder meets it: the end token starts it, then the language, the pieces, the end."""
        pair = index % len(self.english)
        to_french = index < len(self.english)
        return [END, FRENCH, *self.french[pair], END] if to_french else [END, ENGLISH, *self.english[pair], END]


@dataclass(frozen=True)
class Batch:
    """`source` rows × source length, `target` rows × target length, padded with PAD."""

    source: torch.Tensor
    target: torch.Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(self.source.to(device), self.target.to(device))


def plan_batches(corpus: Corpus, tokens: int, longest: int, seed: int) -> List[List[int]]:
    """Every example of at most `longest` pieces once, in batches of about `tokens` on each side, shuffled.

    The order depends on the seed alone, so that a resumed run meets the batches it has not seen.
    """
    random = numpy.random.default_rng(seed)
    order = random.permutation(len(corpus))
    sides = [[len(texts[i % len(texts)]) + 2 for i in order] for texts in (corpus.english, corpus.french)]
    to_french = order < len(corpus.english)
    source, target = numpy.where(to_french, sides, sides[::-1])
    batches = _cut(order, source, target, tokens, longest)
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


def make_batch(corpus: Corpus, indices: Sequence[int]) -> Batch:
    return Batch(pad_rows([corpus.source(i) for i in indices]), pad_rows([corpus.target(i) for i in indices]))
