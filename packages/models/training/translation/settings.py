"""All that decides what a run learns. Equal settings, data and program versions give equal models."""

from dataclasses import dataclass

from model import Shape


@dataclass(frozen=True)
class Settings:
    """`steps` is the length of the schedule; `tokens` the size of a batch, on each side.

    Segmentations are sampled with `sampling_alpha` (smaller is wilder) in the first `sampling_share` of the
    steps; the last ones see those of inference. The average moves by 1 - `average_decay` every so many steps.
    `start` is the digest of the weights that the run goes on from, empty where it begins with nothing.
    """

    shape: Shape = Shape()
    seed: int = 1
    steps: int = 14_000
    tokens: int = 4_000
    longest: int = 128
    dropout: float = 0.2
    label_smoothing: float = 0.1
    learning_rate: float = 1e-3
    warmup: int = 800
    clip: float = 1.0
    average_every: int = 5
    average_decay: float = 0.995
    sampling_alpha: float = 0.3
    sampling_share: float = 0.85
    precision: str = "float32"
    start: str = ""
