"""What the encoder can be taught."""

from dataclasses import dataclass
from typing import Any, Callable, Dict, Sequence

import entities
import sentiment
from neural.trainer import Task
from settings import FinetuningSettings


@dataclass(frozen=True)
class Taught:
    """What is learned, from which examples, by which figure on dev it is chosen, its labels, and whether case is kept."""

    task: Callable[[FinetuningSettings], Task]
    read_examples: Callable[..., Any]
    measure: Callable[..., Dict[str, float]]
    by: str
    labels: Sequence[str]
    lowercase: bool


TAUGHT = {
    "sentiment": Taught(
        sentiment.telling_sentiment,
        sentiment.read_examples,
        sentiment.measure,
        by="accuracy",
        labels=sentiment.LABELS,
        lowercase=True,
    ),
    "entities": Taught(
        entities.marking_entities,
        entities.read_examples,
        entities.measure,
        by="f1",
        labels=entities.LABELS,
        lowercase=False,
    ),
}
