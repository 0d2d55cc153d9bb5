"""What every training run must be told. Equal settings, data and program versions give equal models."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingSettings:
    """`steps` is the length of the schedule. The average moves by 1 - `average_decay` every `average_every` steps.

    A model's own settings derive from these and add `shape`.
    """

    seed: int = 1
    steps: int = 10_000
    dropout: float = 0.1
    learning_rate: float = 1e-3
    warmup: int = 500
    clip: float = 1.0
    average_every: int = 5
    average_decay: float = 0.995
    precision: str = "float32"
