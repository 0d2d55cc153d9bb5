"""Abstracts with their summaries: reading them, parting them in sentences, and what is held out."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import FrozenSet, List, Sequence

from neural.texts import clean, digest
from rouge import best_rouge_l

BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?[A-Z0-9])")


@dataclass(frozen=True)
class Abstract:
    sentences: Sequence[str]
    summaries: Sequence[str]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    def oracle(self) -> int:
        """The sentence that is most like a summary; the first of equals."""
        scores = [best_rouge_l(sentence, self.summaries) for sentence in self.sentences]
        return scores.index(max(scores))


def read_abstracts(file: Path) -> List[Abstract]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [abstract_of(**json.loads(line)) for line in lines]


def abstract_of(text: str, summaries: Sequence[str], **_: str) -> Abstract:
    return Abstract(BETWEEN_SENTENCES.split(clean(text)), [clean(summary) for summary in summaries])


def held_out(data: Path) -> FrozenSet[bytes]:
    """Digests of the abstracts of dev and test. Training sees these, never the test split itself."""
    splits = [read_abstracts(data / f"{split}.jsonl") for split in ("dev", "test")]
    return frozenset(digest(abstract.text) for abstracts in splits for abstract in abstracts)


def training_abstracts(data: Path) -> List[Abstract]:
    """The train split without the abstracts that stand in dev or test, too."""
    seen = held_out(data)
    return [abstract for abstract in read_abstracts(data / "train.jsonl") if digest(abstract.text) not in seen]
