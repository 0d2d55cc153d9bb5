"""Sentence pairs: reading them, cleaning them, and keeping what is held out out of training."""

from pathlib import Path
from typing import FrozenSet, List, Tuple

from neural.texts import clean, digest

Pair = Tuple[str, str]

def read_pairs(file: Path) -> List[Pair]:
    """English and French, one pair a line, separated by a tab."""
    pairs = []
    for line in file.read_text(encoding="utf-8").splitlines():
        english, french = line.split("\t")[:2]
        pairs.append((clean(english), clean(french)))
    return pairs


def held_out(data: Path) -> FrozenSet[bytes]:
    """Digests of every text of dev and test. Training sees these, never the test split itself."""
    splits = [read_pairs(data / f"{split}.tsv") for split in ("dev", "test")]
    return frozenset(digest(text) for pairs in splits for pair in pairs for text in pair)


def training_pairs(data: Path) -> List[Pair]:
    """The train split without the pairs of which a side stands in dev or test."""
    seen = held_out(data)
    return [pair for pair in read_pairs(data / "train.tsv") if not any(digest(text) in seen for text in pair)]
