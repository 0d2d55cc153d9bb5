"""All that decides what a run learns. Equal settings, data and program versions give equal models."""

from dataclasses import dataclass

from model import Shape
from neural.settings import TrainingSettings


@dataclass(frozen=True)
class Settings(TrainingSettings):
    """`tokens` is the size of a batch, on each side; sources are cut at the positions of the shape.

    The run begins with sentences of the abstracts, goes on with oracle sentences at `oracle_from` of its steps, and
    with the summaries at `summaries_from`.
    """

    shape: Shape = Shape()
    steps: int = 2_000
    tokens: int = 2_000
    longest_target: int = 96
    dropout: float = 0.1
    learning_rate: float = 1.5e-3
    label_smoothing: float = 0.1
    warmup: int = 200
    oracle_from: float = 0.4
    summaries_from: float = 0.6
    kept_share: float = 0.8
