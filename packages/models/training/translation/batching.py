"""Examples, and batches of examples of like length."""

from dataclasses import dataclass
from typing import List, Sequence

import numpy

from neural import batching
from neural.batching import Batch, pad_rows
from vocabulary import END, ENGLISH, FRENCH


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


def plan_batches(corpus: Corpus, tokens: int, longest: int, seed: int) -> List[List[int]]:
    """Every example of at most `longest` pieces once, in batches of about `tokens` on each side."""
    english, french = ([len(text) + 2 for text in texts] for texts in (corpus.english, corpus.french))
    sources, targets = numpy.array(english + french), numpy.array(french + english)
    return batching.plan_batches(sources, targets, tokens, longest, seed)


def make_batch(corpus: Corpus, indices: Sequence[int]) -> Batch:
    return Batch(pad_rows([corpus.source(i) for i in indices]), pad_rows([corpus.target(i) for i in indices]))
