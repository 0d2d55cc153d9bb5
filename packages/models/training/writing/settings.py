"""All that decides what a run learns. Equal settings, data and program versions give equal models."""

from dataclasses import dataclass

from model import Shape
from neural.settings import TrainingSettings


@dataclass(frozen=True)
class Settings(TrainingSettings):
    """A batch has `rows` rows of as many pieces as the shape has positions."""

    shape: Shape = Shape()
    steps: int = 14_000
    rows: int = 4
    dropout: float = 0.2
    learning_rate: float = 2e-3
    weight_decay: float = 0.1
    warmup: int = 200
    average_decay: float = 0.98
