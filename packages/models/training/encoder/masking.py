"""Rows of pieces, and the words in them that are hidden. Everything random comes from seeds."""

from dataclasses import dataclass
from typing import List, Sequence

import numpy
import torch

from wordpiece import END, MASK, SPECIAL, START, WordPieces

Rows = numpy.ndarray  # rows × length, ids


@dataclass(frozen=True)
class Masked:
    """`ids` rows × length with words hidden; `hidden` tells which; `gold` the pieces there, in order."""

    ids: torch.Tensor
    hidden: torch.Tensor
    gold: torch.Tensor

    def to(self, device: torch.device) -> "Masked":
        return Masked(self.ids.to(device), self.hidden.to(device), self.gold.to(device))


def encode_documents(pieces: WordPieces, documents: Sequence[Sequence[str]]) -> List[numpy.ndarray]:
    """The pieces of each document, one after the other, and the end."""
    encoded = []
    for document in documents:
        ids = [i for line in document for word in pieces.encode(line) for i in word]
        encoded.append(numpy.array([*ids, END], numpy.int16))
    return encoded


def pack(documents: Sequence[numpy.ndarray], length: int, seed: int) -> Rows:
    """The documents in random order, cut into full rows that begin with [CLS]; what does not fill the last is left out."""
    random = numpy.random.default_rng(seed)
    stream = numpy.concatenate([documents[i] for i in random.permutation(len(documents))])
    count = len(stream) // (length - 1)
    body = stream[: count * (length - 1)].reshape(count, length - 1)
    rows = numpy.concatenate([numpy.full((count, 1), START, numpy.int16), body], axis=1)
    return rows[random.permutation(count)]


def starts_of(pieces: Sequence[str]) -> numpy.ndarray:
    """For each piece, whether it begins a word; so does a special token, which is a word of its own."""
    return numpy.array([not piece.startswith("##") for piece in pieces])


def mask_words(rows: Rows, starts: numpy.ndarray, share: float, seed: Sequence[int]) -> Masked:
    """Hides `share` of the words, whole. Of them 80 % become [MASK], 10 % random pieces, 10 % stay (Devlin et al. 2019)."""
    random = numpy.random.default_rng(seed)
    first = starts[rows]
    first[:, 0] = True
    word = numpy.cumsum(first.ravel()).reshape(rows.shape) - 1
    chosen = random.random(word[-1, -1] + 1)
    hidden = (chosen < share)[word] & (rows >= len(SPECIAL))
    kind = random.random(len(chosen))[word]
    ids = rows.astype(numpy.int64)
    ids[hidden & (kind < 0.8)] = MASK
    changed = hidden & (kind >= 0.9)
    ids[changed] = random.integers(len(SPECIAL), len(starts), int(changed.sum()))
    gold = rows[hidden].astype(numpy.int64)
    return Masked(torch.from_numpy(ids), torch.from_numpy(hidden), torch.from_numpy(gold))
