"""A vocabulary of byte pairs (Sennrich et al. 2016) over UTF-8, so that any text has pieces and its bits are exact."""

import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterable, List, Sequence, Tuple

Pair = Tuple[int, int]

END = 0
FIRST_BYTE = 1
FIRST_MERGE = FIRST_BYTE + 256

# Letters, with the space before them; a contraction's end; digits one by one; runs of other signs; white space.
LETTERS = r"[^\W\d_]"
WORDS = re.compile(rf"’(?:s|t|re|ve|m|ll|d)(?!{LETTERS})| ?{LETTERS}+| ?\d| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def learn_merges(texts: Iterable[str], size: int) -> List[Pair]:
    """The pairs of pieces to join, in order: each time the most frequent one, the lower ids among equals."""
    counts = Counter(word for text in texts for word in WORDS.findall(text))
    words = [([FIRST_BYTE + byte for byte in word.encode()], count) for word, count in sorted(counts.items())]
    frequency: Counter = Counter()
    places: Dict[Pair, set] = {}
    for i, (ids, count) in enumerate(words):
        _count(ids, count, i, frequency, places)
    merges: List[Pair] = []
    while len(merges) < size - FIRST_MERGE:
        pair = max(frequency, key=lambda each: (frequency[each], -each[0], -each[1]))
        piece = FIRST_MERGE + len(merges)
        merges.append(pair)
        for i in sorted(places[pair]):
            ids, count = words[i]
            _count(ids, -count, i, frequency, places)
            words[i] = (join(ids, pair, piece), count)
            _count(words[i][0], count, i, frequency, places)
        del frequency[pair]
    return merges


def _count(ids: Sequence[int], count: int, word: int, frequency: Counter, places: Dict[Pair, set]) -> None:
    for pair in zip(ids, ids[1:]):
        frequency[pair] += count
        places.setdefault(pair, set()).add(word)


def join(ids: Sequence[int], pair: Pair, piece: int) -> List[int]:
    joined: List[int] = []
    i = 0
    while i < len(ids):
        here = tuple(ids[i : i + 2]) == pair
        joined.append(piece if here else ids[i])
        i += 2 if here else 1
    return joined


class BytePairs:
    """Cuts texts into ids. Id 0 stands before a text and after it, then come the bytes, then the joined pairs."""

    def __init__(self, merges: Sequence[Pair]):
        self.merges = [(first, second) for first, second in merges]
        self.ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self.bytes = [b"", *(bytes([byte]) for byte in range(256))]
        for first, second in self.merges:
            self.bytes.append(self.bytes[first] + self.bytes[second])
        self.word = lru_cache(maxsize=100_000)(self._word)

    def encode(self, text: str) -> List[int]:
        return [piece for word in WORDS.findall(text) for piece in self.word(word)]

    def _word(self, word: str) -> Tuple[int, ...]:
        ids = [FIRST_BYTE + byte for byte in word.encode()]
        while len(ids) > 1:
            rank, pair = min((self.ranks.get(pair, len(self.ranks)), pair) for pair in zip(ids, ids[1:]))
            if rank == len(self.ranks):
                break
            ids = join(ids, pair, FIRST_MERGE + rank)
        return tuple(ids)

    def decode(self, ids: Iterable[int]) -> str:
        return b"".join(self.bytes[i] for i in ids).decode(errors="replace")


def load_vocabulary(file: Path, texts: Sequence[str] = (), size: int = 0) -> BytePairs:
    """The merges in `file`, learned from `texts` where there is none yet."""
    if not file.exists():
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(learn_merges(texts, size)), encoding="utf-8")
        partial.replace(file)
    return BytePairs([tuple(pair) for pair in json.loads(file.read_text(encoding="utf-8"))])
