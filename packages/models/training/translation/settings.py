"""All that decides what a run learns. Equal settings, data and program versions give equal models."""

from dataclasses import dataclass

from model import Shape
from neural.settings import TrainingSettings


@dataclass(frozen=True)
class Settings(TrainingSettings):
    """`tokens` is the size of a batch, on each side.

    Segmentations are sampled with `sampling_alpha` (smaller is wilder) in the first `sampling_share` of the
    steps; the last ones see those of inference.
    `start` is the digest of the weights that the run goes on from, empty where it begins with nothing.
    """

    shape: Shape = Shape()
    steps: int = 14_000
    tokens: int = 4_000
    longest: int = 128
    dropout: float = 0.2
    label_smoothing: float = 0.1
    warmup: int = 800
    sampling_alpha: float = 0.3
    sampling_share: float = 0.85
    start: str = ""
