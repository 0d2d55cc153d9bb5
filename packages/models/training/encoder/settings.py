"""All that decides what a run learns. Equal settings, data and program versions give equal models."""

from dataclasses import dataclass

from model import Shape
from neural.settings import TrainingSettings


@dataclass(frozen=True)
class PretrainingSettings(TrainingSettings):
    """Rows of `length` pieces, `rows` a batch, of whose words a `share` is hidden."""

    shape: Shape = Shape()
    steps: int = 20_000
    dropout: float = 0.0
    learning_rate: float = 1.5e-3
    warmup: int = 100
    length: int = 128
    rows: int = 24
    share: float = 0.2


@dataclass(frozen=True)
class FinetuningSettings(TrainingSettings):
    """Of the task named `task`, in batches of some `tokens` pieces. `start` is the digest of the weights that the run begins with."""

    shape: Shape = Shape()
    task: str = "sentiment"
    steps: int = 500
    dropout: float = 0.2
    learning_rate: float = 5e-4
    warmup: int = 50
    average_every: int = 1
    average_decay: float = 0.99
    tokens: int = 2_048
    start: str = ""
