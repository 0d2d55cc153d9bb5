"""Sentence pairs: reading them, cleaning them, and keeping what is held out out of training."""

import hashlib
import re
from pathlib import Path
from typing import FrozenSet, List, Tuple

Pair = Tuple[str, str]

INVISIBLE = re.compile("[\u00ad\u200b]")


def clean(text: str) -> str:
    """The text as the model reads it: plain spaces, straight apostrophes, nothing invisible.

    The same three steps stand in the exported tokenizer.json (`tokenizer_json.py`).
    """
    return " ".join(INVISIBLE.sub("", text).replace("\u2019", "'").split())


def read_pairs(file: Path) -> List[Pair]:
    """English and French, one pair a line, separated by a tab."""
    pairs = []
    for line in file.read_text(encoding="utf-8").splitlines():
        english, french = line.split("\t")[:2]
        pairs.append((clean(english), clean(french)))
    return pairs


def digest(text: str) -> bytes:
    """Equal for texts that differ only in case, white space or punctuation at the end."""
    return hashlib.sha256(clean(text).casefold().rstrip(" .!?").encode()).digest()[:16]


def held_out(data: Path) -> FrozenSet[bytes]:
    """Digests of every text of dev and test. Training sees these, never the test split itself."""
    splits = [read_pairs(data / f"{split}.tsv") for split in ("dev", "test")]
    return frozenset(digest(text) for pairs in splits for pair in pairs for text in pair)


def training_pairs(data: Path) -> List[Pair]:
    """The train split without the pairs of which a side stands in dev or test."""
    seen = held_out(data)
    return [pair for pair in read_pairs(data / "train.tsv") if not any(digest(text) in seen for text in pair)]
